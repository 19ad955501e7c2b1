package billing

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/booklet"
	"enlace/ent/charge"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/history"
	"enlace/tenants/money"
	"enlace/tenants/numbers"
	"enlace/tenants/outbox"
	"enlace/tenants/staff"
)

// PrintBooklet is the kind of outbox row by which a worker makes the PDF of a carnê.
const PrintBooklet = "billing.print_booklet"

// IssueBooklet posts what PreviewBooklet shows: the carnê, its invoices with their charges, components and memos, the slips, the ledger,
// and the job that makes the PDF. A form sent twice is answered with the carnê it made. It returns the faults of PreviewBooklet, Conflict
// numbers_exhausted, Conflict preview_stale when the clerk saw another total, and Conflict billed_meanwhile when another carnê for the same
// days was faster.
func (d Desk) IssueBooklet(ctx context.Context, in NewBooklet) (issued *ent.Booklet, err error) {
	key := in.Key
	if key != "" { // nobody else's press is answered with it
		key = tenants.Who(ctx).ID.String() + "/" + key
	}
	made, err := d.DB.Once(ctx, "issue_booklet", key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Charge); err != nil {
			return "", err
		}
		if issued, err = d.issue(ctx, c, in, outbox.Default); err != nil {
			return "", err
		}
		return issued.ID.String(), nil
	})
	switch {
	case err != nil:
		return nil, err
	case issued != nil && issued.ID.String() == made:
		return issued, nil
	}
	return issued, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		id, err := uuid.Parse(made)
		if err != nil {
			return err
		}
		issued, err = c.Booklet.Get(ctx, id)
		return err
	})
}

func (d Desk) issue(ctx context.Context, c *ent.Client, in NewBooklet, printed outbox.Queue) (*ent.Booklet, error) {
	preview, err := previewBooklet(ctx, c, in)
	if err != nil {
		return nil, err
	}
	if in.Shown != 0 && in.Shown != preview.Total {
		return nil, tenants.Conflict("preview_stale").With("total", preview.Total.BRL())
	}
	p := d.post(ctx, c)
	if err := p.claimPeriods(ctx, preview); err != nil {
		return nil, err
	}
	issued, err := p.booklet(ctx, in, preview)
	if err != nil {
		return nil, err
	}
	err = history.Write(ctx, c, p.now, history.Entry{Customer: issued.CustomerID, Subject: "booklet", ID: issued.ID, Event: "booklet_issued",
		After: map[string]any{"number": issued.Number, "instalments": in.Instalments, "total": preview.Total, "first_due": in.FirstDue.String()}})
	if err != nil {
		return nil, err
	}
	return issued, outbox.Add(ctx, c, p.now, outbox.Job{Kind: PrintBooklet, Queue: printed, Payload: map[string]string{"booklet": issued.ID.String()}})
}

// claimPeriods moves the end of what is billed. Of two who bill the same days at once only one finds it where it was.
func (p post) claimPeriods(ctx context.Context, preview *BookletPreview) error {
	sub, whole := preview.Subscription, 0
	var end calendar.Date
	for _, instalment := range preview.Instalments {
		for _, line := range instalment.Lines {
			if end = line.Period.To; line.Whole {
				whole++
			}
		}
	}
	unchanged := subscription.BilledUntilIsNil()
	if !sub.BilledUntil.IsZero() {
		unchanged = subscription.BilledUntil(sub.BilledUntil)
	}
	claimed, err := p.c.Subscription.Update().Where(subscription.ID(sub.ID), unchanged).SetBilledUntil(end).AddWholeBilled(whole).Save(ctx)
	if err == nil && claimed == 0 {
		err = tenants.Conflict(billedMeanwhile)
	}
	return err
}

func (p post) booklet(ctx context.Context, in NewBooklet, preview *BookletPreview) (*ent.Booklet, error) {
	sub := preview.Subscription
	number, err := numbers.Next(ctx, p.c, numbers.Booklet)
	if err != nil {
		return nil, err
	}
	issued, err := p.c.Booklet.Create().SetNumber(number).SetCustomerID(sub.CustomerID).SetSubscriptionID(sub.ID).SetStartOn(in.Start).
		SetFirstDue(in.FirstDue).SetInstalments(in.Instalments).SetMode(booklet.Mode(sub.Mode)).SetIssuedAt(p.now).Save(ctx)
	if err != nil {
		return nil, err
	}
	first, err := numbers.Block(ctx, p.c, numbers.Invoice, len(preview.Instalments))
	if err != nil {
		return nil, err
	}
	rows := make([]*ent.InvoiceCreate, len(preview.Instalments))
	amounts := make([]money.Cents, len(preview.Instalments))
	for k, instalment := range preview.Instalments {
		amounts[k] = instalment.Total
		rows[k] = p.c.Invoice.Create().SetNumber(first + int64(k)).SetCustomerID(sub.CustomerID).SetSubscriptionID(sub.ID).
			SetBookletID(issued.ID).SetInstalment(k + 1).SetMethodID(sub.MethodID).SetDue(instalment.Due).SetIssuedAt(p.now)
	}
	invoices, err := p.c.Invoice.CreateBulk(rows...).Save(ctx)
	if err != nil {
		return nil, err
	}
	var charges, riding []newCharge
	var events []EventLine
	for k, instalment := range preview.Instalments {
		for _, line := range instalment.Lines {
			charges = append(charges, recurring(sub, preview.Plan, invoices[k].ID, instalment.Due, line))
		}
		for _, line := range instalment.Events {
			events, riding = append(events, line), append(riding, line.charge(sub, invoices[k].ID, instalment.Due))
		}
	}
	posted, err := p.charges(ctx, append(charges, riding...))
	if err != nil {
		return nil, err
	}
	if err := p.billEvents(ctx, events, posted[len(charges):]); err != nil {
		return nil, err
	}
	for k, amount := range amounts {
		if amount == 0 {
			if err := p.nothingToPay(ctx, invoices[k]); err != nil {
				return nil, err
			}
		}
	}
	return issued, p.slips(ctx, preview.how, invoices, amounts, nil)
}

// recurring is the monthly fee of a period.
func recurring(sub *ent.Subscription, plan *ent.Plan, invoice uuid.UUID, due calendar.Date, line PreviewLine) newCharge {
	return newCharge{
		customer: sub.CustomerID, subscription: sub.ID, invoice: invoice,
		kind: charge.KindRecurring, suspends: true,
		description: fmt.Sprintf("%s, %s", plan.Name, line.Period),
		period:      line.Period, whole: line.Whole, due: due, amount: line.Amount, memo: line.Memo, shares: line.Shares,
	}
}
