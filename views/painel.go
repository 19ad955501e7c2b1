package views

// Painel is the first page of the day.
type Painel struct {
	Head     Head
	Waiting  Empty
	Sessions []Entry // where one is signed in
}

// Page of the panel.
func (v Painel) Page() Page { return Page{Template: "painel/painel", Title: "Painel", Section: "/"} }
