package support

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/attachment"
	"enlace/ent/contact"
	"enlace/ent/networklogin"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/ent/subscriptionaddress"
	"enlace/ent/ticket"
	"enlace/ent/user"
	"enlace/ent/workorder"
	"enlace/ent/workorderentry"
	"enlace/ent/workordermaterial"
	"enlace/ent/workordertype"
	"enlace/tenants"
	"enlace/tenants/customers"
	"enlace/tenants/staff"
	"enlace/tenants/status"
)

// VisitCard is a visit with what its page shows.
type VisitCard struct {
	*ent.WorkOrder
	Kind       *ent.WorkOrderType
	Technician string
	Helper     string
	Protocol   string // of its ticket; "" for none
	Customer   *ent.Customer
	Service    *ent.Subscription
	Plan       string
	Login      string       // the service connects by; "" for none
	Place      *ent.Address // where to go, or nil
	Phones     []string
	Entries    []*ent.WorkOrderEntry // Writer says whose
	Materials  []*ent.WorkOrderMaterial
	Files      []*ent.Attachment
	TicketOpen bool             // its ticket waits for it
	Colleagues []tenants.Choice // who makes visits
}

// helped and ticketed put beside a visit its second technician and the protocol of its ticket.
var (
	helped   = tenants.Beside[predicate.WorkOrder]("helper", workorder.FieldHelperID, user.Table, user.FieldID, user.FieldName)
	ticketed = tenants.Beside[predicate.WorkOrder]("protocol", workorder.FieldTicketID, ticket.Table, ticket.FieldID, ticket.FieldProtocol)
	waiting  = tenants.Beside[predicate.WorkOrder]("waits", workorder.FieldTicketID, ticket.Table, ticket.FieldID, ticket.FieldProtocol, ticket.StatusIn(open...))
)

// written puts beside an entry whose it is; Writer reads it.
var written = tenants.Beside[predicate.WorkOrderEntry]("writer", workorderentry.FieldUserID, user.Table, user.FieldID, user.FieldName)

// Writer is who wrote an entry of a visit; "" for what happened by itself.
func Writer(row *ent.WorkOrderEntry) string { return tenants.Said(row, "writer") }

// MayEnable says whether finishing the visit is what the service waits for (Habilitar).
func (card *VisitCard) MayEnable() bool {
	return card.Kind.Installation && card.Status == workorder.StatusFinalizada && status.Allowed(status.Enable, card.Service.Status)
}

// WorkOrder reads a visit with its thread, its materials and where it is. It returns NotFound, and Denied to a technician for one that is not his.
func (d Desk) WorkOrder(ctx context.Context, id uuid.UUID) (card *VisitCard, err error) {
	return card, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		row, err := c.WorkOrder.Query().Where(workorder.ID(id), manned, helped, ticketed, waiting).Only(ctx)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		if err := staff.RequireOrOwn(ctx, c, staff.Attend, makersOf(row)...); err != nil {
			return err
		}
		card = &VisitCard{WorkOrder: row, Technician: Technician(row), Helper: tenants.Said(row, "helper"), Protocol: tenants.Said(row, "protocol"), TicketOpen: tenants.Said(row, "waits") != ""}
		return card.read(ctx, c)
	})
}

func (card *VisitCard) read(ctx context.Context, c *ent.Client) (err error) {
	id := card.ID
	for _, read := range []func() error{
		func() error { card.Customer, err = customerOf(ctx, c, card.CustomerID); return err },
		func() error {
			card.Service, err = c.Subscription.Query().Where(subscription.ID(card.SubscriptionID), planned, connects).Only(ctx)
			return err
		},
		func() error {
			card.Kind, err = c.WorkOrderType.Query().Where(workordertype.ID(card.TypeID)).Only(ctx)
			return err
		},
		func() error {
			card.Place, err = customers.AddressOf(ctx, c, card.SubscriptionID, subscriptionaddress.RoleInstalacao)
			return err
		},
		func() error {
			phones, err := c.Contact.Query().Where(contact.CustomerID(card.CustomerID), contact.KindEQ(contact.KindPhone)).Order(contact.ByPosition()).All(ctx)
			for _, one := range phones {
				card.Phones = append(card.Phones, one.Value)
			}
			return err
		},
		func() error {
			card.Entries, err = c.WorkOrderEntry.Query().Where(workorderentry.WorkOrderID(id), written).Order(workorderentry.ByAt(), workorderentry.ByID()).All(ctx)
			return err
		},
		func() error {
			card.Materials, err = c.WorkOrderMaterial.Query().Where(workordermaterial.WorkOrderID(id)).Order(workordermaterial.ByAt(), workordermaterial.ByID()).All(ctx)
			return err
		},
		func() error {
			card.Files, err = c.Attachment.Query().Where(attachment.WorkOrderID(id)).Where(named...).Order(attachment.ByAt(), attachment.ByID()).All(ctx)
			return err
		},
		func() error {
			lists, err := tenants.Choices(ctx, technicians)
			if err == nil {
				card.Colleagues = lists[0]
			}
			return err
		},
	} {
		if err := read(); err != nil {
			return err
		}
	}
	card.Plan, card.Login = Plan(card.Service), tenants.Said(card.Service, "login")
	return nil
}

// connects puts beside a service the login it connects by.
var connects = tenants.Beside[predicate.Subscription]("login", subscription.FieldID, networklogin.Table, networklogin.FieldSubscriptionID, networklogin.FieldLogin, networklogin.Active(true))

// makersOf are those who make a visit.
func makersOf(row *ent.WorkOrder) (all []uuid.UUID) {
	for _, who := range []*uuid.UUID{row.TechnicianID, row.HelperID} {
		if who != nil {
			all = append(all, *who)
		}
	}
	return all
}

// Installers are those who have begun or finished the installation of a service.
func Installers(ctx context.Context, c *ent.Client, sub uuid.UUID) (all []uuid.UUID, err error) {
	rows, err := c.WorkOrder.Query().Where(workorder.SubscriptionID(sub), workorder.StatusIn(workorder.StatusEmExecucao, workorder.StatusFinalizada),
		tenants.Among[predicate.WorkOrder](workorder.FieldTypeID, tenants.IDsIn(workordertype.Table, workordertype.FieldID, workordertype.Installation(true)))).All(ctx)
	for _, row := range rows {
		all = append(all, makersOf(row)...)
	}
	return all, err
}

// VisitOffer is what a visit of a service on its own is put together from.
type VisitOffer struct {
	Service  *ent.Subscription // Plan says what it is
	Customer *ent.Customer
	Ticket   *ent.Ticket      // whose visit it will be; nil: on its own
	Open     []*ent.WorkOrder // of the customer
	VisitChoices
}

// OfferVisit reads it, for a service, or for a ticket and its service. It returns NotFound, and Denied without Attend.
func (d Desk) OfferVisit(ctx context.Context, sub, of uuid.UUID) (o VisitOffer, err error) {
	return o, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Attend); err != nil {
			return err
		}
		if of != uuid.Nil {
			if o.Ticket, err = c.Ticket.Get(ctx, of); err != nil {
				return missing(err)
			}
			sub = o.Ticket.SubscriptionID
		}
		if o.Service, err = c.Subscription.Query().Where(subscription.ID(sub), planned).Only(ctx); err != nil {
			return missing(err)
		}
		if o.Customer, err = customerOf(ctx, c, o.Service.CustomerID); err != nil {
			return err
		}
		if o.Open, err = openVisits(ctx, c, o.Customer.ID); err != nil {
			return err
		}
		lists, err := tenants.Choices(ctx, technicians)
		if err != nil {
			return err
		}
		o.Technicians = lists[0]
		o.Kinds, err = c.WorkOrderType.Query().Where(workordertype.Active(true)).Order(workordertype.ByName()).All(ctx)
		return err
	})
}

// missing turns what is not there into NotFound.
func missing(err error) error {
	if ent.IsNotFound(err) {
		return tenants.NotFound()
	}
	return err
}
