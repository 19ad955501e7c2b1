package customers_test

import (
	"context"
	"errors"
	"maps"
	"sync"
	"testing"

	"enlace/ent"
	"enlace/ent/address"
	"enlace/ent/history"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/customers"
	"enlace/tenants/demo/demotest"
)

func open(t *testing.T, o *demotest.Office) *customers.Record {
	t.Helper()
	record, err := customers.Desk{DB: o.DB}.Record(o.As("comercial"), o.Maria.ID)
	if err != nil {
		t.Fatal(err)
	}
	return record
}

// last is the newest entry of Maria's history, if its event is that one.
func last(o *demotest.Office, event string) (found *ent.History) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		rows := c.History.Query().Where(history.CustomerID(o.Maria.ID), history.Event(event)).Order(ent.Desc(history.FieldID)).AllX(ctx)
		if len(rows) > 0 {
			found = rows[0]
		}
		return nil
	})
	return found
}

func finds(o *demotest.Office, query string) (n int) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		rows, err := customers.Search(ctx, c, query, 10)
		n = len(rows)
		return err
	})
	return n
}

func TestAnEditKeepsWhatWasBeforeAndIsFoundByWhatIsNow(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		desk, record := customers.Desk{DB: o.DB}, open(t, o)
		typed := maps.Clone(record.Typed)
		typed["nome"], typed["telefone2"], typed["cpf"] = "Maria Quixadá", "(91) 97777-1234", "390.533.447-05"
		if err := desk.Edit(o.As("comercial"), o.Maria.ID, record.Customer.Version, typed); err != nil {
			t.Fatal(err)
		}
		now := open(t, o)
		if now.Customer.Name != "Maria Quixadá" || now.Customer.Document != "39053344705" || now.Typed["telefone2"] != "(91) 97777-1234" || now.Customer.Version != record.Customer.Version+1 {
			t.Errorf("the record is %v", now.Typed)
		}
		if finds(o, "quixada") != 1 || finds(o, "97777-1234") != 1 || finds(o, "52998224725") != 0 {
			t.Error("she is found by what she was, or not by what she is")
		}
		e := last(o, "customer_edited")
		if e == nil || len(e.After) != 3 || e.Before["name"] != o.Maria.Name || e.After["name"] != "Maria Quixadá" || e.Before["document"] != "52998224725" || e.ActorName == "" {
			t.Fatalf("history has %v", e)
		}
		if err := desk.Edit(o.As("comercial"), o.Maria.ID, now.Customer.Version, now.Typed); err != nil || last(o, "customer_edited").ID != e.ID {
			t.Errorf("an edit of nothing left a trace, %v", err)
		}
	})
}

func TestOfTwoEditorsTheSecondHearsOfTheFirst(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		desk, record := customers.Desk{DB: o.DB}, open(t, o)
		first, second := maps.Clone(record.Typed), maps.Clone(record.Typed)
		first["alerta"], second["alerta"] = "liga depois das 18", "não liga"
		if err := desk.Edit(o.As("comercial"), o.Maria.ID, record.Customer.Version, first); err != nil {
			t.Fatal(err)
		}
		if got := demotest.Fault(desk.Edit(o.As("gerente"), o.Maria.ID, record.Customer.Version, second)); got != "customer_changed" {
			t.Errorf("the second editor was answered %q", got)
		}
		if alert := open(t, o).Customer.Alert; alert != "liga depois das 18" {
			t.Errorf("the alert is %q", alert)
		}
	})
}

func TestAnEditIsRefused(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		desk, record := customers.Desk{DB: o.DB}, open(t, o)
		edit := func(ctx context.Context, field, value string) string {
			typed := maps.Clone(record.Typed)
			typed[field] = value
			return demotest.Fault(desk.Edit(ctx, o.Maria.ID, record.Customer.Version, typed))
		}
		for _, c := range []struct{ field, value, want string }{
			{"cpf", o.Joao.Document, "cpf: document_taken"}, {"cpf", "529.982.247-26", "cpf: cpf"}, {"nome", " ", "nome: required"},
			{"telefone", "", "telefone: required"}, {"email", "x@", "email: email"}, {"origem", demotest.Nobody.String(), "not_found"}, {"grupos", "x", "not_found"},
		} {
			if got := edit(o.As("comercial"), c.field, c.value); got != c.want {
				t.Errorf("%s %q: %q, want %q", c.field, c.value, got, c.want)
			}
		}
		if got := edit(o.As("suporte"), "nome", "Outra"); got != "denied" {
			t.Errorf("support edits: %q", got)
		}
		if got := edit(o.Stranger(), "nome", "Outra"); got != "not_found" {
			t.Errorf("a stranger was answered %q", got)
		}
	})
}

func TestOnlyWhoHasNoServiceIsDeactivated(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		desk, ctx := customers.Desk{DB: o.DB}, o.As("comercial")
		if got := demotest.Fault(desk.Deactivate(ctx, o.Maria.ID, "mudou de cidade")); got != "customer_served" {
			t.Errorf("with a service: %q", got)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Subscription.Update().Where(subscription.CustomerID(o.Maria.ID)).SetStatus(subscription.StatusCancelado).Exec(ctx)
		})
		if got := demotest.Fault(desk.Deactivate(ctx, o.Maria.ID, "oi")); got != "motivo: reason_short" {
			t.Errorf("without a reason: %q", got)
		}
		if got := demotest.Fault(desk.Deactivate(o.Stranger(), o.Maria.ID, "mudou de cidade")); got != "not_found" {
			t.Errorf("by a stranger: %q", got)
		}
		if err := desk.Deactivate(ctx, o.Maria.ID, "mudou de cidade"); err != nil || open(t, o).Customer.Active || last(o, "customer_deactivated").Reason != "mudou de cidade" {
			t.Errorf("%v", err)
		}
		if err := desk.Reactivate(ctx, o.Maria.ID, "voltou à cidade"); err != nil || !open(t, o).Customer.Active {
			t.Errorf("%v", err)
		}
	})
}

func TestAnAddressInUseIsChangedForTheUsesNamedAlone(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		desk, ctx := customers.Desk{DB: o.DB}, o.As("comercial")
		places, err := desk.Places(ctx, o.Maria.ID)
		if err != nil || len(places.Places) != 1 || len(places.Places[0].Uses) != 4 {
			t.Fatalf("%+v, %v", places, err)
		}
		was, version := places.Places[0], places.Customer.Version
		typed := maps.Clone(was.Typed)
		typed["logradouro"] = "Rua Xerém"
		for uses, want := range map[string]string{"": "usos: required", demotest.Nobody.String(): "not_found"} {
			typed["usos"] = uses
			if got := demotest.Fault(desk.EditPlace(ctx, o.Maria.ID, was.ID, version, typed)); got != want {
				t.Errorf("uses %q: %q, want %q", uses, got, want)
			}
		}
		typed["usos"] = was.Uses[0].ID.String()
		if err := desk.EditPlace(ctx, o.Maria.ID, was.ID, version, typed); err != nil {
			t.Fatal(err)
		}
		places, _ = desk.Places(ctx, o.Maria.ID)
		if len(places.Places) != 2 || len(places.Places[0].Uses) != 3 || places.Places[0].Street != was.Street || places.Places[1].Street != "Rua Xerém" || places.Places[1].Uses[0].ID != was.Uses[0].ID {
			t.Errorf("the places are %+v", places.Places)
		}
		if e := last(o, "address_edited"); e == nil || e.Before["address"] == e.After["address"] || finds(o, "xerem") != 1 {
			t.Errorf("history has %v", e)
		}
		if got := demotest.Fault(desk.EditPlace(ctx, o.Maria.ID, was.ID, version, typed)); got != "customer_changed" {
			t.Errorf("on an old version: %q", got)
		}
		if err := desk.NewPlace(ctx, o.Maria.ID, places.Customer.Version, tenants.Typed{"cep": "66035-145", "logradouro": "Rua Nova", "numero": "1", "bairro": "Centro", "cidade": "Belém", "uf": "PA"}); err != nil {
			t.Fatal(err)
		}
		if got := demotest.Fault(desk.NewPlace(o.Stranger(), o.Maria.ID, 1, typed)); got != "not_found" {
			t.Errorf("a stranger: %q", got)
		}
	})
}

func TestARecordAndAnAddressSentTwiceAreChangedOnce(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		desk, ctx := customers.Desk{DB: o.DB}, o.As("comercial")
		record, err := desk.Record(ctx, o.Maria.ID)
		if err != nil {
			t.Fatal(err)
		}
		typed := maps.Clone(record.Typed)
		typed["observacoes"], typed["chave"] = "liga à tarde", "k1"
		rua := tenants.Typed{"cep": "66035-145", "logradouro": "Rua Nova", "numero": "1", "bairro": "Centro", "cidade": "Belém", "uf": "PA", "chave": "k2"}
		var wg sync.WaitGroup
		errs := make([]error, 5)
		for i := range errs {
			wg.Go(func() { errs[i] = desk.Edit(ctx, o.Maria.ID, record.Customer.Version, maps.Clone(typed)) })
		}
		wg.Wait()
		for i := range errs {
			if errs[i] == nil {
				errs[i] = desk.NewPlace(ctx, o.Maria.ID, record.Customer.Version+1, maps.Clone(rua))
			}
		}
		if err := errors.Join(errs...); err != nil {
			t.Errorf("the same form again: %v", err)
		}
		other := maps.Clone(rua)
		other["numero"] = "2"
		if got := demotest.Fault(desk.NewPlace(ctx, o.Maria.ID, record.Customer.Version+2, other)); got != "key_reused" {
			t.Errorf("the same key with another address: %q", got)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			who := c.Customer.GetX(ctx, o.Maria.ID)
			if n := c.Address.Query().Where(address.CustomerID(who.ID), address.Street("Rua Nova")).CountX(ctx); who.Version != record.Customer.Version+2 || who.Notes != "liga à tarde" || n != 1 {
				t.Errorf("version %d, %q, %d addresses", who.Version, who.Notes, n)
			}
			return nil
		})
	})
}
