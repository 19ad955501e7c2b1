package views

import "cmp"

// Conexoes is the connection log of a service over some days.
type Conexoes struct {
	Head   Head
	Action string
	Form   Form // of the days
	Table  Table
	Pager  Pager
	Empty  Empty
}

// Page of the log.
func (v Conexoes) Page() Page {
	return Page{Template: "rede/extrato", Title: cmp.Or(v.Head.Title, "Extrato de Conexões"), Section: "/clientes"}
}

// Trafego is the traffic of a service as its equipment reports it.
type Trafego struct {
	Head  Head
	Live  string // where it is told anew; without script, by opening the page again
	Own   string
	Now   Agora
	Empty Empty
}

// Agora is what there is to see at a moment; it is drawn anew with every report. Without figures nothing is connected.
type Agora struct {
	Verdict  Verdict
	Figures  []Figure
	Down, Up *Curve
	Numbers  Table
}

// Page of the traffic.
func (v Trafego) Page() Page {
	return Page{Template: "rede/trafego", Title: cmp.Or(v.Head.Title, "Tráfego Tempo Real"), Section: "/clientes"}
}

// QuemUsou asks who had an address, and says it.
type QuemUsou struct {
	Head  Head
	Form  Form
	Own   string
	Asked bool
	Said  Verdict
	Table Table
}

// Page of who had it.
func (v QuemUsou) Page() Page {
	return Page{Template: "rede/quem_usou", Title: v.Form.Title("Quem usava este endereço"), Section: "/configuracoes"}
}
