package boleto

import "testing"

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

func BenchmarkBars(b *testing.B) {
	v := load(b).Boletos[0]
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Bars(v.Barcode); err != nil {
			b.Fatal(err)
		}
	}
}
