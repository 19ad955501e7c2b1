package billing_test

import (
	"context"
	"sync"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/billingeventpart"
	"enlace/ent/email"
	"enlace/ent/history"
	"enlace/ent/payment"
	"enlace/ent/tillentry"
	"enlace/tenants/billing"
	"enlace/tenants/demo/demotest"
)

// Whatever a form does that is not pressed a hundred times beside its own rules is pressed here: it is done once, and each press is answered alike.
func TestAHundredEqualPressesAreOne(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		cashier, today := o.As("gerente"), o.Here.Today(o.DB.Now())
		var shop uuid.UUID
		o.Write(func(ctx context.Context, c *ent.Client) error {
			shop = c.Correspondent.Create().SetName("Mercado do Zé").SetCommission(2_00).SaveX(ctx).ID
			return nil
		})
		debt, charged, bound, open := overdue(o), fee(o, today), bookletOf(o, o.Maria), mariasOpen(o)[0]
		told := func(events ...string) func(context.Context, *ent.Client) int {
			return func(ctx context.Context, c *ent.Client) int {
				return c.History.Query().Where(history.EventIn(events...)).CountX(ctx)
			}
		}
		paid := func(source payment.Source) func(context.Context, *ent.Client) int {
			return func(ctx context.Context, c *ent.Client) int {
				return c.Payment.Query().Where(payment.SourceEQ(source)).CountX(ctx)
			}
		}
		letters := func(ctx context.Context, c *ent.Client) int {
			return c.Email.Query().Where(email.To("pressa@exemplo.com.br")).CountX(ctx)
		}
		closing := sync.OnceValue(func() billing.TillClosing { // as the form was filled in
			own, err := desk(o).OwnTill(cashier)
			if err != nil {
				t.Fatal(err)
			}
			return billing.TillClosing{Till: own.ID, Counted: counted(own, 0), Shown: own.Seen(), Key: "1"}
		})
		for _, one := range []struct {
			name  string
			press func() (any, error)
			there func(context.Context, *ent.Client) int // how much of what it does there is
			makes int
		}{
			{"a billing event", func() (any, error) { return desk(o).AddEvent(cashier, surcharge(o)) },
				func(ctx context.Context, c *ent.Client) int {
					return c.BillingEventPart.Query().Where(billingeventpart.ChargeIDIsNil()).CountX(ctx)
				}, 3},
			{"a caixa opened", func() (any, error) {
				return nil, desk(o).OpenTill(cashier, billing.TillOpening{Float: 100_00, Key: "1"})
			}, told("till_opened"), 1},
			{"a sangria", func() (any, error) {
				return nil, desk(o).MoveTill(cashier, billing.TillMove{Kind: tillentry.KindWithdrawal, Amount: 60_00, Reason: "ao banco", Key: "1"})
			}, told("till_withdrawn"), 1},
			{"a charge received, and more", func() (any, error) {
				got, err := desk(o).ReceiveCharge(cashier, billing.ChargeReceipt{Charge: charged, Amount: 170_00, PaidOn: today, Key: "1"})
				if err != nil {
					return nil, err
				}
				return got.Payment.ID, nil
			}, paid(payment.SourceCounter), 1},
			{"a credit used", func() (any, error) {
				return desk(o).SpendCredit(cashier, billing.Spend{Invoice: open.ID, Amount: 20_00, Key: "1"})
			}, paid(payment.SourceCredit), 1},
			{"a line of a correspondente", func() (any, error) {
				got, err := desk(o).ReceiveAtCounter(cashier, billing.Receipt{Invoice: debt.Invoice.ID, Amount: 40_00, PaidOn: today, Hand: billing.Hand{Correspondent: shop, Number: "7"}, Key: "2"})
				if err != nil {
					return nil, err
				}
				return got.Payment.ID, nil
			}, paid(payment.SourceCorrespondent), 1},
			{"a repasse", func() (any, error) {
				return nil, desk(o).TakeRepasse(cashier, billing.Repasse{Correspondent: shop, Amount: 30_00, Commission: 1_00, Form: payment.FormCash, Day: today, Key: "1"})
			}, told("repasse_taken"), 1},
			{"a caixa closed", func() (any, error) { return nil, desk(o).CloseTill(cashier, closing()) }, told("till_closed"), 1},
			{"an invoice by e-mail", func() (any, error) {
				return nil, desk(o).EmailInvoice(cashier, debt.Invoice.ID, "pressa@exemplo.com.br", "1")
			}, letters, 1},
			{"a carnê by e-mail", func() (any, error) { return nil, desk(o).EmailBooklet(cashier, bound.ID, "pressa@exemplo.com.br", "1") }, letters, 1},
		} {
			count := func() (n int) {
				o.Read(func(ctx context.Context, c *ent.Client) error { n = one.there(ctx, c); return nil })
				return n
			}
			before := count()
			hundred(t, one.press)
			if made := count() - before; made != one.makes || t.Failed() {
				t.Fatalf("%s: of a hundred presses there are %d, want %d", one.name, made, one.makes)
			}
		}
		balanced(t, o)
	})
}

// What goes by e-mail is written down whole with what sends it, or not at all.
func TestALetterIsSentWholeOrNotAtAll(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		cashier, bound, debt := o.As("gerente"), bookletOf(o, o.Maria), overdue(o)
		if _, err := desk(o).BookletPDF(cashier, bound.ID); err != nil { // a paper once printed stays, whatever becomes of its letter
			t.Fatal(err)
		}
		if _, _, err := desk(o).InvoicePDF(cashier, debt.Invoice.ID); err != nil {
			t.Fatal(err)
		}
		o.AllOrNothing(t, 10, func() error { return desk(o).EmailBooklet(cashier, bound.ID, "maria@exemplo.com.br", "1") })
		o.AllOrNothing(t, 10, func() error { return desk(o).EmailInvoice(cashier, debt.Invoice.ID, "joao@exemplo.com.br", "1") })
	})
}
