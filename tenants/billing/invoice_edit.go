package billing

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/booklet"
	"enlace/ent/charge"
	"enlace/ent/chargeitem"
	"enlace/ent/invoice"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/history"
	"enlace/tenants/money"
	"enlace/tenants/outbox"
	"enlace/tenants/staff"
)

// Edit is what a clerk wants of the open instalments of a carnê, or of one invoice that is in none.
type Edit struct {
	Booklet uuid.UUID // none: of Invoice alone
	Invoice uuid.UUID
	Lines   []EditLine // what is as it was changes nothing
	Reason  string     // of every change of value
	Shown   string     // the Seen of the preview that was looked at; "": none was shown
	Key     string     // of the form: the same key is the same edit
}

// EditLine is an invoice as it is to be.
type EditLine struct {
	Number int64 // of the invoice, as its fields are named
	Due    calendar.Date
	Amount money.Cents
}

// The fields of an invoice in the form of an edit, each followed by the invoice's number.
const (
	EditDue    = "vencimento_"
	EditAmount = "valor_"
)

// ReadEdit reads the form of an edit; of lines it has as many as were sent.
func ReadEdit(t tenants.Typed, wrong *tenants.Fields) Edit {
	in := Edit{Reason: t.Lines(wrong, "motivo"), Shown: t.Text(wrong, "previa"), Key: t.Text(wrong, "chave")}
	for _, name := range slices.Sorted(maps.Keys(t)) {
		typed, is := strings.CutPrefix(name, EditDue)
		number, err := strconv.ParseInt(typed, 10, 64)
		if !is || err != nil {
			continue
		}
		amount := EditAmount + typed
		if strings.TrimSpace(t[amount]) == "" {
			wrong.Add(amount, "required")
		}
		in.Lines = append(in.Lines, EditLine{Number: number, Due: t.RequiredDate(wrong, name), Amount: t.Cents(wrong, amount)})
	}
	return in
}

// EditInvoices posts what PreviewEdit shows. A due date moves with the charges of the invoice, and the days they cover stay; a value changes by a
// line, acréscimo or desconto, that says why; one of zero is born paid (money.md M14). Each changed invoice gets another slip: of the one
// before it, where the bank has registered it, the next remessa asks the baixa, and of the new one the entry, as their rows say. The PDF is
// made again. It returns the faults of PreviewEdit, Conflict edit_unseen when something else would be posted than was shown, and
// Conflict numbers_exhausted.
func (d Desk) EditInvoices(ctx context.Context, in Edit) error {
	_, err := d.press(ctx, "edit_invoices", in.Key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Charge); err != nil {
			return "", err
		}
		p := d.post(ctx, c)
		if err := p.hold(ctx, in); err != nil {
			return "", err
		}
		plan, err := p.planEdit(ctx, in)
		switch {
		case err != nil:
			return "", err
		case in.Shown != "" && in.Shown != plan.Seen():
			return "", tenants.Conflict("edit_unseen")
		}
		return "", p.edit(ctx, in, plan)
	})
	return err
}

// hold keeps the carnê and the invoices named as they are until this transaction ends: who pays or changes one meanwhile waits.
func (p post) hold(ctx context.Context, in Edit) error {
	if in.Booklet != uuid.Nil {
		if err := p.c.Booklet.Update().Where(booklet.ID(in.Booklet)).AddVersion(1).Exec(ctx); err != nil {
			return err
		}
	}
	numbers := make([]int64, len(in.Lines))
	for i, line := range in.Lines {
		numbers[i] = line.Number
	}
	return p.c.Invoice.Update().Where(invoice.NumberIn(numbers...)).AddVersion(1).Exec(ctx)
}

func (p post) edit(ctx context.Context, in Edit, plan *EditPreview) error {
	var changed []*ent.Invoice
	var amounts []money.Cents
	for _, change := range plan.Changes {
		row, err := p.change(ctx, change, in.Reason)
		if err != nil {
			return err
		}
		changed, amounts = append(changed, row), append(amounts, change.Amount)
	}
	if err := p.reissue(ctx, changed, amounts); err != nil {
		return err
	}
	if err := history.WriteAll(ctx, p.c, p.now, plan.told(in.Reason)); err != nil {
		return err
	}
	if _, err := p.restoreCleared(ctx, plan.Customer); err != nil { // what was overdue may be so no longer
		return err
	}
	return p.reprint(ctx, in.Booklet)
}

// change moves an invoice to its new due date and adds the line of its new value.
func (p post) change(ctx context.Context, change InvoiceChange, reason string) (*ent.Invoice, error) {
	s := change.Standing
	update := p.c.Invoice.UpdateOneID(s.Invoice.ID).SetDue(change.Due)
	if change.Amount == 0 {
		update.SetPaidAt(p.now)
	}
	row, err := update.Save(ctx)
	if err != nil {
		return nil, err
	}
	if change.Line != nil {
		if _, err := p.charges(ctx, []newCharge{adjustment(s, change, reason)}); err != nil {
			return nil, err
		}
	}
	moved := p.c.Charge.Update().Where(charge.InvoiceID(row.ID), charge.CancelledAtIsNil()).SetDue(change.Due)
	if change.Amount == 0 {
		moved.SetClosedAt(p.now)
	}
	return row, moved.Exec(ctx)
}

// adjustment is the line of a value that was changed. It is made of what it changes, in the same measure, and its debt suspends nothing.
func adjustment(s *Standing, change InvoiceChange, reason string) newCharge {
	in := newCharge{customer: s.Invoice.CustomerID, invoice: s.Invoice.ID, kind: charge.KindEvent, description: "Acréscimo: " + reason, period: change.Line.Period,
		due: change.Due, amount: change.Line.Amount, memo: change.Line.Memo, position: len(s.Charges)}
	if change.Line.Amount < 0 {
		in.kind, in.description = charge.KindCredit, "Desconto: "+reason
	}
	if in.memo == in.description { // nothing was reckoned: what it comes to is what was agreed
		in.memo = fmt.Sprintf("de R$ %s para R$ %s", s.Total, change.Amount)
	}
	if s.Invoice.SubscriptionID != nil {
		in.subscription = *s.Invoice.SubscriptionID
	}
	weights := make([]money.Cents, len(change.Items))
	for i, item := range change.Items {
		weights[i] = max(0, item.Amount) // a discount weighs nothing
	}
	for i, part := range money.Compose(in.amount, weights) {
		if weights[i] > 0 {
			in.shares = append(in.shares, share{Kind: change.Items[i].Kind, Name: change.Items[i].Name, Amount: part})
		}
	}
	return in
}

// reissue gives invoices another slip each, in place of the one they have.
func (p post) reissue(ctx context.Context, rows []*ent.Invoice, amounts []money.Cents) error {
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	had, err := p.slipsHad(ctx, ids...)
	if err != nil {
		return err
	}
	if err := p.dropSlips(ctx, ids...); err != nil {
		return err
	}
	how, err := collectionOf(ctx, p.c, rows[0].MethodID) // those of a carnê are collected one way
	if err != nil {
		return err
	}
	return p.slips(ctx, how, rows, amounts, had)
}

// reprint has the PDF of a carnê made again; none is asked for an invoice alone, which is drawn when it is looked at.
func (p post) reprint(ctx context.Context, id uuid.UUID) error {
	if id == uuid.Nil {
		return nil
	}
	if err := p.c.Booklet.UpdateOneID(id).ClearFileID().Exec(ctx); err != nil {
		return err
	}
	return outbox.Add(ctx, p.c, p.now, outbox.Job{Kind: PrintBooklet, Payload: map[string]string{"booklet": id.String()}})
}

// componentsOf are the components of invoices by what they are and what they are called, in order; credits lower them.
func componentsOf(ctx context.Context, c *ent.Client, standings []*Standing) (map[uuid.UUID][]share, error) {
	of, ids := map[uuid.UUID]uuid.UUID{}, []uuid.UUID{}
	for _, s := range standings {
		for _, row := range s.Charges {
			of[row.ID], ids = s.Invoice.ID, append(ids, row.ID)
		}
	}
	items, err := c.ChargeItem.Query().Where(chargeitem.ChargeIDIn(ids...)).Order(chargeitem.ByPosition()).All(ctx)
	all := map[uuid.UUID][]share{}
	for _, item := range items {
		have := all[of[item.ChargeID]]
		if i := slices.IndexFunc(have, func(s share) bool { return s.Kind == item.Kind && s.Name == item.Name }); i >= 0 {
			have[i].Amount += item.Amount
			continue
		}
		all[of[item.ChargeID]] = append(have, share{Kind: item.Kind, Name: item.Name, Amount: item.Amount})
	}
	return all, err
}
