package views

// Financeiro is the cashier's desk: what is late, what comes, what came.
type Financeiro struct {
	Head    Head
	Figures []Figure
	Chips   []Chip
	Table   Table
	Empty   Empty
	Pager   Pager
}

// Page of the finances.
func (v Financeiro) Page() Page {
	return Page{Template: "financeiro/financeiro", Title: "Financeiro", Section: "/financeiro"}
}

// Pile is what one of the cashier's piles is called.
func Pile(code string) string { return piles[code] }

var piles = map[string]string{"vencidas": "Vencidas", "abertas": "Abertas até 30 dias", "pagas": "Pagas no mês"}
