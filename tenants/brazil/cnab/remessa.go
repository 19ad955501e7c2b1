package cnab

import (
	"enlace/tenants/brazil/boleto"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// The two layouts of bank files.
const (
	CNAB240 = "CNAB240"
	CNAB400 = "CNAB400"
)

// Sender is the ISP under one agreement with its bank.
type Sender struct {
	Bank   string       // COMPE code, three digits
	Layout string       // CNAB240 or CNAB400; empty for the one the bank prefers
	Terms  boleto.Input // the agreement, as its boletos are numbered and printed
	Name   string       // of the company
	CNPJ   string       // without punctuation; a person has a CPF

	// What the boletos do not need and the file does, as the bank's letter of the agreement says it.
	BranchDigit  string // of the agência; Itaú, Bradesco, Sicredi and Inter have none
	AccountDigit string // of the conta; Caixa has none
	Variation    string // variação da carteira, at Banco do Brasil
	Code         string // código de transmissão at Santander, código da empresa at Bradesco
}

// Command is what the bank is asked to do with a title.
type Command string

const (
	Register     Command = "register"      // entrada de título
	Cancel       Command = "cancel"        // pedido de baixa
	GrantRebate  Command = "grant_rebate"  // concessão de abatimento: the amount stays, less is owed
	CancelRebate Command = "cancel_rebate" // cancelamento de abatimento
	ChangeDue    Command = "change_due"    // alteração de vencimento
	ChangeAmount Command = "change_amount" // alteração do valor nominal; few banks know it
	ChangeOther  Command = "change_other"  // alteração de outros dados: payer, fine, interest, discount
)

// Order is a command on one title, with the title as it shall be.
type Order struct {
	Command     Command
	NossoNumero string // as printed on the slip, boleto.Slip.NossoNumero
	Document    string // seu número, printed as number of the document; at most 10 characters of upper case, which every bank takes
	Control     string // for the ISP alone, at most 25; the bank gives it back in the retorno
	IssuedOn    calendar.Date
	Due         calendar.Date
	Amount      money.Cents

	Fine     int // multa, hundredths of a percent, once after the due date; 200 is 2 %
	Interest int // juros, hundredths of a percent a month; 100 is 1 %

	Discount      money.Cents // for whoever pays until DiscountUntil
	DiscountUntil calendar.Date
	Rebate        money.Cents // abatimento

	Payer Payer
}

// Payer is who owes. Names and addresses lose accents and case, and are cut where the bank's columns end.
type Payer struct {
	Name     string
	Document string // CPF or CNPJ without punctuation
	Street   string // with number and complement
	District string
	CEP      string // 8 digits
	City     string
	UF       string
}

// Takes says whether a bank knows the command, in the layout or, when that is empty, in the one it prefers.
// Where it does not know ChangeAmount, a title is cancelled and registered anew under another nosso número (money.md M14).
func Takes(bank, layout string, c Command) bool {
	shape, ok := remessaOf(bank, layout)
	return ok && shape.commands[c] != ""
}

// remessa is how a bank wants its remessa in one layout.
type remessa struct {
	layout   string
	header   table[record]
	batch    table[record] // header of a batch; none in CNAB 400
	title    []detail      // what is written of a title, in this order
	batchEnd table[record]
	end      table[record]
	commands map[Command]string
	limit    money.Cents            // the largest amount; 0 for what the barcode holds
	fault    func(s *Sender) string // the field in which a sender does not suit the layout
}

// detail is a record of a title.
type detail struct {
	table[record]
	wanted func(*record) bool // nil for always
}

func remessaOf(bank, layout string) (remessa, bool) {
	for _, shape := range banks[bank].remessas {
		if layout == "" || layout == shape.layout {
			return shape, true
		}
	}
	return remessa{}, false
}

func (r remessa) width() int {
	if r.layout == CNAB240 {
		return 240
	}
	return 400
}
