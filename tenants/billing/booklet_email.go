package billing

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/contact"
	"enlace/tenants"
	"enlace/tenants/mail"
	"enlace/tenants/staff"
)

// EmailBooklet has the PDF of a carnê sent to an address. The same form sent twice sends it once. It returns Invalid email, Conflict when
// there is nothing to print, NotFound, and Denied without Charge.
func (d Desk) EmailBooklet(ctx context.Context, id uuid.UUID, to, key string) error {
	if !mail.Address(to) {
		return tenants.Invalid("email", "email")
	}
	if err := d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error { return staff.Require(ctx, c, staff.Charge) }); err != nil {
		return err
	}
	file, err := d.BookletPDF(ctx, id)
	if err != nil {
		return err
	}
	_, err = d.press(ctx, "email_booklet", key, []string{id.String(), to}, func(ctx context.Context, c *ent.Client) (string, error) {
		b, err := d.Booklet(ctx, id)
		if err != nil {
			return "", err
		}
		m := mail.Message{Customer: b.CustomerID, About: "booklet", AboutID: id, To: to, Files: []uuid.UUID{file.ID}}
		if m.ReplyTo, err = companyEmail(ctx, c, b.method()); err != nil {
			return "", err
		}
		isp, _ := tenants.From(ctx)
		m.Subject, m.Text = fmt.Sprintf("Carnê %d, %s", b.Number, isp.Name), bookletLetter(b, isp)
		row, err := mail.Send(ctx, c, d.DB.Now(), m)
		if err != nil {
			return "", err
		}
		return row.ID.String(), nil
	})
	return err
}

// companyEmail is where the answers to a letter about a carnê go: to the company that is paid.
func companyEmail(ctx context.Context, c *ent.Client, methodID uuid.UUID) (string, error) {
	method, err := c.BillingMethod.Get(ctx, methodID)
	if err != nil {
		return "", err
	}
	company, err := c.Company.Get(ctx, method.CompanyID)
	if err != nil {
		return "", err
	}
	return company.Email, nil
}

// bookletLetter is what stands in the message.
func bookletLetter(b *Booklet, isp tenants.Tenant) string {
	text := fmt.Sprintf("Olá, %s.\n\nO seu carnê %d, de %s, está anexo em PDF, com o código de barras e o Pix de cada parcela.\n", b.Customer.Name, b.Number, b.Plan.Name)
	if next := b.Next(); next != nil {
		text += fmt.Sprintf("\nA próxima parcela vence em %s: %s.\n", next.Invoice.Due.BR(), next.Total.BRL())
	}
	return text + "\nSe algo não estiver certo, responda a esta mensagem.\n\n" + isp.Name + "\n"
}

// BookletMail is a carnê with its customer's e-mail addresses in their order, and the letters about it, the newest first.
type BookletMail struct {
	*Booklet
	Addresses []string
	Letters   []*ent.Email
}

// BookletMail reads where a carnê can go and where it went. It returns NotFound, and Denied without Charge.
func (d Desk) BookletMail(ctx context.Context, id uuid.UUID) (m *BookletMail, err error) {
	return m, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Charge); err != nil {
			return err
		}
		b, err := bookletCover(ctx, c, id)
		if err != nil {
			return err
		}
		m = &BookletMail{Booklet: b}
		rows, err := c.Contact.Query().Where(contact.CustomerID(b.CustomerID), contact.KindEQ(contact.KindEmail)).Order(contact.ByPosition()).All(ctx)
		if err != nil {
			return err
		}
		for _, row := range rows {
			m.Addresses = append(m.Addresses, row.Value)
		}
		m.Letters, err = mail.Of(ctx, c, id)
		return err
	})
}
