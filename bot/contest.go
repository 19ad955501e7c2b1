package bot

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/subscribers"
)

const (
	toContest       = "contestar"
	toContestCharge = "contesto"
	askedContest    = "contest"
	askedEnclosure  = "enclosure" // a charge was just contested: files that follow go with it
)

// contestable are the charges of an invoice that may still be contested.
func contestable(s *billing.Standing, today calendar.Date) (all []*ent.Charge) {
	for _, c := range s.Charges {
		if billing.Contestable(c, today) {
			all = append(all, c)
		}
	}
	return all
}

// contest asks which charge of an invoice is contested; of one alone it asks why.
func (v *visit) contest(ctx context.Context, invoice uuid.UUID) (notes, error) {
	s, err := v.reception.subscribers.Invoice(ctx, invoice)
	if err != nil {
		return nil, err
	}
	all := contestable(s, v.today())
	switch len(all) {
	case 0:
		return nil, tenants.Conflict("nothing_to_contest")
	case 1:
		return v.askContest(ctx, all[0].ID)
	}
	var k keys
	for _, c := range all {
		k = append(k, row(press(chargeLabel(c), toContestCharge).of(v.asking(ctx)[0], c.ID)))
	}
	return v.page(whichCharge, append(k, row(cancelKey))), nil
}

// askContest tells what a contest does, and by when it is answered, and asks why.
func (v *visit) askContest(ctx context.Context, id uuid.UUID) (notes, error) {
	c, err := v.reception.subscribers.Charge(ctx, id)
	if err != nil {
		return nil, err
	}
	asked := subscribers.Dialog{Step: askedContest, Data: map[string]string{"customer": c.CustomerID.String(), "charge": id.String()}}
	return v.page(contestQuestion(c, billing.ContestAnsweredBy(v.today())), keys{row(cancelKey.of(v.asking(ctx)[0], uuid.Nil))}), v.reception.subscribers.Await(ctx, v.chat, asked)
}

// contested notes it, with what was written.
func (v *visit) contested(ctx context.Context, asked *subscribers.Dialog) (notes, error) {
	customer := v.holder(asked)
	id, err := uuid.Parse(asked.Data["charge"])
	if customer == nil || err != nil {
		return v.cancel(ctx)
	}
	if v.sent != nil && v.text == "" {
		return notes{{Text: contestWords, Keys: keys{row(cancelKey.of(customer, uuid.Nil))}}}, nil
	}
	text, why, err := v.words()
	if err != nil || why != nil {
		return why, err
	}
	made, err := v.reception.billing.ContestOwn(subscribers.As(ctx, customer), id, text)
	if err != nil {
		return nil, err
	}
	said := notes{{Text: contestedText(made), Keys: keys{row(press(labelInvoices, "faturas"), menuKey.of(customer, uuid.Nil))}.below()}}
	if v.sent != nil {
		said = append(said, v.enclosed(customer, made.ID))
	}
	return said, v.moreEnclosed(ctx, customer, made.ID)
}

// enclose keeps one more file with what was just contested.
func (v *visit) enclose(ctx context.Context, asked *subscribers.Dialog) (notes, error) {
	customer := v.holder(asked)
	id, err := uuid.Parse(asked.Data["contest"])
	if customer == nil || err != nil {
		return v.stray(ctx)
	}
	return notes{v.enclosed(customer, id)}, v.moreEnclosed(ctx, customer, id)
}

// moreEnclosed notes that files that come next go with a contest.
func (v *visit) moreEnclosed(ctx context.Context, customer *ent.Customer, id uuid.UUID) error {
	return v.reception.subscribers.Await(ctx, v.chat, subscribers.Dialog{Step: askedEnclosure, Data: map[string]string{"customer": customer.ID.String(), "contest": id.String()}})
}
