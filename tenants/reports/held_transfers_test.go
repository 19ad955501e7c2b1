package reports_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/transfer"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/reports"
)

// Of a service that went from Maria to João and back each is told of the authentications of their own days, and of no secret.
func TestWhoHeldAServiceIsToldOfTheirOwnDaysAlone(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		sub, now := o.Service(o.Maria), o.DB.Now()
		o.Write(func(ctx context.Context, c *ent.Client) error {
			nas := c.Nas.Query().FirstIDX(ctx)
			for day := range 5 {
				c.AuthAttempt.Create().SetSubscriptionID(sub.ID).SetAt(now.Add(time.Duration(day-10) * 24 * time.Hour)).SetLogin("maria@fibranorte").SetNasID(nas).ExecX(ctx)
			}
			for day, sides := range map[int][2]*ent.Customer{-9: {o.Maria, o.Joao}, -7: {o.Joao, o.Maria}} {
				at := now.Add(time.Duration(day)*24*time.Hour - time.Hour)
				c.Transfer.Create().SetSubscriptionID(sub.ID).SetFromID(sides[0].ID).SetToID(sides[1].ID).SetMethodID(sub.MethodID).SetDueDay(10).SetMode(transfer.ModeAntecipado).
					SetRequestedAt(at).SetDoneAt(at).SetFromToken([]byte{byte(day)}).SetWas([]byte(`{}`)).ExecX(ctx)
			}
			return nil
		})
		for who, want := range map[*ent.Customer]int{o.Maria: 3, o.Joao: 2} {
			text, err := reports.Desk{DB: o.DB}.HeldJSON(o.As("suporte"), who.ID)
			var data struct {
				Autenticacoes []any
				Trocas        []map[string]any
			}
			if err != nil || json.Unmarshal(text, &data) != nil || len(data.Autenticacoes) != want || len(data.Trocas) != 2 || data.Trocas[0]["from_token"] != nil {
				t.Errorf("%s is told of %d authentications, %d transfers: %v", who.Name, len(data.Autenticacoes), len(data.Trocas), err)
			}
		}
	})
}
