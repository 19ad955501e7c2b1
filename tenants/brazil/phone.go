package brazil

import (
	"errors"
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"
)

// ErrPhone means that a text is not a telephone number; without a plus it is taken as Brazilian and needs its DDD.
var ErrPhone = errors.New("not a telephone number with its DDD")

// Phone reads a telephone as a person types it, (92) 99123-4567 or +351 912 345 678, and returns it in E.164, +5592991234567.
// It returns ErrPhone for anything else; letters, which a keypad would turn into digits, among it.
func Phone(typed string) (string, error) {
	if strings.ContainsFunc(typed, unicode.IsLetter) {
		return "", ErrPhone
	}
	n, err := phonenumbers.Parse(typed, "BR")
	if err != nil || !phonenumbers.IsValidNumber(n) {
		return "", ErrPhone
	}
	return phonenumbers.Format(n, phonenumbers.E164), nil
}

// FormatPhone writes an E.164 number for people: (92) 99123-4567 when Brazilian, +351 912 345 678 when not. Anything else comes back as it is.
func FormatPhone(e164 string) string {
	n, err := phonenumbers.Parse(e164, "BR")
	if err != nil {
		return e164
	}
	if n.GetCountryCode() == 55 {
		return phonenumbers.Format(n, phonenumbers.NATIONAL)
	}
	return phonenumbers.Format(n, phonenumbers.INTERNATIONAL)
}
