package brazil

import (
	"context"
	"errors"
	"strings"
	"time"
)

// CEP reads a postal code as a person types it, 69005-070 or 69005070, and returns its 8 digits, and false when it is none.
// Whether it exists only a Lookup knows.
func CEP(typed string) (string, bool) {
	s := unpunctuated(typed)
	if strings.Contains(typed, "/") { // a day has eight figures, too
		return "", false
	}
	if len(s) != 8 || !allDigits(s) || s == "00000000" {
		return "", false
	}
	return s, true
}

// FormatCEP writes 69005-070. Anything that is not 8 characters comes back as it is.
func FormatCEP(digits string) string {
	if len(digits) != 8 {
		return digits
	}
	return digits[:5] + "-" + digits[5:]
}

// Address is what a provider says about a CEP. It is a hint: it never replaces what a person has typed, and any of it but CEP and State may be empty.
type Address struct {
	CEP      string // 8 digits
	Street   string // logradouro
	District string // bairro
	City     string
	State    string // UF
	CityCode string // IBGE's, 7 digits, or empty; it is the key of the city, names change
}

// General says that the CEP is a CEP geral, one for a whole town: street and district have to be typed.
// The empty street decides, not the ending 000, which the Praça da Sé (01001-000) has too.
func (a Address) General() bool { return a.Street == "" }

// LookupLimit is how long a person waits for a Lookup before typing the address.
const LookupLimit = 2 * time.Second

var (
	ErrNoCEP        = errors.New("no such CEP")
	ErrNoCEPService = errors.New("no provider of CEPs answered")
)

// Lookup finds the address of a CEP of 8 digits. It returns ErrNoCEP when the CEP does not exist,
// and ErrNoCEPService when nobody could say, which must not keep anyone from typing the address.
type Lookup interface {
	Address(ctx context.Context, cep string) (Address, error)
}
