package sales

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/plan"
	"enlace/ent/subscription"
	"enlace/ent/subscriptionaddress"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/catalog"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// Line is one amount of a sale and why it is that.
type Line struct {
	What, Memo string
	Amount     money.Cents
}

// Desktop is what a page of a wizard is shown with: the choices, the draft, and what the sale comes to so far.
type Desktop struct {
	Wizard    Wizard
	Draft     *ent.Draft
	Choices   catalog.SaleChoices
	Holder    *ent.Customer  // of Adicionar Serviços
	Addresses []*ent.Address // the holder's, the main one first
	Overdue   money.Cents    // what the holder owes past its day
	town      town           // where the service will be, as far as it is known
	Sale      Sale           // as far as it can be read
	Plan      *ent.Plan      // the one chosen, or nil
	Lines     []Line         // of a month
	Total     money.Cents    // of them, after the discount
	First     First

	// Of Migrar para Outro Serviço alone.
	From      *ent.Subscription
	FromPlan  *ent.Plan
	Contract  string                    // number of the one in force of From; "": none is
	Migration *billing.MigrationPreview // what it does to money, done today; nil before that can be said
	Refused   error                     // why From cannot be migrated as it stands, or nil
	Seller    *ent.Seller               // who sold it, or nil
	places    map[subscriptionaddress.Role]*ent.Address

	Handed *Handed // of Migrar para Outro Cliente alone
}

// Desktop reads what a page is shown with. It returns NotFound for a draft that is not the clerk's or a customer who is not the ISP's, and
// Conflict customer_inactive. The sale is reckoned from what typed answers, once the choices are known; without it from the draft.
func (d Desk) Desktop(ctx context.Context, w Wizard, of, id uuid.UUID, typed func(*Desktop) tenants.Typed) (top *Desktop, err error) {
	return top, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Sell); err != nil {
			return err
		}
		top = &Desktop{Wizard: w}
		if top.Draft, err = d.draft(ctx, c, w, of, id); err != nil {
			return err
		}
		if top.Choices, err = catalog.ForSale(ctx, c); err != nil {
			return err
		}
		switch {
		case w.Kind == Migrate.Kind:
			err = top.meetService(ctx, c, of)
		case w.HandsOver():
			err = top.meetHanded(ctx, c, of)
		case of != uuid.Nil:
			err = top.meet(ctx, c, d.DB.Today(ctx), of)
		}
		if err != nil {
			return err
		}
		isp, _ := tenants.From(ctx)
		answers := maps.Clone(tenants.Typed(top.Draft.Data))
		if typed != nil {
			answers = typed(top)
		}
		if top.From != nil {
			top.Clone(answers)
		}
		if top.Handed != nil {
			top.Handed.Fill(answers)
		}
		_, wrong := read(answers, every, d.DB.Today(ctx), isp.Zone)
		for field := range wrong {
			delete(answers, field) // what cannot be read yet is not answered yet
		}
		top.Sale, _ = read(answers, every, d.DB.Today(ctx), isp.Zone)
		if top.Handed != nil {
			return d.reckonTransfer(ctx, c, top, answers)
		}
		if top.From != nil {
			return d.reckonMigration(ctx, c, top, answers)
		}
		return top.reckon(ctx, c, top.Sale, d.DB.Today(ctx))
	})
}

// meet reads the customer to whom a service is sold, where they live, and what they owe.
func (top *Desktop) meet(ctx context.Context, c *ent.Client, today calendar.Date, of uuid.UUID) (err error) {
	if top.Holder, err = holder(ctx, c, of); err != nil {
		return err
	}
	if top.Addresses, err = addressesOf(ctx, c, of); err != nil {
		return err
	}
	if len(top.Addresses) > 0 {
		top.town = townOf(top.Addresses[0])
	}
	top.Overdue, err = billing.Overdue(ctx, c, today, of)
	return err
}

// Sold says whether a plan can be sold where the service will be.
func (top *Desktop) Sold(p *ent.Plan) bool { return top.town == town{} || soldIn(p, top.town) }

// reckon says what the sale comes to, with the very functions that will bill it.
func (top *Desktop) reckon(ctx context.Context, c *ent.Client, s Sale, today calendar.Date) error {
	in, err := s.town(ctx, c)
	if err != nil && tenants.FaultOf(err) == nil {
		return err
	}
	if in != (town{}) {
		top.town = in
	}
	top.Plan, err = c.Plan.Query().Where(plan.ID(s.Plan)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil
	} else if err != nil {
		return err
	}
	policy, err := catalog.Policy(ctx, c)
	if err != nil {
		return err
	}
	price := s.PriceOf(top.Plan)
	top.Total = price.Of(0)
	top.Lines = append(top.Lines, Line{top.Plan.Name, "mensalidade contratada", price.Contracted})
	if off := top.Total - price.Contracted; off != 0 {
		top.Lines = append(top.Lines, Line{"Desconto", s.discountMemo(), off})
	}
	top.First = s.firstInvoice(price, today, money.Base(policy.ProrationBase))
	return nil
}

// discountMemo says how a discount came about and how long it holds.
func (s Sale) discountMemo() string {
	var how []string
	if s.DiscountFixed > 0 {
		how = append(how, s.DiscountFixed.BRL())
	}
	if s.DiscountPercent > 0 {
		how = append(how, money.Cents(s.DiscountPercent).String()+" %")
	}
	long := "em todas as mensalidades"
	if s.DiscountMonths > 0 {
		long = fmt.Sprintf("nas primeiras %d mensalidades inteiras", s.DiscountMonths)
	}
	return strings.Join(how, " e depois ") + ", " + long
}

// soonest is how many days the first due date of the preview is away from the first day of use at least (product.md §9).
const soonest = 5

// First is the first monthly invoice as it would be if the service were enabled on Start, the day of the visit or today.
type First struct {
	Start, Due calendar.Date // no dates before due day and mode are known
	Lines      []Line
	Total      money.Cents
}

// firstInvoice reckons it, with the part of an installation fee that rides on it.
func (s Sale) firstInvoice(price money.Price, today calendar.Date, base money.Base) (first First) {
	if s.DueDay < 1 || !money.Mode(s.Mode).Valid() {
		return first
	}
	start := today
	if s.Visit != nil && s.Visit.Day.After(today) {
		start = s.Visit.Day
	}
	due := calendar.NextDue(start, s.DueDay)
	for due.Before(start.AddDays(soonest)) {
		due = calendar.NextDue(due, s.DueDay)
	}
	schedule, err := money.Schedule(money.Terms{Price: price, Start: start, FirstDue: due, DueDay: s.DueDay, Instalments: 1, Mode: money.Mode(s.Mode), Base: base})
	if err != nil {
		return first // the step says what is wrong with it
	}
	first = First{Start: start, Due: due, Total: schedule[0].Total()}
	for _, line := range schedule[0].Lines {
		first.Lines = append(first.Lines, Line{fmt.Sprintf("De %s a %s", line.Period.From.DayMonth(), line.Period.To.DayMonth()), line.Memo, line.Amount})
	}
	if s.FeeChoice == subscription.FeeChoiceFirstInvoices {
		if parts, err := money.Parts(s.Fee, max(1, s.FeeParts)); err == nil {
			memo := "inteira"
			if len(parts) > 1 {
				memo = fmt.Sprintf("parcela 1 de %d, uma em cada mensalidade; ao todo R$ %s", len(parts), s.Fee)
			}
			first.Lines, first.Total = append(first.Lines, Line{"Taxa de Instalação", memo, parts[0]}), first.Total+parts[0]
		}
	}
	return first
}
