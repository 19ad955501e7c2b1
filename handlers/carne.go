package handlers

import (
	"fmt"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/ent/charge"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/staff"
	"enlace/views"
)

// carne is the page of one carnê.
func (w *Web) carne(c *fiber.Ctx) error {
	booklet, err := id(c, "id")
	if err != nil {
		return err
	}
	return w.showBooklet(c, booklet, nil)
}

// carnePapel answers htmx, which asks each second, with the state of the PDF.
func (w *Web) carnePapel(c *fiber.Ctx) error {
	booklet, err := id(c, "id")
	if err != nil {
		return err
	}
	if !partial(c) {
		return w.redirect(c, "/carnes/"+booklet.String())
	}
	one, err := w.billing().Booklet(c.UserContext(), booklet)
	if err != nil {
		return err
	}
	return w.part(c, "carnes/_papel", paperOf(one))
}

func paperOf(b *billing.Booklet) views.Papel {
	own := "/carnes/" + b.ID.String()
	switch {
	case !b.Prints():
		return views.Papel{}
	case b.FileID == nil && b.CancelledAt == nil: // a worker is at it; of a cancelled one it is made when asked for
		return views.Papel{PDF: own + ".pdf", Self: own + "/impressao", Back: own}
	}
	return views.Papel{PDF: own + ".pdf"}
}

// showBooklet shows a carnê; refused is the form of a cancellation that was not to be.
func (w *Web) showBooklet(c *fiber.Ctx, booklet uuid.UUID, refused *views.Form) error {
	isp, _ := tenants.From(c.UserContext())
	b, err := w.billing().Booklet(c.UserContext(), booklet)
	if err != nil {
		return err
	}
	own, customer, tag := "/carnes/"+b.ID.String(), "/clientes/"+b.CustomerID.String(), bookletStatus(b)
	v := views.Carne{
		Head: views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: b.Customer.Name, Href: customer}, {Label: "Carnês", Href: customer + "/carnes"}},
			Here: fmt.Sprint(b.Number), Title: fmt.Sprintf("Carnê %d", b.Number), Facts: b.Plan.Name + " de " + b.Customer.Name, Tag: &tag},
		Table: instalments(b), Paper: paperOf(b),
		Facts: []views.Fact{{Term: "Parcelas", Text: bookletCounts(b)}, {Term: "Total", Text: views.Money(b.Total), Num: true},
			{Term: "Serviço", Text: b.Plan.Name, Href: "/servicos/" + b.SubscriptionID.String()}, {Term: "Começou a usar em", Text: b.StartOn.BR(), Num: true},
			{Term: "Tipo de cobrança", Text: views.Word("booklets.mode", string(b.Mode))}, {Term: "Gerado em", Text: views.Moment(b.IssuedAt.In(isp.Zone)), Num: true}},
	}
	if b.CancelledAt != nil {
		v.Facts = append(v.Facts, views.Fact{Term: "Cancelado em", Text: views.Moment(b.CancelledAt.In(isp.Zone)), Num: true, Memo: b.CancelReason})
	}
	if b.Prints() {
		v.Head.Do = []views.Link{{Label: "Imprimir", Href: own + ".pdf", Go: true}}
	}
	v.Head.More = bookletMore(c, b)
	if refused != nil || b.CancelledAt == nil && b.Left() > 0 && session(c).Granted[staff.Charge] {
		v.Cancel = w.cancelForm(c, b, refused)
	}
	return w.show(c, v)
}

func (w *Web) cancelForm(c *fiber.Ctx, b *billing.Booklet, refused *views.Form) *views.Cancelar {
	v := &views.Cancelar{Action: "/carnes/" + b.ID.String() + "/cancelar", Open: refused != nil || c.Query("cancelar") != "",
		Said:   "As parcelas em que nada foi pago são canceladas; as outras ficam como estão. Os dias delas podem ser cobrados de novo.",
		Button: fmt.Sprintf("Cancelar carnê %d", b.Number)}
	if refused != nil {
		v.Form = *refused
		return v
	}
	v.Form = w.form(c)
	return v
}

// instalments is the table of a carnê, with the period each one covers.
func instalments(b *billing.Booklet) views.Table {
	t := views.Table{Caption: "Parcelas", Columns: []views.Column{{Label: "Parcela"}, {Label: "Fatura", Named: true}, {Label: "Período", Named: true},
		{Label: "Vencimento", Named: true}, {Label: "Situação"}, {Label: "Valor, R$", Right: true, Main: true}}}
	for _, s := range b.Instalments {
		state := invoiceStatus(s)
		t.Rows = append(t.Rows, []views.Cell{
			{Text: fmt.Sprintf("%d de %d", s.Invoice.Instalment, b.Booklet.Instalments), Num: true},
			{Text: fmt.Sprint(s.Invoice.Number), Href: "/faturas/" + s.Invoice.ID.String()},
			{Text: period(s.Covers()), Memo: memoOf(s)}, dueCell(s), {Status: &state},
			{Text: views.Figures(s.Total), Muted: s.Status == billing.InvoiceCancelled},
		})
	}
	t.Foot = []views.Cell{{Text: "Total"}, {}, {}, {}, {}, {Text: views.Figures(b.Total)}}
	return t
}

// memoOf is how the amount of an instalment came about.
func memoOf(s *billing.Standing) (said string) {
	for i, row := range s.Charges {
		if i > 0 {
			said += " · "
		}
		if row.Kind != charge.KindRecurring { // the days of the instalment are said beside it
			said += row.Description + ", "
		}
		if said += row.Memo; !row.Whole {
			said += " = " + views.Figures(row.Amount)
		}
	}
	return said
}

func invoiceStatus(s *billing.Standing) views.Status {
	return views.StatusOf("invoice", string(s.Status))
}

func period(p calendar.Period) string {
	if p.Empty() {
		return ""
	}
	return p.String()
}

// dueCell is a due date and, where that day is no business day, until when it is paid without late charges.
func dueCell(s *billing.Standing) views.Cell {
	return dueOn(s.Invoice.Due)
}
