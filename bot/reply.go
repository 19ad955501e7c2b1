package bot

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants/subscribers"
	"enlace/tenants/support"
)

// subject is whom a message is about to which somebody replies, and which ticket, as the buttons under it say. They are a question like any other: of
// nobody whom the chat may not see, and of nobody where they name several.
type subject struct {
	customer *ent.Customer // nil: it says nothing of anybody
	ticket   uuid.UUID     // Nil: of none, or of several
}

func (v *visit) subject() (of subject) {
	var tickets []uuid.UUID
	var asked *uuid.UUID // in which ticket it asks for an answer
	for _, text := range v.under {
		c, err := parseCode(text)
		if err != nil {
			continue
		}
		if c.verb == cancelKey.Code {
			asked = &c.thing
		}
		if c.customer == uuid.Nil {
			continue
		}
		i := slices.IndexFunc(v.customers, is(c.customer))
		if i < 0 || of.customer != nil && of.customer.ID != c.customer {
			return subject{}
		}
		of.customer = v.customers[i]
		if c.thing != uuid.Nil && ofTicket(c.verb) && !slices.Contains(tickets, c.thing) {
			tickets = append(tickets, c.thing)
		}
	}
	switch {
	case asked != nil: // the others are only offered beside it
		of.ticket = *asked
	case len(tickets) == 1:
		of.ticket = tickets[0]
	}
	return of
}

// ofTicket says whether the thing of a button is a ticket.
func ofTicket(verb string) bool {
	return slices.Contains([]string{toFollow, toReply, toTalk, toHandBack, toSkipComment, menuKey.Code}, verb) || strings.HasPrefix(verb, support.DoRate)
}

// replying takes words or a file that somebody sent as the reply to a message which is not what the chat was asked last: they go to the ticket or the
// customer of that message, never to another's. ok is false where the message says nothing of that, or belongs to the question.
func (v *visit) replying(ctx context.Context, asked *subscribers.Dialog) (said notes, ok bool, err error) {
	of := v.subject()
	if of.customer == nil || v.odd != "" || v.sent != nil && v.sent.size > support.MostSent || v.isCancel() {
		return nil, false, nil
	}
	whose := of.customer.ID.String()
	same := asked != nil && (asked.Data["customer"] == "" || asked.Data["customer"] == whose)
	waits := !idle(asked)
	inside := subscribers.As(ctx, of.customer)
	switch {
	case waits && same && (of.ticket == uuid.Nil || asked.Data["ticket"] == of.ticket.String()):
		return nil, false, nil
	case v.sent != nil && same && asked != nil && asked.Step == askedEnclosure:
		return nil, false, nil
	case !waits && commands[plainly(v.text)] != nil:
		v.command = plainly(v.text)
		said, err = v.commanded(inside)
		return said, true, err
	}
	talk, err := v.reception.support.Talking(ctx, v.chat, v.customers)
	switch {
	case err != nil:
		return nil, false, err
	case talk != nil && !waits && (talk.ID == of.ticket || of.ticket == uuid.Nil && talk.CustomerID == of.customer.ID):
		return nil, false, nil
	case of.ticket != uuid.Nil:
		said, err = v.replied(ctx, &subscribers.Dialog{Step: askedReply, Data: map[string]string{"customer": whose, "ticket": of.ticket.String()}})
		return said, true, err
	case waits || talk != nil:
		return v.aboutOne(of.customer, repliedAbout), true, nil
	case v.sent != nil:
		said, err = v.stray(inside)
		return said, true, err
	}
	if phrased(v.text) == "" && meant(v.text) == "" {
		return v.aboutOne(of.customer, whatFor), true, nil
	}
	said, err = v.spoken(inside)
	return said, true, err
}

// aboutOne offers what may be done for one customer; what the chat was asked is still asked.
func (v *visit) aboutOne(customer *ent.Customer, say func(first string) string) notes {
	do := func(label, verb string) key { return press(label, verb).of(customer, uuid.Nil) }
	return notes{{Text: say(subscribers.FirstName(customer)), Keys: keys{row(do(labelInvoices, "faturas"), do(labelSupport, "suporte")), row(menuKey)}}}
}

// underTicket is the way back to the menu under what was said of a ticket: whoever replies to it writes in the ticket.
func underTicket(t *ent.Ticket) keys {
	return keys{row(key{menuKey.Label, code{verb: menuKey.Code, customer: t.CustomerID, thing: t.ID}.String()})}.below()
}
