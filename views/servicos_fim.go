package views

// Cancelamento is the form that cancels a service.
type Cancelamento struct {
	Head     Head
	Form     Form
	Action   string
	Reasons  []Option
	Fetches  []Option // types of the order that fetches the equipment
	MayWaive bool     // the loyalty penalty
	Preview  *Preview // nil: not asked for yet
	Missing  Empty    // in its place
	Barred   bool     // it cannot be done now: Missing says why
	Seen     string
}

// Page of the cancellation.
func (v Cancelamento) Page() Page {
	return Page{Template: "servicos/cancelamento", Title: v.Form.Title("Cancelar Serviço"), Section: "/clientes"}
}

// Pausa is the form that pauses a service, or ends its pause.
type Pausa struct {
	Head         Head
	Form         Form
	Action       string
	Back         bool // it is paused
	Hint, Button string
	Preview      *Preview // nil: not asked for yet
	Missing      Empty    // in its place
	Barred       bool     // neither can be done now: Missing says why
	Seen         string
}

// Page of the pause.
func (v Pausa) Page() Page {
	title := "Pausar a Pedido"
	if v.Back {
		title = "Encerrar a Pausa"
	}
	return Page{Template: "servicos/pausa", Title: v.Form.Title(title), Section: "/clientes"}
}

// Desfazer is the form that undoes the last thing done to a service.
type Desfazer struct {
	Head    Head
	Form    Form
	Action  string
	Facts   []Fact
	Preview *Preview // nil: it cannot be undone
	Missing Empty    // in its place
	Barred  bool     // it cannot be undone now: Missing says why
	Seen    string
	Leaving string
}

// Page of the undo.
func (v Desfazer) Page() Page {
	return Page{Template: "servicos/desfazer", Title: v.Form.Title("Desfazer"), Section: "/clientes"}
}
