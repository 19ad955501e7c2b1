package subscriptions

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/cancellation"
	"enlace/ent/contract"
	"enlace/ent/deed"
	"enlace/ent/planchange"
	"enlace/ent/subscription"
	"enlace/ent/ticket"
	"enlace/ent/transfer"
	"enlace/ent/workorder"
	"enlace/tenants"
	"enlace/tenants/customers"
	"enlace/tenants/history"
	"enlace/tenants/network"
	"enlace/tenants/outbox"
	"enlace/tenants/status"
)

// undo takes a cancellation, a migration or a transfer back.
func (d Desk) undo(ctx context.Context, c *ent.Client, u *Undoable, in Undo) error {
	// Who undoes it at the same moment waits here, and then finds it undone.
	marked, err := u.mark(ctx, c, d.DB.Now(), in.Reason)
	if err != nil {
		return err
	}
	if marked == 0 {
		if u, err = undoneBefore(ctx, c, u.From); err != nil {
			return err
		}
		return d.mayUndo(ctx, c, u)
	}
	held := []uuid.UUID{u.From.ID} // nor does anybody bill either meanwhile
	ends, holders := d.undoCancellation, []uuid.UUID{u.From.CustomerID}
	switch {
	case u.handed != nil:
		ends, holders = d.undoTransfer, []uuid.UUID{u.handed.FromID, u.handed.ToID}
	case u.deed.ToID != nil:
		ends, held = d.undoMigration, append(held, *u.deed.ToID)
	}
	if err := c.Subscription.Update().Where(subscription.IDIn(held...)).AddNumber(0).Exec(ctx); err != nil {
		return err
	}
	if err := d.mayUndo(ctx, c, u); err != nil {
		return err
	}
	if u.Money, err = d.billing().PostUndo(ctx, c, u.From.ID, u.traces.Money, "", in.Reason); err != nil {
		return err
	}
	if in.Shown != "" && in.Shown != u.Seen() {
		return tenants.Conflict("undo_unseen")
	}
	if err := ends(ctx, c, u, in.Reason); err != nil {
		return err
	}
	for _, who := range holders {
		if err := customers.Index(ctx, c, who); err != nil {
			return err
		}
	}
	return nil
}

// mark says that it is undone; it answers 0 where somebody was faster.
func (u *Undoable) mark(ctx context.Context, c *ent.Client, now time.Time, reason string) (int, error) {
	if u.handed != nil {
		return c.Transfer.Update().Where(transfer.ID(u.handed.ID), transfer.UndoneAtIsNil()).SetUndoneAt(now).Save(ctx)
	}
	return c.Deed.Update().Where(deed.ID(u.deed.ID), deed.UndoneAtIsNil()).SetUndoneAt(now).SetUndoneReason(reason).Save(ctx)
}

// stateBack has the service be in the state that an event took it from.
func (d Desk) stateBack(ctx context.Context, c *ent.Client, u *Undoable, of status.Event, reason string) error {
	now := d.DB.Now()
	if err := status.TakeBack(ctx, c, now, u.From.ID, of, u.State, u.traces.Service.StatusSince, reason); err != nil || u.State != status.Paused {
		return err
	}
	isp, _ := tenants.From(ctx)
	for _, gap := range u.traces.Money.Was.Gaps { // its job may have come and gone meanwhile
		job := outbox.Job{Kind: EndPause, At: gap.UntilDay.At(0, 0, isp.Zone), Payload: map[string]string{"subscription": u.From.ID.String()}}
		if gap.EndedAt != nil || gap.SubscriptionID != u.From.ID {
			continue
		}
		if err := outbox.Add(ctx, c, now, job); err != nil {
			return err
		}
	}
	return nil
}

// undoCancellation has the service be as it was, calls off the visit that fetches the equipment, and tells it.
func (d Desk) undoCancellation(ctx context.Context, c *ent.Client, u *Undoable, reason string) error {
	now := d.DB.Now()
	if err := d.stateBack(ctx, c, u, status.Cancel, reason); err != nil {
		return err
	}
	visit, err := u.fetching(ctx, c)
	if err != nil {
		return err
	}
	if visit != nil {
		if err := c.WorkOrder.UpdateOneID(visit.ID).SetStatus(workorder.StatusCancelada).Exec(ctx); err != nil {
			return err
		}
	}
	if err := c.Cancellation.Update().Where(cancellation.SubscriptionID(u.From.ID), cancellation.UndoneAtIsNil()).SetUndoneAt(now).Exec(ctx); err != nil {
		return err
	}
	return history.Write(ctx, c, now, history.Entry{Customer: u.From.CustomerID, Subject: "subscription", ID: u.From.ID, Event: "cancellation_undone", Reason: reason,
		Before: map[string]any{"status": status.Cancelled}, After: map[string]any{"number": u.From.Number, "status": u.State}})
}

// undoMigration ends the new service and gives what belongs to the old one back to it, and tells it on both.
func (d Desk) undoMigration(ctx context.Context, c *ent.Client, u *Undoable, reason string) error {
	now, from := d.DB.Now(), u.From
	if err := d.stateBack(ctx, c, u, status.Cancel, reason); err != nil {
		return err
	}
	to, err := status.Apply(ctx, c, now, *u.deed.ToID, status.Cancel, reason)
	if err != nil {
		return err
	}
	ended := c.Subscription.UpdateOneID(to.ID).SetCancelledOn(d.DB.Today(ctx)).SetCancelReason(reason)
	if err := ended.Exec(ctx); err != nil {
		return err
	}
	if err := c.PlanChange.Update().Where(planchange.ToID(to.ID)).SetGivenUpAt(now).SetGivenUpReason(reason).Exec(ctx); err != nil {
		return err
	}
	for _, back := range []func() error{
		func() error { return (network.Desk{DB: d.DB}).MoveLogin(ctx, c, to.ID, from.ID) },
		func() error {
			return c.Ticket.Update().Where(ticket.SubscriptionID(to.ID)).SetSubscriptionID(from.ID).Exec(ctx)
		},
		func() error { return u.visitsBack(ctx, c) },
		func() error {
			return c.Contract.Update().Where(contract.SubscriptionID(to.ID), contract.IDIn(u.traces.Belonged.Contracts...)).SetSubscriptionID(from.ID).Exec(ctx)
		},
		func() error {
			return c.Contract.Update().Where(contract.SubscriptionID(to.ID), contract.DeactivatedAtIsNil()).SetDeactivatedAt(now).SetDeactivationReason(reason).Exec(ctx)
		},
	} {
		if err := back(); err != nil {
			return err
		}
	}
	said := map[string]any{"old": from.Number, "number": to.Number}
	return history.WriteAll(ctx, c, now, []history.Entry{
		{Customer: from.CustomerID, Subject: "subscription", ID: from.ID, Event: "migration_undone", Reason: reason, After: said},
		{Customer: from.CustomerID, Subject: "subscription", ID: to.ID, Event: "migration_undone_to", Reason: reason, After: said},
	})
}

// visitsBack gives the visits back that were the old service's; those of the new one are called off.
func (u *Undoable) visitsBack(ctx context.Context, c *ent.Client) error {
	own, err := u.ownVisits(ctx, c)
	if err != nil {
		return err
	}
	ids := make([]uuid.UUID, len(own))
	for i, row := range own {
		ids[i] = row.ID
	}
	if err := c.WorkOrder.Update().Where(workorder.IDIn(ids...)).SetStatus(workorder.StatusCancelada).Exec(ctx); err != nil {
		return err
	}
	return c.WorkOrder.Update().Where(workorder.SubscriptionID(*u.deed.ToID), workorder.IDNotIn(ids...)).SetSubscriptionID(u.From.ID).Exec(ctx)
}

// ownVisits are those of the new service that the old one never had.
func (u *Undoable) ownVisits(ctx context.Context, c *ent.Client) ([]*ent.WorkOrder, error) {
	rows, err := c.WorkOrder.Query().Where(workorder.SubscriptionID(*u.deed.ToID)).All(ctx)
	return slices.DeleteFunc(rows, func(row *ent.WorkOrder) bool { return slices.Contains(u.traces.Belonged.Visits, row.ID) }), err
}

// ownContracts are those of the new service in force that the old one never had, without their texts.
func (u *Undoable) ownContracts(ctx context.Context, c *ent.Client) ([]*ent.Contract, error) {
	rows, err := c.Contract.Query().Where(contract.SubscriptionID(*u.deed.ToID), contract.DeactivatedAtIsNil()).Select(contract.FieldID, contract.FieldNumber, contract.FieldAcceptedAt).All(ctx)
	return slices.DeleteFunc(rows, func(row *ent.Contract) bool { return slices.Contains(u.traces.Belonged.Contracts, row.ID) }), err
}
