package handlers

import (
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/views"
)

// carneEditar shows the open instalments of a carnê to be changed, faturaEditar one invoice alone.
func (w *Web) carneEditar(c *fiber.Ctx) error  { return w.editInvoices(c, true) }
func (w *Web) faturaEditar(c *fiber.Ctx) error { return w.editInvoices(c, false) }

func (w *Web) salvarCarne(c *fiber.Ctx) error  { return w.saveInvoices(c, true) }
func (w *Web) salvarFatura(c *fiber.Ctx) error { return w.saveInvoices(c, false) }

// edited is what a path names: a carnê, or an invoice in none.
func edited(c *fiber.Ctx, whole bool) (booklet, invoice uuid.UUID, back string, err error) {
	one, err := id(c, "id")
	if whole {
		return one, uuid.Nil, "/carnes/" + one.String(), err
	}
	return uuid.Nil, one, "/faturas/" + one.String(), err
}

func (w *Web) editInvoices(c *fiber.Ctx, whole bool) error {
	return w.showEdit(c, whole, tenants.Typed{}, w.form(c), nil, false)
}

// saveInvoices changes what the preview has shown, or shows it.
func (w *Web) saveInvoices(c *fiber.Ctx, whole bool) error {
	booklet, invoice, back, err := edited(c, whole)
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	var wrong tenants.Fields
	in := billing.ReadEdit(t, &wrong)
	in.Booklet, in.Invoice = booklet, invoice
	if err := wrong.Err(); err != nil {
		return w.showEdit(c, whole, t, f, err, false)
	}
	if t["ver"] != "" || in.Shown == "" {
		return w.showEdit(c, whole, t, f, nil, true)
	}
	if err := w.billing().EditInvoices(c.UserContext(), in); err != nil {
		return w.showEdit(c, whole, t, f, err, true)
	}
	w.say(c, views.Toast{Said: "Mudança gravada. O PDF novo fica pronto em segundos."})
	return w.redirect(c, back)
}

// showEdit shows the form, and with asked the preview of what is typed; refused is why what was sent could not be done.
func (w *Web) showEdit(c *fiber.Ctx, whole bool, t tenants.Typed, f views.Form, refused error, asked bool) error {
	booklet, invoice, back, err := edited(c, whole)
	if err != nil {
		return err
	}
	read, one := w.billing().Editable, booklet
	if !whole {
		read, one = w.billing().EditableInvoice, invoice
	}
	e, err := read(c.UserContext(), one)
	if err != nil {
		return err
	}
	if whole = e.Booklet != nil; whole { // an instalment is edited with its carnê
		booklet, invoice, back = e.Booklet.ID, uuid.Nil, "/carnes/"+e.Booklet.ID.String()
	}
	v := views.CarneEditar{Action: back + "/editar", Missing: views.Empty{Title: "Nada mudou ainda", Why: "Mude um vencimento ou um valor: a prévia mostra o antes e o depois."}}
	if v.Head = editHead(e, back); len(e.Invoices) == 0 {
		v.Missing = views.Empty{Title: "Nada em aberto", Why: "Só se muda o que não foi pago, nem em parte.", Next: views.Link{Label: "Voltar", Href: back}}
	}
	for _, s := range e.Invoices {
		number := fmt.Sprint(s.Invoice.Number)
		row := views.CarneEditada{Name: "fatura " + number, Period: period(s.Covers()), Due: billing.EditDue + number, Amount: billing.EditAmount + number}
		if whole {
			row.Name = fmt.Sprintf("%d de %d", s.Invoice.Instalment, e.Booklet.Booklet.Instalments)
		}
		for name, value := range map[string]string{row.Due: s.Invoice.Due.BR(), row.Amount: views.Figures(s.Total)} {
			if _, typed := t[name]; !typed {
				f.Typed.Set(name, value)
			}
		}
		v.Rows, f.Order = append(v.Rows, row), append(f.Order, row.Due, row.Amount)
	}
	f.Order = append(f.Order, "motivo")
	if err := w.previewEditInto(c, &v, e, t, &f, booklet, invoice, refused, asked); err != nil {
		return err
	}
	v.Form = f
	return w.show(c, v)
}

func editHead(e *billing.Editable, back string) views.Head {
	if e.Booklet != nil {
		return bookletHead(e.Booklet, billing.EditBooklet)
	}
	return views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: e.Customer.Name, Href: "/clientes/" + e.Customer.ID.String()}, {Label: "Fatura", Href: back}},
		Here: "Editar", Title: "Editar fatura", Facts: e.Customer.Name}
}

// previewEditInto reckons the edit that is typed. What was refused is said first, else what keeps the preview from being made.
func (w *Web) previewEditInto(c *fiber.Ctx, v *views.CarneEditar, e *billing.Editable, t tenants.Typed, f *views.Form, booklet, invoice uuid.UUID, refused error, asked bool) error {
	var preview *billing.EditPreview
	if asked {
		var wrong tenants.Fields
		in := billing.ReadEdit(t, &wrong)
		in.Booklet, in.Invoice = booklet, invoice
		var err error
		if preview, err = w.billing().PreviewEdit(c.UserContext(), in); err != nil {
			preview = nil
		}
		if fault := tenants.FaultOf(err); refused == nil && (fault == nil || fault.Code != "edit_nothing") {
			refused = err
		}
	}
	if refused != nil && !w.wrong(c, f, refused) {
		return refused
	}
	if refused != nil && len(v.Rows) > 0 {
		v.Missing = views.Empty{Title: "Ainda não há prévia"}
		for _, p := range f.Problems {
			v.Missing.Why += p.Sentence + ". "
		}
	}
	if preview == nil {
		return nil
	}
	v.Preview, v.Seen = editPreview(preview), preview.Seen()
	v.Button = fmt.Sprintf("Salvar %s", plural(len(preview.Changes), "mudança", "mudanças"))
	if sum := preview.Difference(); sum != 0 {
		v.Button += ": " + views.SignedMoney(sum)
	}
	v.Whom = "De " + e.Customer.Name + ". Cada boleto mudado recebe outro número."
	return nil
}

// editPreview is every change with its before and after.
func editPreview(p *billing.EditPreview) *views.Preview {
	t := views.Table{Caption: "O que muda", Tight: true, Columns: []views.Column{{Label: "Parcela"}, {Label: "Valor, R$", Right: true, Named: true}, {Label: "Diferença, R$", Right: true, Main: true}}}
	for _, change := range p.Changes {
		s := change.Standing
		what, amount := views.Cell{Lines: []string{fmt.Sprintf("Fatura %d", s.Invoice.Number)}}, views.Cell{Text: views.Figures(change.Amount)}
		if s.Invoice.Instalment > 0 {
			what.Lines[0] = fmt.Sprintf("Parcela %d", s.Invoice.Instalment)
		}
		if change.Due != s.Invoice.Due {
			what.Lines = append(what.Lines, "vence em "+change.Due.BR())
			what.Memo = "antes " + s.Invoice.Due.BR()
		}
		if change.Line != nil {
			amount.Memo = "antes " + views.Figures(s.Total)
			what.Memo = strings.TrimPrefix(what.Memo+" · "+change.Line.Memo, " · ")
		}
		t.Rows = append(t.Rows, []views.Cell{what, amount, {Text: views.Signed(change.Amount - s.Total), Muted: change.Amount == s.Total}})
	}
	t.Foot = []views.Cell{{Text: "Total"}, {}, {Text: views.Signed(p.Difference())}}
	v := &views.Preview{Title: plural(len(p.Changes), "mudança", "mudanças"), Tag: "prévia: nada foi gravado", Table: t, Next: "Os períodos cobrados ficam os mesmos."}
	if p.Forgiven > 0 {
		v.Next += " Com o vencimento novo deixam de ser cobrados " + views.Money(p.Forgiven) + " de multa e juros."
	}
	return v
}
