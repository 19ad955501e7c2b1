package views

import "cmp"

// Lista is a page that is one table: tickets, visits.
type Lista struct {
	Head    Head
	Section string
	Tabs    []Link // of the customer it is about
	Chips   []Chip
	More    []Chip   // that narrow the list down further
	Find    *Procura // nil: nothing is searched for
	Table   Table
	Pager   Pager
	Empty   Empty
}

// Procura is the form that looks for a row, within what the filters show.
type Procura struct {
	Form   Form
	Action string
	Label  string
	Hidden map[string]string // filters that chips choose
}

// Page of a list.
func (v Lista) Page() Page {
	return Page{Template: "lista/lista", Title: cmp.Or(v.Head.Title, "Lista"), Section: v.Section}
}
