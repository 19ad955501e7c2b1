package billing

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/invoice"
	"enlace/ent/ledgerentry"
	"enlace/ent/payment"
	"enlace/ent/settlement"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/history"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// Receipt is money handed over for an invoice.
type Receipt struct {
	Invoice uuid.UUID
	Amount  money.Cents
	PaidOn  calendar.Date // from the day the invoice was issued until today
	Reason  string        // why an earlier day counts, where it forgives late charges
	Hand                  // how, and through whom
	Parts   []Part        // of the principal, where the cashier chooses; the rest falls as ever
	Shown   string        // the Seen of the preview that was looked at; "": none was shown
	Key     string        // of the form: the same key is the same money

	forgives bool // late charges still owed are let go: a bank has reckoned and taken them
}

// Part is how much of a payment the cashier wants for a charge.
type Part struct {
	Charge uuid.UUID
	Amount money.Cents
}

// partField begins the names of the fields of parts; behind it stands the charge's id.
const partField = "parte_"

// ReadReceipt reads the form of a baixa.
func ReadReceipt(t tenants.Typed, invoice uuid.UUID, wrong *tenants.Fields) Receipt {
	return Receipt{
		Hand:    ReadHand(t, wrong),
		Parts:   readParts(t, wrong),
		Invoice: invoice,
		Amount:  t.Cents(wrong, "valor"),
		PaidOn:  t.RequiredDate(wrong, "pago_em"),
		Reason:  t.Text(wrong, "motivo"),
		Shown:   t.Text(wrong, "previa"),
		Key:     t.Required(wrong, "chave"),
	}
}

func readParts(t tenants.Typed, wrong *tenants.Fields) (parts []Part) {
	for _, field := range slices.Sorted(maps.Keys(t)) {
		charge, is := strings.CutPrefix(field, partField)
		if id, err := uuid.Parse(charge); is && err == nil && strings.TrimSpace(t[field]) != "" {
			parts = append(parts, Part{id, t.Cents(wrong, field)})
		}
	}
	return parts
}

// Received is what a payment did.
type Received struct {
	Payment  *ent.Payment
	Receipt  *ent.Receipt // nil where nothing was handed over: by the bank, or from a credit
	Standing *Standing    // of the invoice, after it; nil for a charge without one
	Credit   money.Cents  // paid beyond what was owed
	Restored []uuid.UUID  // subscriptions whose suspension for debt it ended
	Opened   *ent.Till    // the caixa it opened, nil when one was open
}

// ReceiveAtCounter takes money at the counter, or from a correspondente (baixa): principal first, suspending charges and older ones before others, then late charges;
// what is left over becomes credit. A late payment that leaves only late charges open makes of them a charge that never suspends. When it
// clears the last overdue debt of a suspended service, the service runs again. A form sent twice is answered with the payment it made; with
// other data, or on another invoice, it is Conflict key_reused.
//
// Money that came in since the last business day, over a weekend say, is entered with its own day. A day before that which forgives late
// charges owed today is a manager's to allow, with a reason. It returns Invalid for an amount that is not positive and for a day to come or
// before the invoice was issued, Denied, Conflict for an invoice cancelled or paid and receipt_unseen for one that does something else than
// the preview showed, and NotFound.
func (d Desk) ReceiveAtCounter(ctx context.Context, in Receipt) (done *Received, err error) {
	if in.Key != "" { // nobody else's press is answered with it
		in.Key = tenants.Who(ctx).ID.String() + "/" + in.Key
	}
	paid, err := d.DB.Once(ctx, "receive", in.Key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Receive); err != nil {
			return "", err
		}
		if done, err = d.post(ctx, c).receive(ctx, in); err != nil {
			return "", err
		}
		return done.Payment.ID.String(), nil
	})
	if err != nil || done != nil && done.Payment.ID.String() == paid {
		return done, err
	}
	return done, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		done, err = d.post(ctx, c).received(ctx, paid)
		return err
	})
}

func (p post) receive(ctx context.Context, in Receipt) (*Received, error) {
	// The invoice is held from here on: another payment of it waits, and then finds what this one left.
	held, err := p.c.Invoice.Update().Where(invoice.ID(in.Invoice)).AddVersion(1).Save(ctx)
	if err != nil {
		return nil, err
	}
	if held == 0 {
		return nil, tenants.NotFound()
	}
	planned, err := p.planned(ctx, in)
	if err != nil {
		return nil, err
	}
	if err := planned.allowed(in); err != nil {
		return nil, err
	}
	h, err := p.handed(ctx, in.Hand, in.Key, planned.Invoice.CustomerID, in.Amount, in.PaidOn)
	if err != nil {
		return nil, err
	}
	paid, err := h.payment(ctx, in.Amount, &planned.Invoice.ID)
	if err != nil {
		return nil, err
	}
	done, err := p.settle(ctx, planned, paid)
	if err != nil {
		return nil, err
	}
	return h.done(done), nil
}

// done says of what was received where it lies.
func (h *handing) done(r *Received) *Received {
	if r.Receipt = h.receipt; h.opened {
		r.Opened = h.till
	}
	return r
}

// allowed refuses what nobody looked at, and a day that forgives late charges without a reason.
func (r *ReceiptPreview) allowed(in Receipt) error {
	switch {
	case in.Shown != "" && in.Shown != r.Seen():
		return tenants.Conflict("receipt_unseen")
	case r.Forgiven > 0 && len([]rune(in.Reason)) < shortestReason:
		return tenants.Invalid("motivo", "forgiving_reason").With("amount", r.Forgiven.BRL())
	}
	return nil
}

// received is what a payment did that came before.
func (p post) received(ctx context.Context, id string) (*Received, error) {
	paid, err := uuid.Parse(id)
	if err != nil {
		return nil, err
	}
	before, err := p.c.Payment.Get(ctx, paid)
	if err != nil {
		return nil, err
	}
	done := &Received{Payment: before, Credit: before.Amount}
	if before.InvoiceID != nil {
		row, err := p.c.Invoice.Get(ctx, *before.InvoiceID)
		if err != nil {
			return nil, err
		}
		standings, err := Standings(ctx, p.c, p.today, row)
		if err != nil {
			return nil, err
		}
		done.Standing = standings[0]
	}
	if before.ReceiptID != nil {
		if done.Receipt, err = p.c.Receipt.Get(ctx, *before.ReceiptID); err != nil {
			return nil, err
		}
	}
	parts, err := p.c.Settlement.Query().Where(settlement.PaymentID(paid)).All(ctx)
	for _, part := range parts {
		done.Credit -= part.Amount
	}
	return done, err
}

// settle posts a payment of an invoice as it was planned.
func (p post) settle(ctx context.Context, planned *ReceiptPreview, paid *ent.Payment) (*Received, error) {
	s := planned.Standing
	books := settling{post: p, payment: paid, invoice: &s.Invoice.ID, posting: uuid.Must(uuid.NewV7()), memo: fmt.Sprintf("Baixa da fatura %d", s.Invoice.Number)}
	for _, part := range planned.Principal {
		if err := books.principal(ctx, part.Charge, part.Amount); err != nil {
			return nil, err
		}
	}
	if err := books.late(ctx, settlement.KindFine, planned.Fine); err != nil {
		return nil, err
	}
	if err := books.late(ctx, settlement.KindInterest, planned.Interest); err != nil {
		return nil, err
	}
	if err := books.close(ctx, planned.Credit, fmt.Sprintf("Pago a mais na fatura %d", s.Invoice.Number)); err != nil {
		return nil, err
	}
	return p.afterwards(ctx, planned, paid)
}

// settling posts one payment over what it pays.
type settling struct {
	post
	payment *ent.Payment
	invoice *uuid.UUID // nil: of a charge without one
	posting uuid.UUID
	memo    string
	entries []entry
}

func (b *settling) principal(ctx context.Context, row *ent.Charge, part money.Cents) error {
	if err := b.c.Charge.Update().Where(charge.ID(row.ID)).AddSettled(part).Exec(ctx); err != nil {
		return err
	}
	b.side(ledgerentry.AccountReceivable, -part, row.ID)
	return b.c.Settlement.Create().SetPaymentID(b.payment.ID).SetChargeID(row.ID).SetNillableInvoiceID(b.invoice).
		SetKind(settlement.KindPrincipal).SetAmount(part).SetAt(b.now).Exec(ctx)
}

func (b *settling) late(ctx context.Context, kind settlement.Kind, part money.Cents) error {
	if part == 0 {
		return nil
	}
	b.side(ledgerentry.AccountLateRevenue, -part, uuid.Nil)
	return b.c.Settlement.Create().SetPaymentID(b.payment.ID).SetNillableInvoiceID(b.invoice).SetKind(kind).SetAmount(part).SetAt(b.now).Exec(ctx)
}

// close gives the customer the credit that is left over and writes the posting, whose two sides are now equal.
func (b *settling) close(ctx context.Context, credit money.Cents, memo string) error {
	b.side(accountOf(b.payment), b.payment.Amount, uuid.Nil)
	if credit > 0 {
		b.side(ledgerentry.AccountCredits, -credit, uuid.Nil)
		err := b.c.Credit.Create().SetCustomerID(b.payment.CustomerID).SetAmount(credit).SetCreatedAt(b.now).SetPaymentID(b.payment.ID).SetMemo(memo).Exec(ctx)
		if err != nil {
			return err
		}
	}
	return b.ledger(ctx, b.entries)
}

func (b *settling) side(account ledgerentry.Account, amount money.Cents, chargeID uuid.UUID) {
	b.entries = append(b.entries, entry{posting: b.posting, account: account, customer: b.payment.CustomerID, charge: chargeID,
		payment: b.payment.ID, amount: amount, memo: b.memo})
}

// after is the invoice once a payment is posted as it was planned: what reading it again would find.
func (r *ReceiptPreview) after(paid *ent.Payment) *Standing {
	s := *r.Standing
	for _, part := range r.Principal {
		part.Charge.Settled += part.Amount // as the row has it now
	}
	s.Payments = append(slices.Clip(s.Payments), paid)
	slices.SortStableFunc(s.Payments, func(a, b *ent.Payment) int { return a.PaidOn.DaysSince(b.PaidOn) })
	s.Total, s.held = 0, 0
	s.reckon(r.Asked.PaidOn)
	return &s
}

// afterwards is what follows from a payment: the invoice may be paid, late charges still owed become a charge, a service may run again.
func (p post) afterwards(ctx context.Context, planned *ReceiptPreview, paid *ent.Payment) (*Received, error) {
	s, in, credit := planned.after(paid), planned.Asked, planned.Credit
	row := s.Invoice
	if s.Debt.Principal == 0 && s.held == 0 && s.Status != InvoicePaid && s.Status != InvoiceCancelled { // what is contested may still be owed
		if err := p.c.Invoice.Update().Where(invoice.ID(row.ID)).SetPaidAt(p.now).Exec(ctx); err != nil {
			return nil, err
		}
		if err := p.c.Charge.Update().Where(charge.InvoiceID(row.ID), charge.ClosedAtIsNil()).SetClosedAt(p.now).Exec(ctx); err != nil {
			return nil, err
		}
		row.PaidAt, s.Status = &p.now, InvoicePaid
		if !in.forgives {
			if err := p.lateCharge(ctx, s); err != nil {
				return nil, err
			}
		}
	}
	if err := p.tellBank(ctx, row.ID, row.PaidAt == nil && row.CancelledAt == nil); err != nil {
		return nil, err
	}
	if s.Status == InvoicePaid && s.Slip != nil && paid.Source != payment.SourcePix {
		if err := WithdrawPix(ctx, p.c, p.now, s.Slip.ID); err != nil {
			return nil, err
		}
	}
	event := "invoice_received"
	if paid.Source == payment.SourceCredit {
		event = "credit_spent"
	}
	err := history.Write(ctx, p.c, p.now, history.Entry{Customer: row.CustomerID, Subject: "invoice", ID: row.ID, Event: event, Reason: in.Reason,
		After: map[string]any{"number": row.Number, "amount": paid.Amount, "paid_on": paid.PaidOn.String(), "status": s.Status}})
	if err != nil {
		return nil, err
	}
	if credit > 0 {
		err := history.Write(ctx, p.c, p.now, history.Entry{Customer: row.CustomerID, Subject: "invoice", ID: row.ID, Event: "credit_left",
			After: map[string]any{"number": row.Number, "amount": credit}})
		if err != nil {
			return nil, err
		}
	}
	restored, err := p.restoreCleared(ctx, row.CustomerID)
	return &Received{Payment: paid, Standing: s, Credit: credit, Restored: restored}, err
}

// lateCharge makes of the late charges still owed, once the principal is paid, a charge of a kind that never suspends (money.md M10).
func (p post) lateCharge(ctx context.Context, s *Standing) error {
	owed := s.Debt.Charges()
	if owed == 0 {
		return nil
	}
	_, err := p.charges(ctx, []newCharge{{
		customer: s.Invoice.CustomerID, kind: charge.KindLate, lateInvoice: s.Invoice.ID, due: p.today, amount: owed,
		description: fmt.Sprintf("Encargos de atraso da fatura %d", s.Invoice.Number),
		memo:        s.Debt.ChargesMemo(),
	}})
	return err
}
