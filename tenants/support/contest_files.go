package support

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/attachment"
	"enlace/ent/contest"
	"enlace/ent/contestanswer"
	"enlace/tenants"
	"enlace/tenants/files"
	"enlace/tenants/history"
	"enlace/tenants/staff"
)

// Enclose keeps a file that a subscriber sent with a contest of theirs, until that is answered, for who answers it to see. What it is is read from its
// content, as by Receive. The same message received twice is kept once. It returns Invalid of arquivo for another kind and for one too large, Conflict
// contest_answered, and NotFound for a contest that is not the subscriber's.
func (d Desk) Enclose(ctx context.Context, in Sent) error {
	contentType, err := in.check()
	if err != nil {
		return err
	}
	who := tenants.Who(ctx)
	if who.Kind != tenants.Subscriber {
		return tenants.NotFound()
	}
	_, err = d.DB.Once(ctx, "enclose_file", in.Key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		row, err := c.Contest.Query().Where(contest.ID(in.Contest), contest.CustomerID(who.ID)).Only(ctx)
		if err != nil {
			return "", missing(err)
		}
		if answered, err := c.ContestAnswer.Query().Where(contestanswer.ContestID(row.ID)).Exist(ctx); err != nil {
			return "", err
		} else if answered {
			return "", tenants.Conflict("contest_answered")
		}
		file, err := files.Put(ctx, c, d.DB.Now(), in.Name, contentType, in.Content)
		if err != nil {
			return "", err
		}
		if err := c.Attachment.Create().SetContestID(row.ID).SetFileID(file.ID).SetKind(sentAs(contentType)).SetAt(d.DB.Now()).Exec(ctx); err != nil {
			return "", err
		}
		about, err := c.Charge.Get(ctx, row.ChargeID)
		if err != nil {
			return "", err
		}
		return row.ID.String(), history.Write(ctx, c, d.DB.Now(), history.Entry{Customer: row.CustomerID, Subject: "charge", ID: row.ChargeID, Event: "contest_enclosed",
			After: map[string]any{"number": about.Number, "name": in.Name}})
	})
	return err
}

// Enclosed lists what the subscriber sent with a contest, the oldest first, to be read by Attachment. It returns Denied without Receive.
func (d Desk) Enclosed(ctx context.Context, of uuid.UUID) (rows []*ent.Attachment, err error) {
	return rows, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Receive); err != nil {
			return err
		}
		rows, err = c.Attachment.Query().Where(attachment.ContestID(of)).Where(named...).Order(attachment.ByAt(), attachment.ByID()).All(ctx)
		return err
	})
}
