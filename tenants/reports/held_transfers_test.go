package reports_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/ticket"
	"enlace/ent/transfer"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/reports"
	"enlace/tenants/subscribers"
	"enlace/tenants/support"
)

// Of a service that went from Maria to João and back each is told of the authentications of their own days, and of no secret.
func TestWhoHeldAServiceIsToldOfTheirOwnDaysAlone(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		if _, err := (support.Desk{DB: o.DB}).OpenFromSubscriber(subscribers.As(o.Worker(), o.Maria), o.Service(o.Maria).ID, "hoje"); err != nil {
			t.Fatal(err)
		}
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
			// Of a ticket that went along, each is told what was said in their own days.
			t := c.Ticket.Query().Where(ticket.SubscriptionID(sub.ID)).OnlyX(ctx)
			c.Ticket.UpdateOneID(t.ID).SetOpenedAt(now.Add(-10 * 24 * time.Hour)).SetMovedAt(now.Add(-7*24*time.Hour - time.Hour)).SetClosing("resolvido para João").SetRating(2).
				SetClosedAt(now.Add(-8 * 24 * time.Hour)).ExecX(ctx)
			for day, words := range map[int]string{-10: "de Maria, antes", -8: "de João", -1: "de Maria, depois"} {
				c.TicketEntry.Create().SetTicketID(t.ID).SetBody(words).SetShared(true).SetAt(now.Add(time.Duration(day) * 24 * time.Hour)).ExecX(ctx)
			}
			return nil
		})
		for who, want := range map[*ent.Customer]int{o.Maria: 3, o.Joao: 2} {
			text, err := reports.Desk{DB: o.DB}.HeldJSON(o.As("suporte"), who.ID)
			var data struct {
				Autenticacoes []any
				Conversas     []struct{ Body string }
				Atendimentos  []struct {
					Opening, Closing string
					Rating           int
				}
				Trocas []map[string]any
			}
			if err != nil || json.Unmarshal(text, &data) != nil || len(data.Autenticacoes) != want || len(data.Trocas) != 2 || data.Trocas[0]["from_token"] != nil {
				t.Errorf("%s is told of %d authentications, %d transfers: %v", who.Name, len(data.Autenticacoes), len(data.Trocas), err)
			}
			// The ticket itself is of both: what was asked for is of who asked, the end of who had it.
			his := struct {
				Opening, Closing string
				Rating           int
			}{"", "resolvido para João", 2}
			if who == o.Maria {
				his.Opening, his.Closing, his.Rating = "hoje", "", 0
			}
			if len(data.Atendimentos) != 1 || data.Atendimentos[0] != his {
				t.Errorf("%s is told of the tickets %+v", who.Name, data.Atendimentos)
			}
			said := map[string]bool{}
			for _, one := range data.Conversas {
				said[one.Body] = true
			}
			if hers := who == o.Maria; said["de Maria, antes"] != hers || said["de Maria, depois"] != hers || said["de João"] == hers {
				t.Errorf("%s is told of %v", who.Name, said)
			}
		}
	})
}
