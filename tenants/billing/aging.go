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
	open, contests, one := f.Narrow(), f.Narrow(), f
	open.State, contests.State = ReceivableOpen, ReceivableContested
	var sets []tenants.Grouped
	charged := open.charged(ctx, today)
	for _, part := range []ReceivableFilter{open, contests} {
		sets = append(sets, tenants.RowsOf(invoice.Table, part.invoices(ctx, today)...).By(invoice.FieldDue),
			tenants.RowsOf(charge.Table, charged...).By(charge.FieldDue, charge.FieldAmount, charge.FieldSettled),
			tenants.RowsOf(charge.Table, part.loose(today)...).By(charge.FieldDue, charge.FieldAmount, charge.FieldSettled))
		charged = append(charged, inContest)
	}
	sets = append(sets, tenants.RowsOf(ledgerentry.Table, CameIn(calendar.On(today.Year(), today.Month(), 1), today)...).By(ledgerentry.FieldDay, ledgerentry.FieldAmount),
		tenants.RowsOf(invoice.Table, one.invoices(ctx, today)...).By(invoice.FieldDue), tenants.RowsOf(charge.Table, one.loose(today)...).By(charge.FieldDue))
	sums, err := tenants.SumUp[calendar.Date](ctx, sets...)
	a = Aging{Today: today, Overdue: map[Bucket]Heap{}, Until: today.AddDays(horizon)}
	for _, s := range sums {
		count, sum := s.Count, money.Cents(s.Sums[0]-s.Sums[1])
		switch s.Set {
		case 0, 2:
			a.put(s.Key, count, sum)
		case 1: // the charges of an invoice are not what is counted
			a.put(s.Key, 0, sum)
		case 3, 5:
			a.put(s.Key, -count, -sum)
			a.Contested.add(count, sum)
		case 4:
			a.put(s.Key, 0, -sum)
			a.Contested.add(0, sum)
		case 6:
			if a.ReceivedMonth += sum; s.Key == today {
				a.Received += sum
			}
		case 7, 8:
			total += count
		}
	}
	return a, total, err
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
