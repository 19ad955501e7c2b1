package billing

import (
	"context"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/billingmethod"
	"enlace/ent/charge"
	"enlace/ent/group"
	"enlace/ent/invoice"
	"enlace/ent/plan"
	"enlace/ent/predicate"
	"enlace/ent/savedview"
	"enlace/ent/seller"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/customers"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// Receivable is something owed, as it stands today: an invoice, or a charge that is on none.
type Receivable struct {
	*Standing             // nil: it is Loose
	Loose     *ent.Charge // bears no late charges
	Customer  *ent.Customer
}

// Due is its due date.
func (r Receivable) Due() calendar.Date {
	if r.Loose != nil {
		return r.Loose.Due
	}
	return r.Invoice.Due
}

// Owed is what settles it today.
func (r Receivable) Owed() money.Cents {
	if r.Loose != nil {
		return r.Loose.Amount - r.Loose.Settled
	}
	return r.Standing.Owed()
}

// StatusOn is where it stands on the day it was read for.
func (r Receivable) StatusOn(today calendar.Date) InvoiceStatus {
	if r.Loose != nil {
		return ChargeStatus(r.Loose, today)
	}
	return r.Status
}

// DaysLate are the days from its due date; 0 for what is not overdue.
func (r Receivable) DaysLate(today calendar.Date) int {
	if r.StatusOn(today) != InvoiceOverdue {
		return 0
	}
	return today.DaysSince(r.Due())
}

// Receivables is a page of what is owed, beside how all of it stands.
type Receivables struct {
	Aging
	Rows  []Receivable
	Total int // under the filter

	Choices [][]tenants.Choice // what the list can be narrowed down to: methods, groups, plans, sellers
	Saved   []*ent.SavedView   // lists of the person's own, by name
}

// Receivables reads a page of what is owed. It makes the same few queries however much there is. It returns Denied to who neither charges nor
// receives.
func (d Desk) Receivables(ctx context.Context, f ReceivableFilter) (list Receivables, err error) {
	return list, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := mayCollect(ctx, c); err != nil {
			return err
		}
		today := d.DB.Today(ctx)
		if f, err = f.lookUp(ctx, today); err != nil {
			return err
		}
		if list.Aging, list.Total, err = age(ctx, f, today); err != nil {
			return err
		}
		found, err := f.page(ctx, c, today, (f.Page-1)*PageSize, PageSize)
		if err != nil {
			return err
		}
		if list.Rows, err = receivables(ctx, c, today, found); err != nil {
			return err
		}
		return list.readChoices(ctx, c)
	})
}

// mayCollect lets in who receives, and who charges and sees what became of it.
func mayCollect(ctx context.Context, c *ent.Client) error {
	if receives, err := staff.May(ctx, c, staff.Receive); err != nil || receives {
		return err
	}
	return staff.Require(ctx, c, staff.Charge)
}

// page finds some of what a filter means, in its order. What was paid is in the order in which it was, the last first.
func (f ReceivableFilter) page(ctx context.Context, c *ent.Client, today calendar.Date, offset, limit int) (found []tenants.Found[uuid.UUID], err error) {
	if f.State != ReceivablePaid {
		return tenants.Merge[uuid.UUID](ctx, []string{invoice.FieldDue, invoice.FieldNumber}, f.Descending, offset, limit,
			tenants.RowsOf(invoice.Table, f.invoices(ctx, today)...), tenants.RowsOf(charge.Table, f.loose(today)...))
	}
	ids, err := c.Invoice.Query().Where(f.invoices(ctx, today)...).Order(ent.Desc(invoice.FieldPaidAt), invoice.ByNumber()).Offset(offset).Limit(limit).IDs(ctx)
	for _, id := range ids {
		found = append(found, tenants.Found[uuid.UUID]{ID: id})
	}
	return found, err
}

// receivables reads how what was found stands, in the order it was found in.
func receivables(ctx context.Context, c *ent.Client, today calendar.Date, found []tenants.Found[uuid.UUID]) ([]Receivable, error) {
	var invoices, loose []uuid.UUID
	for _, one := range found {
		if one.Set == 0 {
			invoices = append(invoices, one.ID)
		} else {
			loose = append(loose, one.ID)
		}
	}
	rows, err := c.Invoice.Query().Where(invoice.IDIn(invoices...)).All(ctx)
	if err != nil {
		return nil, err
	}
	charges, err := c.Charge.Query().Where(charge.Or(charge.InvoiceIDIn(invoices...), charge.IDIn(loose...))).Order(charge.ByPosition(), charge.ByNumber()).All(ctx)
	if err != nil {
		return nil, err
	}
	payments, err := standingPayments(ctx, c, invoices)
	if err != nil {
		return nil, err
	}
	byID, holders := map[uuid.UUID]*Receivable{}, []uuid.UUID{}
	for _, row := range rows {
		byID[row.ID] = &Receivable{Standing: &Standing{Invoice: row, PayableUntil: calendar.EffectiveLastDay(row.Due)}}
		holders = append(holders, row.CustomerID)
	}
	for _, row := range charges {
		if row.InvoiceID == nil {
			byID[row.ID] = &Receivable{Loose: row}
			holders = append(holders, row.CustomerID)
		} else if s := byID[*row.InvoiceID].Standing; row.CancelledAt == nil {
			s.Charges = append(s.Charges, row)
		}
	}
	for _, row := range payments {
		s := byID[*row.InvoiceID].Standing
		s.Payments = append(s.Payments, row)
	}
	names, err := customersByID(ctx, c, holders)
	if err != nil {
		return nil, err
	}
	var list []Receivable
	for _, one := range found {
		r := byID[one.ID]
		if r.Loose != nil {
			r.Customer = names[r.Loose.CustomerID]
		} else {
			r.Customer = names[r.Invoice.CustomerID]
			r.reckon(today)
		}
		list = append(list, *r)
	}
	return list, nil
}

func (l *Receivables) readChoices(ctx context.Context, c *ent.Client) (err error) {
	l.Choices, err = tenants.Choices(ctx, tenants.RowsOf[predicate.BillingMethod](billingmethod.Table), tenants.RowsOf[predicate.Group](group.Table),
		tenants.RowsOf[predicate.Plan](plan.Table), tenants.RowsOf[predicate.Seller](seller.Table))
	if err != nil {
		return err
	}
	l.Saved, err = customers.Views(ctx, c, savedview.ListReceivables)
	return err
}

// monthOf is the first instant of the month of a day, where the ISP is.
func monthOf(ctx context.Context, today calendar.Date) time.Time {
	isp, _ := tenants.From(ctx)
	return calendar.On(today.Year(), today.Month(), 1).At(0, 0, isp.Zone).In(time.UTC)
}
