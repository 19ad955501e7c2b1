package bot

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/contracts"
)

const (
	toContract    = "copia"
	toSign        = "assinar"
	toConfirmSign = "assino"
)

// contracts lists the contracts in force, each with its copy; one that waits for it may be accepted.
func (v *visit) contracts(ctx context.Context) (notes, error) {
	return v.each(ctx, func(ctx context.Context, customer *ent.Customer) (notes, error) {
		all, err := v.reception.subscribers.Contracts(ctx)
		if err != nil {
			return nil, err
		}
		var k keys
		for _, one := range all {
			line := row(press(contractLabel(one), toContract).of(customer, one.ID))
			if one.AcceptedAt == nil {
				line = append(line, press(labelSign, toSign).of(customer, one.ID))
			}
			k = append(k, line)
		}
		return v.page(contractsText(all, v.isp.Zone), append(k, row(menuKey))), nil
	})
}

// contract hands over the copy of one.
func (v *visit) contract(ctx context.Context, id uuid.UUID) (notes, error) {
	one, err := v.mine(ctx, id)
	if err != nil {
		return nil, err
	}
	return notes{handContract(one)}, nil
}

// mine is a contract in force of the customer who asks.
func (v *visit) mine(ctx context.Context, id uuid.UUID) (*ent.Contract, error) {
	all, err := v.reception.subscribers.Contracts(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(all, func(one *ent.Contract) bool { return one.ID == id })
	if i < 0 {
		return nil, tenants.NotFound()
	}
	return all[i], nil
}

func handContract(one *ent.Contract) note {
	return note{Text: contractCaption(one), Paper: &paper{contractPaper, one.ID, one.CustomerID}}
}

// sign hands over the contract to be read, and asks.
func (v *visit) sign(ctx context.Context, id uuid.UUID) (notes, error) {
	one, err := v.mine(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case one.AcceptedAt != nil:
		return nil, tenants.Conflict("contract_accepted")
	}
	ask := note{Text: signQuestion(one), Keys: keys{row(press(labelConfirmSign, toConfirmSign).of(v.asking(ctx)[0], id)), row(cancelKey)}}
	return notes{handContract(one), ask}, nil
}

// confirmSign accepts it. The proof is the press: whose chat, which update, when, and the hash of what was accepted.
func (v *visit) confirmSign(ctx context.Context, id uuid.UUID) (notes, error) {
	one, err := v.reception.subscribers.AcceptContract(ctx, id, contracts.Proof{Chat: v.chat, Update: v.update})
	if err != nil {
		return nil, err
	}
	return append(v.page(signedText(one, v.isp.Zone), keys{row(menuKey)}.below()), handContract(one)), nil
}
