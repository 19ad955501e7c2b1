// Package messages is what a customer is told unasked: by the bot where a chat of theirs is linked, else by e-mail. A message is kept with what makes
// it necessary, in one transaction; a worker has it said and keeps how that went.
package messages

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/contact"
	"enlace/ent/telegramlink"
	"enlace/ent/telegrammessage"
	"enlace/tenants"
	"enlace/tenants/mail"
	"enlace/tenants/outbox"
)

// Message is what a customer is told.
type Message struct {
	Customer uuid.UUID
	Kind     Kind
	About    string // kind of the thing it is about, as in history
	AboutID  uuid.UUID
	Subject  string // of the letter; none: the bot alone says it
	Text     string
	Buttons  [][]Button // under what the bot says, row by row; a letter has none
	Ending   string     // of the letter alone, after the text: what it has in place of buttons
	Queue    outbox.Queue
}

// Button is something the customer may press under a message: what the bot is then to do, with which thing. It is a question, never a right.
type Button struct {
	Label string    `json:"label"`
	Do    string    `json:"do"`
	Thing uuid.UUID `json:"thing"`
}

// How is how a customer was reached.
type How string

// The ways; Nohow is that of somebody with neither a linked chat nor an e-mail address, Silenced that of somebody whose every chat does without.
const (
	Nohow    How = ""
	Telegram How = "telegram"
	Email    How = "email"
	Silenced How = "silenced"
)

// Say is the kind of outbox row by which a worker has the bot say a message.
const Say = "messages.say"

// Reached are the links through which the bot can say something unasked: those in force whose chat has not blocked it.
var Reached = telegramlink.And(telegramlink.EndedAtIsNil(), telegramlink.BlockedAtIsNil())

// Tell keeps a message for each chat that may see the customer, takes what the bot says and does not do without its kind, or a letter to the first
// e-mail address where no chat is reached, in the caller's transaction, and has it sent once that is kept and its hour has come. It answers how the
// customer is reached.
func Tell(ctx context.Context, c *ent.Client, now time.Time, m Message) (How, error) {
	links, err := c.TelegramLink.Query().Where(telegramlink.CustomerID(m.Customer), Reached, quietFrom, quietUntil).
		Order(telegramlink.ByLinkedAt(), telegramlink.ByID()).All(ctx)
	if err != nil {
		return Nohow, err
	}
	if len(links) == 0 {
		return write(ctx, c, now, m)
	}
	manner := MannerOf(m.Kind)
	links = slices.DeleteFunc(links, func(link *ent.TelegramLink) bool {
		return manner.Silent && slices.Contains(link.Silenced, string(m.Kind))
	})
	if len(links) == 0 {
		return Silenced, nil
	}
	isp, _ := tenants.From(ctx)
	due := quietOf(links[0]).due(manner, now, isp.Zone)
	var buttons json.RawMessage
	if len(m.Buttons) > 0 {
		if buttons, err = json.Marshal(m.Buttons); err != nil {
			return Nohow, err
		}
	}
	rows, jobs := make([]*ent.TelegramMessageCreate, len(links)), make([]outbox.Job, len(links))
	for i, link := range links {
		id := uuid.Must(uuid.NewV7())
		rows[i] = c.TelegramMessage.Create().SetID(id).SetCustomerID(m.Customer).SetChatID(link.ChatID).SetKind(string(m.Kind)).SetAbout(m.About).SetAboutID(m.AboutID).SetText(m.Text).SetCreatedAt(now).SetDueAt(due)
		if buttons != nil {
			rows[i].SetButtons(buttons)
		}
		jobs[i] = outbox.Job{Kind: Say, Queue: m.Queue, At: due, Payload: map[string]string{"message": id.String()}}
	}
	if err := c.TelegramMessage.CreateBulk(rows...).Exec(ctx); err != nil {
		return Nohow, err
	}
	return Telegram, outbox.AddAll(ctx, c, now, jobs)
}

// write is Tell by a letter.
func write(ctx context.Context, c *ent.Client, now time.Time, m Message) (How, error) {
	if m.Subject == "" {
		return Nohow, nil
	}
	to, err := c.Contact.Query().Where(contact.CustomerID(m.Customer), contact.KindEQ(contact.KindEmail)).Order(contact.ByPosition()).First(ctx)
	switch {
	case ent.IsNotFound(err) || err == nil && !mail.Address(to.Value):
		return Nohow, nil
	case err != nil:
		return Nohow, err
	}
	_, err = mail.Send(ctx, c, now, mail.Message{Customer: m.Customer, About: m.About, AboutID: m.AboutID, To: to.Value, Subject: m.Subject, Text: m.Text + m.Ending})
	return Email, err
}

// ButtonsOf are those of a message that is kept.
func ButtonsOf(row *ent.TelegramMessage) (rows [][]Button, err error) {
	if len(row.Buttons) == 0 {
		return nil, nil
	}
	return rows, json.Unmarshal(row.Buttons, &rows)
}

// mostListed is how many messages about a thing are listed.
const mostListed = 20

// Of lists what the bot said about a thing, the newest first.
func Of(ctx context.Context, c *ent.Client, about uuid.UUID) ([]*ent.TelegramMessage, error) {
	return c.TelegramMessage.Query().Where(telegrammessage.AboutID(about)).Order(ent.Desc(telegrammessage.FieldCreatedAt, telegrammessage.FieldID)).Limit(mostListed).All(ctx)
}
