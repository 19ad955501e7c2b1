package reports

import (
	"context"

	"enlace/ent"
	"enlace/ent/plan"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/status"
)

// Waiting is the services that wait for a step of the office, the oldest first.
type Waiting struct {
	Rows   []*ent.Subscription
	Counts map[status.State]int // all services of each of these states, and of those suspended for debt
}

// WaitingFor lists the states in which the office has the next step.
var WaitingFor = []status.State{status.WaitingSignature, status.WaitingInstallation, status.WaitingMigration}

func (d *Day) readWaiting(ctx context.Context, c *ent.Client) error {
	var counts []struct {
		Status subscription.Status
		Count  int
	}
	err := c.Subscription.Query().Where(subscription.StatusIn(append(WaitingFor, status.SuspendedDebt)...)).GroupBy(subscription.FieldStatus).Aggregate(ent.Count()).Scan(ctx, &counts)
	if err != nil {
		return err
	}
	d.Waiting.Counts = map[status.State]int{}
	for _, one := range counts {
		d.Waiting.Counts[one.Status] = one.Count
	}
	d.Waiting.Rows, err = c.Subscription.Query().Where(subscription.StatusIn(WaitingFor...), planned).
		Order(subscription.ByStatusSince(), subscription.ByNumber()).Limit(Shown + 1).All(ctx)
	return err
}

// planned puts beside a service what was sold; Plan reads it.
var planned = tenants.Beside[predicate.Subscription]("plan", subscription.FieldPlanID, plan.Table, plan.FieldID, plan.FieldName)

// Plan is the name of the plan of a service that waits.
func (w Waiting) Plan(row *ent.Subscription) string { return tenants.Said(row, "plan") }
