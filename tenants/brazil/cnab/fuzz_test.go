package cnab

import (
	"bytes"
	"errors"
	"testing"
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
