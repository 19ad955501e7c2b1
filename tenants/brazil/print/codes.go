package print

import (
	"errors"

	"enlace/tenants/brazil/boleto"
	"rsc.io/qr"
)

// mostPix is the longest copia e cola there is (API Pix, pixCopiaECola).
const mostPix = 512

var (
	// ErrBarcode means a barcode that is not 44 digits.
	ErrBarcode = errors.New("a barcode has 44 digits")
	// ErrPixTooLong means a copia e cola beyond 512 characters.
	ErrPixTooLong = errors.New("a Pix has at most 512 characters")
)

// quiet is the blank border of a QR code, in modules (ISO/IEC 18004).
const quiet = 4

// qrCode draws a Pix as a QR code, size millimetres wide with its border. Black modules that touch in a row are one rectangle,
// and all are one path, so that no reader shows a seam between them.
func (s *sheet) qrCode(x, y, size float64, pix string) error {
	code, err := qr.Encode(pix, qr.M)
	if err != nil {
		return err
	}
	module := size / float64(code.Size+2*quiet)
	s.cells(x+quiet*module, y+quiet*module, module, module)
	for row := range code.Size {
		for column := 0; column < code.Size; column++ {
			start := column
			for code.Black(column, row) {
				column++
			}
			if column > start {
				s.cell(start, row, column-start, 1)
			}
		}
	}
	s.done()
	return nil
}

// barcode draws the ITF-25 symbol, 103 by 13 mm. The caller keeps its quiet zone blank.
func (s *sheet) barcode(x, y float64, digits string) error {
	widths, err := boleto.Bars(digits)
	if err != nil {
		return err
	}
	s.cells(x, y, boleto.BarsWidth/boleto.BarsModules, boleto.BarsHeight)
	at := 0
	for i, w := range widths {
		if i%2 == 0 {
			s.cell(at, 0, int(w), 1)
		}
		at += int(w)
	}
	s.done()
	return nil
}
