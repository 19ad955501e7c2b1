package sales

import (
	"context"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/subscription"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/catalog"
	"enlace/tenants/contracts"
	"enlace/tenants/customers"
	"enlace/tenants/history"
	"enlace/tenants/numbers"
	"enlace/tenants/staff"
	"enlace/tenants/status"
	"enlace/tenants/support"
)

// Sold is what a sale made.
type Sold struct {
	Customer     *ent.Customer
	Subscription *ent.Subscription
}

// Sell saves a sale, to a new customer or to one who is there: customer, addresses, subscription, contract, installation fee, visit, history,
// all or nothing. It returns Invalid for what the choices of the moment refuse (a document taken, a plan withdrawn), Conflict
// customer_inactive, Denied without the permission, and NotFound for an id that is not the ISP's.
func (d Desk) Sell(ctx context.Context, s Sale) (sold *Sold, err error) {
	return sold, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Sell); err != nil {
			return err
		}
		sold, err = d.sell(ctx, c, s)
		return err
	})
}

func (d Desk) sell(ctx context.Context, c *ent.Client, s Sale) (*Sold, error) {
	chosen, err := choose(ctx, c, d.DB.Now(), s)
	if err != nil {
		return nil, err
	}
	customer, err := d.buyer(ctx, c, s)
	if err != nil {
		return nil, err
	}
	at, err := s.settle(ctx, c, customer.ID)
	if err != nil {
		return nil, err
	}
	sub, err := d.subscribe(ctx, c, s, chosen, customer)
	if err != nil {
		return nil, err
	}
	if err := at.take(ctx, c, sub.ID); err != nil {
		return nil, err
	}
	if err := d.attachContract(ctx, c, s, chosen, sub); err != nil {
		return nil, err
	}
	if err := d.openVisit(ctx, c, s, sub); err != nil {
		return nil, err
	}
	if err := d.chargeFee(ctx, c, s, sub); err != nil {
		return nil, err
	}
	if err := d.comeBack(ctx, c, s.Returns, sub); err != nil {
		return nil, err
	}
	return &Sold{customer, sub}, customers.Index(ctx, c, customer.ID)
}

// buyer is the customer of the sale: the one named, or the one added with it.
func (d Desk) buyer(ctx context.Context, c *ent.Client, s Sale) (*ent.Customer, error) {
	if s.Holder != uuid.Nil {
		return holder(ctx, c, s.Holder)
	}
	return customers.Add(ctx, c, d.DB.Now(), s.Customer)
}

// choice is what the ids of a sale name.
type choice struct {
	plan   *ent.Plan
	method *ent.BillingMethod
	policy *ent.OfficePolicy
}

// choose reads what a sale names and refuses what may no longer be sold.
func choose(ctx context.Context, c *ent.Client, now time.Time, s Sale) (chosen choice, err error) {
	if chosen.plan, err = checkPlan(ctx, c, s); err != nil {
		return chosen, err
	}
	if err := checkContract(ctx, c, s); err != nil {
		return chosen, err
	}
	if chosen.method, err = checkBilling(ctx, c, s); err != nil {
		return chosen, err
	}
	if err := checkVisit(ctx, c, now, s); err != nil {
		return chosen, err
	}
	chosen.policy, err = catalog.Policy(ctx, c)
	return chosen, err
}

func (d Desk) subscribe(ctx context.Context, c *ent.Client, s Sale, chosen choice, customer *ent.Customer) (*ent.Subscription, error) {
	number, err := numbers.Next(ctx, c, numbers.Subscription)
	if err != nil {
		return nil, err
	}
	price, first := s.PriceOf(chosen.plan).Contracted, status.WaitingInstallation
	if chosen.policy.WaitsSignature && chosen.plan.EmitsContract {
		first = status.WaitingSignature
	}
	create := c.Subscription.Create().SetNumber(number).SetCustomerID(customer.ID).SetNillableOriginID(customer.OriginID).SetPlanID(s.Plan).SetStatus(first).SetStatusSince(d.DB.Now()).
		SetPrice(price).SetDiscountFixed(s.DiscountFixed).SetDiscountPercent(s.DiscountPercent).SetDiscountMonths(s.DiscountMonths).SetSoldOn(s.SoldOn).
		SetMethodID(s.Method).SetDueDay(s.DueDay).SetMode(s.Mode).SetBooklet(s.Booklet).SetSeparateInvoice(s.SeparateBill).SetSeparateNote(s.SeparateNote).
		SetFeeChoice(s.FeeChoice).SetFee(s.Fee).SetFeeParts(s.FeeParts)
	if s.Seller != uuid.Nil {
		create.SetSellerID(s.Seller)
	}
	if chosen.plan.LoyaltyMonths > 0 {
		create.SetLoyaltyFrom(s.SoldOn).SetLoyaltyTo(calendar.AddMonths(s.SoldOn, chosen.plan.LoyaltyMonths, s.SoldOn.Day())).
			SetLoyaltyBenefit(chosen.plan.LoyaltyBenefit)
	}
	sub, err := create.Save(ctx)
	if err != nil {
		return nil, err
	}
	monthly, _ := billing.MonthlyOf(sub)
	return sub, history.Write(ctx, c, d.DB.Now(), history.Entry{Customer: customer.ID, Subject: "subscription", ID: sub.ID, Event: "service_sold",
		After: map[string]any{"number": number, "plan": chosen.plan.Name, "price": monthly, "status": first}})
}

func (d Desk) attachContract(ctx context.Context, c *ent.Client, s Sale, chosen choice, sub *ent.Subscription) error {
	template := s.Template
	if template == uuid.Nil && chosen.plan.TemplateID != nil {
		template = *chosen.plan.TemplateID
	}
	if !chosen.plan.EmitsContract || template == uuid.Nil {
		return nil
	}
	_, err := contracts.Attach(ctx, c, d.DB.Now(), contracts.Attachment{Subscription: sub.ID, Company: chosen.method.CompanyID, Template: template,
		TermMonths: chosen.plan.LoyaltyMonths})
	return err
}

func (d Desk) openVisit(ctx context.Context, c *ent.Client, s Sale, sub *ent.Subscription) error {
	if s.Visit == nil {
		return nil
	}
	_, err := support.OpenWorkOrder(ctx, c, d.DB.Now(), support.Visit{Subscription: sub, Type: s.Visit.Type, Technician: s.Visit.Technician,
		StartsAt: s.Visit.StartsAt, Minutes: s.Visit.Minutes, Waits: s.Visit.Waits, Description: s.Visit.Description})
	return err
}

// chargeFee posts an installation fee paid at once, due on the day of the visit. One in parts rides on the monthly invoices, which take it
// from the subscription.
func (d Desk) chargeFee(ctx context.Context, c *ent.Client, s Sale, sub *ent.Subscription) error {
	if s.FeeChoice != subscription.FeeChoiceUpfront {
		return nil
	}
	due := d.DB.Today(ctx)
	if s.Visit != nil && !s.Visit.Day.IsZero() {
		due = s.Visit.Day
	}
	return billing.ChargeInstallation(ctx, c, d.DB.Now(), d.DB.Today(ctx), sub, s.Fee, due)
}
