package billing

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/agreementdebt"
	"enlace/ent/agreementinstalment"
	"enlace/ent/charge"
	"enlace/ent/debtagreement"
	"enlace/ent/invoice"
	"enlace/ent/ledgerentry"
	"enlace/ent/payment"
	"enlace/ent/settlement"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// CancelAgreement ends an agreement that is not kept. What of it is unpaid is cancelled, and the debts it had taken over are owed again, less
// what was paid of it: on their principal, the oldest first, as if it had been paid on the day of the agreement, so that nobody pays interest
// on it. The discount falls. From then on the old debts bear late charges from their own due dates and suspend by the usual rules. The customer is told of
// it.
//
// It returns Invalid for a reason too short, Conflict for an agreement cancelled already or paid to the end, or with a contested instalment,
// and NotFound.
func (d Desk) CancelAgreement(ctx context.Context, in Cancelling) error {
	if err := checkReason(in.Reason); err != nil {
		return err
	}
	_, err := d.once(ctx, "cancel_agreement", in.Key, in, func(ctx context.Context, c *ent.Client) (uuid.UUID, error) {
		if err := staff.Require(ctx, c, staff.Receive); err != nil {
			return uuid.Nil, err
		}
		return in.ID, d.post(ctx, c).cancelAgreement(ctx, in)
	})
	return err
}

func (p post) cancelAgreement(ctx context.Context, in Cancelling) error {
	// Who cancels it at the same moment waits here and then finds it cancelled.
	marked, err := p.c.DebtAgreement.Update().Where(debtagreement.ID(in.ID), debtagreement.CancelledAtIsNil()).SetCancelledAt(p.now).SetCancelReason(in.Reason).Save(ctx)
	if err != nil {
		return err
	}
	made, err := p.c.DebtAgreement.Get(ctx, in.ID)
	switch {
	case ent.IsNotFound(err):
		return tenants.NotFound()
	case err != nil:
		return err
	case marked == 0:
		return tenants.Conflict("agreement_cancelled")
	}
	a := agreeing{post: p, made: made, posting: uuid.Must(uuid.NewV7()), memo: fmt.Sprintf("Acordo %d cancelado", made.Number)}
	received, left, err := a.giveUp(ctx, in.Reason)
	if err != nil {
		return err
	}
	if left == 0 {
		return tenants.Conflict("agreement_paid")
	}
	debts, err := a.reopen(ctx, in.Reason)
	if err != nil {
		return err
	}
	if err := a.settleAgain(ctx, debts, received); err != nil {
		return err
	}
	if err := a.slipsAgain(ctx, debts); err != nil {
		return err
	}
	a.side(ledgerentry.AccountDiscounts, -made.Discount, uuid.Nil)
	if err := p.ledger(ctx, a.entries); err != nil {
		return err
	}
	e := history.Entry{Customer: made.CustomerID, Subject: "agreement", ID: made.ID, Event: "agreement_cancelled", Reason: in.Reason,
		After: map[string]any{"number": made.Number, "amount": left, "received": received.BRL()}}
	if err := history.Write(ctx, p.c, p.now, e); err != nil {
		return err
	}
	isp, _ := tenants.From(ctx)
	return p.told(ctx, e, fmt.Sprintf("Acordo %d cancelado", made.Number), agreementEndText(isp, made, received, in.Reason))
}

// giveUp cancels what is unpaid of the instalments, and says how much was paid of all and how much was not. One that was forgiven after a
// contest counts as paid, for so it was answered.
func (a *agreeing) giveUp(ctx context.Context, reason string) (received, left money.Cents, err error) {
	links, err := a.c.AgreementInstalment.Query().Where(agreementinstalment.AgreementID(a.made.ID)).All(ctx)
	if err != nil {
		return 0, 0, err
	}
	ids := make([]uuid.UUID, len(links))
	for i, link := range links {
		ids[i] = link.InvoiceID
	}
	if err := a.c.Invoice.Update().Where(invoice.IDIn(ids...)).AddVersion(1).Exec(ctx); err != nil { // payments wait
		return 0, 0, err
	}
	rows, err := a.c.Charge.Query().Where(charge.InvoiceIDIn(ids...), charge.KindEQ(charge.KindAgreement)).All(ctx)
	if err != nil {
		return 0, 0, err
	}
	for _, row := range rows {
		open := row.Amount - row.Settled
		switch {
		case contested(row):
			return 0, 0, tenants.Conflict("charge_contested")
		case row.CancelledAt != nil, open == 0:
			received += row.Amount
			continue
		}
		received, left = received+row.Settled, left+open
		a.side(ledgerentry.AccountReceivable, -open, row.ID)
		if err := a.c.Charge.UpdateOneID(row.ID).SetCancelledAt(a.now).SetCancelReason(reason).Exec(ctx); err != nil {
			return 0, 0, err
		}
		gone, err := a.c.Invoice.UpdateOneID(*row.InvoiceID).SetCancelledAt(a.now).SetCancelReason(reason).Save(ctx)
		if err != nil {
			return 0, 0, err
		}
		if err := a.withdrawSlip(ctx, gone); err != nil {
			return 0, 0, err
		}
	}
	return received, left, nil
}

// reopen reverses the payments by which the agreement settled its debts, and reads how they stand without them, the oldest first.
func (a *agreeing) reopen(ctx context.Context, reason string) (debts []AgreedDebt, err error) {
	links, err := a.c.AgreementDebt.Query().Where(agreementdebt.AgreementID(a.made.ID)).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, link := range links {
		if err := a.reverse(ctx, link.PaymentID, reason); err != nil {
			return nil, err
		}
		if link.ChargeID != nil {
			row, err := a.c.Charge.UpdateOneID(*link.ChargeID).ClearClosedAt().Save(ctx)
			if err != nil {
				return nil, err
			}
			debts = append(debts, AgreedDebt{Charge: row, Principal: row.Amount - row.Settled})
			continue
		}
		row, err := a.c.Invoice.UpdateOneID(*link.InvoiceID).ClearPaidAt().AddVersion(1).Save(ctx)
		if err != nil {
			return nil, err
		}
		if err := a.c.Charge.Update().Where(charge.InvoiceID(row.ID)).ClearClosedAt().Exec(ctx); err != nil {
			return nil, err
		}
		standings, err := Standings(ctx, a.c, a.made.MadeOn, row)
		if err != nil {
			return nil, err
		}
		s := standings[0]
		debts = append(debts, AgreedDebt{Standing: s, Principal: s.Debt.Principal, Late: s.Debt.Charges()})
	}
	slices.SortStableFunc(debts, func(a, b AgreedDebt) int { return a.due().DaysSince(b.due()) })
	return debts, nil
}

// reverse takes a payment of the agreement back by another one, and what it settled with it.
func (a *agreeing) reverse(ctx context.Context, id uuid.UUID, reason string) error {
	before, err := a.c.Payment.Get(ctx, id)
	if err != nil {
		return err
	}
	parts, err := a.c.Settlement.Query().Where(settlement.PaymentID(id)).All(ctx)
	if err != nil {
		return err
	}
	back, err := a.c.Payment.Create().SetSource(payment.SourceAgreement).SetExternalID("estorno/" + before.ExternalID).SetAmount(-before.Amount).SetPaidOn(before.PaidOn).
		SetReceivedAt(a.now).SetCustomerID(before.CustomerID).SetNillableInvoiceID(before.InvoiceID).SetNillableUserID(userOf(ctx)).Save(ctx)
	if err != nil {
		return err
	}
	if err := a.c.Reversal.Create().SetPaymentID(back.ID).SetReversesID(before.ID).SetReason(reason).SetAt(a.now).Exec(ctx); err != nil {
		return err
	}
	books := settling{post: a.post, payment: back, invoice: before.InvoiceID, posting: a.posting, memo: a.memo}
	for _, part := range parts {
		if part.ChargeID == nil {
			err = books.late(ctx, part.Kind, -part.Amount)
		} else {
			err = books.principal(ctx, &ent.Charge{ID: *part.ChargeID}, -part.Amount)
		}
		if err != nil {
			return err
		}
	}
	a.entries = append(a.entries, books.entries...)
	return nil
}

// settleAgain lets what was paid of the agreement fall on the debts: on their principal, the oldest first, then on their late charges. Late
// charges left of a debt whose principal is paid become a charge that never suspends, as after any payment.
func (a *agreeing) settleAgain(ctx context.Context, debts []AgreedDebt, received money.Cents) error {
	principals, lates := make([]money.Cents, len(debts)), make([]money.Cents, len(debts))
	for i, one := range debts {
		principals[i], lates[i] = one.Principal, one.Late
	}
	principals, left := money.Abate(received, principals)
	lates, _ = money.Abate(left, lates)
	for i, one := range debts {
		if principals[i]+lates[i] == 0 {
			continue
		}
		if err := a.take(ctx, one, principals[i], lates[i]); err != nil {
			return err
		}
		if one.Charge != nil || principals[i] < one.Principal {
			continue
		}
		row, err := a.c.Invoice.Get(ctx, one.Invoice.ID)
		if err != nil {
			return err
		}
		standings, err := Standings(ctx, a.c, a.made.MadeOn, row)
		if err != nil {
			return err
		}
		if err := a.lateCharge(ctx, standings[0]); err != nil {
			return err
		}
	}
	return nil
}

// slipsAgain makes a slip for each invoice that is owed again, of what is open of it.
func (a *agreeing) slipsAgain(ctx context.Context, debts []AgreedDebt) error {
	for _, one := range debts {
		if one.Charge != nil {
			continue
		}
		row, err := a.c.Invoice.Get(ctx, one.Invoice.ID)
		if err != nil {
			return err
		}
		if row.PaidAt != nil {
			continue
		}
		if err := a.renewSlip(ctx, row.ID); err != nil {
			return err
		}
	}
	return nil
}

// userOf is the person who acts, nil when it is none.
func userOf(ctx context.Context) *uuid.UUID {
	if who := tenants.Who(ctx); who.Kind == tenants.User {
		return &who.ID
	}
	return nil
}
