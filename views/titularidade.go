package views

// Aceites is a transfer that waits for what both must accept (aguardando aceites).
type Aceites struct {
	Head     Head
	Sides    []Aceite
	Until    string
	Preview  *Preview
	Why      *Verdict // why it cannot take effect now
	Both     bool     // have accepted
	Reason   bool     // a manager's reason is asked for
	Complete Form
	Seen     string
	Own      string // path of the page
	GiveUp   Form
}

// Aceite is one side of it.
type Aceite struct {
	Side, Who, What string
	At              string // when it was accepted; "": not yet
	Form            Form
	URL             string // of the link that was made just now; "": none
}

// Page of a transfer that waits.
func (v Aceites) Page() Page {
	return Page{Template: "servicos/aceites", Title: v.Complete.Title("Troca de titularidade"), Section: "/clientes"}
}

// Convite is what somebody sees who opened a link to accept a transfer.
type Convite struct {
	Form          Form
	Action        string
	Number        int64
	From, To      string
	What          string // what it means for who looks
	Plan, Monthly string
	Until         string
	Seen          bool   // the money was asked for
	Table         *Table // of who looks; nil: there is none
	Done          string // when it was accepted; "": not yet
	Refused       bool   // by who looks, just now
	Refuse        Form   // says why not
}

// Page of the invitation.
func (v Convite) Page() Page {
	return Page{Template: "servicos/convite", Title: "Aceite da troca de titularidade", Gate: true, Public: true}
}
