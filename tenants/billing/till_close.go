package billing

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/ledgerentry"
	"enlace/ent/payment"
	"enlace/ent/till"
	"enlace/ent/tillcount"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// TillClosing is a caixa to be closed.
type TillClosing struct {
	Till    uuid.UUID
	Counted map[payment.Form]money.Cents // of every form that something moved in
	Reason  string                       // of a difference
	Shown   string                       // the Seen of the flow that was looked at; "": none was shown
	Key     string                       // of the form
}

// countField begins the names of the fields of what was counted; behind it stands the form.
const countField = "contado_"

// ReadTillClosing reads the form that closes a caixa. A form without a field was not asked for.
func ReadTillClosing(t tenants.Typed, id uuid.UUID, wrong *tenants.Fields) TillClosing {
	in := TillClosing{Till: id, Counted: map[payment.Form]money.Cents{}, Reason: t.Text(wrong, "motivo"), Shown: t.Text(wrong, "previa"), Key: t.Required(wrong, "chave")}
	for _, form := range Forms {
		field := countField + string(form)
		if _, asked := t[field]; asked {
			t.Required(wrong, field)
			if in.Counted[form] = t.Signed(wrong, field); form == payment.FormCash {
				in.Counted[form] = t.Cents(wrong, field)
			}
		}
	}
	return in
}

// CloseTill closes a caixa for good with what was counted. What is more or less than there should be is posted as a difference, with its
// reason; whoever closes sees each before it stands. Somebody else's is a manager's to close (Override). It returns Invalid for a form not
// counted or cash below zero, and for a difference without a reason (till_difference, naming it), Conflict till_closed and till_moved when money went in or out
// since it was shown, Denied, and NotFound.
func (d Desk) CloseTill(ctx context.Context, in TillClosing) error {
	return d.atTill(ctx, "close_till", in.Key, in, func(ctx context.Context, p post) error {
		row, err := p.c.Till.Get(ctx, in.Till)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		if who := tenants.Who(ctx); row.UserID != who.ID {
			if err := staff.Require(ctx, p.c, staff.Override); err != nil {
				return err
			}
		}
		// Money that is on its way in is waited for, and what comes later finds it closed and opens the next.
		closed, err := p.c.Till.Update().Where(till.ID(row.ID), till.ClosedAtIsNil()).SetClosedAt(p.now).SetClosedBy(tenants.Who(ctx).ID).SetReason(in.Reason).Save(ctx)
		if err != nil {
			return err
		}
		if closed == 0 {
			return tenants.Conflict("till_closed")
		}
		flow, err := flowOf(ctx, p.c, row)
		if err != nil {
			return err
		}
		if in.Shown != "" && in.Shown != flow.Seen() {
			return tenants.Conflict("till_moved")
		}
		return p.count(ctx, row, flow, in)
	})
}

// count writes what was counted beside what should be there, and posts the differences.
func (p post) count(ctx context.Context, row *ent.Till, flow *Flow, in TillClosing) error {
	var wrong tenants.Fields
	var off money.Cents
	differs := false
	for _, form := range flow.Forms() {
		counted, asked := in.Counted[form]
		switch {
		case !asked:
			wrong.Add(countField+string(form), "required")
		case form == payment.FormCash && counted < 0: // of a card more may have been taken back than came
			wrong.Add(countField+string(form), "negative")
		}
		off += counted - flow.Expected[form]
		differs = differs || counted != flow.Expected[form]
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if differs && len([]rune(in.Reason)) < shortestReason {
		return tenants.Invalid("motivo", "till_difference").With("amount", signed(off))
	}
	posting, entries := uuid.Must(uuid.NewV7()), []entry(nil)
	for _, form := range flow.Forms() {
		counted, expected := in.Counted[form], flow.Expected[form]
		err := p.c.TillCount.Create().SetTillID(row.ID).SetForm(tillcount.Form(form)).SetExpected(expected).SetCounted(counted).SetAt(p.now).Exec(ctx)
		if err != nil {
			return err
		}
		memo := "Diferença do caixa"
		entries = append(entries, entry{posting: posting, account: accountOfForm(form), amount: counted - expected, memo: memo},
			entry{posting: posting, account: ledgerentry.AccountTillDifferences, amount: expected - counted, memo: memo})
	}
	if err := p.ledger(ctx, entries); err != nil {
		return err
	}
	return history.Write(ctx, p.c, p.now, history.Entry{Subject: "till", ID: row.ID, Event: "till_closed", Reason: in.Reason,
		After: map[string]any{"number": row.Number, "amount": off}})
}

// signed writes a difference with its sign.
func signed(c money.Cents) string {
	if c > 0 {
		return "+" + c.BRL()
	}
	return c.BRL()
}
