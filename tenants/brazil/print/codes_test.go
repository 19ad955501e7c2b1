package print

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestPrintedCodesAreReadBackByAScanner(t *testing.T) {
	slips := carne(12)
	slips[4].Bank = nil
	var want []string
	for _, slip := range slips {
		want = append(want, slip.Pix)
		if slip.Bank != nil {
			want = append(want, slip.Bank.Barcode)
		}
	}
	var got []string
	for _, page := range rasters(t, slips, "-r", "200", "-png") {
		// zbarimg answers 4 when it misses a symbol class on a page; what counts is what it read
		read, _ := exec.Command("zbarimg", "-q", "--raw", "-Sdisable", "-Si25.enable", "-Sqrcode.enable", page).Output()
		got = append(got, strings.Split(strings.TrimSpace(string(read)), "\n")...)
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("read %d codes of %d\n%s\nwant\n%s", len(got), len(want), strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestTheBarcodeStandsWhereTheBanksWantIt(t *testing.T) {
	const dotsPerMM = 600 / 25.4
	page := grayPage(t, rasters(t, carne(3)[:1], "-r", "600", "-gray")[0])
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

// rasters prints the slips and returns the pictures of the pages. It needs pdftoppm of poppler-utils.
func rasters(t *testing.T, slips []Slip, how ...string) []string {
	t.Helper()
	file := printed(t, slips)
	prefix := filepath.Join(t.TempDir(), "page")
	if out, err := exec.Command("pdftoppm", append(how, file, prefix)...).CombinedOutput(); err != nil {
		t.Fatalf("pdftoppm: %v %s", err, out)
	}
	pages, err := filepath.Glob(prefix + "*")
	if err != nil || len(pages) != (len(slips)+2)/3 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	return pages
}

func printed(t *testing.T, slips []Slip) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "carne.pdf")
	var out bytes.Buffer
	if err := Booklet(&out, imprint, brand, slips); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// gray is a picture in the form PGM, one byte a dot.
type gray struct {
	width int
	dots  []byte
}

func (g gray) dark(x, y int) bool { return g.dots[y*g.width+x] < 128 }

func grayPage(t *testing.T, path string) gray {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var width, height int
	if _, err := fmt.Sscanf(string(content[:32]), "P5\n%d %d\n255\n", &width, &height); err != nil {
		t.Fatal(err)
	}
	return gray{width, content[len(content)-width*height:]}
}
