package pix

import (
	"fmt"
	"regexp"
	"strings"

	"enlace/tenants/brazil"
)

// Kind is what a Pix key is.
type Kind string

const (
	CPF   Kind = "cpf"
	CNPJ  Kind = "cnpj"
	Phone Kind = "phone"
	Email Kind = "e-mail"
	EVP   Kind = "evp" // the random key, a UUID
)

var (
	uuid = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
	mail = regexp.MustCompile(`^[a-z0-9.!#$%&'*+/=?^_{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$`)
)

// ParseKey reads a Pix key and returns it as the DICT holds it, with its kind: CPF and CNPJ without punctuation, a CNPJ's letters in upper case,
// e-mail and random key in lower case, a telephone as +55 and digits. It returns ErrKey for anything else;
// a telephone without +55 is refused, because its 11 digits may be another person's CPF.
func ParseKey(typed string) (string, Kind, error) {
	s := strings.TrimSpace(typed)
	lower := strings.ToLower(s)
	switch {
	case s == "":
		return "", "", fmt.Errorf("pix: key: %w", ErrMissing)
	case len(s) > maxKey:
		return "", "", fmt.Errorf("pix: key: %w", ErrTooLong)
	case uuid.MatchString(lower):
		return lower, EVP, nil
	case mail.MatchString(lower):
		return lower, Email, nil
	case strings.HasPrefix(s, "+55"):
		if phone, err := brazil.Phone(s); err == nil && strings.HasPrefix(phone, "+55") {
			return phone, Phone, nil
		}
	default:
		if cpf, ok := brazil.CPF(s); ok {
			return cpf, CPF, nil
		}
		if cnpj, ok := brazil.CNPJ(s); ok {
			return cnpj, CNPJ, nil
		}
	}
	return "", "", fmt.Errorf("pix: key: %w", ErrKey)
}
