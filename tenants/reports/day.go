// Package reports reads across the rooms of the office: what waits today, how the month goes.
package reports

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/customer"
	"enlace/ent/draft"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/bots"
	"enlace/tenants/calendar"
	"enlace/tenants/catalog"
	"enlace/tenants/staff"
	"enlace/tenants/support"
)

// Desk is where the office looks at itself.
type Desk struct {
	DB *tenants.DB
}

// Day is what the panel shows a person of the staff. A part the person has no permission for stays empty.
type Day struct {
	Today    calendar.Date
	Month    *Month         // nil: not theirs to see
	Money    *billing.Piled // in place of Month, of those who receive and do not sell
	Waiting  Waiting
	Visits   []*ent.WorkOrder // still to be made today, by hour; a technician's own
	Drafts   []*ent.Draft     // the person's own, the newest first
	Renewals []*ent.Subscription
	Setup    []catalog.Need // what a new ISP needs before it can sell

	BotFailure string // why the bot does not answer, as bots.DeadToken, for who may change that; "" while it does

	names map[uuid.UUID]string
}

// Shown is how many rows of each list the panel shows; one more is read, so that it can say there are more.
const Shown = 6

// Customer is the name of a customer that a row of the day is about.
func (d Day) Customer(id uuid.UUID) string { return d.names[id] }

// Day reads what the panel shows. It makes the same few queries however many rows there are.
func (d Desk) Day(ctx context.Context) (day Day, err error) {
	return day, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		day.Today = d.DB.Today(ctx)
		for _, part := range []struct {
			needs staff.Permission
			read  func(context.Context, *ent.Client) error
		}{
			{staff.ReportSales, day.readMonth},
			{staff.Receive, day.readMoney},
			{staff.See, day.readWaiting},
			{staff.Sell, day.readDrafts},
			{staff.Charge, day.readRenewals},
		} {
			may, err := staff.May(ctx, c, part.needs)
			if err == nil && may {
				err = part.read(ctx, c)
			}
			if err != nil {
				return err
			}
		}
		if day.Setup, err = catalog.Setup(ctx, c); err != nil {
			return err
		}
		if err := day.readBot(ctx, c); err != nil {
			return err
		}
		if day.Visits, err = support.VisitsOf(ctx, c, day.Today, Shown+1); err != nil {
			return err
		}
		return day.readNames(ctx, c)
	})
}

// readBot reads why the ISP's bot does not answer, for who may change that.
func (d *Day) readBot(ctx context.Context, c *ent.Client) error {
	if may, err := staff.May(ctx, c, staff.Configure); err != nil || !may {
		return err
	}
	bot, err := bots.Of(ctx, c)
	if bot != nil {
		d.BotFailure = bot.Failure
	}
	return err
}

func (d *Day) readMoney(ctx context.Context, c *ent.Client) error {
	if d.Month != nil { // the gerente has the Financeiro for it
		return nil
	}
	piles, err := billing.CountPiles(ctx, c, d.Today)
	d.Money = &piles
	return err
}

func (d *Day) readDrafts(ctx context.Context, c *ent.Client) (err error) {
	d.Drafts, err = c.Draft.Query().Where(draft.UserID(tenants.Who(ctx).ID)).Order(ent.Desc(draft.FieldUpdatedAt)).Limit(Shown + 1).All(ctx)
	return err
}

func (d *Day) readRenewals(ctx context.Context, c *ent.Client) (err error) {
	d.Renewals, err = billing.ToRenew(ctx, c, d.Today, Shown+1)
	return err
}

func (d *Day) readNames(ctx context.Context, c *ent.Client) error {
	var ids []uuid.UUID
	for _, row := range d.Waiting.Rows {
		ids = append(ids, row.CustomerID)
	}
	for _, row := range d.Visits {
		ids = append(ids, row.CustomerID)
	}
	for _, row := range d.Renewals {
		ids = append(ids, row.CustomerID)
	}
	rows, err := c.Customer.Query().Where(customer.IDIn(ids...)).Select(customer.FieldID, customer.FieldName).All(ctx)
	d.names = map[uuid.UUID]string{}
	for _, row := range rows {
		d.names[row.ID] = row.Name
	}
	return err
}
