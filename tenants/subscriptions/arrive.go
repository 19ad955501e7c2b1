package subscriptions

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/subscription"
	"enlace/ent/subscriptionaddress"
	"enlace/ent/suspension"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/customers"
	"enlace/tenants/history"
	"enlace/tenants/money"
	"enlace/tenants/numbers"
	"enlace/tenants/status"
)

// Arrival is a service that another system looked after until now, as it stands on the day it comes.
type Arrival struct {
	Holder       *ent.Customer
	Plan         *ent.Plan
	Status       status.State  // one of status.Arrivals
	Since        calendar.Date // of the state
	Reason       string        // of the state
	SoldOn       calendar.Date
	EnabledOn    calendar.Date // zero: never
	Price        money.Price
	Seller       uuid.UUID
	Method       uuid.UUID
	DueDay       int
	Mode         subscription.Mode
	Booklet      bool
	SeparateBill bool
	SeparateNote bool
	BilledUntil  calendar.Date      // end of the last period the other system billed; zero: none
	Home         uuid.UUID          // address of the holder for every role; none: the place
	Place        *customers.Address // where it is installed; nil: at home
	Login        string             // for the history; network keeps it
}

// atOnce is how many services go into one statement; a service has many columns.
const atOnce = 250

// Arrive writes many services in the caller's transaction, numbered in a row, and returns their ids in order. What an arrival names is there,
// as the caller has seen. Each keeps the state it comes in: nothing moves, so no event of the state table is told. They are no sales of the
// reports. from is where they come from, for the history.
func (d Desk) Arrive(ctx context.Context, c *ent.Client, from string, all []Arrival) (ids []uuid.UUID, err error) {
	for some := range slices.Chunk(all, atOnce) {
		more, err := d.arrive(ctx, c, from, some)
		if err != nil {
			return nil, err
		}
		ids = append(ids, more...)
	}
	return ids, nil
}

func (d Desk) arrive(ctx context.Context, c *ent.Client, from string, some []Arrival) ([]uuid.UUID, error) {
	first, err := numbers.Block(ctx, c, numbers.Subscription, len(some))
	if err != nil {
		return nil, err
	}
	isp, _ := tenants.From(ctx)
	ids := make([]uuid.UUID, len(some))
	var rows []*ent.SubscriptionCreate
	var stretches []*ent.SuspensionCreate
	var told []history.Entry
	for i, one := range some {
		ids[i] = uuid.Must(uuid.NewV7())
		number, since := first+int64(i), one.Since.At(0, 0, isp.Zone)
		rows = append(rows, one.create(c, ids[i], number).SetStatusSince(since))
		if kind, is := stretchOf[one.Status]; is {
			stretches = append(stretches, c.Suspension.Create().SetSubscriptionID(ids[i]).SetKind(kind).SetFromDay(one.Since).SetAt(since).SetReason(one.Reason))
		}
		after := map[string]any{"number": number, "plan": one.Plan.Name, "price": one.Price.Contracted, "status": one.Status, "from": from}
		if one.Login != "" {
			after["login"] = one.Login
		}
		told = append(told, history.Entry{Customer: one.Holder.ID, Subject: "subscription", ID: ids[i], Event: "service_imported", Reason: one.Reason, After: after})
	}
	if err := c.Subscription.CreateBulk(rows...).Exec(ctx); err != nil {
		return nil, err
	}
	if err := place(ctx, c, ids, some); err != nil {
		return nil, err
	}
	if err := c.Suspension.CreateBulk(stretches...).Exec(ctx); err != nil {
		return nil, err
	}
	return ids, history.WriteAll(ctx, c, d.DB.Now(), told)
}

// stretchOf is the stretch without service that a suspension is.
var stretchOf = map[status.State]suspension.Kind{
	status.Slowed: suspension.KindParcial, status.SuspendedDebt: suspension.KindDebito, status.Paused: suspension.KindPedido,
}

func (a Arrival) create(c *ent.Client, id uuid.UUID, number int64) *ent.SubscriptionCreate {
	create := c.Subscription.Create().SetID(id).SetNumber(number).SetCustomerID(a.Holder.ID).SetNillableOriginID(a.Holder.OriginID).SetPlanID(a.Plan.ID).
		SetMadeBy(subscription.MadeByImport).SetStatus(a.Status).SetPrice(a.Price.Contracted).SetDiscountFixed(a.Price.Fixed).
		SetDiscountPercent(a.Price.Percent).SetDiscountMonths(a.Price.Months).SetSoldOn(a.SoldOn).SetEnabledOn(a.EnabledOn).SetBilledUntil(a.BilledUntil).
		SetMethodID(a.Method).SetDueDay(a.DueDay).SetMode(a.Mode).SetBooklet(a.Booklet).SetSeparateInvoice(a.SeparateBill).SetSeparateNote(a.SeparateNote).
		SetFeeChoice(subscription.FeeChoiceNone)
	if a.Seller != uuid.Nil {
		create.SetSellerID(a.Seller)
	}
	if a.Status == status.Cancelled {
		create.SetCancelledOn(a.Since).SetCancelReason(a.Reason).SetEndedBy(subscription.EndedByCancellation)
	}
	if a.Plan.LoyaltyMonths > 0 {
		create.SetLoyaltyFrom(a.SoldOn).SetLoyaltyTo(calendar.AddMonths(a.SoldOn, a.Plan.LoyaltyMonths, a.SoldOn.Day())).SetLoyaltyBenefit(a.Plan.LoyaltyBenefit)
	}
	return create
}

// roles are those in which a service uses an address.
var roles = []subscriptionaddress.Role{subscriptionaddress.RoleCadastral, subscriptionaddress.RoleCobranca, subscriptionaddress.RoleFiscal, subscriptionaddress.RoleInstalacao}

// place writes which address each service uses in which role; a place of installation is one more address of the holder.
func place(ctx context.Context, c *ent.Client, ids []uuid.UUID, some []Arrival) error {
	var of []uuid.UUID
	var places []customers.Address
	for _, one := range some {
		if one.Place != nil {
			of, places = append(of, one.Holder.ID), append(places, *one.Place)
		}
	}
	added, err := customers.AddAddresses(ctx, c, of, places)
	if err != nil {
		return err
	}
	var uses []*ent.SubscriptionAddressCreate
	for i, one := range some {
		home, there := one.Home, one.Home
		if one.Place != nil {
			there, added = added[0].ID, added[1:]
		}
		if home == uuid.Nil {
			home = there
		}
		for _, role := range roles {
			at := home
			if role == subscriptionaddress.RoleInstalacao {
				at = there
			}
			uses = append(uses, c.SubscriptionAddress.Create().SetSubscriptionID(ids[i]).SetRole(role).SetAddressID(at))
		}
	}
	return c.SubscriptionAddress.CreateBulk(uses...).Exec(ctx)
}
