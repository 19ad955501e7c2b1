package collection

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/bankagreement"
	"enlace/ent/bankreturnline"
	"enlace/ent/payment"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/brazil/cnab"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// ReturnLine is a line of a retorno, and the invoice its money was placed on by hand.
type ReturnLine struct {
	*ent.BankReturnLine
	Return *ent.BankReturn
	Paid
	Open bool // it is money that nobody has placed yet
}

// ReturnLine reads one. It returns NotFound for one that is not the ISP's, and Denied.
func (d Desk) ReturnLine(ctx context.Context, id uuid.UUID) (one ReturnLine, err error) {
	return one, d.look(ctx, func(ctx context.Context, c *ent.Client) error {
		l, err := strayLine{d, id}.read(ctx, c)
		if err != nil {
			return err
		}
		one.BankReturnLine, one.Return = l.row, l.of
		if !homeless(l.row) {
			return nil
		}
		by, err := paidBy(ctx, c, payment.SourceBoleto, l.name())
		one.Paid = by[l.name()]
		one.Open = one.Invoice == nil && plausible(l.row.Received, l.paidOn(), d.DB.Today(ctx))
		return err
	})
}

// strayLine is money in a retorno that was paid by no slip of ours: a boleto of another system, or a number mistyped at the bank.
type strayLine struct {
	desk Desk
	id   uuid.UUID
}

// lineRead is a line with the file it is in.
type lineRead struct {
	row *ent.BankReturnLine
	of  *ent.BankReturn
}

func (l lineRead) name() string          { return nameOf(l.of.AgreementID, l.of, titleOf(l.row)) }
func (l lineRead) paidOn() calendar.Date { return paidOn(l.row.OccurredOn, l.of.WrittenOn) }

func (l strayLine) read(ctx context.Context, c *ent.Client) (read lineRead, err error) {
	if read.row, err = c.BankReturnLine.Get(ctx, l.id); ent.IsNotFound(err) {
		return read, tenants.NotFound()
	} else if err != nil {
		return read, err
	}
	read.of, err = returnOf(ctx, c, read.row.ReturnID)
	return read, err
}

// hold holds the agreement: a bank may bring the same payment again in another file, and a line is never changed.
func (l strayLine) hold(ctx context.Context, c *ent.Client) error {
	read, err := l.read(ctx, c)
	if err != nil {
		return err
	}
	return c.BankAgreement.Update().Where(bankagreement.ID(read.of.AgreementID)).AddRemessaNumber(0).Exec(ctx)
}

func (l strayLine) income(ctx context.Context, c *ent.Client) (came billing.Incoming, err error) {
	read, err := l.read(ctx, c)
	if err != nil {
		return came, err
	}
	if !homeless(read.row) {
		return came, tenants.Conflict("line_placed")
	}
	came = billing.Incoming{Source: payment.SourceBoleto, ExternalID: read.name(), Amount: read.row.Received, PaidOn: read.paidOn()}
	if !plausible(came.Amount, came.PaidOn, l.desk.DB.Today(ctx)) {
		return came, tenants.Conflict("line_implausible")
	}
	placed, err := c.Payment.Query().Where(payment.SourceEQ(came.Source), payment.ExternalID(came.ExternalID)).Exist(ctx)
	if err == nil && placed {
		err = tenants.Conflict("line_placed")
	}
	return came, err
}

func (l strayLine) placed(ctx context.Context, c *ent.Client, _ billing.Incoming) (string, map[string]any, error) {
	read, err := l.read(ctx, c)
	if err != nil {
		return "", nil, err
	}
	return "line_attributed", map[string]any{"our_number": read.row.OurNumber, "document": read.row.Document}, nil
}

// homeless says whether a line tells of money and matched no slip.
func homeless(row *ent.BankReturnLine) bool {
	return row.Outcome == bankreturnline.OutcomeUnknown && row.Received > 0
}

// nameOf is what the payment is called that a title of a retorno tells of: the same each time the bank brings it. A title of no slip is named under
// the agreement of its file.
func nameOf(under uuid.UUID, of *ent.BankReturn, t cnab.Title) string {
	return under.String() + "/" + (&cnab.Return{FileSequence: of.Sequence}).Key(t)
}

// titleOf is what a line keeps of its title, enough to name it.
func titleOf(row *ent.BankReturnLine) cnab.Title {
	return cnab.Title{NossoNumero: row.OurNumber, Movement: row.Movement, OccurredOn: row.OccurredOn, Paid: row.Received}
}

// paidOn is the day a payer paid: the bank's, or that of its file.
func paidOn(occurred, written calendar.Date) calendar.Date {
	if occurred.IsZero() {
		return written
	}
	return occurred
}

// plausible says whether a bank can have been paid so much on a day.
func plausible(received money.Cents, on, today calendar.Date) bool {
	return received > 0 && !on.IsZero() && !on.After(today)
}

// unplaced counts, by retorno, the lines with money that matched no slip and that nobody has placed yet, and says by name where those were placed
// which somebody has, and some others that are asked about. Of very many such lines it looks at the first.
func unplaced(ctx context.Context, c *ent.Client, others []string, returns ...*ent.BankReturn) (left map[uuid.UUID]int, by map[string]Paid, err error) {
	of, ids := map[uuid.UUID]*ent.BankReturn{}, make([]uuid.UUID, len(returns))
	for i, row := range returns {
		of[row.ID], ids[i] = row, row.ID
	}
	rows, err := c.BankReturnLine.Query().Where(bankreturnline.ReturnIDIn(ids...), bankreturnline.OutcomeEQ(bankreturnline.OutcomeUnknown), bankreturnline.ReceivedGT(0)).
		Limit(lookedAt).All(ctx)
	if err != nil {
		return nil, nil, err
	}
	names := make([]string, len(rows))
	for i, row := range rows {
		names[i] = nameOf(of[row.ReturnID].AgreementID, of[row.ReturnID], titleOf(row))
	}
	by, err = paidBy(ctx, c, payment.SourceBoleto, append(slices.Clone(names), others...)...)
	left = map[uuid.UUID]int{}
	for i, row := range rows {
		if by[names[i]].Invoice == nil {
			left[row.ReturnID]++
		}
	}
	return left, by, err
}

// lookedAt is how many lines unplaced looks at.
const lookedAt = 1000
