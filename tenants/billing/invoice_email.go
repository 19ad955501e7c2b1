package billing

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/contact"
	"enlace/tenants"
	"enlace/tenants/catalog"
	"enlace/tenants/files"
	"enlace/tenants/mail"
)

// InvoiceMail is what a person looks at before an invoice goes out by e-mail.
type InvoiceMail struct {
	Invoice  *ent.Invoice
	Customer *ent.Customer
	To       string       // the customer's e-mail, where there is one
	Sent     []*ent.Email // the newest first
	Sends    bool         // the ISP sends invoices by itself, when they are issued
}

// InvoiceMail reads it. It returns NotFound, Denied to who neither charges nor receives, and Conflict for an invoice cancelled or paid.
func (d Desk) InvoiceMail(ctx context.Context, id uuid.UUID) (one *InvoiceMail, err error) {
	one = &InvoiceMail{}
	return one, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if one.Invoice, err = mailable(ctx, c, id); err != nil {
			return err
		}
		policy, err := catalog.Policy(ctx, c)
		if err != nil {
			return err
		}
		one.Sends = policy.InvoiceEmails
		if one.Customer, err = c.Customer.Get(ctx, one.Invoice.CustomerID); err != nil {
			return err
		}
		addresses, err := c.Contact.Query().Where(contact.CustomerID(one.Customer.ID), contact.KindEQ(contact.KindEmail)).Order(contact.ByPosition()).Limit(1).All(ctx)
		for _, row := range addresses {
			one.To = row.Value
		}
		if err != nil {
			return err
		}
		one.Sent, err = mail.Of(ctx, c, id)
		return err
	})
}

// mailable is an invoice that may go out.
func mailable(ctx context.Context, c *ent.Client, id uuid.UUID) (*ent.Invoice, error) {
	if err := mayCollect(ctx, c); err != nil {
		return nil, err
	}
	row, err := c.Invoice.Get(ctx, id)
	switch {
	case ent.IsNotFound(err):
		return nil, tenants.NotFound()
	case err != nil:
		return nil, err
	case row.CancelledAt != nil:
		return nil, tenants.Conflict("invoice_cancelled")
	case row.PaidAt != nil:
		return nil, tenants.Conflict("invoice_paid")
	}
	return row, nil
}

// EmailInvoice has the slip of an invoice, as it stands now, sent to an address. The same form sent twice sends it once. It returns Invalid
// email and the faults of InvoiceMail and InvoicePDF.
func (d Desk) EmailInvoice(ctx context.Context, id uuid.UUID, to, key string) error {
	if !mail.Address(to) {
		return tenants.Invalid("email", "email")
	}
	if err := d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error { _, err := mailable(ctx, c, id); return err }); err != nil {
		return err
	}
	name, content, err := d.InvoicePDF(ctx, id) // drawn outside the transaction
	if err != nil {
		return err
	}
	_, err = d.press(ctx, "email_invoice", key, []string{id.String(), to}, func(ctx context.Context, c *ent.Client) (string, error) {
		row, err := mailable(ctx, c, id)
		if err != nil {
			return "", err
		}
		file, err := files.Put(ctx, c, d.DB.Now(), name, files.PDF, content)
		if err != nil {
			return "", err
		}
		return "", sendInvoice(ctx, c, d.post(ctx, c), row, to, file)
	})
	return err
}

func sendInvoice(ctx context.Context, c *ent.Client, p post, row *ent.Invoice, to string, file *ent.File) error {
	standings, err := Standings(ctx, c, p.today, row)
	if err != nil {
		return err
	}
	who, err := c.Customer.Get(ctx, row.CustomerID)
	if err != nil {
		return err
	}
	method, err := c.BillingMethod.Get(ctx, row.MethodID)
	if err != nil {
		return err
	}
	company, err := c.Company.Get(ctx, method.CompanyID)
	if err != nil {
		return err
	}
	isp, _ := tenants.From(ctx)
	text, err := invoiceLetter(who, standings[0], isp)
	if err != nil {
		return err
	}
	_, err = mail.Send(ctx, c, p.now, mail.Message{Customer: row.CustomerID, About: "invoice", AboutID: row.ID, To: to, ReplyTo: company.Email,
		Subject: fmt.Sprintf("Fatura %d, %s", row.Number, isp.Name), Text: text, Files: []uuid.UUID{file.ID}})
	return err
}

// invoiceLetter is what stands in the message.
func invoiceLetter(who *ent.Customer, s *Standing, isp tenants.Tenant) (string, error) {
	text := fmt.Sprintf("Olá, %s.\n\nA sua fatura %d, de %s, vence em %s e está anexa em PDF.\n", who.Name, s.Invoice.Number, s.Owed().BRL(), s.Invoice.Due.BR())
	code, _, err := s.PixToPay()
	if code != "" {
		text += "\nPara pagar por Pix, copie e cole no seu banco:\n" + code + "\n"
	}
	return text + "\nSe já pagou, desconsidere. Dúvidas, responda a esta mensagem.\n\n" + isp.Name + "\n", err
}
