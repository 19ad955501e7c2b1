package billing

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/contest"
	"enlace/ent/contestanswer"
	"enlace/ent/predicate"
	"enlace/tenants"
	"enlace/tenants/staff"
)

// Contested is a contest of a list.
type Contested struct {
	*ent.Contest
	Customer *ent.Customer
	Charge   *ent.Charge
	Answer   *ent.ContestAnswer // nil: open
	Days     int                // until the last day for an answer; negative when that is gone by
}

// Contests is a page of the contests that are open, the first to be answered first, or of those answered, the newest first.
type Contests struct {
	Open, Answered int
	Rows           []Contested
}

// Contests reads a page of them.
func (d Desk) Contests(ctx context.Context, answered bool, page int) (list Contests, err error) {
	return list, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Receive); err != nil {
			return err
		}
		in := func(is bool) []predicate.Contest {
			with := tenants.Among[predicate.Contest](contest.FieldID, tenants.IDsIn[predicate.ContestAnswer](contestanswer.Table, contestanswer.FieldContestID))
			if is {
				return []predicate.Contest{with}
			}
			return []predicate.Contest{contest.Not(with)}
		}
		if list.Open, err = c.Contest.Query().Where(in(false)...).Count(ctx); err != nil {
			return err
		}
		if list.Answered, err = c.Contest.Query().Where(in(true)...).Count(ctx); err != nil {
			return err
		}
		order := contest.OrderOption(contest.ByAnswerBy())
		if answered {
			order = ent.Desc(contest.FieldAt)
		}
		rows, err := c.Contest.Query().Where(in(answered)...).Order(order, contest.ByID()).Offset((max(1, page) - 1) * PageSize).Limit(PageSize).All(ctx)
		if err != nil {
			return err
		}
		return list.furnish(ctx, c, d, rows)
	})
}

func (l *Contests) furnish(ctx context.Context, c *ent.Client, d Desk, rows []*ent.Contest) error {
	var ids, holders, charges []uuid.UUID
	for _, row := range rows {
		ids, holders, charges = append(ids, row.ID), append(holders, row.CustomerID), append(charges, row.ChargeID)
	}
	names, err := customersByID(ctx, c, holders)
	if err != nil {
		return err
	}
	about, err := c.Charge.Query().Where(charge.IDIn(charges...)).All(ctx)
	if err != nil {
		return err
	}
	answers, err := c.ContestAnswer.Query().Where(contestanswer.ContestIDIn(ids...)).All(ctx)
	today := d.DB.Today(ctx)
	for _, row := range rows {
		one := Contested{Contest: row, Customer: names[row.CustomerID], Days: row.AnswerBy.DaysSince(today)}
		for _, of := range about {
			if of.ID == row.ChargeID {
				one.Charge = of
			}
		}
		for _, answer := range answers {
			if answer.ContestID == row.ID {
				one.Answer = answer
			}
		}
		l.Rows = append(l.Rows, one)
	}
	return err
}
