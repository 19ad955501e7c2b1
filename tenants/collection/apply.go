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
	"enlace/tenants/billing"
	"enlace/tenants/brazil/cnab"
	"enlace/tenants/files"
	"enlace/tenants/history"
)

// atATime is how many titles are worked through in one transaction: few, since each holds an invoice and nobody shall wait long for one.
const atATime = 50

// Apply works through a retorno, some titles a transaction. It goes on where it was, whoever began: a title with a line in the report is done.
// What cannot be done is a line that says why; only the house's own failures are errors.
func (d Desk) Apply(ctx context.Context, id uuid.UUID) error {
	work := application{desk: d}
	err := d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) (err error) {
		if work.of, err = returnOf(ctx, c, id); err != nil {
			return err
		}
		work.under, err = agreementOf(ctx, c, work.of.AgreementID)
		return err
	})
	if err != nil || work.of.FinishedAt != nil {
		return err
	}
	if work.said, err = cnab.ReadReturn(files.OpenUpload(ctx, d.DB, d.Vault, id)); err != nil {
		return err
	}
	for more := true; more; {
		err := d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) (err error) {
			work.c = c
			more, err = work.some(ctx)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// application is a retorno being worked through.
type application struct {
	desk  Desk
	c     *ent.Client
	of    *ent.BankReturn
	under *ent.BankAgreement
	said  *cnab.Return
}

// some works through the next titles, and says whether some are left.
func (a *application) some(ctx context.Context) (more bool, err error) {
	// Another worker at the same file waits here, and then finds what this one has done.
	held, err := a.c.BankReturn.Update().Where(bankreturn.ID(a.of.ID), bankreturn.FinishedAtIsNil()).AddLines(0).Save(ctx)
	if err != nil || held == 0 {
		return false, err
	}
	done, err := a.c.BankReturnLine.Query().Where(bankreturnline.ReturnID(a.of.ID)).Count(ctx)
	if err != nil {
		return false, err
	}
	end := min(done+atATime, a.of.Lines)
	for position := done; position < end; position++ {
		if err := a.line(ctx, position); err != nil {
			return false, err
		}
	}
	if end < a.of.Lines {
		return true, nil
	}
	return false, a.finish(ctx)
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

// line does what the line at the position says: titles first, then what of the file could not be read.
func (a *application) line(ctx context.Context, position int) error {
	report := a.c.BankReturnLine.Create().SetReturnID(a.of.ID).SetPosition(position)
	if position >= len(a.said.Titles) {
		p := a.said.Problems[position-len(a.said.Titles)]
		return report.SetLine(p.Line).SetColumn(p.Column).SetProblem(string(p.Code)).SetOutcome(bankreturnline.OutcomeDamaged).Exec(ctx)
	}
	t := a.said.Titles[position]
	report.SetLine(t.Line).SetMovement(t.Movement).SetReasons(t.Reasons).SetOurNumber(t.NossoNumero).SetDocument(t.Document).
		SetOccurredOn(t.OccurredOn).SetCreditedOn(t.CreditedOn).SetFee(t.Fee)
	row, err := slipOf(ctx, a.c, a.under, a.said, t)
	if err != nil {
		return err
	}
	if t.Settles() {
		report.SetReceived(t.Received())
	}
	if row == nil {
		return report.SetOutcome(bankreturnline.OutcomeUnknown).Exec(ctx)
	}
	report.SetSlipID(row.ID)
	if t.Settles() {
		return a.settle(ctx, report, t, row)
	}
	outcome, err := a.note(ctx, t, row)
	if err != nil {
		return err
	}
	return report.SetOutcome(outcome).Exec(ctx)
}

// settle takes what was paid by a slip.
func (a *application) settle(ctx context.Context, report *ent.BankReturnLineCreate, t cnab.Title, row *ent.Slip) error {
	paidOn, today := t.OccurredOn, a.desk.DB.Today(ctx)
	if paidOn.IsZero() {
		paidOn = a.said.WrittenOn
	}
	if paidOn.IsZero() || paidOn.After(today) || t.Received() <= 0 {
		return report.SetOutcome(bankreturnline.OutcomeDamaged).SetProblem("implausible_payment").Exec(ctx)
	}
	in := billing.Incoming{Source: payment.SourceBoleto, ExternalID: a.of.AgreementID.String() + "/" + a.said.Key(t), Invoice: row.InvoiceID,
		Amount: t.Received(), PaidOn: paidOn, LatePaid: t.Interest > 0}
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
	return report.SetOutcome(outcome).SetPaymentID(done.Payment.ID).Exec(ctx)
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
		return bankreturnline.OutcomeRegistered, a.c.Slip.UpdateOneID(row.ID).SetRegisteredAt(a.desk.DB.Now()).ClearRefused().Exec(ctx)
	case rejected: // the next remessa asks again, once somebody has mended what the bank names
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
	return a.c.Slip.UpdateOneID(row.ID).SetWithdrawnAt(a.desk.DB.Now()).SetUntold(false).Exec(ctx)
}
