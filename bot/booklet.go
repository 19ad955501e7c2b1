package bot

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
)

const toBooklet = "um"

// booklets is /carne: the PDF of the one carnê there is, or a choice.
func (v *visit) booklets(ctx context.Context) (notes, error) {
	return v.each(ctx, func(ctx context.Context, customer *ent.Customer) (notes, error) {
		all, err := v.reception.subscribers.Booklets(ctx)
		switch {
		case err != nil:
			return nil, err
		case len(all) == 0:
			return v.page(noBooklet, keys{row(menuKey)}), nil
		case len(all) == 1:
			return notes{handBooklet(all[0])}, nil
		}
		var choice keys
		for _, one := range all {
			choice = append(choice, row(press(bookletLabel(one), toBooklet).of(customer, one.ID)))
		}
		return v.page(whichBooklet, append(choice, row(cancelKey))), nil
	})
}

// booklet hands over one of several.
func (v *visit) booklet(ctx context.Context, id uuid.UUID) (notes, error) {
	all, err := v.reception.subscribers.Booklets(ctx)
	if err != nil {
		return nil, err
	}
	for _, one := range all {
		if one.ID == id {
			return notes{handBooklet(one)}, nil
		}
	}
	return notes{{Text: noBooklet, Keys: keys{row(menuKey)}}}, nil
}

func handBooklet(one *ent.Booklet) note {
	return note{Text: bookletCaption(one), Paper: &paper{bookletPaper, one.ID, one.CustomerID}}
}
