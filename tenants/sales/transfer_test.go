package sales_test

import (
	"context"
	"maps"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/address"
	"enlace/ent/cancellation"
	"enlace/ent/charge"
	"enlace/ent/contract"
	"enlace/ent/customer"
	"enlace/ent/history"
	"enlace/ent/invoice"
	"enlace/ent/networklogin"
	"enlace/ent/subscriptionaddress"
	"enlace/ent/suspension"
	"enlace/ent/telegramlink"
	"enlace/ent/transfer"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/sales"
	"enlace/tenants/status"
	"enlace/tenants/subscriptions"
)

// handing walks a wizard of a transfer and returns what its last button sends.
func handing(o *demotest.Office, ctx context.Context, w sales.Wizard, sub *ent.Subscription, answers tenants.Typed) (sales.Progress, error) {
	in := sales.Progress{Wizard: w, Holder: sub.ID}
	all := tenants.Typed{}
	if _, err := desk(o).Desktop(ctx, w, sub.ID, uuid.Nil, func(top *sales.Desktop) tenants.Typed { top.Handed.Fill(all); return all }); err != nil {
		return in, err
	}
	maps.Copy(all, answers)
	for page := range w.Last() {
		in.Page, in.Typed = page+1, tenants.Typed{}
		for field, typed := range all {
			if w.PageOf(sales.StepOf(field)) == in.Page && typed != "" {
				in.Typed[field] = typed
			}
		}
		kept, err := desk(o).SaveStep(ctx, in)
		if err != nil {
			return in, err
		}
		in.Draft, in.Version = kept.ID, kept.Version
	}
	top, err := desk(o).Desktop(ctx, w, sub.ID, in.Draft, nil)
	if err == nil && top.Handed.Preview != nil {
		in.Shown = top.Handed.Preview.Seen()
	}
	return in, err
}

// to is the answer that names a customer who is there.
func to(who *ent.Customer) tenants.Typed { return tenants.Typed{"titular": who.ID.String()} }

func TestAServiceChangesHandsAndItsPastStays(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		ctx, sub := o.As("comercial"), o.Service(o.Maria)
		var before []*ent.Charge
		var home *ent.Address
		o.Write(func(ctx context.Context, c *ent.Client) error {
			before = c.Charge.Query().Where(charge.CustomerID(o.Maria.ID)).Order(charge.ByNumber()).AllX(ctx)
			at := c.SubscriptionAddress.Query().Where(subscriptionaddress.SubscriptionID(sub.ID), subscriptionaddress.RoleEQ(subscriptionaddress.RoleInstalacao)).OnlyX(ctx)
			home = c.Address.GetX(ctx, at.AddressID)
			return c.TelegramLink.Create().SetChatID(77).SetCustomerID(o.Maria.ID).SetLinkedAt(o.DB.Now()).Exec(ctx)
		})
		in, err := handing(o, ctx, sales.Transfer, sub, to(o.Joao))
		if err != nil {
			t.Fatal(err)
		}
		made, err := desk(o).Finish(ctx, in)
		if err != nil {
			t.Fatal(err)
		}
		if made.Subscription.ID != sub.ID || made.Subscription.CustomerID != o.Joao.ID || made.Subscription.Status != status.Enabled || made.Subscription.Number != sub.Number {
			t.Fatalf("it made %v", made.Subscription)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			for _, row := range before {
				if c.Charge.GetX(ctx, row.ID).CustomerID != o.Maria.ID {
					t.Errorf("charge %d went along", row.Number)
				}
			}
			row := c.Transfer.Query().OnlyX(ctx)
			if row.DoneAt == nil || row.FromID != o.Maria.ID || row.ToID != o.Joao.ID || len(row.Was) == 0 {
				t.Errorf("it was kept as %v", row)
			}
			if n := c.Invoice.Query().Where(invoice.CustomerID(o.Maria.ID), invoice.PaidAtIsNil(), invoice.CancelledAtIsNil(), invoice.DueGT(o.DB.Today(ctx).AddDays(40))).CountX(ctx); n != 0 {
				t.Errorf("%d instalments of days to come are hers", n)
			}
			first := c.Invoice.GetX(ctx, *row.FirstID)
			if lines := c.Charge.Query().Where(charge.InvoiceID(first.ID)).AllX(ctx); first.CustomerID != o.Joao.ID || len(lines) == 0 || lines[0].CustomerID != o.Joao.ID {
				t.Errorf("his first invoice is %v", first)
			}
			at := c.SubscriptionAddress.Query().Where(subscriptionaddress.SubscriptionID(sub.ID), subscriptionaddress.RoleEQ(subscriptionaddress.RoleInstalacao)).OnlyX(ctx)
			copied := c.Address.GetX(ctx, at.AddressID)
			if copied.CustomerID != o.Joao.ID || copied.Street != home.Street || copied.HouseNumber != home.HouseNumber || copied.ID == home.ID {
				t.Errorf("it is installed at %v", copied)
			}
			if n := c.SubscriptionAddress.Query().Where(subscriptionaddress.SubscriptionID(sub.ID)).CountX(ctx); n != 4 {
				t.Errorf("it has %d addresses", n)
			}
			if login := c.NetworkLogin.Query().Where(networklogin.Login("maria@fibranorte")).OnlyX(ctx); login.SubscriptionID != sub.ID || !login.Active {
				t.Error("the login did not go along")
			}
			if n := c.Contract.Query().Where(contract.SubscriptionID(sub.ID), contract.DeactivatedAtIsNil()).CountX(ctx); n != 1 {
				t.Errorf("%d contracts are in force", n)
			}
			if signed := c.Contract.GetX(ctx, *row.ContractID); signed.CustomerID != o.Joao.ID {
				t.Errorf("the contract is %v", signed)
			}
			if n := c.TelegramLink.Query().Where(telegramlink.CustomerID(o.Maria.ID), telegramlink.EndedAtIsNil()).CountX(ctx); n != 0 {
				t.Error("her chat still sees it")
			}
			for event, who := range map[string]*ent.Customer{"service_handed_over": o.Maria, "service_taken_over": o.Joao} {
				if n := c.History.Query().Where(history.CustomerID(who.ID), history.Event(event), history.SubjectID(sub.ID)).CountX(ctx); n != 1 {
					t.Errorf("%d entries %s", n, event)
				}
			}
			if n := c.Cancellation.Query().CountX(ctx); n != 0 {
				t.Errorf("%d cancellations", n)
			}
			return nil
		})
		audited(t, o)
		if again, err := desk(o).Finish(ctx, in); err != nil || again.Subscription.ID != sub.ID {
			t.Errorf("pressed twice: %v, %v", again, err)
		}
	})
}

// newcomer is what is typed of a customer who is not there yet.
var newcomer = tenants.Typed{"tipo": "pf", "nome": "Carla Recém-Chegada", "cpf": "390.533.447-05", "nascimento": "02/03/1990", "telefone": "(91) 98888-7777",
	"cep": "66055-000", "logradouro": "Travessa Nova", "numero": "12", "bairro": "Umarizal", "cidade": "Belém", "uf": "PA", "cobranca_igual": "true", "fiscal_igual": "true"}

func TestAServiceGoesToANewCustomer(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		ctx, sub := o.As("comercial"), o.Service(o.Maria)
		in, err := handing(o, ctx, sales.TransferNew, sub, newcomer)
		if err != nil {
			t.Fatal(err)
		}
		made, err := desk(o).Finish(ctx, in)
		if err != nil {
			t.Fatal(err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			who := c.Customer.Query().Where(customer.Document("39053344705")).OnlyX(ctx)
			if made.Customer.ID != who.ID || c.Subscription.GetX(ctx, sub.ID).CustomerID != who.ID {
				t.Errorf("it went to %v", made.Customer)
			}
			roles := map[subscriptionaddress.Role]string{}
			for _, use := range c.SubscriptionAddress.Query().Where(subscriptionaddress.SubscriptionID(sub.ID)).AllX(ctx) {
				roles[use.Role] = c.Address.Query().Where(address.ID(use.AddressID), address.CustomerID(who.ID)).OnlyX(ctx).Street
			}
			if roles["cadastral"] != "Travessa Nova" || roles["cobranca"] != "Travessa Nova" || roles["fiscal"] != "Travessa Nova" || roles["instalacao"] == "Travessa Nova" {
				t.Errorf("it stands at %v", roles)
			}
			return nil
		})
		audited(t, o)
		if _, err := handing(o, ctx, sales.TransferNew, sub, newcomer); demotest.Fault(err) != "cpf: document_taken" {
			t.Errorf("the same CPF again: %v", err)
		}
	})
}

func TestATransferThatCannotBeIsRefusedByName(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		maria, joao := o.Service(o.Maria), o.Service(o.Joao)
		var away *ent.Customer
		o.Write(func(ctx context.Context, c *ent.Client) (err error) {
			away, err = c.Customer.Create().SetNumber(9001).SetKind(customer.KindPf).SetName("Foi Embora").SetDocument("00000000191").SetActive(false).Save(ctx)
			return err
		})
		for want, ask := range map[string]struct {
			role    string
			sub     *ent.Subscription
			answers tenants.Typed
		}{
			"titular: same_holder":        {"comercial", maria, to(o.Maria)},
			"titular: required":           {"comercial", maria, tenants.Typed{}},
			"customer_inactive":           {"comercial", maria, to(away)},
			"not_found":                   {"comercial", maria, tenants.Typed{"titular": demotest.Nobody.String()}},
			"denied":                      {"suporte", maria, to(o.Joao)},
			"transfer_overdue":            {"comercial", joao, to(o.Maria)},
			"motivo_debito: reason_short": {"gerente", joao, tenants.Typed{"titular": o.Maria.ID.String(), "motivo_debito": "ok"}},
			"dia_vencimento: due_day":     {"comercial", maria, tenants.Typed{"titular": o.Joao.ID.String(), "dia_vencimento": "31"}},
			"forma_cobranca: required":    {"comercial", maria, tenants.Typed{"titular": o.Joao.ID.String(), "forma_cobranca": " "}},
			"tipo_cobranca: choice":       {"comercial", maria, tenants.Typed{"titular": o.Joao.ID.String(), "tipo_cobranca": "adiantado"}},
		} {
			if _, err := handing(o, o.As(ask.role), sales.Transfer, ask.sub, ask.answers); demotest.Fault(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		if _, err := handing(o, o.As("comercial"), sales.Transfer, joao, tenants.Typed{"titular": o.Maria.ID.String(), "motivo_debito": "ela paga a dívida dele"}); demotest.Fault(err) != "denied" {
			t.Errorf("comercial overrides: %v", err)
		}
		if _, err := handing(o, o.Stranger(), sales.Transfer, maria, to(o.Joao)); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		for _, state := range []status.State{status.WaitingSignature, status.WaitingInstallation, status.WaitingMigration, status.Cancelled} {
			o.Write(func(ctx context.Context, c *ent.Client) error {
				return c.Subscription.UpdateOneID(maria.ID).SetStatus(state).Exec(ctx)
			})
			if _, err := handing(o, o.As("gerente"), sales.Transfer, maria, to(o.Joao)); demotest.Fault(err) != "transfer_state" {
				t.Errorf("%s: %v", state, err)
			}
		}
		for _, state := range []status.State{status.Paused, status.SuspendedDebt} {
			o.Write(func(ctx context.Context, c *ent.Client) error {
				return c.Subscription.UpdateOneID(maria.ID).SetStatus(state).Exec(ctx)
			})
			if _, err := handing(o, o.As("gerente"), sales.Transfer, maria, to(o.Joao)); demotest.Fault(err) != "transfer_suspended" {
				t.Errorf("%s: %v", state, err)
			}
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Subscription.UpdateOneID(maria.ID).SetStatus(status.Enabled).Exec(ctx)
		})
		if _, err := migration(o, o.As("comercial"), maria, faster, nil); err != nil {
			t.Fatal(err)
		}
	})
}

func TestAPriceThatMovedMeanwhileIsNotPosted(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		ctx, sub := o.As("comercial"), o.Service(o.Maria)
		in, err := handing(o, ctx, sales.Transfer, sub, to(o.Joao))
		if err != nil {
			t.Fatal(err)
		}
		o.Pass(24 * time.Hour)
		if _, err := desk(o).Finish(o.As("comercial"), in); demotest.Fault(err) != "transfer_unseen" {
			t.Errorf("another day: %v", err)
		}
		if o.Service(o.Maria).CustomerID != o.Maria.ID {
			t.Error("refused, it went")
		}
	})
}

// A debtor's service goes on at once; his debt stays his, and never suspends who has it now.
func TestDebtLeftBehindIsNotTheNewHolders(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		ctx, sub := o.As("gerente"), o.Service(o.Joao)
		answers := to(o.Maria)
		answers["motivo_debito"] = "a esposa assume o serviço"
		in, err := handing(o, ctx, sales.Transfer, sub, answers)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := desk(o).Finish(ctx, in); err != nil {
			t.Fatal(err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			now := c.Subscription.GetX(ctx, sub.ID)
			debt, err := billing.SuspendingDebt(ctx, c, o.DB.Today(ctx), now)
			if err != nil || len(debt) > 0 || now.Status != status.Enabled || now.CustomerID != o.Maria.ID {
				t.Errorf("it is %v with debt %v, %v", now, debt, err)
			}
			owed, err := billing.Overdue(ctx, c, o.DB.Today(ctx), o.Joao.ID)
			if err != nil || owed == 0 {
				t.Errorf("he owes %s, %v", owed, err)
			}
			if n := c.Suspension.Query().Where(suspension.SubscriptionID(sub.ID), suspension.EndedAtIsNil()).CountX(ctx); n != 0 {
				t.Error("its suspension goes on")
			}
			return nil
		})
		audited(t, o)
	})
}

func TestATransferIsDoneOnceAndWhole(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		for _, w := range []sales.Wizard{sales.Transfer, sales.TransferNew} {
			sub := serviceOf(o, o.Service(o.Maria).ID)
			answers := newcomer
			if w.Kind == sales.Transfer.Kind {
				answers = to(o.Joao)
			}
			in, err := handing(o, o.As("comercial"), w, sub, answers)
			if err != nil {
				t.Fatal(err)
			}
			if w.Kind == sales.Transfer.Kind {
				ctx := o.As("comercial")
				o.AllOrNothing(t, 60, func() error { _, err := desk(o).Finish(ctx, in); return err })
				back, err := handing(o, o.As("comercial"), w, serviceOf(o, sub.ID), to(o.Maria))
				if err != nil {
					t.Fatal(err)
				}
				in = back
			}
			var wg sync.WaitGroup
			ctx := o.As("comercial")
			errs := make([]error, 100)
			for i := range errs {
				wg.Add(1)
				go func() { defer wg.Done(); _, errs[i] = desk(o).Finish(ctx, in) }()
			}
			wg.Wait()
			for _, err := range errs {
				if err != nil {
					t.Fatal(err)
				}
			}
			audited(t, o)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.Transfer.Query().Where(transfer.DoneAtNotNil()).CountX(ctx); n != 3 {
				t.Errorf("%d transfers", n)
			}
			if n := c.Cancellation.Query().Where(cancellation.UndoneAtIsNil()).CountX(ctx); n != 0 {
				t.Errorf("%d cancellations", n)
			}
			return nil
		})
	})
}

func serviceOf(o *demotest.Office, id uuid.UUID) (sub *ent.Subscription) {
	o.Read(func(ctx context.Context, c *ent.Client) error { sub = c.Subscription.GetX(ctx, id); return nil })
	return sub
}

// askedOf has a transfer of Maria's service to João wait for both.
func askedOf(t *testing.T, o *demotest.Office) *ent.Subscription {
	t.Helper()
	sub, answers := o.Service(o.Maria), to(o.Joao)
	answers["aceites"] = "true"
	in, err := handing(o, o.As("comercial"), sales.Transfer, sub, answers)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := desk(o).Finish(o.As("comercial"), in); err != nil {
		t.Fatal(err)
	}
	return sub
}

func TestATransferWaitsForBothAndIsReckonedOnItsDay(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		sub, life, ctx := askedOf(t, o), subscriptions.Desk{DB: o.DB}, o.As("comercial")
		if serviceOf(o, sub.ID).CustomerID != o.Maria.ID {
			t.Fatal("it went at once")
		}
		if _, err := handing(o, ctx, sales.Transfer, sub, to(o.Joao)); demotest.Fault(err) != "transfer_open" {
			t.Errorf("a second one: %v", err)
		}
		if err := life.Complete(ctx, subscriptions.Completing{Subscription: sub.ID}); demotest.Fault(err) != "transfer_unaccepted" {
			t.Errorf("before both accept: %v", err)
		}
		for _, side := range []subscriptions.Side{subscriptions.Leaving, subscriptions.Taking} {
			old, err := life.InviteToAccept(ctx, sub.ID, side)
			if err != nil {
				t.Fatal(err)
			}
			secret, err := life.InviteToAccept(ctx, sub.ID, side)
			if err != nil {
				t.Fatal(err)
			}
			nobody := o.Worker()
			if _, err := life.Accept(nobody, old); demotest.Fault(err) != "not_found" {
				t.Errorf("an older link: %v", err)
			}
			if _, err := life.Accept(tenants.With(context.Background(), o.Other), secret); demotest.Fault(err) != "not_found" {
				t.Errorf("at another ISP: %v", err)
			}
			for range 2 {
				if in, err := life.Accept(nobody, secret); err != nil || in.Side != side || in.Accepted(side) == nil {
					t.Fatalf("accepted by %s: %v, %v", side, in, err)
				}
			}
			if _, err := life.InviteToAccept(ctx, sub.ID, side); demotest.Fault(err) != "transfer_accepted" {
				t.Errorf("invited again: %v", err)
			}
		}
		before, err := life.Waiting(ctx, sub.ID, true)
		if err != nil {
			t.Fatal(err)
		}
		o.Pass(3 * 24 * time.Hour)
		in := subscriptions.Completing{Subscription: sub.ID, Shown: before.Preview.Seen(), Key: "c"}
		ctx = o.As("comercial")
		if err := life.Complete(ctx, in); demotest.Fault(err) != "transfer_unseen" {
			t.Errorf("with the money of another day: %v", err)
		}
		now, err := life.Waiting(ctx, sub.ID, true)
		if err != nil {
			t.Fatal(err)
		}
		in.Shown, in.Key = now.Preview.Seen(), "d"
		o.AllOrNothing(t, 60, func() error { return life.Complete(ctx, in) })
		if err := life.Complete(ctx, in); err != nil || serviceOf(o, sub.ID).CustomerID != o.Joao.ID {
			t.Errorf("pressed twice: %v", err)
		}
		audited(t, o)
	})
}

func TestATransferThatNobodyAcceptsIsGivenUp(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		sub, life := askedOf(t, o), subscriptions.Desk{DB: o.DB}
		secret, err := life.InviteToAccept(o.As("comercial"), sub.ID, subscriptions.Taking)
		if err != nil {
			t.Fatal(err)
		}
		if err := life.GiveUpTransfer(o.As("comercial"), sub.ID, "não"); demotest.Fault(err) != "motivo: reason_short" {
			t.Errorf("without a reason: %v", err)
		}
		if err := life.GiveUpTransfer(o.As("suporte"), sub.ID, "desistiram os dois"); demotest.Fault(err) != "denied" {
			t.Errorf("by suporte: %v", err)
		}
		if err := life.GiveUpTransfer(o.Stranger(), sub.ID, "desistiram os dois"); demotest.Fault(err) != "not_found" {
			t.Errorf("by a stranger: %v", err)
		}
		o.Pass(6 * 24 * time.Hour)
		if done, err := life.ExpireTransfersAll(o.Worker()); err != nil || done != 0 {
			t.Errorf("on the sixth day %d ended, %v", done, err)
		}
		o.Pass(24 * time.Hour)
		if _, err := life.ByLink(o.Worker(), secret, false); demotest.Fault(err) != "not_found" {
			t.Errorf("a link of last week: %v", err)
		}
		for want := range 2 {
			if done, err := life.ExpireTransfersAll(o.Worker()); err != nil || done != 1-want {
				t.Errorf("on the seventh day %d ended, %v", done, err)
			}
		}
		if _, err := life.Waiting(o.As("comercial"), sub.ID, false); demotest.Fault(err) != "not_found" {
			t.Errorf("it waits still: %v", err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			for _, who := range []*ent.Customer{o.Maria, o.Joao} {
				if n := c.History.Query().Where(history.CustomerID(who.ID), history.Event("transfer_given_up")).CountX(ctx); n != 1 {
					t.Errorf("%d entries with %s", n, who.Name)
				}
			}
			return nil
		})
		askedOf(t, o)
		if err := life.GiveUpTransfer(o.As("comercial"), sub.ID, "desistiram os dois"); err != nil {
			t.Error(err)
		}
	})
}

func TestOneRefusesATransferByTheLink(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		sub, life := askedOf(t, o), subscriptions.Desk{DB: o.DB}
		links := map[subscriptions.Side]string{}
		for _, side := range []subscriptions.Side{subscriptions.Leaving, subscriptions.Taking} {
			secret, err := life.InviteToAccept(o.As("comercial"), sub.ID, side)
			if err != nil {
				t.Fatal(err)
			}
			links[side] = secret
		}
		if _, err := life.Refuse(tenants.With(context.Background(), o.Other), links[subscriptions.Taking], ""); demotest.Fault(err) != "not_found" {
			t.Errorf("at another ISP: %v", err)
		}
		o.AllOrNothing(t, 8, func() error {
			_, err := life.Refuse(o.Worker(), links[subscriptions.Taking], "não fico com o serviço")
			return err
		})
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if row := c.Transfer.Query().OnlyX(ctx); row.GivenUpAt == nil || row.GivenUpReason != "recusada por João Suspenso: não fico com o serviço" {
				t.Errorf("%+v", row)
			}
			for _, who := range []*ent.Customer{o.Maria, o.Joao} {
				told := c.History.Query().Where(history.CustomerID(who.ID), history.Event("transfer_given_up")).AllX(ctx)
				if len(told) != 1 || told[0].ActorName != "João Suspenso" || told[0].Channel != history.ChannelWeb {
					t.Errorf("the history of %s: %v", who.Name, told)
				}
			}
			return nil
		})
		for side, secret := range links { // decided, it opens nothing any more
			if _, err := life.Refuse(o.Worker(), secret, ""); demotest.Fault(err) != "not_found" {
				t.Errorf("%s, afterwards: %v", side, err)
			}
		}
	})
}
