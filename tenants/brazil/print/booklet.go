package print

import (
	"fmt"
	"io"
)

// Brand is how the ISP signs its papers.
type Brand struct {
	Name string // nome fantasia
	Logo *Logo  // stands in place of the name; nil for none
}

const (
	slipHeight   = 99.0 // mm: a third of A4, within the 95 to 108 that banks allow a ficha
	slipsPerPage = 3
)

// Booklet writes a file with the slips of one carnê, three to a page, in their order. A single slip is a carnê of one.
// It returns ErrNoFont, ErrNoPages without slips, and the errors of Press.Booklet.
func Booklet(w io.Writer, imprint Imprint, brand Brand, slips []Slip) error {
	p, err := NewPress(w, imprint)
	if err != nil {
		return err
	}
	if err := p.Booklet(brand, slips); err != nil {
		return err
	}
	return p.Close()
}

// Booklet prints a carnê on pages of its own. It returns ErrNoWayToPay, ErrBarcode or ErrPixTooLong, with the slip's document, for a
// slip that cannot be drawn: then nothing of the carnê is printed, and the file can go on. Any other error is the writer's.
func (p *Press) Booklet(brand Brand, slips []Slip) error {
	for i := range slips {
		if err := slips[i].check(); err != nil {
			return err
		}
	}
	for i := range slips {
		place := i % slipsPerPage
		p.page.top = float64(place) * slipHeight
		p.sign(brand)
		if err := p.page.slip(&slips[i]); err != nil {
			return fmt.Errorf("slip %s: %w", slips[i].Document, err)
		}
		if place < slipsPerPage-1 {
			p.page.cutLine(0, slipHeight, pageWidth, slipHeight)
		}
		if place == slipsPerPage-1 || i == len(slips)-1 {
			p.endPage()
		}
	}
	return p.err
}

// sign draws who the paper is from, at the head of the recibo do pagador.
func (p *Press) sign(brand Brand) {
	s := &p.page
	if brand.Logo == nil {
		name, size := s.faces[bold].fit(encode(brand.Name), 11, 8, stubWidth)
		s.text(margin, headY-2.6, bold, size, name)
		return
	}
	w, h := brand.Logo.size()
	s.picture(margin, headY-0.9-h, w, h, p.logo(brand.Logo))
}

// slip draws the recibo do pagador at the left and, past the cut, what is paid with: the bank's ficha de compensação or the Pix.
func (s *sheet) slip(slip *Slip) error {
	if err := s.stub(slip); err != nil {
		return err
	}
	s.cutLine(cutX, 4, cutX, slipHeight-5)
	if slip.Bank == nil {
		return s.pixPart(slip)
	}
	return s.ficha(slip)
}
