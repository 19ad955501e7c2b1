// Package print draws what goes on paper, as PDF: slips and carnês, three to an A4 page, and contracts. It knows only plain data, no
// customer and no database, and equal data gives equal bytes. A Press is one PDF file; every kind of paper is a method of it.
//
// Lengths are millimetres from the top left corner, type sizes are points.
package print

import (
	"errors"
	"fmt"

	"enlace/tenants/brazil/boleto"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// Slip is one instalment: a boleto, with or without a Pix, or a Pix alone.
// Texts are printed as given: documents and numbers come with their dots and with the name of what they are, "CPF 529.982.247-25".
type Slip struct {
	Beneficiary Party
	Payer       Party
	Bank        *Bank  // nil without a bank agreement: the slip then asks for a Pix
	Pix         string // copia e cola; "" leaves out the QR code

	Due          calendar.Date
	PayableUntil calendar.Date // last day without late charges, when the due date is no business day; zero for Due
	IssuedOn     calendar.Date
	Amount       money.Cents
	Document     string // number of the document
	Instalment   int    // k of n, from 1
	Of           int

	Telegram     string   // link into the ISP's bot, on the stub; "" leaves it out
	Heading      string   // what is charged and for when, printed bold: "Fibra 500 Mega, 10/12/2026 a 10/01/2027"
	Instructions []string // one a line: how the amount comes about, late charges
}

// Party is the one who is paid or the one who pays.
type Party struct {
	Name     string
	Document string // CPF or CNPJ
	Address  string
}

// Bank is what the bank adds to make a slip a boleto. All of it is mandatory but Wallet and Species.
type Bank struct {
	Name        string
	Code        string // with check digit: "756-0"
	Agency      string // agência / código do beneficiário
	Wallet      string // carteira
	Species     string // espécie do documento; "" for DM
	NossoNumero string
	Line        string // linha digitável, formatted
	Barcode     string // 44 digits
}

// ErrNoWayToPay means a slip with neither bank nor Pix.
var ErrNoWayToPay = errors.New("a slip needs a bank or a Pix")

// check refuses what cannot be drawn, before anything is.
func (s *Slip) check() error {
	if s.Bank == nil && s.Pix == "" {
		return fmt.Errorf("slip %s: %w", s.Document, ErrNoWayToPay)
	}
	if s.Bank != nil {
		if _, err := boleto.Bars(s.Bank.Barcode); err != nil || len(s.Bank.Barcode) != 44 {
			return fmt.Errorf("slip %s: a barcode of %d digits: %w", s.Document, len(s.Bank.Barcode), errors.Join(err, ErrBarcode))
		}
	}
	if _, err := encodeQR(s.Telegram); err != nil {
		return fmt.Errorf("slip %s: its link: %w", s.Document, err)
	}
	if len(s.Pix) > mostPix {
		return fmt.Errorf("slip %s: a Pix of %d characters: %w", s.Document, len(s.Pix), ErrPixTooLong)
	}
	return nil
}

// payableUntil is the last day without late charges.
func (s *Slip) payableUntil() calendar.Date {
	if s.PayableUntil.IsZero() {
		return s.Due
	}
	return s.PayableUntil
}

// instalment is "3 / 12".
func (s *Slip) instalment() string { return fmt.Sprintf("%d / %d", s.Instalment, s.Of) }
