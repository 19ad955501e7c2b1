package sales

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/plan"
	"enlace/ent/reactivation"
	"enlace/ent/subscription"
	"enlace/ent/subscriptionaddress"
	"enlace/tenants"
	"enlace/tenants/customers"
	"enlace/tenants/history"
	"enlace/tenants/staff"
	"enlace/tenants/status"
	"enlace/tenants/subscriptions"
)

// backField says in a draft which cancelled service the new one is the return of; only the desk writes it.
const backField = "reativa"

// Reactivate begins the sale by which a cancelled service comes back (reativação): a draft of Adicionar Serviços with what the old one had. The
// cancelled one stays as it is, and its debts stay: what comes back is a new service, linked to it once it is saved. It returns Conflict
// not_cancelled, ended_migrating when it ended with a migration, reactivated when it came back already, customer_inactive, Denied, and NotFound.
func (d Desk) Reactivate(ctx context.Context, id uuid.UUID) (begun *ent.Draft, err error) {
	return begun, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Sell); err != nil {
			return err
		}
		old, err := returning(ctx, c, id)
		if err != nil {
			return err
		}
		who, err := holder(ctx, c, old.CustomerID)
		if err != nil {
			return err
		}
		typed := tenants.Typed{holderField: who.ID.String(), backField: id.String(), "forma_cobranca": old.MethodID.String(), "dia_vencimento": TypedDueDay(old.DueDay), "tipo_cobranca": string(old.Mode)}
		for field, on := range map[string]bool{"carne": old.Booklet, "fatura_separada": old.SeparateInvoice, "nota_separada": old.SeparateNote} {
			if on {
				typed[field] = "true"
			}
		}
		at, err := customers.AddressOf(ctx, c, id, subscriptionaddress.RoleInstalacao)
		if err != nil {
			return err
		}
		if at != nil {
			typed["endereco"] = at.ID.String()
			for _, one := range Roles[1:] {
				typed[one.Prefix+"igual"] = "true"
			}
		}
		if sold, err := c.Plan.Query().Where(plan.ID(old.PlanID), plan.Active(true)).Exist(ctx); err != nil {
			return err
		} else if sold {
			typed["plano"] = old.PlanID.String()
		}
		begun, err = d.keep(ctx, c, Progress{Wizard: AddService}, &ent.Draft{}, strings.Join(strings.Fields(who.Name), " "), 1, typed)
		return err
	})
}

// returning reads a service that may come back.
func returning(ctx context.Context, c *ent.Client, id uuid.UUID) (*ent.Subscription, error) {
	old, err := c.Subscription.Query().Where(subscription.ID(id)).Only(ctx)
	switch {
	case err != nil:
		return nil, found(err)
	case old.Status == status.Cancelled && !subscriptions.MayReturn(old):
		return nil, tenants.Conflict("ended_migrating")
	case !subscriptions.MayReturn(old):
		return nil, tenants.Conflict("not_cancelled").With("status", string(old.Status))
	}
	back, err := c.Reactivation.Query().Where(reactivation.FromID(id)).Exist(ctx)
	if err == nil && back {
		err = tenants.Conflict("reactivated")
	}
	return old, err
}

// comeBack links a new service to the cancelled one it is the return of, and tells it on both. Of two at once one is.
func (d Desk) comeBack(ctx context.Context, c *ent.Client, from uuid.UUID, sub *ent.Subscription) error {
	if from == uuid.Nil {
		return nil
	}
	old, err := returning(ctx, c, from)
	if err != nil {
		return err
	}
	if old.CustomerID != sub.CustomerID {
		return tenants.NotFound()
	}
	now := d.DB.Now()
	err = c.Reactivation.Create().SetFromID(from).SetToID(sub.ID).SetAt(now).OnConflictColumns(reactivation.FieldTenantID, reactivation.FieldFromID).DoNothing().Exec(ctx)
	if tenants.WasThere(err) {
		return tenants.Conflict("reactivated")
	}
	if err != nil {
		return err
	}
	said := map[string]any{"from": old.Number, "number": sub.Number}
	return history.WriteAll(ctx, c, now, []history.Entry{
		{Customer: sub.CustomerID, Subject: "subscription", ID: from, Event: "service_came_back", After: said},
		{Customer: sub.CustomerID, Subject: "subscription", ID: sub.ID, Event: "service_is_back", After: said},
	})
}
