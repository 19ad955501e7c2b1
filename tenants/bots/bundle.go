package bots

import (
	"context"
	"fmt"
	"maps"
	"slices"
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
		} else if err != nil || row.Status != telegrammessage.StatusWaiting && row.Status != telegrammessage.StatusWithdrawn { // of which others may be left
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
		if row.BundleID == nil && row.Status == telegrammessage.StatusWaiting {
			if err := d.take(ctx, c, row, links); err != nil {
				return err
			}
		}
		b.Rows, err = c.TelegramMessage.Query().Where(telegrammessage.BundleID(id), telegrammessage.StatusEQ(telegrammessage.StatusWaiting)).
			Order(telegrammessage.ByDueAt(), telegrammessage.ByID()).All(ctx)
		if err != nil {
			return err
		}
		b.Rows, err = d.withdraw(ctx, c, b.Rows)
		return err
	})
}

// withdraw takes those out of several messages that are not to be said any more, and answers the others.
func (d Desk) withdraw(ctx context.Context, c *ent.Client, rows []*ent.TelegramMessage) ([]*ent.TelegramMessage, error) {
	past, err := messages.Past(ctx, c, rows)
	if err != nil || len(past) == 0 {
		return rows, err
	}
	err = c.TelegramMessage.Update().Where(telegrammessage.IDIn(slices.Collect(maps.Keys(past))...), telegrammessage.StatusEQ(telegrammessage.StatusWaiting)).
		SetStatus(telegrammessage.StatusWithdrawn).SetError("").Exec(ctx)
	if err != nil {
		return nil, err
	}
	left := slices.DeleteFunc(slices.Clone(rows), func(row *ent.TelegramMessage) bool { return past[row.ID] })
	return left, messages.TellAnew(ctx, c, slices.DeleteFunc(rows, func(row *ent.TelegramMessage) bool { return !past[row.ID] }))
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

// alike says that a message may be said with others: nobody waits for it.
func alike(row *ent.TelegramMessage) bool { return !messages.MannerOf(messages.Kind(row.Kind)).Urgent }

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

// buttonsOf are those of a bundle, as far as the bot offers what they do: of one message its own, of several those of each, each once. Where several
// invoices are told of, one button that leads to all stands for those of each: nobody could tell which is whose.
func buttonsOf(rows []*ent.TelegramMessage, face Face) (all [][]Button, err error) {
	invoices, lines := map[uuid.UUID]bool{}, make([][][]messages.Button, len(rows))
	for i, row := range rows {
		if lines[i], err = messages.ButtonsOf(row); err != nil {
			return nil, err
		}
		for _, b := range slices.Concat(lines[i]...) {
			if b.OfInvoice() {
				invoices[b.Thing] = true
			}
		}
	}
	shown := map[Button]bool{}
	for i, row := range rows {
		for _, line := range lines[i] {
			var left []Button
			for _, b := range line {
				one := Button{b, row.CustomerID}
				if len(rows) > 1 && b.Do == messages.DoInvoices || len(invoices) > 1 && b.OfInvoice() {
					one = Button{Button: messages.Invoices}
				}
				if !shown[one] && face.Offers(Feature(b.Do)) {
					shown[one], left = true, append(left, one)
				}
			}
			if len(left) > 0 {
				all = append(all, left)
			}
		}
	}
	return all, nil
}
