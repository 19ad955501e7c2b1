package support

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/ticket"
	"enlace/ent/workorder"
	"enlace/ent/workordermaterial"
	"enlace/tenants"
	"enlace/tenants/brazil"
	"enlace/tenants/calendar"
	"enlace/tenants/history"
	"enlace/tenants/staff"
)

// toCome are the states of a visit that nobody has begun.
var toCome = []workorder.Status{workorder.StatusAguardandoAgendamento, workorder.StatusAgendada}

// Rescheduling is who is to come when.
type Rescheduling struct {
	WorkOrder uuid.UUID
	Visit     Visit  // its technicians, its start and its minutes, and whether to go on despite another visit
	Reason    string // where it was agreed upon before
	Key       string // of the form
}

// ReadRescheduling reads the form of it.
func ReadRescheduling(t tenants.Typed, id uuid.UUID, today calendar.Date, zone *time.Location, wrong *tenants.Fields) Rescheduling {
	in := Rescheduling{WorkOrder: id, Reason: t.Lines(wrong, "motivo"), Key: t.Required(wrong, "chave")}
	in.Visit.readTime(t, today, zone, wrong)
	in.Visit.agreed(t, wrong)
	return in
}

// Schedule agrees upon an hour with a technician, or upon another one, with the reason. It returns Conflict for a visit that has begun or is
// over, Invalid for a reason too short, an hour that has passed and a time that a technician does not have, NotFound, and Denied without Attend.
func (d Desk) Schedule(ctx context.Context, in Rescheduling) error {
	return d.moveVisit(ctx, "schedule_visit", in.WorkOrder, in.Key, in, false, toCome, func(ctx context.Context, c *ent.Client, row *ent.WorkOrder) error {
		again := row.Status == workorder.StatusAgendada
		if again && len([]rune(in.Reason)) < shortestReason {
			return tenants.Invalid("motivo", "reason_short")
		}
		v := in.Visit
		if v.Minutes == 0 {
			v.Minutes = row.Minutes
		}
		if err := v.reserve(ctx, c, d.DB.Now(), row.ID); err != nil {
			return err
		}
		change := c.WorkOrder.UpdateOneID(row.ID).SetStatus(workorder.StatusAgendada).ClearOnWayAt().SetTechnicianID(v.Technician).SetStartsAt(v.StartsAt).SetMinutes(v.Minutes)
		if v.Helper == uuid.Nil {
			change.ClearHelperID()
		} else {
			change.SetHelperID(v.Helper)
		}
		booked, err := change.Save(ctx)
		if err != nil {
			return err
		}
		if err := tellBooked(ctx, c, d.DB.Now(), booked); err != nil {
			return err
		}
		isp, _ := tenants.From(ctx)
		event, at := "work_order_scheduled", func(t *time.Time) string {
			if t == nil {
				return ""
			}
			return t.In(isp.Zone).Format("02/01/2006 15:04")
		}
		if again {
			event = "work_order_rescheduled"
		}
		return d.noteVisit(ctx, c, row, event, in.Reason, map[string]any{"starts": at(row.StartsAt)}, map[string]any{"starts": at(&v.StartsAt)})
	})
}

// VisitMove is what a form asks of a visit.
type VisitMove struct {
	WorkOrder   uuid.UUID
	Text        string // what was done, why it is called off, what is said
	CloseTicket bool   // of Finish: its ticket is resolved with it
	Key         string // of the form
}

// Begin says that the technician is there. It returns Conflict for a visit that is not agendada, NotFound, and Denied without Attend for one that
// is not one's own.
func (d Desk) Begin(ctx context.Context, in VisitMove) error {
	return d.moveVisit(ctx, "begin_visit", in.WorkOrder, in.Key, in, true, []workorder.Status{workorder.StatusAgendada}, func(ctx context.Context, c *ent.Client, row *ent.WorkOrder) error {
		if err := c.WorkOrder.UpdateOneID(row.ID).SetStatus(workorder.StatusEmExecucao).SetBeganAt(d.DB.Now()).Exec(ctx); err != nil {
			return err
		}
		return d.noteVisit(ctx, c, row, "work_order_begun", "", nil, nil)
	})
}

// Finish ends a visit with what was done and, where that is asked, its ticket with it. It returns Conflict for one that nobody has been sent to or
// that is over, Invalid without what was done or with what paper has not, NotFound, and Denied without Attend for one that is not one's own.
func (d Desk) Finish(ctx context.Context, in VisitMove) error {
	switch {
	case in.Text == "":
		return tenants.Invalid("feito", "required")
	case !brazil.Printable(in.Text): // the paper of the visit says it
		return tenants.Invalid("feito", "unprintable")
	}
	from := []workorder.Status{workorder.StatusAgendada, workorder.StatusEmExecucao}
	return d.moveVisit(ctx, "finish_visit", in.WorkOrder, in.Key, in, true, from, func(ctx context.Context, c *ent.Client, row *ent.WorkOrder) error {
		if err := c.WorkOrder.UpdateOneID(row.ID).SetStatus(workorder.StatusFinalizada).SetFinishedAt(d.DB.Now()).SetDone(in.Text).Exec(ctx); err != nil {
			return err
		}
		if err := d.noteVisit(ctx, c, row, "work_order_finished", in.Text, nil, nil); err != nil {
			return err
		}
		if !in.CloseTicket || row.TicketID == nil {
			return nil
		}
		return d.closeWith(ctx, c, *row.TicketID, in.Text)
	})
}

// closeWith resolves the ticket of a visit, unless it is over already or another visit of it is open: then it waits for that one.
func (d Desk) closeWith(ctx context.Context, c *ent.Client, id uuid.UUID, said string) error {
	others, err := c.WorkOrder.Query().Where(workorder.TicketID(id), workorder.StatusNotIn(over...)).Exist(ctx)
	if err != nil || others {
		return err
	}
	held, err := c.Ticket.Update().Where(ticket.ID(id), ticket.StatusIn(open...)).SetTouchedAt(d.DB.Now()).Save(ctx)
	if err != nil || held == 0 {
		return err
	}
	row, err := c.Ticket.Get(ctx, id)
	if err != nil {
		return err
	}
	return d.close(ctx, c, row, said)
}

// CallOff calls a visit off, with the reason; who waits for somebody at that hour is told. It returns Conflict for one that is over, Invalid for a reason too short, NotFound, and Denied
// without Attend.
func (d Desk) CallOff(ctx context.Context, in VisitMove) error {
	if len([]rune(in.Text)) < shortestReason {
		return tenants.Invalid("cancelamento", "reason_short")
	}
	from := append([]workorder.Status{workorder.StatusEmExecucao}, toCome...)
	return d.moveVisit(ctx, "call_off_visit", in.WorkOrder, in.Key, in, false, from, func(ctx context.Context, c *ent.Client, row *ent.WorkOrder) error {
		if err := c.WorkOrder.UpdateOneID(row.ID).SetStatus(workorder.StatusCancelada).Exec(ctx); err != nil {
			return err
		}
		if err := d.noteVisit(ctx, c, row, "work_order_called_off", in.Text, nil, nil); err != nil || row.Status != workorder.StatusAgendada {
			return err
		}
		return tellCalledOff(ctx, c, d.DB.Now(), row)
	})
}

// SayVisit writes into a visit's thread, whatever its state: every sector reads it, and those who make it.
func (d Desk) SayVisit(ctx context.Context, in VisitMove) error {
	if in.Text == "" {
		return tenants.Invalid("nota", "required")
	}
	return d.moveVisit(ctx, "note_visit", in.WorkOrder, in.Key, in, true, VisitStates, func(ctx context.Context, c *ent.Client, row *ent.WorkOrder) error {
		return c.WorkOrderEntry.Create().SetWorkOrderID(row.ID).SetUserID(tenants.Who(ctx).ID).SetBody(in.Text).SetAt(d.DB.Now()).Exec(ctx)
	})
}

// Material is what was used in a visit.
type Material struct {
	WorkOrder uuid.UUID
	Name      string
	Quantity  int
	Unit      string
	Key       string // of the form
}

// Units are what materials are counted in, in the order of the form.
var Units = []string{"un", "m", "cx"}

// ReadMaterial reads the form of a material.
func ReadMaterial(t tenants.Typed, id uuid.UUID, wrong *tenants.Fields) Material {
	m := Material{WorkOrder: id, Name: t.RequiredPrinted(wrong, "material"), Unit: t.Choice(wrong, "unidade", Units...), Key: t.Required(wrong, "chave")}
	if strings.TrimSpace(t["quantidade"]) == "" {
		wrong.Add("quantidade", "required")
	}
	m.Quantity = t.Int(wrong, "quantidade", 1, 100_000)
	return m
}

// underway are the states of a visit to which materials, photos and the signature are added.
var underway = []workorder.Status{workorder.StatusAgendada, workorder.StatusEmExecucao, workorder.StatusFinalizada}

// Use notes a material used in a visit. It returns Conflict for a visit nobody has been sent to or that was called off, NotFound, and Denied
// without Attend for one that is not one's own.
func (d Desk) Use(ctx context.Context, in Material) error {
	return d.moveVisit(ctx, "use_material", in.WorkOrder, in.Key, in, true, underway, func(ctx context.Context, c *ent.Client, row *ent.WorkOrder) error {
		return c.WorkOrderMaterial.Create().SetWorkOrderID(row.ID).SetName(in.Name).SetQuantity(in.Quantity).SetUnit(in.Unit).SetUserID(tenants.Who(ctx).ID).SetAt(d.DB.Now()).Exec(ctx)
	})
}

// Unuse takes a material noted by mistake off again, while the visit is not over. It returns the faults of Use.
func (d Desk) Unuse(ctx context.Context, visit, material uuid.UUID) error {
	from := []workorder.Status{workorder.StatusAgendada, workorder.StatusEmExecucao}
	return d.moveVisit(ctx, "unuse_material", visit, "", material, true, from, func(ctx context.Context, c *ent.Client, row *ent.WorkOrder) error {
		n, err := c.WorkOrderMaterial.Delete().Where(workordermaterial.ID(material), workordermaterial.WorkOrderID(row.ID)).Exec(ctx)
		if err != nil || n == 0 {
			return notThere(err)
		}
		return nil
	})
}

// moveVisit does one thing to a visit that stands in one of the states, once; own says that those who make it may.
func (d Desk) moveVisit(ctx context.Context, action string, id uuid.UUID, key string, in any, own bool, from []workorder.Status, do func(context.Context, *ent.Client, *ent.WorkOrder) error) error {
	_, err := d.DB.Once(ctx, action, key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		row, err := c.WorkOrder.Get(ctx, id)
		if err != nil {
			return "", missing(err)
		}
		var makers []uuid.UUID
		if own {
			makers = makersOf(row)
		}
		if err := staff.RequireOrOwn(ctx, c, staff.Attend, makers...); err != nil {
			return "", err
		}
		// Whoever moves it at the same moment waits here, and is then told.
		held, err := c.WorkOrder.Update().Where(workorder.ID(id), workorder.StatusIn(from...)).SetNumber(row.Number).Save(ctx)
		if err != nil {
			return "", err
		}
		if row, err = c.WorkOrder.Get(ctx, id); err != nil {
			return "", err
		}
		if held == 0 {
			return "", tenants.Conflict("visit_moved").With("status", string(row.Status))
		}
		return id.String(), do(ctx, c, row)
	})
	return err
}

// noteVisit writes into a visit's thread, and into the customer's history, what was done.
func (d Desk) noteVisit(ctx context.Context, c *ent.Client, row *ent.WorkOrder, event, said string, before, after map[string]any) error {
	now := d.DB.Now()
	if err := c.WorkOrderEntry.Create().SetWorkOrderID(row.ID).SetUserID(tenants.Who(ctx).ID).SetEvent(event).SetBody(said).SetAt(now).Exec(ctx); err != nil {
		return err
	}
	if after == nil {
		after = map[string]any{}
	}
	after["number"] = row.Number
	return history.Write(ctx, c, now, history.Entry{Customer: row.CustomerID, Subject: "work_order", ID: row.ID, Event: event, Reason: said, Before: before, After: after})
}
