package bot

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/contact"
	"enlace/tenants/subscribers"
)

const (
	toCorrectPhone = "telefone"
	toCorrectEmail = "email"
	toData         = "dados"
	askedPhone     = "phone"
	askedEmail     = "email"
)

// record is /meusdados: what the office has of the customer, masked, since a telephone passes from hand to hand.
func (v *visit) record(ctx context.Context) (notes, error) {
	return v.each(ctx, func(ctx context.Context, customer *ent.Customer) (notes, error) {
		r, err := v.reception.subscribers.Record(ctx)
		if err != nil {
			return nil, err
		}
		do := func(label, verb string) key { return press(label, verb).of(customer, uuid.Nil) }
		return v.page(recordText(r, len(v.customers) > 1), keys{row(do(labelCorrectPhone, toCorrectPhone), do(labelCorrectEmail, toCorrectEmail)),
			row(do(labelData, toData), press(labelNotices, toNotices)), row(press(labelLeave, "sair"), menuKey)}), nil
	})
}

// askPhone asks for another telephone.
func (v *visit) askPhone(ctx context.Context, _ uuid.UUID) (notes, error) {
	return v.askContact(ctx, askedPhone, phoneQuestion)
}

// askEmail asks for another e-mail.
func (v *visit) askEmail(ctx context.Context, _ uuid.UUID) (notes, error) {
	return v.askContact(ctx, askedEmail, emailQuestion)
}

func (v *visit) askContact(ctx context.Context, step, question string) (notes, error) {
	who, err := v.one(ctx)
	if err != nil {
		return nil, err
	}
	asked := subscribers.Dialog{Step: step, Data: map[string]string{"customer": who.ID.String()}}
	return v.page(question, keys{row(cancelKey.of(who, uuid.Nil))}), v.reception.subscribers.Await(ctx, v.chat, asked)
}

// corrected takes the telephone or the e-mail that was asked for.
func (v *visit) corrected(ctx context.Context, asked *subscribers.Dialog) (notes, error) {
	customer := v.holder(asked)
	if customer == nil {
		return v.cancel(ctx)
	}
	kind := contact.KindPhone
	if asked.Step == askedEmail {
		kind = contact.KindEmail
	}
	kept, err := v.reception.customers.CorrectOwn(subscribers.As(ctx, customer), kind, v.text)
	if err != nil {
		return nil, err
	}
	return notes{{Text: correctedText(kind, kept), Keys: keys{row(press(labelRecord, "meusdados"), menuKey)}}}, v.reception.subscribers.Forget(ctx, v.chat)
}

// data hands over all that is held of the customer (LGPD, art. 18): to be read, and for machines.
func (v *visit) data(ctx context.Context, _ uuid.UUID) (notes, error) {
	who, err := v.one(ctx)
	if err != nil {
		return nil, err
	}
	return notes{{Text: dataCaption, Paper: &paper{dataPaper, who.ID, who.ID}}, {Text: dataFileCaption, Paper: &paper{dataFile, who.ID, who.ID}}}, nil
}
