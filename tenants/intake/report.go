package intake

import (
	"context"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	rows "enlace/ent/intake"
	"enlace/ent/intakeproblem"
	"enlace/tenants"
	"enlace/tenants/files"
	"enlace/tenants/staff"
)

// PageSize is how many problems a page of a report shows.
const PageSize = 50

// mostShown is how many intakes are listed.
const mostShown = 20

// May returns Denied without Configure.
func (d Desk) May(ctx context.Context) error {
	return d.look(ctx, func(context.Context, *ent.Client) error { return nil })
}

// List lists the intakes of the ISP, the newest first. Denied without Configure.
func (d Desk) List(ctx context.Context) (all []*ent.Intake, err error) {
	return all, d.look(ctx, func(ctx context.Context, c *ent.Client) error {
		all, err = c.Intake.Query().Order(ent.Desc(rows.FieldCreatedAt, rows.FieldID)).Limit(mostShown).All(ctx)
		return err
	})
}

// Standing is how an intake stands.
type Standing struct {
	*ent.Intake
	Done int           // lines a worker has been through, while one is at it
	For  time.Duration // how long it has been in its state
}

// Busy says whether a worker is at it, or will be.
func (s Standing) Busy() bool { return s.State == Reading || s.State == Writing }

// Standing tells how an intake stands. It returns NotFound, and Denied without Configure.
func (d Desk) Standing(ctx context.Context, id uuid.UUID) (s Standing, err error) {
	err = d.look(ctx, func(ctx context.Context, c *ent.Client) error {
		s.Intake, err = find(ctx, c, id)
		return err
	})
	if err != nil {
		return s, err
	}
	s.For = d.DB.Now().Sub(s.ChangedAt)
	if s.Busy() {
		s.Done, err = d.DB.Told(ctx, id)
		s.Done = min(s.Done, s.Lines)
	}
	return s, err
}

// Problems are a page of the report of an intake, from 1, errors or warnings; their number is the intake's. A page of 0 is all of them that
// the report names. It returns NotFound, and Denied without Configure.
func (d Desk) Problems(ctx context.Context, id uuid.UUID, warnings bool, page int) (all []Problem, err error) {
	return all, d.look(ctx, func(ctx context.Context, c *ent.Client) error {
		if _, err := find(ctx, c, id); err != nil {
			return err
		}
		q := c.IntakeProblem.Query().Where(intakeproblem.IntakeID(id), intakeproblem.Warning(warnings)).Order(intakeproblem.ByPosition())
		if page > 0 {
			q = q.Offset((page - 1) * PageSize).Limit(PageSize)
		}
		found, err := q.All(ctx)
		for _, one := range found {
			all = append(all, Problem{one.Line, one.Column, one.Typed, one.Code, one.Args, one.Warning})
		}
		return err
	})
}

// Named is how many of so many problems a report names.
func Named(count int) int { return min(count, mostProblems) }

// Discard throws away an intake that has not been written, with its file and report. It returns NotFound, Conflict intake_written while or
// after it is written, and Denied without Configure.
func (d Desk) Discard(ctx context.Context, id uuid.UUID) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Configure); err != nil {
			return err
		}
		if _, err := find(ctx, c, id); err != nil {
			return err
		}
		gone, err := discard(ctx, c, id)
		if err == nil && !gone {
			err = tenants.Conflict("intake_written")
		}
		return err
	})
}

// discard takes an intake away, but not from under the hands of whoever writes it.
func discard(ctx context.Context, c *ent.Client, id uuid.UUID) (gone bool, err error) {
	n, err := c.Intake.Update().Where(rows.ID(id), rows.StateNotIn(Writing, Written)).SetState(Refused).Save(ctx)
	if err != nil || n == 0 {
		return false, err
	}
	if err := forget(ctx, c, id); err != nil {
		return false, err
	}
	if err := files.DropUpload(ctx, c, id); err != nil {
		return false, err
	}
	return true, c.Intake.DeleteOneID(id).Exec(ctx)
}

// Sweep throws away what was kept for long enough: files that nobody has written, and the reports of those that were. It is a worker's, once a
// day, and returns how many files it threw away.
func (d Desk) Sweep(ctx context.Context) (done int, err error) {
	return done, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		old, err := c.Intake.Query().Where(rows.ChangedAtLT(d.DB.Now().Add(-Kept)), rows.StateNEQ(Writing)).All(ctx)
		if err != nil {
			return err
		}
		for _, one := range old {
			if one.State == Written {
				err = forget(ctx, c, one.ID)
			} else {
				var gone bool
				if gone, err = discard(ctx, c, one.ID); gone {
					done++
				}
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}
