package dunning

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/invoice"
	"enlace/ent/notice"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/staff"
)

// TellAll tells of every overdue invoice that nobody was told of, by e-mail. Who has no address is left to a letter, which somebody hands over.
func (d Desk) TellAll(ctx context.Context) (run Run, err error) {
	var after uuid.UUID
	for {
		rows, to, err := d.toTell(ctx, after)
		if err != nil || len(rows) == 0 {
			return run, err
		}
		for _, row := range rows {
			after = row.ID
			if to[row.CustomerID] == "" {
				run.Left++
				continue
			}
			_, err := billing.Desk{DB: d.DB}.TellOfDebt(ctx, row.ID, notice.ChannelEmail, to[row.CustomerID])
			run.note(err)
		}
	}
}

// toTell are the next overdue invoices nobody was told of, by their ids, and where their customers are written to.
func (d Desk) toTell(ctx context.Context, after uuid.UUID) (rows []*ent.Invoice, to map[uuid.UUID]string, err error) {
	return rows, to, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		rows, err = c.Invoice.Query().Where(invoice.NoticedOnIsNil(), invoice.DueLT(calendar.OverdueBefore(d.DB.Today(ctx))), invoice.CancelledAtIsNil(), invoice.PaidAtIsNil(),
			invoice.IDGT(after)).Order(invoice.ByID()).Limit(atATime).All(ctx)
		if err != nil {
			return err
		}
		who := make([]uuid.UUID, len(rows))
		for i, row := range rows {
			who[i] = row.CustomerID
		}
		to, err = emailsOf(ctx, c, who)
		return err
	})
}

// shortestReason is how many letters a reason, or where a letter went, has at least.
const shortestReason = 5

// HandOver stores that somebody of the staff handed the notice of an overdue invoice over, on paper, and to whom: from today the days of the law
// count. It returns Invalid of destino for a text too short, the faults of billing.TellOfDebt, and Denied.
func (d Desk) HandOver(ctx context.Context, id uuid.UUID, destination string) (told *ent.Notice, err error) {
	if destination = strings.TrimSpace(destination); len([]rune(destination)) < shortestReason {
		return nil, tenants.Invalid("destino", "reason_short")
	}
	return told, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Receive); err != nil {
			return err
		}
		told, err = billing.Desk{DB: d.DB}.TellOfDebt(ctx, id, notice.ChannelLetter, destination)
		return err
	})
}
