package intake

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"enlace/ent"
	rows "enlace/ent/intake"
	"enlace/tenants"
	"enlace/tenants/files"
	"enlace/tenants/history"
	"enlace/tenants/staff"
)

// Confirm has a worker write an intake whose report has no errors (Importar). Pressed again it asks for nothing more. It returns NotFound,
// Conflict intake_errors while there is something to correct, intake_reading while it is read, and Denied without Configure.
func (d Desk) Confirm(ctx context.Context, id uuid.UUID) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Configure); err != nil {
			return err
		}
		who := tenants.Who(ctx)
		n, err := c.Intake.Update().Where(rows.ID(id), rows.StateEQ(Read), rows.Errors(0)).SetState(Writing).SetChangedAt(d.DB.Now()).
			SetUserID(who.ID).SetUserName(who.Name).SetUserRole(who.Role).Save(ctx)
		if err != nil {
			return err
		}
		if n > 0 {
			return d.ask(ctx, c, WriteFile, id)
		}
		in, err := find(ctx, c, id)
		switch {
		case err != nil:
			return err
		case in.State == Reading:
			return tenants.Conflict("intake_reading")
		case in.State == Writing || in.State == Written:
			return nil
		}
		return tenants.Conflict("intake_errors")
	})
}

// Write writes every line of an intake in one transaction, checked by the functions that made its report. It is a worker's. A process killed
// in the middle leaves nothing behind but the progress it told; asked again, Write begins again, and once it is written nothing more is done.
// When the ISP has changed since the report, a document taken by another hand, nothing is written and the file is read anew.
func (d Desk) Write(ctx context.Context, id uuid.UUID) error {
	var in *ent.Intake
	err := d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) (err error) {
		now := d.DB.Now()
		n, err := c.Intake.Update().Where(rows.ID(id), rows.StateEQ(Writing)).SetState(Written).SetChangedAt(now).Save(ctx) // and who comes second waits here
		if err != nil || n == 0 {
			return err
		}
		if in, err = find(ctx, c, id); err != nil {
			return err
		}
		ctx = inTheNameOf(ctx, in)
		done, lines := 0, d.batch(in)
		err = d.walk(ctx, in, func(some []*Line) error {
			if err := lines.check(ctx, c, some); err != nil {
				return err
			}
			for _, line := range some {
				if line.Bad {
					return errChanged
				}
			}
			if err := lines.keep(ctx, c); err != nil {
				return err
			}
			done += len(some)
			return d.DB.Tell(ctx, id, done)
		})
		if err != nil {
			return err
		}
		if err := files.DropUpload(ctx, c, id); err != nil {
			return err
		}
		return history.Write(ctx, c, now, history.Entry{Subject: "intake", ID: id, Event: "intake_written",
			After: map[string]any{"rows": done, "kind": in.Kind, "from": in.Name}})
	})
	cut := (*broken)(nil)
	switch {
	case tenants.FaultOf(err) != nil, ent.IsConstraintError(err), errors.As(err, &cut): // somebody else's hand was quicker
		return d.again(ctx, id)
	case err != nil:
		return err
	}
	_ = d.DB.Hush(ctx, id) // a word left behind says nothing to anybody
	return nil
}

// again has a worker read anew what could not be written.
func (d Desk) again(ctx context.Context, id uuid.UUID) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		n, err := c.Intake.Update().Where(rows.ID(id), rows.StateEQ(Writing)).SetState(Reading).SetChangedAt(d.DB.Now()).Save(ctx)
		if err != nil || n == 0 {
			return err
		}
		return d.ask(ctx, c, ReadFile, id)
	})
}
