package subscribers

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/customer"
	"enlace/ent/telegramattempt"
	"enlace/tenants/billing"
	"enlace/tenants/brazil"
	"enlace/tenants/catalog"
)

// Look is what somebody sees by a CPF alone.
type Look struct {
	Name    string              // masked
	Open    []*billing.Standing // to be paid, by due date
	Refused Refusal
}

// LooksByCPF says whether the ISP lets people look by a CPF alone.
func (d Desk) LooksByCPF(ctx context.Context) (may bool, err error) {
	return may, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		policy, err := catalog.Policy(ctx, c)
		if err == nil {
			may = policy.BotCpfOnly
		}
		return err
	})
}

// LookByCPF shows what is to be paid for a CPF or CNPJ, where the ISP has switched that on. A number of eleven figures is known to many, so it
// never ties a chat to anybody: it is a look, and the next one asks for the number again. What is seen is a masked name and what any printed
// slip has for who pays it: amount, day, Pix. No address, no document, no plan, no paper, and nothing is ever sent unasked because of it.
//
// Nobody learns whether a CPF is a customer's: one of whom nothing is to be paid and one that nobody has are answered alike, after the same
// statements, and both count as missed. A chat has few looks a day, and the ISP's bot few misses.
func (d Desk) LookByCPF(ctx context.Context, chat int64, typed string) (look Look, err error) {
	document, valid := brazil.CPF(typed)
	if !valid {
		document, valid = brazil.CNPJ(typed)
	}
	return look, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		on, err := d.LooksByCPF(ctx)
		if err != nil {
			return err
		}
		shut, err := d.shutToLooks(ctx, c, chat)
		switch {
		case err != nil:
			return err
		case shut || !on:
			look.Refused = Shut
			return nil
		case !valid: // nobody's: that is no secret, and no attempt
			look.Refused = NoCPF
			return nil
		}
		var id uuid.UUID
		holder, err := c.Customer.Query().Where(customer.Document(document)).Only(ctx)
		if err == nil {
			id = holder.ID
		} else if !ent.IsNotFound(err) {
			return err
		}
		open, err := billing.InvoicesOf(ctx, c, d.DB.Today(ctx), id, true)
		if err != nil {
			return err
		}
		for _, one := range open {
			if one.Status != billing.InvoiceContested {
				look.Open = append(look.Open, one)
			}
		}
		if len(look.Open) == 0 {
			look.Refused = Nothing
			return d.count(ctx, c, chat, telegramattempt.KindCpf)
		}
		look.Name = masked(holder.Name)
		return d.count(ctx, c, chat, telegramattempt.KindCpfSeen)
	})
}
