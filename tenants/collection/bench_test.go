package collection_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/bankreturnline"
	"enlace/ent/slip"
	"enlace/ent/subscription"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/collection"
	"enlace/tenants/collection/banktest"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/tenanttest"
)

// BenchmarkRetorno is a retorno over Postgres, of which each title pays an invoice: brought and worked through. It prints lines a second, of which
// a title of CNAB 240 has two, and how much more heap is in use meanwhile at most, the file itself lying outside of it.
func BenchmarkRetorno(b *testing.B) {
	for _, lines := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			b.ReportAllocs()
			turns, most := 0, uint64(0)
			for b.Loop() {
				b.StopTimer()
				o, content := paidByAll(b, lines/2)
				file := written(b, content)
				content = nil
				before := heap()
				measured, stop := make(chan uint64), make(chan struct{})
				go func() { measured <- mostHeap(stop) }()
				b.StartTimer()
				id, err := desk(o).Bring(o.As("financeiro"), collection.File{Name: "r.ret", From: file, Key: fmt.Sprint(turns)})
				if err != nil {
					b.Fatal(err)
				}
				if err := desk(o).Apply(o.Worker(), id); err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				close(stop)
				if top := <-measured; top > before {
					most = max(most, top-before)
				}
				report, err := desk(o).Report(o.As("financeiro"), id, "", 1)
				if err != nil || report.Counts[bankreturnline.OutcomePaid] != lines/2 {
					b.Fatalf("%v, %v", report, err)
				}
				turns++
				b.StartTimer()
			}
			b.ReportMetric(float64(lines*turns)/b.Elapsed().Seconds(), "lines/s")
			b.ReportMetric(float64(most)/(1<<20), "MB-heap")
		})
	}
}

// written is a file of the disk, as a browser's upload is.
func written(b *testing.B, content []byte) *os.File {
	b.Helper()
	file, err := os.Create(filepath.Join(b.TempDir(), "r.ret"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = file.Close() })
	if _, err := file.Write(content); err != nil {
		b.Fatal(err)
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		b.Fatal(err)
	}
	return file
}

// heap is what is in use once the garbage is gone.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// paidByAll is an office with many customers who owe an invoice each, and the retorno by which all of them have paid.
func paidByAll(b *testing.B, many int) (*demotest.Office, []byte) {
	b.Helper()
	o := demotest.Open(b, (*tenanttest.Seed).PostgresProbed)
	like, due := o.Service(o.Maria), calendar.On(2026, 12, 10)
	o.Write(func(ctx context.Context, c *ent.Client) error {
		if err := c.Subscription.Update().SetBooklet(true).Exec(ctx); err != nil { // those of the demonstration
			return err
		}
		there := c.Subscription.Query().IDsX(ctx)
		if err := demotest.Clone(ctx, c, like, due, many); err != nil {
			return err
		}
		return c.Subscription.Update().Where(subscription.IDNotIn(there...)).SetBooklet(false).SetMode(subscription.ModeAntecipado).SetDueDay(10).SetFeeChoice(subscription.FeeChoiceNone).Exec(ctx)
	})
	o.Pass(7 * 24 * time.Hour)
	if run, err := (billing.Desk{DB: o.DB}).BillMonth(o.Worker()); err != nil || run.Invoices != many {
		b.Fatalf("%d invoices, %v", run.Invoices, err)
	}
	long, cancel := context.WithTimeout(o.As("financeiro"), time.Hour)
	defer cancel()
	id, err := desk(o).WriteRemessa(long, agreed(o), "")
	if err != nil {
		b.Fatal(err)
	}
	remessa, err := desk(o).RemessaFile(long, id)
	if err != nil {
		b.Fatal(err)
	}
	bank := banktest.Read(b, remessa.Content)
	var paid []banktest.Says
	o.Read(func(ctx context.Context, c *ent.Client) error {
		for _, row := range c.Slip.Query().Where(slip.Due(due), slip.IssuedAt(o.DB.Now())).AllX(ctx) {
			bank.Titles[row.Txid] = banktest.Title{Number: row.OurNumber, Mark: row.Txid, Due: due.Time().Format("02012006"), Amount: row.Amount}
			paid = append(paid, banktest.Says{Mark: row.Txid, Movement: "06", Paid: row.Amount, On: o.DB.Today(ctx)})
		}
		return nil
	})
	o.Analyze()
	return o, bank.Retorno(1, paid...)
}

// mostHeap is the most heap in use until it is told to stop.
func mostHeap(stop <-chan struct{}) (most uint64) {
	for {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		most = max(most, m.HeapAlloc)
		select {
		case <-stop:
			return most
		case <-time.After(100 * time.Millisecond):
		}
	}
}
