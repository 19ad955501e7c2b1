package billing

import (
	"context"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/tenants"
)

// TransferDone is what Transfer posted.
type TransferDone struct {
	*TransferPreview
	Final, FirstMade *ent.Invoice // nil where there was nothing to put on one
}

// Transfer posts what PreviewTransfer shows, in the caller's transaction, and bills the service to its new holder from now on; who holds it and
// by which terms the caller writes. shown is the Seen of the preview, "" when none was shown. It returns Conflict transfer_unseen when something
// else would be posted, and the faults of PreviewTransfer.
func (d Desk) Transfer(ctx context.Context, c *ent.Client, h Handing, shown, reason string) (*TransferDone, error) {
	p := d.post(ctx, c)
	if err := p.holdOpen(ctx, h.From); err != nil {
		return nil, err
	}
	r, err := p.planTransfer(ctx, h)
	if err != nil {
		return nil, err
	}
	if shown != "" && shown != r.Seen() {
		return nil, tenants.Conflict("transfer_unseen")
	}
	done := &TransferDone{TransferPreview: r}
	for _, step := range []func() error{
		func() error { return p.endInvoices(ctx, r.FinalAccount, reason) },
		func() error { done.Final, err = p.finalInvoice(ctx, r.FinalAccount); return err },
		func() error { return p.giveCredit(ctx, r.FinalAccount) },
		func() error { return p.endGaps(ctx, r.FinalAccount.Subscription.ID) },
		func() error { return p.passOn(ctx, h.From) },
		func() error { done.FirstMade, err = p.beginWith(ctx, r); return err },
		func() error { return p.billedTo(ctx, r) },
		func() error { _, err := p.restoreCleared(ctx, h.From.CustomerID); return err },
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return done, nil
}

// passOn marks what was billed of days that are the new holder's: it was given back, and he is billed for them.
func (p post) passOn(ctx context.Context, sub *ent.Subscription) error {
	return p.c.Charge.Update().Where(tenants.Among[predicate.Charge](charge.FieldSubscriptionID, Chain(sub)), charge.CustomerID(sub.CustomerID), charge.PassedOnAtIsNil(), charge.KindEQ(charge.KindRecurring),
		charge.CancelledAtIsNil(), charge.PeriodToGT(p.today)).SetPassedOnAt(p.now).Exec(ctx)
}

// beginWith makes the first invoice of who takes the service over.
func (p post) beginWith(ctx context.Context, r *TransferPreview) (*ent.Invoice, error) {
	if r.First == nil {
		return nil, nil
	}
	made, _, err := p.invoiceOf(ctx, r.h.To, r.how, r.First.Due, r.First.Lines)
	return made, err
}

// billedTo notes up to where the new holder is billed, and what is left of the discount. What is left of an installation fee stays with who
// held the service.
func (p post) billedTo(ctx context.Context, r *TransferPreview) error {
	return p.c.Subscription.UpdateOneID(r.h.From.ID).SetBilledUntil(r.until).SetWholeBilled(r.whole).
		SetDiscountFixed(r.Price.Fixed).SetDiscountPercent(r.Price.Percent).SetDiscountMonths(r.Price.Months).
		SetFeeChoice(subscription.FeeChoiceNone).SetFee(0).SetFeeParts(0).Exec(ctx)
}
