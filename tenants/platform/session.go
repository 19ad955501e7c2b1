package platform

import (
	"context"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/operator"
	"enlace/ent/operatorsession"
	"enlace/ent/predicate"
	"enlace/tenants"
	"enlace/tenants/staff"
)

// SignIn opens a session of an operator and returns its token, past the same Gate as the staff's.
func (d *Desk) SignIn(ctx context.Context, email, password, ip, agent string) (token string, err error) {
	var who *ent.Operator
	return d.gate.Enter(ctx, d.DB.Now(), staff.Knock{
		Where: tenants.OperatorSlug, Email: staff.Normal(email), Password: password, IP: ip, Agent: agent,
		Hash: func(ctx context.Context) (hash string, err error) {
			if who, err = d.called(ctx, email); who != nil {
				hash = who.PasswordHash
			}
			return hash, err
		},
		Open:    func(ctx context.Context, o staff.Opening) (bool, error) { return d.open(ctx, who, o) },
		Refused: func(ctx context.Context) error { return d.noteRefusal(ctx, who) },
	})
}

// called returns the operator of that e-mail, or nil.
func (d *Desk) called(ctx context.Context, email string) (who *ent.Operator, err error) {
	err = d.own(ctx, func(ctx context.Context, c *ent.Client) error {
		who, err = called(ctx, c, email)
		return err
	})
	if fault := tenants.FaultOf(err); fault != nil {
		return nil, nil
	}
	return who, err
}

// open keeps the session, unless the operator is gone, or has another password by now.
func (d *Desk) open(ctx context.Context, who *ent.Operator, o staff.Opening) (kept bool, err error) {
	ctx = tenants.As(ctx, actorOf(who))
	err = d.own(ctx, func(ctx context.Context, c *ent.Client) error {
		n, err := c.Operator.Update().Where(operator.ID(who.ID), operator.PasswordHash(who.PasswordHash)).SetSignedInAt(o.At).Save(ctx)
		if err != nil || n == 0 {
			return err
		}
		kept = true
		err = c.OperatorSession.Create().SetOperatorID(who.ID).SetTokenHash(o.TokenHash).SetCsrf(o.CSRF).
			SetCreatedAt(o.At).SetSeenAt(o.At).SetExpiresAt(o.Until).SetIP(o.IP).SetAgent(o.Agent).Exec(ctx)
		if err != nil {
			return err
		}
		return d.note(ctx, c, action{Event: "signed_in", After: map[string]any{"ip": o.IP}})
	})
	return kept, err
}

// noteRefusal notes that somebody was refused with the e-mail of an operator, if it was anybody's.
func (d *Desk) noteRefusal(ctx context.Context, who *ent.Operator) error {
	if who == nil {
		return nil
	}
	return d.own(tenants.As(ctx, actorOf(who)), func(ctx context.Context, c *ent.Client) error {
		return d.note(ctx, c, action{Event: "sign_in_refused"})
	})
}

func actorOf(o *ent.Operator) tenants.Actor {
	return tenants.Actor{Kind: tenants.Operator, ID: o.ID, Name: o.Name, Role: tenants.OperatorSlug, Channel: tenants.Web}
}

// Session returns the session of a token as far as it lives, or NotFound, as staff.Desk.Session does; the token of an ISP's is none here.
func (d *Desk) Session(ctx context.Context, token string) (found *staff.Session, err error) {
	now := d.DB.Now()
	err = d.own(ctx, func(ctx context.Context, c *ent.Client) error {
		row, err := c.OperatorSession.Query().Where(operatorsession.TokenHash(staff.Fingerprint(token)), living(now)).Only(ctx)
		if err != nil {
			return err
		}
		who, err := c.Operator.Get(ctx, row.OperatorID)
		if err != nil {
			return err
		}
		found = &staff.Session{ID: row.ID, Actor: actorOf(who), CSRF: row.Csrf}
		if now.Sub(row.SeenAt) < staff.Touch {
			return nil
		}
		return row.Update().SetSeenAt(now).Exec(ctx)
	})
	if ent.IsNotFound(err) {
		return nil, tenants.NotFound()
	}
	return found, err
}

func living(now time.Time) predicate.OperatorSession {
	return operatorsession.And(operatorsession.EndedAtIsNil(), operatorsession.ExpiresAtGT(now), operatorsession.SeenAtGT(now.Add(-staff.Idle)))
}

// Sessions lists the living sessions of the context's operator, the last used first.
func (d *Desk) Sessions(ctx context.Context) (all []staff.Browser, err error) {
	err = d.own(ctx, func(ctx context.Context, c *ent.Client) error {
		rows, err := c.OperatorSession.Query().Where(operatorsession.OperatorID(tenants.Who(ctx).ID), living(d.DB.Now())).
			Order(ent.Desc(operatorsession.FieldSeenAt), operatorsession.ByID()).All(ctx)
		for _, row := range rows {
			all = append(all, staff.Browser{ID: row.ID, Agent: row.Agent, IP: row.IP, CreatedAt: row.CreatedAt, SeenAt: row.SeenAt})
		}
		return err
	})
	return all, err
}

// SignOut ends a session of the context's operator. It returns NotFound for one that is somebody else's or has ended.
func (d *Desk) SignOut(ctx context.Context, id uuid.UUID) error {
	return d.own(ctx, func(ctx context.Context, c *ent.Client) error {
		n, err := c.OperatorSession.Update().Where(operatorsession.ID(id), operatorsession.OperatorID(tenants.Who(ctx).ID), operatorsession.EndedAtIsNil()).
			SetEndedAt(d.DB.Now()).Save(ctx)
		switch {
		case err != nil:
			return err
		case n == 0:
			return tenants.NotFound()
		}
		return d.note(ctx, c, action{Event: "signed_out"})
	})
}
