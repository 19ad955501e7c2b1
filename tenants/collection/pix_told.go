package collection

import (
	"context"
	"crypto/subtle"
	"database/sql"
	"errors"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/pixreceipt"
	"enlace/ent/predicate"
	"enlace/tenants"
	"enlace/tenants/brazil/pix/psp"
	"enlace/tenants/catalog"
	"enlace/tenants/outbox"
)

// ReadPix is the kind of outbox row by which a worker asks the PSP about a Pix and settles it.
const ReadPix = "pix.read"

// Told is what somebody says came in. It is only a name to ask the PSP about: nothing of it is believed.
type Told struct{ EndToEnd, TxID string }

// PixTold takes what a caller of the webhook tells, and has each Pix read at the PSP. What is no name of a Pix is passed over. It returns NotFound
// when the secret is that of no access of the ISP's; it takes the same time to find that out whichever it is.
func (d Desk) PixTold(ctx context.Context, secret string, all []Told) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		account, err := whose(ctx, c, secret)
		if err != nil {
			return err
		}
		return d.tell(ctx, c, account, all)
	})
}

// whose is the access whose webhook has that secret.
func whose(ctx context.Context, c *ent.Client, secret string) (account uuid.UUID, err error) {
	rows, err := c.PspAccount.Query().All(ctx)
	if err != nil {
		return account, err
	}
	hash := []byte(catalog.WebhookHash(secret))
	for _, row := range rows {
		if subtle.ConstantTimeCompare(hash, []byte(row.WebhookHash)) == 1 {
			account = row.ID
		}
	}
	if account == uuid.Nil {
		return account, tenants.NotFound()
	}
	return account, nil
}

// tell has each Pix read, unless it is to be read already: however often and by however many at once one is told of, one job is on its way.
func (d Desk) tell(ctx context.Context, c *ent.Client, account uuid.UUID, all []Told) error {
	now := d.DB.Now()
	var jobs []outbox.Job
	for _, one := range all {
		if !psp.IsEndToEnd(one.EndToEnd) || !psp.IsTxID(one.TxID) {
			continue
		}
		err := c.PixReceipt.Create().SetAccountID(account).SetEndToEnd(one.EndToEnd).SetToldAt(now).
			OnConflictColumns(pixreceipt.FieldTenantID, pixreceipt.FieldEndToEnd).DoNothing().Exec(ctx)
		news := err == nil
		if errors.Is(err, sql.ErrNoRows) { // it was there
			news, err = retell(ctx, c, account, one.EndToEnd)
		}
		if err != nil {
			return err
		}
		if news {
			jobs = append(jobs, outbox.Job{Kind: ReadPix, Queue: outbox.Critical, Payload: map[string]string{"e2eid": one.EndToEnd, "txid": one.TxID}})
		}
	}
	return outbox.AddAll(ctx, c, now, jobs)
}

// retell has a Pix read again that was told of before. One that another access was told of, whose PSP does not know it, is asked for here.
func retell(ctx context.Context, c *ent.Client, account uuid.UUID, endToEnd string) (bool, error) {
	again := pixreceipt.And(pixreceipt.AccountID(account), pixreceipt.Pending(false))
	elsewhere := pixreceipt.And(pixreceipt.AccountIDNEQ(account), pixreceipt.StatusIn(pixreceipt.StatusTold, pixreceipt.StatusUnknown))
	n, err := c.PixReceipt.Update().Where(pixreceipt.EndToEnd(endToEnd), pixreceipt.Or([]predicate.PixReceipt{again, elsewhere}...)).
		SetAccountID(account).SetPending(true).Save(ctx)
	return n > 0, err
}
