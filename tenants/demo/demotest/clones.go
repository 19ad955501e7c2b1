package demotest

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/subscriptionaddress"
	"enlace/tenants/calendar"
	"enlace/tenants/numbers"
)

// Clone makes n services like one, each of a customer of its own, whose carnê ends on a day.
func Clone(ctx context.Context, c *ent.Client, like *ent.Subscription, ends calendar.Date, n int) error {
	who, err := c.Customer.Get(ctx, like.CustomerID)
	if err != nil {
		return err
	}
	at, err := c.SubscriptionAddress.Query().Where(subscriptionaddress.SubscriptionID(like.ID), subscriptionaddress.RoleEQ(subscriptionaddress.RoleCobranca)).Only(ctx)
	if err != nil {
		return err
	}
	first, err := numbers.Block(ctx, c, numbers.Customer, n)
	if err != nil {
		return err
	}
	second, err := numbers.Block(ctx, c, numbers.Subscription, n)
	if err != nil {
		return err
	}
	var customers []*ent.CustomerCreate
	var subs []*ent.SubscriptionCreate
	var uses []*ent.SubscriptionAddressCreate
	for i := range n {
		holder, sub := uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7())
		customers = append(customers, c.Customer.Create().SetID(holder).SetNumber(first+int64(i)).SetKind(who.Kind).SetName(fmt.Sprintf("Cliente %d", i+1)).
			SetDocument(fmt.Sprintf("%011d", first+int64(i))).SetNillableOriginID(who.OriginID))
		subs = append(subs, c.Subscription.Create().SetID(sub).SetNumber(second+int64(i)).SetCustomerID(holder).SetMadeBy(like.MadeBy).SetPlanID(like.PlanID).SetStatus(like.Status).
			SetStatusSince(like.StatusSince).SetPrice(like.Price).SetSoldOn(like.SoldOn).SetEnabledOn(like.EnabledOn).SetMethodID(like.MethodID).SetDueDay(like.DueDay).
			SetMode(like.Mode).SetFeeChoice(like.FeeChoice).SetBooklet(true).SetBilledUntil(ends))
		uses = append(uses, c.SubscriptionAddress.Create().SetSubscriptionID(sub).SetRole(subscriptionaddress.RoleCobranca).SetAddressID(at.AddressID))
	}
	const chunk = 500
	for some := range slices.Chunk(customers, chunk) {
		if err := c.Customer.CreateBulk(some...).Exec(ctx); err != nil {
			return err
		}
	}
	for some := range slices.Chunk(subs, chunk) {
		if err := c.Subscription.CreateBulk(some...).Exec(ctx); err != nil {
			return err
		}
	}
	for some := range slices.Chunk(uses, chunk) {
		if err := c.SubscriptionAddress.CreateBulk(some...).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}
