package subscribers

import (
	"context"
	"slices"

	"enlace/ent"
	"enlace/ent/telegramlink"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/messages"
)

// Notice is whether a chat wants to be told of a kind of thing unasked (Avisos).
type Notice struct {
	Kind messages.Kind
	Told bool
	Must bool // it is told whether or not anybody wants it
}

// Notices are those of a chat, of every kind in its order. A chat that sees several customers has one wish for all of them.
func (d Desk) Notices(ctx context.Context, chat int64) (all []Notice, err error) {
	return all, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		links, err := c.TelegramLink.Query().Where(telegramlink.ChatID(chat), telegramlink.EndedAtIsNil()).All(ctx)
		for _, m := range messages.Manners {
			silenced := slices.ContainsFunc(links, func(l *ent.TelegramLink) bool { return slices.Contains(l.Silenced, string(m.Kind)) })
			all = append(all, Notice{Kind: m.Kind, Told: !m.Silent || !silenced, Must: !m.Silent})
		}
		return err
	})
}

// Want notes whether a chat wants to be told of a kind of thing unasked; said twice it is said once. It returns Conflict wish_must for a kind that the
// law, or an answer that is owed, does not let it do without, and NotFound for a chat that sees nobody.
func (d Desk) Want(ctx context.Context, chat int64, kind messages.Kind, told bool) error {
	if !messages.MayBeSilenced(kind) {
		return tenants.Conflict("wish_must")
	}
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		links, err := c.TelegramLink.Query().Where(telegramlink.ChatID(chat), telegramlink.EndedAtIsNil()).Order(telegramlink.ByID()).All(ctx)
		if err != nil {
			return err
		}
		if len(links) == 0 {
			return tenants.NotFound()
		}
		for _, link := range links {
			silenced := slices.DeleteFunc(slices.Clone(link.Silenced), func(k string) bool { return k == string(kind) })
			if !told {
				silenced = append(silenced, string(kind))
			}
			if len(silenced) == len(link.Silenced) {
				continue
			}
			if err := c.TelegramLink.UpdateOneID(link.ID).SetSilenced(silenced).Exec(ctx); err != nil {
				return err
			}
			who, err := c.Customer.Get(ctx, link.CustomerID)
			if err != nil {
				return err
			}
			event := map[bool]string{true: "telegram_heard", false: "telegram_silenced"}[told]
			err = history.Write(As(ctx, who), c, d.DB.Now(), history.Entry{Customer: who.ID, Subject: "telegram_link", ID: link.ID, Event: event, After: map[string]any{"wish": string(kind)}})
			if err != nil {
				return err
			}
		}
		return nil
	})
}
