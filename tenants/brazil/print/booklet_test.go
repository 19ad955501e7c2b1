package print

import (
	"bytes"
	"errors"
	"io"
	"os/exec"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

var is = errors.Is

func TestBothPartsOfASlipSayWhatTheLawAndTheBanksAsk(t *testing.T) {
	slip := carne(12)[0]
	file := printed(t, []Slip{slip})
	const point = pointsPerMM
	for part, area := range map[string][2]float64{"recibo do pagador": {0, cutX}, "ficha de compensação": {cutX, pageWidth}} {
		text := words(t, file, "-x", whole(area[0]*point), "-y", "0", "-W", whole((area[1]-area[0])*point), "-H", whole(slipHeight*point))
		for _, want := range []string{slip.Beneficiary.Name, slip.Beneficiary.Document, slip.Beneficiary.Address, slip.Payer.Name, slip.Payer.Document,
			slip.Bank.Agency, slip.Bank.NossoNumero, slip.Document, slip.Due.BR(), slip.Amount.BRL(), "Beneficiário", "Agência / código", "Nº do documento"} {
			if !strings.Contains(text, strings.ReplaceAll(want, "\u00a0", " ")) {
				t.Errorf("%s lacks %q in\n%s", part, want, text)
			}
		}
	}
	text := words(t, file)
	for _, want := range []string{slip.Bank.Line, slip.Bank.Name, slip.Bank.Code, slip.Heading, slip.Payer.Address, "Pague com Pix", "Recibo do pagador",
		"Ficha de compensação", "Pagável em qualquer banco, lotérica ou pelo Pix até 10/12/2026", "13 de 30 dias × R$ 89,90 = 38,95", "1 / 12", "(−) Desconto"} {
		if !strings.Contains(text, want) {
			t.Errorf("the slip lacks %q", want)
		}
	}
}

func TestASlipOfPixAloneHasNothingOfABank(t *testing.T) {
	slip := carne(1)[0]
	slip.Bank = nil
	text := words(t, printed(t, []Slip{slip}))
	for _, want := range []string{"Pague com Pix", slip.Payer.Name, slip.Beneficiary.Document, slip.Amount.BRL(), slip.Due.BR(), slip.Heading} {
		if !strings.Contains(text, strings.ReplaceAll(want, "\u00a0", " ")) {
			t.Errorf("the slip lacks %q", want)
		}
	}
	if !strings.Contains(strings.ReplaceAll(text, " ", ""), strings.ReplaceAll(slip.Pix, " ", "")) {
		t.Error("the copia e cola is not there in letters")
	}
	for _, bank := range []string{"Nosso número", "Agência", "compensação", "Autenticação mecânica"} {
		if strings.Contains(text, bank) {
			t.Errorf("a slip without bank says %q", bank)
		}
	}
}

func TestADueDateOnAHolidayNamesTheDayItIsPayableUntil(t *testing.T) {
	slip := carne(2)[1] // due 10/01/2027, a Sunday
	if text := words(t, printed(t, []Slip{slip})); !strings.Contains(text, "até 11/01/2027") || !strings.Contains(text, "10/01/2027") {
		t.Error(text)
	}
}

func TestNoTextLeavesItsPart(t *testing.T) {
	slips := carne(2)
	for i := range slips {
		s := &slips[i]
		s.Payer = Party{strings.Repeat("Albuquerque Cavalcanti ", 9), "CPF 704.882.190-18 e mais", strings.Repeat("Travessa Quatorze de Março, 1.234, ", 9)}
		s.Beneficiary = Party{strings.Repeat("W", 200), strings.Repeat("9", 60), strings.Repeat("Rodovia", 60)}
		s.Heading, s.Instructions = strings.Repeat("Fibra 1 Giga Empresarial ", 20), []string{strings.Repeat("palavra ", 200), strings.Repeat("M", 300), "", "fim"}
		s.Document, s.Amount, s.Instalment, s.Of = "CARNE-2026-000000318-01", 99_999_999_999, 120, 120
		*s.Bank = Bank{"COOPERATIVA CENTRAL DE CRÉDITO", "756-0", "1234-5 / 123456789012-3", "CARTEIRA", "OUTRA", "12345678901234567890", s.Bank.Line, s.Bank.Barcode}
	}
	slips[1].Bank = nil
	long := Brand{Name: "Telecomunicações Fibra do Norte e Nordeste do Brasil"}
	var out bytes.Buffer
	if err := Booklet(&out, imprint, long, slips); err != nil {
		t.Fatal(err)
	}
	boxes := pdftotext(t, &out, "-bbox")
	found := regexp.MustCompile(`xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<`).FindAllStringSubmatch(boxes, -1)
	if n := strings.Count(boxes, ">704.882.190-18<"); n != 4 {
		t.Errorf("beside a long name, the document stands %d times of 4", n)
	}
	if len(found) < 50 {
		t.Fatalf("%d words in %s", len(found), boxes)
	}
	for _, word := range found {
		x1, y1, x2, y2 := mm(t, word[1]), mm(t, word[2]), mm(t, word[3]), mm(t, word[4])
		fromTop := y2 - slipHeight*float64(int(y1/slipHeight))
		if fromTop > slipHeight-2 || strings.HasPrefix(word[5], "palavra") && fromTop > payerY {
			t.Errorf("%q stands %.1f mm down in the slip", word[5], fromTop)
		}
		if x1 < margin-0.1 || x2 > fichaEnd+0.1 || x1 < cutX && x2 > stubRight+0.1 || int(y1/slipHeight) != int(y2/slipHeight) {
			t.Errorf("%q stands from %.1f to %.1f mm, %.1f to %.1f down", word[5], x1, x2, y1, y2)
		}
	}
}

func TestLongNamesStandWhole(t *testing.T) {
	slip := carne(1)[0]
	slip.Payer.Name = "Associação dos Moradores e Amigos do Conjunto Residencial Professora Maria de Lourdes"
	slip.Beneficiary.Name = "Companhia Paraense de Telecomunicações e Serviços de Internet em Fibra Óptica Ltda."
	file := printed(t, []Slip{slip})
	for part, x := range map[string][2]string{"recibo do pagador": {"0", whole(cutX * pointsPerMM)}, "ficha de compensação": {whole(cutX * pointsPerMM), "500"}} {
		text := words(t, file, "-x", x[0], "-y", "0", "-W", x[1], "-H", "280")
		for _, name := range []string{slip.Payer.Name, slip.Beneficiary.Name} {
			if !strings.Contains(text, name) {
				t.Errorf("%s lacks %q in\n%s", part, name, text)
			}
		}
	}
}

func TestEqualDataGivesEqualBytesWithinTheSizeOfAMail(t *testing.T) {
	var first, again bytes.Buffer
	for _, out := range []*bytes.Buffer{&first, &again} {
		if err := Booklet(out, imprint, brand, carne(12)); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), again.Bytes()) {
		t.Error("two prints differ")
	}
	if first.Len() > 60_000 {
		t.Errorf("a carnê of 12 takes %d bytes", first.Len())
	}
}

func TestManyBookletsInOneFileBeginOnPagesOfTheirOwnAndHoldNoMemory(t *testing.T) {
	var out counter
	press, err := NewPress(&out, imprint)
	if err != nil {
		t.Fatal(err)
	}
	slips := carne(4)
	if err := press.Booklet(brand, slips); err != nil { // the first one fills what is kept from page to page
		t.Fatal(err)
	}
	held := func() uint64 {
		runtime.GC()
		runtime.GC() // the second one lets go of the deflaters that are kept for the next file
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := held()
	for range 99 {
		if err := press.Booklet(brand, slips); err != nil {
			t.Fatal(err)
		}
	}
	if after := held(); after > before+1<<18 {
		t.Errorf("%d bytes held after %d written", after-before, out)
	}
	if len(press.pages) != 200 {
		t.Errorf("%d pages", len(press.pages))
	}
	if err := press.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestTheFileSaysWhatItIs(t *testing.T) {
	out, err := exec.Command("pdfinfo", printed(t, carne(12))).CombinedOutput()
	if err != nil {
		t.Fatalf("pdfinfo: %v %s", err, out)
	}
	for _, want := range []string{`Title: +Carnê C318, Antônia Ferreira de Albuquerque Nascimento`, `Author: +Fibra Norte`, `Pages: +4`, `Page size: +595.28 x 841.89 pts \(A4\)`} {
		if !regexp.MustCompile(want).Match(out) {
			t.Errorf("%s is not in\n%s", want, out)
		}
	}
}

func TestErrorsOfAPress(t *testing.T) {
	if err := Booklet(io.Discard, imprint, brand, nil); !is(err, ErrNoPages) {
		t.Errorf("no slips: %v", err)
	}
	full := errors.New("disk full")
	if err := Booklet(brokenAfter{full, 20_000, new(int)}, imprint, brand, carne(12)); !is(err, full) {
		t.Errorf("broken writer: %v", err)
	}
	if _, err := openFonts(fstest.MapFS{"fonts/.keep": {}}); !is(err, ErrNoFont) {
		t.Errorf("no fonts: %v", err)
	}
	damaged := fstest.MapFS{"fonts/figtree-latin-400-normal.woff": {Data: []byte("wOF2")}}
	if _, err := openFonts(damaged); !is(err, ErrFont) {
		t.Errorf("damaged fonts: %v", err)
	}
}

type brokenAfter struct {
	err  error
	most int
	sum  *int
}

func (w brokenAfter) Write(p []byte) (int, error) {
	if *w.sum += len(p); *w.sum > w.most {
		return 0, w.err
	}
	return len(p), nil
}

// words returns the text of a file in one line, single blanks between words. It needs pdftotext of poppler-utils.
func words(t *testing.T, file string, area ...string) string {
	t.Helper()
	out, err := exec.Command("pdftotext", append(area, file, "-")...).Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	return strings.Join(strings.Fields(string(out)), " ")
}

func pdftotext(t *testing.T, pdf io.Reader, how ...string) string {
	t.Helper()
	command := exec.Command("pdftotext", append(how, "-", "-")...)
	command.Stdin = pdf
	out, err := command.Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	return string(out)
}

func whole(v float64) string { return strconv.Itoa(int(v + 0.5)) }

func mm(t *testing.T, points string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(points, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v / pointsPerMM
}
