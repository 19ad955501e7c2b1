package catalog

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants/history"
)

// atOnce is how many plans go into one statement.
const atOnce = 250

// Arrive adds many plans that were another system's, in the caller's transaction: each has passed Check, and its name is free and its template
// there, as the caller has seen. from is where they come from, for the history.
func Arrive(ctx context.Context, c *ent.Client, now time.Time, from string, all []Plan) error {
	for some := range slices.Chunk(all, atOnce) {
		var rows []*ent.PlanCreate
		var items []*ent.PlanItemCreate
		var told []history.Entry
		for _, p := range some {
			id := uuid.Must(uuid.NewV7())
			row := c.Plan.Create().SetID(id).SetName(p.Name).SetPrice(p.Price).SetTechnology(p.Technology).SetDownKbps(p.DownKbps).SetUpKbps(p.UpKbps).
				SetEmitsContract(p.EmitsContract).SetLoyaltyMonths(p.LoyaltyMonths).SetLoyaltyBenefit(p.LoyaltyBenefit).SetCities(append([]string{}, p.Cities...))
			if p.Template != uuid.Nil {
				row.SetTemplateID(p.Template)
			}
			rows = append(rows, row)
			for i, item := range p.Items {
				items = append(items, c.PlanItem.Create().SetPlanID(id).SetKind(item.Kind).SetName(item.Name).SetPrice(item.Price).SetPosition(i))
			}
			told = append(told, history.Entry{Subject: plans.Subject, ID: id, Event: "plan_imported",
				After: map[string]any{"name": p.Name, "price": p.Price, "from": from}})
		}
		if err := c.Plan.CreateBulk(rows...).Exec(ctx); err != nil {
			return err
		}
		if err := c.PlanItem.CreateBulk(items...).Exec(ctx); err != nil {
			return err
		}
		if err := history.WriteAll(ctx, c, now, told); err != nil {
			return err
		}
	}
	return nil
}
