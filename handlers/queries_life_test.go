package handlers_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/plan"
	"enlace/ent/subscription"
	"enlace/ent/subscriptionaddress"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/customers"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/numbers"
	"enlace/tenants/sales"
	"enlace/tenants/status"
	"enlace/tenants/subscriptions"
)

// lived makes four services with a carnê each: one to be migrated, with a draft of it; one whose migration waits; one that was migrated; and one
// that was cancelled, both of which may be undone.
func lived(t *testing.T, o *demotest.Office) []known {
	t.Helper()
	var subs []*ent.Subscription
	today := o.Here.Today(o.DB.Now())
	o.Write(func(ctx context.Context, c *ent.Client) error {
		there := c.Subscription.Query().IDsX(ctx)
		if err := demotest.Clone(ctx, c, o.Service(o.Maria), calendar.Date{}, 4); err != nil {
			return err
		}
		c.Subscription.Update().Where(subscription.IDNotIn(there...)).ClearBilledUntil().SetEnabledOn(today.AddDays(-5)).ExecX(ctx)
		subs = c.Subscription.Query().Where(subscription.IDNotIn(there...)).Order(subscription.ByNumber()).AllX(ctx)
		for _, sub := range subs {
			at, err := customers.AddAddress(ctx, c, sub.CustomerID, customers.Address{CEP: "66055090", Street: "Rua das Flores", Number: "7", District: "Nazaré", City: "Belém", UF: "PA"})
			if err != nil {
				return err
			}
			c.SubscriptionAddress.Update().Where(subscriptionaddress.SubscriptionID(sub.ID)).SetAddressID(at.ID).ExecX(ctx)
			c.SubscriptionAddress.Create().SetSubscriptionID(sub.ID).SetRole(subscriptionaddress.RoleCadastral).SetAddressID(at.ID).ExecX(ctx)
		}
		return nil
	})
	for _, sub := range subs {
		in := billing.NewBooklet{Customer: sub.CustomerID, Subscription: sub.ID, Start: sub.EnabledOn, FirstDue: calendar.NextDue(today.AddDays(5), sub.DueDay), Instalments: 4}
		if _, err := (billing.Desk{DB: o.DB}).IssueBooklet(o.As("comercial"), in); err != nil {
			t.Fatal(err)
		}
	}
	life := subscriptions.Desk{DB: o.DB}
	waits, moves := follower(o, subs[1]), follower(o, subs[2])
	if _, err := life.Enable(o.As("comercial"), moves.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := life.Cancel(o.As("gerente"), subscriptions.Cancel{Subscription: subs[3].ID, Reason: "preco", Note: "achou caro"}); err != nil {
		t.Fatal(err)
	}
	draft := drafted(t, o, subs[0], moves.PlanID)
	return []known{{"/servicos/", ":rascunhado", subs[0].ID.String()}, {"/servicos/", ":rascunho", draft.String()}, {"/servicos/", ":espera", waits.ID.String()}, {"/servicos/", ":migrado", moves.ID.String()},
		{"/servicos/:id/desfazer", ":id", subs[3].ID.String()}, {"/servicos/", ":cancelado", subs[3].ID.String()}}
}

// follower is a service that waits to take the place of another.
func follower(o *demotest.Office, old *ent.Subscription) (to *ent.Subscription) {
	o.Write(func(ctx context.Context, c *ent.Client) error {
		of := c.Plan.Query().Where(plan.IDNEQ(old.PlanID), plan.Active(true)).FirstX(ctx)
		number, err := numbers.Next(ctx, c, numbers.Subscription)
		if err != nil {
			return err
		}
		to = c.Subscription.Create().SetNumber(number).SetCustomerID(old.CustomerID).SetPlanID(of.ID).SetChainID(old.ID).SetMadeBy(subscription.MadeByMigration).SetStatus(status.WaitingMigration).
			SetStatusSince(o.DB.Now()).SetPrice(of.Price).SetSoldOn(o.DB.Today(ctx)).SetMethodID(old.MethodID).SetDueDay(old.DueDay).SetMode(old.Mode).SetBooklet(old.Booklet).
			SetFeeChoice(subscription.FeeChoiceNone).SaveX(ctx)
		return c.PlanChange.Create().SetFromID(old.ID).SetToID(to.ID).SetOpenBooklet("reprice").SetRequestedAt(o.DB.Now()).Exec(ctx)
	})
	return to
}

// drafted is a draft of a migration that has come to its last page.
func drafted(t *testing.T, o *demotest.Office, of *ent.Subscription, to uuid.UUID) uuid.UUID {
	t.Helper()
	d, ctx := sales.Desk{DB: o.DB}, o.As("gerente") // who opens the pages
	all := tenants.Typed{"plano": to.String(), "carne_aberto": "reprice"}
	if _, err := d.Desktop(ctx, sales.Migrate, of.ID, uuid.Nil, func(top *sales.Desktop) tenants.Typed { top.Clone(all); return all }); err != nil {
		t.Fatal(err)
	}
	in := sales.Progress{Wizard: sales.Migrate, Holder: of.ID}
	for page := range sales.Migrate.Last() {
		in.Page, in.Typed = page+1, tenants.Typed{}
		for field, typed := range all {
			if sales.Migrate.PageOf(sales.StepOf(field)) == in.Page && typed != "" {
				in.Typed[field] = typed
			}
		}
		kept, err := d.SaveStep(ctx, in)
		if err != nil {
			t.Fatal(err)
		}
		in.Draft, in.Version = kept.ID, kept.Version
	}
	return in.Draft
}
