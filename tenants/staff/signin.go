package staff

import (
	"context"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/user"
	"enlace/tenants"
)

// How long a session lasts.
const (
	Idle     = 30 * time.Minute
	Absolute = 12 * time.Hour
)

// SignIn opens a session and returns its token; ip and agent are shown to the person in the list of their sessions. What is refused, and how,
// is the Gate's.
func (d *Desk) SignIn(ctx context.Context, email, password, ip, agent string) (token string, err error) {
	isp, ok := tenants.From(ctx)
	if !ok {
		return "", tenants.ErrNoTenant
	}
	var person *ent.User
	return d.gate.Enter(ctx, d.DB.Now(), Knock{
		Where: isp.Slug, Email: Normal(email), Password: password, IP: ip, Agent: agent,
		Hash: func(ctx context.Context) (hash string, err error) {
			if person, err = d.called(ctx, Normal(email)); person != nil {
				hash = person.PasswordHash
			}
			return hash, err
		},
		Open:    func(ctx context.Context, o Opening) (bool, error) { return d.open(ctx, person, o) },
		Refused: func(ctx context.Context) error { return d.noteRefusal(ctx, Normal(email)) },
	})
}

// called returns the person of that e-mail, or nil.
func (d *Desk) called(ctx context.Context, email string) (person *ent.User, err error) {
	err = d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		person, err = c.User.Query().Where(user.Email(email)).Only(ctx)
		return err
	})
	if ent.IsNotFound(err) {
		return nil, nil
	}
	return person, err
}

// open keeps the session, unless the person is disabled, or has another password by now.
func (d *Desk) open(ctx context.Context, person *ent.User, o Opening) (kept bool, err error) {
	ctx = tenants.As(ctx, actorOf(person))
	err = d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		n, err := c.User.Update().Where(user.ID(person.ID), user.Active(true), user.PasswordHash(person.PasswordHash)).SetSignedInAt(o.At).Save(ctx)
		if err != nil || n == 0 {
			return err
		}
		kept = true
		err = c.Session.Create().SetUserID(person.ID).SetName(person.Name).SetRole(string(person.Role)).SetTokenHash(o.TokenHash).SetCsrf(o.CSRF).
			SetCreatedAt(o.At).SetSeenAt(o.At).SetExpiresAt(o.Until).SetIP(o.IP).SetAgent(o.Agent).Exec(ctx)
		if err != nil {
			return err
		}
		return d.note(ctx, c, person.ID, "signed_in", map[string]any{"ip": o.IP})
	})
	return kept, err
}

// noteRefusal leaves the refusal in the history of the person whose e-mail it was, if it was anybody's.
func (d *Desk) noteRefusal(ctx context.Context, email string) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		id, err := c.User.Query().Where(user.Email(email)).OnlyID(ctx)
		if ent.IsNotFound(err) {
			return nil
		}
		if err != nil {
			return err
		}
		return d.note(ctx, c, id, "sign_in_refused", nil)
	})
}

func actorOf(u *ent.User) tenants.Actor {
	return tenants.Actor{Kind: tenants.User, ID: u.ID, Name: u.Name, Role: string(u.Role), Channel: tenants.Web}
}

// Denied leaves in the history of the context's actor that an action was refused for want of a permission. The edge calls it: what was
// refused is undone, so its own transaction cannot keep it.
func (d *Desk) Denied(ctx context.Context, p Permission) error {
	who := tenants.Who(ctx)
	if who.Kind != tenants.User || who.ID == uuid.Nil {
		return nil
	}
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		return d.note(ctx, c, who.ID, "denied", map[string]any{"permission": string(p)})
	})
}
