package views

// Fatura is one invoice: what it is made of, how to pay it, what was paid, and the baixa.
type Fatura struct {
	Head     Head
	Facts    []Fact
	Table    Table
	Linha    string // linha digitável
	Pix      string // copia e cola
	PixOf    string // its head, when it is of another amount than the slip
	Other    *Verdict
	Payments []Entry
	Refused  Form     // of a baixa that came too late: there is nothing to receive any more
	Credit   *Link    // that pays it with what the customer has to the credit; nil for none
	Receive  *Receber // nil when there is nothing to receive, or not by this person
	Cancel   *Acao    // nil when it cannot be cancelled alone, or not by this person
}

// Receber is the form of a baixa. Anything but the whole of what is owed is shown before it is saved.
type Receber struct {
	Form    Form
	Self    string // the invoice's address, which shows what is asked there
	Said    string
	Preview *Preview // nil when it is the whole of what is owed, or when what was typed cannot be
	Seen    string   // what the button speaks of
	Button  string
	Reason  bool // the day that was typed forgives late charges
	Hand    Hand
	Parts   []Field // how much of each charge, where there are several to choose from
}

// Hand is how money is handed over, in the form of a baixa.
type Hand struct {
	Forms []Option
	Shops []Option // the counter and the correspondentes; none: there is the counter alone
}

// Page of an invoice.
func (v Fatura) Page() Page {
	title := v.Refused.Title(v.Head.Title)
	if v.Receive != nil {
		title = v.Receive.Form.Title(title)
	}
	if v.Cancel != nil {
		title = v.Cancel.Form.Title(title)
	}
	if title == "" {
		title = "Fatura"
	}
	return Page{Template: "faturas/fatura", Title: title, Section: "/financeiro"}
}

// FaturaEmail sends an invoice by e-mail.
type FaturaEmail struct {
	Head   Head
	Form   Form
	Action string
	Sent   []Entry
	Kept   string // where e-mails are kept while there is no mail server
}

// Page of an invoice that goes out.
func (v FaturaEmail) Page() Page {
	title := v.Form.Title(v.Head.Title)
	if title == "" {
		title = "Enviar fatura por e-mail"
	}
	return Page{Template: "faturas/email", Title: title, Section: "/financeiro"}
}
