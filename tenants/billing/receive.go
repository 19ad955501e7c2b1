package billing

import (
	"context"
	"fmt"
	"slices"

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
	Key     string        // of the form: the same key is the same money
}

// ReadReceipt reads the form of a baixa.
func ReadReceipt(t tenants.Typed, invoice uuid.UUID, wrong *tenants.Fields) Receipt {
	return Receipt{
		Invoice: invoice,
		Amount:  t.Cents(wrong, "valor"),
		PaidOn:  t.RequiredDate(wrong, "pago_em"),
		Reason:  t.Text(wrong, "motivo"),
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
// before the invoice was issued, Denied, Conflict for an invoice cancelled or paid, and NotFound.
func (d Desk) ReceiveAtCounter(ctx context.Context, in Receipt) (done *Received, err error) {
	if in.Key != "" { // nobody else's press is answered with it
		in.Key = tenants.Who(ctx).ID.String() + "/" + in.Key
	}
	paid, err := d.DB.Once(ctx, "receive", in.Key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Receive); err != nil {
			return "", err
		}
		p := d.post(ctx, c)
		switch {
		case in.Amount <= 0:
			return "", tenants.Invalid("valor", "positive")
		case in.PaidOn.After(p.today):
			return "", tenants.Invalid("pago_em", "future")
		}
		if done, err = p.receive(ctx, in, payment.SourceCounter); err != nil {
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
	row, err := p.c.Invoice.Get(ctx, in.Invoice)
	if err != nil {
		return nil, err
	}
	standings, err := Standings(ctx, p.c, in.PaidOn, row)
	if err != nil {
		return nil, err
	}
	switch s := standings[0]; s.Status {
	case InvoiceCancelled:
		return nil, tenants.Conflict("invoice_cancelled")
	case InvoicePaid:
		return nil, tenants.Conflict("invoice_paid")
	default:
		if err := p.checkDay(ctx, s, in); err != nil {
			return nil, err
		}
		return p.settle(ctx, s, in, source)
	}
}

// checkDay refuses a day of payment that cannot be, or that forgives late charges which the actor may not forgive.
func (p post) checkDay(ctx context.Context, s *Standing, in Receipt) error {
	isp, _ := tenants.From(ctx)
	if issued := calendar.Of(s.Invoice.IssuedAt.In(isp.Zone)); in.PaidOn.Before(issued) {
		return tenants.Invalid("pago_em", "before_issue").With("from", issued.BR())
	}
	forgiven := s.forgiven(in, p.today)
	if forgiven == 0 || !in.PaidOn.Before(calendar.LastBusinessDayBefore(p.today)) {
		return nil
	}
	if err := staff.Require(ctx, p.c, staff.Override); err != nil {
		return err
	}
	if len([]rune(in.Reason)) < shortestReason {
		return tenants.Invalid("motivo", "forgiving_reason").With("amount", forgiven.BRL())
	}
	return nil
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

func (p post) settle(ctx context.Context, s *Standing, in Receipt, source payment.Source) (*Received, error) {
	create := p.c.Payment.Create().SetSource(source).SetExternalID(in.Key).SetAmount(in.Amount).SetPaidOn(in.PaidOn).SetReceivedAt(p.now).
		SetCustomerID(s.Invoice.CustomerID).SetInvoiceID(s.Invoice.ID)
	if who := tenants.Who(ctx); who.Kind == tenants.User {
		create.SetUserID(who.ID)
	}
	paid, err := create.Save(ctx)
	if err != nil {
		return nil, err
	}
	books := settling{post: p, payment: paid, invoice: s.Invoice, posting: uuid.Must(uuid.NewV7()), left: in.Amount}
	for _, row := range s.open() {
		if err := books.principal(ctx, row); err != nil {
			return nil, err
		}
	}
	if err := books.late(ctx, settlement.KindFine, s.Debt.Fine-s.finePaid()); err != nil {
		return nil, err
	}
	if err := books.late(ctx, settlement.KindInterest, s.Debt.Charges()-(s.Debt.Fine-s.finePaid())); err != nil {
		return nil, err
	}
	if err := books.close(ctx); err != nil {
		return nil, err
	}
	return p.afterwards(ctx, s.Invoice, in, paid, books.left)
}

// finePaid is how much of the fine the payments so far have covered: late charges are paid after the principal, the fine before the interest.
func (s *Standing) finePaid() money.Cents {
	covered := s.Debt.Fine
	for _, line := range s.Debt.Interest {
		covered += line.Amount
	}
	return min(s.Debt.Fine, covered-s.Debt.Charges())
}

// settling spreads one payment over what it pays.
type settling struct {
	post
	payment *ent.Payment
	invoice *ent.Invoice
	posting uuid.UUID
	left    money.Cents
	entries []entry
}

func (b *settling) principal(ctx context.Context, row *ent.Charge) error {
	part := min(b.left, row.Amount-row.Settled)
	if part <= 0 {
		return nil
	}
	b.left -= part
	if err := b.c.Charge.Update().Where(charge.ID(row.ID)).AddSettled(part).Exec(ctx); err != nil {
		return err
	}
	b.side(ledgerentry.AccountReceivable, -part, row.ID)
	return b.c.Settlement.Create().SetPaymentID(b.payment.ID).SetChargeID(row.ID).SetInvoiceID(b.invoice.ID).
		SetKind(settlement.KindPrincipal).SetAmount(part).SetAt(b.now).Exec(ctx)
}

func (b *settling) late(ctx context.Context, kind settlement.Kind, owed money.Cents) error {
	part := min(b.left, owed)
	if part <= 0 {
		return nil
	}
	b.left -= part
	b.side(ledgerentry.AccountLateRevenue, -part, uuid.Nil)
	return b.c.Settlement.Create().SetPaymentID(b.payment.ID).SetInvoiceID(b.invoice.ID).SetKind(kind).SetAmount(part).SetAt(b.now).Exec(ctx)
}

// close turns what is left over into credit and writes the posting, whose two sides are now equal.
func (b *settling) close(ctx context.Context) error {
	account := map[payment.Source]ledgerentry.Account{
		payment.SourceCounter: ledgerentry.AccountCash, payment.SourceBoleto: ledgerentry.AccountBank, payment.SourcePix: ledgerentry.AccountPix,
	}[b.payment.Source]
	b.side(account, b.payment.Amount, uuid.Nil)
	if b.left > 0 {
		b.side(ledgerentry.AccountCredits, -b.left, uuid.Nil)
		err := b.c.Credit.Create().SetCustomerID(b.invoice.CustomerID).SetAmount(b.left).SetCreatedAt(b.now).
			SetMemo(fmt.Sprintf("Pago a mais na fatura %d", b.invoice.Number)).Exec(ctx)
		if err != nil {
			return err
		}
	}
	return b.ledger(ctx, b.entries)
}

func (b *settling) side(account ledgerentry.Account, amount money.Cents, chargeID uuid.UUID) {
	b.entries = append(b.entries, entry{posting: b.posting, account: account, customer: b.invoice.CustomerID, charge: chargeID,
		payment: b.payment.ID, amount: amount, memo: fmt.Sprintf("Baixa da fatura %d", b.invoice.Number)})
}

// afterwards is what follows from a payment: the invoice may be paid, late charges still owed become a charge, a service may run again.
func (p post) afterwards(ctx context.Context, row *ent.Invoice, in Receipt, paid *ent.Payment, credit money.Cents) (*Received, error) {
	standings, err := Standings(ctx, p.c, in.PaidOn, row)
	if err != nil {
		return nil, err
	}
	s := standings[0]
	if s.Debt.Principal == 0 {
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
