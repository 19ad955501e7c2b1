package billing

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/pixcharge"
	"enlace/tenants/outbox"
)

// The kinds of outbox rows by which a slip gets a charge at the PSP, and by which that is taken back. Room collection does both.
const (
	PutPixCharge = "pix.charge.put"
	EndPixCharge = "pix.charge.end"
)

// askPix has the PSP keep a charge of each slip, where the method names an access to one. Until it answers, a slip has the ISP's own Pix, so
// that it can be paid at once and whatever becomes of the PSP. Due today or later is a charge with a due date; later it would be refused.
func (p post) askPix(ctx context.Context, how collection, slips []*ent.Slip) error {
	if how.pixKey == nil || how.method.PspAccountID == nil || len(slips) == 0 {
		return nil
	}
	rows, jobs := make([]*ent.PixChargeCreate, len(slips)), make([]outbox.Job, len(slips))
	for i, s := range slips {
		kind := pixcharge.KindCobv
		if s.Due.Before(p.today) {
			kind = pixcharge.KindCob
		}
		rows[i] = p.c.PixCharge.Create().SetSlipID(s.ID).SetAccountID(*how.method.PspAccountID).SetTxid(chargeTxID(s.ID)).SetKind(kind).SetAskedAt(p.now)
		jobs[i] = outbox.Job{Kind: PutPixCharge, Payload: map[string]string{"slip": s.ID.String()}}
	}
	if err := p.c.PixCharge.CreateBulk(rows...).Exec(ctx); err != nil {
		return err
	}
	return outbox.AddAll(ctx, p.c, p.now, jobs)
}

// chargeTxID is the txid of a slip's charge: 32 letters and digits, the slip's own and nobody else's.
func chargeTxID(slip uuid.UUID) string { return strings.ReplaceAll(slip.String(), "-", "") }

// WithdrawPix has the charge of a slip taken back at the PSP, in the caller's transaction: the slip was cancelled, or paid by another rail. A slip
// without a charge, or whose charge is over, has none taken back.
func WithdrawPix(ctx context.Context, c *ent.Client, now time.Time, slip uuid.UUID) error {
	withdrawn, err := c.PixCharge.Update().Where(pixcharge.SlipID(slip), pixcharge.StatusIn(pixcharge.StatusAsked, pixcharge.StatusActive)).
		SetStatus(pixcharge.StatusWithdrawn).Save(ctx)
	if err != nil || withdrawn == 0 {
		return err
	}
	return outbox.Add(ctx, c, now, outbox.Job{Kind: EndPixCharge, Payload: map[string]string{"slip": slip.String()}})
}
