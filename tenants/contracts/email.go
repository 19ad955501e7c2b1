package contracts

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/mail"
	"enlace/tenants/staff"
)

// Email has a contract's paper sent to an address. The same form sent twice sends it once. It returns Invalid email, NotFound, and Denied
// without Sell.
func (d Desk) Email(ctx context.Context, id uuid.UUID, to, key string) error {
	if !mail.Address(to) {
		return tenants.Invalid("email", "email")
	}
	if err := d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error { return staff.Require(ctx, c, staff.Sell) }); err != nil {
		return err
	}
	file, err := d.Paper(ctx, id)
	if err != nil {
		return err
	}
	return d.once(ctx, "email_contract", key, []string{id.String(), to}, func(ctx context.Context, c *ent.Client) error {
		row, err := c.Contract.Get(ctx, id)
		if err != nil {
			return found(err)
		}
		company, err := c.Company.Get(ctx, row.CompanyID)
		if err != nil {
			return err
		}
		isp, _ := tenants.From(ctx)
		_, err = mail.Send(ctx, c, d.DB.Now(), mail.Message{Customer: row.CustomerID, About: "contract", AboutID: id, To: to, ReplyTo: company.Email,
			Subject: fmt.Sprintf("Contrato %d, %s", row.Number, isp.Name), Text: letter(row, isp), Files: []uuid.UUID{file.ID}})
		return err
	})
}

// letter is what stands in the message.
func letter(row *ent.Contract, isp tenants.Tenant) string {
	return fmt.Sprintf("Olá, %s.\n\nO seu contrato %d, de %s, está anexo em PDF.\n\nGuarde este arquivo. Se algo não estiver certo, responda a esta mensagem.\n\n%s\n",
		row.Printed["holder"], row.Number, row.IssuedAt.In(isp.Zone).Format("02/01/2006"), isp.Name)
}
