package views

import "cmp"

// Relatorio is a report: what it is about, by what, and its table.
type Relatorio struct {
	Head    Head
	Action  string
	By      []Link   // of what it is told apart by
	Now     string   // that of them which is shown
	Form    Form     // of its span
	Days    bool     // the span is of days, not of months
	Figures []Figure // what it comes to
	Table   Table
	Empty   Empty
	Note    string // how its figures are reckoned
	Section string // where it stands in the rail; none: Relatórios
}

// Page of a report.
func (v Relatorio) Page() Page {
	return Page{Template: "relatorios/relatorio", Title: cmp.Or(v.Head.Title, "Relatórios"), Section: cmp.Or(v.Section, "/relatorios/vendas")}
}

// Ano is how money went in twelve months.
type Ano struct {
	Head   Head
	Charts []Chart
	Table  Table
	Note   string
}

// Chart is columns with their head.
type Chart struct {
	Title, Unit string
	Columns     Columns
}

// Page of the twelve months.
func (v Ano) Page() Page {
	return Page{Template: "relatorios/ano", Title: cmp.Or(v.Head.Title, "Doze meses"), Section: "/financeiro"}
}
