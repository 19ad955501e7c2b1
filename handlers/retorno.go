package handlers

import (
	"cmp"
	"fmt"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/bankreturnline"
	"enlace/tenants"
	"enlace/tenants/collection"
	"enlace/views"
)

// enviarRetorno takes a retorno and leads to its report.
func (w *Web) enviarRetorno(c *fiber.Ctx) error {
	_, f := w.typed(c)
	f.Order = []string{"arquivo"}
	file, err := sentFile(c, "arquivo")
	brought := uuid.Nil
	if err == nil {
		defer file.Close()
		ctx, done := w.after(c)
		defer done()
		brought, err = w.collection().Bring(ctx, collection.File{Name: file.name, From: file, Key: f.Key})
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showBanks(c, &f)
		}
		return err
	}
	return w.redirect(c, returnPath(brought))
}

// outcomes are those of a retorno's lines, the ones somebody has to look at first.
var outcomes = []bankreturnline.Outcome{bankreturnline.OutcomeDamaged, bankreturnline.OutcomeUnknown, bankreturnline.OutcomeRefused, bankreturnline.OutcomeCredited,
	bankreturnline.OutcomePaid, bankreturnline.OutcomeRegistered, bankreturnline.OutcomeWithdrawn, bankreturnline.OutcomeFee, bankreturnline.OutcomeNoted, bankreturnline.OutcomeRepeated}

// retorno is a file of a bank, line by line.
func (w *Web) retorno(c *fiber.Ctx) error {
	brought, err := id(c, "id")
	if err != nil {
		return err
	}
	page := max(1, c.QueryInt("pagina", 1))
	outcome := bankreturnline.Outcome(c.Query("resultado"))
	if bankreturnline.OutcomeValidator(outcome) != nil {
		outcome = ""
	}
	r, err := w.collection().Report(c.UserContext(), brought, outcome, page)
	if err != nil {
		return err
	}
	isp, _ := tenants.From(c.UserContext())
	tag := returnStatus(r.BankReturn)
	v := views.Retorno{Head: views.Head{Crumbs: bankCrumbs, Here: "Retorno", Title: r.Name, Tag: &tag,
		Facts: r.Agreement.Name + " · enviado em " + views.Moment(r.BroughtAt.In(isp.Zone)) + " por " + r.BroughtBy}}
	if r.FinishedAt == nil {
		batch := returnBatch(r)
		v.Batch = &batch
		return w.show(c, v)
	}
	v.Figures = []views.Figure{{Label: "Recebido", Value: views.Figures(r.Received), Money: true, Memo: plural(r.Counts[bankreturnline.OutcomePaid]+r.Counts[bankreturnline.OutcomeCredited], "pagamento", "pagamentos")},
		{Label: "Tarifas do banco", Value: views.Figures(r.Fees), Money: true},
		{Label: "Sem boleto nosso", Value: views.Number(r.Counts[bankreturnline.OutcomeUnknown]), Memo: unplacedMemo(r)},
		{Label: "Linhas com defeito", Value: views.Number(r.Counts[bankreturnline.OutcomeDamaged]), Memo: "nada foi baixado"}}
	own, shown := returnPath(brought), r.BankReturn.Lines
	v.Chips = []views.Chip{{Label: "Todas", Href: own, Count: views.Number(r.BankReturn.Lines), Current: outcome == ""}}
	for _, one := range outcomes {
		if n := r.Counts[one]; n > 0 {
			v.Chips = append(v.Chips, views.Chip{Label: views.Word("bank_return_lines.outcome", string(one)), Href: own + "?resultado=" + string(one), Count: views.Number(n), Current: one == outcome})
			if one == outcome {
				shown = n
			}
		}
	}
	v.Table = returnTable(r)
	v.Pager = pager(c, page, collection.PageSize, shown)
	return w.show(c, v)
}

// unplacedMemo is what of the money of no slip still waits for somebody.
func unplacedMemo(r *collection.Report) string {
	switch {
	case r.Unplaced > 0:
		return plural(r.Unplaced, "pagamento por colocar", "pagamentos por colocar")
	case r.Counts[bankreturnline.OutcomeUnknown] > 0:
		return "nada por colocar"
	}
	return "nada foi baixado"
}

func returnTable(r *collection.Report) views.Table {
	t := views.Table{Caption: "Linha a linha", Columns: []views.Column{{Label: "Linha"}, {Label: "Fatura", Named: true}, {Label: "Nosso número", Named: true, Wide: true}, {Label: "Ocorrência", Named: true},
		{Label: "O que foi feito"}, {Label: "Tarifa, R$", Right: true, Named: true, Wide: true}, {Label: "Recebido, R$", Right: true, Main: true}}}
	for _, line := range r.Lines {
		state := views.StatusOf("bank_return_lines.outcome", string(line.Outcome))
		invoice := views.Cell{Text: cmp.Or(line.Document, "–"), Num: true}
		if line.SlipID != nil {
			row := r.Invoices[*line.SlipID]
			invoice = views.Cell{Text: fmt.Sprint(row.Number), Href: "/faturas/" + row.ID.String(), Num: true}
		} else if placed := r.Placed[line.ID]; placed.Invoice != nil {
			invoice = views.Cell{Text: fmt.Sprint(placed.Invoice.Number), Href: "/faturas/" + placed.Invoice.ID.String(), Num: true, Memo: placed.Holder}
		} else if line.Outcome == bankreturnline.OutcomeUnknown && line.Received > 0 {
			invoice = views.Cell{Text: "Dizer de que fatura é", Href: linePath(line.ID), Memo: line.Document}
		}
		when := "–"
		if line.Movement != "" {
			when = line.Movement + ", " + line.OccurredOn.BR()
		}
		t.Rows = append(t.Rows, []views.Cell{{Text: fmt.Sprint(line.Line), Num: true, Strong: true}, invoice, {Text: cmp.Or(line.OurNumber, "–"), Num: true}, {Text: when, Memo: returnMemo(line.Reasons, line.Problem)},
			{Status: &state, Memo: lineMemo(r, line)}, {Text: views.Figures(line.Fee)}, {Text: views.Figures(line.Received)}})
	}
	return t
}

// lineMemo is what a payment did besides.
func lineMemo(r *collection.Report, line *ent.BankReturnLine) string {
	switch {
	case r.Placed[line.ID].Invoice != nil:
		return "baixado à mão"
	case line.Credit > 0:
		return "crédito de " + views.Money(line.Credit)
	case line.Forgiven > 0:
		return views.Money(line.Forgiven) + " de encargos dispensados"
	}
	return ""
}

func returnMemo(reasons, problem string) string {
	if problem != "" {
		return views.BankProblem(problem)
	}
	if reasons != "" {
		return "motivo " + reasons
	}
	return ""
}

// returnBatch is how far the worker is.
func returnBatch(r *collection.Report) views.Batch {
	return views.Batch{Title: "Dando baixa", State: "cada linha uma vez", Done: r.Done(), Total: r.BankReturn.Lines, Self: returnPath(r.ID) + "/andamento", Note: "Pode sair desta página: o trabalho continua."}
}

// retornoAndamento answers htmx, which asks each second; when the work is over it leads to the report.
func (w *Web) retornoAndamento(c *fiber.Ctx) error {
	brought, err := id(c, "id")
	if err != nil {
		return err
	}
	r, err := w.collection().Report(c.UserContext(), brought, "", 1)
	if err != nil {
		return err
	}
	if !partial(c) || r.FinishedAt != nil {
		return w.redirect(c, returnPath(brought))
	}
	return w.part(c, "shared/_batch", returnBatch(r))
}
