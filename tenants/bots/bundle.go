package bots

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/telegramlink"
	"enlace/ent/telegrammessage"
	"enlace/tenants"
	"enlace/tenants/messages"
)

// mostTogether is how many letters of several messages go as one; Telegram takes 4,096.
const mostTogether = 3500

// bundle is the messages to a chat that are said as one: one alone, or all that can wait and whose hour has come. It is gathered by the first whose
// turn it is; the others then leave it alone, and each is kept as told, with its own words. Gathered again, by a worker after one that was killed, it is
// the same: none is lost, and none is said by two.
type bundle struct {
	Chat  int64
	Rows  []*ent.TelegramMessage // by the instant they were due
	Whose map[uuid.UUID]bool     // the customers whom the chat may see
}

// gather takes a message, with those that are to be said with it. None are taken when it was said, has failed, or is said with another.
func (d Desk) gather(ctx context.Context, id uuid.UUID) (b bundle, err error) {
	return b, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		row, err := c.TelegramMessage.Get(ctx, id)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil || row.Status != telegrammessage.StatusWaiting {
			return err
		}
		links, err := c.TelegramLink.Query().Where(telegramlink.ChatID(row.ChatID), telegramlink.EndedAtIsNil()).Order(telegramlink.ByID()).All(ctx)
		if err != nil {
			return err
		}
		b = bundle{Chat: row.ChatID, Whose: map[uuid.UUID]bool{}}
		for _, link := range links {
			b.Whose[link.CustomerID] = true
		}
		if row.BundleID == nil {
			if err := d.take(ctx, c, row, links); err != nil {
				return err
			}
		}
		b.Rows, err = c.TelegramMessage.Query().Where(telegrammessage.BundleID(id), telegrammessage.StatusEQ(telegrammessage.StatusWaiting)).
			Order(telegrammessage.ByDueAt(), telegrammessage.ByID()).All(ctx)
		return err
	})
}

// take makes a message that of a bundle: whoever comes with another of the same chat at the same moment waits at its first link.
func (d Desk) take(ctx context.Context, c *ent.Client, row *ent.TelegramMessage, links []*ent.TelegramLink) error {
	free := []uuid.UUID{row.ID}
	if alike(row) && len(links) > 0 {
		if err := c.TelegramLink.UpdateOneID(links[0].ID).SetChatID(row.ChatID).Exec(ctx); err != nil {
			return err
		}
		if now, err := c.TelegramMessage.Get(ctx, row.ID); err != nil || now.BundleID != nil { // another took it meanwhile, and says it
			return err
		}
		due, err := c.TelegramMessage.Query().Where(telegrammessage.ChatID(row.ChatID), telegrammessage.StatusEQ(telegrammessage.StatusWaiting), telegrammessage.BundleIDIsNil(),
			telegrammessage.DueAtLTE(d.DB.Now()), telegrammessage.IDNEQ(row.ID)).Order(telegrammessage.ByDueAt(), telegrammessage.ByID()).All(ctx)
		if err != nil {
			return err
		}
		letters := len([]rune(row.Text))
		for _, other := range due {
			if more := len([]rune(other.Text)) + len(between); alike(other) && letters+more <= mostTogether {
				free, letters = append(free, other.ID), letters+more
			}
		}
	}
	return c.TelegramMessage.Update().Where(telegrammessage.IDIn(free...), telegrammessage.BundleIDIsNil()).SetBundleID(row.ID).Exec(ctx)
}

// alike says that a message may be said with others: nobody waits for it, and no button is to stand under it alone.
func alike(row *ent.TelegramMessage) bool {
	buttons, err := messages.ButtonsOf(row)
	return err == nil && len(buttons) == 0 && !messages.MannerOf(messages.Kind(row.Kind)).Urgent
}

// between stands between the parts of several messages that are said as one.
const between = "\n\n———\n\n"

// textOf is the words of a bundle: of one message its own, of several each whole, under how many they are.
func textOf(rows []*ent.TelegramMessage, isp string) string {
	if len(rows) == 1 {
		return rows[0].Text
	}
	parts := make([]string, len(rows))
	for i, row := range rows {
		parts[i] = row.Text
	}
	return fmt.Sprintf("%d avisos da %s:\n\n", len(rows), isp) + strings.Join(parts, between)
}
