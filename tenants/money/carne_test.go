package money_test

import (
	"slices"
	"testing"

	"enlace/tenants/calendar"
	"enlace/tenants/money"

	"pgregory.net/rapid"
)

// pagesOf is a carnê as it was issued, nothing of it paid.
func pagesOf(terms money.Terms) []money.Page {
	var pages []money.Page
	for _, instalment := range must(money.Schedule(terms)) {
		page := money.Page{Due: instalment.Due}
		for _, line := range instalment.Lines {
			billed := money.Billed{Period: line.Period, Cycle: line.Period, Monthly: terms.Price.Contracted, Charged: line.Amount}
			if !line.Whole {
				billed.Cycle.From = calendar.AddMonths(line.Period.To, -1, terms.DueDay)
			}
			page.Billed = append(page.Billed, billed)
		}
		pages = append(pages, page)
	}
	return pages
}

func sum(lines []money.Line) (all cents) {
	for _, line := range lines {
		all += line.Amount
	}
	return all
}

func sums(instalments []money.Instalment) (all cents) {
	for _, instalment := range instalments {
		all += instalment.Total()
	}
	return all
}

// openCarne is the carnê of money.md M5's migration: A 99,90, due on the 10th, three pages, the migration on 22/12.
func openCarne(mode money.Mode) []money.Page {
	first := calendar.On(2026, 12, 10)
	if mode == money.Postecipado {
		first = calendar.On(2027, 1, 10)
	}
	return pagesOf(money.Terms{Price: money.Price{Contracted: 9990}, Start: calendar.On(2026, 12, 10), FirstDue: first, DueDay: 10, Instalments: 3, Mode: mode, Base: money.Base30})
}

var migration, planB = calendar.On(2026, 12, 22), money.Price{Contracted: 12990}

func TestAnOpenCarneIsRepriced(t *testing.T) {
	for _, mode := range []money.Mode{money.Antecipado, money.Postecipado} {
		pages := openCarne(mode)
		r := must(money.Reprice(pages, planB, migration, money.Base30))
		for k, want := range []cents{9990, 12990, 12990} { // the running one stands
			equal(t, string(mode), r.Pages[k].Total(), want)
			equal(t, string(mode), r.Pages[k].Due, pages[k].Due)
		}
		if !slices.Equal(r.Anew, []int{1, 2}) || len(r.Loose) != 2 {
			t.Fatalf("%+v", r)
		}
		equal(t, "credit of A", r.Loose[0].Amount, -5994)
		equal(t, "memo of it", r.Loose[0].Memo, "R$ 99,90 − 12 de 30 dias × R$ 99,90")
		equal(t, "charge of B", r.Loose[1].Amount, 7794)
		equal(t, "memo of it", r.Loose[1].Memo, "R$ 129,90 − 12 de 30 dias × R$ 129,90")
		equal(t, "memo of a page", r.Pages[1].Lines[0].Memo, "período inteiro, R$ 129,90")
	}
}

func TestAnOpenCarneIsCancelledAndReissued(t *testing.T) {
	pages := openCarne(money.Antecipado)
	r := must(money.Reissue(pages, planB, migration, money.Base30))
	if !slices.Equal(r.Cancelled, []int{1, 2}) || len(r.Carne) != 2 {
		t.Fatalf("%+v", r)
	}
	equal(t, "loose", sum(r.Loose), 1800)
	// The new carnê is that of task 4 from the end of the running period on.
	anew := must(money.Schedule(money.Terms{Price: planB, Start: calendar.On(2027, 1, 10), FirstDue: calendar.On(2027, 1, 10), DueDay: 10, Instalments: 2,
		Mode: money.Antecipado, Base: money.Base30}))
	for k, instalment := range r.Carne {
		equal(t, "due", instalment.Due, anew[k].Due)
		equal(t, "period", instalment.Covers(), anew[k].Covers())
		equal(t, "total", instalment.Total(), anew[k].Total())
	}
}

func TestAnOpenCarneIsKept(t *testing.T) {
	pages := openCarne(money.Antecipado)
	kept := must(money.Keep(pages, planB, migration, money.Base30))
	equal(t, "until", kept.Until, calendar.On(2027, 3, 10))
	equal(t, "forgone", kept.Forgone, 1800+3000+3000)
	equal(t, "memo", kept.Memo, "preço de antes até 10/03/2027; a diferença de R$ 78,00 não é cobrada")
	kept = must(money.Keep(pages, money.Price{Contracted: 8990}, migration, money.Base30))
	equal(t, "memo", kept.Memo, "preço de antes até 10/03/2027; a diferença de R$ 26,00 não é devolvida")
}

func TestAPaidPageAndAnOverdueOneStandAsTheyArePrinted(t *testing.T) {
	pages := openCarne(money.Antecipado)
	pages[1].Paid = 1                        // a partial payment is one too
	pages[2].Due = calendar.On(2026, 12, 18) // edited (M14) to before the migration, and not paid
	r := must(money.Reprice(pages, planB, migration, money.Base30))
	equal(t, "anew", len(r.Anew), 0)
	equal(t, "pages", sums(r.Pages), 3*9990)
	equal(t, "loose", sum(r.Loose), 1800+3000+3000)
	equal(t, "lines", len(r.Loose), 6)
}

func TestADiscountOfTheNewPriceCountsWholePeriods(t *testing.T) {
	pages := openCarne(money.Antecipado)
	r := must(money.Reprice(pages, money.Price{Contracted: 12990, Fixed: 1000, Months: 1}, migration, money.Base30))
	equal(t, "the running rest is discounted, not counted", r.Loose[1].Amount, 11990-4796)
	equal(t, "the first whole period", r.Pages[1].Total(), 11990)
	equal(t, "the second", r.Pages[2].Total(), 12990)
}

func TestAChangeWithinTheStubOfACarne(t *testing.T) {
	pages := pagesOf(money.Terms{Price: money.Price{Contracted: 8990}, Start: calendar.On(2026, 11, 27), FirstDue: calendar.On(2026, 12, 10), DueDay: 10, Instalments: 2,
		Mode: money.Antecipado, Base: money.Base30})
	r := must(money.Reprice(pages, money.Price{Contracted: 11990}, calendar.On(2026, 12, 2), money.Base30))
	equal(t, "the first page has the running stub: it stands", r.Pages[0].Total(), 12885)
	equal(t, "the second", r.Pages[1].Total(), 11990)
	var loose []cents
	for _, line := range r.Loose {
		loose = append(loose, line.Amount)
	}
	// stub 13 days 38,95 less 5 days 14,98; at B 51,95 less 19,98; then the whole period of the same page
	if want := []cents{-2397, 3197, -8990, 11990}; !slices.Equal(loose, want) {
		t.Errorf("%v, want %v", loose, want)
	}
}

// Money.md M6: F 89,90, the transfer on 22/12. The old holder pays the days before it, the new one the rest.
func TestATransferredCarneIsClosed(t *testing.T) {
	for _, mode := range []money.Mode{money.Antecipado, money.Postecipado} {
		pages := openCarne(mode)
		for k := range pages {
			pages[k].Billed[0].Monthly, pages[k].Billed[0].Charged = 8990, 8990
		}
		pages[2].Paid = 8990 // a future one, paid ahead
		c := must(money.Close(pages, migration, money.Base30))
		if !slices.Equal(c.Cancelled, []int{1}) || len(c.Credits) != 2 || c.Credits[0].Page != 0 || c.Credits[1].Page != 2 {
			t.Fatalf("%+v", c)
		}
		equal(t, "off the running one, which falls to 35,96", 8990+c.Credits[0].Line.Amount, 3596)
		equal(t, "memo", c.Credits[0].Line.Memo, "R$ 89,90 − 12 de 30 dias × R$ 89,90")
		equal(t, "the one paid ahead", c.Credits[1].Line.Amount, -8990)
	}
}

func TestACarneChangesByMoneyMD(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		terms := money.Terms{Price: money.Price{Contracted: somePrice.Draw(t, "A")}, DueDay: rapid.IntRange(1, 31).Draw(t, "due day"), Instalments: rapid.IntRange(1, 24).Draw(t, "n"),
			Mode: rapid.SampledFrom([]money.Mode{money.Antecipado, money.Postecipado}).Draw(t, "mode"), Base: someBase.Draw(t, "base")}
		terms.FirstDue = calendar.AddMonths(someDay.Draw(t, "month"), 0, terms.DueDay)
		terms.Start = terms.FirstDue.AddDays(-rapid.IntRange(1, 55).Draw(t, "first use"))
		pages, to := pagesOf(terms), money.Price{Contracted: somePrice.Draw(t, "B")}
		day := terms.Start.AddDays(rapid.IntRange(-5, 31*terms.Instalments+60).Draw(t, "day"))
		for k := range pages {
			if rapid.Bool().Draw(t, "paid") {
				pages[k].Paid = 1
			}
		}
		// The oracle: a period before the day costs A, one from the day on B, and of the running one the days before it A and the rest B.
		var before, after cents
		for _, page := range pages {
			for _, b := range page.Billed {
				base := int64(30)
				if terms.Base == money.BaseReal {
					base = int64(b.Cycle.To.DaysSince(b.Cycle.From))
				}
				part := func(price cents, until date) cents {
					if until == b.Period.To && b.Period == b.Cycle {
						return price
					}
					return min(price, floor(price, until.DaysSince(b.Period.From), int(base)))
				}
				a, all := part(terms.Price.Contracted, b.Period.To), part(to.Contracted, b.Period.To)
				before += a
				switch {
				case !day.Before(b.Period.To):
					after += a
				case !day.After(b.Period.From):
					after += all
				default:
					after += part(terms.Price.Contracted, day) + all - part(to.Contracted, day)
				}
			}
		}
		repriced, reissued, kept := must(money.Reprice(pages, to, day, terms.Base)), must(money.Reissue(pages, to, day, terms.Base)), must(money.Keep(pages, to, day, terms.Base))
		if got := sums(repriced.Pages) + sum(repriced.Loose); got != after {
			t.Fatalf("repriced it comes to %v, the oracle says %v", got, after)
		}
		cancelled := cents(0)
		for _, k := range reissued.Cancelled {
			cancelled += sums([]money.Instalment{must(money.Schedule(terms))[k]})
			if pages[k].Paid > 0 {
				t.Fatalf("page %d is paid and cancelled", k)
			}
		}
		if got := before - cancelled + sums(reissued.Carne) + sum(reissued.Loose); got != after {
			t.Fatalf("reissued it comes to %v, the oracle says %v", got, after)
		}
		if before+kept.Forgone != after {
			t.Fatalf("kept it forgoes %v, the oracle says %v", kept.Forgone, after-before)
		}
		for k, page := range repriced.Pages {
			if page.Due != pages[k].Due || pages[k].Paid > 0 && page.Total() != sums([]money.Instalment{must(money.Schedule(terms))[k]}) {
				t.Fatalf("page %d became %+v", k, page)
			}
		}
		// Closed, it costs what came before the day: a change to a price of nothing.
		closed, free := must(money.Close(pages, day, terms.Base)), must(money.Reissue(pages, money.Price{}, day, terms.Base))
		if !slices.Equal(closed.Cancelled, free.Cancelled) {
			t.Fatalf("closed %v, reissued %v", closed.Cancelled, free.Cancelled)
		}
		var credits cents
		for _, credit := range closed.Credits {
			credits += credit.Line.Amount
		}
		if credits != sum(free.Loose) {
			t.Fatalf("closed it gives back %v, at a price of nothing %v", -credits, -sum(free.Loose))
		}
		if to == terms.Price && (len(repriced.Loose) > 0 || after != before) {
			t.Fatal("a change to the same price costs")
		}
	})
}
