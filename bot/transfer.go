package bot

import (
	"context"

	"github.com/google/uuid"

	"enlace/tenants/subscriptions"
)

const toTransfer, toAcceptTransfer, toRefuseTransfer = subscriptions.DoTransfer, "aceitar", "recusar"

// transfer shows one of the two what changes with a transfer that waits, and asks for an answer.
func (v *visit) transfer(ctx context.Context, id uuid.UUID) (notes, error) {
	in, err := v.reception.subscriptions.ByParty(ctx, id)
	if err != nil {
		return nil, err
	}
	k := keys{row(menuKey)}
	if in.Accepted(in.Side) == nil {
		customer := v.asking(ctx)[0]
		k = keys{row(press(labelAccept, toAcceptTransfer).of(customer, id), press(labelRefuse, toRefuseTransfer).of(customer, id))}
	}
	return v.page(transferText(in, v.isp.Zone), k), nil
}

// acceptTransfer accepts it; when both have, the office has it take effect.
func (v *visit) acceptTransfer(ctx context.Context, id uuid.UUID) (notes, error) {
	in, err := v.reception.subscriptions.AcceptAsParty(ctx, id)
	if err != nil {
		return nil, err
	}
	return append(v.page(transferText(in, v.isp.Zone), nil), note{Text: transferAccepted, Keys: keys{row(menuKey)}}), nil
}

func (v *visit) refuseTransfer(ctx context.Context, id uuid.UUID) (notes, error) {
	if err := v.reception.subscriptions.RefuseAsParty(ctx, id); err != nil {
		return nil, err
	}
	return v.page(transferRefused, keys{row(menuKey)}), nil
}
