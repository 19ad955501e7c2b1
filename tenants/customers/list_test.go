package customers_test

import (
	"bytes"
	"context"
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/customer"
	"enlace/ent/invoice"
	"enlace/tenants"
	"enlace/tenants/customers"
	"enlace/tenants/demo/demotest"
)

func TestEveryFilterNarrowsTheListDown(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		desk, ctx := customers.Desk{DB: o.DB}, o.As("suporte")
		var group, origin uuid.UUID
		var number string
		o.Write(func(ctx context.Context, c *ent.Client) error {
			g := c.Group.Create().SetName("Rurais").SaveX(ctx)
			from := c.Origin.Create().SetName("Rádio da praça").SaveX(ctx)
			group, origin = g.ID, from.ID
			c.CustomerGroup.Create().SetCustomerID(o.Maria.ID).SetGroupID(g.ID).ExecX(ctx)
			c.Customer.UpdateOneID(o.Maria.ID).SetOriginID(from.ID).ExecX(ctx)
			if _, err := customers.AddAddress(ctx, c, o.Maria.ID, customers.Address{City: "São João de Pirabas"}); err != nil {
				return err
			}
			one := c.Invoice.Query().Where(invoice.CustomerID(o.Joao.ID)).FirstX(ctx)
			number = strconv.FormatInt(one.Number, 10)
			return nil
		})
		plan := o.Service(o.Maria).PlanID
		names := func(t tenants.Typed) (all []string) {
			list, err := desk.List(ctx, customers.ReadFilter(t))
			if err != nil {
				o.T.Fatal(err)
			}
			for _, row := range list.Rows {
				all = append(all, row.Customer.Name)
			}
			return all
		}
		for _, one := range []struct {
			name  string
			typed tenants.Typed
			who   string // the one who must be there; empty: nobody at all
			not   string // who must not
		}{
			{"status", tenants.Typed{"situacao": "suspenso_debito"}, o.Joao.Name, o.Maria.Name},
			{"group", tenants.Typed{"grupo": group.String()}, o.Maria.Name, o.Joao.Name},
			{"origin", tenants.Typed{"origem": origin.String()}, o.Maria.Name, o.Joao.Name},
			{"plan", tenants.Typed{"plano": plan.String()}, o.Maria.Name, ""},
			{"city", tenants.Typed{"cidade": "SAO JOÃO de pirabas"}, o.Maria.Name, o.Joao.Name},
			{"no such city", tenants.Typed{"cidade": "Nenhures"}, "", ""},
			{"overdue", tenants.Typed{"atraso": "sim"}, o.Joao.Name, o.Maria.Name},
			{"inactive", tenants.Typed{"desativados": "sim"}, "", ""},
			{"invoice number", tenants.Typed{"q": number}, o.Joao.Name, ""},
			{"a foreign id", tenants.Typed{"grupo": "x"}, "", ""},
		} {
			got := strings.Join(names(one.typed), ", ")
			if one.who == "" && got != "" || !strings.Contains(got, one.who) || one.not != "" && strings.Contains(got, one.not) {
				t.Errorf("%s: %q", one.name, got)
			}
		}
		if got := customers.ReadFilter(tenants.Typed{"cidade": "Altamira", "ordem": "numero", "atraso": "sim"}).Address(); got != "atraso=sim&cidade=Altamira&ordem=numero" {
			t.Errorf("the address is %q", got)
		}
		if list, err := desk.List(o.Stranger(), customers.Filter{Group: group}); err != nil || len(list.Rows) != 0 {
			t.Errorf("a stranger sees %d of the group, %v", len(list.Rows), err)
		}
	})
}

func TestAnExportIsWholeAndInTheHistory(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Customer.UpdateOneID(o.Maria.ID).SetName("=HYPERLINK(1)").Exec(ctx)
		})
		write, err := customers.Desk{DB: o.DB}.Export(o.As("comercial"), customers.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := write(o.As("comercial"), &out); err != nil {
			t.Fatal(err)
		}
		n := 0
		o.Read(func(ctx context.Context, c *ent.Client) error {
			n = c.Customer.Query().Where(customer.Active(true)).CountX(ctx)
			return nil
		})
		if lines := strings.Count(out.String(), "\r\n"); lines != n+1 || !strings.Contains(out.String(), ";'=HYPERLINK(1);529.982.247-25;") {
			t.Errorf("%d lines for %d customers: %s", lines, n, out.String())
		}
		noted := 0
		o.Read(func(ctx context.Context, c *ent.Client) error {
			rows := c.History.Query().AllX(ctx)
			for _, row := range rows {
				if row.Event == "customers_exported" && row.After["rows"] == float64(n) {
					noted++
				}
			}
			return nil
		})
		if noted != 1 {
			t.Errorf("%d notes of it in the history", noted)
		}
		if _, err := (customers.Desk{DB: o.DB}).Export(o.As("tecnico"), customers.Filter{}); demotest.Fault(err) != "denied" {
			t.Errorf("a technician exports: %v", err)
		}
	})
}

func TestASavedViewIsOnesOwn(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		desk, ctx := customers.Desk{DB: o.DB}, o.As("comercial")
		if err := desk.Save(ctx, tenants.Typed{"nome": "Devedores"}, customers.Filter{Overdue: true}); err != nil {
			t.Fatal(err)
		}
		if got := demotest.Fault(desk.Save(ctx, tenants.Typed{"nome": "Devedores"}, customers.Filter{})); got != "nome: view_taken" {
			t.Errorf("the same name again: %q", got)
		}
		if got := demotest.Fault(desk.Save(ctx, tenants.Typed{"nome": strings.Repeat("ã", 41)}, customers.Filter{})); got != "nome: view_long" {
			t.Errorf("a name that is no name any more: %q", got)
		}
		list, err := desk.List(ctx, customers.Filter{})
		if err != nil || len(list.Saved) != 1 || list.Saved[0].Filters != "atraso=sim" {
			t.Fatalf("%v, %v", list.Saved, err)
		}
		if other, _ := desk.List(o.As("gerente"), customers.Filter{}); len(other.Saved) != 0 {
			t.Error("somebody else sees it")
		}
		for _, stranger := range []context.Context{o.As("gerente"), o.Stranger()} {
			if got := demotest.Fault(desk.Forget(stranger, list.Saved[0].ID)); got != "not_found" {
				t.Errorf("somebody else forgets it: %q", got)
			}
		}
		for i := range 19 {
			if err := desk.Save(ctx, tenants.Typed{"nome": strings.Repeat("ã", i+1)}, customers.Filter{}); err != nil {
				t.Fatal(err)
			}
		}
		if got := demotest.Fault(desk.Save(ctx, tenants.Typed{"nome": "Mais uma"}, customers.Filter{})); got != "nome: views_many" {
			t.Errorf("a twenty-first: %q", got)
		}
		if err := desk.Forget(ctx, list.Saved[0].ID); err != nil {
			t.Error(err)
		}
		said := make(chan string, 10)
		for range cap(said) { // one was forgotten
			go func() { said <- demotest.Fault(desk.Save(ctx, tenants.Typed{"nome": "Mais uma"}, customers.Filter{})) }()
		}
		all := map[string]int{}
		for range cap(said) {
			all[<-said]++
		}
		if all[""] != 1 || all["nome: view_taken"] != cap(said)-1 {
			t.Errorf("the same name from ten tabs at once: %v", all)
		}
	})
}
