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
	Older    Pager   // of the payments; empty where all are shown
	Credits  []Entry // each with what it was used for
	Booklets []Entry
	Arranged []Entry // ways to agreements and billing events
}

// Page of a customer's account.
func (v ClienteFinanceiro) Page() Page {
	return Page{Template: "clientes/financeiro", Title: cmp.Or(v.Head.Title, "Financeiro"), Section: "/clientes"}
}

// Extrato is a customer's account over some days.
type Extrato struct {
	Head    Head
	Tabs    []Link
	Action  string
	Form    Form // of the days
	Figures []Figure
	Table   Table
	Empty   Empty
	Note    string
}

// Page of a customer's statement.
func (v Extrato) Page() Page {
	return Page{Template: "clientes/extrato", Title: cmp.Or(v.Head.Title, "Extrato"), Section: "/clientes"}
}
