package billing

import (
	"context"
	"errors"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/chargeitem"
	"enlace/ent/officepolicy"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/catalog"
	"enlace/tenants/money"
	"enlace/tenants/staff"
	"enlace/tenants/status"
)

// NewBooklet is a carnê asked for.
type NewBooklet struct {
	Customer     uuid.UUID // whose page it was asked on; a subscription of another is NotFound
	Subscription uuid.UUID
	Start        calendar.Date // first day of use, or the end of the last period billed
	FirstDue     calendar.Date
	Instalments  int
	Shown        money.Cents // the total the clerk saw; 0: none was shown
	Key          string      // of the form: the same key makes the same carnê
}

// ReadNewBooklet reads the form of a carnê.
func ReadNewBooklet(t tenants.Typed, customer uuid.UUID, wrong *tenants.Fields) NewBooklet {
	return NewBooklet{
		Customer:     customer,
		Subscription: t.RequiredID(wrong, "servico"),
		Start:        t.RequiredDate(wrong, "inicio"),
		FirstDue:     t.RequiredDate(wrong, "primeiro_vencimento"),
		Instalments:  t.Int(wrong, "parcelas", 1, money.MostInstalments),
		Shown:        t.Cents(wrong, "total"),
		Key:          t.Text(wrong, "chave"),
	}
}

// BookletPreview is exactly what issuing would post.
type BookletPreview struct {
	Subscription *ent.Subscription
	Plan         *ent.Plan
	Instalments  []PreviewInstalment
	Total        money.Cents
	Warnings     []string // codes: what the clerk should know before issuing

	how    collection
	dueDay int
}

// PreviewInstalment is one invoice of the carnê to be.
type PreviewInstalment struct {
	Due, PayableUntil calendar.Date
	Lines             []PreviewLine
	Events            []EventLine // surcharges and discounts that ride on it
	Total             money.Cents
}

// PreviewLine is one charge of an instalment, with its memo and components.
type PreviewLine struct {
	money.Line
	Shares []share
}

// What a preview warns of.
const (
	WarnNotEnabled   = "booklet_not_enabled"   // the service does not run yet
	WarnOtherDueDay  = "booklet_other_due_day" // the carnê falls due on another day than the subscription
	WarnLongFirst    = "booklet_long_first"    // the first instalment charges more days than a period before its due date
	WarnUnbilledDays = "booklet_unbilled_days" // days between the last period billed and the start are not charged
)

// PreviewBooklet reckons a carnê without posting anything. It returns Invalid for dates and a number of instalments that make no carnê,
// Conflict when the subscription takes none, and NotFound.
func (d Desk) PreviewBooklet(ctx context.Context, in NewBooklet) (preview *BookletPreview, err error) {
	return preview, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Charge); err != nil {
			return err
		}
		preview, err = previewBooklet(ctx, c, in)
		return err
	})
}

func previewBooklet(ctx context.Context, c *ent.Client, in NewBooklet) (*BookletPreview, error) {
	sub, err := c.Subscription.Query().Where(subscription.ID(in.Subscription), subscription.CustomerID(in.Customer), awayUntil).Only(ctx)
	switch {
	case ent.IsNotFound(err):
		return nil, tenants.NotFound()
	case err != nil:
		return nil, err
	}
	p := &BookletPreview{Subscription: sub}
	if p.Plan, err = c.Plan.Get(ctx, sub.PlanID); err != nil {
		return nil, err
	}
	if p.how, err = collectionOf(ctx, c, sub.MethodID); err != nil {
		return nil, err
	}
	if fault := mayIssue(sub, in, p.how); fault != nil {
		return nil, fault
	}
	items, err := catalog.Items(ctx, c, sub.PlanID)
	if err != nil {
		return nil, err
	}
	if err := checkComposition(p.Plan, items); err != nil {
		return nil, err
	}
	var gaps []Gap
	if tenants.Said(sub, "away_until") > in.Start.String() {
		if gaps, err = GapsOf(ctx, c, sub.ID); err != nil {
			return nil, err
		}
	}
	if err := p.reckon(in, items, Known(gaps)); err != nil {
		return nil, err
	}
	return p, p.ride(ctx, c)
}

// mayIssue is why a subscription takes no carnê as it is asked for, nil where it does.
func mayIssue(sub *ent.Subscription, in NewBooklet, how collection) *tenants.Fault {
	switch {
	case !status.MayBeInvoiced(sub.Status):
		return tenants.Conflict("cancelled_bills_nothing")
	case !sub.Booklet:
		return tenants.Invalid("servico", "not_by_booklet")
	case sub.Price == 0:
		return tenants.Invalid("servico", "no_price")
	case sub.BilledUntil.After(in.Start):
		return tenants.Invalid("inicio", "already_billed").With("until", sub.BilledUntil.BR())
	case !how.prints():
		return tenants.Invalid("servico", "method_prints_nothing")
	case in.Instalments <= money.MostInstalments && in.Instalments > how.mostInstalments(money.MostInstalments):
		return tenants.Invalid("parcelas", "bank_instalments")
	}
	return nil
}

// checkComposition refuses a plan whose items are not its price: what is charged could not be shared among them.
func checkComposition(plan *ent.Plan, items []*ent.PlanItem) error {
	var sum money.Cents
	for _, item := range items {
		sum += item.Price
	}
	if len(items) > 0 && sum != plan.Price {
		return tenants.Conflict("composition_sum").With("sum", sum.BRL()).With("price", plan.Price.BRL())
	}
	return nil
}

func (p *BookletPreview) reckon(in NewBooklet, items []*ent.PlanItem, pauses []money.Gap) error {
	sub := p.Subscription
	terms := termsOf(sub, in, p.how.policy.ProrationBase)
	p.dueDay = terms.DueDay
	schedule, err := money.Schedule(terms)
	if err != nil {
		return scheduleFault(err)
	}
	if err := lessPauses(schedule, terms, pauses); err != nil {
		return err
	}
	for _, instalment := range schedule {
		row := PreviewInstalment{Due: instalment.Due, PayableUntil: calendar.EffectiveLastDay(instalment.Due), Total: instalment.Total()}
		for _, line := range instalment.Lines {
			row.Lines = append(row.Lines, PreviewLine{line, compose(line.Amount, items)})
		}
		p.Instalments = append(p.Instalments, row)
		p.Total += row.Total
	}
	p.warn(in)
	return nil
}

// MadeOf says what an instalment is made of, SCM 62,93 + SVA 26,97; nothing where the plan has no composition.
func (p *BookletPreview) MadeOf(i PreviewInstalment) string {
	var sums []share
	for _, line := range i.Lines {
		for k, s := range line.Shares {
			if k == len(sums) {
				sums = append(sums, share{Kind: s.Kind, Name: s.Name})
			}
			sums[k].Amount += s.Amount
		}
	}
	var said []string
	for _, s := range sums {
		said = append(said, s.Name+" "+s.Amount.String())
	}
	return strings.Join(said, " + ")
}

// termsOf is what a carnê is reckoned from.
func termsOf(sub *ent.Subscription, in NewBooklet, base officepolicy.ProrationBase) money.Terms {
	t := money.Terms{Price: PriceOf(sub), Start: in.Start, FirstDue: in.FirstDue, DueDay: in.FirstDue.Day(), Instalments: in.Instalments,
		Mode: money.Mode(sub.Mode), Base: money.Base(base), WholeBilled: sub.WholeBilled}
	if calendar.AddMonths(in.FirstDue, 0, sub.DueDay) == in.FirstDue { // a clamped 28/02 of a due day 30 stays day 30
		t.DueDay = sub.DueDay
	}
	return t
}

func (p *BookletPreview) warn(in NewBooklet) {
	sub := p.Subscription
	if !status.Bills(sub.Status) {
		p.Warnings = append(p.Warnings, WarnNotEnabled)
	}
	if p.dueDay != sub.DueDay {
		p.Warnings = append(p.Warnings, WarnOtherDueDay)
	}
	if in.Start.Before(calendar.AddMonths(in.FirstDue, -1, p.dueDay)) {
		p.Warnings = append(p.Warnings, WarnLongFirst)
	}
	if !sub.BilledUntil.IsZero() && in.Start.After(sub.BilledUntil) {
		p.Warnings = append(p.Warnings, WarnUnbilledDays)
	}
}

// PriceOf is the price of a subscription with the discount of its sale.
func PriceOf(sub *ent.Subscription) money.Price {
	return money.Price{Contracted: sub.Price, Fixed: sub.DiscountFixed, Percent: sub.DiscountPercent, Months: sub.DiscountMonths}
}

// MonthlyOf is what a whole period of a subscription costs now, discounts taken off, and how that came about; no memo where there are none.
func MonthlyOf(sub *ent.Subscription) (money.Cents, string) {
	price := PriceOf(sub)
	return price.Of(sub.WholeBilled), price.Memo(sub.WholeBilled)
}

// compose shares an amount among the plan's items.
func compose(amount money.Cents, items []*ent.PlanItem) []share {
	weights := make([]money.Cents, len(items))
	for i, item := range items {
		weights[i] = item.Price
	}
	var shares []share
	for i, part := range money.Compose(amount, weights) {
		shares = append(shares, share{Kind: chargeitem.Kind(items[i].Kind), Name: items[i].Name, Amount: part})
	}
	return shares
}

// scheduleFault says on which field of the form a schedule failed.
func scheduleFault(err error) error {
	for cause, fault := range map[error][2]string{
		money.ErrBeforeStart:     {"primeiro_vencimento", "first_due_before_start"},
		money.ErrMoreThan2Cycles: {"primeiro_vencimento", "first_due_too_far"},
		money.ErrNothingToBill:   {"primeiro_vencimento", "first_due_covers_nothing"},
		money.ErrInstalments:     {"parcelas", "range"},
	} {
		if errors.Is(err, cause) {
			return tenants.Invalid(fault[0], fault[1])
		}
	}
	return err
}
