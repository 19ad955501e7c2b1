package subscribers

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/customer"
	"enlace/ent/telegramdialog"
	"enlace/ent/telegramlink"
	"enlace/ent/ticket"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/staff"
)

// CustomersOf lists the customers a chat may see, by number; a stranger's chat sees none. It is the one answer to who writes.
func (d Desk) CustomersOf(ctx context.Context, chat int64) (all []*ent.Customer, err error) {
	return all, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		links, err := c.TelegramLink.Query().Where(telegramlink.ChatID(chat), telegramlink.EndedAtIsNil()).All(ctx)
		if err != nil || len(links) == 0 {
			return err
		}
		ids := make([]uuid.UUID, len(links))
		for i, link := range links {
			ids[i] = link.CustomerID
		}
		all, err = c.Customer.Query().Where(customer.IDIn(ids...)).Order(customer.ByNumber()).All(ctx)
		return err
	})
}

// LinksOf lists the chats that may see a customer, oldest first, for the customer's page. It returns Denied without See.
func (d Desk) LinksOf(ctx context.Context, customerID uuid.UUID) (all []*ent.TelegramLink, err error) {
	return all, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		all, err = c.TelegramLink.Query().Where(telegramlink.CustomerID(customerID), telegramlink.EndedAtIsNil()).Order(telegramlink.ByLinkedAt()).All(ctx)
		return err
	})
}

// Unlink ends one link of a customer's to a chat, from the office. It returns Denied without Sell, and NotFound, also for one that has ended
// or is another customer's.
func (d Desk) Unlink(ctx context.Context, customerID, id uuid.UUID) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Sell); err != nil {
			return err
		}
		link, err := c.TelegramLink.Query().Where(telegramlink.ID(id), telegramlink.CustomerID(customerID), telegramlink.EndedAtIsNil()).Only(ctx)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		return d.end(ctx, c, link)
	})
}

// Leave ends links of a chat, from the chat (/sair): those to the customers that are named, or every one.
func (d Desk) Leave(ctx context.Context, chat int64, of ...uuid.UUID) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		which := c.TelegramLink.Query().Where(telegramlink.ChatID(chat), telegramlink.EndedAtIsNil())
		if len(of) > 0 {
			which = which.Where(telegramlink.CustomerIDIn(of...))
		}
		links, err := which.All(ctx)
		if err != nil {
			return err
		}
		for _, link := range links {
			who, err := c.Customer.Get(ctx, link.CustomerID)
			if err != nil {
				return err
			}
			if err := d.end(As(ctx, who), c, link); err != nil {
				return err
			}
		}
		return nil
	})
}

// end also forgets what the chat was being asked: the answer might concern the customer it no longer sees.
func (d Desk) end(ctx context.Context, c *ent.Client, link *ent.TelegramLink) error {
	now := d.DB.Now()
	ended, err := c.TelegramLink.Update().Where(telegramlink.ID(link.ID), telegramlink.EndedAtIsNil()).SetEndedAt(now).Save(ctx)
	if err != nil || ended == 0 {
		return err
	}
	if _, err := c.TelegramDialog.Delete().Where(telegramdialog.ChatID(link.ChatID)).Exec(ctx); err != nil {
		return err
	}
	if err := talksNoMore(ctx, c, link); err != nil {
		return err
	}
	return history.Write(ctx, c, now, history.Entry{Customer: link.CustomerID, Subject: "telegram_link", ID: link.ID, Event: "telegram_unlinked"})
}

// talksNoMore ends a conversation with the office in a chat that no longer sees the customer.
func talksNoMore(ctx context.Context, c *ent.Client, link *ent.TelegramLink) error {
	return c.Ticket.Update().Where(ticket.TalkChat(link.ChatID), ticket.CustomerID(link.CustomerID)).ClearTalkChat().ClearTalkUntil().Exec(ctx)
}
