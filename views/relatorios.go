package views

// Relatorio is a report: what it is about, by what, and its table.
type Relatorio struct {
	Head   Head
	Action string
	By     []Link // of what it is told apart by
	Now    string // that of them which is shown
	Form   Form   // of the months
	Table  Table
	Empty  Empty
	Note   string // how its figures are reckoned
}

// Page of a report.
func (v Relatorio) Page() Page {
	return Page{Template: "relatorios/relatorio", Title: "Relatórios", Section: "/relatorios/vendas"}
}
