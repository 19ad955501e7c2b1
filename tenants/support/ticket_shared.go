package support

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/ticket"
	"enlace/ent/ticketentry"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/messages"
)

// What the bot is to do when somebody presses a button under what it says of a ticket.
const (
	DoFollow = "protocolo"
	DoReply  = "responder"
	DoRate   = "nota" // and the mark behind it
)

// BestRating is the best mark of a ticket; the worst is 1.
const BestRating = 5

// say says something of a ticket to its customer; a letter ends with what the subscriber can do, by its link.
func (d Desk) say(ctx context.Context, c *ent.Client, row *ent.Ticket, m messages.Message, by string) (messages.How, error) {
	link, err := d.link(ctx, row)
	if err != nil {
		return messages.Nohow, err
	}
	if link != "" {
		m.Ending = "\n\n" + by + " em " + link
	}
	m.Customer, m.Kind, m.About, m.AboutID = row.CustomerID, messages.Answered, "ticket", row.ID
	return messages.Tell(ctx, c, d.DB.Now(), m)
}

// told is say, and says in the thread how the customer was told; of somebody who cannot be reached that is what it says.
func (d Desk) told(ctx context.Context, c *ent.Client, row *ent.Ticket, m messages.Message, by string) error {
	how, err := d.say(ctx, c, row, m, by)
	if err != nil {
		return err
	}
	return c.TicketEntry.Create().SetTicketID(row.ID).SetEvent("ticket_told_" + string(how)).SetAt(d.DB.Now()).Exec(ctx)
}

// tellProtocol sends the protocol of a ticket that the office opened to the subscriber.
func (d Desk) tellProtocol(ctx context.Context, c *ent.Client, row *ent.Ticket, said string) error {
	isp, _ := tenants.From(ctx)
	return d.told(ctx, c, row, messages.Message{Subject: "Protocolo " + row.Protocol,
		Text:    fmt.Sprintf("A %s abriu um atendimento para você. Protocolo %s.\n\n%s", isp.Name, row.Protocol, said),
		Buttons: [][]messages.Button{{{Label: "Acompanhar", Do: DoFollow, Thing: row.ID}}}}, "Acompanhe e responda")
}

// tellClosed sends the end of a ticket to the subscriber, and asks how it was.
func (d Desk) tellClosed(ctx context.Context, c *ent.Client, row *ent.Ticket, said string) error {
	var marks []messages.Button
	for mark := 1; mark <= BestRating; mark++ {
		marks = append(marks, messages.Button{Label: fmt.Sprint(mark), Do: fmt.Sprint(DoRate, mark), Thing: row.ID})
	}
	isp, _ := tenants.From(ctx)
	text := fmt.Sprintf("A %s resolveu o seu atendimento. Protocolo %s.\n\n%s", isp.Name, row.Protocol, said)
	return d.told(ctx, c, row, messages.Message{Subject: "Atendimento " + row.Protocol + " resolvido", Text: text + "\n\nDe 1 a 5, como foi?",
		Buttons: [][]messages.Button{marks, {{Label: "Ainda não resolveu", Do: DoReply, Thing: row.ID}}}}, "Dê a sua nota, ou diga que ainda não resolveu,")
}

// Answer writes to the subscriber from within a ticket, whatever its state: the bot says it, or a letter, and it stands in the thread. It returns
// Invalid of resposta without a text and for somebody who cannot be reached, Conflict for a rascunho, NotFound, and Denied without Attend.
func (d Desk) Answer(ctx context.Context, in Move) error {
	if in.Text == "" {
		return tenants.Invalid("resposta", "required")
	}
	return d.move(ctx, "answer_ticket", in, append([]ticket.Status{ticket.StatusFinalizado}, open...), func(ctx context.Context, c *ent.Client, row *ent.Ticket) error {
		who, now := tenants.Who(ctx), d.DB.Now()
		isp, _ := tenants.From(ctx)
		first, _, _ := strings.Cut(who.Name, " ")
		under := messages.Button{Label: "Responder", Do: DoReply, Thing: row.ID}
		if Talks(row, now) { // whatever is written there is an answer
			under = messages.Button{Label: "Encerrar conversa", Do: DoHandBack, Thing: row.ID}
		}
		how, err := d.say(ctx, c, row, messages.Message{Subject: "Atendimento " + row.Protocol,
			Text:    fmt.Sprintf("%s, da %s, sobre o protocolo %s:\n\n%s", first, isp.Name, row.Protocol, in.Text),
			Buttons: [][]messages.Button{{under}}}, "Responda")
		if err != nil {
			return err
		}
		if how == messages.Nohow {
			return tenants.Invalid("resposta", "ticket_unreachable")
		}
		change := c.Ticket.UpdateOneID(row.ID).ClearWaitsSince()
		if Talks(row, now) {
			until, err := d.talkUntil(ctx, c)
			if err != nil {
				return err
			}
			change.SetTalkUntil(until)
		}
		if err := change.Exec(ctx); err != nil {
			return err
		}
		if err := c.TicketEntry.Create().SetTicketID(row.ID).SetUserID(who.ID).SetBody(in.Text).SetShared(true).SetAt(now).Exec(ctx); err != nil {
			return err
		}
		return history.Write(ctx, c, now, history.Entry{Customer: row.CustomerID, Subject: "ticket", ID: row.ID, Event: "ticket_answered", After: map[string]any{"protocol": row.Protocol}})
	})
}

// mine takes a ticket of the subscriber who asks, in one of the states, or returns NotFound: also for anybody else's.
func (d Desk) mine(ctx context.Context, c *ent.Client, id uuid.UUID, from ...ticket.Status) (*ent.Ticket, error) {
	who := tenants.Who(ctx)
	if who.Kind != tenants.Subscriber {
		return nil, tenants.NotFound()
	}
	taken, err := c.Ticket.Update().Where(ticket.ID(id), ticket.CustomerID(who.ID), ticket.StatusIn(from...)).SetTouchedAt(d.DB.Now()).Save(ctx)
	if err != nil || taken == 0 {
		return nil, notThere(err)
	}
	return c.Ticket.Get(ctx, id)
}

// Reply is the subscriber's answer in a ticket of his, into its thread. One that is over is taken up again by it, within seven days. It returns Invalid
// of texto without a text, Conflict ticket_old later, and NotFound for a ticket that is not his.
func (d Desk) Reply(ctx context.Context, id uuid.UUID, text string) (row *ent.Ticket, err error) {
	if strings.TrimSpace(text) == "" {
		return nil, tenants.Invalid("texto", "required")
	}
	return row, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if row, err = d.takeUp(ctx, c, id); err != nil {
			return err
		}
		now := d.DB.Now()
		if err := c.TicketEntry.Create().SetTicketID(id).SetBody(text).SetShared(true).SetAt(now).Exec(ctx); err != nil {
			return err
		}
		return history.Write(ctx, c, now, history.Entry{Customer: row.CustomerID, Subject: "ticket", ID: id, Event: "ticket_replied", After: map[string]any{"protocol": row.Protocol}})
	})
}

// takeUp takes a ticket of the subscriber who asks for something he says in it, and waits for a word of the office then: one that is over is taken
// up again, within seven days. It returns Conflict ticket_old later, and NotFound for a ticket that is not his.
func (d Desk) takeUp(ctx context.Context, c *ent.Client, id uuid.UUID) (*ent.Ticket, error) {
	row, err := d.mine(ctx, c, id, append([]ticket.Status{ticket.StatusFinalizado}, open...)...)
	if err != nil {
		return nil, err
	}
	if row.Status == ticket.StatusFinalizado {
		if !Reopens(row, d.DB.Now()) {
			return nil, tenants.Conflict("ticket_old")
		}
		if row, err = c.Ticket.UpdateOneID(id).SetStatus(ticket.StatusAguardandoAnalise).ClearClosedAt().ClearRating().SetRatingText("").Save(ctx); err != nil {
			return nil, err
		}
		if err := d.note(ctx, c, row, "ticket_reopened", "", nil); err != nil {
			return nil, err
		}
	}
	return row, d.waits(ctx, c, row)
}

// waits notes that the subscriber waits for a word of the office, and leaves a chat that talks with it to it for longer.
func (d Desk) waits(ctx context.Context, c *ent.Client, row *ent.Ticket) error {
	now, change := d.DB.Now(), c.Ticket.UpdateOneID(row.ID)
	if row.WaitsSince == nil {
		change.SetWaitsSince(now)
	}
	if Talks(row, now) {
		until, err := d.talkUntil(ctx, c)
		if err != nil {
			return err
		}
		change.SetTalkUntil(until)
	}
	return change.Exec(ctx)
}

// Rate is the subscriber's mark of a ticket of his that is over, from 1 to BestRating; pressed again the last one stands. It returns Invalid of nota,
// and NotFound for a ticket that is not his or is not over.
func (d Desk) Rate(ctx context.Context, id uuid.UUID, mark int) (row *ent.Ticket, err error) {
	if mark < 1 || mark > BestRating {
		return nil, tenants.Invalid("nota", "range")
	}
	return row, d.rate(ctx, id, func(u *ent.TicketUpdateOne) { u.SetRating(mark) }, map[string]any{"rating": mark}, &row)
}

// Comment is what the subscriber says about a mark he has given. It returns Invalid of texto without a text, and the faults of Rate.
func (d Desk) Comment(ctx context.Context, id uuid.UUID, text string) (row *ent.Ticket, err error) {
	if strings.TrimSpace(text) == "" {
		return nil, tenants.Invalid("texto", "required")
	}
	return row, d.rate(ctx, id, func(u *ent.TicketUpdateOne) { u.SetRatingText(text) }, nil, &row)
}

func (d Desk) rate(ctx context.Context, id uuid.UUID, set func(*ent.TicketUpdateOne), after map[string]any, rated **ent.Ticket) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		row, err := d.mine(ctx, c, id, ticket.StatusFinalizado)
		if err != nil {
			return err
		}
		change := c.Ticket.UpdateOneID(id)
		set(change)
		if *rated, err = change.Save(ctx); err != nil || after == nil {
			return err
		}
		after["protocol"] = row.Protocol
		return history.Write(ctx, c, d.DB.Now(), history.Entry{Customer: row.CustomerID, Subject: "ticket", ID: id, Event: "ticket_rated", After: after})
	})
}

// Followed is a ticket as its subscriber sees it.
type Followed struct {
	*ent.Ticket
	Said []*ent.TicketEntry // what both have said to each other, the oldest first; Speaker says who of the office
}

// mostFollowed is how much of a ticket, and how many tickets, a chat is shown.
const mostFollowed = 5

// Followed lists the tickets of the subscriber who asks that are being worked on, the latest first. It returns NotFound for anybody else.
func (d Desk) Followed(ctx context.Context) (rows []*ent.Ticket, err error) {
	who := tenants.Who(ctx)
	if who.Kind != tenants.Subscriber {
		return nil, tenants.NotFound()
	}
	return rows, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		rows, err = c.Ticket.Query().Where(ticket.CustomerID(who.ID), ticket.StatusIn(open...)).Order(ent.Desc(ticket.FieldOpenedAt, ticket.FieldProtocol)).Limit(mostFollowed).All(ctx)
		return err
	})
}

// Follow reads a ticket of the subscriber who asks with what was last said. It returns NotFound for a rascunho and for anybody else's.
func (d Desk) Follow(ctx context.Context, id uuid.UUID) (f *Followed, err error) {
	who := tenants.Who(ctx)
	if who.Kind != tenants.Subscriber {
		return nil, tenants.NotFound()
	}
	return f, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		row, err := c.Ticket.Query().Where(ticket.ID(id), ticket.CustomerID(who.ID), ticket.StatusNEQ(ticket.StatusRascunho)).Only(ctx)
		if err != nil {
			return missing(err)
		}
		f = &Followed{Ticket: row}
		said := c.TicketEntry.Query().Where(ticketentry.TicketID(id), ticketentry.Shared(true), spoken)
		if row.MovedAt != nil { // what was said before is another's
			said.Where(ticketentry.AtGTE(*row.MovedAt))
		}
		f.Said, err = said.Order(ent.Desc(ticketentry.FieldAt, ticketentry.FieldID)).Limit(mostFollowed).All(ctx)
		slices.Reverse(f.Said)
		return err
	})
}

// Seen notes that a chat was shown a ticket: what of it was shown is not told there unasked any more. The end of a ticket is, for it asks for a mark.
func (d Desk) Seen(ctx context.Context, chat int64, f *Followed) error {
	if f.Status == ticket.StatusFinalizado || len(f.Said) == 0 {
		return nil
	}
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		return messages.Read(ctx, c, chat, messages.Answered, f.ID, f.Said[0].At)
	})
}
