package mail

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/email"
	"enlace/ent/invoice"
	"enlace/ent/notice"
	"enlace/tenants"
	"enlace/tenants/files"
	"enlace/tenants/history"
)

// Desk is where messages are sent from.
type Desk struct {
	DB   *tenants.DB
	Door Door
}

// patience is how long a message is tried before it has failed.
const patience = 24 * time.Hour

// Deliver hands a message to the door and keeps how that went. It is called by a worker, and may be called again: what was sent or has failed is
// left alone. After an error the outbox has it tried again; a refusal, and a day of errors, is the end, told in the history.
func (d Desk) Deliver(ctx context.Context, id uuid.UUID) error {
	letter, open, err := d.read(ctx, id)
	if err != nil || !open {
		return err
	}
	if d.Door == nil {
		return ErrNoDoor
	}
	failure := d.Door.Send(ctx, letter)
	noting, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second) // a door that used up the time is noted all the same
	defer cancel()
	var refused *Refused
	switch {
	case failure == nil:
		return d.end(noting, id, email.StatusSent, "")
	case errors.As(failure, &refused), d.DB.Now().Sub(letter.At) > patience:
		return d.end(noting, id, email.StatusFailed, said(failure))
	}
	err = d.DB.Write(noting, func(ctx context.Context, c *ent.Client) error {
		return c.Email.Update().Where(email.ID(id), email.StatusEQ(email.StatusWaiting)).AddTries(1).SetError(said(failure)).Exec(ctx)
	})
	return errors.Join(failure, err)
}

func (d Desk) read(ctx context.Context, id uuid.UUID) (l Letter, open bool, err error) {
	return l, open, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		row, err := c.Email.Get(ctx, id)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		isp, _ := tenants.From(ctx)
		open = row.Status == email.StatusWaiting
		l = Letter{ID: row.ID, From: isp.Name, ReplyTo: row.ReplyTo, To: row.To, Subject: row.Subject, Text: row.Text, At: row.CreatedAt}
		for _, one := range row.Files {
			file, err := files.Get(ctx, c, one)
			if err != nil {
				return err
			}
			l.Attached = append(l.Attached, Paper{file.Name, file.ContentType, file.Content})
		}
		return nil
	})
}

// end keeps how a message ended, once, and tells it in the history.
func (d Desk) end(ctx context.Context, id uuid.UUID, as email.Status, why string) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		now := d.DB.Now()
		update, event := c.Email.Update().Where(email.ID(id), email.StatusEQ(email.StatusWaiting)).SetStatus(as).AddTries(1).SetError(why), "email_failed"
		if as == email.StatusSent {
			update, event = update.SetSentAt(now), "email_sent"
		}
		ended, err := update.Save(ctx)
		if err != nil || ended == 0 {
			return err
		}
		row, err := c.Email.Get(ctx, id)
		if err != nil {
			return err
		}
		told := history.Entry{Subject: row.About, ID: row.AboutID, Event: event, Reason: why, After: map[string]any{"to": row.To, "subject": row.Subject}}
		if row.CustomerID != nil {
			told.Customer = *row.CustomerID
		}
		if err := history.Write(ctx, c, now, told); err != nil || as == email.StatusSent || row.About != "invoice" {
			return err
		}
		carried, err := c.Notice.Query().Where(notice.InvoiceID(row.AboutID), notice.EmailID(id)).All(ctx)
		if err != nil {
			return err
		}
		return Untold(ctx, c, carried)
	})
}

// Untold has the invoices told of again, as they stand then, whose notices of debt reached nobody: until somebody was told nobody is cut. One that
// was told of since stays so.
func Untold(ctx context.Context, c *ent.Client, notices []*ent.Notice) error {
	for _, one := range notices {
		since, err := c.Notice.Query().Where(notice.InvoiceID(one.InvoiceID), notice.AtGT(one.At)).Exist(ctx)
		if err != nil {
			return err
		}
		if since {
			continue
		}
		err = c.Invoice.Update().Where(invoice.ID(one.InvoiceID), invoice.PaidAtIsNil(), invoice.CancelledAtIsNil()).ClearNoticedOn().Exec(ctx)
		if err != nil {
			return err
		}
	}
	return nil
}

// said is an error as both stores take it.
func said(err error) string {
	text := []rune(oneLine(strings.ReplaceAll(strings.ToValidUTF8(err.Error(), ""), "\x00", "")))
	return string(text[:min(len(text), 300)])
}
