package billing

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/contest"
	"enlace/ent/payment"
	"enlace/ent/predicate"
	"enlace/ent/settlement"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/history"
	"enlace/tenants/money"
	"enlace/tenants/outbox"
	"enlace/tenants/staff"
)

// The terms of a contest (RGC, Res. Anatel 765/2023): a debt is contested up to three years back and answered within 30 days.
const (
	contestYears = 3
	contestDays  = 30
)

// NewContest is that a customer contests a charge (contestação).
type NewContest struct {
	Charge  uuid.UUID
	Channel contest.Channel // by which it came
	Reason  string          // in the customer's words
	Key     string          // of the form
}

// ReadNewContest reads the form of a contest.
func ReadNewContest(t tenants.Typed, id uuid.UUID, wrong *tenants.Fields) NewContest {
	var channels []string
	for _, one := range ContestChannels {
		channels = append(channels, string(one))
	}
	return NewContest{Charge: id, Channel: contest.Channel(t.Choice(wrong, "canal", channels...)), Reason: t.Lines(wrong, "contestacao"), Key: t.Required(wrong, "chave")}
}

// ContestChannels are those a contest comes by, in the order of the form.
var ContestChannels = []contest.Channel{contest.ChannelCounter, contest.ChannelPhone, contest.ChannelEmail, contest.ChannelTelegram, contest.ChannelRegulator}

// Contest notes that a charge is contested. Until it is answered the charge is neither collected nor does it suspend: the slip of its invoice
// is taken back, and where other charges are open there another is made without it, at no cost; a service suspended for it alone runs again.
// What was paid may be contested too, and stays paid until then. It returns Invalid for a reason too short, Conflict for a charge cancelled,
// contested before, settled by an agreement or due more than three years ago, and NotFound.
func (d Desk) Contest(ctx context.Context, in NewContest) (uuid.UUID, error) {
	if len([]rune(in.Reason)) < shortestReason {
		return uuid.Nil, tenants.Invalid("contestacao", "reason_short")
	}
	return d.once(ctx, "contest", in.Key, in, func(ctx context.Context, c *ent.Client) (uuid.UUID, error) {
		if err := staff.Require(ctx, c, staff.Receive); err != nil {
			return uuid.Nil, err
		}
		return d.post(ctx, c).contest(ctx, in)
	})
}

func (p post) contest(ctx context.Context, in NewContest) (uuid.UUID, error) {
	// Who contests or pays it at the same moment waits here.
	marked, err := p.c.Charge.Update().Where(charge.ID(in.Charge), charge.ContestedAtIsNil(), charge.CancelledAtIsNil(), charge.AmountGT(0)).SetContestedAt(p.now).Save(ctx)
	if err != nil {
		return uuid.Nil, err
	}
	row, err := p.c.Charge.Get(ctx, in.Charge)
	switch {
	case ent.IsNotFound(err):
		return uuid.Nil, tenants.NotFound()
	case err != nil:
		return uuid.Nil, err
	case row.CancelledAt != nil:
		return uuid.Nil, tenants.Conflict("charge_cancelled")
	case marked == 0 && row.ContestedAt != nil:
		return uuid.Nil, tenants.Conflict("contested_before")
	case marked == 0:
		return uuid.Nil, tenants.Conflict("nothing_to_contest")
	case row.Due.Before(calendar.AddMonths(p.today, -12*contestYears, p.today.Day())):
		return uuid.Nil, tenants.Conflict("contest_too_late")
	}
	if agreed, err := p.settledByAgreement(ctx, row); err != nil {
		return uuid.Nil, err
	} else if agreed {
		return uuid.Nil, tenants.Conflict("charge_in_agreement")
	}
	made, err := p.c.Contest.Create().SetCustomerID(row.CustomerID).SetChargeID(row.ID).SetChannel(in.Channel).SetReason(in.Reason).SetAt(p.now).
		SetAnswerBy(p.today.AddDays(contestDays)).Save(ctx)
	if err != nil {
		return uuid.Nil, err
	}
	if row.InvoiceID != nil && row.ClosedAt == nil {
		if err := p.renewSlip(ctx, *row.InvoiceID); err != nil {
			return uuid.Nil, err
		}
	}
	if _, err := p.restoreCleared(ctx, row.CustomerID); err != nil {
		return uuid.Nil, err
	}
	return made.ID, history.Write(ctx, p.c, p.now, history.Entry{Customer: row.CustomerID, Subject: "charge", ID: row.ID, Event: "charge_contested", Reason: in.Reason,
		After: map[string]any{"number": row.Number, "name": row.Description, "amount": row.Amount, "until": made.AnswerBy.BR()}})
}

// settledByAgreement says that an agreement has taken a charge over.
func (p post) settledByAgreement(ctx context.Context, row *ent.Charge) (bool, error) {
	if row.Settled == 0 {
		return false, nil
	}
	settled := tenants.Among[predicate.Payment](payment.FieldID, tenants.IDsIn(settlement.Table, settlement.FieldPaymentID, settlement.ChargeID(row.ID)))
	var sum []struct{ Amount *money.Cents }
	err := p.c.Payment.Query().Where(settled, payment.SourceEQ(payment.SourceAgreement)).Aggregate(ent.As(ent.Sum(payment.FieldAmount), "amount")).Scan(ctx, &sum)
	return err == nil && sum[0].Amount != nil && *sum[0].Amount > 0, err
}

// renewSlip takes the slip of an open invoice back and makes another of what is collected of it now; none where nothing is. Payments of the
// invoice wait until this transaction is over. The paper of its carnê is made anew.
func (p post) renewSlip(ctx context.Context, id uuid.UUID) error {
	row, err := p.c.Invoice.UpdateOneID(id).AddVersion(1).Save(ctx)
	if err != nil {
		return err
	}
	standings, err := Standings(ctx, p.c, p.today, row)
	if err != nil {
		return err
	}
	how, err := collectionOf(ctx, p.c, row.MethodID)
	if err != nil {
		return err
	}
	if err := p.withdrawSlip(ctx, row); err != nil {
		return err
	}
	if owed := standings[0].Debt.Principal; owed > 0 {
		had, err := p.slipsHad(ctx, row.ID)
		if err != nil {
			return err
		}
		if err := p.slips(ctx, how, []*ent.Invoice{row}, []money.Cents{owed}, had); err != nil {
			return err
		}
	}
	if row.BookletID == nil {
		return nil
	}
	if err := p.c.Booklet.UpdateOneID(*row.BookletID).ClearFileID().Exec(ctx); err != nil {
		return err
	}
	return outbox.Add(ctx, p.c, p.now, outbox.Job{Kind: PrintBooklet, Queue: outbox.Default, Payload: map[string]string{"booklet": row.BookletID.String()}})
}
