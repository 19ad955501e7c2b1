package intake

import (
	"context"
	"io"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/files"
	"enlace/tenants/outbox"
	"enlace/tenants/staff"
)

// MostBytes is how large a file may be: 50,000 customers with every column are about 20 MB.
const MostBytes = 32 << 20

// File is a file as somebody sends it.
type File struct {
	Kind Kind
	Name string // on their own machine
	Size int64  // in bytes, as it was announced
	From io.Reader
	Key  string // of the form
}

// Bring takes a file in, to be read by a worker, and returns the id of its intake; the same form sent twice brings one. It returns Invalid of
// arquivo for what is no CSV, NotFound for a kind that does not exist, and Denied without Configure.
func (d Desk) Bring(ctx context.Context, f File) (uuid.UUID, error) {
	if !slices.Contains(Kinds, f.Kind) {
		return uuid.Nil, tenants.NotFound()
	}
	var wrong tenants.Fields
	name := tenants.Typed{"arquivo": f.Name}.Required(&wrong, "arquivo")
	if err := wrong.Err(); err != nil {
		return uuid.Nil, err
	}
	answer, err := d.DB.Once(ctx, "bring_intake", f.Key, []any{f.Kind, name, f.Size}, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Configure); err != nil {
			return "", err
		}
		id, seen := uuid.Must(uuid.NewV7()), &look{}
		size, err := files.KeepUpload(ctx, c, d.Vault, id, io.TeeReader(f.From, seen))
		if err != nil {
			return "", err
		}
		if err := seen.verdict(); err != nil {
			return "", err
		}
		who, now := tenants.Who(ctx), d.DB.Now()
		err = c.Intake.Create().SetID(id).SetKind(f.Kind).SetName(name).SetSize(size).SetLatin(seen.latin).SetState(Reading).SetLines(seen.lines()).
			SetUserID(who.ID).SetUserName(who.Name).SetUserRole(who.Role).SetCreatedAt(now).SetChangedAt(now).Exec(ctx)
		if err != nil {
			return "", err
		}
		return id.String(), d.ask(ctx, c, ReadFile, id)
	})
	if err != nil {
		return uuid.Nil, err
	}
	return uuid.Parse(answer)
}

// ask has a worker go on with an intake.
func (d Desk) ask(ctx context.Context, c *ent.Client, kind string, id uuid.UUID) error {
	return outbox.Add(ctx, c, d.DB.Now(), outbox.Job{Kind: kind, Queue: outbox.Bulk, Payload: map[string]string{"intake": id.String()}})
}
