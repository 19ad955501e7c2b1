package collection

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/payment"
	"enlace/ent/pixreceipt"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
)

// strayPix is a Pix that somebody paid to the ISP's key by hand.
type strayPix struct {
	desk Desk
	id   uuid.UUID
}

func (p strayPix) hold(ctx context.Context, c *ent.Client) error {
	return c.PixReceipt.Update().Where(pixreceipt.ID(p.id)).AddReturned(0).Exec(ctx)
}

func (p strayPix) income(ctx context.Context, c *ent.Client) (came billing.Incoming, err error) {
	row, err := receiptOf(ctx, c, p.id)
	if err != nil {
		return came, err
	}
	if row.Status != pixreceipt.StatusStranger || row.PaidAt == nil || row.Returned >= row.Amount {
		return came, tenants.Conflict("pix_placed")
	}
	isp, _ := tenants.From(ctx)
	return billing.Incoming{Source: payment.SourcePix, ExternalID: row.EndToEnd, Amount: row.Amount - row.Returned, PaidOn: calendar.Of(row.PaidAt.In(isp.Zone))}, nil
}

func (p strayPix) placed(ctx context.Context, c *ent.Client, came billing.Incoming) (string, map[string]any, error) {
	return "pix_attributed", map[string]any{"e2eid": came.ExternalID}, c.PixReceipt.UpdateOneID(p.id).SetStatus(pixreceipt.StatusSettled).Exec(ctx)
}
