package bot

import (
	"context"

	"enlace/tenants/subscribers"
)

// link is /start with the token of a one-time link: from now on the chat may see the customer it was made for.
func (v *visit) link(ctx context.Context) (notes, error) {
	customer, err := v.reception.subscribers.Accept(ctx, v.chat, v.argument)
	if err != nil {
		return nil, err
	}
	return notes{{Text: welcome(subscribers.FirstName(customer), v.isp.Name), Keys: menuKeys}}, nil
}
