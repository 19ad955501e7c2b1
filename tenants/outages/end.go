package outages

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/outage"
	"enlace/ent/outageservice"
	"enlace/ent/ticket"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/catalog"
	"enlace/tenants/history"
	"enlace/tenants/money"
	"enlace/tenants/staff"
	"enlace/tenants/support"
)

// Ending is that the lines of an outage are there again.
type Ending struct {
	Outage uuid.UUID
	Ended  time.Time
	Text   string // what was the matter, as subscribers read it and tickets are resolved with
	Close  bool   // resolve the tickets under it
	Shown  string // what the preview showed; none: nothing was shown
	Key    string // of the form
}

// ReadEnding reads the form of it. It is over now where nothing is typed.
func ReadEnding(t tenants.Typed, id uuid.UUID, now time.Time, zone *time.Location, wrong *tenants.Fields) Ending {
	in := Ending{Outage: id, Ended: readInstant(t, "dia", "hora", now, zone, wrong), Text: t.Lines(wrong, "o_que_houve"), Close: t.Yes("resolver"), Shown: t["previa"], Key: t["chave"]}
	if in.Text == "" {
		wrong.Add("o_que_houve", "required")
	}
	return in
}

// Return is what the end of an outage gives back: exactly what ending it would have workers post.
type Return struct {
	*ent.Outage
	Days    calendar.Period
	Credits bool // by the ISP's rule
	Hours   int  // of that rule
	Off     bool // it gives nothing back at all
	Rows    []billing.OutageCredit
	Total   money.Cents
	Tickets int // that are open under it
}

// Seen says what a preview showed.
func (r Return) Seen() string { return fmt.Sprintf("%s/%d/%d", r.Days, len(r.Rows), r.Total) }

// leastOutage is how long an outage lasts at least whose days are given back where the ISP says no hours: more than half an hour, as the regulation has it.
const leastOutage = 30 * time.Minute

// Gives says whether the days of an outage are given back by a rule.
func Gives(policy *ent.OfficePolicy, began, ended time.Time) bool {
	lasted := ended.Sub(began)
	if policy.OutageHours == 0 {
		return policy.OutageCredit && lasted > leastOutage
	}
	return policy.OutageCredit && lasted >= time.Duration(policy.OutageHours)*time.Hour
}

// PreviewEnd reckons what ending an outage at an instant gives back, without posting anything. It returns the faults of End.
func (d Desk) PreviewEnd(ctx context.Context, in Ending) (r *Return, err error) {
	return r, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Outages); err != nil {
			return err
		}
		row, err := of(ctx, c, in.Outage)
		if err != nil {
			return err
		}
		if r, err = d.reckon(ctx, c, row, in.Ended); err != nil {
			return err
		}
		r.Tickets, err = c.Ticket.Query().Where(ticket.OutageID(row.ID), ticket.StatusIn(ticket.StatusAguardandoAnalise, ticket.StatusPendente)).Count(ctx)
		return err
	})
}

func (d Desk) reckon(ctx context.Context, c *ent.Client, row *ent.Outage, ended time.Time) (*Return, error) {
	switch {
	case row.State == outage.StateEnding || row.State == outage.StateOver:
		return nil, tenants.Conflict("outage_over")
	case ended.Before(row.BeganAt):
		return nil, tenants.Invalid("hora", "outage_backwards")
	}
	policy, err := catalog.Policy(ctx, c)
	if err != nil {
		return nil, err
	}
	isp, _ := tenants.From(ctx)
	r := &Return{Outage: row, Days: DaysOf(row.BeganAt, ended, isp.Zone), Credits: Gives(policy, row.BeganAt, ended), Hours: policy.OutageHours, Off: !policy.OutageCredit}
	if !r.Credits {
		return r, nil
	}
	r.Rows, err = d.billing().ReckonOutage(ctx, c, r.Days, tenants.IDsIn(outageservice.Table, outageservice.FieldSubscriptionID, outageservice.OutageID(row.ID)), owned, planned)
	for _, one := range r.Rows {
		r.Total += one.Total()
	}
	return r, err
}

// End says that the lines of an outage are there again, and has workers give the days back by the ISP's rule, resolve the tickets under it and tell the
// customers. A form sent twice ends it once. It returns Invalid for an instant before its beginning, Conflict outage_over for one that was ended and
// final_unseen when something else would be given back than was shown, NotFound, and Denied without Outages.
func (d Desk) End(ctx context.Context, in Ending) error {
	_, err := d.DB.Once(ctx, "end_outage", in.Key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Outages); err != nil {
			return "", err
		}
		row, err := of(ctx, c, in.Outage)
		if err != nil {
			return "", err
		}
		who, now := tenants.Who(ctx), d.DB.Now()
		r, err := d.reckon(ctx, c, row, in.Ended)
		if err != nil {
			return "", err
		}
		if in.Shown != "" && in.Shown != r.Seen() {
			return "", tenants.Conflict("final_unseen")
		}
		ended, err := c.Outage.Update().Where(outage.ID(row.ID), outage.StateIn(support.Running...)).SetState(outage.StateEnding).SetDone(0).SetEndedAt(in.Ended).SetEnding(in.Text).
			SetCloseTickets(in.Close).SetCredits(r.Credits).SetUserID(who.ID).SetUserName(who.Name).SetUserRole(who.Role).SetChangedAt(now).Save(ctx)
		switch {
		case err != nil:
			return "", err
		case ended == 0:
			return "", tenants.Conflict("outage_over")
		}
		err = history.Write(ctx, c, now, history.Entry{Subject: "outage", ID: row.ID, Event: "outage_back", Reason: in.Text, After: map[string]any{"number": row.Number, "name": row.Title}})
		if err != nil {
			return "", err
		}
		return row.ID.String(), d.goOn(ctx, c, row.ID)
	})
	return err
}

// Retry tries once more to give back the days of the services that failed; nobody is told again. It returns Conflict outage_busy while workers are at
// the outage, outage_nothing where none failed, NotFound, and Denied without Outages.
func (d Desk) Retry(ctx context.Context, id uuid.UUID) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Outages); err != nil {
			return err
		}
		held, err := c.Outage.Update().Where(outage.ID(id), outage.StateEQ(outage.StateOver)).SetState(outage.StateEnding).SetFailed(0).SetChangedAt(d.DB.Now()).Save(ctx)
		if err != nil {
			return err
		}
		if _, err := of(ctx, c, id); err != nil {
			return err
		}
		if held == 0 {
			return tenants.Conflict("outage_busy")
		}
		again, err := c.OutageService.Update().Where(outageservice.OutageID(id), outageservice.StateEQ(outageservice.StateFailed)).SetState(outageservice.StateDown).SetTold(false).
			ClearCode().ClearArgs().Save(ctx)
		if err != nil {
			return err
		}
		if again == 0 {
			return tenants.Conflict("outage_nothing")
		}
		return d.goOn(ctx, c, id)
	})
}
