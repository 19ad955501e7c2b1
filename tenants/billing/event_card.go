package billing

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/billingevent"
	"enlace/ent/billingeventpart"
	"enlace/tenants"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// EventStatus is derived from the parts, never stored.
type EventStatus string

// The statuses of a billing event, in the order in which the first that fits is taken.
const (
	EventCancelled EventStatus = "cancelado" // what was not billed never is
	EventBilled    EventStatus = "cobrado"
	EventOpen      EventStatus = "aberto"
)

// Event is a billing event as it stands.
type Event struct {
	*ent.BillingEvent
	Customer *ent.Customer // nil in a list
	Plan     *ent.Plan     // nil in a list
	Parts    []*ent.BillingEventPart
	Status   EventStatus
	Left     money.Cents // of the parts to come
}

// LeftParts counts the parts to come.
func (e *Event) LeftParts() (n int) {
	for _, part := range e.Parts {
		if part.ChargeID == nil && part.CancelledAt == nil {
			n++
		}
	}
	return n
}

// Event reads a billing event. It returns NotFound for one that is not the ISP's.
func (d Desk) Event(ctx context.Context, id uuid.UUID) (e *Event, err error) {
	return e, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		row, err := c.BillingEvent.Get(ctx, id)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		list, err := withParts(ctx, c, []*ent.BillingEvent{row})
		if err != nil {
			return err
		}
		e = list[0]
		if e.Customer, err = c.Customer.Get(ctx, e.CustomerID); err != nil {
			return err
		}
		e.Plan, err = planOfService(ctx, c, e.SubscriptionID)
		return err
	})
}

// OfferEvent reads the services of a customer that an event can be of. It returns NotFound for a customer that is not the ISP's.
func (d Desk) OfferEvent(ctx context.Context, of uuid.UUID) (who *ent.Customer, services []Service, err error) {
	return who, services, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Charge); err != nil {
			return err
		}
		if who, err = customerOf(ctx, c, of); err != nil {
			return err
		}
		services, err = servicesOf(ctx, c, of)
		return err
	})
}

func eventsOf(ctx context.Context, c *ent.Client, of uuid.UUID) ([]*Event, error) {
	rows, err := c.BillingEvent.Query().Where(billingevent.CustomerID(of)).Order(ent.Desc(billingevent.FieldCreatedAt, billingevent.FieldID)).All(ctx)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return withParts(ctx, c, rows)
}

// withParts reads the parts of events, and with them where they stand.
func withParts(ctx context.Context, c *ent.Client, rows []*ent.BillingEvent) (list []*Event, err error) {
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	parts, err := c.BillingEventPart.Query().Where(billingeventpart.EventIDIn(ids...)).Order(billingeventpart.ByPlace()).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		e := &Event{BillingEvent: row}
		e.Parts = slices.DeleteFunc(slices.Clone(parts), func(part *ent.BillingEventPart) bool { return part.EventID != row.ID })
		for _, part := range e.Parts {
			if part.ChargeID == nil && part.CancelledAt == nil {
				e.Left += part.Amount
			}
		}
		switch {
		case row.CancelledAt != nil:
			e.Status = EventCancelled
		case e.LeftParts() == 0:
			e.Status = EventBilled
		default:
			e.Status = EventOpen
		}
		list = append(list, e)
	}
	return list, nil
}
