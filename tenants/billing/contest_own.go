package billing

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/contest"
	"enlace/tenants"
	"enlace/tenants/calendar"
)

// Contestable says whether a charge may still be contested on a day, as far as the charge alone knows.
func Contestable(row *ent.Charge, today calendar.Date) bool {
	return row.ContestedAt == nil && row.CancelledAt == nil && row.Amount > 0 && !row.Due.Before(calendar.AddMonths(today, -12*contestYears, today.Day()))
}

// ContestAnsweredBy is the last day for the answer to what is contested on a day.
func ContestAnsweredBy(today calendar.Date) calendar.Date { return today.AddDays(contestDays) }

// ContestOwn is Contest by the subscriber who owes the charge, through the bot. It returns the faults of Contest, and NotFound for another's charge.
func (d Desk) ContestOwn(ctx context.Context, of uuid.UUID, reason string) (made *ent.Contest, err error) {
	who := tenants.Who(ctx)
	if who.Kind != tenants.Subscriber {
		return nil, tenants.NotFound()
	}
	if len([]rune(reason)) < shortestReason {
		return nil, tenants.Invalid("contestacao", "reason_short")
	}
	return made, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		his, err := c.Charge.Query().Where(charge.ID(of), charge.CustomerID(who.ID)).Exist(ctx)
		if err == nil && !his {
			err = tenants.NotFound()
		}
		if err != nil {
			return err
		}
		id, err := d.post(ctx, c).contest(ctx, NewContest{Charge: of, Channel: contest.ChannelTelegram, Reason: reason})
		if err != nil {
			return err
		}
		made, err = c.Contest.Get(ctx, id)
		return err
	})
}
