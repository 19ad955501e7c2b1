package print

import "testing"

func BenchmarkBooklet12(b *testing.B) {
	slips := carne(12)
	b.ReportAllocs()
	var size counter
	for b.Loop() {
		size = 0
		if err := Booklet(&size, imprint, brand, slips); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(size), "bytes/file")
}

// Benchmark300Booklets prints the carnês of an ISP's month into one file. What it allocates is for 300; what it holds is for one.
func Benchmark300Booklets(b *testing.B) {
	slips := carne(12)
	b.ReportAllocs()
	var size counter
	for b.Loop() {
		size = 0
		press, err := NewPress(&size, imprint)
		if err != nil {
			b.Fatal(err)
		}
		for range 300 {
			if err := press.Booklet(brand, slips); err != nil {
				b.Fatal(err)
			}
		}
		if err := press.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(size)/300, "bytes/carnê")
}

// counter counts what is written and lets it go.
type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
