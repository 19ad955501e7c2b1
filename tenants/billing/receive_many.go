package billing

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/correspondent"
	"enlace/ent/customer"
	"enlace/ent/invoice"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// Handful is money that one customer hands over at once for several invoices and charges without one.
type Handful struct {
	Customer uuid.UUID
	Items    []uuid.UUID // invoices and charges; they are paid the oldest first, whatever their order here
	Amount   money.Cents
	PaidOn   calendar.Date
	Hand
	Reason string // why an earlier day counts, where it forgives late charges
	Shown  string // the Seen of the preview that was looked at
	Key    string // of the form: the same key is the same money
}

// ReadHandful reads the form of a baixa of several.
func ReadHandful(t tenants.Typed, customer uuid.UUID, wrong *tenants.Fields) Handful {
	in := Handful{Customer: customer, Amount: t.Cents(wrong, "valor"), PaidOn: t.RequiredDate(wrong, "pago_em"), Hand: ReadHand(t, wrong),
		Reason: t.Text(wrong, "motivo"), Shown: t.Text(wrong, "previa"), Key: t.Required(wrong, "chave")}
	for _, item := range strings.FieldsFunc(t["itens"], func(r rune) bool { return r == ',' }) {
		in.Items = append(in.Items, tenants.Typed{"item": item}.ID("item"))
	}
	if len(in.Items) == 0 {
		wrong.Add("itens", "nothing_chosen")
	}
	return in
}

// HandfulPreview is exactly what receiving several would post.
type HandfulPreview struct {
	Asked    Handful
	Parts    []HandfulPart // the oldest first; one that the money does not reach is not among them
	Owed     money.Cents   // of all that was chosen, on the day of the payment
	Credit   money.Cents   // beyond everything owed
	Left     money.Cents   // still owed
	Late     money.Cents   // late charges that become another charge, the principal being paid
	Forgiven money.Cents   // late charges no longer owed because of the day, where that needs a reason
}

// HandfulPart is what falls on one of the items: an invoice or a charge, the other is nil.
type HandfulPart struct {
	Invoice *ReceiptPreview
	Charge  *ChargeReceiptPreview
}

// Seen says what a preview showed, so that nothing else is posted on the strength of it.
func (r *HandfulPreview) Seen() string {
	seen := fmt.Sprintf("%d/%s/%d", r.Asked.Amount, r.Asked.PaidOn, len(r.Asked.Items))
	for _, part := range r.Parts {
		if part.Invoice != nil {
			seen += "+" + part.Invoice.Seen()
		} else {
			seen += "+" + part.Charge.Seen()
		}
	}
	return seen
}

// Handed is what a handful did.
type Handed struct {
	Receipt  *ent.Receipt
	Parts    int
	Credit   money.Cents
	Restored []uuid.UUID
	Opened   *ent.Till
}

// PreviewMany reckons a handful without posting anything. It returns the faults of ReceiveMany.
func (d Desk) PreviewMany(ctx context.Context, in Handful) (preview *HandfulPreview, err error) {
	return preview, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Receive); err != nil {
			return err
		}
		preview, err = d.post(ctx, c).plannedMany(ctx, in)
		return err
	})
}

// ReceiveMany takes money once for several invoices and charges of one customer, under one recibo: the oldest due date first, each whole with
// its late charges before the next; what is left over becomes credit. Of each it does what ReceiveAtCounter and ReceiveCharge do, and it
// returns their faults; NotFound for what is not the customer's.
func (d Desk) ReceiveMany(ctx context.Context, in Handful) (done *Handed, err error) {
	if in.Key != "" { // nobody else's press is answered with it
		in.Key = tenants.Who(ctx).ID.String() + "/" + in.Key
	}
	receipt, err := d.DB.Once(ctx, "receive_many", in.Key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Receive); err != nil {
			return "", err
		}
		if done, err = d.post(ctx, c).receiveMany(ctx, in); err != nil {
			return "", err
		}
		return done.Receipt.ID.String(), nil
	})
	if err != nil || done != nil && done.Receipt.ID.String() == receipt {
		return done, err
	}
	return done, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error { // what it did before: the paper says it all
		id, err := uuid.Parse(receipt)
		if err != nil {
			return err
		}
		row, err := c.Receipt.Get(ctx, id)
		done = &Handed{Receipt: row, Parts: len(in.Items)}
		return err
	})
}

func (p post) receiveMany(ctx context.Context, in Handful) (*Handed, error) {
	// The customer is held, then the invoices: other payments of any of them wait, and then find what this one left.
	if held, err := p.c.Customer.Update().Where(customer.ID(in.Customer)).AddNumber(0).Save(ctx); err != nil {
		return nil, err
	} else if held == 0 {
		return nil, tenants.NotFound()
	}
	if err := p.c.Invoice.Update().Where(invoice.IDIn(in.Items...)).AddVersion(1).Exec(ctx); err != nil {
		return nil, err
	}
	if err := p.c.Charge.Update().Where(charge.IDIn(in.Items...)).AddSettled(0).Exec(ctx); err != nil {
		return nil, err
	}
	planned, err := p.plannedMany(ctx, in)
	switch {
	case err != nil:
		return nil, err
	case in.Shown != "" && in.Shown != planned.Seen():
		return nil, tenants.Conflict("receipt_unseen")
	case planned.Forgiven > 0 && len([]rune(in.Reason)) < shortestReason:
		return nil, tenants.Invalid("motivo", "forgiving_reason").With("amount", planned.Forgiven.BRL())
	}
	h, err := p.handed(ctx, in.Hand, in.Key, in.Customer, in.Amount, in.PaidOn)
	if err != nil {
		return nil, err
	}
	done := &Handed{Receipt: h.receipt, Parts: len(planned.Parts), Credit: planned.Credit}
	if h.opened {
		done.Opened = h.till
	}
	for _, part := range planned.Parts {
		restored, err := part.settle(ctx, h)
		if err != nil {
			return nil, err
		}
		done.Restored = append(done.Restored, restored...)
	}
	restored, err := p.restoreCleared(ctx, in.Customer)
	done.Restored = append(done.Restored, restored...)
	return done, err
}

func (part HandfulPart) settle(ctx context.Context, h *handing) (restored []uuid.UUID, err error) {
	if planned := part.Invoice; planned != nil {
		paid, err := h.payment(ctx, planned.Asked.Amount, &planned.Invoice.ID)
		if err != nil {
			return nil, err
		}
		done, err := h.settle(ctx, planned, paid)
		if err != nil {
			return nil, err
		}
		return done.Restored, nil
	}
	paid, err := h.payment(ctx, part.Charge.Asked.Amount, nil)
	if err != nil {
		return nil, err
	}
	return nil, h.settleCharge(ctx, part.Charge, paid)
}

// payable is one of the items, with what settles it.
type payable struct {
	due      calendar.Date
	number   int64
	owed     money.Cents
	standing *Standing
	charge   *ent.Charge
}

// plannedMany is what a handful will do, or why it may not be.
func (p post) plannedMany(ctx context.Context, in Handful) (*HandfulPreview, error) {
	if err := p.checkMoney(in.Amount, in.PaidOn); err != nil {
		return nil, err
	}
	items, err := p.payables(ctx, in)
	if err != nil {
		return nil, err
	}
	return p.planMany(ctx, in, items)
}

// planMany lets a handful fall on its items.
func (p post) planMany(ctx context.Context, in Handful, items []payable) (*HandfulPreview, error) {
	if len(items) != len(in.Items) || len(items) == 0 {
		return nil, tenants.NotFound()
	}
	for _, one := range items { // what can be paid no more is refused even where the money would not reach it
		if one.standing != nil && one.standing.Status == InvoicePaid {
			return nil, tenants.Conflict("invoice_paid")
		}
	}
	slices.SortStableFunc(items, func(a, b payable) int {
		return cmp.Or(a.due.DaysSince(b.due), cmp.Compare(a.number, b.number))
	})
	r, left := &HandfulPreview{Asked: in}, in.Amount
	for i, item := range items {
		r.Owed += item.owed
		amount := min(left, item.owed)
		if i == len(items)-1 { // what is too much is too much of the last one
			amount = left
		}
		if left -= amount; amount == 0 {
			r.Left += item.owed
			continue
		}
		part, err := p.planItem(ctx, in, item, amount)
		if err != nil {
			return nil, err
		}
		r.Parts = append(r.Parts, part)
		if one := part.Invoice; one != nil {
			r.Credit, r.Left, r.Late, r.Forgiven = r.Credit+one.Credit, r.Left+one.Left, r.Late+one.Late, r.Forgiven+one.Forgiven
		} else {
			r.Credit, r.Left = r.Credit+part.Charge.Credit, r.Left+part.Charge.Left
		}
	}
	return r, nil
}

func (p post) planItem(ctx context.Context, in Handful, item payable, amount money.Cents) (part HandfulPart, err error) {
	if item.charge != nil {
		part.Charge, err = p.planCharge(ctx, ChargeReceipt{Charge: item.charge.ID, Amount: amount, PaidOn: in.PaidOn, Hand: in.Hand}, item.charge)
		return part, err
	}
	one := Receipt{Invoice: item.standing.Invoice.ID, Amount: amount, PaidOn: in.PaidOn, Hand: in.Hand, Reason: in.Reason}
	if part.Invoice, err = planReceipt(one, item.standing); err != nil {
		return part, err
	}
	return part, p.checkDay(ctx, part.Invoice)
}

// payables reads the items. What is not the customer's, and what was named twice, is not there.
func (p post) payables(ctx context.Context, in Handful) ([]payable, error) {
	rows, err := p.c.Invoice.Query().Where(invoice.IDIn(in.Items...), invoice.CustomerID(in.Customer)).All(ctx)
	if err != nil {
		return nil, err
	}
	standings, err := Standings(ctx, p.c, in.PaidOn, rows...)
	if err != nil {
		return nil, err
	}
	charges, err := p.c.Charge.Query().Where(charge.IDIn(in.Items...), charge.CustomerID(in.Customer)).All(ctx)
	return payablesOf(in, standings, charges), err
}

// payablesOf are the items among invoices and charges.
func payablesOf(in Handful, standings []*Standing, charges []*ent.Charge) (all []payable) {
	for _, s := range standings {
		if slices.Contains(in.Items, s.Invoice.ID) {
			all = append(all, payable{due: s.Invoice.Due, number: s.Invoice.Number, owed: s.Owed(), standing: s})
		}
	}
	for _, row := range charges {
		if slices.Contains(in.Items, row.ID) {
			all = append(all, payable{due: row.Due, number: row.Number, owed: row.Amount - row.Settled, charge: row})
		}
	}
	return all
}

// Payable is a customer's account with what a cashier needs beside it. Denied without Receive, NotFound for one that is not the ISP's.
func (d Desk) Payable(ctx context.Context, of uuid.UUID) (a *Account, at *Counter, err error) {
	return a, at, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Receive); err != nil {
			return err
		}
		who, err := customerOf(ctx, c, of)
		if err != nil {
			return err
		}
		if a, err = Owes(ctx, c, d.DB.Today(ctx), who); err != nil {
			return err
		}
		at = &Counter{Credits: a.Credits}
		at.Correspondents, err = c.Correspondent.Query().Where(correspondent.Active(true)).Order(correspondent.ByName()).All(ctx)
		return err
	})
}

// PreviewShownMany is PreviewMany of an account that has just been read as it stands today: it asks nothing twice.
func (d Desk) PreviewShownMany(ctx context.Context, shown *Account, in Handful) (*HandfulPreview, error) {
	if in.PaidOn != d.DB.Today(ctx) {
		return d.PreviewMany(ctx, in)
	}
	p := d.post(ctx, nil)
	if err := p.checkMoney(in.Amount, in.PaidOn); err != nil {
		return nil, err
	}
	return p.planMany(ctx, in, payablesOf(in, shown.Invoices, shown.Loose))
}
