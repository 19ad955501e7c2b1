package handlers

import (
	"cmp"
	"fmt"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/ent/bankreturnline"
	"enlace/tenants/collection"
	"enlace/views"
)

func linePath(id uuid.UUID) string { return "/financeiro/retornos/linhas/" + id.String() }

// retornoLinha is a line of a retorno; money of no slip of ours is placed here.
func (w *Web) retornoLinha(c *fiber.Ctx) error {
	one, err := id(c, "id")
	if err != nil {
		return err
	}
	return w.showLine(c, one, nil)
}

func (w *Web) showLine(c *fiber.Ctx, asked uuid.UUID, refused *views.Form) error {
	one, err := w.collection().ReturnLine(c.UserContext(), asked)
	if err != nil {
		return err
	}
	state := views.StatusOf("bank_return_lines.outcome", string(one.Outcome))
	here := fmt.Sprintf("Linha %d", one.Line)
	v := views.Recebido{Head: views.Head{Crumbs: append(bankCrumbs[:2:2], views.Link{Label: "Retorno", Href: returnPath(one.ReturnID)}), Here: here, Title: here + " de " + one.Return.Name, Tag: &state},
		Facts: []views.Fact{{Term: "Valor pago", Text: views.Money(one.Received), Num: true}, {Term: "Pago em", Text: cmp.Or(one.OccurredOn.BR(), "o banco não disse"), Num: true, Muted: one.OccurredOn.IsZero()},
			{Term: "Nosso número", Text: cmp.Or(one.OurNumber, "nenhum"), Mono: one.OurNumber != "", Muted: one.OurNumber == ""},
			{Term: "Seu número", Text: cmp.Or(one.Document, "nenhum"), Mono: one.Document != "", Muted: one.Document == ""},
			{Term: "Ocorrência", Text: cmp.Or(one.Movement, "–"), Num: true}}}
	if one.Invoice != nil {
		v.Facts = append(v.Facts, views.Fact{Term: "Fatura", Text: fmt.Sprint(one.Invoice.Number), Href: "/faturas/" + one.Invoice.ID.String(), Num: true, After: ", de " + one.Holder})
	}
	if !one.Open {
		if one.Invoice == nil && one.Outcome == bankreturnline.OutcomeUnknown && one.Received > 0 {
			v.Facts = append(v.Facts, views.Fact{Term: "Baixa", Text: "o dia que o banco diz não pode ser o de um pagamento", Muted: true})
		}
		return w.show(c, v)
	}
	v.Place, err = w.placing(c, collection.Stray{Line: asked}, refused)
	if err != nil {
		return err
	}
	v.Place.Why = "O banco recebeu por um boleto que não é deste sistema, ou com o número errado. Nada foi baixado."
	return w.show(c, v)
}

// colocarLinha settles an invoice by a line that was of no slip.
func (w *Web) colocarLinha(c *fiber.Ctx) error {
	line, err := id(c, "id")
	if err != nil {
		return err
	}
	return w.place(c, collection.Stray{Line: line}, "O valor da linha", func(f *views.Form) error { return w.showLine(c, line, f) })
}
