package print

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"enlace/tenants/calendar"
)

// deed is the contract of look/contrato-folha.
func deed() *Deed {
	row := func(label, text string) []Text { return []Text{Words(label), Words(text)} }
	return &Deed{
		Number: 1131, Provider: "Fibra Norte Telecom Ltda.", Holder: "Antônia Ferreira de Albuquerque Nascimento", Template: "Adesão residencial, versão 7",
		Hash: "3f9a" + strings.Repeat("0d", 28) + "c20e", Verify: "https://fibranorte.example.com.br/verificar/1131",
		Body: []Block{
			{Kind: Title, Text: Words("Contrato de prestação de serviço de comunicação multimídia")},
			{Kind: Table, Rows: [][]Text{row("Assinante", "Antônia Ferreira de Albuquerque Nascimento, CPF 704.882.190-18"),
				row("Instalação", "Rua dos Mundurucus, 2.310, casa 4, Marco, 66.073-000 Belém, PA"), row("Plano", "Fibra 500 Mega: 500 Mbps de descida, 250 Mbps de subida"),
				row("Mensalidade", "R$\u00a089,90 (oitenta e nove reais e noventa centavos), dia 10, antecipado, por carnê"), row("Fidelidade", "12 meses, até 27/11/2027; benefício de R$\u00a0300,00")}},
			{Kind: Heading, Text: Words("1. Objeto")},
			{Kind: Paragraph, Text: Words("A PRESTADORA fornece ao ASSINANTE acesso à internet no endereço e nas velocidades acima, com os equipamentos cedidos em comodato.")},
			{Kind: Heading, Text: Words("2. Preço e pagamento")},
			{Kind: Paragraph, Text: Text{{Letters: "A mensalidade paga o mês que começa no "}, {Letters: "vencimento", Bold: true}, {Letters: ". Em atraso: multa de 2 % "}, {Letters: "uma vez", Sloped: true},
				{Letters: " e juros de "}, {Letters: "1 % ao mês", Under: true}, {Letters: "."}}},
			{Kind: Bullets, Items: []Text{Words("boleto ou Pix"), Words("carnê, com as parcelas de um ano impressas de uma vez, cada uma com o período que cobre e o valor que nela se paga")}},
			{Kind: Numbers, Items: []Text{Words("primeiro"), Words("segundo")}},
			{Kind: Quote, Text: Words("Modelo de demonstração, sem valor jurídico.")},
			{Kind: Rule},
			{Kind: Paragraph, Text: Words("Belém, 23 de novembro de 2026.")},
		},
	}
}

func printedDeed(t *testing.T, d *Deed) string {
	t.Helper()
	var b bytes.Buffer
	p, err := NewPress(&b, Imprint{Title: "Contrato 1131", Author: "Fibra Norte", MadeAt: time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Contract(d); err != nil {
		t.Fatal(err)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "contrato.pdf")
	if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// read is the text of a file, page by page.
func read(t *testing.T, name string) []string {
	t.Helper()
	out, err := exec.Command("pdftotext", "-layout", name, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
}

func TestAContractIsReadInItsOrderWithItsFoot(t *testing.T) {
	d := deed()
	d.Acceptance = &Acceptance{On: calendar.On(2026, 11, 24), At: time.Date(2026, 11, 24, 9, 5, 0, 0, time.UTC), By: "Ana Prado", Note: "assinou na loja"}
	pages := read(t, printedDeed(t, d))
	if len(pages) != 2 {
		t.Fatalf("%d pages", len(pages))
	}
	text := strings.Join(strings.Fields(pages[0]), " ")
	for _, part := range []string{"Fibra Norte Telecom Ltda. Contrato 1131 Contrato de prestação de serviço de comunicação multimídia Assinante Antônia Ferreira",
		"(oitenta e nove reais e noventa centavos)", "1. Objeto A PRESTADORA fornece", "começa no vencimento. Em atraso: multa de 2 % uma vez e juros de 1 % ao mês.",
		"• boleto ou Pix", "2. segundo", "Contrato 1131 · Modelo Adesão residencial, versão 7 · sha256 3f9a…c20e página 1 de 1", "sha256 " + d.Hash, "https://fibranorte.example.com.br/verificar/1131"} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not in %q", part, text)
		}
	}
	annex := strings.Join(strings.Fields(pages[1]), " ")
	for _, part := range []string{"Anexo: aceite do contrato 1131", "Aceito em 24/11/2026", "Como foi aceito assinou na loja", "Ana Prado, em 24/11/2026 às 09:05", "anexo, página 1 de 1"} {
		if !strings.Contains(annex, part) {
			t.Errorf("%q is not in %q", part, annex)
		}
	}
}

func TestTheAnnexLeavesTheContractAsItIs(t *testing.T) {
	plain, err := os.ReadFile(printedDeed(t, deed()))
	if err != nil {
		t.Fatal(err)
	}
	again, _ := os.ReadFile(printedDeed(t, deed()))
	if !bytes.Equal(plain, again) {
		t.Error("the same contract was printed in two ways")
	}
	d := deed()
	d.Acceptance = &Acceptance{On: calendar.On(2026, 11, 24), By: "Ana", Note: "assinou"}
	accepted, _ := os.ReadFile(printedDeed(t, d))
	first := func(file []byte) []byte { // up to the end of the first page
		at := bytes.Index(file, []byte("/Type/Page/"))
		return file[:at]
	}
	if !bytes.Equal(first(plain), first(accepted)) {
		t.Error("the page of the contract is another one beside the annex")
	}
}

// However long a text is, no heading ends a page, no line stands beyond the margins, and no line of a paragraph is alone.
func TestNoHeadingIsTheLastThingOnAPage(t *testing.T) {
	d := deed()
	d.Body = d.Body[:2]
	for i := range 60 {
		d.Body = append(d.Body, Block{Kind: Heading, Text: Words("Cláusula da vez")},
			Block{Kind: Paragraph, Text: Words(strings.Repeat("palavra de contrato ", 7+i%13) + "fim.")})
	}
	strips := new(Press).body(t, d.Body)
	pages := paginate(strips)
	if len(pages) < 5 {
		t.Fatalf("%d pages", len(pages))
	}
	seen := 0
	for i, page := range pages {
		height := 0.0
		if i == 0 {
			height = headHeight
		}
		for j, one := range page {
			if height += one.height; j > 0 {
				height += one.above
			}
		}
		if height > deedBottom-deedMargin+0.001 {
			t.Errorf("page %d is %.1f mm high", i+1, height)
		}
		if last := page[len(page)-1]; last.keep {
			t.Errorf("page %d ends with what belongs to the next", i+1)
		}
		seen += len(page)
	}
	if seen != len(strips) {
		t.Errorf("%d of %d lines are on the pages", seen, len(strips))
	}
}

func (*Press) body(t *testing.T, blocks []Block) []strip {
	t.Helper()
	p, err := NewPress(&bytes.Buffer{}, Imprint{})
	if err != nil {
		t.Fatal(err)
	}
	return p.page.body(blocks)
}

func TestAWordLongerThanTheLineIsBroken(t *testing.T) {
	d := deed()
	d.Body = []Block{{Kind: Paragraph, Text: Text{{Letters: strings.Repeat("x", 300)}, {Letters: strings.Repeat("y", 300), Bold: true}, {Letters: " fim\n\nlinha"}}}}
	pages := read(t, printedDeed(t, d))
	text := strings.Join(strings.Fields(pages[0]), "")
	if !strings.Contains(text, strings.Repeat("x", 300)+strings.Repeat("y", 300)+"fimlinha") {
		t.Error(pages[0])
	}
	raster := pageOf(t, rasters(t, printedDeed(t, d), "-r", "50", "-gray")[0])
	for y := range raster.height {
		for x := int(float64(raster.width) * (pageWidth - deedMargin + 1) / pageWidth); x < raster.width; x++ {
			if raster.dark(x, y) {
				t.Fatalf("there is ink at %d, %d, in the margin", x, y)
			}
		}
	}
}

func TestAContractsInkIsInItsPlaces(t *testing.T) {
	raster := pageOf(t, rasters(t, printedDeed(t, deed()), "-r", "100", "-gray")[0])
	dark := func(x1, y1, x2, y2 float64) (n int) {
		for y := int(y1 / 25.4 * 100); y < int(y2/25.4*100); y++ {
			for x := int(x1 / 25.4 * 100); x < int(x2/25.4*100); x++ {
				if raster.dark(x, y) {
					n++
				}
			}
		}
		return n
	}
	for name, area := range map[string][4]float64{"left margin": {0, 0, 21, 297}, "right margin": {189, 0, 210, 297}, "top": {0, 0, 210, 22}, "bottom": {0, 281, 210, 297}} {
		if n := dark(area[0], area[1], area[2], area[3]); n > 0 {
			t.Errorf("%d dots of ink in the %s", n, name)
		}
	}
	for name, area := range map[string][4]float64{"head": {22, 22, 188, 30}, "title": {22, 35, 188, 45}, "foot": {22, 274, 188, 281}} {
		if dark(area[0], area[1], area[2], area[3]) == 0 {
			t.Errorf("no ink in the %s", name)
		}
	}
}
