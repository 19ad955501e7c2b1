package collection

import (
	"context"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/invoice"
	"enlace/ent/payment"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/history"
	"enlace/tenants/staff"
)

// Stray is money that came in and names no invoice of the ISP's. One of the two is set.
type Stray struct {
	Pix  uuid.UUID // that somebody paid to the ISP's key by hand
	Line uuid.UUID // of a retorno, of no slip
}

// Attribution says for which invoice money came that bears no mark of ours.
type Attribution struct {
	Of      Stray
	Invoice string // the number typed
	Reason  string // how it is known whose it is
	Shown   string // the Seen of the preview that was looked at
	Key     string // of the form
}

// ReadAttribution reads the form.
func ReadAttribution(t tenants.Typed, of Stray, wrong *tenants.Fields) Attribution {
	return Attribution{Of: of, Invoice: t.Text(wrong, "fatura"), Reason: t.Text(wrong, "motivo"), Shown: t.Text(wrong, "previa"), Key: t.Required(wrong, "chave")}
}

// Placing is what placing money does to an invoice, and whose it is.
type Placing struct {
	*billing.ReceiptPreview
	Holder *ent.Customer
}

// PreviewAttribution is what Attribute will post. It returns its faults, but for those of the reason.
func (d Desk) PreviewAttribution(ctx context.Context, in Attribution) (p Placing, err error) {
	return p, d.look(ctx, func(ctx context.Context, c *ent.Client) error {
		came, err := attributed(ctx, c, d.stray(in.Of), in.Invoice)
		if err != nil {
			return err
		}
		if p.ReceiptPreview, err = billing.PlanIncome(ctx, c, came); err != nil {
			return err
		}
		p.Holder, err = c.Customer.Get(ctx, p.Invoice.CustomerID)
		return err
	})
}

// Attribute settles an invoice by money that was of none, once, as of the day it was paid. It returns Invalid for a number that is no invoice of the
// ISP's and a reason too short, Conflict pix_placed or line_placed for what needs no invoice and line_implausible for what is no payment,
// receipt_unseen when something else would be posted than was shown, NotFound and Denied. The second press of a button answers nil.
func (d Desk) Attribute(ctx context.Context, in Attribution) (done *billing.Income, err error) {
	_, err = d.DB.Once(ctx, "attribute", in.Key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Receive); err != nil {
			return "", err
		}
		done, err = d.attribute(ctx, c, in)
		if err != nil {
			return "", err
		}
		return done.Payment.ID.String(), nil
	})
	return done, err
}

func (d Desk) attribute(ctx context.Context, c *ent.Client, in Attribution) (*billing.Income, error) {
	of := d.stray(in.Of)
	if err := of.hold(ctx, c); err != nil {
		return nil, err
	}
	came, err := attributed(ctx, c, of, in.Invoice)
	switch {
	case err != nil:
		return nil, err
	case utf8.RuneCountInString(in.Reason) < shortestReason:
		return nil, tenants.Invalid("motivo", "reason_short")
	}
	preview, err := billing.PlanIncome(ctx, c, came)
	if err != nil {
		return nil, err
	}
	if in.Shown != preview.Seen() {
		return nil, tenants.Conflict("receipt_unseen")
	}
	done, err := billing.Settle(ctx, c, d.DB.Now(), d.DB.Today(ctx), came)
	if err != nil {
		return nil, err
	}
	to := preview.Invoice
	event, said, err := of.placed(ctx, c, came)
	if err != nil {
		return nil, err
	}
	said["number"], said["amount"] = to.Number, came.Amount
	return done, history.Write(ctx, c, d.DB.Now(), history.Entry{Customer: to.CustomerID, Subject: "invoice", ID: to.ID, Event: event, Reason: in.Reason, After: said})
}

// shortestReason is how many letters say at least why.
const shortestReason = 5

// stray is money of one kind that is to be placed.
type stray interface {
	// hold has two who place it at once wait for each other: the second finds it placed.
	hold(context.Context, *ent.Client) error
	// income is what came, its invoice left open. It returns NotFound, and Conflict for what needs no invoice.
	income(context.Context, *ent.Client) (billing.Incoming, error)
	// placed notes that it has its invoice, and says what the history calls that.
	placed(context.Context, *ent.Client, billing.Incoming) (event string, said map[string]any, err error)
}

func (d Desk) stray(of Stray) stray {
	if of.Line != uuid.Nil {
		return strayLine{d, of.Line}
	}
	return strayPix{d, of.Pix}
}

// attributed is what came, as the income of the invoice of a number.
func attributed(ctx context.Context, c *ent.Client, of stray, number string) (came billing.Incoming, err error) {
	if came, err = of.income(ctx, c); err != nil {
		return came, err
	}
	n, err := strconv.ParseInt(strings.TrimSpace(number), 10, 64)
	if err != nil {
		return came, tenants.Invalid("fatura", "invoice_unknown")
	}
	came.Invoice, err = c.Invoice.Query().Where(invoice.Number(n)).OnlyID(ctx)
	if ent.IsNotFound(err) {
		return came, tenants.Invalid("fatura", "invoice_unknown")
	}
	return came, err
}

// Paid is the invoice that money settled which came in by itself.
type Paid struct {
	Invoice *ent.Invoice // nil: none
	Holder  string       // whose it is
}

// paidBy are the invoices that were settled by what came in from a source under each of the names.
func paidBy(ctx context.Context, c *ent.Client, source payment.Source, names ...string) (map[string]Paid, error) {
	by := map[string]Paid{}
	if len(names) == 0 {
		return by, nil
	}
	payments, err := c.Payment.Query().Where(payment.SourceEQ(source), payment.ExternalIDIn(names...), payment.InvoiceIDNotNil()).All(ctx)
	if err != nil || len(payments) == 0 {
		return by, err
	}
	ids := make([]uuid.UUID, len(payments))
	for i, one := range payments {
		ids[i] = *one.InvoiceID
	}
	invoices, err := c.Invoice.Query().Where(invoice.IDIn(ids...), held).All(ctx)
	if err != nil {
		return nil, err
	}
	byID := map[uuid.UUID]*ent.Invoice{}
	for _, one := range invoices {
		byID[one.ID] = one
	}
	for _, one := range payments {
		if of := byID[*one.InvoiceID]; of != nil {
			by[one.ExternalID] = Paid{of, tenants.Said(of, "holder")}
		}
	}
	return by, nil
}
