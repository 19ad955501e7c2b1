package bot

import (
	"context"

	"enlace/ent"
)

// record is /meusdados: what the office has of the customer, masked, since a telephone passes from hand to hand.
func (v *visit) record(ctx context.Context) (notes, error) {
	return v.each(ctx, func(ctx context.Context, _ *ent.Customer) (notes, error) {
		r, err := v.reception.subscribers.Record(ctx)
		if err != nil {
			return nil, err
		}
		return v.page(recordText(r), keys{row(menuKey)}), nil
	})
}
