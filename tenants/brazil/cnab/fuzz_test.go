package cnab

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"enlace/tenants/money"
)

func FuzzReturn240(f *testing.F) {
	fuzzReturn(f, "CNAB240", "caixa.ret", "CNAB240SICREDI.CRT", "CNAB240SICOOB.RET")
}

func FuzzReturn400(f *testing.F) {
	fuzzReturn(f, "CNAB400", "CNAB400BRADESCO.RET")
}

// fuzzReturn demands of any bytes at all: no panic, a named error or a Return that holds together.
func fuzzReturn(f *testing.F, layout string, seeds ...string) {
	for _, name := range seeds {
		f.Add(raw(f, name))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		ret, err := ReadReturn(bytes.NewReader(content))
		var problem Problem
		if err != nil {
			if !errors.As(err, &problem) || ret != nil {
				t.Fatalf("error without a name: %v", err)
			}
			return
		}
		if ret.Layout == layout && (ret.TrailerMatches == nil) != (layout == "CNAB400") {
			t.Fatal("trailer_matches belongs to CNAB 240 alone")
		}
		last := bytes.Count(content, []byte{'\n'}) + 1
		for _, p := range ret.Problems {
			if p.Line < 1 || p.Line > last || p.Column < 0 || p.Column > 401 || p.Code == "" {
				t.Fatalf("a problem nowhere: %v", p)
			}
		}
		before := 0
		for _, title := range ret.Titles {
			if title.Line <= before || title.Line > last || title.Movement == "" || title.Settles() && title.Movement == "28" {
				t.Fatalf("title %+v", title)
			}
			for _, amount := range []int64{int64(title.Nominal), int64(title.Paid), int64(title.Net), int64(title.Fee)} {
				if amount < 0 || amount >= mostCents {
					t.Fatalf("amount %d", amount)
				}
			}
			before = title.Line
		}
		ret.Summary("x")
	})
}

// Whatever stands in an order, a file has lines of the layout's width and plain characters, or the order is refused by name.
func FuzzRemessa(f *testing.F) {
	f.Add(0, "109/00000042-3", "1042", "F1042", int64(9990), 200, 100, int64(500), "Márcia", "52998224725", "Rua São João, 100", "69020030", "Manaus", "AM")
	f.Add(3, "", "", "\x00", int64(-1), -1, 1<<40, int64(1)<<62, "\xff", "", "李", "0", "", "am")
	names := []string{"001 240", "001 400", "033 240", "077 400", "104 240", "237 400", "341 400", "748 240", "756 240"}
	f.Fuzz(func(t *testing.T, bank int, number, document, control string, amount int64, fine, interest int, discount int64, name, cpf, street, cep, city, uf string) {
		s := sender(names[uint(bank)%uint(len(names))])
		o := entry(t, s)
		if bank%2 == 0 {
			o.NossoNumero = number
		}
		o.Document, o.Control, o.Amount, o.Fine, o.Interest, o.Discount = document, control, money.Cents(amount), fine, interest, money.Cents(discount)
		o.Payer = Payer{name, cpf, street, city, cep, city, uf}
		var out bytes.Buffer
		file, err := NewRemessa(&out, s, 1, wroteAt)
		if err != nil {
			t.Fatal(err)
		}
		if err := file.Add(o); err != nil {
			if refusal, named := err.(Refusal); !named || refusal.Field == "" || refusal.Code == "" || refusal.Title != 0 {
				t.Fatalf("%v", err)
			}
			return
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
		for row := range strings.Lines(out.String()) {
			plain := strings.TrimSuffix(row, "\r\n")
			if len(plain) != file.width || len(row) != len(plain)+2 || strings.ContainsFunc(plain, func(c rune) bool { return c < ' ' || c > '~' || c >= 'a' && c <= 'z' }) {
				t.Fatalf("%q", row)
			}
		}
	})
}
