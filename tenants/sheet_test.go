package tenants_test

import (
	"bytes"
	"testing"

	"enlace/tenants"
)

func TestASheetHoldsNoFormula(t *testing.T) {
	var out bytes.Buffer
	sheet, err := tenants.NewSheet(&out, "Nome", "Nota")
	if err != nil {
		t.Fatal(err)
	}
	for _, cell := range []string{"=1+1", "+55", "-2+3", "@x", "\tx", "\rx", "a;b", "ok", "−1.234,56", "-0,10", "−x"} {
		if err := sheet.Row(cell, "José"); err != nil {
			t.Fatal(err)
		}
	}
	if err := sheet.Close(); err != nil {
		t.Fatal(err)
	}
	want := "\ufeffNome;Nota\r\n'=1+1;José\r\n'+55;José\r\n'-2+3;José\r\n'@x;José\r\n'\tx;José\r\n\"'x\";José\r\n\"a;b\";José\r\nok;José\r\n-1.234,56;José\r\n-0,10;José\r\n−x;José\r\n"
	if got := out.String(); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
