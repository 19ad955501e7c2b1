package billing

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/billingmethod"
	"enlace/ent/charge"
	"enlace/ent/chargeitem"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/history"
	"enlace/tenants/money"
	"enlace/tenants/staff"
	"enlace/tenants/status"
)

// NewCharge is a loose charge asked for (task 5).
type NewCharge struct {
	Customer     uuid.UUID // whose page it was asked on; a subscription of another is NotFound
	Kind         uuid.UUID // tipo de serviço
	Subscription uuid.UUID // none: of the customer alone, and then debt of it suspends nothing
	Due          calendar.Date
	Description  string // none: the name of the kind
	Value        money.Cents
	Discount     money.Cents
	Invoice      bool   // Gerar Cobrança e Fatura: with boleto and Pix
	Key          string // of the form: the same key makes the same charge
}

// ReadNewCharge reads the form of a loose charge.
func ReadNewCharge(t tenants.Typed, customer uuid.UUID, wrong *tenants.Fields) NewCharge {
	return NewCharge{
		Customer:     customer,
		Kind:         t.RequiredID(wrong, "tipo"),
		Subscription: t.ID("servico"),
		Due:          t.RequiredDate(wrong, "vencimento"),
		Description:  t.Printed(wrong, "descricao"),
		Value:        t.Cents(wrong, "valor"),
		Discount:     t.Cents(wrong, "desconto"),
		Invoice:      t["gerar"] == "fatura",
		Key:          t.Text(wrong, "chave"),
	}
}

// ChargePreview is exactly what generating would post.
type ChargePreview struct {
	Customer     *ent.Customer
	Subscription *ent.Subscription // nil: of the customer alone
	Kind         *ent.ChargeKind
	Description  string
	Due          calendar.Date
	PayableUntil calendar.Date
	Value        money.Cents
	Discount     money.Cents
	Amount       money.Cents // 0: born paid
	Memo         string
	Suspends     bool
	Method       *ent.BillingMethod // by which its invoice would be collected
	NoInvoice    *tenants.Fault     // why it can have none

	how collection
}

// The bounds of a loose charge.
const (
	largestCharge = 9_999_999_99 // the most that every bank prints on a boleto (Caixa)
	furthestDue   = 2 * 366      // days ahead; further is a slip of the pen
)

// PreviewCharge reckons a loose charge without posting anything. It returns the faults of GenerateCharge.
func (d Desk) PreviewCharge(ctx context.Context, in NewCharge) (preview *ChargePreview, err error) {
	return preview, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Charge); err != nil {
			return err
		}
		preview, err = d.post(ctx, c).previewCharge(ctx, in)
		return err
	})
}

// GenerateCharge posts what PreviewCharge shows: the charge with its components and memo, the ledger, and where it was asked for its invoice
// with boleto and Pix, grouped with nothing else. A charge discounted to zero is born paid and has no invoice (money.md M13). A form sent
// twice is answered with the charge it made. It returns Invalid for an amount that is not positive or above what a boleto takes, a discount
// above the value, a due date that is past or years away, a kind withdrawn, and an invoice under the ISP's minimum; Conflict for a cancelled
// service; and NotFound.
func (d Desk) GenerateCharge(ctx context.Context, in NewCharge) (uuid.UUID, error) {
	return d.once(ctx, "generate_charge", in.Key, in, func(ctx context.Context, c *ent.Client) (uuid.UUID, error) {
		if err := staff.Require(ctx, c, staff.Charge); err != nil {
			return uuid.Nil, err
		}
		p := d.post(ctx, c)
		preview, err := p.previewCharge(ctx, in)
		if err != nil {
			return uuid.Nil, err
		}
		row := preview.charge()
		number, event := int64(0), "charge_generated"
		if in.Invoice && row.amount > 0 {
			if preview.NoInvoice != nil {
				return uuid.Nil, preview.NoInvoice
			}
			made, err := p.emptyInvoice(ctx, row, preview.Method.ID)
			if err != nil {
				return uuid.Nil, err
			}
			if err := p.slips(ctx, preview.how, []*ent.Invoice{made}, []money.Cents{row.amount}, nil); err != nil {
				return uuid.Nil, err
			}
			row.invoice, number, event = made.ID, made.Number, "charge_invoiced"
		}
		posted, err := p.charges(ctx, []newCharge{row})
		if err != nil {
			return uuid.Nil, err
		}
		return posted[0].ID, history.Write(ctx, c, p.now, history.Entry{Customer: in.Customer, Subject: "charge", ID: posted[0].ID, Event: event,
			After: map[string]any{"number": posted[0].Number, "name": row.description, "amount": row.amount, "due": row.due.String(), "invoice": number}})
	})
}

// once is press of what makes something: its answer is the id of that.
func (d Desk) once(ctx context.Context, action, key string, in any, do func(context.Context, *ent.Client) (uuid.UUID, error)) (uuid.UUID, error) {
	made, err := d.press(ctx, action, key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		id, err := do(ctx, c)
		return id.String(), err
	})
	if err != nil {
		return uuid.Nil, err
	}
	return uuid.Parse(made)
}

func (p post) previewCharge(ctx context.Context, in NewCharge) (*ChargePreview, error) {
	who, err := customerOf(ctx, p.c, in.Customer)
	if err != nil {
		return nil, err
	}
	r := &ChargePreview{Customer: who, Due: in.Due, PayableUntil: calendar.EffectiveLastDay(in.Due), Value: in.Value, Discount: in.Discount, Amount: in.Value - in.Discount}
	if err := r.choose(ctx, p.c, in); err != nil {
		return nil, err
	}
	if r.Description = in.Description; r.Description == "" {
		r.Description = r.Kind.Name
	}
	if err := r.check(in, p.today); err != nil {
		return nil, err
	}
	r.Suspends = r.Kind.Suspends && r.Subscription != nil
	if r.Memo = "valor combinado"; r.Discount > 0 {
		r.Memo = fmt.Sprintf("R$ %s \u2212 desconto de R$ %s", r.Value, r.Discount)
	}
	return r, r.collect(ctx, p.c)
}

// choose reads what was chosen by id: a foreign one is missing.
func (r *ChargePreview) choose(ctx context.Context, c *ent.Client, in NewCharge) (err error) {
	if r.Kind, err = c.ChargeKind.Get(ctx, in.Kind); ent.IsNotFound(err) {
		return tenants.NotFound()
	} else if err != nil {
		return err
	}
	if in.Subscription == uuid.Nil {
		return nil
	}
	r.Subscription, err = c.Subscription.Query().Where(subscription.ID(in.Subscription), subscription.CustomerID(in.Customer)).Only(ctx)
	switch {
	case ent.IsNotFound(err):
		return tenants.NotFound()
	case err != nil:
		return err
	case !status.MayBeInvoiced(r.Subscription.Status):
		return tenants.Conflict("cancelled_bills_nothing")
	}
	return nil
}

func (r *ChargePreview) check(in NewCharge, today calendar.Date) error {
	var wrong tenants.Fields
	if !r.Kind.Active {
		wrong.Add("tipo", "charge_kind_withdrawn")
	}
	switch {
	case in.Value <= 0:
		wrong.Add("valor", "positive")
	case in.Value > largestCharge:
		wrong.Add("valor", "charge_too_large")
	case in.Discount > in.Value:
		wrong.Add("desconto", "discount_over_value")
	case in.Discount < 0:
		wrong.Add("desconto", "negative")
	}
	checkDue(in.Due, today, &wrong)
	return wrong.Err()
}

// checkDue refuses a due date that would be late at once, or lies years ahead.
func checkDue(due, today calendar.Date, wrong *tenants.Fields) {
	switch {
	case due.Before(today):
		wrong.Add("vencimento", "due_past")
	case due.After(today.AddDays(furthestDue)):
		wrong.Add("vencimento", "due_far")
	}
}

// collect finds by what an invoice of the charge would be paid, and why it can have none.
func (r *ChargePreview) collect(ctx context.Context, c *ent.Client) (err error) {
	r.how, err = collectionFor(ctx, c, r.Customer.ID, r.Subscription)
	if r.NoInvoice = tenants.FaultOf(err); err != nil {
		if r.NoInvoice != nil {
			err = nil
		}
		return err
	}
	r.Method = r.how.method
	switch policy := r.how.policy; {
	case !r.how.prints():
		r.NoInvoice = tenants.Conflict("invoice_prints_nothing").With("method", r.Method.Name)
	case r.Amount > 0 && r.Amount < policy.MinimumInvoice:
		r.NoInvoice = tenants.Invalid("valor", "under_minimum").With("minimum", policy.MinimumInvoice.BRL())
	}
	return nil
}

// collectionFor is how an invoice of a service is collected; of a customer alone as that of the newest service, else as the ISP's first
// boleto. It returns Conflict no_method where there is none.
func collectionFor(ctx context.Context, c *ent.Client, customer uuid.UUID, sub *ent.Subscription) (collection, error) {
	if sub == nil {
		newest, err := c.Subscription.Query().Where(subscription.CustomerID(customer)).Order(ent.Desc(subscription.FieldNumber)).First(ctx)
		if err != nil && !ent.IsNotFound(err) {
			return collection{}, err
		}
		sub = newest
	}
	if sub != nil {
		return collectionOf(ctx, c, sub.MethodID)
	}
	method, err := c.BillingMethod.Query().Where(billingmethod.Active(true), billingmethod.KindEQ(billingmethod.KindBoleto)).Order(billingmethod.ByName()).First(ctx)
	if ent.IsNotFound(err) {
		return collection{}, tenants.Conflict("no_method")
	} else if err != nil {
		return collection{}, err
	}
	return collectionOf(ctx, c, method.ID)
}

// charge is the row to post.
func (r *ChargePreview) charge() newCharge {
	row := newCharge{customer: r.Customer.ID, kind: charge.KindLoose, chargeKind: r.Kind.ID, suspends: r.Suspends, description: r.Description, due: r.Due,
		amount: r.Amount, memo: r.Memo, shares: []share{{chargeitem.KindOther, r.Kind.Name, r.Value}}}
	if r.Kind.Installation {
		row.kind = charge.KindInstallation
	}
	if r.Subscription != nil {
		row.subscription = r.Subscription.ID
	}
	if r.Discount > 0 {
		row.shares = append(row.shares, share{chargeitem.KindOther, "Desconto", -r.Discount})
	}
	return row
}
