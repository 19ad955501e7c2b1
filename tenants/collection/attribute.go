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
	"enlace/ent/pixreceipt"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/history"
	"enlace/tenants/staff"
)

// Attribution says for which invoice a Pix came that bears no mark of ours: somebody paid to the ISP's key by hand.
type Attribution struct {
	Receipt uuid.UUID
	Invoice string // the number typed
	Reason  string // how it is known whose it is
	Shown   string // the Seen of the preview that was looked at
	Key     string // of the form
}

// ReadAttribution reads the form.
func ReadAttribution(t tenants.Typed, receipt uuid.UUID, wrong *tenants.Fields) Attribution {
	return Attribution{Receipt: receipt, Invoice: t.Text(wrong, "fatura"), Reason: t.Text(wrong, "motivo"), Shown: t.Text(wrong, "previa"), Key: t.Required(wrong, "chave")}
}

// Placing is what placing a Pix does to an invoice, and whose it is.
type Placing struct {
	*billing.ReceiptPreview
	Holder *ent.Customer
}

// PreviewAttribution is what Attribute will post. It returns its faults, but for those of the reason.
func (d Desk) PreviewAttribution(ctx context.Context, in Attribution) (p Placing, err error) {
	return p, d.look(ctx, func(ctx context.Context, c *ent.Client) error {
		came, err := d.attributed(ctx, c, in)
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

// Attribute settles an invoice by a Pix that was of none, once, as of the day it was paid. It returns Invalid for a number that is no invoice of the
// ISP's and a reason too short, Conflict pix_placed for a Pix that needs no invoice, receipt_unseen when something else would be posted than was
// shown, NotFound and Denied. The second press of a button answers nil.
func (d Desk) Attribute(ctx context.Context, in Attribution) (done *billing.Income, err error) {
	_, err = d.DB.Once(ctx, "attribute_pix", in.Key, in, func(ctx context.Context, c *ent.Client) (string, error) {
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
	// The row is held from here on: two who place it at once wait for each other, and the second finds it placed.
	if err := c.PixReceipt.Update().Where(pixreceipt.ID(in.Receipt)).AddReturned(0).Exec(ctx); err != nil {
		return nil, err
	}
	came, err := d.attributed(ctx, c, in)
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
	if err := c.PixReceipt.UpdateOneID(in.Receipt).SetStatus(pixreceipt.StatusSettled).Exec(ctx); err != nil {
		return nil, err
	}
	done, err := billing.Settle(ctx, c, d.DB.Now(), d.DB.Today(ctx), came)
	if err != nil {
		return nil, err
	}
	of := preview.Invoice
	return done, history.Write(ctx, c, d.DB.Now(), history.Entry{Customer: of.CustomerID, Subject: "invoice", ID: of.ID, Event: "pix_attributed", Reason: in.Reason,
		After: map[string]any{"number": of.Number, "amount": came.Amount, "e2eid": came.ExternalID}})
}

// shortestReason is how many letters say at least why.
const shortestReason = 5

// attributed is the income that a Pix is of an invoice by its number.
func (d Desk) attributed(ctx context.Context, c *ent.Client, in Attribution) (came billing.Incoming, err error) {
	row, err := receiptOf(ctx, c, in.Receipt)
	if err != nil {
		return came, err
	}
	if row.Status != pixreceipt.StatusStranger || row.PaidAt == nil || row.Returned >= row.Amount {
		return came, tenants.Conflict("pix_placed")
	}
	number, err := strconv.ParseInt(strings.TrimSpace(in.Invoice), 10, 64)
	if err != nil {
		return came, tenants.Invalid("fatura", "invoice_unknown")
	}
	of, err := c.Invoice.Query().Where(invoice.Number(number)).Only(ctx)
	if ent.IsNotFound(err) {
		return came, tenants.Invalid("fatura", "invoice_unknown")
	} else if err != nil {
		return came, err
	}
	isp, _ := tenants.From(ctx)
	return billing.Incoming{Source: payment.SourcePix, ExternalID: row.EndToEnd, Invoice: of.ID, Amount: row.Amount - row.Returned, PaidOn: calendar.Of(row.PaidAt.In(isp.Zone))}, nil
}
