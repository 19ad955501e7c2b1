package billing

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/subscription"
	"enlace/tenants/calendar"
	"enlace/tenants/catalog"
	"enlace/tenants/staff"
	"enlace/tenants/status"
)

// ChargeOffer is what a loose charge of a customer can be made of.
type ChargeOffer struct {
	Customer *ent.Customer
	Kinds    []*ent.ChargeKind // Taxa de Instalação first
	Services []Service         // the newest first; cancelled ones are not among them
	Due      calendar.Date     // what one would ask for
}

// Service is a subscription with its plan.
type Service struct {
	*ent.Subscription
	Plan *ent.Plan
}

// OfferCharge reads what a loose charge can be made of. It returns NotFound for a customer that is not the ISP's.
func (d Desk) OfferCharge(ctx context.Context, of uuid.UUID) (offer *ChargeOffer, err error) {
	return offer, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Charge); err != nil {
			return err
		}
		offer = &ChargeOffer{Due: d.DB.Today(ctx).AddDays(soonest)}
		if offer.Customer, err = customerOf(ctx, c, of); err != nil {
			return err
		}
		kinds, err := catalog.ChargeKinds(ctx, c)
		if err != nil {
			return err
		}
		for _, first := range []bool{true, false} {
			for _, row := range kinds {
				if row.Installation == first {
					offer.Kinds = append(offer.Kinds, row)
				}
			}
		}
		offer.Services, err = servicesOf(ctx, c, of)
		return err
	})
}

// servicesOf are the services of a customer that may be charged for, the newest first.
func servicesOf(ctx context.Context, c *ent.Client, of uuid.UUID) (list []Service, err error) {
	subs, err := c.Subscription.Query().Where(subscription.CustomerID(of), subscription.StatusNEQ(status.Cancelled)).Order(ent.Desc(subscription.FieldNumber)).All(ctx)
	if err != nil || len(subs) == 0 {
		return nil, err
	}
	plans, err := plansOf(ctx, c, subs)
	for _, sub := range subs {
		list = append(list, Service{sub, plans[sub.ID]})
	}
	return list, err
}
