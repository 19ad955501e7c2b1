package subscriptions

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/customer"
	"enlace/ent/history"
	"enlace/ent/ledgerentry"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
	"enlace/tenants/staff"
	"enlace/tenants/status"
)

// Past is a customer as of the end of a day that is over, from the history and the ledger: nothing of it is what is kept today.
type Past struct {
	Customer *ent.Customer
	Day      calendar.Date
	Services []PastService // that were sold by then, by number
	Debts    []PastDebt    // the oldest due date first; late charges are not reckoned, for nobody had posted them
	Overdue  money.Cents   // of the debts, past their last day
	Open     money.Cents   // of them, not yet
	Credit   money.Cents
}

// PastService is a service as it stood.
type PastService struct {
	*ent.Subscription // as it is kept today
	Plan              string
	State             status.State
	Since             time.Time // zero: since before the history begins
	Monthly           money.Cents
	Memo              string
	Holder            uuid.UUID
	HolderName        string
}

// PastDebt is what was owed of a charge.
type PastDebt struct {
	*ent.Charge // as it is kept today
	Owed        money.Cents
	Overdue     bool
}

// AsOf reads a customer as of a day. It makes the same few queries however long the customer has been one. It returns Invalid dia future for a day
// that is not over, Denied, and NotFound for a customer that is not the ISP's.
func (d Desk) AsOf(ctx context.Context, of uuid.UUID, day calendar.Date) (p *Past, err error) {
	isp, _ := tenants.From(ctx)
	p = &Past{Day: day}
	return p, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		if p.Customer, err = c.Customer.Get(ctx, of); ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		if !day.Before(d.DB.Today(ctx)) {
			return tenants.Invalid("dia", "future")
		}
		end := day.AddDays(1).At(0, 0, isp.Zone).UTC()
		held := tenants.IDsIn(history.Table, history.FieldSubjectID, history.CustomerID(of), history.Subject("subscription"))
		subs, err := c.Subscription.Query().Where(subscription.SoldOnLTE(day), subscription.Or(subscription.CustomerID(of), tenants.Among[predicate.Subscription](subscription.FieldID, held))).
			Where(planNamed, holderNamed).Order(subscription.ByNumber()).All(ctx)
		if err != nil {
			return err
		}
		billed, err := p.owes(ctx, c, end, subs)
		if err != nil {
			return err
		}
		return p.serves(ctx, c, end, subs, billed)
	})
}

// owes reads what was owed, and answers how many whole periods of each service were billed, of those that stood.
func (p *Past) owes(ctx context.Context, c *ent.Client, end time.Time, subs []*ent.Subscription) (whole map[uuid.UUID]int, err error) {
	ids := make([]uuid.UUID, len(subs))
	for i, sub := range subs {
		ids[i] = sub.ID
	}
	charges, err := c.Charge.Query().Where(charge.Or(charge.CustomerID(p.Customer.ID), charge.SubscriptionIDIn(ids...)), charge.CreatedAtLT(end)).Order(charge.ByDue(), charge.ByNumber()).All(ctx)
	if err != nil {
		return nil, err
	}
	var sums []struct {
		Account ledgerentry.Account `json:"account"`
		Charge  *uuid.UUID          `json:"charge_id"`
		Sum     money.Cents         `json:"sum"`
	}
	err = c.LedgerEntry.Query().Where(ledgerentry.CustomerID(p.Customer.ID), ledgerentry.AccountIn(ledgerentry.AccountReceivable, ledgerentry.AccountCredits, ledgerentry.AccountRevenue), ledgerentry.AtLT(end)).
		GroupBy(ledgerentry.FieldAccount, ledgerentry.FieldChargeID).Aggregate(ent.As(ent.Sum(ledgerentry.FieldAmount), "sum")).Scan(ctx, &sums)
	owed, stood := map[uuid.UUID]money.Cents{}, map[uuid.UUID]bool{}
	for _, one := range sums {
		switch {
		case one.Account == ledgerentry.AccountCredits:
			p.Credit -= one.Sum
		case one.Charge == nil:
		case one.Account == ledgerentry.AccountReceivable:
			owed[*one.Charge] += one.Sum
		default: // a charge is revenue until it is cancelled, and again once that is undone
			stood[*one.Charge] = one.Sum != 0
		}
	}
	whole = map[uuid.UUID]int{}
	for _, row := range charges {
		another := row.CustomerID != p.Customer.ID && (row.CancelledAt == nil || !row.CancelledAt.Before(end)) // of who held the service then
		if row.Kind == charge.KindRecurring && row.Whole && row.SubscriptionID != nil && (stood[row.ID] || another) {
			whole[*row.SubscriptionID]++
		}
		debt := PastDebt{row, owed[row.ID], p.Day.After(calendar.EffectiveLastDay(row.Due))}
		if debt.Owed == 0 || row.CustomerID != p.Customer.ID {
			continue
		}
		if p.Debts = append(p.Debts, debt); debt.Overdue {
			p.Overdue += debt.Owed
		} else {
			p.Open += debt.Owed
		}
	}
	return whole, err
}

// serves reads how the services stood. Each entry of the history of a service is its holder's of the time.
func (p *Past) serves(ctx context.Context, c *ent.Client, end time.Time, subs []*ent.Subscription, billed map[uuid.UUID]int) error {
	ids := make([]uuid.UUID, len(subs))
	for i, sub := range subs {
		ids[i] = sub.ID
	}
	entries, err := c.History.Query().Where(history.Subject("subscription"), history.SubjectIDIn(ids...),
		tenants.Beside[predicate.History]("holder", history.FieldCustomerID, customer.Table, customer.FieldID, customer.FieldName)).Order(history.ByAt(), history.ByID()).All(ctx)
	if err != nil {
		return err
	}
	for _, sub := range subs {
		of := slices.DeleteFunc(slices.Clone(entries), func(e *ent.History) bool { return e.SubjectID != sub.ID })
		s := PastService{Subscription: sub, Plan: tenants.Said(sub, "plan"), State: sub.Status, Holder: sub.CustomerID, HolderName: tenants.Said(sub, "holder")}
		s.stood(of, end)
		then := *sub
		then.WholeBilled = billed[sub.ID] // a discount of the first months ends with what was billed by then
		s.Monthly, s.Memo = billing.MonthlyOf(&then)
		if s.Holder == p.Customer.ID || sub.CustomerID == p.Customer.ID {
			p.Services = append(p.Services, s)
		}
	}
	return nil
}

// stood finds the state and the holder of an instant: what the last entry before it left, or else what the first one after it found.
func (s *PastService) stood(entries []*ent.History, end time.Time) {
	later := false // an entry after the instant has said what it found
	for _, e := range slices.Backward(entries) {
		if e.CustomerID != nil {
			s.Holder, s.HolderName = *e.CustomerID, tenants.Said(e, "holder")
		}
		if e.At.Before(end) {
			break
		}
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Event, "status_") {
			continue
		}
		if e.At.Before(end) {
			said, _ := e.After["status"].(string)
			s.State, s.Since = status.State(said), e.At
		} else if !later {
			if later = true; s.Since.IsZero() {
				said, _ := e.Before["status"].(string)
				s.State = status.State(said)
			}
		}
	}
}
