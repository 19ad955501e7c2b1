// Package intake takes in what another system held until now: plans, customers and services, each from a CSV file (importação). It is an ISP's
// first day. A file is kept sealed, read by a worker, and answered with a report, line by line; nothing else of the ISP's has changed by then.
// When a gerente says so, a worker writes it in one transaction, by the very functions that read it: all of it is there, or none.
//
// That transaction takes as long as it takes, half a minute for 50,000 customers. It holds the one writer of an ISP's SQLite file and, on
// Postgres, the row of the customers' numbers; whoever only looks waits for nothing. How far it is stands outside of it: tenants.DB.Tell.
package intake

import (
	"context"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	rows "enlace/ent/intake"
	"enlace/tenants"
	"enlace/tenants/staff"
)

// Desk is where files are brought in. The vault seals them, and the passwords in them.
type Desk struct {
	DB    *tenants.DB
	Vault *tenants.Vault
}

// Kind is what the lines of a file are.
type Kind = rows.Kind

// The kinds, in the order in which one needs the other: a service names its plan and its customer.
const (
	Plans     Kind = rows.KindPlanos
	Customers Kind = rows.KindClientes
	Services  Kind = rows.KindServicos
)

// Kinds lists them.
var Kinds = []Kind{Plans, Customers, Services}

// The states of an intake. It is read, and written when somebody says so; a file that is no sheet of its kind is refused as a whole.
const (
	Reading = rows.StateReading
	Read    = rows.StateRead
	Writing = rows.StateWriting
	Written = rows.StateWritten
	Refused = rows.StateRefused
)

// Kinds of outbox rows, by which the workers are told.
const (
	ReadFile  = "intake.read"
	WriteFile = "intake.write"
	Sweep     = "intake.sweep"
)

// Kept is how long a file that nobody has written is kept, and the report of one that was.
const Kept = 7 * 24 * time.Hour

// SweptAt is when what was kept long enough is thrown away, after midnight.
const SweptAt = 3 * time.Hour

// batch is the lines of one file on their way in. It remembers of the lines before what the next ones are held against.
type batch interface {
	// check says on each line what is wrong with it, and keeps what can be written of them.
	check(ctx context.Context, c *ent.Client, lines []*Line) error
	// keep writes what the last check kept.
	keep(ctx context.Context, c *ent.Client) error
}

func (d Desk) batch(in *ent.Intake) batch {
	switch in.Kind {
	case Plans:
		return &planBatch{desk: d, from: in.Name, seen: map[string]int{}}
	case Customers:
		return &customerBatch{desk: d, from: in.Name, seen: map[string]int{}}
	}
	return &serviceBatch{desk: d, from: in.Name, seen: map[string]int{}}
}

// find reads an intake of the ISP, or NotFound.
func find(ctx context.Context, c *ent.Client, id uuid.UUID) (*ent.Intake, error) {
	in, err := c.Intake.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, tenants.NotFound()
	}
	return in, err
}

// look runs a reading for those who may configure.
func (d Desk) look(ctx context.Context, do func(context.Context, *ent.Client) error) error {
	return d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Configure); err != nil {
			return err
		}
		return do(ctx, c)
	})
}

// inTheNameOf is the context of a worker who does what somebody has asked for.
func inTheNameOf(ctx context.Context, in *ent.Intake) context.Context {
	return tenants.As(ctx, tenants.Actor{Kind: tenants.User, ID: in.UserID, Name: in.UserName, Role: in.UserRole, Channel: tenants.Job})
}
