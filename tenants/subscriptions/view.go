package subscriptions

import (
	"context"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/authattempt"
	"enlace/ent/billingmethod"
	"enlace/ent/contract"
	"enlace/ent/networklogin"
	"enlace/ent/plan"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/ent/subscriptionaddress"
	"enlace/ent/workorder"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/contracts"
	"enlace/tenants/customers"
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
	Contracts    []*ent.Contract // without their texts
	Debt         []*ent.Charge   // overdue, of a suspending kind
	Grant        *ent.TrustGrant // by which it has access now, or nil
	Options      []Option

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
	tenants.Beside[predicate.Subscription]("contract", subscription.FieldID, contract.Table, contract.FieldSubscriptionID, contract.FieldID,
		contract.DeactivatedAtIsNil(), ent.Desc(contract.FieldNumber)),
}

func newService(sub *ent.Subscription) *Service {
	s := &Service{Subscription: sub, Plan: tenants.Said(sub, "plan"), Method: tenants.Said(sub, "method"), Login: tenants.Said(sub, "login")}
	s.Contract, _ = uuid.Parse(tenants.Said(sub, "contract"))
	return s
}

// Option is something that may be done to a service now, or why not.
type Option struct {
	Action string // habilitar, desbloqueio, suspender
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
		func() error { s.Debt, err = billing.SuspendingDebt(ctx, c, d.DB.Today(ctx), sub); return err },
		func() error { s.Grant, err = OpenGrant(ctx, c, id, d.DB.Now()); return err },
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
	_, cut := mayCut(ctx, c, sub, s.Debt, status.Suspend, s.Installed, today)
	if cut != nil && tenants.FaultOf(cut) == nil {
		return cut
	}
	s.Options = []Option{{"habilitar", unlessAllowed(status.Enable, sub.Status)}, {"desbloqueio", trustRefusal(sub, s.Grant)}, {"suspender", cut}}
	return nil
}

func unlessAllowed(e status.Event, from status.State) error {
	if status.Allowed(e, from) {
		return nil
	}
	return status.Forbidden(e, from)
}
