package billing

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/renewal"
	"enlace/ent/renewalitem"
	"enlace/tenants"
	"enlace/tenants/outbox"
	"enlace/tenants/staff"
)

// stint is how long a worker stays at a renewal before others have their turn: well within the lease of its row.
const stint = 15 * time.Second

// WorkOnRenewal makes carnês of a renewal one by one, each in a transaction of its own together with what becomes of its item, in the name of
// who asked for them. It is a worker's, and may be called again, by many and at any time: no carnê is made twice. After a stint it asks for
// another; after the last carnê it asks for the file of all of them.
func (d Desk) WorkOnRenewal(ctx context.Context, id uuid.UUID) error {
	for began := d.DB.Now(); d.DB.Now().Sub(began) < stint; {
		row, item, err := d.nextItem(ctx, id)
		switch {
		case err != nil:
			return err
		case row.State != renewal.StateRunning:
			return nil
		case item == nil:
			return d.endRenewal(ctx, id)
		}
		if err := d.renew(ctx, row, item); err != nil {
			return err
		}
	}
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error { return d.post(ctx, c).goOn(ctx, id) })
}

// nextItem is a renewal with the first of its carnês that waits; nil when none does.
func (d Desk) nextItem(ctx context.Context, id uuid.UUID) (row *ent.Renewal, item *ent.RenewalItem, err error) {
	return row, item, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if row, err = c.Renewal.Get(ctx, id); ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		item, err = c.RenewalItem.Query().Where(renewalitem.RenewalID(id), renewalitem.StateEQ(renewalitem.StateWaiting)).Order(renewalitem.ByPosition()).First(ctx)
		if ent.IsNotFound(err) {
			item, err = nil, nil
		}
		return err
	})
}

// errNotOurs means that a renewal was paused, or an item was taken by somebody else.
var errNotOurs = errors.New("billing: the item is not to be made now")

// renew makes one carnê. One that is refused is kept with its reason, and the others go on.
func (d Desk) renew(ctx context.Context, row *ent.Renewal, item *ent.RenewalItem) error {
	inside := tenants.As(ctx, tenants.Actor{Kind: tenants.User, ID: row.UserID, Name: row.UserName, Role: row.UserRole, Channel: tenants.Job})
	in := NewBooklet{Customer: item.CustomerID, Subscription: item.SubscriptionID, Start: item.StartOn, FirstDue: item.FirstDue, Instalments: row.Instalments, Shown: item.Amount}
	err := d.DB.Write(inside, func(ctx context.Context, c *ent.Client) error {
		if err := takeItem(ctx, c, row.ID, c.Renewal.Update().AddDone(1), item.ID, c.RenewalItem.Update().SetState(renewalitem.StateDone)); err != nil {
			return err
		}
		if err := staff.Require(ctx, c, staff.Charge); err != nil {
			return err
		}
		made, err := d.issue(ctx, c, in, outbox.Bulk)
		if err != nil {
			return err
		}
		return c.RenewalItem.UpdateOneID(item.ID).SetBookletID(made.ID).Exec(ctx)
	})
	fault := tenants.FaultOf(err)
	if fault != nil {
		err = d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
			return takeItem(ctx, c, row.ID, c.Renewal.Update().AddFailed(1), item.ID,
				c.RenewalItem.Update().SetState(renewalitem.StateFailed).SetCode(code(fault)).SetArgs(args(fault, in)))
		})
	}
	if errors.Is(err, errNotOurs) {
		return nil
	}
	return err
}

// takeItem moves a waiting item of a running renewal and counts it, or returns errNotOurs. Who would do the same waits here.
func takeItem(ctx context.Context, c *ent.Client, of uuid.UUID, count *ent.RenewalUpdate, item uuid.UUID, move *ent.RenewalItemUpdate) error {
	counted, err := count.Where(renewal.ID(of), renewal.StateEQ(renewal.StateRunning)).Save(ctx)
	if err != nil {
		return err
	}
	taken, err := move.Where(renewalitem.ID(item), renewalitem.StateEQ(renewalitem.StateWaiting)).Save(ctx)
	if err == nil && counted+taken < 2 {
		err = errNotOurs
	}
	return err
}

// endRenewal has the file printed when all carnês are made; when none could be, it is over.
func (d Desk) endRenewal(ctx context.Context, id uuid.UUID) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		p := d.post(ctx, c)
		ended, err := c.Renewal.Update().Where(renewal.ID(id), renewal.StateEQ(renewal.StateRunning)).SetState(renewal.StatePrinting).SetPrinted(0).SetChangedAt(p.now).Save(ctx)
		if err != nil || ended == 0 {
			return err
		}
		return outbox.Add(ctx, c, p.now, outbox.Job{Kind: PrintRenewal, Queue: outbox.Bulk, Payload: map[string]string{"renewal": id.String()}})
	})
}
