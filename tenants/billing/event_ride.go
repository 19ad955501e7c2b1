package billing

import (
	"cmp"
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/billingevent"
	"enlace/ent/billingeventpart"
	"enlace/ent/charge"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// EventLine is a part of a billing event that an invoice carries.
type EventLine struct {
	Description string
	Amount      money.Cents // negative for a discount
	Memo        string

	part *ent.BillingEventPart
}

// RidingEvents lays what billing events of a subscription are not billed yet on its invoices to be, in order of due date, as money.Ride has
// it. Whoever makes the invoices, the carnê's issue or the monthly run, shows these lines in its preview, posts each as a charge of the kind
// event and hands the charges to bill, all in one transaction: of two who carry the same part at once only one finds it free.
func RidingEvents(ctx context.Context, c *ent.Client, sub uuid.UUID, invoices []money.Instalment) ([][]EventLine, error) {
	if len(invoices) == 0 {
		return nil, nil
	}
	last := invoices[len(invoices)-1].Due
	rows, err := c.BillingEventPart.Query().
		Where(billingeventpart.SubscriptionID(sub), billingeventpart.ChargeIDIsNil(), billingeventpart.CancelledAtIsNil(), billingeventpart.MonthLTE(last)).
		Order(billingeventpart.ByMonth(), billingeventpart.ByID()).All(ctx)
	riding := make([][]EventLine, len(invoices))
	if err != nil || len(rows) == 0 {
		return riding, err
	}
	events, err := eventsByID(ctx, c, rows)
	if err != nil {
		return nil, err
	}
	parts := make([]money.EventPart, len(rows))
	for i, row := range rows {
		of := events[row.EventID]
		all, err := money.EventParts(of.Amount, of.Parts, of.FromMonth)
		if err != nil {
			return nil, err
		}
		parts[i] = all[row.Place-1]
	}
	for k, places := range money.Ride(parts, invoices) {
		for _, i := range places {
			memo := cmp.Or(parts[i].Memo, events[rows[i].EventID].Memo, "valor único")
			riding[k] = append(riding[k], EventLine{events[rows[i].EventID].Description, rows[i].Amount, memo, rows[i]})
		}
	}
	return riding, nil
}

func eventsByID(ctx context.Context, c *ent.Client, parts []*ent.BillingEventPart) (map[uuid.UUID]*ent.BillingEvent, error) {
	var ids []uuid.UUID
	for _, part := range parts {
		if !slices.Contains(ids, part.EventID) {
			ids = append(ids, part.EventID)
		}
	}
	rows, err := c.BillingEvent.Query().Where(billingevent.IDIn(ids...)).All(ctx)
	byID := map[uuid.UUID]*ent.BillingEvent{}
	for _, row := range rows {
		byID[row.ID] = row
	}
	return byID, err
}

// charge is the row that bills a part on an invoice. Debt of it never suspends: it is not the price of the service.
func (l EventLine) charge(sub *ent.Subscription, invoice uuid.UUID, due calendar.Date) newCharge {
	return newCharge{customer: sub.CustomerID, subscription: sub.ID, invoice: invoice, kind: charge.KindEvent, description: l.Description, due: due, amount: l.Amount, memo: l.Memo}
}

// billEvents notes which charge bills which part. It returns Conflict billed_meanwhile when somebody was faster.
func (p post) billEvents(ctx context.Context, lines []EventLine, charges []*ent.Charge) error {
	for i, line := range lines {
		claimed, err := p.c.BillingEventPart.Update().
			Where(billingeventpart.ID(line.part.ID), billingeventpart.ChargeIDIsNil(), billingeventpart.CancelledAtIsNil()).SetChargeID(charges[i].ID).Save(ctx)
		if err != nil {
			return err
		}
		if claimed == 0 {
			return tenants.Conflict("billed_meanwhile")
		}
	}
	return nil
}

// ride lays the events of the service on the instalments of a carnê to be.
func (p *BookletPreview) ride(ctx context.Context, c *ent.Client) error {
	plain := make([]money.Instalment, len(p.Instalments))
	for k, one := range p.Instalments {
		plain[k] = money.Instalment{Due: one.Due, Lines: []money.Line{{Amount: one.Total}}}
	}
	riding, err := RidingEvents(ctx, c, p.Subscription.ID, plain)
	for k, lines := range riding {
		p.Instalments[k].Events = lines
		for _, line := range lines {
			p.Instalments[k].Total += line.Amount
			p.Total += line.Amount
		}
	}
	return err
}
