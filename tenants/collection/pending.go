package collection

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/invoice"
	"enlace/ent/slip"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/brazil/cnab"
	"enlace/tenants/calendar"
	"enlace/tenants/catalog"
	"enlace/tenants/money"
)

// MostOrders is how many titles a remessa speaks of at most; the others go in the next one.
const MostOrders = 5000

// What a boleto bears when it is late, as the bank is told (money.md M10): hundredths of a percent.
const (
	fine     = 200 // once
	interest = 100 // a month
)

// Pending is what the next remessa of an agreement says.
type Pending struct {
	Agreement  *ent.BankAgreement
	Orders     []Order
	More       bool          // there is more than one file holds
	Registered money.Cents   // sum of what it asks to register
	Fault      *cnab.Refusal // why no file can be written at all: the agreement lacks something; nil when it can
}

// Order is what the bank is asked to do with one title.
type Order struct {
	cnab.Order
	Slip     *ent.Slip
	Standing *billing.Standing
	Refused  *cnab.Refusal // why it is left out, until somebody mends it; nil when it is written
}

// Written are the orders that stand in the file.
func (p *Pending) Written() (rows []Order) {
	for _, o := range p.Orders {
		if o.Refused == nil {
			rows = append(rows, o)
		}
	}
	return rows
}

// Refused are those left out.
func (p *Pending) Refused() (rows []Order) {
	for _, o := range p.Orders {
		if o.Refused != nil {
			rows = append(rows, o)
		}
	}
	return rows
}

// draft is a remessa in the making: what is pending, and the slips of which there is nothing to say any more.
type draft struct {
	Pending
	settled []uuid.UUID
	number  int
}

// write looks at what is pending under an agreement, oldest first, and writes it as the file it would be, or is.
func (d Desk) write(ctx context.Context, c *ent.Client, agreement *ent.BankAgreement, into io.Writer) (*draft, error) {
	made := &draft{Pending: Pending{Agreement: agreement}, number: agreement.RemessaNumber + 1}
	company, err := c.Company.Get(ctx, agreement.CompanyID)
	if err != nil {
		return nil, err
	}
	slips, err := c.Slip.Query().Where(slip.AgreementID(agreement.ID), slip.Untold(true)).Order(slip.ByIssuedAt(), slip.ByID()).Limit(MostOrders + 1).All(ctx)
	if err != nil {
		return nil, err
	}
	if made.More = len(slips) > MostOrders; made.More {
		slips = slips[:MostOrders]
	}
	if err := d.order(ctx, c, made, slips); err != nil {
		return nil, err
	}
	isp, _ := tenants.From(ctx)
	file, err := cnab.NewRemessa(into, catalog.Sender(agreement, company), int64(made.number), d.DB.Now().In(isp.Zone))
	if refused := refusal(err); refused != nil {
		made.Fault = refused
		return made, nil
	} else if err != nil {
		return nil, err
	}
	for i := range made.Orders {
		o := &made.Orders[i]
		err := file.Add(o.Order)
		if o.Refused = refusal(err); o.Refused == nil && err != nil {
			return nil, err
		}
		if o.Refused == nil && o.Command == cnab.Register {
			made.Registered += o.Amount
		}
	}
	if err := file.Close(); refusal(err) == nil { // a file without orders is none, and so is what is pending
		return made, err
	}
	return made, nil
}

// order says of each slip what the bank is to be told, comparing how its invoice stands with what the bank knows.
func (d Desk) order(ctx context.Context, c *ent.Client, made *draft, slips []*ent.Slip) error {
	standings, err := standingsOf(ctx, c, d.DB.Today(ctx), slips)
	if err != nil {
		return err
	}
	payers, err := payersOf(ctx, c, standings)
	if err != nil {
		return err
	}
	isp, _ := tenants.From(ctx)
	for _, row := range slips {
		s := standings[row.InvoiceID]
		o := cnab.Order{NossoNumero: row.OurNumber, Document: fmt.Sprint(s.Invoice.Number), Control: row.Txid, IssuedOn: calendar.Of(row.IssuedAt.In(isp.Zone)),
			Due: row.Due, Amount: row.Amount, Fine: fine, Interest: interest, Payer: payers[s.Invoice.ID]}
		o.Command, o.Rebate = command(row, s)
		if o.Command == "" || !cnab.Takes(made.Agreement.Bank, "", o.Command) {
			made.settled = append(made.settled, row.ID)
			continue
		}
		made.Orders = append(made.Orders, Order{Order: o, Slip: row, Standing: s})
	}
	return nil
}

// command is what is to be said of a slip: register it while something is owed by it, take it back when nothing is, and else how much less is
// owed by it than it says (abatimento). Nothing is "".
func command(row *ent.Slip, s *billing.Standing) (cnab.Command, money.Cents) {
	open := row.CancelledAt == nil && s.Invoice.CancelledAt == nil && s.Invoice.PaidAt == nil
	rebate := max(0, row.Amount-s.Debt.Principal)
	switch {
	case row.WithdrawnAt != nil:
	case row.SentAt == nil && open:
		return cnab.Register, rebate
	case row.SentAt == nil:
	case !open:
		return cnab.Cancel, 0
	case rebate > row.Rebate:
		return cnab.GrantRebate, rebate
	case rebate == 0 && row.Rebate > 0:
		return cnab.CancelRebate, 0
	case rebate != row.Rebate:
		return cnab.GrantRebate, rebate
	}
	return "", 0
}

func standingsOf(ctx context.Context, c *ent.Client, today calendar.Date, slips []*ent.Slip) (map[uuid.UUID]*billing.Standing, error) {
	ids := make([]uuid.UUID, len(slips))
	for i, row := range slips {
		ids[i] = row.InvoiceID
	}
	rows, err := c.Invoice.Query().Where(invoice.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	all, err := billing.Standings(ctx, c, today, rows...)
	byInvoice := map[uuid.UUID]*billing.Standing{}
	for _, s := range all {
		byInvoice[s.Invoice.ID] = s
	}
	return byInvoice, err
}

// refusal is why something was not written, or nil.
func refusal(err error) *cnab.Refusal {
	if refused := (cnab.Refusal{}); errors.As(err, &refused) {
		return &refused
	}
	return nil
}
