package collection

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/bankagreement"
	"enlace/ent/remessaorder"
	"enlace/ent/slip"
	"enlace/tenants"
	"enlace/tenants/brazil/cnab"
	"enlace/tenants/files"
	"enlace/tenants/history"
	"enlace/tenants/staff"
)

// RemessaType is the content type of a remessa: upper-case ASCII in lines of 240 or 400 columns.
const RemessaType = "text/plain; charset=us-ascii"

// Pending reckons the next remessa of an agreement without writing it. It returns Denied and NotFound.
func (d Desk) Pending(ctx context.Context, agreement uuid.UUID) (next *Pending, err error) {
	return next, d.look(ctx, func(ctx context.Context, c *ent.Client) error {
		row, err := agreementOf(ctx, c, agreement)
		if err != nil {
			return err
		}
		made, err := d.write(ctx, c, row, &bytes.Buffer{})
		if err == nil {
			next = &made.Pending
		}
		return err
	})
}

// WriteRemessa writes what Pending shows: the file, what it asks of each title, and that the bank knows it from now on. A form sent twice is
// answered with the file it made. It returns Denied, NotFound, Conflict agreement_incomplete when the agreement lacks what the bank asks, and
// remessa_empty when there is nothing to say.
func (d Desk) WriteRemessa(ctx context.Context, agreement uuid.UUID, key string) (uuid.UUID, error) {
	if key != "" { // nobody else's press is answered with it
		key = tenants.Who(ctx).ID.String() + "/" + key
	}
	answer, err := d.DB.Once(ctx, "write_remessa", key, agreement, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Receive); err != nil {
			return "", err
		}
		row, err := d.take(ctx, c, agreement)
		if err != nil {
			return "", err
		}
		var file bytes.Buffer
		made, err := d.write(ctx, c, row, &file)
		switch {
		case err != nil:
			return "", err
		case made.Fault != nil:
			return "", tenants.Conflict("agreement_incomplete").With("agreement", row.Name)
		case len(made.Written()) == 0:
			return "", tenants.Conflict("remessa_empty").With("agreement", row.Name)
		}
		id, err := d.keep(ctx, c, made, file.Bytes())
		return id.String(), err
	})
	if err != nil {
		return uuid.Nil, err
	}
	return uuid.Parse(answer)
}

// take takes the number of the next file. Who writes one of the same agreement at the same moment waits here, and finds nothing left to say.
func (d Desk) take(ctx context.Context, c *ent.Client, agreement uuid.UUID) (*ent.BankAgreement, error) {
	taken, err := c.BankAgreement.Update().Where(bankagreement.ID(agreement)).AddRemessaNumber(1).Save(ctx)
	if err != nil {
		return nil, err
	}
	if taken == 0 {
		return nil, tenants.NotFound()
	}
	row, err := c.BankAgreement.Get(ctx, agreement)
	if err == nil {
		row.RemessaNumber-- // write counts on from the last one
	}
	return row, err
}

// keep keeps a file and what it said.
func (d Desk) keep(ctx context.Context, c *ent.Client, made *draft, content []byte) (uuid.UUID, error) {
	isp, _ := tenants.From(ctx)
	now, orders := d.DB.Now(), made.Written()
	name := fmt.Sprintf("CB%s%06d.REM", now.In(isp.Zone).Format("020106"), made.number)
	file, err := files.Put(ctx, c, now, name, RemessaType, content)
	if err != nil {
		return uuid.Nil, err
	}
	remessa, err := c.Remessa.Create().SetAgreementID(made.Agreement.ID).SetNumber(made.number).SetFileID(file.ID).SetOrders(len(orders)).
		SetRegistered(made.Registered).SetWrittenAt(now).SetWrittenBy(tenants.Who(ctx).Name).Save(ctx)
	if err != nil {
		return uuid.Nil, err
	}
	var rows []*ent.RemessaOrderCreate
	for i, o := range orders {
		rows = append(rows, c.RemessaOrder.Create().SetRemessaID(remessa.ID).SetSlipID(o.Slip.ID).SetPosition(i).SetCommand(remessaorder.Command(o.Command)).
			SetAmount(o.Amount).SetRebate(o.Rebate).SetDue(o.Due))
	}
	for some := range slices.Chunk(rows, 1000) {
		if err := c.RemessaOrder.CreateBulk(some...).Exec(ctx); err != nil {
			return uuid.Nil, err
		}
	}
	if err := made.told(ctx, c, now); err != nil {
		return uuid.Nil, err
	}
	return remessa.ID, history.Write(ctx, c, now, history.Entry{Subject: "remessa", ID: remessa.ID, Event: "remessa_written",
		After: map[string]any{"number": made.number, "agreement": made.Agreement.Name, "orders": len(orders)}})
}

// told notes what the bank knows of each slip from now on.
func (made *draft) told(ctx context.Context, c *ent.Client, now time.Time) error {
	ids := map[cnab.Command][]uuid.UUID{}
	for _, o := range made.Written() {
		ids[o.Command] = append(ids[o.Command], o.Slip.ID)
		if o.Rebate != o.Slip.Rebate {
			if err := c.Slip.UpdateOneID(o.Slip.ID).SetRebate(o.Rebate).Exec(ctx); err != nil {
				return err
			}
		}
	}
	all := slices.Concat(made.settled, ids[cnab.Register], ids[cnab.Cancel], ids[cnab.GrantRebate], ids[cnab.CancelRebate])
	if err := c.Slip.Update().Where(slip.IDIn(all...)).SetUntold(false).Exec(ctx); err != nil {
		return err
	}
	if err := c.Slip.Update().Where(slip.IDIn(ids[cnab.Register]...)).SetSentAt(now).ClearRefused().Exec(ctx); err != nil {
		return err
	}
	return c.Slip.Update().Where(slip.IDIn(ids[cnab.Cancel]...)).SetWithdrawnAt(now).Exec(ctx)
}
