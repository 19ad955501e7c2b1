package staff

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"log/slog"
	"strings"
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

// refusal is the least time a refusal takes. What is done for an e-mail that exists and for one that does not fits in it, so that the time
// tells nothing.
const refusal = 300 * time.Millisecond

// SignIn opens a session and returns its token, 256 random bits of which only the SHA-256 is kept. ip and agent are shown to the person in
// the list of their sessions. A wrong e-mail, a wrong password and a disabled person get one and the same Invalid after the same time;
// after 5 refusals of an e-mail, or 30 from an address, within 15 minutes comes *TooMany.
func (d *Desk) SignIn(ctx context.Context, email, password, ip, agent string) (token string, err error) {
	isp, ok := tenants.From(ctx)
	if !ok {
		return "", tenants.ErrNoTenant
	}
	email = normal(email)
	account, address := isp.Slug+" "+email, "ip "+ip
	now := d.DB.Now()
	if wait := max(d.attempts.wait(now, account, perAccount), d.attempts.wait(now, address, perAddress)); wait > 0 {
		slog.WarnContext(ctx, "sign-in throttled", "isp", isp.Slug, "ip", ip)
		return "", &TooMany{Wait: wait}
	}
	atLeast := time.NewTimer(refusal)
	defer atLeast.Stop()

	person, err := d.known(ctx, email, password)
	if err != nil {
		return "", err
	}
	if person != nil && person.Active {
		token, err = d.open(ctx, person, ip, agent)
		if err != nil || token != "" {
			d.attempts.forget(account)
			return token, err
		}
	}
	d.attempts.refuse(now, account, address)
	slog.WarnContext(ctx, "sign-in refused", "isp", isp.Slug, "ip", ip)
	if err := d.noteRefusal(ctx, email); err != nil {
		return "", err
	}
	select {
	case <-atLeast.C:
	case <-ctx.Done():
	}
	return "", tenants.Invalid("email", "sign_in_wrong")
}

// known returns the person of that e-mail and password, or nil. It mills a password in either case.
func (d *Desk) known(ctx context.Context, email, password string) (*ent.User, error) {
	var person *ent.User
	hash, err := decoy()
	if err != nil {
		return nil, err
	}
	err = d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		found, err := c.User.Query().Where(user.Email(email)).Only(ctx)
		switch {
		case ent.IsNotFound(err):
			return nil
		case err != nil:
			return err
		}
		person, hash = found, found.PasswordHash
		return nil
	})
	if err != nil {
		return nil, err
	}
	ok, err := matches(ctx, password, hash)
	if err != nil || !ok {
		return nil, err
	}
	return person, nil
}

// open writes the session, unless the person has been disabled meanwhile: then the token is empty.
func (d *Desk) open(ctx context.Context, person *ent.User, ip, agent string) (token string, err error) {
	now := d.DB.Now()
	ctx = tenants.As(ctx, actorOf(person))
	err = d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		n, err := c.User.Update().Where(user.ID(person.ID), user.Active(true), user.PasswordHash(person.PasswordHash)).SetSignedInAt(now).Save(ctx)
		if err != nil || n == 0 {
			return err
		}
		fresh := secret()
		err = c.Session.Create().SetUserID(person.ID).SetTokenHash(fingerprint(fresh)).SetCsrf(secret()).
			SetCreatedAt(now).SetSeenAt(now).SetExpiresAt(now.Add(Absolute)).SetIP(cut(ip, 64)).SetAgent(cut(agent, 200)).Exec(ctx)
		if err != nil {
			return err
		}
		token = fresh
		return d.note(ctx, c, person.ID, "signed_in", map[string]any{"ip": ip})
	})
	if err == nil && token != "" {
		slog.InfoContext(ctx, "signed in", "user", person.ID, "ip", ip)
	}
	return token, err
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

func secret() string { return base64.RawURLEncoding.EncodeToString(random(32)) }

func fingerprint(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// cut keeps at most n bytes of what a browser says of itself, and only what both stores take as text.
func cut(s string, n int) string {
	s = strings.ReplaceAll(s, "\x00", "")
	return strings.ToValidUTF8(s[:min(n, len(s))], "")
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
