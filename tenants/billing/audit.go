package billing

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/invoice"
	"enlace/ent/ledgerentry"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// Audit says, a sentence each, what in an ISP's books is not as the append-only entries have it: nothing, where all is well. Entries are the
// truth; what is kept beside them so that it can be asked for (what of a charge is settled, when it was closed, when an invoice was paid) is
// reckoned anew from them and compared. It reads all of the ISP's books, in the caller's transaction.
func Audit(ctx context.Context, c *ent.Client, today calendar.Date) (wrong []string, err error) {
	a := &audit{today: today}
	for _, look := range []func(context.Context, *ent.Client) error{a.postings, a.read, a.payments, a.credits, a.tills} {
		if err := look(ctx, c); err != nil {
			return nil, err
		}
	}
	a.chargesStand()
	return a.wrong, a.invoices(ctx, c)
}

type audit struct {
	today    calendar.Date
	wrong    []string
	charges  []*ent.Charge
	settled  map[uuid.UUID]money.Cents // of each charge, by settlements
	owed     map[uuid.UUID]money.Cents // of each charge, by the ledger
	pays     map[uuid.UUID]money.Cents // of each payment, what it settled
	accounts map[ledgerentry.Account]money.Cents
}

func (a *audit) say(format string, args ...any) {
	a.wrong = append(a.wrong, fmt.Sprintf(format, args...))
}

// postings: the sides of each add up to zero, and so do the accounts.
func (a *audit) postings(ctx context.Context, c *ent.Client) error {
	var sums []struct {
		Posting uuid.UUID   `json:"posting_id"`
		Sum     money.Cents `json:"sum"`
	}
	if err := c.LedgerEntry.Query().GroupBy(ledgerentry.FieldPostingID).Aggregate(ent.As(ent.Sum(ledgerentry.FieldAmount), "sum")).Scan(ctx, &sums); err != nil {
		return err
	}
	for _, one := range sums {
		if one.Sum != 0 {
			a.say("posting %s is off by %s", one.Posting, one.Sum)
		}
	}
	var accounts []struct {
		Account ledgerentry.Account `json:"account"`
		Sum     money.Cents         `json:"sum"`
	}
	err := c.LedgerEntry.Query().GroupBy(ledgerentry.FieldAccount).Aggregate(ent.As(ent.Sum(ledgerentry.FieldAmount), "sum")).Scan(ctx, &accounts)
	a.accounts = map[ledgerentry.Account]money.Cents{}
	all := money.Cents(0)
	for _, one := range accounts {
		a.accounts[one.Account], all = one.Sum, all+one.Sum
	}
	if all != 0 {
		a.say("the ledger is off by %s", all)
	}
	return err
}

// read sums up what the entries say of each charge and payment.
func (a *audit) read(ctx context.Context, c *ent.Client) (err error) {
	a.settled, a.owed, a.pays = map[uuid.UUID]money.Cents{}, map[uuid.UUID]money.Cents{}, map[uuid.UUID]money.Cents{}
	if a.charges, err = c.Charge.Query().All(ctx); err != nil {
		return err
	}
	parts, err := c.Settlement.Query().All(ctx)
	if err != nil {
		return err
	}
	for _, part := range parts {
		if a.pays[part.PaymentID] += part.Amount; part.ChargeID != nil {
			a.settled[*part.ChargeID] += part.Amount
		}
	}
	sides, err := c.LedgerEntry.Query().Where(ledgerentry.AccountEQ(ledgerentry.AccountReceivable), ledgerentry.ChargeIDNotNil()).All(ctx)
	for _, side := range sides {
		a.owed[*side.ChargeID] += side.Amount
	}
	return err
}

// chargesStand: what is kept of each charge is what its entries say.
func (a *audit) chargesStand() {
	for _, row := range a.charges {
		owed := row.Amount - row.Settled
		if row.CancelledAt != nil {
			owed = 0
		}
		if row.Settled != a.settled[row.ID] {
			a.say("charge %d is settled by %s, its settlements say %s", row.Number, row.Settled, a.settled[row.ID])
		}
		if row.Settled < 0 || row.Amount > 0 && row.Settled > row.Amount {
			a.say("charge %d of %s is settled by %s", row.Number, row.Amount, row.Settled)
		}
		if owed != a.owed[row.ID] {
			a.say("of charge %d %s is owed, the ledger says %s", row.Number, owed, a.owed[row.ID])
		}
		if open := row.Amount > row.Settled; row.InvoiceID == nil && row.CancelledAt == nil && open == (row.ClosedAt != nil) {
			a.say("charge %d of which %s is owed is closed: %v", row.Number, owed, row.ClosedAt != nil)
		}
	}
}

// payments: each is what it settled and the credit it left; one taken back has its like.
func (a *audit) payments(ctx context.Context, c *ent.Client) error {
	rows, err := c.Payment.Query().All(ctx)
	if err != nil {
		return err
	}
	left := map[uuid.UUID]money.Cents{}
	credits, err := c.Credit.Query().All(ctx)
	if err != nil {
		return err
	}
	for _, one := range credits {
		if one.PaymentID != nil {
			left[*one.PaymentID] = one.Amount
		}
	}
	reversals, err := c.Reversal.Query().All(ctx)
	if err != nil {
		return err
	}
	byID, receipts := map[uuid.UUID]*ent.Payment{}, map[uuid.UUID]money.Cents{}
	for _, row := range rows {
		if byID[row.ID] = row; row.ReceiptID != nil && row.Amount > 0 {
			receipts[*row.ReceiptID] += row.Amount
		}
	}
	for _, back := range reversals {
		made, taken := byID[back.PaymentID], byID[back.ReversesID]
		if made == nil || taken == nil || made.Amount != -taken.Amount || a.pays[made.ID] != -a.pays[taken.ID] {
			a.say("reversal %s is not the payment it takes back", back.ID)
		}
		left[back.PaymentID] = -left[back.ReversesID]
	}
	for _, row := range rows {
		if row.Amount != a.pays[row.ID]+left[row.ID] {
			a.say("payment %s of %s settled %s and left %s", row.ID, row.Amount, a.pays[row.ID], left[row.ID])
		}
	}
	papers, err := c.Receipt.Query().All(ctx)
	for _, row := range papers {
		if row.Amount != receipts[row.ID] {
			a.say("recibo %d of %s has payments of %s", row.Number, row.Amount, receipts[row.ID])
		}
	}
	return err
}

// credits: none is spent beyond itself, and together they are what the ledger owes customers.
func (a *audit) credits(ctx context.Context, c *ent.Client) error {
	credits, err := c.Credit.Query().All(ctx)
	if err != nil {
		return err
	}
	uses, err := c.CreditUse.Query().All(ctx)
	used, left := map[uuid.UUID]money.Cents{}, money.Cents(0)
	for _, use := range uses {
		used[use.CreditID] += use.Amount
	}
	for _, one := range credits {
		if used[one.ID] < 0 || used[one.ID] > one.Amount {
			a.say("of credit %s of %s %s is spent", one.ID, one.Amount, used[one.ID])
		}
		left += one.Amount - used[one.ID]
	}
	if owed := -a.accounts[ledgerentry.AccountCredits]; left != owed {
		a.say("credits of %s are left, the ledger says %s", left, owed)
	}
	return err
}

// tills: a closed one was counted against what went through it.
func (a *audit) tills(ctx context.Context, c *ent.Client) error {
	rows, err := c.Till.Query().All(ctx)
	if err != nil {
		return err
	}
	flows, err := flowsOf(ctx, c, rows...)
	if err != nil {
		return err
	}
	counts, err := c.TillCount.Query().All(ctx)
	for _, one := range counts {
		for form, expected := range flows[one.TillID].Expected {
			if string(form) == string(one.Form) && expected != one.Expected {
				a.say("a caixa was closed with %s in %s expected, %s went through it", one.Expected, form, expected)
			}
		}
	}
	return err
}

// invoices: each is paid when its payments have paid it, its charges are closed with it, and what is owed of them is its principal.
func (a *audit) invoices(ctx context.Context, c *ent.Client) error {
	rows, err := c.Invoice.Query().Order(invoice.ByNumber()).All(ctx)
	if err != nil {
		return err
	}
	for some := range slices.Chunk(rows, mostAsked/4) { // each has a few charges and payments, which are asked for by their ids
		standings, err := Standings(ctx, c, a.today, some...)
		if err != nil {
			return err
		}
		a.invoicesStand(standings)
	}
	return nil
}

func (a *audit) invoicesStand(standings []*Standing) {
	for _, s := range standings {
		if s.Status == InvoiceCancelled {
			continue
		}
		var owed money.Cents
		for _, row := range s.Charges {
			if !contested(row) {
				owed += row.Amount - row.Settled
			}
			if paid := s.Invoice.PaidAt != nil; row.Amount > 0 && paid != (row.ClosedAt != nil) {
				a.say("charge %d is closed: %v, its invoice %d is paid: %v", row.Number, row.ClosedAt != nil, s.Invoice.Number, paid)
			}
		}
		if owed = max(0, owed); owed != s.Debt.Principal { // a discount may stand beside what is contested
			a.say("of invoice %d %s of principal is owed, its charges say %s", s.Invoice.Number, s.Debt.Principal, owed)
		}
		if paid := s.Debt.Principal == 0 && s.held == 0 && len(s.Payments) > 0; paid != (s.Invoice.PaidAt != nil) && s.Total > 0 {
			a.say("invoice %d is paid: %v, its payments say %v", s.Invoice.Number, s.Invoice.PaidAt != nil, paid)
		}
	}
}
