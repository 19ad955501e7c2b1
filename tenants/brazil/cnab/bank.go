package cnab

import (
	"strings"

	"enlace/tenants/brazil/boleto"
)

// bank is what a bank decides alone, in tables. One more bank is one more file, which registers itself.
type bank struct {
	returns240 *layout240
	returns400 *layout400
	remessas   []remessa // the one it prefers first

	// figures writes a nosso número as the bank's files do, from the way it is printed; empty for one that is not of the agreement.
	figures func(printed string, terms *boleto.Input) string
	// place puts the figures of a retorno where a boleto is numbered from, and returns false for what cannot be the bank's.
	place func(figures string, in *boleto.Input) bool

	// named is an agreement as the bank's retorno names it, what the bank leaves out being empty. Code is that of Sender.
	named func(terms *boleto.Input, code string) Agreement
}

var banks = map[string]bank{}

func register(code string, b bank) { banks[code] = b }

// Printed returns a title's nosso número as it stands on the slip, by which the slip is found. Terms are those of the agreement.
// It returns a *boleto.Error when the figures are not the bank's, are another agreement's, or their check digit does not match.
func (r *Return) Printed(t Title, terms boleto.Input) (string, error) {
	known := banks[r.Bank]
	if known.place == nil || !known.place(t.NossoNumero, &terms) {
		return "", &boleto.Error{Field: "nosso_numero", Err: boleto.ErrValue}
	}
	slip, err := boleto.New(r.Bank, terms, t.Due, 0)
	return slip.NossoNumero, err
}

// IsOf says whether a retorno is of an agreement: its code, or where the bank says none its account, is the agreement's, and its branch no other.
// Code is that of Sender.
func (r *Return) IsOf(terms boleto.Input, code string) bool {
	named := banks[r.Bank].named
	if named == nil {
		return false
	}
	said, own := r.Agreement.significant(), named(&terms, code).significant()
	switch {
	case said.Branch != "" && own.Branch != "" && said.Branch != own.Branch:
		return false
	case said.Code != "" && own.Code != "":
		return said.Code == own.Code
	}
	return said.Account != "" && said.Account == own.Account
}

// significant leaves of the figures their digits without the zeros before them, of which each column has as many as it is wide.
func (a Agreement) significant() Agreement {
	digit := func(c rune) rune {
		if c < '0' || c > '9' {
			return -1
		}
		return c
	}
	for _, part := range []*string{&a.Code, &a.Branch, &a.Account} {
		*part = strings.TrimLeft(strings.Map(digit, *part), "0")
	}
	return a
}

// cutWallet takes the carteira, before a slash, from a printed nosso número. It returns an empty text when it is not the agreement's.
func cutWallet(printed string, terms *boleto.Input) string {
	wallet, rest, _ := strings.Cut(printed, "/")
	if strings.TrimLeft(wallet, "0") != strings.TrimLeft(terms.Carteira, "0") {
		return ""
	}
	return rest
}

// cutDigit takes the check digit, one character behind a hyphen, from a printed nosso número.
func cutDigit(printed string) (number, digit string) {
	n := len(printed) - 2
	if n < 0 || printed[n] != '-' {
		return printed, ""
	}
	return printed[:n], printed[n+1:]
}

// figuresOf joins so many digits and a check digit, a digit or the bank's letter for ten; it returns an empty text for any other shape.
func figuresOf(number, digit string, length int, ten string) string {
	if len(number) != length || !onlyDigits(number) || len(digit) != 1 || !onlyDigits(digit) && digit != ten {
		return ""
	}
	return number + digit
}

// numbered takes figures of so many digits and a check digit apart, as most banks return them.
func numbered(figures string, length int, in *boleto.Input) bool {
	if len(figures) != length+1 || !onlyDigits(figures[:length]) {
		return false
	}
	in.NossoNumero, in.NossoNumeroDV = figures[:length], figures[length:]
	return true
}
