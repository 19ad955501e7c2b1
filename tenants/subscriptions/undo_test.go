package subscriptions_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/billingevent"
	"enlace/ent/billingeventpart"
	"enlace/ent/booklet"
	"enlace/ent/charge"
	"enlace/ent/contract"
	"enlace/ent/credit"
	"enlace/ent/credituse"
	"enlace/ent/history"
	"enlace/ent/invoice"
	"enlace/ent/ledgerentry"
	"enlace/ent/networklogin"
	"enlace/ent/outbox"
	"enlace/ent/plan"
	"enlace/ent/planchange"
	"enlace/ent/slip"
	"enlace/ent/subscription"
	"enlace/ent/suspension"
	"enlace/ent/trustgrant"
	"enlace/ent/workorder"
	"enlace/ent/workordertype"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
	"enlace/tenants/numbers"
	"enlace/tenants/status"
	"enlace/tenants/subscriptions"
)

// standing is all that stands of a customer, a line each: what undo has to bring back.
func standing(o *demotest.Office, of uuid.UUID) string {
	o.T.Helper()
	var said []string
	say := func(format string, args ...any) { said = append(said, fmt.Sprintf(format, args...)) }
	o.Read(func(ctx context.Context, c *ent.Client) error {
		sums := map[ledgerentry.Account]money.Cents{}
		for _, row := range c.LedgerEntry.Query().Where(ledgerentry.CustomerID(of)).AllX(ctx) {
			sums[row.Account] += row.Amount
		}
		for account, sum := range sums {
			if sum != 0 {
				say("ledger %s: %s", account, sum)
			}
		}
		left := money.Cents(0)
		for _, row := range c.Credit.Query().Where(credit.CustomerID(of)).AllX(ctx) {
			left += row.Amount
			for _, use := range c.CreditUse.Query().Where(credituse.CreditID(row.ID)).AllX(ctx) {
				left -= use.Amount
			}
		}
		say("credit: %s", left)
		services := c.Subscription.Query().Where(subscription.CustomerID(of)).IDsX(ctx)
		for _, sub := range c.Subscription.Query().Where(subscription.CustomerID(of), subscription.StatusNEQ(status.Cancelled)).AllX(ctx) {
			say("%v", sub)
		}
		for _, row := range c.Invoice.Query().Where(invoice.CustomerID(of), invoice.CancelledAtIsNil()).AllX(ctx) {
			say("invoice %d due %s, paid %v, of %v in %v, slip %v", row.Number, row.Due, row.PaidAt, row.SubscriptionID, row.BookletID,
				c.Slip.Query().Where(slip.InvoiceID(row.ID), slip.CancelledAtIsNil()).IDsX(ctx))
		}
		for _, row := range c.Charge.Query().Where(charge.CustomerID(of), charge.CancelledAtIsNil()).AllX(ctx) {
			say("charge %v", row)
		}
		for _, row := range c.BillingEvent.Query().Where(billingevent.SubscriptionIDIn(services...), billingevent.CancelledAtIsNil()).AllX(ctx) {
			say("event %v", row)
		}
		for _, row := range c.BillingEventPart.Query().Where(billingeventpart.SubscriptionIDIn(services...), billingeventpart.CancelledAtIsNil()).AllX(ctx) {
			say("part %v of %v", row, row.ChargeID)
		}
		for _, row := range c.Booklet.Query().Where(booklet.CustomerID(of), booklet.CancelledAtIsNil()).AllX(ctx) {
			say("carnê %d of %s", row.Number, row.SubscriptionID)
		}
		for _, row := range c.Suspension.Query().Where(suspension.SubscriptionIDIn(services...)).AllX(ctx) {
			say("gap %v", row)
		}
		for _, row := range c.TrustGrant.Query().Where(trustgrant.SubscriptionIDIn(services...)).AllX(ctx) {
			say("trust %v", row)
		}
		for _, row := range c.NetworkLogin.Query().Where(networklogin.SubscriptionIDIn(services...)).AllX(ctx) {
			say("login %s of %s", row.Login, row.SubscriptionID)
		}
		for _, row := range c.Contract.Query().Where(contract.CustomerID(of), contract.DeactivatedAtIsNil()).AllX(ctx) {
			say("contract %d of %s", row.Number, row.SubscriptionID)
		}
		for _, row := range c.WorkOrder.Query().Where(workorder.CustomerID(of), workorder.StatusNEQ(workorder.StatusCancelada)).AllX(ctx) {
			say("visit %d of %s", row.Number, row.SubscriptionID)
		}
		return nil
	})
	slices.Sort(said)
	return strings.Join(said, "\n")
}

// unlike names the lines by which two standings differ.
func unlike(before, after string) string {
	a, b := strings.Split(before, "\n"), strings.Split(after, "\n")
	var said []string
	for _, line := range a {
		if !slices.Contains(b, line) {
			said = append(said, "- "+line)
		}
	}
	for _, line := range b {
		if !slices.Contains(a, line) {
			said = append(said, "+ "+line)
		}
	}
	return strings.Join(said, "\n")
}

// undo takes back the last thing done to a service, as its preview shows it.
func undo(o *demotest.Office, sub uuid.UUID) error {
	boss := o.As("gerente")
	p, err := desk(o).PreviewUndo(boss, sub)
	if err != nil {
		return err
	}
	return desk(o).Undo(boss, subscriptions.Undo{Subscription: sub, Reason: "o cliente voltou atrás", Shown: p.Seen(), Key: uuid.NewString()})
}

// migrate has a service give way to another of some plan, in the hands of Habilitar.
func migrate(o *demotest.Office, from uuid.UUID, open planchange.OpenBooklet, terms ...func(*ent.SubscriptionCreate)) (to *ent.Subscription) {
	o.T.Helper()
	o.Write(func(ctx context.Context, c *ent.Client) error {
		old, today := c.Subscription.GetX(ctx, from), o.DB.Today(ctx)
		of := c.Plan.Query().Where(plan.IDNEQ(old.PlanID)).Order(plan.ByName()).FirstX(ctx)
		number, err := numbers.Next(ctx, c, numbers.Subscription)
		if err != nil {
			return err
		}
		first := old.ID
		if old.ChainID != nil {
			first = *old.ChainID
		}
		create := c.Subscription.Create().SetNumber(number).SetCustomerID(old.CustomerID).SetPlanID(of.ID).SetChainID(first).SetMadeBy(subscription.MadeByMigration).SetStatus(status.WaitingMigration).
			SetStatusSince(o.DB.Now()).SetPrice(of.Price).SetSoldOn(today).SetMethodID(old.MethodID).SetDueDay(old.DueDay).SetMode(old.Mode).SetBooklet(old.Booklet).
			SetSeparateInvoice(old.SeparateInvoice).SetFeeChoice(subscription.FeeChoiceNone)
		for _, change := range terms {
			change(create)
		}
		to = create.SaveX(ctx)
		change := c.PlanChange.Create().SetFromID(from).SetToID(to.ID).SetImmediate(true).SetOverrideReason("o gerente deixou").SetRequestedAt(o.DB.Now())
		if open != "" {
			change.SetOpenBooklet(open)
		}
		change.ExecX(ctx)
		return nil
	})
	if _, err := desk(o).Enable(o.As("comercial"), to.ID); err != nil {
		o.T.Fatal(err)
	}
	return to
}

func TestAnUndoneCancellationBringsEverythingBack(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		boss, today := o.As("gerente"), o.DB.Today(o.As("gerente"))
		var kind uuid.UUID
		o.Read(func(ctx context.Context, c *ent.Client) error {
			kind = c.WorkOrderType.Query().Where(workordertype.Name("Retirada de equipamento")).OnlyIDX(ctx)
			return nil
		})
		if _, err := desk(o).TrustUnblock(boss, subscriptions.Unblock{Subscription: o.Service(o.Joao).ID, Until: today.AddDays(3), Reason: "prometeu pagar"}); err != nil {
			t.Fatal(err)
		}
		for _, who := range []*ent.Customer{o.Maria, o.Joao} {
			sub, before := o.Service(who), standing(o, who.ID)
			in := cancelling(sub)
			in.Fetch, in.Equipment, in.Key = kind, "ONU e roteador", uuid.NewString()
			if _, err := desk(o).Cancel(boss, in); err != nil {
				t.Fatal(err)
			}
			o.Pass(23 * time.Hour)
			if err := undo(o, sub.ID); err != nil {
				t.Fatal(err)
			}
			if after := standing(o, who.ID); after != before {
				t.Errorf("%s stands otherwise:\n%s", who.Name, unlike(before, after))
			}
			audited(t, o)
			o.Read(func(ctx context.Context, c *ent.Client) error {
				if told := c.Cancellation.Query().OnlyX(ctx); told.UndoneAt == nil {
					t.Error("the reports count it still")
				}
				for _, event := range []string{"status_undo", "cancellation_undone"} {
					if n := c.History.Query().Where(history.SubjectID(sub.ID), history.Event(event)).CountX(ctx); n != 1 {
						t.Errorf("the history tells %d times of %s", n, event)
					}
				}
				follows := c.Outbox.Query().Where(outbox.Kind(status.Follow)).CountX(ctx)
				if follows < 2 {
					t.Errorf("the network was told %d times", follows)
				}
				return nil
			})
			want := "not_found"
			if who == o.Joao { // his trust runs again, and is too old
				want = "undo_late"
			}
			if err := undo(o, sub.ID); demotest.Fault(err) != want {
				t.Errorf("undone twice: %v", err)
			}
			o.Write(func(ctx context.Context, c *ent.Client) error { c.Cancellation.Delete().ExecX(ctx); return nil })
		}
	})
}

func TestAPauseThatWasCancelledRunsOnAndEndsOnItsDay(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		maria, boss := o.Service(o.Maria), o.As("gerente")
		if _, err := desk(o).Pause(boss, subscriptions.Pause{Subscription: maria.ID, Until: o.DB.Today(boss).AddDays(30), Reason: "vai viajar"}); err != nil {
			t.Fatal(err)
		}
		o.Pass(30*24*time.Hour - 12*time.Hour)
		before := standing(o, o.Maria.ID)
		if _, err := desk(o).Cancel(o.As("gerente"), cancelling(maria)); err != nil {
			t.Fatal(err)
		}
		o.Pass(18 * time.Hour) // its day has come
		if err := desk(o).EndPause(o.Worker(), maria.ID); err != nil {
			t.Fatal(err)
		}
		if err := undo(o, maria.ID); err != nil {
			t.Fatal(err)
		}
		if after := standing(o, o.Maria.ID); after != before {
			t.Errorf("she stands otherwise:\n%s", unlike(before, after))
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.Outbox.Query().Where(outbox.Kind(subscriptions.EndPause), outbox.NextAtLTE(o.DB.Now())).CountX(ctx); n != 2 {
				t.Errorf("%d jobs end the pause", n)
			}
			return nil
		})
		if err := desk(o).EndPause(o.Worker(), maria.ID); err != nil || o.Service(o.Maria).Status != status.Enabled {
			t.Errorf("she is %s, %v", o.Service(o.Maria).Status, err)
		}
		audited(t, o)
	})
}

func TestAnUndoneMigrationBringsEverythingBack(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		maria, joao := o.Service(o.Maria), o.Service(o.Joao)
		other := func(create *ent.SubscriptionCreate) { create.SetDueDay(20) }
		for name, one := range map[string]struct {
			from  *ent.Subscription
			open  planchange.OpenBooklet
			terms []func(*ent.SubscriptionCreate)
		}{
			"reprice": {maria, planchange.OpenBookletReprice, nil}, "reissue": {maria, planchange.OpenBookletReissue, nil}, "keep": {maria, planchange.OpenBookletKeep, nil},
			"other terms": {maria, planchange.OpenBookletReissue, []func(*ent.SubscriptionCreate){other}}, "a debtor": {joao, planchange.OpenBookletReprice, nil},
		} {
			before := standing(o, one.from.CustomerID)
			to := migrate(o, one.from.ID, one.open, one.terms...)
			if standing(o, one.from.CustomerID) == before {
				t.Fatalf("%s: nothing was done", name)
			}
			of := one.from.ID
			if name == "keep" { // from the page of either
				of = to.ID
			}
			if err := undo(o, of); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if after := standing(o, one.from.CustomerID); after != before {
				t.Errorf("%s: it stands otherwise:\n%s", name, unlike(before, after))
			}
			audited(t, o)
			o.Read(func(ctx context.Context, c *ent.Client) error {
				if fresh := c.Subscription.GetX(ctx, to.ID); fresh.Status != status.Cancelled || fresh.EndedBy != nil {
					t.Errorf("%s: the new one is %v", name, fresh)
				}
				for event, id := range map[string]uuid.UUID{"migration_undone": one.from.ID, "migration_undone_to": to.ID} {
					if n := c.History.Query().Where(history.SubjectID(id), history.Event(event)).CountX(ctx); n == 0 {
						t.Errorf("%s: the history does not tell of %s", name, event)
					}
				}
				return nil
			})
		}
		// What was undone can be done again.
		migrate(o, maria.ID, planchange.OpenBookletReprice)
		audited(t, o)
	})
}

// cancelWithVisit cancels Maria's service, with a visit that fetches its equipment.
func cancelWithVisit(o *demotest.Office) {
	in := cancelling(o.Service(o.Maria))
	o.Read(func(ctx context.Context, c *ent.Client) error {
		in.Fetch, in.Equipment = c.WorkOrderType.Query().Where(workordertype.Name("Retirada de equipamento")).OnlyIDX(ctx), "ONU"
		return nil
	})
	if _, err := desk(o).Cancel(o.As("gerente"), in); err != nil {
		o.T.Fatal(err)
	}
}

func TestWhatHasLeftCannotBeCalledBackAndIsNamed(t *testing.T) {
	final := func(ctx context.Context, c *ent.Client) uuid.UUID {
		return *c.Cancellation.Query().OnlyX(ctx).InvoiceID
	}
	moved := func(o *demotest.Office) { migrate(o, o.Service(o.Maria).ID, planchange.OpenBookletReprice) }
	newest := func(ctx context.Context, c *ent.Client, o *demotest.Office) *ent.Subscription {
		return c.Subscription.Query().Where(subscription.CustomerID(o.Maria.ID), subscription.StatusEQ(status.Enabled)).OnlyX(ctx)
	}
	sent := func(o *demotest.Office) {
		o.Write(func(ctx context.Context, c *ent.Client) error { return c.Slip.Update().SetSentAt(o.DB.Now()).Exec(ctx) })
	}
	for name, one := range map[string]struct {
		want string
		do   func(*demotest.Office)
		then func(context.Context, *ent.Client, *demotest.Office)
	}{
		"a day": {"undo_late", cancelWithVisit, func(_ context.Context, _ *ent.Client, o *demotest.Office) { o.Pass(24 * time.Hour) }},
		"a new boleto": {"undo_registered", cancelWithVisit, func(ctx context.Context, c *ent.Client, o *demotest.Office) {
			c.Slip.Update().Where(slip.InvoiceID(final(ctx, c))).SetSentAt(o.DB.Now()).ExecX(ctx)
		}},
		"an old boleto": {"undo_registered", func(o *demotest.Office) { sent(o); cancelWithVisit(o) }, func(ctx context.Context, c *ent.Client, o *demotest.Office) {
			c.Slip.Update().SetUntold(false).ExecX(ctx)
		}},
		"a visit": {"undo_visited", cancelWithVisit, func(ctx context.Context, c *ent.Client, o *demotest.Office) {
			c.WorkOrder.UpdateOneID(*c.Cancellation.Query().OnlyX(ctx).WorkOrderID).SetStatus(workorder.StatusEmExecucao).ExecX(ctx)
		}},
		"a return": {"undo_reactivated", cancelWithVisit, func(ctx context.Context, c *ent.Client, o *demotest.Office) {
			joao := c.Subscription.Query().Where(subscription.CustomerID(o.Joao.ID)).OnlyIDX(ctx)
			c.Reactivation.Create().SetFromID(c.Cancellation.Query().OnlyX(ctx).SubscriptionID).SetToID(joao).SetAt(o.DB.Now()).ExecX(ctx)
		}},
		"a contest": {"undo_contested", cancelWithVisit, func(ctx context.Context, c *ent.Client, o *demotest.Office) {
			c.Charge.Update().Where(charge.InvoiceID(final(ctx, c))).SetContestedAt(o.DB.Now()).ExecX(ctx)
		}},
		"another due date": {"undo_changed", cancelWithVisit, func(ctx context.Context, c *ent.Client, o *demotest.Office) {
			c.Invoice.UpdateOneID(final(ctx, c)).SetDue(calendar.On(2027, 9, 9)).ExecX(ctx)
		}},
		"a contract": {"undo_accepted", moved, func(ctx context.Context, c *ent.Client, o *demotest.Office) {
			old := c.Contract.Query().Where(contract.CustomerID(o.Maria.ID)).FirstX(ctx)
			c.Contract.Create().SetNumber(99_999).SetSubscriptionID(newest(ctx, c, o).ID).SetCustomerID(o.Maria.ID).SetCompanyID(old.CompanyID).SetTemplateID(old.TemplateID).SetTemplateVersion(1).
				SetBody("x").SetBodyHash("x").SetPrinted(map[string]string{}).SetIssuedAt(o.DB.Now()).SetAcceptedAt(o.DB.Now()).ExecX(ctx)
		}},
		"a pause": {"undo_state", moved, func(ctx context.Context, c *ent.Client, o *demotest.Office) {
			c.Subscription.UpdateOneID(newest(ctx, c, o).ID).SetStatus(status.Paused).ExecX(ctx)
		}},
		"another migration": {"undo_migrating", moved, func(ctx context.Context, c *ent.Client, o *demotest.Office) {
			c.PlanChange.Create().SetFromID(newest(ctx, c, o).ID).SetToID(c.Subscription.Query().Where(subscription.CustomerID(o.Joao.ID)).OnlyIDX(ctx)).SetRequestedAt(o.DB.Now()).ExecX(ctx)
		}},
		"an invoice since": {"undo_billed", moved, func(ctx context.Context, c *ent.Client, o *demotest.Office) {
			other := c.Invoice.Query().Where(invoice.CustomerID(o.Maria.ID)).Order(invoice.ByNumber()).FirstX(ctx)
			number, err := numbers.Next(ctx, c, numbers.Charge)
			if err != nil {
				t.Error(err)
			}
			c.Charge.Create().SetNumber(number).SetCustomerID(o.Maria.ID).SetSubscriptionID(newest(ctx, c, o).ID).SetInvoiceID(other.ID).SetKind("recurring").SetDescription("x").SetDue(other.Due).
				SetAmount(1).SetMemo("").SetPosition(9).SetCreatedAt(o.DB.Now()).SetPeriodFrom(calendar.On(2030, 1, 1)).SetPeriodTo(calendar.On(2030, 2, 1)).ExecX(ctx)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
				of := o.Service(o.Maria).ID
				one.do(o)
				o.Write(func(ctx context.Context, c *ent.Client) error { one.then(ctx, c, o); return nil })
				before := standing(o, o.Maria.ID)
				p, err := desk(o).PreviewUndo(o.As("gerente"), of)
				if err != nil || p.Refused == nil || p.Refused.Code != one.want {
					t.Errorf("the preview says %+v, %v, want %s", p, err, one.want)
				}
				if err := desk(o).Undo(o.As("gerente"), subscriptions.Undo{Subscription: of, Reason: "foi engano"}); demotest.Fault(err) != one.want {
					t.Errorf("%v, want %s", err, one.want)
				}
				if after := standing(o, o.Maria.ID); after != before {
					t.Errorf("refused, it was changed:\n%s", unlike(before, after))
				}
			})
		})
	}
}

func TestWhatWasPaidSinceCannotBeCalledBack(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		of, boss, till := o.Service(o.Maria).ID, o.As("gerente"), o.As("financeiro")
		cancelWithVisit(o)
		var final uuid.UUID
		o.Read(func(ctx context.Context, c *ent.Client) error {
			final = *c.Cancellation.Query().OnlyX(ctx).InvoiceID
			return nil
		})
		if _, err := (billing.Desk{DB: o.DB}).ReceiveAtCounter(till, billing.Receipt{Invoice: final, Amount: 1_00, PaidOn: o.DB.Today(boss)}); err != nil {
			t.Fatal(err)
		}
		if err := undo(o, of); demotest.Fault(err) != "undo_paid" {
			t.Errorf("of an invoice paid in part: %v", err)
		}
		p, err := desk(o).PreviewUndo(boss, of)
		if err != nil || p.Refused == nil || p.Refused.Args["number"] == "" {
			t.Errorf("the invoice is not named: %+v, %v", p, err)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.OfficePolicy.Update().SetUndoHours(0).Exec(ctx)
		})
		if err := undo(o, of); demotest.Fault(err) != "undo_late" {
			t.Errorf("where the ISP allows none: %v", err)
		}
	})
}

func TestWhoMayUndo(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		maria, in := o.Service(o.Maria), subscriptions.Undo{Subscription: o.Service(o.Maria).ID, Reason: "foi engano"}
		if err := desk(o).Undo(o.As("gerente"), in); demotest.Fault(err) != "not_found" {
			t.Errorf("of nothing: %v", err)
		}
		cancelWithVisit(o)
		for _, role := range []string{"comercial", "financeiro", "suporte", "tecnico"} {
			if err := desk(o).Undo(o.As(role), in); demotest.Fault(err) != "denied" {
				t.Errorf("%s: %v", role, err)
			}
			if _, err := desk(o).PreviewUndo(o.As(role), maria.ID); demotest.Fault(err) != "denied" {
				t.Errorf("%s looks: %v", role, err)
			}
		}
		if err := desk(o).Undo(o.Stranger(), in); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		for want, change := range map[string]func(*subscriptions.Undo){
			"motivo: reason_short": func(in *subscriptions.Undo) { in.Reason = "ops" },
			"undo_unseen":          func(in *subscriptions.Undo) { in.Shown = "outra coisa" },
		} {
			asked := in
			change(&asked)
			if err := desk(o).Undo(o.As("gerente"), asked); demotest.Fault(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		if o.Service(o.Maria).Status != status.Cancelled {
			t.Error("refused, it was undone")
		}
	})
}

func TestAnUndoneTrustIsNoPromiseBroken(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		joao, boss := o.Service(o.Joao), o.As("gerente")
		in := subscriptions.Unblock{Subscription: joao.ID, Until: o.DB.Today(boss).AddDays(2), Reason: "prometeu pagar"}
		if _, err := desk(o).TrustUnblock(o.As("suporte"), in); err != nil {
			t.Fatal(err)
		}
		o.Pass(time.Hour)
		key := uuid.NewString()
		o.AllOrNothing(t, 6, func() error {
			return desk(o).Undo(boss, subscriptions.Undo{Subscription: joao.ID, Reason: "era outro cliente", Key: key})
		})
		o.Read(func(ctx context.Context, c *ent.Client) error {
			grant := c.TrustGrant.Query().OnlyX(ctx)
			if grant.EndedAt == nil || grant.Outcome == nil || *grant.Outcome != trustgrant.OutcomeUndone {
				t.Errorf("the grant is %v", grant)
			}
			return nil
		})
		if o.Service(o.Joao).Status != status.SuspendedDebt {
			t.Errorf("he is %s", o.Service(o.Joao).Status)
		}
		if _, err := desk(o).TrustUnblock(o.As("suporte"), in); err != nil {
			t.Errorf("another one: %v", err)
		}
	})
}

func TestAHundredEqualUndosAreOne(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		of, before := o.Service(o.Maria).ID, standing(o, o.Maria.ID)
		cancelWithVisit(o)
		in := subscriptions.Undo{Subscription: of, Reason: "foi engano", Key: "u"}
		together(t, func() (any, error) { return nil, desk(o).Undo(o.As("gerente"), in) })
		if after := standing(o, o.Maria.ID); after != before {
			t.Errorf("she stands otherwise:\n%s", unlike(before, after))
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.History.Query().Where(history.Event("cancellation_undone")).CountX(ctx); n != 1 {
				t.Errorf("it was undone %d times", n)
			}
			return nil
		})
		audited(t, o)
	})
}

// Fifty undo while fifty pay the final invoice: either the money is in and the service stays cancelled, or it runs and nothing was paid.
func TestWhoUndoesAndWhoPaysAtOnceDoNotBothWin(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		of, boss, till, final := o.Service(o.Maria).ID, o.As("gerente"), o.As("financeiro"), uuid.Nil
		cancelWithVisit(o)
		o.Read(func(ctx context.Context, c *ent.Client) error {
			final = *c.Cancellation.Query().OnlyX(ctx).InvoiceID
			return nil
		})
		account, err := (billing.Desk{DB: o.DB}).Account(till, o.Maria.ID)
		if err != nil {
			t.Fatal(err)
		}
		owed := money.Cents(0)
		for _, s := range account.Invoices {
			if s.Invoice.ID == final {
				owed = s.Owed()
			}
		}
		var undone, paid atomic.Int32
		var wg sync.WaitGroup
		for i := range 100 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				var err error
				won := &undone
				if i%2 == 0 {
					err = desk(o).Undo(boss, subscriptions.Undo{Subscription: of, Reason: "foi engano"})
				} else {
					won = &paid
					_, err = (billing.Desk{DB: o.DB}).ReceiveAtCounter(till, billing.Receipt{Invoice: final, Amount: owed, PaidOn: o.DB.Today(boss)})
				}
				if err == nil {
					won.Add(1)
				} else if tenants.FaultOf(err) == nil {
					t.Error(err)
				}
			}()
		}
		wg.Wait()
		if undone.Load()+paid.Load() != 1 {
			t.Errorf("%d undid it and %d paid", undone.Load(), paid.Load())
		}
		if is := o.Service(o.Maria).Status; (is == status.Enabled) != (undone.Load() == 1) {
			t.Errorf("she is %s", is)
		}
		audited(t, o)
	})
}

// A slip whose charge at the PSP was taken back cannot be paid by again: its invoice gets another one.
func TestARevivedInvoiceWithAChargeAtThePspHasAnotherSlip(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		maria := o.Service(o.Maria)
		var before []uuid.UUID
		o.Write(func(ctx context.Context, c *ent.Client) error {
			key := c.PixKey.Query().FirstX(ctx)
			at := c.PspAccount.Create().SetName("PSP").SetPixKeyID(key.ID).SetBaseURL("x").SetTokenURL("x").SetClientID("x").SetClientSecret("x").SetCertificate("x").SetPrivateKey("x").
				SetCertificateUntil(o.DB.Now()).SetWebhookSecret("x").SetWebhookHash("x").SaveX(ctx)
			for _, row := range c.Slip.Query().Where(slip.CancelledAtIsNil(), slip.InvoiceIDIn(c.Invoice.Query().Where(invoice.CustomerID(o.Maria.ID), invoice.PaidAtIsNil()).IDsX(ctx)...)).AllX(ctx) {
				c.PixCharge.Create().SetSlipID(row.ID).SetAccountID(at.ID).SetTxid(strings.ReplaceAll(row.ID.String(), "-", "")).SetStatus("active").SetAskedAt(o.DB.Now()).ExecX(ctx)
				before = append(before, row.ID)
			}
			return nil
		})
		cancelWithVisit(o)
		if err := undo(o, maria.ID); err != nil {
			t.Fatal(err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			for _, row := range c.Invoice.Query().Where(invoice.CustomerID(o.Maria.ID), invoice.PaidAtIsNil(), invoice.CancelledAtIsNil()).AllX(ctx) {
				now := c.Slip.Query().Where(slip.InvoiceID(row.ID), slip.CancelledAtIsNil()).OnlyX(ctx)
				sum := money.Cents(0)
				for _, line := range c.Charge.Query().Where(charge.InvoiceID(row.ID), charge.CancelledAtIsNil()).AllX(ctx) {
					sum += line.Amount
				}
				if slices.Contains(before, now.ID) || now.Amount != sum || now.Due != row.Due {
					t.Errorf("invoice %d of %s has the slip %v", row.Number, sum, now)
				}
			}
			return nil
		})
		audited(t, o)
	})
}

func TestAnUndoHappensWholeOrNotAtAll(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		maria, boss, before := o.Service(o.Maria), o.As("gerente"), standing(o, o.Maria.ID)
		cancelWithVisit(o)
		o.AllOrNothing(t, 40, func() error {
			return desk(o).Undo(boss, subscriptions.Undo{Subscription: maria.ID, Reason: "foi engano"})
		})
		migrate(o, maria.ID, planchange.OpenBookletReissue)
		o.AllOrNothing(t, 60, func() error {
			return desk(o).Undo(boss, subscriptions.Undo{Subscription: maria.ID, Reason: "foi engano"})
		})
		if after := standing(o, o.Maria.ID); after != before {
			t.Errorf("she stands otherwise:\n%s", unlike(before, after))
		}
		audited(t, o)
	})
}

func TestACancelledServiceGivesUpTheMigrationThatWaitsForIt(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		maria, to := o.Service(o.Maria), (*ent.Subscription)(nil)
		o.Write(func(ctx context.Context, c *ent.Client) error {
			of := c.Plan.Query().Where(plan.IDNEQ(maria.PlanID)).FirstX(ctx)
			to = c.Subscription.Create().SetNumber(99_999).SetCustomerID(maria.CustomerID).SetPlanID(of.ID).SetChainID(maria.ID).SetMadeBy(subscription.MadeByMigration).
				SetStatus(status.WaitingMigration).SetStatusSince(o.DB.Now()).SetPrice(of.Price).SetSoldOn(o.DB.Today(ctx)).SetMethodID(maria.MethodID).SetDueDay(maria.DueDay).
				SetMode(maria.Mode).SetFeeChoice(subscription.FeeChoiceNone).SaveX(ctx)
			return c.PlanChange.Create().SetFromID(maria.ID).SetToID(to.ID).SetRequestedAt(o.DB.Now()).Exec(ctx)
		})
		if _, err := desk(o).Cancel(o.As("gerente"), cancelling(maria)); err != nil {
			t.Fatal(err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if fresh := c.Subscription.GetX(ctx, to.ID); fresh.Status != status.Cancelled {
				t.Errorf("the new one is %s", fresh.Status)
			}
			if change := c.PlanChange.Query().OnlyX(ctx); change.GivenUpAt == nil || change.GivenUpReason == "" {
				t.Errorf("the migration is %v", change)
			}
			return nil
		})
		audited(t, o)
	})
}
