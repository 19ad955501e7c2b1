package boleto

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

func wantError(t *testing.T, bank string, in Input, field string, position int, want error) {
	t.Helper()
	_, err := New(bank, in, due, 9990)
	var e *Error
	if !errors.As(err, &e) || e.Field != field || e.Position != position || !errors.Is(err, want) {
		t.Errorf("%s: %v; want %s, %v at %d", bank, err, field, want, position)
	}
}

func TestDueDateWithoutFactor(t *testing.T) {
	if _, err := New("001", brasil, FirstDue.AddDays(-1), 9990); !errors.Is(err, ErrFactor) {
		t.Error(err)
	}
}

func TestUnknownBank(t *testing.T) {
	for _, bank := range []string{"", "1", "000", "999", "0001", "34A", "３４１"} {
		wantError(t, bank, brasil, "bank", 0, ErrUnknownBank)
		if _, err := Next(bank, brasil, 0); !errors.Is(err, ErrUnknownBank) {
			t.Error(err)
		}
		if _, err := Number(bank, brasil, 1); !errors.Is(err, ErrUnknownBank) {
			t.Error(err)
		}
	}
}

// Every text field a bank reads is refused when it is too long or holds a letter, and no bank panics over any.
func TestEveryFieldIsWatched(t *testing.T) {
	for _, v := range load(t).Boletos {
		for i := range reflect.TypeFor[Input]().NumField() {
			in := v.Input
			field := reflect.ValueOf(&in).Elem().Field(i)
			if field.Kind() != reflect.String || field.String() == "" {
				continue
			}
			name, _, _ := strings.Cut(reflect.TypeFor[Input]().Field(i).Tag.Get("json"), ",")
			if v.Bank == "001" && v.Input.Convenio != "" && (name == "agencia" || name == "conta") && len(v.Input.Convenio) == 7 || v.Input.NossoNumeroLivre17 {
				continue // the layout does not read them
			}
			good := field.String()
			for _, bad := range []string{good[:len(good)-1] + "O", strings.Repeat("9", 26), "-1", " ", "²"} {
				field.SetString(bad)
				var e *Error
				if _, err := New(v.Bank, in, v.Due, v.Amount); !errors.As(err, &e) || e.Field != name {
					t.Errorf("%s: %s = %q gives %v", v.name(), name, bad, err)
				}
			}
		}
	}
}

func TestRefusals(t *testing.T) {
	with := func(in Input, change func(*Input)) Input { change(&in); return in }
	wantError(t, "001", Input{}, "convenio", 0, ErrMissing)
	wantError(t, "001", with(brasil, func(in *Input) { in.Convenio = "12345" }), "convenio", 0, ErrLength)
	wantError(t, "001", with(brasil, func(in *Input) { in.Convenio = "12E4567" }), "convenio", 3, ErrNotDigit)
	wantError(t, "001", with(brasil, func(in *Input) { in.NossoNumeroLivre17 = true }), "convenio", 0, ErrLength)
	wantError(t, "001", with(brasil, func(in *Input) { in.Sequencial = "12345678901" }), "sequencial", 0, ErrTooLong)
	wantError(t, "001", with(brasil, func(in *Input) { in.Sequencial = "" }), "sequencial", 0, ErrMissing)
	wantError(t, "104", with(caixaSlip, func(in *Input) { in.NossoNumero17 = "1400" }), "nosso_numero_17", 0, ErrLength)
	wantError(t, "104", with(caixaSlip, func(in *Input) { in.NossoNumero17 = "94000000000000002" }), "nosso_numero_17", 0, ErrValue)
	wantError(t, "341", with(itauSlip, func(in *Input) { in.Carteira = "196" }), "seu_numero", 0, ErrMissing)
	wantError(t, "748", with(sicrediIn, func(in *Input) { in.Byte, in.Sequencial = "0", "1" }), "byte", 0, ErrValue)
	wantError(t, "748", with(sicrediIn, func(in *Input) { in.Byte, in.Sequencial, in.TipoCobranca = "2", "1", "2" }), "tipo_cobranca", 0, ErrValue)
	if _, err := Number("001", Input{Convenio: "1"}, 1); !errors.Is(err, ErrLength) {
		t.Error(err)
	}
	for _, bank := range allBanks {
		if _, err := New(bank, Input{}, due, 9990); !errors.Is(err, ErrMissing) {
			t.Errorf("%s without a field: %v", bank, err)
		}
	}
}

func TestErrorsSayWhere(t *testing.T) {
	for want, e := range map[string]*Error{
		"boleto: convenio: not a digit at position 3": {"convenio", 3, ErrNotDigit},
		"boleto: bank: unknown bank":                  {"bank", 0, ErrUnknownBank},
	} {
		if e.Error() != want {
			t.Errorf("%s, want %s", e, want)
		}
	}
}

func TestTextThatIsNoLinha(t *testing.T) {
	good := mustNew(t, "341", itauSlip).Linha()
	for _, c := range []struct {
		linha    string
		position int
		want     error
	}{
		{"", 0, ErrLength},
		{good[:46], 0, ErrLength},
		{good + "0", 0, ErrLength},
		{"8" + good, 0, ErrArrecadacao},
		{"83640000001-3 33120138000-2 81288462711-6 08013618155-1", 0, ErrArrecadacao},
		{good[:9] + "O" + good[10:], 10, ErrNotDigit},
		{good[:9] + "\x00" + good[10:], 10, ErrNotDigit},
		{"３" + good[1:], 1, ErrNotDigit},
	} {
		got, err := ParseLinha(c.linha, today)
		var e *Error
		if !errors.As(err, &e) || !errors.Is(err, c.want) || e.Position != c.position || got != (Parsed{}) {
			t.Errorf("%q: %+v, %v; want %v at %d", c.linha, got, err, c.want, c.position)
		}
	}
}

func TestLinhaInAnotherCurrency(t *testing.T) {
	barcode := [44]byte([]byte(mustNew(t, "341", itauSlip).Barcode))
	barcode[3] = '0'
	barcode[4] = generalDigit(&barcode)
	linha, _ := LinhaOf(string(barcode[:]))
	if got, err := ParseLinha(linha, today); !errors.Is(err, ErrCurrency) || !got.Due.IsZero() {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestBarcodesThatAreNone(t *testing.T) {
	for _, barcode := range []string{"", "1", "123", strings.Repeat("1", 43), strings.Repeat("1", 43) + "x"} {
		if _, err := LinhaOf(barcode); err == nil {
			t.Errorf("%q has a linha", barcode)
		}
	}
	for _, barcode := range []string{"", "1", "123", "1x"} {
		if _, err := Bars(barcode); err == nil {
			t.Errorf("%q has bars", barcode)
		}
	}
	if got := FormatLinha((Slip{}).Linha()); got != "" {
		t.Error(got)
	}
}
