package subscriptions

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/dueday"
	"enlace/ent/plan"
	"enlace/ent/subscription"
	"enlace/ent/subscriptionaddress"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/customers"
	"enlace/tenants/money"
	"enlace/tenants/status"
	"enlace/tenants/support"
)

// Wish is what a subscriber would have otherwise of a service: another plan, or another due day; one of both. The office does it, or not.
type Wish struct {
	Subscription uuid.UUID
	Plan         uuid.UUID
	DueDay       int
}

// Wished is a wish with what it would come to if it were done today.
type Wished struct {
	From, To *ent.Subscription // as it is, and as it would be
	Was, Is  *ent.Plan
	Preview  *billing.MigrationPreview
}

// WishChoices is what may be wished for of a service.
type WishChoices struct {
	Of      *ent.Subscription
	Plan    *ent.Plan   // it has now
	Plans   []*ent.Plan // sold where it is installed, by the same technology, the cheapest first; its own is not among them
	DueDays []int       // of the ISP; its own is not among them
}

// WishChoices reads what the subscriber who asks may wish for of a service of theirs. It returns the faults of MayMigrate, and NotFound for
// another's service.
func (d Desk) WishChoices(ctx context.Context, id uuid.UUID) (w *WishChoices, err error) {
	return w, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		sub, err := own(ctx, c, id)
		if err != nil {
			return err
		}
		if err := MayMigrate(ctx, c, sub, ""); err != nil {
			return err
		}
		w, err = wishChoices(ctx, c, sub)
		return err
	})
}

// own finds a service of the subscriber who asks that is not cancelled, or NotFound.
func own(ctx context.Context, c *ent.Client, id uuid.UUID) (*ent.Subscription, error) {
	who := tenants.Who(ctx)
	if who.Kind != tenants.Subscriber {
		return nil, tenants.NotFound()
	}
	sub, err := c.Subscription.Query().Where(subscription.ID(id), subscription.CustomerID(who.ID), subscription.StatusNEQ(status.Cancelled)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, tenants.NotFound()
	}
	return sub, err
}

func wishChoices(ctx context.Context, c *ent.Client, sub *ent.Subscription) (w *WishChoices, err error) {
	w = &WishChoices{Of: sub}
	if w.Plan, err = c.Plan.Get(ctx, sub.PlanID); err != nil {
		return nil, err
	}
	at, err := customers.AddressOf(ctx, c, sub.ID, subscriptionaddress.RoleInstalacao)
	if err != nil {
		return nil, err
	}
	all, err := c.Plan.Query().Where(plan.Active(true), plan.IDNEQ(sub.PlanID), plan.TechnologyEQ(w.Plan.Technology)).Order(plan.ByPrice(), plan.ByName()).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, one := range all {
		if len(one.Cities) == 0 || at != nil && customers.Serves(one, at.Ibge, at.City, at.Uf) {
			w.Plans = append(w.Plans, one)
		}
	}
	days, err := c.DueDay.Query().Where(dueday.DayNEQ(sub.DueDay)).Order(dueday.ByDay()).All(ctx)
	for _, one := range days {
		w.DueDays = append(w.DueDays, one.Day)
	}
	return w, err
}

// PreviewWish says what a wish of the subscriber who asks would do to money if it were done today, by the function that posts it. It returns
// Invalid of plano or dia_vencimento for what is not to be chosen, the faults of MayMigrate, and NotFound for another's service.
func (d Desk) PreviewWish(ctx context.Context, in Wish) (w *Wished, err error) {
	return w, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		w, err = d.wished(ctx, c, in)
		return err
	})
}

func (d Desk) wished(ctx context.Context, c *ent.Client, in Wish) (*Wished, error) {
	from, err := own(ctx, c, in.Subscription)
	if err != nil {
		return nil, err
	}
	if err := MayMigrate(ctx, c, from, ""); err != nil {
		return nil, err
	}
	choices, err := wishChoices(ctx, c, from)
	if err != nil {
		return nil, err
	}
	w := &Wished{From: from, Was: choices.Plan, Is: choices.Plan, To: as(from, remaining(from))}
	if in.Plan != uuid.Nil {
		i := slices.IndexFunc(choices.Plans, func(one *ent.Plan) bool { return one.ID == in.Plan })
		if i < 0 {
			return nil, tenants.Invalid("plano", "choice")
		}
		w.Is = choices.Plans[i]
		w.To = as(from, money.Price{Contracted: w.Is.Price})
		w.To.PlanID = w.Is.ID
	} else if w.To.DueDay = in.DueDay; !slices.Contains(choices.DueDays, in.DueDay) {
		return nil, tenants.Invalid("dia_vencimento", "due_day")
	}
	w.Preview, err = d.billing().PreviewMigration(ctx, c, billing.Migrating{From: from, To: w.To})
	return w, err
}

// as is a service that would follow one, with its terms, at a price.
func as(from *ent.Subscription, price money.Price) *ent.Subscription {
	return &ent.Subscription{CustomerID: from.CustomerID, PlanID: from.PlanID, Price: price.Contracted, DiscountFixed: price.Fixed, DiscountPercent: price.Percent,
		DiscountMonths: price.Months, MethodID: from.MethodID, DueDay: from.DueDay, Mode: from.Mode, Booklet: from.Booklet, SeparateInvoice: from.SeparateInvoice}
}

// remaining is the price of a service with so much of its discount as is left.
func remaining(sub *ent.Subscription) money.Price {
	price := billing.PriceOf(sub)
	switch {
	case price.Months == 0:
	case sub.WholeBilled >= price.Months:
		return money.Price{Contracted: price.Contracted}
	default:
		price.Months -= sub.WholeBilled
	}
	return price
}

// AskFor opens a ticket for a wish of the subscriber who asks, in the words in which it was shown; the same question asked twice opens one. It
// returns the faults of PreviewWish.
func (d Desk) AskFor(ctx context.Context, in Wish, said, key string) (opened *ent.Ticket, err error) {
	desk := support.Desk{DB: d.DB, Diagnose: d.Diagnose}
	id, err := d.DB.Once(ctx, "ask_for", key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		if _, err := d.wished(ctx, c, in); err != nil {
			return "", err
		}
		if opened, err = desk.OpenFromSubscriber(ctx, in.Subscription, said); err != nil {
			return "", err
		}
		return opened.ID.String(), nil
	})
	if err != nil || opened != nil {
		return opened, err
	}
	before, err := uuid.Parse(id) // it was asked before
	if err != nil {
		return nil, err
	}
	f, err := desk.Follow(ctx, before)
	if err != nil {
		return nil, err
	}
	return f.Ticket, nil
}
