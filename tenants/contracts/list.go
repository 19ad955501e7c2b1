package contracts

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/company"
	"enlace/ent/contact"
	"enlace/ent/contract"
	"enlace/ent/contracttemplate"
	"enlace/ent/history"
	"enlace/ent/plan"
	"enlace/ent/subscription"
	"enlace/tenants/mail"
	"enlace/tenants/staff"
)

// Folder is the contracts of a customer, or of one service.
type Folder struct {
	Customer  *ent.Customer
	Service   *ent.Subscription       // of one service alone
	Plans     map[uuid.UUID]*ent.Plan // by service
	Contracts []*ent.Contract         // the newest first, without their texts
	Choices   *Choices                // of one service, for those who sell
}

// Choices is what a contract is attached from, and what it begins with.
type Choices struct {
	Companies []*ent.Company
	Templates []*ent.ContractTemplate
	Company   uuid.UUID
	Template  uuid.UUID
	Term      int
}

// listed are the columns of a contract but for its text, which may be long.
var listed = slices.DeleteFunc(slices.Clone(contract.Columns), func(column string) bool { return column == contract.FieldBody })

// Of lists the contracts of a service, the newest first, without their texts.
func Of(ctx context.Context, c *ent.Client, subscription uuid.UUID) ([]*ent.Contract, error) {
	return c.Contract.Query().Where(contract.SubscriptionID(subscription)).Order(ent.Desc(contract.FieldNumber)).Select(listed...).All(ctx)
}

// OfService reads the contracts of a service. It returns NotFound, and Denied without See.
func (d Desk) OfService(ctx context.Context, id uuid.UUID) (f *Folder, err error) {
	return f, d.see(ctx, func(ctx context.Context, c *ent.Client) error {
		f = &Folder{}
		if f.Service, err = c.Subscription.Get(ctx, id); err != nil {
			return found(err)
		}
		if f.Customer, err = c.Customer.Get(ctx, f.Service.CustomerID); err != nil {
			return err
		}
		if f.Contracts, err = Of(ctx, c, id); err != nil {
			return err
		}
		if err := f.readPlans(ctx, c, f.Service); err != nil {
			return err
		}
		return f.readChoices(ctx, c)
	})
}

// OfCustomer reads the contracts of all services a customer has or had. It returns NotFound, and Denied without See.
func (d Desk) OfCustomer(ctx context.Context, id uuid.UUID) (f *Folder, err error) {
	return f, d.see(ctx, func(ctx context.Context, c *ent.Client) error {
		f = &Folder{}
		if f.Customer, err = c.Customer.Get(ctx, id); err != nil {
			return found(err)
		}
		f.Contracts, err = c.Contract.Query().Where(contract.CustomerID(id)).Order(ent.Desc(contract.FieldNumber)).Select(listed...).All(ctx)
		if err != nil {
			return err
		}
		ids := make([]uuid.UUID, len(f.Contracts)) // a service handed on to somebody else is still what its contracts were about
		for i, row := range f.Contracts {
			ids[i] = row.SubscriptionID
		}
		services, err := c.Subscription.Query().Where(subscription.Or(subscription.CustomerID(id), subscription.IDIn(ids...))).All(ctx)
		if err != nil {
			return err
		}
		return f.readPlans(ctx, c, services...)
	})
}

func (d Desk) see(ctx context.Context, do func(context.Context, *ent.Client) error) error {
	return d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		return do(ctx, c)
	})
}

func (f *Folder) readPlans(ctx context.Context, c *ent.Client, services ...*ent.Subscription) error {
	ids := make([]uuid.UUID, len(services))
	for i, sub := range services {
		ids[i] = sub.PlanID
	}
	rows, err := c.Plan.Query().Where(plan.IDIn(ids...)).All(ctx)
	f.Plans = map[uuid.UUID]*ent.Plan{}
	for _, sub := range services {
		for _, row := range rows {
			if row.ID == sub.PlanID {
				f.Plans[sub.ID] = row
			}
		}
	}
	return err
}

func (f *Folder) readChoices(ctx context.Context, c *ent.Client) error {
	if may, err := staff.May(ctx, c, staff.Sell); err != nil || !may {
		return err
	}
	sold, choices := f.Plans[f.Service.ID], &Choices{}
	method, err := c.BillingMethod.Get(ctx, f.Service.MethodID)
	if err != nil {
		return err
	}
	if choices.Companies, err = c.Company.Query().Where(company.Active(true)).Order(company.ByName()).All(ctx); err != nil {
		return err
	}
	if choices.Templates, err = c.ContractTemplate.Query().Where(contracttemplate.Active(true)).Order(contracttemplate.ByName()).All(ctx); err != nil {
		return err
	}
	choices.Company, choices.Term = method.CompanyID, sold.LoyaltyMonths
	if sold.TemplateID != nil {
		choices.Template = *sold.TemplateID
	}
	f.Choices = choices
	return nil
}

// Card is one contract with what the office looks at beside it.
type Card struct {
	*ent.Contract
	Customer *ent.Customer
	Service  *ent.Subscription
	Plan     *ent.Plan
	Company  *ent.Company
	Emails   []*ent.Email
	History  []*ent.History
	To       string // the customer's e-mail, where there is one
}

// Contract reads a contract. It returns NotFound, and Denied without See.
func (d Desk) Contract(ctx context.Context, id uuid.UUID) (card *Card, err error) {
	return card, d.see(ctx, func(ctx context.Context, c *ent.Client) error {
		card = &Card{}
		if card.Contract, err = c.Contract.Query().Where(contract.ID(id)).Select(listed...).Only(ctx); err != nil {
			return found(err)
		}
		for _, read := range []func() error{
			func() error { card.Customer, err = c.Customer.Get(ctx, card.CustomerID); return err },
			func() error { card.Service, err = c.Subscription.Get(ctx, card.SubscriptionID); return err },
			func() error { card.Plan, err = c.Plan.Get(ctx, card.Service.PlanID); return err },
			func() error { card.Company, err = c.Company.Get(ctx, card.CompanyID); return err },
			func() error { card.Emails, err = mail.Of(ctx, c, id); return err },
			func() error {
				card.History, err = c.History.Query().Where(history.Subject("contract"), history.SubjectID(id)).Order(ent.Desc(history.FieldAt, history.FieldID)).Limit(mostTold).All(ctx)
				return err
			},
			func() error {
				rows, err := c.Contact.Query().Where(contact.CustomerID(card.CustomerID), contact.KindEQ(contact.KindEmail)).Order(contact.ByPosition()).Limit(1).All(ctx)
				for _, row := range rows {
					card.To = row.Value
				}
				return err
			},
		} {
			if err := read(); err != nil {
				return err
			}
		}
		return nil
	})
}

// mostTold is how many entries of a contract's history its page shows.
const mostTold = 20
