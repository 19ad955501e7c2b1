package collection

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/bankreturn"
	"enlace/tenants"
	"enlace/tenants/brazil/cnab"
	"enlace/tenants/files"
	"enlace/tenants/outbox"
	"enlace/tenants/staff"
)

// MostBytes is how large a retorno may be: 100,000 lines of CNAB 400 are 40 MB.
const MostBytes = 40 << 20

// File is a retorno as somebody sends it.
type File struct {
	Name string // on their own machine
	From io.ReadSeeker
	Key  string // of the form
}

// Bring takes a retorno in, to be worked through by a worker, and returns its id. The same file brought again is answered with what it was the
// first time: nothing of it happens twice. It returns Denied; and Invalid of arquivo for what is no retorno, one of an unknown bank, one of no
// agreement of the ISP, and one too large.
func (d Desk) Bring(ctx context.Context, f File) (uuid.UUID, error) {
	var wrong tenants.Fields
	name := tenants.Typed{"arquivo": f.Name}.Required(&wrong, "arquivo")
	said, err := glance(f.From)
	if err != nil {
		return uuid.Nil, err
	}
	if said.tooLarge {
		wrong.Add("arquivo", "file_too_large")
	}
	if err := wrong.Err(); err != nil {
		return uuid.Nil, err
	}
	if problem := (cnab.Problem{}); errors.As(said.fault, &problem) {
		return uuid.Nil, tenants.Invalid("arquivo", "return_"+string(problem.Code))
	}
	answer, err := d.DB.Once(ctx, "bring_return", f.Key, said.sha256, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Receive); err != nil {
			return "", err
		}
		of, err := agreementsIn(ctx, c, said.Return, uuid.Nil)
		if err != nil {
			return "", err
		}
		if len(of) == 0 { // refused alike, whosever it is
			return "", tenants.Invalid("arquivo", "return_of_no_agreement")
		}
		before, err := c.BankReturn.Query().Where(bankreturn.AgreementID(of[0].ID), bankreturn.Sha256(said.sha256)).Only(ctx)
		if err == nil {
			return before.ID.String(), nil
		} else if !ent.IsNotFound(err) {
			return "", err
		}
		id, now := uuid.Must(uuid.NewV7()), d.DB.Now()
		if _, err := f.From.Seek(0, io.SeekStart); err != nil {
			return "", err
		}
		if _, err := files.KeepUpload(ctx, c, d.Vault, id, f.From); err != nil {
			return "", err
		}
		err = c.BankReturn.Create().SetID(id).SetAgreementID(of[0].ID).SetName(name).SetSha256(said.sha256).SetSequence(said.FileSequence).SetWrittenOn(said.WrittenOn).
			SetLines(said.entries).SetBroughtBy(tenants.Who(ctx).Name).SetBroughtAt(now).Exec(ctx)
		if err != nil {
			return "", err
		}
		return id.String(), outbox.Add(ctx, c, now, outbox.Job{Kind: ApplyReturn, Payload: map[string]string{"return": id.String()}})
	})
	if err != nil {
		return uuid.Nil, err
	}
	return uuid.Parse(answer)
}

// glanced is what is told of a retorno by reading through it once.
type glanced struct {
	*cnab.Return // whose it is
	sha256       string
	entries      int   // titles and problems
	fault        error // a cnab.Problem: nothing of it can be told
	tooLarge     bool
}

// glance reads through a retorno, and keeps nothing of what it says. It returns the errors of reading.
func glance(from io.Reader) (g glanced, err error) {
	sum, counted := sha256.New(), &io.LimitedReader{R: from, N: MostBytes + 1}
	through := io.TeeReader(counted, sum)
	said, entries, err := cnab.Stream(through)
	if problem := (cnab.Problem{}); errors.As(err, &problem) {
		g.fault = err
	} else if err != nil {
		return g, err
	} else {
		for _, err := range entries {
			if err != nil {
				return g, err
			}
			g.entries++
		}
	}
	if _, err := io.Copy(io.Discard, through); err != nil { // what stands behind the end of it
		return g, err
	}
	g.Return, g.sha256, g.tooLarge = said, hex.EncodeToString(sum.Sum(nil)), counted.N == 0
	return g, nil
}
