package billing

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/agreementdebt"
	"enlace/ent/agreementinstalment"
	"enlace/ent/charge"
	"enlace/ent/debtagreement"
	"enlace/ent/invoice"
	"enlace/ent/ledgerentry"
	"enlace/ent/payment"
	"enlace/ent/predicate"
	"enlace/ent/settlement"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/money"
	"enlace/tenants/numbers"
	"enlace/tenants/staff"
)

// Agree posts what PreviewAgreement shows. The overdue invoices and charges leave collection, and the instalments take their place, each an
// invoice with boleto and Pix of one charge of the kind agreement.
//
// In the ledger that is one posting: what was receivable of the old charges is receivable of the instalments now, late charges until today
// become earned, and the discount is a cost. The old debts are settled by payments of the source agreement, which move no money. They are not
// cancelled: what was earned stays earned in its month, their days stay billed, and what had been paid of them stays paid; and to cancel the
// agreement it is enough to reverse those payments.
//
// A service suspended for the debt runs again when the first instalment is paid (product.md §3). A late instalment bears fine and interest as
// any invoice, and never suspends: it is no debt of the service. What a broken agreement leads to is said at CancelAgreement.
//
// A form sent twice is answered with the agreement it made. It returns Invalid for debts that are none and terms that make no agreement,
// Denied for a discount the actor may not give, Conflict for debt that is not overdue or of another agreement and agreement_stale for another
// total than the clerk saw, and NotFound. The customer is told of it.
func (d Desk) Agree(ctx context.Context, in NewAgreement) (uuid.UUID, error) {
	return d.once(ctx, "agree", in.Key, in, func(ctx context.Context, c *ent.Client) (uuid.UUID, error) {
		if err := staff.Require(ctx, c, staff.Receive); err != nil {
			return uuid.Nil, err
		}
		p := d.post(ctx, c)
		if err := p.holdDebts(ctx, in.Debts); err != nil {
			return uuid.Nil, err
		}
		r, err := p.previewAgreement(ctx, in)
		if err != nil {
			return uuid.Nil, err
		}
		if in.Shown != 0 && in.Shown != r.Total {
			return uuid.Nil, tenants.Conflict("agreement_stale").With("total", r.Total.BRL())
		}
		return p.agree(ctx, r, in)
	})
}

// holdDebts has whoever pays or changes one of the debts wait until this transaction is over. Every one is held in one statement.
func (p post) holdDebts(ctx context.Context, debts []uuid.UUID) error {
	if err := p.c.Invoice.Update().Where(invoice.IDIn(debts...)).AddVersion(1).Exec(ctx); err != nil {
		return err
	}
	return p.c.Charge.Update().Where(charge.IDIn(debts...)).AddSettled(0).Exec(ctx)
}

func (p post) agree(ctx context.Context, r *AgreementPreview, in NewAgreement) (uuid.UUID, error) {
	number, err := numbers.Next(ctx, p.c, numbers.Agreement)
	if err != nil {
		return uuid.Nil, err
	}
	made, err := p.c.DebtAgreement.Create().SetNumber(number).SetCustomerID(in.Customer).SetMadeOn(p.today).SetMadeAt(p.now).SetPrincipal(r.Principal).SetLate(r.Late).
		SetDiscount(r.Discount).SetInstalments(len(r.Instalments)).SetReason(in.Reason).Save(ctx)
	if err != nil {
		return uuid.Nil, err
	}
	a := agreeing{post: p, made: made, posting: uuid.Must(uuid.NewV7()), memo: fmt.Sprintf("Acordo %d", number)}
	for _, debt := range r.Debts {
		if err := a.take(ctx, debt, debt.Principal, debt.Late); err != nil {
			return uuid.Nil, err
		}
	}
	if err := a.instalments(ctx, r); err != nil {
		return uuid.Nil, err
	}
	a.side(ledgerentry.AccountDiscounts, r.Discount, uuid.Nil)
	if err := p.ledger(ctx, a.entries); err != nil {
		return uuid.Nil, err
	}
	e := history.Entry{Customer: in.Customer, Subject: "agreement", ID: made.ID, Event: "agreement_made", Reason: in.Reason,
		After: map[string]any{"number": number, "total": r.Total, "instalments": len(r.Instalments), "debts": len(r.Debts), "discount": r.Discount.BRL()}}
	if err := history.Write(ctx, p.c, p.now, e); err != nil {
		return uuid.Nil, err
	}
	isp, _ := tenants.From(ctx)
	return made.ID, p.told(ctx, e, fmt.Sprintf("Acordo %d", number), agreementText(isp, made, r))
}

// agreeing posts one agreement over what it takes the place of.
type agreeing struct {
	post
	made    *ent.DebtAgreement
	posting uuid.UUID
	memo    string
	entries []entry
}

// take settles a debt, or as much of it as is given, by a payment that moves no money.
func (a *agreeing) take(ctx context.Context, debt AgreedDebt, principal, late money.Cents) error {
	create := a.c.Payment.Create().SetSource(payment.SourceAgreement).SetExternalID(uuid.Must(uuid.NewV7()).String()).SetAmount(principal + late).SetPaidOn(a.made.MadeOn).
		SetReceivedAt(a.now).SetCustomerID(a.made.CustomerID)
	link := a.c.AgreementDebt.Create().SetAgreementID(a.made.ID)
	books, open := settling{post: a.post, posting: a.posting, memo: a.memo}, []*ent.Charge{debt.Charge}
	if debt.Charge != nil {
		link.SetChargeID(debt.Charge.ID)
	} else {
		books.invoice, open = &debt.Invoice.ID, debt.open()
		create.SetInvoiceID(debt.Invoice.ID)
		link.SetInvoiceID(debt.Invoice.ID)
	}
	if who := tenants.Who(ctx); who.Kind == tenants.User {
		create.SetUserID(who.ID)
	}
	var err error
	if books.payment, err = create.Save(ctx); err != nil {
		return err
	}
	if err := link.SetPaymentID(books.payment.ID).Exec(ctx); err != nil {
		return err
	}
	left := principal
	for _, row := range open {
		if part := min(left, row.Amount-row.Settled); part > 0 {
			if err := books.principal(ctx, row, part); err != nil {
				return err
			}
			left -= part
		}
	}
	if debt.Charge == nil {
		fine := min(late, debt.Debt.Fine-debt.finePaid())
		if err := books.late(ctx, settlement.KindFine, fine); err != nil {
			return err
		}
		if err := books.late(ctx, settlement.KindInterest, late-fine); err != nil {
			return err
		}
	}
	a.entries = append(a.entries, books.entries...)
	if principal < debt.Principal || debt.Charge == nil && debt.held > 0 { // what is contested may still be owed
		return nil
	}
	return a.closed(ctx, debt)
}

// closed says of a debt that its principal is settled. What it was to be paid by is taken back, on the paper of its carnê too:
// the instalments have slips of their own.
func (a *agreeing) closed(ctx context.Context, debt AgreedDebt) error {
	if debt.Charge != nil {
		return a.c.Charge.UpdateOneID(debt.Charge.ID).SetClosedAt(a.now).Exec(ctx)
	}
	if err := a.c.Invoice.UpdateOneID(debt.Invoice.ID).SetPaidAt(a.now).Exec(ctx); err != nil {
		return err
	}
	if err := a.c.Charge.Update().Where(charge.InvoiceID(debt.Invoice.ID), charge.ClosedAtIsNil()).SetClosedAt(a.now).Exec(ctx); err != nil {
		return err
	}
	if err := a.dropSlips(ctx, debt.Invoice.ID); err != nil || debt.Invoice.BookletID == nil {
		return err
	}
	return a.c.Booklet.UpdateOneID(*debt.Invoice.BookletID).ClearFileID().AddVersion(1).Exec(ctx)
}

// instalments makes the invoices of an agreement. Their charges are receivable; earned they are not again.
func (a *agreeing) instalments(ctx context.Context, r *AgreementPreview) error {
	first, err := numbers.Block(ctx, a.c, numbers.Invoice, len(r.Instalments))
	if err != nil {
		return err
	}
	rows, amounts := make([]*ent.InvoiceCreate, len(r.Instalments)), make([]money.Cents, len(r.Instalments))
	for k, one := range r.Instalments {
		amounts[k] = one.Amount
		rows[k] = a.c.Invoice.Create().SetNumber(first + int64(k)).SetCustomerID(a.made.CustomerID).SetMethodID(r.Method.ID).SetDue(one.Due).SetIssuedAt(a.now)
	}
	invoices, err := a.c.Invoice.CreateBulk(rows...).Save(ctx)
	if err != nil {
		return err
	}
	charges, links := make([]newCharge, len(invoices)), make([]*ent.AgreementInstalmentCreate, len(invoices))
	for k, one := range r.Instalments {
		charges[k] = newCharge{customer: a.made.CustomerID, invoice: invoices[k].ID, kind: charge.KindAgreement, due: one.Due, amount: one.Amount, memo: one.Memo,
			description: fmt.Sprintf("%s, parcela %d de %d", a.memo, k+1, len(r.Instalments))}
		links[k] = a.c.AgreementInstalment.Create().SetAgreementID(a.made.ID).SetInvoiceID(invoices[k].ID).SetPlace(k + 1)
	}
	posted, err := a.chargeRows(ctx, charges)
	if err != nil {
		return err
	}
	for _, row := range posted {
		a.side(ledgerentry.AccountReceivable, row.Amount, row.ID)
	}
	if err := a.c.AgreementInstalment.CreateBulk(links...).Exec(ctx); err != nil {
		return err
	}
	return a.slips(ctx, r.how, invoices, amounts, nil)
}

func (a *agreeing) side(account ledgerentry.Account, amount money.Cents, of uuid.UUID) {
	a.entries = append(a.entries, entry{posting: a.posting, account: account, customer: a.made.CustomerID, charge: of, amount: amount, memo: a.memo})
}

// awaitsAgreement says that a service stays suspended although its debt is settled: by an agreement of which the first instalment is open.
func (p post) awaitsAgreement(ctx context.Context, sub *ent.Subscription) (bool, error) {
	agreements, err := p.c.DebtAgreement.Query().Where(debtagreement.CustomerID(sub.CustomerID), debtagreement.CancelledAtIsNil()).IDs(ctx)
	if err != nil || len(agreements) == 0 {
		return false, err
	}
	firsts, err := p.c.AgreementInstalment.Query().Where(agreementinstalment.AgreementIDIn(agreements...), agreementinstalment.Place(1)).All(ctx)
	if err != nil {
		return false, err
	}
	for _, first := range firsts {
		open, err := p.c.Invoice.Query().Where(invoice.ID(first.InvoiceID), invoice.PaidAtIsNil()).Exist(ctx)
		if err != nil {
			return false, err
		}
		if !open {
			continue
		}
		if of, err := p.agreesOver(ctx, first.AgreementID, sub); err != nil || of {
			return of, err
		}
	}
	return false, nil
}

// agreesOver says whether debt of a service, or of one it follows, is in an agreement.
func (p post) agreesOver(ctx context.Context, agreement uuid.UUID, sub *ent.Subscription) (bool, error) {
	debts, err := p.c.AgreementDebt.Query().Where(agreementdebt.AgreementID(agreement)).All(ctx)
	if err != nil {
		return false, err
	}
	var invoices, charges []uuid.UUID
	for _, one := range debts {
		if one.InvoiceID != nil {
			invoices = append(invoices, *one.InvoiceID)
		} else {
			charges = append(charges, *one.ChargeID)
		}
	}
	return p.c.Charge.Query().Where(tenants.Among[predicate.Charge](charge.FieldSubscriptionID, Chain(sub)), charge.Suspends(true), charge.Or(charge.InvoiceIDIn(invoices...), charge.IDIn(charges...))).Exist(ctx)
}
