package sales_test

import (
	"context"
	"maps"
	"slices"
	"sync"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/address"
	"enlace/ent/customer"
	"enlace/ent/history"
	"enlace/ent/subscription"
	"enlace/ent/subscriptionaddress"
	"enlace/ent/user"
	"enlace/ent/workorder"
	"enlace/tenants"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/sales"
)

// service is the wizard of a second service of Maria, page by page: at her address, the invoice sent elsewhere.
func service(o *demotest.Office, w steps) []tenants.Typed {
	pages := make([]tenants.Typed, sales.AddService.Last())
	for i := range pages {
		pages[i] = tenants.Typed{}
		for _, step := range sales.AddService.Page(i + 1) {
			if step == sales.StepAddress {
				continue
			}
			for field, typed := range w[step] {
				pages[i][field] = typed
			}
		}
	}
	o.Read(func(ctx context.Context, c *ent.Client) error {
		pages[0]["endereco"] = c.Address.Query().Where(address.CustomerID(o.Maria.ID)).FirstX(ctx).ID.String()
		return nil
	})
	for field, typed := range w[sales.StepAddress] {
		pages[0]["cobranca_"+field] = typed
	}
	return pages
}

// walkService goes through the pages for a customer and returns what Salvar sends.
func walkService(o *demotest.Office, ctx context.Context, of *ent.Customer, pages []tenants.Typed) (sales.Progress, error) {
	in := sales.Progress{Wizard: sales.AddService, Holder: of.ID}
	for i, typed := range pages {
		in.Page, in.Typed = i+1, typed
		kept, err := desk(o).SaveStep(ctx, in)
		if err != nil {
			return in, err
		}
		in.Draft, in.Version = kept.ID, kept.Version
	}
	return in, nil
}

func TestAServiceIsAddedToACustomerWhoIsThere(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		ctx, before := o.As("comercial"), count(o)
		in, err := walkService(o, ctx, o.Maria, service(o, wizard(o).with(sales.StepPlan, "desconto_percentual", "10").with(sales.StepBilling, "nota_separada", "sim")))
		if err != nil {
			t.Fatal(err)
		}
		sold, err := desk(o).Finish(ctx, in)
		if err != nil {
			t.Fatal(err)
		}
		after := count(o)
		if sold.Customer.ID != o.Maria.ID || after[0] != before[0] || after[1] != before[1]+1 || after[2] != before[2]+1 || after[3] != before[3]+1 {
			t.Errorf("there were %v, there are %v", before, after)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			sub := c.Subscription.GetX(ctx, sold.Subscription.ID)
			if sub.CustomerID != o.Maria.ID || !sub.SeparateNote || sub.SeparateInvoice || sub.DiscountPercent != 10_00 || sub.Price != 89_90 {
				t.Errorf("the service is %v", sub)
			}
			at := map[subscriptionaddress.Role]uuid.UUID{}
			for _, use := range c.SubscriptionAddress.Query().Where(subscriptionaddress.SubscriptionID(sub.ID)).AllX(ctx) {
				at[use.Role] = use.AddressID
			}
			if len(at) != 4 || at["fiscal"] != at["cadastral"] || at["instalacao"] != at["cadastral"] || at["cobranca"] == at["cadastral"] {
				t.Errorf("it stands at %v", at)
			}
			if n := c.WorkOrder.Query().Where(workorder.SubscriptionID(sub.ID)).CountX(ctx); n != 1 {
				t.Errorf("%d visits", n)
			}
			if n := c.History.Query().Where(history.CustomerID(o.Maria.ID), history.Event("service_sold"), history.SubjectID(sub.ID)).CountX(ctx); n != 1 {
				t.Errorf("%d entries of the sale in the history", n)
			}
			return nil
		})
		if again, err := desk(o).Finish(ctx, in); err != nil || again.Subscription.ID != sold.Subscription.ID {
			t.Errorf("pressed twice: %v, %v", again, err)
		}
	})
}

func TestWhatCannotBeAddedIsNamedOnItsField(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		ctx, w := o.As("comercial"), wizard(o)
		var joaos string
		o.Read(func(ctx context.Context, c *ent.Client) error {
			joaos = c.Address.Query().Where(address.CustomerID(o.Joao.ID)).FirstX(ctx).ID.String()
			return nil
		})
		for _, c := range []struct {
			page               int
			field, typed, want string
		}{
			{0, "endereco", joaos, "not_found"}, // somebody else's address
			{0, "endereco", "novo", "cep: required"},
			{0, "cobranca_igual", "", "cobranca_cep: cep"},
			{0, "desconto", "30,00", "desconto: discount_cap"}, // more than 30 % of 89,90
			{0, "desconto_percentual", "100,01", "desconto_percentual: between 0 100"},
			{1, "taxa", "first_invoices", "taxa: fee_with_booklet"},
			{3, "os_status", "agendada", "os_tecnico: required"},
		} {
			pages := service(o, w)
			if c.field == "endereco" && c.typed == "novo" {
				maps.Copy(pages[0], w[sales.StepAddress])
				pages[0]["cep"] = ""
			}
			if c.field == "cobranca_igual" {
				pages[0]["cobranca_cep"] = "1"
			}
			pages[c.page][c.field] = c.typed
			in, err := walkService(o, ctx, o.Maria, pages)
			if err == nil {
				_, err = desk(o).Finish(ctx, in)
			}
			if demotest.Fault(err) != c.want {
				t.Errorf("%s = %q: %v, want %q", c.field, c.typed, err, c.want)
			}
		}
	})
}

// What was withdrawn while the wizard stood open is refused on its field when it is saved, and so is a customer who was deactivated.
func TestWhatIsWithdrawnMeanwhileIsNotSold(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		ctx, w := o.As("comercial"), wizard(o)
		o.Read(func(ctx context.Context, c *ent.Client) error {
			w[sales.StepPlan]["vendedor"] = c.Seller.Query().FirstX(ctx).ID.String()
			w[sales.StepWorkOrder]["os_tecnico"] = tenants.Who(o.As("tecnico")).ID.String()
			return nil
		})
		in, err := walkService(o, ctx, o.Maria, service(o, w))
		if err != nil {
			t.Fatal(err)
		}
		before := count(o)
		id := func(step sales.Step, field string) uuid.UUID { return uuid.MustParse(w[step][field]) }
		for _, gone := range []struct {
			want string
			set  func(ctx context.Context, c *ent.Client, active bool) error
		}{
			{"plano: plan_withdrawn", func(ctx context.Context, c *ent.Client, on bool) error {
				return c.Plan.UpdateOneID(id(sales.StepPlan, "plano")).SetActive(on).Exec(ctx)
			}},
			{"vendedor: seller_withdrawn", func(ctx context.Context, c *ent.Client, on bool) error {
				return c.Seller.UpdateOneID(id(sales.StepPlan, "vendedor")).SetActive(on).Exec(ctx)
			}},
			{"forma_cobranca: method_withdrawn", func(ctx context.Context, c *ent.Client, on bool) error {
				return c.BillingMethod.UpdateOneID(id(sales.StepBilling, "forma_cobranca")).SetActive(on).Exec(ctx)
			}},
			{"modelo: template_withdrawn", func(ctx context.Context, c *ent.Client, on bool) error {
				return c.ContractTemplate.UpdateOneID(id(sales.StepContract, "modelo")).SetActive(on).Exec(ctx)
			}},
			{"os_tipo: choice", func(ctx context.Context, c *ent.Client, on bool) error {
				return c.WorkOrderType.UpdateOneID(id(sales.StepWorkOrder, "os_tipo")).SetActive(on).Exec(ctx)
			}},
			{"os_tecnico: technician_gone", func(ctx context.Context, c *ent.Client, on bool) error {
				return c.User.UpdateOneID(id(sales.StepWorkOrder, "os_tecnico")).SetActive(on).Exec(ctx)
			}},
			{"os_tecnico: technician_gone", func(ctx context.Context, c *ent.Client, on bool) error {
				role := map[bool]user.Role{true: user.RoleTecnico, false: user.RoleSuporte}[on]
				return c.User.UpdateOneID(id(sales.StepWorkOrder, "os_tecnico")).SetRole(role).Exec(ctx)
			}},
			{"customer_inactive", func(ctx context.Context, c *ent.Client, on bool) error {
				return c.Customer.Update().Where(customer.ID(o.Maria.ID)).SetActive(on).Exec(ctx)
			}},
		} {
			write := func(on bool) {
				if err := o.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error { return gone.set(ctx, c, on) }); err != nil {
					t.Fatal(err)
				}
			}
			write(false)
			if _, err := desk(o).Finish(ctx, in); demotest.Fault(err) != gone.want {
				t.Errorf("%v, want %s", err, gone.want)
			}
			write(true)
		}
		if after := count(o); after != before {
			t.Errorf("there were %v, there are %v", before, after)
		}
		if _, err := desk(o).Finish(ctx, in); err != nil {
			t.Errorf("with everything back: %v", err)
		}
	})
}

// A draft is found by its owner, by its wizard, for its customer.
func TestADraftOfAServiceIsItsCustomers(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		ctx := o.As("comercial")
		in, err := walkService(o, ctx, o.Maria, service(o, wizard(o)))
		if err != nil {
			t.Fatal(err)
		}
		for name, ask := range map[string]func() error{
			"another customer": func() error { _, err := desk(o).Desktop(ctx, sales.AddService, o.Joao.ID, in.Draft, nil); return err },
			"another wizard":   func() error { _, err := desk(o).Desktop(ctx, sales.AddCustomer, uuid.Nil, in.Draft, nil); return err },
			"another clerk": func() error {
				_, err := desk(o).Desktop(o.As("gerente"), sales.AddService, o.Maria.ID, in.Draft, nil)
				return err
			},
			"another ISP": func() error {
				_, err := desk(o).Desktop(o.Stranger(), sales.AddService, o.Maria.ID, in.Draft, nil)
				return err
			},
		} {
			if err := ask(); demotest.Fault(err) != "not_found" {
				t.Errorf("%s: %v", name, err)
			}
		}
		drafts, err := desk(o).Drafts(ctx, 1)
		if err != nil || drafts.Total != 1 || len(drafts.Rows) != 1 || drafts.Rows[0].Title != "Maria Demonstração" {
			t.Errorf("%v, %v", drafts, err)
		}
	})
}

func TestAHundredSubmitsOfAServiceMakeOne(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		ctx := o.As("comercial")
		in, err := walkService(o, ctx, o.Maria, service(o, wizard(o)))
		if err != nil {
			t.Fatal(err)
		}
		var before int
		services := func() (n int) {
			o.Read(func(ctx context.Context, c *ent.Client) error {
				n = c.Subscription.Query().Where(subscription.CustomerID(o.Maria.ID)).CountX(ctx)
				return nil
			})
			return n
		}
		before = services()
		var made sync.Map
		var wg sync.WaitGroup
		for range 100 {
			wg.Go(func() {
				sold, err := desk(o).Finish(ctx, in)
				if err != nil {
					t.Error(err)
					return
				}
				made.Store(sold.Subscription.ID, true)
			})
		}
		wg.Wait()
		answers := 0
		made.Range(func(any, any) bool { answers++; return true })
		if n := services() - before; n != 1 || answers != 1 {
			t.Errorf("%d services were made, %d answers differ", n, answers)
		}
	})
}

// TestAddingAServiceIsAllOrNothing breaks the last page at every statement.
func TestAddingAServiceIsAllOrNothing(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		ctx := o.As("comercial")
		in, err := walkService(o, ctx, o.Maria, service(o, wizard(o)))
		if err != nil {
			t.Fatal(err)
		}
		o.AllOrNothing(t, 25, func() error {
			_, err := desk(o).Finish(ctx, in)
			return err
		})
	})
}

// A technician is not in two places: the clerk is told of the other visit, and may go on.
func TestATechnicianElsewhereIsWarnedOf(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		ctx, w := o.As("comercial"), wizard(o)
		o.Read(func(ctx context.Context, c *ent.Client) error {
			w[sales.StepWorkOrder]["os_tecnico"] = tenants.Who(o.As("tecnico")).ID.String()
			return nil
		})
		in, err := walkService(o, ctx, o.Maria, service(o, w))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := desk(o).Finish(ctx, in); err != nil {
			t.Fatal(err)
		}
		for hour, want := range map[string]string{"15:59": "os_mesmo_assim: technician_busy", "12:30": "os_mesmo_assim: technician_busy", "16:00": "", "12:00": ""} {
			_, err := walkService(o, ctx, o.Joao, service(o, w.with(sales.StepWorkOrder, "os_hora", hour)))
			if demotest.Fault(err) != want {
				t.Errorf("at %s: %v", hour, err)
			}
		}
		if _, err := walkService(o, ctx, o.Joao, service(o, w.with(sales.StepWorkOrder, "os_mesmo_assim", "sim"))); err != nil {
			t.Errorf("despite it: %v", err)
		}
		gone := w.with(sales.StepWorkOrder, "os_data", o.DB.Today(ctx).BR()).with(sales.StepWorkOrder, "os_hora", "00:00")
		if _, err := walkService(o, ctx, o.Joao, service(o, gone)); demotest.Fault(err) != "os_hora: hour_past" {
			t.Errorf("at an hour that has passed: %v", err)
		}
	})
}

// The preview says what a customer owes and explains the first invoice with the rule that bills it (money.md M1, M9).
func TestThePreviewExplainsEveryAmount(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		ctx := o.As("comercial")
		in, err := walkService(o, ctx, o.Joao, service(o, wizard(o).with(sales.StepPlan, "desconto", "10,00").with(sales.StepPlan, "desconto_meses", "3")))
		if err != nil {
			t.Fatal(err)
		}
		top, err := desk(o).Desktop(ctx, sales.AddService, o.Joao.ID, in.Draft, nil)
		if err != nil {
			t.Fatal(err)
		}
		if top.Overdue <= 0 {
			t.Errorf("João owes %v", top.Overdue)
		}
		// 25/11 to 10/12 are 15 of 30 days of 79,90; antecipado adds the period from 10/12 on.
		for i, want := range []sales.Line{
			{What: "Fibra 500 Mega", Memo: "mensalidade contratada", Amount: 89_90},
			{What: "Desconto", Memo: "R$\u00a010,00, nas primeiras 3 mensalidades inteiras", Amount: -10_00},
			{What: "De 25/11 a 10/12", Memo: "15 de 30 dias × R$ 79,90", Amount: 39_95},
			{What: "De 10/12 a 10/01", Memo: "período inteiro, R$ 79,90", Amount: 79_90},
		} {
			if all := slices.Concat(top.Lines, top.First.Lines); len(all) <= i || all[i] != want {
				t.Errorf("line %d of %v, want %v", i, all, want)
			}
		}
		if top.First.Total != 119_85 || top.First.Due.BR() != "10/12/2026" || top.First.Start.BR() != "25/11/2026" || top.Total != 79_90 {
			t.Errorf("the first invoice is %+v", top.First)
		}
		// What is on the page counts before it is kept; what cannot be read does not count yet.
		top, err = desk(o).Desktop(ctx, sales.AddService, o.Joao.ID, in.Draft, func(top *sales.Desktop) tenants.Typed {
			typed := maps.Clone(tenants.Typed(top.Draft.Data))
			typed["desconto"], typed["taxa"], typed["taxa_valor"], typed["taxa_parcelas"], typed["carne"], typed["preco"] = "", "first_invoices", "100,00", "3", "", "muito"
			return typed
		})
		if err != nil || top.Total != 89_90 || len(top.First.Lines) != 3 || top.First.Lines[2].Amount != 33_33 && top.First.Lines[2].Amount != 33_34 {
			t.Errorf("while choosing: %v, %+v", err, top)
		}
	})
}
