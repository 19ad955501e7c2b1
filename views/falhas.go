package views

import "cmp"

// FalhaNova asks for an outage: what has no line, since when, and what subscribers read.
type FalhaNova struct {
	Head      Head
	Form      Form
	Action    string
	Kinds     []Link // of what it is of, each with its own address
	Kind      string
	Equipment []Option
	Preview   *Preview // nil: not asked for yet
	Missing   Empty    // in its place
	Seen      string
	Button    string
}

// Page of a new outage.
func (v FalhaNova) Page() Page {
	return Page{Template: "falhas/nova", Title: v.Form.Title(cmp.Or(v.Head.Title, "Abrir Falha")), Section: "/atendimentos"}
}

// Falha is one outage: how far the workers are, its services and the tickets under it.
type Falha struct {
	Head     Head
	Form     Form // of what was pressed in vain
	Batch    *Batch
	Verdict  *Verdict
	Do       []Link
	Services Table
	Pager    Pager
	Tickets  []Entry
	Facts    []Fact
	Said     string // what was the matter
}

// Page of an outage.
func (v Falha) Page() Page {
	return Page{Template: "falhas/falha", Title: v.Form.Title(cmp.Or(v.Head.Title, "Falha")), Section: "/atendimentos"}
}

// FalhaEncerrar is the form that ends an outage, with what it gives back.
type FalhaEncerrar struct {
	Head    Head
	Form    Form
	Action  string
	Preview *Preview // nil: not asked for yet
	Missing Empty    // in its place
	Barred  bool     // it cannot be ended: Missing says why
	Seen    string
}

// Page of the end of an outage.
func (v FalhaEncerrar) Page() Page {
	return Page{Template: "falhas/encerrar", Title: v.Form.Title("Encerrar Falha"), Section: "/atendimentos"}
}
