package support

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/plan"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/ent/ticket"
	"enlace/ent/workorder"
	"enlace/ent/workordertype"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/staff"
)

// Offer is what a ticket of a customer can be about.
type Offer struct {
	Customer  *ent.Customer
	Services  []*ent.Subscription       // Plan says what each is
	Cancelled int                       // how many are left out because they are cancelled
	Drafts    map[uuid.UUID]*ent.Ticket // one's own rascunhos, by service
	Visits    []*ent.WorkOrder          // that are open; TypeOf and Technician say more
	Down      map[uuid.UUID]*ent.Outage // by which outage that runs a service has no line
}

// planned puts beside a service the name of its plan; Plan reads it.
var planned = tenants.Beside[predicate.Subscription]("plan", subscription.FieldPlanID, plan.Table, plan.FieldID, plan.FieldName)

// Plan is the name of a service's plan.
func Plan(sub *ent.Subscription) string { return tenants.Said(sub, "plan") }

// Offer reads what a ticket of a customer can be about; with cancelled the cancelled services too (Exibir Cancelados). It returns NotFound,
// and Denied without Attend.
func (d Desk) Offer(ctx context.Context, id uuid.UUID, cancelled bool) (o Offer, err error) {
	return o, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Attend); err != nil {
			return err
		}
		if o.Customer, err = customerOf(ctx, c, id); err != nil {
			return err
		}
		all, err := c.Subscription.Query().Where(subscription.CustomerID(id), planned).Order(subscription.ByNumber()).All(ctx)
		if err != nil {
			return err
		}
		for _, sub := range all {
			if sub.Status == subscription.StatusCancelado && !cancelled {
				o.Cancelled++
				continue
			}
			o.Services = append(o.Services, sub)
		}
		drafts, err := c.Ticket.Query().Where(ticket.CustomerID(id), ticket.StatusEQ(ticket.StatusRascunho), ticket.UserID(tenants.Who(ctx).ID)).All(ctx)
		o.Drafts = map[uuid.UUID]*ent.Ticket{}
		for _, row := range drafts {
			o.Drafts[row.SubscriptionID] = row
		}
		if err != nil {
			return err
		}
		if o.Visits, err = openVisits(ctx, c, id); err != nil {
			return err
		}
		o.Down, err = RunningOutages(ctx, c, tenants.IDsIn(subscription.Table, subscription.FieldID, subscription.CustomerID(id)))
		return err
	})
}

// over are the states in which nobody comes any more.
var over = []workorder.Status{workorder.StatusFinalizada, workorder.StatusCancelada}

// typed puts beside a visit what it is for; TypeOf reads it.
var typed = tenants.Beside[predicate.WorkOrder]("type", workorder.FieldTypeID, workordertype.Table, workordertype.FieldID, workordertype.FieldName)

// TypeOf is what a visit is for.
func TypeOf(row *ent.WorkOrder) string { return tenants.Said(row, "type") }

// openVisits are the visits to a customer that are neither over nor called off, whichever the service: whoever opens a ticket is warned of them.
func openVisits(ctx context.Context, c *ent.Client, customer uuid.UUID) ([]*ent.WorkOrder, error) {
	return c.WorkOrder.Query().Where(workorder.CustomerID(customer), workorder.StatusNotIn(over...), manned, typed).Order(workorder.ByNumber()).Limit(PageSize).All(ctx)
}

// Pick begins a ticket of a service: it mints the protocol and keeps the diagnosis of that moment, as a rascunho of whoever picks. Picking again
// resumes one's own rascunho, however often and from however many windows: it is never two. A cancelled service may be picked. It returns
// NotFound, and Denied without Attend.
func (d Desk) Pick(ctx context.Context, sub uuid.UUID) (picked *ent.Ticket, err error) {
	picked, err = d.pick(ctx, sub)
	if ent.IsConstraintError(err) { // the same person, in another window, at the same moment
		picked, err = d.pick(ctx, sub)
	}
	return picked, err
}

func (d Desk) pick(ctx context.Context, id uuid.UUID) (picked *ent.Ticket, err error) {
	return picked, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Attend); err != nil {
			return err
		}
		sub, err := c.Subscription.Get(ctx, id)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		me, now := tenants.Who(ctx).ID, d.DB.Now()
		picked, err = c.Ticket.Query().Where(ticket.SubscriptionID(id), ticket.UserID(me), ticket.StatusEQ(ticket.StatusRascunho)).Only(ctx)
		if err == nil {
			return d.resume(ctx, c, picked)
		} else if !ent.IsNotFound(err) {
			return err
		}
		picked, err = d.mint(ctx, c, now, sub, func(t *ent.TicketCreate) {
			t.SetStatus(ticket.StatusRascunho).SetChannel(ticket.ChannelStaff).SetUserID(me)
		})
		if err != nil {
			return err
		}
		return history.Write(ctx, c, now, history.Entry{Customer: sub.CustomerID, Subject: "ticket", ID: picked.ID, Event: "ticket_started",
			After: map[string]any{"protocol": picked.Protocol}})
	})
}

// resume looks at the service anew: what stood in the rascunho may be hours old.
func (d Desk) resume(ctx context.Context, c *ent.Client, row *ent.Ticket) error {
	change := c.Ticket.UpdateOneID(row.ID).SetTouchedAt(d.DB.Now())
	if d.Diagnose != nil {
		said, err := d.Diagnose(ctx, c, row.SubscriptionID)
		if err != nil {
			return err
		}
		change.SetDiagnosis(said)
	}
	return change.Exec(ctx)
}
