package billing

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/chargeitem"
	"enlace/ent/credit"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/catalog"
	"enlace/tenants/money"
)

// MonthInvoice is an invoice that the run makes: of all the services of a customer that fall due on one day and are collected in one way, but
// for those whose invoice is separate.
type MonthInvoice struct {
	Customer uuid.UUID
	Method   uuid.UUID
	Separate uuid.UUID // the one service it is of, or none
	Due      calendar.Date
	Services []ServiceMonth
	Late     []*ent.Charge // Encargos de atraso of invoices paid late, which ride on it
	Total    money.Cents
	Used     money.Cents // of the customer's credits
	Owed     money.Cents
}

// ServiceMonth is what of one service an invoice charges.
type ServiceMonth struct {
	Subscription *ent.Subscription
	Plan         *ent.Plan
	Lines        []PreviewLine
	Fee          *FeePart // part of the installation fee, or nil
	Events       []EventLine

	due money.Due
}

// FeePart is part k of an installation fee that rides on the k-th monthly invoice (money.md M4).
type FeePart struct {
	Amount money.Cents
	Memo   string
}

// sum is what the lines of the service come to.
func (s ServiceMonth) sum() (total money.Cents) {
	for _, line := range s.Lines {
		total += line.Amount
	}
	for _, line := range s.Events {
		total += line.Amount
	}
	if s.Fee != nil {
		total += s.Fee.Amount
	}
	return total
}

// customerMonth is what the run makes for a customer, or why it makes nothing.
type customerMonth struct {
	customer uuid.UUID
	invoices []*MonthInvoice
	fault    *tenants.Fault
}

// plan reckons what becomes of services, customer by customer. It writes nothing.
func (m *month) plan(ctx context.Context, subs []*ent.Subscription) ([]*customerMonth, error) {
	dues, err := m.dues(ctx, subs)
	if err != nil {
		return nil, err
	}
	subs = slices.DeleteFunc(slices.Clone(subs), func(sub *ent.Subscription) bool { return len(dues[sub.ID]) == 0 })
	if len(subs) == 0 {
		return nil, nil
	}
	around, err := m.around(ctx, subs)
	if err != nil {
		return nil, err
	}
	var plans []*customerMonth
	for i, sub := range subs {
		if i == 0 || subs[i-1].CustomerID != sub.CustomerID {
			plans = append(plans, &customerMonth{customer: sub.CustomerID})
		}
		one := plans[len(plans)-1]
		if err := m.services(ctx, one, sub, dues[sub.ID], around); err != nil {
			return nil, err
		}
	}
	for _, one := range plans {
		m.close(one, around)
	}
	return plans, nil
}

// dues are the invoices of each service, of those that have one now.
func (m *month) dues(ctx context.Context, subs []*ent.Subscription) (map[uuid.UUID][]money.Due, error) {
	gaps, err := gapsOf(ctx, m.c, idsOf(subs)...)
	if err != nil {
		return nil, err
	}
	dues := map[uuid.UUID][]money.Due{}
	for _, sub := range subs {
		start := sub.BilledUntil
		if start.IsZero() {
			start = sub.EnabledOn
		}
		of := money.Month{Terms: money.Terms{Price: PriceOf(sub), Start: start, DueDay: sub.DueDay, Mode: money.Mode(sub.Mode), Base: m.base, WholeBilled: sub.WholeBilled},
			Fresh: sub.BilledUntil.IsZero(), Gaps: plain(gaps[sub.ID], every), Made: m.today, Ahead: m.policy.AntecedenceDays}
		if dues[sub.ID], err = of.Dues(); err != nil {
			return nil, fmt.Errorf("billing: service %d: %w", sub.Number, err)
		}
	}
	return dues, nil
}

func idsOf(subs []*ent.Subscription) []uuid.UUID {
	ids := make([]uuid.UUID, len(subs))
	for i, sub := range subs {
		ids[i] = sub.ID
	}
	return ids
}

// surroundings are what rides on the invoices of some customers besides the price of their services.
type surroundings struct {
	fees    map[uuid.UUID]int // parts of its installation fee that a service paid or owes already
	events  ridings
	late    map[uuid.UUID][]*ent.Charge
	credits map[uuid.UUID][]Credit
}

func (m *month) around(ctx context.Context, subs []*ent.Subscription) (a surroundings, err error) {
	var whose, paying []uuid.UUID
	for _, sub := range subs {
		if !slices.Contains(whose, sub.CustomerID) {
			whose = append(whose, sub.CustomerID)
		}
		if sub.FeeChoice == subscription.FeeChoiceFirstInvoices && sub.Fee > 0 {
			paying = append(paying, sub.ID)
		}
	}
	if a.events, err = ridingOf(ctx, m.c, m.until.AddDays(money.LeastNotice), idsOf(subs)...); err != nil {
		return a, err
	}
	if a.fees, err = m.feeParts(ctx, paying); err != nil {
		return a, err
	}
	a.late, a.credits = map[uuid.UUID][]*ent.Charge{}, map[uuid.UUID][]Credit{}
	late, err := m.c.Charge.Query().Where(charge.CustomerIDIn(whose...), charge.KindEQ(charge.KindLate), charge.InvoiceIDIsNil(), charge.ClosedAtIsNil(), charge.CancelledAtIsNil(),
		charge.Settled(0), charge.ContestedAtIsNil()).Order(charge.ByNumber()).All(ctx)
	if err != nil {
		return a, err
	}
	for _, row := range late {
		a.late[row.CustomerID] = append(a.late[row.CustomerID], row)
	}
	var holders []uuid.UUID
	if err := m.c.Credit.Query().Where(credit.CustomerIDIn(whose...)).Unique(true).Select(credit.FieldCustomerID).Scan(ctx, &holders); err != nil {
		return a, err
	}
	for _, one := range holders {
		if a.credits[one], err = creditsOf(ctx, m.c, one); err != nil {
			return a, err
		}
	}
	return a, nil
}

// feeParts counts what of installation fees was charged already.
func (m *month) feeParts(ctx context.Context, of []uuid.UUID) (map[uuid.UUID]int, error) {
	counted := map[uuid.UUID]int{}
	if len(of) == 0 {
		return counted, nil
	}
	var rows []struct {
		ID    uuid.UUID `json:"subscription_id"`
		Count int       `json:"count"`
	}
	err := m.c.Charge.Query().Where(charge.SubscriptionIDIn(of...), charge.KindEQ(charge.KindInstallation), charge.InvoiceIDNotNil(), charge.CancelledAtIsNil()).
		GroupBy(charge.FieldSubscriptionID).Aggregate(ent.Count()).Scan(ctx, &rows)
	for _, row := range rows {
		counted[row.ID] = row.Count
	}
	return counted, err
}

// services lays what of a service is due on the invoices of its customer.
func (m *month) services(ctx context.Context, one *customerMonth, sub *ent.Subscription, dues []money.Due, around surroundings) error {
	chosen, err := m.planOf(ctx, sub.PlanID)
	if err != nil {
		return err
	}
	how, err := m.wayOf(ctx, sub.MethodID)
	if err != nil {
		return err
	}
	if one.fault = cmp.Or(one.fault, chosen.fault, how.fault); one.fault != nil {
		return nil
	}
	plain := make([]money.Instalment, len(dues))
	for k, due := range dues {
		plain[k] = due.Instalment
	}
	riding := around.events.on(sub.ID, plain)
	for k, due := range dues {
		of := ServiceMonth{Subscription: sub, Plan: chosen.Plan, Events: riding[k], due: due}
		for _, line := range due.Lines {
			of.Lines = append(of.Lines, PreviewLine{line, compose(line.Amount, chosen.items)})
		}
		if of.Fee, err = feePart(sub, around.fees[sub.ID]); err != nil {
			return err
		}
		around.fees[sub.ID]++
		one.invoice(sub, due.Instalment.Due, how.method.ID).add(of)
	}
	return nil
}

// feePart is the next part of an installation fee; nil when all were charged.
func feePart(sub *ent.Subscription, charged int) (*FeePart, error) {
	n := max(1, sub.FeeParts)
	if sub.FeeChoice != subscription.FeeChoiceFirstInvoices || sub.Fee == 0 || charged >= n {
		return nil, nil
	}
	parts, err := money.Parts(sub.Fee, n)
	if err != nil {
		return nil, err
	}
	memo := "com a primeira mensalidade"
	if n > 1 {
		memo = fmt.Sprintf("parte %d de %d de R$ %s", charged+1, n, sub.Fee)
	}
	return &FeePart{parts[charged], memo}, nil
}

// invoice is that of a due date on which a service goes.
func (one *customerMonth) invoice(sub *ent.Subscription, due calendar.Date, method uuid.UUID) *MonthInvoice {
	bill := &MonthInvoice{Customer: one.customer, Method: method, Due: due}
	if sub.SeparateInvoice {
		bill.Separate = sub.ID
	}
	for _, there := range one.invoices {
		if there.Due == due && there.goesWith(bill) {
			return there
		}
	}
	one.invoices = append(one.invoices, bill)
	return bill
}

func (b *MonthInvoice) goesWith(other *MonthInvoice) bool {
	return b.Method == other.Method && b.Separate == other.Separate
}

func (b *MonthInvoice) add(of ServiceMonth) {
	b.Services = append(b.Services, of)
	b.Total += of.sum()
}

// close ends each invoice of a customer, the first to fall due first: late charges ride on the first that is not separate, credits are used, and
// one under the ISP's minimum gives its lines to the next that goes with it, or waits for another night (money.md M13).
func (m *month) close(one *customerMonth, around surroundings) {
	if one.fault != nil {
		one.invoices = nil
		return
	}
	slices.SortStableFunc(one.invoices, func(a, b *MonthInvoice) int { return cmp.Compare(a.Due.DaysSince(b.Due), 0) })
	if late := around.late[one.customer]; len(late) > 0 {
		first := one.invoices[max(0, slices.IndexFunc(one.invoices, func(b *MonthInvoice) bool { return b.Separate == uuid.Nil }))]
		for _, row := range late {
			first.Late, first.Total = append(first.Late, row), first.Total+row.Amount
		}
	}
	credits := slices.Clone(around.credits[one.customer])
	var made []*MonthInvoice
	for i, bill := range one.invoices {
		left := make([]money.Cents, len(credits))
		for k, one := range credits {
			if one.SubscriptionID == nil || *one.SubscriptionID == bill.Separate {
				left[k] = max(0, one.Left)
			}
		}
		closed := money.CloseBill([]money.Line{{Amount: bill.Total}}, left, m.policy.MinimumInvoice)
		if closed.Fate == money.Waits {
			if k := slices.IndexFunc(one.invoices[i+1:], bill.goesWith); k >= 0 {
				next := one.invoices[i+1+k]
				next.Services, next.Late, next.Total = append(bill.Services, next.Services...), append(bill.Late, next.Late...), bill.Total+next.Total
			}
			continue
		}
		for k, used := range closed.Used {
			credits[k].Left -= used
			bill.Used += used
		}
		bill.Owed = closed.Owed
		made = append(made, bill)
	}
	one.invoices = made
}

func (m *month) planOf(ctx context.Context, id uuid.UUID) (*sold, error) {
	if there := m.sold[id]; there != nil {
		return there, nil
	}
	one := &sold{}
	var err error
	if one.Plan, err = m.c.Plan.Get(ctx, id); err != nil {
		return nil, err
	}
	if one.items, err = catalog.Items(ctx, m.c, id); err != nil {
		return nil, err
	}
	one.fault = tenants.FaultOf(checkComposition(one.Plan, one.items))
	m.sold[id] = one
	return one, nil
}

func (m *month) wayOf(ctx context.Context, id uuid.UUID) (*way, error) {
	if there := m.ways[id]; there != nil {
		return there, nil
	}
	how, err := collectionOf(ctx, m.c, id)
	fault := tenants.FaultOf(err)
	if err != nil && fault == nil {
		return nil, err
	}
	m.ways[id] = &way{how, fault}
	return m.ways[id], nil
}

// feeCharge is the row of a part of the installation fee.
func (f FeePart) charge(kind *ent.ChargeKind, sub *ent.Subscription, invoice uuid.UUID, due calendar.Date) newCharge {
	return newCharge{customer: sub.CustomerID, subscription: sub.ID, invoice: invoice, kind: charge.KindInstallation, chargeKind: kind.ID, suspends: kind.Suspends,
		description: kind.Name, due: due, amount: f.Amount, memo: f.Memo, shares: []share{{chargeitem.KindOther, kind.Name, f.Amount}}}
}
