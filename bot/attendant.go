package bot

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/subscribers"
	"enlace/tenants/support"
)

const (
	toAttendant = "atendente"
	toTalk      = "falar"   // in a ticket that is open
	toTalkAnew  = "falarde" // about a service
	toHandBack  = support.DoHandBack
)

// attendant is /atendente, Falar com atendente: it goes on in the ticket that is open, or in a new one about the only service; of several
// one is chosen, or something else is talked about.
func (v *visit) attendant(ctx context.Context) (notes, error) {
	var choice, anew keys
	var start func() (notes, error)
	for _, customer := range v.asking(ctx) {
		inside := subscribers.As(ctx, customer)
		open, err := v.reception.support.Followed(inside)
		if err != nil {
			return nil, err
		}
		services, err := v.reception.subscribers.Services(inside)
		if err != nil {
			return nil, err
		}
		for _, one := range open {
			start = func() (notes, error) { return v.talk(inside, one.ID) }
			choice = append(choice, row(press(v.ticketLabel(one, customer), toTalk).of(customer, one.ID)))
		}
		if len(open) > 0 {
			for _, s := range services {
				anew = append(anew, row(press(labelElse(serviceLabel(s, customer, len(v.customers) > 1)), toTalkAnew).of(customer, s.ID)))
			}
			continue
		}
		for _, s := range services {
			start = func() (notes, error) { return v.talkAnew(inside, s.ID) }
			choice = append(choice, row(press(serviceLabel(s, customer, len(v.customers) > 1), toTalkAnew).of(customer, s.ID)))
		}
	}
	switch len(choice) {
	case 0:
		return v.page(noServices, keys{row(menuKey)}), nil
	case 1:
		return start()
	}
	return v.page(talkAbout, append(append(choice, anew...), row(cancelKey))), nil
}

// talk hands the chat over in a ticket.
func (v *visit) talk(ctx context.Context, id uuid.UUID) (notes, error) {
	return v.handedOver(v.reception.support.Talk(ctx, v.chat, id))
}

// talkAnew hands it over in a ticket that is opened for it.
func (v *visit) talkAnew(ctx context.Context, service uuid.UUID) (notes, error) {
	return v.handedOver(v.reception.support.TalkAnew(ctx, v.chat, service))
}

func (v *visit) handedOver(t *ent.Ticket, err error) (notes, error) {
	if err != nil {
		return nil, err
	}
	customer := v.customers[slices.IndexFunc(v.customers, is(t.CustomerID))]
	return v.page(talkBegun(t, v.isp.Name, v.face.TalkHours), keys{row(press(labelHandBack, toHandBack).of(customer, t.ID))}), nil
}

// handBack is /voltar, Encerrar conversa: it gives the chat back to the bot, in whichever ticket it talks.
func (v *visit) handBack(ctx context.Context) (notes, error) {
	t, err := v.reception.support.Talking(ctx, v.chat, v.customers)
	if err != nil || t == nil {
		return v.page(choose, menuKeys), err
	}
	if t, err = v.reception.support.HandBack(v.asCustomer(ctx, t.CustomerID), t.ID); err != nil {
		return nil, err
	}
	return v.page(talkEnded(t), menuKeys), nil
}

func (v *visit) asCustomer(ctx context.Context, id uuid.UUID) context.Context {
	return subscribers.As(ctx, v.customers[slices.IndexFunc(v.customers, is(id))])
}

// talked takes words that nobody asked for into the ticket in which the chat talks with the office, and is silent; or says that the time of that is
// over. talks is false for a chat that does not talk.
func (v *visit) talked(ctx context.Context) (said notes, talks bool, err error) {
	t, err := v.reception.support.Talking(ctx, v.chat, v.customers)
	if err != nil || t == nil {
		return nil, false, err
	}
	inside := v.asCustomer(ctx, t.CustomerID)
	back := press(labelHandBack, toHandBack).of(v.customers[slices.IndexFunc(v.customers, is(t.CustomerID))], t.ID)
	switch {
	case !support.Talks(t, v.reception.subscribers.DB.Now()):
		_, err := v.reception.support.HandBack(inside, t.ID)
		return notes{{Text: talkOver(t), Keys: keys{row(press(labelAttendant, toAttendant)), row(menuKey)}}}, true, err
	case v.sent != nil && v.sent.size > support.MostSent:
		return notes{{Text: fileLarge, Keys: keys{row(back)}}}, true, nil
	case v.odd != "":
		return notes{{Text: oddities[v.odd], Keys: keys{row(back)}}}, true, nil
	}
	if v.text != "" { // also what stands under a picture
		var wrong tenants.Fields
		text := tenants.Typed{"texto": v.text}.Lines(&wrong, "texto")
		if err := wrong.Err(); err != nil {
			return notes{{Text: invalid(tenants.FaultOf(err)), Keys: keys{row(back)}}}, true, nil
		}
		if _, err = v.reception.support.Reply(inside, t.ID, text); err != nil {
			return nil, true, err
		}
	}
	if v.sent != nil {
		said = notes{v.kept(t)}
	}
	return said, true, nil
}
