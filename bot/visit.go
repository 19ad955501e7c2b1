package bot

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/bots"
	"enlace/tenants/brazil"
	"enlace/tenants/calendar"
	"enlace/tenants/customers"
	"enlace/tenants/subscribers"
	"enlace/tenants/subscriptions"
	"enlace/tenants/support"
)

// reception is the desks the bot asks.
type reception struct {
	bots          bots.Desk
	subscribers   subscribers.Desk
	customers     customers.Desk
	billing       billing.Desk
	subscriptions subscriptions.Desk
	support       support.Desk
}

// visit is one update being answered. Its dialogues run in one transaction; they return what is to be said, and say nothing themselves.
type visit struct {
	reception
	heard
	isp       tenants.Tenant
	customers []*ent.Customer // whom the chat may see; none: a stranger
	face      bots.Face
	asked     *subscribers.Dialog // what the chat was being asked when the button was pressed; nil: nothing
	written   bool                // the pressed message was written anew already, or stays as it is
}

func (r reception) visit(isp tenants.Tenant, h heard) *visit {
	return &visit{reception: r, heard: h, isp: isp}
}

// answer is what is said to an update. A fault it returns is told by refuse, in a transaction of its own.
func (v *visit) answer(ctx context.Context) (said notes, err error) {
	if v.chat == 0 {
		return nil, nil
	}
	if v.left || v.joined { // whoever writes again is asked nothing and told nothing for that: bots.Once has noted it
		if v.left {
			err = v.reception.bots.Blocked(ctx, v.chat)
		}
		return nil, err
	}
	v.written = false
	if v.customers, err = v.reception.subscribers.CustomersOf(ctx, v.chat); err != nil {
		return nil, err
	}
	if len(v.customers) > 0 {
		if err := v.reception.bots.Heard(ctx, v.chat); err != nil {
			return nil, err
		}
	}
	if v.face, err = v.reception.bots.Face(ctx); err != nil {
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
	case v.card != nil:
		return v.shared(ctx)
	case v.command == "start" && v.argument != "":
		return v.link(ctx)
	case len(v.customers) == 0:
		return v.meet(ctx)
	case v.command != "":
		if of := v.subject(); of.customer != nil {
			ctx = subscribers.As(ctx, of.customer)
		}
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
	v.written = c.below
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
	if v.asked, err = v.reception.subscribers.Asked(ctx, v.chat); err != nil {
		return nil, err
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
		return v.guess(ctx, begun(plainly(v.command)), unknownCommand), nil
	}
	if !v.offers(plainly(v.command)) {
		return v.page(notOffered, menuKeys), nil
	}
	return do(v, ctx)
}

// plainly is what people type, in small letters and without accents.
func plainly(text string) string {
	plain, _ := brazil.ASCII(strings.ToLower(text))
	return plain
}

// begun is the command that somebody began to type, or "".
func begun(typed string) (found string) {
	for command := range commands {
		if len(typed) > 1 && strings.HasPrefix(command, typed) {
			if found != "" {
				return ""
			}
			found = command
		}
	}
	return found
}

// spoken answers words that nobody asked for: what they can only mean is shown, what they may mean is offered.
func (v *visit) spoken(ctx context.Context) (notes, error) {
	if verb := phrased(v.text); verb != "" && v.offers(verb) {
		return presses[verb](v, ctx, uuid.Nil)
	}
	if thanked(v.text) {
		return v.page(welcomeAsEver, keys{row(menuKey)}), nil
	}
	return v.guess(ctx, meant(v.text), choose), nil
}

// guess offers what somebody seems to want, of the customer he speaks of if he does of one, or the menu.
func (v *visit) guess(ctx context.Context, command, otherwise string) notes {
	if label := labelOf[command]; label != "" && v.face.Offers(features[command]) {
		does := press(label, command)
		if tenants.Who(ctx).Kind == tenants.Subscriber {
			does = does.of(v.asking(ctx)[0], uuid.Nil)
		}
		return v.page(perhaps(command), keys{row(does), row(menuKey)})
	}
	if foreign(v.text) {
		otherwise = onlyPortuguese.to(v.face)
	}
	return v.page(otherwise, menuKeys)
}

// oddity answers to what no dialogue takes; whatever was being asked is still asked.
func (v *visit) oddity(asked *subscribers.Dialog) notes {
	if !idle(asked) {
		return notes{{Text: oddities[v.odd] + "\n\n" + goOn, Keys: keys{row(cancelKey)}}}
	}
	return v.page(oddities[v.odd]+"\n\n"+choose, menuKeys)
}

// wrote takes words that are no command: what was asked for, or nothing in particular.
func (v *visit) wrote(ctx context.Context) (notes, error) {
	asked, err := v.reception.subscribers.Asked(ctx, v.chat)
	if err != nil {
		return nil, err
	}
	if said, ok, err := v.entering(ctx, asked); err != nil || ok {
		return said, err
	}
	if said, ok, err := v.replying(ctx, asked); err != nil || ok {
		return said, err
	}
	if idle(asked) && (asked == nil || asked.Step != askedMore && !(asked.Step == askedEnclosure && v.sent != nil)) {
		if said, talks, err := v.talked(ctx); err != nil || talks {
			return said, err
		}
	}
	switch {
	case v.odd != "":
		return v.oddity(asked), nil
	case v.sent != nil && v.sent.size > support.MostSent:
		return notes{{Text: fileLarge, Keys: keys{row(cancelKey)}}}, nil
	case v.sent != nil && asked != nil && asked.Step == askedMore:
		return v.added(ctx, asked)
	case v.sent != nil && asked != nil && asked.Step == askedEnclosure:
		return v.enclose(ctx, asked)
	case v.sent != nil && idle(asked):
		return v.stray(ctx)
	case idle(asked):
		if v.command = plainly(v.text); commands[v.command] != nil { // without its bar
			return v.commanded(ctx)
		}
		switch late, err := v.late(ctx, asked); {
		case err != nil || late != nil:
			return late, err
		case asked != nil && asked.Step == askedMore && !thanked(v.text): // one thing more about what was just written
			return v.replied(ctx, asked)
		}
		return v.spoken(ctx)
	case v.isCancel():
		return v.cancel(ctx)
	case !v.offers(asked.Step):
		return v.page(notOffered, menuKeys), v.reception.subscribers.Forget(ctx, v.chat)
	}
	if take := answers[asked.Step]; take != nil {
		return take(v, ctx, asked)
	}
	return v.cancel(ctx)
}

// idle says that no answer is awaited: at most the ways in were shown, or a ticket or a contest takes what more is sent.
func idle(asked *subscribers.Dialog) bool {
	return asked == nil || asked.Step == metStranger || asked.Step == askedMore || asked.Step == askedEnclosure
}

// late says of words that answer what was asked too long ago that they were not taken: whoever wrote them is to know. What can mean but one thing is
// done all the same.
func (v *visit) late(ctx context.Context, asked *subscribers.Dialog) (notes, error) {
	if asked != nil || phrased(v.text) != "" || thanked(v.text) {
		return nil, nil
	}
	missed, err := v.reception.subscribers.Missed(ctx, v.chat)
	if err != nil || missed == nil || answers[missed.Step] == nil {
		return nil, err
	}
	return v.page(tooLate, menuKeys), v.reception.subscribers.Forget(ctx, v.chat)
}

// isCancel says that somebody writes what the button of that name does, with its bar or without.
func (v *visit) isCancel() bool {
	return v.command == "cancelar" || v.command == "" && strings.EqualFold(v.text, "cancelar")
}

// refuse is what is said to a fault.
func (v *visit) refuse(ctx context.Context, fault *tenants.Fault) (notes, error) {
	switch {
	case strings.HasPrefix(fault.Code, "trust_"):
		return v.noUnblock(ctx, fault)
	case refusals[fault.Code].text != "":
		said := notes{{Text: refusals[fault.Code].to(v.face), Keys: keys{row(menuKey)}}}
		if v.press != "" {
			said = append(notes{{Press: v.press}}, said...)
		}
		return said, nil
	case v.press != "" && (fault.Kind == tenants.KindConflict || fault.Kind == tenants.KindInvalid):
		return notes{{Press: v.press}, {Text: notNow, Keys: menuKeys}}, nil
	case v.press != "":
		return notes{{Press: v.press, Text: staleButton}}, nil
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

// stop is /cancelar: the way out of a talk with the office too.
func (v *visit) stop(ctx context.Context) (notes, error) {
	t, err := v.reception.support.Talking(ctx, v.chat, v.customers)
	switch {
	case err != nil:
		return nil, err
	case t != nil:
		return v.handBack(ctx)
	}
	return v.cancel(ctx)
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

// holder is the customer a question was about; nil once the chat may not see them.
func (v *visit) holder(asked *subscribers.Dialog) *ent.Customer {
	i := slices.IndexFunc(v.customers, func(c *ent.Customer) bool { return c.ID.String() == asked.Data["customer"] })
	if i < 0 {
		return nil
	}
	return v.customers[i]
}

// asking is the customers an update is about.
func (v *visit) asking(ctx context.Context) []*ent.Customer {
	if who := tenants.Who(ctx); who.Kind == tenants.Subscriber {
		return v.customers[slices.IndexFunc(v.customers, is(who.ID)):][:1]
	}
	return v.customers
}

// one is the customer a button named; NotFound where it named none.
func (v *visit) one(ctx context.Context) (*ent.Customer, error) {
	if tenants.Who(ctx).Kind != tenants.Subscriber {
		return nil, tenants.NotFound()
	}
	return v.asking(ctx)[0], nil
}

// today is the ISP's day.
func (v *visit) today() calendar.Date { return v.isp.Today(v.reception.subscribers.DB.Now()) }
