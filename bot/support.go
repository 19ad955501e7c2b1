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
		return v.askWhatHappens(ctx, *only)
	}
	under, err := v.following(ctx)
	return v.page(whichService, append(append(choice, under...), row(cancelKey))), err
}

// pickService takes one of several.
func (v *visit) pickService(ctx context.Context, id uuid.UUID) (notes, error) {
	services, err := v.reception.subscribers.Services(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(services, func(s subscribers.Service) bool { return s.ID == id })
	if i < 0 {
		return nil, tenants.NotFound()
	}
	return v.askWhatHappens(ctx, services[i])
}

func (v *visit) askWhatHappens(ctx context.Context, s subscribers.Service) (notes, error) {
	asked := subscribers.Dialog{Step: askedWhatHappens, Data: map[string]string{"customer": s.CustomerID.String(), "service": s.ID.String()}}
	under, err := v.following(ctx)
	if err != nil {
		return nil, err
	}
	return v.page(whatHappens(s, len(under)), append(under, row(press(labelAttendant, toAttendant)), row(cancelKey))), v.reception.subscribers.Await(ctx, v.chat, asked)
}

// described opens the ticket with what was written.
func (v *visit) described(ctx context.Context, asked map[string]string) (notes, error) {
	i := slices.IndexFunc(v.customers, func(c *ent.Customer) bool { return c.ID.String() == asked["customer"] })
	service, err := uuid.Parse(asked["service"])
	if i < 0 || err != nil {
		return v.cancel(ctx)
	}
	if v.text == "" {
		return notes{{Text: onlyWords, Keys: keys{row(cancelKey)}}}, nil
	}
	var wrong tenants.Fields
	text := tenants.Typed{"texto": v.text}.Lines(&wrong, "texto")
	if err := wrong.Err(); err != nil {
		return nil, err
	}
	ticket, err := v.reception.support.OpenFromSubscriber(subscribers.As(ctx, v.customers[i]), service, text)
	if err != nil {
		return nil, err
	}
	return notes{{Text: ticketOpened(ticket), Keys: keys{row(menuKey)}}}, v.reception.subscribers.Forget(ctx, v.chat)
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
			k = append(k, row(press(ticketLabel(one), toFollow).of(customer, one.ID)))
		}
	}
	return k, nil
}

// follow shows a ticket with what was last said in it.
func (v *visit) follow(ctx context.Context, id uuid.UUID) (notes, error) {
	f, err := v.reception.support.Follow(ctx, id)
	if err != nil {
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
	return notes{{Text: replyQuestion(f.Ticket), Keys: keys{row(cancelKey)}}}, v.reception.subscribers.Await(ctx, v.chat, asked)
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

// spoke takes the words that were asked for about a ticket: an answer in it, or what is said about its mark.
func (v *visit) spoke(ctx context.Context, asked *subscribers.Dialog) (notes, error) {
	i := slices.IndexFunc(v.customers, func(c *ent.Customer) bool { return c.ID.String() == asked.Data["customer"] })
	id, err := uuid.Parse(asked.Data["ticket"])
	if i < 0 || err != nil {
		return v.cancel(ctx)
	}
	if v.text == "" {
		return notes{{Text: onlyWords, Keys: keys{row(cancelKey)}}}, nil
	}
	var wrong tenants.Fields
	text := tenants.Typed{"texto": v.text}.Lines(&wrong, "texto")
	if err := wrong.Err(); err != nil {
		return nil, err
	}
	inside, said := subscribers.As(ctx, v.customers[i]), note{Text: thanks, Keys: keys{row(menuKey)}}
	if asked.Step == askedComment {
		_, err = v.reception.support.Comment(inside, id, text)
	} else {
		var replied *ent.Ticket
		if replied, err = v.reception.support.Reply(inside, id, text); err == nil {
			said.Text = repliedText(replied)
		}
	}
	if err != nil {
		return nil, err
	}
	return notes{said}, v.reception.subscribers.Forget(ctx, v.chat)
}
