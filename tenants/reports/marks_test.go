package reports_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/ticket"
	"enlace/ent/user"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/reports"
)

func TestTheMarksOfTicketsAreToldApart(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		desk, service := reports.Desk{DB: o.DB}, o.Service(o.Maria)
		o.Write(func(ctx context.Context, c *ent.Client) error {
			c.Ticket.Update().SetStatus(ticket.StatusPendente).ClearClosedAt().ClearRating().ExecX(ctx) // the others of the office
			field, office := c.Sector.Create().SetName("Plantão").SaveX(ctx).ID, c.Sector.Create().SetName("Recepção").SaveX(ctx).ID
			agent := c.User.Query().Where(user.RoleEQ(user.RoleSuporte)).FirstX(ctx)
			c.User.UpdateOne(agent).SetName("Ana").SetSectorID(office).ExecX(ctx)
			for i, one := range []struct {
				closed time.Time // by the clocks of Belém, three hours behind
				mark   int       // 0: none
				with   *uuid.UUID
				sector *uuid.UUID
			}{
				{time.Date(2026, 10, 1, 3, 0, 0, 0, time.UTC), 5, &agent.ID, nil}, // the first instant of October
				{time.Date(2026, 11, 1, 2, 59, 59, 0, time.UTC), 2, &agent.ID, &field},
				{time.Date(2026, 11, 1, 3, 0, 0, 0, time.UTC), 4, nil, nil},
				{time.Date(2026, 11, 20, 3, 0, 0, 0, time.UTC), 0, nil, &field},
				{time.Date(2026, 10, 1, 2, 59, 59, 0, time.UTC), 1, &agent.ID, nil}, // of September
			} {
				row := c.Ticket.Create().SetProtocol(fmt.Sprintf("20269%07d", i)).SetCustomerID(service.CustomerID).SetSubscriptionID(service.ID).SetStatus(ticket.StatusFinalizado).SetChannel(ticket.ChannelStaff).
					SetNillableAssigneeID(one.with).SetNillableSectorID(one.sector).SetOpenedAt(one.closed.Add(-40 * 24 * time.Hour)).SetTouchedAt(one.closed).SetClosedAt(one.closed)
				if one.mark > 0 {
					row.SetRating(one.mark)
				}
				row.ExecX(ctx)
			}
			return nil
		})
		read := func(by reports.By) (lines []string) {
			r, err := desk.Marked(o.As("gerente"), by, calendar.On(2026, 10, 1), calendar.On(2026, 11, 30))
			if err != nil {
				t.Fatal(err)
			}
			for _, line := range append(r.Rows, r.All) {
				lines = append(lines, fmt.Sprint(line.Name, " ", line.Closed, " ", line.Given(), " ", line.Marks, " ", line.Mean()))
			}
			return lines
		}
		all := " 4 3 [0 1 0 1 1] 366"
		for by, want := range map[reports.By][]string{
			reports.BySector: {"Plantão 2 1 [0 1 0 0 0] 200", " 1 1 [0 0 0 1 0] 400", "Recepção 1 1 [0 0 0 0 1] 500", all},
			reports.ByAgent:  {" 2 1 [0 0 0 1 0] 400", "Ana 2 2 [0 1 0 0 1] 350", all},
			reports.ByMonth:  {"2026-10 2 2 [0 1 0 0 1] 350", "2026-11 2 1 [0 0 0 1 0] 400", all},
		} {
			if got := read(by); !slices.Equal(got, want) {
				t.Errorf("by %s: %q, want %q", by, got, want)
			}
		}
		by, from, to := reports.ReadMonths(tenants.Typed{"por": "plano"}, calendar.On(2026, 11, 23), reports.MarkedBys)
		if by != reports.BySector || from != calendar.On(2026, 11, 1) || to != calendar.On(2026, 11, 30) {
			t.Errorf("%s from %s to %s", by, from, to)
		}
		if r, err := desk.Marked(o.Stranger(), by, from, to); err != nil || r.All.Closed != 0 {
			t.Errorf("a stranger counts %d, %v", r.All.Closed, err)
		}
		if _, err := desk.Marked(o.As("suporte"), by, from, to); demotest.Fault(err) != "denied" {
			t.Errorf("suporte: %v", err)
		}
	})
}
