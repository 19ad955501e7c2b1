package billing

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/correspondent"
	"enlace/tenants/staff"
)

// Counter is what a cashier needs beside what is owed: through whom money may come, and what the customer has to the credit.
type Counter struct {
	Correspondents []*ent.Correspondent // in use, by name
	Credits        []Credit             // of which something is left, the oldest first
}

// Counter reads it for a customer. Denied without Receive.
func (d Desk) Counter(ctx context.Context, customer uuid.UUID) (at *Counter, err error) {
	return at, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Receive); err != nil {
			return err
		}
		at = &Counter{}
		if at.Correspondents, err = c.Correspondent.Query().Where(correspondent.Active(true)).Order(correspondent.ByName()).All(ctx); err != nil {
			return err
		}
		all, err := creditsOf(ctx, c, customer)
		for _, one := range all {
			if one.Left > 0 {
				at.Credits = append(at.Credits, one)
			}
		}
		return err
	})
}

// PreviewShown is PreviewReceipt of an invoice that has just been read as it stands today: it asks nothing twice.
func (d Desk) PreviewShown(ctx context.Context, shown *Standing, in Receipt) (*ReceiptPreview, error) {
	if in.PaidOn != d.DB.Today(ctx) {
		return d.PreviewReceipt(ctx, in)
	}
	if err := d.post(ctx, nil).checkMoney(in.Amount, in.PaidOn); err != nil {
		return nil, err
	}
	return planReceipt(in, shown)
}

// Open are the charges of an invoice that are not settled, in the order a payment settles them.
func (s *Standing) Open() []*ent.Charge { return s.open() }
