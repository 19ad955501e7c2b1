package collection

import (
	"context"
	"maps"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/bankreturn"
	"enlace/ent/bankreturnline"
	"enlace/ent/invoice"
	"enlace/ent/remessa"
	"enlace/ent/remessaorder"
	"enlace/ent/slip"
	"enlace/tenants"
	"enlace/tenants/files"
	"enlace/tenants/money"
)

// PageSize is how many lines a report shows at once.
const PageSize = 50

// newest is how many files of each kind the desk shows.
const newest = 20

// Traffic is what went to the banks and came from them, the newest first, and what waits to go.
type Traffic struct {
	Agreements []Waiting
	Remessas   []*ent.Remessa
	Returns    []*ent.BankReturn
	Names      map[uuid.UUID]string // of the agreements
	Unplaced   map[uuid.UUID]int    // by return: lines with money that nobody has placed yet
}

// Waiting is an agreement and how many of its slips the next remessa looks at.
type Waiting struct {
	*ent.BankAgreement
	Slips int
}

// Traffic reads what the desk shows.
func (d Desk) Traffic(ctx context.Context) (t Traffic, err error) {
	return t, d.look(ctx, func(ctx context.Context, c *ent.Client) error {
		t.Names = map[uuid.UUID]string{}
		rows, err := agreements(ctx, c)
		if err != nil {
			return err
		}
		var counts []struct {
			AgreementID uuid.UUID `json:"agreement_id"`
			Count       int
		}
		err = c.Slip.Query().Where(slip.AgreementIDNotNil(), slip.Untold(true)).GroupBy(slip.FieldAgreementID).Aggregate(ent.Count()).Scan(ctx, &counts)
		if err != nil {
			return err
		}
		waiting := map[uuid.UUID]int{}
		for _, one := range counts {
			waiting[one.AgreementID] = one.Count
		}
		for _, row := range rows {
			t.Names[row.ID] = row.Name
			t.Agreements = append(t.Agreements, Waiting{row, waiting[row.ID]})
		}
		if t.Remessas, err = c.Remessa.Query().Order(ent.Desc(remessa.FieldWrittenAt)).Limit(newest).All(ctx); err != nil {
			return err
		}
		if t.Returns, err = c.BankReturn.Query().Order(ent.Desc(bankreturn.FieldBroughtAt)).Limit(newest).All(ctx); err != nil {
			return err
		}
		t.Unplaced, _, err = unplaced(ctx, c, nil, t.Returns...)
		return err
	})
}

// Remessa is a file that was written, and a page of what it asks.
type Remessa struct {
	*ent.Remessa
	Agreement *ent.BankAgreement
	Orders    []*ent.RemessaOrder
	Invoices  map[uuid.UUID]*ent.Invoice // by slip
}

// Remessa reads one. It returns NotFound for one that is not the ISP's.
func (d Desk) Remessa(ctx context.Context, id uuid.UUID, page int) (one *Remessa, err error) {
	return one, d.look(ctx, func(ctx context.Context, c *ent.Client) error {
		row, err := c.Remessa.Get(ctx, id)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		one = &Remessa{Remessa: row}
		if one.Agreement, err = agreementOf(ctx, c, row.AgreementID); err != nil {
			return err
		}
		one.Orders, err = c.RemessaOrder.Query().Where(remessaorder.RemessaID(id)).Order(remessaorder.ByPosition()).
			Offset((max(1, page) - 1) * PageSize).Limit(PageSize).All(ctx)
		if err != nil {
			return err
		}
		ids := make([]uuid.UUID, len(one.Orders))
		for i, o := range one.Orders {
			ids[i] = o.SlipID
		}
		one.Invoices, err = invoicesBySlip(ctx, c, ids)
		return err
	})
}

// RemessaFile is the file itself, to be sent to the bank. It returns NotFound for one that is not the ISP's.
func (d Desk) RemessaFile(ctx context.Context, id uuid.UUID) (file *ent.File, err error) {
	return file, d.look(ctx, func(ctx context.Context, c *ent.Client) error {
		row, err := c.Remessa.Get(ctx, id)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		file, err = files.Get(ctx, c, row.FileID)
		return err
	})
}

// Report is a retorno with a page of its lines, and what they come to.
type Report struct {
	*ent.BankReturn
	Agreement *ent.BankAgreement
	Counts    map[bankreturnline.Outcome]int
	Received  money.Cents // of what was paid or became credit
	Fees      money.Cents
	Lines     []*ent.BankReturnLine
	Invoices  map[uuid.UUID]*ent.Invoice // by slip
	Placed    map[uuid.UUID]Paid         // by hand, by line
	Unplaced  int                        // lines with money that nobody has placed yet
}

// Done is how many lines are worked through.
func (r *Report) Done() (n int) {
	for _, count := range r.Counts {
		n += count
	}
	return n
}

func returnOf(ctx context.Context, c *ent.Client, id uuid.UUID) (*ent.BankReturn, error) {
	row, err := c.BankReturn.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, tenants.NotFound()
	}
	return row, err
}

// Report reads a retorno, all its lines or those of one outcome. It returns NotFound for one that is not the ISP's.
func (d Desk) Report(ctx context.Context, id uuid.UUID, outcome bankreturnline.Outcome, page int) (r *Report, err error) {
	return r, d.look(ctx, func(ctx context.Context, c *ent.Client) error {
		row, err := returnOf(ctx, c, id)
		if err != nil {
			return err
		}
		r = &Report{BankReturn: row, Counts: map[bankreturnline.Outcome]int{}}
		if r.Agreement, err = agreementOf(ctx, c, row.AgreementID); err != nil {
			return err
		}
		if err := r.count(ctx, c); err != nil {
			return err
		}
		q := c.BankReturnLine.Query().Where(bankreturnline.ReturnID(id))
		if outcome != "" {
			q = q.Where(bankreturnline.OutcomeEQ(outcome))
		}
		r.Lines, err = q.Order(bankreturnline.ByPosition()).Offset((max(1, page) - 1) * PageSize).Limit(PageSize).All(ctx)
		if err != nil {
			return err
		}
		var ids []uuid.UUID
		names := map[uuid.UUID]string{}
		for _, line := range r.Lines {
			if line.SlipID != nil {
				ids = append(ids, *line.SlipID)
			}
			if homeless(line) {
				names[line.ID] = nameOf(row.AgreementID, row, titleOf(line))
			}
		}
		if r.Invoices, err = invoicesBySlip(ctx, c, ids); err != nil {
			return err
		}
		if r.Counts[bankreturnline.OutcomeUnknown] == 0 {
			return nil
		}
		left, by, err := unplaced(ctx, c, slices.Collect(maps.Values(names)), row)
		r.Unplaced, r.Placed = left[id], map[uuid.UUID]Paid{}
		for line, name := range names {
			r.Placed[line] = by[name]
		}
		return err
	})
}

func (r *Report) count(ctx context.Context, c *ent.Client) error {
	var sums []struct {
		Outcome  bankreturnline.Outcome
		Count    int
		Received money.Cents
		Fees     money.Cents
	}
	err := c.BankReturnLine.Query().Where(bankreturnline.ReturnID(r.ID)).GroupBy(bankreturnline.FieldOutcome).
		Aggregate(ent.Count(), ent.As(ent.Sum(bankreturnline.FieldReceived), "received"), ent.As(ent.Sum(bankreturnline.FieldFee), "fees")).Scan(ctx, &sums)
	for _, one := range sums {
		r.Counts[one.Outcome] = one.Count
		r.Fees += one.Fees
		if one.Outcome == bankreturnline.OutcomePaid || one.Outcome == bankreturnline.OutcomeCredited {
			r.Received += one.Received
		}
	}
	return err
}

func invoicesBySlip(ctx context.Context, c *ent.Client, slips []uuid.UUID) (map[uuid.UUID]*ent.Invoice, error) {
	rows, err := c.Slip.Query().Where(slip.IDIn(slips...)).All(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		ids[i] = row.InvoiceID
	}
	invoices, err := c.Invoice.Query().Where(invoice.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	byID, bySlip := map[uuid.UUID]*ent.Invoice{}, map[uuid.UUID]*ent.Invoice{}
	for _, row := range invoices {
		byID[row.ID] = row
	}
	for _, row := range rows {
		bySlip[row.ID] = byID[row.InvoiceID]
	}
	return bySlip, nil
}
