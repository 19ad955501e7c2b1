package views

import "cmp"

// Clientes is the list of customers.
type Clientes struct {
	Head    Head
	Chips   []Chip
	Form    Form              // of the filters
	Hidden  map[string]string // filters that the chips choose
	Groups  []Option
	Origins []Option
	Plans   []Option
	Orders  []Option
	Saved   []Entry // lists the person gave a name
	Save    Form    // that gives this list one
	Filters string  // the query string it keeps
	Table   Table
	Pager   Pager
	Empty   Empty
}

// Page of the list.
func (v Clientes) Page() Page {
	return Page{Template: "clientes/clientes", Title: "Clientes", Section: "/clientes"}
}

// Narrowed says that one of the filters is used that are folded away: so that rows begin high on a phone too.
func (v Clientes) Narrowed() bool {
	for _, name := range []string{"plano", "ordem", "grupo", "origem", "cidade"} {
		if v.Form.Typed.Get(name) != "" {
			return true
		}
	}
	return false
}

// Busca is what the box of the bar finds.
type Busca struct {
	Head     Head
	Numbered []Entry // what has the number that was typed
	Found    []Entry // customers
	Empty    Empty
}

// Page of the search.
func (v Busca) Page() Page {
	return Page{Template: "clientes/busca", Title: "Buscar", Section: "/clientes"}
}

// Cliente is the customer's dashboard.
type Cliente struct {
	Head     Head
	Tabs     []Link
	Alert    *Verdict
	Owes     *Verdict // what is overdue
	Credit   *Verdict
	Services []Slip
	Invoices Table   // the next to pay and the last ones
	Loose    []Entry // charges without an invoice
	Account  string  // where all of them are
	Add      *Link   // Adicionar Serviços
	Empty    Empty
	Facts    []Fact
	Places   []Entry
	History  []Happening
	Held     string // where stands what is held of the customer
	AsOf     string // and how the customer stood on a past day
	Edit     string // where the record is changed; empty for who may not
	All      string // where the whole history is
}

// Page of a customer.
func (v Cliente) Page() Page {
	return Page{Template: "clientes/cliente", Title: cmp.Or(v.Head.Title, "Cliente"), Section: "/clientes"}
}

// Historico is everything that happened to a customer.
type Historico struct {
	Head     Head
	Tabs     []Link
	Action   string
	Form     Form // of the filters
	Subjects []Option
	Actors   []Option
	Channels []Option
	History  []Happening
	Pager    Pager
	Empty    Empty
}

// Page of the history.
func (v Historico) Page() Page {
	return Page{Template: "clientes/historico", Title: cmp.Or(v.Head.Title, "Históricos"), Section: "/clientes"}
}

// CustomerTabs is the customer's menu; here is the page one is on.
func CustomerTabs(id, here string) []Link {
	tabs := []Link{
		{Label: "Serviços", Href: "/clientes/" + id},
		{Label: "Financeiro", Href: "/clientes/" + id + "/financeiro"},
		{Label: "Carnês", Href: "/clientes/" + id + "/carnes"},
		{Label: "Atendimentos", Href: "/clientes/" + id + "/atendimentos"},
		{Label: "OS", Href: "/clientes/" + id + "/ordens-de-servico"},
		{Label: "Contratos", Href: "/clientes/" + id + "/contratos"},
		{Label: "Endereços", Href: "/clientes/" + id + "/enderecos"},
		{Label: "Contatos", Href: "/clientes/" + id + "/contatos"},
		{Label: "Históricos", Href: "/clientes/" + id + "/historico"},
	}
	for i := range tabs {
		tabs[i].Current = tabs[i].Href == here
	}
	return tabs
}
