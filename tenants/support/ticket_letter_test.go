package support_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/email"
	"enlace/ent/ticket"
	"enlace/ent/ticketentry"
	"enlace/tenants"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/support"
)

// Who is reached by letters alone follows, answers and marks by the link of a letter, in that ticket and in no other.
func TestALetterLeadsToItsTicket(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		d, by := desk(o), o.As("suporte")
		d.Vault, d.Site = o.Vault, func(slug string) string { return "https://" + slug + ".example.com/" }
		open := tenants.With(context.Background(), o.Here) // nobody is signed in
		id := opened(t, o, "1")
		must(t, d.Answer(by, support.Move{Ticket: id, Text: "Já reiniciou o modem?", Key: "2"}))
		must(t, d.Close(by, support.Move{Ticket: id, Text: "Troca do conector.", Key: "3"}))
		var secrets []string
		o.Read(func(ctx context.Context, c *ent.Client) error {
			for _, letter := range c.Email.Query().Where(email.About("ticket"), email.TextContains("/protocolo/")).Order(email.ByCreatedAt(), email.ByID()).AllX(ctx) {
				_, secret, _ := strings.Cut(letter.Text, "https://fibranorte.example.com/protocolo/")
				secrets = append(secrets, secret)
			}
			return nil
		})
		if len(secrets) != 2 || secrets[0] == secrets[1] {
			t.Fatalf("the links are %q", secrets)
		}
		secret := secrets[1]
		f, err := d.ByLetter(open, secret)
		if err != nil || f.ID != id || len(f.Said) != 1 || f.Said[0].Body != "Já reiniciou o modem?" {
			t.Fatalf("%+v, %v", f, err)
		}
		forged, err := o.Vault.Seal(open, "ticket letter", string(id[:])+string(o.Joao.ID[:]))
		must(t, err)
		other := tenants.With(context.Background(), o.Other)
		for name, bad := range map[string]struct {
			ctx    context.Context
			secret string
		}{"another ISP": {other, secret}, "changed": {open, secret[:len(secret)-1]}, "nothing": {open, ""}, "who does not hold it": {open, forged}} {
			_, read := d.ByLetter(bad.ctx, bad.secret)
			for _, err := range []error{read, d.RateByLetter(bad.ctx, support.Lettered{Secret: bad.secret, Mark: 1}), d.ReplyByLetter(bad.ctx, support.Lettered{Secret: bad.secret, Text: "x", Key: name})} {
				if demotest.Fault(err) != "not_found" {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
		if err := d.RateByLetter(open, support.Lettered{Secret: secret, Mark: 6}); demotest.Fault(err) != "nota: range" {
			t.Errorf("a mark of 6: %v", err)
		}
		o.AllOrNothing(t, 8, func() error { return d.RateByLetter(open, support.Lettered{Secret: secret, Mark: 4, Text: "demorou"}) })
		row := func() (row *ent.Ticket) {
			o.Read(func(ctx context.Context, c *ent.Client) error { row = c.Ticket.GetX(ctx, id); return nil })
			return row
		}
		if got := row(); got.Rating == nil || *got.Rating != 4 || got.RatingText != "demorou" {
			t.Errorf("marked as %+v", got)
		}
		again := support.Lettered{Secret: secret, Text: "caiu de novo", Key: "4"}
		o.AllOrNothing(t, 8, func() error { return d.ReplyByLetter(open, again) })
		must(t, d.ReplyByLetter(open, again))
		if got := row(); got.Status != ticket.StatusAguardandoAnalise || got.WaitsSince == nil || got.Rating != nil {
			t.Errorf("answered it is %+v", got)
		}
		if err := d.RateByLetter(open, support.Lettered{Secret: secret, Mark: 5}); demotest.Fault(err) != "not_found" {
			t.Errorf("one that is not over is marked: %v", err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.TicketEntry.Query().Where(ticketentry.Body("caiu de novo")).CountX(ctx); n != 1 {
				t.Errorf("it is said %d times", n)
			}
			return nil
		})
		must(t, d.Close(by, support.Move{Ticket: id, Text: "Conector trocado.", Key: "5"}))
		o.Pass(8 * 24 * time.Hour)
		if err := d.ReplyByLetter(open, support.Lettered{Secret: secret, Text: "e de novo", Key: "6"}); demotest.Fault(err) != "ticket_old" {
			t.Errorf("after eight days: %v", err)
		}
		if _, err := d.ByLetter(open, secrets[0]); err != nil {
			t.Errorf("the older link: %v", err)
		}
		o.Pass(23 * 24 * time.Hour)
		if _, err := d.ByLetter(open, secret); demotest.Fault(err) != "not_found" {
			t.Errorf("after a month: %v", err)
		}
	})
}
