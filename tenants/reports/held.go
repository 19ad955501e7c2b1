package reports

import (
	"context"
	"encoding/json"
	"math"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/address"
	"enlace/ent/attachment"
	"enlace/ent/authattempt"
	"enlace/ent/charge"
	"enlace/ent/connection"
	"enlace/ent/contact"
	"enlace/ent/contest"
	"enlace/ent/contract"
	"enlace/ent/declaration"
	"enlace/ent/email"
	"enlace/ent/history"
	"enlace/ent/invoice"
	"enlace/ent/networklogin"
	"enlace/ent/outageservice"
	"enlace/ent/payment"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/ent/telegramlink"
	"enlace/ent/telegrammessage"
	"enlace/ent/ticket"
	"enlace/ent/ticketentry"
	"enlace/ent/transfer"
	"enlace/ent/workorder"
	"enlace/ent/workorderentry"
	"enlace/ent/workordermaterial"
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
}

// HeldClass is one class of data; views has why it is held and how long.
type HeldClass struct {
	Code string
	Rows int
}

// keptYears is how long records of the relation are kept after it ended: as long as claims and taxes can be asked for (CDC art. 27, CTN arts.
// 173 and 174).
const keptYears = 5

// Held counts what is held of a customer, and keeps in the history that somebody looked at it. It returns NotFound for a customer that is not
// the ISP's.
func (d Desk) Held(ctx context.Context, id uuid.UUID) (h *Held, err error) {
	return h, d.held(ctx, id, "data_seen", func(ctx context.Context, c *ent.Client, who *ent.Customer) error {
		classes, err := classesOf(ctx, c, id)
		if err != nil {
			return err
		}
		sets := make([]tenants.Rows, len(classes))
		for i, one := range classes {
			sets[i] = one.rows
		}
		counts, err := tenants.Count(ctx, math.MaxInt32, sets...)
		if err != nil {
			return err
		}
		h = &Held{Customer: who, Classes: []HeldClass{{"cadastro", 1}}}
		for i, one := range classes {
			h.Classes = append(h.Classes, HeldClass{one.code, counts[i]})
		}
		services, err := c.Subscription.Query().Where(subscription.CustomerID(id)).All(ctx)
		h.age(services)
		return err
	})
}

// HeldJSON is all of it as JSON, for the holder to take along (LGPD, art. 18, V).
func (d Desk) HeldJSON(ctx context.Context, id uuid.UUID) (text []byte, err error) {
	return text, d.held(ctx, id, "data_exported", func(ctx context.Context, c *ent.Client, who *ent.Customer) error {
		data := map[string]any{"cliente": who}
		classes, err := classesOf(ctx, c, id)
		if err != nil {
			return err
		}
		for _, one := range classes {
			read, err := one.read(ctx)
			if err != nil {
				return err
			}
			data[one.code] = read.rows
		}
		text, err = json.MarshalIndent(data, "", "  ")
		return err
	})
}

func (d Desk) held(ctx context.Context, id uuid.UUID, event string, look func(context.Context, *ent.Client, *ent.Customer) error) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := mayHave(ctx, c, id); err != nil {
			return err
		}
		who, err := c.Customer.Get(ctx, id)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		if err := look(ctx, c, who); err != nil {
			return err
		}
		return happened.Write(ctx, c, d.DB.Now(), happened.Entry{Customer: id, Subject: "customer", ID: id, Event: event})
	})
}

// mayHave lets staff who see customers, and the holder of the data.
func mayHave(ctx context.Context, c *ent.Client, id uuid.UUID) error {
	who := tenants.Who(ctx)
	switch {
	case who.Kind != tenants.Subscriber:
		return staff.Require(ctx, c, staff.See)
	case who.ID != id:
		return tenants.NotFound()
	}
	return nil
}

// class is what is held of one class, to be counted or to be read.
type class struct {
	code string
	rows tenants.Rows
	read func(context.Context) (reading, error)
}

// reading is the rows of a class, and each of them in words.
type reading struct {
	rows  any
	lines func(teller) []string
}

// classesOf are the classes of what is held of a customer, in the order of the page: the logins without their sealed passwords, and every
// connection that was asked for.
func classesOf(ctx context.Context, c *ent.Client, id uuid.UUID) ([]class, error) {
	services := tenants.IDsIn(subscription.Table, subscription.FieldID, subscription.CustomerID(id))
	logins := tenants.Among[predicate.NetworkLogin](networklogin.FieldSubscriptionID, services)
	held := append(slices.Clip(services), tenants.IDsIn(transfer.Table, transfer.FieldSubscriptionID, transfer.FromID(id))...) // now, or once
	connected := []predicate.Connection{tenants.Among[predicate.Connection](connection.FieldSubscriptionID, held), connection.CustomerID(id)}
	spans, err := daysOf(ctx, c, id)
	if err != nil {
		return nil, err
	}
	own := []predicate.Ticket{ticket.CustomerID(id), ticket.MovedAtIsNil()} // what came along with a service is of two
	tickets := ticketsOf(spans, own)
	visits := tenants.IDsIn(workorder.Table, workorder.FieldID, workorder.CustomerID(id))
	spoken := spokenOf(spans, own)
	visited := tenants.Among[predicate.WorkOrderEntry](workorderentry.FieldWorkOrderID, visits)
	used := tenants.Among[predicate.WorkOrderMaterial](workordermaterial.FieldWorkOrderID, visits)
	attached := attachment.Or(sentInto(spans, own), tenants.Among[predicate.Attachment](attachment.FieldWorkOrderID, visits),
		tenants.Among[predicate.Attachment](attachment.FieldContestID, tenants.IDsIn(contest.Table, contest.FieldID, contest.CustomerID(id))))
	attempts := attemptsOf(spans, id)
	return []class{
		{"servicos", tenants.RowsOf(subscription.Table, subscription.CustomerID(id)), all(c.Subscription.Query().Where(subscription.CustomerID(id)).Order(subscription.ByNumber()).All, teller.service)},
		{"contatos", tenants.RowsOf(contact.Table, contact.CustomerID(id)), all(c.Contact.Query().Where(contact.CustomerID(id)).Order(contact.ByPosition()).All, teller.contact)},
		{"enderecos", tenants.RowsOf(address.Table, address.CustomerID(id)), all(c.Address.Query().Where(address.CustomerID(id)).Order(address.ByID()).All, teller.address)},
		{"contratos", tenants.RowsOf(contract.Table, contract.CustomerID(id)), all(c.Contract.Query().Where(contract.CustomerID(id)).Order(contract.ByNumber()).All, teller.contract)},
		{"emails", tenants.RowsOf(email.Table, email.CustomerID(id)), all(c.Email.Query().Where(email.CustomerID(id)).Order(email.ByCreatedAt()).All, teller.email)},
		{"faturas", tenants.RowsOf(invoice.Table, invoice.CustomerID(id)), all(c.Invoice.Query().Where(invoice.CustomerID(id)).Order(invoice.ByNumber()).All, teller.invoice)},
		{"cobrancas", tenants.RowsOf(charge.Table, charge.CustomerID(id)), all(c.Charge.Query().Where(charge.CustomerID(id)).Order(charge.ByNumber()).All, teller.charge)},
		{"contestacoes", tenants.RowsOf(contest.Table, contest.CustomerID(id)), all(c.Contest.Query().Where(contest.CustomerID(id)).Order(contest.ByAt()).All, teller.contest)},
		{"pagamentos", tenants.RowsOf(payment.Table, payment.CustomerID(id)), all(c.Payment.Query().Where(payment.CustomerID(id)).Order(payment.ByPaidOn()).All, teller.payment)},
		{"quitacoes", tenants.RowsOf(declaration.Table, declaration.CustomerID(id)), all(c.Declaration.Query().Where(declaration.CustomerID(id)).Order(declaration.ByYear()).All, teller.declaration)},
		{"atendimentos", tenants.RowsOf(ticket.Table, tickets), all(partedTickets(c, tickets, spans, id), teller.ticket)},
		{"conversas", tenants.RowsOf(ticketentry.Table, spoken), all(c.TicketEntry.Query().Where(spoken).Order(ticketentry.ByAt()).All, teller.said)},
		{"visitas", tenants.RowsOf(workorder.Table, workorder.CustomerID(id)), all(c.WorkOrder.Query().Where(workorder.CustomerID(id)).Order(workorder.ByNumber()).All, teller.visit)},
		{"andamentos", tenants.RowsOf(workorderentry.Table, visited), all(c.WorkOrderEntry.Query().Where(visited).Order(workorderentry.ByAt()).All, teller.happened)},
		{"materiais", tenants.RowsOf(workordermaterial.Table, used), all(c.WorkOrderMaterial.Query().Where(used).Order(workordermaterial.ByAt()).All, teller.material)},
		{"anexos", tenants.RowsOf(attachment.Table, attached), all[*ent.Attachment](c.Attachment.Query().Where(attached).Order(attachment.ByAt()).All, nil)},
		{"falhas", tenants.RowsOf(outageservice.Table, outageservice.CustomerID(id)), all(c.OutageService.Query().Where(outageservice.CustomerID(id)).Order(outageservice.ByID()).All, teller.outage)},
		{"mensagens", tenants.RowsOf(telegrammessage.Table, telegrammessage.CustomerID(id)), all(c.TelegramMessage.Query().Where(telegrammessage.CustomerID(id)).Order(telegrammessage.ByCreatedAt()).All, teller.message)},
		{"telegram", tenants.RowsOf(telegramlink.Table, telegramlink.CustomerID(id)), all(c.TelegramLink.Query().Where(telegramlink.CustomerID(id)).Order(telegramlink.ByLinkedAt()).All, teller.link)},
		{"logins", tenants.RowsOf(networklogin.Table, logins), all(c.NetworkLogin.Query().Where(logins).Order(networklogin.ByLogin()).All, teller.login)},
		{"conexoes", tenants.RowsOf(connection.Table, connected...), all(c.Connection.Query().Where(connected...).Order(connection.ByStartedAt()).All, teller.connection)},
		{"autenticacoes", tenants.RowsOf(authattempt.Table, attempts), all(c.AuthAttempt.Query().Where(attempts).Order(authattempt.ByAt()).All, teller.attempt)},
		{"trocas", tenants.RowsOf(transfer.Table, handedBy(id)), all(c.Transfer.Query().Where(handedBy(id)).Order(transfer.ByRequestedAt()).Select(shown...).All, teller.transfer)},
		{"historico", tenants.RowsOf(history.Table, history.CustomerID(id)), all(c.History.Query().Where(history.CustomerID(id)).Order(history.ByAt()).All, nil)},
	}, nil
}

// all reads the rows of a class; say says one in words, nil of those that say nothing to a person.
func all[R any](read func(context.Context) ([]R, error), say func(teller, R) string) func(context.Context) (reading, error) {
	return func(ctx context.Context) (reading, error) {
		rows, err := read(ctx)
		return reading{rows, func(t teller) []string {
			lines := make([]string, len(rows))
			for i, row := range rows {
				if say != nil {
					lines[i] = say(t, row)
				}
			}
			return lines
		}}, err
	}
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
