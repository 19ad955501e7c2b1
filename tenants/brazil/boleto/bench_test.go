package boleto

import (
	"math/rand/v2"
	"testing"
)

// One slip is its barcode and its linha; a core owes 500,000 a second, 2000 ns each.
func BenchmarkSlip(b *testing.B) {
	seen := map[string]bool{}
	for _, v := range load(b).Boletos {
		if seen[v.Bank] {
			continue
		}
		seen[v.Bank] = true
		b.Run(v.Bank, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				slip, err := New(v.Bank, v.Input, v.Due, v.Amount)
				if err != nil || len(slip.Linha()) != 47 {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkParseLinha(b *testing.B) {
	v := load(b).Boletos[0]
	b.ReportAllocs()
	for b.Loop() {
		if got, err := ParseLinha(v.Linha, v.Due); err != nil || !got.Valid {
			b.Fatal(err)
		}
	}
}

func BenchmarkLinhaOf(b *testing.B) {
	v := load(b).Boletos[0]
	b.ReportAllocs()
	for b.Loop() {
		if got, err := LinhaOf(v.Barcode); err != nil || len(got) != 47 {
			b.Fatal(err)
		}
	}
}

// The next number of an agreement, in the fields its bank reads it from.
func BenchmarkNumber(b *testing.B) {
	for _, bank := range allBanks {
		b.Run(bank, func(b *testing.B) {
			agreement := agreements[bank].random(rand.New(rand.NewPCG(1, 1)))
			b.ReportAllocs()
			for b.Loop() {
				n, err := Next(bank, agreement, 0)
				if err == nil {
					_, err = Number(bank, agreement, n)
				}
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkBars(b *testing.B) {
	v := load(b).Boletos[0]
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Bars(v.Barcode); err != nil {
			b.Fatal(err)
		}
	}
}
