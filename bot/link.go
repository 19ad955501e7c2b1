package bot

import (
	"context"
	"slices"

	"enlace/ent"
	"enlace/tenants/subscribers"
)

// What a chat is asked before it is let in.
const (
	metStranger = "met"   // nothing yet: it was shown the ways in
	askedPaper  = "paper" // the second proof of a printed link
	askedProof  = "proof" // the second proof of a telephone
)

func (v *visit) caller() subscribers.Caller {
	return subscribers.Caller{Chat: v.chat, Person: v.person}
}

// link is /start with the token of a link. One that was shown lets in; one that was printed asks for a second proof.
func (v *visit) link(ctx context.Context) (notes, error) {
	entry, err := v.reception.subscribers.Open(ctx, v.caller(), v.argument)
	if err != nil || entry.Refused != "" || len(entry.Customers) > 0 {
		return v.entered(ctx, entry, err)
	}
	asked := subscribers.Dialog{Step: askedPaper, Data: map[string]string{"token": v.argument}}
	return notes{{Text: paperQuestion(v.isp.Name), Keys: shareKeys}}, v.reception.subscribers.Await(ctx, v.chat, asked)
}

// shared takes a contact card: the second proof of a printed link, or a telephone that still wants one.
func (v *visit) shared(ctx context.Context) (notes, error) {
	asked, err := v.reception.subscribers.Asked(ctx, v.chat)
	if err != nil {
		return nil, err
	}
	if asked != nil && asked.Step == askedPaper {
		entry, err := v.reception.subscribers.ShowWithPaper(ctx, v.caller(), asked.Data["token"], *v.card)
		return v.entered(ctx, entry, err)
	}
	entry, err := v.reception.subscribers.Show(ctx, v.caller(), *v.card)
	if err != nil || entry.Refused != "" {
		return v.entered(ctx, entry, err)
	}
	return notes{{Text: proofQuestion}}, v.reception.subscribers.Await(ctx, v.chat, subscribers.Dialog{Step: askedProof, Data: map[string]string{"phone": v.card.Phone}})
}

// entering takes the words that were asked for before a chat is let in; ok is false where nothing of the kind was asked.
func (v *visit) entering(ctx context.Context, asked *subscribers.Dialog) (said notes, ok bool, err error) {
	if asked == nil || v.command != "" || v.isCancel() {
		return nil, false, nil
	}
	var question note
	switch asked.Step {
	case askedPaper:
		question = note{Text: paperQuestion(v.isp.Name), Keys: shareKeys}
	case askedProof:
		question = note{Text: proofQuestion}
	case askedCPF:
		question = note{Text: cpfQuestion}
	default:
		return nil, false, nil
	}
	switch {
	case v.text == "" || v.sent != nil: // a picture and the like prove nothing, and are no attempt either
		return notes{question}, true, nil
	case asked.Step == askedCPF:
		said, err = v.looked(ctx)
		return said, true, err
	}
	var entry subscribers.Entry
	if asked.Step == askedPaper {
		entry, err = v.reception.subscribers.EnterByPaper(ctx, v.caller(), asked.Data["token"], v.text)
	} else {
		entry, err = v.reception.subscribers.EnterByPhone(ctx, v.caller(), asked.Data["phone"], v.text)
	}
	said, err = v.entered(ctx, entry, err)
	return said, true, err
}

// entered says how it ended when a chat asked to be let in. Once it is, the button that shares a telephone is taken away.
func (v *visit) entered(ctx context.Context, entry subscribers.Entry, err error) (notes, error) {
	switch {
	case err != nil:
		return nil, err
	case entry.Refused == subscribers.NotProven: // it may be written again
		return notes{{Text: notProven}}, nil
	case entry.Refused == subscribers.NotOwn:
		return notes{{Text: notOwn, Keys: shareKeys}}, nil
	}
	asked, err := v.reception.subscribers.Asked(ctx, v.chat)
	if err != nil {
		return nil, err
	}
	if err := v.reception.subscribers.Forget(ctx, v.chat); err != nil {
		return nil, err
	}
	switch entry.Refused {
	case subscribers.DeadLink:
		return notes{{Text: deadLink, Keys: v.waysIn()}}, nil
	case subscribers.Shut:
		return notes{{Text: shutToday}}, nil
	}
	say := welcome
	if slices.ContainsFunc(v.customers, func(one *ent.Customer) bool { return one.ID != entry.Customers[0].ID }) {
		say = welcomeToo
	}
	said := notes{{Text: say(subscribers.FirstName(entry.Customers[0]), v.isp.Name), Keys: menuKeys}}
	if asked != nil {
		said = append(said, note{Text: menuAnytime, Keys: unshareKeys})
	}
	return said, nil
}

// meet answers a chat that may see nobody: with what it was asked, or with the ways in, in the same words whatever it says.
func (v *visit) meet(ctx context.Context) (notes, error) {
	asked, err := v.reception.subscribers.Asked(ctx, v.chat)
	if err != nil {
		return nil, err
	}
	if said, ok, err := v.entering(ctx, asked); err != nil || ok {
		return said, err
	}
	looks, err := v.reception.subscribers.LooksByCPF(ctx)
	if err != nil {
		return nil, err
	}
	if v.command == "cpf" && looks {
		return v.askCPF(ctx)
	}
	text := stranger(v.isp.Name)
	if v.isCancel() && asked != nil && asked.Step != metStranger {
		text = gaveUp
	}
	if looks {
		text += onlyToPay
	}
	return notes{{Text: text, Keys: shareKeys}}, v.reception.subscribers.Await(ctx, v.chat, subscribers.Dialog{Step: metStranger})
}

// another is /vincular: how one more customer is added to a chat that sees one already.
func (v *visit) another(ctx context.Context) (notes, error) {
	return notes{{Text: anotherWay, Keys: shareKeys}}, v.reception.subscribers.Await(ctx, v.chat, subscribers.Dialog{Step: metStranger})
}

// waysIn is the button that shares a telephone, for who is not let in yet.
func (v *visit) waysIn() keys {
	if len(v.customers) > 0 {
		return menuKeys
	}
	return shareKeys
}
