package billing

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/invoice"
	"enlace/ent/planchange"
	"enlace/ent/predicate"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// MigratedPage is an invoice before and after.
type MigratedPage struct {
	*Standing
	Does  PageDoes
	After money.Cents
	Over  money.Cents // of its discounts, what is more than it charges now: it goes to the customer's credit

	ofChain map[uuid.UUID]bool
	lines   []money.Line // at the new price, of one that takes it
}

// PageDoes is what becomes of an invoice.
type PageDoes string

// What becomes of an invoice.
const (
	PageStands   PageDoes = "stands"   // it is paid, overdue, or of days that run
	PageReprices PageDoes = "reprices" // it takes the new price, and another boleto
	PageReissued PageDoes = "reissued" // it is cancelled, and made again at the new price
	PageEnds     PageDoes = "ends"     // it is cancelled; its days are billed by the new terms
)

// billedPage is an invoice that bills days of a chain of services, and what of it is theirs.
type billedPage struct {
	*Standing
	page    money.Page
	plan    string // of the price in force
	ofChain map[uuid.UUID]bool
}

// billedFrom reads the invoices that bill days of a service, or of one it follows, from today on, by due date, each with what it bills at the
// price in force.
func (p post) billedFrom(ctx context.Context, from *ent.Subscription, line *chain) (pages []billedPage, err error) {
	billing := tenants.IDsIn(charge.Table, charge.FieldInvoiceID, tenants.Among[predicate.Charge](charge.FieldSubscriptionID, Chain(from)), charge.KindEQ(charge.KindRecurring),
		charge.CancelledAtIsNil(), charge.PassedOnAtIsNil(), charge.InvoiceIDNotNil(), charge.PeriodToGT(p.today))
	invoices, err := p.c.Invoice.Query().Where(tenants.Among[predicate.Invoice](invoice.FieldID, billing)).Order(invoice.ByDue(), invoice.ByNumber()).All(ctx)
	if err != nil || len(invoices) == 0 {
		return nil, err
	}
	ids := make([]uuid.UUID, len(invoices))
	for i, row := range invoices {
		ids[i] = row.ID
	}
	charges, err := p.c.Charge.Query().Where(charge.Or(charge.InvoiceIDIn(ids...), line.monthly())).Order(charge.ByPosition(), charge.ByNumber()).All(ctx)
	if err != nil {
		return nil, err
	}
	line.read(charges)
	standings, err := standingWith(ctx, p.c, p.today, charges, invoices)
	if err != nil {
		return nil, err
	}
	for _, s := range standings {
		one := billedPage{Standing: s, page: money.Page{Due: s.Invoice.Due}, ofChain: line.of}
		if s.MayEdit() != nil || s.held > 0 {
			one.page.Paid = 1 // it stands, whatever of it is paid
		}
		for _, row := range s.Charges {
			if recurs(row, line.of) && row.PeriodTo.After(p.today) {
				billed, of := line.billed(row, from)
				one.page.Billed, one.plan = append(one.page.Billed, billed), line.plans[of.PlanID]
			}
		}
		pages = append(pages, one)
	}
	return pages, nil
}

// turn says what becomes of each invoice that bills days from today on, and of the period that runs where none bills it.
func (r *MigrationPreview) turn(billed []billedPage, left []fee, today calendar.Date) error {
	pages, price := make([]money.Page, len(billed)), PriceOf(r.m.To)
	for k, one := range billed {
		pages[k] = one.page
		r.Pages = append(r.Pages, MigratedPage{Standing: one.Standing, Does: PageStands, After: one.Total, ofChain: one.ofChain})
		for _, b := range one.page.Billed {
			r.isRunning(b)
		}
	}
	for _, one := range left {
		r.isRunning(one.Billed)
	}
	as, err := money.Reprice(pages, price, today, r.base())
	if err != nil {
		return err
	}
	ends := map[int]bool{}
	for _, k := range as.Anew {
		ends[k], r.Booklet = true, r.Booklet || billed[k].Invoice.BookletID != nil
	}
	if r.Booklet && r.m.Open == planchange.OpenBookletKeep {
		r.count(billed, nil, calendar.Date{})
		kept, err := money.Keep(pages, price, today, r.base())
		r.Kept = &kept
		return err
	}
	r.difference(as.Loose, billed[0].plan)
	if r.until, err = r.turnLeftOut(left, billed[0].plan); err != nil {
		return err
	}
	if r.sameTerms() {
		r.count(billed, nil, today)
		r.swap(as, today)
	} else {
		r.count(billed, ends, today)
		if err := r.renew(as, today); err != nil {
			return err
		}
	}
	r.send(today)
	return nil
}

// isRunning keeps a period in which today is.
func (r *MigrationPreview) isRunning(b money.Billed) {
	if b.Period.Contains(r.today) {
		r.runs = b
	}
}

// count finds the end of what is billed by the pages that are not cancelled, and how many whole periods from a day on are among them; no day
// counts none.
func (r *MigrationPreview) count(billed []billedPage, ends map[int]bool, from calendar.Date) {
	for k, one := range billed {
		for _, b := range one.page.Billed {
			if ends[k] {
				continue
			}
			if r.until = latest(r.until, b.Period.To); b.Period == b.Cycle && !from.IsZero() && !b.Period.From.Before(from) {
				r.whole++
			}
		}
	}
}

// swap has the pages of wholly future periods take the new price, on the same due dates.
func (r *MigrationPreview) swap(as money.Repriced, today calendar.Date) {
	for _, k := range as.Anew {
		page := &r.Pages[k]
		page.lines, page.Does = as.Pages[k].Lines, PageReprices
		if of := page.Invoice.BookletID != nil; of && r.m.Open == planchange.OpenBookletReissue || !of && page.only() {
			page.Does = PageReissued
		}
		turned, _ := page.split(today)
		page.charges(page.After + as.Pages[k].Total() - feesOf(turned))
	}
}

// renew cancels the pages of wholly future periods: their days are billed by the new terms, those of a carnê at once.
func (r *MigrationPreview) renew(as money.Repriced, today calendar.Date) error {
	if r.Booklet && r.m.Open == planchange.OpenBookletReprice {
		return tenants.Invalid("carne_aberto", "reprice_other_terms")
	}
	booklets := 0
	for _, k := range as.Anew {
		page := &r.Pages[k]
		turned, _ := page.split(today)
		page.Does = PageEnds
		page.charges(page.After - feesOf(turned))
		if page.Invoice.BookletID != nil {
			booklets++
		}
	}
	if booklets == 0 || !r.m.To.Booklet {
		return nil
	}
	t := r.terms(r.until, booklets)
	t.FirstDue = calendar.NextDue(t.Start.AddDays(-1), t.DueDay)
	if t.Mode == money.Postecipado && t.FirstDue == t.Start {
		t.FirstDue = calendar.NextDue(t.Start, t.DueDay)
	}
	var err error
	if r.fresh, err = money.Schedule(t); err != nil {
		return err
	}
	for _, one := range r.fresh {
		for _, line := range one.Lines {
			if r.until = line.Period.To; line.Whole {
				r.whole++
			}
		}
	}
	return nil
}

// only says whether an invoice is of nothing but a service, and those it follows, so that it can be made again as a whole.
func (page MigratedPage) only() bool {
	return !slices.ContainsFunc(page.Charges, func(row *ent.Charge) bool { return row.SubscriptionID == nil || !page.ofChain[*row.SubscriptionID] })
}

// split tells the monthly fees of days from today on from all else that an invoice charges.
func (page MigratedPage) split(today calendar.Date) (turned, rest []*ent.Charge) {
	for _, row := range page.Charges {
		if recurs(row, page.ofChain) && row.PeriodTo.After(today) {
			turned = append(turned, row)
		} else {
			rest = append(rest, row)
		}
	}
	return turned, rest
}

func feesOf(rows []*ent.Charge) (sum money.Cents) {
	for _, row := range rows {
		sum += row.Amount
	}
	return sum
}
