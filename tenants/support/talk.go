package support

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/ticket"
	"enlace/tenants"
	"enlace/tenants/bots"
	"enlace/tenants/messages"
)

// DoHandBack is what a button does that ends a conversation with somebody of the office.
const DoHandBack = "voltar"

// askedForSomebody is what stands in a ticket that a subscriber opened by asking for a person.
const askedForSomebody = "Pediu para falar com um atendente."

// Talk hands a chat over to the office, inside a ticket of the subscriber who asks: what is written there goes into the ticket, and the bot is silent,
// until one of the two hands back or nobody has said a word for as long as the ISP says. A chat talks in one ticket at a time, and in a ticket one chat.
// It returns Conflict talk_elsewhere, and NotFound for a ticket that is over or not his.
func (d Desk) Talk(ctx context.Context, chat int64, id uuid.UUID) (row *ent.Ticket, err error) {
	return row, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if row, err = d.mine(ctx, c, id, open...); err != nil {
			return err
		}
		if row.TalkChat != nil && *row.TalkChat == chat && Talks(row, d.DB.Now()) {
			return nil // a button pressed twice
		}
		if row.TalkChat != nil && *row.TalkChat != chat && Talks(row, d.DB.Now()) { // somebody of the family does
			return tenants.Conflict("talk_elsewhere")
		}
		left, err := c.Ticket.Query().Where(ticket.TalkChat(chat), ticket.IDNEQ(id)).All(ctx)
		if err != nil {
			return err
		}
		for _, one := range left { // it is in one ticket at a time
			if err := handedBack(c.Ticket.UpdateOneID(one.ID)).Exec(ctx); err != nil {
				return err
			}
			if err := d.note(ctx, c, one, "ticket_handed_back", "", nil); err != nil {
				return err
			}
		}
		now := d.DB.Now()
		until, err := d.talkUntil(ctx, c)
		if err != nil {
			return err
		}
		change := c.Ticket.UpdateOneID(id).SetTalkChat(chat).SetTalkUntil(until)
		if row.WaitsSince == nil {
			change.SetWaitsSince(now)
		}
		if row, err = change.Save(ctx); err != nil {
			return err
		}
		return d.note(ctx, c, row, "ticket_handed_over", "", nil)
	})
}

// TalkAnew is Talk in a ticket that is opened for it, about one of the subscriber's services.
func (d Desk) TalkAnew(ctx context.Context, chat int64, sub uuid.UUID) (row *ent.Ticket, err error) {
	return row, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if row, err = d.OpenFromSubscriber(ctx, sub, askedForSomebody); err != nil {
			return err
		}
		row, err = d.Talk(ctx, chat, row.ID)
		return err
	})
}

// talkUntil is when the bot speaks again in a chat where a word was said now.
func (d Desk) talkUntil(ctx context.Context, c *ent.Client) (time.Time, error) {
	bot, err := bots.Of(ctx, c)
	return d.DB.Now().Add(time.Duration(bots.FaceOf(bot).TalkHours) * time.Hour), err
}

// Talks says whether a chat talks with the office in a ticket.
func Talks(row *ent.Ticket, now time.Time) bool {
	return row.TalkChat != nil && row.TalkUntil != nil && row.TalkUntil.After(now)
}

// Talking is the ticket in which a chat talks with the office, or talked until its time was over, among those of the customers it may see; nil for none.
func (d Desk) Talking(ctx context.Context, chat int64, of []*ent.Customer) (row *ent.Ticket, err error) {
	return row, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		row, err = c.Ticket.Query().Where(ticket.TalkChat(chat), ticket.StatusIn(open...)).Order(ent.Desc(ticket.FieldTalkUntil)).First(ctx)
		if ent.IsNotFound(err) || err == nil && !slices.ContainsFunc(of, func(one *ent.Customer) bool { return one.ID == row.CustomerID }) {
			row, err = nil, nil
		}
		return err
	})
}

// HandBack is the subscriber giving his chat back to the bot; the ticket stays as it is. Done twice it is done once. It returns NotFound for a ticket
// that is not his.
func (d Desk) HandBack(ctx context.Context, id uuid.UUID) (row *ent.Ticket, err error) {
	return row, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if row, err = d.mine(ctx, c, id, append([]ticket.Status{ticket.StatusFinalizado}, open...)...); err != nil || row.TalkChat == nil {
			return err
		}
		if row, err = handedBack(c.Ticket.UpdateOneID(id)).Save(ctx); err != nil {
			return err
		}
		return d.note(ctx, c, row, "ticket_handed_back", "", nil)
	})
}

func handedBack(change *ent.TicketUpdateOne) *ent.TicketUpdateOne {
	return change.ClearTalkChat().ClearTalkUntil()
}

// Release is somebody of the office giving the chat back to the bot, which says so. It returns Conflict ticket_not_talking for a ticket in which nobody
// talks, and for a rascunho or one that is over, NotFound, and Denied without Attend.
func (d Desk) Release(ctx context.Context, in Move) error {
	return d.move(ctx, "release_chat", in, open, func(ctx context.Context, c *ent.Client, row *ent.Ticket) error {
		if row.TalkChat == nil {
			return tenants.Conflict("ticket_not_talking")
		}
		if err := handedBack(c.Ticket.UpdateOneID(row.ID)).Exec(ctx); err != nil {
			return err
		}
		isp, _ := tenants.From(ctx)
		_, err := messages.Tell(ctx, c, d.DB.Now(), messages.Message{Customer: row.CustomerID, Kind: messages.Answered, About: "ticket", AboutID: row.ID,
			Text:    fmt.Sprintf("A conversa com o atendente da %s terminou, e eu voltei. O atendimento %s continua aberto.", isp.Name, row.Protocol),
			Buttons: [][]messages.Button{{{Label: "Acompanhar", Do: DoFollow, Thing: row.ID}}}})
		if err != nil {
			return err
		}
		return d.note(ctx, c, row, "ticket_released", "", nil)
	})
}
