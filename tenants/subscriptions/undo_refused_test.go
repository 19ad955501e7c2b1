package subscriptions_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/contract"
	"enlace/ent/invoice"
	"enlace/ent/planchange"
	"enlace/ent/slip"
	"enlace/ent/subscription"
	"enlace/ent/workorder"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/numbers"
	"enlace/tenants/status"
	"enlace/tenants/subscriptions"
)

func TestWhatHasLeftCannotBeCalledBackAndIsNamed(t *testing.T) {
	final := func(ctx context.Context, c *ent.Client) uuid.UUID {
		return *c.Cancellation.Query().OnlyX(ctx).InvoiceID
	}
	moved := func(o *demotest.Office) { migrate(o, o.Service(o.Maria).ID, planchange.OpenBookletReprice) }
	handed := func(o *demotest.Office) { handOver(o, o.Service(o.Maria).ID, o.Joao) }
	his := func(ctx context.Context, c *ent.Client) uuid.UUID { return *c.Transfer.Query().OnlyX(ctx).FirstID }
	hers := func(ctx context.Context, c *ent.Client) *ent.Subscription {
		return c.Subscription.GetX(ctx, c.Transfer.Query().OnlyX(ctx).SubscriptionID)
	}
	nothing := func(context.Context, *ent.Client, *demotest.Office) {}
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
		"the new holder's payment": {"undo_paid", func(o *demotest.Office) {
			handed(o)
			var first uuid.UUID
			o.Read(func(ctx context.Context, c *ent.Client) error { first = his(ctx, c); return nil })
			if _, err := (billing.Desk{DB: o.DB}).ReceiveAtCounter(o.As("financeiro"), billing.Receipt{Invoice: first, Amount: 1_00, PaidOn: o.DB.Today(o.As("financeiro"))}); err != nil {
				o.T.Fatal(err)
			}
		}, nothing},
		"the new holder's boleto": {"undo_registered", handed, func(ctx context.Context, c *ent.Client, o *demotest.Office) {
			c.Slip.Update().Where(slip.InvoiceID(his(ctx, c))).SetSentAt(o.DB.Now()).ExecX(ctx)
		}},
		"the new holder's contract": {"undo_accepted", handed, func(ctx context.Context, c *ent.Client, o *demotest.Office) {
			c.Contract.UpdateOneID(*c.Transfer.Query().OnlyX(ctx).ContractID).SetAcceptedAt(o.DB.Now()).ExecX(ctx)
		}},
		"the new holder's bot": {"undo_bot", handed, func(ctx context.Context, c *ent.Client, o *demotest.Office) {
			c.TelegramLink.Create().SetChatID(102).SetCustomerID(o.Joao.ID).SetLinkedAt(o.DB.Now()).ExecX(ctx)
		}},
		"the new holder's pause": {"undo_state", handed, func(ctx context.Context, c *ent.Client, o *demotest.Office) {
			hers(ctx, c).Update().SetStatus(status.Paused).ExecX(ctx)
		}},
		"the new holder's suspension that is over": {"undo_changed", func(o *demotest.Office) { handed(o); o.Pass(time.Minute) }, func(ctx context.Context, c *ent.Client, o *demotest.Office) {
			c.Suspension.Create().SetSubscriptionID(hers(ctx, c).ID).SetKind("debito").SetFromDay(o.DB.Today(ctx)).SetUntilDay(o.DB.Today(ctx)).SetAt(o.DB.Now()).SetEndedAt(o.DB.Now()).ExecX(ctx)
		}},
		"the new holder's migration": {"undo_migrating", handed, func(ctx context.Context, c *ent.Client, o *demotest.Office) {
			other := c.Subscription.Query().Where(subscription.CustomerID(o.Joao.ID), subscription.IDNEQ(hers(ctx, c).ID)).OnlyIDX(ctx)
			c.PlanChange.Create().SetFromID(hers(ctx, c).ID).SetToID(other).SetRequestedAt(o.DB.Now()).ExecX(ctx)
		}},
		"another transfer": {"undo_handing", handed, func(ctx context.Context, c *ent.Client, o *demotest.Office) {
			sub := hers(ctx, c)
			c.Transfer.Create().SetSubscriptionID(sub.ID).SetFromID(o.Joao.ID).SetToID(o.Maria.ID).SetMethodID(sub.MethodID).SetDueDay(10).SetMode("antecipado").SetRequestedAt(o.DB.Now()).ExecX(ctx)
		}},
		"a surcharge that rides": {"undo_changed", func(o *demotest.Office) {
			handed(o)
			o.Pass(time.Minute)
			var of *ent.Subscription
			o.Read(func(ctx context.Context, c *ent.Client) error { of = hers(ctx, c); return nil })
			event := billing.NewEvent{Customer: o.Joao.ID, Subscription: of.ID, Description: "Roteador extra", Value: 45_00, Parts: 3, From: o.DB.Today(o.As("gerente"))}
			if _, err := (billing.Desk{DB: o.DB}).AddEvent(o.As("gerente"), event); err != nil {
				o.T.Fatal(err)
			}
		}, nothing},
	} {
		t.Run(name, func(t *testing.T) {
			demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
				of := o.Service(o.Maria).ID
				one.do(o)
				o.Write(func(ctx context.Context, c *ent.Client) error { one.then(ctx, c, o); return nil })
				before := both(o)
				p, err := desk(o).PreviewUndo(o.As("gerente"), of)
				if err != nil || p.Refused == nil || p.Refused.Code != one.want {
					t.Errorf("the preview says %+v, %v, want %s", p, err, one.want)
				}
				if err := desk(o).Undo(o.As("gerente"), subscriptions.Undo{Subscription: of, Reason: "foi engano"}); demotest.Fault(err) != one.want {
					t.Errorf("%v, want %s", err, one.want)
				}
				if after := both(o); after != before {
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
