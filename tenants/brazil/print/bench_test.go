package print

import (
	"runtime"
	"testing"
)

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
func Benchmark300Booklets(b *testing.B) { printMany(b, 300) }

// Benchmark10000Booklets prints those of a large ISP's year into one file: what it holds at its end says that memory did not grow with them.
func Benchmark10000Booklets(b *testing.B) { printMany(b, 10_000) }

func printMany(b *testing.B, n int) {
	slips := carne(12)
	b.ReportAllocs()
	var size counter
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for b.Loop() {
		size = 0
		press, err := NewPress(&size, imprint)
		if err != nil {
			b.Fatal(err)
		}
		for range n {
			if err := press.Booklet(brand, slips); err != nil {
				b.Fatal(err)
			}
		}
		runtime.GC()
		runtime.ReadMemStats(&after) // with the press still at work
		if err := press.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(size)/float64(n), "bytes/carnê")
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "carnês/s")
	b.ReportMetric((float64(after.HeapAlloc)-float64(before.HeapAlloc))/(1<<20), "MB-held")
}

// counter counts what is written and lets it go.
type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
