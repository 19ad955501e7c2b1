package subscriptions

import (
	"cmp"
	"context"
	"strconv"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/authattempt"
	"enlace/ent/billingmethod"
	"enlace/ent/contract"
	"enlace/ent/deed"
	"enlace/ent/networklogin"
	"enlace/ent/plan"
	"enlace/ent/planchange"
	"enlace/ent/predicate"
	"enlace/ent/reactivation"
	"enlace/ent/subscription"
	"enlace/ent/subscriptionaddress"
	"enlace/ent/transfer"
	"enlace/ent/trustgrant"
	"enlace/ent/workorder"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/contracts"
	"enlace/tenants/customers"
	"enlace/tenants/money"
	"enlace/tenants/network"
	"enlace/tenants/staff"
	"enlace/tenants/status"
)

// Service is a subscription with what the office looks at beside it. Attempts and contracts stand on its own page alone.
type Service struct {
	Subscription *ent.Subscription
	Customer     *ent.Customer
	Plan, Method string          // their names
	Login        string          // "" while it has none
	Contract     uuid.UUID       // the newest in force, or none
	Installed    *ent.Address    // where, or nil
	Handing      bool            // a transfer of it waits for what both must accept
	Back         uuid.UUID       // the service by which this cancelled one came back, or none
	Became       uuid.UUID       // the service that took its place in a migration, or none
	Deed         UndoKind        // what was done to it last that may be undone for a while; "": nothing
	Contracts    []*ent.Contract // without their texts
	Debt         []*ent.Charge   // overdue, of a suspending kind
	Unpaid       string          // number of the invoice that the first of them is on; "": on none. Of Desk.Service and Diagnose
	Grant        *ent.TrustGrant // by which it has access now, or nil
	Broken       int             // how many times it was trusted, and not paid by the end
	Options      []Option
	Follows      *ent.Subscription // the service whose place it waits to take, with what waiting says beside it; nil: it waits for none

	// Of Desk.Diagnosed alone.
	Line     *network.Line      // nil: never connected
	Attempts []*ent.AuthAttempt // of the last week, the newest first
	Visits   []*ent.WorkOrder   // opened in the last three months, the newest first
}

// called puts beside a subscription what newService reads.
var called = []predicate.Subscription{
	tenants.Beside[predicate.Subscription]("plan", subscription.FieldPlanID, plan.Table, plan.FieldID, plan.FieldName),
	tenants.Beside[predicate.Subscription]("method", subscription.FieldMethodID, billingmethod.Table, billingmethod.FieldID, billingmethod.FieldName),
	tenants.Beside[predicate.Subscription]("login", subscription.FieldID, networklogin.Table, networklogin.FieldSubscriptionID, networklogin.FieldLogin, networklogin.Active(true)),
	tenants.Beside[predicate.Subscription]("back", subscription.FieldID, reactivation.Table, reactivation.FieldFromID, reactivation.FieldToID),
	tenants.Beside[predicate.Subscription]("became", subscription.FieldID, planchange.Table, planchange.FieldFromID, planchange.FieldToID, planchange.DoneAtNotNil(), planchange.GivenUpAtIsNil()),
	tenants.CountBeside[predicate.Subscription]("broken", subscription.FieldID, trustgrant.Table, trustgrant.FieldSubscriptionID, trustgrant.OutcomeEQ(trustgrant.OutcomeExpired),
		tenants.Reached[predicate.TrustGrant](trustgrant.FieldEndedAt, trustgrant.FieldUntil)),
	tenants.Beside[predicate.Subscription]("ended", subscription.FieldID, deed.Table, deed.FieldSubscriptionID, deed.FieldKind, deed.UndoneAtIsNil()),
	tenants.Beside[predicate.Subscription]("began", subscription.FieldID, deed.Table, deed.FieldToID, deed.FieldKind, deed.UndoneAtIsNil()),
	handedOver,
	tenants.Beside[predicate.Subscription]("contract", subscription.FieldID, contract.Table, contract.FieldSubscriptionID, contract.FieldID,
		contract.DeactivatedAtIsNil(), ent.Desc(contract.FieldNumber)),
	tenants.Beside[predicate.Subscription]("migrates", subscription.FieldID, planchange.Table, planchange.FieldFromID, planchange.FieldToID, planchange.DoneAtIsNil(), planchange.GivenUpAtIsNil()),
	tenants.Beside[predicate.Subscription]("handing", subscription.FieldID, transfer.Table, transfer.FieldSubscriptionID, transfer.FieldID, transfer.DoneAtIsNil(), transfer.GivenUpAtIsNil()),
	tenants.Beside[predicate.Subscription]("follows", subscription.FieldID, planchange.Table, planchange.FieldToID, planchange.FieldFromID, planchange.DoneAtIsNil(), planchange.GivenUpAtIsNil()),
}

func newService(sub *ent.Subscription) *Service {
	s := &Service{Subscription: sub, Plan: tenants.Said(sub, "plan"), Method: tenants.Said(sub, "method"), Login: tenants.Said(sub, "login")}
	s.Contract, _ = uuid.Parse(tenants.Said(sub, "contract"))
	s.Back, _ = uuid.Parse(tenants.Said(sub, "back"))
	s.Became, _ = uuid.Parse(tenants.Said(sub, "became"))
	s.Broken, _ = strconv.Atoi(tenants.Said(sub, "broken"))
	s.Deed = UndoKind(cmp.Or(tenants.Said(sub, "ended"), tenants.Said(sub, "began")))
	if sub.Status != status.Cancelled && tenants.Said(sub, "handed") != "" {
		s.Deed = UndoTransfer
	}
	s.Handing = tenants.Said(sub, "handing") != ""
	return s
}

// Undoable says what was done last that may still be undone on the face of it: a trust that runs, or what brought the service where it stands, of
// late. Its page says until when, and whether. "": nothing.
func (s *Service) Undoable(now time.Time) UndoKind {
	switch {
	case s.Grant != nil:
		return UndoTrust
	case s.Deed == UndoTransfer && now.Sub(s.Subscription.HeldFrom.Time()) < undoSeen:
		return s.Deed
	case s.Deed != UndoTransfer && now.Sub(s.Subscription.StatusSince) < undoSeen:
		return s.Deed
	}
	return ""
}

// MayReturn says whether a service may come back as a new one: one that was cancelled, and not one that a migration ended, or its undo.
func MayReturn(sub *ent.Subscription) bool {
	return sub.Status == status.Cancelled && sub.EndedBy != nil && *sub.EndedBy == subscription.EndedByCancellation
}

// undoSeen is how long an undo is offered at most, whatever hours the ISP sets.
const undoSeen = 31 * 24 * time.Hour

// Option is something that may be done to a service now, or why not.
type Option struct {
	Action string // habilitar, migrar, titular, desbloqueio, suspender, pausar, retornar, cancelar
	Fault  error  // nil when it can be done
}

// Service reads a service. It returns NotFound for one that is not the ISP's.
func (d Desk) Service(ctx context.Context, id uuid.UUID) (service *Service, err error) {
	return service, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		service, err = d.read(ctx, c, id)
		return err
	})
}

// Diagnosed reads a service with how its line stands. It returns NotFound for one that is not the ISP's.
func (d Desk) Diagnosed(ctx context.Context, id uuid.UUID) (service *Service, err error) {
	return service, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if service, err = d.Service(ctx, id); err != nil {
			return err
		}
		if service.Subscription.Status == status.WaitingMigration { // it has no line yet
			return nil
		}
		return service.diagnose(ctx, c, d.DB.Now())
	})
}

// diagnose reads how the line of a service stands.
func (s *Service) diagnose(ctx context.Context, c *ent.Client, now time.Time) (err error) {
	sub := s.Subscription
	if s.Line, err = network.LineOf(ctx, c, now, sub.ID); err != nil {
		return err
	}
	s.Attempts, err = c.AuthAttempt.Query().Where(authattempt.SubscriptionID(sub.ID), authattempt.AtGTE(now.AddDate(0, 0, -7))).
		Order(ent.Desc(authattempt.FieldAt)).Limit(attemptsShown).All(ctx)
	if err != nil {
		return err
	}
	s.Visits, err = c.WorkOrder.Query().Where(workorder.CustomerID(sub.CustomerID), workorder.SubscriptionID(sub.ID), workorder.OpenedAtGTE(now.AddDate(0, -3, 0))).
		Order(ent.Desc(workorder.FieldOpenedAt)).Limit(visitsShown).All(ctx)
	return err
}

// attemptsShown is how many of the last week's answers of the network are read.
const attemptsShown = 20

// visitsShown is how many work orders are read.
const visitsShown = 10

func (d Desk) read(ctx context.Context, c *ent.Client, id uuid.UUID) (s *Service, err error) {
	sub, err := c.Subscription.Query().Where(subscription.ID(id)).Where(called...).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, tenants.NotFound()
	} else if err != nil {
		return nil, err
	}
	s = newService(sub)
	for _, read := range []func() error{
		func() error { s.Customer, err = c.Customer.Get(ctx, sub.CustomerID); return err },
		func() error {
			s.Installed, err = customers.AddressOf(ctx, c, id, subscriptionaddress.RoleInstalacao)
			return err
		},
		func() error { s.Contracts, err = contracts.Of(ctx, c, id); return err },
		func() error {
			if sub.Status == status.WaitingMigration { // what is owed and trusted is the old one's
				return nil
			}
			return s.owes(ctx, c, d.DB.Today(ctx))
		},
		func() error {
			if status.InDebt(sub.Status) { // nobody else is trusted
				s.Grant, err = OpenGrant(ctx, c, id, d.DB.Now())
			}
			return err
		},
		func() error { return s.options(ctx, c, d.DB.Today(ctx)) },
	} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// options says of each thing one does to a service whether it can be done now. Who may do it is asked when it is done. Nothing is done to
// one that is cancelled.
func (s *Service) options(ctx context.Context, c *ent.Client, today calendar.Date) error {
	sub := s.Subscription
	if sub.Status == status.Cancelled {
		return nil
	}
	_, cut := mayCut(ctx, c, sub, s.Debt, s.Grant, status.Suspend, s.Installed, today)
	if cut != nil && tenants.FaultOf(cut) == nil {
		return cut
	}
	enable, err := s.mayEnable(ctx, c)
	if err != nil {
		return err
	}
	pause := Option{"pausar", s.pauseSeen()}
	if sub.Status == status.Paused {
		pause = Option{"retornar", unlessAllowed(status.Resume, sub.Status)}
	}
	s.Options = []Option{{"habilitar", enable}, {"migrar", mayAsk(sub)}, {"titular", mayHandOver(sub)}, {"desbloqueio", trustRefusal(sub, s.Grant)}, {"suspender", cut}, pause,
		{"cancelar", unlessAllowed(status.Cancel, sub.Status)}}
	return nil
}

// mayEnable says why a service cannot be enabled, nil where it can: one that waits for a migration only while the old one is habilitado.
func (s *Service) mayEnable(ctx context.Context, c *ent.Client) (fault, err error) {
	sub := s.Subscription
	follows, err := uuid.Parse(tenants.Said(sub, "follows"))
	if sub.Status != status.WaitingMigration || err != nil {
		return unlessAllowed(status.Enable, sub.Status), nil
	}
	s.Follows, err = c.Subscription.Query().Where(subscription.ID(follows)).Where(waiting...).Only(ctx)
	if err == nil && s.Follows.Status != status.Enabled {
		fault = tenants.Conflict("migration_old_state").With("status", string(s.Follows.Status))
	}
	return fault, err
}

// waiting puts beside a service what was said of the migration that waits to take its place: what becomes of an open carnê, and until when it waits.
var waiting = []predicate.Subscription{
	tenants.Beside[predicate.Subscription]("open", subscription.FieldID, planchange.Table, planchange.FieldFromID, planchange.FieldOpenBooklet, planchange.DoneAtIsNil(), planchange.GivenUpAtIsNil()),
	tenants.Beside[predicate.Subscription]("expires", subscription.FieldID, planchange.Table, planchange.FieldFromID, planchange.FieldExpiresOn, planchange.DoneAtIsNil(), planchange.GivenUpAtIsNil()),
}

// mayAsk says why a service cannot be migrated, nil where it can; out of a suspension its page asks for the manager's reason.
func mayAsk(sub *ent.Subscription) error {
	switch {
	case tenants.Said(sub, "migrates") != "":
		return tenants.Conflict("migration_open")
	case sub.Status != status.Enabled && !status.InDebt(sub.Status) && sub.Status != status.Paused:
		return tenants.Conflict("migrate_state").With("status", string(sub.Status))
	}
	return nil
}

// mayHandOver says why a service cannot change hands, nil where it can; despite a debt or a suspension its page asks for the manager's reason.
func mayHandOver(sub *ent.Subscription) error {
	switch {
	case tenants.Said(sub, "migrates") != "":
		return tenants.Conflict("transfer_changing")
	case sub.Status != status.Enabled && !status.InDebt(sub.Status) && sub.Status != status.Paused:
		return tenants.Conflict("transfer_state").With("status", string(sub.Status))
	}
	return nil
}

func unlessAllowed(e status.Event, from status.State) error {
	if status.Allowed(e, from) {
		return nil
	}
	return status.Forbidden(e, from)
}

// pauseSeen is why a service cannot be paused, as far as its slip knows; the form has the rest.
func (s *Service) pauseSeen() error {
	if err := unlessAllowed(status.Pause, s.Subscription.Status); err != nil {
		return err
	}
	owed := money.Cents(0)
	for _, row := range s.Debt {
		owed += row.Amount - row.Settled
	}
	if owed > 0 {
		return tenants.Conflict("pause_overdue").With("amount", owed.BRL())
	}
	return nil
}
