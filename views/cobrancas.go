package views

import "cmp"

// Cobranca is one charge: what it is for and made of, how it was paid, what can be done with it, and what happened to it.
type Cobranca struct {
	Head     Head
	Facts    []Fact
	Table    Table
	Contest  *Verdict // that it is, or was, contested
	Enclosed []Entry  // what the customer sent with that
	Payments []Entry
	History  []Happening
	Refused  Form             // of what came too late: it cannot be done any more
	Credit   *Link            // that pays it with what the customer has to the credit; nil for none
	Receive  *ReceberCobranca // nil when there is nothing to receive, or not by this person
	Acts     AcoesCobranca
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

// AcoesCobranca are the forms of what can be done with a charge; nil what cannot, or not by this person.
type AcoesCobranca struct {
	Invoice, Edit, Cancel, Contest, Answer *Acao
	Channels                               []Option // a contest comes by
	Answers                                []Option
	Paid                                   bool // what is contested was paid: it is given back
	Open                                   bool // or is still owed
}

// Acao is a form under a line that opens it, with what it will do.
type Acao struct {
	Form   Form
	Action string
	Said   string
	Button string
	Open   bool
}

// forms are those of the page.
func (v Cobranca) forms() []Form {
	all := []Form{v.Refused}
	if v.Receive != nil {
		all = append(all, v.Receive.Form)
	}
	for _, one := range []*Acao{v.Acts.Invoice, v.Acts.Edit, v.Acts.Cancel, v.Acts.Contest, v.Acts.Answer} {
		if one != nil {
			all = append(all, one.Form)
		}
	}
	return all
}

// Page of a charge.
func (v Cobranca) Page() Page {
	title := v.Head.Title
	for _, f := range v.forms() {
		title = f.Title(title)
	}
	return Page{Template: "cobrancas/cobranca", Title: cmp.Or(title, "Cobrança"), Section: "/financeiro"}
}

// Opens puts the form that stands open in its place, with what is wrong with it; what it asks for can no longer be done, its problems stand on
// top of the page.
func (v *Cobranca) Opens(name string, refused *Form) {
	acts := map[string]*Acao{"faturar": v.Acts.Invoice, "editar": v.Acts.Edit, "cancelar": v.Acts.Cancel, "contestar": v.Acts.Contest, "responder": v.Acts.Answer}
	one := acts[name]
	switch {
	case one != nil && refused != nil:
		one.Form, one.Open = *refused, true
	case one != nil:
		one.Open = true
	case refused != nil && name == "baixa" && v.Receive != nil:
		v.Receive.Form = *refused
	case refused != nil:
		v.Refused = *refused
	}
}
