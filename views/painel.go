package views

// Painel is the first page of the day. A part the person has no use for is not shown.
type Painel struct {
	Head    Head
	Figures []Figure
	Setup   []Entry  // what a new ISP needs before it can sell; until it has sold there is nothing else to show
	Ready   string   // how much of it is there
	Bot     *Verdict // the ISP's bot does not answer

	ShowWait bool
	Waiting  Table  // the services that wait for a step of the office
	MoreWait []Link // where all of them are, state by state, when not all are here
	NoWait   Empty

	Month   string
	Origins Bars // of the month's sales

	Visits     []Entry // of today
	MoreVisits bool
	NoVisits   Empty

	Drafts []Entry

	ShowRenewals bool
	Renewals     []Entry // services whose carnê ends
	MoreRenewals bool
	NoRenewals   Empty
}

// Page of the panel.
func (v Painel) Page() Page {
	return Page{Template: "painel/painel", Title: "Painel", Section: "/"}
}

// NextStep is what a waiting service waits for.
func NextStep(status string) string { return nextSteps[status] }

var nextSteps = map[string]string{
	"aguardando_assinatura": "Aceite do contrato",
	"aguardando_instalacao": "Instalar e habilitar",
	"aguardando_migracao":   "Habilitar o plano novo da migração",
}
