package collection

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/invoice"
	"enlace/ent/pixcharge"
	"enlace/ent/pixreceipt"
	"enlace/ent/pspaccount"
	"enlace/ent/slip"
	"enlace/tenants/billing"
	"enlace/tenants/brazil/pix/psp"
)

// ReconcilePix is the kind of the nightly job that asks the PSPs what came in, and ReconciledAt its hour, after midnight.
const (
	ReconcilePix = "pix.reconcile"
	ReconciledAt = 4 * time.Hour
)

const (
	lookBack = 7 * 24 * time.Hour  // of an access that was never asked
	overlap  = 24 * time.Hour      // before where the last night ended: a PSP may list late
	farthest = 60 * 24 * time.Hour // after so long a standstill
	window   = 24 * time.Hour      // of one question
)

// Reconcile asks the PSP of every access what came in since the last night, so that a webhook that was lost loses nothing, names our webhook
// where the PSP has forgotten it, and takes back the charges of what was cancelled or paid by another rail. An access that fails keeps none of
// the others; where it stopped it goes on the next time.
// It returns of how many Pix there was news.
func (d Desk) Reconcile(ctx context.Context) (found int, err error) {
	var accounts []*ent.PspAccount
	err = d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) (err error) {
		accounts, err = atWork(ctx, c)
		return err
	})
	if err != nil {
		return 0, err
	}
	var all []error
	for _, account := range accounts {
		news, err := d.readAll(ctx, account)
		if found += news; err != nil {
			all = append(all, err)
			continue
		}
		all = append(all, d.NameWebhook(ctx, account.ID))
	}
	return found, errors.Join(append(all, d.withdrawOver(ctx))...)
}

// atWork are the accesses in use, and those withdrawn whose charges may still be paid.
func atWork(ctx context.Context, c *ent.Client) (at []*ent.PspAccount, err error) {
	all, err := c.PspAccount.Query().Order(pspaccount.ByID()).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, account := range all {
		open := account.Active
		if !open {
			if open, err = c.PixCharge.Query().Where(pixcharge.AccountID(account.ID), pixcharge.StatusEQ(pixcharge.StatusActive)).Exist(ctx); err != nil {
				return nil, err
			}
		}
		if open {
			at = append(at, account)
		}
	}
	return at, nil
}

// readAll tells of all that came in at a PSP since it was last asked, day by day.
func (d Desk) readAll(ctx context.Context, account *ent.PspAccount) (found int, err error) {
	door, err := d.open(ctx, account)
	if err != nil {
		return 0, d.heard(ctx, account, err)
	}
	now := d.DB.Now()
	from, oldest := now.Add(-lookBack), now.Add(-farthest)
	if account.ReadUntil != nil {
		from = account.ReadUntil.Add(-overlap)
	}
	if from.Before(oldest) || account.ReadUntil != nil && account.ReadUntil.After(now) { // read by a clock that was ahead: nobody knows how far
		from = oldest
	}
	for from.Before(now) {
		to := from.Add(window)
		if to.After(now) {
			to = now
		}
		news, err := d.readDay(ctx, door, account, from, to)
		if found += news; err != nil {
			return found, d.heard(ctx, account, err)
		}
		from = to
	}
	return found, d.heard(ctx, account, nil)
}

func (d Desk) readDay(ctx context.Context, door psp.Door, account *ent.PspAccount, from, to time.Time) (found int, err error) {
	for page, more := 0, true; more; page++ {
		read, err := door.Received(ctx, from, to, page)
		if err != nil {
			return found, err
		}
		more = read.More
		var news []Told
		err = d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
			if news, err = unsettled(ctx, c, read.Paid); err != nil {
				return err
			}
			if err := d.tell(ctx, c, account.ID, news); err != nil || more {
				return err
			}
			return c.PspAccount.Update().Where(pspaccount.ID(account.ID)).SetReadUntil(to).Exec(ctx)
		})
		if err != nil {
			return found, err
		}
		found += len(news)
	}
	return found, nil
}

// unsettled are those of the Pix that have a txid and of which something is new: they were not read, or more of them was given back.
func unsettled(ctx context.Context, c *ent.Client, all []psp.Paid) (news []Told, err error) {
	names := make([]string, len(all))
	for i, one := range all {
		names[i] = one.EndToEnd
	}
	rows, err := c.PixReceipt.Query().Where(pixreceipt.EndToEndIn(names...)).All(ctx)
	if err != nil {
		return nil, err
	}
	known := map[string]*ent.PixReceipt{}
	for _, row := range rows {
		known[row.EndToEnd] = row
	}
	for _, one := range all {
		row := known[one.EndToEnd]
		read := row != nil && row.Status != pixreceipt.StatusTold && row.Status != pixreceipt.StatusUnknown
		if one.TxID != "" && !(read && row.Returned == one.Returned()) {
			news = append(news, Told{one.EndToEnd, one.TxID})
		}
	}
	return news, nil
}

// chunk is how many charges are looked at in one transaction.
const chunk = 500

// withdrawOver has the charges taken back whose slip was cancelled, or whose invoice was paid or cancelled, and that still stand.
func (d Desk) withdrawOver(ctx context.Context) error {
	for last, more := uuid.Nil, true; more; {
		err := d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
			rows, err := c.PixCharge.Query().Where(pixcharge.StatusIn(pixcharge.StatusAsked, pixcharge.StatusActive), pixcharge.IDGT(last)).
				Order(pixcharge.ByID()).Limit(chunk).All(ctx)
			if err != nil {
				return err
			}
			if more = len(rows) == chunk; len(rows) == 0 {
				return nil
			}
			last = rows[len(rows)-1].ID
			over, err := overSlips(ctx, c, rows)
			if err != nil {
				return err
			}
			for _, row := range rows {
				if !over[row.SlipID] {
					continue
				}
				if err := billing.WithdrawPix(ctx, c, d.DB.Now(), row.SlipID); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// overSlips are the slips of charges that nobody is to pay any more.
func overSlips(ctx context.Context, c *ent.Client, rows []*ent.PixCharge) (map[uuid.UUID]bool, error) {
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		ids[i] = row.SlipID
	}
	slips, err := c.Slip.Query().Where(slip.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	invoices := make([]uuid.UUID, len(slips))
	for i, s := range slips {
		invoices[i] = s.InvoiceID
	}
	closed, err := c.Invoice.Query().Where(invoice.IDIn(invoices...), invoice.Or(invoice.PaidAtNotNil(), invoice.CancelledAtNotNil())).IDs(ctx)
	if err != nil {
		return nil, err
	}
	ended := map[uuid.UUID]bool{}
	for _, id := range closed {
		ended[id] = true
	}
	over := map[uuid.UUID]bool{}
	for _, s := range slips {
		over[s.ID] = s.CancelledAt != nil || ended[s.InvoiceID]
	}
	return over, nil
}
