package messages

import (
	"slices"

	"github.com/google/uuid"
)

// What buttons under several kinds of messages do; what is of one alone is beside its use case.
const (
	DoMenu     = "menu"
	DoInvoices = "faturas"
	DoUnblock  = "desbloquear"
	DoSupport  = "suporte"
	DoPix      = "pix"
	DoSlip     = "boleto"
	DoAccount  = "conta"
)

// The buttons that lead to what every chat has.
var (
	Menu     = Button{Label: "Menu", Do: DoMenu}
	Invoices = Button{Label: "Ver faturas", Do: DoInvoices}
	Unblock  = Button{Label: "Desbloqueio em Confiança", Do: DoUnblock}
	Support  = Button{Label: "Suporte", Do: DoSupport}
)

// Under are buttons beside each other, as all there are under a message.
func Under(line ...Button) [][]Button { return [][]Button{line} }

// ToPay are the buttons under what tells of an invoice: by what it is paid, of which an invoice may have neither, and how its amount comes about.
func ToPay(invoice uuid.UUID, pix, slip bool) [][]Button {
	var pay []Button
	if pix {
		pay = append(pay, Button{"Pagar com Pix", DoPix, invoice})
	}
	if slip {
		pay = append(pay, Button{"Boleto em PDF", DoSlip, invoice})
	}
	rows := [][]Button{{{"Entender o valor", DoAccount, invoice}, Invoices}}
	if len(pay) > 0 {
		rows = append([][]Button{pay}, rows...)
	}
	return rows
}

// OfInvoice says that a button is about one invoice.
func (b Button) OfInvoice() bool { return slices.Contains([]string{DoPix, DoSlip, DoAccount}, b.Do) }
