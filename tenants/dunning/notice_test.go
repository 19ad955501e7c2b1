package dunning_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/contact"
	"enlace/ent/email"
	"enlace/ent/notice"
	"enlace/ent/telegrammessage"
	"enlace/tenants/billing"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/dunning"
	"enlace/tenants/mail"
	"enlace/tenants/status"
)

func TestALetterThatCameBackIsNoNotice(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		s := next(t, o)
		o.Pass(time.Duration(s.Invoice.Due.DaysSince(today(o))+5) * day)
		night(t, o)
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Email.Update().Where(email.AboutID(s.Invoice.ID)).SetStatus(email.StatusFailed).Exec(ctx)
		})
		for range 30 {
			o.Pass(day)
			o.Write(func(ctx context.Context, c *ent.Client) error { // nor are those of the next months
				return c.Email.Update().Where(email.CustomerID(o.Maria.ID)).SetStatus(email.StatusFailed).Exec(ctx)
			})
			night(t, o)
		}
		if state := o.Service(o.Maria).Status; state != status.Enabled {
			t.Errorf("it is %s", state)
		}
	})
}

// door is a mail server that gives the same answer to every letter.
type door struct{ answer error }

func (d door) Send(context.Context, mail.Letter) error { return d.answer }

// post has every letter that waits tried once.
func post(o *demotest.Office, answer error) {
	var waiting []*ent.Email
	o.Read(func(ctx context.Context, c *ent.Client) error {
		waiting = c.Email.Query().Where(email.StatusEQ(email.StatusWaiting)).AllX(ctx)
		return nil
	})
	for _, row := range waiting {
		_ = mail.Desk{DB: o.DB, Door: door{answer}}.Deliver(o.Worker(), row.ID)
	}
}

// notices are those of an invoice, the oldest first.
func notices(o *demotest.Office, of *ent.Invoice) (rows []*ent.Notice) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		rows = c.Notice.Query().Where(notice.InvoiceID(of.ID)).Order(notice.ByAt()).AllX(ctx)
		return nil
	})
	return rows
}

// untold wants nobody to have been told of an invoice of Maria's: she is to be told, and the notice can be handed over.
func untold(t *testing.T, o *demotest.Office, of *ent.Invoice) {
	t.Helper()
	letter, err := desk(o).Letter(o.As("financeiro"), of.ID)
	if err != nil || letter.Given != nil || letter.Underway {
		t.Errorf("its notice: %+v, %v", letter, err)
	}
	if row := stands(t, o, o.Maria); row.Rung != dunning.ToTell || !row.ToldOn.IsZero() {
		t.Errorf("she stands on %+v", row)
	}
}

// A day without a mail server costs a debtor no notice and the ISP no cut: told again, the days of the law count from then.
func TestANoticeThatWasNotSentIsGivenAgain(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		s := next(t, o)
		o.Pass(time.Duration(s.Invoice.Due.DaysSince(today(o))+5) * day)
		night(t, o)
		down := errors.New("connection refused")
		post(o, down)
		if row := stands(t, o, o.Maria); row.Rung != dunning.Told {
			t.Errorf("while it is tried she stands on %+v", row)
		}
		o.Pass(25 * time.Hour)
		post(o, down)
		untold(t, o, s.Invoice)
		o.Pass(day)
		night(t, o)
		again := today(o)
		until(t, o, func() bool {
			post(o, nil)
			return o.Service(o.Maria).Status == status.SuspendedDebt
		})
		told := notices(o, s.Invoice)
		if n := today(o).DaysSince(again); n < 15 || len(told) != 2 || told[1].Day != again {
			t.Errorf("told again on %s, she is cut on %s: %v", again, today(o), told)
		}
		letter, err := desk(o).Letter(o.As("financeiro"), s.Invoice.ID)
		if err != nil || letter.Given == nil || letter.Given.ID != told[1].ID {
			t.Errorf("the proof is %+v, %v", letter, err)
		}
	})
}

var refused = &mail.Refused{Why: "550 caixa inexistente"}

// An address that takes no letter is not written to for ever: the notice goes to another, or by the bot.
func TestANoticeThatWasRefusedGoesAnotherWay(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		s := next(t, o)
		o.Pass(time.Duration(s.Invoice.Due.DaysSince(today(o))+5) * day)
		for range 6 {
			night(t, o)
			post(o, refused)
			untold(t, o, s.Invoice)
			o.Pass(day)
		}
		if n := len(notices(o, s.Invoice)); n != 3 {
			t.Errorf("the address was written to %d times", n)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error { // another address is none that was tried
			return c.Contact.Update().Where(contact.CustomerID(o.Maria.ID), contact.KindEQ(contact.KindEmail)).SetValue("outra@exemplo.com.br").Exec(ctx)
		})
		night(t, o)
		post(o, refused)
		if told := notices(o, s.Invoice); len(told) != 4 || told[3].Destination != "outra@exemplo.com.br" {
			t.Errorf("%v", told)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.TelegramLink.Create().SetChatID(77).SetCustomerID(o.Maria.ID).SetLinkedAt(o.DB.Now()).Exec(ctx)
		})
		o.Pass(day)
		night(t, o)
		if told := notices(o, s.Invoice); len(told) != 5 || told[4].Channel != notice.ChannelTelegram {
			t.Fatalf("%v", told)
		}
		if letter, err := desk(o).Letter(o.As("financeiro"), s.Invoice.ID); err != nil || letter.Given != nil || !letter.Underway {
			t.Errorf("before the bot brought it: %+v, %v", letter, err)
		}
	})
}

func TestANoticeThatWasRefusedIsHandedOver(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		s := next(t, o)
		o.Pass(time.Duration(s.Invoice.Due.DaysSince(today(o))+5) * day)
		night(t, o)
		post(o, refused)
		o.Pass(time.Hour)
		given, err := desk(o).HandOver(o.As("financeiro"), s.Invoice.ID, "entregue a Maria, no balcão")
		if err != nil {
			t.Fatal(err)
		}
		letter, err := desk(o).Letter(o.As("financeiro"), s.Invoice.ID)
		if err != nil || letter.Given == nil || letter.Given.ID != given.ID {
			t.Errorf("the proof is %+v, %v", letter, err)
		}
		until(t, o, func() bool {
			post(o, refused)
			return o.Service(o.Maria).Status == status.SuspendedDebt
		})
		if n := today(o).DaysSince(given.Day); n < 15 {
			t.Errorf("handed over on %s, she is cut on %s", given.Day, today(o))
		}
	})
}

// What told of a debt that was paid is no proof of the one that the taking back of the payment makes.
func TestANoticeFromBeforeAPaymentTakenBackIsNoProof(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		s := next(t, o)
		o.Pass(time.Duration(s.Invoice.Due.DaysSince(today(o))+5) * day)
		night(t, o)
		post(o, nil)
		s = next(t, o)
		books, manager := billing.Desk{DB: o.DB}, o.As("gerente")
		paid, err := books.ReceiveAtCounter(o.As("financeiro"), billing.Receipt{Invoice: s.Invoice.ID, Amount: s.Owed(), PaidOn: today(o), Key: "1"})
		if err != nil {
			t.Fatal(err)
		}
		o.Pass(time.Hour)
		if _, err := books.ReversePayment(manager, billing.Takeback{Payment: paid.Payment.ID, Reason: "cheque devolvido", Key: "2"}); err != nil {
			t.Fatal(err)
		}
		untold(t, o, s.Invoice)
	})
}

// link links a chat to Maria, who has no e-mail any more.
func link(o *demotest.Office) {
	o.Write(func(ctx context.Context, c *ent.Client) error {
		c.Contact.Delete().Where(contact.KindEQ(contact.KindEmail)).ExecX(ctx)
		return c.TelegramLink.Create().SetChatID(77).SetCustomerID(o.Maria.ID).SetLinkedAt(o.DB.Now()).Exec(ctx)
	})
}

// said are the texts the bot has for Maria, the oldest first.
func said(o *demotest.Office) (texts []string) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		for _, row := range c.TelegramMessage.Query().Where(telegrammessage.CustomerID(o.Maria.ID)).Order(telegrammessage.ByCreatedAt()).AllX(ctx) {
			texts = append(texts, row.Text)
		}
		return nil
	})
	return texts
}

func TestTheBotTellsWhoHasNoAddressAndOnlyWhatItBroughtCounts(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		link(o)
		s := next(t, o)
		o.Pass(time.Duration(s.Invoice.Due.DaysSince(today(o))-2) * day)
		night(t, o)
		if got := said(o); len(got) != 1 || !strings.Contains(got[0], "vence em "+s.Invoice.Due.BR()) {
			t.Fatalf("called to mind by %q", got)
		}
		o.Pass(10 * day)
		night(t, o)
		var proof *ent.Notice
		o.Read(func(ctx context.Context, c *ent.Client) error {
			proof = c.Notice.Query().Where(notice.InvoiceID(s.Invoice.ID)).OnlyX(ctx)
			return nil
		})
		if got := said(o); len(got) != 2 || got[1] != proof.Body || proof.Channel != notice.ChannelTelegram {
			t.Fatalf("told by %q, the proof is %v", got, proof)
		}
		for range 30 { // the bot never brought it
			o.Pass(day)
			night(t, o)
		}
		if state := o.Service(o.Maria).Status; state != status.Enabled {
			t.Fatalf("without a notice that arrived it is %s", state)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.TelegramMessage.Update().Where(telegrammessage.AboutID(proof.ID)).SetStatus(telegrammessage.StatusSent).SetSentAt(o.DB.Now()).Exec(ctx)
		})
		brought := today(o)
		until(t, o, func() bool { return o.Service(o.Maria).Status == status.SuspendedDebt })
		if days := today(o).DaysSince(brought); days < 15 {
			t.Errorf("it is cut %d days after the bot brought the notice", days)
		}
		if got := said(o); !strings.Contains(got[len(got)-1], "foi suspenso por débito") {
			t.Errorf("of the cut the bot says %q", got[len(got)-1])
		}
		for o.Service(o.Maria).Status == status.SuspendedDebt {
			owed := next(t, o)
			in := billing.Receipt{Invoice: owed.Invoice.ID, Amount: owed.Owed(), PaidOn: today(o), Key: owed.Invoice.ID.String()}
			if _, err := (billing.Desk{DB: o.DB}).ReceiveAtCounter(o.As("financeiro"), in); err != nil {
				t.Fatal(err)
			}
		}
		if got := said(o); !strings.Contains(got[len(got)-1], "está de volta") {
			t.Errorf("of the return the bot says %q", got[len(got)-1])
		}
	})
}
