package billing

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/booklet"
	"enlace/ent/charge"
	"enlace/ent/invoice"
	"enlace/ent/planchange"
	"enlace/tenants/calendar"
	"enlace/tenants/history"
	"enlace/tenants/money"
	"enlace/tenants/numbers"
	"enlace/tenants/outbox"
)

// turned is what the pages of a migration come to: what is taken back, what is posted, and which invoices get another slip.
type turned struct {
	gone      []*ent.Charge
	posted    []newCharge
	changed   []*ent.Invoice
	amounts   []money.Cents
	cancelled []*Standing
	made      []madePage
	booklets  map[uuid.UUID]bool
}

// madePage is an invoice to be made.
type madePage struct {
	due   calendar.Date
	lines []money.Line
	over  money.Cents   // that it would charge less than nothing
	moved []*ent.Charge // what else the invoice in whose place it stands charged
}

// turnPages posts what becomes of the open invoices.
func (p post) turnPages(ctx context.Context, r *MigrationPreview) error {
	t, reason := &turned{booklets: map[uuid.UUID]bool{}}, "migração para "+r.plan.Name
	var told []history.Entry
	for _, page := range r.Pages {
		if page.Does == PageStands {
			continue
		}
		fees, rest := page.split(p.today)
		if page.Invoice.BookletID != nil {
			t.booklets[*page.Invoice.BookletID] = true
		}
		switch {
		case page.Does == PageReissued:
			t.cancelled, t.made = append(t.cancelled, &Standing{Invoice: page.Invoice, Charges: fees}), append(t.made, madePage{page.Invoice.Due, page.lines, page.Over, rest})
		case page.Does == PageEnds && len(rest) == 0:
			t.cancelled = append(t.cancelled, page.Standing)
		default:
			t.gone = append(t.gone, fees...)
			for _, line := range page.lines {
				fee := p.fee(r, page.Invoice.ID, page.Invoice.Due, line)
				fee.position = len(page.Charges)
				t.posted = append(t.posted, fee)
			}
			if page.Over > 0 {
				t.posted = append(t.posted, p.over(r, page.Invoice.ID, page.Invoice.Due, page.Over, len(page.Charges)+len(page.lines)))
			}
			t.changed, t.amounts = append(t.changed, page.Invoice), append(t.amounts, page.After)
		}
		told = append(told, history.Entry{Customer: page.Invoice.CustomerID, Subject: "invoice", ID: page.Invoice.ID, Event: "invoice_migrated", Reason: reason,
			Before: map[string]any{"amount": page.Total}, After: map[string]any{"number": page.Invoice.Number, "amount": page.After, "plan": r.plan.Name}})
	}
	for _, one := range r.fresh {
		t.made = append(t.made, madePage{due: one.Due, lines: one.Lines})
	}
	if err := p.remake(ctx, r, t, reason); err != nil {
		return err
	}
	if err := p.refit(ctx, r, t, reason); err != nil {
		return err
	}
	if err := p.ofBooklets(ctx, r, t); err != nil {
		return err
	}
	return history.WriteAll(ctx, p.c, p.now, told)
}

// remake makes invoices in place of others, which it cancels; what else those charged moves to them.
func (p post) remake(ctx context.Context, r *MigrationPreview, t *turned, reason string) error {
	made, err := p.emptyPages(ctx, r, t)
	if err != nil {
		return err
	}
	amounts := make([]money.Cents, len(made))
	for k, page := range t.made {
		for _, row := range page.moved {
			if err := p.c.Charge.UpdateOneID(row.ID).SetInvoiceID(made[k].ID).Exec(ctx); err != nil {
				return err
			}
		}
		amounts[k] = page.total()
	}
	for _, s := range t.cancelled {
		if err := p.cancelInvoice(ctx, s, reason); err != nil {
			return err
		}
	}
	var fees []newCharge
	for k, page := range t.made {
		for _, line := range page.lines {
			fees = append(fees, p.fee(r, made[k].ID, page.due, line))
		}
		if page.over > 0 {
			fees = append(fees, p.over(r, made[k].ID, page.due, page.over, len(page.moved)))
		}
	}
	if _, err := p.charges(ctx, fees); err != nil || len(made) == 0 {
		return err
	}
	for k, row := range made {
		if amounts[k] == 0 {
			if err := p.nothingToPay(ctx, row); err != nil {
				return err
			}
		}
	}
	how, err := collectionOf(ctx, p.c, r.m.To.MethodID)
	if err != nil {
		return err
	}
	return p.slips(ctx, how, made, amounts, nil)
}

// emptyPages makes the invoices that take the place of others: a carnê of them, where there was one.
func (p post) emptyPages(ctx context.Context, r *MigrationPreview, t *turned) ([]*ent.Invoice, error) {
	if len(t.made) == 0 {
		return nil, nil
	}
	to, in := r.m.To, uuid.Nil
	if r.Booklet && to.Booklet {
		made, err := p.freshBooklet(ctx, r, t)
		if err != nil {
			return nil, err
		}
		in = made.ID
	}
	first, err := numbers.Block(ctx, p.c, numbers.Invoice, len(t.made))
	if err != nil {
		return nil, err
	}
	rows := make([]*ent.InvoiceCreate, len(t.made))
	for k, page := range t.made {
		rows[k] = p.c.Invoice.Create().SetNumber(first + int64(k)).SetCustomerID(to.CustomerID).SetMethodID(to.MethodID).SetDue(page.due).SetIssuedAt(p.now)
		if in != uuid.Nil {
			rows[k].SetBookletID(in).SetInstalment(k + 1)
		}
		if in != uuid.Nil || to.SeparateInvoice {
			rows[k].SetSubscriptionID(to.ID)
		}
	}
	return p.c.Invoice.CreateBulk(rows...).Save(ctx)
}

func (page madePage) total() money.Cents {
	sum := page.over + feesOf(page.moved)
	for _, line := range page.lines {
		sum += line.Amount
	}
	return sum
}

func (p post) freshBooklet(ctx context.Context, r *MigrationPreview, t *turned) (*ent.Booklet, error) {
	to := r.m.To
	number, err := numbers.Next(ctx, p.c, numbers.Booklet)
	if err != nil {
		return nil, err
	}
	made, err := p.c.Booklet.Create().SetNumber(number).SetCustomerID(to.CustomerID).SetSubscriptionID(to.ID).SetStartOn(t.made[0].lines[0].Period.From).
		SetFirstDue(t.made[0].due).SetInstalments(len(t.made)).SetMode(booklet.Mode(to.Mode)).SetIssuedAt(p.now).Save(ctx)
	if err != nil {
		return nil, err
	}
	total := money.Cents(0)
	for _, page := range t.made {
		total += page.total()
	}
	err = history.Write(ctx, p.c, p.now, history.Entry{Customer: to.CustomerID, Subject: "booklet", ID: made.ID, Event: "booklet_issued",
		After: map[string]any{"number": number, "instalments": len(t.made), "total": total, "first_due": t.made[0].due.String()}})
	if err != nil {
		return nil, err
	}
	return made, outbox.Add(ctx, p.c, p.now, outbox.Job{Kind: PrintBooklet, Payload: map[string]string{"booklet": made.ID.String()}})
}

// refit takes monthly fees back on the invoices they stand on, posts those of the new service there, and gives each another slip.
func (p post) refit(ctx context.Context, r *MigrationPreview, t *turned, reason string) error {
	if len(t.changed) == 0 {
		return nil
	}
	var entries []entry
	ids := make([]uuid.UUID, len(t.gone))
	for i, row := range t.gone {
		ids[i], entries = row.ID, append(entries, owed(row, -row.Amount)...)
	}
	if err := p.c.Charge.Update().Where(charge.IDIn(ids...)).SetCancelledAt(p.now).SetCancelReason(reason).Exec(ctx); err != nil {
		return err
	}
	if err := p.ledger(ctx, entries); err != nil {
		return err
	}
	if _, err := p.charges(ctx, t.posted); err != nil {
		return err
	}
	for i, row := range t.changed {
		update := p.c.Invoice.UpdateOneID(row.ID)
		if row.BookletID != nil && t.amounts[i] != 0 {
			update.SetSubscriptionID(r.m.To.ID)
		}
		if err := update.Exec(ctx); err != nil {
			return err
		}
		if t.amounts[i] == 0 {
			if err := p.nothingToPay(ctx, row); err != nil {
				return err
			}
		}
	}
	return p.reissue(ctx, t.changed, t.amounts)
}

// ofBooklets has the paper of the carnês that changed made again; one that takes the new price is of the new service from now on, and one of
// which nothing is left is cancelled.
func (p post) ofBooklets(ctx context.Context, r *MigrationPreview, t *turned) error {
	for id := range t.booklets {
		left, err := p.c.Invoice.Query().Where(invoice.BookletID(id), invoice.CancelledAtIsNil()).Exist(ctx)
		if err != nil {
			return err
		}
		update := p.c.Booklet.UpdateOneID(id).AddVersion(1)
		if !left {
			update.ClearFileID().SetCancelledAt(p.now).SetCancelReason("migração para " + r.plan.Name)
		} else if r.m.Open == planchange.OpenBookletReprice {
			update.SetSubscriptionID(r.m.To.ID)
		}
		if err := update.Exec(ctx); err != nil {
			return err
		}
		if !left {
			continue
		}
		if err := p.reprint(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// fee is the monthly fee of the new service for some days.
func (p post) fee(r *MigrationPreview, invoice uuid.UUID, due calendar.Date, line money.Line) newCharge {
	return recurring(r.m.To, r.plan, invoice, due, PreviewLine{line, compose(line.Amount, r.items)})
}
