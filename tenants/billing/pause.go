package billing

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/invoice"
	"enlace/ent/subscription"
	"enlace/ent/suspension"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// GapAccount is exactly what a stretch without service does to money: a pause, the end of one, or the end of a suspension or of an outage
// (money.md M7, M8). Days of it that are not billed yet are billed less it.
type GapAccount struct {
	Subscription *ent.Subscription
	Days         calendar.Period // of the stretch
	Lowered      []InvoiceChange // instalments of a carnê, the next first: they stand, what is open of them falls
	Credits      []FinalLine     // to the customer's credit, for the next invoice; negative
	Charges      []FinalLine     // days served after all
	Due          calendar.Date   // of the invoice that has Charges; zero: the next monthly invoice has them

	how  collection
	what string // which stretch without service it is, for the people who read it
}

// Seen says what a preview showed, so that nothing else is posted on the strength of it.
func (a *GapAccount) Seen() string {
	said := []string{a.Days.String(), a.Due.String()}
	for _, change := range a.Lowered {
		said = append(said, fmt.Sprintf("%d:%d", change.Standing.Invoice.Number, change.Amount))
	}
	for _, line := range slices.Concat(a.Credits, a.Charges) {
		said = append(said, fmt.Sprint(line.Amount))
	}
	return strings.Join(said, "/")
}

// What is given back of a stretch without service says first which kind it was.
const pausedDays, suspendedDays, outageDays = "Pausa ", "Suspensão ", "Falha "

// earlyReturn is what days served after all say that are charged again.
const earlyReturn = "Retorno antes do fim da pausa"

// offGap says whether the words of a discount say that it gives back a stretch without service.
func offGap(description string) bool {
	reason, _ := strings.CutPrefix(description, "Desconto: ")
	return slices.ContainsFunc([]string{pausedDays, suspendedDays, outageDays}, func(kind string) bool { return strings.HasPrefix(reason, kind) })
}

// ReckonPause reckons a pause from today up to a day, the first served again, in the caller's transaction.
func (d Desk) ReckonPause(ctx context.Context, c *ent.Client, sub *ent.Subscription, until calendar.Date) (*GapAccount, error) {
	return d.post(ctx, c).reckonPause(ctx, sub, until)
}

func (p post) reckonPause(ctx context.Context, sub *ent.Subscription, until calendar.Date) (*GapAccount, error) {
	gaps, err := GapsOf(ctx, p.c, sub.ID)
	if err != nil {
		return nil, err
	}
	if len(gaps) == 0 { // its first: what outages gave back is not among them yet
		given, err := outagesOf(ctx, p.c, tenants.IDsIn(subscription.Table, subscription.FieldID, subscription.ID(sub.ID)))
		if err != nil {
			return nil, err
		}
		gaps = beside(given[sub.ID], nil)
	}
	days := calendar.Period{From: p.today, To: until}
	before := plain(gaps, credited)
	return p.gapChanged(ctx, sub, days, pausedDays+days.String(), gaps, before, append(slices.Clip(before), money.Gap{Days: days}))
}

func credited(g Gap) bool { return g.Row != nil && g.Row.CreditedAt != nil }

// ReckonReturn reckons the end of the pause that runs, today: early, the days served after all are charged again as the difference of two
// holes, never as a stub; late, more is given back. It returns Conflict not_paused.
func (d Desk) ReckonReturn(ctx context.Context, c *ent.Client, sub *ent.Subscription) (*GapAccount, error) {
	return d.post(ctx, c).reckonReturn(ctx, sub)
}

func (p post) reckonReturn(ctx context.Context, sub *ent.Subscription) (*GapAccount, error) {
	gaps, err := GapsOf(ctx, p.c, sub.ID)
	if err != nil {
		return nil, err
	}
	at := running(gaps)
	if at < 0 {
		return nil, tenants.Conflict("not_paused")
	}
	before, real := returned(gaps, at, p.today)
	days := calendar.Period{From: gaps[at].Days.From, To: p.today}
	return p.gapChanged(ctx, sub, days, pausedDays+days.String(), gaps, before, real)
}

// running is the place of the pause that runs, -1 where none does.
func running(gaps []Gap) int {
	return slices.IndexFunc(gaps, func(g Gap) bool { return g.Row != nil && g.Row.Kind == suspension.KindPedido && g.Row.EndedAt == nil })
}

// returned are the gaps that were reckoned with, and what they are when the pause at a place ends on a day; at is -1 where none runs.
func returned(gaps []Gap, at int, on calendar.Date) (before, real []money.Gap) {
	for i, one := range gaps {
		switch {
		case i == at:
			one.Days.To = on
			if !one.Days.Empty() { // back on the very day: it never was
				real = append(real, one.Gap)
			}
		case one.Apart || credited(one):
			real = append(real, one.Gap)
		}
	}
	return plain(gaps, credited), real
}

// gapChanged reckons what it does to money that the stretches without service are others than was reckoned with; what says which stretch it is.
func (p post) gapChanged(ctx context.Context, sub *ent.Subscription, days calendar.Period, what string, gaps []Gap, before, after []money.Gap) (a *GapAccount, err error) {
	return p.gapChangedOf(ctx, sub, days, what, gaps, before, after, func(fee) bool { return true })
}

// gapChangedOf is gapChanged of some of the monthly fees.
func (p post) gapChangedOf(ctx context.Context, sub *ent.Subscription, days calendar.Period, what string, gaps []Gap, before, after []money.Gap, of func(fee) bool) (a *GapAccount, err error) {
	a = &GapAccount{Subscription: sub, Days: days, what: what}
	if a.how, err = collectionOf(ctx, p.c, sub.MethodID); err != nil {
		return nil, err
	}
	base := money.Base(a.how.policy.ProrationBase)
	fees, err := p.fees(ctx, sub, gaps, base)
	if err != nil {
		return nil, err
	}
	billed := make([]money.Billed, 0, len(fees))
	for _, one := range fees {
		if of(one) {
			billed = append(billed, one.Billed)
		}
	}
	left, err := p.leftOut(ctx, sub, gaps, before, base)
	if err != nil {
		return nil, err
	}
	for _, one := range append(billed, left...) {
		line, err := one.Reverse(before, after, base)
		if err != nil {
			return nil, err
		}
		said := FinalLine{Kind: charge.KindCredit, Description: what, Line: line}
		switch {
		case line.Amount < 0:
			if credits, err := one.Credits(after, base); err == nil && !slices.ContainsFunc(before, posted) && len(credits) == 1 {
				said.Memo = credits[0].Memo
			}
			said.Memo += ", " + one.Period.String()
			a.Credits = append(a.Credits, said)
		case line.Amount > 0:
			said.Kind, said.Description, said.Memo = charge.KindEvent, earlyReturn, said.Memo+", "+one.Period.String()
			a.Charges = append(a.Charges, said)
		}
	}
	if sub.Booklet && len(a.Charges) > 0 { // no monthly invoice will come
		a.Due = calendar.NextDue(p.today.AddDays(money.LeastNotice-1), sub.DueDay)
	}
	return a, a.abate(ctx, p)
}

// posted says whether what a gap gives back stands among what others give.
func posted(gap money.Gap) bool { return !gap.Apart }

// abate lowers the open instalments of the holder's carnê by what is given back, the next one first; what is beyond them stays credit (money.md M7).
func (a *GapAccount) abate(ctx context.Context, p post) error {
	if !a.Subscription.Booklet || len(a.Credits) == 0 {
		return nil
	}
	rows, err := p.c.Invoice.Query().Where(invoice.SubscriptionID(a.Subscription.ID), invoice.CustomerID(a.Subscription.CustomerID), invoice.BookletIDNotNil(), invoice.PaidAtIsNil(), invoice.CancelledAtIsNil()).
		Order(invoice.ByDue(), invoice.ByNumber()).All(ctx)
	if err != nil {
		return err
	}
	all, err := Standings(ctx, p.c, p.today, rows...)
	if err != nil {
		return err
	}
	open := slices.DeleteFunc(all, func(s *Standing) bool { return s.Status != InvoiceOpen || s.held > 0 })
	items, err := componentsOf(ctx, p.c, open)
	if err != nil {
		return err
	}
	balances := make([]money.Cents, len(open))
	for i, s := range open {
		balances[i] = s.Total
	}
	var kept []FinalLine
	taken := make([]money.Cents, len(open))
	memos := make([][]string, len(open))
	for _, line := range a.Credits {
		off, rest := money.Abate(-line.Amount, balances)
		for i, part := range off {
			if part == 0 {
				continue
			}
			memo := line.Memo
			if part < -line.Amount {
				memo = fmt.Sprintf("R$ %s de %s", part, memo)
			}
			balances[i], taken[i], memos[i] = balances[i]-part, taken[i]+part, append(memos[i], memo)
		}
		if rest > 0 {
			line.Amount = -rest
			kept = append(kept, line)
		}
	}
	for i, s := range open {
		if taken[i] > 0 {
			off := money.Line{Period: s.Covers(), Amount: -taken[i], Memo: strings.Join(memos[i], "; ")}
			a.Lowered = append(a.Lowered, InvoiceChange{Standing: s, Due: s.Invoice.Due, Amount: balances[i], Line: &off, Items: items[s.Invoice.ID]})
		}
	}
	a.Credits = kept
	return nil
}

// PostPause posts what ReckonPause shows and notes the pause with its end, in the caller's transaction, which has moved the service already.
// It returns Conflict final_unseen when something else would be posted than was shown.
func (d Desk) PostPause(ctx context.Context, c *ent.Client, sub *ent.Subscription, until calendar.Date, shown, reason string) (*GapAccount, error) {
	p := d.post(ctx, c)
	if err := p.holdOpen(ctx, sub); err != nil {
		return nil, err
	}
	a, err := p.reckonPause(ctx, sub, until)
	if err != nil {
		return nil, err
	}
	if err := p.postGap(ctx, a, shown); err != nil {
		return nil, err
	}
	return a, c.Suspension.Create().SetSubscriptionID(sub.ID).SetKind(suspension.KindPedido).SetFromDay(p.today).SetUntilDay(until).SetAt(p.now).SetCreditedAt(p.now).SetReason(reason).Exec(ctx)
}

// PostReturn posts what ReckonReturn shows and ends the pause, in the caller's transaction. It returns the faults of both.
func (d Desk) PostReturn(ctx context.Context, c *ent.Client, sub *ent.Subscription, shown string) (*GapAccount, error) {
	p := d.post(ctx, c)
	if err := p.holdOpen(ctx, sub); err != nil {
		return nil, err
	}
	a, err := p.reckonReturn(ctx, sub)
	if err != nil {
		return nil, err
	}
	if err := p.postGap(ctx, a, shown); err != nil {
		return nil, err
	}
	return a, c.Suspension.Update().Where(suspension.SubscriptionID(sub.ID), suspension.EndedAtIsNil()).SetEndedAt(p.now).SetUntilDay(p.today).Exec(ctx)
}

// holdOpen keeps payments of a holder's open invoices waiting; one that was first is seen.
func (p post) holdOpen(ctx context.Context, sub *ent.Subscription) error {
	return p.c.Invoice.Update().Where(invoice.CustomerID(sub.CustomerID), invoice.PaidAtIsNil(), invoice.CancelledAtIsNil()).AddVersion(1).Exec(ctx)
}

func (p post) postGap(ctx context.Context, a *GapAccount, shown string) error {
	if shown != "" && shown != a.Seen() {
		return tenants.Conflict("final_unseen")
	}
	if err := p.lowerInstalments(ctx, a); err != nil {
		return err
	}
	for _, line := range a.Credits {
		if err := p.credit(ctx, a.Subscription, -line.Amount, line.Description+": "+line.Memo); err != nil {
			return err
		}
	}
	if !a.Due.IsZero() {
		_, _, err := p.invoiceOf(ctx, a.Subscription, a.how, a.Due, a.Charges)
		return err
	}
	for _, line := range a.Charges {
		if err := p.rides(ctx, a.Subscription, line.Description, line.Amount, 1, line.Memo); err != nil {
			return err
		}
	}
	return nil
}

// lowerInstalments posts what falls off open instalments of carnês, and has the carnês printed anew.
func (p post) lowerInstalments(ctx context.Context, a *GapAccount) error {
	var booklets []uuid.UUID
	for _, change := range a.Lowered {
		if err := p.lower(ctx, change, a.what); err != nil {
			return err
		}
		if id := *change.Standing.Invoice.BookletID; !slices.Contains(booklets, id) {
			booklets = append(booklets, id)
		}
	}
	for _, id := range booklets {
		if err := p.reprint(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// lessPauses bills the days of a schedule less the pauses whose end is known (money.md M8).
func lessPauses(schedule []money.Instalment, terms money.Terms, pauses []money.Gap) error {
	whole := terms.WholeBilled
	for i := range schedule {
		for k, line := range schedule[i].Lines {
			b := money.WholePeriod(line.Amount, line.Period)
			if !line.Whole {
				b = money.PartPeriod(terms.Price.Of(whole), line.Period, cycleOf(line.Period, terms.DueDay), terms.Base)
			} else {
				whole++
			}
			credits, err := b.Credits(pauses, terms.Base)
			if err != nil {
				return err
			}
			if len(credits) == 0 {
				continue
			}
			if schedule[i].Lines[k], err = b.Less(pauses, terms.Base); err != nil {
				return err
			}
		}
	}
	return nil
}
