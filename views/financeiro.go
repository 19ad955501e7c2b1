package views

// Financeiro is what is owed: by state, by age, by who owes it.
type Financeiro struct {
	Head     Head
	Figures  []Figure // of the whole ISP; none where the list is narrowed down
	Chips    []Chip
	Ages     Table             // what is owed by its age
	Narrowed bool              // a filter is set
	Form     Form              // of the filters
	Hidden   map[string]string // filters that chips, ages and heads choose
	Methods  []Option
	Groups   []Option
	Plans    []Option
	Sellers  []Option
	Table    Table
	Empty    Empty
	Pager    Pager
	Saved    []Entry // lists the person gave a name
	Save     Form    // that gives this list one
	Filters  string  // the query string it keeps
}

// Page of the finances.
func (v Financeiro) Page() Page {
	return Page{Template: "financeiro/financeiro", Title: "Financeiro", Section: "/financeiro"}
}
