package views

// Erro is a page that says what went wrong, calmly, and what can be done.
type Erro struct {
	Title, Said string
	ID          string // found in the log; only where we are to blame
	Back        Link
	SignedIn    bool
	Public      bool // told to subscribers and strangers
	ISP         string
}

// Page of what went wrong.
func (v Erro) Page() Page {
	return Page{Template: "erro/erro", Title: v.Title, Gate: !v.SignedIn, Public: v.Public}
}
