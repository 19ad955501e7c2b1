package views

import "cmp"

// Cobranca is one charge: what it is for, how it was paid, and its baixa where it is on no invoice.
type Cobranca struct {
	Head     Head
	Facts    []Fact
	Table    Table
	Payments []Entry
	Refused  Form             // of a baixa that came too late: there is nothing to receive any more
	Receive  *ReceberCobranca // nil when there is nothing to receive, or not by this person
}

// ReceberCobranca is the form of a charge's baixa: the whole of it.
type ReceberCobranca struct {
	Form   Form
	Action string
	Amount string // figures
	Button string
}

// Page of a charge.
func (v Cobranca) Page() Page {
	title := v.Refused.Title(v.Head.Title)
	if v.Receive != nil {
		title = v.Receive.Form.Title(title)
	}
	return Page{Template: "cobrancas/cobranca", Title: cmp.Or(title, "Cobrança"), Section: "/financeiro"}
}
