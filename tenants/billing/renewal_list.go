package billing

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/bankagreement"
	"enlace/ent/billingmethod"
	"enlace/ent/charge"
	"enlace/ent/officepolicy"
	"enlace/ent/plan"
	"enlace/ent/predicate"
	"enlace/ent/renewal"
	"enlace/ent/renewalitem"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/catalog"
	"enlace/tenants/money"
	"enlace/tenants/staff"
	"enlace/tenants/status"
)

// RenewalOrder is carnês asked for at once: of every service whose carnê ends up to a day.
type RenewalOrder struct {
	Until       calendar.Date
	Plan        uuid.UUID // none: of any
	Instalments int
	Shown       string // the Seen of the list that was looked at; "": none was shown
	Key         string // of the form: the same key is the same renewal
}

// ReadRenewalOrder reads the form; what nobody has typed is twelve instalments and the end of RenewalDays.
func ReadRenewalOrder(t tenants.Typed, today calendar.Date, wrong *tenants.Fields) RenewalOrder {
	in := RenewalOrder{Until: t.Date(wrong, "ate"), Plan: t.ID("plano"), Instalments: 12, Shown: t.Text(wrong, "previa"), Key: t.Text(wrong, "chave")}
	if t["ate"] == "" {
		in.Until = today.AddDays(RenewalDays)
	}
	if t["parcelas"] != "" {
		in.Instalments = t.Int(wrong, "parcelas", 1, money.MostInstalments)
	}
	return in
}

// Renewable is a service whose carnê ends, with the carnê that would follow.
type Renewable struct {
	Subscription *ent.Subscription
	Customer     *ent.Customer // of those on the page
	Plan         *ent.Plan
	Old          money.Cents // what the last whole period cost; of those on the page
	New          money.Cents // what a whole one costs now
	Asked        NewBooklet
	Total        money.Cents
	Fault        *tenants.Fault // why it cannot be made, nil where it can
}

// Renewables are Carnês a renovar: a page of them, and what all of them come to.
type Renewables struct {
	Rows    []*Renewable // of the page
	Count   int          // of all that can be made
	Total   money.Cents  // of those
	Refused int          // that cannot
	Plans   []*ent.Plan  // to choose from
	Batches []*ent.Renewal
}

// Seen says what a list showed, so that nothing else is begun on the strength of it.
func (r *Renewables) Seen() string { return fmt.Sprintf("%d/%d", r.Count, r.Total) }

// mostBatches is how many renewals are listed.
const mostBatches = 10

// Renewables reads a page of Carnês a renovar, from 1, the first to end first. It makes the same few queries however many there are.
func (d Desk) Renewables(ctx context.Context, in RenewalOrder, page int) (list *Renewables, err error) {
	return list, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Charge); err != nil {
			return err
		}
		p := d.post(ctx, c)
		all, plans, err := p.renewables(ctx, in.where(), in.Instalments)
		if err != nil {
			return err
		}
		list = sumRenewables(all)
		list.Plans = plans
		first := min((max(1, page)-1)*PageSize, len(all))
		list.Rows = all[first:min(first+PageSize, len(all))]
		if list.Batches, err = c.Renewal.Query().Order(ent.Desc(renewal.FieldCreatedAt)).Limit(mostBatches).All(ctx); err != nil {
			return err
		}
		return nameRenewables(ctx, c, list.Rows)
	})
}

// where are the services of an order: those of which no renewal is at work already.
func (in RenewalOrder) where() []predicate.Subscription {
	waiting := tenants.IDsIn(renewalitem.Table, renewalitem.FieldSubscriptionID, renewalitem.StateEQ(renewalitem.StateWaiting))
	where := []predicate.Subscription{subscription.Booklet(true), subscription.StatusIn(status.Living...), subscription.BilledUntilLTE(in.Until),
		subscription.Not(tenants.Among[predicate.Subscription](subscription.FieldID, waiting))}
	if in.Plan != uuid.Nil {
		where = append(where, subscription.PlanID(in.Plan))
	}
	return where
}

func sumRenewables(all []*Renewable) *Renewables {
	r := &Renewables{}
	for _, one := range all {
		if one.Fault != nil {
			r.Refused++
			continue
		}
		r.Count++
		r.Total += one.Total
	}
	return r
}

// renewables reckons the next carnê of each service, as previewBooklet reckons one.
func (p post) renewables(ctx context.Context, where []predicate.Subscription, instalments int) (all []*Renewable, plans []*ent.Plan, err error) {
	subs, err := p.c.Subscription.Query().Where(where...).Order(subscription.ByBilledUntil(), subscription.ByNumber()).All(ctx)
	if err != nil {
		return nil, nil, err
	}
	policy, err := catalog.Policy(ctx, p.c)
	if err != nil {
		return nil, nil, err
	}
	if plans, err = p.c.Plan.Query().Order(plan.ByName()).All(ctx); err != nil {
		return nil, nil, err
	}
	how, err := collectionsOf(ctx, p.c)
	if err != nil {
		return nil, nil, err
	}
	for _, sub := range subs {
		one := &Renewable{Subscription: sub}
		if i := slices.IndexFunc(plans, func(row *ent.Plan) bool { return row.ID == sub.PlanID }); i >= 0 {
			one.Plan = plans[i]
		}
		one.New, _ = MonthlyOf(sub)
		one.reckon(p.today, instalments, how[sub.MethodID], policy.ProrationBase)
		all = append(all, one)
	}
	return all, plans, nil
}

func (one *Renewable) reckon(today calendar.Date, instalments int, how collection, base officepolicy.ProrationBase) {
	offer := Offered{Subscription: one.Subscription}
	offer.suggest(calendar.Date{}, today)
	one.Asked = NewBooklet{Customer: one.Subscription.CustomerID, Subscription: one.Subscription.ID, Start: offer.Start, FirstDue: offer.FirstDue, Instalments: instalments}
	if one.Fault = mayIssue(one.Subscription, one.Asked, how); one.Fault != nil {
		return
	}
	schedule, err := money.Schedule(termsOf(one.Subscription, one.Asked, base))
	if err != nil {
		if one.Fault = tenants.FaultOf(scheduleFault(err)); one.Fault == nil {
			one.Fault = tenants.Conflict("renewal_broken")
		}
		return
	}
	for _, instalment := range schedule {
		one.Total += instalment.Total()
	}
}

// collectionsOf are the ISP's methods as far as a carnê is asked of them: whether they print, and how many instalments the bank takes.
func collectionsOf(ctx context.Context, c *ent.Client) (map[uuid.UUID]collection, error) {
	methods, err := c.BillingMethod.Query().All(ctx)
	if err != nil {
		return nil, err
	}
	agreements, err := c.BankAgreement.Query().Order(bankagreement.ByID()).All(ctx)
	all := map[uuid.UUID]collection{}
	for _, row := range methods {
		how := collection{method: row}
		for _, one := range agreements {
			if row.AgreementID != nil && one.ID == *row.AgreementID {
				how.agreement = one
			}
		}
		if row.Kind == billingmethod.KindPix {
			how.pixKey = &ent.PixKey{} // there is one; which it is the slip asks
		}
		all[row.ID] = how
	}
	return all, err
}

// nameRenewables says of each whose it is and what the last whole period cost.
func nameRenewables(ctx context.Context, c *ent.Client, rows []*Renewable) error {
	var holders, services []uuid.UUID
	for _, one := range rows {
		holders, services = append(holders, one.Subscription.CustomerID), append(services, one.Subscription.ID)
	}
	names, err := customersByID(ctx, c, holders)
	if err != nil {
		return err
	}
	billed, err := c.Charge.Query().Where(charge.SubscriptionIDIn(services...), charge.KindEQ(charge.KindRecurring), charge.Whole(true), charge.CancelledAtIsNil()).
		Order(charge.ByPeriodFrom()).All(ctx)
	old := map[uuid.UUID]money.Cents{}
	for _, row := range billed {
		old[*row.SubscriptionID] = row.Amount
	}
	for _, one := range rows {
		one.Customer, one.Old = names[one.Subscription.CustomerID], old[one.Subscription.ID]
	}
	return err
}

// code is a fault as an item keeps it: the code of its field, where it has one.
func code(fault *tenants.Fault) string {
	for _, of := range fault.Fields {
		return of
	}
	return fault.Code
}

// parts of an item's fault that a sentence names.
func args(fault *tenants.Fault, in NewBooklet) map[string]string {
	named := map[string]string{"value": strconv.Itoa(in.Instalments)}
	for name, value := range fault.Args {
		named[name] = value
	}
	return named
}
