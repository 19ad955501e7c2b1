package billing

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/invoice"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/ent/suspension"
	"enlace/ent/trustgrant"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/messages"
	"enlace/tenants/money"
	"enlace/tenants/outbox"
	"enlace/tenants/status"
)

// SuspendingDebt lists the overdue debt for which a subscription may be suspended on a day: open, uncontested charges of a suspending
// kind, of the subscription or of one it follows by migration, whose customer is its holder now. Debt a former holder left behind is not among it
// (product.md §5). Each comes with the number of its invoice beside it, as "invoice".
func SuspendingDebt(ctx context.Context, c *ent.Client, on calendar.Date, sub *ent.Subscription) ([]*ent.Charge, error) {
	of := charge.SubscriptionID(sub.ID)
	if sub.ChainID != nil {
		of = tenants.Among[predicate.Charge](charge.FieldSubscriptionID, Chain(sub))
	}
	rows, err := c.Charge.Query().Where(of, charge.Suspends(true), charge.ClosedAtIsNil(), charge.CancelledAtIsNil(), charge.DueLT(on),
		tenants.Beside[predicate.Charge]("invoice", charge.FieldInvoiceID, invoice.Table, invoice.FieldID, invoice.FieldNumber)).
		Order(charge.ByDue(), charge.ByNumber()).All(ctx)
	return slices.DeleteFunc(rows, func(row *ent.Charge) bool { return !suspends(row, sub, on) }), err
}

// SuspendingDebt is that of a service of the account's customer, from what the account has read; follows are the services it follows.
func (a *Account) SuspendingDebt(on calendar.Date, sub *ent.Subscription, follows ...uuid.UUID) (debt []*ent.Charge) {
	all := a.Loose
	for _, s := range a.Invoices {
		all = append(slices.Clip(all), s.Charges...)
	}
	for _, row := range all {
		if row.SubscriptionID != nil && (*row.SubscriptionID == sub.ID || slices.Contains(follows, *row.SubscriptionID)) && suspends(row, sub, on) {
			debt = append(debt, row)
		}
	}
	slices.SortFunc(debt, sooner)
	return debt
}

// sooner orders charges by the day they are due.
func sooner(a, b *ent.Charge) int {
	return cmp.Or(a.Due.DaysSince(b.Due), cmp.Compare(a.Number, b.Number))
}

// suspends is the rule of SuspendingDebt for a charge of the subscription, or of one it follows.
func suspends(row *ent.Charge, sub *ent.Subscription, on calendar.Date) bool {
	return row.CustomerID == sub.CustomerID && row.Suspends && row.ClosedAt == nil &&
		row.CancelledAt == nil && row.Settled < row.Amount && !contested(row) && on.After(calendar.EffectiveLastDay(row.Due))
}

// restoreCleared ends, for good, the suspension of every service of a customer that no longer owes what it was suspended for.
func (p post) restoreCleared(ctx context.Context, customer uuid.UUID) ([]uuid.UUID, error) {
	suspended, err := p.c.Subscription.Query().
		Where(subscription.CustomerID(customer), subscription.StatusIn(status.Slowed, status.SuspendedDebt)).All(ctx)
	if err != nil {
		return nil, err
	}
	var restored []uuid.UUID
	for _, sub := range suspended {
		debt, err := SuspendingDebt(ctx, p.c, p.today, sub)
		if err != nil {
			return nil, err
		}
		if len(debt) > 0 {
			continue
		}
		if waits, err := p.awaitsAgreement(ctx, sub); err != nil {
			return nil, err
		} else if waits {
			continue
		}
		if _, err := status.Apply(ctx, p.c, p.now, sub.ID, status.Pay, ""); err != nil {
			return nil, err
		}
		if err := p.endSuspension(ctx, sub); err != nil {
			return nil, err
		}
		isp, _ := tenants.From(ctx)
		back := messages.Message{Customer: customer, Kind: messages.Restored, About: "subscription", AboutID: sub.ID, Queue: outbox.Critical,
			Subject: "Seu serviço está de volta", Text: fmt.Sprintf("O seu serviço %d da %s está de volta. Obrigado!", sub.Number, isp.Name), Buttons: messages.Under(messages.Menu)}
		if _, err := messages.Tell(ctx, p.c, p.now, back); err != nil {
			return nil, err
		}
		restored = append(restored, sub.ID)
	}
	return restored, nil
}

// endSuspension closes the stretch without service, today being served again, gives back what was billed of it, and closes the trust that a
// payment has made good.
func (p post) endSuspension(ctx context.Context, sub *ent.Subscription) error {
	err := p.c.TrustGrant.Update().Where(trustgrant.SubscriptionID(sub.ID), trustgrant.EndedAtIsNil()).
		SetEndedAt(p.now).SetOutcome(trustgrant.OutcomePaid).Exec(ctx)
	if err != nil {
		return err
	}
	err = p.c.Suspension.Update().Where(suspension.SubscriptionID(sub.ID), suspension.EndedAtIsNil()).SetEndedAt(p.now).SetUntilDay(p.today).Exec(ctx)
	if err != nil {
		return err
	}
	return p.giveBackSuspension(ctx, sub)
}

// giveBackSuspension gives back what was billed of the days that a suspension took: to the next invoice not yet issued, or off the next open
// instalments of a carnê. What is not billed yet will be billed less them (money.md M7).
func (p post) giveBackSuspension(ctx context.Context, sub *ent.Subscription) error {
	gaps, err := GapsOf(ctx, p.c, sub.ID)
	if err != nil {
		return err
	}
	before := plain(gaps, credited)
	for _, one := range gaps {
		if one.Apart || credited(one) {
			continue
		}
		if !one.Days.Empty() {
			after := append(slices.Clip(before), one.Gap)
			if err := p.holdOpen(ctx, sub); err != nil {
				return err
			}
			a, err := p.gapChanged(ctx, sub, one.Days, suspendedDays+one.Days.String(), gaps, before, after)
			if err != nil {
				return err
			}
			if err := p.postGap(ctx, a, ""); err != nil {
				return err
			}
			before = after
		}
		if err := p.c.Suspension.UpdateOneID(one.Row.ID).SetCreditedAt(p.now).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

// Overdue is what a customer owes past its last day, of any kind, late charges not reckoned, discounts taken off. What is contested is not collected.
func Overdue(ctx context.Context, c *ent.Client, on calendar.Date, customer uuid.UUID) (owed money.Cents, err error) {
	rows, err := c.Charge.Query().Where(charge.CustomerID(customer), charge.ClosedAtIsNil(), charge.CancelledAtIsNil(), charge.DueLT(on)).All(ctx)
	for _, row := range rows {
		if !contested(row) && on.After(calendar.EffectiveLastDay(row.Due)) {
			owed += row.Amount - row.Settled
		}
	}
	return owed, err
}
