package billing

import (
	"context"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/catalog"
	"enlace/tenants/money"
	"enlace/tenants/staff"
	"enlace/tenants/status"
)

// BillMonth is the kind of job that makes the invoices of the services billed by the month, every night, so many days before their due date as
// the ISP has it (faturamento mensal).
const BillMonth = "billing.bill_month"

// BilledAt is when, after midnight: the slips are there before anybody asks for one.
const BilledAt = time.Hour

// atATime is how many customers are billed in one transaction.
const atATime = 200

// billedMeanwhile is the fault of who is slower than another who bills the same days.
const billedMeanwhile = "billed_meanwhile"

// MonthRun is what a night's run made, or would make.
type MonthRun struct {
	Customers int
	Invoices  int
	Total     money.Cents // of their lines
	Owed      money.Cents // of their slips: credits used are taken off
	Refused   []Unbilled  // customers it could not bill, and why
}

// Unbilled is a customer whom the run could not bill.
type Unbilled struct {
	Customer uuid.UUID
	Fault    *tenants.Fault
}

// BillMonth makes every invoice that is due to be made today, a few customers to a transaction: invoices with their charges and memos, events,
// parts of installation fees, late charges, credits, slips, history, ledger, and what has each sent. It looks at how things stand, not at what
// was done last night: one that is broken off is taken up where it stood, one that runs twice, or beside another, makes nothing twice. A
// customer who cannot be billed is noted with the reason, and the others go on.
func (d Desk) BillMonth(ctx context.Context) (run MonthRun, err error) {
	for after, more := uuid.Nil, true; more; {
		var some MonthRun
		if after, more, err = d.billSome(ctx, after, &some); err != nil {
			return run, err
		}
		run.add(some)
	}
	return run, nil
}

// PreviewMonth reckons what BillMonth would make if it ran now, without posting anything: the same plan, some customers at a time. It calls meet
// with those who come next, where there is one, and see with each invoice to be.
func (d Desk) PreviewMonth(ctx context.Context, see func(*MonthInvoice), meet func(context.Context, []uuid.UUID) error) (run MonthRun, err error) {
	return run, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Charge); err != nil {
			return err
		}
		m, err := d.month(ctx, c)
		for after, more := uuid.Nil, err == nil; more; {
			var subs []*ent.Subscription
			if subs, after, more, err = m.ripe(ctx, after); err != nil {
				return err
			}
			plans, err := m.plan(ctx, subs)
			if err != nil {
				return err
			}
			if meet != nil {
				if err := meet(ctx, whose(plans)); err != nil {
					return err
				}
			}
			for _, one := range plans {
				run.count(one)
				for _, bill := range one.invoices {
					see(bill)
				}
			}
		}
		return err
	})
}

func whose(plans []*customerMonth) []uuid.UUID {
	ids := make([]uuid.UUID, len(plans))
	for i, one := range plans {
		ids[i] = one.customer
	}
	return ids
}

// billSome bills the next customers after one in a transaction; where one of them spoils it, each of them in a transaction of his own.
func (d Desk) billSome(ctx context.Context, after uuid.UUID, run *MonthRun) (last uuid.UUID, more bool, err error) {
	err = d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Charge); err != nil {
			return err
		}
		m, err := d.month(ctx, c)
		if err != nil {
			return err
		}
		var subs []*ent.Subscription
		if subs, last, more, err = m.ripe(ctx, after); err != nil {
			return err
		}
		*run = MonthRun{}
		return m.bill(ctx, subs, run)
	})
	switch fault := tenants.FaultOf(err); {
	case fault == nil:
		return last, more, err
	case fault.Code == billedMeanwhile: // by another worker: what is left is seen when one looks again
		*run = MonthRun{}
		return after, true, nil
	}
	*run = MonthRun{}
	who, last, more, err := d.ripeCustomers(ctx, after)
	if err != nil {
		return last, more, err
	}
	for _, one := range who {
		if err := d.billCustomer(ctx, one, run); err != nil {
			return last, more, err
		}
	}
	return last, more, nil
}

// ripeCustomers are those whom billSome looks at.
func (d Desk) ripeCustomers(ctx context.Context, after uuid.UUID) (who []uuid.UUID, last uuid.UUID, more bool, err error) {
	return who, last, more, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		m, err := d.month(ctx, c)
		if err != nil {
			return err
		}
		who, last, more, err = m.customers(ctx, after)
		return err
	})
}

// RebillMonth tries one customer again, whom a night could not bill. It returns the fault that is still in the way.
func (d Desk) RebillMonth(ctx context.Context, customer uuid.UUID) error {
	var run MonthRun
	if err := d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error { return staff.Require(ctx, c, staff.Charge) }); err != nil {
		return err
	}
	if err := d.billCustomer(ctx, customer, &run); err != nil {
		return err
	}
	for _, refused := range run.Refused {
		return refused.Fault
	}
	return nil
}

func (d Desk) billCustomer(ctx context.Context, customer uuid.UUID, run *MonthRun) error {
	var made MonthRun
	err := d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		m, err := d.month(ctx, c)
		if err != nil {
			return err
		}
		made = MonthRun{}
		subs, err := m.c.Subscription.Query().Where(subscription.CustomerID(customer)).Where(m.ripeNow()...).Order(subscription.ByNumber()).All(ctx)
		if err != nil {
			return err
		}
		return m.bill(ctx, subs, &made)
	})
	if fault := tenants.FaultOf(err); fault != nil && fault.Code == billedMeanwhile {
		return d.billCustomer(ctx, customer, run)
	} else if fault != nil {
		made, err = MonthRun{Refused: []Unbilled{{customer, fault}}}, d.noteUnbilled(ctx, customer, fault)
	}
	run.add(made)
	return err
}

func (r *MonthRun) add(more MonthRun) {
	r.Customers += more.Customers
	r.Invoices += more.Invoices
	r.Total += more.Total
	r.Owed += more.Owed
	r.Refused = append(r.Refused, more.Refused...)
}

func (r *MonthRun) count(one *customerMonth) {
	if one.fault != nil {
		r.Refused = append(r.Refused, Unbilled{one.customer, one.fault})
		return
	}
	if len(one.invoices) > 0 {
		r.Customers++
	}
	for _, bill := range one.invoices {
		r.Invoices++
		r.Total += bill.Total
		r.Owed += bill.Owed
	}
}

// month is one transaction of the run, and what it has read of the ISP.
type month struct {
	post
	policy *ent.OfficePolicy
	base   money.Base
	until  calendar.Date // the last due date whose invoice is made today
	sold   map[uuid.UUID]*sold
	ways   map[uuid.UUID]*way
}

// sold is a plan with its composition, way how a method collects; each with the fault that keeps it from being billed by.
type sold struct {
	*ent.Plan
	items []*ent.PlanItem
	fault *tenants.Fault
}
type way struct {
	collection
	fault *tenants.Fault
}

func (d Desk) month(ctx context.Context, c *ent.Client) (*month, error) {
	policy, err := catalog.Policy(ctx, c)
	if err != nil {
		return nil, err
	}
	p := d.post(ctx, c)
	return &month{post: p, policy: policy, base: money.Base(policy.ProrationBase), until: p.today.AddDays(policy.AntecedenceDays),
		sold: map[uuid.UUID]*sold{}, ways: map[uuid.UUID]*way{}}, nil
}

// ripeNow are the services that may be billed today: by the month, at work, and with days not billed whose due date may be near. Whether it is
// is reckoned of each.
func (m *month) ripeNow() []predicate.Subscription {
	return []predicate.Subscription{
		subscription.Booklet(false), subscription.StatusIn(status.Enabled, status.Slowed, status.Paused), subscription.PriceGT(0),
		subscription.Or(
			subscription.BilledUntilLTE(m.until),
			subscription.And(subscription.BilledUntilIsNil(), subscription.EnabledOnLTE(m.until)),
		),
	}
}

// customers are the next who have such services, by their ids, and whether there may be more.
func (m *month) customers(ctx context.Context, after uuid.UUID) (who []uuid.UUID, last uuid.UUID, more bool, err error) {
	err = m.c.Subscription.Query().Where(m.ripeNow()...).Where(subscription.CustomerIDGT(after)).Order(subscription.ByCustomerID()).
		Unique(true).Limit(atATime).Select(subscription.FieldCustomerID).Scan(ctx, &who)
	if n := len(who); n > 0 {
		last, more = who[n-1], n == atATime
	}
	return who, last, more, err
}

// ripe are the services of the next customers.
func (m *month) ripe(ctx context.Context, after uuid.UUID) (subs []*ent.Subscription, last uuid.UUID, more bool, err error) {
	who, last, more, err := m.customers(ctx, after)
	if err != nil || len(who) == 0 {
		return nil, last, false, err
	}
	subs, err = m.c.Subscription.Query().Where(m.ripeNow()...).Where(subscription.CustomerIDIn(who...)).
		Order(subscription.ByCustomerID(), subscription.ByNumber()).All(ctx)
	return subs, last, more, err
}
