package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/messages"
	"enlace/tenants/subscribers"
	"enlace/tenants/subscriptions"
	"enlace/tenants/support"
)

// reception is the desks the bot asks.
type reception struct {
	subscribers   subscribers.Desk
	subscriptions subscriptions.Desk
	support       support.Desk
}

// visit is one update being answered. Its dialogues run in one transaction; they return what is to be said, and say nothing themselves.
type visit struct {
	reception
	heard
	isp       tenants.Tenant
	customers []*ent.Customer // whom the chat may see; none: a stranger
	face      subscribers.Face
	written   bool // the pressed message was written anew already
}

func (r reception) visit(isp tenants.Tenant, h heard) *visit {
	return &visit{reception: r, heard: h, isp: isp}
}

// commands are what may be typed after a bar; product.md §6.
var commands map[string]func(*visit, context.Context) (notes, error)

// presses are what a button may do; the context is as the customer it names, if it names one.
var presses map[string]func(*visit, context.Context, uuid.UUID) (notes, error)

func init() { // dialogues lead to one another, so the tables cannot be written where they are declared
	commands = map[string]func(*visit, context.Context) (notes, error){
		"start": (*visit).menu, "menu": (*visit).menu, "servicos": (*visit).services, "faturas": (*visit).invoices, "carne": (*visit).booklets,
		"desbloquear": (*visit).unblock, "suporte": (*visit).attend, "meusdados": (*visit).record, "sair": (*visit).leaving,
		"ajuda": (*visit).help, "cancelar": (*visit).cancel,
		toAttendant: (*visit).attendant, toHandBack: (*visit).handBack, toWishes: (*visit).wishes,
	}
	presses = map[string]func(*visit, context.Context, uuid.UUID) (notes, error){
		toInvoicesAfter: (*visit).invoicesAfter, toPix: (*visit).pix, toSlip: (*visit).slip, toLinha: (*visit).linha,
		toAccount: (*visit).account, toPaid: (*visit).paid, toBooklet: (*visit).booklet,
		toConfirmUnblock: (*visit).confirmUnblock, toPickService: (*visit).pickService, toConfirmLeave: (*visit).confirmLeave,
	}
	presses[toTransfer], presses[toAcceptTransfer], presses[toRefuseTransfer] = (*visit).transfer, (*visit).acceptTransfer, (*visit).refuseTransfer
	presses[toFollow], presses[toReply], presses[toSkipComment] = (*visit).follow, (*visit).askReply, (*visit).skipped
	presses[toTalk], presses[toTalkAnew] = (*visit).talk, (*visit).talkAnew
	for _, m := range messages.Manners {
		presses[toHear+string(m.Kind)], presses[toSilence+string(m.Kind)] = wished(m.Kind, true), wished(m.Kind, false)
	}
	for mark := 1; mark <= support.BestRating; mark++ {
		presses[fmt.Sprint(support.DoRate, mark)] = rated(mark)
	}
	for verb, do := range commands {
		presses[verb] = func(v *visit, ctx context.Context, _ uuid.UUID) (notes, error) { return do(v, ctx) }
	}
}

// answer is what is said to an update. A fault it returns is told by refuse, in a transaction of its own.
func (v *visit) answer(ctx context.Context) (said notes, err error) {
	if v.chat == 0 {
		return nil, nil
	}
	v.written = false
	if v.customers, err = v.reception.subscribers.CustomersOf(ctx, v.chat); err != nil {
		return nil, err
	}
	if len(v.customers) > 0 {
		if err := v.reception.subscribers.Heard(ctx, v.chat); err != nil {
			return nil, err
		}
	}
	if v.face, err = v.reception.subscribers.Face(ctx); err != nil {
		return nil, err
	}
	said, err = v.answered(ctx)
	return said.without(v.face), err
}

// answered is what is said before what the ISP does not offer is taken out.
func (v *visit) answered(ctx context.Context) (notes, error) {
	switch {
	case v.press != "":
		return v.pressed(ctx)
	case v.command == "start" && v.argument != "":
		return v.link(ctx)
	case len(v.customers) == 0:
		return notes{{Text: stranger(v.isp.Name)}}, nil
	case v.command != "":
		return v.commanded(ctx)
	}
	return v.wrote(ctx)
}

// pressed does what a button stands for, in the place of whatever was being asked. Whoever is not let in hears the same as of a button that
// never was.
func (v *visit) pressed(ctx context.Context) (notes, error) {
	c, err := parseCode(v.code)
	if err != nil {
		return nil, err
	}
	do, known := presses[c.verb]
	if !known || len(v.customers) == 0 {
		return nil, tenants.NotFound()
	}
	if c.customer != uuid.Nil {
		i := slices.IndexFunc(v.customers, is(c.customer))
		if i < 0 {
			return nil, tenants.NotFound()
		}
		ctx = subscribers.As(ctx, v.customers[i])
	}
	if err := v.reception.subscribers.Forget(ctx, v.chat); err != nil {
		return nil, err
	}
	if !v.offers(c.verb) {
		return append(notes{{Press: v.press}}, v.page(notOffered, menuKeys)...), nil
	}
	said, err := do(v, ctx, c.thing)
	return append(notes{{Press: v.press}}, said...), err
}

// commanded does what a command says, in the place of whatever was being asked.
func (v *visit) commanded(ctx context.Context) (notes, error) {
	if err := v.reception.subscribers.Forget(ctx, v.chat); err != nil {
		return nil, err
	}
	do, known := commands[plainly(v.command)]
	if !known {
		return v.page(unknownCommand, menuKeys), nil
	}
	if !v.offers(plainly(v.command)) {
		return v.page(notOffered, menuKeys), nil
	}
	return do(v, ctx)
}

// plainly is a command without the accents that people type.
func plainly(command string) string {
	return strings.NewReplacer("ê", "e", "ç", "c").Replace(command)
}

// wrote takes words that are no command: what was asked for, or nothing in particular.
func (v *visit) wrote(ctx context.Context) (notes, error) {
	asked, err := v.reception.subscribers.Asked(ctx, v.chat)
	switch {
	case err != nil:
		return nil, err
	case asked == nil:
		if said, talks, err := v.talked(ctx); talks || err != nil {
			return said, err
		}
		return v.page(choose, menuKeys), nil
	case strings.EqualFold(v.text, "cancelar"), !v.offers(asked.Step):
		return v.cancel(ctx)
	case asked.Step == askedWhatHappens:
		return v.described(ctx, asked.Data)
	case asked.Step == askedReply || asked.Step == askedComment:
		return v.spoke(ctx, asked)
	}
	return v.cancel(ctx)
}

// refuse is what is said to a fault.
func (v *visit) refuse(ctx context.Context, fault *tenants.Fault) (notes, error) {
	switch {
	case strings.HasPrefix(fault.Code, "trust_"):
		return v.noUnblock(ctx, fault)
	case fault.Code == "ticket_old":
		return notes{{Text: ticketOld, Keys: keys{row(menuKey)}}}, nil
	case v.press != "":
		return notes{{Press: v.press, Text: staleButton}}, nil
	case v.command == "start":
		return notes{{Text: deadLink}}, nil
	case fault.Kind == tenants.KindInvalid:
		return notes{{Text: invalid(fault), Keys: keys{row(cancelKey)}}}, nil
	}
	return notes{{Text: notNow, Keys: menuKeys}}.without(v.face), nil
}

// sorry is what is said when something is broken on our side.
func (v *visit) sorry(context.Context) (notes, error) {
	if v.press != "" {
		return notes{{Press: v.press, Text: broken}}, nil
	}
	if v.chat == 0 {
		return nil, nil
	}
	return notes{{Text: broken}}, nil
}

// cancel is the way out of every question.
func (v *visit) cancel(ctx context.Context) (notes, error) {
	return v.page(cancelled, keys{row(menuKey)}), v.reception.subscribers.Forget(ctx, v.chat)
}

// page is a message that takes the place of the one whose button was pressed, or a new one.
func (v *visit) page(text string, k keys) notes {
	if v.message == 0 || v.written {
		return notes{{Text: text, Keys: k}}
	}
	v.written = true
	return notes{{Edit: v.message, Text: text, Keys: k}}
}

// each has something said of every customer the chat may see, or of the one a button named; with several each is named first.
func (v *visit) each(ctx context.Context, say func(context.Context, *ent.Customer) (notes, error)) (all notes, err error) {
	for _, customer := range v.asking(ctx) {
		said, err := say(subscribers.As(ctx, customer), customer)
		if err != nil {
			return nil, err
		}
		if len(v.customers) > 1 && len(said) > 0 {
			said[0].Text = named(customer.Name, said[0].Text)
		}
		all = append(all, said...)
	}
	return all, nil
}

// asking is the customers an update is about.
func (v *visit) asking(ctx context.Context) []*ent.Customer {
	if who := tenants.Who(ctx); who.Kind == tenants.Subscriber {
		return v.customers[slices.IndexFunc(v.customers, is(who.ID)):][:1]
	}
	return v.customers
}
