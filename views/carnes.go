package views

// Carnes is a list of carnês: a customer's as slips, everybody's as a table with its filters.
type Carnes struct {
	Head   Head
	Tabs   []Link
	Slips  []Slip
	Chips  []Chip
	Form   Form   // of the search
	Status string // that the chips have chosen
	Table  Table
	Empty  Empty
	Pager  Pager
	Whose  bool // of one customer
}

// Page of the list.
func (v Carnes) Page() Page {
	if v.Whose {
		return Page{Template: "carnes/carnes", Title: v.Head.Title, Section: "/clientes"}
	}
	return Page{Template: "carnes/carnes", Title: "Carnês", Section: "/carnes"}
}

// CarneNovo asks for a carnê and shows, before anything is saved, what it would be.
type CarneNovo struct {
	Head     Head
	Services []Chip // the services a carnê can be made for, when there are several
	Form     Form
	Action   string
	Start    string // what the day of first use was taken from
	Count    string // of instalments
	Preview  *Preview
	Missing  Empty // in place of the preview
	Warnings []Verdict
	Total    string // figures, as the button repeats it
	Whom     string
}

// Page of a new carnê.
func (v CarneNovo) Page() Page {
	return Page{Template: "carnes/novo", Title: v.Form.Title("Carnê Bancário"), Section: "/clientes"}
}

// Carne is one carnê with its instalments.
type Carne struct {
	Head   Head
	Facts  []Fact
	Table  Table
	Paper  Papel
	Cancel *Cancelar // nil when there is nothing to cancel, or not by this person
}

// Page of a carnê.
func (v Carne) Page() Page {
	return Page{Template: "carnes/carne", Title: v.formTitle(), Section: "/carnes"}
}

func (v Carne) formTitle() string {
	if v.Cancel != nil {
		return v.Cancel.Form.Title(v.Head.Title)
	}
	return "Carnê"
}

// Papel is the PDF of a carnê: ready to print, or being made and asked for again each second.
type Papel struct {
	PDF  string
	Self string // its own address while it is being made
	Back string // the page it is part of, for those without script
}

// Cancelar is the form by which a carnê is cancelled, with what will happen.
type Cancelar struct {
	Form   Form
	Action string
	Said   string
	Button string
	Open   bool
}

// CarneWarning is what a clerk should know before issuing.
func CarneWarning(code string) Verdict {
	w := carneWarnings[code]
	return Verdict{Class: "warn", Said: w[0], Proof: []Link{{Label: w[1]}}}
}

var carneWarnings = map[string][2]string{
	"booklet_not_enabled":   {"O serviço ainda não está habilitado", "O carnê pode ser gerado; se a instalação mudar de dia, a 1ª parcela muda."},
	"booklet_other_due_day": {"O vencimento não é o do serviço", "As parcelas vencem no dia escolhido aqui; o dia do serviço continua o mesmo."},
	"booklet_long_first":    {"O 1º vencimento fica a mais de um mês do início", "A 1ª parcela cobra todos os dias até ele, período por período."},
	"booklet_unbilled_days": {"Há dias que ninguém cobra", "Entre o último período cobrado e este início ficam dias sem cobrança."},
}

// CarneMode says which period an instalment pays for, by the tipo de cobrança.
func CarneMode(mode string) string { return carneModes[mode] }

var carneModes = map[string]string{
	"antecipado":  "Antecipado: cada parcela paga o período que começa no vencimento.",
	"postecipado": "Postecipado: cada parcela paga o período que acaba no vencimento.",
}

// CarneSince says what the first day was taken from.
func CarneSince(code string) string { return carneSince[code] }

var carneSince = map[string]string{
	"billed":  "O fim do último período cobrado",
	"enabled": "O dia da habilitação",
	"visit":   "Data da OS de instalação",
	"today":   "Hoje, ainda sem OS",
}
