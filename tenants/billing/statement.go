package billing

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/ledgerentry"
	"enlace/ent/payment"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// Statement is a customer's account over some days (extrato), as the ledger has it.
type Statement struct {
	Customer *ent.Customer
	From, To calendar.Date   // both included
	Opening  money.Cents     // owed before; negative: to the customer's credit
	Lines    []StatementLine // in the order of their days
	Closing  money.Cents     // owed after them
	Later    money.Cents     // what the ledger has after To, charges that are to come mostly
}

// StatementLine is one posting as the customer sees it. What was charged stands on its due date, all else on the day it was posted.
type StatementLine struct {
	On      calendar.Date
	What    string
	Memo    string
	Debit   money.Cents
	Credit  money.Cents
	Balance money.Cents // owed after it
	Charge  *ent.Charge // what was charged; nil for anything else
	Payment *ent.Payment
	at      time.Time
}

// ReadStatement reads which days an address asks for; none are the last twelve months.
func ReadStatement(t tenants.Typed, today calendar.Date) (from, to calendar.Date) {
	var unread tenants.Fields
	if from, to = t.Date(&unread, "de"), t.Date(&unread, "ate"); from.IsZero() {
		from = calendar.AddMonths(today, -12, today.Day())
	}
	if to.IsZero() {
		to = today
	}
	if to.Before(from) {
		from, to = to, from
	}
	return from, to
}

// Statement reads a customer's account from one day to another. What a cancelled charge owed and gave back is not in it. Its queries are the
// same few however long the customer has been one. It returns NotFound for a customer that is not the ISP's.
func (d Desk) Statement(ctx context.Context, of uuid.UUID, from, to calendar.Date) (s *Statement, err error) {
	s = &Statement{From: from, To: to}
	return s, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		if s.Customer, err = customerOf(ctx, c, of); err != nil {
			return err
		}
		lines, err := statementLines(ctx, c, of)
		if err != nil {
			return err
		}
		s.add(lines)
		return nil
	})
}

func (s *Statement) add(lines []StatementLine) {
	for _, line := range lines {
		change := line.Debit - line.Credit
		switch {
		case line.On.Before(s.From):
			s.Opening += change
		case line.On.After(s.To):
			s.Later += change
		default:
			s.Lines = append(s.Lines, line)
		}
	}
	s.Closing = s.Opening
	for i := range s.Lines {
		line := &s.Lines[i]
		s.Closing += line.Debit - line.Credit
		line.Balance = s.Closing
	}
}

// statementLines makes a line of each posting that a customer has, in order of day.
func statementLines(ctx context.Context, c *ent.Client, of uuid.UUID) ([]StatementLine, error) {
	entries, err := c.LedgerEntry.Query().Where(ledgerentry.CustomerID(of)).Order(ledgerentry.ByAt(), ledgerentry.ByID()).All(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := c.Charge.Query().Where(charge.CustomerID(of)).All(ctx)
	if err != nil {
		return nil, err
	}
	paid, err := c.Payment.Query().Where(payment.CustomerID(of)).All(ctx)
	if err != nil {
		return nil, err
	}
	charges, payments := map[uuid.UUID]*ent.Charge{}, map[uuid.UUID]*ent.Payment{}
	for _, row := range rows {
		charges[row.ID] = row
	}
	for _, row := range paid {
		payments[row.ID] = row
	}
	var lines []StatementLine
	at := map[uuid.UUID]int{}
	for _, e := range entries {
		var of *ent.Charge
		if e.ChargeID != nil && e.PaymentID == nil {
			if of = charges[*e.ChargeID]; of.CancelledAt != nil {
				continue
			}
		}
		i, begun := at[e.PostingID]
		if !begun {
			i = len(lines)
			at[e.PostingID] = i
			line := StatementLine{On: e.Day, What: e.Memo, Charge: of, at: e.At}
			if of != nil {
				line.On, line.What, line.Memo = of.Due, of.Description, of.Memo
			}
			if e.PaymentID != nil {
				line.Payment = payments[*e.PaymentID]
			}
			lines = append(lines, line)
		}
		lines[i].take(e)
	}
	lines = slices.DeleteFunc(lines, func(l StatementLine) bool { return l.Debit == 0 && l.Credit == 0 })
	slices.SortStableFunc(lines, func(a, b StatementLine) int { return cmp.Or(a.On.DaysSince(b.On), a.at.Compare(b.at)) })
	return lines, nil
}

// take adds a side of the posting. What a customer owes and what is to his credit are his account; what came in and what it paid of late
// charges are the two sides of the same hour.
func (l *StatementLine) take(e *ent.LedgerEntry) {
	switch e.Account {
	case ledgerentry.AccountCash, ledgerentry.AccountBank, ledgerentry.AccountPix:
		l.Credit += e.Amount
	case ledgerentry.AccountLateRevenue:
		l.Debit -= e.Amount
	case ledgerentry.AccountReceivable, ledgerentry.AccountCredits:
		if e.PaymentID != nil {
			return // is what came in less the late charges
		}
		if e.Amount > 0 {
			l.Debit += e.Amount
		} else {
			l.Credit -= e.Amount
		}
	}
}
