package subscribers

import (
	"context"

	"enlace/ent"
	"enlace/ent/contact"
	"enlace/ent/customer"
	"enlace/ent/predicate"
	"enlace/ent/telegramattempt"
	"enlace/ent/telegramlink"
	"enlace/tenants"
	"enlace/tenants/brazil"
)

// Card is a contact card that was sent to the bot.
type Card struct {
	Phone string // as Telegram writes it, with the code of the country: 5591988880001
	Own   bool   // of who sends it, says Telegram; a card that was passed on is not
}

// Show takes a card, of which only who sends his own may go on to the second proof. It is not looked up yet: what is asked next is asked of
// everybody in the same words, so that nobody learns whether a number is on record.
func (d Desk) Show(ctx context.Context, caller Caller, card Card) (entry Entry, err error) {
	return entry, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		shut, err := d.shut(ctx, c, caller.Chat)
		switch {
		case err != nil:
			return err
		case shut:
			entry.Refused = Shut
		case !card.Own:
			entry, err = d.refuse(ctx, c, caller.Chat, telegramattempt.KindCard, NotOwn)
		}
		return err
	})
}

// EnterByPhone lets a chat in whose own telephone, shown before, is on record for customers of this ISP: as those of them to whom the second
// proof belongs, the last three figures of the CPF or CNPJ, or the day of birth. Several may have one telephone. A number that nobody has and a
// proof that is wrong are refused alike.
func (d Desk) EnterByPhone(ctx context.Context, caller Caller, phone, proof string) (entry Entry, err error) {
	return entry, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if shut, err := d.shut(ctx, c, caller.Chat); err != nil || shut {
			entry.Refused = Shut
			return err
		}
		holders, err := c.Customer.Query().Where(hasPhone(phone)).Order(customer.ByNumber()).All(ctx)
		if err != nil {
			return err
		}
		for _, one := range holders {
			if provesDocument(one, proof) || provesBirth(one, proof) {
				entry.Customers = append(entry.Customers, one)
			}
		}
		if len(entry.Customers) == 0 {
			entry, err = d.refuse(ctx, c, caller.Chat, telegramattempt.KindProof, NotProven)
			return err
		}
		for _, one := range entry.Customers {
			if err := d.tie(As(ctx, one), c, caller, one, telegramlink.WayPhone); err != nil {
				return err
			}
		}
		return nil
	})
}

// hasPhone finds the customers who have a telephone, as Telegram writes it.
func hasPhone(phone string) predicate.Customer {
	number, err := brazil.Phone("+" + phone)
	if err != nil { // no number that anybody could have on record
		number = phone
	}
	return tenants.Among[predicate.Customer](customer.FieldID, tenants.IDsIn(contact.Table, contact.FieldCustomerID, contact.KindEQ(contact.KindPhone), contact.Value(number)))
}
