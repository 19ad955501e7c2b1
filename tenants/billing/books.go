package billing

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/billingevent"
	"enlace/ent/billingeventpart"
	"enlace/ent/booklet"
	"enlace/ent/charge"
	"enlace/ent/credit"
	"enlace/ent/invoice"
	"enlace/ent/predicate"
	"enlace/ent/slip"
	"enlace/ent/subscription"
	"enlace/ent/suspension"
	"enlace/ent/trustgrant"
	"enlace/tenants"
)

// Books are how all that a customer is charged stands, or all that some are. What an operation has done to money is read off two of them, so that no operation has to
// say it, and none can forget to.
type Books struct {
	Services []*ent.Subscription     `json:",omitempty"`
	Invoices []*ent.Invoice          `json:",omitempty"`
	Charges  []*ent.Charge           `json:",omitempty"`
	Slips    []*ent.Slip             `json:",omitempty"` // without what is printed on them
	Credits  []*ent.Credit           `json:",omitempty"`
	Events   []*ent.BillingEvent     `json:",omitempty"`
	Parts    []*ent.BillingEventPart `json:",omitempty"`
	Booklets []*ent.Booklet          `json:",omitempty"`
	Gaps     []*ent.Suspension       `json:",omitempty"`
	Grants   []*ent.TrustGrant       `json:",omitempty"`
}

// BooksOf reads those of some customers, in the caller's transaction.
func BooksOf(ctx context.Context, c *ent.Client, of ...uuid.UUID) (b *Books, err error) {
	if b, err = owedOf(ctx, c, of...); err != nil {
		return nil, err
	}
	services := tenants.IDsIn(subscription.Table, subscription.FieldID, subscription.CustomerIDIn(of...))
	for _, read := range []func() error{
		func() error {
			b.Services, err = c.Subscription.Query().Where(subscription.CustomerIDIn(of...)).Order(subscription.ByNumber()).All(ctx)
			return err
		},
		func() error {
			b.Credits, err = c.Credit.Query().Where(credit.CustomerIDIn(of...)).Order(credit.ByCreatedAt(), credit.ByID()).All(ctx)
			return err
		},
		func() error {
			b.Events, err = c.BillingEvent.Query().Where(tenants.Among[predicate.BillingEvent](billingevent.FieldSubscriptionID, services)).Order(billingevent.ByID()).All(ctx)
			return err
		},
		func() error {
			b.Parts, err = c.BillingEventPart.Query().Where(tenants.Among[predicate.BillingEventPart](billingeventpart.FieldSubscriptionID, services)).
				Order(billingeventpart.ByMonth(), billingeventpart.ByID()).All(ctx)
			return err
		},
		func() error {
			b.Booklets, err = c.Booklet.Query().Where(booklet.CustomerIDIn(of...)).Order(booklet.ByNumber()).All(ctx)
			return err
		},
		func() error {
			b.Gaps, err = c.Suspension.Query().Where(tenants.Among[predicate.Suspension](suspension.FieldSubscriptionID, services)).Order(suspension.ByFromDay(), suspension.ByAt()).All(ctx)
			return err
		},
		func() error {
			b.Grants, err = c.TrustGrant.Query().Where(tenants.Among[predicate.TrustGrant](trustgrant.FieldSubscriptionID, services)).Order(trustgrant.ByGrantedAt()).All(ctx)
			return err
		},
	} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// owedOf reads of the books what is owed: invoices, charges and slips.
func owedOf(ctx context.Context, c *ent.Client, of ...uuid.UUID) (b *Books, err error) {
	b = &Books{}
	if b.Invoices, err = c.Invoice.Query().Where(invoice.CustomerIDIn(of...)).Order(invoice.ByNumber()).All(ctx); err != nil {
		return nil, err
	}
	for _, row := range b.Invoices {
		row.Version = 0 // who only looks at an invoice moves it
	}
	if b.Charges, err = c.Charge.Query().Where(charge.CustomerIDIn(of...)).Order(charge.ByNumber()).All(ctx); err != nil {
		return nil, err
	}
	invoices := tenants.IDsIn(invoice.Table, invoice.FieldID, invoice.CustomerIDIn(of...))
	b.Slips, err = c.Slip.Query().Where(tenants.Among[predicate.Slip](slip.FieldInvoiceID, invoices)).Order(slip.ByIssuedAt(), slip.ByID()).
		Select(slip.FieldID, slip.FieldInvoiceID, slip.FieldSentAt, slip.FieldWithdrawnAt, slip.FieldCancelledAt, slip.FieldUntold).All(ctx)
	return b, err
}

// Change is what an operation has done to the books of customers: the rows it has changed, as they were, and those it has changed or made, as it
// left them. It is kept as JSON with the deed.
type Change struct {
	Was, Is Books
	Last    int64 // number of the last charge, to know those from since
}

// holders are the customers whose books it has changed, always in the same order: who held the service, and who holds it since.
func (ch Change) holders() []uuid.UUID {
	var ids []uuid.UUID
	for _, sub := range slices.Concat(ch.Was.Services, ch.Is.Services) {
		ids = append(ids, sub.CustomerID)
	}
	slices.SortFunc(ids, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	return slices.Compact(ids)
}

// ChangeOf reads what an operation has done off the books before it and after.
func ChangeOf(before, after *Books) (ch Change, err error) {
	for _, row := range after.Charges {
		ch.Last = max(ch.Last, row.Number)
	}
	for _, compare := range []func() error{
		func() error {
			return differ(before.Services, after.Services, &ch.Was.Services, &ch.Is.Services, serviceID)
		},
		func() error {
			return differ(before.Invoices, after.Invoices, &ch.Was.Invoices, &ch.Is.Invoices, invoiceID)
		},
		func() error {
			return differ(before.Charges, after.Charges, &ch.Was.Charges, &ch.Is.Charges, chargeID)
		},
		func() error { return differ(before.Slips, after.Slips, &ch.Was.Slips, &ch.Is.Slips, slipID) },
		func() error {
			return differ(before.Credits, after.Credits, &ch.Was.Credits, &ch.Is.Credits, creditID)
		},
		func() error { return differ(before.Events, after.Events, &ch.Was.Events, &ch.Is.Events, eventID) },
		func() error { return differ(before.Parts, after.Parts, &ch.Was.Parts, &ch.Is.Parts, partID) },
		func() error {
			return differ(before.Booklets, after.Booklets, &ch.Was.Booklets, &ch.Is.Booklets, bookletID)
		},
		func() error { return differ(before.Gaps, after.Gaps, &ch.Was.Gaps, &ch.Is.Gaps, gapID) },
		func() error { return differ(before.Grants, after.Grants, &ch.Was.Grants, &ch.Is.Grants, grantID) },
	} {
		if err := compare(); err != nil {
			return ch, err
		}
	}
	return ch, nil
}

// differ finds the rows that are not as they were.
func differ[R any](before, after []R, was, is *[]R, id func(R) uuid.UUID) error {
	old := byID(before, id)
	for _, row := range after {
		now, err := json.Marshal(row)
		if err != nil {
			return err
		}
		one, there := old[id(row)]
		if there {
			then, err := json.Marshal(one)
			if err != nil {
				return err
			}
			if bytes.Equal(then, now) {
				continue
			}
			*was = append(*was, one)
		}
		*is = append(*is, row)
	}
	return nil
}

func byID[R any](rows []R, id func(R) uuid.UUID) map[uuid.UUID]R {
	all := make(map[uuid.UUID]R, len(rows))
	for _, row := range rows {
		all[id(row)] = row
	}
	return all
}

// newIn are the rows of is that were not there before.
func newIn[R any](was, is []R, id func(R) uuid.UUID) (rows []R) {
	old := byID(was, id)
	for _, row := range is {
		if _, there := old[id(row)]; !there {
			rows = append(rows, row)
		}
	}
	return rows
}

func serviceID(row *ent.Subscription) uuid.UUID  { return row.ID }
func invoiceID(row *ent.Invoice) uuid.UUID       { return row.ID }
func chargeID(row *ent.Charge) uuid.UUID         { return row.ID }
func slipID(row *ent.Slip) uuid.UUID             { return row.ID }
func creditID(row *ent.Credit) uuid.UUID         { return row.ID }
func eventID(row *ent.BillingEvent) uuid.UUID    { return row.ID }
func partID(row *ent.BillingEventPart) uuid.UUID { return row.ID }
func bookletID(row *ent.Booklet) uuid.UUID       { return row.ID }
func gapID(row *ent.Suspension) uuid.UUID        { return row.ID }
func grantID(row *ent.TrustGrant) uuid.UUID      { return row.ID }
