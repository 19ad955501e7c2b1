package reports

import (
	"cmp"
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/subscription"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// Month is how the sales of the running month go, up to today. A migration is neither a sale nor a cancellation.
type Month struct {
	From      calendar.Date
	Sold      int
	ByOrigin  []OriginSales // the most first
	Enabled   int
	Cancelled int
	Revenue   money.Cents // a month, discounts taken off, of what was enabled less what was cancelled
}

// OriginSales is how many services one origin sold; no name is of those without an origin.
type OriginSales struct {
	Origin string
	Sold   int
}

func (d *Day) readMonth(ctx context.Context, c *ent.Client) error {
	m := &Month{From: calendar.On(d.Today.Year(), d.Today.Month(), 1)}
	d.Month = m
	if err := m.readSales(ctx, c); err != nil {
		return err
	}
	return m.readLives(ctx, c)
}

func (m *Month) readSales(ctx context.Context, c *ent.Client) error {
	var sales []struct {
		OriginID *uuid.UUID `json:"origin_id"`
		Count    int
	}
	err := c.Subscription.Query().Where(subscription.SoldOnGTE(m.From), subscription.MadeByEQ(subscription.MadeBySale)).
		GroupBy(subscription.FieldOriginID).Aggregate(ent.Count()).Scan(ctx, &sales)
	if err != nil {
		return err
	}
	origins, err := c.Origin.Query().All(ctx)
	if err != nil {
		return err
	}
	for _, one := range sales {
		name := ""
		if i := slices.IndexFunc(origins, func(o *ent.Origin) bool { return one.OriginID != nil && o.ID == *one.OriginID }); i >= 0 {
			name = origins[i].Name
		}
		m.Sold += one.Count
		m.ByOrigin = append(m.ByOrigin, OriginSales{name, one.Count})
	}
	slices.SortFunc(m.ByOrigin, func(a, b OriginSales) int {
		return cmp.Or(cmp.Compare(b.Sold, a.Sold), cmp.Compare(a.Origin, b.Origin))
	})
	return nil
}

// readLives counts what began and what ended in the month, in one query: most of its groups are days.
func (m *Month) readLives(ctx context.Context, c *ent.Client) error {
	var lives []struct {
		EnabledOn       calendar.Date         `json:"enabled_on"`
		CancelledOn     calendar.Date         `json:"cancelled_on"`
		MadeBy          subscription.MadeBy   `json:"made_by"`
		EndedBy         *subscription.EndedBy `json:"ended_by"`
		Price           money.Cents
		DiscountFixed   money.Cents `json:"discount_fixed"`
		DiscountPercent int         `json:"discount_percent"`
		DiscountMonths  int         `json:"discount_months"`
		WholeBilled     int         `json:"whole_billed"`
		Count           int
	}
	began := subscription.And(subscription.MadeByEQ(subscription.MadeBySale), subscription.EnabledOnGTE(m.From))
	ended := subscription.And(subscription.EndedByEQ(subscription.EndedByCancellation), subscription.CancelledOnGTE(m.From))
	err := c.Subscription.Query().Where(subscription.Or(began, ended)).
		GroupBy(subscription.FieldEnabledOn, subscription.FieldCancelledOn, subscription.FieldMadeBy, subscription.FieldEndedBy, subscription.FieldPrice,
			subscription.FieldDiscountFixed, subscription.FieldDiscountPercent, subscription.FieldDiscountMonths, subscription.FieldWholeBilled).
		Aggregate(ent.Count()).Scan(ctx, &lives)
	for _, one := range lives {
		monthly, _ := billing.MonthlyOf(&ent.Subscription{Price: one.Price, DiscountFixed: one.DiscountFixed, DiscountPercent: one.DiscountPercent,
			DiscountMonths: one.DiscountMonths, WholeBilled: one.WholeBilled})
		all := monthly * money.Cents(one.Count)
		if !one.EnabledOn.Before(m.From) && one.MadeBy == subscription.MadeBySale {
			m.Enabled, m.Revenue = m.Enabled+one.Count, m.Revenue+all
		}
		if !one.CancelledOn.Before(m.From) && one.EndedBy != nil && *one.EndedBy == subscription.EndedByCancellation {
			m.Cancelled += one.Count
			if !one.EnabledOn.IsZero() { // what never ran brought nothing in
				m.Revenue -= all
			}
		}
	}
	return err
}
