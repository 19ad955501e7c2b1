package network

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/connection"
	"enlace/ent/nas"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/staff"
)

// Line is how a subscription stands on the network: its running session, or the last it had.
type Line struct {
	Session *ent.Connection
	NAS     *ent.Nas
	Silent  bool // the session runs, but reports that were due have not come
}

// Running says whether the session runs.
func (l *Line) Running() bool { return l != nil && l.Session.EndedAt == nil }

// LineOf returns how a subscription stands; nil when it has never been connected. One that is no longer heard of is silent before anybody has
// ended it.
func LineOf(ctx context.Context, c *ent.Client, now time.Time, subscription uuid.UUID) (*Line, error) {
	newest, err := c.Connection.Query().Where(connection.SubscriptionID(subscription)).Order(ent.Desc(connection.FieldStartedAt, connection.FieldID)).Limit(5).All(ctx)
	if err != nil || len(newest) == 0 {
		return nil, err
	}
	l := &Line{Session: newest[0]}
	if i := slices.IndexFunc(newest, func(s *ent.Connection) bool { return s.EndedAt == nil }); i > 0 {
		l.Session = newest[i]
	}
	if l.NAS, err = c.Nas.Get(ctx, l.Session.NasID); err != nil {
		return nil, err
	}
	l.Silent = l.Running() && l.Session.Seconds > 0 && now.Sub(l.Session.UpdatedAt) > patienceWith(l.NAS)
	return l, nil
}

// About is the service a diagnosis is of.
type About struct {
	Subscription *ent.Subscription
	Customer     *ent.Customer
	Plan         *ent.Plan
}

// Line is LineOf for those who see diagnoses. It returns Denied, and NotFound for a subscription that is not the ISP's.
func (d Desk) Line(ctx context.Context, subscription uuid.UUID) (of About, l *Line, err error) {
	return of, l, d.diagnose(ctx, subscription, &of, func(ctx context.Context, c *ent.Client) error {
		l, err = LineOf(ctx, c, d.DB.Now(), subscription)
		return err
	})
}

func (d Desk) diagnose(ctx context.Context, subscription uuid.UUID, of *About, do func(context.Context, *ent.Client) error) error {
	return d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) (err error) {
		if err := staff.Require(ctx, c, staff.Attend); err != nil {
			return err
		}
		if of.Subscription, err = c.Subscription.Get(ctx, subscription); ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		if of.Customer, err = c.Customer.Get(ctx, of.Subscription.CustomerID); err != nil {
			return err
		}
		if of.Plan, err = c.Plan.Get(ctx, of.Subscription.PlanID); err != nil {
			return err
		}
		return do(ctx, c)
	})
}

// Span is some days of the connection log, and which page of it.
type Span struct {
	From, To calendar.Date
	Page     int // from 1
}

// spanDays is how many days are shown when none are named.
const spanDays = 30

// ReadSpan reads what an address asks for; what is not a day, or the wrong way round, is the last thirty days.
func ReadSpan(t tenants.Typed, today calendar.Date) Span {
	var wrong tenants.Fields
	s := Span{From: t.Date(&wrong, "de"), To: t.Date(&wrong, "ate"), Page: 1}
	if wrong.Err() != nil || s.From.IsZero() || s.To.IsZero() || s.To.Before(s.From) {
		s.From, s.To = today.AddDays(-spanDays), today
	}
	if n, err := strconv.Atoi(t["pagina"]); err == nil && n > 1 {
		s.Page = n
	}
	return s
}

// Statement is a page of the connection log of a subscription, the newest first (Extrato de Conexões).
type Statement struct {
	About
	Rows  []*ent.Connection
	NAS   map[uuid.UUID]string // names
	Total int
}

// StatementSize is how many sessions a page has.
const StatementSize = 50

// Statement reads the sessions that ran on some day of the span. It returns Denied without the permission to see diagnoses, and NotFound.
func (d Desk) Statement(ctx context.Context, subscription uuid.UUID, s Span) (st Statement, err error) {
	isp, _ := tenants.From(ctx)
	from, to := s.From.At(0, 0, isp.Zone), s.To.AddDays(1).At(0, 0, isp.Zone)
	return st, d.diagnose(ctx, subscription, &st.About, func(ctx context.Context, c *ent.Client) error {
		within := c.Connection.Query().Where(connection.SubscriptionID(subscription), connection.StartedAtLT(to),
			connection.Or(connection.EndedAtIsNil(), connection.EndedAtGTE(from)))
		if st.Total, err = within.Clone().Count(ctx); err != nil {
			return err
		}
		st.Rows, err = within.Order(ent.Desc(connection.FieldStartedAt, connection.FieldID)).Offset((s.Page - 1) * StatementSize).Limit(StatementSize).All(ctx)
		if err != nil {
			return err
		}
		st.NAS, err = names(ctx, c)
		return err
	})
}

func names(ctx context.Context, c *ent.Client) (map[uuid.UUID]string, error) {
	all, err := c.Nas.Query().Select(nas.FieldID, nas.FieldName).All(ctx)
	of := map[uuid.UUID]string{}
	for _, n := range all {
		of[n.ID] = n.Name
	}
	return of, err
}
