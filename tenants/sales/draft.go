package sales

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/draft"
	"enlace/tenants"
	"enlace/tenants/customers"
	"enlace/tenants/staff"
)

// draftKind is what a draft of task 1 is called in the table of drafts.
const draftKind = "add_customer"

// Progress is a step of the wizard as it was sent.
type Progress struct {
	Draft   uuid.UUID // none: a new one
	Version int       // the one the person saw; another means somebody, or another tab, was here meanwhile
	Step    Step
	Typed   tenants.Typed // the fields of this step
	Leaving bool          // Sair e guardar rascunho: kept as it is, right or wrong
}

// SaveStep keeps a step in the clerk's draft and says what is wrong with it. What is wrong is not kept, unless the clerk leaves.
// It returns Conflict draft_changed when another tab went on meanwhile, and NotFound for a draft of somebody else.
func (d Desk) SaveStep(ctx context.Context, in Progress) (kept *ent.Draft, err error) {
	return kept, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Sell); err != nil {
			return err
		}
		before, err := d.draft(ctx, c, in.Draft)
		if err != nil {
			return err
		}
		typed := tenants.Typed{}
		for field, value := range before.Data {
			typed[field] = value
		}
		for _, field := range sentOf(in.Step, typed) {
			delete(typed, field) // a box no longer ticked is not sent
		}
		for field, value := range in.Typed {
			typed[field] = value
		}
		reached := before.Step
		if !in.Leaving {
			if err := d.checkStep(ctx, c, in.Step, typed); err != nil {
				return err
			}
			reached = max(reached, min(int(in.Step)+1, int(StepWorkOrder)))
		}
		kept, err = d.keep(ctx, c, before, in.Version, reached, typed)
		return err
	})
}

// checkStep says what is wrong with one step, alone.
func (d Desk) checkStep(ctx context.Context, c *ent.Client, step Step, typed tenants.Typed) error {
	isp, _ := tenants.From(ctx)
	var s Sale
	var wrong tenants.Fields
	s.read(step, typed, d.DB.Today(ctx), isp.Zone, &wrong)
	if err := wrong.Err(); err != nil {
		return err
	}
	if step != StepCustomer {
		return nil
	}
	taken, err := customers.Taken(ctx, c, s.Customer.Document)
	if err == nil && taken != nil {
		err = customers.DocumentTaken(s.Customer.Kind, taken)
	}
	return err
}

// draft reads the clerk's own draft, or an empty one.
func (d Desk) draft(ctx context.Context, c *ent.Client, id uuid.UUID) (*ent.Draft, error) {
	if id == uuid.Nil {
		return &ent.Draft{Step: int(StepCustomer), Data: map[string]string{}}, nil
	}
	row, err := c.Draft.Query().Where(draft.ID(id), draft.UserID(tenants.Who(ctx).ID), draft.Kind(draftKind)).Only(ctx)
	return row, found(err)
}

func (d Desk) keep(ctx context.Context, c *ent.Client, before *ent.Draft, version, reached int, typed tenants.Typed) (*ent.Draft, error) {
	now := d.DB.Now()
	if before.ID == uuid.Nil {
		return c.Draft.Create().SetUserID(tenants.Who(ctx).ID).SetKind(draftKind).SetStep(reached).SetData(typed).
			SetTitle(typed["nome"]).SetCreatedAt(now).SetUpdatedAt(now).Save(ctx)
	}
	changed, err := c.Draft.Update().Where(draft.ID(before.ID), draft.Version(version)).
		SetStep(reached).SetData(typed).SetTitle(typed["nome"]).SetUpdatedAt(now).AddVersion(1).Save(ctx)
	switch {
	case err != nil:
		return nil, err
	case changed == 0:
		return nil, tenants.Conflict("draft_changed")
	}
	return c.Draft.Get(ctx, before.ID)
}

// Draft reads a draft of the clerk's. It returns NotFound for one of somebody else, or one that has been saved.
func (d Desk) Draft(ctx context.Context, id uuid.UUID) (row *ent.Draft, err error) {
	return row, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		row, err = d.draft(ctx, c, id)
		return err
	})
}

// Drafts lists the clerk's drafts, the newest first.
func (d Desk) Drafts(ctx context.Context) (rows []*ent.Draft, err error) {
	return rows, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		rows, err = c.Draft.Query().Where(draft.UserID(tenants.Who(ctx).ID), draft.Kind(draftKind)).Order(ent.Desc(draft.FieldUpdatedAt)).All(ctx)
		return err
	})
}

// Finish saves the sale of a draft (Salvar) and the draft is gone; pressed again, it answers with the sale that was made.
// It returns what is wrong with any step, the faults of Sell, and NotFound for a draft that is no more.
func (d Desk) Finish(ctx context.Context, id uuid.UUID, version int) (sold *Sold, err error) {
	isp, _ := tenants.From(ctx)
	key := tenants.Who(ctx).ID.String() + "/" + id.String() // its owner's: nobody else's press is answered with the sale
	made, err := d.DB.Once(ctx, draftKind, key, nil, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Sell); err != nil {
			return "", err
		}
		row, err := d.draft(ctx, c, id)
		if err != nil {
			return "", err
		}
		gone, err := c.Draft.Delete().Where(draft.ID(id), draft.Version(version)).Exec(ctx)
		switch {
		case err != nil:
			return "", err
		case gone == 0:
			return "", tenants.Conflict("draft_changed")
		}
		s, wrong := Read(row.Data, StepWorkOrder, d.DB.Today(ctx), isp.Zone)
		if err := wrong.Err(); err != nil {
			return "", err
		}
		if sold, err = d.sell(ctx, c, s); err != nil {
			return "", err
		}
		return sold.Subscription.ID.String(), nil
	})
	switch {
	case err != nil:
		return nil, err
	case sold != nil && sold.Subscription.ID.String() == made:
		return sold, nil
	}
	return d.sold(ctx, made) // by an earlier press
}

// sold reads the sale a subscription came of.
func (d Desk) sold(ctx context.Context, made string) (sold *Sold, err error) {
	id, err := uuid.Parse(made)
	if err != nil {
		return nil, err
	}
	return sold, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		sub, err := c.Subscription.Get(ctx, id)
		if err != nil {
			return err
		}
		customer, err := c.Customer.Get(ctx, sub.CustomerID)
		sold = &Sold{customer, sub}
		return err
	})
}
