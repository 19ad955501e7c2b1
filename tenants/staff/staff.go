// Package staff is who works at an ISP: users and what their role may do, signing in, and the sessions of their browsers.
package staff

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"enlace/ent"
	told "enlace/ent/history"
	"enlace/ent/session"
	"enlace/ent/user"
	"enlace/tenants"
	"enlace/tenants/history"
)

// Desk is where staff is looked after. It has a Gate, so there is one for the life of a process: share the pointer.
type Desk struct {
	DB   *tenants.DB
	gate Gate
}

// Hire is a new person of the staff.
type Hire struct {
	Name     string
	Email    string
	Password string
	Role     string // one of Roles
}

const (
	shortestPassword = 8 // characters; ASVS 6.2.1
	longestPassword  = 128
)

func (in *Hire) check() error {
	var wrong tenants.Fields
	typed := tenants.Typed{"name": in.Name, "email": in.Email}
	typed.Required(&wrong, "email")
	in.Name, in.Email = typed.RequiredPrinted(&wrong, "name"), typed.Email(&wrong, "email")
	if code := CheckPassword(in.Password); code != "" {
		wrong.Add("password", code)
	}
	if !slices.Contains(Roles, in.Role) {
		wrong.Add("role", "unknown_choice")
	}
	return wrong.Err()
}

// Hash mills a password that is to be kept; one that will not do is a fault of the field "password".
func Hash(ctx context.Context, password string, wrong *tenants.Fields) (string, error) {
	if code := CheckPassword(password); code != "" {
		wrong.Add("password", code)
		return "", nil
	}
	return hashOf(ctx, password)
}

// CheckPassword is the code of what a password lacks; "" for one that will do.
func CheckPassword(password string) (code string) {
	switch n := utf8.RuneCountInString(password); {
	case n < shortestPassword:
		return "password_short"
	case n > longestPassword:
		return "password_long"
	}
	return ""
}

// Normal is how an e-mail is kept and looked up: people type it in any case.
func Normal(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

// Hire adds a person to the ISP's staff. It returns Invalid for a field that will not do, an e-mail that is taken among them, and Denied
// without ManageUsers.
func (d *Desk) Hire(ctx context.Context, in Hire) (*ent.User, error) {
	if err := d.mayManage(ctx); err != nil {
		return nil, err
	}
	if err := in.check(); err != nil {
		return nil, err
	}
	hash, err := hashOf(ctx, in.Password)
	if err != nil {
		return nil, err
	}
	var hired *ent.User
	err = d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) (err error) {
		if err := Require(ctx, c, ManageUsers); err != nil {
			return err
		}
		hired, err = c.User.Create().SetName(in.Name).SetEmail(in.Email).SetPasswordHash(hash).SetRole(user.Role(in.Role)).Save(ctx)
		if err != nil {
			return err
		}
		return d.note(ctx, c, hired.ID, "user_hired", map[string]any{"role": in.Role})
	})
	if ent.IsConstraintError(err) {
		return nil, tenants.Invalid("email", "email_taken")
	}
	return hired, err
}

// mayManage returns Denied without ManageUsers: who may not is told so before a password is milled for him.
func (d *Desk) mayManage(ctx context.Context) error {
	return d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error { return Require(ctx, c, ManageUsers) })
}

// Users lists the ISP's staff by name. Denied without ManageUsers.
func (d *Desk) Users(ctx context.Context) (all []*ent.User, err error) {
	err = d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := Require(ctx, c, ManageUsers); err != nil {
			return err
		}
		all, err = c.User.Query().Order(user.ByName(), user.ByID()).All(ctx)
		return err
	})
	return all, err
}

// Disable shuts a person out at once: nobody signs in as them and every session of theirs ends. It returns NotFound, Conflict for oneself,
// and Denied without ManageUsers.
func (d *Desk) Disable(ctx context.Context, id uuid.UUID) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if tenants.Who(ctx).ID == id {
			return tenants.Conflict("disable_self")
		}
		if err := lastManager(ctx, c, id); err != nil {
			return err
		}
		if err := d.setActive(ctx, c, id, false, "user_disabled"); err != nil {
			return err
		}
		return d.endAll(ctx, c, id)
	})
}

// Enable lets a disabled person in again. It returns NotFound, and Denied without ManageUsers.
func (d *Desk) Enable(ctx context.Context, id uuid.UUID) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		return d.setActive(ctx, c, id, true, "user_enabled")
	})
}

// ChangeRole gives a person another role; what they may do changes with their next request. It returns NotFound, Invalid for a role that does not
// exist, Conflict for oneself and for the last gerente, and Denied without ManageUsers.
func (d *Desk) ChangeRole(ctx context.Context, id uuid.UUID, role string) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := Require(ctx, c, ManageUsers); err != nil {
			return err
		}
		person, err := c.User.Get(ctx, id)
		switch {
		case ent.IsNotFound(err):
			return tenants.NotFound()
		case err != nil:
			return err
		case !slices.Contains(Roles, role):
			return tenants.Invalid("role", "unknown_choice")
		case string(person.Role) == role:
			return nil
		case tenants.Who(ctx).ID == id:
			return tenants.Conflict("role_self")
		}
		if err := lastManager(ctx, c, id); err != nil {
			return err
		}
		if err := person.Update().SetRole(user.Role(role)).Exec(ctx); err != nil {
			return err
		}
		if err := c.Session.Update().Where(session.UserID(id), session.EndedAtIsNil()).SetRole(role).Exec(ctx); err != nil {
			return err
		}
		return history.Write(ctx, c, d.DB.Now(), history.Entry{Subject: "user", ID: id, Event: "role_changed",
			Before: map[string]any{"from": string(person.Role)}, After: map[string]any{"role": role}})
	})
}

// lastManager returns Conflict when nobody but that person could manage the ISP's users.
func lastManager(ctx context.Context, c *ent.Client, id uuid.UUID) error {
	managers, err := c.User.Query().Where(user.RoleEQ(user.RoleGerente), user.Active(true)).IDs(ctx)
	if err == nil && len(managers) == 1 && managers[0] == id {
		err = tenants.Conflict("last_manager")
	}
	return err
}

// Told lists the newest entries of one event of the staff's history: permission_changed. Denied without ManageUsers.
func (d *Desk) Told(ctx context.Context, event string, n int) (all []*ent.History, err error) {
	return all, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := Require(ctx, c, ManageUsers); err != nil {
			return err
		}
		all, err = c.History.Query().Where(told.Event(event)).Order(ent.Desc(told.FieldAt, told.FieldID)).Limit(n).All(ctx)
		return err
	})
}

func (d *Desk) setActive(ctx context.Context, c *ent.Client, id uuid.UUID, active bool, event string) error {
	if err := Require(ctx, c, ManageUsers); err != nil {
		return err
	}
	n, err := c.User.Update().Where(user.ID(id)).SetActive(active).Save(ctx)
	switch {
	case err != nil:
		return err
	case n == 0:
		return tenants.NotFound()
	}
	return d.note(ctx, c, id, event, nil)
}

// ResetPassword gives a person a new password, which is returned once and kept only as a hash, and ends every session of theirs.
// It returns NotFound, and Denied without ManageUsers.
func (d *Desk) ResetPassword(ctx context.Context, id uuid.UUID) (password string, err error) {
	if err := d.mayManage(ctx); err != nil {
		return "", err
	}
	password = NewPassword()
	hash, err := hashOf(ctx, password)
	if err != nil {
		return "", err
	}
	err = d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := Require(ctx, c, ManageUsers); err != nil {
			return err
		}
		n, err := c.User.Update().Where(user.ID(id)).SetPasswordHash(hash).Save(ctx)
		if err == nil && n == 0 {
			err = tenants.NotFound()
		}
		if err != nil {
			return err
		}
		if err := d.note(ctx, c, id, "password_reset", nil); err != nil {
			return err
		}
		return d.endAll(ctx, c, id)
	})
	return password, err
}

func (d *Desk) endAll(ctx context.Context, c *ent.Client, id uuid.UUID) error {
	return c.Session.Update().Where(session.UserID(id), session.EndedAtIsNil()).SetEndedAt(d.DB.Now()).Exec(ctx)
}

// note writes into the history what concerns a person of the staff.
func (d *Desk) note(ctx context.Context, c *ent.Client, id uuid.UUID, event string, after map[string]any) error {
	return history.Write(ctx, c, d.DB.Now(), history.Entry{Subject: "user", ID: id, Event: event, After: after})
}
