package subscribers

import (
	"context"
	"time"

	"enlace/ent"
	"enlace/ent/telegramdialog"
)

// Dialog is what a chat was asked last.
type Dialog struct {
	Step string
	Data map[string]string
}

// patience is how long an answer is waited for.
const patience = 15 * time.Minute

// Await notes what a chat was asked, in the place of what it was asked before. It is forgotten after fifteen minutes.
func (d Desk) Await(ctx context.Context, chat int64, ask Dialog) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		return c.TelegramDialog.Create().SetChatID(chat).SetStep(ask.Step).SetData(ask.Data).SetExpiresAt(d.DB.Now().Add(patience)).
			OnConflictColumns(telegramdialog.FieldTenantID, telegramdialog.FieldChatID).
			Update(func(u *ent.TelegramDialogUpsert) { u.UpdateStep().UpdateData().UpdateExpiresAt() }).Exec(ctx)
	})
}

// Asked is what a chat was asked and has not answered, or nil.
func (d Desk) Asked(ctx context.Context, chat int64) (ask *Dialog, err error) {
	return ask, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		row, err := c.TelegramDialog.Query().Where(telegramdialog.ChatID(chat), telegramdialog.ExpiresAtGT(d.DB.Now())).Only(ctx)
		if ent.IsNotFound(err) {
			return nil
		} else if err != nil {
			return err
		}
		ask = &Dialog{Step: row.Step, Data: row.Data}
		return nil
	})
}

// lateness is for how long what was asked is remembered once it is not waited for any more, so that whoever answers then is told.
const lateness = time.Hour

// Missed is what a chat was asked and has not answered in time, if that was lately, or nil.
func (d Desk) Missed(ctx context.Context, chat int64) (ask *Dialog, err error) {
	return ask, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		now := d.DB.Now()
		row, err := c.TelegramDialog.Query().Where(telegramdialog.ChatID(chat), telegramdialog.ExpiresAtLTE(now), telegramdialog.ExpiresAtGT(now.Add(-lateness))).Only(ctx)
		if ent.IsNotFound(err) {
			return nil
		} else if err != nil {
			return err
		}
		ask = &Dialog{Step: row.Step, Data: row.Data}
		return nil
	})
}

// Forget is that a chat is asked nothing any more.
func (d Desk) Forget(ctx context.Context, chat int64) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		_, err := c.TelegramDialog.Delete().Where(telegramdialog.ChatID(chat)).Exec(ctx)
		return err
	})
}

// Sweep forgets what no longer matters: conversations nobody went on with, and attempts of long ago.
func (d Desk) Sweep(ctx context.Context) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if _, err := c.TelegramDialog.Delete().Where(telegramdialog.ExpiresAtLTE(d.DB.Now().Add(-lateness))).Exec(ctx); err != nil {
			return err
		}
		return d.forgetAttempts(ctx, c)
	})
}
