package subscribers

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/contest"
	"enlace/ent/contestanswer"
	"enlace/ent/predicate"
	"enlace/tenants"
)

// Contest is a charge that the customer contests, while there is no answer.
type Contest struct {
	*ent.Contest
	Charge *ent.Charge
}

// mostContests is how many contests a customer is shown.
const mostContests = 5

// Contests lists what the customer who asks contests and has no answer to, the first to be answered first. It returns NotFound for anybody else.
func (d Desk) Contests(ctx context.Context) (open []Contest, err error) {
	who, err := me(ctx)
	if err != nil {
		return nil, err
	}
	return open, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		answered := tenants.Among[predicate.Contest](contest.FieldID, tenants.IDsIn[predicate.ContestAnswer](contestanswer.Table, contestanswer.FieldContestID))
		rows, err := c.Contest.Query().Where(contest.CustomerID(who.ID), contest.Not(answered)).Order(contest.ByAnswerBy(), contest.ByID()).Limit(mostContests).All(ctx)
		if err != nil || len(rows) == 0 {
			return err
		}
		var ids []uuid.UUID
		for _, row := range rows {
			ids = append(ids, row.ChargeID)
		}
		charges, err := c.Charge.Query().Where(charge.IDIn(ids...), charge.CancelledAtIsNil()).All(ctx)
		for _, row := range rows {
			if i := slices.IndexFunc(charges, func(one *ent.Charge) bool { return one.ID == row.ChargeID }); i >= 0 {
				open = append(open, Contest{row, charges[i]})
			}
		}
		return err
	})
}
