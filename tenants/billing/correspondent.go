package billing

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/correspondent"
	"enlace/ent/handover"
	"enlace/ent/ledgerentry"
	"enlace/ent/payment"
	"enlace/ent/predicate"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/history"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// Holding is a correspondente with what it took for the ISP and what it handed over.
type Holding struct {
	*ent.Correspondent
	Took       money.Cents // in the period, less what was taken back
	Payments   int
	Handed     money.Cents // in the period
	Kept       money.Cents // its commission, in the period
	Holds      money.Cents // now, of all times: taken, not handed over and not its own
	Commission money.Cents // that falls on what it holds, cut to the cent
}

// Holdings lists the correspondentes by name, those withdrawn that have money or moved some among them. from and to are both of the period.
// Denied without ReportFinance.
func (d Desk) Holdings(ctx context.Context, from, to calendar.Date) (all []*Holding, err error) {
	return all, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.ReportFinance); err != nil {
			return err
		}
		all, err = holdings(ctx, c, from, to)
		return err
	})
}

func holdings(ctx context.Context, c *ent.Client, from, to calendar.Date, which ...predicate.Correspondent) (all []*Holding, err error) {
	rows, err := c.Correspondent.Query().Where(which...).Order(correspondent.ByName()).All(ctx)
	if err != nil {
		return nil, err
	}
	byID := map[uuid.UUID]*Holding{}
	for _, row := range rows {
		byID[row.ID] = &Holding{Correspondent: row}
		all = append(all, byID[row.ID])
	}
	type sum struct {
		ID         uuid.UUID   `json:"correspondent_id"`
		Amount     money.Cents `json:"amount"`
		Commission money.Cents `json:"commission"`
		Count      int         `json:"count"`
	}
	took := func(within ...predicate.Payment) (sums []sum, err error) {
		return sums, c.Payment.Query().Where(append(within, payment.CorrespondentIDNotNil())...).GroupBy(payment.FieldCorrespondentID).
			Aggregate(ent.As(ent.Sum(payment.FieldAmount), "amount"), ent.As(ent.Count(), "count")).Scan(ctx, &sums)
	}
	handed := func(within ...predicate.Handover) (sums []sum, err error) {
		return sums, c.Handover.Query().Where(within...).GroupBy(handover.FieldCorrespondentID).
			Aggregate(ent.As(ent.Sum(handover.FieldAmount), "amount"), ent.As(ent.Sum(handover.FieldCommission), "commission")).Scan(ctx, &sums)
	}
	add := func(sums []sum, err error, to func(*Holding, sum)) error {
		for _, one := range sums {
			if h := byID[one.ID]; h != nil {
				to(h, one)
			}
		}
		return err
	}
	sums, err := took()
	if err := add(sums, err, func(h *Holding, s sum) { h.Holds += s.Amount }); err != nil {
		return nil, err
	}
	sums, err = handed()
	if err := add(sums, err, func(h *Holding, s sum) { h.Holds -= s.Amount + s.Commission }); err != nil {
		return nil, err
	}
	sums, err = took(payment.PaidOnGTE(from), payment.PaidOnLTE(to))
	if err := add(sums, err, func(h *Holding, s sum) { h.Took, h.Payments = s.Amount, s.Count }); err != nil {
		return nil, err
	}
	sums, err = handed(handover.DayGTE(from), handover.DayLTE(to))
	if err := add(sums, err, func(h *Holding, s sum) { h.Handed, h.Kept = s.Amount, s.Commission }); err != nil {
		return nil, err
	}
	for _, h := range all {
		h.Commission = max(0, h.Holds*money.Cents(h.Correspondent.Commission)/100_00)
	}
	return all, nil
}

// Settled is one correspondente's settlement report: what it took and what it handed over, day by day.
type Settled struct {
	*Holding
	Took     []TillPayment // newest first
	Handed   []*ent.Handover
	From, To calendar.Date
}

// mostSettled is how many lines of each kind a report shows; its sums are of all.
const mostSettled = 500

// Settled reads one correspondente's report. It returns NotFound for one that is not the ISP's, and Denied without ReportFinance.
func (d Desk) Settled(ctx context.Context, id uuid.UUID, from, to calendar.Date) (one *Settled, err error) {
	return one, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.ReportFinance); err != nil {
			return err
		}
		found, err := holdings(ctx, c, from, to, correspondent.ID(id))
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return tenants.NotFound()
		}
		one = &Settled{Holding: found[0], From: from, To: to}
		rows, err := c.Payment.Query().Where(payment.CorrespondentID(id), payment.PaidOnGTE(from), payment.PaidOnLTE(to)).
			Order(ent.Desc(payment.FieldPaidOn, payment.FieldID)).Limit(mostSettled).All(ctx)
		if err != nil {
			return err
		}
		if one.Took, err = withCustomers(ctx, c, rows); err != nil {
			return err
		}
		one.Handed, err = c.Handover.Query().Where(handover.CorrespondentID(id), handover.DayGTE(from), handover.DayLTE(to)).
			Order(ent.Desc(handover.FieldDay, handover.FieldID)).Limit(mostSettled).All(ctx)
		return err
	})
}

// Repasse is money that a correspondente hands over.
type Repasse struct {
	Correspondent uuid.UUID
	Amount        money.Cents // that came in
	Commission    money.Cents // that it kept
	Form          payment.Form
	Day           calendar.Date
	Note          string
	Key           string // of the form
}

// ReadRepasse reads the form of a repasse.
func ReadRepasse(t tenants.Typed, of uuid.UUID, wrong *tenants.Fields) Repasse {
	return Repasse{Correspondent: of, Amount: t.Cents(wrong, "valor"), Commission: t.Cents(wrong, "comissao"), Form: ReadHand(tenants.Typed{"forma": t["forma"]}, wrong).Form,
		Day: t.RequiredDate(wrong, "dia"), Note: t.Text(wrong, "observacao"), Key: t.Required(wrong, "chave")}
}

// TakeRepasse enters what a correspondente handed over, and the commission it kept of it; in cash it goes into the caixa of who takes it. It
// returns Invalid for amounts that are nothing or more than the correspondente holds (over_held, naming it) and for a day to come, Denied
// without Receive, and NotFound. The same form sent twice is entered once.
func (d Desk) TakeRepasse(ctx context.Context, in Repasse) error {
	_, err := d.press(ctx, "repasse", in.Key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Receive); err != nil {
			return "", err
		}
		return "", d.post(ctx, c).repasse(ctx, in)
	})
	return err
}

func (p post) repasse(ctx context.Context, in Repasse) error {
	held, err := p.c.Correspondent.Update().Where(correspondent.ID(in.Correspondent)).AddVersion(1).Save(ctx)
	if err != nil {
		return err
	}
	if held == 0 {
		return tenants.NotFound()
	}
	found, err := holdings(ctx, p.c, p.today, p.today, correspondent.ID(in.Correspondent))
	if err != nil {
		return err
	}
	one := found[0]
	switch {
	case in.Amount <= 0:
		return tenants.Invalid("valor", "positive")
	case in.Commission < 0:
		return tenants.Invalid("comissao", "negative")
	case in.Amount+in.Commission > one.Holds:
		return tenants.Invalid("valor", "over_held").With("held", one.Holds.BRL())
	case in.Day.After(p.today):
		return tenants.Invalid("dia", "future")
	}
	create := p.c.Handover.Create().SetCorrespondentID(one.ID).SetAmount(in.Amount).SetCommission(in.Commission).SetForm(handover.Form(in.Form)).
		SetDay(in.Day).SetAt(p.now).SetNote(in.Note)
	if who := tenants.Who(ctx); who.Kind == tenants.User {
		create.SetUserID(who.ID)
	}
	if in.Form == payment.FormCash {
		till, _, err := p.till(ctx)
		if err != nil {
			return err
		}
		if till != nil {
			create.SetTillID(till.ID)
		}
	}
	if err := create.Exec(ctx); err != nil {
		return err
	}
	if err := p.ledger(ctx, handedOver(in, one.Name)); err != nil {
		return err
	}
	return history.Write(ctx, p.c, p.now, history.Entry{Subject: "correspondent", ID: one.ID, Event: "repasse_taken", Reason: in.Note,
		After: map[string]any{"name": one.Name, "amount": in.Amount, "commission": in.Commission.BRL()}})
}

// handedOver is a repasse in the ledger: the correspondente owes that much less.
func handedOver(in Repasse, name string) []entry {
	posting, memo := uuid.Must(uuid.NewV7()), "Repasse de "+name
	return []entry{
		{posting: posting, account: accountOfForm(in.Form), amount: in.Amount, memo: memo},
		{posting: posting, account: ledgerentry.AccountCommissions, amount: in.Commission, memo: memo},
		{posting: posting, account: ledgerentry.AccountCorrespondents, amount: -in.Amount - in.Commission, memo: memo},
	}
}
