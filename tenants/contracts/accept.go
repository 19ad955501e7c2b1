package contracts

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/contract"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/history"
	"enlace/tenants/status"
)

// Acceptance says when and how the holder accepted a contract.
type Acceptance struct {
	Contract uuid.UUID
	On       calendar.Date
	Note     string
	Key      string `json:"-"` // of the form
}

// ReadAcceptance reads what was typed.
func ReadAcceptance(t tenants.Typed, id uuid.UUID, wrong *tenants.Fields) Acceptance {
	in := Acceptance{Contract: id, On: t.RequiredDate(wrong, "data"), Note: t.PrintedLines(wrong, "observacao"), Key: t["chave"]}
	if in.Note == "" {
		wrong.Add("observacao", "required")
	}
	return in
}

// Accept marks a contract as accepted. Its text stays as it is; the acceptance is an annex of the paper. A service that waits for it goes on
// to aguardando_instalacao. The same form sent twice accepts once. It returns Invalid for a day before the contract or still to come, Conflict
// contract_accepted or contract_inactive, NotFound, and Denied without Sell.
func (d Desk) Accept(ctx context.Context, in Acceptance) error {
	return d.once(ctx, "accept_contract", in.Key, in, func(ctx context.Context, c *ent.Client) error {
		row, err := c.Contract.Get(ctx, in.Contract)
		if err != nil {
			return found(err)
		}
		return d.accept(ctx, c, row, in)
	})
}

func (d Desk) accept(ctx context.Context, c *ent.Client, row *ent.Contract, in Acceptance) error {
	now := d.DB.Now()
	isp, _ := tenants.From(ctx)
	switch {
	case in.On.After(isp.Today(now)):
		return tenants.Invalid("data", "future")
	case in.On.Before(calendar.Of(row.IssuedAt.In(isp.Zone))):
		return tenants.Invalid("data", "before_contract")
	}
	marked, err := c.Contract.Update().Where(contract.ID(row.ID), contract.AcceptedAtIsNil(), contract.DeactivatedAtIsNil()).
		SetAcceptedAt(now).SetAcceptedOn(in.On).SetAcceptedBy(tenants.Who(ctx).Name).SetAcceptance(in.Note).Save(ctx)
	if err != nil {
		return err
	}
	if marked == 0 {
		return closedAlready(ctx, c, row.ID)
	}
	err = history.Write(ctx, c, now, history.Entry{Customer: row.CustomerID, Subject: "contract", ID: row.ID, Event: "contract_accepted", Reason: in.Note,
		After: map[string]any{"number": row.Number, "on": in.On.BR()}})
	if err != nil {
		return err
	}
	sub, err := c.Subscription.Get(ctx, row.SubscriptionID)
	if err != nil {
		return err
	}
	if status.Allowed(status.Sign, sub.Status) {
		if _, err := status.Apply(ctx, c, now, sub.ID, status.Sign, in.Note); err != nil {
			return err
		}
	}
	if sub.MadeBy == subscription.MadeByMigration {
		if err := beginLoyalty(ctx, c, sub, in.On); err != nil {
			return err
		}
	}
	return printLater(ctx, c, now, row.ID)
}

// beginLoyalty has the loyalty of a service that followed another by migration begin anew: only a new contract that is accepted does.
func beginLoyalty(ctx context.Context, c *ent.Client, sub *ent.Subscription, on calendar.Date) error {
	of, err := c.Plan.Get(ctx, sub.PlanID)
	if err != nil || of.LoyaltyMonths == 0 {
		return err
	}
	return c.Subscription.UpdateOneID(sub.ID).SetLoyaltyFrom(on).SetLoyaltyTo(calendar.AddMonths(on, of.LoyaltyMonths, on.Day())).SetLoyaltyBenefit(of.LoyaltyBenefit).Exec(ctx)
}

// closedAlready says why a contract cannot be accepted or deactivated.
func closedAlready(ctx context.Context, c *ent.Client, id uuid.UUID) error {
	row, err := c.Contract.Get(ctx, id)
	switch {
	case err != nil:
		return found(err)
	case row.DeactivatedAt != nil:
		return tenants.Conflict("contract_inactive")
	}
	return tenants.Conflict("contract_accepted")
}
