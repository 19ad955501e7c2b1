package handlers

import (
	"fmt"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
	"enlace/tenants/subscriptions"
	"enlace/views"
)

// cancelFields are the fields of the form, as they stand on the page.
var cancelFields = []string{"motivo", "detalhe", "oferta", "dispensar", "dispensa", "retirada", "os_tipo", "equipamentos"}

// cancelamento asks why a service is to be cancelled.
func (w *Web) cancelamento(c *fiber.Ctx) error { return w.showCancel(c, w.form(c), nil, nil) }

// cancelarServico cancels what the preview has shown, or shows it.
func (w *Web) cancelarServico(c *fiber.Ctx) error {
	sub, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	var wrong tenants.Fields
	in := subscriptions.ReadCancel(t, sub, &wrong)
	preview := func(refused error) error {
		shown, err := w.subscriptions().PreviewCancel(c.UserContext(), in)
		if err != nil {
			refused = err
		}
		return w.showCancel(c, f, shown, refused)
	}
	switch {
	case t["ver"] != "":
		return preview(nil)
	case wrong.Err() != nil:
		return preview(wrong.Err())
	case in.Shown == "":
		return preview(nil)
	}
	done, err := w.subscriptions().Cancel(c.UserContext(), in)
	if err != nil {
		return preview(err)
	}
	said := "Serviço cancelado."
	if done.InvoiceID != nil {
		said += " A fatura final está no Financeiro do cliente."
	}
	w.say(c, views.Toast{Said: said, Undo: w.undoLink(c, sub)})
	return w.redirect(c, "/clientes/"+done.CustomerID.String())
}

// reativar begins the sale by which a cancelled service comes back.
func (w *Web) reativar(c *fiber.Ctx) error {
	sub, err := id(c, "id")
	if err != nil {
		return err
	}
	draft, err := w.sales().Reactivate(c.UserContext(), sub)
	if err != nil {
		return err
	}
	return w.redirect(c, "/clientes/"+tenants.Typed(draft.Data).ID("cliente").String()+"/servicos/novo?rascunho="+draft.ID.String())
}

// showCancel shows the form with the preview; refused is why what was sent could not be done.
func (w *Web) showCancel(c *fiber.Ctx, f views.Form, p *subscriptions.CancelPreview, refused error) error {
	sub, err := id(c, "id")
	if err != nil {
		return err
	}
	o, err := w.subscriptions().OfferCancel(c.UserContext(), sub)
	if err != nil {
		return err
	}
	f.Order = cancelFields
	if refused != nil && !w.wrong(c, &f, refused) {
		return refused
	}
	v := views.Cancelamento{Head: lifeHead(o.Service, "Cancelar Serviço"), Action: c.Path(), Reasons: []views.Option{{Label: "Escolha"}}, MayWaive: o.MayWaive,
		Fetches: options(o.Fetches, func(row *ent.WorkOrderType) (uuid.UUID, string) { return row.ID, row.Name }),
		Missing: views.Empty{Title: "Ainda não há prévia", Why: "Peça a prévia: ela mostra o que é cancelado, devolvido e cobrado, com a multa de fidelidade se houver."}}
	for _, reason := range subscriptions.CancelReasons {
		v.Reasons = append(v.Reasons, views.Option{Value: string(reason), Label: views.Word("cancellations.reason", string(reason))})
	}
	if len(v.Fetches) == 1 && f.Typed.Get("os_tipo") == "" {
		f.Typed.Set("os_tipo", v.Fetches[0].Value)
	}
	if o.Refused != nil {
		v.Barred, v.Missing = true, barred(o.Service, o.Refused)
	}
	if v.Form = f; p != nil {
		v.Preview, v.Seen = cancelPreview(p), p.Seen()
	}
	return w.show(c, v)
}

// barred says why something cannot be done to a service now, and leads back to it.
func barred(s *subscriptions.Service, why *tenants.Fault) views.Empty {
	return views.Empty{Title: "Indisponível agora", Why: views.Because(why), Next: views.Link{Label: "Voltar ao serviço", Href: "/servicos/" + s.Subscription.ID.String()}}
}

// lifeHead is the head of a page about one thing of a service.
func lifeHead(s *subscriptions.Service, said string) views.Head {
	return views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: s.Customer.Name, Href: "/clientes/" + s.Customer.ID.String()},
		{Label: s.Plan, Href: "/servicos/" + s.Subscription.ID.String()}}, Here: said, Title: said, Facts: s.Plan + " de " + s.Customer.Name}
}

// effectTable is a table of what an operation does to money, each line with how it came about.
func effectTable(caption string) views.Table {
	return views.Table{Caption: caption, Tight: true, Columns: []views.Column{{Label: "O quê"}, {Label: "Como se chegou ao valor"}, {Label: "Valor, R$", Right: true, Main: true}}}
}

func cancelPreview(p *subscriptions.CancelPreview) *views.Preview {
	t := effectTable("Acerto do cancelamento")
	t.Rows = append(t.Rows, cancelledRows(p.Cancelled)...)
	for _, row := range p.Dropped {
		t.Rows = append(t.Rows, effectRow(row.Description+" cancelada", "o serviço não chegou a ser habilitado", views.Signed(-row.Amount)))
	}
	t.Rows = append(t.Rows, loweredRows(p.Lowered)...)
	for _, line := range p.Lines {
		t.Rows = append(t.Rows, effectRow(line.Description, line.Memo, views.Signed(line.Amount)))
	}
	if len(p.Lines) > 0 {
		t.Rows = append(t.Rows, []views.Cell{{Text: "Fatura final", Strong: true}, {Text: "vence em " + p.Due.BR()}, {Text: views.Figures(p.Total), Strong: true}})
	}
	t.Rows = append(t.Rows, creditRows(p.Credits)...)
	if len(t.Rows) == 0 {
		t.Rows = append(t.Rows, effectRow("Nada a acertar", "não há dias a devolver nem a cobrar", views.Figures(0)))
	}
	v := &views.Preview{Title: "O que muda", Tag: "prévia: nada foi gravado", Table: t, Next: cancelNext(p)}
	return v
}

// cancelledRows are the invoices that are owed no more, in one line.
func cancelledRows(all []*billing.Standing) [][]views.Cell {
	if len(all) == 0 {
		return nil
	}
	sum, first, last := money.Cents(0), all[0].Invoice, all[len(all)-1].Invoice
	for _, s := range all {
		sum -= s.Total
	}
	what, how := fmt.Sprintf("Fatura %d cancelada", first.Number), "vencia em "+first.Due.BR()
	if len(all) > 1 {
		what, how = plural(len(all), "fatura cancelada", "faturas canceladas"), fmt.Sprintf("venciam de %s a %s", first.Due.BR(), last.Due.BR())
	}
	return [][]views.Cell{effectRow(what, how+", só de dias depois do fim", views.Signed(sum))}
}

func effectRow(what, how, amount string) []views.Cell {
	return []views.Cell{{Text: what}, {Text: how}, {Text: amount}}
}

// loweredRows are invoices that fall, before and after.
func loweredRows(changes []billing.InvoiceChange) (rows [][]views.Cell) {
	for _, change := range changes {
		s := change.Standing
		what := views.Cell{Text: fmt.Sprintf("Fatura %d, de %s", s.Invoice.Number, s.Invoice.Due.BR()), Memo: fmt.Sprintf("de %s para %s", views.Money(s.Total), views.Money(change.Amount))}
		rows = append(rows, []views.Cell{what, {Text: change.Line.Memo}, {Text: views.Signed(change.Amount - s.Total)}})
	}
	return rows
}

func creditRows(lines []billing.FinalLine) (rows [][]views.Cell) {
	for _, line := range lines {
		rows = append(rows, effectRow("Crédito do cliente: "+line.Description, line.Memo, views.Signed(line.Amount)))
	}
	return rows
}

// cancelNext is what the preview says beside its amounts.
func cancelNext(p *subscriptions.CancelPreview) string {
	said := "O serviço termina hoje, " + p.Day.BR() + ": o dia de hoje já não é cobrado. As dívidas vencidas continuam."
	if p.Spared > 0 {
		said += fmt.Sprintf(" Multa de fidelidade de %s (%s) não cobrada: %s.", views.Money(p.Spared), p.PenaltyMemo, views.Word("cancel.spared", p.Why))
	}
	if p.Lapsed > 0 {
		said += " Descontos de meses futuros, " + views.Money(p.Lapsed) + ", deixam de valer."
	}
	return said
}

// daysOf is a stretch of days in words.
func daysOf(p calendar.Period) string { return fmt.Sprintf("%s, %d dias", p, p.Days()) }
