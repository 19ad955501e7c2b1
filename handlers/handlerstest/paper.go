package handlerstest

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// CodesOn is what a phone reads on a printed PDF: every barcode as I2/5:… and every QR code as QR-Code:…, sorted.
func CodesOn(t testing.TB, pdf string) []string {
	t.Helper()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "papel.pdf"), []byte(pdf), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("pdftoppm", "-r", "200", "-gray", filepath.Join(folder, "papel.pdf"), filepath.Join(folder, "p")).CombinedOutput(); err != nil {
		t.Fatalf("pdftoppm: %v %s", err, out)
	}
	pages, _ := filepath.Glob(filepath.Join(folder, "p*.pgm"))
	// zbarimg answers 4 when a page lacks a kind of code; what counts is what it read.
	out, _ := exec.Command("zbarimg", append([]string{"-q", "-Sdisable", "-Si25.enable", "-Sqrcode.enable"}, pages...)...).Output()
	read := strings.Split(strings.TrimSpace(string(out)), "\n")
	slices.Sort(read)
	return read
}
