package billing

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/payment"
	"enlace/ent/predicate"
	"enlace/ent/till"
	"enlace/ent/tillcount"
	"enlace/ent/user"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// TillCard is a caixa with what went through it.
type TillCard struct {
	*ent.Till
	*Flow
	Who      *ent.User
	Closer   *ent.User                    // nil while it is open
	Counted  map[payment.Form]money.Cents // once it is closed
	Payments []TillPayment                // of Desk.Till alone, oldest first
}

// TillPayment is a payment of a caixa, with whose it is.
type TillPayment struct {
	*ent.Payment
	Customer *ent.Customer
	Receipt  int64 // number of the recibo
}

// Difference is how much more was counted than there should be; less is negative.
func (t *TillCard) Difference() (off money.Cents) {
	for form, counted := range t.Counted {
		off += counted - t.Expected[form]
	}
	return off
}

// OwnTill is the open caixa of who asks, nil when none is open. Denied without Receive.
func (d Desk) OwnTill(ctx context.Context) (card *TillCard, err error) {
	return card, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Receive); err != nil {
			return err
		}
		row, err := c.Till.Query().Where(till.UserID(tenants.Who(ctx).ID), till.ClosedAtIsNil()).Only(ctx)
		if ent.IsNotFound(err) {
			return nil
		} else if err != nil {
			return err
		}
		card, err = furnishTill(ctx, c, row)
		return err
	})
}

// Till reads a caixa. One's own needs Receive, somebody else's ReportFinance. It returns NotFound for one that is not the ISP's.
func (d Desk) Till(ctx context.Context, id uuid.UUID) (card *TillCard, err error) {
	return card, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		row, err := c.Till.Get(ctx, id)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		needs := staff.ReportFinance
		if row.UserID == tenants.Who(ctx).ID {
			needs = staff.Receive
		}
		if err := staff.Require(ctx, c, needs); err != nil {
			return err
		}
		card, err = furnishTill(ctx, c, row)
		return err
	})
}

func furnishTill(ctx context.Context, c *ent.Client, row *ent.Till) (*TillCard, error) {
	cards, err := tillCards(ctx, c, row)
	if err != nil {
		return nil, err
	}
	card := cards[0]
	rows, err := c.Payment.Query().Where(payment.TillID(row.ID)).Order(payment.ByReceivedAt(), ent.Asc(payment.FieldID)).All(ctx)
	if err != nil {
		return nil, err
	}
	card.Payments, err = withCustomers(ctx, c, rows)
	return card, err
}

// withCustomers says of payments whose they are, and by which recibo.
func withCustomers(ctx context.Context, c *ent.Client, rows []*ent.Payment) (all []TillPayment, err error) {
	var customers, receipts []uuid.UUID
	for _, p := range rows {
		customers = append(customers, p.CustomerID)
		if p.ReceiptID != nil {
			receipts = append(receipts, *p.ReceiptID)
		}
	}
	names, err := customersByID(ctx, c, customers)
	if err != nil {
		return nil, err
	}
	numbered, err := receiptNumbers(ctx, c, receipts)
	for _, p := range rows {
		one := TillPayment{Payment: p, Customer: names[p.CustomerID]}
		if p.ReceiptID != nil {
			one.Receipt = numbered[*p.ReceiptID]
		}
		all = append(all, one)
	}
	return all, err
}

// Tills lists the caixas that were opened on a day or are open, by number: everybody's with ReportFinance, else one's own, with Receive.
func (d Desk) Tills(ctx context.Context, day calendar.Date) (cards []*TillCard, err error) {
	return cards, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		all, err := staff.May(ctx, c, staff.ReportFinance)
		if err != nil {
			return err
		}
		which := []predicate.Till{till.Day(day)}
		if day == d.DB.Today(ctx) { // one left open on an earlier day is of today too
			which = []predicate.Till{till.Or(till.Day(day), till.ClosedAtIsNil())}
		}
		if !all {
			if err := staff.Require(ctx, c, staff.Receive); err != nil {
				return err
			}
			which = append(which, till.UserID(tenants.Who(ctx).ID))
		}
		rows, err := c.Till.Query().Where(which...).Order(till.ByNumber()).All(ctx)
		if err != nil {
			return err
		}
		cards, err = tillCards(ctx, c, rows...)
		return err
	})
}

// tillCards furnishes caixas with the same few queries however many they are.
func tillCards(ctx context.Context, c *ent.Client, rows ...*ent.Till) (cards []*TillCard, err error) {
	flows, err := flowsOf(ctx, c, rows...)
	if err != nil {
		return nil, err
	}
	var ids, people []uuid.UUID
	for _, row := range rows {
		ids, people = append(ids, row.ID), append(people, row.UserID)
		if row.ClosedBy != nil {
			people = append(people, *row.ClosedBy)
		}
	}
	counts, err := c.TillCount.Query().Where(tillcount.TillIDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	users, err := c.User.Query().Where(user.IDIn(people...)).All(ctx)
	byID := map[uuid.UUID]*ent.User{}
	for _, u := range users {
		byID[u.ID] = u
	}
	for _, row := range rows {
		card := &TillCard{Till: row, Flow: flows[row.ID], Who: byID[row.UserID], Counted: map[payment.Form]money.Cents{}}
		if row.ClosedBy != nil {
			card.Closer = byID[*row.ClosedBy]
		}
		for _, one := range counts {
			if one.TillID == row.ID {
				card.Counted[payment.Form(one.Form)] = one.Counted
			}
		}
		cards = append(cards, card)
	}
	return cards, err
}
