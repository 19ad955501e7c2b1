package views

import "cmp"

// ProvedorNovo is the form by which the operator makes an ISP.
type ProvedorNovo struct {
	Head  Head
	Form  Form
	Host  string // what follows the ISP's part of its address
	Zones []Option
}

// Page of the form.
func (v ProvedorNovo) Page() Page {
	return Page{Template: "operador/novo", Title: v.Form.Title("Novo provedor"), Section: "/"}
}

// PrimeiroAcesso shows a password of a gerente, or of one of an ISP's staff, once.
type PrimeiroAcesso struct {
	Head  Head
	Facts []Fact
	Own   string // the page it was made on
	Back  string // what leads there
	Care  string // what to do with the password, and when it is lost

	Section string
}

// Page of the password.
func (v PrimeiroAcesso) Page() Page {
	return Page{Template: "operador/acesso", Title: cmp.Or(v.Head.Title, "Primeiro acesso"), Section: cmp.Or(v.Section, "/")}
}

// Provedor is an ISP as the operator sees it. What cannot be done now has no form.
type Provedor struct {
	Head    Head
	Own     string
	Alert   *Verdict
	Awaited string // the gerente who has not come in yet
	Button  Form   // of a new password for him

	Rename   *Form
	Features *Recursos
	Suspend  *Form
	Stop     string // what the button that suspends says

	Facts   []Fact
	History []Happening
}

// Page of an ISP.
func (v Provedor) Page() Page {
	title := cmp.Or(v.Head.Title, "Provedor")
	for _, f := range []*Form{v.Rename, v.Suspend} {
		if f != nil {
			title = f.Title(title)
		}
	}
	return Page{Template: "operador/provedor", Title: title, Section: "/"}
}

// Recursos is the switches of what an ISP may use.
type Recursos struct {
	Form     Form
	Switches []Field
}

// OperadorHistorico is what the operators did.
type OperadorHistorico struct {
	Head    Head
	History []Happening
}

// Page of what they did.
func (v OperadorHistorico) Page() Page {
	return Page{Template: "operador/historico", Title: "Histórico", Section: "/historico"}
}
