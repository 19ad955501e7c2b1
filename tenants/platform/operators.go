package platform

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/operator"
	"enlace/ent/operatorsession"
	"enlace/tenants"
	"enlace/tenants/staff"
)

// Hire is a new operator.
type Hire struct {
	Name, Email string
	Password    string
}

// Hire adds an operator. It returns Invalid for a field that will not do, an e-mail that is taken among them.
func (d *Desk) Hire(ctx context.Context, in Hire) error {
	if err := require(ctx); err != nil {
		return err
	}
	var wrong tenants.Fields
	typed := tenants.Typed{"name": in.Name, "email": in.Email}
	name, email := typed.Required(&wrong, "name"), typed.Email(&wrong, "email")
	if email == "" {
		wrong.Add("email", "required")
	}
	hash, err := staff.Hash(ctx, in.Password, &wrong)
	if err != nil {
		return err
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	err = d.own(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := c.Operator.Create().SetName(name).SetEmail(email).SetPasswordHash(hash).Exec(ctx); err != nil {
			return err
		}
		return d.note(ctx, c, action{Event: "operator_hired", After: map[string]any{"email": email}})
	})
	if ent.IsConstraintError(err) {
		return tenants.Invalid("email", "email_taken")
	}
	return err
}

// SetPassword gives an operator another password and ends every session of theirs. It returns Invalid, and NotFound for an e-mail that is nobody's.
func (d *Desk) SetPassword(ctx context.Context, email, password string) error {
	if err := require(ctx); err != nil {
		return err
	}
	var wrong tenants.Fields
	hash, err := staff.Hash(ctx, password, &wrong)
	if err != nil {
		return err
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return d.own(ctx, func(ctx context.Context, c *ent.Client) error {
		who, err := called(ctx, c, email)
		if err != nil {
			return err
		}
		if err := who.Update().SetPasswordHash(hash).Exec(ctx); err != nil {
			return err
		}
		if err := d.endAll(ctx, c, who.ID); err != nil {
			return err
		}
		return d.note(ctx, c, action{Event: "operator_password", After: map[string]any{"email": who.Email}})
	})
}

// Remove takes an operator's access away, at once. What they did stays told, with their name. It returns NotFound.
func (d *Desk) Remove(ctx context.Context, email string) error {
	if err := require(ctx); err != nil {
		return err
	}
	return d.own(ctx, func(ctx context.Context, c *ent.Client) error {
		who, err := called(ctx, c, email)
		if err != nil {
			return err
		}
		if err := d.endAll(ctx, c, who.ID); err != nil {
			return err
		}
		if err := c.Operator.DeleteOne(who).Exec(ctx); err != nil {
			return err
		}
		return d.note(ctx, c, action{Event: "operator_removed", After: map[string]any{"email": who.Email}})
	})
}

// own runs do where the operators are kept.
func (d *Desk) own(ctx context.Context, do func(context.Context, *ent.Client) error) error {
	return d.DB.PlatformAt(ctx, tenants.OperatorSlug, do)
}

// called returns the operator of that e-mail, or NotFound.
func called(ctx context.Context, c *ent.Client, email string) (*ent.Operator, error) {
	who, err := c.Operator.Query().Where(operator.Email(staff.Normal(email))).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, tenants.NotFound()
	}
	return who, err
}

func (d *Desk) endAll(ctx context.Context, c *ent.Client, id uuid.UUID) error {
	return c.OperatorSession.Update().Where(operatorsession.OperatorID(id), operatorsession.EndedAtIsNil()).SetEndedAt(d.DB.Now()).Exec(ctx)
}
