package sales

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/dueday"
	"enlace/ent/plan"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/catalog"
	"enlace/tenants/customers"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// checkSteps says what stands in the way of the steps of a page: what cannot be read, then what the choices of the moment refuse. The last
// word is spoken when the sale is saved, by the same functions.
func (d Desk) checkSteps(ctx context.Context, c *ent.Client, steps []Step, typed tenants.Typed) error {
	isp, _ := tenants.From(ctx)
	if _, wrong := read(typed, steps, d.DB.Today(ctx), isp.Zone); len(wrong) > 0 {
		return wrong.Err()
	}
	s, _ := read(typed, every, d.DB.Today(ctx), isp.Zone) // a step is checked against the steps before it
	for _, step := range steps {
		var err error
		switch step {
		case StepCustomer:
			err = d.checkDocument(ctx, c, s)
		case StepPlan:
			if _, err = checkPlan(ctx, c, s); err == nil {
				err = checkMigration(ctx, c, s)
			}
		case StepContract:
			err = checkContract(ctx, c, s)
		case StepBilling:
			if _, err = checkBilling(ctx, c, s); err == nil {
				err = d.checkOpenBooklet(ctx, c, s)
			}
		case StepWorkOrder:
			err = checkVisit(ctx, c, d.DB.Now(), s)
		case StepTaker:
			err = checkTaker(ctx, c, s)
		case StepTransfer:
			err = d.checkTransfer(ctx, c, s)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// checkDocument refuses a CPF or CNPJ that has a record, naming its customer and what they owe: a former customer may come back with debt.
func (d Desk) checkDocument(ctx context.Context, c *ent.Client, s Sale) error {
	taken, err := customers.Taken(ctx, c, s.Customer.Document)
	if err != nil || taken == nil {
		return err
	}
	owed, err := billing.Overdue(ctx, c, d.DB.Today(ctx), taken.ID)
	if err != nil {
		return err
	}
	fault := tenants.FaultOf(customers.DocumentTaken(s.Customer.Kind, taken))
	if owed > 0 {
		fault.With("owed", owed.BRL())
	}
	return fault
}

// checkPlan reads the plan and refuses one that is not sold any more, or not there, a seller who does not sell any more, and a price nobody
// at this desk may give.
func checkPlan(ctx context.Context, c *ent.Client, s Sale) (*ent.Plan, error) {
	chosen, err := c.Plan.Query().Where(plan.ID(s.Plan)).Only(ctx)
	if err != nil {
		return nil, found(err)
	}
	in, err := s.town(ctx, c)
	switch {
	case err != nil:
		return nil, err
	case !chosen.Active:
		return nil, tenants.Invalid("plano", "plan_withdrawn")
	case !soldIn(chosen, in):
		return nil, tenants.Invalid("plano", "plan_not_here")
	}
	if s.Seller != uuid.Nil {
		seller, err := c.Seller.Get(ctx, s.Seller)
		if err != nil {
			return nil, found(err)
		}
		if !seller.Active {
			return nil, tenants.Invalid("vendedor", "seller_withdrawn")
		}
	}
	return chosen, checkPrice(ctx, c, s, chosen)
}

// checkPrice lets a price go below the plan's with the permission for it, and no further than the ISP's cap.
func checkPrice(ctx context.Context, c *ent.Client, s Sale, chosen *ent.Plan) error {
	price := s.PriceOf(chosen)
	least := price.Of(0)
	if least >= chosen.Price {
		return nil
	}
	if price.Fixed > price.Contracted {
		return tenants.Invalid("desconto", "discount_over_price")
	}
	if err := staff.Require(ctx, c, staff.Discount); err != nil {
		return err
	}
	policy, err := catalog.Policy(ctx, c)
	if err != nil {
		return err
	}
	floor := chosen.Price - chosen.Price*money.Cents(policy.DiscountCap)/100_00
	if least >= floor {
		return nil
	}
	field := "preco"
	if s.DiscountFixed > 0 {
		field = "desconto"
	} else if s.DiscountPercent > 0 {
		field = "desconto_percentual"
	}
	return tenants.Invalid(field, "discount_cap").With("percent", strconv.Itoa(policy.DiscountCap/100)).With("floor", floor.BRL())
}

// PriceOf is what the service costs a month by this sale, discounts in the order of money.md M9.
func (s Sale) PriceOf(chosen *ent.Plan) money.Price {
	price := money.Price{Contracted: chosen.Price, Fixed: s.DiscountFixed, Percent: s.DiscountPercent, Months: s.DiscountMonths}
	if s.Price != 0 {
		price.Contracted = s.Price
	}
	return price
}

// checkContract asks for a contract where the plan has one; where it has none the step is passed.
func checkContract(ctx context.Context, c *ent.Client, s Sale) error {
	chosen, err := c.Plan.Query().Where(plan.ID(s.Plan)).Only(ctx)
	switch {
	case err != nil:
		return found(err)
	case !chosen.EmitsContract:
		return nil
	case s.Template == uuid.Nil && s.From != uuid.Nil: // the one the service has goes with it
		has, err := inForce(ctx, c, s.From)
		if err == nil && !has && chosen.TemplateID == nil {
			err = tenants.Invalid("modelo", "required")
		}
		return err
	case s.Template == uuid.Nil && chosen.TemplateID == nil:
		return tenants.Invalid("modelo", "required")
	case s.Template == uuid.Nil:
		return nil
	}
	template, err := c.ContractTemplate.Get(ctx, s.Template)
	if err != nil {
		return found(err)
	}
	if !template.Active {
		return tenants.Invalid("modelo", "template_withdrawn")
	}
	return nil
}

// checkBilling reads how the service is collected and refuses what the ISP offers no more.
func checkBilling(ctx context.Context, c *ent.Client, s Sale) (*ent.BillingMethod, error) {
	method, err := c.BillingMethod.Get(ctx, s.Method)
	if err != nil {
		return nil, found(err)
	}
	policy, err := catalog.Policy(ctx, c)
	if err != nil {
		return nil, err
	}
	offered, err := c.DueDay.Query().Where(dueday.Day(s.DueDay)).Exist(ctx)
	switch {
	case err != nil:
		return nil, err
	case !method.Active:
		return nil, tenants.Invalid("forma_cobranca", "method_withdrawn")
	case !offered:
		return nil, tenants.Invalid("dia_vencimento", "due_day")
	case s.FeeChoice != subscription.FeeChoiceNone && s.Fee == 0:
		return nil, tenants.Invalid("taxa_valor", "positive")
	case s.IdleFee != 0 && s.IdleFee != policy.InstallFee: // the one the page came with was typed by nobody
		return nil, tenants.Invalid("taxa", "fee_idle")
	}
	return method, nil
}

func found(err error) error {
	if ent.IsNotFound(err) {
		return tenants.NotFound()
	}
	return err
}
