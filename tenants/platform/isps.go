package platform

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/operatoraction"
	"enlace/ent/tenant"
	"enlace/tenants"
)

// State says whether an ISP works.
type State string

// The states of an ISP.
const (
	Open       State = "open"
	Suspended  State = "suspended"  // by an operator: nothing of it answers
	Unfinished State = "unfinished" // the making of it was broken off; made again under the same host name, it goes on
)

// States lists all, in the order the list shows them.
var States = []State{Open, Suspended, Unfinished}

// StateOf is the state of an ISP.
func StateOf(isp *ent.Tenant) State {
	switch {
	case isp.Active:
		return Open
	case isp.FoundedAt == nil:
		return Unfinished
	}
	return Suspended
}

// ISPs lists every ISP of the installation by name, whatever its state.
func (d *Desk) ISPs(ctx context.Context) (all []*ent.Tenant, err error) {
	if err := require(ctx); err != nil {
		return nil, err
	}
	err = d.DB.PlatformRead(ctx, func(ctx context.Context, c *ent.Client) error {
		here, err := c.Tenant.Query().All(ctx)
		all = append(all, here...)
		return err
	})
	slices.SortFunc(all, func(a, b *ent.Tenant) int { return strings.Compare(a.Name+"\x00"+a.Slug, b.Name+"\x00"+b.Slug) })
	return all, err
}

// ISP is one ISP with what operators did to it, newest first.
type ISP struct {
	*ent.Tenant
	Actions []*ent.OperatorAction
	Awaited string // the e-mail of its gerente, as long as nobody of its staff has ever come in
}

// ISP returns one ISP, or NotFound.
func (d *Desk) ISP(ctx context.Context, id uuid.UUID) (*ISP, error) {
	row, err := d.find(ctx, id)
	if err != nil {
		return nil, err
	}
	isp := &ISP{Tenant: row}
	err = d.DB.PlatformRead(ctx, func(ctx context.Context, c *ent.Client) error {
		here, err := newest(ctx, c.OperatorAction.Query().Where(operatoraction.IspID(id)), mostActions)
		isp.Actions = append(isp.Actions, here...)
		return err
	})
	if err != nil || row.FoundedAt == nil {
		return isp, err
	}
	awaited, err := d.awaited(ctx, row)
	if awaited != nil {
		isp.Awaited = awaited.Email
	}
	return isp, err
}

// mostActions is how many of its actions the page of an ISP shows.
const mostActions = 100

// find returns the line of an ISP in the directory, or NotFound.
func (d *Desk) find(ctx context.Context, id uuid.UUID) (found *ent.Tenant, err error) {
	if err := require(ctx); err != nil {
		return nil, err
	}
	err = d.DB.PlatformRead(ctx, func(ctx context.Context, c *ent.Client) error {
		row, err := c.Tenant.Query().Where(tenant.ID(id)).Only(ctx)
		switch {
		case ent.IsNotFound(err):
			return nil
		case err != nil:
			return err
		}
		found = row
		return nil
	})
	if err == nil && found == nil {
		err = tenants.NotFound()
	}
	return found, err
}
