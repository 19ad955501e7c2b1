package billing

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// ReceiptPreview is exactly what receiving would post: how the amount falls on what is owed.
type ReceiptPreview struct {
	*Standing // of the invoice, on the day of the payment, before it

	Asked     Receipt
	Principal []ReceiptPart // in the order the charges are settled
	Fine      money.Cents
	Interest  money.Cents
	Credit    money.Cents // beyond everything owed
	Left      money.Cents // still owed of the invoice
	Late      money.Cents // late charges that become another charge, the principal being paid
	Forgiven  money.Cents // late charges no longer owed because of the day, where that needs a reason
}

// ReceiptPart is what a payment settles of a charge.
type ReceiptPart struct {
	Charge *ent.Charge
	Amount money.Cents
}

// Seen says what a preview showed, so that nothing else is posted on the strength of it.
func (r *ReceiptPreview) Seen() string {
	seen := fmt.Sprintf("%d/%s/%d/%d", r.Asked.Amount, r.Asked.PaidOn, r.Credit, r.Left+r.Late)
	if len(r.Asked.Parts) > 0 {
		for _, part := range r.Principal {
			seen += fmt.Sprintf("/%d=%d", part.Charge.Number, part.Amount)
		}
	}
	return seen
}

// Exact says that it is the whole of what is owed and nothing more.
func (r *ReceiptPreview) Exact() bool {
	return r.Credit == 0 && r.Left == 0 && r.Late == 0 && r.Forgiven == 0 && len(r.Asked.Parts) == 0
}

// PreviewReceipt reckons a receipt without posting anything. It returns the faults of ReceiveAtCounter.
func (d Desk) PreviewReceipt(ctx context.Context, in Receipt) (preview *ReceiptPreview, err error) {
	return preview, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Receive); err != nil {
			return err
		}
		preview, err = d.post(ctx, c).planned(ctx, in)
		return err
	})
}

// planned is what a receipt will do, or why it may not be.
func (p post) planned(ctx context.Context, in Receipt) (*ReceiptPreview, error) {
	row, err := p.c.Invoice.Get(ctx, in.Invoice)
	switch {
	case ent.IsNotFound(err):
		return nil, tenants.NotFound()
	case err != nil:
		return nil, err
	}
	if err := p.checkMoney(in.Amount, in.PaidOn); err != nil {
		return nil, err
	}
	standings, err := Standings(ctx, p.c, in.PaidOn, row)
	if err != nil {
		return nil, err
	}
	r, err := planReceipt(in, standings[0])
	if err != nil {
		return nil, err
	}
	return r, p.checkDay(ctx, r)
}

// checkMoney refuses an amount and a day that no money can be of.
func (p post) checkMoney(amount money.Cents, on calendar.Date) error {
	switch {
	case amount <= 0:
		return tenants.Invalid("valor", "positive")
	case on.After(p.today):
		return tenants.Invalid("pago_em", "future")
	}
	return nil
}

// planReceipt lets a receipt fall on an invoice as it stands on the day of the payment.
func planReceipt(in Receipt, s *Standing) (*ReceiptPreview, error) {
	switch s.Status {
	case InvoiceCancelled:
		return nil, tenants.Conflict("invoice_cancelled")
	case InvoicePaid:
		return nil, tenants.Conflict("invoice_paid")
	case InvoiceContested:
		return nil, tenants.Conflict("invoice_contested")
	}
	r := &ReceiptPreview{Asked: in, Standing: s}
	return r, r.spread()
}

// spread lets the amount fall: on the principal, charge by charge, those the cashier chose first; on the fine, on the interest; what is left
// over is credit. Lines that take something off have lowered the principal, so that it may be less than its charges.
func (r *ReceiptPreview) spread() error {
	s, left := r.Standing, r.Asked.Amount
	take := func(owed money.Cents) money.Cents {
		part := max(0, min(left, owed))
		left -= part
		return part
	}
	principal, open, chosen := s.Debt.Principal, s.open(), map[uuid.UUID]money.Cents{}
	settle := func(row *ent.Charge, most money.Cents) money.Cents {
		part := take(min(most, row.Amount-row.Settled-chosen[row.ID], principal))
		principal -= part
		chosen[row.ID] += part
		return part
	}
	for _, one := range r.Asked.Parts {
		i := slices.IndexFunc(open, func(row *ent.Charge) bool { return row.ID == one.Charge })
		switch {
		case i < 0:
			return tenants.NotFound()
		case one.Amount > open[i].Amount-open[i].Settled:
			return tenants.Invalid(partField+one.Charge.String(), "part_over").With("rest", (open[i].Amount - open[i].Settled).BRL())
		case settle(open[i], one.Amount) < one.Amount:
			return tenants.Invalid(partField+one.Charge.String(), "parts_over").With("amount", r.Asked.Amount.BRL())
		}
	}
	for _, row := range open {
		settle(row, row.Amount)
		if part := chosen[row.ID]; part > 0 {
			r.Principal = append(r.Principal, ReceiptPart{row, part})
		}
	}
	r.Fine = take(s.Debt.Fine - s.finePaid())
	r.Interest = take(s.Debt.Charges() - (s.Debt.Fine - s.finePaid()))
	r.Credit = left
	late := s.Debt.Charges() - r.Fine - r.Interest
	if principal == 0 {
		r.Late = late
	} else {
		r.Left = principal + late
	}
	return nil
}

// finePaid is how much of the fine the payments so far have covered: late charges are paid after the principal, the fine before the interest.
func (s *Standing) finePaid() money.Cents {
	covered := s.Debt.Fine
	for _, line := range s.Debt.Interest {
		covered += line.Amount
	}
	return min(s.Debt.Fine, covered-s.Debt.Charges())
}

// checkDay refuses a day of payment that cannot be, or that forgives late charges which the actor may not forgive.
func (p post) checkDay(ctx context.Context, r *ReceiptPreview) error {
	isp, _ := tenants.From(ctx)
	if issued := calendar.Of(r.Invoice.IssuedAt.In(isp.Zone)); r.Asked.PaidOn.Before(issued) {
		return tenants.Invalid("pago_em", "before_issue").With("from", issued.BR())
	}
	if !r.Asked.PaidOn.Before(calendar.LastBusinessDayBefore(p.today)) {
		return nil
	}
	if r.Forgiven = r.forgiven(r.Asked, p.today); r.Forgiven == 0 {
		return nil
	}
	return staff.Require(ctx, p.c, staff.Override)
}

// forgiven is how much less is owed today because a payment counts from its own day and not from today.
func (s *Standing) forgiven(in Receipt, today calendar.Date) money.Cents {
	owed := func(on calendar.Date) money.Cents {
		payments := append(s.paid(), money.Payment{On: on, Amount: in.Amount})
		slices.SortStableFunc(payments, func(a, b money.Payment) int { return a.On.DaysSince(b.On) })
		debt := money.Reckon(s.collected(), s.Invoice.Due, payments, today)
		return debt.Owed() - debt.Credit
	}
	return owed(today) - owed(in.PaidOn)
}
