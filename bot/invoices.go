package bot

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants/billing"
	"enlace/tenants/messages"
)

const (
	toInvoicesAfter = "mais"
	toPix           = messages.DoPix
	toSlip          = messages.DoSlip
	toLinha         = "linha"
	toAccount       = messages.DoAccount
	toPaid          = "pagas"
	toQR            = "qr"
)

// atOnce is how many invoices are shown at once, each a message with its own buttons.
const atOnce = 3

// invoices is /faturas: what there is to pay, the most urgent first.
func (v *visit) invoices(ctx context.Context) (notes, error) {
	return v.each(ctx, func(ctx context.Context, customer *ent.Customer) (notes, error) {
		return v.invoicesOf(ctx, customer, uuid.Nil, nil)
	})
}

// invoicesAfter goes on after the last one shown.
func (v *visit) invoicesAfter(ctx context.Context, last uuid.UUID) (notes, error) {
	return v.each(ctx, func(ctx context.Context, customer *ent.Customer) (notes, error) {
		return v.invoicesOf(ctx, customer, last, nil)
	})
}

// invoicesOf shows those after the last one shown; which leaves some out, nil none.
func (v *visit) invoicesOf(ctx context.Context, customer *ent.Customer, last uuid.UUID, which func(*billing.Standing) bool) (notes, error) {
	open, err := v.reception.subscribers.Invoices(ctx)
	if err != nil {
		return nil, err
	}
	none := noInvoices
	if which != nil && len(open) > 0 {
		open = slices.DeleteFunc(open, func(s *billing.Standing) bool { return !which(s) })
		none = noInvoicesHere
	}
	booklets, err := v.reception.subscribers.Booklets(ctx)
	if err != nil {
		return nil, err
	}
	shown := open[slices.IndexFunc(open, func(s *billing.Standing) bool { return s.Invoice.ID == last })+1:]
	paid := row(press(labelPaid, toPaid).of(customer, uuid.Nil))
	contested := ""
	if which == nil && last == uuid.Nil {
		contests, err := v.reception.subscribers.Contests(ctx)
		if err != nil {
			return nil, err
		}
		contested = contestsText(contests)
	}
	if len(shown) == 0 {
		return notes{{Text: none + contested, Keys: keys{paid, row(menuKey)}}}, nil
	}
	rest := len(shown) - atOnce
	var said notes
	for i, s := range shown[:min(atOnce, len(shown))] {
		of := instalments(booklets, s)
		text := invoiceText(s, of)
		if i == 0 && last == uuid.Nil {
			text = invoicesHead(open) + text + contested
		}
		k := keys{row(press(labelPix, toPix).of(customer, s.Invoice.ID), press(labelSlip, toSlip).of(customer, s.Invoice.ID)),
			row(press(labelLinha, toLinha).of(customer, s.Invoice.ID), press(labelAccount, toAccount).of(customer, s.Invoice.ID))}
		switch {
		case i != atOnce-1 || rest <= 0:
		case which != nil:
			k = append(k, row(press(labelAll, "faturas")))
		default:
			k = append(k, row(press(labelMore(rest), toInvoicesAfter).of(customer, s.Invoice.ID)))
		}
		if i == 0 && last == uuid.Nil && of > 0 {
			k = append(k, row(press(labelWholeBooklet, toBooklet).of(customer, *s.Invoice.BookletID)))
		}
		if i == len(shown)-1 {
			k = append(k, paid)
		}
		said = append(said, note{Text: text, Keys: k})
	}
	return said, nil
}

// instalments is how many the carnê of an invoice has; 0 for none.
func instalments(booklets []*ent.Booklet, s *billing.Standing) int {
	for _, booklet := range booklets {
		if s.Invoice.BookletID != nil && *s.Invoice.BookletID == booklet.ID {
			return booklet.Instalments
		}
	}
	return 0
}

// toPay reads an invoice that is to be paid by a slip that has what is asked for; why says that there is nothing to pay, or none of that.
func (v *visit) toPay(ctx context.Context, invoice uuid.UUID, has func(*ent.Slip) bool, none string) (s *billing.Standing, why notes, err error) {
	if s, err = v.reception.subscribers.Invoice(ctx, invoice); err != nil {
		return nil, nil, err
	}
	text, payable := settled(s)
	if payable && (s.Slip == nil || !has(s.Slip)) {
		text, payable = none, false
	}
	if !payable {
		why = notes{{Text: text, Keys: keys{row(menuKey)}}}
	}
	return s, why, nil
}

func hasPix(slip *ent.Slip) bool { return slip.PixPayload != "" }

// pix says the code of an invoice's Pix, alone in its message so that one touch copies it.
func (v *visit) pix(ctx context.Context, invoice uuid.UUID) (notes, error) {
	s, why, err := v.toPay(ctx, invoice, hasPix, noPix)
	if err != nil || why != nil {
		return why, err
	}
	text, err := pixText(s)
	return notes{{Text: v.of(s.Invoice, text), Keys: keys{row(press(labelQR, toQR).of(v.asking(ctx)[0], invoice), menuKey)}}}, err
}

// of has something said of an invoice in a chat that sees several customers begin with whose it is, and which.
func (v *visit) of(invoice *ent.Invoice, text string) string {
	if len(v.customers) == 1 {
		return text
	}
	return named(whoseInvoice(v.customers[slices.IndexFunc(v.customers, is(invoice.CustomerID))], invoice), text)
}

// qr hands over the same code as a picture, for whoever pays with another telephone.
func (v *visit) qr(ctx context.Context, invoice uuid.UUID) (notes, error) {
	s, why, err := v.toPay(ctx, invoice, hasPix, noPix)
	if err != nil || why != nil {
		return why, err
	}
	text, err := qrCaption(s)
	if err != nil {
		return nil, err
	}
	return notes{{Text: v.of(s.Invoice, text), Paper: &paper{pixPaper, invoice, s.Invoice.CustomerID}}}, nil
}

// slip hands over the boleto of an invoice.
func (v *visit) slip(ctx context.Context, invoice uuid.UUID) (notes, error) {
	s, why, err := v.toPay(ctx, invoice, func(*ent.Slip) bool { return true }, nothingToPrint)
	if err != nil || why != nil {
		return why, err
	}
	return notes{{Text: v.of(s.Invoice, slipCaption(s)), Paper: &paper{invoicePaper, invoice, s.Invoice.CustomerID}}}, nil
}

// linha says the digits of an invoice's boleto, alone in its message so that one touch copies them.
func (v *visit) linha(ctx context.Context, invoice uuid.UUID) (notes, error) {
	s, why, err := v.toPay(ctx, invoice, func(row *ent.Slip) bool { return row.Linha != "" }, noLinha)
	if err != nil || why != nil {
		return why, err
	}
	return notes{{Text: v.of(s.Invoice, linhaText(s)), Keys: keys{row(menuKey.of(v.asking(ctx)[0], uuid.Nil))}.below()}}, nil
}

// account explains an invoice line by line, each amount with its memo as the staff see it.
func (v *visit) account(ctx context.Context, invoice uuid.UUID) (notes, error) {
	s, err := v.reception.subscribers.Invoice(ctx, invoice)
	if err != nil {
		return nil, err
	}
	k := keys{row(menuKey.of(v.asking(ctx)[0], uuid.Nil))}
	if len(contestable(s, v.today())) > 0 {
		k = keys{row(press(labelContest, toContest).of(v.asking(ctx)[0], invoice)), row(menuKey)}
	}
	return notes{{Text: v.of(s.Invoice, accountText(s)), Keys: k}}, nil
}

// paid lists the invoices that were paid last.
func (v *visit) paid(ctx context.Context, _ uuid.UUID) (notes, error) {
	return v.each(ctx, func(ctx context.Context, _ *ent.Customer) (notes, error) {
		last, err := v.reception.subscribers.Paid(ctx)
		return v.page(paidText(last, v.isp.Zone), keys{row(press(labelInvoices, "faturas"), menuKey)}), err
	})
}

// settled says why there is nothing to pay of an invoice, or that there is.
func settled(s *billing.Standing) (why string, payable bool) {
	switch s.Status {
	case billing.InvoicePaid:
		return alreadyPaid, false
	case billing.InvoiceCancelled:
		return alreadyCancelled, false
	case billing.InvoiceContested:
		return contested, false
	}
	return "", true
}
