package cnab

import (
	"bytes"
	"io"
	"testing"
)

// One order is three records of CNAB 240, or one or two of CNAB 400.
func BenchmarkRemessa(b *testing.B) {
	for name := range senders {
		b.Run(name, func(b *testing.B) {
			s := sender(name)
			o := entry(b, s)
			file, err := NewRemessa(io.Discard, s, 7, wroteAt)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if err := file.Add(o); err != nil {
					b.Fatal(err)
				}
				file.now.total, file.now.sequence = 10, 10 // the file never fills
			}
		})
	}
}

func BenchmarkReadReturn(b *testing.B) {
	for _, name := range []string{"caixa.ret", "CNAB240SICREDI.CRT", "CNAB400BRADESCO.RET", "CNAB400ITAU.RET"} {
		b.Run(name, func(b *testing.B) {
			content := raw(b, name)
			b.SetBytes(int64(len(content)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := ReadReturn(bytes.NewReader(content)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkKey(b *testing.B) {
	ret := sample(b, "CNAB400ITAU.RET")
	b.ReportAllocs()
	for b.Loop() {
		ret.Key(ret.Titles[0])
	}
}

func BenchmarkPrinted(b *testing.B) {
	ret := sample(b, "CNAB400ITAU.RET")
	terms := sender("341 400").Terms
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ret.Printed(ret.Titles[0], terms); err != nil {
			b.Fatal(err)
		}
	}
}
