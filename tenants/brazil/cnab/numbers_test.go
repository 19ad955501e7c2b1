package cnab

import (
	"math/rand/v2"
	"strings"
	"testing"

	"enlace/tenants/brazil/boleto"
)

// A nosso número goes to the bank as figures and comes back as figures, and is found again as printed on the slip.
func TestTheNossoNumeroOfARetornoIsTheOnePrinted(t *testing.T) {
	for name := range senders {
		s := sender(name)
		first, last, _ := boleto.Limits(s.Bank, s.Terms)
		r := rand.New(rand.NewPCG(1, 1))
		for range 2000 {
			want := printed(t, s, first+r.Uint64N(last-first+1))
			figures := banks[s.Bank].figures(want, &s.Terms)
			returned := figures
			switch s.Bank {
			case "756":
				returned = "00" + figures + "01011" // parcela, modalidade, form
			case "104":
				_, digit := cutDigit(want)
				returned = figures + digit
			}
			ret := Return{Bank: s.Bank}
			if got, err := ret.Printed(Title{NossoNumero: returned}, s.Terms); err != nil || got != want {
				t.Fatalf("%s: %s came back as %s, %v; want %s", name, returned, got, err, want)
			}
			last := len(figures) - 1
			if damaged := returned[:last] + "Z"; s.Bank != "341" {
				if got, err := ret.Printed(Title{NossoNumero: damaged}, s.Terms); err == nil {
					t.Fatalf("%s: %s passes for %s", name, damaged, got)
				}
			}
		}
		for _, odd := range []string{"", "1", strings.Repeat("9", 20), "ABCDEFGH"} {
			if got, err := (&Return{Bank: s.Bank}).Printed(Title{NossoNumero: odd}, s.Terms); err == nil {
				t.Errorf("%s: %q passes for %s", name, odd, got)
			}
		}
	}
	if _, err := (&Return{Bank: "085"}).Printed(Title{NossoNumero: "1"}, boleto.Input{}); err == nil {
		t.Error("a bank whose numbers we do not know")
	}
}

// The check digits that banks put behind their own numbers in the public samples are those of our rules.
func TestSampleNumbersCarryTheDigitsWeReckon(t *testing.T) {
	caixa := sample(t, "caixa.ret")
	got, err := caixa.Printed(caixa.Titles[0], boleto.Input{CodigoBeneficiario: "004321"})
	if err != nil || got != "24000000011136997-9" {
		t.Errorf("%s, %v", got, err)
	}
	itau := sample(t, "CNAB400ITAU.RET")
	if got, err := itau.Printed(itau.Titles[0], boleto.Input{Agencia: "0730", Conta: "03511", Carteira: "109"}); err != nil || got != "109/00000011-4" {
		t.Errorf("%s, %v", got, err)
	}
}
