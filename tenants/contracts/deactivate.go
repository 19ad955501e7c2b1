package contracts

import (
	"context"
	"unicode/utf8"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/contract"
	"enlace/tenants"
	"enlace/tenants/history"
)

// shortestReason is how many letters a reason has at least.
const shortestReason = 5

// Deactivate says that a contract no longer holds (Desativar). Its paper stays. The same form sent twice does it once. It returns Invalid for a
// reason too short, Conflict contract_inactive, NotFound, and Denied without Sell.
func (d Desk) Deactivate(ctx context.Context, id uuid.UUID, reason, key string) error {
	if utf8.RuneCountInString(reason) < shortestReason {
		return tenants.Invalid("motivo", "reason_short")
	}
	return d.once(ctx, "deactivate_contract", key, []string{id.String(), reason}, func(ctx context.Context, c *ent.Client) error {
		now := d.DB.Now()
		marked, err := c.Contract.Update().Where(contract.ID(id), contract.DeactivatedAtIsNil()).SetDeactivatedAt(now).SetDeactivationReason(reason).Save(ctx)
		if err != nil {
			return err
		}
		if marked == 0 {
			return closedAlready(ctx, c, id)
		}
		row, err := c.Contract.Get(ctx, id)
		if err != nil {
			return err
		}
		return history.Write(ctx, c, now, history.Entry{Customer: row.CustomerID, Subject: "contract", ID: id, Event: "contract_deactivated", Reason: reason,
			After: map[string]any{"number": row.Number}})
	})
}
