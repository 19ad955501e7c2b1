package contracts

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/contract"
	"enlace/tenants"
	"enlace/tenants/brazil/print"
	"enlace/tenants/files"
	"enlace/tenants/history"
	"enlace/tenants/invites"
	"enlace/tenants/staff"
)

// Open is the paper of a contract, for somebody to look at: that they did is kept in the history. It returns NotFound.
func (d Desk) Open(ctx context.Context, id uuid.UUID) (*ent.File, error) {
	file, err := d.Paper(ctx, id)
	if err != nil {
		return nil, err
	}
	return file, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		row, err := c.Contract.Get(ctx, id)
		if err != nil {
			return found(err)
		}
		return history.Write(ctx, c, d.DB.Now(), history.Entry{Customer: row.CustomerID, Subject: "contract", ID: id, Event: "contract_seen",
			After: map[string]any{"number": row.Number}})
	})
}

// Paper is the PDF of a contract, with its annex once it was accepted. A worker makes it; asked for earlier it is made now. It is drawn once,
// and served as it was drawn for ever. It returns NotFound, and Denied without See.
func (d Desk) Paper(ctx context.Context, id uuid.UUID) (*ent.File, error) {
	for {
		file, row, err := d.kept(ctx, id)
		if err != nil || file != nil {
			return file, err
		}
		// Drawing is done outside the transactions: it takes milliseconds that nobody should wait for.
		content, err := d.draw(ctx, row)
		if err != nil {
			return nil, err
		}
		file, err = d.keep(ctx, row, content)
		if !errors.Is(err, errKeptMeanwhile) {
			return file, err
		}
	}
}

// kept reads a contract, and its paper where there is one.
func (d Desk) kept(ctx context.Context, id uuid.UUID) (file *ent.File, row *ent.Contract, err error) {
	return file, row, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		if row, err = c.Contract.Get(ctx, id); err != nil {
			return found(err)
		}
		at := row.FileID
		if row.AcceptedAt != nil {
			at = row.AcceptedFileID
		}
		if at != nil {
			file, err = files.Get(ctx, c, *at)
		}
		return err
	})
}

// errKeptMeanwhile means that somebody else kept the same paper first: theirs is the one.
var errKeptMeanwhile = errors.New("the paper was kept meanwhile")

func (d Desk) keep(ctx context.Context, row *ent.Contract, content []byte) (file *ent.File, err error) {
	return file, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if file, err = files.Put(ctx, c, d.DB.Now(), fmt.Sprintf("Contrato %d.pdf", row.Number), files.PDF, content); err != nil {
			return err
		}
		update := c.Contract.Update().Where(contract.ID(row.ID), contract.FileIDIsNil(), contract.AcceptedAtIsNil()).SetFileID(file.ID)
		if row.AcceptedAt != nil {
			update = c.Contract.Update().Where(contract.ID(row.ID), contract.AcceptedFileIDIsNil()).SetAcceptedFileID(file.ID)
		}
		n, err := update.Save(ctx)
		if err == nil && n == 0 {
			err = errKeptMeanwhile
		}
		return err
	})
}

// draw makes the PDF from what is frozen, and from nothing else.
func (d Desk) draw(ctx context.Context, row *ent.Contract) ([]byte, error) {
	isp, _ := tenants.From(ctx)
	deed := &print.Deed{Number: row.Number, Provider: row.Printed["provider"], Holder: row.Printed["holder"], Template: row.Printed["template"],
		Body: Blocks(row.Body), Hash: row.BodyHash}
	if d.Site != nil {
		deed.Verify = fmt.Sprintf("%sverificar/%d", d.Site(isp.Slug), row.Number)
	}
	if door := row.Printed["telegram"]; door != "" && d.Vault != nil { // the mark makes a link of it: the database has none
		link, err := invites.Mark(ctx, d.Vault, door)
		if err != nil {
			return nil, err
		}
		deed.Telegram = link
	}
	made := row.IssuedAt
	if row.AcceptedAt != nil {
		made = *row.AcceptedAt
		deed.Acceptance = &print.Acceptance{On: row.AcceptedOn, At: made.In(isp.Zone), By: row.AcceptedBy, Note: row.Acceptance}
	}
	var b bytes.Buffer
	press, err := print.NewPress(&b, print.Imprint{Title: fmt.Sprintf("Contrato %d", row.Number), Author: row.Printed["provider"], MadeAt: made})
	if err != nil {
		return nil, err
	}
	if err := press.Contract(deed); err != nil {
		return nil, err
	}
	err = press.Close()
	return b.Bytes(), err
}
