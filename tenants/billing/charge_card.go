package billing

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/chargeitem"
	"enlace/ent/contest"
	"enlace/ent/contestanswer"
	"enlace/ent/history"
	"enlace/ent/payment"
	"enlace/ent/predicate"
	"enlace/ent/reversal"
	"enlace/ent/settlement"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// ChargeCard is a charge as it stands today, with what a person looks at beside it.
type ChargeCard struct {
	*ent.Charge
	Status   InvoiceStatus // as an invoice's
	Customer *ent.Customer
	Invoice  *ent.Invoice // nil when it is on none
	Plan     *ent.Plan    // nil when it is of no subscription
	Payments []*ent.Payment
	Of       *ent.ChargeKind   // nil of a charge that is not a loose one
	Items    []*ent.ChargeItem // what it is made of
	Contest  *ent.Contest      // nil when it never was contested
	Answer   *ent.ContestAnswer
	History  []*ent.History
	Undone   map[uuid.UUID]bool // payments that were taken back
}

// Charge reads a charge. It returns NotFound for one that is not the ISP's.
func (d Desk) Charge(ctx context.Context, id uuid.UUID) (one *ChargeCard, err error) {
	return one, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		row, err := c.Charge.Get(ctx, id)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		one = &ChargeCard{Charge: row, Status: ChargeStatus(row, d.DB.Today(ctx))}
		return one.furnish(ctx, c)
	})
}

// Owed is what settles a charge. One without an invoice bears no late charges.
func (one *ChargeCard) Owed() money.Cents { return one.Amount - one.Settled }

// ChargeStatus is where a charge stands on a day, in the words and the order of an invoice.
func ChargeStatus(row *ent.Charge, on calendar.Date) InvoiceStatus {
	switch {
	case row.CancelledAt != nil:
		return InvoiceCancelled
	case row.ClosedAt != nil:
		return InvoicePaid
	case contested(row):
		return InvoiceContested
	case on.After(calendar.EffectiveLastDay(row.Due)):
		return InvoiceOverdue
	case row.Settled > 0:
		return InvoicePartly
	}
	return InvoiceOpen
}

func (one *ChargeCard) furnish(ctx context.Context, c *ent.Client) (err error) {
	if one.Customer, err = c.Customer.Get(ctx, one.CustomerID); err != nil {
		return err
	}
	if one.InvoiceID != nil {
		if one.Invoice, err = c.Invoice.Get(ctx, *one.InvoiceID); err != nil {
			return err
		}
	}
	if one.SubscriptionID != nil {
		if one.Plan, err = planOfService(ctx, c, *one.SubscriptionID); err != nil {
			return err
		}
	}
	if one.ChargeKindID != nil {
		if one.Of, err = c.ChargeKind.Get(ctx, *one.ChargeKindID); err != nil {
			return err
		}
	}
	if one.Items, err = c.ChargeItem.Query().Where(chargeitem.ChargeID(one.ID)).Order(chargeitem.ByPosition()).All(ctx); err != nil {
		return err
	}
	if err := one.disputed(ctx, c); err != nil {
		return err
	}
	if one.History, err = c.History.Query().Where(history.SubjectID(one.ID)).Order(ent.Desc(history.FieldAt, history.FieldID)).All(ctx); err != nil {
		return err
	}
	one.Payments, err = c.Payment.Query().Where(tenants.Among[predicate.Payment](payment.FieldID, tenants.IDsIn(settlement.Table, settlement.FieldPaymentID, settlement.ChargeID(one.ID)))).Order(payment.ByReceivedAt()).All(ctx)
	if err != nil {
		return err
	}
	one.Undone, err = undone(ctx, c, one.Payments)
	return err
}

// disputed reads the contest of a charge with its answer.
func (one *ChargeCard) disputed(ctx context.Context, c *ent.Client) (err error) {
	if one.ContestedAt == nil {
		return nil
	}
	if one.Contest, err = c.Contest.Query().Where(contest.ChargeID(one.ID)).Only(ctx); err != nil {
		return err
	}
	if one.ContestAnsweredAt == nil {
		return nil
	}
	one.Answer, err = c.ContestAnswer.Query().Where(contestanswer.ContestID(one.Contest.ID)).Only(ctx)
	return err
}

// undone says which payments were taken back.
func undone(ctx context.Context, c *ent.Client, rows []*ent.Payment) (map[uuid.UUID]bool, error) {
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	reversals, err := c.Reversal.Query().Where(reversal.ReversesIDIn(ids...)).All(ctx)
	all := map[uuid.UUID]bool{}
	for _, row := range reversals {
		all[row.ReversesID] = true
	}
	return all, err
}

// What can be done with a charge as it stands. Each use case looks again when it is done.

// MayBeInvoiced: it is open and on no invoice.
func (one *ChargeCard) MayBeInvoiced() bool {
	return one.InvoiceID == nil && openCharge(one.Charge) == nil
}

// MayBeEdited: it is open and stands for itself.
func (one *ChargeCard) MayBeEdited() bool {
	return slices.Contains(edited, one.Kind) && openCharge(one.Charge) == nil && (one.Invoice == nil || one.Invoice.BookletID == nil)
}

// MayBeCancelled: as it may be invoiced.
func (one *ChargeCard) MayBeCancelled() bool { return one.MayBeInvoiced() }

// MayBeContested: it never was, and it is owed or paid.
func (one *ChargeCard) MayBeContested() bool {
	return one.ContestedAt == nil && one.CancelledAt == nil && one.Amount > 0
}

// MayBeAnswered: it is contested and not answered.
func (one *ChargeCard) MayBeAnswered() bool { return one.CancelledAt == nil && contested(one.Charge) }

// Unpaid: something of it is still owed.
func (one *ChargeCard) Unpaid() bool { return one.ClosedAt == nil && one.Owed() > 0 }

// NextDue is a due date that a slip made today can have.
func (one *ChargeCard) NextDue(today calendar.Date) calendar.Date {
	if one.Due.Before(today.AddDays(soonest)) {
		return today.AddDays(soonest)
	}
	return one.Due
}
