package views

import "cmp"

// Em is a customer as of a day that is over.
type Em struct {
	Head     Head
	Tabs     []Link
	Action   string
	Form     Form     // of the day
	Figures  []Figure // none: the day cannot be shown
	Services Table
	None     Empty // in place of the services
	Debts    Table
	Clear    Empty // in place of the debts
	Note     string
}

// Page of a customer as of a day.
func (v Em) Page() Page {
	return Page{Template: "clientes/em", Title: v.Form.Title(cmp.Or(v.Head.Title, "Cliente em um dia")), Section: "/clientes"}
}
