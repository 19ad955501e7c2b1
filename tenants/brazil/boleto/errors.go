package boleto

import (
	"errors"
	"strconv"
)

// What can be wrong with a slip. They come wrapped in an *Error; test with errors.Is.
var (
	ErrUnknownBank = errors.New("unknown bank")
	ErrMissing     = errors.New("missing")
	ErrNotDigit    = errors.New("not a digit")
	ErrTooLong     = errors.New("too long")
	ErrLength      = errors.New("wrong length")
	ErrValue       = errors.New("not a value the bank uses")
	ErrCheckDigit  = errors.New("check digit does not match")
	ErrAmount      = errors.New("amount is negative or over the bank's limit")
	ErrFactor      = errors.New("due date has no factor, or factor no due date, in the window")
	ErrCurrency    = errors.New("currency is not the real")
	ErrArrecadacao = errors.New("slip of arrecadação, not a bank slip")
	ErrExhausted   = errors.New("the bank's range of nosso número is used up")
)

// Error says what is wrong and where.
type Error struct {
	Field    string // JSON name of the field, or of the argument
	Position int    // of the offending character, from 1; 0 when the field as a whole is wrong
	Err      error  // one of the Err values above
}

func (e *Error) Error() string {
	text := "boleto: " + e.Field + ": " + e.Err.Error()
	if e.Position > 0 {
		text += " at position " + strconv.Itoa(e.Position)
	}
	return text
}

func (e *Error) Unwrap() error { return e.Err }
