package views

import "cmp"

// Cobranca is one charge: what it is for, how it was paid, and its baixa where it is on no invoice.
type Cobranca struct {
	Head     Head
	Facts    []Fact
	Table    Table
	Payments []Entry
	Refused  Form             // of a baixa that came too late: there is nothing to receive any more
	Credit   *Link            // that pays it with what the customer has to the credit; nil for none
	Receive  *ReceberCobranca // nil when there is nothing to receive, or not by this person
}

// ReceberCobranca is the form of a charge's baixa. Anything but the whole of what is owed is shown before it is saved.
type ReceberCobranca struct {
	Form    Form
	Self    string // the charge's address, which shows what is asked there
	Said    string
	Preview *Preview // nil when it is the whole of what is owed, or when what was typed cannot be
	Seen    string   // what the button speaks of
	Button  string
	Hand    Hand
}

// Page of a charge.
func (v Cobranca) Page() Page {
	title := v.Refused.Title(v.Head.Title)
	if v.Receive != nil {
		title = v.Receive.Form.Title(title)
	}
	return Page{Template: "cobrancas/cobranca", Title: cmp.Or(title, "Cobrança"), Section: "/financeiro"}
}
