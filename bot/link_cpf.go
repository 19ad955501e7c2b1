package bot

import (
	"context"

	"enlace/tenants/billing"
	"enlace/tenants/subscribers"
)

const askedCPF = "cpf"

// looksAtOnce is how many invoices a look by a CPF alone shows, the oldest first.
const looksAtOnce = 3

// askCPF is /cpf, where the ISP has it: it asks for the number, each time.
func (v *visit) askCPF(ctx context.Context) (notes, error) {
	looks, err := v.reception.subscribers.LooksByCPF(ctx)
	if err != nil || !looks {
		return v.page(unknownCommand, menuKeys), err
	}
	return notes{{Text: cpfQuestion}}, v.reception.subscribers.Await(ctx, v.chat, subscribers.Dialog{Step: askedCPF})
}

// looked shows what is to be paid for the number that was written, and no more of whom it belongs to than a masked name.
func (v *visit) looked(ctx context.Context) (notes, error) {
	look, err := v.reception.subscribers.LookByCPF(ctx, v.chat, v.text)
	switch {
	case err != nil:
		return nil, err
	case look.Refused == subscribers.NoCPF: // it may be written again
		return notes{{Text: noCPF}}, nil
	}
	if err := v.reception.subscribers.Forget(ctx, v.chat); err != nil {
		return nil, err
	}
	switch look.Refused {
	case subscribers.Shut:
		return notes{{Text: shutToday}}, nil
	case subscribers.Nothing:
		return notes{{Text: nothingForCPF, Keys: v.waysIn()}}, nil
	}
	var said notes
	for i, s := range look.Open[:min(looksAtOnce, len(look.Open))] {
		how, err := howToPay(s)
		if err != nil {
			return nil, err
		}
		text := lookText(s, how)
		if i == 0 {
			text = named(look.Name, text)
		}
		said = append(said, note{Text: text})
	}
	return append(said, note{Text: afterLook(len(look.Open) - len(said)), Keys: v.waysIn()}), nil
}

// howToPay is a code that pays an invoice and tells nothing of its customer: the Pix of what is owed, or else the digits of the boleto.
func howToPay(s *billing.Standing) (string, error) {
	switch {
	case s.Slip != nil && hasPix(s.Slip):
		return pixText(s)
	case s.Slip != nil && s.Slip.Linha != "":
		return linhaText(s), nil
	}
	return noPix, nil
}
