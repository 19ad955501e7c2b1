package views

import "cmp"

// Rotina is what the night does by itself, with its runs and what it could not do.
type Rotina struct {
	Head     Head
	Problems Table
	Pager    Pager // of the problems
	Runs     Table
	Empty    Empty
}

// Page of a routine.
func (v Rotina) Page() Page {
	return Page{Template: "rotinas/rotina", Title: cmp.Or(v.Head.Title, "Rotina"), Section: "/configuracoes"}
}
