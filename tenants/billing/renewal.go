package billing

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/customer"
	"enlace/ent/predicate"
	"enlace/ent/renewal"
	"enlace/ent/renewalitem"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/outbox"
	"enlace/tenants/staff"
)

// Renew is the kind of outbox row by which a worker makes some carnês of a renewal, and PrintRenewal that by which it prints all of them into one
// file.
const (
	Renew        = "billing.renew"
	PrintRenewal = "billing.print_renewal"
)

// chunk is how many rows are written in one statement.
const chunk = 1_000

// StartRenewal has workers renew every carnê that ends up to a day ("renovar carnês até…"). One that cannot be made is kept with the reason. A form
// sent twice begins once. It returns Conflict renewal_nothing when there is none to make, and renewal_unseen when the list is another by now.
func (d Desk) StartRenewal(ctx context.Context, in RenewalOrder) (uuid.UUID, error) {
	made, err := d.press(ctx, "start_renewal", in.Key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Charge); err != nil {
			return "", err
		}
		p := d.post(ctx, c)
		all, _, err := p.renewables(ctx, in.where(), in.Instalments)
		if err != nil {
			return "", err
		}
		switch sum := sumRenewables(all); {
		case sum.Count == 0:
			return "", tenants.Conflict("renewal_nothing")
		case in.Shown != "" && in.Shown != sum.Seen():
			return "", tenants.Conflict("renewal_unseen")
		}
		row, err := p.startRenewal(ctx, in, all)
		if err != nil {
			return "", err
		}
		return row.ID.String(), nil
	})
	if err != nil {
		return uuid.Nil, err
	}
	return uuid.Parse(made)
}

func (p post) startRenewal(ctx context.Context, in RenewalOrder, all []*Renewable) (*ent.Renewal, error) {
	who, sum := tenants.Who(ctx), sumRenewables(all)
	row, err := p.c.Renewal.Create().SetState(renewal.StateRunning).SetUntil(in.Until).SetInstalments(in.Instalments).SetTotal(len(all)).SetFailed(sum.Refused).
		SetUserID(who.ID).SetUserName(who.Name).SetUserRole(who.Role).SetCreatedAt(p.now).SetChangedAt(p.now).Save(ctx)
	if err != nil {
		return nil, err
	}
	items := make([]*ent.RenewalItemCreate, len(all))
	for i, one := range all {
		items[i] = p.c.RenewalItem.Create().SetRenewalID(row.ID).SetPosition(i).SetCustomerID(one.Asked.Customer).SetSubscriptionID(one.Asked.Subscription).
			SetStartOn(one.Asked.Start).SetFirstDue(one.Asked.FirstDue).SetAmount(one.Total)
		if one.Fault != nil {
			items[i].SetState(renewalitem.StateFailed).SetCode(code(one.Fault)).SetArgs(args(one.Fault, one.Asked))
		}
	}
	for some := range slices.Chunk(items, chunk) {
		if err := p.c.RenewalItem.CreateBulk(some...).Exec(ctx); err != nil {
			return nil, err
		}
	}
	err = history.Write(ctx, p.c, p.now, history.Entry{Subject: "renewal", ID: row.ID, Event: "renewal_started",
		After: map[string]any{"until": in.Until.BR(), "rows": sum.Count, "total": sum.Total}})
	if err != nil {
		return nil, err
	}
	return row, p.goOn(ctx, row.ID)
}

// goOn has a worker take a renewal up.
func (p post) goOn(ctx context.Context, id uuid.UUID) error {
	return outbox.Add(ctx, p.c, p.now, outbox.Job{Kind: Renew, Payload: map[string]string{"renewal": id.String()}})
}

// PauseRenewal has the workers stop after the carnê at hand, ResumeRenewal has them go on. Pressed again neither does more. They return NotFound, and
// Conflict renewal_over for one whose carnês are all made.
func (d Desk) PauseRenewal(ctx context.Context, id uuid.UUID) error {
	return d.moveRenewal(ctx, id, renewal.StateRunning, renewal.StatePaused)
}

// ResumeRenewal: see PauseRenewal.
func (d Desk) ResumeRenewal(ctx context.Context, id uuid.UUID) error {
	return d.moveRenewal(ctx, id, renewal.StatePaused, renewal.StateRunning)
}

func (d Desk) moveRenewal(ctx context.Context, id uuid.UUID, from, to renewal.State) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Charge); err != nil {
			return err
		}
		p := d.post(ctx, c)
		moved, err := c.Renewal.Update().Where(renewal.ID(id), renewal.StateEQ(from)).SetState(to).SetChangedAt(p.now).Save(ctx)
		if err != nil {
			return err
		}
		row, err := c.Renewal.Get(ctx, id)
		switch {
		case ent.IsNotFound(err):
			return tenants.NotFound()
		case err != nil:
			return err
		case row.State != to:
			return tenants.Conflict("renewal_over")
		case moved > 0 && to == renewal.StateRunning:
			return p.goOn(ctx, id)
		}
		return nil
	})
}

// RetryRenewal reckons the carnês that failed anew and has those made that can be now. Pressed again while the workers make them it does no more. It
// returns NotFound, Conflict renewal_busy while all are being printed, and renewal_nothing when none of those that failed can be made.
func (d Desk) RetryRenewal(ctx context.Context, id uuid.UUID) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Charge); err != nil {
			return err
		}
		p := d.post(ctx, c)
		held, err := c.Renewal.Update().Where(renewal.ID(id), renewal.StateIn(renewal.StateDone, renewal.StatePaused)).SetState(renewal.StateRunning).SetChangedAt(p.now).Save(ctx)
		if err != nil {
			return err
		}
		row, err := c.Renewal.Get(ctx, id)
		switch {
		case ent.IsNotFound(err):
			return tenants.NotFound()
		case err != nil:
			return err
		case held == 0 && row.State == renewal.StateRunning:
			return nil
		case held == 0:
			return tenants.Conflict("renewal_busy")
		}
		again, err := p.reckonAgain(ctx, row)
		if err != nil {
			return err
		}
		if again == 0 {
			return tenants.Conflict("renewal_nothing")
		}
		if err := c.Renewal.UpdateOneID(id).AddFailed(-again).Exec(ctx); err != nil {
			return err
		}
		return p.goOn(ctx, id)
	})
}

// reckonAgain looks at each item that failed as if it were asked for now, and says how many can be made.
func (p post) reckonAgain(ctx context.Context, row *ent.Renewal) (again int, err error) {
	items, err := p.c.RenewalItem.Query().Where(renewalitem.RenewalID(row.ID), renewalitem.StateEQ(renewalitem.StateFailed)).All(ctx)
	if err != nil {
		return 0, err
	}
	failed := tenants.IDsIn(renewalitem.Table, renewalitem.FieldSubscriptionID, renewalitem.RenewalID(row.ID), renewalitem.StateEQ(renewalitem.StateFailed))
	all, _, err := p.renewables(ctx, []predicate.Subscription{tenants.Among[predicate.Subscription](subscription.FieldID, failed)}, row.Instalments)
	if err != nil {
		return 0, err
	}
	for _, one := range all {
		i := slices.IndexFunc(items, func(item *ent.RenewalItem) bool { return item.SubscriptionID == one.Subscription.ID })
		update := p.c.RenewalItem.UpdateOneID(items[i].ID).SetCustomerID(one.Asked.Customer).SetStartOn(one.Asked.Start).SetFirstDue(one.Asked.FirstDue).SetAmount(one.Total)
		if one.Fault != nil {
			update.SetCode(code(one.Fault)).SetArgs(args(one.Fault, one.Asked))
		} else {
			update.SetState(renewalitem.StateWaiting).ClearCode().ClearArgs()
			again++
		}
		if err := update.Exec(ctx); err != nil {
			return 0, err
		}
	}
	return again, nil
}

// RenewalStanding is how a renewal stands, with a page of what failed.
type RenewalStanding struct {
	*ent.Renewal
	Failures []RenewalFailure
}

// RenewalFailure is a carnê that could not be made, and why.
type RenewalFailure struct {
	*ent.RenewalItem
	Customer *ent.Customer
}

// Busy says whether somebody is at work on it.
func (s RenewalStanding) Busy() bool {
	return s.State == renewal.StateRunning || s.State == renewal.StatePrinting
}

// Renewal reads how a renewal stands, with a page of its failures, from 1; page 0 is all of them. It returns NotFound.
func (d Desk) Renewal(ctx context.Context, id uuid.UUID, page int) (s RenewalStanding, err error) {
	return s, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Charge); err != nil {
			return err
		}
		if s.Renewal, err = c.Renewal.Get(ctx, id); ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil || s.Renewal.Failed == 0 {
			return err
		}
		q := c.RenewalItem.Query().Where(renewalitem.RenewalID(id), renewalitem.StateEQ(renewalitem.StateFailed)).Order(renewalitem.ByPosition())
		if page > 0 {
			q = q.Offset((page - 1) * PageSize).Limit(PageSize)
		}
		items, err := q.All(ctx)
		if err != nil {
			return err
		}
		holders, err := c.Customer.Query().Where(tenants.Among[predicate.Customer](customer.FieldID, tenants.IDsIn(renewalitem.Table, renewalitem.FieldCustomerID,
			renewalitem.RenewalID(id), renewalitem.StateEQ(renewalitem.StateFailed)))).All(ctx)
		if err != nil {
			return err
		}
		for _, item := range items {
			one := RenewalFailure{RenewalItem: item}
			if i := slices.IndexFunc(holders, func(who *ent.Customer) bool { return who.ID == item.CustomerID }); i >= 0 {
				one.Customer = holders[i]
			}
			s.Failures = append(s.Failures, one)
		}
		return nil
	})
}
