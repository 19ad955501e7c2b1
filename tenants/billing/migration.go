package billing

import (
	"context"
	"fmt"
	"strings"

	"enlace/ent"
	"enlace/ent/plan"
	"enlace/ent/planchange"
	"enlace/ent/subscription"
	"enlace/tenants/calendar"
	"enlace/tenants/catalog"
	"enlace/tenants/money"
)

// Migrating is a service that takes the place of another today, as money sees it.
type Migrating struct {
	From *ent.Subscription
	To   *ent.Subscription      // as it is to be; while it is only thought of it has no id
	Open planchange.OpenBooklet // what becomes of an open carnê; "": nobody has said
	Plan *ent.Plan              // of To, with the policy beside it, where it was read already; or nil
}

// MigrationPreview is exactly what a migration would post (money.md M5).
type MigrationPreview struct {
	Pages   []MigratedPage  // invoices that bill days from today on, by due date
	Lines   []MigrationLine // what the old service is given back and the new one costs, of days that stay billed as they are, and what a stretch without service comes to that ends
	Goes    Goes            // where the sum of the lines goes
	Due     calendar.Date   // of a loose charge
	Passed  *PassedInvoice  // days that nobody has billed yet: an invoice of its own, now
	Next    *money.Instalment
	Booklet bool        // an open carnê is among the pages: it asks for a choice
	Kept    *money.Kept // of a carnê that is left as it is

	m      Migrating
	today  calendar.Date
	plan   *ent.Plan
	items  []*ent.PlanItem
	policy *ent.OfficePolicy
	runs   money.Billed       // the period of today, at the price of before
	fresh  []money.Instalment // a carnê by other terms, in place of what is cancelled
	until  calendar.Date      // end of what is billed of the new one
	whole  int                // whole periods of it
}

// Goes is where the difference of a migration goes.
type Goes string

// Where it goes.
const (
	GoesNowhere Goes = ""
	GoesNext    Goes = "next"   // on the next invoice, line by line
	GoesLoose   Goes = "loose"  // into a charge without invoice: a carnê has no next one
	GoesCredit  Goes = "credit" // to the customer's credit: it lowers what comes
)

// MigrationLine is a line of the difference.
type MigrationLine struct {
	What string
	money.Line
}

// PassedInvoice is the invoice of days that nobody has billed yet.
type PassedInvoice struct {
	Due    calendar.Date
	Lines  []MigrationLine
	Total  money.Cents
	Before int // how many of the lines are of the old service; the rest is of the new one
}

// Net is what is owed more by the lines, or less when negative.
func (r *MigrationPreview) Net() (sum money.Cents) {
	for _, line := range r.Lines {
		sum += line.Amount
	}
	return sum
}

// Fresh are the instalments of a carnê made by other terms than those of the one it takes the place of.
func (r *MigrationPreview) Fresh() []money.Instalment { return r.fresh }

// Seen says what a preview showed, so that nothing else is posted on the strength of it.
func (r *MigrationPreview) Seen() string {
	var b strings.Builder
	for _, page := range r.Pages {
		fmt.Fprintf(&b, "%d%s%d/", page.Invoice.Number, page.Does, page.After-page.Over)
	}
	for _, line := range r.Lines {
		fmt.Fprintf(&b, "%d,", line.Amount)
	}
	if r.Passed != nil {
		fmt.Fprintf(&b, "/%s:%d", r.Passed.Due, r.Passed.Total)
	}
	for _, one := range r.fresh {
		fmt.Fprintf(&b, "/%s:%d", one.Due, one.Total())
	}
	return fmt.Sprintf("%s%s/%d", b.String(), r.Goes, money.Price{Contracted: r.m.To.Price, Fixed: r.m.To.DiscountFixed, Percent: r.m.To.DiscountPercent}.Of(0))
}

// PreviewMigration reckons a migration of today without posting anything, in the caller's transaction. It returns Invalid carne_aberto where
// an open carnê cannot be repriced since the due day or the type changes. Booklet says that a choice is asked for; until it is made, the
// preview is that of reprice, or of reissue where the terms change.
func (d Desk) PreviewMigration(ctx context.Context, c *ent.Client, m Migrating) (*MigrationPreview, error) {
	return d.post(ctx, c).planMigration(ctx, m)
}

func (p post) planMigration(ctx context.Context, m Migrating) (r *MigrationPreview, err error) {
	r = &MigrationPreview{m: m, today: p.today}
	if r.plan = m.Plan; r.plan == nil {
		if r.plan, err = p.c.Plan.Query().Where(plan.ID(m.To.PlanID)).Where(catalog.WithPolicy...).Only(ctx); err != nil {
			return nil, err
		}
	}
	r.policy = catalog.PolicyBeside(r.plan)
	if r.items, err = catalog.Items(ctx, p.c, m.To.PlanID); err != nil {
		return nil, err
	}
	if err := checkComposition(r.plan, r.items); err != nil {
		return nil, err
	}
	line, err := p.chainOf(ctx, m.From, r.base())
	if err != nil {
		return nil, err
	}
	billed, err := p.billedFrom(ctx, m.From, line)
	switch {
	case err != nil:
		return nil, err
	case len(billed) > 0:
		var left []fee
		if left, err = r.leftOut(ctx, p, billed); err == nil {
			err = r.turn(billed, left, p.today)
		}
	default:
		err = r.pass(ctx, p)
	}
	if err == nil {
		err = r.outageToday(line.down(m.From))
	}
	if err == nil {
		err = r.endGap(ctx, p)
	}
	if err != nil {
		return nil, err
	}
	return r, r.next(p.today)
}

func (r *MigrationPreview) base() money.Base { return money.Base(r.policy.ProrationBase) }

// sameTerms says whether the new service falls due on the days of the old one, and pays the same side of them.
func (r *MigrationPreview) sameTerms() bool {
	return r.m.From.DueDay == r.m.To.DueDay && r.m.From.Mode == r.m.To.Mode
}

func (r *MigrationPreview) terms(start calendar.Date, n int) money.Terms {
	to := r.m.To
	return money.Terms{Price: PriceOf(to), Start: start, DueDay: to.DueDay, Instalments: n, Mode: money.Mode(to.Mode), Base: r.base(), WholeBilled: r.whole}
}

// difference names the lines that make up for what stays billed at the old price; they come in pairs, back and forth.
func (r *MigrationPreview) difference(loose []money.Line, before string) {
	for i, line := range loose {
		name := r.plan.Name
		if i%2 == 0 {
			name = before
		}
		r.Lines = append(r.Lines, MigrationLine{name + ", " + line.Period.String(), line})
	}
}

// send says where the difference goes (M5): what is owed more on the next invoice, line by line, or with a carnê into a loose charge; what is
// owed less to the customer's credit, which lowers what comes and never goes below zero.
func (r *MigrationPreview) send(today calendar.Date) {
	switch net := r.Net(); {
	case len(r.Lines) == 0:
	case net < 0:
		r.Goes = GoesCredit
	case r.m.To.Booklet && net > 0:
		r.Goes, r.Due = GoesLoose, today.AddDays(money.LeastNotice)
		for _, page := range r.Pages {
			if page.Does != PageEnds && !page.Invoice.Due.Before(r.Due) {
				r.Due = page.Invoice.Due
				break
			}
		}
	case net > 0 || !r.m.To.Booklet:
		r.Goes = GoesNext
	}
}

// pass charges the days of the old service that nobody has billed yet and, of the cycle that runs, the rest at the new price.
func (r *MigrationPreview) pass(ctx context.Context, p post) error {
	from, to := r.m.From, r.m.To
	start := from.BilledUntil
	if start.IsZero() {
		start = from.EnabledOn
	}
	if r.until = from.BilledUntil; start.IsZero() || start.After(p.today) {
		return nil
	}
	running, _, err := money.Running(PriceOf(from), from.WholeBilled, start, p.today, from.DueDay, r.base())
	if err != nil {
		return err
	}
	if r.isRunning(running); start == p.today {
		return nil
	}
	gaps, err := GapsOf(ctx, p.c, from.ID)
	if err != nil {
		return err
	}
	old := money.Terms{Price: PriceOf(from), Start: start, DueDay: from.DueDay, Base: r.base(), WholeBilled: from.WholeBilled}
	over, err := money.TakeOver(old, PriceOf(to).Of(0), p.today, plain(gaps, every))
	if err != nil {
		return err
	}
	before, err := p.c.Plan.Get(ctx, from.PlanID)
	if err != nil {
		return err
	}
	r.until = over.Until
	in := &PassedInvoice{Due: p.today, Before: len(over.Before)}
	for _, line := range over.Before {
		in.Lines, in.Total = append(in.Lines, MigrationLine{before.Name + ", " + line.Period.String(), line}), in.Total+line.Amount
	}
	if line := over.After; !line.Period.Empty() {
		in.Lines, in.Total = append(in.Lines, MigrationLine{r.plan.Name + ", " + line.Period.String(), line}), in.Total+line.Amount
	}
	if to.Mode == subscription.ModePostecipado {
		in.Due = over.Until
	}
	in.Due = latest(in.Due, p.today.AddDays(money.LeastNotice))
	if in.Total >= r.policy.MinimumInvoice || to.Booklet {
		r.Passed = in
		return nil
	}
	if r.Lines = in.Lines; in.Total > 0 { // too little for an invoice: the next one has it
		r.Goes = GoesNext
	}
	return nil
}

// next is the first invoice that the new service will have, with the bridge of a due day that changes (M5); nothing of it is posted. One that
// is paid by carnê has none.
func (r *MigrationPreview) next(today calendar.Date) error {
	if r.m.To.Booklet {
		return nil
	}
	start := r.until
	if start.IsZero() {
		start = today
	}
	first, err := money.FirstInvoice(r.terms(start, 1), today)
	r.Next = &first
	return err
}
