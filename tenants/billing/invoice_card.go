package billing

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/chargeitem"
	"enlace/tenants"
	"enlace/tenants/staff"
)

// Invoice is an invoice as it stands today, with what a person looks at beside it.
type Invoice struct {
	*Standing
	Customer *ent.Customer
	Booklet  *ent.Booklet // nil when it is of none
	Plan     *ent.Plan    // nil when it is of no subscription alone
	Method   *ent.BillingMethod
	Items    map[uuid.UUID][]*ent.ChargeItem // by charge
}

// Invoice reads an invoice. It returns NotFound for one that is not the ISP's.
func (d Desk) Invoice(ctx context.Context, id uuid.UUID) (one *Invoice, err error) {
	return one, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		row, err := c.Invoice.Get(ctx, id)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		standings, err := Standings(ctx, c, d.DB.Today(ctx), row)
		if err != nil {
			return err
		}
		one = &Invoice{Standing: standings[0], Items: map[uuid.UUID][]*ent.ChargeItem{}}
		return one.furnish(ctx, c)
	})
}

func (i *Invoice) furnish(ctx context.Context, c *ent.Client) (err error) {
	row := i.Standing.Invoice
	if i.Customer, err = c.Customer.Get(ctx, row.CustomerID); err != nil {
		return err
	}
	if i.Method, err = c.BillingMethod.Get(ctx, row.MethodID); err != nil {
		return err
	}
	if row.BookletID != nil {
		if i.Booklet, err = c.Booklet.Get(ctx, *row.BookletID); err != nil {
			return err
		}
	}
	if row.SubscriptionID != nil {
		if i.Plan, err = planOfService(ctx, c, *row.SubscriptionID); err != nil {
			return err
		}
	}
	ids := make([]uuid.UUID, len(i.Charges))
	for k, row := range i.Charges {
		ids[k] = row.ID
	}
	items, err := c.ChargeItem.Query().Where(chargeitem.ChargeIDIn(ids...)).Order(chargeitem.ByPosition()).All(ctx)
	for _, item := range items {
		i.Items[item.ChargeID] = append(i.Items[item.ChargeID], item)
	}
	return err
}

// MayBeCancelled says whether it is open, nothing was paid of it and it is no instalment. CancelInvoice looks again when it is done.
func (i *Invoice) MayBeCancelled() bool {
	if i.Standing.Invoice.BookletID != nil || len(i.Payments) > 0 || i.Status == InvoiceCancelled || i.Status == InvoicePaid || i.held > 0 {
		return false
	}
	for _, row := range i.Charges {
		if row.Kind == charge.KindAgreement {
			return false
		}
	}
	return true
}
