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
	toPickService    = "servico"
	toSolved         = "resolveu"
	toStill          = "continua"
	askedWhatHappens = "what_happens"
)

// attend is /suporte: which service, if there are several, then what happens; or a ticket that is being worked on.
func (v *visit) attend(ctx context.Context) (notes, error) {
	var choice keys
	var only *subscribers.Service
	_, err := v.each(ctx, func(ctx context.Context, customer *ent.Customer) (notes, error) {
		services, err := v.reception.subscribers.Services(ctx)
		for _, s := range services {
			only = &s
			choice = append(choice, row(press(serviceLabel(s, customer, len(v.customers) > 1), toPickService).of(customer, s.ID)))
		}
		return nil, err
	})
	switch {
	case err != nil:
		return nil, err
	case len(choice) == 0:
		return v.page(noServices, keys{row(menuKey)}), nil
	case len(choice) == 1:
		return v.look(ctx, only.CustomerID, only.ID)
	}
	under, err := v.following(ctx)
	return v.page(whichService, append(append(choice, under...), row(cancelKey))), err
}

// pickService takes one of several.
func (v *visit) pickService(ctx context.Context, id uuid.UUID) (notes, error) {
	return v.look(ctx, v.asking(ctx)[0].ID, id)
}

// look says how the line of a service stands, by the verdict that staff see, and what to do about it; what is written then opens a ticket.
func (v *visit) look(ctx context.Context, whose, id uuid.UUID) (notes, error) {
	customer := v.customers[slices.IndexFunc(v.customers, is(whose))]
	inside := subscribers.As(ctx, customer)
	l, err := v.reception.subscribers.Line(inside, id)
	if err != nil {
		return nil, err
	}
	k, err := v.lineKeys(inside, customer, l)
	if err != nil {
		return nil, err
	}
	under, err := v.following(ctx)
	if err != nil {
		return nil, err
	}
	text := lineText(l, len(under), v.isp.Zone)
	if len(v.customers) > 1 {
		text = named(subscribers.FirstName(customer), text)
	}
	return v.page(text, append(append(k, under...), row(press(labelAttendant, toAttendant)), row(cancelKey.of(customer, uuid.Nil)))), v.awaitWhatHappens(ctx, l)
}

func (v *visit) awaitWhatHappens(ctx context.Context, l *subscribers.Line) error {
	return v.reception.subscribers.Await(ctx, v.chat, subscribers.Dialog{Step: askedWhatHappens, Data: map[string]string{"customer": l.CustomerID.String(), "service": l.ID.String()}})
}

// lineKeys are what to press under a verdict: what is owed is paid or trusted, steps are answered.
func (v *visit) lineKeys(ctx context.Context, customer *ent.Customer, l *subscribers.Line) (keys, error) {
	switch {
	case l.Outage != nil:
		return nil, nil
	case inDebt[l.Code]:
		offer, err := v.reception.subscribers.Offer(ctx)
		return append(payKeys(customer, offer), row(press(labelUnblock, "desbloquear"))), err
	case len(steps[l.Code]) > 0:
		return keys{row(press(labelSolved, toSolved).of(customer, l.ID), press(labelStill, toStill).of(customer, l.ID))}, nil
	}
	return nil, nil
}

// solved is that the steps have helped.
func (v *visit) solved(context.Context, uuid.UUID) (notes, error) {
	return v.page(solvedText.to(v.face), keys{row(menuKey)}), nil
}

// still is that they have not: the line is looked at once more, and what is written then opens a ticket.
func (v *visit) still(ctx context.Context, id uuid.UUID) (notes, error) {
	l, err := v.reception.subscribers.Line(ctx, id)
	if err != nil {
		return nil, err
	}
	return v.page(stillText(l, v.isp.Zone), keys{row(cancelKey.of(v.asking(ctx)[0], uuid.Nil))}), v.awaitWhatHappens(ctx, l)
}

// described opens the ticket with what was written, said or photographed.
func (v *visit) described(ctx context.Context, asked *subscribers.Dialog) (notes, error) {
	customer := v.holder(asked)
	service, err := uuid.Parse(asked.Data["service"])
	if customer == nil || err != nil {
		return v.cancel(ctx)
	}
	if v.text == "" && v.sent != nil {
		v.text = openedBy[v.sent.kind]
	}
	text, why, err := v.words()
	if err != nil || why != nil {
		return why, err
	}
	ticket, err := v.reception.support.OpenFromSubscriber(subscribers.As(ctx, customer), service, text)
	if err != nil {
		return nil, err
	}
	said := notes{{Text: ticketOpened(ticket), Keys: underTicket(ticket)}}
	if v.sent != nil {
		said = append(said, v.kept(ticket))
	}
	return said, v.more(ctx, ticket)
}

// words are what was written, or why asks for them.
func (v *visit) words() (text string, why notes, err error) {
	if v.text == "" {
		return "", notes{{Text: onlyWords, Keys: keys{row(cancelKey)}}}, nil
	}
	var wrong tenants.Fields
	text = tenants.Typed{"texto": v.text}.Lines(&wrong, "texto")
	return text, nil, wrong.Err()
}

const (
	toFollow      = support.DoFollow
	toReply       = support.DoReply
	askedReply    = "reply"
	askedComment  = "comment"
	toSkipComment = "pular"
)

// following are the buttons to the tickets that are being worked on.
func (v *visit) following(ctx context.Context) (k keys, err error) {
	for _, customer := range v.asking(ctx) {
		rows, err := v.reception.support.Followed(subscribers.As(ctx, customer))
		if err != nil {
			return nil, err
		}
		for _, one := range rows {
			k = append(k, row(press(v.ticketLabel(one, customer), toFollow).of(customer, one.ID)))
		}
	}
	return k, nil
}

// ticketLabel is a ticket in a list; of a chat that sees several customers with whose it is.
func (v *visit) ticketLabel(one *ent.Ticket, of *ent.Customer) string {
	label := ticketLabel(one, v.isp.Zone)
	if len(v.customers) > 1 {
		label = subscribers.FirstName(of) + ", " + label
	}
	return label
}

// follow shows a ticket with what was last said in it.
func (v *visit) follow(ctx context.Context, id uuid.UUID) (notes, error) {
	f, err := v.reception.support.Follow(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := v.reception.support.Seen(ctx, v.chat, f); err != nil {
		return nil, err
	}
	customer := v.asking(ctx)[0]
	return v.page(followedText(f, v.isp.Name, v.isp.Zone), keys{row(press(labelReply, toReply).of(customer, id), press(labelAttendant, toTalk).of(customer, id)), row(menuKey)}), nil
}

// askReply asks for the answer in a ticket.
func (v *visit) askReply(ctx context.Context, id uuid.UUID) (notes, error) {
	f, err := v.reception.support.Follow(ctx, id)
	if err != nil {
		return nil, err
	}
	asked := subscribers.Dialog{Step: askedReply, Data: map[string]string{"customer": f.CustomerID.String(), "ticket": id.String()}}
	return notes{{Text: replyQuestion(f.Ticket), Keys: keys{row(cancelKey.of(v.asking(ctx)[0], id))}}}, v.reception.subscribers.Await(ctx, v.chat, asked)
}

// rated is the mark that a button gives a ticket; something may be said about it.
func rated(mark int) func(*visit, context.Context, uuid.UUID) (notes, error) {
	return func(v *visit, ctx context.Context, id uuid.UUID) (notes, error) {
		row, err := v.reception.support.Rate(ctx, id, mark)
		if err != nil {
			return nil, err
		}
		asked := subscribers.Dialog{Step: askedComment, Data: map[string]string{"customer": row.CustomerID.String(), "ticket": id.String()}}
		return notes{{Text: rateThanks(mark), Keys: keys{{press(labelSkip, toSkipComment)}}}}, v.reception.subscribers.Await(ctx, v.chat, asked)
	}
}

// skipped ends the question about a mark.
func (v *visit) skipped(context.Context, uuid.UUID) (notes, error) {
	return v.page(thanks, keys{row(menuKey)}), nil
}

// replied takes the answer in a ticket: words, or a file, or both.
func (v *visit) replied(ctx context.Context, asked *subscribers.Dialog) (notes, error) {
	customer, id, ok := v.about(asked)
	if !ok {
		return v.cancel(ctx)
	}
	inside := subscribers.As(ctx, customer)
	if v.text == "" && v.sent != nil {
		return v.added(ctx, asked)
	}
	text, why, err := v.words()
	if err != nil || why != nil {
		return why, err
	}
	ticket, err := v.reception.support.Reply(inside, id, text)
	if err != nil {
		return nil, err
	}
	said := notes{{Text: repliedText(ticket), Keys: underTicket(ticket)}}
	if v.sent != nil {
		said = append(said, v.kept(ticket))
	}
	return said, v.more(ctx, ticket)
}

// commented takes what is said about a mark.
func (v *visit) commented(ctx context.Context, asked *subscribers.Dialog) (notes, error) {
	customer, id, ok := v.about(asked)
	if !ok {
		return v.cancel(ctx)
	}
	text, why, err := v.words()
	if err != nil || why != nil {
		return why, err
	}
	if _, err := v.reception.support.Comment(subscribers.As(ctx, customer), id, text); err != nil {
		return nil, err
	}
	return notes{{Text: thanks, Keys: keys{row(menuKey)}}}, v.reception.subscribers.Forget(ctx, v.chat)
}
