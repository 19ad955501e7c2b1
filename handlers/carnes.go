package handlers

import (
	"fmt"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/files"
	"enlace/tenants/staff"
	"enlace/views"
)

func (w *Web) billing() billing.Desk { return billing.Desk{DB: w.DB, Vault: w.Vault} }

// carnes lists everybody's carnês; its filters are in the address.
func (w *Web) carnes(c *fiber.Ctx) error {
	t, f := w.asked(c)
	filter := billing.ReadBookletFilter(t)
	list, err := w.billing().Booklets(c.UserContext(), filter)
	if err != nil {
		return err
	}
	v := views.Carnes{Head: views.Head{Title: "Carnês", Facts: plural(list.Total, "carnê", "carnês") + ", do mais novo ao mais antigo"}, Form: f, Status: string(filter.Status),
		Chips: []views.Chip{{Label: "Todos", Href: "/carnes", Current: filter.Status == ""}}, Table: bookletTable(c, list), Pager: pager(c, filter.Page, billing.PageSize, list.Total),
		Empty: views.Empty{Title: "Nenhum carnê", Why: "Um carnê é gerado na página do cliente, em Carnê Bancário.", Next: views.Link{Label: "Ver clientes", Href: "/clientes"}}}
	if session(c).Granted[staff.Charge] {
		v.Head.Do = []views.Link{{Label: "Carnês a renovar", Href: renewing}}
	}
	for _, s := range billing.BookletStatuses {
		v.Chips = append(v.Chips, views.Chip{Label: views.Word("booklet", string(s)), Href: "/carnes?situacao=" + string(s), Current: s == filter.Status})
	}
	if filter.Status != "" || t["q"] != "" {
		v.Empty = views.Empty{Title: "Nenhum carnê com este filtro", Why: "Procure por outro número ou situação.", Next: views.Link{Label: "Ver todos", Href: "/carnes"}}
	}
	return w.show(c, v)
}

func bookletTable(c *fiber.Ctx, list billing.Booklets) views.Table {
	t := views.Table{Caption: "Carnês", Columns: []views.Column{{Label: "Cliente"}, {Label: "Carnê", Named: true}, {Label: "Plano", Wide: true}, {Label: "Parcelas", Named: true},
		{Label: "Próximo vencimento", Named: true}, {Label: "Situação"}, {Label: "Total, R$", Right: true, Main: true}, {}}}
	for _, b := range list.Rows {
		state, next := bookletStatus(b), views.Cell{Text: "nenhum", Muted: true}
		if s := b.Next(); s != nil {
			next = dueCell(s)
		}
		t.Rows = append(t.Rows, []views.Cell{
			{Text: b.Customer.Name, Href: "/clientes/" + b.CustomerID.String(), Who: true}, {Text: fmt.Sprint(b.Number), Href: "/carnes/" + b.ID.String()},
			{Text: b.Plan.Name}, {Text: bookletCounts(b)}, next, {Status: &state}, {Text: views.Figures(b.Total)}, {More: bookletMore(c, b)},
		})
	}
	return t
}

// carnesDoCliente lists the carnês of one customer.
func (w *Web) carnesDoCliente(c *fiber.Ctx) error {
	of, err := id(c, "id")
	if err != nil {
		return err
	}
	page := max(1, c.QueryInt("pagina", 1))
	list, err := w.billing().Booklets(c.UserContext(), billing.BookletFilter{Of: of, Page: page})
	if err != nil {
		return err
	}
	v := views.Carnes{Pager: pager(c, page, billing.PageSize, list.Total)}
	for _, one := range list.Rows {
		v.Slips = append(v.Slips, bookletSlip(c, one))
	}
	own := "/clientes/" + of.String()
	v.Whose, v.Tabs = true, views.CustomerTabs(of.String(), own+"/carnes")
	v.Head = views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: list.Customer.Name, Href: own}}, Here: "Carnês",
		Title: "Carnês de " + list.Customer.Name, Facts: plural(list.Total, "carnê", "carnês")}
	v.Empty = views.Empty{Title: "Nenhum carnê", Why: "As parcelas de um carnê são impressas de uma vez e pagas uma a cada mês."}
	if session(c).Granted[staff.Charge] {
		v.Head.Do = []views.Link{{Label: "+ Carnê Bancário", Href: own + "/carnes/novo", Go: true}}
	}
	return w.show(c, v)
}

func bookletSlip(c *fiber.Ctx, b *billing.Booklet) views.Slip {
	own := "/carnes/" + b.ID.String()
	v := views.Slip{Status: bookletStatus(b), Price: views.Figures(b.Total), Terms: fmt.Sprintf("carnê %d", b.Number), Title: b.Plan.Name,
		Facts:   []views.Fact{{Term: "Parcelas", Text: bookletCounts(b)}, {Term: "Vencimentos", Text: bookletSpan(b), Num: true}},
		Actions: []views.Link{{Label: "Visualizar", Href: own}}, More: *bookletMore(c, b)}
	if b.Prints() {
		v.Actions = append(v.Actions, views.Link{Label: "Imprimir", Href: own + ".pdf"})
	}
	return v
}

func bookletStatus(b *billing.Booklet) views.Status {
	return views.StatusOf("booklet", string(b.Status()))
}

func bookletCounts(b *billing.Booklet) string {
	said := fmt.Sprintf("%d de %d pagas", b.Counts[billing.InvoicePaid], len(b.Instalments))
	if n := b.Counts[billing.InvoiceOverdue]; n > 0 {
		said += ", " + plural(n, "vencida", "vencidas")
	}
	if n := b.Counts[billing.InvoiceCancelled]; n > 0 {
		said += ", " + plural(n, "cancelada", "canceladas")
	}
	return said
}

func bookletSpan(b *billing.Booklet) string {
	return b.Instalments[0].Invoice.Due.BR() + " a " + b.Instalments[len(b.Instalments)-1].Invoice.Due.BR()
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return views.Number(n) + " " + many
}

// carnePDF answers with the paper: made by the worker, or now.
func (w *Web) carnePDF(c *fiber.Ctx) error {
	booklet, err := id(c, "id")
	if err != nil {
		return err
	}
	file, err := w.billing().BookletPDF(c.UserContext(), booklet)
	if err != nil {
		return err
	}
	return sendPDF(c, file.Name, file.Content)
}

// sendPDF shows a PDF in the browser, under its own name when it is kept. The browser's own viewer is an object of the page.
func sendPDF(c *fiber.Ctx, name string, content []byte) error {
	c.Set(fiber.HeaderContentType, files.PDF)
	c.Set(fiber.HeaderContentDisposition, "inline; filename*=UTF-8''"+url.PathEscape(name))
	c.Set(fiber.HeaderContentSecurityPolicy, policy+"; object-src 'self'")
	return c.Send(content)
}

func (w *Web) cancelarCarne(c *fiber.Ctx) error {
	booklet, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	f.Order = []string{"motivo"}
	var wrong tenants.Fields
	reason, n := t.Lines(&wrong, "motivo"), 0
	if err = wrong.Err(); err == nil {
		n, err = w.billing().CancelBooklet(c.UserContext(), booklet, reason, f.Key)
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showBooklet(c, booklet, &f)
		}
		return err
	}
	w.say(c, views.Toast{Said: "Carnê cancelado: " + plural(n, "parcela", "parcelas") + "."})
	return w.redirect(c, "/carnes/"+booklet.String())
}
