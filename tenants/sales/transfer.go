package sales

import (
	"context"
	"maps"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/subscription"
	"enlace/ent/subscriptionaddress"
	"enlace/ent/transfer"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/customers"
	"enlace/tenants/money"
	"enlace/tenants/status"
	"enlace/tenants/subscriptions"
)

// Handed is a service that changes hands (Migrar para Outro Cliente), on a page of its wizard.
type Handed struct {
	*ent.Subscription
	Plan    *ent.Plan
	From    *ent.Customer            // who holds it
	At      *ent.Address             // where it is installed, or nil; read with the money
	To      *ent.Customer            // who takes it over; nil: nobody chosen yet, or a new customer
	Found   []*ent.Customer          // what the search came to
	Known   *ent.Customer            // who has the document of a new customer already, or nil
	Needs   bool                     // a manager's reason: it is suspended, or owed for past the day
	Refused error                    // why it cannot be done as it stands, or nil
	Preview *billing.TransferPreview // what it does to money, done today; nil before that can be said
}

// transfer saves a transfer: to the customer named or to the one added with it, at once, or to wait for what both accept. It returns the
// faults of subscriptions.MayTransfer and HandOver, Invalid for what the choices of the moment refuse and for a taker who holds it already,
// Conflict customer_inactive, and NotFound.
func (d Desk) transfer(ctx context.Context, c *ent.Client, s Sale, shown string) (*Sold, error) {
	if err := c.Subscription.Update().Where(subscription.ID(s.Handed)).AddNumber(0).Exec(ctx); err != nil { // who transfers it too waits
		return nil, err
	}
	sub, err := c.Subscription.Get(ctx, s.Handed)
	if err != nil {
		return nil, found(err)
	}
	if err := subscriptions.MayTransfer(ctx, c, d.DB.Today(ctx), sub, s.Override); err != nil {
		return nil, err
	}
	s.Plan = sub.PlanID
	for _, check := range []func() error{
		func() error { return checkContract(ctx, c, s) },
		func() error { _, err := checkBilling(ctx, c, s); return err },
	} {
		if err := check(); err != nil {
			return nil, err
		}
	}
	if s.Holder != uuid.Nil {
		if err := checkTaker(ctx, c, s); err != nil {
			return nil, err
		}
	}
	to, err := d.buyer(ctx, c, s)
	if err != nil {
		return nil, err
	}
	row, err := d.asked(ctx, c, s, sub, to)
	if err != nil {
		return nil, err
	}
	if s.Waits {
		if err := (subscriptions.Desk{DB: d.DB}).AskBoth(ctx, c, row); err != nil {
			return nil, err
		}
		return &Sold{to, sub}, customers.Index(ctx, c, to.ID)
	}
	if _, err := (subscriptions.Desk{DB: d.DB}).HandOver(ctx, c, row, shown); err != nil {
		return nil, err
	}
	sub, err = c.Subscription.Get(ctx, sub.ID)
	return &Sold{to, sub}, err
}

// asked writes a transfer as it was asked for, with the addresses of who takes the service over.
func (d Desk) asked(ctx context.Context, c *ent.Client, s Sale, sub *ent.Subscription, to *ent.Customer) (*ent.Transfer, error) {
	create := c.Transfer.Create().SetSubscriptionID(sub.ID).SetFromID(sub.CustomerID).SetToID(to.ID).SetMethodID(s.Method).SetDueDay(s.DueDay).SetMode(transfer.Mode(s.Mode)).
		SetBooklet(s.Booklet).SetSeparateInvoice(s.SeparateBill).SetSeparateNote(s.SeparateNote).SetOverrideReason(s.Override).SetRequestedAt(d.DB.Now())
	if s.Template != uuid.Nil {
		create.SetTemplateID(s.Template)
	}
	if s.Holder != uuid.Nil {
		known, err := addressesOf(ctx, c, to.ID)
		if err != nil {
			return nil, err
		}
		if len(known) > 0 {
			create.SetAddressID(known[0].ID)
		}
		return create.Save(ctx)
	}
	delete(s.Places, subscriptionaddress.RoleInstalacao) // it is installed where it is
	at, err := s.settle(ctx, c, to.ID)
	if err != nil {
		return nil, err
	}
	create.SetAddressID(at[subscriptionaddress.RoleCadastral].ID).SetBillingAddressID(at[subscriptionaddress.RoleCobranca].ID).SetFiscalAddressID(at[subscriptionaddress.RoleFiscal].ID)
	return create.Save(ctx)
}

// checkTaker refuses who cannot take a service over: the holder, and one who was deactivated.
func checkTaker(ctx context.Context, c *ent.Client, s Sale) error {
	if _, err := holder(ctx, c, s.Holder); err != nil {
		return err
	}
	sub, err := c.Subscription.Get(ctx, s.Handed)
	if err != nil {
		return found(err)
	}
	if sub.CustomerID == s.Holder {
		return tenants.Invalid("titular", "same_holder")
	}
	return nil
}

// checkTransfer refuses a service that cannot change hands.
func (d Desk) checkTransfer(ctx context.Context, c *ent.Client, s Sale) error {
	sub, err := c.Subscription.Get(ctx, s.Handed)
	if err != nil {
		return found(err)
	}
	return subscriptions.MayTransfer(ctx, c, d.DB.Today(ctx), sub, s.Override)
}

// filledHanded answers what nobody has answered yet of a transfer with what the service has.
func filledHanded(ctx context.Context, c *ent.Client, w Wizard, of uuid.UUID, typed tenants.Typed) (tenants.Typed, error) {
	if !w.HandsOver() {
		return typed, nil
	}
	sub, err := c.Subscription.Get(ctx, of)
	if err != nil {
		return nil, found(err)
	}
	all := maps.Clone(typed)
	(&Handed{Subscription: sub}).Fill(all)
	return all, nil
}

// Fill answers what nobody has answered yet with what the service has: its plan, and how it is billed. What is left of an installation fee
// stays with who holds it.
func (h *Handed) Fill(t tenants.Typed) {
	clone(t, h.Subscription, nil)
	t[handedField], t["plano"], t["taxa"] = h.ID.String(), h.PlanID.String(), string(subscription.FeeChoiceNone)
	for _, gone := range []string{"taxa_valor", "taxa_parcelas"} {
		delete(t, gone)
	}
}

// meetHanded reads the service that changes hands and who holds it.
func (top *Desktop) meetHanded(ctx context.Context, c *ent.Client, of uuid.UUID) error {
	sub, err := c.Subscription.Get(ctx, of)
	if err != nil {
		return found(err)
	}
	h := &Handed{Subscription: sub}
	if h.From, err = c.Customer.Get(ctx, sub.CustomerID); err != nil {
		return err
	}
	if h.Plan = planOf(top.Choices, sub.PlanID); h.Plan == nil { // it is sold no more
		if h.Plan, err = c.Plan.Get(ctx, sub.PlanID); err != nil {
			return err
		}
	}
	top.Handed, top.Plan = h, h.Plan
	return nil
}

// mostTakers is how many customers a search for who takes a service over shows.
const mostTakers = 8

// reckonTransfer finds who is looked for, and says what the transfer comes to, with the very function that will post it.
func (d Desk) reckonTransfer(ctx context.Context, c *ent.Client, top *Desktop, answers tenants.Typed) error {
	h, s, today := top.Handed, top.Sale, d.DB.Today(ctx)
	owed, err := billing.OverdueOf(ctx, c, today, h.Subscription)
	if err != nil {
		return err
	}
	h.Needs = owed > 0 || status.InDebt(h.Status) || h.Status == status.Paused
	if h.Refused = subscriptions.MayTransfer(ctx, c, today, h.Subscription, s.Override); h.Refused != nil && tenants.FaultOf(h.Refused) == nil {
		return h.Refused
	}
	if query := strings.TrimSpace(answers["busca_titular"]); query != "" {
		if h.Found, err = customers.Search(ctx, c, query, mostTakers); err != nil {
			return err
		}
	}
	if s.Holder == uuid.Nil && s.Customer.Document != "" {
		if h.Known, err = customers.Taken(ctx, c, s.Customer.Document); err != nil {
			return err
		}
	}
	if s.Holder != uuid.Nil {
		if h.To, err = c.Customer.Get(ctx, s.Holder); err != nil {
			return found(err)
		}
		if top.Overdue, err = billing.Overdue(ctx, c, today, h.To.ID); err != nil {
			return err
		}
	}
	early := s.Holder == uuid.Nil // on a first look the money can wait until there is somebody
	if top.Wizard.Kind == TransferNew.Kind {
		early = top.Draft.Step < top.Wizard.Last()
	}
	if early || s.Method == uuid.Nil || s.DueDay < 1 || !money.Mode(s.Mode).Valid() {
		return nil
	}
	if h.At, err = customers.AddressOf(ctx, c, h.ID, subscriptionaddress.RoleInstalacao); err != nil {
		return err
	}
	to := billing.HeldBy(h.Subscription, s.Holder, s.Method, s.DueDay, s.Mode, s.Booklet, s.SeparateBill)
	h.Preview, err = billing.Desk{DB: d.DB}.PreviewTransfer(ctx, c, billing.Handing{From: h.Subscription, To: to})
	if tenants.FaultOf(err) != nil { // the page says so when it is sent
		if h.Preview = nil; h.Refused == nil {
			h.Refused = err
		}
		return nil
	}
	return err
}
