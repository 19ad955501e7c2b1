// Package cnab writes remessa, the fixed-width file that tells a bank of boletos to register, change or write off (remessa.go),
// and reads retorno, in which the bank says each day what became of them: registered, paid, written off, refused (return.go).
// Both are CNAB 240 (FEBRABAN v10) or the older CNAB 400. A bank is one file of tables, and a table both writes and reads.
//
// A payment is never guessed at. A record with a damaged field is left out of Titles and named among Problems, with its line and column;
// the rest of the file is read as if it were whole.
package cnab

import (
	"errors"
	"fmt"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// Return is one retorno file.
type Return struct {
	Layout         string // "CNAB240" or "CNAB400"
	Bank           string // COMPE code, three digits
	Agreement      Agreement
	FileSequence   string        // the bank's number of the file, one more each time (NSA)
	WrittenOn      calendar.Date // by the bank
	Titles         []Title       // in the order of the file
	TrailerMatches *bool         // whether the trailer counts the records that came; nil in CNAB 400, which has no such count
	Problems       []Problem     // in the order of the lines; empty for a sound file
}

// Agreement says whose file it is, in the bank's own figures. Which of them a bank fills differs.
type Agreement struct {
	Code    string // convênio, código do beneficiário or código da empresa
	Branch  string // agência, without check digit
	Account string // conta, without check digit
}

// Title is what a retorno says of one boleto. Amounts are cents and never negative.
type Title struct {
	Line        int    // of the record in the file, from 1; of segment T in CNAB 240
	NossoNumero string // as the bank writes it, zeros and check digit included
	Document    string // seu número, number of the document
	Control     string // what the ISP wrote for its own use (uso da empresa) and the bank gives back
	Movement    string // código de movimento or ocorrência, two characters, of the layout's own list
	Reasons     string // two characters each, why the bank refused or charged
	Due         calendar.Date
	OccurredOn  calendar.Date
	CreditedOn  calendar.Date // zero while nothing is credited
	Nominal     money.Cents
	Paid        money.Cents // the layout's paid value; where it has only a credited value (Itaú 400), that one
	Net         money.Cents // the layout's credited value; where it has only a paid value (Bradesco 400), that one
	Fee         money.Cents // tarifa of the bank
	Interest    money.Cents // juros and multa paid
	Discount    money.Cents
	Rebate      money.Cents // abatimento
	Channel     string      // where it was paid, in the bank's own code
	PixPayload  string      // copia e cola of a boleto with Pix, where the file carries it

	settles    bool
	creditOnly bool // Paid is what came to the account, maybe after the fee
}

// Settles says whether the record tells of a payment: movements 06 and 17 of CNAB 240, the bank's own list in CNAB 400.
// A fee (28) never does. Itaú's 10, "baixa por ter sido liquidado", does only with a Pix record: that is how a Pix on a boleto arrives.
func (t Title) Settles() bool { return t.settles }

// Received returns what the payer handed over, before the bank took its fee. It is Paid, but for layouts that tell only the credit:
// there the fee is put back when nominal, interest, discount and rebate prove that it was taken off.
func (t Title) Received() money.Cents {
	owed := t.Nominal + t.Interest - t.Discount - t.Rebate
	if t.creditOnly && t.Paid+t.Fee == owed {
		return owed
	}
	return t.Paid
}

// Key returns a name for the movement that under its agreement is the same each time the bank sends it again, so that it is applied once.
func (r *Return) Key(t Title) string {
	return fmt.Sprintf("%s/%s/%s/%s/%d", r.FileSequence, t.NossoNumero, t.Movement, t.OccurredOn, int64(t.Received()))
}

// Err returns all problems as one error, or nil for a sound file.
func (r *Return) Err() error {
	var all []error
	for _, p := range r.Problems {
		all = append(all, p)
	}
	return errors.Join(all...)
}

// Summary is what `enlace check cnab` prints of a file: sums over all its titles, whatever the movement.
type Summary struct {
	File           string      `json:"file"`
	Layout         string      `json:"layout"`
	Bank           string      `json:"bank"`
	Titles         int         `json:"titles"`
	Nominal        money.Cents `json:"sum_nominal_cents"`
	Paid           money.Cents `json:"sum_paid_cents"`
	Net            money.Cents `json:"sum_net_cents"`
	Fee            money.Cents `json:"sum_fee_cents"`
	TrailerMatches *bool       `json:"trailer_matches"`
}

// Summary sums the file up under the name it was opened by.
func (r *Return) Summary(file string) Summary {
	s := Summary{File: file, Layout: r.Layout, Bank: r.Bank, Titles: len(r.Titles), TrailerMatches: r.TrailerMatches}
	for _, t := range r.Titles {
		s.Nominal += t.Nominal
		s.Paid += t.Paid
		s.Net += t.Net
		s.Fee += t.Fee
	}
	return s
}

// What the columns of a retorno lead to.
var (
	agreementCode    = part[Return, string]{"agreement.code", func(r *Return) *string { return &r.Agreement.Code }}
	agreementBranch  = part[Return, string]{"agreement.branch", func(r *Return) *string { return &r.Agreement.Branch }}
	agreementAccount = part[Return, string]{"agreement.account", func(r *Return) *string { return &r.Agreement.Account }}
	fileSequence     = part[Return, string]{"file_sequence", func(r *Return) *string { return &r.FileSequence }}
	writtenOn        = part[Return, calendar.Date]{"written_on", func(r *Return) *calendar.Date { return &r.WrittenOn }}

	nossoNumero = part[Title, string]{"nosso_numero", func(t *Title) *string { return &t.NossoNumero }}
	document    = part[Title, string]{"document", func(t *Title) *string { return &t.Document }}
	control     = part[Title, string]{"control", func(t *Title) *string { return &t.Control }}
	movement    = part[Title, string]{"movement", func(t *Title) *string { return &t.Movement }}
	reasons     = part[Title, string]{"reasons", func(t *Title) *string { return &t.Reasons }}
	channel     = part[Title, string]{"channel", func(t *Title) *string { return &t.Channel }}
	pixPayload  = part[Title, string]{"pix_payload", func(t *Title) *string { return &t.PixPayload }}
	due         = part[Title, calendar.Date]{"due", func(t *Title) *calendar.Date { return &t.Due }}
	occurredOn  = part[Title, calendar.Date]{"occurred_on", func(t *Title) *calendar.Date { return &t.OccurredOn }}
	creditedOn  = part[Title, calendar.Date]{"credited_on", func(t *Title) *calendar.Date { return &t.CreditedOn }}
	nominal     = part[Title, money.Cents]{"nominal", func(t *Title) *money.Cents { return &t.Nominal }}
	paid        = part[Title, money.Cents]{"paid", func(t *Title) *money.Cents { return &t.Paid }}
	net         = part[Title, money.Cents]{"net", func(t *Title) *money.Cents { return &t.Net }}
	fee         = part[Title, money.Cents]{"fee", func(t *Title) *money.Cents { return &t.Fee }}
	interest    = part[Title, money.Cents]{"interest", func(t *Title) *money.Cents { return &t.Interest }}
	discount    = part[Title, money.Cents]{"discount", func(t *Title) *money.Cents { return &t.Discount }}
	rebate      = part[Title, money.Cents]{"rebate", func(t *Title) *money.Cents { return &t.Rebate }}
)
