package catalog

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/sector"
	"enlace/ent/tickettype"
	"enlace/tenants"
)

// ticketTypes are what tickets are about. One of them is what a ticket begins as that a subscriber opens: with its promise, and with its sector.
var ticketTypes = Shelf{Subject: "ticket_type",
	rows: func(ctx context.Context, c *ent.Client) ([]Row, error) {
		all, err := c.TicketType.Query().Order(tickettype.ByName()).All(ctx)
		return rowsOf(all, func(r *ent.TicketType) Row {
			t := tenants.Typed{"prazo": fmt.Sprint(r.SLAHours), "do_assinante": yes(r.Subscriber)}
			if r.SectorID != nil {
				t["setor"] = r.SectorID.String()
			}
			return Row{ID: r.ID, Name: r.Name, Active: r.Active, Typed: t}
		}), err
	},
	keep: func(ctx context.Context, c *ent.Client, row Row, fresh bool) error {
		var wrong tenants.Fields
		name, hours := row.Typed.Required(&wrong, "nome"), row.Typed.RequiredInt(&wrong, "prazo", 1, 24*90)
		if err := wrong.Err(); err != nil {
			return err
		}
		if fresh {
			if err := c.TicketType.Create().SetID(row.ID).SetName(name).Exec(ctx); err != nil {
				return err
			}
		}
		change := c.TicketType.UpdateOneID(row.ID).SetName(name).SetSLAHours(hours).SetSubscriber(row.Typed.Yes("do_assinante"))
		if to := row.Typed.ID("setor"); to == uuid.Nil {
			change.ClearSectorID()
		} else if there, err := c.Sector.Query().Where(sector.ID(to)).Exist(ctx); err != nil {
			return err
		} else if !there {
			return tenants.NotFound()
		} else {
			change.SetSectorID(to)
		}
		if row.Typed.Yes("do_assinante") { // it is one
			if err := c.TicketType.Update().Where(tickettype.IDNEQ(row.ID), tickettype.Subscriber(true)).SetSubscriber(false).Exec(ctx); err != nil {
				return err
			}
		}
		return change.Exec(ctx)
	},
	withdraw: func(ctx context.Context, c *ent.Client, id uuid.UUID, active bool) error {
		return c.TicketType.UpdateOneID(id).SetActive(active).Exec(ctx)
	},
}
