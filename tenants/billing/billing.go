// Package billing is what an ISP charges and what it receives: charges with their memo, invoices, carnês, slips, payments and the ledger
// under them. What an operation does to money is reckoned by tenants/money; the preview shows that result and the use case stores it.
package billing

import (
	"context"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/chargeitem"
	"enlace/ent/ledgerentry"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
	"enlace/tenants/numbers"
)

// Desk is where money is charged and received.
type Desk struct {
	DB    *tenants.DB
	Vault *tenants.Vault // marks the links to the bot that carnês have; nil: they have none
}

// post is one use case's hand on the books: its transaction, and the instant and day it happens on.
type post struct {
	c     *ent.Client
	now   time.Time
	today calendar.Date
}

// newCharge is a charge not yet posted.
type newCharge struct {
	customer     uuid.UUID
	subscription uuid.UUID // none: of the customer alone
	invoice      uuid.UUID // none: paid without one
	lateInvoice  uuid.UUID // of late charges: the invoice that was paid late
	kind         charge.Kind
	chargeKind   uuid.UUID
	suspends     bool
	description  string
	period       calendar.Period // of a recurring one
	whole        bool            // its period is a whole one
	due          calendar.Date
	amount       money.Cents
	memo         string
	shares       []share
	position     int // within the invoice, after what is there already
}

// share is a component of a charge.
type share struct {
	Kind   chargeitem.Kind
	Name   string
	Amount money.Cents
}

// charges posts charges with their components, and the ledger's two sides of each: the customer owes it, the ISP has earned it.
func (p post) charges(ctx context.Context, list []newCharge) ([]*ent.Charge, error) {
	posted, err := p.chargeRows(ctx, list)
	if err != nil {
		return nil, err
	}
	var entries []entry
	for _, row := range posted {
		entries = append(entries, owed(row, row.Amount)...)
	}
	return posted, p.ledger(ctx, entries)
}

// chargeRows posts charges with their components and leaves the ledger to the caller.
func (p post) chargeRows(ctx context.Context, list []newCharge) ([]*ent.Charge, error) {
	if len(list) == 0 {
		return nil, nil
	}
	first, err := numbers.Block(ctx, p.c, numbers.Charge, len(list))
	if err != nil {
		return nil, err
	}
	rows := make([]*ent.ChargeCreate, len(list))
	for i, in := range list {
		row := p.c.Charge.Create().SetNumber(first + int64(i)).SetCustomerID(in.customer).SetKind(in.kind).SetSuspends(in.suspends).
			SetDescription(in.description).SetDue(in.due).SetWhole(in.whole).SetAmount(in.amount).SetMemo(in.memo).SetPosition(in.position + i).SetCreatedAt(p.now)
		if in.subscription != uuid.Nil {
			row.SetSubscriptionID(in.subscription)
		}
		if in.invoice != uuid.Nil {
			row.SetInvoiceID(in.invoice)
		}
		if in.lateInvoice != uuid.Nil {
			row.SetLateInvoiceID(in.lateInvoice)
		}
		if in.chargeKind != uuid.Nil {
			row.SetChargeKindID(in.chargeKind)
		}
		if in.amount == 0 { // nothing to pay: born paid
			row.SetClosedAt(p.now)
		}
		if !in.period.From.IsZero() {
			row.SetPeriodFrom(in.period.From).SetPeriodTo(in.period.To).SetCompetence(calendar.On(in.period.From.Year(), in.period.From.Month(), 1))
		}
		rows[i] = row
	}
	var posted []*ent.Charge
	err = tenants.InTurns(rows, func(some []*ent.ChargeCreate) error {
		made, err := p.c.Charge.CreateBulk(some...).Save(ctx)
		posted = append(posted, made...)
		return err
	})
	if err != nil {
		return nil, err
	}
	var items []*ent.ChargeItemCreate
	for i, in := range list {
		for k, s := range in.shares {
			items = append(items, p.c.ChargeItem.Create().SetChargeID(posted[i].ID).SetKind(s.Kind).SetName(s.Name).SetAmount(s.Amount).SetPosition(k))
		}
	}
	return posted, tenants.InTurns(items, func(some []*ent.ChargeItemCreate) error { return p.c.ChargeItem.CreateBulk(some...).Exec(ctx) })
}

// entry is one side of a posting: debit positive, credit negative.
type entry struct {
	posting  uuid.UUID
	account  ledgerentry.Account
	customer uuid.UUID
	charge   uuid.UUID
	payment  uuid.UUID
	amount   money.Cents
	memo     string
}

// owed is a charge in the ledger; a negative amount takes it back.
func owed(c *ent.Charge, amount money.Cents) []entry {
	posting := uuid.Must(uuid.NewV7())
	return []entry{
		{posting: posting, account: ledgerentry.AccountReceivable, customer: c.CustomerID, charge: c.ID, amount: amount, memo: c.Description},
		{posting: posting, account: ledgerentry.AccountRevenue, customer: c.CustomerID, charge: c.ID, amount: -amount, memo: c.Description},
	}
}

// ledger writes entries; those of zero say nothing and are left out.
func (p post) ledger(ctx context.Context, entries []entry) error {
	var rows []*ent.LedgerEntryCreate
	for _, e := range entries {
		if e.amount == 0 {
			continue
		}
		row := p.c.LedgerEntry.Create().SetPostingID(e.posting).SetAccount(e.account).SetAmount(e.amount).SetDay(p.today).SetAt(p.now).SetMemo(e.memo)
		if e.customer != uuid.Nil {
			row.SetCustomerID(e.customer)
		}
		if e.charge != uuid.Nil {
			row.SetChargeID(e.charge)
		}
		if e.payment != uuid.Nil {
			row.SetPaymentID(e.payment)
		}
		rows = append(rows, row)
	}
	return tenants.InTurns(rows, func(some []*ent.LedgerEntryCreate) error { return p.c.LedgerEntry.CreateBulk(some...).Exec(ctx) })
}

func (d Desk) post(ctx context.Context, c *ent.Client) post {
	return post{c: c, now: d.DB.Now(), today: d.DB.Today(ctx)}
}
