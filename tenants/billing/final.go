package billing

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/billingeventpart"
	"enlace/ent/charge"
	"enlace/ent/chargeitem"
	"enlace/ent/chargekind"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/catalog"
	"enlace/tenants/money"
)

// FinalAccount is exactly what the end of a service does to money (acerto final). The day is the first that is not paid for.
type FinalAccount struct {
	Subscription *ent.Subscription
	Day, Due     calendar.Date
	Cancelled    []*Standing     // open invoices of days to come: nothing of them is owed any more
	Lowered      []InvoiceChange // open invoices of which days are given back
	Dropped      []*ent.Charge   // loose installation fee of a service that never ran
	Lines        []FinalLine     // of the final invoice: what is owed still, then what is given back from elsewhere, negative
	Total        money.Cents     // of the final invoice
	Credits      []FinalLine     // beyond it: to the customer's credit, negative
	Lapsed       money.Cents     // discounts of months that will not come
	Penalty      money.Cents     // of loyalty, as reckoned
	PenaltyMemo  string
	Charged      bool // the penalty is on the final invoice

	how    collection
	gaps   []Gap
	parts  []EventLine // that the final invoice bills, in the order of their lines
	lapsed []uuid.UUID // parts of events that will not be
}

// FinalLine is a line of a final account with how it came about.
type FinalLine struct {
	Kind        charge.Kind
	Description string
	money.Line
	Shares []share

	chargeKind uuid.UUID
}

// Seen says what a preview showed, so that nothing else is posted on the strength of it.
func (f *FinalAccount) Seen() string {
	said := []string{f.Day.String(), f.Total.String()}
	for _, s := range f.Cancelled {
		said = append(said, fmt.Sprintf("%d:-", s.Invoice.Number))
	}
	for _, change := range f.Lowered {
		said = append(said, fmt.Sprintf("%d:%d", change.Standing.Invoice.Number, change.Amount))
	}
	for _, line := range append(f.Lines[:len(f.Lines):len(f.Lines)], f.Credits...) {
		said = append(said, fmt.Sprint(line.Amount))
	}
	return strings.Join(said, "/")
}

// ToCredit is what goes to the customer's credit.
func (f *FinalAccount) ToCredit() (sum money.Cents) {
	for _, line := range f.Credits {
		sum -= line.Amount
	}
	return sum
}

// ReckonFinal reckons what ends with a service today, in the caller's transaction. Invoices of days to come alone are cancelled. Of the others
// the days that are not served are given back: off the invoice where it is open, else off the final one, and what that does not bear becomes
// credit (money.md M6, M13). Served days not billed yet, the parts left of an installation fee and of billing events, and the loyalty penalty
// are on the final invoice (M4, M12). Of a service that never ran nothing is owed. penalized says whether the penalty is charged.
func (d Desk) ReckonFinal(ctx context.Context, c *ent.Client, sub *ent.Subscription, penalized bool) (*FinalAccount, error) {
	return d.post(ctx, c).reckonFinal(ctx, sub, penalized)
}

func (p post) reckonFinal(ctx context.Context, sub *ent.Subscription, penalized bool) (f *FinalAccount, err error) {
	f = &FinalAccount{Subscription: sub, Day: p.today, Due: calendar.NextDue(p.today.AddDays(money.LeastNotice-1), sub.DueDay), Charged: penalized}
	if f.how, err = collectionOf(ctx, p.c, sub.MethodID); err != nil {
		return nil, err
	}
	if f.gaps, err = GapsOf(ctx, p.c, sub.ID); err != nil {
		return nil, err
	}
	back, err := f.billed(ctx, p)
	if err != nil {
		return nil, err
	}
	for _, owed := range []func(context.Context, post) error{f.unbilled, f.fee, f.events, f.penalty} {
		if err := owed(ctx, p); err != nil {
			return nil, err
		}
	}
	f.settle(back)
	return f, nil
}

func (f *FinalAccount) base() money.Base { return money.Base(f.how.policy.ProrationBase) }

// unbilled are served days that no invoice has. What another system billed of an imported service is not known.
func (f *FinalAccount) unbilled(ctx context.Context, p post) error {
	sub, from := f.Subscription, f.Subscription.BilledUntil
	if from.IsZero() && sub.MadeBy != subscription.MadeByImport {
		from = sub.EnabledOn
	}
	if sub.EnabledOn.IsZero() || from.IsZero() || sub.Price == 0 {
		return nil
	}
	plan, err := p.c.Plan.Get(ctx, sub.PlanID)
	if err != nil {
		return err
	}
	items, err := catalog.Items(ctx, p.c, plan.ID)
	if err != nil {
		return err
	}
	lines, err := money.Unbilled(PriceOf(sub), sub.WholeBilled, calendar.Period{From: from, To: f.Day}, sub.DueDay, plain(f.gaps, every), f.base())
	for _, line := range lines {
		f.Lines = append(f.Lines, FinalLine{Kind: charge.KindRecurring, Description: fmt.Sprintf("%s, %s", plan.Name, line.Period), Line: line, Shares: compose(line.Amount, items)})
	}
	return err
}

// fee is what is left of an installation fee in parts. A service that never ran owes none, and its loose fee neither.
func (f *FinalAccount) fee(ctx context.Context, p post) error {
	sub := f.Subscription
	rows, err := p.c.Charge.Query().Where(charge.SubscriptionID(sub.ID), charge.KindEQ(charge.KindInstallation), charge.CancelledAtIsNil()).All(ctx)
	if err != nil {
		return err
	}
	billed := 0
	for _, row := range rows {
		switch {
		case row.InvoiceID == nil && sub.EnabledOn.IsZero() && openCharge(row) == nil:
			f.Dropped = append(f.Dropped, row)
		case row.InvoiceID != nil && !f.cancels(*row.InvoiceID):
			billed++
		}
	}
	if sub.FeeChoice != subscription.FeeChoiceFirstInvoices || sub.EnabledOn.IsZero() || billed >= sub.FeeParts {
		return nil
	}
	parts, err := money.Parts(sub.Fee, sub.FeeParts)
	if err != nil {
		return err
	}
	kind, err := p.c.ChargeKind.Query().Where(chargekind.Installation(true)).First(ctx)
	if err != nil {
		return err
	}
	line := FinalLine{Kind: charge.KindInstallation, Description: kind.Name, chargeKind: kind.ID}
	for _, part := range parts[billed:] {
		line.Amount += part
	}
	line.Memo = fmt.Sprintf("partes %d a %d de R$ %s, que faltavam", billed+1, sub.FeeParts, sub.Fee)
	f.Lines = append(f.Lines, line)
	return nil
}

func (f *FinalAccount) cancels(invoice uuid.UUID) bool {
	for _, s := range f.Cancelled {
		if s.Invoice.ID == invoice {
			return true
		}
	}
	return false
}

// events are the parts of billing events that no invoice has now. Surcharges are owed to the last part; discounts of months to come lapse.
func (f *FinalAccount) events(ctx context.Context, p post) error {
	rows, err := p.c.BillingEventPart.Query().Where(billingeventpart.SubscriptionID(f.Subscription.ID), billingeventpart.CancelledAtIsNil()).
		Order(billingeventpart.ByMonth(), billingeventpart.ByID()).All(ctx)
	if err != nil || len(rows) == 0 {
		return err
	}
	freed := map[uuid.UUID]bool{}
	for _, s := range f.Cancelled {
		for _, row := range s.Charges {
			freed[row.ID] = true
		}
	}
	events, err := eventsByID(ctx, p.c, rows)
	if err != nil {
		return err
	}
	for _, row := range rows {
		of := events[row.EventID]
		switch {
		case row.ChargeID != nil && !freed[*row.ChargeID]:
			continue
		case row.Amount < 0 && row.Month.After(f.Day):
			f.Lapsed, f.lapsed = f.Lapsed-row.Amount, append(f.lapsed, row.ID)
			continue
		}
		memo := "valor único"
		if of.Parts > 1 {
			memo = fmt.Sprintf("parte %d de %d de R$ %s", row.Place, of.Parts, max(of.Amount, -of.Amount))
		}
		f.parts = append(f.parts, EventLine{of.Description, row.Amount, memo, row})
		f.Lines = append(f.Lines, FinalLine{Kind: charge.KindEvent, Description: of.Description, Line: money.Line{Amount: row.Amount, Memo: memo}})
	}
	return nil
}

// penalty is what leaving before the end of the loyalty costs.
func (f *FinalAccount) penalty(context.Context, post) error {
	sub := f.Subscription
	term := calendar.Period{From: sub.LoyaltyFrom, To: sub.LoyaltyTo}
	if sub.EnabledOn.IsZero() || sub.LoyaltyTo.IsZero() {
		return nil
	}
	if f.Penalty = money.LoyaltyPenalty(sub.LoyaltyBenefit, term, f.Day); f.Penalty == 0 {
		return nil
	}
	f.PenaltyMemo = money.LoyaltyMemo(sub.LoyaltyBenefit, term, f.Day)
	if f.Charged {
		f.Lines = append(f.Lines, FinalLine{Kind: charge.KindPenalty, Description: "Multa de fidelidade", Line: money.Line{Amount: f.Penalty, Memo: f.PenaltyMemo},
			Shares: []share{{chargeitem.KindOther, "Multa de fidelidade", f.Penalty}}})
	}
	return nil
}

// settle puts what is given back against what is owed, as far as that goes: no invoice is below zero (money.md M13).
func (f *FinalAccount) settle(back []FinalLine) {
	var owed, taken []FinalLine
	for _, line := range f.Lines {
		if line.Amount < 0 { // an event that gives
			taken = append(taken, line)
			continue
		}
		owed, f.Total = append(owed, line), f.Total+line.Amount
	}
	taken = append(taken, back...)
	amounts := make([]money.Cents, len(taken))
	for i, line := range taken {
		amounts[i] = -line.Amount
	}
	off, left := money.Abate(f.Total, amounts)
	f.Lines, f.Total = owed, left
	for i, line := range taken {
		if off[i] > 0 {
			on := line
			on.Amount = -off[i]
			f.Lines = append(f.Lines, on)
		}
		if rest := off[i] + line.Amount; rest < 0 {
			line.Amount = rest
			f.Credits = append(f.Credits, line)
		}
	}
}

// FinalDone is what PostFinal posted.
type FinalDone struct {
	Account *FinalAccount
	Invoice *ent.Invoice // nil when nothing was to be put on one
}

// PostFinal posts what ReckonFinal shows, in the caller's transaction, which has ended the service already: nobody else bills it meanwhile.
// shown is the Seen of the preview, "" when none was shown. It returns Conflict final_unseen when something else would be posted.
func (d Desk) PostFinal(ctx context.Context, c *ent.Client, sub *ent.Subscription, penalized bool, shown, reason string) (*FinalDone, error) {
	p := d.post(ctx, c)
	if err := p.holdOpen(ctx, sub); err != nil {
		return nil, err
	}
	f, err := p.reckonFinal(ctx, sub, penalized)
	if err != nil {
		return nil, err
	}
	if shown != "" && shown != f.Seen() {
		return nil, tenants.Conflict("final_unseen")
	}
	done := &FinalDone{Account: f}
	for _, step := range []func() error{
		func() error { return p.endInvoices(ctx, f, reason) },
		func() error { done.Invoice, err = p.finalInvoice(ctx, f); return err },
		func() error { return p.giveCredit(ctx, f) },
		func() error { return p.endGaps(ctx, f.Subscription.ID) },
		func() error { _, err := p.restoreCleared(ctx, sub.CustomerID); return err },
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return done, nil
}
