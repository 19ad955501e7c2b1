package reports

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/address"
	"enlace/ent/authattempt"
	"enlace/ent/contact"
	"enlace/ent/contract"
	"enlace/ent/email"
	"enlace/ent/history"
	"enlace/ent/invoice"
	"enlace/ent/networklogin"
	"enlace/ent/payment"
	"enlace/ent/subscription"
	"enlace/ent/telegramlink"
	"enlace/ent/ticket"
	"enlace/tenants"
	"enlace/tenants/calendar"
	happened "enlace/tenants/history"
	"enlace/tenants/staff"
)

// Held is what an ISP holds of a customer (LGPD, arts. 18 and 19), class by class, as its holder may ask to see it.
type Held struct {
	Customer *ent.Customer
	Classes  []HeldClass
	Served   bool          // a service lives: nothing has begun to age
	Until    calendar.Date // of what is kept for keptYears after the last service ended; none while one lives

	data map[string]any
}

// HeldClass is one class of data; views has why it is held and how long.
type HeldClass struct {
	Code string
	Rows int
}

// keptYears is how long records of the relation are kept after it ended: as long as claims and taxes can be asked for (CDC art. 27, CTN arts.
// 173 and 174).
const keptYears = 5

// Held reads what is held of a customer, and keeps in the history that somebody looked at it. It returns NotFound for a customer that is not
// the ISP's.
func (d Desk) Held(ctx context.Context, id uuid.UUID) (h *Held, err error) {
	err = d.held(ctx, id, "data_seen", &h)
	return h, err
}

// HeldJSON is all of it as JSON, for the holder to take along (LGPD, art. 18, V).
func (d Desk) HeldJSON(ctx context.Context, id uuid.UUID) (text []byte, err error) {
	var h *Held
	if err := d.held(ctx, id, "data_exported", &h); err != nil {
		return nil, err
	}
	return json.MarshalIndent(h.data, "", "  ")
}

func (d Desk) held(ctx context.Context, id uuid.UUID, event string, into **Held) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		who, err := c.Customer.Get(ctx, id)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		h := &Held{Customer: who, data: map[string]any{"cliente": who}, Classes: []HeldClass{{"cadastro", 1}}}
		if err := h.read(ctx, c); err != nil {
			return err
		}
		*into = h
		return happened.Write(ctx, c, d.DB.Now(), happened.Entry{Customer: id, Subject: "customer", ID: id, Event: event})
	})
}

func (h *Held) read(ctx context.Context, c *ent.Client) error {
	id := h.Customer.ID
	services, err := c.Subscription.Query().Where(subscription.CustomerID(id)).Order(subscription.ByNumber()).All(ctx)
	if err != nil {
		return err
	}
	h.age(services)
	note(h, "servicos", services)
	contacts, err := c.Contact.Query().Where(contact.CustomerID(id)).Order(contact.ByPosition()).All(ctx)
	if err != nil {
		return err
	}
	note(h, "contatos", contacts)
	addresses, err := c.Address.Query().Where(address.CustomerID(id)).Order(address.ByID()).All(ctx)
	if err != nil {
		return err
	}
	note(h, "enderecos", addresses)
	contracts, err := c.Contract.Query().Where(contract.CustomerID(id)).Order(contract.ByNumber()).All(ctx)
	if err != nil {
		return err
	}
	note(h, "contratos", contracts)
	letters, err := c.Email.Query().Where(email.CustomerID(id)).Order(email.ByCreatedAt()).All(ctx)
	if err != nil {
		return err
	}
	note(h, "emails", letters)
	invoices, err := c.Invoice.Query().Where(invoice.CustomerID(id)).Order(invoice.ByNumber()).All(ctx)
	if err != nil {
		return err
	}
	note(h, "faturas", invoices)
	payments, err := c.Payment.Query().Where(payment.CustomerID(id)).Order(payment.ByPaidOn()).All(ctx)
	if err != nil {
		return err
	}
	note(h, "pagamentos", payments)
	tickets, err := c.Ticket.Query().Where(ticket.CustomerID(id)).Order(ticket.ByProtocol()).All(ctx)
	if err != nil {
		return err
	}
	note(h, "atendimentos", tickets)
	links, err := c.TelegramLink.Query().Where(telegramlink.CustomerID(id)).Order(telegramlink.ByLinkedAt()).All(ctx)
	if err != nil {
		return err
	}
	note(h, "telegram", links)
	if err := h.readConnections(ctx, c, services); err != nil {
		return err
	}
	entries, err := c.History.Query().Where(history.CustomerID(id)).Order(history.ByAt()).All(ctx)
	note(h, "historico", entries)
	return err
}

// readConnections reads the logins, without their sealed passwords, and every connection that was asked for.
func (h *Held) readConnections(ctx context.Context, c *ent.Client, services []*ent.Subscription) error {
	ids := make([]uuid.UUID, len(services))
	for i, sub := range services {
		ids[i] = sub.ID
	}
	logins, err := c.NetworkLogin.Query().Where(networklogin.SubscriptionIDIn(ids...)).Order(networklogin.ByLogin()).All(ctx)
	if err != nil {
		return err
	}
	note(h, "logins", logins)
	attempts, err := c.AuthAttempt.Query().Where(authattempt.SubscriptionIDIn(ids...)).Order(authattempt.ByAt()).All(ctx)
	note(h, "conexoes", attempts)
	return err
}

func note[T any](h *Held, code string, rows []T) {
	h.data[code] = rows
	h.Classes = append(h.Classes, HeldClass{code, len(rows)})
}

// age says until when the relation is on record: it begins to age when the last service has ended.
func (h *Held) age(services []*ent.Subscription) {
	var last calendar.Date
	for _, sub := range services {
		h.Served = h.Served || sub.Status != subscription.StatusCancelado
		if sub.CancelledOn.After(last) {
			last = sub.CancelledOn
		}
	}
	if !h.Served && !last.IsZero() {
		h.Until = calendar.AddMonths(last, 12*keptYears, last.Day())
	}
}
