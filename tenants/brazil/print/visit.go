package print

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// Visit is a work order (OS) as it goes on paper: what the technician takes along, fills in and has signed.
type Visit struct {
	Number    int64
	Kind      string // what it is for
	Status    string
	Provider  Party
	Customer  Party // with where the visit is as its address
	Phones    string
	Service   string
	Login     string
	Who, At   string // technicians; when and for how long, in words
	Protocol  string // of its ticket; "" for none
	Said      string
	Done      string   // "" while it is not over: then there are lines to write on
	Used      []string // materials, one a line
	SignedBy  string
	Signature *Logo // the drawing over SignedBy; nil for none
	PrintedAt time.Time
}

// The sheet, in millimetres.
const (
	visitTerm   = 30.0 // the terms of the facts
	visitLine   = 6.2
	writtenLine = 9.0 // that a pen fits on
	blankLines  = 6
	mostUsed    = 12

	visitFoot       = pageHeight - 24 // where both sign
	visitHalf       = 80.0
	signatureHeight = 14.0
	mostSaid        = 14 // lines of a paragraph
)

// Draw writes the work order as a PDF file. It returns ErrNoFont and the errors of w.
func (v *Visit) Draw(w io.Writer) error {
	p, err := NewPress(w, Imprint{Title: fmt.Sprintf("OS %d, %s", v.Number, v.Customer.Name), Author: v.Provider.Name, MadeAt: v.PrintedAt})
	if err != nil {
		return err
	}
	p.page.visit(v)
	if v.Signature != nil {
		w, h := v.Signature.within(visitHalf, signatureHeight)
		p.page.picture(reciboMargin+reciboWidth-visitHalf, visitFoot-h-0.5, w, h, p.logo(v.Signature))
	}
	p.endPage()
	return p.Close()
}

func (s *sheet) visit(v *Visit) {
	const aside, x = 60.0, reciboMargin
	s.line(x, 20, reciboWidth-aside, bold, 12, v.Provider.Name, left)
	s.line(x, 24.6, reciboWidth-aside, regular, 7.5, v.Provider.Document, left)
	s.line(x+reciboWidth-aside, 20, aside, bold, 14, fmt.Sprintf("OS %d", v.Number), right)
	s.line(x+reciboWidth-aside, 24.6, aside, regular, 8.5, v.Kind+", "+v.Status, right)
	s.rule(x, 28, x+reciboWidth, 28, 0.3)
	y := 35.0
	for _, fact := range [][2]string{{"Cliente", v.Customer.Name}, {"Telefones", v.Phones}, {"Endereço", v.Customer.Address}, {"Serviço", v.Service}, {"Login", v.Login},
		{"Técnico", v.Who}, {"Início", v.At}, {"Atendimento", v.Protocol}} {
		if fact[1] == "" {
			continue
		}
		s.line(x, y, visitTerm, bold, 9, fact[0], left)
		y = s.written(x+visitTerm, y, reciboWidth-visitTerm, fact[1], mostSaid) + visitLine
	}
	y = s.part(x, y, "Descrição")
	y = s.written(x, y, reciboWidth, v.Said, mostSaid) + visitLine
	y = s.part(x, y, "O que foi feito")
	if y = s.filled(x, y, v.Done); len(v.Used) > 0 || v.Done == "" {
		y = s.part(x, y, "Materiais")
		s.used(x, y, v)
	}
	signer := "Cliente"
	if v.SignedBy != "" {
		signer = "Cliente: " + v.SignedBy
	}
	for i, who := range []string{"Técnico", signer} {
		at := x + float64(i)*(reciboWidth-visitHalf)
		s.rule(at, visitFoot, at+visitHalf, visitFoot, 0.3)
		s.line(at, visitFoot+4, visitHalf, regular, 8, who, left)
	}
}

// part is the heading of a part, under a rule.
func (s *sheet) part(x, y float64, title string) float64 {
	s.rule(x, y-2, x+reciboWidth, y-2, 0.2)
	s.line(x, y+3, reciboWidth, bold, 9, title, left)
	return y + 9
}

// written draws a text over as many lines as it needs, up to most, and returns the y of its last one.
func (s *sheet) written(x, y, width float64, text string, most int) float64 {
	n := 0
	for _, paragraph := range strings.Split(text, "\n") {
		for _, l := range s.prose(Text{{Letters: paragraph}}, false, proseSize, width) {
			if n++; n > most {
				return y - proseLine
			}
			s.drawLine(x, y, proseSize, l)
			y += proseLine
		}
	}
	return y - proseLine
}

// filled draws what was done, or the lines to write it on.
func (s *sheet) filled(x, y float64, done string) float64 {
	if done != "" {
		return s.written(x, y, reciboWidth, done, mostSaid) + visitLine
	}
	return s.blank(x, y, blankLines)
}

func (s *sheet) blank(x, y float64, n int) float64 {
	for range n {
		y += writtenLine
		s.rule(x, y-4, x+reciboWidth, y-4, 0.15)
	}
	return y + 2
}

// used draws the materials, and lines for more while the visit is not over.
func (s *sheet) used(x, y float64, v *Visit) {
	for _, one := range v.Used[:min(len(v.Used), mostUsed)] {
		s.line(x, y, reciboWidth, regular, 9, one, left)
		y += visitLine
	}
	if v.Done == "" {
		s.blank(x, y-4, 3)
	}
}
