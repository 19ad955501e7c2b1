package money_test

import (
	"testing"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

func BenchmarkStub(b *testing.B) {
	b.ReportAllocs()
	start, due := calendar.On(2026, 11, 27), calendar.On(2026, 12, 10)
	for b.Loop() {
		if line, err := money.Stub(89_90, start, due, 10, money.Base30); err != nil || line.Amount != 38_95 {
			b.Fatal(line, err)
		}
	}
}

func BenchmarkChangePrice(b *testing.B) {
	b.ReportAllocs()
	december, day := period("2026-12-10", "2027-01-10"), calendar.On(2026, 12, 22)
	for b.Loop() {
		if change, err := money.ChangePrice(99_90, 129_90, december, day, money.Base30); err != nil || change.Net() != 18_00 {
			b.Fatal(change, err)
		}
	}
}

func BenchmarkCompose(b *testing.B) {
	b.ReportAllocs()
	weights := []cents{62_93, 26_97}
	for b.Loop() {
		if shares := money.Compose(38_95, weights); shares[0] != 27_27 {
			b.Fatal(shares)
		}
	}
}

func BenchmarkLateOn(b *testing.B) {
	b.ReportAllocs()
	due, paid := calendar.On(2026, 11, 20), calendar.On(2026, 11, 24)
	for b.Loop() {
		if late, err := money.LateOn(100_00, due, paid); err != nil || late.Days != 4 {
			b.Fatal(late, err)
		}
	}
}

func BenchmarkReprice(b *testing.B) {
	b.ReportAllocs()
	pages := pagesOf(money.Terms{Price: money.Price{Contracted: 89_90}, Start: calendar.On(2026, 11, 27), FirstDue: calendar.On(2026, 12, 10), DueDay: 10, Instalments: 12,
		Mode: money.Antecipado, Base: money.Base30})
	for b.Loop() {
		if r, err := money.Reprice(pages, planB, migration, money.Base30); err != nil || len(r.Anew) != 11 {
			b.Fatal(r, err)
		}
	}
}
