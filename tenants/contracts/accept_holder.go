package contracts

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/contract"
	"enlace/tenants"
)

// Proof is by what of Telegram's a holder accepted.
type Proof struct{ Chat, Update int64 }

// AcceptAsHolder is Accept by the subscriber who holds the contract, now. The annex of its paper says by which chat and message, at which second,
// and the hash of the text that was accepted. It returns Conflict contract_accepted or contract_inactive, and NotFound for another's contract.
func (d Desk) AcceptAsHolder(ctx context.Context, id uuid.UUID, by Proof) (row *ent.Contract, err error) {
	who := tenants.Who(ctx)
	if who.Kind != tenants.Subscriber {
		return nil, tenants.NotFound()
	}
	return row, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if row, err = c.Contract.Query().Where(contract.ID(id), contract.CustomerID(who.ID)).Only(ctx); err != nil {
			return found(err)
		}
		isp, _ := tenants.From(ctx)
		now := d.DB.Now()
		note := fmt.Sprintf("Aceito pelo titular no Telegram em %s: conversa %d, atualização %d. SHA-256 do texto aceito: %s.",
			now.In(isp.Zone).Format("02/01/2006 às 15:04:05"), by.Chat, by.Update, row.BodyHash)
		if err := d.accept(ctx, c, row, Acceptance{Contract: id, On: isp.Today(now), Note: note}); err != nil {
			return err
		}
		row, err = c.Contract.Get(ctx, id)
		return err
	})
}
