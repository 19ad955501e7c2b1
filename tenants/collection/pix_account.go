package collection

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/pspaccount"
	"enlace/tenants"
	"enlace/tenants/brazil/pix/psp"
	"enlace/tenants/catalog"
	"enlace/tenants/staff"
)

// NameWebhook names our webhook to the PSP of an access, where the PSP has none or another. An installation that is not reached by https has
// none to name: what came in is then found each night. It is called by a worker, and may be called again.
func (d Desk) NameWebhook(ctx context.Context, id uuid.UUID) error {
	a, err := d.access(ctx, id)
	if err != nil || !a.row.Active {
		return err
	}
	ours, err := d.webhook(ctx, a.row)
	if err != nil || ours == "" {
		return err
	}
	door, err := d.open(ctx, a.row)
	if err != nil {
		return d.heard(ctx, a.row, err)
	}
	named, err := door.Webhook(ctx, a.key.Key)
	if errors.Is(err, psp.ErrNotFound) || err == nil && named != ours {
		err = door.SetWebhook(ctx, a.key.Key, ours)
	}
	return d.heard(ctx, a.row, err)
}

func (d Desk) access(ctx context.Context, id uuid.UUID) (a access, err error) {
	return a, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		a, err = accessOf(ctx, c, id)
		return err
	})
}

// webhook is the address a PSP calls with /pix at its end; "" when we are not reached by https.
func (d Desk) webhook(ctx context.Context, row *ent.PspAccount) (string, error) {
	isp, _ := tenants.From(ctx)
	if d.Site == nil || !strings.HasPrefix(d.Site(isp.Slug), "https://") {
		return "", nil
	}
	secret, err := d.Vault.Open(ctx, catalog.ForPSPWebhook, row.WebhookSecret)
	return d.Site(isp.Slug) + "webhooks/pix/" + isp.Slug + "/" + secret, err
}

// testing is how long a person waits for a PSP to answer.
const testing = 2 * time.Second

// TestAccount asks the PSP of an access something harmless, and keeps and returns how it answered. It returns NotFound, and Denied without
// Configure.
func (d Desk) TestAccount(ctx context.Context, id uuid.UUID) (answer pspaccount.Answer, err error) {
	var a access
	err = d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Configure); err != nil {
			return err
		}
		a, err = accessOf(ctx, c, id)
		return err
	})
	if err != nil {
		return "", err
	}
	asking, cancel := context.WithTimeout(ctx, testing)
	defer cancel()
	door, said := d.open(asking, a.row)
	if said == nil {
		_, said = door.Webhook(asking, a.key.Key)
	}
	answer = answerOf(said)
	return answer, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		return c.PspAccount.Update().Where(pspaccount.ID(id)).SetAnswer(answer).SetAnsweredAt(d.DB.Now()).Exec(ctx)
	})
}
