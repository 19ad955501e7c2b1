package reports

import (
	"cmp"
	"context"
	"slices"

	"enlace/ent"
	"enlace/ent/origin"
	"enlace/ent/subscription"
	"enlace/tenants"
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
	if err := m.readSales(ctx); err != nil {
		return err
	}
	return m.readLives(ctx, c)
}

func (m *Month) readSales(ctx context.Context) error {
	sold := tenants.RowsOf(subscription.Table, subscription.SoldOnGTE(m.From), subscription.MadeByEQ(subscription.MadeBySale))
	sales, err := tenants.SumUp[*string](ctx, sold.By(origin.FieldName).Via(subscription.FieldOriginID, origin.Table))
	for _, one := range sales {
		line := OriginSales{Sold: one.Count}
		if one.Key != nil {
			line.Origin = *one.Key
		}
		m.Sold += one.Count
		m.ByOrigin = append(m.ByOrigin, line)
	}
	slices.SortFunc(m.ByOrigin, func(a, b OriginSales) int {
		return cmp.Or(cmp.Compare(b.Sold, a.Sold), cmp.Compare(a.Origin, b.Origin))
	})
	return err
}

// life is services that pay alike: what began, or ended, in the month.
type life struct {
	EnabledOn       calendar.Date `json:"enabled_on"` // of what ended
	Price           money.Cents
	DiscountFixed   money.Cents `json:"discount_fixed"`
	DiscountPercent int         `json:"discount_percent"`
	DiscountMonths  int         `json:"discount_months"`
	WholeBilled     int         `json:"whole_billed"`
	Count           int
}

// priced are the columns of what a service pays a month.
var priced = []string{subscription.FieldDiscountFixed, subscription.FieldDiscountPercent, subscription.FieldDiscountMonths, subscription.FieldWholeBilled}

// monthly is what they pay a month, together.
func (l life) monthly() money.Cents {
	one, _ := billing.MonthlyOf(&ent.Subscription{Price: l.Price, DiscountFixed: l.DiscountFixed, DiscountPercent: l.DiscountPercent,
		DiscountMonths: l.DiscountMonths, WholeBilled: l.WholeBilled})
	return one * money.Cents(l.Count)
}

// readLives counts what began and what ended in the month.
func (m *Month) readLives(ctx context.Context, c *ent.Client) error {
	var began, ended []life
	err := c.Subscription.Query().Where(subscription.MadeByEQ(subscription.MadeBySale), subscription.EnabledOnGTE(m.From)).
		GroupBy(subscription.FieldPrice, priced...).Aggregate(ent.Count()).Scan(ctx, &began)
	if err != nil {
		return err
	}
	for _, one := range began {
		m.Enabled, m.Revenue = m.Enabled+one.Count, m.Revenue+one.monthly()
	}
	err = c.Subscription.Query().Where(subscription.EndedByEQ(subscription.EndedByCancellation), subscription.CancelledOnGTE(m.From)).
		GroupBy(subscription.FieldEnabledOn, append(priced, subscription.FieldPrice)...).Aggregate(ent.Count()).Scan(ctx, &ended)
	for _, one := range ended {
		m.Cancelled += one.Count
		if !one.EnabledOn.IsZero() { // what never ran brought nothing in
			m.Revenue -= one.monthly()
		}
	}
	return err
}
