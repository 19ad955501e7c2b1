package billing

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/billingevent"
	"enlace/ent/billingeventpart"
	"enlace/ent/charge"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/history"
	"enlace/tenants/money"
	"enlace/tenants/staff"
	"enlace/tenants/status"
)

// NewEvent is a surcharge or a discount of a subscription asked for (evento de faturamento).
type NewEvent struct {
	Customer     uuid.UUID // whose page it was asked on; a subscription of another is NotFound
	Subscription uuid.UUID
	Discount     bool
	Description  string
	Value        money.Cents // of all parts, positive
	Parts        int
	From         calendar.Date // any day of the first month
	Key          string        // of the form: the same key makes the same event
}

// mostEventParts is three years.
const mostEventParts = 36

// ReadNewEvent reads the form of an event. A month is typed as a day of it, or as 12/2026.
func ReadNewEvent(t tenants.Typed, customer uuid.UUID, wrong *tenants.Fields) NewEvent {
	t = t.Clean()
	if month := t["mes"]; len(month) == len("12/2026") && month[2] == '/' {
		t["mes"] = "01/" + month
	}
	return NewEvent{
		Customer:     customer,
		Subscription: t.RequiredID(wrong, "servico"),
		Discount:     t.Choice(wrong, "efeito", "acrescimo", "desconto") == "desconto",
		Description:  t.RequiredPrinted(wrong, "descricao"),
		Value:        t.Cents(wrong, "valor"),
		Parts:        t.Int(wrong, "partes", 1, mostEventParts),
		From:         t.RequiredDate(wrong, "mes"),
		Key:          t.Text(wrong, "chave"),
	}
}

// EventPreview is exactly what adding would post.
type EventPreview struct {
	Subscription *ent.Subscription
	Description  string
	Amount       money.Cents // negative for a discount
	Parts        []money.EventPart
}

// PreviewEvent reckons an event without posting anything. It returns the faults of AddEvent.
func (d Desk) PreviewEvent(ctx context.Context, in NewEvent) (preview *EventPreview, err error) {
	return preview, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Charge); err != nil {
			return err
		}
		preview, err = d.post(ctx, c).previewEvent(ctx, in)
		return err
	})
}

// AddEvent notes a surcharge or a discount that the next invoices of a subscription carry, a part a month. Nothing is owed until an invoice
// carries it. A form sent twice is answered with the event it made. It returns Invalid for a value that is not positive, a part of a discount
// above the monthly price and a month gone by, Conflict for a cancelled service, and NotFound.
func (d Desk) AddEvent(ctx context.Context, in NewEvent) (uuid.UUID, error) {
	return d.once(ctx, "add_event", in.Key, in, func(ctx context.Context, c *ent.Client) (uuid.UUID, error) {
		if err := staff.Require(ctx, c, staff.Charge); err != nil {
			return uuid.Nil, err
		}
		return d.post(ctx, c).addEvent(ctx, in)
	})
}

func (p post) previewEvent(ctx context.Context, in NewEvent) (*EventPreview, error) {
	sub, err := p.c.Subscription.Query().Where(subscription.ID(in.Subscription), subscription.CustomerID(in.Customer)).Only(ctx)
	switch {
	case ent.IsNotFound(err):
		return nil, tenants.NotFound()
	case err != nil:
		return nil, err
	case !status.MayBeInvoiced(sub.Status):
		return nil, tenants.Conflict("cancelled_bills_nothing")
	}
	r := &EventPreview{Subscription: sub, Description: in.Description, Amount: in.Value}
	if in.Discount {
		r.Amount = -in.Value
	}
	var wrong tenants.Fields
	switch this := calendar.On(p.today.Year(), p.today.Month(), 1); {
	case in.From.Before(this):
		wrong.Add("mes", "month_past")
	case in.From.After(p.today.AddDays(furthestDue)):
		wrong.Add("mes", "due_far")
	}
	switch {
	case in.Value <= 0:
		wrong.Add("valor", "positive")
	case in.Value > largestCharge:
		wrong.Add("valor", "charge_too_large")
	case in.Value < money.Cents(in.Parts): // a part of nothing
		wrong.Add("partes", "event_part_empty")
	}
	if err := wrong.Err(); err != nil {
		return nil, err
	}
	if r.Parts, err = money.EventParts(r.Amount, in.Parts, in.From); err != nil {
		return nil, err
	}
	if monthly, _ := MonthlyOf(sub); -r.Parts[0].Amount > monthly {
		return nil, tenants.Invalid("valor", "discount_over_month").With("price", monthly.BRL())
	}
	return r, nil
}

func (p post) addEvent(ctx context.Context, in NewEvent) (uuid.UUID, error) {
	r, err := p.previewEvent(ctx, in)
	if err != nil {
		return uuid.Nil, err
	}
	return p.noteEvent(ctx, r.Subscription, in.Description, "", r.Parts)
}

// noteEvent writes down, and in the history, what the next invoices of a subscription carry, a part a month; memo says how it was reckoned, "" when
// somebody has typed it.
func (p post) noteEvent(ctx context.Context, of *ent.Subscription, description, memo string, parts []money.EventPart) (uuid.UUID, error) {
	amount := money.Cents(0)
	for _, part := range parts {
		amount += part.Amount
	}
	made, err := p.c.BillingEvent.Create().SetCustomerID(of.CustomerID).SetSubscriptionID(of.ID).SetDescription(description).SetAmount(amount).SetMemo(memo).
		SetParts(len(parts)).SetFromMonth(parts[0].Month).SetCreatedAt(p.now).Save(ctx)
	if err != nil {
		return uuid.Nil, err
	}
	rows := make([]*ent.BillingEventPartCreate, len(parts))
	for k, part := range parts {
		rows[k] = p.c.BillingEventPart.Create().SetEventID(made.ID).SetSubscriptionID(of.ID).SetPlace(k + 1).SetMonth(part.Month).SetAmount(part.Amount)
	}
	if err := p.c.BillingEventPart.CreateBulk(rows...).Exec(ctx); err != nil {
		return uuid.Nil, err
	}
	return made.ID, history.Write(ctx, p.c, p.now, history.Entry{Customer: of.CustomerID, Subject: "subscription", ID: of.ID, Event: "event_added",
		After: map[string]any{"name": description, "amount": amount, "parts": len(parts), "month": parts[0].Month.Time().Format("01/2006")}})
}

// rides notes a surcharge, or a discount, that an operation has reckoned.
func (p post) rides(ctx context.Context, of *ent.Subscription, what string, amount money.Cents, parts int, memo string) error {
	all, err := money.EventParts(amount, parts, p.today)
	if err != nil {
		return err
	}
	_, err = p.noteEvent(ctx, of, what, memo, all)
	return err
}

// EventEdit is what is left of an event is to be instead.
type EventEdit struct {
	Event   uuid.UUID
	Reason  string
	Instead NewEvent // its customer and subscription are those of the event
}

// EditEvent cancels the parts of an event that no invoice carries yet and adds another in their place; what was billed stays. It answers the
// new event, and returns the faults of CancelEvent and AddEvent.
func (d Desk) EditEvent(ctx context.Context, in EventEdit) (uuid.UUID, error) {
	if err := checkReason(in.Reason); err != nil {
		return uuid.Nil, err
	}
	return d.once(ctx, "edit_event", in.Instead.Key, in, func(ctx context.Context, c *ent.Client) (uuid.UUID, error) {
		if err := staff.Require(ctx, c, staff.Charge); err != nil {
			return uuid.Nil, err
		}
		p := d.post(ctx, c)
		row, err := p.cancelEvent(ctx, in.Event, in.Reason)
		if err != nil {
			return uuid.Nil, err
		}
		in.Instead.Customer, in.Instead.Subscription = row.CustomerID, row.SubscriptionID
		return p.addEvent(ctx, in.Instead)
	})
}

// CancelEvent cancels the parts of an event that no invoice carries yet. It returns Invalid for a reason too short, Conflict for an event
// cancelled already or billed to its last part, and NotFound.
func (d Desk) CancelEvent(ctx context.Context, in Cancelling) error {
	if err := checkReason(in.Reason); err != nil {
		return err
	}
	_, err := d.once(ctx, "cancel_event", in.Key, in, func(ctx context.Context, c *ent.Client) (uuid.UUID, error) {
		if err := staff.Require(ctx, c, staff.Charge); err != nil {
			return uuid.Nil, err
		}
		_, err := d.post(ctx, c).cancelEvent(ctx, in.ID, in.Reason)
		return in.ID, err
	})
	return err
}

func (p post) cancelEvent(ctx context.Context, id uuid.UUID, reason string) (*ent.BillingEvent, error) {
	marked, err := p.c.BillingEvent.Update().Where(billingevent.ID(id), billingevent.CancelledAtIsNil()).SetCancelledAt(p.now).SetCancelReason(reason).Save(ctx)
	if err != nil {
		return nil, err
	}
	row, err := p.c.BillingEvent.Get(ctx, id)
	switch {
	case ent.IsNotFound(err):
		return nil, tenants.NotFound()
	case err != nil:
		return nil, err
	case marked == 0:
		return nil, tenants.Conflict("event_cancelled")
	}
	left, err := p.c.BillingEventPart.Update().Where(billingeventpart.EventID(id), billingeventpart.ChargeIDIsNil(), billingeventpart.CancelledAtIsNil()).SetCancelledAt(p.now).Save(ctx)
	if err != nil {
		return nil, err
	}
	if left == 0 {
		return nil, tenants.Conflict("event_billed")
	}
	return row, history.Write(ctx, p.c, p.now, history.Entry{Customer: row.CustomerID, Subject: "subscription", ID: row.SubscriptionID, Event: "event_cancelled",
		Reason: reason, After: map[string]any{"name": row.Description, "parts": left}})
}

// freeEvents lets the part of an event ride again whose charge is cancelled. A part of a cancelled event never does.
func (p post) freeEvents(ctx context.Context, rows ...*ent.Charge) error {
	var ids []uuid.UUID
	for _, row := range rows {
		if row.Kind == charge.KindEvent {
			ids = append(ids, row.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	parts, err := p.c.BillingEventPart.Query().Where(billingeventpart.ChargeIDIn(ids...)).All(ctx)
	if err != nil {
		return err
	}
	events := make([]uuid.UUID, len(parts))
	for i, part := range parts {
		events[i] = part.EventID
	}
	over, err := p.c.BillingEvent.Query().Where(billingevent.IDIn(events...), billingevent.CancelledAtNotNil()).IDs(ctx)
	if err != nil {
		return err
	}
	if err := p.c.BillingEventPart.Update().Where(billingeventpart.ChargeIDIn(ids...)).ClearChargeID().Exec(ctx); err != nil || len(over) == 0 {
		return err
	}
	return p.c.BillingEventPart.Update().Where(billingeventpart.EventIDIn(over...), billingeventpart.ChargeIDIsNil(), billingeventpart.CancelledAtIsNil()).SetCancelledAt(p.now).Exec(ctx)
}
