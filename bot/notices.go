package bot

import (
	"context"

	"github.com/google/uuid"

	"enlace/tenants/messages"
)

// toNotices leads to what a chat is told unasked; the other two, with a kind behind them, have it told or not, however often they are pressed.
const toNotices, toHear, toSilence = "avisos", "avisar-", "calar-"

// notices is Meus dados, Avisos: what this chat is told unasked, each with a button that turns it on or off.
func (v *visit) notices(ctx context.Context) (notes, error) {
	all, err := v.reception.subscribers.Notices(ctx, v.chat)
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
	return v.page(noticesText(all, v.face.Quiet), append(k, row(press(labelRecord, "meusdados"), menuKey))), nil
}

// wanted turns a kind of message on or off.
func wanted(kind messages.Kind, told bool) func(*visit, context.Context, uuid.UUID) (notes, error) {
	return func(v *visit, ctx context.Context, _ uuid.UUID) (notes, error) {
		if err := v.reception.subscribers.Want(ctx, v.chat, kind, told); err != nil {
			return nil, err
		}
		return v.notices(ctx)
	}
}
