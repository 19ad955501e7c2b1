package billing

import (
	"context"

	"enlace/ent/charge"
	"enlace/ent/invoice"
	"enlace/ent/ledgerentry"
	"enlace/ent/predicate"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// Bucket is an age of what is overdue, in days from the due date.
type Bucket string

// The buckets, as the screen's address calls them.
const (
	Bucket15   Bucket = "1-15"
	Bucket30   Bucket = "16-30"
	Bucket60   Bucket = "31-60"
	Bucket90   Bucket = "61-90"
	BucketMore Bucket = "mais-de-90"
)

// Buckets lists them, the youngest first.
var Buckets = []Bucket{Bucket15, Bucket30, Bucket60, Bucket90, BucketMore}

// oldest is the most days a bucket holds.
var oldest = map[Bucket]int{Bucket15: 15, Bucket30: 30, Bucket60: 60, Bucket90: 90}

// span is between which due dates a bucket lies, both included; of no bucket, all that is overdue. What fell due on a weekend is overdue
// after its next business day, and then as old as its due date.
func (b Bucket) span(today calendar.Date) (from, to calendar.Date) {
	to = calendar.OverdueBefore(today).AddDays(-1)
	for _, younger := range Buckets {
		if younger == b {
			break
		}
		if b != "" {
			to = today.AddDays(-oldest[younger] - 1)
		}
	}
	if most, ends := oldest[b]; ends {
		from = today.AddDays(-most)
	}
	return from, to
}

// Heap is how many papers there are of a kind, and what is open of them without late charges.
type Heap struct {
	Count int
	Sum   money.Cents
}

func (h *Heap) add(count int, sum money.Cents) { h.Count, h.Sum = h.Count+count, h.Sum+sum }

// Aging is how what is owed stands on a day, under a filter: by age, what is not overdue yet, and what is contested. A charge that is contested
// is not collected: it counts there alone, whatever else is on its invoice. Late charges are not in it: they are reckoned a paper at a time, and
// grow by the day.
type Aging struct {
	Today     calendar.Date
	Overdue   map[Bucket]Heap
	Due       Heap // payable without late charges
	Soon      Heap // of those, until Until
	Until     calendar.Date
	Contested Heap

	Received      money.Cents // by the ISP, today, whatever the filter
	ReceivedMonth money.Cents // since the first of the month
}

// Late is all that is overdue.
func (a Aging) Late() (all Heap) {
	for _, h := range a.Overdue {
		all.add(h.Count, h.Sum)
	}
	return all
}

// age reads how what a filter means stands, whatever states it chooses, and how many rows its list has. It is one statement.
func age(ctx context.Context, f ReceivableFilter, today calendar.Date) (a Aging, total int, err error) {
	a = Aging{Today: today, Overdue: map[Bucket]Heap{}, Until: today.AddDays(horizon)}
	var sets []tenants.Grouped
	var put []func(due calendar.Date, count int, sum money.Cents)
	add := func(set tenants.Grouped, to func(calendar.Date, int, money.Cents)) {
		sets, put = append(sets, set), append(put, to)
	}
	alone := func(due calendar.Date, _ int, sum money.Cents) { a.put(due, 0, sum) } // the charges of an invoice are not what is counted

	open, contests := f.Narrow(), f.Narrow()
	open.State, contests.State = ReceivableOpen, ReceivableContested
	for _, of := range a.spans(f) {
		invoices := append(open.invoices(ctx, today), within(of.from, of.to, invoice.DueGTE, invoice.DueLTE)...)
		charges := append(open.charged(ctx, today), within(of.from, of.to, charge.DueGTE, charge.DueLTE)...)
		add(of.sum(tenants.RowsOf(invoice.Table, invoices...), invoice.FieldDue), a.put)
		add(of.sum(tenants.RowsOf(charge.Table, charges...), charge.FieldDue, charge.FieldAmount, charge.FieldSettled), alone)
	}
	loose := func(f ReceivableFilter) tenants.Grouped {
		return tenants.RowsOf(charge.Table, f.loose(today)...).By(charge.FieldDue, charge.FieldAmount, charge.FieldSettled)
	}
	contested := func(due calendar.Date, count int, sum money.Cents) {
		a.put(due, -count, -sum)
		a.Contested.add(count, sum)
	}
	add(loose(open), a.put)
	add(tenants.RowsOf(invoice.Table, contests.invoices(ctx, today)...).By(invoice.FieldDue), contested)
	add(tenants.RowsOf(charge.Table, append(open.charged(ctx, today), inContest)...).By(charge.FieldDue, charge.FieldAmount, charge.FieldSettled),
		func(due calendar.Date, _ int, sum money.Cents) { contested(due, 0, sum) })
	add(loose(contests), contested)

	came := func(from, to calendar.Date) tenants.Grouped {
		return tenants.RowsOf(ledgerentry.Table, CameIn(from, to)...).Whole(ledgerentry.FieldDay, ledgerentry.FieldAmount)
	}
	add(came(calendar.On(today.Year(), today.Month(), 1), today.AddDays(-1)), func(_ calendar.Date, _ int, sum money.Cents) { a.ReceivedMonth += sum })
	add(came(today, today), func(_ calendar.Date, _ int, sum money.Cents) { a.Received, a.ReceivedMonth = sum, a.ReceivedMonth+sum })

	if f.State == ReceivablePartly || f.State == ReceivablePaid { // of the others it is known
		count := func(_ calendar.Date, count int, _ money.Cents) { total += count }
		add(tenants.RowsOf(invoice.Table, f.invoices(ctx, today)...).Whole(invoice.FieldDue), count)
		add(tenants.RowsOf(charge.Table, f.loose(today)...).Whole(charge.FieldDue), count)
	}
	sums, err := tenants.SumUp[calendar.Date](ctx, sets...)
	for _, s := range sums {
		if s.Count > 0 {
			put[s.Set](s.Key, s.Count, money.Cents(s.Sums[0]-s.Sums[1]))
		}
	}
	return a, total + a.count(f), err
}

// span is between which due dates papers are added up, both included, and whether all together.
type span struct {
	from, to calendar.Date
	whole    bool
}

// sum adds up rows that lie in the span.
func (s span) sum(rows tenants.Rows, due string, sums ...string) tenants.Grouped {
	if s.whole {
		return rows.Whole(due, sums...)
	}
	return rows.By(due, sums...)
}

// spans are those in which what is open is added up. What is not overdue may be all that an ISP will be paid, and is one heap until Until and one
// after it. Of a part of the ISP, which takes longer to find than to add up, there is one span.
func (a Aging) spans(f ReceivableFilter) []span {
	if f.Narrows() {
		return []span{{}}
	}
	due := calendar.OverdueBefore(a.Today)
	return []span{{to: due.AddDays(-1)}, {from: due, to: a.Until, whole: true}, {from: a.Until.AddDays(1), whole: true}}
}

// count is how many papers a list has, of those that are in the heaps.
func (a Aging) count(f ReceivableFilter) int {
	switch late := a.Late(); f.State {
	case ReceivableOverdue:
		if f.Bucket != "" {
			return a.Overdue[f.Bucket].Count
		}
		return late.Count
	case ReceivableDue:
		return a.Due.Count
	case ReceivableContested:
		return a.Contested.Count
	case ReceivableOpen:
		return late.Count + a.Due.Count + a.Contested.Count
	}
	return 0
}

// put adds papers of a due date where they lie.
func (a *Aging) put(due calendar.Date, count int, sum money.Cents) {
	if !due.Before(calendar.OverdueBefore(a.Today)) {
		a.Due.add(count, sum)
		if !due.After(a.Until) {
			a.Soon.add(count, sum)
		}
		return
	}
	for _, b := range Buckets {
		if from, _ := b.span(a.Today); from.IsZero() || !due.Before(from) {
			h := a.Overdue[b]
			h.add(count, sum)
			a.Overdue[b] = h
			return
		}
	}
}

// charged are the open charges on the invoices that are open. They fall due with them.
func (f ReceivableFilter) charged(ctx context.Context, today calendar.Date) []predicate.Charge {
	where := []predicate.Charge{charge.InvoiceIDNotNil(), charge.ClosedAtIsNil(), charge.CancelledAtIsNil()}
	if f.Narrows() {
		where = append(where, tenants.Among[predicate.Charge](charge.FieldInvoiceID, tenants.IDsIn(invoice.Table, invoice.FieldID, f.invoices(ctx, today)...)))
	}
	return where
}

// OverdueCharges are the charges that are overdue on a day and not contested.
func OverdueCharges(today calendar.Date) []predicate.Charge {
	return []predicate.Charge{charge.ClosedAtIsNil(), charge.CancelledAtIsNil(), charge.DueLT(calendar.OverdueBefore(today)), charge.Not(inContest)}
}

// CameIn are the ledger's entries of money that came in on the days of a span, both included: in cash, at the bank or by Pix, less what was
// taken back. What moves between the till and elsewhere is of no payment, and not among them.
func CameIn(from, to calendar.Date) []predicate.LedgerEntry {
	return []predicate.LedgerEntry{ledgerentry.AccountIn(ledgerentry.AccountCash, ledgerentry.AccountBank, ledgerentry.AccountPix), ledgerentry.DayGTE(from), ledgerentry.DayLTE(to), ledgerentry.PaymentIDNotNil()}
}
