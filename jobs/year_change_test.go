package jobs

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/customer"
	"enlace/ent/invoice"
	"enlace/ent/transfer"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
	"enlace/tenants/numbers"
	"enlace/tenants/sales"
	state "enlace/tenants/status"
	"enlace/tenants/subscriptions"
)

// migrate walks the wizard of a plan change (Migrar para Outro Serviço), done at once or left waiting for its Habilitar.
func (y *year) migrate(one *tale, immediate bool) error {
	to := y.plans[y.random.IntN(len(y.plans))]
	all := tenants.Typed{"plano": to.ID.String(), "carne_aberto": []string{"reprice", "reissue", "keep"}[y.random.IntN(3)]}
	if immediate {
		all["imediata"] = "true"
	}
	desk, walk := sales.Desk{DB: y.DB}, sales.Progress{Wizard: sales.Migrate, Holder: one.sub}
	if _, err := desk.Desktop(y.boss, sales.Migrate, one.sub, uuid.Nil, func(top *sales.Desktop) tenants.Typed {
		top.Clone(all)
		y.otherTerms(all)
		return all
	}); err != nil {
		return err
	}
	if err := y.walk(&walk, all); err != nil {
		return err
	}
	top, err := desk.Desktop(y.boss, sales.Migrate, one.sub, walk.Draft, nil)
	if err != nil {
		return err
	}
	before := one.asNow()
	made, err := desk.Finish(y.boss, walk)
	if err != nil {
		return err
	}
	if one.waits = made.Subscription.ID; immediate {
		one.follows(y.today(), top.Migration, y.stands(made.Subscription.ID), top.From.BilledUntil)
		one.backTo = before
	}
	return nil
}

// otherTerms has what is sold be due on another day, be paid from the other side of its months, or by carnê or no more by carnê, now and then.
func (y *year) otherTerms(all tenants.Typed) {
	if y.random.IntN(3) == 0 {
		all["dia_vencimento"] = y.dueDay()
	}
	if y.random.IntN(4) == 0 {
		all["tipo_cobranca"] = map[string]string{"antecipado": "postecipado", "postecipado": "antecipado"}[all["tipo_cobranca"]]
	}
	if y.random.IntN(6) == 0 {
		all["carne"] = map[string]string{"": "true", "true": ""}[all["carne"]]
	}
}

// walk goes through the pages of a wizard up to the last one, and keeps each.
func (y *year) walk(walk *sales.Progress, all tenants.Typed) error {
	for page := range walk.Wizard.Last() {
		walk.Page, walk.Typed = page+1, tenants.Typed{}
		for field, typed := range all {
			if walk.Wizard.PageOf(sales.StepOf(field)) == walk.Page && typed != "" {
				walk.Typed[field] = typed
			}
		}
		kept, err := sales.Desk{DB: y.DB}.SaveStep(y.boss, *walk)
		if err != nil {
			return err
		}
		walk.Draft, walk.Version = kept.ID, kept.Version
	}
	return nil
}

// takeOver is the Habilitar of a plan change that waits.
func (y *year) takeOver(one *tale) error {
	desk := subscriptions.Desk{DB: y.DB}
	waits, err := desk.Service(y.boss, one.waits)
	if err != nil {
		return err
	}
	m, err := desk.Migration(y.boss, waits)
	if err != nil {
		return err
	}
	if _, err := desk.Enable(y.boss, one.waits); err != nil {
		return err
	}
	one.follows(y.today(), m.Preview, y.stands(one.waits), m.From.BilledUntil)
	return nil
}

// stands is a service as it stands now.
func (y *year) stands(id uuid.UUID) (sub *ent.Subscription) {
	y.Read(func(ctx context.Context, c *ent.Client) error { sub = c.Subscription.GetX(ctx, id); return nil })
	return sub
}

// follows has another service go on with a life, at its price: from today, or, of a carnê that is left as it is, from the end of what it bills. Its due
// day counts from the end of what stays billed as it is. Under the contract that was there no week of regret begins.
func (one *tale) follows(today calendar.Date, preview *billing.MigrationPreview, to *ent.Subscription, billedUntil calendar.Date) {
	turns := later(to.BilledUntil, today)
	if one.sub, one.waits = to.ID, uuid.Nil; preview != nil {
		if fresh := preview.Fresh(); len(fresh) > 0 {
			turns = fresh[0].Lines[0].Period.From
		}
		if preview.Kept != nil {
			today = billedUntil
		}
	}
	one.costs(today, int64(to.Price))
	one.turns(turns, to.DueDay)
}

func (y *year) giveUp(one *tale) error {
	err := subscriptions.Desk{DB: y.DB}.GiveUp(y.boss, subscriptions.GivingUp{Subscription: one.waits, Reason: "desistiu da troca", Key: uuid.NewString()})
	if err == nil {
		one.waits = uuid.Nil
	}
	return err
}

// edit changes what an invoice asks for by an acréscimo or a desconto.
func (y *year) edit(one *tale) error {
	var open []*billing.Standing
	y.Read(func(ctx context.Context, c *ent.Client) (err error) {
		rows := c.Invoice.Query().Where(invoice.CustomerID(one.customer.ID), invoice.PaidAtIsNil(), invoice.CancelledAtIsNil(), invoice.DueLTE(y.today().AddDays(40))).Order(invoice.ByNumber()).AllX(ctx)
		open, err = billing.Standings(ctx, c, y.today(), rows...)
		return err
	})
	open = slices.DeleteFunc(open, func(s *billing.Standing) bool { // what is changed of a month to come ends with the service before it
		return slices.ContainsFunc(s.Charges, func(row *ent.Charge) bool { return row.PeriodFrom.After(y.today()) })
	})
	if len(open) == 0 {
		return errNothing
	}
	s := open[y.random.IntN(len(open))]
	to := max(1, s.Total+money.Cents(y.random.IntN(60_00)-30_00))
	in := billing.Edit{Invoice: s.Invoice.ID, Lines: []billing.EditLine{{Number: s.Invoice.Number, Due: s.Invoice.Due, Amount: to}}, Reason: "combinado com o cliente", Key: uuid.NewString()}
	if s.Invoice.BookletID != nil {
		in.Booklet = *s.Invoice.BookletID
	}
	err := billing.Desk{DB: y.DB}.EditInvoices(y.boss, in)
	if err == nil {
		one.other += int64(to - s.Total)
	}
	return err
}

// handable says that what a period comes to that a service is handed over in is known by this simulation: it runs, at one price since it began, and
// nothing is in the air.
func handable(one *tale) bool {
	since := one.today.DaysSince
	return running(one) && !waiting(one) && one.contest == nil && one.agreed == uuid.Nil && since(one.start) > 40 &&
		since(one.prices[len(one.prices)-1].day) > 40 && since(one.dues[len(one.dues)-1].from) > 40
}

// handOver has somebody new hold a service from today on (Troca de Titularidade), at the same price and by terms of his own: what remains
// of the period that runs is his, by subtraction (M6), and a life of his own begins.
func (y *year) handOver(one *tale) error {
	n := len(y.tales)
	until := one.due(y.today().AddDays(-1)) // on a due date no period is divided
	heir := &tale{life: life{start: y.today(), dues: slices.Clone(one.dues), real: one.real}, state: state.Enabled, temper: y.random.IntN(4)}
	heir.begun = later(one.start, one.life.before(one.due(y.today())))
	heir.costs(y.today(), one.prices[len(one.prices)-1].price)
	terms := tenants.Typed{"dia_vencimento": sales.TypedDueDay(one.now.DueDay), "tipo_cobranca": string(one.now.Mode)}
	if one.now.Booklet {
		terms["carne"] = "true"
	}
	y.otherTerms(terms)
	dueDay := terms.Int(&tenants.Fields{}, "dia_vencimento", 1, calendar.LastDay)
	if terms["dia_vencimento"] == sales.LastDue {
		dueDay = calendar.LastDay
	}
	err := y.DB.Write(y.boss, func(ctx context.Context, c *ent.Client) error {
		number, err := numbers.Next(ctx, c, numbers.Customer)
		if err != nil {
			return err
		}
		heir.customer = c.Customer.Create().SetNumber(number).SetKind(customer.KindPf).SetName(fmt.Sprintf("Herdeiro da Silva %d", n)).SetDocument(someCPF(n)).SaveX(ctx)
		sub := c.Subscription.GetX(ctx, one.sub)
		row := c.Transfer.Create().SetSubscriptionID(sub.ID).SetFromID(sub.CustomerID).SetToID(heir.customer.ID).SetMethodID(sub.MethodID).SetDueDay(dueDay).
			SetMode(transfer.Mode(terms["tipo_cobranca"])).SetBooklet(terms["carne"] != "").SetSeparateInvoice(sub.SeparateInvoice).SetOverrideReason("o gerente deixou").SetRequestedAt(y.DB.Now()).SaveX(ctx)
		if _, err := (subscriptions.Desk{DB: y.DB}).HandOver(ctx, c, row, ""); err != nil {
			return err
		}
		heir.first = c.Subscription.GetX(ctx, one.sub)
		return nil
	})
	if err != nil {
		return err
	}
	heir.now, heir.sub, heir.today = heir.first, one.sub, one.today
	heir.turns(until, dueDay)
	one.ends, one.state, one.gone = y.today(), state.Cancelled, true
	y.tales, y.byID[heir.customer.ID] = append(y.tales, heir), heir
	return nil
}

// asNow is a tale as it stands, to be told on from there.
func (one *tale) asNow() *tale {
	was := *one
	was.prices, was.trust, was.backTo = slices.Clone(one.prices), slices.Clone(one.trust), nil
	return &was
}

// undo takes back what was done last, on the same day (Desfazer): the tale goes on as if it had not been.
func (y *year) undo(one *tale) error {
	err := subscriptions.Desk{DB: y.DB}.Undo(y.boss, subscriptions.Undo{Subscription: one.sub, Reason: "engano do atendente", Key: uuid.NewString()})
	if err == nil {
		*one = *one.backTo
	}
	return err
}
