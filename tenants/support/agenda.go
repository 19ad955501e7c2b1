package support

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/address"
	"enlace/ent/contact"
	"enlace/ent/predicate"
	"enlace/ent/subscriptionaddress"
	"enlace/ent/user"
	"enlace/ent/workorder"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/customers"
)

// Agenda is a day of those who make visits.
type Agenda struct {
	Day     calendar.Date
	People  []Planned
	Places  map[uuid.UUID]string // where each visit is, in one line
	Without []*ent.WorkOrder     // still to be agreed upon, or given to nobody: the oldest first
}

// Planned is somebody's day.
type Planned struct {
	Who    tenants.Choice
	Visits []*ent.WorkOrder // by hour; Visited, TypeOf, Technician and Phone say more
}

// phoned puts beside a visit the first telephone of its customer; Phone reads it.
var phoned = tenants.Beside[predicate.WorkOrder]("phone", workorder.FieldCustomerID, contact.Table, contact.FieldCustomerID, contact.FieldValue,
	contact.KindEQ(contact.KindPhone), contact.Position(0))

// Phone is the first telephone of a visit's customer, in E.164; "" for none.
func Phone(row *ent.WorkOrder) string { return tenants.Said(row, "phone") }

// placed puts beside a visit the id of the address it is at.
var placed = tenants.Beside[predicate.WorkOrder]("address", workorder.FieldSubscriptionID, subscriptionaddress.Table, subscriptionaddress.FieldSubscriptionID, subscriptionaddress.FieldAddressID,
	subscriptionaddress.RoleEQ(subscriptionaddress.RoleInstalacao))

// mostWithout is how many visits without an hour an agenda shows.
const mostWithout = 30

// Agenda reads a day, person by person; one alone where one is asked. A technician reads his own. It returns Denied without Attend or Visit.
func (d Desk) Agenda(ctx context.Context, day calendar.Date, one uuid.UUID) (a Agenda, err error) {
	a.Day = day
	return a, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		mine, err := seen(ctx, c)
		if err != nil {
			return err
		}
		isp, _ := tenants.From(ctx)
		rows, err := c.WorkOrder.Query().Where(mine...).Where(manned, typed, visited, phoned, placed, workorder.StatusNEQ(workorder.StatusCancelada), workorder.StatusNEQ(workorder.StatusAguardandoAgendamento),
			workorder.StartsAtGTE(day.At(0, 0, isp.Zone)), workorder.StartsAtLT(day.AddDays(1).At(0, 0, isp.Zone))).Order(workorder.ByStartsAt(), workorder.ByNumber()).All(ctx)
		if err != nil {
			return err
		}
		if a.Places, err = places(ctx, c, rows); err != nil {
			return err
		}
		people := technicians
		if mine != nil {
			people = tenants.RowsOf(user.Table, user.ID(tenants.Who(ctx).ID))
		}
		lists, err := tenants.Choices(ctx, people)
		if err != nil {
			return err
		}
		for _, who := range lists[0] {
			if one != uuid.Nil && who.ID != one {
				continue
			}
			a.People = append(a.People, Planned{who, of(rows, who.ID)})
		}
		if mine == nil {
			a.Without, err = c.WorkOrder.Query().Where(manned, typed, visited, phoned, workorder.StatusEQ(workorder.StatusAguardandoAgendamento)).Order(workorder.ByNumber()).Limit(mostWithout).All(ctx)
		}
		return err
	})
}

// of are those of some visits that somebody makes.
func of(rows []*ent.WorkOrder, who uuid.UUID) (own []*ent.WorkOrder) {
	for _, row := range rows {
		if slices.Contains(makersOf(row), who) {
			own = append(own, row)
		}
	}
	return own
}

// places is where visits are, by their ids.
func places(ctx context.Context, c *ent.Client, rows []*ent.WorkOrder) (map[uuid.UUID]string, error) {
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		ids[i], _ = uuid.Parse(tenants.Said(row, "address")) // none where it has no address
	}
	found, err := c.Address.Query().Where(address.IDIn(ids...)).All(ctx)
	lines, at := map[uuid.UUID]string{}, map[uuid.UUID]string{}
	for _, one := range found {
		lines[one.ID] = customers.OneLine(one)
	}
	for i, row := range rows {
		at[row.ID] = lines[ids[i]]
	}
	return at, err
}
