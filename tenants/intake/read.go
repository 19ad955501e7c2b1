package intake

import (
	"context"
	"errors"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	rows "enlace/ent/intake"
	"enlace/ent/intakeproblem"
	"enlace/tenants"
)

// mostProblems is how many errors, and how many warnings, a report names; all of them are counted.
const mostProblems = 5_000

// report is what was found in a file.
type report struct {
	lines, good, errors, warnings int
	problems                      []Problem
}

func (r *report) take(k Kind, lines []*Line) {
	for _, line := range lines {
		line.inOrder(Columns[k])
		if r.lines++; !line.Bad {
			r.good++
		}
		for _, p := range line.Problems {
			count := &r.errors
			if p.Warning {
				count = &r.warnings
			}
			if *count++; *count <= mostProblems {
				r.problems = append(r.problems, p)
			}
		}
	}
}

// Read reads the file of an intake and writes the report of it: what is wrong, line by line, and what is to be known. It changes nothing else.
// It is a worker's; one that was read already stays as it is. It returns NotFound for one that is no more.
func (d Desk) Read(ctx context.Context, id uuid.UUID) error {
	var in *ent.Intake
	err := d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) (err error) {
		in, err = find(ctx, c, id)
		return err
	})
	if err != nil || in.State != Reading {
		return err
	}
	ctx = inTheNameOf(ctx, in)
	r, next := &report{}, Read
	lines := d.batch(in)
	err = d.walk(ctx, in, func(some []*Line) error {
		err := d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error { return lines.check(ctx, c, some) })
		if err != nil {
			return err
		}
		r.take(in.Kind, some)
		return d.DB.Tell(ctx, id, r.lines)
	})
	if cut := (*broken)(nil); errors.As(err, &cut) {
		next, r.errors = Refused, r.errors+len(cut.problems)
		r.problems = append(r.problems, cut.problems...)
	} else if err != nil {
		return err
	}
	if next == Read && r.lines == 0 {
		next, r.errors, r.problems = Refused, 1, []Problem{{Line: 1, Code: "file_no_lines"}}
	}
	if err := d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error { return d.answer(ctx, c, in, next, r) }); err != nil {
		return err
	}
	_ = d.DB.Hush(ctx, id) // a word left behind says nothing to anybody
	return nil
}

// answer writes a report in the place of the one before, unless somebody has been here meanwhile.
func (d Desk) answer(ctx context.Context, c *ent.Client, in *ent.Intake, next rows.State, r *report) error {
	n, err := c.Intake.Update().Where(rows.ID(in.ID), rows.StateEQ(Reading)).SetState(next).SetChangedAt(d.DB.Now()).
		SetLines(r.lines).SetGood(r.good).SetErrors(r.errors).SetWarnings(r.warnings).Save(ctx)
	if err != nil || n == 0 {
		return err
	}
	if err := forget(ctx, c, in.ID); err != nil {
		return err
	}
	var all []*ent.IntakeProblemCreate
	for i, p := range r.problems {
		all = append(all, c.IntakeProblem.Create().SetIntakeID(in.ID).SetPosition(i).SetWarning(p.Warning).SetLine(p.Line).SetColumn(p.Column).
			SetTyped(p.Typed).SetCode(p.Code).SetArgs(p.Args))
	}
	for some := range slices.Chunk(all, 500) {
		if err := c.IntakeProblem.CreateBulk(some...).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

// forget throws a report away.
func forget(ctx context.Context, c *ent.Client, id uuid.UUID) error {
	_, err := c.IntakeProblem.Delete().Where(intakeproblem.IntakeID(id)).Exec(ctx)
	return err
}

var errChanged = tenants.Conflict("intake_changed")
