package print

import (
	"errors"
	"sync/atomic"

	"rsc.io/qr/coding"

	"enlace/tenants/brazil/boleto"
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
	code, err := encodeQR(pix)
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

// plans are the layouts of QR codes by version. Working one out takes longer than encoding a text into it.
var plans [coding.MaxVersion + 1]atomic.Pointer[coding.Plan]

// encodeQR makes the smallest code of level M, which BCB asks for, that holds a text byte by byte: a Pix always has small letters.
func encodeQR(text string) (*coding.Code, error) {
	data, v := coding.String(text), coding.Version(coding.MinVersion)
	for data.Bits(v) > v.DataBytes(coding.M)*8 {
		if v++; v > coding.MaxVersion {
			return nil, ErrPixTooLong
		}
	}
	plan := plans[v].Load()
	if plan == nil {
		var err error
		if plan, err = coding.NewPlan(v, coding.M, 0); err != nil {
			return nil, err
		}
		plans[v].Store(plan)
	}
	return plan.Encode(data)
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
