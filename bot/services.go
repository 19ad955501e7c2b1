package bot

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/subscribers"
)

const (
	toService    = "ver"
	toInvoicesOf = "faturasde"
)

// services is Serviços Contratados, each with its state and the trust it runs on; one alone with all that is known of it.
func (v *visit) services(ctx context.Context) (notes, error) {
	return v.each(ctx, func(ctx context.Context, customer *ent.Customer) (notes, error) {
		services, err := v.reception.subscribers.Services(ctx)
		if err != nil {
			return nil, err
		}
		if len(services) == 1 {
			return v.serviceOf(ctx, customer, services[0])
		}
		var k keys
		for _, s := range services {
			k = append(k, row(press(serviceLabel(s, customer, false), toService).of(customer, s.ID)))
		}
		return v.page(servicesText(services, v.isp.Zone), append(k, row(menuKey))), nil
	})
}

// service is one of several.
func (v *visit) service(ctx context.Context, id uuid.UUID) (notes, error) {
	s, err := v.found(ctx, id)
	if err != nil {
		return nil, err
	}
	return v.serviceOf(ctx, v.asking(ctx)[0], s)
}

// found is a service of the customer who asks.
func (v *visit) found(ctx context.Context, id uuid.UUID) (s subscribers.Service, err error) {
	services, err := v.reception.subscribers.Services(ctx)
	if err != nil {
		return s, err
	}
	i := slices.IndexFunc(services, func(s subscribers.Service) bool { return s.ID == id })
	if i < 0 {
		return s, tenants.NotFound()
	}
	return services[i], nil
}

func (v *visit) serviceOf(ctx context.Context, customer *ent.Customer, s subscribers.Service) (notes, error) {
	at, err := v.reception.subscribers.Place(ctx, s.ID)
	if err != nil {
		return nil, err
	}
	do := func(label, verb string) key { return press(label, verb).of(customer, s.ID) }
	return v.page(serviceText(s, at, v.isp.Zone), keys{row(do(labelInvoices, toInvoicesOf), do(labelSupport, toPickService)), row(do(labelPlans, toPlans), do(labelDays, toDays)), row(menuKey)}), nil
}

// invoicesOfService is what there is to pay of one service: invoices with a charge of it.
func (v *visit) invoicesOfService(ctx context.Context, id uuid.UUID) (notes, error) {
	if _, err := v.found(ctx, id); err != nil {
		return nil, err
	}
	return v.each(ctx, func(ctx context.Context, customer *ent.Customer) (notes, error) {
		return v.invoicesOf(ctx, customer, uuid.Nil, func(s *billing.Standing) bool {
			return slices.ContainsFunc(s.Charges, func(c *ent.Charge) bool { return c.SubscriptionID != nil && *c.SubscriptionID == id })
		})
	})
}
