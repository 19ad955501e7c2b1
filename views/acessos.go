package views

// Acessos is where a person is signed in, and where they end it.
type Acessos struct {
	Head  Head
	Table Table
}

// Page of one's own sessions.
func (v Acessos) Page() Page { return Page{Template: "acessos/acessos", Title: "Seus acessos"} }
