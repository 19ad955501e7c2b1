package staff

import (
	"context"
	"strconv"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/draft"
	"enlace/ent/permission"
	"enlace/ent/predicate"
	"enlace/ent/session"
	"enlace/ent/ticket"
	"enlace/ent/user"
	"enlace/tenants"
)

// Session is a signed-in browser.
type Session struct {
	ID      uuid.UUID
	Actor   tenants.Actor // the person, with the role they have now
	CSRF    string        // the token the forms of this session carry
	Granted map[Permission]bool
	Drafts  int // of the person: the bar counts them on every page
	Waiting int // tickets whose subscriber waits for a word of the person: the rail counts them on every page
}

// Browser is one of the browsers a person is signed in at.
type Browser struct {
	ID                uuid.UUID // of its session
	Agent, IP         string
	CreatedAt, SeenAt time.Time
}

// Touch is how often a session's last use is written down.
const Touch = time.Minute

// Session returns the session of a token, as far as it lives: it is of the context's ISP, was used within Idle and opened within Absolute. Who is
// disabled has no session left. Otherwise it returns NotFound, whatever the reason. It notes the use, at most once a minute, and with the next
// request when the store is busy writing for longer than anybody wants to wait for a page.
func (d *Desk) Session(ctx context.Context, token string) (*Session, error) {
	now := d.DB.Now()
	var found *Session
	var seen time.Time
	err := d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		rows, err := c.Session.Query().Where(session.TokenHash(Fingerprint(token)), living(now), withChanges, withDrafts, withWaiting).All(ctx)
		if err != nil || len(rows) == 0 {
			return err
		}
		row := rows[0]
		who := tenants.Actor{Kind: tenants.User, ID: row.UserID, Name: row.Name, Role: row.Role, Channel: tenants.Web}
		found, seen = &Session{ID: row.ID, Actor: who, CSRF: row.Csrf, Granted: granted(row.Role)}, row.SeenAt
		for as, into := range map[string]*int{"drafts": &found.Drafts, "waiting": &found.Waiting} {
			if *into, err = strconv.Atoi(tenants.Said(row, as)); err != nil {
				return err
			}
		}
		for _, row := range rows {
			if action := tenants.Said(row, permission.FieldAction); action != "" {
				found.Granted[Permission(action)] = tenants.SaidYes(row, permission.FieldAllowed)
			}
		}
		return nil
	})
	switch {
	case err != nil:
		return nil, err
	case found == nil:
		return nil, tenants.NotFound()
	case now.Sub(seen) < Touch:
		return found, nil
	}
	return found, d.touch(ctx, found.ID, seen, now)
}

// withChanges has a session come once for each cell of the permission table that the ISP has changed for its role: every page asks for both.
var withChanges = tenants.Each[predicate.Session](session.FieldRole, permission.Table, permission.FieldRole, []string{permission.FieldAction, permission.FieldAllowed})

// withDrafts puts beside a session how many drafts its person has.
var withDrafts = tenants.CountBeside[predicate.Session]("drafts", session.FieldUserID, draft.Table, draft.FieldUserID)

// withWaiting puts beside a session how many tickets wait for its person: theirs, and of those that no person has those of their sector, of none, and,
// where they work nowhere in particular, of any.
var withWaiting = tenants.CountBeside[predicate.Session]("waiting", session.FieldTenantID, ticket.Table, ticket.FieldTenantID, ticket.WaitsSinceNotNil(),
	ticket.Or(tenants.Alike[predicate.Ticket](ticket.FieldAssigneeID, session.Table, session.FieldUserID),
		ticket.And(ticket.AssigneeIDIsNil(), ticket.Or(ticket.SectorIDIsNil(), tenants.Has[predicate.Ticket](user.Table, tenants.Alike[predicate.User](user.FieldID, session.Table, session.FieldUserID),
			user.Or(user.SectorIDIsNil(), tenants.Alike[predicate.User](user.FieldSectorID, "beside_waiting", ticket.FieldSectorID)))))))

// patience is how long a page waits for its use to be noted.
const patience = 300 * time.Millisecond

func (d *Desk) touch(ctx context.Context, id uuid.UUID, seen, now time.Time) error {
	brief, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	err := d.DB.Write(brief, func(ctx context.Context, c *ent.Client) error {
		return c.Session.Update().Where(session.ID(id), session.SeenAt(seen)).SetSeenAt(now).Exec(ctx)
	})
	if ctx.Err() == nil && brief.Err() != nil {
		return nil
	}
	return err
}

func living(now time.Time) predicate.Session {
	return session.And(session.EndedAtIsNil(), session.ExpiresAtGT(now), session.SeenAtGT(now.Add(-Idle)))
}

// Sessions lists the living sessions of the context's actor, the last used first.
func (d *Desk) Sessions(ctx context.Context) (all []Browser, err error) {
	err = d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		rows, err := c.Session.Query().Where(session.UserID(tenants.Who(ctx).ID), living(d.DB.Now())).
			Order(ent.Desc(session.FieldSeenAt), session.ByID()).All(ctx)
		for _, row := range rows {
			all = append(all, Browser{row.ID, row.Agent, row.IP, row.CreatedAt, row.SeenAt})
		}
		return err
	})
	return all, err
}

// SignOut ends a session of the context's actor: the one they are in, or another browser of theirs from the list. It returns NotFound for
// one that is somebody else's or has ended.
func (d *Desk) SignOut(ctx context.Context, id uuid.UUID) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		who := tenants.Who(ctx)
		n, err := c.Session.Update().Where(session.ID(id), session.UserID(who.ID), session.EndedAtIsNil()).SetEndedAt(d.DB.Now()).Save(ctx)
		switch {
		case err != nil:
			return err
		case n == 0:
			return tenants.NotFound()
		}
		return d.note(ctx, c, who.ID, "signed_out", nil)
	})
}
