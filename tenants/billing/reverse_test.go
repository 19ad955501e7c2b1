package billing_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/notice"
	"enlace/ent/payment"
	"enlace/tenants/billing"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
	"enlace/tenants/status"
	"enlace/tenants/subscriptions"
)

func takeback(of *ent.Payment, key string) billing.Takeback {
	return billing.Takeback{Payment: of.ID, Reason: "cheque devolvido", Key: key}
}

// received is money of João for his overdue invoice, today.
func received(t *testing.T, o *demotest.Office, amount money.Cents, key string) *billing.Received {
	t.Helper()
	done, err := desk(o).ReceiveAtCounter(o.As("financeiro"), billing.Receipt{Invoice: overdue(o).Invoice.ID, Amount: amount, PaidOn: o.Here.Today(o.DB.Now()), Key: key})
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func TestAPaymentTakenBackLeavesTheDebtAsItWas(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		before := overdue(o)
		part := received(t, o, 30_00, "1")
		whole := received(t, o, before.Total-30_00, "2") // face value: what is owed of late charges becomes a charge
		cashier := o.As("financeiro")
		o.AllOrNothing(t, 20, func() error {
			_, err := desk(o).ReversePayment(cashier, takeback(whole.Payment, "3"))
			return err
		})
		now := overdue(o)
		if now.Status != billing.InvoiceOverdue || now.Debt.Principal != before.Total-30_00 || len(now.Payments) != 1 {
			t.Errorf("it stands at %+v", now.Debt)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if late := c.Charge.Query().Where(charge.KindEQ(charge.KindLate)).OnlyX(ctx); late.CancelledAt == nil {
				t.Error("the charge of late charges stands beside those of the invoice")
			}
			return nil
		})
		if _, err := desk(o).ReversePayment(o.As("financeiro"), takeback(part.Payment, "4")); err != nil {
			t.Fatal(err)
		}
		if now := overdue(o); now.Owed() != before.Owed() || len(now.Payments) != 0 {
			t.Errorf("both taken back, %s is owed, before it was %s", now.Owed(), before.Owed())
		}
		for want, of := range map[string]*ent.Payment{"payment_reversed": whole.Payment, "not_found": {ID: demotest.Nobody}} {
			if _, err := desk(o).ReversePayment(o.As("financeiro"), takeback(of, "5")); demotest.Fault(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		balanced(t, o)
	})
}

// An invoice that was paid at the counter is paid once more by its boleto: without the second payment it is paid still, and what the first left of late
// charges is asked for still.
func TestASecondPaymentTakenBackLeavesTheInvoicePaid(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		debt := overdue(o)
		received(t, o, debt.Total, "1")
		var again *billing.Income
		o.Write(func(ctx context.Context, c *ent.Client) (err error) {
			again, err = billing.Settle(ctx, c, o.DB.Now(), o.DB.Today(ctx), billing.Incoming{Source: payment.SourceBoleto, ExternalID: "retorno/1", Invoice: debt.Invoice.ID, Amount: debt.Total, PaidOn: o.DB.Today(ctx)})
			return err
		})
		if again.Credit != debt.Total {
			t.Fatalf("it settled %+v", again)
		}
		if _, err := desk(o).ReversePayment(o.As("gerente"), takeback(again.Payment, "2")); err != nil {
			t.Fatal(err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if row := c.Invoice.GetX(ctx, debt.Invoice.ID); row.PaidAt == nil {
				t.Error("the invoice is open again")
			}
			if late := c.Charge.Query().Where(charge.KindEQ(charge.KindLate)).OnlyX(ctx); late.CancelledAt != nil {
				t.Error("the late charges of the first payment are forgiven")
			}
			return nil
		})
		balanced(t, o)
	})
}

func TestAServiceGivenBackByAPaymentTakenBackIsCutOnlyByANewNotice(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		debt := overdue(o)
		whole := received(t, o, debt.Owed(), "1")
		if o.Service(o.Joao).Status != status.Enabled {
			t.Fatal("he paid")
		}
		o.Pass(time.Hour)
		if _, err := desk(o).ReversePayment(o.As("gerente"), takeback(whole.Payment, "2")); err != nil {
			t.Fatal(err)
		}
		if now := o.Service(o.Joao).Status; now != status.Enabled {
			t.Errorf("he was cut without a notice: %s", now)
		}
		suspend := func() string {
			_, err := subscriptions.Desk{DB: o.DB}.SuspendForDebt(o.As("gerente"), o.Service(o.Joao).ID, "não pagou")
			return demotest.Fault(err)
		}
		if got := suspend(); got != "no_notice" { // the old one told of a debt that was paid
			t.Errorf("he may be cut at once: %q", got)
		}
		if _, err := desk(o).TellOfDebt(o.Worker(), debt.Invoice.ID, notice.ChannelEmail, "joao@exemplo.com.br"); err != nil {
			t.Fatal(err)
		}
		if got := suspend(); got != "notice_young" {
			t.Errorf("on the day of the notice: %q", got)
		}
		for range 5 { // to the next day on which one may
			o.Pass(24 * time.Hour)
		}
		o.Pass(10 * 24 * time.Hour)
		for n := 0; suspend() == "no_cut_day" && n < 7; n++ {
			o.Pass(24 * time.Hour)
		}
		if now := o.Service(o.Joao).Status; now != status.SuspendedDebt {
			t.Errorf("15 days after the notice he is %s: %s", now, suspend())
		}
	})
}

func TestACreditThatIsSpentIsTakenBackFirst(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		debt := overdue(o)
		over := received(t, o, debt.Owed()+50_00, "1")
		var fee *ent.Charge
		o.Write(func(ctx context.Context, c *ent.Client) error {
			if err := billing.ChargeInstallation(ctx, c, o.DB.Now(), o.DB.Today(ctx), o.Service(o.Joao), 80_00, o.DB.Today(ctx)); err != nil {
				return err
			}
			fee = c.Charge.Query().Where(charge.KindEQ(charge.KindInstallation)).OnlyX(ctx)
			return nil
		})
		cashier := o.As("financeiro")
		for want, in := range map[string]billing.Spend{"receipt_unseen": {Charge: fee.ID, Amount: 80_00}, "not_found": {Charge: demotest.Nobody, Amount: 50_00}, "invoice_paid": {Invoice: debt.Invoice.ID, Amount: 50_00}} {
			if _, err := desk(o).SpendCredit(cashier, in); demotest.Fault(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		o.AllOrNothing(t, 10, func() error {
			_, err := desk(o).SpendCredit(cashier, billing.Spend{Charge: fee.ID, Amount: 50_00, Key: "2"})
			return err
		})
		if _, err := desk(o).SpendCredit(cashier, billing.Spend{Charge: fee.ID, Amount: 50_00, Key: "3"}); demotest.Fault(err) != "no_credit" {
			t.Errorf("spent twice: %v", err)
		}
		if _, err := desk(o).ReversePayment(cashier, takeback(over.Payment, "4")); demotest.Fault(err) != "credit_used" {
			t.Errorf("what is spent was taken back: %v", err)
		}
		var use *ent.Payment
		o.Read(func(ctx context.Context, c *ent.Client) error {
			use = c.Payment.Query().Where(payment.SourceEQ(payment.SourceCredit)).OnlyX(ctx)
			return nil
		})
		for n, of := range []*ent.Payment{use, over.Payment} {
			if _, err := desk(o).ReversePayment(cashier, takeback(of, fmt.Sprint("5", n))); err != nil {
				t.Errorf("in order: %v", err)
			}
		}
		if account, err := desk(o).Account(cashier, o.Joao.ID); err != nil || account.Credit != 0 || account.Overdue != debt.Owed() {
			t.Errorf("credit %s, overdue %s: %v", account.Credit, account.Overdue, err)
		}
		balanced(t, o)
	})
}

func TestAHundredEqualReversalsAreOne(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		of, cashier := received(t, o, 10_00, "1").Payment, o.As("financeiro")
		hundred(t, func() (uuid.UUID, error) {
			back, err := desk(o).ReversePayment(cashier, takeback(of, "a mesma"))
			if err != nil {
				return uuid.Nil, err
			}
			return back.ID, nil
		})
		if _, err := desk(o).ReversePayment(o.As("comercial"), takeback(of, "2")); demotest.Fault(err) != "denied" {
			t.Errorf("comercial takes money back: %v", err)
		}
		if _, err := desk(o).ReversePayment(o.Stranger(), takeback(of, "2")); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		if _, err := desk(o).ReversePayment(cashier, billing.Takeback{Payment: of.ID, Reason: "erro", Key: "2"}); demotest.Fault(err) != "motivo: reason_short" {
			t.Errorf("without a reason: %v", err)
		}
		balanced(t, o)
	})
}
