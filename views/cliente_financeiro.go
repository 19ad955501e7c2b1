package views

import "cmp"

// ClienteFinanceiro is all that a customer owes and has paid.
type ClienteFinanceiro struct {
	Head     Head
	Tabs     []Link
	Figures  []Figure
	Chips    []Chip
	Table    Table // of invoices
	Pager    Pager
	Empty    Empty
	Loose    []Entry // charges without an invoice
	Payments []Entry
	Credits  []Entry
	Booklets []Entry
	Arranged []Entry // ways to agreements and billing events
}

// Page of a customer's account.
func (v ClienteFinanceiro) Page() Page {
	return Page{Template: "clientes/financeiro", Title: cmp.Or(v.Head.Title, "Financeiro"), Section: "/clientes"}
}
