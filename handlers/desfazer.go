package handlers

import (
	"fmt"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/money"
	"enlace/tenants/staff"
	"enlace/tenants/subscriptions"
	"enlace/views"
)

// desfazer shows what undoing the last thing done to a service does, and asks why.
func (w *Web) desfazer(c *fiber.Ctx) error { return w.showUndo(c, w.form(c), nil) }

// salvarDesfazer undoes what the preview has shown.
func (w *Web) salvarDesfazer(c *fiber.Ctx) error {
	sub, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	var wrong tenants.Fields
	in := subscriptions.ReadUndo(t, sub, &wrong)
	if err = wrong.Err(); err == nil {
		err = w.subscriptions().Undo(c.UserContext(), in)
	}
	if err != nil {
		return w.showUndo(c, f, err)
	}
	w.say(c, views.Toast{Said: "Desfeito: tudo está como antes."})
	return w.redirect(c, "/servicos/"+sub.String())
}

// showUndo shows the form with the preview; refused is why what was sent could not be done.
func (w *Web) showUndo(c *fiber.Ctx, f views.Form, refused error) error {
	sub, err := id(c, "id")
	if err != nil {
		return err
	}
	u, err := w.subscriptions().PreviewUndo(c.UserContext(), sub)
	if err != nil {
		return err
	}
	f.Order = []string{"motivo"}
	if refused != nil && !w.wrong(c, &f, refused) {
		return refused
	}
	isp, _ := tenants.From(c.UserContext())
	own, said := "/servicos/"+u.From.ID.String(), views.Word("undo.kind", string(u.Kind))
	v := views.Desfazer{Head: views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: u.Holder, Href: "/clientes/" + u.From.CustomerID.String()}, {Label: u.Plan, Href: own}},
		Here: said, Title: said, Facts: fmt.Sprintf("serviço %d, %s de %s", u.From.Number, u.Plan, u.Holder)}, Form: f, Action: c.Path(), Leaving: "/servicos/" + sub.String(),
		Facts: []views.Fact{{Term: "Feito em", Text: u.At.In(isp.Zone).Format("02/01/2006, 15:04"), Num: true}, {Term: "Pode ser desfeito até", Text: u.Until.In(isp.Zone).Format("02/01/2006, 15:04"), Num: true},
			{Term: "O serviço volta a", Text: views.Word("subscriptions.status", string(u.State))}}}
	if u.New != "" {
		v.Facts = append(v.Facts, views.Fact{Term: "É cancelado", Text: "o serviço " + u.New})
	}
	if u.Back != nil {
		v.Facts = append(v.Facts, views.Fact{Term: "O titular volta a ser", Text: u.Back.Name})
	}
	if u.Refused != nil {
		v.Barred, v.Missing = true, views.Empty{Title: "Indisponível agora", Why: views.Because(u.Refused), Next: views.Link{Label: "Voltar ao serviço", Href: v.Leaving}}
		return w.show(c, v)
	}
	v.Preview, v.Seen = undoPreview(u), u.Seen()
	return w.show(c, v)
}

// undoLink leads from what has just been done to a service to its undo, for who may undo.
func (w *Web) undoLink(c *fiber.Ctx, sub uuid.UUID) string {
	if !session(c).Granted[staff.Undo] {
		return ""
	}
	return "/servicos/" + sub.String() + "/desfazer"
}

func undoPreview(u *subscriptions.Undoable) *views.Preview {
	v := &views.Preview{Title: "O que volta", Tag: "prévia: nada foi gravado", Table: effectTable("O que desfazer faz às contas"), Next: views.Word("undo.next", string(u.Kind))}
	t := &v.Table
	if u.Money != nil {
		for _, who := range u.Holders() {
			t.Rows = append(t.Rows, undoneRows(u.Money.Of(who.ID), who.Name)...)
		}
	}
	if len(t.Rows) == 0 {
		t.Rows = append(t.Rows, effectRow("Nada a acertar", "nenhum valor muda", views.Figures(0)))
	}
	return v
}

// undoneRows are the books of a customer before and after; invoices of which the same becomes stand on one line. of names the customer, "" where there
// is but one.
func undoneRows(u *billing.Undoing, of string) (rows [][]views.Cell) {
	if of != "" {
		of = ", de " + of
	}
	for _, does := range []billing.UndoneDoes{billing.UndoneEnds, billing.UndoneRevives, billing.UndoneReturns} {
		var first, last *billing.UndoneInvoice
		n, now, then := 0, money.Cents(0), money.Cents(0)
		for i, one := range u.Invoices {
			if one.Does != does {
				continue
			}
			if n++; first == nil {
				first = &u.Invoices[i]
			}
			last, now, then = &u.Invoices[i], now+one.Now, then+one.Then
		}
		if n == 0 {
			continue
		}
		what := fmt.Sprintf("Fatura %d%s, vence em %s", first.Number, of, first.Due.BR())
		if n > 1 {
			what = fmt.Sprintf("%d faturas%s, vencem de %s a %s", n, of, first.Due.BR(), last.Due.BR())
		}
		rows = append(rows, effectRow(what, fmt.Sprintf("%s: de %s para %s", views.Word("undo.does", string(does)), views.Money(now), views.Money(then)), views.Signed(then-now)))
	}
	for _, one := range u.Loose {
		rows = append(rows, effectRow(one.What+of, fmt.Sprintf("cobrança avulsa: de %s para %s", views.Money(one.Now), views.Money(one.Then)), views.Signed(one.Then-one.Now)))
	}
	for _, one := range u.Parts {
		rows = append(rows, effectRow(one.What+of, "não vai mais na próxima fatura", views.Signed(-one.Now)))
	}
	for _, one := range u.Credits {
		rows = append(rows, effectRow("Crédito retirado"+of, one.Memo, views.Signed(one.Amount)))
	}
	return rows
}
