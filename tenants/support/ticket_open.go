package support

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/ticket"
	"enlace/ent/tickettype"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/staff"
)

// Destination is with whom a ticket goes on: a person or a sector, one of both.
type Destination struct{ User, Sector uuid.UUID }

// What a destination is written as in a form, before its id.
const (
	toUser   = "pessoa:"
	toSector = "setor:"
)

// Value is the destination as a form has it; "" for none.
func (to Destination) Value() string {
	switch {
	case to.User != uuid.Nil:
		return toUser + to.User.String()
	case to.Sector != uuid.Nil:
		return toSector + to.Sector.String()
	}
	return ""
}

// ReadDestination reads a destination of a form; none is none.
func ReadDestination(t tenants.Typed, field string) Destination {
	if id, is := strings.CutPrefix(t[field], toUser); is {
		return Destination{User: tenants.Typed{field: id}.ID(field)}
	}
	id := strings.TrimPrefix(t[field], toSector)
	return Destination{Sector: tenants.Typed{field: id}.ID(field)}
}

// check returns Invalid for no destination, and for one that no longer goes on with anything; NotFound for one that is not the ISP's.
func (to Destination) check(ctx context.Context, c *ent.Client) error {
	active, err := false, error(nil)
	switch {
	case to.User != uuid.Nil:
		var row *ent.User
		if row, err = c.User.Get(ctx, to.User); err == nil {
			active = row.Active
		}
	case to.Sector != uuid.Nil:
		var row *ent.Sector
		if row, err = c.Sector.Get(ctx, to.Sector); err == nil {
			active = row.Active
		}
	default:
		return tenants.Invalid("destino", "destination_missing")
	}
	switch {
	case ent.IsNotFound(err):
		return tenants.NotFound()
	case err == nil && !active:
		return tenants.Invalid("destino", "destination_gone")
	}
	return err
}

// set puts the ticket with its destination.
func (to Destination) set(m *ent.TicketUpdateOne) {
	if to.User == uuid.Nil {
		m.ClearAssigneeID()
	} else {
		m.SetAssigneeID(to.User)
	}
	if to.Sector == uuid.Nil {
		m.ClearSectorID()
	} else {
		m.SetSectorID(to.Sector)
	}
}

// Opening is what the form of a ticket says. Where a ticket is to stand decides what else it needs.
type Opening struct {
	Ticket  uuid.UUID
	Type    uuid.UUID
	Text    string        // what the subscriber says (descrição de abertura)
	Status  ticket.Status // aguardando_analise, pendente or finalizado
	To      Destination   // of aguardando_analise
	Visit   *Visit        // of pendente
	Closing string        // of finalizado (descrição de fechamento)
	Key     string        // of the form
}

// Ends are the three ways out of the form, in its order.
var Ends = []ticket.Status{ticket.StatusAguardandoAnalise, ticket.StatusPendente, ticket.StatusFinalizado}

// ReadOpening reads the form of a ticket. A visit is read when one is asked for.
func ReadOpening(t tenants.Typed, id uuid.UUID, today calendar.Date, zone *time.Location, wrong *tenants.Fields) Opening {
	in := Opening{Ticket: id, Type: t.RequiredID(wrong, "tipo"), Text: requiredLines(t, wrong, "abertura"), Key: t.Required(wrong, "chave"),
		Status: ticket.Status(t.Choice(wrong, "situacao", string(Ends[0]), string(Ends[1]), string(Ends[2])))}
	switch in.Status {
	case ticket.StatusAguardandoAnalise:
		if in.To = ReadDestination(t, "destino"); in.To == (Destination{}) {
			wrong.Add("destino", "destination_missing")
		}
	case ticket.StatusPendente:
		visit := ReadVisit(t, today, zone, wrong)
		in.Visit = &visit
	case ticket.StatusFinalizado:
		in.Closing = requiredLines(t, wrong, "fechamento")
	}
	return in
}

func requiredLines(t tenants.Typed, wrong *tenants.Fields, field string) string {
	text := t.Lines(wrong, field)
	if text == "" {
		wrong.Add(field, "required")
	}
	return text
}

// Open makes a rascunho a ticket: to be looked at by a person or a sector, pending on a visit that is opened with it, or resolved at once. The
// diagnosis of this moment is kept with it for ever. It returns Conflict for one that is no rascunho any more, Invalid of a field, those of
// OpenVisit among them, NotFound, and Denied without Attend.
func (d Desk) Open(ctx context.Context, in Opening) error {
	_, err := d.DB.Once(ctx, "open_ticket", in.Key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Attend); err != nil {
			return "", err
		}
		row, err := d.take(ctx, c, in.Ticket, ticket.StatusRascunho)
		if err != nil {
			return "", err
		}
		return in.Ticket.String(), d.open(ctx, c, row, in)
	})
	return err
}

func (d Desk) open(ctx context.Context, c *ent.Client, row *ent.Ticket, in Opening) error {
	kind, err := typeOfTicket(ctx, c, in.Type)
	if err != nil {
		return err
	}
	if err := d.resume(ctx, c, row); err != nil {
		return err
	}
	now := d.DB.Now()
	change := c.Ticket.UpdateOneID(row.ID).SetStatus(in.Status).SetTypeID(kind.ID).SetOpening(in.Text).SetClosing(in.Closing).SetTouchedAt(now).
		SetDueAt(promised(row, kind))
	switch in.Status {
	case ticket.StatusAguardandoAnalise:
		if err := in.To.check(ctx, c); err != nil {
			return err
		}
	case ticket.StatusFinalizado:
		change.SetClosedAt(now)
	}
	in.To.set(change)
	if err := change.Exec(ctx); err != nil {
		return err
	}
	if err := d.note(ctx, c, row, "ticket_opened", in.Text, map[string]any{"status": in.Status}); err != nil {
		return err
	}
	if in.Status == ticket.StatusFinalizado {
		if err := d.note(ctx, c, row, "ticket_closed", in.Closing, nil); err != nil {
			return err
		}
		return d.tellClosed(ctx, c, row, in.Closing)
	}
	if err := d.tellProtocol(ctx, c, row, in.Text); err != nil {
		return err
	}
	if in.Visit != nil {
		in.Visit.Ticket = row.ID
		if _, err := d.visit(ctx, c, row.SubscriptionID, *in.Visit); err != nil {
			return err
		}
	}
	return nil
}

// typeOfTicket is a type of tickets that is in use.
func typeOfTicket(ctx context.Context, c *ent.Client, id uuid.UUID) (*ent.TicketType, error) {
	kind, err := c.TicketType.Query().Where(tickettype.ID(id)).Only(ctx)
	switch {
	case ent.IsNotFound(err):
		return nil, tenants.NotFound()
	case err != nil:
		return nil, err
	case !kind.Active:
		return nil, tenants.Invalid("tipo", "choice")
	}
	return kind, nil
}

// promised is by when a type promises the end of a ticket.
func promised(row *ent.Ticket, kind *ent.TicketType) time.Time {
	return row.OpenedAt.Add(time.Duration(kind.SLAHours) * time.Hour)
}

// take makes the caller the one who changes a ticket that stands in one of the states; whoever comes at the same moment waits, and is then told.
// It returns NotFound, and Conflict ticket_moved for another state.
func (d Desk) take(ctx context.Context, c *ent.Client, id uuid.UUID, from ...ticket.Status) (*ent.Ticket, error) {
	taken, err := c.Ticket.Update().Where(ticket.ID(id), ticket.StatusIn(from...)).SetTouchedAt(d.DB.Now()).Save(ctx)
	if err != nil {
		return nil, err
	}
	row, err := c.Ticket.Get(ctx, id)
	switch {
	case ent.IsNotFound(err):
		return nil, tenants.NotFound()
	case err != nil:
		return nil, err
	case taken == 0:
		return nil, tenants.Conflict("ticket_moved").With("status", string(row.Status))
	}
	return row, nil
}

// Sketch is what stands in a form that is left: nothing of it has to be there.
type Sketch struct {
	Ticket        uuid.UUID
	Type          uuid.UUID
	Text, Closing string
	To            Destination
}

// ReadSketch reads a form that is left.
func ReadSketch(t tenants.Typed, id uuid.UUID, wrong *tenants.Fields) Sketch {
	return Sketch{Ticket: id, Type: t.ID("tipo"), Text: t.Lines(wrong, "abertura"), Closing: t.Lines(wrong, "fechamento"), To: ReadDestination(t, "destino")}
}

// Keep keeps what stands in the form of a rascunho (Sair e guardar rascunho), under the protocol it has. It returns Conflict for one that is no
// rascunho any more, NotFound, and Denied without Attend.
func (d Desk) Keep(ctx context.Context, in Sketch) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Attend); err != nil {
			return err
		}
		row, err := d.take(ctx, c, in.Ticket, ticket.StatusRascunho)
		if err != nil {
			return err
		}
		change := c.Ticket.UpdateOneID(row.ID).SetOpening(in.Text).SetClosing(in.Closing)
		if in.Type == uuid.Nil {
			change.ClearTypeID()
		} else {
			if there, err := c.TicketType.Query().Where(tickettype.ID(in.Type)).Exist(ctx); err != nil || !there {
				return notThere(err)
			}
			change.SetTypeID(in.Type)
		}
		if in.To != (Destination{}) {
			if err := in.To.check(ctx, c); err != nil {
				return err
			}
		}
		in.To.set(change)
		return change.Exec(ctx)
	})
}
