package print

import (
	"bytes"
	"strings"
	"testing"

	"rsc.io/qr"
)

func TestTheBarcodeStandsWhereTheBanksWantIt(t *testing.T) {
	const dotsPerMM = 600 / 25.4
	page := pageOf(t, rasters(t, printed(t, carne(3)[:1]), "-r", "600", "-gray")[0])
	mm := func(dots int) float64 { return float64(dots) / dotsPerMM }
	dots := func(mm float64) int { return int(mm * dotsPerMM) }
	row := dots(slipHeight - 12)
	first, last := -1, -1
	for x := dots(cutX + 1); x < dots(fichaEnd); x++ {
		if page.dark(x, row) {
			if first < 0 {
				first = x
			}
			last = x
		}
	}
	top, bottom := row, row
	for page.dark(first+2, top-1) {
		top--
	}
	for page.dark(first+2, bottom+1) {
		bottom++
	}
	near := func(what string, got, want float64) {
		if got < want-0.1 || got > want+0.1 {
			t.Errorf("%s is %.2f mm, want %.2f", what, got, want)
		}
	}
	near("width", mm(last-first+1), 103)
	near("height", mm(bottom-top+1), 13)
	near("middle above the lower edge", slipHeight-mm(top+bottom)/2, 12)
	near("left edge", mm(first), fichaX+5)
}

func TestCodesAreTheSmallestOfLevelM(t *testing.T) {
	for _, n := range []int{1, 60, 180, 300, mostPix} {
		text := strings.Repeat("a", n)
		code, err := encodeQR(text)
		want, wantErr := qr.Encode(text, qr.M)
		if err != nil || wantErr != nil || code.Size != want.Size || !bytes.Equal(code.Bitmap, want.Bitmap) {
			t.Errorf("%d characters: %v, %v", n, err, wantErr)
		}
	}
	if _, err := encodeQR(strings.Repeat("a", 3000)); !is(err, ErrPixTooLong) {
		t.Errorf("3000 characters: %v", err)
	}
}

func TestCodesThatCannotBeDrawnAreRefusedBeforeAnythingIs(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*Slip)
		want  error
	}{
		"nothing to pay with": {func(s *Slip) { s.Bank, s.Pix = nil, "" }, ErrNoWayToPay},
		"short barcode":       {func(s *Slip) { s.Bank.Barcode = s.Bank.Barcode[:42] }, ErrBarcode},
		"letter in a barcode": {func(s *Slip) { s.Bank.Barcode = s.Bank.Barcode[:43] + "X" }, ErrBarcode},
		"endless Pix":         {func(s *Slip) { s.Pix = strings.Repeat("0", 513) }, ErrPixTooLong},
	} {
		slips := carne(4)
		c.spoil(&slips[3])
		var out bytes.Buffer
		press, err := NewPress(&out, imprint)
		if err != nil {
			t.Fatal(err)
		}
		before := out.Len()
		if err := press.Booklet(brand, slips); !is(err, c.want) || !strings.Contains(err.Error(), "C318-04") || out.Len() != before {
			t.Errorf("%s: %v, %d bytes drawn", name, err, out.Len()-before)
		}
	}
}
