package views

// Entrar is the page of the sign-in form.
type Entrar struct {
	ISP      string
	Operator bool // at the operator's host
	Form     Form
	Back     string // where the person wanted to go
	Held     string // what they had typed there
}

// Page of the sign-in form.
func (v Entrar) Page() Page {
	return Page{Template: "entrar/entrar", Title: v.Form.Title("Entrar"), Gate: true}
}
