package views

// Regua is where every customer in debt stands.
type Regua struct {
	Head  Head
	Chips []Chip
	Table Table
	Empty Empty
	Pager Pager
}

// Page of the régua.
func (v Regua) Page() Page {
	return Page{Template: "regua/regua", Title: "Régua de cobrança", Section: "/financeiro"}
}

// Aviso is the notice of an overdue invoice on paper, or the proof that it was given.
type Aviso struct {
	Head              Head
	Form              Form
	Own               string
	From, To, Address string
	Today             string // in words, on a letter not handed over yet
	Lines             []string
	Proof             *Verdict
}

// Page of a notice.
func (v Aviso) Page() Page {
	return Page{Template: "regua/aviso", Title: v.Form.Title("Aviso de débito"), Section: "/financeiro"}
}

// Poupar is the form by which a service is not cut for debt.
type Poupar struct {
	Head    Head
	Form    Form
	Options []Option
	Action  string
	Leaving string
	Rule    Verdict
}

// Page of the form.
func (v Poupar) Page() Page {
	return Page{Template: "regua/poupar", Title: v.Form.Title("Bloqueio por débito"), Section: "/clientes"}
}
