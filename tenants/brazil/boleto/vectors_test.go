package boleto

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// vectors are the public and derived slips of testdata/boleto.json, each with its source.
type vectors struct {
	Factors []struct {
		Date     calendar.Date `json:"date"`
		Factor   string        `json:"factor"`
		Verified bool          `json:"verified"`
	} `json:"factor_vectors"`
	CheckDigits []struct {
		Kind     string `json:"kind"`
		Input    string `json:"input"`
		Output   any    `json:"output"`
		Verified bool   `json:"verified"`
	} `json:"check_digit_vectors"`
	Boletos []vector `json:"boletos"`
	ITF     struct {
		Vectors []struct {
			Input    string `json:"input"`
			Widths   string `json:"element_widths_bar_space_alternating"`
			Elements int    `json:"elements"`
			Modules  int    `json:"modules"`
		} `json:"vectors"`
	} `json:"itf25"`
}

type vector struct {
	Bank       string        `json:"bank"`
	Source     string        `json:"source"`
	Due        calendar.Date `json:"due_date"`
	Amount     money.Cents   `json:"amount_cents"`
	Input      Input         `json:"input"`
	Factor     string        `json:"factor"`
	CampoLivre string        `json:"campo_livre"`
	Barcode    string        `json:"barcode"`
	Linha      string        `json:"linha_digitavel"`
	Verified   bool          `json:"verified"`
	Printed    string        `json:"nosso_numero_printed"`
}

func load(t testing.TB) (v vectors) {
	t.Helper()
	text, err := os.ReadFile("testdata/boleto.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func (v vector) name() string { return v.Bank + " " + v.Linha }

func TestSlips(t *testing.T) {
	banksSeen := map[string]int{}
	for _, v := range load(t).Boletos {
		t.Run(v.name(), func(t *testing.T) {
			if !v.Verified {
				t.Fatal("a slip that does not verify has come into the vectors; say here what is wrong with it")
			}
			slip, err := New(v.Bank, v.Input, v.Due, v.Amount)
			if err != nil {
				t.Fatal(err)
			}
			want := Slip{v.Barcode, v.CampoLivre, v.Factor, slip.NossoNumero}
			if v.Printed != "" {
				want.NossoNumero = v.Printed
			}
			if slip != want {
				t.Errorf("got  %+v\nwant %+v", slip, want)
			}
			if got := FormatLinha(slip.Linha()); got != v.Linha {
				t.Errorf("linha %s, want %s", got, v.Linha)
			}
			banksSeen[v.Bank]++
		})
	}
	for _, bank := range allBanks {
		if banksSeen[bank] < 3 {
			t.Errorf("bank %s has %d slips, want 3 at least", bank, banksSeen[bank])
		}
	}
}

func TestSlipsReadBack(t *testing.T) {
	for _, v := range load(t).Boletos {
		for _, linha := range []string{v.Linha, strings.NewReplacer(".", "", " ", "").Replace(v.Linha), "\t" + v.Linha + "\r\n"} {
			got, err := ParseLinha(linha, v.Due)
			if want := (Parsed{true, 0, v.Bank, v.Due, v.Amount, v.Barcode}); err != nil || got != want {
				t.Errorf("%q: %+v, %v; want %+v", linha, got, err, want)
			}
		}
	}
}

func TestFactors(t *testing.T) {
	for _, v := range load(t).Factors {
		var got [4]byte
		factor, err := Factor(v.Date)
		putNumber(got[:], uint64(factor))
		if err != nil || string(got[:]) != v.Factor || !v.Verified {
			t.Errorf("%s: %s, %v; want %s", v.Date, got, err, v.Factor)
		}
		if due, err := Due(factor, v.Date); err != nil || due != v.Date {
			t.Errorf("factor %s around %s: %s, %v", v.Factor, v.Date, due, err)
		}
	}
}

func TestCheckDigits(t *testing.T) {
	for _, v := range load(t).CheckDigits {
		var got string
		digits := []byte(strings.ReplaceAll(v.Input, "|", ""))
		switch v.Kind {
		case "mod10":
			got = string(mod10(digits))
		case "mod11_barcode_dv":
			var barcode [44]byte
			copy(barcode[:4], digits[:4])
			copy(barcode[5:], digits[4:])
			got = string(generalDigit(&barcode))
		case "caixa_campo_livre_dv":
			got = string(digitOrZero(mod11(9, digits)))
		case "bb_nosso_numero_dv(9..2)":
			got = string(digitOrX(mod11(9, digits)))
		case "bradesco_nosso_numero_dv(base7)":
			got = string(bradescoDV(digits[:2], digits[2:]))
		default:
			t.Fatalf("a kind of check digit nobody knows: %s", v.Kind)
		}
		want, _ := json.Marshal(v.Output)
		if got != strings.Trim(string(want), `"`) || !v.Verified {
			t.Errorf("%s of %s: %s, want %s", v.Kind, v.Input, got, want)
		}
	}
}

func TestBars(t *testing.T) {
	for _, v := range load(t).ITF.Vectors {
		widths, err := Bars(v.Input)
		if err != nil {
			t.Fatal(err)
		}
		modules := 0
		text := slices.Clone(widths)
		for i, w := range widths {
			modules += int(w)
			text[i] = '0' + w
		}
		if string(text) != v.Widths {
			t.Errorf("%s:\n%s, want\n%s", v.Input, text, v.Widths)
		}
		if v.Elements != 0 && (len(widths) != v.Elements || modules != v.Modules || modules != BarsModules) {
			t.Errorf("%s: %d elements over %d modules, want %d over %d", v.Input, len(widths), modules, v.Elements, v.Modules)
		}
	}
}

var allBanks = []string{"001", "033", "077", "104", "237", "341", "748", "756"}
