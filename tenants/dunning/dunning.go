// Package dunning is the régua de cobrança: what an ISP does, day by day, when an invoice comes near, is not paid, and stays unpaid. It calls the
// invoice to mind, tells of the debt with proof, takes access away when the law allows it, and shows where each customer stands.
//
// Each step looks at how things stand, not at what changed since yesterday: a night that did not run is caught up by the next one, and one that
// runs twice, or on two workers, does nothing twice.
package dunning

import (
	"context"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/contact"
	"enlace/tenants"
	"enlace/tenants/staff"
)

// Desk is where customers are reminded, told and cut.
type Desk struct {
	DB *tenants.DB
}

// Kinds of outbox rows, one a day and ISP.
const (
	Remind = "dunning.remind"
	Tell   = "dunning.tell"
	Cut    = "dunning.cut"
)

// When each is done, after midnight: messages when people are up, cuts when somebody is there to answer the telephone.
const (
	RemindedAt = 8 * time.Hour
	ToldAt     = 8*time.Hour + 30*time.Minute
	CutAt      = 9 * time.Hour
)

// Run is what a step of a day did.
type Run struct {
	Done    int
	Left    int   // not yet to be done, each for a reason the law or the ISP gives
	Failure error // the first of the house's own; the others went on
	Failed  int
}

// note counts how one of a run went. A fault is a reason, no failure.
func (r *Run) note(err error) {
	switch {
	case err == nil:
		r.Done++
	case tenants.FaultOf(err) != nil:
		r.Left++
	default:
		r.Failed++
		if r.Failure == nil {
			r.Failure = err
		}
	}
}

// atATime is how many rows a run looks at before it looks again.
const atATime = 500

// emailsOf are the e-mail addresses customers are written to, the first of each.
func emailsOf(ctx context.Context, c *ent.Client, customers []uuid.UUID) (map[uuid.UUID]string, error) {
	rows, err := c.Contact.Query().Where(contact.CustomerIDIn(customers...), contact.KindEQ(contact.KindEmail)).Order(contact.ByPosition()).All(ctx)
	first := map[uuid.UUID]string{}
	for _, row := range rows {
		if _, there := first[row.CustomerID]; !there {
			first[row.CustomerID] = row.Value
		}
	}
	return first, err
}

// look runs a reading for those who receive.
func (d Desk) look(ctx context.Context, do func(context.Context, *ent.Client) error) error {
	return d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Receive); err != nil {
			return err
		}
		return do(ctx, c)
	})
}
