package bot

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/subscribers"
)

const toConfirmUnblock = "sim"

// unblock is /desbloquear: it tells the rule and asks, or says why not and until when not.
func (v *visit) unblock(ctx context.Context) (notes, error) {
	return v.each(ctx, func(ctx context.Context, customer *ent.Customer) (notes, error) {
		offer, err := v.reception.subscribers.Offer(ctx)
		if err != nil {
			return nil, err
		}
		pay := payKeys(customer, offer)
		if why := noOffer(offer, v.face, v.isp.Name, v.isp.Zone); why != "" {
			return v.page(why, append(pay, row(menuKey))), nil
		}
		ask := row(press(labelConfirmUnblock, toConfirmUnblock).of(customer, uuid.Nil))
		return v.page(unblockQuestion(offer), append(append(keys{ask}, pay...), row(cancelKey))), nil
	})
}

// payKeys leads to the Pix of the oldest overdue invoice.
func payKeys(customer *ent.Customer, offer subscribers.Offer) keys {
	for _, s := range offer.Debt {
		if s.Slip != nil && hasPix(s.Slip) {
			return keys{row(press(labelPay, toPix).of(customer, s.Invoice.ID))}
		}
	}
	return nil
}

// confirmUnblock does it. What matters is a new message; the question stays above it without its buttons.
func (v *visit) confirmUnblock(ctx context.Context, _ uuid.UUID) (notes, error) {
	if tenants.Who(ctx).Kind != tenants.Subscriber {
		return nil, tenants.NotFound()
	}
	customer := v.asking(ctx)[0]
	done, err := v.reception.subscriptions.TrustUnblockSelf(ctx)
	if err != nil {
		return nil, err
	}
	offer, err := v.reception.subscribers.Offer(ctx)
	if err != nil {
		return nil, err
	}
	answer := note{Text: unblocked(subscribers.FirstName(customer), done, v.isp.Zone), Keys: payKeys(customer, offer)}
	return append(v.page(unblockAsked(v.reception.subscribers.DB.Now().In(v.isp.Zone)), nil), answer), nil
}

// noUnblock is the answer to one who asked although he may not: with a button of long ago, or a second time at once.
func (v *visit) noUnblock(ctx context.Context, fault *tenants.Fault) (notes, error) {
	c, err := parseCode(v.code)
	if err != nil {
		return nil, err
	}
	said := notes{{Press: v.press}}
	for _, customer := range v.customers {
		if customer.ID != c.customer {
			continue
		}
		offer, err := v.reception.subscribers.Offer(subscribers.As(ctx, customer))
		if err != nil {
			return nil, err
		}
		why := noOffer(offer, v.face, v.isp.Name, v.isp.Zone)
		if why == "" {
			why = refusedUnblock(fault)
		}
		said = append(said, note{Text: why, Keys: append(payKeys(customer, offer), row(menuKey))})
	}
	return said, nil
}
