package handlers

import (
	"fmt"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/brazil/cnab"
	"enlace/tenants/collection"
	"enlace/views"
)

func (w *Web) collection() collection.Desk { return collection.Desk{DB: w.DB, Vault: w.Vault} }

const banks = "/financeiro/bancos"

var bankCrumbs = []views.Link{{Label: "Financeiro", Href: "/financeiro"}, {Label: "Bancos", Href: banks}}

// bancos is the traffic with the banks: what waits to go, what went, what came.
func (w *Web) bancos(c *fiber.Ctx) error { return w.showBanks(c, nil) }

func (w *Web) showBanks(c *fiber.Ctx, refused *views.Form) error {
	all, err := w.collection().Traffic(c.UserContext())
	if err != nil {
		return err
	}
	isp, _ := tenants.From(c.UserContext())
	v := views.Bancos{Head: views.Head{Crumbs: bankCrumbs[:1], Here: "Bancos", Title: "Bancos", Facts: "remessas que vão, retornos que vêm"}, Form: w.form(c)}
	if refused != nil {
		v.Form = *refused
	}
	for _, one := range all.Agreements {
		entry := views.Entry{Text: one.Name, Href: remessaOf(one.ID), Memo: "nada a dizer ao banco"}
		if one.Slips > 0 {
			entry.Memo = plural(one.Slips, "boleto espera a próxima remessa", "boletos esperam a próxima remessa")
			entry.Do = &views.Link{Label: "Ver remessa", Href: remessaOf(one.ID)}
		}
		v.Agreements = append(v.Agreements, entry)
	}
	v.Remessas = views.Table{Caption: "Remessas", Columns: []views.Column{{Label: "Convênio"}, {Label: "Nº", Named: true, Right: true}, {Label: "Gerada", Named: true}, {Label: "Títulos", Named: true, Right: true}, {Label: "A registrar, R$", Right: true, Main: true}}}
	for _, row := range all.Remessas {
		v.Remessas.Rows = append(v.Remessas.Rows, []views.Cell{{Text: all.Names[row.AgreementID], Href: remessaPath(row.ID), Who: true}, {Text: fmt.Sprint(row.Number), Num: true},
			{Text: views.Moment(row.WrittenAt.In(isp.Zone)) + ", " + row.WrittenBy}, {Text: views.Number(row.Orders), Num: true}, {Text: views.Figures(row.Registered)}})
	}
	v.Returns = views.Table{Caption: "Retornos", Columns: []views.Column{{Label: "Arquivo"}, {Label: "Convênio", Named: true}, {Label: "Enviado", Named: true}, {Label: "Linhas", Named: true, Right: true}, {Label: "Situação"}}}
	for _, row := range all.Returns {
		state, left := returnStatus(row), ""
		if n := all.Unplaced[row.ID]; n > 0 {
			left = plural(n, "pagamento por colocar", "pagamentos por colocar")
		}
		v.Returns.Rows = append(v.Returns.Rows, []views.Cell{{Text: row.Name, Href: returnPath(row.ID), Who: true}, {Text: all.Names[row.AgreementID]},
			{Text: views.Moment(row.BroughtAt.In(isp.Zone)) + ", " + row.BroughtBy}, {Text: views.Number(row.Lines), Num: true}, {Status: &state, Memo: left}})
	}
	return w.show(c, v)
}

func remessaOf(agreement uuid.UUID) string { return banks + "/" + agreement.String() + "/remessa" }
func remessaPath(id uuid.UUID) string      { return "/financeiro/remessas/" + id.String() }
func returnPath(id uuid.UUID) string       { return "/financeiro/retornos/" + id.String() }

func returnStatus(row *ent.BankReturn) views.Status {
	if row.FinishedAt == nil {
		return views.StatusOf("return", "lendo")
	}
	return views.StatusOf("return", "lido")
}

// remessaNova shows what the next remessa of an agreement says, before it is written.
func (w *Web) remessaNova(c *fiber.Ctx) error { return w.showPending(c, nil) }

func (w *Web) showPending(c *fiber.Ctx, refused *views.Form) error {
	agreement, err := id(c, "id")
	if err != nil {
		return err
	}
	next, err := w.collection().Pending(c.UserContext(), agreement)
	if err != nil {
		return err
	}
	written, left := next.Written(), next.Refused()
	v := views.RemessaNova{Head: views.Head{Crumbs: bankCrumbs, Here: "Remessa", Title: "Remessa para " + next.Agreement.Name, Facts: "o que o banco ainda não sabe"}, Form: w.form(c), Own: remessaOf(agreement)}
	if refused != nil {
		v.Form = *refused
	}
	switch {
	case next.Fault != nil:
		v.Verdict = &views.Verdict{Class: "bad", Said: "O convênio não diz tudo que o banco pede", Proof: []views.Link{{Label: "Falta ou não serve: " + views.BankField(next.Fault.Field) + ". "}, {Label: "Completar o convênio", Href: "/configuracoes/convenios/" + agreement.String()}}}
	case len(written) > 0:
		v.Button = "Gerar remessa de " + plural(len(written), "título", "títulos")
	}
	v.Preview = views.Preview{Title: plural(len(written), "título vai na remessa", "títulos vão na remessa"), Tag: "prévia: nada foi gravado", Table: orderTable(first(written, collection.PageSize))}
	if next.Registered > 0 {
		v.Preview.Table.Foot = []views.Cell{{Text: "A registrar, em toda a remessa"}, {}, {}, {}, {Text: views.Figures(next.Registered)}}
	}
	if n := len(written) - collection.PageSize; n > 0 {
		v.Preview.Next = fmt.Sprintf("E mais %s.", plural(n, "título", "títulos"))
	}
	if next.More {
		v.Preview.Next += " O que não couber neste arquivo vai no próximo."
	}
	v.Refused = views.Table{Caption: "Ficam de fora até alguém corrigir", Columns: []views.Column{{Label: "Fatura"}, {Label: "Pagador", Named: true}, {Label: "O que corrigir", Named: true}}}
	for _, o := range first(left, collection.PageSize) {
		v.Refused.Rows = append(v.Refused.Rows, []views.Cell{{Text: o.Document, Href: "/faturas/" + o.Standing.Invoice.ID.String(), Num: true},
			{Text: o.Payer.Name, Href: "/clientes/" + o.Standing.Invoice.CustomerID.String()}, {Text: views.BankRefusal(*o.Refused)}})
	}
	return w.show(c, v)
}

// first are the first n of a list, or all of it.
func first[T any](all []T, n int) []T { return all[:min(n, len(all))] }

func orderTable(orders []collection.Order) views.Table {
	t := views.Table{Caption: "Títulos da remessa", Columns: []views.Column{{Label: "Fatura"}, {Label: "Pagador", Named: true}, {Label: "O que o banco faz", Named: true}, {Label: "Vencimento", Named: true}, {Label: "Valor, R$", Right: true, Main: true}}}
	for _, o := range orders {
		t.Rows = append(t.Rows, []views.Cell{{Text: o.Document, Href: "/faturas/" + o.Standing.Invoice.ID.String(), Num: true}, {Text: o.Payer.Name, Who: true},
			commandCell(o.Command, views.Money(o.Rebate)), {Text: o.Due.BR(), Num: true}, {Text: views.Figures(o.Amount)}})
	}
	return t
}

func commandCell(command cnab.Command, rebate string) views.Cell {
	cell := views.Cell{Text: views.Word("remessa_orders.command", string(command))}
	if command == cnab.GrantRebate {
		cell.Memo = "de " + rebate
	}
	return cell
}

// gerarRemessa writes the file and leads to it.
func (w *Web) gerarRemessa(c *fiber.Ctx) error {
	agreement, err := id(c, "id")
	if err != nil {
		return err
	}
	_, f := w.typed(c)
	written, err := w.collection().WriteRemessa(c.UserContext(), agreement, f.Key)
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showPending(c, &f)
		}
		return err
	}
	w.say(c, views.Toast{Said: "Remessa gerada. Baixe o arquivo e envie ao banco."})
	return w.redirect(c, remessaPath(written))
}

// remessa is a file that was written.
func (w *Web) remessa(c *fiber.Ctx) error {
	written, err := id(c, "id")
	if err != nil {
		return err
	}
	page := max(1, c.QueryInt("pagina", 1))
	one, err := w.collection().Remessa(c.UserContext(), written, page)
	if err != nil {
		return err
	}
	isp, _ := tenants.From(c.UserContext())
	v := views.Remessa{Head: views.Head{Crumbs: bankCrumbs, Here: fmt.Sprintf("Remessa %d", one.Number), Title: fmt.Sprintf("Remessa %d, %s", one.Number, one.Agreement.Name),
		Facts: plural(one.Remessa.Orders, "título", "títulos") + " · " + views.Money(one.Registered) + " a registrar · gerada em " + views.Moment(one.WrittenAt.In(isp.Zone)) + " por " + one.WrittenBy,
		Do:    []views.Link{{Label: "Baixar arquivo", Href: remessaPath(written) + ".rem", Go: true}}}}
	v.Table = views.Table{Caption: "O que foi pedido ao banco", Columns: []views.Column{{Label: "Fatura"}, {Label: "O que o banco faz", Named: true}, {Label: "Vencimento", Named: true}, {Label: "Valor, R$", Right: true, Main: true}}}
	for _, o := range one.Orders {
		row := one.Invoices[o.SlipID]
		v.Table.Rows = append(v.Table.Rows, []views.Cell{{Text: fmt.Sprint(row.Number), Href: "/faturas/" + row.ID.String(), Num: true},
			commandCell(cnab.Command(o.Command), views.Money(o.Rebate)), {Text: o.Due.BR(), Num: true}, {Text: views.Figures(o.Amount)}})
	}
	v.Pager = pager(c, page, collection.PageSize, one.Remessa.Orders)
	return w.show(c, v)
}

// remessaArquivo is the file for the bank.
func (w *Web) remessaArquivo(c *fiber.Ctx) error {
	written, err := id(c, "id")
	if err != nil {
		return err
	}
	file, err := w.collection().RemessaFile(c.UserContext(), written)
	if err != nil {
		return err
	}
	c.Attachment(file.Name)
	c.Set(fiber.HeaderContentType, file.ContentType)
	return c.Send(file.Content)
}
