package views

// Fatura is one invoice: what it is made of, how to pay it, what was paid, and the baixa.
type Fatura struct {
	Head     Head
	Facts    []Fact
	Table    Table
	Linha    string // linha digitável
	Pix      string // copia e cola
	Payments []Entry
	Receive  *Receber // nil when there is nothing to receive, or not by this person
}

// Receber is the form of a baixa.
type Receber struct {
	Form   Form
	Action string
	Said   string
	Button string
}

// Forgives says whether the day that was typed needs a reason: it forgives late charges.
func (v Receber) Forgives() bool {
	reason := v.Form.Text("motivo", "")
	return reason.Value != "" || reason.Error != ""
}

// Page of an invoice.
func (v Fatura) Page() Page {
	title := v.Head.Title
	if v.Receive != nil {
		title = v.Receive.Form.Title(title)
	}
	if title == "" {
		title = "Fatura"
	}
	return Page{Template: "faturas/fatura", Title: title, Section: "/financeiro"}
}
