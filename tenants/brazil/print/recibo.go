package print

import (
	"fmt"
	"io"
	"time"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// Recibo is that money was received, as it goes on paper: once for who paid and once for the ISP, on one sheet.
type Recibo struct {
	Number   int64
	Provider Party
	City     string
	Payer    Party
	Amount   money.Cents
	Form     string // code of the form of payment; reciboForms has its words
	Through  string // the correspondente that took it; "" for none
	Lines    []ReciboLine
	On       calendar.Date // the day the money counts for
	At       time.Time     // when it was received, as its clocks show
	By       string        // who received it; "" for nobody by name
	Again    bool          // it was printed before: a 2ª via
	Undone   []string      // what was taken back since, a sentence each
}

// ReciboLine is what a part of the money was for.
type ReciboLine struct {
	What, Memo string
	Amount     money.Cents
}

var reciboForms = map[string]string{"cash": "em dinheiro", "debit_card": "em cartão de débito", "credit_card": "em cartão de crédito", "pix": "por Pix",
	"transfer": "por transferência", "cheque": "em cheque"}

// The halves of the sheet, in millimetres.
const (
	reciboHeight = pageHeight / 2
	reciboMargin = 15.0
	reciboWidth  = pageWidth - 2*reciboMargin
	reciboLine   = 7.2 // a line with its memo
	mostLines    = 8   // that a half holds
)

// Draw writes the recibo as a PDF file. It returns ErrNoFont and the errors of w.
func (r *Recibo) Draw(w io.Writer) error {
	p, err := NewPress(w, Imprint{Title: fmt.Sprintf("Recibo %d, %s", r.Number, r.Payer.Name), Author: r.Provider.Name, MadeAt: r.At})
	if err != nil {
		return err
	}
	for i, whose := range []string{"via do cliente", "via do provedor"} {
		p.page.top = float64(i) * reciboHeight
		p.page.recibo(r, whose)
	}
	p.page.top = 0
	p.page.cutLine(0, reciboHeight, pageWidth, reciboHeight)
	p.endPage()
	return p.Close()
}

// recibo draws one of the two halves.
func (s *sheet) recibo(r *Recibo, whose string) {
	const aside, x = 52.0, reciboMargin
	s.line(x, 18, reciboWidth-aside, bold, 11, r.Provider.Name, left)
	s.line(x, 22.6, reciboWidth-aside, regular, 7.5, r.Provider.Document, left)
	s.line(x, 26.2, reciboWidth-aside, regular, 7.5, r.Provider.Address, left)
	s.line(x+reciboWidth-aside, 18, aside, bold, 13, fmt.Sprintf("Recibo %d", r.Number), right)
	if r.Again {
		whose = "2ª " + whose
	}
	s.line(x+reciboWidth-aside, 22.6, aside, regular, 7.5, whose, right)
	s.rule(x, 29.4, x+reciboWidth, 29.4, 0.3)
	y := s.said(x, 36.5, r.sentence())
	y = s.reciboLines(x, y+3, r)
	for _, undone := range r.Undone {
		y += 4.4
		s.line(x, y, reciboWidth, bold, 8.5, undone, left)
	}
	s.signed(r)
}

// said draws a paragraph and returns the y below it.
func (s *sheet) said(x, y float64, t Text) float64 {
	for _, l := range s.prose(t, false, proseSize, reciboWidth) {
		s.drawLine(x, y, proseSize, l)
		y += proseLine
	}
	return y
}

// sentence is who paid how much, in figures and in words, and how.
func (r *Recibo) sentence() Text {
	how := reciboForms[r.Form]
	if r.Through != "" {
		how += ", pelo correspondente " + r.Through
	}
	return Text{{Letters: "Recebemos de "}, {Letters: r.Payer.Name, Bold: true}, {Letters: ", " + r.Payer.Document + ", a quantia de "},
		{Letters: r.Amount.BRL(), Bold: true}, {Letters: " (" + r.Amount.InWords() + "), " + how + ", referente a:"}}
}

// reciboLines draws what the money was for; what is too much for the paper is summed up in its last line.
func (s *sheet) reciboLines(x, y float64, r *Recibo) float64 {
	const figures = 30.0
	lines := r.Lines
	if len(lines) > mostLines {
		rest := ReciboLine{What: fmt.Sprintf("e mais %d itens", len(lines)-mostLines+1)}
		for _, line := range lines[mostLines-1:] {
			rest.Amount += line.Amount
		}
		lines = append(append([]ReciboLine(nil), lines[:mostLines-1]...), rest)
	}
	for _, line := range lines {
		s.line(x, y, reciboWidth-figures, regular, 9, line.What, left)
		s.line(x+reciboWidth-figures, y, figures, regular, 9, line.Amount.String(), right)
		if line.Memo != "" {
			s.op("0.3 g")
			s.line(x, y+3, reciboWidth-figures, regular, 6.5, line.Memo, left)
			s.op("0 g")
		}
		y += reciboLine
	}
	s.rule(x, y-3.4, x+reciboWidth, y-3.4, 0.2)
	s.line(x, y+1, reciboWidth-figures, bold, 9, "Total, R$", left)
	s.line(x+reciboWidth-figures, y+1, figures, bold, 9, r.Amount.String(), right)
	return y + 2
}

// signed draws where and when, and the line to sign on.
func (s *sheet) signed(r *Recibo) {
	const x, foot, half = reciboMargin, reciboHeight - 20, 75.0
	where := r.On.BR()
	if r.City != "" {
		where = r.City + ", " + where
	}
	s.line(x, foot, reciboWidth-half-6, regular, 9, where, left)
	if entered := calendar.Of(r.At); entered != r.On {
		s.line(x, foot+4, reciboWidth-half-6, regular, 7.5, "registrado em "+entered.BR(), left)
	}
	s.rule(x+reciboWidth-half, foot, x+reciboWidth, foot, 0.3)
	by := r.Provider.Name
	if r.By != "" {
		by = "Recebido por " + r.By
	}
	s.line(x+reciboWidth-half, foot+4, half, regular, 8, by, left)
}
