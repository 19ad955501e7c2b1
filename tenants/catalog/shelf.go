package catalog

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/history"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/staff"
)

// Shelf is one list of the settings: plans, ways of collecting, groups … All of them are seen, added to, changed and withdrawn in one way.
type Shelf struct {
	Subject  string // of its history
	rows     func(context.Context, *ent.Client) ([]Row, error)
	keep     func(ctx context.Context, c *ent.Client, row Row, fresh bool) error       // reads what was typed and writes it under row.ID
	withdraw func(ctx context.Context, c *ent.Client, id uuid.UUID, active bool) error // nil: what is here stays
}

// NewShelf is a list that a later room keeps: seen and changed as those of this one. rows lists it, keep reads what was typed and writes it
// under row.ID, withdraw takes one out of use and back.
func NewShelf(subject string, rows func(context.Context, *ent.Client) ([]Row, error), keep func(ctx context.Context, c *ent.Client, row Row, fresh bool) error,
	withdraw func(ctx context.Context, c *ent.Client, id uuid.UUID, active bool) error) Shelf {
	return Shelf{Subject: subject, rows: rows, keep: keep, withdraw: withdraw}
}

// Row is one thing on a shelf, as its form shows it and as its history tells it: field by field, in the words people type.
type Row struct {
	ID     uuid.UUID
	Name   string
	Active bool
	Typed  tenants.Typed
	Told   []*ent.History // of Desk.Row alone, the newest first
	today  calendar.Date  // of Desk.Save alone, like by
	by     Desk
}

// Shelves are all lists, by the last part of their address.
var Shelves = map[string]Shelf{
	"planos": plans, "formas-de-cobranca": methods, "convenios": agreements, "chaves-pix": pixKeys, "contas-pix": pspAccounts, "empresas": companies,
	"grupos": groups, "origens": origins, "vendedores": sellers, "setores": sectors, "tipos-de-atendimento": ticketTypes,
	"tipos-de-os": workOrderTypes, "tipos-de-cobranca": chargeKinds, "correspondentes": correspondents,
}

// Withdraws says whether what is on the shelf can be withdrawn.
func (s Shelf) Withdraws() bool { return s.withdraw != nil }

// find returns a row of the shelf, or NotFound.
func (s Shelf) find(ctx context.Context, c *ent.Client, id uuid.UUID) (Row, error) {
	all, err := s.rows(ctx, c)
	for _, row := range all {
		if row.ID == id {
			return row, err
		}
	}
	if err == nil {
		err = tenants.NotFound()
	}
	return Row{}, err
}

// Rows lists a shelf by name, withdrawn rows among them. Denied without Configure.
func (d Desk) Rows(ctx context.Context, s Shelf) (rows []Row, err error) {
	return rows, d.look(ctx, func(ctx context.Context, c *ent.Client) error {
		rows, err = s.rows(ctx, c)
		return err
	})
}

// mostTold is how many changes a thing's page shows.
const mostTold = 20

// Row reads one thing with its history; no id is a thing that is yet to be added. It returns NotFound, and Denied without Configure.
func (d Desk) Row(ctx context.Context, s Shelf, id uuid.UUID) (row Row, err error) {
	return row, d.look(ctx, func(ctx context.Context, c *ent.Client) error {
		if id == uuid.Nil {
			row.Active = true
			return nil
		}
		if row, err = s.find(ctx, c, id); err != nil {
			return err
		}
		row.Told, err = changes(ctx, c, s.Subject, id)
		return err
	})
}

func changes(ctx context.Context, c *ent.Client, subject string, id uuid.UUID) ([]*ent.History, error) {
	return c.History.Query().Where(history.Subject(subject), history.SubjectID(id)).Order(ent.Desc(history.FieldAt, history.FieldID)).Limit(mostTold).All(ctx)
}

// Save adds a thing, or changes the one with that id, and returns its id. The same form sent twice saves once. It returns Invalid for a field
// that will not do, a name that is taken among them, NotFound, and Denied without Configure.
func (d Desk) Save(ctx context.Context, s Shelf, id uuid.UUID, t tenants.Typed) (uuid.UUID, error) {
	answer, err := d.DB.Once(ctx, "configure_"+s.Subject, t["chave"], struct {
		ID uuid.UUID
		T  tenants.Typed
	}{id, t}, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Configure); err != nil {
			return "", err
		}
		all, err := s.rows(ctx, c)
		if err != nil {
			return "", err
		}
		var before Row
		if id != uuid.Nil {
			i := slices.IndexFunc(all, func(row Row) bool { return row.ID == id })
			if i < 0 {
				return "", tenants.NotFound()
			}
			before = all[i]
		}
		name := t.Text(&tenants.Fields{}, "nome") // as it will be kept
		for _, row := range all {
			if row.ID != id && name != "" && strings.EqualFold(row.Name, name) {
				return "", tenants.Invalid("nome", "name_taken")
			}
		}
		now, fresh := Row{ID: id, Typed: t, Active: before.Active, today: d.DB.Today(ctx), by: d}, id == uuid.Nil
		if fresh {
			now.ID, now.Active = uuid.Must(uuid.NewV7()), true
		}
		if err := s.keep(ctx, c, now, fresh); err != nil {
			return "", err
		}
		after, err := s.find(ctx, c, now.ID)
		if err != nil {
			return "", err
		}
		return now.ID.String(), d.tell(ctx, c, s.Subject, now.ID, before.Typed, after.Typed)
	})
	if ent.IsConstraintError(err) { // somebody else gave the same name at the same instant
		err = tenants.Invalid("nome", "name_taken")
	}
	if err != nil {
		return uuid.Nil, err
	}
	return uuid.Parse(answer)
}

// SetActive withdraws a thing, so that nothing new is made with it, or takes it back. What was made with it stays. It returns NotFound,
// Conflict while something else of the settings needs it, and Denied without Configure.
func (d Desk) SetActive(ctx context.Context, s Shelf, id uuid.UUID, active bool) error {
	if s.withdraw == nil {
		return tenants.NotFound()
	}
	return d.configure(ctx, func(ctx context.Context, c *ent.Client) error {
		row, err := s.find(ctx, c, id)
		if err != nil || row.Active == active {
			return err
		}
		if err := s.withdraw(ctx, c, id, active); err != nil {
			return err
		}
		event := "setting_withdrawn"
		if active {
			event = "setting_returned"
		}
		return d.note(ctx, c, s.Subject, id, event, nil, tenants.Typed{"nome": row.Name})
	})
}
