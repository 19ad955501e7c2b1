package boleto

import "enlace/tenants/money"

// issuer is what a bank decides alone. One more bank is one more file, which registers itself.
type issuer interface {
	// campoLivre lays out the bank's 25 digits and returns with them the nosso número as printed. Errors stay in the campo.
	campoLivre(in Input) (campo, string)
	// numbers returns the first and the last number the bank grants the agreement.
	numbers(in Input) (first, last uint64, err error)
	// assign writes a number of that range into the fields the bank reads it from.
	assign(in *Input, number uint64)
}

type rules struct {
	issuer
	label string
	limit money.Cents
}

// maxAmount is the largest amount the ten digits of the barcode hold, in cents.
const maxAmount money.Cents = 9_999_999_999

var banks [1000]rules

// register takes a bank by its label, code and digit as printed: no one rule gives the digit of all, Caixa writing 0 where Sicredi writes X.
func register(label string, bank issuer, limit money.Cents) {
	banks[bankIndex(label[:3])] = rules{bank, label, limit}
}

func find(code string) (rules, error) {
	if i := bankIndex(code); i >= 0 && banks[i].issuer != nil {
		return banks[i], nil
	}
	return rules{}, &Error{Field: "bank", Err: ErrUnknownBank}
}

// bankIndex returns the number of a three-digit bank code, or -1.
func bankIndex(code string) int {
	if len(code) != 3 || firstNonDigit(code) >= 0 {
		return -1
	}
	return int(code[0]-'0')*100 + int(code[1]-'0')*10 + int(code[2]-'0')
}

// Label returns a bank's code as it stands at the head of the slip, 341-7 or 748-X. It returns ErrUnknownBank for a bank New does not know.
func Label(bank string) (string, error) {
	rules, err := find(bank)
	return rules.label, err
}
