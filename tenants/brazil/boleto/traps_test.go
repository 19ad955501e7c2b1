package boleto

import (
	"errors"
	"fmt"
	"math/bits"
	"strings"
	"testing"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

var (
	due       = calendar.MustParse("2026-12-10")
	brasil    = Input{Convenio: "1234567", Sequencial: "42", Carteira: "17"}
	itauSlip  = Input{Agencia: "0810", Conta: "53678", Carteira: "175", NossoNumero: "12345678"}
	caixaSlip = Input{CodigoBeneficiario: "123456", NossoNumero17: "14000000000000002"}
	sicrediIn = Input{Agencia: "0156", Posto: "05", Beneficiario: "85305", Ano: "26", TipoCobranca: "1", Carteira: "1"}
)

func mustNew(t *testing.T, bank string, in Input) Slip {
	t.Helper()
	slip, err := New(bank, in, due, 9990)
	if err != nil {
		t.Fatal(err)
	}
	return slip
}

func TestFactorIsReadAroundToday(t *testing.T) {
	for factor, want := range map[int]string{2000: "2027-11-19", 9800: "2024-08-06", 7000: "2041-07-28", 1656: "2026-12-10", 0: ""} {
		if got, err := Due(factor, today); err != nil || got.String() != want {
			t.Errorf("factor %d: %s, %v; want %s", factor, got, err, want)
		}
	}
}

// The window is shorter than the cycle: 499 of the 9000 factors mean no day at all, and the others one only.
func TestFactorOutOfTheWindow(t *testing.T) {
	none := 0
	for factor := 1; factor < 10_000; factor++ {
		if _, err := Due(factor, today); errors.Is(err, ErrFactor) {
			none++
		}
	}
	if want := 999 + factorCycle - (windowBack + windowAhead + 1); none != want {
		t.Errorf("%d factors without a day, want %d", none, want)
	}
	slip, _ := New("001", brasil, calendar.MustParse("2018-05-25"), 9990)
	got, err := ParseLinha(slip.Linha(), today)
	if !errors.Is(err, ErrFactor) || !got.Valid || got.Bank != "001" || got.Amount != 9990 || !got.Due.IsZero() {
		t.Errorf("a slip of 2018: %+v, %v", got, err)
	}
	for _, day := range []calendar.Date{FirstDue.AddDays(-1), calendar.On(1900, 1, 1)} {
		if _, err := Factor(day); !errors.Is(err, ErrFactor) {
			t.Errorf("%s: %v", day, err)
		}
	}
}

func TestSlipWithoutDueDate(t *testing.T) {
	slip, err := New("341", itauSlip, calendar.Date{}, 0)
	if err != nil || slip.Factor != "0000" {
		t.Fatalf("%+v, %v", slip, err)
	}
	if got, err := ParseLinha(slip.Linha(), today); err != nil || !got.Valid || !got.Due.IsZero() || got.Amount != 0 {
		t.Errorf("%+v, %v", got, err)
	}
}

// Itaú's manual leaves agência and conta out of the DAC of carteira 168, which gives 0; brcobranca's test has the general digit, 2.
func TestItauCarteira168(t *testing.T) {
	in := itauSlip
	in.Carteira, in.NossoNumero = "168", "258281"
	if got, want := mustNew(t, "341", in).NossoNumero, "168/00258281-0"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	in.Carteira = "175"
	if got, want := mustNew(t, "341", in).NossoNumero, "175/00258281-7"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestItauAccountDigit(t *testing.T) {
	in := Input{Agencia: "1234", Conta: "56789", Carteira: "109", NossoNumero: "223352"}
	if free := mustNew(t, "341", in).CampoLivre; free[21] != '7' {
		t.Errorf("computed: %s", free)
	}
	in.ContaDAC = "0"
	if free := mustNew(t, "341", in).CampoLivre; free[21] != '0' {
		t.Errorf("as given: %s", free)
	}
}

func TestCaixaCodeOfSevenDigitsHasNoDigit(t *testing.T) {
	in := caixaSlip
	in.CodigoBeneficiario = "1100000"
	if free := mustNew(t, "104", in).CampoLivre; !strings.HasPrefix(free, "1100000000") {
		t.Error(free)
	}
	in.CodigoBeneficiario = "1099999"
	wantError(t, "104", in, "codigo_beneficiario", 0, ErrValue)
}

// The first two digits of Caixa's number say of which kind the title is. We give out 14 and read the others.
func TestCaixaKindsOfNumber(t *testing.T) {
	for kind := range 100 {
		n := fmt.Sprintf("%02d000000000000001", kind)
		_, err := New("104", Input{CodigoBeneficiario: "005507", NossoNumero17: n}, FirstDue, 1)
		if known := kind == 11 || kind == 14 || kind == 21 || kind == 24; (err == nil) != known {
			t.Errorf("%s: %v", n, err)
		}
	}
	if in, err := Number("104", Input{}, 7); err != nil || in.NossoNumero17 != "14000000000000007" {
		t.Error(in, err)
	}
}

func TestCaixaCapsTheAmount(t *testing.T) {
	if _, err := New("104", caixaSlip, due, 999_999_999); err != nil {
		t.Error(err)
	}
	if _, err := New("104", caixaSlip, due, 1_000_000_000); !errors.Is(err, ErrAmount) {
		t.Error(err)
	}
}

func TestAmountFillsItsField(t *testing.T) {
	slip, err := New("001", brasil, due, maxAmount)
	if err != nil || slip.Barcode[9:19] != "9999999999" || slip.Factor != "1656" {
		t.Errorf("%+v, %v", slip, err)
	}
	for _, amount := range []money.Cents{-1, maxAmount + 1, 1 << 62, -1 << 63} {
		if _, err := New("001", brasil, due, amount); !errors.Is(err, ErrAmount) {
			t.Errorf("%d: %v", amount, err)
		}
	}
}

// A digit of the general check is never 0, and over enough slips every other comes up, as Caixa's homologation asks to see.
func TestGeneralDigitIsOneToNine(t *testing.T) {
	seen := 0
	for amount := range money.Cents(500) {
		slip, _ := New("104", caixaSlip, due, amount)
		seen |= 1 << (slip.Barcode[4] - '0')
	}
	if seen&1 != 0 || bits.OnesCount(uint(seen)) != 9 {
		t.Errorf("digits seen: %b", seen)
	}
}

func TestSuppliedDigitIsChecked(t *testing.T) {
	in := Input{Agencia: "1234", Carteira: "09", NossoNumero: "453", Conta: "123456", NossoNumeroDV: "P"}
	mustNew(t, "237", in)
	in.NossoNumeroDV = "0"
	wantError(t, "237", in, "nosso_numero_dv", 0, ErrCheckDigit)
	in = brasil
	in.NossoNumeroDV = "2" // the last digit of a nosso número that has no check digit
	wantError(t, "001", in, "nosso_numero_dv", 0, ErrCheckDigit)
}

func TestBrasilOldConvenios(t *testing.T) {
	for _, c := range []struct {
		in           Input
		free, number string // worked by hand from the manual
	}{
		{Input{Convenio: "12345678", Sequencial: "9", Carteira: "18"}, "0000001234567800000000918", "12345678000000009"},
		{Input{Convenio: "1234", Sequencial: "9", Agencia: "4042", Conta: "61900", Carteira: "18"}, "1234000000940420006190018", "12340000009-7"},
		{Input{Convenio: "1234", Sequencial: "2", Agencia: "4042", Conta: "61900", Carteira: "18"}, "1234000000240420006190018", "12340000002-X"},
	} {
		got := mustNew(t, "001", c.in)
		if got.CampoLivre != c.free || got.NossoNumero != c.number {
			t.Errorf("%+v", got)
		}
	}
}

func TestLabels(t *testing.T) {
	for _, want := range []string{"001-9", "033-7", "077-9", "104-0", "237-2", "341-7", "748-X", "756-0"} {
		if got, err := Label(want[:3]); got != want || err != nil {
			t.Errorf("%s, %v; want %s", got, err, want)
		}
	}
	if got, err := Label("34"); got != "" || !errors.Is(err, ErrUnknownBank) {
		t.Error(got, err)
	}
}

func TestNumbersEndAndNeverWrap(t *testing.T) {
	for _, c := range []struct {
		bank        string
		agreement   Input
		first, last uint64
	}{
		{"001", Input{Convenio: "1234567"}, 1, 9_999_999_999},
		{"001", Input{Convenio: "123456"}, 1, 99_999},
		{"033", Input{}, 1, 999_999_999_999},
		{"077", Input{}, 1, 9_999_999_999},
		{"104", Input{}, 1, 999_999_999_999_999},
		{"237", Input{}, 1, 99_999_999_999},
		{"341", Input{}, 1, 99_999_999},
		{"748", Input{}, 200_001, 999_999},
		{"748", Input{Byte: "3"}, 300_001, 999_999},
		{"756", Input{}, 1, 9_999_999},
	} {
		if first, last, err := Limits(c.bank, c.agreement); first != c.first || last != c.last || err != nil {
			t.Errorf("%s: %d to %d, %v", c.bank, first, last, err)
		}
		if n, err := Next(c.bank, c.agreement, 0); n != c.first || err != nil {
			t.Errorf("%s begins with %d, %v; want %d", c.bank, n, err, c.first)
		}
		if n, err := Next(c.bank, c.agreement, c.last-1); n != c.last || err != nil {
			t.Errorf("%s: after %d comes %d, %v", c.bank, c.last-1, n, err)
		}
		for _, used := range []uint64{c.last, c.last + 1, 1<<64 - 1} {
			if n, err := Next(c.bank, c.agreement, used); n != 0 || !errors.Is(err, ErrExhausted) {
				t.Errorf("%s: after %d comes %d, %v", c.bank, used, n, err)
			}
		}
		if _, err := Number(c.bank, c.agreement, c.last+1); !errors.Is(err, ErrValue) {
			t.Errorf("%s takes %d: %v", c.bank, c.last+1, err)
		}
	}
	if _, _, err := Limits("999", Input{}); !errors.Is(err, ErrUnknownBank) {
		t.Error(err)
	}
	if _, _, err := Limits("001", Input{Convenio: "12345"}); !errors.Is(err, ErrLength) {
		t.Error(err)
	}
}

func TestSicrediCountsOverItsBytes(t *testing.T) {
	n, err := Next("748", sicrediIn, 299_999)
	if err != nil {
		t.Fatal(err)
	}
	in, err := Number("748", sicrediIn, n)
	if err != nil || in.Byte != "3" || in.Sequencial != "0" {
		t.Fatalf("%+v, %v", in, err)
	}
	if got := mustNew(t, "748", in).NossoNumero; !strings.HasPrefix(got, "26/300000-") {
		t.Error(got)
	}
	in.Byte = "1" // the cooperative's numbers are read, never given out
	mustNew(t, "748", in)
	if _, err := Next("748", in, 0); !errors.Is(err, ErrValue) {
		t.Error(err)
	}
}
