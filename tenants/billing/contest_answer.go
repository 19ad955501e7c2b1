package billing

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/contestanswer"
	"enlace/ent/ledgerentry"
	"enlace/ent/settlement"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/history"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// Answer is how a contest ends.
type Answer struct {
	Contest uuid.UUID
	Upheld  bool // procedente
	Reason  string
	Mistake bool          // upheld: the charge was an excusable mistake, and what was paid is given back once (CDC art. 42)
	Due     calendar.Date // rejected: when what is open falls due anew
	Key     string        // of the form
}

// ReadAnswer reads the form of an answer.
func ReadAnswer(t tenants.Typed, id uuid.UUID, wrong *tenants.Fields) Answer {
	return Answer{Contest: id, Upheld: t.Choice(wrong, "resposta", "procedente", "improcedente") == "procedente", Reason: t.Lines(wrong, "explicacao"),
		Mistake: t.Yes("engano"), Due: t.Date(wrong, "vencimento"), Key: t.Required(wrong, "chave")}
}

// AnswerContest ends a contest, and tells the customer how.
//
// Upheld, the charge is cancelled by a compensating posting. What was paid of it, with its part of the late charges, becomes credit: doubled
// (CDC art. 42, sole paragraph), or once where the charge was an excusable mistake. Late charges of it that nobody has paid fall with it. The
// days of a monthly fee are not billed again. One that was cancelled meanwhile is answered, and nothing else is done.
//
// Rejected, the debt runs again from a new due date, at least five days away: the customer pays nothing for the time of the contest. Alone on
// its invoice it takes that along; beside charges that are open or paid it goes to an invoice of its own, so that theirs stays as it is. Of a monthly
// fee the days without service are given back that were reckoned while it was contested.
//
// A form sent twice is answered alike. It returns Invalid for a reason too short and for a due date missing or too soon, Conflict for a
// contest answered already, and NotFound.
func (d Desk) AnswerContest(ctx context.Context, in Answer) error {
	if len([]rune(in.Reason)) < shortestReason {
		return tenants.Invalid("explicacao", "reason_short")
	}
	_, err := d.once(ctx, "answer_contest", in.Key, in, func(ctx context.Context, c *ent.Client) (uuid.UUID, error) {
		if err := staff.Require(ctx, c, staff.Receive); err != nil {
			return uuid.Nil, err
		}
		return in.Contest, d.post(ctx, c).answer(ctx, in)
	})
	return err
}

func (p post) answer(ctx context.Context, in Answer) error {
	asked, err := p.c.Contest.Get(ctx, in.Contest)
	if ent.IsNotFound(err) {
		return tenants.NotFound()
	} else if err != nil {
		return err
	}
	// Who answers at the same moment waits here and then finds it answered.
	marked, err := p.c.Charge.Update().Where(charge.ID(asked.ChargeID), charge.ContestAnsweredAtIsNil()).SetContestAnsweredAt(p.now).Save(ctx)
	if err != nil {
		return err
	}
	if marked == 0 {
		return tenants.Conflict("contest_answered")
	}
	row, err := p.c.Charge.Get(ctx, asked.ChargeID)
	if err != nil {
		return err
	}
	answer := p.c.ContestAnswer.Create().SetContestID(asked.ID).SetReason(in.Reason).SetAt(p.now)
	after := map[string]any{"number": row.Number, "name": row.Description, "amount": row.Amount}
	event := "contest_rejected"
	var refund money.Cents
	var due calendar.Date
	if in.Upheld {
		if row.CancelledAt == nil { // else it is gone already, with its carnê say
			if refund, err = p.uphold(ctx, row, in); err != nil {
				return err
			}
		}
		answer.SetOutcome(contestanswer.OutcomeUpheld).SetRefund(refund)
		after["refund"], event = refund.BRL(), "contest_upheld"
	} else {
		answer.SetOutcome(contestanswer.OutcomeRejected)
		if row.ClosedAt == nil && row.CancelledAt == nil && row.Settled < row.Amount {
			if err := p.reject(ctx, row, in.Due); err != nil {
				return err
			}
			due = in.Due
			answer.SetDue(due)
		}
		if err := p.giveContested(ctx, row); err != nil {
			return err
		}
	}
	if err := answer.Exec(ctx); err != nil {
		return err
	}
	if _, err := p.restoreCleared(ctx, row.CustomerID); err != nil {
		return err
	}
	e := history.Entry{Customer: row.CustomerID, Subject: "charge", ID: row.ID, Event: event, Reason: in.Reason, After: after}
	if err := history.Write(ctx, p.c, p.now, e); err != nil {
		return err
	}
	isp, _ := tenants.From(ctx)
	return p.told(ctx, e, fmt.Sprintf("Contestação da cobrança %d", row.Number), answerText(isp, row, in, refund, due))
}

// uphold cancels a charge and answers what the customer has to his credit for it.
func (p post) uphold(ctx context.Context, row *ent.Charge, in Answer) (refund money.Cents, err error) {
	open := row.Amount - row.Settled
	late, err := p.lateOf(ctx, row)
	if err != nil {
		return 0, err
	}
	if err := p.c.Charge.UpdateOneID(row.ID).SetCancelledAt(p.now).SetCancelReason("contestação procedente: " + in.Reason).Exec(ctx); err != nil {
		return 0, err
	}
	posting, memo := uuid.Must(uuid.NewV7()), "Contestação procedente: "+row.Description
	var entries []entry
	side := func(account ledgerentry.Account, amount money.Cents) {
		entries = append(entries, entry{posting: posting, account: account, customer: row.CustomerID, charge: row.ID, amount: amount, memo: memo})
	}
	refund = row.Settled + late
	side(ledgerentry.AccountReceivable, -open)
	side(earned(row), open+row.Settled)
	side(ledgerentry.AccountLateRevenue, late)
	if !in.Mistake {
		side(ledgerentry.AccountDiscounts, refund)
		refund *= 2
	}
	side(ledgerentry.AccountCredits, -refund)
	if err := p.ledger(ctx, entries); err != nil {
		return 0, err
	}
	if refund > 0 {
		if err := p.c.Credit.Create().SetCustomerID(row.CustomerID).SetAmount(refund).SetCreatedAt(p.now).SetMemo(memo).Exec(ctx); err != nil {
			return 0, err
		}
	}
	if row.InvoiceID == nil {
		return refund, nil
	}
	if err := p.closeIfNothingLeft(ctx, *row.InvoiceID, in.Reason); err != nil {
		return 0, err
	}
	return refund, p.lateFalls(ctx, *row.InvoiceID, in.Reason)
}

// lateFalls cancels what nobody has paid yet of the late charges of an invoice on which nothing is left: there was no debt to be late with.
func (p post) lateFalls(ctx context.Context, id uuid.UUID, reason string) error {
	left, err := p.c.Charge.Query().Where(charge.InvoiceID(id), charge.CancelledAtIsNil()).Exist(ctx)
	if err != nil || left {
		return err
	}
	rows, err := p.c.Charge.Query().Where(charge.LateInvoiceID(id), charge.CancelledAtIsNil(), charge.InvoiceIDIsNil(), charge.Settled(0)).All(ctx)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if err := p.cancelCharge(ctx, row, "contestação procedente: "+reason); err != nil {
			return err
		}
	}
	return nil
}

// lateOf is a charge's part of the late charges that were paid on its invoice, rounded up as every credit is.
func (p post) lateOf(ctx context.Context, row *ent.Charge) (money.Cents, error) {
	if row.InvoiceID == nil || row.Settled == 0 {
		return 0, nil
	}
	paid, err := p.c.Settlement.Query().Where(settlement.InvoiceID(*row.InvoiceID)).All(ctx)
	if err != nil {
		return 0, err
	}
	var principal, late money.Cents
	for _, part := range paid {
		if part.Kind == settlement.KindPrincipal {
			principal += part.Amount
		} else {
			late += part.Amount
		}
	}
	if principal <= 0 || late <= 0 {
		return 0, nil
	}
	return money.ShareUp(late, row.Settled, principal), nil
}

// closeIfNothingLeft closes an invoice of which a charge was cancelled: paid when something was paid and the rest is settled, cancelled when
// no charge is left on it.
func (p post) closeIfNothingLeft(ctx context.Context, id uuid.UUID, reason string) error {
	row, err := p.c.Invoice.Get(ctx, id)
	if err != nil || row.PaidAt != nil {
		return err
	}
	standings, err := Standings(ctx, p.c, p.today, row)
	if err != nil {
		return err
	}
	s := standings[0]
	switch {
	case s.held > 0 || s.Debt.Principal > 0:
		return nil
	case s.Total <= 0 && len(s.Payments) == 0:
		if err := p.withdrawSlip(ctx, row); err != nil {
			return err
		}
		return p.c.Invoice.UpdateOneID(id).SetCancelledAt(p.now).SetCancelReason("contestação procedente: " + reason).Exec(ctx)
	}
	if err := p.c.Invoice.UpdateOneID(id).SetPaidAt(p.now).Exec(ctx); err != nil {
		return err
	}
	if err := p.c.Charge.Update().Where(charge.InvoiceID(id), charge.ClosedAtIsNil()).SetClosedAt(p.now).Exec(ctx); err != nil {
		return err
	}
	if s.Total <= 0 { // nothing is left that was late
		return nil
	}
	return p.lateCharge(ctx, s)
}

// reject lets the debt of a charge run again from a new due date.
func (p post) reject(ctx context.Context, row *ent.Charge, due calendar.Date) error {
	switch {
	case due.IsZero():
		return tenants.Invalid("vencimento", "required")
	case due.Before(p.today.AddDays(soonest)):
		return tenants.Invalid("vencimento", "answer_due_soon").With("from", p.today.AddDays(soonest).BR())
	case due.After(p.today.AddDays(furthestDue)):
		return tenants.Invalid("vencimento", "due_far")
	case row.InvoiceID == nil:
		return p.c.Charge.UpdateOneID(row.ID).SetDue(due).Exec(ctx)
	}
	from, err := p.c.Invoice.UpdateOneID(*row.InvoiceID).AddVersion(1).Save(ctx)
	if err != nil {
		return err
	}
	standings, err := Standings(ctx, p.c, p.today, from)
	if err != nil {
		return err
	}
	others := standings[0].Debt.Principal - row.Amount + row.Settled
	if row.Settled == 0 && (others > 0 || len(standings[0].Payments) > 0) {
		how, err := collectionOf(ctx, p.c, from.MethodID)
		if err != nil {
			return err
		}
		if _, err = p.ownInvoice(ctx, row, how, due); err != nil {
			return err
		}
		return p.closeIfNothingLeft(ctx, from.ID, "")
	}
	// Alone on its invoice, or paid in part: the payments belong to the invoice, and the charge with them.
	if err := p.c.Invoice.UpdateOneID(from.ID).SetDue(due).Exec(ctx); err != nil {
		return err
	}
	if err := p.c.Charge.Update().Where(charge.InvoiceID(from.ID), charge.CancelledAtIsNil()).SetDue(due).Exec(ctx); err != nil {
		return err
	}
	return p.renewSlip(ctx, from.ID)
}

// withdrawSlip takes the slips of an invoice back.
func (p post) withdrawSlip(ctx context.Context, row *ent.Invoice) error {
	return p.dropSlips(ctx, row.ID)
}

// earned is the account that a charge was earned on. An instalment of an agreement earns nothing: it only takes the place of what was, so
// that taking it back forgives.
func earned(row *ent.Charge) ledgerentry.Account {
	if row.Kind == charge.KindAgreement {
		return ledgerentry.AccountDiscounts
	}
	return ledgerentry.AccountRevenue
}
