package brazil

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"
)

func load(t testing.TB, file string, into any) {
	t.Helper()
	text, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatal(err)
	}
}

func TestCPF(t *testing.T) {
	var v struct{ Vectors []struct{ CPF string } }
	load(t, "cpf.json", &v)
	for _, c := range v.Vectors {
		if got, ok := CPF(c.CPF); !ok || got != c.CPF {
			t.Errorf("%s: %q, %v", c.CPF, got, ok)
		}
		if got, ok := CPF(" " + FormatCPF(c.CPF) + "\u00a0"); !ok || got != c.CPF {
			t.Errorf("%s: %q, %v", FormatCPF(c.CPF), got, ok)
		}
	}
	for _, typed := range []string{"248.438.034-80", "011.695.384-52", "123.456.789-09", "01169538452", "123.456.789\u201309", "123.456.789\u201109"} {
		if _, ok := CPF(typed); !ok {
			t.Errorf("%s is refused", typed)
		}
	}
	for _, typed := range []string{"", "24843803470", "09907586561", "44444444444", "00000000000", "5299822472", "529982247255", "5299822472S", "５２９９８２２４７２５", "529,982,247-25"} {
		if got, ok := CPF(typed); ok || got != "" {
			t.Errorf("%q is taken as %s", typed, got)
		}
	}
}

func TestCPFForLists(t *testing.T) {
	if got := MaskCPF("52998224725"); got != "529.***.***-25" {
		t.Error(got)
	}
	if got := MaskCPF("5299822472"); strings.ContainsAny(got, "0123456789") {
		t.Error(got)
	}
	if got := FormatCPF("52998224725"); got != "529.982.247-25" {
		t.Error(got)
	}
	if got := FormatCPF("1"); got != "1" {
		t.Error(got)
	}
}

// A CPF with one digit wrong is always seen, unless its first check digit is 0, which stands for two remainders.
func TestCPFSeesAWrongDigit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := rapid.StringMatching(`[0-9]{9}`).Draw(t, "base")
		cpf := base + string(cpfDigit(base))
		cpf += string(cpfDigit(cpf))
		if _, ok := CPF(cpf); ok == (strings.Count(cpf, cpf[:1]) == 11) {
			t.Fatalf("%s: %v", cpf, ok)
		}
		i, d := rapid.IntRange(0, 10).Draw(t, "i"), rapid.ByteRange('0', '9').Draw(t, "d")
		wrong := cpf[:i] + string(d) + cpf[i+1:]
		if _, ok := CPF(wrong); ok && wrong != cpf && cpf[9] != '0' {
			t.Fatalf("%s passes for %s", wrong, cpf)
		}
	})
}

func TestCNPJ(t *testing.T) {
	var v struct {
		Worked struct {
			Base     string
			DV1, DV2 int
		}
		Valid    []struct{ CNPJ string }
		Invalid  []string
		Computed []struct{ Base, CNPJ string }
	}
	load(t, "cnpj.json", &v)
	for _, c := range v.Valid {
		for _, typed := range []string{c.CNPJ, strings.ToLower(c.CNPJ), FormatCNPJ(c.CNPJ)} {
			if got, ok := CNPJ(typed); !ok || got != c.CNPJ {
				t.Errorf("%q: %q, %v", typed, got, ok)
			}
		}
	}
	for _, typed := range append(v.Invalid, "12ABC34501DE45", "12ABC34501DEÉ5", "ABCDEFGHIJKLMN") {
		if got, ok := CNPJ(typed); ok || got != "" {
			t.Errorf("%q is taken as %s", typed, got)
		}
	}
	for _, c := range v.Computed {
		first := c.Base + string(cnpjDigit(c.Base))
		if got := first + string(cnpjDigit(first)); got != c.CNPJ {
			t.Errorf("%s: %s, want %s", c.Base, got, c.CNPJ)
		}
	}
	if d := cnpjDigit(v.Worked.Base); int(d-'0') != v.Worked.DV1 {
		t.Errorf("first digit of the official example: %c", d)
	}
	if got := FormatCNPJ("12ABC34501DE35"); got != "12.ABC.345/01DE-35" {
		t.Error(got)
	}
	if got := FormatCNPJ(""); got != "" {
		t.Error(got)
	}
}

func TestPhone(t *testing.T) {
	for typed, want := range map[string][2]string{
		"(92) 99123-4567":     {"+5592991234567", "(92) 99123-4567"},
		"92991234567":         {"+5592991234567", "(92) 99123-4567"},
		"092 99123-4567":      {"+5592991234567", "(92) 99123-4567"},
		"+55 11 3333-4444":    {"+551133334444", "(11) 3333-4444"},
		"0800 729 0722":       {"+558007290722", "0800 729 0722"},
		"+351 912 345 678":    {"+351912345678", "+351 912 345 678"},
		"(92)\u00a09912-4567": {"", ""},
	} {
		got, err := Phone(typed)
		if want[0] == "" {
			if err == nil {
				t.Errorf("%q is taken as %s", typed, got)
			}
			continue
		}
		if got != want[0] || err != nil || FormatPhone(got) != want[1] {
			t.Errorf("%q: %s, %v, %s; want %v", typed, got, err, FormatPhone(got), want)
		}
	}
	for _, typed := range []string{"", "99123-4567", "(10) 99123-4567", "0800 FLORES", "(92) 99123-4567 ramal 12", "123", strings.Repeat("9", 300), "+"} {
		if got, err := Phone(typed); !errors.Is(err, ErrPhone) || got != "" {
			t.Errorf("%q is taken as %q, %v", typed, got, err)
		}
	}
	if got := FormatPhone("none"); got != "none" {
		t.Error(got)
	}
}

func TestStates(t *testing.T) {
	codes := map[string]bool{}
	for i, s := range States {
		if i > 0 && States[i-1].UF >= s.UF {
			t.Errorf("%s stands after %s", s.UF, States[i-1].UF)
		}
		if _, err := time.LoadLocation(s.Zone); err != nil {
			t.Error(err)
		}
		if codes[s.Code] {
			t.Errorf("%s twice", s.Code)
		}
		codes[s.Code] = true
	}
	if s, ok := StateOf(" am "); !ok || s.Zone != "America/Manaus" {
		t.Errorf("%+v, %v", s, ok)
	}
	if _, ok := StateOf("XX"); ok {
		t.Error("XX is no state")
	}
}

func TestCityCode(t *testing.T) {
	for typed, want := range map[string]bool{"3550308": true, " 2611533 ": true, "355030": false, "9950308": false, "35S0308": false, "": false} {
		if code, ok := CityCode(typed); ok != want || ok && code != strings.TrimSpace(typed) {
			t.Errorf("%q: %q, %v", typed, code, ok)
		}
	}
}

func TestBankText(t *testing.T) {
	for _, c := range []struct {
		text string
		n    int
		want string
	}{
		{"Conceição d'Ávila & Filhos Ltda.", 40, "CONCEICAO D'AVILA & FILHOS LTDA."},
		{"Rua São João,  nº 7\n– 2º andar", 40, "RUA SAO JOAO, NO 7 - 2O ANDAR"},
		{"Maria Demonstração", 5, "MARIA"},
		{"Maria Demonstração", 6, "MARIA"},
		{"Sa\u0303o", 40, "SAO"},
		{"Großmann Øster Łódź", 40, "GROSSMANN OSTER LODZ"},
		{"日本 Fibra 🚀", 40, "FIBRA"},
		{"\x00\xff", 40, ""},
		{"x", 0, ""},
		{"x", -1, ""},
	} {
		if got := BankText(c.text, c.n); got != c.want {
			t.Errorf("%q cut to %d: %q, want %q", c.text, c.n, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s, n := rapid.String().Draw(t, "s"), rapid.IntRange(-3, 50).Draw(t, "n")
		got := BankText(s, n)
		if len(got) > max(n, 0) || got != strings.ToUpper(strings.TrimSpace(got)) || strings.ContainsFunc(got, func(r rune) bool { return r < ' ' || r > '~' }) {
			t.Fatalf("%q", got)
		}
		if again := BankText(got, n); again != got {
			t.Fatalf("%q again is %q", got, again)
		}
	})
}
