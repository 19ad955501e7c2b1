package subscriptions

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/networklogin"
	"enlace/ent/plan"
	"enlace/ent/subscription"
	"enlace/ent/subscriptionaddress"
	"enlace/ent/trustgrant"
	"enlace/tenants/billing"
	"enlace/tenants/contracts"
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

// Holder reads a customer's page with the same few queries however many services there are, and some more for one in debt that still runs:
// whether the law lets it be cut today. It returns NotFound for a customer that is not
// the ISP's.
func (d Desk) Holder(ctx context.Context, id uuid.UUID, entries int) (h *Holder, err error) {
	return h, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		h = &Holder{}
		if h.Card, err = customers.ReadCard(ctx, c, id); err != nil {
			return err
		}
		if h.Services, err = d.heldBy(ctx, c, h.Card); err != nil {
			return err
		}
		if h.Account, err = billing.Owes(ctx, c, d.DB.Today(ctx), h.Customer); err != nil {
			return err
		}
		h.History, err = history.OfCustomer(ctx, c, id, entries)
		return err
	})
}

func (d Desk) heldBy(ctx context.Context, c *ent.Client, card *customers.Card) ([]*Service, error) {
	subs, err := c.Subscription.Query().Where(subscription.CustomerID(card.Customer.ID)).Order(subscription.ByNumber()).All(ctx)
	if err != nil {
		return nil, err
	}
	today := d.DB.Today(ctx)
	list, byID, ids, sold := make([]*Service, len(subs)), map[uuid.UUID]*Service{}, make([]uuid.UUID, len(subs)), make([]uuid.UUID, len(subs))
	for i, sub := range subs {
		list[i] = &Service{Subscription: sub, Customer: card.Customer, Addresses: map[subscriptionaddress.Role]*ent.Address{}}
		byID[sub.ID], ids[i], sold[i] = list[i], sub.ID, sub.PlanID
	}
	plans, err := c.Plan.Query().Where(plan.IDIn(sold...)).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, row := range plans {
		for _, s := range list {
			if s.Subscription.PlanID == row.ID {
				s.Plan = row
			}
		}
	}
	uses, err := c.SubscriptionAddress.Query().Where(subscriptionaddress.SubscriptionIDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, use := range uses {
		byID[use.SubscriptionID].Addresses[use.Role] = card.Address(use.AddressID)
	}
	logins, err := c.NetworkLogin.Query().Where(networklogin.SubscriptionIDIn(ids...), networklogin.Active(true)).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, row := range logins {
		byID[row.SubscriptionID].Login = row
	}
	inDebt := slices.ContainsFunc(subs, func(sub *ent.Subscription) bool { return status.InDebt(sub.Status) })
	var grants []*ent.TrustGrant
	if inDebt { // nobody else is trusted
		grants, err = c.TrustGrant.Query().Where(trustgrant.SubscriptionIDIn(ids...), trustgrant.EndedAtIsNil(), trustgrant.UntilGT(d.DB.Now())).All(ctx)
	}
	if err != nil {
		return nil, err
	}
	for _, row := range grants {
		byID[row.SubscriptionID].Grant = row
	}
	inForce, err := contracts.InForce(ctx, c, ids)
	if err != nil {
		return nil, err
	}
	for id, row := range inForce {
		byID[id].Contracts = []*ent.Contract{row}
	}
	debts, err := billing.SuspendingDebts(ctx, c, today, subs...)
	if err != nil {
		return nil, err
	}
	for _, s := range list {
		s.Debt = debts[s.Subscription.ID]
		if err := s.options(ctx, c, today); err != nil {
			return nil, err
		}
	}
	return list, nil
}
