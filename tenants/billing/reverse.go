package billing

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/credit"
	"enlace/ent/credituse"
	"enlace/ent/invoice"
	"enlace/ent/ledgerentry"
	"enlace/ent/payment"
	"enlace/ent/reversal"
	"enlace/ent/settlement"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// Takeback is a payment to be taken back.
type Takeback struct {
	Payment uuid.UUID
	Reason  string
	Key     string // of the form
}

// ReadTakeback reads the form of a reversal.
func ReadTakeback(t tenants.Typed, payment uuid.UUID, wrong *tenants.Fields) Takeback {
	return Takeback{Payment: payment, Reason: t.Text(wrong, "motivo"), Key: t.Required(wrong, "chave")}
}

// ReversePayment takes a payment back (estorno) by a compensating one: the same amount, negative, of today. Nothing is erased.
//
//   - What it settled is owed again; its invoice or charge is open again, and late charges run as if it had never come.
//   - A charge of late charges that stood in place of what the invoice still owed of them is cancelled: they are owed on the invoice again.
//   - The credit it left is taken back. A payment from a credit gives the credit back.
//   - At the counter the money goes out of the caixa of who takes it back, in the form it came in; of a correspondente it owes that much less.
//   - A service that the payment gave back is not cut by this. To cut it is a new cut by the law: the debt is overdue again, a notice from
//     before says nothing of it, and 15 days after a new one it may be suspended, on a day on which one may (RGC art. 71; subscriptions.mayCut).
//
// What an agreement settled is no money that came: it is undone with the agreement and by nothing else. What was paid of an agreement's
// instalments is taken back as of any invoice, also once the agreement is cancelled: that instalment is owed again, since the old debts have
// what was paid of it.
//
// It is refused by name, and then nothing of it is done: Conflict payment_of_agreement; payment_reversed; credit_used while the credit it left is spent, until that
// use is taken back itself; reverse_later while a later payment of the invoice has covered late charges or left credit, since what that one
// did depends on this one; debt_in_agreement where that later one is an agreement's; late_charge_paid and late_charge_invoiced for late charges that somebody paid or that stand on another invoice;
// charge_cancelled for what was cancelled since. It returns Invalid for a reason too short, Denied without Reverse, and NotFound. The same
// form sent twice takes back once.
func (d Desk) ReversePayment(ctx context.Context, in Takeback) (back *ent.Payment, err error) {
	if err := checkReason(in.Reason); err != nil {
		return nil, err
	}
	if in.Key != "" { // nobody else's press is answered with it
		in.Key = tenants.Who(ctx).ID.String() + "/" + in.Key
	}
	made, err := d.DB.Once(ctx, "reverse", in.Key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Reverse); err != nil {
			return "", err
		}
		row, err := c.Payment.Get(ctx, in.Payment)
		if ent.IsNotFound(err) {
			return "", tenants.NotFound()
		} else if err != nil {
			return "", err
		}
		r := &reversing{post: d.post(ctx, c), of: row, reason: in.Reason}
		if err := r.run(ctx); err != nil {
			return "", err
		}
		back = r.back
		return back.ID.String(), nil
	})
	if err != nil || back != nil && back.ID.String() == made {
		return back, err
	}
	return back, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		id, err := uuid.Parse(made)
		if err != nil {
			return err
		}
		back, err = c.Payment.Get(ctx, id)
		return err
	})
}

// reversing is one payment on its way back.
type reversing struct {
	post
	of      *ent.Payment
	reason  string
	parts   []*ent.Settlement // what it settled
	charges []*ent.Charge     // of which
	invoice *ent.Invoice      // nil for a charge without one
	back    *ent.Payment
}

func (r *reversing) run(ctx context.Context) error {
	for _, step := range []func(context.Context) error{
		r.hold, r.check, r.checkLater, r.pay, r.unsettle, r.uncredit, r.respend, r.unlate, r.reopen, r.mirror, r.tell,
	} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// hold keeps other payments of the same invoice or charge waiting, and reads what it stands on from then on.
func (r *reversing) hold(ctx context.Context) (err error) {
	if r.of.InvoiceID != nil {
		if err := r.c.Invoice.Update().Where(invoice.ID(*r.of.InvoiceID)).AddVersion(1).Exec(ctx); err != nil {
			return err
		}
		if r.invoice, err = r.c.Invoice.Get(ctx, *r.of.InvoiceID); err != nil {
			return err
		}
	}
	if r.parts, err = r.c.Settlement.Query().Where(settlement.PaymentID(r.of.ID)).Order(ent.Asc(settlement.FieldID)).All(ctx); err != nil {
		return err
	}
	var ids []uuid.UUID
	for _, part := range r.parts {
		if part.ChargeID != nil {
			ids = append(ids, *part.ChargeID)
		}
	}
	if err := r.c.Charge.Update().Where(charge.IDIn(ids...)).AddSettled(0).Exec(ctx); err != nil {
		return err
	}
	r.charges, err = r.c.Charge.Query().Where(charge.IDIn(ids...)).Order(charge.ByNumber()).All(ctx)
	return err
}

func (r *reversing) check(ctx context.Context) error {
	if r.of.Amount < 0 {
		return tenants.Conflict("payment_is_reversal")
	}
	if r.of.Source == payment.SourceAgreement {
		return tenants.Conflict("payment_of_agreement")
	}
	undone, err := r.c.Reversal.Query().Where(reversal.ReversesID(r.of.ID)).Exist(ctx)
	if err != nil {
		return err
	}
	if undone {
		return tenants.Conflict("payment_reversed")
	}
	if r.invoice != nil && r.invoice.CancelledAt != nil {
		return tenants.Conflict("invoice_cancelled")
	}
	for _, row := range r.charges {
		if row.CancelledAt != nil {
			return tenants.Conflict("charge_cancelled")
		}
	}
	return nil
}

// checkLater: all payments of an invoice but the one that cleared its principal are principal alone. That one depends on all before it that settled something.
func (r *reversing) checkLater(ctx context.Context) error {
	if r.invoice == nil || !r.settled() {
		return nil
	}
	others, err := standingPayments(ctx, r.c, []uuid.UUID{r.invoice.ID})
	if err != nil {
		return err
	}
	for _, other := range others {
		if other.ID == r.of.ID {
			continue
		}
		late, err := r.c.Settlement.Query().Where(settlement.PaymentID(other.ID), settlement.KindNEQ(settlement.KindPrincipal)).Exist(ctx)
		if err != nil {
			return err
		}
		left, err := r.c.Credit.Query().Where(credit.PaymentID(other.ID)).Exist(ctx)
		if err != nil {
			return err
		}
		switch {
		case !late && !left:
		case other.Source == payment.SourceAgreement:
			return tenants.Conflict("debt_in_agreement").With("number", fmt.Sprint(r.invoice.Number))
		default:
			return tenants.Conflict("reverse_later").With("amount", other.Amount.BRL()).With("day", other.PaidOn.BR())
		}
	}
	return nil
}

// pay makes the compensating payment.
func (r *reversing) pay(ctx context.Context) (err error) {
	create := r.c.Payment.Create().SetSource(r.of.Source).SetExternalID("estorno/" + r.of.ID.String()).SetAmount(-r.of.Amount).SetPaidOn(r.today).SetReceivedAt(r.now).
		SetCustomerID(r.of.CustomerID).SetNillableInvoiceID(r.of.InvoiceID).SetNillableForm(r.of.Form).SetNillableReceiptID(r.of.ReceiptID).SetNillableCorrespondentID(r.of.CorrespondentID)
	if who := tenants.Who(ctx); who.Kind == tenants.User {
		create.SetUserID(who.ID)
	}
	if r.of.Source == payment.SourceCounter {
		till, _, err := r.till(ctx)
		if err != nil {
			return err
		}
		if till != nil {
			create.SetTillID(till.ID)
		}
	}
	if r.back, err = create.Save(ctx); err != nil {
		return err
	}
	return r.c.Reversal.Create().SetPaymentID(r.back.ID).SetReversesID(r.of.ID).SetReason(r.reason).SetAt(r.now).Exec(ctx)
}

func (r *reversing) unsettle(ctx context.Context) error {
	for _, part := range r.parts {
		if part.ChargeID != nil {
			if err := r.c.Charge.Update().Where(charge.ID(*part.ChargeID)).AddSettled(-part.Amount).Exec(ctx); err != nil {
				return err
			}
		}
		err := r.c.Settlement.Create().SetPaymentID(r.back.ID).SetNillableChargeID(part.ChargeID).SetNillableInvoiceID(part.InvoiceID).
			SetKind(part.Kind).SetAmount(-part.Amount).SetAt(r.now).Exec(ctx)
		if err != nil {
			return err
		}
	}
	return nil
}

// uncredit takes back the credit that the payment left, if nothing of it is spent.
func (r *reversing) uncredit(ctx context.Context) error {
	left, err := r.c.Credit.Query().Where(credit.PaymentID(r.of.ID)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil
	} else if err != nil {
		return err
	}
	all, err := r.heldCredits(ctx, r.of.CustomerID)
	if err != nil {
		return err
	}
	for _, one := range all {
		if one.ID == left.ID && one.Left != left.Amount {
			return tenants.Conflict("credit_used").With("amount", (left.Amount-one.Left).BRL()).With("credit", left.Amount.BRL())
		}
	}
	return r.c.CreditUse.Create().SetCreditID(left.ID).SetPaymentID(r.back.ID).SetAmount(left.Amount).SetAt(r.now).Exec(ctx)
}

// respend gives back the credit that the payment was made from.
func (r *reversing) respend(ctx context.Context) error {
	if r.of.Source != payment.SourceCredit {
		return nil
	}
	uses, err := r.c.CreditUse.Query().Where(credituse.PaymentID(r.of.ID)).All(ctx)
	if err != nil {
		return err
	}
	for _, use := range uses {
		err := r.c.CreditUse.Create().SetCreditID(use.CreditID).SetNillableChargeID(use.ChargeID).SetPaymentID(r.back.ID).SetAmount(-use.Amount).SetAt(r.now).Exec(ctx)
		if err != nil {
			return err
		}
	}
	return nil
}

// unlate cancels the charge that the late charges of the invoice had become.
func (r *reversing) unlate(ctx context.Context) error {
	if r.invoice == nil || r.invoice.PaidAt == nil || !r.settled() {
		return nil
	}
	rows, err := r.c.Charge.Query().Where(charge.LateInvoiceID(r.invoice.ID), charge.CancelledAtIsNil()).All(ctx)
	if err != nil {
		return err
	}
	var entries []entry
	for _, row := range rows {
		n, err := r.c.Charge.Update().Where(charge.ID(row.ID), charge.Settled(0), charge.InvoiceIDIsNil()).SetCancelledAt(r.now).SetCancelReason(r.reason).Save(ctx)
		switch {
		case err != nil:
			return err
		case n == 0 && row.InvoiceID != nil:
			return tenants.Conflict("late_charge_invoiced").With("number", fmt.Sprint(row.Number))
		case n == 0:
			return tenants.Conflict("late_charge_paid").With("number", fmt.Sprint(row.Number))
		}
		entries = append(entries, owed(row, -row.Amount)...)
	}
	return r.ledger(ctx, entries)
}

// settled says whether the payment settled anything. One that came when all was paid left credit alone: without it all is paid still.
func (r *reversing) settled() bool { return len(r.parts) > 0 }

// reopen opens what the payment had closed.
func (r *reversing) reopen(ctx context.Context) error {
	if !r.settled() {
		return nil
	}
	if r.invoice == nil {
		for _, row := range r.charges {
			if err := r.c.Charge.UpdateOneID(row.ID).ClearClosedAt().Exec(ctx); err != nil {
				return err
			}
		}
		return nil
	}
	if err := r.tellBank(ctx, r.invoice.ID, true); err != nil || r.invoice.PaidAt == nil {
		return err
	}
	// A charge of zero was born closed and stays so.
	err := r.c.Charge.Update().Where(charge.InvoiceID(r.invoice.ID), charge.CancelledAtIsNil(), charge.AmountNEQ(0)).ClearClosedAt().Exec(ctx)
	if err != nil {
		return err
	}
	return r.c.Invoice.UpdateOneID(r.invoice.ID).ClearPaidAt().ClearNoticedOn().Exec(ctx)
}

// mirror writes the posting of the payment with its sides changed.
func (r *reversing) mirror(ctx context.Context) error {
	sides, err := r.c.LedgerEntry.Query().Where(ledgerentry.PaymentID(r.of.ID)).Order(ent.Asc(ledgerentry.FieldID)).All(ctx)
	if err != nil {
		return err
	}
	posting, entries := uuid.Must(uuid.NewV7()), []entry(nil)
	for _, side := range sides {
		one := entry{posting: posting, account: side.Account, payment: r.back.ID, amount: -side.Amount, memo: "Estorno: " + side.Memo}
		if side.CustomerID != nil {
			one.customer = *side.CustomerID
		}
		if side.ChargeID != nil {
			one.charge = *side.ChargeID
		}
		entries = append(entries, one)
	}
	return r.ledger(ctx, entries)
}

func (r *reversing) tell(ctx context.Context) error {
	e := history.Entry{Customer: r.of.CustomerID, Event: "payment_reversed", Reason: r.reason,
		Before: map[string]any{"paid_on": r.of.PaidOn.String()}, After: map[string]any{"amount": money.Cents(r.of.Amount), "what": "", "number": int64(0)}}
	if r.invoice != nil {
		e.Subject, e.ID, e.After["what"], e.After["number"] = "invoice", r.invoice.ID, "fatura", r.invoice.Number
	} else if len(r.charges) > 0 {
		e.Subject, e.ID, e.After["what"], e.After["number"] = "charge", r.charges[0].ID, "cobrança", r.charges[0].Number
	}
	return history.Write(ctx, r.c, r.now, e)
}
