// Package boleto computes and reads the Brazilian bank slip: campo livre, barcode and linha digitável, bank by bank.
//
// The common part follows Carta-Circular BCB 2.926/2000 and FEBRABAN's rule of the due-date factor; each bank's file names the bank's manual.
// The package is pure: it has no clock and keeps nothing. A wrong value comes back as an *Error that names its field: never a panic, never a guess.
package boleto

import (
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// Slip is what a title is paid by. CampoLivre and Factor are parts of Barcode, set apart because bank files and screens ask for them.
type Slip struct {
	Barcode     string // 44 digits
	CampoLivre  string // the bank's 25 digits, the last of Barcode
	Factor      string // due-date factor, 4 digits; 0000 when the slip has no due date
	NossoNumero string // as the bank wants it printed, with its check digit where it has one
}

// currencyReal is the digit of the barcode that says the amount is in reais.
const currencyReal = '9'

// New computes the slip of a title at a bank, given by its three-digit code. A zero due date gives factor 0000, a zero amount an open one.
//
// It returns an *Error for an unknown bank, for a field that is missing, too long or not a number, for a due date before FirstDue,
// for a negative amount or one over the bank's limit, and when in.NossoNumeroDV is given and differs from the digit computed.
func New(bank string, in Input, due calendar.Date, amount money.Cents) (Slip, error) {
	rules, err := find(bank)
	if err != nil {
		return Slip{}, err
	}
	factor, err := Factor(due)
	if err != nil {
		return Slip{}, err
	}
	if amount < 0 || amount > rules.limit {
		return Slip{}, &Error{Field: "amount_cents", Err: ErrAmount}
	}
	free, printed := rules.campoLivre(in)
	if free.err != nil {
		return Slip{}, free.err
	}
	if in.NossoNumeroDV != "" && in.NossoNumeroDV != printedDV(printed) {
		return Slip{}, &Error{Field: "nosso_numero_dv", Err: ErrCheckDigit}
	}
	barcode := assemble(bank, factor, amount, free.digits)
	return Slip{Barcode: barcode, CampoLivre: barcode[19:], Factor: barcode[5:9], NossoNumero: printed}, nil
}

func printedDV(nossoNumero string) string {
	last := len(nossoNumero) - 1
	if nossoNumero[last-1] != '-' {
		return ""
	}
	return nossoNumero[last:]
}

func assemble(bank string, factor int, amount money.Cents, free [25]byte) string {
	var b [44]byte
	copy(b[:3], bank)
	b[3] = currencyReal
	putNumber(b[5:9], uint64(factor))
	putNumber(b[9:19], uint64(amount))
	copy(b[19:], free[:])
	b[4] = generalDigit(&b)
	return string(b[:])
}

// Linha returns the 47 digits of the linha digitável; FormatLinha writes them for people. The zero Slip has none.
func (s Slip) Linha() string {
	linha, _ := LinhaOf(s.Barcode)
	return linha
}
