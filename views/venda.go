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
}

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
