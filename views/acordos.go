package views

import "cmp"

// Acordos are the agreements and the billing events of a customer.
type Acordos struct {
	Head        Head
	Tabs        []Link
	Agreements  []Entry
	Events      []Entry
	NoAgreement Empty
	NoEvent     Empty
}

// Page of the list.
func (v Acordos) Page() Page {
	return Page{Template: "acordos/acordos", Title: cmp.Or(v.Head.Title, "Acordos"), Section: "/clientes"}
}

// AcordoNovo asks for an agreement over what is overdue and shows, before anything is saved, what it would be.
type AcordoNovo struct {
	Head    Head
	Form    Form
	Action  string
	Debts   []Option
	Preview *Preview
	Missing Empty // in place of the preview
	Warning *Verdict
	Total   string // figures, as the button repeats it
	Button  string
}

// Page of a new agreement.
func (v AcordoNovo) Page() Page {
	return Page{Template: "acordos/novo", Title: v.Form.Title("Novo acordo"), Section: "/clientes"}
}

// Acordo is one agreement: what it took over, its instalments, and how it is cancelled.
type Acordo struct {
	Head    Head
	Verdict *Verdict // that it is broken, and what that means
	Facts   []Fact
	Table   Table // of instalments
	Debts   []Entry
	Cancel  *Acao
}

// Page of an agreement.
func (v Acordo) Page() Page {
	title := v.Head.Title
	if v.Cancel != nil {
		title = v.Cancel.Form.Title(title)
	}
	return Page{Template: "acordos/acordo", Title: cmp.Or(title, "Acordo"), Section: "/financeiro"}
}
