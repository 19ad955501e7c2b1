package reports

import (
	"cmp"
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/invoice"
	"enlace/ent/ledgerentry"
	"enlace/ent/payment"
	"enlace/ent/predicate"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// ReceiptsBy is by what receipts are told apart.
type ReceiptsBy string

// What receipts are told apart by, as the screen's address calls it.
const (
	ByDay    ReceiptsBy = "dia"
	BySource ReceiptsBy = "meio"
	ByUser   ReceiptsBy = "usuario"
	ByMethod ReceiptsBy = "forma"
)

// ReceiptsBys lists them in the order of the screen.
var ReceiptsBys = []ReceiptsBy{ByDay, BySource, ByUser, ByMethod}

// Receipts is what came in over some days, as the ledger has it, told apart by one thing.
type Receipts struct {
	By       ReceiptsBy
	From, To calendar.Date // both included
	Rows     []ReceiptsLine
	All      ReceiptsLine
}

// ReceiptsLine is what came in of one kind, and what it settled: its parts add up to it.
type ReceiptsLine struct {
	Name      string // of a day its ISO date, of a source its code; none: of nobody, of no invoice
	Count     int    // payments, reversals among them
	Cash      money.Cents
	Bank      money.Cents
	Pix       money.Cents
	Principal money.Cents // less what was discounted
	Late      money.Cents // fine and interest
	Credit    money.Cents // beyond what was owed
}

// Total is what came in.
func (l ReceiptsLine) Total() money.Cents { return l.Cash + l.Bank + l.Pix }

// mostDays is how many days a report is of, at most.
const mostDays = 366

// ReadReceipts reads the filters of an address: by what, from which day to which; none is the month that runs. A longer span ends after a year.
func ReadReceipts(t tenants.Typed, today calendar.Date) (by ReceiptsBy, from, to calendar.Date) {
	by = ByDay
	if slices.Contains(ReceiptsBys, ReceiptsBy(t["por"])) {
		by = ReceiptsBy(t["por"])
	}
	var unread tenants.Fields
	if from, to = t.Date(&unread, "de"), t.Date(&unread, "ate"); from.IsZero() {
		from = calendar.On(today.Year(), today.Month(), 1)
	}
	if to.IsZero() {
		to = today
	}
	if to.Before(from) {
		from, to = to, from
	}
	if last := from.AddDays(mostDays - 1); to.After(last) {
		to = last
	}
	return by, from, to
}

// Receipts reads the report. It returns Denied without the permission. Its queries are the same few however much came in.
func (d Desk) Receipts(ctx context.Context, by ReceiptsBy, from, to calendar.Date) (r Receipts, err error) {
	r = Receipts{By: by, From: from, To: to}
	return r, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.ReportFinance); err != nil {
			return err
		}
		lines, err := r.read(ctx, c)
		for _, line := range lines {
			r.Rows = append(r.Rows, *line)
			r.All.join(*line)
		}
		slices.SortFunc(r.Rows, func(a, b ReceiptsLine) int {
			if by == ByDay {
				return cmp.Compare(a.Name, b.Name)
			}
			return cmp.Or(cmp.Compare(b.Total(), a.Total()), cmp.Compare(a.Name, b.Name))
		})
		return err
	})
}

func (r Receipts) read(ctx context.Context, c *ent.Client) (map[string]*ReceiptsLine, error) {
	switch r.By {
	case BySource:
		return receiptsBy(ctx, r.sets(func(rows tenants.Rows) tenants.Grouped {
			return rows.By(payment.FieldSource, ledgerentry.FieldAmount).Via(ledgerentry.FieldPaymentID, payment.Table)
		}), func(source string) string { return source })
	case ByUser:
		rows, err := c.User.Query().All(ctx)
		if err != nil {
			return nil, err
		}
		names := map[uuid.UUID]string{}
		for _, row := range rows {
			names[row.ID] = row.Name
		}
		return receiptsBy(ctx, r.sets(func(rows tenants.Rows) tenants.Grouped {
			return rows.By(payment.FieldUserID, ledgerentry.FieldAmount).Via(ledgerentry.FieldPaymentID, payment.Table)
		}), func(user uuid.NullUUID) string { return names[user.UUID] })
	case ByMethod:
		rows, err := c.BillingMethod.Query().All(ctx)
		if err != nil {
			return nil, err
		}
		names := map[uuid.UUID]string{}
		for _, row := range rows {
			names[row.ID] = row.Name
		}
		return receiptsBy(ctx, r.sets(func(rows tenants.Rows) tenants.Grouped {
			return rows.By(invoice.FieldMethodID, ledgerentry.FieldAmount).Via(ledgerentry.FieldPaymentID, payment.Table).Via(payment.FieldInvoiceID, invoice.Table)
		}), func(method uuid.NullUUID) string { return names[method.UUID] })
	}
	return receiptsBy(ctx, r.sets(func(rows tenants.Rows) tenants.Grouped { return rows.By(ledgerentry.FieldDay, ledgerentry.FieldAmount) }), calendar.Date.String)
}

// receiptAccounts are the sides of a payment in the ledger, in the order in which sets asks for them.
var receiptAccounts = []ledgerentry.Account{ledgerentry.AccountCash, ledgerentry.AccountBank, ledgerentry.AccountPix,
	ledgerentry.AccountReceivable, ledgerentry.AccountDiscounts, ledgerentry.AccountLateRevenue, ledgerentry.AccountCredits}

// sets are the entries of the payments of the span, account by account. A debt paid from a credit is no money that came in.
func (r Receipts) sets(group func(tenants.Rows) tenants.Grouped) (sets []tenants.Grouped) {
	fromCredit := tenants.IDsIn(payment.Table, payment.FieldID, payment.SourceEQ(payment.SourceCredit))
	for _, account := range receiptAccounts {
		sets = append(sets, group(tenants.RowsOf(ledgerentry.Table, ledgerentry.AccountEQ(account), ledgerentry.DayGTE(r.From), ledgerentry.DayLTE(r.To), ledgerentry.PaymentIDNotNil(),
			ledgerentry.Not(tenants.Among[predicate.LedgerEntry](ledgerentry.FieldPaymentID, fromCredit)))))
	}
	return sets
}

func receiptsBy[K any](ctx context.Context, sets []tenants.Grouped, name func(K) string) (map[string]*ReceiptsLine, error) {
	sums, err := tenants.SumUp[K](ctx, sets...)
	lines := map[string]*ReceiptsLine{}
	for _, s := range sums {
		line := lines[name(s.Key)]
		if line == nil {
			line = &ReceiptsLine{Name: name(s.Key)}
			lines[line.Name] = line
		}
		line.add(receiptAccounts[s.Set], s.Count, money.Cents(s.Sums[0]))
	}
	return lines, err
}

// add takes in entries of an account. What came in is a debit, what it settled a credit.
func (l *ReceiptsLine) add(account ledgerentry.Account, count int, sum money.Cents) {
	switch account {
	case ledgerentry.AccountCash:
		l.Count, l.Cash = l.Count+count, l.Cash+sum
	case ledgerentry.AccountBank:
		l.Count, l.Bank = l.Count+count, l.Bank+sum
	case ledgerentry.AccountPix:
		l.Count, l.Pix = l.Count+count, l.Pix+sum
	case ledgerentry.AccountReceivable, ledgerentry.AccountDiscounts:
		l.Principal -= sum
	case ledgerentry.AccountLateRevenue:
		l.Late -= sum
	case ledgerentry.AccountCredits:
		l.Credit -= sum
	}
}

func (l *ReceiptsLine) join(o ReceiptsLine) {
	l.Count, l.Cash, l.Bank, l.Pix = l.Count+o.Count, l.Cash+o.Cash, l.Bank+o.Bank, l.Pix+o.Pix
	l.Principal, l.Late, l.Credit = l.Principal+o.Principal, l.Late+o.Late, l.Credit+o.Credit
}
