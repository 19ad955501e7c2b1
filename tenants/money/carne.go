package money

import (
	"fmt"

	"enlace/tenants/calendar"
)

// Page is an instalment of a carnê that is out: the days it bills, each run at its price, and what was paid of it.
type Page struct {
	Due    calendar.Date
	Billed []Billed // whole periods, and stubs
	Paid   Cents
}

// Repriced is a carnê after a change of price that its own pages carry (money.md M5).
type Repriced struct {
	Pages []Instalment // one for each page given; their due dates stay
	Anew  []int        // places in Pages of those with the new price: the boleto of each is altered, or written off and numbered anew
	Loose []Line       // of the pages that stand: for each period the credit of the old price and the charge of the new
}

// Reissued is a carnê after a change of price for which its open pages are cancelled and printed in another (money.md M5).
type Reissued struct {
	Cancelled []int        // places of the pages given
	Carne     []Instalment // the new one: the periods of the cancelled pages at the new price, on the same due dates
	Loose     []Line       // as of Repriced
}

// Kept is a carnê that a change of price leaves as it is (money.md M5).
type Kept struct {
	Until   calendar.Date // the old price is in force up to this day, on which the last page's period ends
	Forgone Cents         // what is not charged; negative, what is not given back
	Memo    string        // for the preview: so nobody learns of it later
}

// Closed is a carnê whose holder leaves it: by a transfer, by the end of the service (money.md M6).
type Closed struct {
	Cancelled []int        // places of the pages given: open, and of days that are not theirs any more
	Credits   []PageCredit // what the others billed from the day on: off an open page, the holder's own where it is paid
}

// PageCredit is a credit for days of one page.
type PageCredit struct {
	Page int
	Line Line // negative
}

// Reprice puts a carnê at a new price from a day on. A page takes it when all of its periods begin on or after the day, nothing of it is paid
// and it is not overdue. The others stand as they are printed: their differences are loose. A discount of the first n months counts the whole
// periods from the day on. It returns the errors of Billed.Credits.
func Reprice(pages []Page, to Price, day calendar.Date, base Base) (Repriced, error) {
	var r Repriced
	err := swap(pages, to, day, base, func(k int, is Instalment, anew bool, loose []Line) {
		if r.Pages, r.Loose = append(r.Pages, is), append(r.Loose, loose...); anew {
			r.Anew = append(r.Anew, k)
		}
	})
	return r, err
}

// Reissue cancels the pages that Reprice would change and lists the carnê that takes their place. It returns the errors of Reprice.
func Reissue(pages []Page, to Price, day calendar.Date, base Base) (Reissued, error) {
	var r Reissued
	err := swap(pages, to, day, base, func(k int, is Instalment, anew bool, loose []Line) {
		if r.Loose = append(r.Loose, loose...); anew {
			r.Cancelled, r.Carne = append(r.Cancelled, k), append(r.Carne, is)
		}
	})
	return r, err
}

// Keep leaves a carnê at its old price to its end and says what that is worth. It returns the errors of Reprice.
func Keep(pages []Page, to Price, day calendar.Date, base Base) (Kept, error) {
	var kept Kept
	err := swap(pages, to, day, base, func(k int, is Instalment, anew bool, loose []Line) {
		if kept.Forgone += total(loose); anew {
			kept.Forgone += is.Total() - pages[k].total()
		}
		for _, b := range pages[k].Billed {
			if b.Period.To.After(kept.Until) {
				kept.Until = b.Period.To
			}
		}
	})
	what, amount := "cobrada", kept.Forgone
	if amount < 0 {
		what, amount = "devolvida", -amount
	}
	kept.Memo = fmt.Sprintf("preço de antes até %s; a diferença de R$ %s não é %s", kept.Until.BR(), amount, what)
	return kept, err
}

// swap tells of each page what it becomes: whether it takes the new price, and where it does not, the lines that make the difference.
func swap(pages []Page, to Price, day calendar.Date, base Base, tell func(place int, is Instalment, anew bool, loose []Line)) error {
	whole := 0 // periods at the new price, for its discount
	for k, page := range pages {
		anew, err := page.open(day, base)
		if err != nil {
			return err
		}
		is, loose := Instalment{Due: page.Due}, []Line(nil)
		for _, b := range page.Billed {
			fresh := b.at(to.Of(whole), base)
			if err := fresh.check(base); err != nil {
				return err
			}
			if !b.Period.From.Before(day) && b.Period == b.Cycle {
				whole++
			}
			if anew {
				is.Lines = append(is.Lines, fresh.line(base))
				continue
			}
			is.Lines = append(is.Lines, b.line(base))
			if b.Period.To.After(day) && fresh.Monthly != b.Monthly {
				credit, charge := b.from(day, base), fresh.from(day, base)
				credit.Amount = -credit.Amount
				loose = append(loose, credit, charge)
			}
		}
		tell(k, is, anew, loose)
	}
	return nil
}

// Close ends a carnê on a day, which is the first that its holder does not pay for. It returns the errors of Billed.Credits.
func Close(pages []Page, day calendar.Date, base Base) (Closed, error) {
	var c Closed
	for k, page := range pages {
		open, err := page.open(day, base)
		if err != nil {
			return c, err
		}
		if open {
			c.Cancelled = append(c.Cancelled, k)
			continue
		}
		for _, b := range page.Billed {
			if b.Period.To.After(day) {
				credit := b.from(day, base)
				credit.Amount = -credit.Amount
				c.Credits = append(c.Credits, PageCredit{k, credit})
			}
		}
	}
	return c, nil
}

// open says whether a page can still be taken back on a day: all of its periods begin on or after it, nothing is paid and it is not overdue.
func (p Page) open(day calendar.Date, base Base) (bool, error) {
	is := p.Paid == 0 && !calendar.EffectiveLastDay(p.Due).Before(day)
	for _, b := range p.Billed {
		if err := b.check(base); err != nil {
			return false, err
		}
		is = is && !b.Period.From.Before(day)
	}
	return is, nil
}

func (p Page) total() (sum Cents) {
	for _, b := range p.Billed {
		sum += b.Charged
	}
	return sum
}

// at is the same days at another price: a whole period costs the whole of it, any other run is a stub.
func (b Billed) at(monthly Cents, base Base) Billed {
	b.Monthly, b.Charged = monthly, monthly
	if b.Period != b.Cycle {
		b.Charged = b.upTo(b.Period.To, base) - b.upTo(b.Period.From, base)
	}
	return b
}

// upTo is what the days of the run cost before one: a rest is split where the whole run is, so that the pieces add up to it however often that is.
func (b Billed) upTo(day calendar.Date, base Base) Cents {
	run := calendar.Period{From: b.run(), To: day}
	if run == b.Cycle {
		return b.Monthly
	}
	return min(b.Monthly, cut(b.Monthly, run.Days(), base.days(b.Cycle)))
}

func (b Billed) run() calendar.Date {
	if b.Since.IsZero() {
		return b.Period.From
	}
	return b.Since
}

// line is what the days cost, as it was billed.
func (b Billed) line(base Base) Line {
	if b.Period == b.Cycle {
		return wholeLine(b.Charged, b.Period)
	}
	line := partLine(b.Monthly, b.Period, base.days(b.Cycle))
	line.Amount = b.Charged
	return line
}

// from is what the days from one on cost: the price of all less that of those before it, as Split has it.
func (b Billed) from(day calendar.Date, base Base) Line {
	all := b.line(base)
	if !b.Period.From.Before(day) {
		return all
	}
	before := b.before(day, base)
	if !b.Since.IsZero() {
		before.Memo = "(" + before.Memo + ")"
	}
	return Line{Period: calendar.Period{From: day, To: b.Period.To}, Amount: b.Charged - min(b.Charged, before.Amount),
		Memo: "R$ " + b.Charged.String() + " \u2212 " + before.Memo}
}

// before is what the days of a part before one cost, with how.
func (b Billed) before(day calendar.Date, base Base) Line {
	line := partLine(b.Monthly, calendar.Period{From: b.run(), To: day}, base.days(b.Cycle))
	if first := b.upTo(b.Period.From, base); first > 0 {
		line.Amount, line.Memo = line.Amount-first, line.Memo+" \u2212 R$ "+first.String()
	}
	return line
}
