package views

import "cmp"

// Venda is a page of a wizard that sells: Adicionar Cliente or Adicionar Serviços.
type Venda struct {
	Head    Head
	At      string   // path of its form
	Step    int      // the page, from 1
	Parts   []string // what is asked on it: cadastro, endereco, plano, contrato, cobranca, os, titular, transferencia
	Form    Form
	Steps   []Step
	Kinds   []Option // of the cadastro: Pessoa Física, Pessoa Jurídica
	Company bool
	Groups  []Option
	Draft   string
	Version string
	Warning *Verdict // the customer who has the document already; what a customer owes
	Choices SaleChoices
	Sum     Sum
	Review  []Answer // on the last page: the whole sale once more
	Before  string   // the words of the button that goes back
	Next    string   // the words of the button
	Amount  string   // and what it comes to, on the last page

	Own        []Option          // addresses the customer has, and the answer that asks for another
	Searched   map[string]Search // of the addresses, by how the names of their fields begin
	NoContract string            // name of a plan that has none

	// Of Migrar para Outro Serviço alone.
	Migrates  bool
	Suspended bool     // the service is: a manager's reason is asked for
	Booklets  []Option // what may become of an open carnê; none where there is none
	Seen      string   // what the preview showed
	Busy      string   // what else the technician has to do then

	Titularidade *Titularidade // of Migrar para Outro Cliente alone
}

// Titularidade is what a page of a transfer has besides.
type Titularidade struct {
	New     string   // path of the wizard with a new customer
	Found   []Option // who was found
	None    string   // nobody was, by these words
	Reason  bool     // a manager's reason is asked for
	Known   *Link    // who has the document typed, and the button that goes on with them
	Preview *Preview // what it does to money, side by side
}

// Search is what the search of a CEP came to.
type Search struct {
	Found bool
	Said  string
}

// Answer is one thing that was answered, and where it is changed: on another page, or at a field of this one; nowhere with neither.
type Answer struct {
	Term, Text, Memo string
	Page             int
	Field            string
}

// AddressFields are one address, whose fields' names begin with Prefix and whose labels end with Of.
type AddressFields struct {
	Form       Form
	At         string
	Prefix, Of string
	Search     Search
}

// Elsewhere is a role of an address that is the same as the cadastral one until its switch is turned off.
type Elsewhere struct {
	Switch, Label string
	Fields        AddressFields
}

// Registration are the fields of the cadastro.
func (v Venda) Registration() Registration {
	return Registration{v.Form, v.At, v.Company, v.Choices.Marital, v.Choices.Genders, v.Choices.Origins, v.Groups}
}

// Back is the page before.
func (v Venda) Back() int { return v.Step - 1 }

// Address is the cadastral address, or by its prefix the one of another role.
func (v Venda) Address(prefix, of string) AddressFields {
	return AddressFields{Form: v.Form, At: v.At, Prefix: prefix, Of: of, Search: v.Searched[prefix]}
}

// Elsewhere are the other roles.
func (v Venda) Elsewhere() []Elsewhere {
	roles := []Elsewhere{{Label: "Cobrança no mesmo endereço", Fields: v.Address("cobranca_", " de cobrança")},
		{Label: "Nota fiscal no mesmo endereço", Fields: v.Address("fiscal_", " fiscal")},
		{Label: "Instalação no mesmo endereço", Fields: v.Address("instalacao_", " de instalação")}}
	if v.Titularidade != nil { // it is installed where it is
		roles = roles[:2]
	}
	for i := range roles {
		one := &roles[i]
		one.Switch = one.Fields.Prefix + "igual"
	}
	return roles
}

// Button is what Buscar CEP of this address sends.
func (a AddressFields) Button() string { return "buscar_cep_" + a.Prefix }

// Text is a field of the address.
func (a AddressFields) Text(name, label string) Field { return a.Form.Text(a.Prefix+name, label+a.Of) }

// Found is what the last search wrote into the fields; it is sent back with them.
func (a AddressFields) Found() string { return a.Form.Typed.Get(a.Prefix + "cep_achado") }

// SaleChoices are the lists of the wizard, as options.
type SaleChoices struct {
	Origins, Plans, Sellers, Templates, Methods, DueDays, Modes, Fees, VisitTypes, VisitStates, Technicians, Marital, Genders []Option
}

// Page of a page of the wizard. It is one view that puts the parts of a sale together.
func (v Venda) Page() Page {
	return Page{Template: "venda/passo", Title: v.Form.Title(cmp.Or(v.Head.Title, "Adicionar")), Section: "/clientes"}
}

// Rascunhos lists what is not saved yet.
type Rascunhos struct {
	Head   Head
	Drafts []Entry
	Pager  Pager
	Empty  Empty
}

// Page of the drafts.
func (v Rascunhos) Page() Page {
	return Page{Template: "venda/rascunhos", Title: "Rascunhos", Section: "/clientes"}
}
