package bot

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/subscribers"
)

const (
	toPickService    = "servico"
	askedWhatHappens = "what_happens"
)

// attend is /suporte: which service, if there are several, then what happens.
func (v *visit) attend(ctx context.Context) (notes, error) {
	var choice keys
	var only *subscribers.Service
	_, err := v.each(ctx, func(ctx context.Context, customer *ent.Customer) (notes, error) {
		services, err := v.reception.subscribers.Services(ctx)
		for _, s := range services {
			only = &s
			choice = append(choice, row(press(serviceLabel(s, customer, len(v.customers) > 1), toPickService).of(customer, s.ID)))
		}
		return nil, err
	})
	switch {
	case err != nil:
		return nil, err
	case len(choice) == 0:
		return v.page(noServices, keys{row(menuKey)}), nil
	case len(choice) == 1:
		return v.askWhatHappens(ctx, *only)
	}
	return v.page(whichService, append(choice, row(cancelKey))), nil
}

// pickService takes one of several.
func (v *visit) pickService(ctx context.Context, id uuid.UUID) (notes, error) {
	services, err := v.reception.subscribers.Services(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(services, func(s subscribers.Service) bool { return s.ID == id })
	if i < 0 {
		return nil, tenants.NotFound()
	}
	return v.askWhatHappens(ctx, services[i])
}

func (v *visit) askWhatHappens(ctx context.Context, s subscribers.Service) (notes, error) {
	asked := subscribers.Dialog{Step: askedWhatHappens, Data: map[string]string{"customer": s.CustomerID.String(), "service": s.ID.String()}}
	return v.page(whatHappens(s), keys{row(cancelKey)}), v.reception.subscribers.Await(ctx, v.chat, asked)
}

// described opens the ticket with what was written.
func (v *visit) described(ctx context.Context, asked map[string]string) (notes, error) {
	i := slices.IndexFunc(v.customers, func(c *ent.Customer) bool { return c.ID.String() == asked["customer"] })
	service, err := uuid.Parse(asked["service"])
	if i < 0 || err != nil {
		return v.cancel(ctx)
	}
	if v.text == "" {
		return notes{{Text: onlyWords, Keys: keys{row(cancelKey)}}}, nil
	}
	var wrong tenants.Fields
	text := tenants.Typed{"texto": v.text}.Lines(&wrong, "texto")
	if err := wrong.Err(); err != nil {
		return nil, err
	}
	ticket, err := v.reception.support.OpenFromSubscriber(subscribers.As(ctx, v.customers[i]), service, text)
	if err != nil {
		return nil, err
	}
	return notes{{Text: ticketOpened(ticket), Keys: keys{row(menuKey)}}}, v.reception.subscribers.Forget(ctx, v.chat)
}
