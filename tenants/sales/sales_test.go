package sales_test

import (
	"context"
	"maps"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/billingmethod"
	"enlace/ent/charge"
	"enlace/ent/contract"
	"enlace/ent/customer"
	"enlace/ent/plan"
	"enlace/ent/subscription"
	"enlace/ent/subscriptionaddress"
	"enlace/ent/workorder"
	"enlace/ent/workordertype"
	"enlace/tenants"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/sales"
	"enlace/tenants/status"
)

func desk(o *demotest.Office) sales.Desk { return sales.Desk{DB: o.DB} }

type steps map[sales.Step]tenants.Typed

// wizard is the six steps filled in.
func wizard(o *demotest.Office) steps {
	w := steps{
		sales.StepCustomer: {"tipo": "pf", "nome": "Ana Beatriz Lima", "cpf": "390.533.447-05", "nascimento": "14/03/1990", "telefone": "(91) 98888-7777"},
		sales.StepAddress: {"cep": "66035-145", "logradouro": "Avenida Nazaré", "numero": "500", "bairro": "Nazaré", "cidade": "Belém", "uf": "pa", "ibge": "1501402",
			"cobranca_igual": "sim"},
		sales.StepPlan:      {},
		sales.StepContract:  {},
		sales.StepBilling:   {"dia_vencimento": "10", "tipo_cobranca": "antecipado", "carne": "sim", "taxa": "upfront", "taxa_valor": "100,00"},
		sales.StepWorkOrder: {"os": "sim", "os_data": "25/11/2026", "os_hora": "14:00", "os_descricao": "instalar no quarto"},
	}
	o.Read(func(ctx context.Context, c *ent.Client) error {
		w[sales.StepPlan]["plano"] = c.Plan.Query().Where(plan.Name("Fibra 500 Mega")).OnlyX(ctx).ID.String()
		w[sales.StepContract]["modelo"] = c.ContractTemplate.Query().OnlyX(ctx).ID.String()
		w[sales.StepBilling]["forma_cobranca"] = c.BillingMethod.Query().Where(billingmethod.Name("Boleto com Pix")).OnlyX(ctx).ID.String()
		w[sales.StepWorkOrder]["os_tipo"] = c.WorkOrderType.Query().Where(workordertype.Installation(true)).OnlyX(ctx).ID.String()
		return nil
	})
	return w
}

// with is the same wizard with one field typed otherwise.
func (w steps) with(step sales.Step, field, typed string) steps {
	changed := maps.Clone(w)
	changed[step] = maps.Clone(w[step])
	changed[step][field] = typed
	return changed
}

// walk goes through the steps as a clerk does and returns the draft they leave.
func walk(o *demotest.Office, ctx context.Context, w steps) (kept *ent.Draft, err error) {
	kept = &ent.Draft{}
	for _, step := range sales.Steps {
		next, err := desk(o).SaveStep(ctx, sales.Progress{Wizard: sales.AddCustomer, Draft: kept.ID, Version: kept.Version, Page: int(step), Typed: w[step]})
		if err != nil {
			return kept, err
		}
		kept = next
	}
	return kept, nil
}

func TestASaleIsSavedWhole(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		ctx := o.As("comercial")
		draft, err := walk(o, ctx, wizard(o))
		if err != nil {
			t.Fatal(err)
		}
		sold, err := desk(o).Finish(ctx, sales.Progress{Wizard: sales.AddCustomer, Draft: draft.ID, Version: draft.Version})
		if err != nil {
			t.Fatal(err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			sub := c.Subscription.Query().Where(subscription.CustomerID(sold.Customer.ID)).OnlyX(ctx)
			if sub.Status != status.WaitingInstallation || sub.Price != 89_90 || sub.DueDay != 10 || !sub.Booklet || sub.LoyaltyTo.String() != "2027-11-23" {
				t.Errorf("the service is %v", sub)
			}
			if n := c.SubscriptionAddress.Query().Where(subscriptionaddress.SubscriptionID(sub.ID)).CountX(ctx); n != 4 {
				t.Errorf("%d address roles", n)
			}
			fee := c.Charge.Query().Where(charge.SubscriptionID(sub.ID)).OnlyX(ctx)
			if fee.Kind != charge.KindInstallation || fee.Amount != 100_00 || fee.Due.String() != "2026-11-25" || fee.InvoiceID != nil {
				t.Errorf("the fee is %v", fee)
			}
			visit := c.WorkOrder.Query().Where(workorder.SubscriptionID(sub.ID)).OnlyX(ctx)
			if visit.Status != workorder.StatusAguardandoAgendamento || visit.StartsAt.In(o.Here.Zone).Format("02/01 15:04") != "25/11 14:00" {
				t.Errorf("the visit is %v", visit)
			}
			frozen := c.Contract.Query().Where(contract.SubscriptionID(sub.ID)).OnlyX(ctx)
			if frozen.Number == 0 || len(frozen.BodyHash) != 64 || !contains(frozen.Body, "Ana Beatriz Lima", "390.533.447-05", "Fibra 500 Mega", "R$\u00a089,90") {
				t.Errorf("the contract says %s", frozen.Body)
			}
			return nil
		})
		if _, err := desk(o).Desktop(ctx, sales.AddCustomer, uuid.Nil, draft.ID, nil); demotest.Fault(err) != "not_found" {
			t.Errorf("the draft is still there: %v", err)
		}
	})
}

func contains(text string, words ...string) bool {
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

func TestWhatCannotBeSoldIsNamedAndNothingIsKept(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		var theirs uuid.UUID
		if err := o.DB.Read(o.Stranger(), func(ctx context.Context, c *ent.Client) error {
			theirs = c.Plan.Query().FirstX(ctx).ID
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		w, ctx, before := wizard(o), o.As("comercial"), count(o)[0]
		for _, c := range []struct {
			step               sales.Step
			field, typed, want string
		}{
			{sales.StepCustomer, "cpf", "529.982.247-25", "cpf: document_taken"},
			{sales.StepCustomer, "cpf", "390.533.447-06", "cpf: cpf"},
			{sales.StepCustomer, "nome", "<b>Ana</b> d’Ávila & Filhos", ""}, // a name is a name; the page writes it as text
			{sales.StepCustomer, "nome", "Joa\u0303o “Zé” Muñoz", ""},       // an accent typed apart
			{sales.StepCustomer, "nome", "<script>", "nome: name"},
			{sales.StepCustomer, "nome", "A", "nome: name"},
			{sales.StepCustomer, "nome", "Ana 😀", "nome: unprintable"},
			{sales.StepCustomer, "mae", "Мария", "mae: unprintable"},
			{sales.StepCustomer, "email", "joão@exemplo.com.br", "email: email_letters"},
			{sales.StepAddress, "numero", "--", "numero: house_number"},
			{sales.StepAddress, "numero", "S/N", ""},
			{sales.StepAddress, "logradouro", "道路 1", "logradouro: unprintable"},
			{sales.StepAddress, "bairro", "…", "bairro: place"},
			{sales.StepAddress, "cep", "123", "cep: cep"},
			{sales.StepAddress, "uf", "XX", "uf: uf"},
			{sales.StepPlan, "preco", "89,90a", "preco: amount"},
			{sales.StepPlan, "preco", "-1", "preco: negative"},
			{sales.StepPlan, "preco", "0,00", "preco: positive"},
			{sales.StepPlan, "plano", theirs.String(), "not_found"},
			{sales.StepBilling, "dia_vencimento", "ultimo", ""},
			{sales.StepBilling, "dia_vencimento", "31", "dia_vencimento: due_day"},
			{sales.StepBilling, "dia_vencimento", "30", "dia_vencimento: due_day"},
			{sales.StepBilling, "dia_vencimento", "0", "dia_vencimento: between 1 31"},
			{sales.StepBilling, "taxa", "first_invoices", "taxa: fee_with_booklet"},
			{sales.StepBilling, "taxa", "", "taxa: fee_with_booklet"}, // the page has put what was chosen out of reach
			{sales.StepBilling, "taxa_valor", "0", "taxa_valor: positive"},
			{sales.StepWorkOrder, "os_data", "22/11/2026", "os_data: past"},
			{sales.StepWorkOrder, "os_hora", "25:00", "os_hora: hour"},
			{sales.StepWorkOrder, "os_descricao", " ", "os_descricao: required"},
			{sales.StepWorkOrder, "os_descricao", "ligar antes 😀", "os_descricao: unprintable"},
		} {
			draft, err := walk(o, ctx, w.with(c.step, c.field, c.typed))
			if err == nil && c.want != "" {
				_, err = desk(o).Finish(ctx, sales.Progress{Wizard: sales.AddCustomer, Draft: draft.ID, Version: draft.Version})
			}
			if demotest.Fault(err) != c.want {
				t.Errorf("%s = %q: %v, want %q", c.field, c.typed, err, c.want)
			}
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.Customer.Query().CountX(ctx); n != before {
				t.Errorf("%d customers, before were %d", n, before)
			}
			return nil
		})
	})
}

func TestADraftIsItsOwnersAndKnowsTwoTabs(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		w, ctx := wizard(o), o.As("comercial")
		first, err := desk(o).SaveStep(ctx, sales.Progress{Wizard: sales.AddCustomer, Page: 1, Typed: w[sales.StepCustomer]})
		if err != nil {
			t.Fatal(err)
		}
		tab := sales.Progress{Wizard: sales.AddCustomer, Draft: first.ID, Version: first.Version, Page: 2, Typed: w[sales.StepAddress]}
		if _, err := desk(o).SaveStep(ctx, tab); err != nil {
			t.Fatal(err)
		}
		if _, err := desk(o).SaveStep(ctx, tab); demotest.Fault(err) != "draft_changed" {
			t.Errorf("the other tab: %v", err)
		}
		for name, stranger := range map[string]context.Context{"another clerk": o.As("gerente"), "another ISP": o.Stranger()} {
			if _, err := desk(o).Desktop(stranger, sales.AddCustomer, uuid.Nil, first.ID, nil); demotest.Fault(err) != "not_found" {
				t.Errorf("%s reads it: %v", name, err)
			}
			if _, err := desk(o).Finish(stranger, sales.Progress{Wizard: sales.AddCustomer, Draft: first.ID, Version: 2}); demotest.Fault(err) != "not_found" {
				t.Errorf("%s saves it: %v", name, err)
			}
		}
		// Leaving keeps what is typed, right or wrong.
		left, err := desk(o).SaveStep(ctx, sales.Progress{Wizard: sales.AddCustomer, Draft: first.ID, Version: 2, Page: 3, Typed: tenants.Typed{"preco": "abc"}, Leaving: true})
		if err != nil || left.Data["preco"] != "abc" || left.Data["nome"] != "Ana Beatriz Lima" || left.Title != "Ana Beatriz Lima" {
			t.Errorf("%v, %v", left, err)
		}
		if drafts, err := desk(o).Drafts(ctx, 1); err != nil || len(drafts.Rows) != 1 {
			t.Errorf("%d drafts, %v", drafts.Total, err)
		}
	})
}

func TestAHundredSubmitsOfOneWizardMakeOneCustomer(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		ctx := o.As("comercial")
		draft, err := walk(o, ctx, wizard(o))
		if err != nil {
			t.Fatal(err)
		}
		var customers sync.Map
		var refused atomic.Int32
		var wg sync.WaitGroup
		for range 100 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				sold, err := desk(o).Finish(ctx, sales.Progress{Wizard: sales.AddCustomer, Draft: draft.ID, Version: draft.Version})
				if err != nil {
					t.Error(err)
					refused.Add(1)
					return
				}
				customers.Store(sold.Customer.ID, true)
			}()
		}
		wg.Wait()
		made := 0
		customers.Range(func(any, any) bool { made++; return true })
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.Customer.Query().Where(customer.Document("39053344705")).CountX(ctx); n != 1 || made != 1 {
				t.Errorf("%d customers were made, %d answers differ, %d were refused", n, made, refused.Load())
			}
			return nil
		})
	})
}

// TestSavingIsAllOrNothing breaks the last step at every statement.
func TestSavingIsAllOrNothing(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		ctx := o.As("comercial")
		draft, err := walk(o, ctx, wizard(o))
		if err != nil {
			t.Fatal(err)
		}
		o.AllOrNothing(t, 30, func() error {
			_, err := desk(o).Finish(ctx, sales.Progress{Wizard: sales.AddCustomer, Draft: draft.ID, Version: draft.Version})
			return err
		})
	})
}

func count(o *demotest.Office) (n [7]int) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		n = [7]int{c.Customer.Query().CountX(ctx), c.Address.Query().CountX(ctx), c.Subscription.Query().CountX(ctx), c.Contract.Query().CountX(ctx),
			c.Draft.Query().CountX(ctx), c.History.Query().CountX(ctx), c.SearchWord.Query().CountX(ctx)}
		return nil
	})
	return n
}
