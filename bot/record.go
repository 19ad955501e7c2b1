package bot

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
)

const toConfirmLeave = "tchau"

// record is /meusdados: what the office has of the customer, masked, since a telephone passes from hand to hand.
func (v *visit) record(ctx context.Context) (notes, error) {
	return v.each(ctx, func(ctx context.Context, _ *ent.Customer) (notes, error) {
		r, err := v.reception.subscribers.Record(ctx)
		if err != nil {
			return nil, err
		}
		return v.page(recordText(r), keys{row(press(labelWishes, toWishes)), row(menuKey)}), nil
	})
}

// leaving is /sair: it asks first.
func (v *visit) leaving(context.Context) (notes, error) {
	return v.page(leaveQuestion(v.isp.Name), keys{row(press(labelLeave, toConfirmLeave)), row(cancelKey)}), nil
}

func (v *visit) confirmLeave(ctx context.Context, _ uuid.UUID) (notes, error) {
	return v.page(farewell(v.isp.Name, v.face.Farewell), nil), v.reception.subscribers.Leave(ctx, v.chat)
}
