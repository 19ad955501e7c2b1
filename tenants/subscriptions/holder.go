package subscriptions

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/networklogin"
	"enlace/ent/plan"
	"enlace/ent/subscription"
	"enlace/ent/subscriptionaddress"
	"enlace/ent/trustgrant"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/contracts"
	"enlace/tenants/customers"
	"enlace/tenants/history"
	"enlace/tenants/staff"
	"enlace/tenants/status"
)

// Holder is a customer's page: who it is, the services held, and what happened last.
type Holder struct {
	*customers.Card
	Services []*Service // as far as a slip shows them; the service's own page has the rest
	History  []*ent.History
}

// Holder reads a customer's page with the same few queries however many services there are. It returns NotFound for a customer that is not
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
	var owing []*ent.Subscription // those whose debt decides whether they may be suspended
	inDebt := false
	for _, sub := range subs {
		inDebt = inDebt || status.InDebt(sub.Status)
		if status.Allowed(status.Suspend, sub.Status) {
			owing = append(owing, sub)
		}
	}
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
	var debts map[uuid.UUID][]*ent.Charge
	if len(owing) > 0 {
		debts, err = billing.SuspendingDebts(ctx, c, today, owing...)
	}
	for _, s := range list {
		s.Debt = debts[s.Subscription.ID]
		s.optionsAtAGlance(today)
	}
	return list, err
}

// optionsAtAGlance is options without a question to the database: whether the law lets a service in debt be cut today, its own page says.
func (s *Service) optionsAtAGlance(today calendar.Date) {
	sub, cut := s.Subscription, error(nil)
	switch {
	case !status.Allowed(status.Suspend, sub.Status):
		cut = status.Forbidden(status.Suspend, sub.Status)
	case sub.NeverBlock || sub.NoBlockUntil.After(today):
		cut = tenants.Conflict("spared")
	case len(s.Debt) == 0:
		cut = tenants.Conflict("no_debt")
	}
	s.Options = []Option{{"habilitar", unlessAllowed(status.Enable, sub.Status)}, {"desbloqueio", trustRefusal(sub, s.Grant)}, {"suspender", cut}}
}
