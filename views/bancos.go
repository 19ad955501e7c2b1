package views

import "cmp"

// Bancos is the traffic with the banks: what waits to go, what went, what came.
type Bancos struct {
	Head       Head
	Form       Form // of a retorno
	Agreements []Entry
	Remessas   Table
	Returns    Table
}

// Page of the banks.
func (v Bancos) Page() Page {
	return Page{Template: "bancos/bancos", Title: v.Form.Title("Bancos"), Section: "/financeiro"}
}

// RemessaNova is what the next remessa says, before it is written.
type RemessaNova struct {
	Head    Head
	Form    Form
	Own     string
	Verdict *Verdict // why no file can be written
	Preview Preview
	Refused Table
	Button  string // none when there is nothing to write
}

// Page of a remessa to be written.
func (v RemessaNova) Page() Page {
	return Page{Template: "bancos/remessa_nova", Title: v.Form.Title(cmp.Or(v.Head.Title, "Remessa")), Section: "/financeiro"}
}

// Remessa is a file that was written, and what it asks.
type Remessa struct {
	Head  Head
	Table Table
	Pager Pager
}

// Page of a remessa.
func (v Remessa) Page() Page {
	return Page{Template: "bancos/remessa", Title: cmp.Or(v.Head.Title, "Remessa"), Section: "/financeiro"}
}

// Retorno is a file of a bank: on its way, or its report.
type Retorno struct {
	Head    Head
	Batch   *Batch
	Figures []Figure
	Chips   []Chip
	Table   Table
	Pager   Pager
}

// Page of a retorno.
func (v Retorno) Page() Page {
	return Page{Template: "bancos/retorno", Title: cmp.Or(v.Head.Title, "Retorno"), Section: "/financeiro"}
}

// Recebido is money that came in by itself, a Pix or a line of a retorno, and what became of it.
type Recebido struct {
	Head  Head
	Facts []Fact
	Place *Colocar // of what is of no invoice
}

// Colocar says for which invoice money came: the number first, and then, seen what it does, why.
type Colocar struct {
	Self    string
	Why     string // nobody knows whose it is
	Form    Form
	Preview *Preview // nil: no invoice is named yet
	Seen    string
	Button  string
}

// Page of what came in.
func (v Recebido) Page() Page {
	title := cmp.Or(v.Head.Title, "Recebido")
	if v.Place != nil {
		title = v.Place.Form.Title(title)
	}
	return Page{Template: "bancos/recebido", Title: title, Section: "/financeiro"}
}
