package outages

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/outage"
	"enlace/ent/outageservice"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/messages"
	"enlace/tenants/money"
	"enlace/tenants/outbox"
)

// stint is how long a worker stays at an outage before others have their turn: well within the lease of its row.
const stint = 15 * time.Second

// GoOn works at an outage, customer by customer, in the name of whoever opened or ended it: at its beginning the open tickets are put under it and the
// customers told, at its end the days are given back, the tickets resolved and the customers told again. It is a worker's, and may be called again, by
// many and at any time. After a stint it asks for another.
func (d Desk) GoOn(ctx context.Context, id uuid.UUID) error {
	for began := d.DB.Now(); d.DB.Now().Sub(began) < stint; {
		row, next, err := d.next(ctx, id)
		switch {
		case err != nil:
			return err
		case row.State == outage.StateOpen || row.State == outage.StateOver:
			return nil
		case next == uuid.Nil:
			err = d.move(ctx, row)
		case row.State == outage.StateStarting:
			err = d.begin(ctx, row, next)
		default:
			err = d.end(ctx, row, next)
		}
		if err != nil && !errors.Is(err, errNotOurs) {
			return err
		}
	}
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error { return d.goOn(ctx, c, id) })
}

// errNotOurs means that somebody else has done what was to be done, or that the outage went on to another state.
var errNotOurs = errors.New("outages: it is not to be done now")

// waiting are the states of services with which something is still to be done in a state of an outage.
var waiting = map[outage.State][]outageservice.State{
	outage.StateStarting: {outageservice.StateWaiting},
	outage.StateEnding:   {outageservice.StateWaiting, outageservice.StateDown},
}

// done is the state of a service with which that is done.
var done = map[outage.State]outageservice.State{outage.StateStarting: outageservice.StateDown, outage.StateEnding: outageservice.StateUp}

// next is an outage with the first customer with whom something is still to be done; none when it is done with all.
func (d Desk) next(ctx context.Context, id uuid.UUID) (row *ent.Outage, next uuid.UUID, err error) {
	return row, next, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if row, err = of(ctx, c, id); err != nil {
			return err
		}
		first, err := c.OutageService.Query().Where(outageservice.OutageID(id), outageservice.StateIn(waiting[row.State]...)).Order(outageservice.ByCustomerID()).First(ctx)
		if ent.IsNotFound(err) {
			return nil
		} else if err == nil {
			next = first.CustomerID
		}
		return err
	})
}

// move ends the phase an outage is in.
func (d Desk) move(ctx context.Context, row *ent.Outage) error {
	after := map[outage.State]outage.State{outage.StateStarting: outage.StateOpen, outage.StateEnding: outage.StateOver}[row.State]
	return d.DB.Write(as(ctx, row), func(ctx context.Context, c *ent.Client) error {
		moved, err := c.Outage.Update().Where(outage.ID(row.ID), outage.StateEQ(row.State)).SetState(after).SetChangedAt(d.DB.Now()).Save(ctx)
		if err != nil || moved == 0 || after != outage.StateOver {
			return err
		}
		if row, err = c.Outage.Get(ctx, row.ID); err != nil {
			return err
		}
		return history.Write(ctx, c, d.DB.Now(), history.Entry{Subject: "outage", ID: row.ID, Event: "outage_over",
			After: map[string]any{"number": row.Number, "name": row.Title, "rows": row.Credited, "amount": row.Credit}})
	})
}

// take makes the caller the one who does with a customer's services what is to be done in the state an outage is in, and counts them. Who would do the
// same waits here, and is then told errNotOurs.
func take(ctx context.Context, c *ent.Client, row *ent.Outage, customer uuid.UUID, fate outageservice.State) (services []*ent.OutageService, err error) {
	held, err := c.Outage.Update().Where(outage.ID(row.ID), outage.StateEQ(row.State)).SetChangedAt(row.ChangedAt).Save(ctx)
	if err != nil {
		return nil, err
	}
	services, err = c.OutageService.Query().Where(outageservice.OutageID(row.ID), outageservice.CustomerID(customer), outageservice.StateIn(waiting[row.State]...)).
		Order(outageservice.ByID()).All(ctx)
	switch {
	case err != nil:
		return nil, err
	case held == 0 || len(services) == 0:
		return nil, errNotOurs
	}
	taken, err := c.OutageService.Update().Where(outageservice.OutageID(row.ID), outageservice.CustomerID(customer), outageservice.StateIn(waiting[row.State]...)).SetState(fate).Save(ctx)
	if err == nil && taken != len(services) {
		err = errNotOurs
	}
	return services, err
}

func servicesOf(rows []*ent.OutageService) []uuid.UUID {
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		ids[i] = row.SubscriptionID
	}
	return ids
}

// begin tells one customer of the beginning, and puts the open tickets about the services under the outage.
func (d Desk) begin(ctx context.Context, row *ent.Outage, customer uuid.UUID) error {
	return d.DB.Write(as(ctx, row), func(ctx context.Context, c *ent.Client) error {
		services, err := take(ctx, c, row, customer, done[row.State])
		if err != nil {
			return err
		}
		merged, err := d.support().Merge(ctx, c, row, servicesOf(services))
		if err != nil {
			return err
		}
		isp, _ := tenants.From(ctx)
		how, err := messages.Tell(ctx, c, d.DB.Now(), messages.Message{Customer: customer, Kind: messages.Down, About: "outage", AboutID: row.ID, Text: beginning(row, isp), Queue: outbox.Bulk})
		if err != nil {
			return err
		}
		count := c.Outage.UpdateOneID(row.ID).AddDone(len(services)).AddTickets(merged)
		if how == messages.Telegram {
			count.AddTold(1)
			if err := c.OutageService.Update().Where(outageservice.IDIn(idsOf(services)...)).SetTold(true).Exec(ctx); err != nil {
				return err
			}
		}
		if err := count.Exec(ctx); err != nil {
			return err
		}
		return d.tell(ctx, c, services, func(*ent.OutageService) history.Entry {
			return history.Entry{Event: "outage_began", After: map[string]any{"number": row.Number, "name": row.Title}}
		})
	})
}

func idsOf(rows []*ent.OutageService) []uuid.UUID {
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	return ids
}

// tell writes the history of each service.
func (d Desk) tell(ctx context.Context, c *ent.Client, services []*ent.OutageService, what func(*ent.OutageService) history.Entry) error {
	all := make([]history.Entry, len(services))
	for i, one := range services {
		all[i] = what(one)
		all[i].Customer, all[i].Subject, all[i].ID = one.CustomerID, "subscription", one.SubscriptionID
	}
	return history.WriteAll(ctx, c, d.DB.Now(), all)
}

// end gives one customer's days back, resolves the tickets under the outage and tells of the end whoever was told of the beginning, or asked. Days that
// cannot be given back are kept with the reason, and the rest is done all the same.
func (d Desk) end(ctx context.Context, row *ent.Outage, customer uuid.UUID) error {
	err := d.DB.Write(as(ctx, row), func(ctx context.Context, c *ent.Client) error { return d.endFor(ctx, c, row, customer, nil) })
	if fault := tenants.FaultOf(err); fault != nil {
		err = d.DB.Write(as(ctx, row), func(ctx context.Context, c *ent.Client) error { return d.endFor(ctx, c, row, customer, fault) })
	}
	return err
}

func (d Desk) endFor(ctx context.Context, c *ent.Client, row *ent.Outage, customer uuid.UUID, failed *tenants.Fault) error {
	fate := done[row.State]
	if failed != nil {
		fate = outageservice.StateFailed
	}
	services, err := take(ctx, c, row, customer, fate)
	if err != nil {
		return err
	}
	count := c.Outage.UpdateOneID(row.ID).AddDone(len(services))
	var given map[uuid.UUID]money.Cents
	switch {
	case failed != nil:
		count.AddDone(-len(services)).AddFailed(len(services))
		err = c.OutageService.Update().Where(outageservice.IDIn(idsOf(services)...)).SetCode(codeOf(failed)).SetArgs(failed.Args).Exec(ctx)
	case row.Credits:
		given, err = d.giveBack(ctx, c, row, services)
	}
	if err != nil {
		return err
	}
	total := money.Cents(0)
	for _, amount := range given {
		total += amount
	}
	if err := count.AddCredited(len(given)).AddCredit(total).Exec(ctx); err != nil {
		return err
	}
	resolved, err := d.support().Unmerge(ctx, c, row, servicesOf(services))
	if err != nil {
		return err
	}
	if services[0].Told || len(resolved) > 0 || row.EndedAt.Sub(row.BeganAt) > leastOutage { // of one that was hardly there, those who know of it
		_, err := messages.Tell(ctx, c, d.DB.Now(), messages.Message{Customer: customer, Kind: messages.Down, About: "outage", AboutID: row.ID, Subject: "A falha terminou", Text: ending(row, total),
			Buttons: messages.Under(messages.Support), Queue: outbox.Bulk})
		if err != nil {
			return err
		}
	}
	return d.tell(ctx, c, services, func(one *ent.OutageService) history.Entry {
		return history.Entry{Event: "outage_ended", After: map[string]any{"number": row.Number, "name": row.Title, "amount": given[one.SubscriptionID]}}
	})
}

func codeOf(fault *tenants.Fault) string {
	for _, code := range fault.Fields {
		return code
	}
	return fault.Code
}

// giveBack posts what the days of services come to, and keeps it with each; those that are given nothing are not among what it answers.
func (d Desk) giveBack(ctx context.Context, c *ent.Client, row *ent.Outage, services []*ent.OutageService) (map[uuid.UUID]money.Cents, error) {
	isp, _ := tenants.From(ctx)
	days, given := DaysOf(row.BeganAt, *row.EndedAt, isp.Zone), map[uuid.UUID]money.Cents{}
	for _, one := range services {
		credit, err := d.billing().PostOutage(ctx, c, one.SubscriptionID, days)
		if err != nil {
			return nil, err
		}
		if credit.Total() == 0 {
			continue
		}
		given[one.SubscriptionID] = credit.Total()
		of := credit.Days()
		err = c.OutageService.UpdateOneID(one.ID).SetFromDay(of.From).SetUntilDay(of.To).SetCredit(credit.Total()).SetMemo(memoOf(credit.Lines)).Exec(ctx)
		if err != nil {
			return nil, err
		}
	}
	return given, nil
}

func memoOf(lines []money.Line) (memo string) {
	for i, line := range lines {
		if i > 0 {
			memo += "; "
		}
		memo += line.Memo
	}
	return memo
}

// beginning and ending are what the bot says.
func beginning(row *ent.Outage, isp tenants.Tenant) string {
	return fmt.Sprintf("Aviso da %s: há uma falha na sua região desde %s.\n\n%s\n\nNossa equipe já está trabalhando nisso. Avisaremos aqui quando voltar; não é preciso abrir um atendimento.",
		isp.Name, row.BeganAt.In(isp.Zone).Format("02/01, às 15:04"), row.Title)
}

func ending(row *ent.Outage, credit money.Cents) string {
	text := fmt.Sprintf("A falha terminou: %s.\n\n%s\n\nSe a sua internet ainda não voltou, desligue o equipamento por um minuto. Continua? Fale com a gente.", row.Title, row.Ending)
	if credit > 0 {
		text += fmt.Sprintf("\n\nOs dias sem serviço são devolvidos: %s a menos nas próximas faturas.", credit.BRL())
	}
	return text
}
