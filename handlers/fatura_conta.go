package handlers

import (
	"enlace/tenants/billing"
	"enlace/tenants/money"
	"enlace/views"
)

// invoiceTable is how what is owed today comes about: charges, late charges, what was paid, what is left.
func invoiceTable(one *billing.Invoice) views.Table {
	t := views.Table{Caption: "O que se paga", Columns: []views.Column{{Label: "Cobrança"}, {Label: "Valor, R$", Right: true, Main: true}}}
	line := func(what, memo string, amount money.Cents) {
		t.Rows = append(t.Rows, []views.Cell{{Text: what, Memo: memo}, {Text: views.Figures(amount), Minus: amount < 0}})
	}
	for _, row := range one.Charges {
		line(row.Description, row.Memo+composition(one.Items[row.ID]), row.Amount)
	}
	debt := one.Debt
	if debt.Fine > 0 {
		line("Multa por atraso", "2 %, uma vez", debt.Fine)
	}
	for _, stretch := range debt.Interest {
		line("Juros de 1 % ao mês, "+stretch.Period.String(), stretch.Memo, stretch.Amount)
	}
	if kept := debt.Paid - debt.Credit; kept > 0 {
		line("Já pago", "", -kept)
	}
	if one.Status == billing.InvoiceCancelled {
		return t
	}
	left := one.Owed()
	if one.Status == billing.InvoicePaid && left > 0 { // the principal is paid: these are owed elsewhere
		line("Encargos lançados em outra cobrança", "", -left)
		left = 0
	}
	t.Foot = []views.Cell{{Text: "A pagar hoje"}, {Text: views.Figures(left)}}
	return t
}
