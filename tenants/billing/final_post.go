package billing

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/billingeventpart"
	"enlace/ent/charge"
	"enlace/ent/ledgerentry"
	"enlace/ent/suspension"
	"enlace/ent/trustgrant"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// endInvoices cancels and lowers what a final account says, and has the papers of their carnês made again.
func (p post) endInvoices(ctx context.Context, f *FinalAccount, reason string) error {
	booklets, seen := []uuid.UUID{}, map[uuid.UUID]bool{}
	touch := func(row *ent.Invoice) {
		if row.BookletID != nil && !seen[*row.BookletID] {
			seen[*row.BookletID], booklets = true, append(booklets, *row.BookletID)
		}
	}
	for _, s := range f.Cancelled {
		if err := p.cancelInvoice(ctx, s, reason); err != nil {
			return err
		}
		touch(s.Invoice)
	}
	for _, change := range f.Lowered {
		if err := p.lower(ctx, change, "dias não usados"); err != nil {
			return err
		}
		touch(change.Standing.Invoice)
	}
	for _, row := range f.Dropped {
		if err := p.cancelCharge(ctx, row, reason); err != nil {
			return err
		}
	}
	for _, id := range booklets {
		if err := p.reprint(ctx, id); err != nil {
			return err
		}
	}
	return p.giveDaysBack(ctx, f.Subscription.ID)
}

// lower puts a line on an open invoice and gives it another slip.
func (p post) lower(ctx context.Context, change InvoiceChange, reason string) error {
	row, err := p.change(ctx, change, reason)
	if err != nil {
		return err
	}
	return p.reissue(ctx, []*ent.Invoice{row}, []money.Cents{change.Amount})
}

// finalInvoice posts the lines of a final account on an invoice of their own. It goes out however little it is: there is no next one that it
// could wait for.
func (p post) finalInvoice(ctx context.Context, f *FinalAccount) (*ent.Invoice, error) {
	made, posted, err := p.invoiceOf(ctx, f.Subscription, f.how, f.Due, f.Lines)
	if err != nil || made == nil {
		return nil, err
	}
	if err := p.billParts(ctx, f, posted); err != nil {
		return nil, err
	}
	return made, p.giveDaysBack(ctx, f.Subscription.ID)
}

// invoiceOf posts lines of a service on an invoice of their own, none where there is no line. At zero it is born paid.
func (p post) invoiceOf(ctx context.Context, sub *ent.Subscription, how collection, due calendar.Date, lines []FinalLine) (*ent.Invoice, []*ent.Charge, error) {
	if len(lines) == 0 {
		return nil, nil, nil
	}
	made, err := p.emptyInvoice(ctx, newCharge{customer: sub.CustomerID, subscription: sub.ID, due: due}, sub.MethodID)
	if err != nil {
		return nil, nil, err
	}
	rows, total := make([]newCharge, len(lines)), money.Cents(0)
	for i, line := range lines {
		rows[i] = newCharge{customer: sub.CustomerID, subscription: sub.ID, invoice: made.ID, kind: line.Kind, chargeKind: line.chargeKind, suspends: line.Kind == charge.KindRecurring,
			description: line.Description, period: line.Period, whole: line.Whole, due: due, amount: line.Amount, memo: line.Memo, shares: line.Shares}
		total += line.Amount
	}
	posted, err := p.charges(ctx, rows)
	if err != nil {
		return nil, nil, err
	}
	if total > 0 {
		return made, posted, p.slips(ctx, how, []*ent.Invoice{made}, []money.Cents{total}, nil)
	}
	return made, posted, p.nothingToPay(ctx, made)
}

// billParts notes which charge bills which part of an event; one that gives may be on the invoice in part, the rest being credit.
func (p post) billParts(ctx context.Context, f *FinalAccount, posted []*ent.Charge) error {
	var lines []EventLine
	var charges []*ent.Charge
	for _, line := range f.parts {
		for _, row := range posted {
			if row.Kind == charge.KindEvent && row.Description == line.Description && row.Memo == line.Memo && !slices.Contains(charges, row) {
				lines, charges = append(lines, line), append(charges, row)
				break
			}
		}
	}
	return p.billEvents(ctx, lines, charges)
}

// giveCredit gives what the final invoice does not bear to the customer's credit, and ends the parts of events that will not be.
func (p post) giveCredit(ctx context.Context, f *FinalAccount) error {
	for _, line := range f.Credits {
		if err := p.credit(ctx, f.Subscription, -line.Amount, line.Description+": "+line.Memo); err != nil {
			return err
		}
	}
	return p.c.BillingEventPart.Update().Where(billingeventpart.SubscriptionID(f.Subscription.ID), billingeventpart.ChargeIDIsNil(), billingeventpart.CancelledAtIsNil()).
		SetCancelledAt(p.now).Exec(ctx)
}

// credit gives a holder an amount, and takes it off what the ISP has earned. It is of one service alone where that is invoiced apart.
func (p post) credit(ctx context.Context, sub *ent.Subscription, amount money.Cents, memo string) error {
	create := p.c.Credit.Create().SetCustomerID(sub.CustomerID).SetAmount(amount).SetMemo(memo).SetCreatedAt(p.now)
	if sub.SeparateInvoice {
		create.SetSubscriptionID(sub.ID)
	}
	if err := create.Exec(ctx); err != nil {
		return err
	}
	posting := uuid.Must(uuid.NewV7())
	return p.ledger(ctx, []entry{
		{posting: posting, account: ledgerentry.AccountRevenue, customer: sub.CustomerID, amount: amount, memo: memo},
		{posting: posting, account: ledgerentry.AccountCredits, customer: sub.CustomerID, amount: -amount, memo: memo},
	})
}

// endGaps closes the stretch without service that runs, all of whose days have been reckoned, and any trust.
func (p post) endGaps(ctx context.Context, sub uuid.UUID) error {
	if err := p.c.Suspension.Update().Where(suspension.SubscriptionID(sub), suspension.CreditedAtIsNil(), suspension.KindNEQ(suspension.KindParcial)).SetCreditedAt(p.now).Exec(ctx); err != nil {
		return err
	}
	if err := p.c.Suspension.Update().Where(suspension.SubscriptionID(sub), suspension.EndedAtIsNil()).SetEndedAt(p.now).SetUntilDay(p.today).Exec(ctx); err != nil {
		return err
	}
	return p.c.TrustGrant.Update().Where(trustgrant.SubscriptionID(sub), trustgrant.EndedAtIsNil()).SetEndedAt(p.now).SetOutcome(trustgrant.OutcomeExpired).Exec(ctx)
}
