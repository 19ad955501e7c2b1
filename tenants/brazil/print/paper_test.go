package print

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// printed prints the slips into a file of the test's.
func printed(t *testing.T, slips []Slip) string { return printedFor(t, brand, slips) }

func printedFor(t *testing.T, brand Brand, slips []Slip) string {
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

// rasters returns the pictures of the pages of a file. It needs pdftoppm of poppler-utils.
func rasters(t *testing.T, file string, how ...string) []string {
	t.Helper()
	prefix := filepath.Join(t.TempDir(), "page")
	if out, err := exec.Command("pdftoppm", append(how, file, prefix)...).CombinedOutput(); err != nil {
		t.Fatalf("pdftoppm: %v %s", err, out)
	}
	pages, err := filepath.Glob(prefix + "*")
	if err != nil || len(pages) == 0 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	return pages
}

// raster is a picture in the form PGM or PPM: one byte a dot, or three.
type raster struct {
	width, height, bytes int
	dots                 []byte
}

func (r raster) dot(x, y int) []byte {
	at := (y*r.width + x) * r.bytes
	return r.dots[at : at+r.bytes]
}

func (r raster) dark(x, y int) bool { return r.dot(x, y)[0] < 128 }

func pageOf(t *testing.T, path string) raster {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r := raster{bytes: 1}
	if content[1] == '6' {
		r.bytes = 3
	}
	var kind int
	if _, err := fmt.Sscanf(string(content[:32]), "P%d\n%d %d\n255\n", &kind, &r.width, &r.height); err != nil {
		t.Fatal(err)
	}
	r.dots = content[len(content)-r.width*r.height*r.bytes:]
	return r
}
