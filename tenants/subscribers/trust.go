package subscribers

import (
	"context"
	"time"

	"enlace/ent"
	"enlace/ent/trustquota"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/catalog"
	"enlace/tenants/status"
)

// Offer is how a customer stands with Desbloqueio em Confiança, to be told before he asks for it. What decides is
// subscriptions.TrustUnblockSelf, once he does.
type Offer struct {
	On        bool                // the operator and the ISP offer it
	Suspended []Service           // for debt, whole or in part
	Debt      []*billing.Standing // overdue invoices, by due date
	UsedOn    calendar.Date       // in this month, if it was
	NextFrom  calendar.Date       // the first day of the next month
	OpenUntil time.Time           // until when access is given by a grant now, if by one
}

// Offer reads it for the customer who asks. It returns NotFound for anybody else.
func (d Desk) Offer(ctx context.Context) (o Offer, err error) {
	who, err := me(ctx)
	if err != nil {
		return o, err
	}
	isp, _ := tenants.From(ctx)
	today := d.DB.Today(ctx)
	o.NextFrom = calendar.On(today.Year(), today.Month()+1, 1)
	return o, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		policy, err := catalog.Policy(ctx, c)
		if err != nil {
			return err
		}
		o.On = isp.TrustSelfService && policy.TrustSubscriber
		services, err := d.Services(ctx)
		if err != nil {
			return err
		}
		for _, s := range services {
			if !status.InDebt(s.Status) {
				continue
			}
			o.Suspended = append(o.Suspended, s)
			if s.Grant != nil && s.Grant.Until.After(o.OpenUntil) {
				o.OpenUntil = s.Grant.Until
			}
		}
		open, err := d.Invoices(ctx)
		if err != nil {
			return err
		}
		for _, one := range open {
			if one.Status == billing.InvoiceOverdue {
				o.Debt = append(o.Debt, one)
			}
		}
		used, err := c.TrustQuota.Query().Where(trustquota.SubjectID(who.ID), trustquota.Month(calendar.On(today.Year(), today.Month(), 1))).Only(ctx)
		if ent.IsNotFound(err) {
			return nil
		} else if err != nil {
			return err
		}
		o.UsedOn = isp.Today(used.At)
		return nil
	})
}
