package views

import "cmp"

// BaixaVarias receives several invoices and charges of a customer at once.
type BaixaVarias struct {
	Head    Head
	Form    Form
	Self    string // its own address, which shows what is asked there
	Items   []Option
	Hand    Hand
	Preview *Preview // of what was typed, once it can be
	Seen    string
	Button  string
	Reason  bool // the day that was typed forgives late charges
	Empty   Empty
}

// Page of a baixa of several.
func (v BaixaVarias) Page() Page {
	return Page{Template: "baixas/varias", Title: v.Form.Title(cmp.Or(v.Head.Title, "Receber")), Section: "/clientes"}
}

// Pagamento is one payment: what it settled, where it lies, and its estorno.
type Pagamento struct {
	Head    Head
	Facts   []Fact
	Table   Table
	Refused Form     // of an estorno that was not to be any more
	Reverse *Estorno // nil when it was taken back, or not by this person
	Undone  *Verdict
}

// Estorno is the form that takes a payment back.
type Estorno struct {
	Form   Form
	Action string
	Does   []string // what it will do, a sentence each
	Button string
}

// Page of a payment.
func (v Pagamento) Page() Page {
	title := v.Refused.Title(v.Head.Title)
	if v.Reverse != nil {
		title = v.Reverse.Form.Title(title)
	}
	return Page{Template: "baixas/pagamento", Title: cmp.Or(title, "Baixa"), Section: "/financeiro"}
}
