// Package psp is what a receiver asks of the bank behind its Pix (PSP): to keep charges, and to say what came in. It follows the Central Bank's
// API Pix 2.9 and knows no network; jobs has the door.
package psp

import (
	"context"
	"fmt"
	"io"
	"time"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// Account is a receiver's access to its PSP.
type Account struct {
	ID           string // tells it from every other account of the installation, and is the same at every opening
	BaseURL      string // before /cob, without a slash at its end
	TokenURL     string
	ClientID     string
	ClientSecret string
	Certificate  string // of the receiver, in PEM, with those between it and its root
	PrivateKey   string // of the certificate, in PEM
}

// Format keeps the secrets out of whatever prints an account.
func (a Account) Format(out fmt.State, _ rune) { _, _ = io.WriteString(out, "psp.Account "+a.ID) }

// Doors opens the door to the PSP of an account. It returns ErrCredentials for a certificate that is none, or not that of the key.
type Doors interface {
	Open(Account) (Door, error)
}

// Door asks a PSP, as one account. An error is or wraps *Refused, ErrNotFound, ErrLater or ErrCredentials; none names a secret, a document or
// a token. No method is called inside a transaction.
type Door interface {
	// Put has a charge kept, or finds that it is: asked again after an answer that was lost, it answers as the first time.
	Put(ctx context.Context, c Charge) (*Kept, error)
	// Change gives a kept charge another amount, due date or fine.
	Change(ctx context.Context, c Charge) (*Kept, error)
	// Remove takes a charge back. One that was paid meanwhile stays so: its Status is Done.
	Remove(ctx context.Context, kind Kind, txid string) (*Kept, error)
	// Get reads a charge with what was paid of it.
	Get(ctx context.Context, kind Kind, txid string) (*Kept, error)
	// Received lists what came in from an instant to another, a page at a time; the first page is 0.
	Received(ctx context.Context, from, to time.Time, page int) (Page, error)
	// Pix reads one Pix that came in.
	Pix(ctx context.Context, endToEnd string) (*Paid, error)
	// SetWebhook names the address the PSP calls with /pix at its end, about the Pix of a key.
	SetWebhook(ctx context.Context, key, url string) error
	// Webhook is the address that was named; ErrNotFound when none was.
	Webhook(ctx context.Context, key string) (url string, err error)
}

// Kind tells the two kinds of charges apart, by the word of their address.
type Kind string

// The kinds of charges.
const (
	Immediate Kind = "cob"
	Dated     Kind = "cobv"
)

// Charge is what somebody is to pay by Pix.
type Charge struct {
	TxID   string // 26 to 35 letters and digits, the receiver's own
	Key    string // the Pix key that is paid
	Amount money.Cents
	Payer  Payer  // of an immediate one optional
	Note   string // shown to the payer, at most 140 letters

	Lifetime time.Duration // of an immediate one, from its making

	Due        calendar.Date // zero: it is immediate
	PayableFor int           // days after Due on which it is still taken
	Fine       Percent       // once, after Due
	Interest   Percent       // a month, by civil days after Due
	Discount   money.Cents   // until Due
}

// Kind of the charge.
func (c Charge) Kind() Kind {
	if c.Due.IsZero() {
		return Immediate
	}
	return Dated
}

// Percent counts hundredths of a percent: 200 is 2 %.
type Percent int

// String writes it as the API takes it: 2.00.
func (p Percent) String() string { return money.Cents(p).Decimal() }

// Payer is who owes a charge; anybody may pay it.
type Payer struct {
	Document string // CPF, 11 digits, or CNPJ, 14 characters
	Name     string
}

// Kept is a charge as the PSP keeps it.
type Kept struct {
	Kind      Kind
	TxID      string
	Status    Status
	Revision  int // counts the changes
	Key       string
	Amount    money.Cents
	Due       calendar.Date
	Location  string // where the payer's bank reads it, without https://
	CopyPaste string // Pix copia e cola; "" when the PSP leaves it to us
	Paid      []Paid
}

// Status of a kept charge. It says nothing of its age: an expired one is still active.
type Status string

// The statuses.
const (
	Active            Status = "ATIVA"
	Done              Status = "CONCLUIDA" // paid: takes no other payment
	RemovedByReceiver Status = "REMOVIDA_PELO_USUARIO_RECEBEDOR"
	RemovedByPSP      Status = "REMOVIDA_PELO_PSP"
)

// Paid is a Pix that came in.
type Paid struct {
	EndToEnd string // 32 letters and digits, the same at every bank
	TxID     string // of the charge, or of a static code; "" when the payer typed the key
	Key      string // that was paid; "" when the PSP does not say
	Amount   money.Cents
	At       time.Time
	Late     money.Cents // fine and interest within the amount, as the PSP reckoned them
	Returns  []Return
}

// Returned is what was given back of it for good.
func (p Paid) Returned() (sum money.Cents) {
	for _, r := range p.Returns {
		if r.Status == "DEVOLVIDO" {
			sum += r.Amount
		}
	}
	return sum
}

// Return is a part that was given back, or is to be.
type Return struct {
	ID     string
	Amount money.Cents
	Status string // EM_PROCESSAMENTO, DEVOLVIDO, NAO_REALIZADO
}

// Page is one page of what came in.
type Page struct {
	Paid []Paid
	More bool
}
