package subscribers

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/contact"
	"enlace/ent/plan"
	"enlace/ent/subscription"
	"enlace/ent/subscriptionaddress"
	"enlace/ent/trustgrant"
	"enlace/tenants"
	"enlace/tenants/customers"
	"enlace/tenants/status"
)

// Service is a service of the customer's, with the grant by which it has access now, if by one.
type Service struct {
	*ent.Subscription
	Plan  *ent.Plan
	Grant *ent.TrustGrant
}

// Services lists the services of the customer who asks, by number, but for cancelled ones. It returns NotFound for anybody else.
func (d Desk) Services(ctx context.Context) (all []Service, err error) {
	who, err := me(ctx)
	if err != nil {
		return nil, err
	}
	return all, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		subs, err := c.Subscription.Query().Where(subscription.CustomerID(who.ID), subscription.StatusNEQ(status.Cancelled)).
			Order(subscription.ByNumber()).All(ctx)
		if err != nil || len(subs) == 0 {
			return err
		}
		var ids, planIDs []uuid.UUID
		for _, sub := range subs {
			ids, planIDs = append(ids, sub.ID), append(planIDs, sub.PlanID)
		}
		plans, err := c.Plan.Query().Where(plan.IDIn(planIDs...)).All(ctx)
		if err != nil {
			return err
		}
		grants, err := c.TrustGrant.Query().Where(trustgrant.SubscriptionIDIn(ids...), trustgrant.EndedAtIsNil(), trustgrant.UntilGT(d.DB.Now())).All(ctx)
		if err != nil {
			return err
		}
		planOf, grantOf := map[uuid.UUID]*ent.Plan{}, map[uuid.UUID]*ent.TrustGrant{}
		for _, row := range plans {
			planOf[row.ID] = row
		}
		for _, row := range grants {
			grantOf[row.SubscriptionID] = row
		}
		for _, sub := range subs {
			all = append(all, Service{sub, planOf[sub.PlanID], grantOf[sub.ID]})
		}
		return nil
	})
}

// Place is where a service of the customer who asks is installed; nil where nobody has said. It returns NotFound for anybody else.
func (d Desk) Place(ctx context.Context, service uuid.UUID) (at *ent.Address, err error) {
	who, err := me(ctx)
	if err != nil {
		return nil, err
	}
	return at, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		at, err = customers.AddressOf(ctx, c, service, subscriptionaddress.RoleInstalacao)
		if at != nil && at.CustomerID != who.ID {
			return tenants.NotFound()
		}
		return err
	})
}

// Record is what the office has of the customer who asks.
type Record struct {
	Customer *ent.Customer
	Contacts []*ent.Contact
}

// Record reads the customer who asks, with telephones and e-mails. It returns NotFound for anybody else.
func (d Desk) Record(ctx context.Context) (r Record, err error) {
	who, err := me(ctx)
	if err != nil {
		return r, err
	}
	return r, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if r.Customer, err = c.Customer.Get(ctx, who.ID); err != nil {
			return err
		}
		r.Contacts, err = c.Contact.Query().Where(contact.CustomerID(who.ID)).Order(contact.ByKind(), contact.ByPosition()).All(ctx)
		return err
	})
}
