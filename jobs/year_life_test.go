package jobs

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/agreementinstalment"
	"enlace/ent/cancellation"
	"enlace/ent/charge"
	"enlace/ent/contest"
	"enlace/ent/invoice"
	"enlace/ent/payment"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/dunning"
	"enlace/tenants/money"
	state "enlace/tenants/status"
	"enlace/tenants/subscriptions"
)

// happening is something that may happen to a customer any day, one time in so many, while things stand so that it can. What the house refuses
// all the same is counted as refused.
type happening struct {
	what  string
	oneIn int
	when  func(*tale) bool
	do    func(*year, *tale) error
}

var (
	alive      = in(state.Enabled, state.Slowed, state.SuspendedDebt, state.Paused)
	running    = in(state.Enabled)
	migratable = func(one *tale) bool {
		return running(one) && (one.begun.IsZero() || one.today.DaysSince(one.start) > 40)
	} // what another held runs by itself at first
	cut    = in(state.SuspendedDebt, state.Slowed)
	paused = in(state.Paused)
)

var happenings = []happening{
	{"enabled", 12, in(state.WaitingInstallation), (*year).enable},
	{"trusted by staff", 8, cut, (*year).trust},
	{"trusted themselves", 8, cut, (*year).trustSelf},
	{"carnê renewed", 4, func(one *tale) bool {
		return running(one) && one.now.ID == one.sub && one.now.Booklet && !one.now.BilledUntil.After(one.today.AddDays(25))
	}, (*year).renew},
	{"spared", 400, alive, (*year).spare},
	{"cancelled", 500, alive, (*year).cancel},
	{"cancelled unused", 100, in(state.WaitingInstallation), (*year).cancel},
	{"surcharge or discount", 120, alive, (*year).event},
	{"contested", 200, alive, (*year).contest},
	{"contest answered", 10, func(one *tale) bool { return one.contest != nil }, (*year).answer},
	{"agreed", 25, alive, (*year).agree},
	{"agreement broken", 60, func(one *tale) bool { return one.agreed != uuid.Nil }, (*year).breakAgreement},
	{"payment taken back", 300, alive, (*year).takeBack},
	{"paused", 150, running, (*year).pause},
	{"returned early", 25, paused, (*year).comeBack},
	{"migrated at once", 250, migratable, func(y *year, one *tale) error { return y.migrate(one, true) }},
	{"migration asked", 300, migratable, func(y *year, one *tale) error { return y.migrate(one, false) }},
	{"migration done", 10, waiting, (*year).takeOver},
	{"migration given up", 90, waiting, (*year).giveUp},
	{"invoice edited", 100, alive, (*year).edit},
	{"handed over", 200, handable, (*year).handOver},
	{"another sold", 700, settled, (*year).sellAnother},
	{"come back", 40, func(one *tale) bool { return one.state == state.Cancelled && !one.gone }, (*year).reactivate},
	{"undone", 2, func(one *tale) bool { return one.backTo != nil }, (*year).undo},
}

func waiting(one *tale) bool { return one.waits != uuid.Nil }

// enable connects what was sold (Habilitar); who pays by carnê gets one of a few instalments.
func (y *year) enable(one *tale) error {
	if _, err := (subscriptions.Desk{DB: y.DB}).Enable(y.boss, one.sub); err != nil {
		return err
	}
	one.start, one.regrets, one.state = y.today(), y.today(), state.Enabled
	one.costs(y.today(), one.price)
	if !one.first.Booklet {
		return nil
	}
	return y.carne(one, y.today(), one.due(y.today()))
}

// renew issues the carnê that follows one, from the end of what is billed.
func (y *year) renew(one *tale) error {
	from := one.now.BilledUntil
	if from.IsZero() {
		from = one.start
	}
	first, falls := from, one.dues[len(one.dues)-1].fallsOn
	if one.now.Mode == "postecipado" {
		first = from.AddDays(1)
	}
	for !falls(first) || first.Before(y.today()) {
		first = first.AddDays(1)
	}
	return y.carne(one, from, first)
}

func (y *year) carne(one *tale, from, first calendar.Date) error {
	made := billing.NewBooklet{Customer: one.customer.ID, Subscription: one.sub, Start: from, FirstDue: first, Instalments: 3 + y.random.IntN(10), Key: uuid.NewString()}
	_, err := billing.Desk{DB: y.DB}.IssueBooklet(y.boss, made)
	return err
}

// trust gives access back on trust for some days.
func (y *year) trust(one *tale) error {
	until, before := y.today().AddDays(y.random.IntN(6)), one.asNow()
	_, err := subscriptions.Desk{DB: y.DB}.TrustUnblock(y.boss, subscriptions.Unblock{Subscription: one.sub, Until: until, Reason: "prometeu pagar"})
	if err == nil {
		one.trust = append(one.trust, stretch{y.today(), until.AddDays(1)}) // it ends at 08:00 of the day after
		one.backTo = before
	}
	return err
}

// trustSelf is the customer's own unblock, by the bot, of all that is cut: 24 hours, moved forward into 08:00 to 18:00.
func (y *year) trustSelf(one *tale) error {
	done, err := subscriptions.Desk{DB: y.DB}.TrustUnblockSelf(y.Subscriber(one.customer))
	if err != nil {
		return err
	}
	for _, other := range y.tales {
		if slices.ContainsFunc(done.Services, func(sub *ent.Subscription) bool { return sub.ID == other.sub }) && !other.gone {
			other.trust = append(other.trust, stretch{y.today(), y.Here.Today(done.Until)})
		}
	}
	return nil
}

// spare keeps a service from being cut until a day.
func (y *year) spare(one *tale) error {
	until := y.today().AddDays(1 + y.random.IntN(40))
	err := dunning.Desk{DB: y.DB}.Spare(y.boss, dunning.Mercy{Subscription: one.sub, Until: until, Reason: "doença na família"})
	if err == nil {
		one.spared, one.sparedOn = until, y.today()
	}
	return err
}

func (y *year) pause(one *tale) error {
	until := y.today().AddDays(5 + y.random.IntN(116))
	_, err := subscriptions.Desk{DB: y.DB}.Pause(y.boss, subscriptions.Pause{Subscription: one.sub, Until: until, Reason: "viagem longa", Key: uuid.NewString()})
	if err == nil {
		one.returns = until
	}
	return err
}

func (y *year) comeBack(one *tale) error {
	_, err := subscriptions.Desk{DB: y.DB}.Return(y.boss, subscriptions.Return{Subscription: one.sub, Key: uuid.NewString()})
	return err
}

// cancel ends a service: the days up to today are owed, and what its loyalty costs.
func (y *year) cancel(one *tale) error {
	in := subscriptions.Cancel{Subscription: one.sub, Reason: cancellation.ReasonPreco, Note: "achou mais barato", Key: uuid.NewString()}
	if y.random.IntN(4) == 0 || !one.begun.IsZero() { // who took a service over is bound by no loyalty of another's
		in.Reason = cancellation.ReasonQualidade
	}
	before := one.asNow()
	if _, err := (subscriptions.Desk{DB: y.DB}).Cancel(y.boss, in); err != nil {
		return err
	}
	one.ends, one.backTo = y.today(), before
	if regrets := one.ends.DaysSince(one.regrets) <= 7; in.Reason == cancellation.ReasonPreco && !regrets && !one.start.IsZero() {
		one.other += penalty(one.benefit, one.first.SoldOn, calendar.AddMonths(one.first.SoldOn, 12, one.first.SoldOn.Day()), one.ends)
	}
	return nil
}

// event is a surcharge in up to three parts, or a discount.
func (y *year) event(one *tale) error {
	in := billing.NewEvent{Customer: one.customer.ID, Subscription: one.sub, Discount: y.random.IntN(2) == 0, Description: "Ajuste", Value: money.Cents(1_00 + y.random.IntN(9_00)), Parts: 1,
		From: y.today(), Key: uuid.NewString()}
	amount := -int64(in.Value)
	if !in.Discount {
		in.Parts, amount = 1+y.random.IntN(3), int64(in.Value)
	}
	_, err := billing.Desk{DB: y.DB}.AddEvent(y.boss, in)
	if err == nil {
		one.other += amount
	}
	return err
}

// contest contests an open surcharge of the service.
func (y *year) contest(one *tale) error {
	var rows []*ent.Charge
	y.Read(func(ctx context.Context, c *ent.Client) error {
		rows = c.Charge.Query().Where(charge.SubscriptionID(one.sub), charge.CustomerID(one.customer.ID), charge.KindEQ(charge.KindEvent), charge.AmountGT(0), charge.Settled(0), charge.ClosedAtIsNil(),
			charge.CancelledAtIsNil(), charge.ContestedAtIsNil(), charge.DueLT(y.today().AddDays(10))).Order(charge.ByNumber()).AllX(ctx)
		return nil
	})
	if len(rows) == 0 || one.contest != nil {
		return errNothing
	}
	row := rows[y.random.IntN(len(rows))]
	id, err := billing.Desk{DB: y.DB}.Contest(y.boss, billing.NewContest{Charge: row.ID, Channel: contest.ChannelPhone, Reason: "não reconhece", Key: uuid.NewString()})
	if err == nil {
		one.contest = &contested{id, row}
	}
	return err
}

// contested is a contest that waits for its answer.
type contested struct {
	id  uuid.UUID
	row *ent.Charge
}

// answer finds a contest right or wrong.
func (y *year) answer(one *tale) error {
	in := billing.Answer{Contest: one.contest.id, Upheld: y.random.IntN(2) == 0, Reason: "conferido no sistema", Due: y.today().AddDays(5 + y.random.IntN(20)),
		Key: uuid.NewString()}
	err := billing.Desk{DB: y.DB}.AnswerContest(y.boss, in)
	if err == nil && in.Upheld {
		one.other -= int64(one.contest.row.Amount)
	}
	if err == nil || tenants.FaultOf(err) != nil {
		one.contest = nil
	}
	return err
}

// agree takes all that is overdue of invoices into an agreement in a few parts.
func (y *year) agree(one *tale) error {
	in := billing.NewAgreement{Customer: one.customer.ID, Instalments: 1 + y.random.IntN(4), FirstDue: y.today().AddDays(1 + y.random.IntN(20)), Key: uuid.NewString()}
	y.Read(func(ctx context.Context, c *ent.Client) error {
		open := c.Invoice.Query().Where(invoice.CustomerID(one.customer.ID), invoice.PaidAtIsNil(), invoice.CancelledAtIsNil(), invoice.DueLT(y.today())).AllX(ctx)
		all, err := billing.Standings(ctx, c, y.today(), open...)
		for _, s := range all {
			agreed := c.AgreementInstalment.Query().Where(agreementinstalment.InvoiceID(s.Invoice.ID)).ExistX(ctx)
			if s.Status == billing.InvoiceOverdue && !agreed {
				in.Debts = append(in.Debts, s.Invoice.ID)
			}
		}
		return err
	})
	if len(in.Debts) == 0 {
		return errNothing
	}
	made, err := billing.Desk{DB: y.DB}.Agree(y.boss, in)
	if err == nil {
		one.agreed = made
	}
	return err
}

func (y *year) breakAgreement(one *tale) error {
	err := billing.Desk{DB: y.DB}.CancelAgreement(y.boss, billing.Cancelling{ID: one.agreed, Reason: "não cumpriu o acordo", Key: uuid.NewString()})
	one.agreed = uuid.Nil
	return err
}

// takeBack takes the last payment at the counter back (estorno); what it paid will be paid anew.
func (y *year) takeBack(one *tale) error {
	var last *ent.Payment
	y.Read(func(ctx context.Context, c *ent.Client) (err error) {
		last, err = c.Payment.Query().Where(payment.CustomerID(one.customer.ID), payment.SourceIn(payment.SourceCounter, payment.SourceBoleto), payment.AmountGT(0)).Order(ent.Desc(payment.FieldReceivedAt)).First(ctx)
		if ent.IsNotFound(err) {
			err = nil
		}
		return err
	})
	if last == nil {
		return errNothing
	}
	_, err := billing.Desk{DB: y.DB}.ReversePayment(y.boss, billing.Takeback{Payment: last.ID, Reason: "baixa no cliente errado", Key: uuid.NewString()})
	if err == nil && last.InvoiceID != nil {
		y.purse[*last.InvoiceID] = promise{y.today().AddDays(1 + y.random.IntN(40)), atCounter}
	}
	return err
}
