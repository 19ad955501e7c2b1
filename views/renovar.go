package views

import "cmp"

// Renovar is Carnês a renovar: what ends, what would follow, and the renewal of all of it at once.
type Renovar struct {
	Head    Head
	Form    Form // of the filters, in the address
	Plans   []Option
	Preview *Preview
	Empty   Empty // in place of the preview
	Pager   Pager
	Order   Form // of the button
	Seen    string
	Count   string
	Total   string
	Button  string
	Refused string // how many cannot be renewed
	Batches []Entry
}

// Page of the list.
func (v Renovar) Page() Page {
	return Page{Template: "renovar/renovar", Title: v.Form.Title(cmp.Or(v.Head.Title, "Carnês a renovar")), Section: "/carnes"}
}

// Renovacao is how the renewal of many carnês stands.
type Renovacao struct {
	Head     Head
	Form     Form
	Batch    Batch
	Verdict  Verdict // once it is over
	Over     bool
	Do       []Link
	Failures Table
	Pager    Pager
	Sheet    string
	Facts    []Fact
}

// Page of a renewal.
func (v Renovacao) Page() Page {
	return Page{Template: "renovar/renovacao", Title: v.Form.Title(cmp.Or(v.Head.Title, "Renovação de carnês")), Section: "/carnes"}
}
