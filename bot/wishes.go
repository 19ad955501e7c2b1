package bot

import (
	"context"

	"github.com/google/uuid"

	"enlace/tenants/messages"
)

// toWishes leads to what a chat is told unasked; the other two, with a kind behind them, have it told or not, however often they are pressed.
const toWishes, toHear, toSilence = "avisos", "avisar-", "calar-"

// wishes is Meus dados, Avisos: what this chat is told unasked, each with a button that turns it on or off.
func (v *visit) wishes(ctx context.Context) (notes, error) {
	all, err := v.reception.subscribers.Wishes(ctx, v.chat)
	if err != nil {
		return nil, err
	}
	var k keys
	for _, w := range all {
		switch {
		case w.Must:
		case w.Told:
			k = append(k, row(press(labelSilence(w.Kind), toSilence+string(w.Kind))))
		default:
			k = append(k, row(press(labelHear(w.Kind), toHear+string(w.Kind))))
		}
	}
	return v.page(wishesText(all, v.face.Quiet), append(k, row(press(labelRecord, "meusdados"), menuKey))), nil
}

// wished turns a kind of message on or off.
func wished(kind messages.Kind, told bool) func(*visit, context.Context, uuid.UUID) (notes, error) {
	return func(v *visit, ctx context.Context, _ uuid.UUID) (notes, error) {
		if err := v.reception.subscribers.Wish(ctx, v.chat, kind, told); err != nil {
			return nil, err
		}
		return v.wishes(ctx)
	}
}
