package psp

import "errors"

// What keeps a PSP from doing what it is asked.
var (
	ErrNotFound    = errors.New("psp: the PSP has no such thing")
	ErrLater       = errors.New("psp: the PSP does not answer; try again later")
	ErrCredentials = errors.New("psp: the PSP does not take these credentials")
)

// Refused means that the PSP will not do it, however often it is asked.
type Refused struct {
	Title string // in the PSP's words
	Field string // which the PSP finds wrong, as cobv.valor.original; "" when it does not say
	Why   string
}

func (r *Refused) Error() string {
	said := "psp: refused: " + r.Title
	if r.Field != "" {
		said += ": " + r.Field
	}
	if r.Why != "" {
		said += ": " + r.Why
	}
	return said
}
