package billing

import (
	"context"
	"fmt"
	"strings"

	"enlace/ent"
	"enlace/ent/billingevent"
	"enlace/ent/billingeventpart"
	"enlace/ent/charge"
	"enlace/ent/invoice"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/catalog"
	"enlace/tenants/money"
)

// Migrate posts what PreviewMigration shows, in the caller's transaction: the open invoices of what is to come take the new price, what stays
// billed is made up for, and days nobody has billed are billed now. What rides on the invoices of the old service rides on those of the new
// one. It returns the faults of PreviewMigration, Invalid carne_aberto required where nobody has said what becomes of an open carnê, and
// Conflict numbers_exhausted.
func (d Desk) Migrate(ctx context.Context, c *ent.Client, m Migrating) (*MigrationPreview, error) {
	p := d.post(ctx, c)
	if err := p.holdBilled(ctx, m.From); err != nil {
		return nil, err
	}
	r, err := p.planMigration(ctx, m)
	if err != nil {
		return nil, err
	}
	if r.Booklet && m.Open == "" {
		return nil, tenants.Invalid("carne_aberto", "required")
	}
	for _, do := range []func(context.Context, *MigrationPreview) error{p.moveEvents, p.turnPages, p.passDays, p.sendDifference, p.sendOver, p.billUntil} {
		if err := do(ctx, r); err != nil {
			return nil, err
		}
	}
	return r, p.endGaps(ctx, m.From.ID)
}

// holdBilled keeps the invoices that bill days of a service from today on as they are: who pays or changes one meanwhile waits.
func (p post) holdBilled(ctx context.Context, from *ent.Subscription) error {
	billing := tenants.IDsIn(charge.Table, charge.FieldInvoiceID, tenants.Among[predicate.Charge](charge.FieldSubscriptionID, Chain(from)), charge.PeriodToGT(p.today), charge.InvoiceIDNotNil())
	return p.c.Invoice.Update().Where(tenants.Among[predicate.Invoice](invoice.FieldID, billing)).AddVersion(1).Exec(ctx)
}

// moveEvents has what waits to ride on the invoices of the old service ride on those of the new one: surcharges, discounts, and what is left
// of an installation fee in parts.
func (p post) moveEvents(ctx context.Context, r *MigrationPreview) error {
	from, to := r.m.From, r.m.To
	waiting := []predicate.BillingEventPart{billingeventpart.SubscriptionID(from.ID), billingeventpart.ChargeIDIsNil(), billingeventpart.CancelledAtIsNil()}
	riding := tenants.IDsIn(billingeventpart.Table, billingeventpart.FieldEventID, waiting...)
	if err := p.c.BillingEvent.Update().Where(tenants.Among[predicate.BillingEvent](billingevent.FieldID, riding)).SetSubscriptionID(to.ID).Exec(ctx); err != nil {
		return err
	}
	if err := p.c.BillingEventPart.Update().Where(waiting...).SetSubscriptionID(to.ID).Exec(ctx); err != nil {
		return err
	}
	if from.FeeChoice != subscription.FeeChoiceFirstInvoices {
		return nil
	}
	billed, err := p.c.Charge.Query().Where(charge.SubscriptionID(from.ID), charge.KindEQ(charge.KindInstallation), charge.CancelledAtIsNil()).All(ctx)
	if err != nil {
		return err
	}
	left := from.Fee - feesOf(billed)
	update := p.c.Subscription.UpdateOneID(from.ID).SetFee(feesOf(billed)).SetFeeParts(len(billed))
	if len(billed) == 0 {
		update.SetFeeChoice(subscription.FeeChoiceNone)
	}
	if err := update.Exec(ctx); err != nil || left <= 0 {
		return err
	}
	return p.rides(ctx, to, "Taxa de Instalação, o que faltava", left, max(1, from.FeeParts-len(billed)), fmt.Sprintf("R$ %s − R$ %s", from.Fee, from.Fee-left))
}

// passDays makes the invoice of the days that nobody has billed.
func (p post) passDays(ctx context.Context, r *MigrationPreview) error {
	in, from, to := r.Passed, r.m.From, r.m.To
	if in == nil {
		return nil
	}
	alone := newCharge{customer: to.CustomerID, due: in.Due}
	if to.SeparateInvoice || to.Booklet {
		alone.subscription = to.ID
	}
	made, err := p.emptyInvoice(ctx, alone, to.MethodID)
	if err != nil {
		return err
	}
	plan, err := p.c.Plan.Get(ctx, from.PlanID)
	if err != nil {
		return err
	}
	weights, err := catalog.Items(ctx, p.c, from.PlanID)
	if err != nil {
		return err
	}
	var fees []newCharge
	for i, line := range in.Lines {
		if i < in.Before {
			fees = append(fees, recurring(from, plan, made.ID, in.Due, PreviewLine{line.Line, compose(line.Amount, weights)}))
		} else {
			fees = append(fees, p.fee(r, made.ID, in.Due, line.Line))
		}
	}
	if _, err := p.charges(ctx, fees); err != nil {
		return err
	}
	if in.Total == 0 {
		return p.nothingToPay(ctx, made)
	}
	how, err := collectionOf(ctx, p.c, to.MethodID)
	if err != nil {
		return err
	}
	return p.slips(ctx, how, []*ent.Invoice{made}, []money.Cents{in.Total}, nil)
}

// sendDifference posts what is owed more or less of days that stay billed as they are.
func (p post) sendDifference(ctx context.Context, r *MigrationPreview) error {
	to := r.m.To
	switch r.Goes {
	case GoesNext:
		for _, line := range r.Lines {
			if err := p.rides(ctx, to, line.What, line.Amount, 1, line.Memo); err != nil {
				return err
			}
		}
	case GoesLoose:
		_, err := p.charges(ctx, []newCharge{{customer: to.CustomerID, subscription: to.ID, kind: charge.KindEvent, description: "Diferença da migração para " + r.plan.Name,
			due: r.Due, amount: r.Net(), memo: r.memo()}})
		return err
	case GoesCredit:
		return p.credit(ctx, to, -r.Net(), r.memo())
	}
	return nil
}

// memo explains the difference in one line.
func (r *MigrationPreview) memo() string {
	var said []string
	for _, line := range r.Lines {
		said = append(said, fmt.Sprintf("%s: %s (%s)", line.What, line.Amount, line.Memo))
	}
	return strings.Join(said, "; ")
}

// billUntil notes up to where the new service is billed by all this.
func (p post) billUntil(ctx context.Context, r *MigrationPreview) error {
	update := p.c.Subscription.UpdateOneID(r.m.To.ID).SetWholeBilled(r.whole)
	if !r.until.IsZero() {
		update.SetBilledUntil(r.until)
	}
	return update.Exec(ctx)
}
