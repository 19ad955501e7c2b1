package dunning

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/customer"
	"enlace/ent/invoice"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/ent/trustgrant"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/catalog"
	"enlace/tenants/money"
	"enlace/tenants/status"
)

// Rung is where a customer in debt stands.
type Rung string

// The rungs, from the first to the last.
const (
	ToTell    Rung = "a_avisar"  // overdue, and not told yet
	Told      Rung = "avisado"   // told: the days of the law run
	Spared    Rung = "poupado"   // somebody said not to cut
	Slowed    Rung = "reduzido"  // suspenso parcialmente
	Suspended Rung = "suspenso"  // suspenso por débito
	Ending    Rung = "rescisao"  // suspended for as long as the law wants before the contract may end
	Uncut     Rung = "sem_corte" // what is owed is of no kind that suspends, or on no invoice, or no service runs
)

// Rungs lists them.
var Rungs = []Rung{ToTell, Told, Spared, Slowed, Suspended, Ending, Uncut}

// endsAfter is how many days of suspension the law wants before a contract may be ended (RGC, brazil.md §5.2).
const endsAfter = 60

// PageSize is how many customers a page of the ladder has.
const PageSize = 50

// Standing is a customer in debt: where they stand, and what comes next and when.
type Standing struct {
	Customer *ent.Customer
	Service  *ent.Subscription // the one that decides; nil when none is left
	Rung     Rung
	Overdue  money.Cents   // principal, contested charges left out
	Charges  int           // of it
	Oldest   calendar.Date // due date
	ToldOn   calendar.Date // first notice; zero before it
	Since    calendar.Date // since when it is slowed or suspended
	Trust    bool          // it runs on trust now
	Loose    bool          // what suspends is on no invoice, of which alone a notice can be given: until it is on one nothing is cut
	Next     calendar.Date // first day of what comes next, holidays of the own city left out; zero: nothing comes by itself
}

// Ladder is a page of the customers in debt, the oldest debt first.
type Ladder struct {
	Counts map[Rung]int
	Sums   map[Rung]money.Cents
	Rung   Rung // of the page; "" for all
	Total  int
	Rows   []*Standing
}

// Ladder reads where every customer in debt stands. It makes the same few queries however many they are. Denied without Receive.
func (d Desk) Ladder(ctx context.Context, rung Rung, page int) (l *Ladder, err error) {
	return l, d.look(ctx, func(ctx context.Context, c *ent.Client) error {
		all, err := d.standings(ctx, c)
		if err != nil {
			return err
		}
		l = &Ladder{Counts: map[Rung]int{}, Sums: map[Rung]money.Cents{}, Rung: rung}
		var rows []*Standing
		for _, s := range all {
			l.Counts[s.Rung]++
			l.Sums[s.Rung] += s.Overdue
			if rung == "" || s.Rung == rung {
				rows = append(rows, s)
			}
		}
		l.Total = len(rows)
		from := min((max(1, page)-1)*PageSize, len(rows))
		l.Rows = rows[from:min(from+PageSize, len(rows))]
		return l.name(ctx, c)
	})
}

// name reads who the customers of the page are.
func (l *Ladder) name(ctx context.Context, c *ent.Client) error {
	ids := make([]uuid.UUID, len(l.Rows))
	for i, s := range l.Rows {
		ids[i] = s.Customer.ID
	}
	rows, err := c.Customer.Query().Where(customer.IDIn(ids...)).All(ctx)
	byID := map[uuid.UUID]*ent.Customer{}
	for _, row := range rows {
		byID[row.ID] = row
	}
	for _, s := range l.Rows {
		s.Customer = byID[s.Customer.ID]
	}
	return err
}

// standings are all customers in debt, the oldest debt first. Of the customers only the ids are read.
func (d Desk) standings(ctx context.Context, c *ent.Client) ([]*Standing, error) {
	today := d.DB.Today(ctx)
	uncontested := charge.Or(charge.ContestedAtIsNil(), charge.ContestAnsweredAtNotNil())
	owed := []predicate.Charge{charge.ClosedAtIsNil(), charge.CancelledAtIsNil(), charge.DueLT(calendar.OverdueBefore(today)), uncontested}
	var sums []struct {
		CustomerID      uuid.UUID `json:"customer_id"`
		Count           int
		Amount, Settled money.Cents
		Due             calendar.Date
	}
	err := c.Charge.Query().Where(owed...).GroupBy(charge.FieldCustomerID).Aggregate(ent.Count(), ent.As(ent.Sum(charge.FieldAmount), "amount"),
		ent.As(ent.Sum(charge.FieldSettled), "settled"), ent.As(ent.Min(charge.FieldDue), "due")).Scan(ctx, &sums)
	if err != nil {
		return nil, err
	}
	w := weighing{today: today, debtors: map[uuid.UUID]*Standing{}}
	var all []*Standing
	for _, one := range sums {
		s := &Standing{Customer: &ent.Customer{ID: one.CustomerID}, Rung: Uncut, Overdue: one.Amount - one.Settled, Charges: one.Count, Oldest: one.Due}
		w.debtors[one.CustomerID], all = s, append(all, s)
	}
	if err := w.read(ctx, c, d, owed); err != nil {
		return nil, err
	}
	for _, s := range all {
		w.weigh(s)
	}
	slices.SortFunc(all, func(a, b *Standing) int {
		if n := a.Oldest.DaysSince(b.Oldest); n != 0 {
			return n
		}
		return slices.Compare(a.Customer.ID[:], b.Customer.ID[:])
	})
	return all, nil
}

// weighing is what decides on which rung a customer stands.
type weighing struct {
	today   calendar.Date
	policy  *ent.OfficePolicy
	debtors map[uuid.UUID]*Standing
	billed  map[uuid.UUID]bool          // services that owe what suspends on an invoice
	trusted map[uuid.UUID]calendar.Date // services that run on trust, each with the first day on which they may be cut after it
	zone    func(*ent.Subscription) calendar.Date
}

// read adds to each debtor the service that decides, and when they were told.
func (w *weighing) read(ctx context.Context, c *ent.Client, d Desk, owed []predicate.Charge) (err error) {
	if w.policy, err = catalog.Policy(ctx, c); err != nil {
		return err
	}
	isp, _ := tenants.From(ctx)
	w.zone = func(sub *ent.Subscription) calendar.Date { return calendar.Of(sub.StatusSince.In(isp.Zone)) }
	suspends := append(slices.Clone(owed), charge.Suspends(true), charge.AmountGT(0))
	services, err := c.Subscription.Query().Where(subscription.StatusIn(status.Enabled, status.Slowed, status.SuspendedDebt), owing(suspends)).All(ctx)
	if err != nil {
		return err
	}
	billed, err := c.Subscription.Query().Where(subscription.StatusIn(status.Enabled, status.Slowed), owing(append(suspends, charge.InvoiceIDNotNil()))).IDs(ctx)
	if err != nil {
		return err
	}
	w.billed = map[uuid.UUID]bool{}
	for _, id := range billed {
		w.billed[id] = true
	}
	for _, sub := range services {
		if s := w.debtors[sub.CustomerID]; s != nil && (s.Service == nil || w.worse(sub, s.Service)) {
			s.Service = sub
		}
	}
	var told []struct {
		CustomerID uuid.UUID     `json:"customer_id"`
		NoticedOn  calendar.Date `json:"noticed_on"`
	}
	err = c.Invoice.Query().Where(invoice.NoticedOnNotNil(), invoice.CancelledAtIsNil(), invoice.PaidAtIsNil(), invoice.DueLT(calendar.OverdueBefore(w.today))).
		GroupBy(invoice.FieldCustomerID).Aggregate(ent.As(ent.Min(invoice.FieldNoticedOn), "noticed_on")).Scan(ctx, &told)
	if err != nil {
		return err
	}
	for _, one := range told {
		if s := w.debtors[one.CustomerID]; s != nil {
			s.ToldOn = one.NoticedOn
		}
	}
	grants, err := c.TrustGrant.Query().Where(trustgrant.EndedAtIsNil(), trustgrant.UntilGT(d.DB.Now())).All(ctx)
	w.trusted = map[uuid.UUID]calendar.Date{}
	for _, row := range grants {
		w.trusted[row.SubscriptionID] = calendar.Of(row.Until.In(isp.Zone).Add(24*time.Hour - CutAt)) // one that ends after the cuts of its last day is let go the day after
	}
	return err
}

// severity orders states: the service that is worst off decides, and of two in one state the one that can be cut.
var severity = map[status.State]int{status.Enabled: 1, status.Slowed: 2, status.SuspendedDebt: 3}

// worse says whether a service decides rather than another of the same customer.
func (w *weighing) worse(a, b *ent.Subscription) bool {
	if n := severity[a.Status] - severity[b.Status]; n != 0 {
		return n > 0
	}
	return w.billed[a.ID] && !w.billed[b.ID]
}

// weigh says where a debtor stands and what comes next.
func (w *weighing) weigh(s *Standing) {
	sub := s.Service
	if sub == nil {
		return
	}
	trust := w.trusted[sub.ID]
	s.Trust, s.Loose = !trust.IsZero(), sub.Status != status.SuspendedDebt && !w.billed[sub.ID]
	switch {
	case sub.Status == status.SuspendedDebt:
		s.Rung, s.Since = Suspended, w.zone(sub)
		if s.Next = s.Since.AddDays(endsAfter); !s.Next.After(w.today) {
			s.Rung, s.Next = Ending, calendar.Date{}
		}
	case sub.NeverBlock || sub.NoBlockUntil.After(w.today):
		s.Rung, s.Next = Spared, sub.NoBlockUntil
	case sub.Status == status.Slowed:
		s.Rung, s.Since = Slowed, w.zone(sub)
		if s.Loose {
			return
		}
		s.Next = s.Since.AddDays(w.policy.PartialDays)
		if trust.After(s.Next) {
			s.Next = trust
		}
		s.Next = cutDay(w.today, s.Next)
	case s.Loose: // Uncut
	case s.ToldOn.IsZero():
		s.Rung, s.Next = ToTell, w.today
	default:
		s.Rung, s.Next = Told, cutDay(w.today, s.ToldOn.AddDays(max(w.policy.NoticeDays, catalog.LawfulNotice)))
	}
}

// cutDay is the first day, from today and from a day on, on which access may be cut.
func cutDay(today, from calendar.Date) calendar.Date {
	if from.Before(today) {
		from = today
	}
	for !(calendar.Local{}).MayCut(from) {
		from = from.AddDays(1)
	}
	return from
}
