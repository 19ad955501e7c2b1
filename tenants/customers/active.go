package customers

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/staff"
)

// shortestReason is how many letters say why.
const shortestReason = 5

// Deactivate takes a customer out of the lists; nobody is ever deleted, for the ledger and the law need the record. It returns Conflict
// customer_served while a service of theirs is not cancelled, and Invalid reason_short. Of one who is out already nothing changes.
func (d Desk) Deactivate(ctx context.Context, id uuid.UUID, reason string) error {
	return d.setActive(ctx, id, false, reason, func(ctx context.Context, c *ent.Client) error {
		served, err := c.Subscription.Query().Where(subscription.CustomerID(id), subscription.StatusNEQ(subscription.StatusCancelado)).Exist(ctx)
		if err == nil && served {
			return tenants.Conflict("customer_served")
		}
		return err
	})
}

// Reactivate takes a customer back into the lists.
func (d Desk) Reactivate(ctx context.Context, id uuid.UUID, reason string) error {
	return d.setActive(ctx, id, true, reason, func(context.Context, *ent.Client) error { return nil })
}

func (d Desk) setActive(ctx context.Context, id uuid.UUID, active bool, reason string, allowed func(context.Context, *ent.Client) error) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Sell); err != nil {
			return err
		}
		who, err := get(ctx, c, id)
		if err != nil || who.Active == active {
			return err
		}
		if reason = strings.TrimSpace(reason); utf8.RuneCountInString(reason) < shortestReason {
			return tenants.Invalid("motivo", "reason_short")
		}
		if err := allowed(ctx, c); err != nil {
			return err
		}
		if err := c.Customer.UpdateOneID(id).SetActive(active).AddVersion(1).Exec(ctx); err != nil {
			return err
		}
		entry := history.Entry{Customer: id, Subject: "customer", ID: id, Event: "customer_deactivated", Reason: reason}
		if active {
			entry.Event = "customer_reactivated"
		}
		return history.Write(ctx, c, d.DB.Now(), entry)
	})
}
