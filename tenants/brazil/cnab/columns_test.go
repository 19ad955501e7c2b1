package cnab

import (
	"fmt"
	"strings"
	"testing"
)

// columns are what a manual wants where: line, first column, text.
type columns []struct {
	line, start int
	text        string
}

func (want columns) check(t *testing.T, name string, rows []string) {
	t.Helper()
	for _, c := range want {
		if got := rows[c.line-1][c.start-1 : c.start-1+len(c.text)]; got != c.text {
			t.Errorf("%s, line %d, column %d: %q, want %q", name, c.line, c.start, got, c.text)
		}
	}
}

// The name of the test is its subject: the columns are copied from the manuals by hand, not from the tables.
func TestColumnsOfARegistration(t *testing.T) {
	const cnpj15, cnpj14, cpf15, cpf14 = "2012ABC34501DE35", "0212ABC34501DE35", "1000052998224725", "0100052998224725"
	payer240 := columns{
		{4, 14, "Q 01" + cpf15 + "MARCIA D'AVILA GONCALVES DA CONCEICAO E "}, {4, 74, "RUA SAO JOAO, 100, APTO. 12             "}, {4, 114, "PRACA 14 DE JAN69020030MANAUS         AM"},
		{4, 154, "0000000000000000"},
	}
	fine240 := columns{{5, 14, "R 01"}, {5, 66, "211122026000000000000200"}}
	for name, want := range map[string]columns{
		"001 240": {
			{1, 1, "00100000         212ABC34501DE35001234567001417019  03325X0000000289353 FIBRA NORTE TELECOMUNICACOES LBANCO DO BRASIL S.A.          "},
			{1, 143, "123112026150405000007083"},
			{2, 1, "00100011R01  042 " + cnpj15 + "001234567001417019  03325X0000000289353 FIBRA NORTE TELECOMUNICACOES L"}, {2, 184, "000000072311202600000000"},
			{3, 1, "0010001300001P 0103325X0000000289353 12345670000000042   71 221042           1012202600000000000999000000 02N23112026"},
			{3, 118, "211122026000000000000100" + "105122026000000000000500" + "000000000000000" + "000000000000000" + "F1042                    " + "300"}, {3, 228, "09"},
			{6, 1, "00100015         000005 "}, {7, 1, "00199999         000001000007 "},
		},
		"033 240": {
			{1, 1, "03300000        " + cnpj15 + "066000009452079                         FIBRA NORTE TELECOMUNICACOES LBANCO SANTANDER                         123112026      000007040 "},
			{2, 1, "03300011R01  030 " + cnpj15 + strings.Repeat(" ", 20) + "066000009452079     FIBRA NORTE"}, {2, 184, "0000000723112026"},
			{3, 1, "0330001300001P 01066011300123408130012340"}, {3, 42, "8  0000000000426512  1042           1012202600000000000999000000 02N23112026"},
			{3, 118, "211122026000000000100000" + "105122026000000000000500"}, {3, 221, "000300000 "}, // five decimals in the rate
			{4, 210, "000000000000 "},
			{5, 18, "000000000000000000000000 "}, {5, 66, "211122026000000000000200"},
			{6, 1, "03300015         000005 "}, {7, 1, "03399999         000001000007 "},
		},
		"104 240": {
			{1, 1, "10400000         212ABC34501DE3500000000000000000000004204123456000000" + "00FIBRA NORTE TELECOMUNICACOES LCAIXA ECONOMICA FEDERAL"}, {1, 143, "12311202615040500000710100000"}, {1, 192, "REMESSA-PRODUCAO"},
			{2, 1, "10400011R0100060 " + cnpj15 + "1234560000000000000000420412345600000000FIBRA"}, {2, 184, "000000072311202600000000"},
			{3, 1, "1040001300001P 01004204123456000000000001400000000000004211220" + "1042           1012202600000000000999000000" + "002N23112026"},
			{3, 118, "211122026000000000000100"}, {3, 221, "3001120090000000000"},
			{6, 1, "10400015         00000500000100000000000009990" + strings.Repeat("0", 46) + " "},
		},
		"748 240": {
			{1, 1, "74800000         212ABC34501DE35" + strings.Repeat(" ", 20) + "00156 0000000853057 FIBRA"}, {1, 103, "SICREDI "}, {1, 143, "12311202615040500000708101600"},
			{2, 14, "040 " + cnpj15 + strings.Repeat(" ", 20) + "00156 0000000853057 FIBRA"},
			{3, 14, "P 0100156 0000000853057 262000424"}, {3, 58, "111221042           10122026000000000009990" + "00000 03N23112026211122026000000000000100"}, {3, 221, "3001060090000000000"},
			{6, 18, "00000500000100000000000009990" + strings.Repeat("0", 69) + " "}, {7, 18, "000001000007000000 "},
		},
		"756 240": {
			{1, 53, "0432730000000036668" + "0FIBRA"}, {1, 103, "SICOOB "}, {1, 164, "08100000"},
			{2, 14, "040 "}, {2, 54, "0432730000000036668 FIBRA"},
			{3, 18, "0432730000000036668 " + "0000000429" + "01014     10 221042           "}, {3, 107, "02N"}, {3, 221, "3000   090000000000"},
			{6, 18, "00000500000100000000000009990"}, {7, 18, "000001000007000000 "},
		},
		"341 400": {
			{1, 1, "01REMESSA01COBRANCA       073000035110        FIBRA NORTE TELECOMUNICACOES L341BANCO ITAU SA  231126 "}, {1, 395, "000001"},
			{2, 1, "1" + cnpj14 + "073000035110    0000F1042                    000000420000000000000109"}, {2, 108, "I011042      101226000000000999034100000" + "01N2311261000" + "0000000000003" + "051226" + "0000000000500"},
			{2, 219, cpf14 + "MARCIA D'AVILA GONCALVES DA CO          RUA SAO JOAO, 100, APTO. 12             PRACA 14 DE 69020030MANAUS         AM"}, {2, 386, "11122600 000002"},
			{3, 1, "22111220260000000000200 "}, {4, 1, "9 "}, {4, 395, "000004"},
		},
		"237 400": {
			{1, 1, "01REMESSA01COBRANCA       00000000000004540691FIBRA NORTE TELECOMUNICACOES L237BRADESCO       231126        MX0000007 "},
			{2, 1, "100000000000000000000009" + "0117204030052F1042                    000202000000000004290000000000" + "2            2  01"}, {2, 111, "1042      1012260000000009990" + "0000000001N2311260000" + "0000000000003" + "0512260000000000500"},
			{2, 219, cpf14 + "MARCIA D'AVILA GONCALVES DA CONCEICAO E RUA SAO JOAO, 100, APTO. 12 PRACA 14 DE "}, {2, 327, "69020030 "}, {2, 395, "000002"}, {3, 395, "000003"},
		},
		"001 400": {
			{1, 1, "01REMESSA01COBRANCA       3325X000289353000000FIBRA NORTE TELECOMUNICACOES L001BANCODOBRASIL  2311260000007"}, {1, 130, "1234567"},
			{2, 1, "7" + cnpj14 + "3325X0002893531234567F1042                    123456700000000420000       0190000000     17011042      1012260000000009990" + "0010000 01N2311260700" + "0000000000003"},
			{2, 219, cpf14 + "MARCIA D'AVILA GONCALVES DA CONCEICAO   RUA"}, {2, 350, "AM"},
			{3, 1, "5992111226000000000200 "}, {4, 395, "000004"},
		},
		"077 400": {
			{1, 77, "077INTER          231126          0000007 "},
			{2, 21, "11000010012345679F1042                       200000000000000200111226"}, {2, 109, "011042      1012260000000009990" + "60      01N231126"}, {2, 160, "20000000000000010011122610000000000500000005122600000000000000" + "1"},
			{2, 221, cpf14 + "MARCIA D'AVILA GONCALVES DA CONCEICAO E RUA SAO JOAO, 100, APTO. 12 PRACA 14 DE 69020030 "}, {3, 1, "9000001 "}, {3, 395, "000003"},
		},
	} {
		s := sender(name)
		rows := written(t, s, entry(t, s))
		want.check(t, name, rows)
		if strings.HasSuffix(name, "240") {
			payer240.check(t, name, rows)
			fine240.check(t, name, rows)
		}
	}
}

func TestAPlainTitleHasNoLateChargesAndNoSegmentR(t *testing.T) {
	for name, exempt := range map[string]string{"001 240": "3", "033 240": "3", "104 240": "3", "748 240": "3", "756 240": "0"} {
		s := sender(name)
		o := entry(t, s)
		o.Fine, o.Interest, o.Discount = 0, 0, 0
		rows := written(t, s, o)
		columns{{3, 118, exempt + strings.Repeat("0", 23) + strings.Repeat("0", 24)}}.check(t, name, rows)
		if len(rows) != 6 {
			t.Errorf("%s: %d lines", name, len(rows))
		}
	}
}

func TestCaixaOfSevenDigitsHasItsOwnVersion(t *testing.T) {
	s := sender("104 240")
	s.Terms.CodigoBeneficiario = "1100000"
	columns{
		{1, 59, "1100000000000"}, {1, 164, "10700000"}, {2, 14, "067"}, {2, 34, "1100000"}, {2, 60, "000000"}, {3, 24, "1100000"},
	}.check(t, "104", written(t, s, entry(t, s)))
}

func TestSantanderTellsAnInstructionInOneSegment(t *testing.T) {
	s := sender("033 240")
	o := entry(t, s)
	o.Command = ChangeDue
	if rows := written(t, s, o); len(rows) != 5 || rows[2][13:17] != "P 06" {
		t.Errorf("%d lines, %s", len(rows), rows[2][:20])
	}
}

// Two fields of one table never claim the same column, none lies outside the record, and what no field claims is blank.
func TestTablesFit(t *testing.T) {
	for code, b := range banks {
		for _, shape := range b.remessas {
			tables := map[string]table[record]{"header": shape.header, "batch": shape.batch, "batch end": shape.batchEnd, "end": shape.end}
			for i, d := range shape.title {
				tables[fmt.Sprintf("title %d", i+1)] = d.table
			}
			for kind, tab := range tables {
				fits(t, code+" "+kind, tab, shape.width(), true)
			}
		}
		if r := b.returns240; r != nil {
			fits(t, code+" header", r.header, 240, true)
			fits(t, code+" T", r.t, 240, true)
			fits(t, code+" U", r.u, 240, true)
		}
		if r := b.returns400; r != nil {
			fits(t, code+" header", r.header, 400, true)
			fits(t, code+" title", r.title, 400, false) // one column may be both paid and net
		}
	}
}

func fits[T any](t *testing.T, name string, tab table[T], width int, apart bool) {
	t.Helper()
	claimed := make([]bool, width)
	for _, f := range tab {
		if f.start < 1 || f.length < 1 || f.start+f.length-1 > width {
			t.Errorf("%s: %d columns from %d", name, f.length, f.start)
			continue
		}
		for c := f.start; c < f.start+f.length; c++ {
			if claimed[c-1] && apart {
				t.Errorf("%s: column %d is claimed twice", name, c)
			}
			claimed[c-1] = true
		}
	}
}
