package billing

import (
	"context"
	"fmt"
	"slices"

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
	return fmt.Sprintf("%d/%s/%d/%d", r.Asked.Amount, r.Asked.PaidOn, r.Credit, r.Left+r.Late)
}

// Exact says that it is the whole of what is owed and nothing more.
func (r *ReceiptPreview) Exact() bool {
	return r.Credit == 0 && r.Left == 0 && r.Late == 0 && r.Forgiven == 0
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
	case in.Amount <= 0:
		return nil, tenants.Invalid("valor", "positive")
	case in.PaidOn.After(p.today):
		return nil, tenants.Invalid("pago_em", "future")
	}
	standings, err := Standings(ctx, p.c, in.PaidOn, row)
	if err != nil {
		return nil, err
	}
	r := &ReceiptPreview{Asked: in, Standing: standings[0]}
	switch r.Status {
	case InvoiceCancelled:
		return nil, tenants.Conflict("invoice_cancelled")
	case InvoicePaid:
		return nil, tenants.Conflict("invoice_paid")
	}
	r.spread()
	return r, p.checkDay(ctx, r)
}

// spread lets the amount fall: on the principal, charge by charge, on the fine, on the interest; what is left over is credit.
func (r *ReceiptPreview) spread() {
	s, left := r.Standing, r.Asked.Amount
	take := func(owed money.Cents) money.Cents {
		part := max(0, min(left, owed))
		left -= part
		return part
	}
	principal := s.Debt.Principal
	for _, row := range s.open() {
		if part := take(min(row.Amount-row.Settled, principal)); part > 0 { // a discount lowers what the charges beside it say
			r.Principal = append(r.Principal, ReceiptPart{row, part})
			principal -= part
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
		debt := money.Reckon(s.Total, s.Invoice.Due, payments, today)
		return debt.Owed() - debt.Credit
	}
	return owed(today) - owed(in.PaidOn)
}
