package reports_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"enlace/ent"
	"enlace/ent/history"
	"enlace/ent/subscription"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/reports"
)

func TestWhatIsHeldOfACustomerIsShownAgedAndLogged(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		desk := reports.Desk{DB: o.DB}
		h, err := desk.Held(o.As("suporte"), o.Maria.ID)
		if err != nil || !h.Served || !h.Until.IsZero() || len(h.Classes) != 25 {
			t.Fatalf("%+v, %v", h, err)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Subscription.Update().Where(subscription.CustomerID(o.Maria.ID)).SetStatus(subscription.StatusCancelado).SetCancelledOn(calendar.On(2026, 3, 31)).Exec(ctx)
		})
		if h, err = desk.Held(o.As("suporte"), o.Maria.ID); err != nil || h.Served || h.Until != calendar.On(2031, 3, 31) {
			t.Errorf("after the end: %+v, %v", h, err)
		}
		text, err := desk.HeldJSON(o.As("suporte"), o.Maria.ID)
		var data struct {
			Cliente struct{ Document string }
			Faturas []any
		}
		if err != nil || json.Unmarshal(text, &data) != nil || data.Cliente.Document != o.Maria.Document || len(data.Faturas) == 0 || strings.Contains(strings.ToLower(string(text)), "password") {
			t.Errorf("%s, %v", text, err)
		}
		var rows map[string]json.RawMessage
		if err := json.Unmarshal(text, &rows); err != nil || len(rows) != len(h.Classes) {
			t.Errorf("%d classes are taken along, %d are shown: %v", len(rows), len(h.Classes), err)
		}
		for _, one := range h.Classes[1:] {
			var taken []any
			if err := json.Unmarshal(rows[one.Code], &taken); err != nil || one.Code != "historico" && len(taken) != one.Rows {
				t.Errorf("%s: %d rows are taken along, %d are counted: %v", one.Code, len(taken), one.Rows, err)
			}
		}
		seen := map[string]int{}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			for _, row := range c.History.Query().Where(history.CustomerID(o.Maria.ID)).AllX(ctx) {
				seen[row.Event]++
			}
			return nil
		})
		if seen["data_seen"] != 2 || seen["data_exported"] != 1 {
			t.Errorf("the log has %v", seen)
		}
		if _, err := desk.Held(o.Stranger(), o.Maria.ID); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		if _, err := desk.HeldJSON(o.As("tecnico"), o.Maria.ID); demotest.Fault(err) != "denied" {
			t.Errorf("a technician: %v", err)
		}
	})
}
