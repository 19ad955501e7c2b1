package billing

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/handover"
	"enlace/ent/payment"
	"enlace/ent/till"
	"enlace/ent/tillentry"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/money"
	"enlace/tenants/numbers"
	"enlace/tenants/staff"
)

// The caixa of a person is opened with a float, takes what that person receives at the counter, gives what that person takes back, and is
// closed with what was counted. Nobody has to open one first: the first money of a person without an open caixa opens one with nothing in
// it, and the screen says so. One that was left open overnight goes on until it is closed. A closed one is final: what is found later is
// entered in the next.

// till is the open caixa of who receives, held until the end of the transaction so that its closing waits; nil for a job. opened says that it
// was opened for this.
func (p post) till(ctx context.Context) (row *ent.Till, opened bool, err error) {
	who := tenants.Who(ctx)
	if who.Kind != tenants.User {
		return nil, false, nil
	}
	if row, err = p.openTill(ctx, who.ID); err != nil || row != nil {
		return row, false, err
	}
	if opened, err = p.newTill(ctx, who.ID, 0); err != nil {
		return nil, false, err
	}
	row, err = p.openTill(ctx, who.ID)
	return row, opened, err
}

// openTill is the open caixa of a person, held; nil for none.
func (p post) openTill(ctx context.Context, of uuid.UUID) (*ent.Till, error) {
	held, err := p.c.Till.Update().Where(till.UserID(of), till.ClosedAtIsNil()).AddVersion(1).Save(ctx)
	if err != nil || held == 0 {
		return nil, err
	}
	return p.c.Till.Query().Where(till.UserID(of), till.ClosedAtIsNil()).Only(ctx)
}

// newTill opens a caixa; fresh is false when somebody opened the person's at this very moment.
func (p post) newTill(ctx context.Context, of uuid.UUID, float money.Cents) (fresh bool, err error) {
	number, err := numbers.Next(ctx, p.c, numbers.Till)
	if err != nil {
		return false, err
	}
	id := uuid.Must(uuid.NewV7())
	err = p.c.Till.Create().SetID(id).SetNumber(number).SetUserID(of).SetDay(p.today).SetOpening(float).SetOpenedAt(p.now).OnConflict().DoNothing().Exec(ctx)
	if tenants.WasThere(err) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	return true, history.Write(ctx, p.c, p.now, history.Entry{Subject: "till", ID: id, Event: "till_opened", After: map[string]any{"number": number, "amount": float}})
}

// TillOpening is a caixa to be opened.
type TillOpening struct {
	Float money.Cents // cash that is in it already
	Key   string      // of the form
}

// ReadTillOpening reads the form that opens a caixa.
func ReadTillOpening(t tenants.Typed, wrong *tenants.Fields) TillOpening {
	return TillOpening{Float: t.Cents(wrong, "fundo"), Key: t.Required(wrong, "chave")}
}

// OpenTill opens the caixa of who asks. It returns Invalid for less than nothing in it, Conflict till_open when one is open, and Denied without Receive.
func (d Desk) OpenTill(ctx context.Context, in TillOpening) error {
	if in.Float < 0 {
		return tenants.Invalid("fundo", "negative")
	}
	return d.atTill(ctx, "open_till", in.Key, in, func(ctx context.Context, p post) error {
		fresh, err := p.newTill(ctx, tenants.Who(ctx).ID, in.Float)
		if err == nil && !fresh {
			err = tenants.Conflict("till_open")
		}
		return err
	})
}

// TillMove is cash put into the open caixa (suprimento) or taken out of it (sangria).
type TillMove struct {
	Kind   tillentry.Kind
	Amount money.Cents // positive
	Reason string
	Key    string // of the form
}

// ReadTillMove reads the form of a suprimento or sangria.
func ReadTillMove(t tenants.Typed, wrong *tenants.Fields) TillMove {
	return TillMove{Kind: tillentry.Kind(t.Choice(wrong, "movimento", string(tillentry.KindWithdrawal), string(tillentry.KindSupply))),
		Amount: t.Cents(wrong, "valor"), Reason: t.Text(wrong, "motivo"), Key: t.Required(wrong, "chave")}
}

// MoveTill puts cash into the open caixa of who asks, or takes it out. It returns Invalid for an amount that is not positive, that is more
// than the cash there is, or for a reason too short, Conflict no_till, and Denied without Receive.
func (d Desk) MoveTill(ctx context.Context, in TillMove) error {
	if in.Amount <= 0 {
		return tenants.Invalid("valor", "positive")
	}
	if err := checkReason(in.Reason); err != nil {
		return err
	}
	return d.atTill(ctx, "move_till", in.Key, in, func(ctx context.Context, p post) error {
		row, err := p.openTill(ctx, tenants.Who(ctx).ID)
		if err != nil {
			return err
		}
		if row == nil {
			return tenants.Conflict("no_till")
		}
		amount, event := in.Amount, "till_supplied"
		if in.Kind == tillentry.KindWithdrawal {
			amount, event = -amount, "till_withdrawn"
			flow, err := flowOf(ctx, p.c, row)
			if err != nil {
				return err
			}
			if cash := flow.Expected[payment.FormCash]; in.Amount > cash {
				return tenants.Invalid("valor", "till_short").With("cash", cash.BRL())
			}
		}
		err = p.c.TillEntry.Create().SetTillID(row.ID).SetKind(in.Kind).SetAmount(amount).SetReason(in.Reason).SetAt(p.now).SetUserID(tenants.Who(ctx).ID).Exec(ctx)
		if err != nil {
			return err
		}
		return history.Write(ctx, p.c, p.now, history.Entry{Subject: "till", ID: row.ID, Event: event, Reason: in.Reason,
			After: map[string]any{"number": row.Number, "amount": in.Amount}})
	})
}

// atTill does something of a person's caixa once for each form.
func (d Desk) atTill(ctx context.Context, action, key string, in any, do func(context.Context, post) error) error {
	_, err := d.press(ctx, action, key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Receive); err != nil {
			return "", err
		}
		if tenants.Who(ctx).Kind != tenants.User { // a job has no drawer
			return "", tenants.Denied(string(staff.Receive))
		}
		return "", do(ctx, d.post(ctx, c))
	})
	return err
}

// Flow is what went through a caixa, by form: what came from customers less what was taken back, and what should be in it now.
type Flow struct {
	Came     map[payment.Form]money.Cents
	Counts   map[payment.Form]int // payments, those taken back among them
	Supplied money.Cents
	Withdrew money.Cents // positive
	Handed   money.Cents // by correspondentes, in cash
	Expected map[payment.Form]money.Cents
	Entries  []*ent.TillEntry // oldest first
}

// Forms are the forms that something moved in, and cash.
func (f *Flow) Forms() []payment.Form {
	return slices.DeleteFunc(slices.Clone(Forms), func(form payment.Form) bool {
		return form != payment.FormCash && f.Counts[form] == 0 && f.Expected[form] == 0
	})
}

// Seen says what stood on the screen when the money was counted.
func (f *Flow) Seen() string {
	var said []string
	for _, form := range slices.Sorted(maps.Keys(f.Expected)) {
		said = append(said, string(form)+"="+f.Expected[form].Decimal())
	}
	return strings.Join(said, "/")
}

// flowOf sums what went through a caixa.
func flowOf(ctx context.Context, c *ent.Client, row *ent.Till) (*Flow, error) {
	flows, err := flowsOf(ctx, c, row)
	return flows[row.ID], err
}

// flowsOf is flowOf of many, with the same few queries however many they are.
func flowsOf(ctx context.Context, c *ent.Client, rows ...*ent.Till) (map[uuid.UUID]*Flow, error) {
	flows, ids := map[uuid.UUID]*Flow{}, make([]uuid.UUID, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
		flows[row.ID] = &Flow{Came: map[payment.Form]money.Cents{}, Counts: map[payment.Form]int{}, Expected: map[payment.Form]money.Cents{payment.FormCash: row.Opening}}
	}
	var sums []struct {
		TillID uuid.UUID    `json:"till_id"`
		Form   payment.Form `json:"form"`
		Sum    money.Cents  `json:"sum"`
		Count  int          `json:"count"`
	}
	err := c.Payment.Query().Where(payment.TillIDIn(ids...)).GroupBy(payment.FieldTillID, payment.FieldForm).
		Aggregate(ent.As(ent.Sum(payment.FieldAmount), "sum"), ent.As(ent.Count(), "count")).Scan(ctx, &sums)
	if err != nil {
		return nil, err
	}
	for _, sum := range sums {
		f := flows[sum.TillID]
		f.Came[sum.Form], f.Counts[sum.Form] = sum.Sum, sum.Count
		f.Expected[sum.Form] += sum.Sum
	}
	entries, err := c.TillEntry.Query().Where(tillentry.TillIDIn(ids...)).Order(tillentry.ByAt()).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, one := range entries {
		f := flows[one.TillID]
		f.Entries = append(f.Entries, one)
		f.Expected[payment.FormCash] += one.Amount
		if one.Kind == tillentry.KindSupply {
			f.Supplied += one.Amount
		} else {
			f.Withdrew -= one.Amount
		}
	}
	handed, err := c.Handover.Query().Where(handover.TillIDIn(ids...)).All(ctx)
	for _, one := range handed {
		f := flows[*one.TillID]
		f.Handed += one.Amount
		f.Expected[payment.FormCash] += one.Amount
	}
	return flows, err
}
