package billing_test

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/credit"
	"enlace/ent/payment"
	"enlace/ent/settlement"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// bill is an invoice as the oracle has it.
type bill struct {
	id, booklet, owner uuid.UUID
	number             int64
	total              money.Cents
	due, issued        calendar.Date
	pays               []*pay // those that stand, in order
	late               *due   // what its late charges became
	cancelled, paid    bool

	kept    money.Cents // paid of what was cancelled after a contest: it comes back as credit, and pays nothing else here
	charge  uuid.UUID   // the only one it bills; none where it bills more, or what it bills was edited
	of      *due        // the loose charge that it bills
	from    uuid.UUID   // the carnê it has left
	parts   []*part     // of events, that ride on it
	pact    *pact       // whose instalment it is
	fight   *fight
	settled bool // by an agreement, once
	heard   bool // a contest of it was answered, or is to be
}

// due is a charge without an invoice.
type due struct {
	id, owner       uuid.UUID
	amount, settled money.Cents
	made, due       calendar.Date
	cancelled       bool

	on            *bill // the invoice it was put on
	fight         *fight
	agreed, heard bool
}

// pay is a payment: of a bill or of a due.
type pay struct {
	id                      uuid.UUID
	bill                    *bill
	due                     *due
	on                      calendar.Date
	amount, principal, late money.Cents
	left                    *left // the credit it made
	from                    *left // the credit it was made from
	form                    payment.Form
	shop, undone            bool
	pact                    *pact // an agreement settled it, and no money came
}

// left is a credit.
type left struct {
	id           uuid.UUID
	owner        uuid.UUID
	amount, used money.Cents
	made         calendar.Date
}

// state is where a bill stands: money.md M10, reckoned here and not there.
type state struct{ principal, fine, interest, charges, credit money.Cents }

// at reckons a bill on a day.
func (b *bill) at(on calendar.Date) (s state) {
	if s.principal = b.total + b.kept; b.fight != nil && !b.paid { // what is contested is not collected
		s.principal = b.taken()
	}
	var paidLate money.Cents
	stretch, fined := b.due, false
	grow := func(to calendar.Date) {
		if s.principal == 0 || !calendar.EffectiveLastDay(b.due).Before(to) {
			return
		}
		if !fined { // once, on the principal open at the first payment or reckoning after the effective last day
			s.fine, fined = s.principal*2/100, true
		}
		if days := to.DaysSince(stretch); days > 0 { // by stretch, each cut
			s.interest += s.principal * money.Cents(days) / 3000
			stretch = to
		}
	}
	for _, p := range b.pays {
		grow(p.on)
		principal := min(p.amount, s.principal) // principal first
		late := min(p.amount-principal, s.fine+s.interest-paidLate)
		s.principal, paidLate, s.credit = s.principal-principal, paidLate+late, s.credit+p.amount-principal-late
	}
	if n := len(b.pays); n == 0 || !on.Before(b.pays[n-1].on) {
		grow(on)
	}
	s.charges = s.fine + s.interest - paidLate
	return s
}

// left is what a customer has to the credit.
func (w *world) left(owner uuid.UUID) (sum money.Cents) {
	for _, one := range w.credits[owner] {
		sum += one.amount - one.used
	}
	return sum
}

// open picks an invoice that can be paid; none in one of many tries.
func (w *world) open() *bill {
	for range 20 {
		if b := w.bills[w.IntN(len(w.bills))]; !b.paid && !b.cancelled && b.fight == nil {
			return b
		}
	}
	return nil
}

func (w *world) openDue() *due {
	for range 20 {
		if len(w.dues) == 0 {
			return nil
		}
		if d := w.dues[w.IntN(len(w.dues))]; d.open() {
			return d
		}
	}
	return nil
}

// hand is some way of handing over.
func (w *world) hand() billing.Hand {
	if w.IntN(6) == 0 {
		return billing.Hand{Form: payment.FormCash, Correspondent: w.shop, Number: w.fresh()}
	}
	return billing.Hand{Form: billing.Forms[w.IntN(len(billing.Forms))]}
}

// some is an amount: a part of what is owed, the whole, or more.
func (w *world) some(owed money.Cents) money.Cents {
	switch w.IntN(4) {
	case 0:
		return owed
	case 1:
		return owed + 1 + money.Cents(w.IntN(30_00))
	}
	return 1 + money.Cents(w.IntN(int(max(1, owed))))
}

// took tells the oracle of a payment of a bill: what it settles, the credit it leaves, and what becomes of the late charges.
func (w *world) took(b *bill, p *pay) {
	before := b.at(p.on)
	p.bill = b
	p.principal = min(p.amount, before.principal)
	p.late = min(p.amount-p.principal, before.charges)
	w.over(b.owner, p, p.amount-p.principal-p.late)
	b.pays = append(b.pays, p)
	w.pays = append(w.pays, p)
	w.o.Read(func(ctx context.Context, c *ent.Client) error {
		var principal, late money.Cents
		for _, part := range c.Settlement.Query().Where(settlement.PaymentID(p.id)).AllX(ctx) {
			if part.Kind == settlement.KindPrincipal {
				principal += part.Amount
			} else {
				late += part.Amount
			}
		}
		if principal != p.principal || late != p.late {
			w.Errorf("%s: %s settled %s and %s of late charges, the oracle says %s and %s", w.last, p.amount, principal, late, p.principal, p.late)
		}
		return nil
	})
	if b.at(p.on).principal == 0 {
		b.paid = true
		w.becameLate(b, p.on)
	}
	w.look(b)
	w.cash(p, 1)
}

// over tells the oracle of a credit.
func (w *world) over(owner uuid.UUID, p *pay, amount money.Cents) {
	if amount == 0 {
		return
	}
	p.left = &left{owner: owner, amount: amount, made: w.today()}
	w.credits[owner] = append(w.credits[owner], p.left)
	w.o.Read(func(ctx context.Context, c *ent.Client) error {
		row := c.Credit.Query().Where(credit.PaymentID(p.id)).OnlyX(ctx)
		if p.left.id = row.ID; row.Amount != amount {
			w.Errorf("%s: a credit of %s, the oracle says %s", w.last, row.Amount, amount)
		}
		return nil
	})
}

// cash tells the oracle where the money of a payment lies.
func (w *world) cash(p *pay, sign money.Cents) {
	switch {
	case p.from != nil:
	case p.shop:
		w.holds += sign * p.amount
	default:
		w.till[p.form] += sign * p.amount
	}
}

// tookDue tells the oracle of a payment of a charge.
func (w *world) tookDue(d *due, p *pay) {
	p.due, p.principal = d, min(p.amount, d.amount-d.settled)
	d.settled += p.principal
	w.over(d.owner, p, p.amount-p.principal)
	w.pays = append(w.pays, p)
	w.lookDue(d)
	w.cash(p, 1)
}

// refusals are the reasons for which a payment cannot be taken back.
func (p *pay) refusals() (why []string) {
	switch {
	case p.pact != nil:
		return []string{"payment_of_agreement"}
	case p.undone:
		return []string{"payment_reversed"}
	}
	if p.left != nil && p.left.used > 0 {
		why = append(why, "credit_used")
	}
	if p.due != nil {
		if p.due.cancelled {
			why = append(why, "charge_cancelled")
		}
		return why
	}
	switch b := p.bill; {
	case b.cancelled: // an instalment of an agreement that was
		why = append(why, "invoice_cancelled")
	case b.kept > 0:
		why = append(why, "charge_cancelled")
	}
	for _, other := range p.bill.pays {
		switch {
		case other == p, other.late == 0 && other.left == nil:
		case other.pact != nil:
			why = append(why, "debt_in_agreement")
		default:
			why = append(why, "reverse_later")
		}
	}
	switch late := p.bill.late; {
	case !p.bill.paid || late == nil || late.cancelled:
	case late.on != nil:
		why = append(why, "late_charge_invoiced")
	case late.settled > 0:
		why = append(why, "late_charge_paid")
	}
	return why
}
