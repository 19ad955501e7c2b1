package views

import "cmp"

// Caixa is one caixa: what went through it, and while it is open and one's own what can be done with it.
type Caixa struct {
	Head     Head
	Facts    []Fact
	Figures  []Figure
	Sums     Table // by form
	Payments Table
	Moves    []Entry // sangria and suprimento
	Late     *Verdict
	Move     *Form // of a sangria or suprimento; nil where that cannot be
	Kinds    []Option
	Open     *Form // that opens one, where none is open
	Empty    Empty
}

// FecharCaixa is the form that closes a caixa with what was counted.
type FecharCaixa struct {
	Head   Head
	Form   Form
	Action string
	Counts []Field
	Seen   string // what the screen shows
	Sums   Table  // what should be there
}

// Page of the closing.
func (v FecharCaixa) Page() Page {
	return Page{Template: "caixa/fechar", Title: v.Form.Title(cmp.Or(v.Head.Title, "Fechar caixa")), Section: "/caixa"}
}

// Page of a caixa.
func (v Caixa) Page() Page {
	title := cmp.Or(v.Head.Title, "Caixa")
	for _, f := range []*Form{v.Move, v.Open} {
		if f != nil {
			title = f.Title(title)
		}
	}
	return Page{Template: "caixa/caixa", Title: title, Section: "/caixa"}
}

// Caixas is everybody's caixas of a day.
type Caixas struct {
	Head   Head
	Form   Form // of the day
	Table  Table
	Empty  Empty
	Totals []Figure
}

// Page of the caixas of a day.
func (v Caixas) Page() Page {
	return Page{Template: "caixa/caixas", Title: cmp.Or(v.Head.Title, "Caixas do dia"), Section: "/caixa"}
}

// Correspondentes is what each correspondente took and holds.
type Correspondentes struct {
	Head  Head
	Form  Form // of the period
	Table Table
	Empty Empty
}

// Page of the correspondentes.
func (v Correspondentes) Page() Page {
	return Page{Template: "caixa/correspondentes", Title: v.Form.Title(cmp.Or(v.Head.Title, "Correspondentes")), Section: "/caixa"}
}

// Correspondente is one correspondente's settlement report, and the form of its repasse.
type Correspondente struct {
	Head    Head
	Period  Form
	Figures []Figure
	Took    Table
	Handed  Table
	Repasse *Form // nil for who may not, or when it holds nothing
	Action  string
	Forms   []Option
}

// Page of a correspondente.
func (v Correspondente) Page() Page {
	title := cmp.Or(v.Head.Title, "Correspondente")
	if v.Repasse != nil {
		title = v.Repasse.Title(title)
	}
	return Page{Template: "caixa/correspondente", Title: title, Section: "/caixa"}
}
