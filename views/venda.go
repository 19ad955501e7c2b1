package views

// Venda is a step of the wizard Adicionar Cliente.
type Venda struct {
	Step    int // 1 to 6
	Form    Form
	Steps   []Step
	Kinds   []Link // of the first step: Pessoa Física, Pessoa Jurídica
	Company bool
	Draft   string
	Version string
	Saved   string   // "rascunho salvo às 10:42"
	Taken   *Verdict // the customer who has the document already
	Choices SaleChoices
	Sum     Sum
	Next    string // the words of the button

	Searched map[string]Search // of the step Endereço, by how the names of its fields begin
}

// Search is what the search of a CEP came to.
type Search struct {
	Found bool
	Said  string
}

// AddressFields are one address of the step Endereço, whose fields' names begin with Prefix and whose labels end with Of.
type AddressFields struct {
	Form       Form
	Prefix, Of string
	Search     Search
	To         string // where Buscar CEP asks
}

// Address is the place of the service, or by "cobranca_" the one its invoices go to.
func (v Venda) Address(prefix, of string) AddressFields {
	return AddressFields{Form: v.Form, Prefix: prefix, Of: of, Search: v.Searched[prefix], To: "/clientes/novo"}
}

// BillsElsewhere says whether the second address is shown: invoices go there, or somebody is looking for it.
func (v Venda) BillsElsewhere() bool {
	return !v.Form.Text("cobranca_igual", "").On() || v.Searched["cobranca_"].Said != ""
}

// Text is a field of the address.
func (a AddressFields) Text(name, label string) Field { return a.Form.Text(a.Prefix+name, label+a.Of) }

// Found is what the last search wrote into the fields; it is sent back with them.
func (a AddressFields) Found() string { return a.Form.Typed.Get(a.Prefix + "cep_achado") }

// SaleChoices are the lists of the wizard, as options.
type SaleChoices struct {
	Groups, Origins, Plans, Sellers, Templates, Methods, DueDays, Modes, Fees, VisitTypes, Technicians []Option
}

var stepNames = []string{"cadastro", "endereco", "plano", "contrato", "cobranca", "os"}

// Page of a step. It is one view with a template a step.
func (v Venda) Page() Page {
	return Page{Template: "venda/" + stepNames[max(1, v.Step)-1], Title: v.Form.Title("Adicionar Cliente"), Section: "/clientes"}
}

// Rascunhos lists what is not saved yet.
type Rascunhos struct {
	Head   Head
	Drafts []Entry
	Empty  Empty
}

// Page of the drafts.
func (v Rascunhos) Page() Page {
	return Page{Template: "venda/rascunhos", Title: "Rascunhos", Section: "/clientes"}
}
