package billing

import (
	"context"
	"fmt"

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
	Shown   string        // the Seen of the preview that was looked at; "": none was shown
	Key     string        // of the form: the same key is the same money
}

// ReadReceipt reads the form of a baixa.
func ReadReceipt(t tenants.Typed, invoice uuid.UUID, wrong *tenants.Fields) Receipt {
	return Receipt{
		Invoice: invoice,
		Amount:  t.Cents(wrong, "valor"),
		PaidOn:  t.RequiredDate(wrong, "pago_em"),
		Reason:  t.Text(wrong, "motivo"),
		Shown:   t.Text(wrong, "previa"),
		Key:     t.Required(wrong, "chave"),
	}
}

// Received is what a payment did.
type Received struct {
	Payment  *ent.Payment
	Standing *Standing   // of the invoice, after it
	Credit   money.Cents // paid beyond what was owed
	Restored []uuid.UUID // subscriptions whose suspension for debt it ended
}

// ReceiveAtCounter takes money at the counter (baixa): principal first, suspending charges and older ones before others, then late charges;
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
		if done, err = d.post(ctx, c).receive(ctx, in, payment.SourceCounter); err != nil {
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

func (p post) receive(ctx context.Context, in Receipt, source payment.Source) (*Received, error) {
	// The invoice is held from here on: another payment of it waits, and then finds what this one left.
	held, err := p.c.Invoice.Update().Where(invoice.ID(in.Invoice)).AddVersion(1).Save(ctx)
	if err != nil {
		return nil, err
	}
	if held == 0 {
		return nil, tenants.NotFound()
	}
	planned, err := p.planned(ctx, in)
	switch {
	case err != nil:
		return nil, err
	case in.Shown != "" && in.Shown != planned.Seen():
		return nil, tenants.Conflict("receipt_unseen")
	case planned.Forgiven > 0 && len([]rune(in.Reason)) < shortestReason:
		return nil, tenants.Invalid("motivo", "forgiving_reason").With("amount", planned.Forgiven.BRL())
	}
	return p.settle(ctx, planned, in, source)
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
	row, err := p.c.Invoice.Get(ctx, *before.InvoiceID)
	if err != nil {
		return nil, err
	}
	standings, err := Standings(ctx, p.c, p.today, row)
	if err != nil {
		return nil, err
	}
	done := &Received{Payment: before, Standing: standings[0], Credit: before.Amount}
	parts, err := p.c.Settlement.Query().Where(settlement.PaymentID(paid)).All(ctx)
	for _, part := range parts {
		done.Credit -= part.Amount
	}
	return done, err
}

func (p post) settle(ctx context.Context, planned *ReceiptPreview, in Receipt, source payment.Source) (*Received, error) {
	s := planned.Standing
	create := p.c.Payment.Create().SetSource(source).SetExternalID(in.Key).SetAmount(in.Amount).SetPaidOn(in.PaidOn).SetReceivedAt(p.now).
		SetCustomerID(s.Invoice.CustomerID).SetInvoiceID(s.Invoice.ID)
	if who := tenants.Who(ctx); who.Kind == tenants.User {
		create.SetUserID(who.ID)
	}
	paid, err := create.Save(ctx)
	if err != nil {
		return nil, err
	}
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
	return p.afterwards(ctx, s.Invoice, in, paid, planned.Credit)
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
	account := map[payment.Source]ledgerentry.Account{
		payment.SourceCounter: ledgerentry.AccountCash, payment.SourceBoleto: ledgerentry.AccountBank, payment.SourcePix: ledgerentry.AccountPix,
	}[b.payment.Source]
	b.side(account, b.payment.Amount, uuid.Nil)
	if credit > 0 {
		b.side(ledgerentry.AccountCredits, -credit, uuid.Nil)
		err := b.c.Credit.Create().SetCustomerID(b.payment.CustomerID).SetAmount(credit).SetCreatedAt(b.now).SetMemo(memo).Exec(ctx)
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

// afterwards is what follows from a payment: the invoice may be paid, late charges still owed become a charge, a service may run again.
func (p post) afterwards(ctx context.Context, row *ent.Invoice, in Receipt, paid *ent.Payment, credit money.Cents) (*Received, error) {
	standings, err := Standings(ctx, p.c, in.PaidOn, row)
	if err != nil {
		return nil, err
	}
	s := standings[0]
	if s.Debt.Principal == 0 && s.held == 0 { // what is contested may still be owed
		if row, err = p.c.Invoice.UpdateOneID(row.ID).SetPaidAt(p.now).Save(ctx); err != nil {
			return nil, err
		}
		if err := p.c.Charge.Update().Where(charge.InvoiceID(row.ID), charge.ClosedAtIsNil()).SetClosedAt(p.now).Exec(ctx); err != nil {
			return nil, err
		}
		s.Invoice, s.Status = row, InvoicePaid
		if err := p.lateCharge(ctx, s); err != nil {
			return nil, err
		}
	}
	err = history.Write(ctx, p.c, p.now, history.Entry{Customer: row.CustomerID, Subject: "invoice", ID: row.ID, Event: "invoice_received", Reason: in.Reason,
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
		customer: s.Invoice.CustomerID, kind: charge.KindLate, due: p.today, amount: owed,
		description: fmt.Sprintf("Encargos de atraso da fatura %d", s.Invoice.Number),
		memo:        s.Debt.ChargesMemo(),
	}})
	return err
}
