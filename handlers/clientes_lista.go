package handlers

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/url"
	"time"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants"
	"enlace/tenants/customers"
	"enlace/tenants/staff"
	"enlace/tenants/status"
	"enlace/views"
)

// clientes lists the customers; its filters are in the address.
func (w *Web) clientes(c *fiber.Ctx) error {
	t, f := w.asked(c)
	return w.showCustomers(c, customers.ReadFilter(t), f, w.small(c))
}

func (w *Web) showCustomers(c *fiber.Ctx, filter customers.Filter, f, save views.Form) error {
	list, err := w.customers().List(c.UserContext(), filter)
	if err != nil {
		return err
	}
	any := func(label string, rest []views.Option) []views.Option {
		return append([]views.Option{{Label: label}}, rest...)
	}
	v := views.Clientes{
		Head:  views.Head{Title: "Clientes", Facts: counted(list.All, tenants.Exact) + " no cadastro", Do: []views.Link{{Label: "Exportar CSV", Href: "/clientes.csv?" + filter.Address()}}},
		Chips: customerChips(list, filter), Form: f, Hidden: chosenByChip(filter), Save: save, Filters: filter.Address(),
		Groups:  any("Todos", choices(list.Groups)),
		Origins: any("Todas", choices(list.Origins)),
		Plans:   any("Todos", choices(list.Plans)),
		Orders:  []views.Option{{Label: "Nome"}, {Value: "numero", Label: "Número"}},
		Table:   views.Table{Caption: "Clientes", Columns: []views.Column{{Label: "Cliente"}, {Label: "Telefone", Wide: true}, {Label: "Serviços", Named: true}, {Label: "Situação"}}},
		Empty:   views.Empty{Title: "Nenhum cliente com este filtro", Why: "Procure por outro nome, CPF, telefone, login, endereço ou número.", Next: views.Link{Label: "Ver todos", Href: "/clientes"}},
	}
	if session(c).Granted[staff.Sell] {
		v.Head.Do = append(v.Head.Do, views.Link{Label: "Adicionar Cliente", Href: "/clientes/novo", Go: true})
	}
	button := w.small(c)
	for _, one := range list.Saved {
		v.Saved = append(v.Saved, views.Entry{Text: one.Name, Href: "/clientes?" + one.Filters, Do: &views.Link{Label: "Esquecer", Href: "/clientes/visoes/" + one.ID.String() + "/esquecer", Post: &button}})
	}
	for _, row := range list.Rows {
		v.Table.Rows = append(v.Table.Rows, customerRow(row))
	}
	v.Pager = pagerUpTo(c, filter.Page, customers.PageSize, list.Total, list.Most)
	return w.show(c, v)
}

// customerChips choose the state of a service, debt, or those put out of use, and keep the other filters.
func customerChips(list customers.List, now customers.Filter) []views.Chip {
	chip := func(label, count string, current bool, change func(*customers.Filter)) views.Chip {
		other := now
		other.Status, other.Overdue, other.Inactive = "", false, false
		change(&other)
		return views.Chip{Label: label, Href: "/clientes?" + other.Address(), Count: count, Current: current}
	}
	chips := []views.Chip{chip("Todos", counted(list.All, tenants.Exact), now.Status == "" && !now.Overdue && !now.Inactive, func(*customers.Filter) {})}
	for _, s := range status.States {
		if n := list.Counts[s]; n > 0 {
			chips = append(chips, chip(views.Word("subscriptions.status", string(s)), counted(n, tenants.Exact), s == now.Status, func(f *customers.Filter) { f.Status = s }))
		}
	}
	return append(chips, chip("Em atraso", "", now.Overdue, func(f *customers.Filter) { f.Overdue = true }),
		chip("Desativados", "", now.Inactive, func(f *customers.Filter) { f.Inactive = true }))
}

// chosenByChip are the filters that the form of the others sends along.
func chosenByChip(f customers.Filter) map[string]string {
	only, _ := url.ParseQuery(customers.Filter{Status: f.Status, Overdue: f.Overdue, Inactive: f.Inactive}.Address())
	chosen := map[string]string{}
	for name := range only {
		chosen[name] = only.Get(name)
	}
	return chosen
}

// exporting is how long a list may take to be written.
const exporting = 5 * time.Minute

// exportarClientes sends the list as a CSV while it is read.
func (w *Web) exportarClientes(c *fiber.Ctx) error {
	t, _ := w.asked(c)
	write, err := w.customers().Export(c.UserContext(), customers.ReadFilter(t))
	if err != nil {
		return err
	}
	return w.sendCSV(c, "clientes.csv", write)
}

// sendCSV sends a list while it is written. One that breaks off says so in its last line.
func (w *Web) sendCSV(c *fiber.Ctx, name string, write func(context.Context, io.Writer) error) error {
	ctx, done := context.WithTimeout(context.WithoutCancel(c.UserContext()), exporting)
	request := requestID(c)
	asCSV(c, name)
	c.Context().SetBodyStreamWriter(func(to *bufio.Writer) {
		defer done()
		if err := write(ctx, to); err != nil {
			w.Log.Error("export broke off", "id", request, "error", err)
			fmt.Fprint(to, "\r\nA exportação foi interrompida: exporte de novo\r\n")
		}
	})
	return nil
}

// salvarVisao gives the list in "filtros" a name.
func (w *Web) salvarVisao(c *fiber.Ctx) error {
	t, f := w.typed(c)
	sent, _ := url.ParseQuery(t["filtros"])
	asked := tenants.Typed{}
	for name := range sent {
		asked[name] = sent.Get(name)
	}
	filter := customers.ReadFilter(asked)
	err := w.customers().Save(c.UserContext(), t, filter)
	if err == nil {
		w.say(c, views.Toast{Said: "Visão " + t["nome"] + " salva."})
		return w.redirect(c, "/clientes?"+filter.Address())
	}
	if !w.wrong(c, &f, err) {
		return err
	}
	return w.showCustomers(c, filter, views.Form{CSRF: f.CSRF, Typed: valuesOf(asked)}, f)
}

func (w *Web) esquecerVisao(c *fiber.Ctx) error {
	saved, err := id(c, "id")
	if err != nil {
		return err
	}
	if err := w.customers().Forget(c.UserContext(), saved); err != nil {
		return err
	}
	w.say(c, views.Toast{Said: "Visão esquecida."})
	return w.redirect(c, "/clientes")
}
