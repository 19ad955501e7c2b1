package subscriptions_test

import (
	"context"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/cancellation"
	"enlace/ent/charge"
	"enlace/ent/contract"
	"enlace/ent/credit"
	"enlace/ent/invoice"
	"enlace/ent/subscription"
	"enlace/ent/workorder"
	"enlace/ent/workordertype"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
	"enlace/tenants/status"
	"enlace/tenants/subscriptions"
)

// together does the same thing a hundred times at once; each is answered alike.
func together(t *testing.T, do func() (any, error)) (answer any) {
	t.Helper()
	answers, errs := make([]any, 100), make([]error, 100)
	var wg sync.WaitGroup
	for i := range answers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			answers[i], errs[i] = do()
		}()
	}
	wg.Wait()
	for i := range answers {
		if errs[i] != nil || !reflect.DeepEqual(answers[i], answers[0]) {
			t.Fatalf("the %dth was answered %v, %v, the first %v", i, answers[i], errs[i], answers[0])
		}
	}
	return answers[0]
}

// audited fails where the books are not as their entries have it.
func audited(t *testing.T, o *demotest.Office) {
	t.Helper()
	o.Read(func(ctx context.Context, c *ent.Client) error {
		wrong, err := billing.Audit(ctx, c, o.DB.Today(o.As("gerente")))
		if len(wrong) > 0 {
			t.Error(strings.Join(wrong, "\n"))
		}
		return err
	})
}

// monthsOwed is what the books ask of a service by the month: fees that stand, less what was given back of them on invoices and as credit.
func monthsOwed(o *demotest.Office, sub *ent.Subscription) (sum money.Cents) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		for _, row := range c.Charge.Query().Where(charge.SubscriptionID(sub.ID), charge.KindIn(charge.KindRecurring, charge.KindCredit, charge.KindEvent), charge.CancelledAtIsNil()).AllX(ctx) {
			sum += row.Amount
		}
		for _, row := range c.Credit.Query().Where(credit.CustomerID(sub.CustomerID), credit.PaymentIDIsNil()).AllX(ctx) {
			sum -= row.Amount
		}
		return nil
	})
	return sum
}

// daysOwed is what a monthly price asks from a first day to a last one not served, less holes, written from money.md and calling none of the
// code: whole periods cost the price, a part of one is cut, a hole is rounded up, and no period goes below zero.
func daysOwed(price int64, dueDay int, first, last time.Time, holes ...[2]time.Time) (sum money.Cents) {
	for from := first; from.Before(last); {
		end := time.Date(from.Year(), from.Month(), dueDay, 0, 0, 0, 0, time.UTC)
		if !end.After(from) {
			end = end.AddDate(0, 1, 0)
		}
		until, whole := end, from.Equal(end.AddDate(0, -1, 0))
		if last.Before(end) {
			until, whole = last, false
		}
		days := func(a, b time.Time) int64 { return int64(b.Sub(a) / (24 * time.Hour)) }
		owed := min(price, price*days(from, until)/30)
		if whole {
			owed = price
		}
		for _, hole := range holes {
			a, b := hole[0], hole[1]
			if a.Before(from) {
				a = from
			}
			if b.After(until) {
				b = until
			}
			switch n := days(a, b); {
			case n >= days(from, until):
				owed = 0
			case n > 0:
				owed = max(0, owed-(price*n+29)/30)
			}
		}
		sum, from = sum+money.Cents(owed), end
	}
	return sum
}

func civil(d calendar.Date) time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)
}

func cancelling(sub *ent.Subscription) subscriptions.Cancel {
	return subscriptions.Cancel{Subscription: sub.ID, Reason: cancellation.ReasonPreco, Note: "achou mais barato", Offer: "10 % por três meses", Key: "c"}
}

func TestWhoCancelsPaysTheDaysServedAndNoMore(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		maria, boss := o.Service(o.Maria), o.As("gerente")
		var first calendar.Date
		o.Read(func(ctx context.Context, c *ent.Client) error {
			first = c.Charge.Query().Where(charge.SubscriptionID(maria.ID), charge.KindEQ(charge.KindRecurring)).Order(charge.ByPeriodFrom()).FirstX(ctx).PeriodFrom
			return nil
		})
		in := cancelling(maria)
		p, err := desk(o).PreviewCancel(o.As("comercial"), in)
		if err != nil {
			t.Fatal(err)
		}
		today := o.DB.Today(boss)
		if p.Penalty != money.LoyaltyPenalty(maria.LoyaltyBenefit, calendar.Period{From: maria.LoyaltyFrom, To: maria.LoyaltyTo}, today) {
			t.Errorf("the penalty is %s", p.Penalty)
		}
		in.Shown = p.Seen()
		done, err := desk(o).Cancel(o.As("comercial"), in)
		if err != nil {
			t.Fatal(err)
		}
		sub := o.Service(o.Maria)
		if sub.Status != status.Cancelled || sub.CancelledOn != today || sub.EndedBy == nil || *sub.EndedBy != subscription.EndedByCancellation {
			t.Errorf("she is %s since %s by %v", sub.Status, sub.CancelledOn, sub.EndedBy)
		}
		if done.Reason != in.Reason || done.Offer != in.Offer || done.StateBefore != "habilitado" || done.Penalty != p.Penalty {
			t.Errorf("it was kept as %+v", done)
		}
		if got, want := monthsOwed(o, maria), daysOwed(int64(maria.Price), maria.DueDay, civil(first), civil(today)); got != want {
			t.Errorf("the books ask %s of the months, money.md %s", got, want)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if len(p.Lines) > 0 {
				final := c.Invoice.GetX(ctx, *done.InvoiceID)
				rows := c.Charge.Query().Where(charge.InvoiceID(final.ID)).Order(charge.ByPosition()).AllX(ctx)
				sum := money.Cents(0)
				for i, row := range rows {
					if sum += row.Amount; row.Memo != p.Lines[i].Memo || row.Amount != p.Lines[i].Amount {
						t.Errorf("line %d was shown as %+v and posted as %s %q", i, p.Lines[i], row.Amount, row.Memo)
					}
				}
				if sum != p.Total || final.Due != p.Due {
					t.Errorf("the final invoice is of %s due %s, shown were %s due %s", sum, final.Due, p.Total, p.Due)
				}
			}
			for _, s := range p.Cancelled {
				if c.Invoice.GetX(ctx, s.Invoice.ID).CancelledAt == nil {
					t.Errorf("invoice %d stands", s.Invoice.Number)
				}
			}
			if n := c.Invoice.Query().Where(invoice.CustomerID(maria.CustomerID), invoice.DueGT(today.AddDays(40)), invoice.CancelledAtIsNil()).CountX(ctx); n != 0 {
				t.Errorf("%d invoices of days to come stand", n)
			}
			return nil
		})
		audited(t, o)
		if _, err := desk(o).Cancel(boss, subscriptions.Cancel{Subscription: maria.ID, Reason: in.Reason, Note: in.Note, Key: "d"}); demotest.Fault(err) != "transition" {
			t.Errorf("cancelled twice: %v", err)
		}
	})
}

func TestADebtorWhoIsCancelledOwesTheDaysUpToTheCut(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		joao, boss := o.Service(o.Joao), o.As("gerente")
		in := cancelling(joao)
		in.Reason = cancellation.ReasonInadimplencia
		if _, err := desk(o).Cancel(boss, in); demotest.Fault(err) != "motivo: cancel_debt_early" {
			t.Errorf("too early: %v", err)
		}
		var kind *ent.WorkOrderType
		var cut, first calendar.Date
		o.Read(func(ctx context.Context, c *ent.Client) error {
			kind = c.WorkOrderType.Query().Where(workordertype.Name("Retirada de equipamento")).OnlyX(ctx)
			cut = c.Suspension.Query().OnlyX(ctx).FromDay
			first = c.Charge.Query().Where(charge.SubscriptionID(joao.ID), charge.KindEQ(charge.KindRecurring)).Order(charge.ByPeriodFrom()).FirstX(ctx).PeriodFrom
			return nil
		})
		o.Pass(61 * 24 * time.Hour)
		in.Fetch, in.Equipment = kind.ID, "ONU e roteador"
		p, err := desk(o).PreviewCancel(o.As("gerente"), in)
		if err != nil {
			t.Fatal(err)
		}
		in.Shown = p.Seen()
		done, err := desk(o).Cancel(o.As("gerente"), in)
		if err != nil {
			t.Fatal(err)
		}
		today := o.DB.Today(o.As("gerente"))
		if got, want := monthsOwed(o, joao), daysOwed(int64(joao.Price), joao.DueDay, civil(first), civil(today), [2]time.Time{civil(cut), civil(today)}); got != want {
			t.Errorf("the books ask %s of the months, money.md %s", got, want)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			visit := c.WorkOrder.GetX(ctx, *done.WorkOrderID)
			if visit.Status != workorder.StatusAguardandoAgendamento || visit.Description != in.Equipment {
				t.Errorf("the visit is %v", visit)
			}
			if stretch := c.Suspension.Query().OnlyX(ctx); stretch.EndedAt == nil || stretch.CreditedAt == nil || stretch.UntilDay != today {
				t.Errorf("his suspension stands as %v", stretch)
			}
			return nil
		})
		audited(t, o)
	})
}

// A change of plan under the same contract begins no week of regret; another contract, and another holder, do.
func TestTheWeekOfRegretIsOfWhatWasAgreed(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		to := migrate(o, o.Service(o.Maria).ID, "reprice")
		regret := func() error {
			in := cancelling(to)
			in.Reason = cancellation.ReasonArrependimento
			_, err := desk(o).PreviewCancel(o.As("gerente"), in)
			return err
		}
		if err := regret(); demotest.Fault(err) != "motivo: cancel_regret_over" {
			t.Errorf("of another plan under her old contract: %v", err)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Contract.Update().Where(contract.SubscriptionID(to.ID)).SetIssuedAt(o.DB.Now()).Exec(ctx)
		})
		if err := regret(); err != nil {
			t.Errorf("of another contract: %v", err)
		}
		o.Pass(8 * 24 * time.Hour)
		if err := regret(); demotest.Fault(err) != "motivo: cancel_regret_over" {
			t.Errorf("a week later: %v", err)
		}
		handOver(o, to.ID, o.Joao)
		if err := regret(); err != nil {
			t.Errorf("of who has just taken it over: %v", err)
		}
	})
}

func TestACancellationThatCannotBeIsRefusedByName(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		maria := o.Service(o.Maria)
		for want, ask := range map[string]struct {
			role string
			in   func(*subscriptions.Cancel)
		}{
			"detalhe: reason_short":      {"gerente", func(in *subscriptions.Cancel) { in.Note = "caro" }},
			"motivo: choice":             {"gerente", func(in *subscriptions.Cancel) { in.Reason = "nada" }},
			"motivo: cancel_no_debt":     {"gerente", func(in *subscriptions.Cancel) { in.Reason = cancellation.ReasonInadimplencia }},
			"motivo: cancel_regret_over": {"gerente", func(in *subscriptions.Cancel) { in.Reason = cancellation.ReasonArrependimento }},
			"not_found":                  {"gerente", func(in *subscriptions.Cancel) { in.Subscription = demotest.Nobody }},
			"final_unseen":               {"gerente", func(in *subscriptions.Cancel) { in.Shown = "outra coisa" }},
			"denied":                     {"suporte", func(*subscriptions.Cancel) {}},
		} {
			in := cancelling(maria)
			ask.in(&in)
			if _, err := desk(o).Cancel(o.As(ask.role), in); demotest.Fault(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		in := cancelling(maria)
		in.Waive = "cliente antiga e amiga"
		if _, err := desk(o).Cancel(o.As("comercial"), in); demotest.Fault(err) != "denied" {
			t.Errorf("comercial waives the penalty: %v", err)
		}
		if _, err := desk(o).Cancel(o.Stranger(), cancelling(maria)); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		if o.Service(o.Maria).Status != status.Enabled {
			t.Error("refused, it was cancelled")
		}
	})
}

func TestAHundredEqualCancellationsAreOne(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		maria := o.Service(o.Maria)
		together(t, func() (any, error) {
			done, err := desk(o).Cancel(o.As("gerente"), cancelling(maria))
			if err != nil {
				return nil, err
			}
			return done.ID, nil
		})
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.Cancellation.Query().CountX(ctx); n != 1 {
				t.Errorf("%d cancellations", n)
			}
			return nil
		})
		audited(t, o)
	})
}

func TestACancellationHappensWholeOrNotAtAll(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		maria, boss := o.Service(o.Maria), o.As("gerente")
		o.AllOrNothing(t, 40, func() error {
			_, err := desk(o).Cancel(boss, cancelling(maria))
			return err
		})
		audited(t, o)
	})
}
