package collection

import (
	"bytes"
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
	From io.Reader
	Key  string // of the form
}

// Bring takes a retorno in, to be worked through by a worker, and returns its id. The same file brought again is answered with what it was the
// first time: nothing of it happens twice. It returns Denied; and Invalid of arquivo for what is no retorno, one of an unknown bank, one of no
// agreement of the ISP, and one too large.
func (d Desk) Bring(ctx context.Context, f File) (uuid.UUID, error) {
	content, err := io.ReadAll(io.LimitReader(f.From, MostBytes+1))
	if err != nil {
		return uuid.Nil, err
	}
	var wrong tenants.Fields
	name := tenants.Typed{"arquivo": f.Name}.Required(&wrong, "arquivo")
	if len(content) > MostBytes {
		wrong.Add("arquivo", "file_too_large")
	}
	if err := wrong.Err(); err != nil {
		return uuid.Nil, err
	}
	said, err := cnab.ReadReturn(bytes.NewReader(content))
	if problem := (cnab.Problem{}); errors.As(err, &problem) {
		return uuid.Nil, tenants.Invalid("arquivo", "return_"+string(problem.Code))
	} else if err != nil {
		return uuid.Nil, err
	}
	sum := sha256.Sum256(content)
	hash := hex.EncodeToString(sum[:])
	answer, err := d.DB.Once(ctx, "bring_return", f.Key, hash, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Receive); err != nil {
			return "", err
		}
		agreement, err := agreementIn(ctx, c, said)
		if err != nil {
			return "", err
		}
		before, err := c.BankReturn.Query().Where(bankreturn.AgreementID(agreement.ID), bankreturn.Sha256(hash)).Only(ctx)
		if err == nil {
			return before.ID.String(), nil
		} else if !ent.IsNotFound(err) {
			return "", err
		}
		id, now := uuid.Must(uuid.NewV7()), d.DB.Now()
		if _, err := files.KeepUpload(ctx, c, d.Vault, id, bytes.NewReader(content)); err != nil {
			return "", err
		}
		err = c.BankReturn.Create().SetID(id).SetAgreementID(agreement.ID).SetName(name).SetSha256(hash).SetSequence(said.FileSequence).SetWrittenOn(said.WrittenOn).
			SetLines(len(said.Titles) + len(said.Problems)).SetBroughtBy(tenants.Who(ctx).Name).SetBroughtAt(now).Exec(ctx)
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
