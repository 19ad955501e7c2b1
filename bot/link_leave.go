package bot

import (
	"context"

	"github.com/google/uuid"

	"enlace/tenants"
)

const toConfirmLeave = "tchau"

// leaving is /sair: it asks first, and which, when the chat sees several customers.
func (v *visit) leaving(context.Context) (notes, error) {
	if len(v.customers) == 1 {
		return v.page(leaveQuestion(v.isp.Name), keys{row(press(labelLeave, toConfirmLeave)), row(cancelKey)}), nil
	}
	var choice keys
	for _, customer := range v.customers {
		choice = append(choice, row(press(labelLeaveOne(customer.Name), toConfirmLeave).of(customer, uuid.Nil)))
	}
	return v.page(whichToLeave, append(choice, row(press(labelLeaveAll, toConfirmLeave)), row(cancelKey))), nil
}

// confirmLeave ends the link to the customer a button names, or all of them.
func (v *visit) confirmLeave(ctx context.Context, _ uuid.UUID) (notes, error) {
	if who := tenants.Who(ctx); who.Kind == tenants.Subscriber {
		return v.page(leftOne(who.Name), keys{row(menuKey)}), v.reception.subscribers.Leave(ctx, v.chat, who.ID)
	}
	return v.page(farewell(v.isp.Name, v.face.Farewell), nil), v.reception.subscribers.Leave(ctx, v.chat)
}
