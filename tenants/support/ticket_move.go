package support

import (
	"context"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/ticket"
	"enlace/ent/workorder"
	"enlace/tenants"
	"enlace/tenants/staff"
)

// reopening is how long after its end a ticket may be opened again.
const reopening = 7 * 24 * time.Hour

// shortestReason is how many letters a reason has at least.
const shortestReason = 5

// open are the states of a ticket that is being worked on.
var open = []ticket.Status{ticket.StatusAguardandoAnalise, ticket.StatusPendente}

// Move is what a form asks of a ticket that was opened.
type Move struct {
	Ticket  uuid.UUID
	To      Destination // of Forward
	Type    uuid.UUID   // of Forward: what it turned out to be about; none: as it was
	Text    string      // a note, a closing, a reason
	Despite bool        // of Close: although visits of it are open
	Key     string      // of the form
}

// Forward gives a ticket to a person or a sector, to be looked at (aguardando análise), with a note where one was written; as another type it has
// that one's promise, from its opening on. It returns Conflict for one that is a rascunho or over, Invalid without a destination and for a type no
// longer in use, NotFound, and Denied without Attend.
func (d Desk) Forward(ctx context.Context, in Move) error {
	return d.move(ctx, "forward_ticket", in, open, func(ctx context.Context, c *ent.Client, row *ent.Ticket) error {
		if err := in.To.check(ctx, c); err != nil {
			return err
		}
		change := c.Ticket.UpdateOneID(row.ID).SetStatus(ticket.StatusAguardandoAnalise)
		in.To.set(change)
		if in.Type != uuid.Nil && (row.TypeID == nil || in.Type != *row.TypeID) {
			kind, err := typeOfTicket(ctx, c, in.Type)
			if err != nil {
				return err
			}
			change.SetTypeID(kind.ID).SetDueAt(promised(row, kind))
		}
		if err := change.Exec(ctx); err != nil {
			return err
		}
		return d.note(ctx, c, row, "ticket_forwarded", in.Text, nil)
	})
}

// Close ends a ticket as resolved. While a visit of it is open that is asked about first: Invalid of mesmo_assim. It returns Invalid without
// the closing, Conflict for one that is a rascunho or over, NotFound, and Denied without Attend.
func (d Desk) Close(ctx context.Context, in Move) error {
	if in.Text == "" {
		return tenants.Invalid("fechamento", "required")
	}
	return d.move(ctx, "close_ticket", in, open, func(ctx context.Context, c *ent.Client, row *ent.Ticket) error {
		pending, err := c.WorkOrder.Query().Where(workorder.TicketID(row.ID), workorder.StatusNotIn(over...)).Exist(ctx)
		if err != nil {
			return err
		}
		if pending && !in.Despite {
			return tenants.Invalid("mesmo_assim", "ticket_has_visits")
		}
		return d.close(ctx, c, row, in.Text)
	})
}

// close resolves a ticket and asks the subscriber how it was; resolve leaves that to the caller.
func (d Desk) close(ctx context.Context, c *ent.Client, row *ent.Ticket, said string) error {
	if err := d.resolve(ctx, c, row, said); err != nil {
		return err
	}
	return d.tellClosed(ctx, c, row, said)
}

func (d Desk) resolve(ctx context.Context, c *ent.Client, row *ent.Ticket, said string) error {
	now := d.DB.Now()
	if err := handedBack(c.Ticket.UpdateOneID(row.ID)).ClearWaitsSince().SetStatus(ticket.StatusFinalizado).SetClosing(said).SetClosedAt(now).SetTouchedAt(now).Exec(ctx); err != nil {
		return err
	}
	return d.note(ctx, c, row, "ticket_closed", said, nil)
}

// Reopen takes up a ticket again within seven days of its end, with a reason; it stays with whom it was, or comes to whoever reopens it. It returns
// Conflict later, and for one that is not over, Invalid for a reason too short, NotFound, and Denied without Attend.
func (d Desk) Reopen(ctx context.Context, in Move) error {
	if len([]rune(in.Text)) < shortestReason {
		return tenants.Invalid("motivo", "reason_short")
	}
	return d.move(ctx, "reopen_ticket", in, []ticket.Status{ticket.StatusFinalizado}, func(ctx context.Context, c *ent.Client, row *ent.Ticket) error {
		if !Reopens(row, d.DB.Now()) {
			return tenants.Conflict("ticket_old")
		}
		change := c.Ticket.UpdateOneID(row.ID).SetStatus(ticket.StatusAguardandoAnalise).ClearClosedAt().ClearRating().SetRatingText("")
		if row.AssigneeID == nil && row.SectorID == nil {
			change.SetAssigneeID(tenants.Who(ctx).ID)
		}
		if err := change.Exec(ctx); err != nil {
			return err
		}
		return d.note(ctx, c, row, "ticket_reopened", in.Text, nil)
	})
}

// Reopens says whether a ticket that is over may be taken up again.
func Reopens(row *ent.Ticket, now time.Time) bool {
	return row.Status == ticket.StatusFinalizado && row.ClosedAt != nil && now.Sub(*row.ClosedAt) <= reopening
}

// Say writes a note into a ticket's thread, whatever its state: people of the office read it, the subscriber does not.
func (d Desk) Say(ctx context.Context, in Move) error {
	if in.Text == "" {
		return tenants.Invalid("nota", "required")
	}
	return d.move(ctx, "note_ticket", in, append([]ticket.Status{ticket.StatusFinalizado}, open...), func(ctx context.Context, c *ent.Client, row *ent.Ticket) error {
		return c.TicketEntry.Create().SetTicketID(row.ID).SetUserID(tenants.Who(ctx).ID).SetBody(in.Text).SetAt(d.DB.Now()).Exec(ctx)
	})
}

// move does one thing to a ticket that stands in one of the states, once.
func (d Desk) move(ctx context.Context, action string, in Move, from []ticket.Status, do func(context.Context, *ent.Client, *ent.Ticket) error) error {
	_, err := d.DB.Once(ctx, action, in.Key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Attend); err != nil {
			return "", err
		}
		row, err := d.take(ctx, c, in.Ticket, from...)
		if err != nil {
			return "", err
		}
		return in.Ticket.String(), do(ctx, c, row)
	})
	return err
}
