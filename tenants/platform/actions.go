package platform

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/operatoraction"
	"enlace/tenants"
)

// action is one thing an operator did. Who did it, and through which channel, comes from the context.
type action struct {
	ISP           uuid.UUID // none for what concerns no ISP
	Event         string    // views/words_events.go has its sentence
	Reason        string
	Before, After map[string]any
}

// note adds the action in the caller's transaction, so that it stands if and only if the change does.
func (d *Desk) note(ctx context.Context, c *ent.Client, a action) error {
	who := tenants.Who(ctx)
	create := c.OperatorAction.Create().SetEvent(a.Event).SetReason(a.Reason).SetAt(d.DB.Now()).
		SetOperatorName(who.Name).SetChannel(operatoraction.Channel(who.Channel)).SetBefore(a.Before).SetAfter(a.After)
	if a.ISP != uuid.Nil {
		create.SetIspID(a.ISP)
	}
	if who.ID != uuid.Nil {
		create.SetOperatorID(who.ID)
	}
	return create.Exec(ctx)
}

// Actions lists what operators did, to the ISPs and to the platform, newest first, at most n.
func (d *Desk) Actions(ctx context.Context, n int) (all []*ent.OperatorAction, err error) {
	if err := require(ctx); err != nil {
		return nil, err
	}
	err = d.DB.PlatformRead(ctx, func(ctx context.Context, c *ent.Client) error {
		here, err := newest(ctx, c.OperatorAction.Query(), n)
		all = append(all, here...)
		return err
	})
	slices.SortStableFunc(all, func(a, b *ent.OperatorAction) int { return b.At.Compare(a.At) })
	return all[:min(n, len(all))], err
}

func newest(ctx context.Context, q *ent.OperatorActionQuery, n int) ([]*ent.OperatorAction, error) {
	return q.Order(ent.Desc(operatoraction.FieldAt, operatoraction.FieldID)).Limit(n).All(ctx)
}
