package views

import "cmp"

// CarneEditar is the form by which open instalments, or one invoice alone, get another due date or value.
type CarneEditar struct {
	Head    Head
	Form    Form
	Action  string
	Rows    []CarneEditada
	Preview *Preview
	Missing Empty  // in place of the preview
	Seen    string // what the button speaks of; "" while there is no preview
	Button  string
	Whom    string
}

// CarneEditada is an instalment in the form of an edit.
type CarneEditada struct {
	Name, Period string
	Due, Amount  string // names of its two fields
}

// Page of an edit.
func (v CarneEditar) Page() Page {
	return Page{Template: "carnes/editar", Title: v.Form.Title(cmp.Or(v.Head.Title, "Editar")), Section: "/carnes"}
}

// CarneEmail is the form by which a carnê goes by e-mail.
type CarneEmail struct {
	Head      Head
	Form      Form
	Action    string
	Addresses []Option // of the customer, and another one; none: it is typed
	Letters   []Entry
	Kept      string // where e-mails are kept while there is no mail server
}

// Page of the form.
func (v CarneEmail) Page() Page {
	return Page{Template: "carnes/email", Title: v.Form.Title(cmp.Or(v.Head.Title, "Enviar por Email")), Section: "/carnes"}
}

// CarneFaturas is the form by which invoices come into a carnê or leave it.
type CarneFaturas struct {
	Head     Head
	Form     Form
	Action   string
	Label    string
	Invoices []Option
	Said     string
	Button   string
	Empty    Empty
}

// Page of the form.
func (v CarneFaturas) Page() Page {
	return Page{Template: "carnes/faturas", Title: v.Form.Title(cmp.Or(v.Head.Title, "Faturas do carnê")), Section: "/carnes"}
}

// CarneHistorico is what happened to a carnê and its instalments.
type CarneHistorico struct {
	Head    Head
	History []Happening
	Pager   Pager
	Empty   Empty
}

// Page of the history.
func (v CarneHistorico) Page() Page {
	return Page{Template: "carnes/historico", Title: cmp.Or(v.Head.Title, "Histórico"), Section: "/carnes"}
}

// CarneAction is an entry of the menu Ações of a carnê, in the source's words.
func CarneAction(action string) string { return carneActions[action] }

var carneActions = map[string]string{
	"visualizar": "Visualizar", "editar": "Editar", "imprimir": "Imprimir", "email": "Enviar por Email", "historico": "Histórico",
	"associar": "Associar Faturas", "desassociar": "Desassociar Faturas", "cancelar": "Cancelar",
}
