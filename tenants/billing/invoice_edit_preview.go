package billing

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/invoice"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/history"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// EditPreview is exactly what an edit would post.
type EditPreview struct {
	Customer uuid.UUID
	Changes  []InvoiceChange // in the order of the instalments; one that changes nothing is not among them
	Forgiven money.Cents     // late charges no longer owed because a due date moves
}

// InvoiceChange is an invoice before and after.
type InvoiceChange struct {
	Standing *Standing // before
	Due      calendar.Date
	Amount   money.Cents
	Line     *money.Line // the difference, with its reason; nil where the value stays
	Items    []share     // what the invoice is made of, before
}

// Difference is what is charged more, or less when negative.
func (p *EditPreview) Difference() (sum money.Cents) {
	for _, change := range p.Changes {
		sum += change.Amount - change.Standing.Total
	}
	return sum
}

// Seen says what a preview showed, so that nothing else is posted on the strength of it.
func (p *EditPreview) Seen() string {
	var said []string
	for _, change := range p.Changes {
		s := change.Standing
		said = append(said, fmt.Sprintf("%d:%s/%d:%s/%d", s.Invoice.Number, s.Invoice.Due, s.Total, change.Due, change.Amount))
	}
	return fmt.Sprint(strings.Join(said, ","), "/", p.Forgiven)
}

// told is the history of an edit, an entry an invoice.
func (p *EditPreview) told(reason string) (all []history.Entry) {
	for _, change := range p.Changes {
		s := change.Standing
		before, after := map[string]any{}, map[string]any{"number": s.Invoice.Number}
		if change.Due != s.Invoice.Due {
			before["due"], after["due"] = s.Invoice.Due.BR(), change.Due.BR()
		}
		if change.Amount != s.Total {
			before["amount"], after["amount"] = s.Total, change.Amount
		}
		all = append(all, history.Entry{Customer: p.Customer, Subject: "invoice", ID: s.Invoice.ID, Event: "invoice_edited", Reason: reason, Before: before, After: after})
	}
	return all
}

// Editable is what can be edited: an invoice in no carnê, or the instalments of one.
type Editable struct {
	Customer *ent.Customer
	Booklet  *Booklet    // nil: one invoice alone
	Invoices []*Standing // those that may be edited
}

// Editable reads what of a carnê may be edited now. It returns NotFound, and Denied without Charge.
func (d Desk) Editable(ctx context.Context, id uuid.UUID) (e *Editable, err error) {
	return e, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Charge); err != nil {
			return err
		}
		b, err := d.Booklet(ctx, id)
		if err != nil {
			return err
		}
		e = &Editable{Customer: b.Customer, Booklet: b, Invoices: b.Editable()}
		return nil
	})
}

// EditableInvoice is Editable of an invoice: alone, or, as an instalment is edited with its carnê, of that.
func (d Desk) EditableInvoice(ctx context.Context, id uuid.UUID) (e *Editable, err error) {
	return e, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Charge); err != nil {
			return err
		}
		row, err := c.Invoice.Get(ctx, id)
		switch {
		case ent.IsNotFound(err):
			return tenants.NotFound()
		case err != nil:
			return err
		case row.BookletID != nil:
			e, err = d.Editable(ctx, *row.BookletID)
			return err
		}
		one, err := d.Invoice(ctx, id)
		if err != nil {
			return err
		}
		if e = (&Editable{Customer: one.Customer}); one.MayEdit() == nil {
			e.Invoices = []*Standing{one.Standing}
		}
		return nil
	})
}

// Editable are the instalments that may be edited.
func (b *Booklet) Editable() (open []*Standing) {
	for _, s := range b.Instalments {
		if s.MayEdit() == nil {
			open = append(open, s)
		}
	}
	return open
}

// MayEdit is why an invoice may not be edited, nil where it may: nothing of it is paid, nothing else is being decided about it, and it is no
// instalment of an agreement, which is changed only with the whole of it.
func (s *Standing) MayEdit() *tenants.Fault {
	code := ""
	switch {
	case s.Status == InvoiceCancelled:
		code = "edit_cancelled"
	case s.Status == InvoicePaid:
		code = "edit_paid"
	case len(s.Payments) > 0:
		code = "edit_part_paid"
	case s.Status == InvoiceContested:
		code = "edit_contested"
	case slices.ContainsFunc(s.Charges, func(row *ent.Charge) bool { return row.Kind == charge.KindAgreement }):
		code = "invoice_of_agreement"
	default:
		return nil
	}
	fault := tenants.Conflict(code)
	return fault.With("number", strconv.FormatInt(s.Invoice.Number, 10))
}

// PreviewEdit reckons an edit without posting anything. It returns Invalid for a due date that is past or leaves the order of the
// instalments, for a value without a reason and for an edit that changes nothing; Conflict, by name, for an invoice that is paid, whole or
// in part, cancelled or contested; Denied when late charges would be forgiven and the actor may not; and NotFound.
func (d Desk) PreviewEdit(ctx context.Context, in Edit) (preview *EditPreview, err error) {
	return preview, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Charge); err != nil {
			return err
		}
		preview, err = d.post(ctx, c).planEdit(ctx, in)
		return err
	})
}

func (p post) planEdit(ctx context.Context, in Edit) (*EditPreview, error) {
	all, err := p.together(ctx, in)
	if err != nil {
		return nil, err
	}
	wanted, number := map[int64]EditLine{}, map[int64]int{}
	for k, s := range all {
		number[s.Invoice.Number] = k
	}
	for _, line := range in.Lines {
		if _, there := number[line.Number]; !there {
			return nil, tenants.NotFound()
		}
		wanted[line.Number] = line
	}
	schedule, moved := make([]money.Instalment, len(all)), make([]money.Instalment, len(all))
	for k, s := range all {
		schedule[k] = money.Instalment{Due: s.Invoice.Due, Lines: []money.Line{{Period: s.Covers(), Amount: s.Total}}}
		moved[k] = schedule[k]
		if line, is := wanted[s.Invoice.Number]; is {
			moved[k].Due = line.Due
		}
	}
	items, err := componentsOf(ctx, p.c, all)
	if err != nil {
		return nil, err
	}
	plan, wrong := &EditPreview{Customer: all[0].Invoice.CustomerID}, tenants.Fields{}
	for k, s := range all {
		line, is := wanted[s.Invoice.Number]
		if !is || line.Due == s.Invoice.Due && line.Amount == s.Total {
			continue
		}
		if fault := s.MayEdit(); fault != nil {
			return nil, fault
		}
		change := InvoiceChange{Standing: s, Due: line.Due, Amount: line.Amount, Items: items[s.Invoice.ID]}
		if line.Due != s.Invoice.Due {
			beside := append([]money.Instalment{}, moved...) // as all of them will stand, this one as it does
			beside[k].Due = s.Invoice.Due
			_, err := money.EditDue(beside, k, 0, line.Due)
			p.refuse(&wrong, EditDue+fmt.Sprint(line.Number), err, line.Due)
			if s.Status == InvoiceOverdue {
				plan.Forgiven += s.Debt.Charges()
			}
		}
		if line.Amount != s.Total {
			after, err := money.EditAmount(schedule[k], 0, line.Amount, in.Reason)
			p.refuse(&wrong, EditAmount+fmt.Sprint(line.Number), err, p.today)
			if err == nil {
				change.Line = &after.Lines[1]
			}
		}
		plan.Changes = append(plan.Changes, change)
	}
	return plan, p.checkEdit(ctx, in, plan, wrong)
}

// together are the invoices whose order an edit keeps: those of the carnê that stand and those named, or the one invoice.
func (p post) together(ctx context.Context, in Edit) ([]*Standing, error) {
	named := map[int64]bool{}
	for _, line := range in.Lines {
		named[line.Number] = true
	}
	q := p.c.Invoice.Query().Where(invoice.ID(in.Invoice))
	if in.Booklet != uuid.Nil {
		row, err := p.c.Booklet.Get(ctx, in.Booklet)
		switch {
		case ent.IsNotFound(err):
			return nil, tenants.NotFound()
		case err != nil:
			return nil, err
		case row.CancelledAt != nil:
			return nil, tenants.Conflict("booklet_cancelled")
		}
		q = p.c.Invoice.Query().Where(invoice.BookletID(in.Booklet)).Order(invoice.ByInstalment())
	}
	rows, err := q.All(ctx)
	if err != nil {
		return nil, err
	}
	standings, err := Standings(ctx, p.c, p.today, rows...)
	if err != nil {
		return nil, err
	}
	var all []*Standing
	for _, s := range standings {
		switch {
		case in.Booklet == uuid.Nil && s.Invoice.BookletID != nil:
			return nil, tenants.Conflict("edit_in_booklet")
		case s.Status != InvoiceCancelled || named[s.Invoice.Number]:
			all = append(all, s)
		}
	}
	if len(all) == 0 {
		return nil, tenants.NotFound()
	}
	return all, nil
}

// refuse notes on a field what money says of it, and a day that is over.
func (p post) refuse(wrong *tenants.Fields, field string, err error, due calendar.Date) {
	switch {
	case errors.Is(err, money.ErrOrder):
		wrong.Add(field, "edit_order")
	case errors.Is(err, money.ErrReason):
		wrong.Add("motivo", "reason_short")
	case err != nil:
		wrong.Add(field, "range")
	case due.Before(p.today):
		wrong.Add(field, "past")
	}
}

func (p post) checkEdit(ctx context.Context, in Edit, plan *EditPreview, wrong tenants.Fields) error {
	for _, change := range plan.Changes {
		if change.Amount != change.Standing.Total && checkReason(in.Reason) != nil {
			wrong.Add("motivo", "reason_short")
		}
	}
	if plan.Forgiven > 0 {
		if err := staff.Require(ctx, p.c, staff.Override); err != nil {
			return err
		}
		if checkReason(in.Reason) != nil {
			wrong.Add("motivo", "reason_short")
		}
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if len(plan.Changes) == 0 {
		return tenants.Conflict("edit_nothing")
	}
	return nil
}
