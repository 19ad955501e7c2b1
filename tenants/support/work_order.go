package support

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/user"
	"enlace/ent/workorder"
	"enlace/ent/workordertype"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/numbers"
)

// Visit is a work order asked for (ordem de serviço).
type Visit struct {
	Subscription *ent.Subscription
	Ticket       uuid.UUID // none: from a sale
	Type         uuid.UUID
	Technician   uuid.UUID // none: not yet given to anyone
	StartsAt     time.Time // zero: not yet scheduled
	Minutes      int       // 0: the type's own
	Waits        bool      // aguardando agendamento, whatever is filled in
	Description  string
}

// OpenWorkOrder opens a visit in the caller's transaction: agendada when it has technician and start, else aguardando agendamento.
// It returns Invalid for a type that the subscription's state does not permit or one no longer in use, and NotFound.
func OpenWorkOrder(ctx context.Context, c *ent.Client, now time.Time, in Visit) (*ent.WorkOrder, error) {
	kind, err := c.WorkOrderType.Query().Where(workordertype.ID(in.Type)).Only(ctx)
	switch {
	case ent.IsNotFound(err):
		return nil, tenants.NotFound()
	case err != nil:
		return nil, err
	case !kind.Active:
		return nil, tenants.Invalid("os_tipo", "choice")
	case !slices.Contains(kind.States, string(in.Subscription.Status)):
		return nil, tenants.Invalid("os_tipo", "type_not_permitted").With("type", kind.Name).With("status", string(in.Subscription.Status))
	}
	number, err := numbers.Next(ctx, c, numbers.WorkOrder)
	if err != nil {
		return nil, err
	}
	create := c.WorkOrder.Create().SetNumber(number).SetCustomerID(in.Subscription.CustomerID).SetSubscriptionID(in.Subscription.ID).
		SetTypeID(kind.ID).SetStatus(workorder.StatusAguardandoAgendamento).SetMinutes(kind.Minutes).SetDescription(in.Description).SetOpenedAt(now)
	if in.Minutes > 0 {
		create.SetMinutes(in.Minutes)
	}
	if in.Ticket != uuid.Nil {
		create.SetTicketID(in.Ticket)
	}
	if in.Technician != uuid.Nil {
		if there, err := c.User.Query().Where(user.ID(in.Technician), user.Active(true)).Exist(ctx); err != nil || !there {
			return nil, notThere(err)
		}
		create.SetTechnicianID(in.Technician)
	}
	if !in.StartsAt.IsZero() {
		create.SetStartsAt(in.StartsAt)
		if in.Technician != uuid.Nil && !in.Waits {
			create.SetStatus(workorder.StatusAgendada)
		}
	}
	opened, err := create.Save(ctx)
	if err != nil {
		return nil, err
	}
	return opened, history.Write(ctx, c, now, history.Entry{Customer: opened.CustomerID, Subject: "work_order", ID: opened.ID, Event: "work_order_opened",
		After: map[string]any{"number": number, "type": kind.Name, "status": opened.Status}})
}

func notThere(err error) error {
	if err != nil {
		return err
	}
	return tenants.NotFound()
}

// Overlapping finds a visit that a technician has at that time already, or nil; one that is over or called off is in nobody's way.
func Overlapping(ctx context.Context, c *ent.Client, technician uuid.UUID, starts time.Time, minutes int) (*ent.WorkOrder, error) {
	ends := starts.Add(time.Duration(minutes) * time.Minute)
	rows, err := c.WorkOrder.Query().Where(workorder.TechnicianID(technician), workorder.StatusIn(workorder.StatusAgendada, workorder.StatusEmExecucao),
		workorder.StartsAtGT(starts.Add(-longestVisit)), workorder.StartsAtLT(ends)).Order(workorder.ByStartsAt()).All(ctx)
	for _, row := range rows {
		if row.StartsAt.Add(time.Duration(row.Minutes) * time.Minute).After(starts) {
			return row, err
		}
	}
	return nil, err
}

// longestVisit is how long a visit may last.
const longestVisit = 24 * time.Hour
