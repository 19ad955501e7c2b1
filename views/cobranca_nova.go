package views

// CobrancaNova asks for a loose charge and shows, before anything is saved, what it would be (task 5).
type CobrancaNova struct {
	Head      Head
	Form      Form
	Action    string
	Kinds     []Option
	Services  []Option
	Preview   *Preview
	Missing   Empty // in place of the preview
	Loose     string
	Invoiced  string
	NoInvoice string // why it can have no invoice
}

// Page of a new charge.
func (v CobrancaNova) Page() Page {
	return Page{Template: "cobrancas/nova", Title: v.Form.Title("Nova cobrança"), Section: "/clientes"}
}
