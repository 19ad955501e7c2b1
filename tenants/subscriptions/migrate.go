package subscriptions

import (
	"context"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/contract"
	"enlace/ent/planchange"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/ent/ticket"
	"enlace/ent/workorder"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/history"
	"enlace/tenants/network"
	"enlace/tenants/staff"
	"enlace/tenants/status"
)

// MigrationDays is how long a migration waits for its Habilitar before it is given up by itself.
const MigrationDays = 60

// MayMigrate says why a service cannot be migrated, nil where it can: from habilitado, and from a suspension by an override with a reason, which
// needs its permission. It returns Conflict migrate_state, naming the state, migrate_suspended without a reason, and migration_open.
func MayMigrate(ctx context.Context, c *ent.Client, from *ent.Subscription, override string) error {
	open, err := c.PlanChange.Query().Where(planchange.FromID(from.ID), planchange.DoneAtIsNil(), planchange.GivenUpAtIsNil()).Exist(ctx)
	if err != nil {
		return err
	}
	return MayMigrateFrom(ctx, c, from, override, open)
}

// MayMigrateFrom is MayMigrate where it is known whether a migration of the service is open.
func MayMigrateFrom(ctx context.Context, c *ent.Client, from *ent.Subscription, override string, open bool) error {
	switch suspended := status.InDebt(from.Status) || from.Status == status.Paused; {
	case from.Status != status.Enabled && !suspended:
		return tenants.Conflict("migrate_state").With("status", string(from.Status))
	case suspended && override == "":
		return tenants.Conflict("migrate_suspended").With("status", string(from.Status))
	case suspended:
		if len([]rune(override)) < shortestReason {
			return tenants.Invalid("motivo_excecao", "reason_short")
		}
		if err := staff.Require(ctx, c, staff.Override); err != nil {
			return err
		}
	}
	if open {
		return tenants.Conflict("migration_open")
	}
	return nil
}

// takeOver has a service that waits for its migration take the place of the old one: money, login, sessions, open tickets and visits, and the
// contract where it has none of its own. The old one is cancelled, with what suspends it ended. It returns Conflict migration_old_state, naming
// the state of the old one, unless that is habilitado or the migration was asked for out of it and at once; and the faults of billing's Migrate.
// It answers how things stood before, so that it can be undone.
func (d Desk) takeOver(ctx context.Context, c *ent.Client, to *ent.Subscription) (*scene, error) {
	now, today := d.DB.Now(), d.DB.Today(ctx)
	change, err := c.PlanChange.Query().Where(planchange.ToID(to.ID), planchange.DoneAtIsNil(), planchange.GivenUpAtIsNil()).Only(ctx)
	switch {
	case ent.IsNotFound(err):
		return nil, tenants.Conflict("migration_over")
	case err != nil:
		return nil, err
	}
	from, err := find(ctx, c, change.FromID)
	if err != nil {
		return nil, err
	}
	if beyond := change.Immediate && change.OverrideReason != "" && from.Status != status.Cancelled; from.Status != status.Enabled && !beyond {
		return nil, tenants.Conflict("migration_old_state").With("status", string(from.Status))
	}
	before, err := sceneOf(ctx, c, from)
	if err != nil {
		return nil, err
	}
	if _, err := status.Apply(ctx, c, now, from.ID, status.Cancel, "migração"); err != nil {
		return nil, err
	}
	posted, err := (billing.Desk{DB: d.DB}).Migrate(ctx, c, migrating(from, to, change))
	if err != nil {
		return nil, err
	}
	if err := d.moveRecords(ctx, c, from, to); err != nil {
		return nil, err
	}
	err = c.Subscription.UpdateOneID(from.ID).SetCancelledOn(today).SetEndedBy(subscription.EndedByMigration).SetCancelReason("migração").Exec(ctx)
	if err != nil {
		return nil, err
	}
	done := c.PlanChange.UpdateOneID(change.ID).SetDoneAt(now)
	if !posted.Booklet { // whatever was to become of a carnê, none was open: nothing stands at the old price
		done.ClearOpenBooklet()
	}
	if err := done.Exec(ctx); err != nil {
		return nil, err
	}
	return before, d.tellMigration(ctx, c, change.OverrideReason, from, to)
}

// migrating is a migration as money sees it. An open carnê of which nobody was asked, since there was none, is repriced, or made anew where its
// terms change.
func migrating(from, to *ent.Subscription, change *ent.PlanChange) billing.Migrating {
	in := billing.Migrating{From: from, To: to, Open: planchange.OpenBookletReprice}
	switch {
	case change.OpenBooklet != nil:
		in.Open = *change.OpenBooklet
	case from.DueDay != to.DueDay || from.Mode != to.Mode:
		in.Open = planchange.OpenBookletReissue
	}
	return in
}

// moveRecords has what belongs to the old service belong to the new one.
func (d Desk) moveRecords(ctx context.Context, c *ent.Client, from, to *ent.Subscription) error {
	if err := (network.Desk{DB: d.DB}).MoveLogin(ctx, c, from.ID, to.ID); err != nil {
		return err
	}
	err := c.Ticket.Update().Where(ticket.SubscriptionID(from.ID), ticket.StatusNEQ(ticket.StatusFinalizado)).SetSubscriptionID(to.ID).Exec(ctx)
	if err != nil {
		return err
	}
	err = c.WorkOrder.Update().Where(workorder.SubscriptionID(from.ID), workorder.StatusNotIn(workorder.StatusFinalizada, workorder.StatusCancelada)).SetSubscriptionID(to.ID).Exec(ctx)
	if err != nil {
		return err
	}
	spared := c.Subscription.UpdateOneID(to.ID).SetNeverBlock(from.NeverBlock).SetBlockReason(from.BlockReason)
	if !from.NoBlockUntil.IsZero() {
		spared.SetNoBlockUntil(from.NoBlockUntil)
	}
	if err := spared.Exec(ctx); err != nil {
		return err
	}
	own, err := c.Contract.Query().Where(contract.SubscriptionID(to.ID), contract.DeactivatedAtIsNil()).Exist(ctx)
	if err != nil {
		return err
	}
	if !own {
		if err := c.Contract.Update().Where(contract.SubscriptionID(from.ID), contract.DeactivatedAtIsNil()).SetSubscriptionID(to.ID).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

// tellMigration writes the history of both services, each with the other, before and after.
func (d Desk) tellMigration(ctx context.Context, c *ent.Client, reason string, from, to *ent.Subscription) error {
	was, err := c.Plan.Get(ctx, from.PlanID)
	if err != nil {
		return err
	}
	is, err := c.Plan.Get(ctx, to.PlanID)
	if err != nil {
		return err
	}
	before, _ := billing.MonthlyOf(from)
	after, _ := billing.MonthlyOf(to)
	old := map[string]any{"plan": was.Name, "price": before}
	now := map[string]any{"old": from.Number, "number": to.Number, "plan": is.Name, "price": after}
	return history.WriteAll(ctx, c, d.DB.Now(), []history.Entry{
		{Customer: to.CustomerID, Subject: "subscription", ID: from.ID, Event: "service_migrated", Reason: reason, Before: old, After: now},
		{Customer: to.CustomerID, Subject: "subscription", ID: to.ID, Event: "migrated_from", Before: old, After: now},
	})
}

// GivingUp is a migration that will not be.
type GivingUp struct {
	Subscription uuid.UUID // the one that waits
	Reason       string
	Key          string `json:"-"` // of the form
}

// ReadGivingUp reads the form that gives a migration up.
func ReadGivingUp(t tenants.Typed, sub uuid.UUID, wrong *tenants.Fields) GivingUp {
	return GivingUp{Subscription: sub, Reason: t.Lines(wrong, "motivo"), Key: t.Required(wrong, "chave")}
}

// GiveUp ends a migration that was not done: the service that waited is cancelled with its visits and contracts, the old one is as it was. The
// same form sent twice gives up once. It returns Invalid for a reason too short, Conflict transition for a service that does not wait, and NotFound.
func (d Desk) GiveUp(ctx context.Context, in GivingUp) error {
	if len([]rune(in.Reason)) < shortestReason {
		return tenants.Invalid("motivo", "reason_short")
	}
	key := in.Key
	if key != "" { // nobody else's press is answered with it
		key = tenants.Who(ctx).ID.String() + "/" + key
	}
	_, err := d.DB.Once(ctx, "give_up_migration", key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Sell); err != nil {
			return "", err
		}
		return "", d.giveUp(ctx, c, in.Subscription, in.Reason)
	})
	return err
}

func (d Desk) giveUp(ctx context.Context, c *ent.Client, id uuid.UUID, reason string) error {
	now := d.DB.Now()
	to, err := status.Apply(ctx, c, now, id, status.GiveUp, reason)
	if err != nil {
		return err
	}
	change, err := c.PlanChange.Query().Where(planchange.ToID(id)).Only(ctx)
	if err != nil {
		return err
	}
	if err := c.PlanChange.UpdateOneID(change.ID).SetGivenUpAt(now).SetGivenUpReason(reason).Exec(ctx); err != nil {
		return err
	}
	if err := c.Subscription.UpdateOneID(id).SetCancelledOn(d.DB.Today(ctx)).SetCancelReason(reason).Exec(ctx); err != nil {
		return err
	}
	err = c.WorkOrder.Update().Where(workorder.SubscriptionID(id), workorder.StatusNotIn(workorder.StatusFinalizada, workorder.StatusCancelada)).SetStatus(workorder.StatusCancelada).Exec(ctx)
	if err != nil {
		return err
	}
	err = c.Contract.Update().Where(contract.SubscriptionID(id), contract.DeactivatedAtIsNil()).SetDeactivatedAt(now).SetDeactivationReason(reason).Exec(ctx)
	if err != nil {
		return err
	}
	from, err := find(ctx, c, change.FromID)
	if err != nil {
		return err
	}
	return history.Write(ctx, c, now, history.Entry{Customer: from.CustomerID, Subject: "subscription", ID: from.ID, Event: "migration_given_up", Reason: reason,
		After: map[string]any{"old": from.Number, "number": to.Number}})
}

// ExpireMigrations is the kind of the day's job that gives up what was forgotten.
const ExpireMigrations = "subscriptions.expire_migrations"

// MigrationsExpireAt is when, after midnight.
const MigrationsExpireAt = 6 * time.Hour

// ExpireAll gives up every migration that waits longer than MigrationDays, and every one whose old service is no more. It may run late, or twice.
func (d Desk) ExpireAll(ctx context.Context) (done int, err error) {
	var ids []uuid.UUID
	err = d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		gone := tenants.IDsIn(subscription.Table, subscription.FieldID, subscription.StatusEQ(status.Cancelled))
		rows, err := c.PlanChange.Query().Where(planchange.DoneAtIsNil(), planchange.GivenUpAtIsNil(),
			planchange.Or(planchange.ExpiresOnLTE(d.DB.Today(ctx)), tenants.Among[predicate.PlanChange](planchange.FieldFromID, gone))).All(ctx)
		for _, row := range rows {
			ids = append(ids, row.ToID)
		}
		return err
	})
	if err != nil {
		return 0, err
	}
	for _, id := range ids {
		err := d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
			return d.giveUp(ctx, c, id, "prazo da migração vencido")
		})
		if err == nil {
			done++
		} else if tenants.FaultOf(err) == nil { // a fault: somebody was faster
			return done, err
		}
	}
	return done, nil
}

// Migration is what waits to take the place of a service.
type Migration struct {
	From, To *ent.Subscription
	Expires  calendar.Date
	Open     planchange.OpenBooklet    // what becomes of an open carnê; "": there is none
	Preview  *billing.MigrationPreview // what Habilitar would post today; nil with Fault
	Fault    error
}

// Migration reads the migration for which a service waits, with what Habilitar would do to money today; nil for a service that waits for none.
func (d Desk) Migration(ctx context.Context, s *Service) (m *Migration, err error) {
	if s.Follows == nil {
		return nil, nil
	}
	m = &Migration{From: s.Follows, To: s.Subscription, Open: planchange.OpenBooklet(tenants.Said(s.Follows, "open"))}
	if said := tenants.Said(s.Follows, "expires"); said != "" {
		if m.Expires, err = calendar.Parse(said); err != nil {
			return nil, err
		}
	}
	if m.From.Status != status.Enabled {
		m.Fault = tenants.Conflict("migration_old_state").With("status", string(m.From.Status))
	}
	change := &ent.PlanChange{}
	if m.Open != "" {
		change.OpenBooklet = &m.Open
	}
	return m, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		m.Preview, err = d.billing().PreviewMigration(ctx, c, migrating(m.From, m.To, change))
		if tenants.FaultOf(err) != nil {
			m.Fault, err = err, nil
		}
		return err
	})
}
