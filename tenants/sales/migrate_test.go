package sales_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/booklet"
	"enlace/ent/contract"
	"enlace/ent/history"
	"enlace/ent/invoice"
	"enlace/ent/networklogin"
	"enlace/ent/plan"
	"enlace/ent/planchange"
	"enlace/ent/planitem"
	"enlace/ent/subscription"
	"enlace/ent/suspension"
	"enlace/ent/workordertype"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/contracts"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/dunning"
	"enlace/tenants/sales"
	"enlace/tenants/status"
	"enlace/tenants/subscriptions"
)

// migration walks the wizard of a migration to a plan, with other answers than those that are cloned, and returns what Salvar sends.
func migration(o *demotest.Office, ctx context.Context, from *ent.Subscription, to string, answers tenants.Typed) (sales.Progress, error) {
	in := sales.Progress{Wizard: sales.Migrate, Holder: from.ID}
	var plans uuid.UUID
	o.Read(func(ctx context.Context, c *ent.Client) error {
		plans = c.Plan.Query().Where(plan.Name(to)).OnlyX(ctx).ID
		return nil
	})
	all := tenants.Typed{"plano": plans.String(), "carne_aberto": "reprice"}
	if _, err := desk(o).Desktop(ctx, sales.Migrate, from.ID, uuid.Nil, func(top *sales.Desktop) tenants.Typed { top.Clone(all); return all }); err != nil {
		return in, err
	}
	maps.Copy(all, answers)
	for page := range sales.Migrate.Last() {
		in.Page, in.Typed = page+1, tenants.Typed{}
		for field, typed := range all {
			if sales.Migrate.PageOf(sales.StepOf(field)) == in.Page && typed != "" {
				in.Typed[field] = typed
			}
		}
		kept, err := desk(o).SaveStep(ctx, in)
		if err != nil {
			return in, err
		}
		in.Draft, in.Version = kept.ID, kept.Version
	}
	top, err := desk(o).Desktop(ctx, sales.Migrate, from.ID, in.Draft, nil)
	if err == nil && top.Migration != nil {
		in.Shown = top.Migration.Seen()
	}
	return in, err
}

// audited fails unless the books are as their entries have them.
func audited(t *testing.T, o *demotest.Office) {
	t.Helper()
	o.Read(func(ctx context.Context, c *ent.Client) error {
		wrong, err := billing.Audit(ctx, c, o.DB.Today(ctx))
		for _, one := range wrong {
			t.Error(one)
		}
		return err
	})
}

const faster = "Fibra 800 Mega"

func TestAMigrationAtOnceTakesThePlaceOfTheOldService(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		ctx, from := o.As("comercial"), o.Service(o.Maria)
		in, err := migration(o, ctx, from, faster, tenants.Typed{"imediata": "true"})
		if err != nil {
			t.Fatal(err)
		}
		made, err := desk(o).Finish(ctx, in)
		if err != nil {
			t.Fatal(err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			old, to := c.Subscription.GetX(ctx, from.ID), c.Subscription.GetX(ctx, made.Subscription.ID)
			if old.Status != status.Cancelled || *old.EndedBy != subscription.EndedByMigration || to.Status != status.Enabled || to.MadeBy != subscription.MadeByMigration || *to.ChainID != old.ID {
				t.Errorf("the old one is %v, the new one %v", old, to)
			}
			if to.DueDay != old.DueDay || to.Mode != old.Mode || !to.Booklet || to.MethodID != old.MethodID || to.BilledUntil != old.BilledUntil || to.WholeBilled == 0 {
				t.Errorf("billing was not cloned: %v", to)
			}
			if login := c.NetworkLogin.Query().Where(networklogin.Login("maria@fibranorte")).OnlyX(ctx); login.SubscriptionID != to.ID {
				t.Error("the login stayed")
			}
			if n := c.Contract.Query().Where(contract.SubscriptionID(to.ID)).CountX(ctx); n == 0 {
				t.Error("the contract stayed")
			}
			for event, id := range map[string]uuid.UUID{"service_migrated": old.ID, "migrated_from": to.ID} {
				if n := c.History.Query().Where(history.SubjectID(id), history.Event(event)).CountX(ctx); n != 1 {
					t.Errorf("%d entries %s in the history of %s", n, event, id)
				}
			}
			if change := c.PlanChange.Query().Where(planchange.ToID(to.ID)).OnlyX(ctx); change.DoneAt == nil {
				t.Error("the change is still open")
			}
			return nil
		})
		audited(t, o)
		if again, err := desk(o).Finish(ctx, in); err != nil || again.Subscription.ID != made.Subscription.ID {
			t.Errorf("pressed twice: %v, %v", again, err)
		}
		life := subscriptions.Desk{DB: o.DB}
		if old, err := life.Service(ctx, from.ID); err != nil || old.Became != made.Subscription.ID {
			t.Errorf("the old one does not lead to the new one: %v, %v", old, err)
		}
		if _, err := desk(o).Reactivate(ctx, from.ID); demotest.Fault(err) != "ended_migrating" {
			t.Errorf("the old one comes back beside the new one: %v", err)
		}
	})
}

func TestAMigrationWaitsForItsHabilitar(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		ctx, from := o.As("comercial"), o.Service(o.Maria)
		in, err := migration(o, ctx, from, faster, nil)
		if err != nil {
			t.Fatal(err)
		}
		made, err := desk(o).Finish(ctx, in)
		if err != nil {
			t.Fatal(err)
		}
		life := subscriptions.Desk{DB: o.DB}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if old, to := c.Subscription.GetX(ctx, from.ID), c.Subscription.GetX(ctx, made.Subscription.ID); old.Status != status.Enabled || to.Status != status.WaitingMigration {
				t.Errorf("the old one is %s, the new one %s", old.Status, to.Status)
			}
			return nil
		})
		if _, err := migration(o, ctx, from, faster, nil); demotest.Fault(err) != "migration_open" {
			t.Errorf("a second one: %v", err)
		}
		if _, err := life.Enable(o.Stranger(), made.Subscription.ID); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Subscription.UpdateOneID(from.ID).SetStatus(status.SuspendedDebt).Exec(ctx)
		})
		if _, err := life.Enable(ctx, made.Subscription.ID); demotest.Fault(err) != "migration_old_state" {
			t.Errorf("out of a suspension: %v", err)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Subscription.UpdateOneID(from.ID).SetStatus(status.Enabled).Exec(ctx)
		})
		o.AllOrNothing(t, 60, func() error { _, err := life.Enable(ctx, made.Subscription.ID); return err })
		audited(t, o)
	})
}

func TestAMigrationIsSavedWholeOrNotAtAll(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		ctx := o.As("comercial")
		in, err := migration(o, ctx, o.Service(o.Maria), faster, tenants.Typed{"imediata": "true", "carne_aberto": "reissue"})
		if err != nil {
			t.Fatal(err)
		}
		var made *sales.Sold
		o.AllOrNothing(t, 100, func() (err error) { made, err = desk(o).Finish(ctx, in); return err })
		o.Read(func(ctx context.Context, c *ent.Client) error {
			carne := c.Booklet.Query().Where(booklet.SubscriptionID(made.Subscription.ID)).OnlyX(ctx)
			again := c.Invoice.Query().Where(invoice.BookletID(carne.ID), invoice.CancelledAtIsNil()).CountX(ctx)
			gone := c.Invoice.Query().Where(invoice.BookletIDNEQ(carne.ID), invoice.CustomerID(o.Maria.ID), invoice.CancelledAtNotNil()).CountX(ctx)
			if again != gone || again != carne.Instalments || again < 5 {
				t.Errorf("%d instalments were cancelled, the new carnê of %d has %d", gone, carne.Instalments, again)
			}
			return nil
		})
		audited(t, o)
	})
}

func TestOfAHundredEqualPressesOneMigrates(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		ctx, from := o.As("comercial"), o.Service(o.Maria)
		in, err := migration(o, ctx, from, faster, tenants.Typed{"imediata": "true"})
		if err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		answers := make([]uuid.UUID, 100)
		for n := range answers {
			wg.Add(1)
			go func() {
				defer wg.Done()
				made, err := desk(o).Finish(ctx, in)
				if err != nil {
					t.Error(err)
					return
				}
				answers[n] = made.Subscription.ID
			}()
		}
		wg.Wait()
		for _, answer := range answers {
			if answer != answers[0] {
				t.Fatalf("one was answered %s, another %s", answers[0], answer)
			}
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.PlanChange.Query().Where(planchange.FromID(from.ID)).CountX(ctx); n != 1 {
				t.Errorf("%d migrations", n)
			}
			return nil
		})
		audited(t, o)
	})
}

func TestOfAHundredHabilitaresOneMigrates(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		ctx, from := o.As("comercial"), o.Service(o.Maria)
		in, err := migration(o, ctx, from, faster, nil)
		if err != nil {
			t.Fatal(err)
		}
		made, err := desk(o).Finish(ctx, in)
		if err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		var mu sync.Mutex
		won := 0
		for range 100 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				_, err := (subscriptions.Desk{DB: o.DB}).Enable(ctx, made.Subscription.ID)
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					won++
				} else if tenants.FaultOf(err) == nil {
					t.Error(err)
				}
			}()
		}
		wg.Wait()
		if won != 1 {
			t.Errorf("%d of 100 enabled it", won)
		}
		audited(t, o)
	})
}

func TestAForgottenMigrationIsGivenUp(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		ctx, from, life := o.As("comercial"), o.Service(o.Maria), subscriptions.Desk{DB: o.DB}
		ask := func() *ent.Subscription {
			in, err := migration(o, ctx, from, faster, tenants.Typed{"modelo": template(o), "os": "sim", "os_tipo": changeVisit(o), "os_descricao": "Trocar a antena"})
			if err != nil {
				t.Fatal(err)
			}
			made, err := desk(o).Finish(ctx, in)
			if err != nil {
				t.Fatal(err)
			}
			return made.Subscription
		}
		first := ask()
		if err := life.GiveUp(ctx, subscriptions.GivingUp{Subscription: first.ID, Reason: "não"}); demotest.Fault(err) != "motivo: reason_short" {
			t.Errorf("without a reason: %v", err)
		}
		if err := life.GiveUp(o.As("financeiro"), subscriptions.GivingUp{Subscription: first.ID, Reason: "o cliente desistiu"}); demotest.Fault(err) != "denied" {
			t.Errorf("by financeiro: %v", err)
		}
		o.AllOrNothing(t, 8, func() error {
			return life.GiveUp(ctx, subscriptions.GivingUp{Subscription: first.ID, Reason: "o cliente desistiu", Key: "k"})
		})
		if _, err := life.ExpireAll(o.Worker()); err != nil {
			t.Fatal(err)
		}
		second := ask()
		o.Pass(subscriptions.MigrationDays * 24 * 3600 * 1e9)
		for range 2 {
			if _, err := life.ExpireAll(o.Worker()); err != nil {
				t.Fatal(err)
			}
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			for _, id := range []uuid.UUID{first.ID, second.ID} {
				if sub := c.Subscription.GetX(ctx, id); sub.Status != status.Cancelled || sub.EndedBy != nil {
					t.Errorf("it is %v", sub)
				}
				if n := c.Contract.Query().Where(contract.SubscriptionID(id), contract.DeactivatedAtIsNil()).CountX(ctx); n != 0 {
					t.Errorf("%d contracts in force", n)
				}
			}
			if old := c.Subscription.GetX(ctx, from.ID); old.Status != status.Enabled {
				t.Errorf("the old one is %s", old.Status)
			}
			if n := c.Invoice.Query().Where(invoice.CancelledAtNotNil()).CountX(ctx); n != 0 {
				t.Errorf("%d invoices were cancelled", n)
			}
			return nil
		})
	})
}

func template(o *demotest.Office) (id string) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		id = c.ContractTemplate.Query().FirstX(ctx).ID.String()
		return nil
	})
	return id
}

func changeVisit(o *demotest.Office) (id string) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		id = c.WorkOrderType.Query().Where(workordertype.Name("Mudança de plano")).OnlyX(ctx).ID.String()
		return nil
	})
	return id
}

func TestWhatCannotBeMigratedIsNamed(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		ctx, maria, joao := o.As("comercial"), o.Service(o.Maria), o.Service(o.Joao)
		now := "Fibra 500 Mega"
		for _, c := range []struct {
			who           *ent.Subscription
			to            string
			field, answer string
			want          string
		}{
			{maria, now, "imediata", "true", "plano: same_plan"},
			{maria, faster, "data_venda", "24/11/2026", "data_venda: future"},
			{maria, faster, "data_venda", "ontem", "data_venda: date"},
			{maria, faster, "desconto", "200,00", "desconto: discount_over_price"},
			{maria, faster, "dia_vencimento", "7", "dia_vencimento: due_day"},
			{maria, faster, "carne_aberto", "", "carne_aberto: required"},
			{maria, faster, "carne_aberto", "queimar", "carne_aberto: choice"},
			{maria, faster, "dia_vencimento", "20", "carne_aberto: reprice_other_terms"},
			{maria, faster, "endereco", demotest.Nobody.String(), "not_found"},
			{joao, faster, "imediata", "true", "migrate_suspended"},
			{joao, faster, "motivo_excecao", "não", "motivo_excecao: reason_short"},
			{joao, faster, "motivo_excecao", "acordo com a diretoria", "denied"},
		} {
			in, err := migration(o, ctx, c.who, c.to, tenants.Typed{c.field: c.answer})
			if err == nil {
				_, err = desk(o).Finish(ctx, in)
			}
			if demotest.Fault(err) != c.want {
				t.Errorf("%s %q: %v, want %s", c.field, c.answer, err, c.want)
			}
		}
		if _, err := desk(o).SaveStep(o.Stranger(), sales.Progress{Wizard: sales.Migrate, Holder: maria.ID, Page: 1, Typed: tenants.Typed{}}); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		if _, err := migration(o, o.As("suporte"), maria, faster, nil); demotest.Fault(err) != "denied" {
			t.Errorf("by suporte: %v", err)
		}
		for _, c := range []struct {
			change func(context.Context, *ent.Client) error
			want   string
		}{
			{func(ctx context.Context, c *ent.Client) error {
				return c.Plan.Update().Where(plan.Name(faster)).SetPrice(139_90).Exec(ctx)
			}, "composition_sum"},
			{func(ctx context.Context, c *ent.Client) error {
				return c.Plan.Update().Where(plan.Name(faster)).SetPrice(129_90).SetCities([]string{"1302603"}).Exec(ctx)
			}, "plano: plan_not_here"},
			{func(ctx context.Context, c *ent.Client) error {
				return c.Plan.Update().Where(plan.Name(faster)).SetCities([]string{"Belém/AL", "Ananindeua/PA"}).Exec(ctx)
			}, "plano: plan_not_here"},
			{func(ctx context.Context, c *ent.Client) error {
				return c.Plan.Update().Where(plan.Name(faster)).SetCities(nil).SetActive(false).Exec(ctx)
			}, "plano: plan_withdrawn"},
			{func(ctx context.Context, c *ent.Client) error {
				return errors.Join(c.Plan.Update().Where(plan.Name(faster)).SetActive(true).SetPrice(139_90).Exec(ctx),
					c.PlanItem.Update().Where(planitem.KindEQ(planitem.KindScm), planitem.PlanID(c.Plan.Query().Where(plan.Name(faster)).OnlyX(ctx).ID)).AddPrice(10_00).Exec(ctx))
			}, "migration_unseen"},
			{func(ctx context.Context, c *ent.Client) error {
				return c.Subscription.UpdateOneID(maria.ID).SetStatus(status.Cancelled).Exec(ctx)
			}, "migrate_state"},
			{func(ctx context.Context, c *ent.Client) error {
				return c.Subscription.UpdateOneID(maria.ID).SetStatus(status.WaitingInstallation).Exec(ctx)
			}, "migrate_state"},
		} {
			o.Write(func(ctx context.Context, c *ent.Client) error {
				return errors.Join(c.Subscription.UpdateOneID(maria.ID).SetStatus(status.Enabled).Exec(ctx), c.Plan.Update().Where(plan.Name(faster)).SetActive(true).SetCities(nil).Exec(ctx))
			})
			in, err := migration(o, ctx, maria, faster, tenants.Typed{"imediata": "true"})
			if err != nil {
				t.Fatal(err)
			}
			o.Write(c.change)
			if _, err = desk(o).Finish(ctx, in); demotest.Fault(err) != c.want {
				t.Errorf("%v, want %s", err, c.want)
			}
			if c.want == "composition_sum" {
				o.Write(func(ctx context.Context, c *ent.Client) error {
					return c.Plan.Update().Where(plan.Name(faster)).SetPrice(129_90).Exec(ctx)
				})
			}
		}
	})
}

// A debtor who migrates before the cut is cut all the same, by the debt of the old service, and comes back when that is paid.
func TestAMigrationLetsNoDebtorEscape(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		old, life := o.Service(o.Joao), subscriptions.Desk{DB: o.DB}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			c.Suspension.Update().Where(suspension.SubscriptionID(old.ID)).SetEndedAt(o.DB.Now()).SetUntilDay(o.DB.Today(ctx)).ExecX(ctx)
			return c.Subscription.UpdateOneID(old.ID).SetStatus(status.Enabled).Exec(ctx)
		})
		in, err := migration(o, o.As("comercial"), old, faster, tenants.Typed{"imediata": "true"})
		if err != nil {
			t.Fatal(err)
		}
		made, err := desk(o).Finish(o.As("comercial"), in)
		if err != nil {
			t.Fatal(err)
		}
		cut := dunning.Desk{DB: o.DB}
		stands := func(want dunning.Rung) {
			t.Helper()
			ladder, err := cut.Ladder(o.As("financeiro"), want, 1)
			if err != nil || !slices.ContainsFunc(ladder.Rows, func(s *dunning.Standing) bool {
				return s.Customer.ID == o.Joao.ID && s.Service != nil && s.Service.ID == made.Subscription.ID
			}) {
				t.Errorf("he does not stand on %s by the new service: %v", want, err)
			}
		}
		stands(dunning.Told)
		if run, err := cut.CutAll(o.Worker()); err != nil || run.Done != 1 {
			t.Fatalf("the night cut %+v: %v", run, err)
		}
		stands(dunning.Suspended)
		service, err := life.Service(o.As("gerente"), made.Subscription.ID)
		if err != nil || service.Subscription.Status != status.SuspendedDebt || len(service.Debt) != 1 {
			t.Fatalf("it is %v: %v", service.Subscription.Status, err)
		}
		holder, err := life.Holder(o.As("gerente"), o.Joao.ID, 5)
		if err != nil || len(holder.Services) != 2 || len(holder.Services[1].Debt) != 1 {
			t.Errorf("the customer's page does not show the debt of the new service: %v", err)
		}
		books := billing.Desk{DB: o.DB}
		account, err := books.Account(o.As("financeiro"), o.Joao.ID)
		if err != nil {
			t.Fatal(err)
		}
		late := account.Late()[0]
		if _, err := books.ReceiveAtCounter(o.As("financeiro"), billing.Receipt{Invoice: late.Invoice.ID, Amount: late.Owed(), PaidOn: o.Here.Today(o.DB.Now())}); err != nil {
			t.Fatal(err)
		}
		if service, err = life.Service(o.As("gerente"), made.Subscription.ID); err != nil || service.Subscription.Status != status.Enabled {
			t.Errorf("paid, it is %v: %v", service.Subscription.Status, err)
		}
		audited(t, o)
	})
}

// Out of a suspension a manager migrates at once, with the reason in the history.
func TestAManagerMigratesOutOfASuspension(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		in, err := migration(o, o.As("gerente"), o.Service(o.Joao), faster, tenants.Typed{"imediata": "true", "motivo_excecao": "acordo com a diretoria"})
		if err != nil {
			t.Fatal(err)
		}
		made, err := desk(o).Finish(o.As("gerente"), in)
		if err != nil || made.Subscription.Status != status.Enabled {
			t.Fatalf("%v: %v", made, err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.History.Query().Where(history.Event("service_migrated"), history.Reason("acordo com a diretoria")).CountX(ctx); n != 1 {
				t.Errorf("%d entries with the reason", n)
			}
			if open := c.Suspension.Query().Where(suspension.EndedAtIsNil()).CountX(ctx); open != 0 {
				t.Errorf("%d suspensions are open", open)
			}
			return nil
		})
		audited(t, o)
	})
}

// Loyalty goes on as it was, until a new contract is accepted.
func TestOnlyAnAcceptedContractBeginsAnotherLoyalty(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		ctx, from := o.As("comercial"), o.Service(o.Maria)
		in, err := migration(o, ctx, from, faster, tenants.Typed{"imediata": "true", "modelo": template(o)})
		if err != nil {
			t.Fatal(err)
		}
		made, err := desk(o).Finish(ctx, in)
		if err != nil {
			t.Fatal(err)
		}
		if to := made.Subscription; to.LoyaltyFrom != from.LoyaltyFrom || to.LoyaltyTo != from.LoyaltyTo || to.LoyaltyBenefit != from.LoyaltyBenefit {
			t.Errorf("loyalty runs from %s to %s", to.LoyaltyFrom, to.LoyaltyTo)
		}
		today := o.Here.Today(o.DB.Now())
		var attached *ent.Contract
		o.Read(func(ctx context.Context, c *ent.Client) error {
			attached = c.Contract.Query().Where(contract.SubscriptionID(made.Subscription.ID)).OnlyX(ctx)
			return nil
		})
		if err := (contracts.Desk{DB: o.DB}).Accept(ctx, contracts.Acceptance{Contract: attached.ID, On: today, Note: "assinou no balcão"}); err != nil {
			t.Fatal(err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if to := c.Subscription.GetX(ctx, made.Subscription.ID); to.LoyaltyFrom != today || to.LoyaltyBenefit != 400_00 {
				t.Errorf("loyalty runs from %s for %s", to.LoyaltyFrom, to.LoyaltyBenefit)
			}
			return nil
		})
	})
}
