package handlers

import (
	"cmp"
	"fmt"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/ent/pixreceipt"
	"enlace/tenants"
	"enlace/tenants/collection"
	"enlace/views"
)

const pixReceived = "/financeiro/pix"

// pixRecebidos lists the Pix of which the PSPs told, and what became of each.
func (w *Web) pixRecebidos(c *fiber.Ctx) error {
	status := pixreceipt.Status(c.Query("situacao"))
	if pixreceipt.StatusValidator(status) != nil {
		status = ""
	}
	page := max(1, c.QueryInt("pagina", 1))
	r, err := w.collection().Received(c.UserContext(), status, page)
	if err != nil {
		return err
	}
	v := views.Lista{Section: "/financeiro", Head: views.Head{Crumbs: bankCrumbs, Here: "Pix recebidos", Title: "Pix recebidos", Facts: "o que o banco disse que entrou"},
		Chips: []views.Chip{{Label: "Todos", Href: pixReceived, Current: status == ""}},
		Empty: views.Empty{Title: "Nenhum Pix aqui", Why: "Aparece o que entra pela API Pix: o banco avisa, e o sistema confere com ele antes de dar baixa."}}
	for _, one := range collection.ReceivedStatuses {
		if n := r.Counts[one]; n > 0 || one == status {
			v.Chips = append(v.Chips, views.Chip{Label: views.Word("pix_receipts.status", string(one)), Href: pixReceived + "?situacao=" + string(one), Count: counted(n, tenants.Exact), Current: one == status})
		}
	}
	isp, _ := tenants.From(c.UserContext())
	v.Table = views.Table{Caption: "Pix recebidos", Columns: []views.Column{{Label: "Pix"}, {Label: "Situação"}, {Label: "Fatura", Named: true}, {Label: "Avisado em", Named: true, Wide: true}, {Label: "Valor, R$", Right: true, Main: true}}}
	for _, one := range r.Rows {
		state := views.StatusOf("pix_receipts.status", string(one.Status))
		when, invoice := "ainda não conferido", views.Cell{Text: "–", Muted: true}
		if one.PaidAt != nil {
			when = "pago em " + views.Moment(one.PaidAt.In(isp.Zone))
		}
		if one.Invoice != nil {
			invoice = views.Cell{Text: fmt.Sprint(one.Invoice.Number), Href: "/faturas/" + one.Invoice.ID.String(), Num: true, Memo: one.Holder}
		}
		v.Table.Rows = append(v.Table.Rows, []views.Cell{{Text: one.EndToEnd, Href: pixReceived + "/" + one.ID.String(), Who: true, Memo: when}, {Status: &state}, invoice,
			{Text: views.Moment(one.ToldAt.In(isp.Zone))}, {Text: views.Figures(one.Amount)}})
	}
	v.Pager = pager(c, page, collection.PageSize, r.Total)
	return w.show(c, v)
}

// pixRecebido is one of them; of no invoice, it is placed here.
func (w *Web) pixRecebido(c *fiber.Ctx) error {
	one, err := id(c, "id")
	if err != nil {
		return err
	}
	return w.showReceipt(c, one, nil)
}

func (w *Web) showReceipt(c *fiber.Ctx, asked uuid.UUID, refused *views.Form) error {
	one, err := w.collection().Receipt(c.UserContext(), asked)
	if err != nil {
		return err
	}
	isp, _ := tenants.From(c.UserContext())
	state := views.StatusOf("pix_receipts.status", string(one.Status))
	v := views.Recebido{Head: views.Head{Crumbs: append(bankCrumbs[:2:2], views.Link{Label: "Pix recebidos", Href: pixReceived}), Here: "Pix", Title: "Pix de " + views.Money(one.Amount), Tag: &state},
		Facts: []views.Fact{{Term: "Identificador", Text: one.EndToEnd, Mono: true}, {Term: "Avisado em", Text: views.Moment(one.ToldAt.In(isp.Zone)), Num: true}}}
	if one.PaidAt != nil {
		v.Facts = append(v.Facts, views.Fact{Term: "Pago em", Text: views.Moment(one.PaidAt.In(isp.Zone)), Num: true}, views.Fact{Term: "Marca do pagamento", Text: cmp.Or(one.Txid, "nenhuma"), Mono: one.Txid != "", Muted: one.Txid == ""})
	}
	if one.Returned > 0 {
		v.Facts = append(v.Facts, views.Fact{Term: "Devolvido", Text: views.Money(one.Returned), Num: true})
	}
	if one.Invoice != nil {
		v.Facts = append(v.Facts, views.Fact{Term: "Fatura", Text: fmt.Sprint(one.Invoice.Number), Href: "/faturas/" + one.Invoice.ID.String(), Num: true, After: ", de " + one.Holder})
	}
	if one.Status != pixreceipt.StatusStranger {
		return w.show(c, v)
	}
	v.Place, err = w.placing(c, collection.Stray{Pix: asked}, refused)
	if err != nil {
		return err
	}
	v.Place.Why = "Ninguém disse de que fatura é este Pix: foi pago direto na chave. Nada foi baixado."
	return w.show(c, v)
}

// colocarPix settles an invoice by a Pix that was of none.
func (w *Web) colocarPix(c *fiber.Ctx) error {
	receipt, err := id(c, "id")
	if err != nil {
		return err
	}
	return w.place(c, collection.Stray{Pix: receipt}, "O Pix", func(f *views.Form) error { return w.showReceipt(c, receipt, f) })
}
