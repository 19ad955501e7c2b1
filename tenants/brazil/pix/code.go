// Package pix writes and reads the BR Code, the text behind a Pix QR and its "copia e cola".
//
// It follows BCB's Manual do BR Code and Manual de Padrões para Iniciação do Pix: EMV fields, each two digits of id, two of length and a value,
// the last one a CRC. Values that do not fit are errors; nothing is cut.
package pix

import (
	"errors"
	"fmt"
	"strings"

	"enlace/tenants/brazil"
	"enlace/tenants/money"
)

// Code is what a BR Code says. It has a Key (static: anyone may pay it, any number of times), a URL (dynamic: the PSP holds the charge behind it),
// a Recurrence (the payer agrees to Pix Automático), or a URL and a Recurrence (pays now and agrees).
type Code struct {
	Key        string      // see ParseKey
	URL        string      // where the PSP serves the charge; https:// may be left out
	Recurrence string      // where the PSP serves the recurrence, likewise
	Name       string      // of the receiver, at most 25 characters; accents are taken off, for the code is ASCII
	City       string      // at most 15, likewise
	CEP        string      // of the receiver, optional
	Amount     money.Cents // static only; 0 lets the payer choose
	TxID       string      // static only, 1 to 25 letters and digits; empty or *** is none
	Info       string      // static only, optional, shown to the payer; it shares 99 characters with the key
}

// Why a code cannot be written. Build wraps them with the field they are about.
var (
	ErrMissing = errors.New("missing")
	ErrTooLong = errors.New("too long")
	ErrText    = errors.New("a character that has no place in a BR Code")
	ErrKey     = errors.New("not a Pix key")
	ErrURL     = errors.New("not the address of a Pix charge")
	ErrTxID    = errors.New("not letters and digits")
	ErrCEP     = errors.New("not a CEP")
	ErrAmount  = errors.New("negative, or over ten digits of reais")
	ErrKind    = errors.New("not for a code of this kind")
)

const (
	gui       = "br.gov.bcb.pix" // says that a template is about Pix
	singleUse = "12"
	brl       = "986" // ISO 4217
	noTxID    = "***"

	maxName   = 25
	maxCity   = 15
	maxTxID   = 25
	maxURL    = 77
	maxKey    = 77
	maxAmount = 999_999_999_999 // cents: 9999999999.99 fills the field's 13 characters
)

// Build writes the copia e cola of a code. It returns an error that wraps one of the Err values for a field that is missing, wrong or too long.
// The limits of the fields keep the whole under 512 characters, BCB's limit.
func Build(c Code) (string, error) {
	account, err := c.account()
	if err != nil {
		return "", err
	}
	receiver, err := c.receiver()
	if err != nil {
		return "", err
	}
	amount, err := c.amount()
	if err != nil {
		return "", err
	}
	txid, err := c.txID()
	if err != nil {
		return "", err
	}
	recurrence, err := c.recurrence()
	if err != nil {
		return "", err
	}
	use := ""
	if c.Key == "" {
		use = field("01", singleUse)
	}
	return signed(field("00", "01") + use + field("26", account) + field("52", "0000") + field("53", brl) + amount +
		field("58", "BR") + receiver + field("62", field("05", txid)) + recurrence), nil
}

// account says who is paid, by key or by address.
func (c Code) account() (string, error) {
	switch dynamic := c.URL != "" || c.Recurrence != ""; {
	case dynamic && (c.Key != "" || c.Amount != 0 || c.TxID != "" || c.Info != ""):
		return "", fmt.Errorf("pix: key, amount, txid and info beside an address: %w", ErrKind)
	case c.URL != "":
		url, err := address("url", c.URL)
		return field("00", gui) + field("25", url), err
	case dynamic:
		return field("00", gui), nil
	}
	key, _, err := ParseKey(c.Key)
	if err != nil {
		return "", err
	}
	account := field("00", gui) + field("01", key)
	if c.Info == "" {
		return account, nil
	}
	info, err := text("info", c.Info, 99-len(account)-len("0200"))
	return account + field("02", info), err
}

func (c Code) receiver() (string, error) {
	name, err := text("name", c.Name, maxName)
	if err != nil {
		return "", err
	}
	city, err := text("city", c.City, maxCity)
	if err != nil || c.CEP == "" {
		return field("59", name) + field("60", city), err
	}
	cep, ok := brazil.CEP(c.CEP)
	if !ok {
		return "", fmt.Errorf("pix: cep: %w", ErrCEP)
	}
	return field("59", name) + field("60", city) + field("61", cep), nil
}

func (c Code) amount() (string, error) {
	if c.Amount < 0 || c.Amount > maxAmount {
		return "", fmt.Errorf("pix: amount: %w", ErrAmount)
	}
	if c.Amount == 0 {
		return "", nil
	}
	return field("54", c.Amount.Decimal()), nil
}

func (c Code) txID() (string, error) {
	if c.TxID == "" || c.TxID == noTxID {
		return noTxID, nil
	}
	if len(c.TxID) > maxTxID {
		return "", fmt.Errorf("pix: txid: %w", ErrTooLong)
	}
	if strings.IndexFunc(c.TxID, func(r rune) bool { return !isLetterOrDigit(r) }) >= 0 {
		return "", fmt.Errorf("pix: txid: %w", ErrTxID)
	}
	return c.TxID, nil
}

func (c Code) recurrence() (string, error) {
	if c.Recurrence == "" {
		return "", nil
	}
	url, err := address("recurrence", c.Recurrence)
	return field("80", field("00", gui)+field("25", url)), err
}
