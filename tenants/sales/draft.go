package sales

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/draft"
	"enlace/tenants"
	"enlace/tenants/staff"
)

// Progress is a page of a wizard as it was sent.
type Progress struct {
	Wizard  Wizard
	Holder  uuid.UUID // whose the service will be, or the service that is migrated or changes hands; none: of the customer being added
	Draft   uuid.UUID // none: a new one
	Version int       // the one the person saw; another means somebody, or another tab, was here meanwhile
	Page    int
	Typed   tenants.Typed // the fields of this page
	Shown   string        // the Seen of the migration, or transfer, that was looked at; "": none was shown
	Leaving bool          // Sair e guardar rascunho: kept as it is, right or wrong
}

// longestTitle is how many letters of a name a draft is called by: what is left right or wrong may be anything.
const longestTitle = 120

// SaveStep keeps a page in the clerk's draft and says what is wrong with it. What is wrong is not kept, unless the clerk leaves.
// It returns Conflict draft_changed when another tab went on meanwhile, Conflict customer_inactive, and NotFound for a draft of somebody else.
func (d Desk) SaveStep(ctx context.Context, in Progress) (kept *ent.Draft, err error) {
	return kept, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Sell); err != nil {
			return err
		}
		before, err := d.draft(ctx, c, in.Wizard, in.Holder, in.Draft)
		if err != nil {
			return err
		}
		title, err := titleOf(ctx, c, in)
		if err != nil {
			return err
		}
		typed := tenants.Typed{}
		for field, value := range before.Data {
			typed[field] = value
		}
		for _, field := range sentOf(in.Wizard.Page(in.Page), typed) {
			delete(typed, field) // a box no longer ticked is not sent
		}
		for field, value := range in.Typed.Clean() {
			typed[field] = value
		}
		delete(typed, holderField)
		delete(typed, serviceField)
		delete(typed, handedField)
		delete(typed, backField)
		if back := before.Data[backField]; back != "" {
			typed[backField] = back
		}
		if in.Holder != uuid.Nil {
			typed[in.Wizard.Owner] = in.Holder.String()
		}
		reached := before.Step
		if !in.Leaving {
			checked, err := filled(ctx, c, in.Wizard, in.Holder, typed)
			if err != nil {
				return err
			}
			if err := d.checkSteps(ctx, c, in.Wizard.Page(in.Page), checked); err != nil {
				return err
			}
			reached = max(reached, min(in.Page+1, in.Wizard.Last()))
		}
		if title == "" {
			title = strings.Join(strings.Fields(typed["nome"]), " ")
			title = string([]rune(title)[:min(longestTitle, utf8.RuneCountInString(title))])
		}
		kept, err = d.keep(ctx, c, in, before, title, reached, typed)
		return err
	})
}

// titleOf is what a draft of a service is called: by its customer, who must be there. That of a customer is called by the name typed.
func titleOf(ctx context.Context, c *ent.Client, in Progress) (string, error) {
	if in.Holder == uuid.Nil {
		return "", nil
	}
	of := in.Holder
	if in.Wizard.Kind == Migrate.Kind || in.Wizard.HandsOver() {
		from, err := c.Subscription.Get(ctx, of)
		if err != nil {
			return "", found(err)
		}
		of = from.CustomerID
	}
	who, err := holder(ctx, c, of)
	if err != nil {
		return "", err
	}
	return who.Name, nil
}

// draft reads the clerk's own draft of a wizard for a customer, or an empty one.
func (d Desk) draft(ctx context.Context, c *ent.Client, w Wizard, of, id uuid.UUID) (*ent.Draft, error) {
	if id == uuid.Nil {
		return &ent.Draft{Step: 1, Data: map[string]string{}}, nil
	}
	row, err := c.Draft.Query().Where(draft.ID(id), draft.UserID(tenants.Who(ctx).ID), draft.Kind(w.Kind)).Only(ctx)
	switch {
	case err != nil:
		return nil, found(err)
	case tenants.Typed(row.Data).ID(w.Owner) != of:
		return nil, tenants.NotFound()
	}
	return row, nil
}

func (d Desk) keep(ctx context.Context, c *ent.Client, in Progress, before *ent.Draft, title string, reached int, typed tenants.Typed) (*ent.Draft, error) {
	now := d.DB.Now()
	if before.ID == uuid.Nil {
		return c.Draft.Create().SetUserID(tenants.Who(ctx).ID).SetKind(in.Wizard.Kind).SetStep(reached).SetData(typed).
			SetTitle(title).SetCreatedAt(now).SetUpdatedAt(now).Save(ctx)
	}
	changed, err := c.Draft.Update().Where(draft.ID(before.ID), draft.Version(in.Version)).
		SetStep(reached).SetData(typed).SetTitle(title).SetUpdatedAt(now).AddVersion(1).Save(ctx)
	switch {
	case err != nil:
		return nil, err
	case changed == 0:
		return nil, tenants.Conflict("draft_changed")
	}
	return c.Draft.Get(ctx, before.ID)
}

// PageSize is how many drafts a page of the list has.
const PageSize = 50

// Drafts is a page of the clerk's drafts of all wizards, the newest first.
type Drafts struct {
	Page  int // from 1
	Rows  []*ent.Draft
	Total int
}

// Drafts reads a page of them. They stay until they are thrown away: nothing of them is in the books.
func (d Desk) Drafts(ctx context.Context, page int) (list Drafts, err error) {
	list.Page = max(1, page)
	return list, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		own := c.Draft.Query().Where(draft.UserID(tenants.Who(ctx).ID), draft.KindIn(kinds...))
		if list.Total, err = own.Clone().Count(ctx); err != nil {
			return err
		}
		list.Rows, err = own.Order(ent.Desc(draft.FieldUpdatedAt, draft.FieldID)).Offset((list.Page - 1) * PageSize).Limit(PageSize).All(ctx)
		return err
	})
}

// Discard throws a draft of the clerk away; nothing of it was ever in the books. It returns NotFound for a draft that is no more, or of
// somebody else.
func (d Desk) Discard(ctx context.Context, id uuid.UUID) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		gone, err := c.Draft.Delete().Where(draft.ID(id), draft.UserID(tenants.Who(ctx).ID), draft.KindIn(kinds...)).Exec(ctx)
		if err == nil && gone == 0 {
			return tenants.NotFound()
		}
		return err
	})
}

// Became is the sale that a draft of the clerk has become. It returns NotFound where there is none.
func (d Desk) Became(ctx context.Context, w Wizard, id uuid.UUID) (*Sold, error) {
	var made string
	err := d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		answer, done, err := tenants.Answered(ctx, c, w.Kind, pressed(ctx, id))
		if err == nil && !done {
			return tenants.NotFound()
		}
		made = answer
		return err
	})
	if err != nil {
		return nil, err
	}
	return d.sold(ctx, made)
}

// pressed is the key of Salvar, the owner's own: nobody else's press is answered with the sale.
func pressed(ctx context.Context, draft uuid.UUID) string {
	return tenants.Who(ctx).ID.String() + "/" + draft.String()
}

// Finish saves the sale of a draft (Salvar) and the draft is gone; pressed again, it answers with the sale that was made.
// It returns what is wrong with any page, the faults of Sell, and NotFound for a draft that is no more.
func (d Desk) Finish(ctx context.Context, in Progress) (sold *Sold, err error) {
	isp, _ := tenants.From(ctx)
	made, err := d.DB.Once(ctx, in.Wizard.Kind, pressed(ctx, in.Draft), nil, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Sell); err != nil {
			return "", err
		}
		row, err := d.draft(ctx, c, in.Wizard, in.Holder, in.Draft)
		if err != nil {
			return "", err
		}
		gone, err := c.Draft.Delete().Where(draft.ID(in.Draft), draft.Version(in.Version)).Exec(ctx)
		switch {
		case err != nil:
			return "", err
		case gone == 0:
			return "", tenants.Conflict("draft_changed")
		}
		answers, err := filledHanded(ctx, c, in.Wizard, in.Holder, row.Data)
		if err != nil {
			return "", err
		}
		s, wrong := read(answers, in.Wizard.steps(), d.DB.Today(ctx), isp.Zone)
		if err := wrong.Err(); err != nil {
			return "", err
		}
		switch {
		case in.Wizard.Kind == Migrate.Kind:
			sold, err = d.migrate(ctx, c, s, in.Shown)
		case in.Wizard.HandsOver():
			sold, err = d.transfer(ctx, c, s, in.Shown)
		default:
			sold, err = d.sell(ctx, c, s)
		}
		if err != nil {
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
