package views

import "cmp"

// EventoNovo asks for a billing event, or for one in the place of another, and shows its parts before anything is saved.
type EventoNovo struct {
	Head     Head
	Form     Form
	Action   string
	Services []Option // of a new one
	Effects  []Option
	Reason   bool // it takes the place of another
	Preview  *Preview
	Missing  Empty // in place of the preview
	Button   string
}

// Page of a new billing event.
func (v EventoNovo) Page() Page {
	return Page{Template: "eventos/novo", Title: v.Form.Title(cmp.Or(v.Head.Title, "Evento de faturamento")), Section: "/clientes"}
}

// Evento is one billing event with its parts.
type Evento struct {
	Head   Head
	Facts  []Fact
	Table  Table
	Cancel *Acao
}

// Page of a billing event.
func (v Evento) Page() Page {
	title := v.Head.Title
	if v.Cancel != nil {
		title = v.Cancel.Form.Title(title)
	}
	return Page{Template: "eventos/evento", Title: cmp.Or(title, "Evento de faturamento"), Section: "/clientes"}
}
