package catalog

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/plan"
	"enlace/ent/planitem"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// Plan is what is sold. Its items, telecom service (SCM) and value added (SVA), add up to the price.
type Plan struct {
	Name           string
	Price          money.Cents
	Technology     plan.Technology
	DownKbps       int
	UpKbps         int
	EmitsContract  bool
	Template       uuid.UUID // none: chosen at the sale
	LoyaltyMonths  int
	LoyaltyBenefit money.Cents
	Items          []PlanItem
}

// PlanItem is one component of the price.
type PlanItem struct {
	Kind  planitem.Kind
	Name  string
	Price money.Cents
}

func (p Plan) check() error {
	var wrong tenants.Fields
	if strings.TrimSpace(p.Name) == "" {
		wrong.Add("name", "required")
	}
	if p.Price <= 0 {
		wrong.Add("price", "positive")
	}
	if err := plan.TechnologyValidator(p.Technology); err != nil {
		wrong.Add("technology", "choice")
	}
	if p.DownKbps <= 0 || p.UpKbps <= 0 {
		wrong.Add("down_kbps", "positive")
	}
	if p.LoyaltyMonths < 0 || p.LoyaltyMonths > 12 { // RGC: at most 12 months for consumers
		wrong.Add("loyalty_months", "loyalty_months")
	}
	var sum money.Cents
	for _, item := range p.Items {
		if sum += item.Price; item.Price < 0 {
			wrong.Add("items", "negative")
		}
	}
	if sum != p.Price {
		wrong.Add("items", "composition_sum")
	}
	return wrong.Err()
}

// AddPlan adds a plan. It returns Invalid when the items do not add up to the price, and Conflict plan_name_taken.
func (d Desk) AddPlan(ctx context.Context, in Plan) (added *ent.Plan, err error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	return added, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Configure); err != nil {
			return err
		}
		switch taken, err := c.Plan.Query().Where(plan.Name(in.Name)).Exist(ctx); {
		case err != nil:
			return err
		case taken:
			return tenants.Conflict("plan_name_taken")
		}
		create := c.Plan.Create().SetName(in.Name).SetPrice(in.Price).SetTechnology(in.Technology).SetDownKbps(in.DownKbps).SetUpKbps(in.UpKbps).
			SetEmitsContract(in.EmitsContract).SetLoyaltyMonths(in.LoyaltyMonths).SetLoyaltyBenefit(in.LoyaltyBenefit).SetCities([]string{})
		if in.Template != uuid.Nil {
			create.SetTemplateID(in.Template)
		}
		if added, err = create.Save(ctx); err != nil {
			return err
		}
		for i, item := range in.Items {
			err := c.PlanItem.Create().SetPlanID(added.ID).SetKind(item.Kind).SetName(item.Name).SetPrice(item.Price).SetPosition(i).Exec(ctx)
			if err != nil {
				return err
			}
		}
		return history.Write(ctx, c, d.DB.Now(), history.Entry{Subject: "plan", ID: added.ID, Event: "plan_added",
			After: map[string]any{"name": in.Name, "price": in.Price}})
	})
}

// Items reads the components of a plan's price, in order.
func Items(ctx context.Context, c *ent.Client, planID uuid.UUID) ([]*ent.PlanItem, error) {
	return c.PlanItem.Query().Where(planitem.PlanID(planID)).Order(planitem.ByPosition()).All(ctx)
}
