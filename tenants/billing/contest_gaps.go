package billing

import (
	"context"
	"slices"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/suspension"
)

// giveContested gives back of a monthly fee, whose contest was rejected, the days without service that were given back of others while it was
// contested: until the answer nobody knew whether there was anything to give back of (money.md M7, M8).
func (p post) giveContested(ctx context.Context, row *ent.Charge) error {
	if row.Kind != charge.KindRecurring || row.SubscriptionID == nil {
		return nil
	}
	sub, err := p.c.Subscription.Get(ctx, *row.SubscriptionID)
	if err != nil {
		return err
	}
	gaps, err := GapsOf(ctx, p.c, sub.ID)
	if err != nil {
		return err
	}
	for at, one := range gaps {
		if !credited(one) || one.Row.CreditedAt.Before(*row.ContestedAt) || one.Days.Empty() {
			continue
		}
		before := plain(gaps[:at], credited)
		what := suspendedDays
		if one.Row.Kind == suspension.KindPedido {
			what = pausedDays
		}
		a, err := p.gapChangedOf(ctx, sub, one.Days, what+one.Days.String(), gaps, before, append(slices.Clip(before), one.Gap), func(f fee) bool { return f.Row.ID == row.ID })
		if err != nil {
			return err
		}
		if err := p.postGap(ctx, a, ""); err != nil {
			return err
		}
	}
	return nil
}
