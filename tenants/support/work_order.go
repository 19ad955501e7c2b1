package support

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/ticket"
	"enlace/ent/user"
	"enlace/ent/workorder"
	"enlace/ent/workordertype"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/history"
	"enlace/tenants/numbers"
	"enlace/tenants/staff"
)

// Visit is a work order asked for (ordem de serviço).
type Visit struct {
	Subscription *ent.Subscription `json:"-"` // whoever opens it reads it
	Ticket       uuid.UUID         // none: from a sale, or on its own
	Type         uuid.UUID
	Technician   uuid.UUID // none: not yet given to anyone
	Helper       uuid.UUID // a second technician; none: nobody
	StartsAt     time.Time // zero: not yet scheduled
	Minutes      int       // 0: the type's own
	Waits        bool      // aguardando agendamento, whatever is filled in
	Despite      bool      // although a technician is elsewhere at that time
	Description  string
}

// VisitStatuses are the states in which a visit begins, in the order of the form.
var VisitStatuses = []workorder.Status{workorder.StatusAguardandoAgendamento, workorder.StatusAgendada}

// ReadVisit reads the form of a visit. A day without its hour, and either in the past, are faults.
func ReadVisit(t tenants.Typed, today calendar.Date, zone *time.Location, wrong *tenants.Fields) Visit {
	v := Visit{Type: t.RequiredID(wrong, "os_tipo"), Description: t.PrintedLines(wrong, "os_descricao"), Waits: t["os_status"] == string(workorder.StatusAguardandoAgendamento)}
	if v.Description == "" {
		wrong.Add("os_descricao", "required")
	}
	v.readTime(t, today, zone, wrong)
	if t["os_status"] == string(workorder.StatusAgendada) { // an hour agreed upon has somebody who comes
		v.agreed(t, wrong)
	}
	return v
}

// readTime reads who comes when, and for how long.
func (v *Visit) readTime(t tenants.Typed, today calendar.Date, zone *time.Location, wrong *tenants.Fields) {
	v.Technician, v.Helper, v.Minutes, v.Despite = t.ID("os_tecnico"), t.ID("os_auxiliar"), t.Int(wrong, "os_minutos", 0, int(longestVisit.Minutes())), t.Yes("os_mesmo_assim")
	if v.Helper != uuid.Nil && v.Helper == v.Technician {
		wrong.Add("os_auxiliar", "helper_same")
	}
	day, hour := t.Date(wrong, "os_data"), t.Text(wrong, "os_hora")
	switch at, err := time.Parse("15:04", hour); {
	case hour == "" && day.IsZero():
	case hour == "" || err != nil:
		wrong.Add("os_hora", "hour")
	case day.IsZero():
		wrong.Add("os_data", "required")
	case day.Before(today):
		wrong.Add("os_data", "past")
	default:
		v.StartsAt = day.At(at.Hour(), at.Minute(), zone)
	}
}

// agreed wants what an hour agreed upon has.
func (v *Visit) agreed(t tenants.Typed, wrong *tenants.Fields) {
	if v.Technician == uuid.Nil {
		wrong.Add("os_tecnico", "required")
	}
	if v.StartsAt.IsZero() {
		t.RequiredDate(wrong, "os_data")
		t.Required(wrong, "os_hora")
	}
}

// OpenWorkOrder opens a visit in the caller's transaction: agendada when it has technician and start, else aguardando agendamento.
// It returns Invalid for a type that the subscription's state does not permit or one no longer in use, and NotFound.
func OpenWorkOrder(ctx context.Context, c *ent.Client, now time.Time, in Visit) (*ent.WorkOrder, error) {
	kind, err := kindOf(ctx, c, in)
	if err != nil {
		return nil, err
	}
	number, err := numbers.Next(ctx, c, numbers.WorkOrder)
	if err != nil {
		return nil, err
	}
	create := c.WorkOrder.Create().SetNumber(number).SetCustomerID(in.Subscription.CustomerID).SetSubscriptionID(in.Subscription.ID).
		SetTypeID(kind.ID).SetStatus(workorder.StatusAguardandoAgendamento).SetMinutes(kind.Minutes).SetDescription(in.Description).SetOpenedAt(now)
	if in.Minutes > 0 {
		create.SetMinutes(in.Minutes)
	}
	if in.Ticket != uuid.Nil {
		create.SetTicketID(in.Ticket)
	}
	if in.Technician != uuid.Nil {
		if there, err := c.User.Query().Where(user.ID(in.Technician), user.Active(true)).Exist(ctx); err != nil || !there {
			return nil, notThere(err)
		}
		create.SetTechnicianID(in.Technician)
	}
	if in.Helper != uuid.Nil {
		create.SetHelperID(in.Helper)
	}
	if !in.StartsAt.IsZero() {
		create.SetStartsAt(in.StartsAt)
		if in.Technician != uuid.Nil && !in.Waits {
			create.SetStatus(workorder.StatusAgendada)
		}
	}
	opened, err := create.Save(ctx)
	if err != nil {
		return nil, err
	}
	if opened.Status == workorder.StatusAgendada {
		if err := tellBooked(ctx, c, now, opened); err != nil {
			return nil, err
		}
	}
	return opened, history.Write(ctx, c, now, history.Entry{Customer: opened.CustomerID, Subject: "work_order", ID: opened.ID, Event: "work_order_opened",
		After: map[string]any{"number": number, "type": kind.Name, "status": opened.Status}})
}

// kindOf is the type of a visit, when it is in use and the service's state permits it.
func kindOf(ctx context.Context, c *ent.Client, in Visit) (*ent.WorkOrderType, error) {
	kind, err := c.WorkOrderType.Query().Where(workordertype.ID(in.Type)).Only(ctx)
	switch {
	case ent.IsNotFound(err):
		return nil, tenants.NotFound()
	case err != nil:
		return nil, err
	case !kind.Active:
		return nil, tenants.Invalid("os_tipo", "choice")
	case !Permits(kind, in.Subscription):
		return nil, tenants.Invalid("os_tipo", "type_not_permitted").With("type", kind.Name).With("status", string(in.Subscription.Status))
	}
	return kind, nil
}

// Permits says whether a type of visit may be opened for a service in the state it is in.
func Permits(kind *ent.WorkOrderType, sub *ent.Subscription) bool {
	return slices.Contains(kind.States, string(sub.Status))
}

func notThere(err error) error {
	if err != nil {
		return err
	}
	return tenants.NotFound()
}

// visit opens a visit of a service from the desk: in its ticket, which is then pending on it, or on its own.
func (d Desk) visit(ctx context.Context, c *ent.Client, sub uuid.UUID, in Visit) (opened *ent.WorkOrder, err error) {
	if in.Subscription, err = c.Subscription.Get(ctx, sub); ent.IsNotFound(err) {
		return nil, tenants.NotFound()
	} else if err != nil {
		return nil, err
	}
	kind, err := kindOf(ctx, c, in)
	if err != nil {
		return nil, err
	}
	if in.Minutes == 0 {
		in.Minutes = kind.Minutes
	}
	now := d.DB.Now()
	if err := in.reserve(ctx, c, now, uuid.Nil); err != nil {
		return nil, err
	}
	if opened, err = OpenWorkOrder(ctx, c, now, in); err != nil || in.Ticket == uuid.Nil {
		return opened, err
	}
	return opened, c.TicketEntry.Create().SetTicketID(in.Ticket).SetUserID(tenants.Who(ctx).ID).SetEvent("work_order_opened").
		SetBody("OS " + strconv.FormatInt(opened.Number, 10) + ", " + kind.Name).SetAt(now).Exec(ctx)
}

// reserve keeps the time of those who come: whoever plans with one of them at the same moment waits here. It returns Invalid for an hour that has
// passed, and of os_mesmo_assim, naming the other visit, when one of them is elsewhere and nobody has said to go on despite it. except is the
// visit that is moved, if one is. Of somebody who makes no visits, or no more, it is Invalid of os_tecnico or os_auxiliar; NotFound of nobody.
func (v Visit) reserve(ctx context.Context, c *ent.Client, now time.Time, except uuid.UUID) error {
	if !v.StartsAt.IsZero() && v.StartsAt.Before(now) {
		return tenants.Invalid("os_hora", "hour_past")
	}
	who := []uuid.UUID{v.Technician, v.Helper}
	slices.SortFunc(who, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) }) // always in one order: two who plan with the same two never wait for each other
	for _, id := range who {
		if id == uuid.Nil {
			continue
		}
		held, err := c.User.Update().Where(user.ID(id), user.Active(true), user.RoleEQ(user.RoleTecnico)).SetActive(true).Save(ctx)
		if err != nil {
			return err
		}
		if held == 0 {
			return v.gone(ctx, c, id)
		}
		if v.Despite || v.StartsAt.IsZero() {
			continue
		}
		other, err := overlapping(ctx, c, id, v.StartsAt, v.Minutes, except)
		if err != nil {
			return err
		}
		if other != nil {
			isp, _ := tenants.From(ctx)
			return tenants.Invalid("os_mesmo_assim", "technician_busy").With("number", strconv.FormatInt(other.Number, 10)).With("at", other.StartsAt.In(isp.Zone).Format("15:04"))
		}
	}
	return nil
}

// gone says which of those who are to come makes no visits, or no more; NotFound for one who is nobody of the ISP's.
func (v Visit) gone(ctx context.Context, c *ent.Client, who uuid.UUID) error {
	there, err := c.User.Query().Where(user.ID(who)).Exist(ctx)
	if err != nil || !there {
		return notThere(err)
	}
	field := "os_tecnico"
	if who == v.Helper {
		field = "os_auxiliar"
	}
	return tenants.Invalid(field, "technician_gone")
}

// Overlapping finds a visit that a technician has at that time already, or nil; one that is over or called off is in nobody's way.
func Overlapping(ctx context.Context, c *ent.Client, technician uuid.UUID, starts time.Time, minutes int) (*ent.WorkOrder, error) {
	return overlapping(ctx, c, technician, starts, minutes, uuid.Nil)
}

func overlapping(ctx context.Context, c *ent.Client, technician uuid.UUID, starts time.Time, minutes int, except uuid.UUID) (*ent.WorkOrder, error) {
	ends := starts.Add(time.Duration(minutes) * time.Minute)
	rows, err := c.WorkOrder.Query().Where(mans(technician), workorder.StatusIn(workorder.StatusAgendada, workorder.StatusEmExecucao), workorder.IDNEQ(except),
		workorder.StartsAtGT(starts.Add(-longestVisit)), workorder.StartsAtLT(ends)).Order(workorder.ByStartsAt()).All(ctx)
	for _, row := range rows {
		if row.StartsAt.Add(time.Duration(row.Minutes) * time.Minute).After(starts) {
			return row, err
		}
	}
	return nil, err
}

// longestVisit is how long a visit may last.
const longestVisit = 24 * time.Hour

// NewVisit is a visit asked for by a form, of a ticket or of a service on its own.
type NewVisit struct {
	Subscription uuid.UUID // none: the ticket's
	Visit        Visit
	Key          string // of the form
}

// OpenVisit opens a visit from a ticket, which is then pending on it (Pendente), or of a service on its own. It returns Conflict for a ticket
// that is a rascunho or over, Invalid for a type that the service's state does not permit and for a time that a technician does not have, NotFound,
// and Denied without Attend.
func (d Desk) OpenVisit(ctx context.Context, in NewVisit) (uuid.UUID, error) {
	answer, err := d.DB.Once(ctx, "open_visit", in.Key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Attend); err != nil {
			return "", err
		}
		if in.Visit.Ticket != uuid.Nil {
			row, err := d.take(ctx, c, in.Visit.Ticket, open...)
			if err != nil {
				return "", err
			}
			in.Subscription = row.SubscriptionID
			if err := c.Ticket.UpdateOneID(row.ID).SetStatus(ticket.StatusPendente).Exec(ctx); err != nil {
				return "", err
			}
		}
		opened, err := d.visit(ctx, c, in.Subscription, in.Visit)
		if err != nil {
			return "", err
		}
		return opened.ID.String(), nil
	})
	if err != nil {
		return uuid.Nil, err
	}
	return uuid.Parse(answer)
}
