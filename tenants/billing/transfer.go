package billing

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/catalog"
	"enlace/tenants/money"
)

// Handing is a service that changes hands today, as money sees it.
type Handing struct {
	From *ent.Subscription // as it is held
	To   *ent.Subscription // how it will be billed; while it is only thought of its customer may not be there yet
}

// TransferPreview is exactly what a transfer does to money (money.md M6): what ends for who held the service, and what begins for who takes it
// over. The day is the first of the new holder's.
type TransferPreview struct {
	*FinalAccount                  // of who held it; no loyalty is charged: the service goes on
	First         *TransferFirst   // the new holder's first invoice, made at once; nil: no days are left of a period
	Next          money.Instalment // the new holder's next one, by the monthly run; none with a carnê
	Price         money.Price      // with what is left of a discount

	h     Handing
	plan  *ent.Plan
	items []*ent.PlanItem
	how   collection
	until calendar.Date // up to which the new holder is billed by the first invoice
	whole int           // whole periods of it
}

// TransferFirst is the first invoice of who takes a service over.
type TransferFirst struct {
	Due   calendar.Date
	Lines []FinalLine
	Total money.Cents
}

// Seen says what a preview showed, so that nothing else is posted on the strength of it.
func (r *TransferPreview) Seen() string {
	said := []string{r.FinalAccount.Seen(), fmt.Sprint(r.Price.Of(0))}
	if r.First != nil {
		said = append(said, r.First.Due.String())
		for _, line := range r.First.Lines {
			said = append(said, fmt.Sprint(line.Amount))
		}
	}
	return strings.Join(said, "/")
}

// OverdueOf is what the holder of a service owes past its last day of the service, or of one it follows, of any kind, late charges not reckoned. What is contested is
// not collected.
func OverdueOf(ctx context.Context, c *ent.Client, on calendar.Date, sub *ent.Subscription) (owed money.Cents, err error) {
	rows, err := c.Charge.Query().Where(tenants.Among[predicate.Charge](charge.FieldSubscriptionID, Chain(sub)), charge.CustomerID(sub.CustomerID),
		charge.ClosedAtIsNil(), charge.CancelledAtIsNil(), charge.DueLT(on)).All(ctx)
	for _, row := range rows {
		if !contested(row) && on.After(calendar.EffectiveLastDay(row.Due)) {
			owed += row.Amount - row.Settled
		}
	}
	return owed, err
}

// PreviewTransfer reckons a transfer of today without posting anything, in the caller's transaction.
func (d Desk) PreviewTransfer(ctx context.Context, c *ent.Client, h Handing) (*TransferPreview, error) {
	return d.post(ctx, c).planTransfer(ctx, h)
}

func (p post) planTransfer(ctx context.Context, h Handing) (r *TransferPreview, err error) {
	leaving := *h.From
	leaving.SeparateInvoice = false // what is given back is of use to who has the service no more
	r = &TransferPreview{h: h}
	if r.FinalAccount, err = p.reckonFinal(ctx, &leaving, false); err != nil {
		return nil, err
	}
	if r.plan, err = p.c.Plan.Get(ctx, h.From.PlanID); err != nil {
		return nil, err
	}
	if r.items, err = catalog.Items(ctx, p.c, r.plan.ID); err != nil {
		return nil, err
	}
	if err := checkComposition(r.plan, r.items); err != nil {
		return nil, err
	}
	if r.how, err = collectionOf(ctx, p.c, h.To.MethodID); err != nil {
		return nil, err
	}
	rest, end, used, err := r.running(ctx, p)
	if err != nil {
		return nil, err
	}
	r.Price, r.until = PriceOf(h.From).Left(used), end
	if err := r.begin(rest, p.today); err != nil {
		return nil, err
	}
	return r, r.next(p.today)
}

// running is the rest of the period that runs today, which the new holder pays, the day it ends on, and how many whole periods the holder's
// discount has served. Days billed beyond it are the new holder's by his own terms.
func (r *TransferPreview) running(ctx context.Context, p post) (rest money.Line, end calendar.Date, used int, err error) {
	sub := r.h.From
	fees, err := p.fees(ctx, sub, r.gaps, r.base())
	if err != nil {
		return rest, end, 0, err
	}
	left, err := p.leftOutFees(ctx, sub, r.gaps, r.base())
	if err != nil {
		return rest, end, 0, err
	}
	used, ahead := sub.WholeBilled, false
	for _, one := range append(left, fees...) {
		switch days := one.Period; {
		case !days.From.Before(r.Day): // it was for the days of the other
			if ahead = true; one.Row != nil && one.Row.Whole {
				used--
			}
		case days.To.After(r.Day):
			end = days.To
			if rest, err = one.Rest(r.Day, r.base()); err != nil {
				return rest, end, used, err
			}
		}
	}
	used = max(0, used)
	if !end.IsZero() || sub.Price == 0 || ahead {
		return rest, latest(end, r.Day), used, nil
	}
	from := sub.BilledUntil
	if from.IsZero() {
		from = sub.EnabledOn
	}
	switch {
	case from.After(r.Day) && sub.MadeBy == subscription.MadeByImport: // billed elsewhere, up to there
		return rest, from, used, nil
	case from.After(r.Day) && !sub.BilledUntil.IsZero(): // of a contested fee it is not known yet what it comes to
		return rest, end, used, tenants.Conflict("transfer_contested")
	case from.IsZero() || !from.Before(r.Day):
		return rest, r.Day, used, nil
	}
	period, before, err := money.Running(PriceOf(sub), used, from, r.Day, sub.DueDay, r.base())
	if err != nil {
		return rest, end, used, err
	}
	if period.Period.From == r.Day { // it is all the new holder's
		return rest, r.Day, before, nil
	}
	if used = before; period.Period == period.Cycle {
		used++
	}
	rest, err = period.Rest(r.Day, r.base())
	return rest, period.Period.To, used, err
}

// begin is the new holder's first invoice: the rest of the period that runs with what his terms add to it; a carnê is made apart, from the end
// of that period on.
func (r *TransferPreview) begin(rest money.Line, today calendar.Date) error {
	if rest.Amount == 0 {
		return nil
	}
	first := money.Instalment{Due: calendar.NextDue(today.AddDays(money.LeastNotice-1), r.h.To.DueDay), Lines: []money.Line{rest}}
	if !r.h.To.Booklet {
		var err error
		if first, err = money.FirstAfter(rest, r.terms(), today, r.how.policy.MinimumInvoice); err != nil {
			return err
		}
	}
	r.First = &TransferFirst{Due: first.Due, Total: first.Total()}
	for _, line := range first.Lines {
		if r.until = line.Period.To; line.Whole {
			r.whole++
		}
		r.First.Lines = append(r.First.Lines, FinalLine{Kind: charge.KindRecurring, Description: fmt.Sprintf("%s, %s", r.plan.Name, line.Period), Line: line, Shares: compose(line.Amount, r.items)})
	}
	return nil
}

// next is what the monthly run will make of the new holder's next; nothing of it is posted.
func (r *TransferPreview) next(today calendar.Date) (err error) {
	if r.h.To.Booklet || r.h.From.Price == 0 {
		return nil
	}
	r.Next, err = money.FirstInvoice(r.terms(), today)
	return err
}

func (r *TransferPreview) terms() money.Terms {
	to := r.h.To
	return money.Terms{Price: r.Price, Start: r.until, DueDay: to.DueDay, Mode: money.Mode(to.Mode), Base: r.base(), WholeBilled: r.whole}
}

// ofHolder are the charges of a service that are its holder's of now: those of days that became another's are not.
func ofHolder(sub *ent.Subscription) []predicate.Charge {
	of := []predicate.Charge{charge.SubscriptionID(sub.ID), charge.CustomerID(sub.CustomerID), charge.PassedOnAtIsNil()}
	if !sub.HeldFrom.IsZero() {
		of = append(of, charge.PeriodFromGTE(sub.HeldFrom))
	}
	return of
}

// isOfHolder is ofHolder of a charge of the service that was read already.
func isOfHolder(row *ent.Charge, sub *ent.Subscription) bool {
	return row.CustomerID == sub.CustomerID && row.PassedOnAt == nil && (sub.HeldFrom.IsZero() || !row.PeriodFrom.Before(sub.HeldFrom))
}

// HeldBy is a service as it would be billed to a new holder.
func HeldBy(sub *ent.Subscription, customer, method uuid.UUID, dueDay int, mode subscription.Mode, booklet, separate bool) *ent.Subscription {
	to := *sub
	to.CustomerID, to.MethodID, to.DueDay, to.Mode, to.Booklet, to.SeparateInvoice = customer, method, dueDay, mode, booklet, separate
	return &to
}
