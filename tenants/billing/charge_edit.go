package billing

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/chargeitem"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/history"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// ChargeEdit is what a loose charge is to be instead.
type ChargeEdit struct {
	Charge      uuid.UUID
	Due         calendar.Date
	Description string
	Amount      money.Cents // lower is a discount; 0 is paid at birth
	Reason      string
	Key         string // of the form
}

// ReadChargeEdit reads the form of an edit.
func ReadChargeEdit(t tenants.Typed, id uuid.UUID, wrong *tenants.Fields) ChargeEdit {
	in := ChargeEdit{Charge: id, Due: t.RequiredDate(wrong, "novo_vencimento"), Description: t.RequiredPrinted(wrong, "nova_descricao"), Amount: t.Cents(wrong, "novo_valor"),
		Reason: t.Lines(wrong, "motivo_edicao"), Key: t.Required(wrong, "chave")}
	if t["novo_valor"] == "" {
		wrong.Add("novo_valor", "required")
	}
	return in
}

// edited are the kinds of charge that stand for themselves. A monthly fee, a part of an event, of a fee or of an agreement is changed where it
// comes from.
var edited = []charge.Kind{charge.KindLoose, charge.KindInstallation, charge.KindLate, charge.KindPenalty}

// EditCharge puts another charge in the place of one of which nothing was paid: the old one is cancelled by a compensating posting and stays
// to be read, since the ledger never forgets an amount; the new one says what it came from and why, and has an invoice where the old one had.
// It answers the new charge. It returns Invalid for a reason too short, a negative amount, a due date that is past or years away and where nothing would change,
// Conflict for a charge of another kind, on an invoice with others, paid whole or in part, contested or cancelled, and NotFound.
func (d Desk) EditCharge(ctx context.Context, in ChargeEdit) (uuid.UUID, error) {
	return d.once(ctx, "edit_charge", in.Key, in, func(ctx context.Context, c *ent.Client) (uuid.UUID, error) {
		if err := staff.Require(ctx, c, staff.Charge); err != nil {
			return uuid.Nil, err
		}
		p := d.post(ctx, c)
		before, invoice, err := p.editable(ctx, in.Charge)
		if err != nil {
			return uuid.Nil, err
		}
		if err := in.check(before, p.today); err != nil {
			return uuid.Nil, err
		}
		return p.replace(ctx, in, before, invoice)
	})
}

// editable reads a charge that may be replaced, and its invoice, nil where it has none.
func (p post) editable(ctx context.Context, id uuid.UUID) (*ent.Charge, *Standing, error) {
	row, err := p.c.Charge.Get(ctx, id)
	switch {
	case ent.IsNotFound(err):
		return nil, nil, tenants.NotFound()
	case err != nil:
		return nil, nil, err
	case !slices.Contains(edited, row.Kind):
		return nil, nil, tenants.Conflict("charge_not_edited")
	case row.InvoiceID == nil:
		row, err = p.loose(ctx, id)
		return row, nil, err
	}
	s, err := p.openInvoice(ctx, *row.InvoiceID)
	switch {
	case err != nil:
		return nil, nil, err
	case len(s.Charges) > 1:
		return nil, nil, tenants.Conflict("charge_among_others")
	}
	return s.Charges[0], s, openCharge(s.Charges[0])
}

func (in ChargeEdit) check(before *ent.Charge, today calendar.Date) error {
	var wrong tenants.Fields
	if in.Due.Before(today) {
		wrong.Add("novo_vencimento", "due_past")
	} else if in.Due.After(today.AddDays(furthestDue)) {
		wrong.Add("novo_vencimento", "due_far")
	}
	switch {
	case in.Amount < 0:
		wrong.Add("novo_valor", "negative")
	case in.Amount > largestCharge:
		wrong.Add("novo_valor", "charge_too_large")
	}
	if len([]rune(in.Reason)) < shortestReason {
		wrong.Add("motivo_edicao", "reason_short")
	}
	if in.Amount == before.Amount && in.Due == before.Due && in.Description == before.Description {
		wrong.Add("novo_valor", "unchanged")
	}
	return wrong.Err()
}

func (p post) replace(ctx context.Context, in ChargeEdit, before *ent.Charge, from *Standing) (uuid.UUID, error) {
	row := newCharge{customer: before.CustomerID, kind: before.Kind, suspends: before.Suspends, description: in.Description, due: in.Due, amount: in.Amount,
		memo: fmt.Sprintf("no lugar da cobrança %d: %s", before.Number, in.Reason), shares: []share{{chargeitem.KindOther, in.Description, before.Amount}}}
	what := "Acréscimo"
	if in.Amount < before.Amount {
		what = "Desconto"
	}
	if difference := in.Amount - before.Amount; difference != 0 {
		row.memo = fmt.Sprintf("R$ %s %s R$ %s, %s", before.Amount, map[bool]string{true: "\u2212", false: "+"}[difference < 0], max(difference, -difference), row.memo)
		row.shares = append(row.shares, share{chargeitem.KindOther, what, difference})
	}
	if before.SubscriptionID != nil {
		row.subscription = *before.SubscriptionID
	}
	if before.LateInvoiceID != nil {
		row.lateInvoice = *before.LateInvoiceID
	}
	if before.ChargeKindID != nil {
		row.chargeKind = *before.ChargeKindID
	}
	posted, err := p.inItsPlace(ctx, row, before, from, in.Reason)
	if err != nil {
		return uuid.Nil, err
	}
	if _, err := p.restoreCleared(ctx, before.CustomerID); err != nil {
		return uuid.Nil, err
	}
	return posted.ID, history.Write(ctx, p.c, p.now, history.Entry{Customer: before.CustomerID, Subject: "charge", ID: posted.ID, Event: "charge_replaced", Reason: in.Reason,
		Before: map[string]any{"valor": before.Amount.BRL(), "vencimento": before.Due.String(), "descricao": before.Description},
		After:  map[string]any{"number": posted.Number, "from": before.Number, "valor": in.Amount.BRL(), "vencimento": in.Due.String(), "descricao": in.Description}})
}

// inItsPlace cancels a charge, with the invoice it is alone on, and posts another as the first one was.
func (p post) inItsPlace(ctx context.Context, row newCharge, before *ent.Charge, from *Standing, reason string) (*ent.Charge, error) {
	reason = "substituída: " + reason
	if from == nil {
		if err := p.cancelCharge(ctx, before, reason); err != nil {
			return nil, err
		}
	} else {
		if err := p.cancelInvoice(ctx, from, reason); err != nil {
			return nil, err
		}
		if row.amount > 0 {
			made, err := p.emptyInvoice(ctx, row, from.Invoice.MethodID)
			if err != nil {
				return nil, err
			}
			how, err := collectionOf(ctx, p.c, from.Invoice.MethodID)
			if err != nil {
				return nil, err
			}
			if err := p.slips(ctx, how, []*ent.Invoice{made}, []money.Cents{row.amount}, nil); err != nil {
				return nil, err
			}
			row.invoice = made.ID
		}
	}
	posted, err := p.charges(ctx, []newCharge{row})
	if err != nil {
		return nil, err
	}
	return posted[0], nil
}
