package views

import "cmp"

// Importar is the index of what is brought from another system.
type Importar struct {
	Head  Head
	Note  Verdict
	Kinds []Entry
	Sent  Table
	Empty Empty
}

// Page of the index.
func (v Importar) Page() Page {
	return Page{Template: "importar/importar", Title: "Importar", Section: "/configuracoes"}
}

// ImportarTipo says how a file of one kind is filled in, and takes it.
type ImportarTipo struct {
	Head    Head
	Form    Form
	Own     string
	Columns Table
}

// Page of a kind.
func (v ImportarTipo) Page() Page {
	return Page{Template: "importar/tipo", Title: v.Form.Title(cmp.Or(v.Head.Title, "Importar")), Section: "/configuracoes"}
}

// ImportarArquivo is how a file stands: on its way, with its report, or imported.
type ImportarArquivo struct {
	Head     Head
	Form     Form
	Batch    *Batch
	Verdict  Verdict
	Figures  []Figure
	Do, Next []Link
	Chips    []Chip
	Problems Table
	Pager    Pager
	More     string // what the list leaves out
	Sheet    Link
}

// Page of a file.
func (v ImportarArquivo) Page() Page {
	return Page{Template: "importar/arquivo", Title: v.Form.Title(cmp.Or(v.Head.Title, "Importar")), Section: "/configuracoes"}
}
