package views

import (
	"cmp"

	"enlace/tenants/brazil/print"
)

// Contratos is the contracts of a service, or of a customer.
type Contratos struct {
	Head   Head
	Tabs   []Link
	Slips  []Slip
	Attach *Anexar // of a service, for those who sell
	Empty  Empty
}

// Page of the contracts.
func (v Contratos) Page() Page {
	title := cmp.Or(v.Head.Title, "Contratos")
	if v.Attach != nil {
		title = v.Attach.Form.Title(title)
	}
	return Page{Template: "contratos/contratos", Title: title, Section: "/clientes"}
}

// Anexar is the form by which a service gets a contract ("+").
type Anexar struct {
	Form                 Form
	Action               string
	Companies, Templates []Option
	Open                 bool
}

// Contrato is one contract with what can be done to it.
type Contrato struct {
	Head    Head
	Facts   []Fact
	Acts    []Ato
	Emails  []Entry
	Kept    string // where e-mails are kept while there is no mail server
	History []Happening
}

// Page of a contract.
func (v Contrato) Page() Page {
	title := cmp.Or(v.Head.Title, "Contrato")
	for _, act := range v.Acts {
		if len(act.Form.Problems) > 0 {
			title = act.Form.Title(title)
		}
	}
	return Page{Template: "contratos/contrato", Title: title, Section: "/clientes"}
}

// Ato is something one does to a contract: email, aceite, desativar.
type Ato struct {
	Name, Title  string
	Form         Form
	Action, Said string
	Open         bool
}

// Modelo is the editor of a template with its preview.
type Modelo struct {
	Head     Head
	Form     Form
	Own      string
	Button   string
	Note     *Verdict
	Fields   []FieldGroup
	Versions []Entry
	Told     []Happening
	Preview  Documento
	Lines    int
}

// Page of the editor.
func (v Modelo) Page() Page {
	return Page{Template: "contratos/modelo", Title: v.Form.Title(cmp.Or(v.Head.Title, "Modelo de contrato")), Section: "/configuracoes"}
}

// FieldGroup is the merge fields about one thing.
type FieldGroup struct {
	Title  string
	Fields []MergeField
}

// MergeField is one of them: as it is written, and what stands in its place.
type MergeField struct{ Written, Said string }

// Documento is a document on the yellow copy.
type Documento struct {
	Said   string // with whose data
	Fault  string // why it cannot be shown
	Blocks []print.Block
}

// Verificar is what anybody may know of a contract.
type Verificar struct {
	Number int64
	Facts  []Fact
}

// Page of the verification.
func (v Verificar) Page() Page {
	return Page{Template: "contratos/verificar", Title: "Contrato", Gate: true, Public: true}
}
