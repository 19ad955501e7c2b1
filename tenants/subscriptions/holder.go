package subscriptions

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/ent/subscriptionaddress"
	"enlace/ent/trustgrant"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/customers"
	"enlace/tenants/history"
	"enlace/tenants/staff"
	"enlace/tenants/status"
)

// Holder is a customer's page: who it is, the services held, and what happened last.
type Holder struct {
	*customers.Card
	Services []*Service       // as far as a slip shows them; the service's own page has the rest
	Account  *billing.Account // what is owed and what is to the customer's credit
	History  []*ent.History
}

// Holder reads a customer's page with the same few queries however many services there are, and two more for each that is in debt and still
// runs: whether the law lets it be cut today. It returns NotFound for a customer that is not the ISP's.
func (d Desk) Holder(ctx context.Context, id uuid.UUID, entries int) (h *Holder, err error) {
	return h, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		h = &Holder{}
		if h.Card, err = customers.ReadCard(ctx, c, id); err != nil {
			return err
		}
		if h.Account, err = billing.Owes(ctx, c, d.DB.Today(ctx), h.Customer); err != nil {
			return err
		}
		if h.Services, err = d.heldBy(ctx, c, h); err != nil {
			return err
		}
		h.History, err = history.OfCustomer(ctx, c, id, entries)
		return err
	})
}

func (d Desk) heldBy(ctx context.Context, c *ent.Client, h *Holder) ([]*Service, error) {
	subs, err := c.Subscription.Query().Where(subscription.CustomerID(h.Customer.ID), installed).Where(called...).Order(subscription.ByNumber()).All(ctx)
	if err != nil {
		return nil, err
	}
	grants, err := d.grantsOf(ctx, c, subs)
	if err != nil {
		return nil, err
	}
	today, list := d.DB.Today(ctx), make([]*Service, len(subs))
	for i, sub := range subs {
		s := newService(sub)
		s.Customer, s.Debt, s.Grant = h.Customer, h.Account.SuspendingDebt(today, sub, followed(sub, subs)...), grants[sub.ID]
		if at, err := uuid.Parse(tenants.Said(sub, "installed")); err == nil {
			s.Installed = h.Address(at)
		}
		if err := s.options(ctx, c, today); err != nil {
			return nil, err
		}
		list[i] = s
	}
	return list, nil
}

// followed are those of some services that one follows by migration.
func followed(sub *ent.Subscription, subs []*ent.Subscription) (ids []uuid.UUID) {
	for _, other := range subs {
		if sub.ChainID != nil && (other.ID == *sub.ChainID || other.ChainID != nil && *other.ChainID == *sub.ChainID) {
			ids = append(ids, other.ID)
		}
	}
	return ids
}

// installed puts beside a subscription which of the customer's addresses it is installed at.
var installed = tenants.Beside[predicate.Subscription]("installed", subscription.FieldID, subscriptionaddress.Table, subscriptionaddress.FieldSubscriptionID,
	subscriptionaddress.FieldAddressID, subscriptionaddress.RoleEQ(subscriptionaddress.RoleInstalacao))

// grantsOf are the grants by which some services have access now, by service. Nobody who is not in debt is trusted.
func (d Desk) grantsOf(ctx context.Context, c *ent.Client, subs []*ent.Subscription) (map[uuid.UUID]*ent.TrustGrant, error) {
	var inDebt []uuid.UUID
	for _, sub := range subs {
		if status.InDebt(sub.Status) {
			inDebt = append(inDebt, sub.ID)
		}
	}
	if len(inDebt) == 0 {
		return nil, nil
	}
	rows, err := c.TrustGrant.Query().Where(trustgrant.SubscriptionIDIn(inDebt...), trustgrant.EndedAtIsNil(), trustgrant.UntilGT(d.DB.Now())).All(ctx)
	grants := map[uuid.UUID]*ent.TrustGrant{}
	for _, row := range rows {
		grants[row.SubscriptionID] = row
	}
	return grants, err
}
