package collection

import (
	"cmp"
	"context"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/bankreturn"
	"enlace/ent/bankreturnline"
	"enlace/ent/payment"
	"enlace/ent/slip"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/brazil/cnab"
	"enlace/tenants/files"
	"enlace/tenants/history"
)

// atATime is how many titles are worked through in one transaction: few, since each holds an invoice and nobody shall wait long for one.
const atATime = 50

// Apply works through a retorno, some titles a transaction. It goes on where it was, whoever began: an entry with a line in the report is done.
// The file is read as it comes, and again from its beginning by whoever goes on. What cannot be done is a line that says why; only the house's own
// failures are errors.
func (d Desk) Apply(ctx context.Context, id uuid.UUID) error {
	work := application{desk: d}
	err := d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) (err error) {
		work.of, err = returnOf(ctx, c, id)
		return err
	})
	if err != nil || work.of.FinishedAt != nil {
		return err
	}
	said, entries, err := cnab.Stream(files.OpenUpload(ctx, d.DB, d.Vault, id))
	if err != nil {
		return err
	}
	work.said = said
	for one, err := range entries {
		if err != nil {
			return err
		}
		if work.some = append(work.some, one); len(work.some) == atATime {
			if err := work.turn(ctx, false); err != nil {
				return err
			}
		}
	}
	return work.turn(ctx, true)
}

// application is a retorno being worked through.
type application struct {
	desk Desk
	c    *ent.Client
	of   *ent.BankReturn
	said *cnab.Return
	read int          // entries before those below
	some []cnab.Entry // to be worked through next

	report []*ent.BankReturnLineCreate // of them, in the turn
}

// turn works through some entries in one transaction, those that are done already left out; last says that no more follow.
func (a *application) turn(ctx context.Context, last bool) error {
	err := a.desk.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		a.c, a.report = c, nil
		// Another worker at the same file waits here, and then finds what this one has done.
		held, err := c.BankReturn.Update().Where(bankreturn.ID(a.of.ID), bankreturn.FinishedAtIsNil()).AddLines(0).Save(ctx)
		if err != nil || held == 0 {
			return err
		}
		done, err := a.done(ctx)
		if err != nil {
			return err
		}
		if err := a.lines(ctx, done); err != nil || !last {
			return err
		}
		return a.finish(ctx)
	})
	a.read, a.some = a.read+len(a.some), a.some[:0]
	return err
}

// done is how many entries have their line in the report.
func (a *application) done(ctx context.Context) (int, error) {
	last, err := a.c.BankReturnLine.Query().Where(bankreturnline.ReturnID(a.of.ID)).Order(ent.Desc(bankreturnline.FieldPosition)).First(ctx)
	if ent.IsNotFound(err) {
		return 0, nil
	} else if err != nil {
		return 0, err
	}
	return last.Position + 1, nil
}

// lines does what the entries say but for those done, and reports of each.
func (a *application) lines(ctx context.Context, done int) error {
	left := a.some[min(len(a.some), max(0, done-a.read)):]
	var titles []*cnab.Title
	for _, one := range left {
		if one.Title != nil {
			titles = append(titles, one.Title)
		}
	}
	under, err := agreementsIn(ctx, a.c, a.said, a.of.AgreementID)
	if err != nil {
		return err
	}
	of, err := slipsOf(ctx, a.c, under, a.said, titles)
	if err != nil {
		return err
	}
	for i, one := range left {
		report := a.c.BankReturnLine.Create().SetReturnID(a.of.ID).SetPosition(a.read + len(a.some) - len(left) + i)
		if p := one.Problem; p != nil {
			report.SetLine(p.Line).SetColumn(p.Column).SetProblem(string(p.Code)).SetOutcome(bankreturnline.OutcomeDamaged)
		} else if err := a.title(ctx, report, *one.Title, of[one.Title]); err != nil {
			return err
		}
		a.report = append(a.report, report)
	}
	return tenants.InTurns(a.report, func(some []*ent.BankReturnLineCreate) error { return a.c.BankReturnLine.CreateBulk(some...).Exec(ctx) })
}

// finish ends a retorno: its report stands for it from now on, and the file, with the names in it, is thrown away.
func (a *application) finish(ctx context.Context) error {
	now := a.desk.DB.Now()
	if err := files.DropUpload(ctx, a.c, a.of.ID); err != nil {
		return err
	}
	if err := a.c.BankReturn.UpdateOneID(a.of.ID).SetFinishedAt(now).Exec(ctx); err != nil {
		return err
	}
	return history.Write(ctx, a.c, now, history.Entry{Subject: "bank_return", ID: a.of.ID, Event: "bank_return_applied",
		After: map[string]any{"name": a.of.Name, "lines": a.of.Lines}})
}

// title does what a title says, of a slip of ours or of none.
func (a *application) title(ctx context.Context, report *ent.BankReturnLineCreate, t cnab.Title, row *ent.Slip) error {
	report.SetLine(t.Line).SetMovement(t.Movement).SetReasons(t.Reasons).SetOurNumber(t.NossoNumero).SetDocument(t.Document).
		SetOccurredOn(t.OccurredOn).SetCreditedOn(t.CreditedOn).SetFee(t.Fee)
	if t.Settles() {
		report.SetReceived(t.Received())
	}
	if row == nil {
		return a.unknown(ctx, report, t)
	}
	report.SetSlipID(row.ID)
	if t.Settles() {
		return a.settle(ctx, report, t, row)
	}
	outcome, err := a.note(ctx, t, row)
	report.SetOutcome(outcome)
	return err
}

// unknown keeps what is of no slip of ours. Money among it waits for somebody who says whose it is; once it has its invoice, it has come before.
func (a *application) unknown(ctx context.Context, report *ent.BankReturnLineCreate, t cnab.Title) error {
	report.SetOutcome(bankreturnline.OutcomeUnknown)
	if !t.Settles() {
		return nil
	}
	placed, err := a.c.Payment.Query().Where(payment.SourceEQ(payment.SourceBoleto), payment.ExternalID(nameOf(a.of.AgreementID, a.of, t))).Only(ctx)
	if ent.IsNotFound(err) {
		return nil
	} else if err == nil {
		report.SetOutcome(bankreturnline.OutcomeRepeated).SetPaymentID(placed.ID)
	}
	return err
}

// settle takes what was paid by a slip.
func (a *application) settle(ctx context.Context, report *ent.BankReturnLineCreate, t cnab.Title, row *ent.Slip) error {
	on, today := paidOn(t.OccurredOn, a.said.WrittenOn), a.desk.DB.Today(ctx)
	if !plausible(t.Received(), on, today) {
		report.SetOutcome(bankreturnline.OutcomeDamaged).SetProblem("implausible_payment")
		return nil
	}
	in := billing.Incoming{Source: payment.SourceBoleto, ExternalID: nameOf(*row.AgreementID, a.of, t), Invoice: row.InvoiceID,
		Amount: t.Received(), PaidOn: on, LatePaid: t.Interest > 0}
	done, err := billing.Settle(ctx, a.c, a.desk.DB.Now(), today, in)
	if err != nil {
		return err
	}
	outcome := bankreturnline.OutcomePaid
	switch {
	case done.Repeated:
		outcome = bankreturnline.OutcomeRepeated
	case done.Credit == in.Amount:
		outcome = bankreturnline.OutcomeCredited
	}
	if !done.Repeated {
		report.SetCredit(done.Credit).SetForgiven(done.Forgiven)
		if err := a.withdrawn(ctx, row); err != nil {
			return err
		}
	}
	report.SetOutcome(outcome).SetPaymentID(done.Payment.ID)
	return nil
}

// What a bank says of a title without money, by its code of movement; the codes are alike in CNAB 240 and 400 (brazil.md §2).
const (
	registered = "02" // entrada confirmada
	rejected   = "03" // entrada rejeitada
	writtenOff = "09" // baixa
	takenBack  = "10" // baixa solicitada
	charged    = "28" // tarifa: never money of the payer

	unnamed = "00" // the reason of a refusal that names none
)

// note keeps what a bank says of a slip without money.
func (a *application) note(ctx context.Context, t cnab.Title, row *ent.Slip) (bankreturnline.Outcome, error) {
	switch t.Movement {
	case registered:
		change := a.c.Slip.UpdateOneID(row.ID).SetRegisteredAt(a.desk.DB.Now()).ClearRefused()
		if row.SentAt == nil { // refused before, and known after all: the next remessa says what became of it meanwhile
			change.SetSentAt(a.desk.DB.Now()).SetUntold(true)
		}
		return bankreturnline.OutcomeRegistered, change.Exec(ctx)
	case rejected: // the next remessa asks again, once somebody has mended what the bank names
		if row.RegisteredAt != nil { // of one the bank has already it refuses what was asked a second time
			return bankreturnline.OutcomeRefused, nil
		}
		return bankreturnline.OutcomeRefused, a.c.Slip.UpdateOneID(row.ID).SetRefused(cmp.Or(strings.TrimSpace(t.Reasons), unnamed)).ClearSentAt().SetUntold(true).Exec(ctx)
	case writtenOff, takenBack:
		return bankreturnline.OutcomeWithdrawn, a.withdrawn(ctx, row)
	case charged:
		return bankreturnline.OutcomeFee, nil
	}
	return bankreturnline.OutcomeNoted, nil
}

// withdrawn notes that the bank takes no more money by a slip.
func (a *application) withdrawn(ctx context.Context, row *ent.Slip) error {
	if row.WithdrawnAt != nil {
		return nil
	}
	now := a.desk.DB.Now()
	row.WithdrawnAt = &now
	return a.c.Slip.Update().Where(slip.ID(row.ID)).SetWithdrawnAt(now).SetUntold(false).Exec(ctx)
}
