package billing

import (
	"fmt"

	"enlace/tenants/money"
)

// Moved is an amount of a transfer as one of the two reads it, on a page or from the bot: what it is and how it came about.
type Moved struct {
	What, How string
	Amount    money.Cents
}

// TakerBill is an invoice of who takes the service over.
type TakerBill struct {
	Label string
	Lines []Moved
	Total money.Cents
	Next  bool // the monthly run makes it
}

// Leaving is what ends for who held the service.
func (r *TransferPreview) Leaving() (all []Moved) {
	sum := money.Cents(0)
	for _, s := range r.Cancelled {
		sum -= s.Total
	}
	if n := len(r.Cancelled); n > 0 {
		first, last := r.Cancelled[0].Invoice, r.Cancelled[n-1].Invoice
		what, how := fmt.Sprintf("Fatura %d cancelada", first.Number), "vencia em "+first.Due.BR()
		if n > 1 {
			what, how = fmt.Sprintf("%d faturas canceladas", n), "venciam de "+first.Due.BR()+" a "+last.Due.BR()
		}
		all = append(all, Moved{what, how + ", só de dias do novo titular", sum})
	}
	for _, change := range r.Lowered {
		s := change.Standing
		all = append(all, Moved{fmt.Sprintf("Fatura %d cai de %s para %s", s.Invoice.Number, s.Total.BRL(), change.Amount.BRL()), change.Line.Memo, change.Amount - s.Total})
	}
	for _, line := range r.Lines {
		all = append(all, Moved{line.Description + ", na fatura final de " + r.Due.BR(), line.Memo, line.Amount})
	}
	for _, line := range r.Credits {
		all = append(all, Moved{"Crédito: " + line.Description, line.Memo, line.Amount})
	}
	return all
}

// Entering are the first invoices of who takes it over.
func (r *TransferPreview) Entering() (all []TakerBill) {
	if first := r.First; first != nil {
		bill := TakerBill{Label: "1ª fatura, vence em " + first.Due.BR(), Total: first.Total}
		for _, line := range first.Lines {
			bill.Lines = append(bill.Lines, Moved{line.Description, line.Memo, line.Amount})
		}
		all = append(all, bill)
	}
	if next := r.Next; len(next.Lines) > 0 {
		bill := TakerBill{Label: "Próxima fatura, vence em " + next.Due.BR(), Total: next.Total(), Next: true}
		for _, line := range next.Lines {
			bill.Lines = append(bill.Lines, Moved{line.Period.String(), line.Memo, line.Amount})
		}
		all = append(all, bill)
	}
	return all
}
