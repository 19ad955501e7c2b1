package subscribers_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/attachment"
	"enlace/ent/charge"
	"enlace/ent/contact"
	"enlace/ent/contract"
	"enlace/ent/invoice"
	"enlace/tenants/billing"
	"enlace/tenants/contracts"
	"enlace/tenants/customers"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/subscribers"
	"enlace/tenants/subscriptions"
	"enlace/tenants/support"
)

// What a subscriber does in the chat is done to his own and to nobody else's, whole or not at all, and once.
func TestWhatASubscriberDoesIsHisOwnAndWholeAndOnce(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		maria, joao := o.Subscriber(o.Maria), o.Subscriber(o.Joao)
		var of *ent.Contract
		var owed *ent.Charge
		o.Write(func(ctx context.Context, c *ent.Client) error {
			of = c.Contract.Query().Where(contract.CustomerID(o.Maria.ID)).OnlyX(ctx)
			due := c.Invoice.Query().Where(invoice.CustomerID(o.Maria.ID), invoice.PaidAtIsNil()).Order(invoice.ByDue()).FirstX(ctx)
			owed = c.Charge.Query().Where(charge.InvoiceID(due.ID)).FirstX(ctx)
			return c.Contract.UpdateOneID(of.ID).ClearAcceptedAt().ClearAcceptedOn().ClearAcceptedFileID().Exec(ctx)
		})
		plans := subscriptions.Desk{DB: o.DB}
		choices, err := plans.WishChoices(maria, o.Service(o.Maria).ID)
		if err != nil || len(choices.Plans) == 0 || len(choices.DueDays) == 0 {
			t.Fatal(choices, err)
		}
		opened, err := support.Desk{DB: o.DB}.OpenFromSubscriber(maria, o.Service(o.Maria).ID, "sem internet")
		if err != nil {
			t.Fatal(err)
		}
		var picture bytes.Buffer
		if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
			t.Fatal(err)
		}
		in := support.Sent{Ticket: opened.ID, Name: `C:\fotos\modem.JPG`, Content: picture.Bytes(), Key: "telegram/7"}
		wish := subscriptions.Wish{Subscription: o.Service(o.Maria).ID, Plan: choices.Plans[0].ID}
		for name, one := range map[string]struct {
			do     func(context.Context) error
			again  string // what a second time says
			points int    // at which it is broken, at least; 0: its own room breaks it
		}{
			"accept a contract": {func(ctx context.Context) error {
				_, err := subscribers.Desk{DB: o.DB}.AcceptContract(ctx, of.ID, contracts.Proof{Chat: 101, Update: 7})
				return err
			}, "contract_accepted", 0},
			"contest a charge": {func(ctx context.Context) error {
				_, err := billing.Desk{DB: o.DB}.ContestOwn(ctx, owed.ID, "não usei estes dias")
				return err
			}, "contested_before", 0},
			"send a photo": {func(ctx context.Context) error {
				_, err := support.Desk{DB: o.DB}.Receive(ctx, in)
				return err
			}, "", 8},
			"ask for another plan": {func(ctx context.Context) error {
				_, err := plans.AskFor(ctx, wish, "outro plano", "101/9")
				return err
			}, "", 20},
		} {
			t.Run(name, func(t *testing.T) {
				for who, ctx := range map[string]context.Context{"João": joao, "the gerente": o.As("gerente"), "the other ISP": o.Stranger()} {
					if err := one.do(ctx); demotest.Fault(err) != "not_found" {
						t.Errorf("%s: %v", who, err)
					}
				}
				if one.points > 0 {
					o.AllOrNothing(t, one.points, func() error { return one.do(maria) })
				} else if err := one.do(maria); err != nil {
					t.Fatal(err)
				}
				var all sync.WaitGroup
				for range 10 { // pressed once more by impatient fingers
					all.Go(func() {
						if err := one.do(maria); demotest.Fault(err) != one.again && (err != nil || one.again != "") {
							t.Errorf("again: %v", err)
						}
					})
				}
				all.Wait()
			})
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			kept := c.Attachment.Query().Where(attachment.TicketID(opened.ID)).OnlyX(ctx)
			if file := c.File.GetX(ctx, kept.FileID); file.Name != "modem.png" || kept.Kind != attachment.KindPhoto {
				t.Errorf("%s is %s", file.Name, kept.Kind)
			}
			if n := c.Ticket.Query().CountX(ctx); n != 2 {
				t.Errorf("%d tickets", n)
			}
			return nil
		})
		for content, want := range map[string]string{"": "arquivo: file_missing", "MZ": "arquivo: file_kind", strings.Repeat("x", support.MostSent+1): "arquivo: file_large"} {
			if _, err := (support.Desk{DB: o.DB}).Receive(maria, support.Sent{Ticket: opened.ID, Content: []byte(content)}); demotest.Fault(err) != want {
				t.Errorf("%d bytes: %v", len(content), err)
			}
		}
		for wish, want := range map[subscriptions.Wish]string{
			{Subscription: wish.Subscription, Plan: choices.Plan.ID}: "plano: choice", {Subscription: wish.Subscription, DueDay: 29}: "dia_vencimento: due_day",
			{Subscription: wish.Subscription}: "dia_vencimento: due_day", {Subscription: o.Service(o.Joao).ID, DueDay: 20}: "not_found", {Subscription: uuid.New(), DueDay: 20}: "not_found",
		} {
			if _, err := plans.PreviewWish(maria, wish); demotest.Fault(err) != want {
				t.Errorf("%+v: %v", wish, err)
			}
		}
		if _, err := plans.WishChoices(joao, o.Service(o.Joao).ID); demotest.Fault(err) != "migrate_suspended" {
			t.Error(err)
		}
		if _, err := (subscribers.Desk{DB: o.DB}).Line(joao, o.Service(o.Maria).ID); demotest.Fault(err) != "not_found" {
			t.Error(err)
		}
	})
}

func TestASubscriberCorrectsTheMainTelephoneAlone(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		maria, d := o.Subscriber(o.Maria), customers.Desk{DB: o.DB}
		correct := func(ctx context.Context, kind contact.Kind, typed string) error {
			_, err := d.CorrectOwn(ctx, kind, typed)
			return err
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Contact.Create().SetCustomerID(o.Maria.ID).SetKind(contact.KindPhone).SetValue("+5591988887777").SetPosition(1).Exec(ctx)
		})
		for _, one := range []struct {
			kind        contact.Kind
			typed, want string
		}{{contact.KindPhone, "", "telefone: required"}, {contact.KindPhone, "98765-4321", "telefone: phone"}, {contact.KindEmail, "", "email: required"}, {contact.KindEmail, "maria@", "email: email"}} {
			if err := correct(maria, one.kind, one.typed); demotest.Fault(err) != one.want {
				t.Errorf("%q: %v", one.typed, err)
			}
		}
		if err := correct(o.As("gerente"), contact.KindPhone, "91 98765-4321"); demotest.Fault(err) != "not_found" {
			t.Error(err)
		}
		o.AllOrNothing(t, 8, func() error { return correct(maria, contact.KindPhone, "(91) 98765-4321") })
		if err := correct(maria, contact.KindPhone, "91988887777"); err != nil { // the second one becomes the main one
			t.Fatal(err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if got := c.Contact.Query().Where(contact.CustomerID(o.Maria.ID), contact.KindEQ(contact.KindPhone)).Order(contact.ByPosition()).AllX(ctx); len(got) != 1 || got[0].Value != "+5591988887777" {
				t.Errorf("%v", got)
			}
			return nil
		})
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if found, err := customers.Search(ctx, c, "91988887777", 5); err != nil || len(found) != 1 {
				t.Errorf("she is not found by it: %v %v", found, err)
			}
			return nil
		})
	})
}
