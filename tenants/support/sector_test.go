package support_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/staff"
	"enlace/tenants/support"
)

// The gerente says where somebody works; the tickets of that sector are then shown as theirs.
func TestTheGerenteSaysWhereSomebodyWorks(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		people, boss, l := &staff.Desk{DB: o.DB}, o.As("gerente"), choicesOf(o)
		opened(t, o, "1")
		who, at := l.people["comercial"], l.sectors["Financeiro"]
		if err := people.Place(o.As("suporte"), who, at); demotest.Fault(err) != "denied" {
			t.Errorf("%v", err)
		}
		if err := people.Place(o.Stranger(), who, at); demotest.Fault(err) != "not_found" {
			t.Errorf("%v", err)
		}
		if err := people.Place(boss, who, demotest.Nobody); demotest.Fault(err) != "not_found" {
			t.Errorf("%v", err)
		}
		if err := people.Assign(boss, who, "suporte", demotest.Nobody); demotest.Fault(err) != "not_found" {
			t.Errorf("to a sector of nobody: %v", err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if row := c.User.GetX(ctx, who); row.Role != "comercial" {
				t.Errorf("half of the form was saved: %s", row.Role)
			}
			return nil
		})
		o.AllOrNothing(t, 3, func() error { return people.Assign(boss, who, "comercial", at) })
		list, err := desk(o).Tickets(o.As("comercial"), support.ReadTicketFilter(tenants.Typed{"de": "setor"}, uuid.Nil))
		if err != nil || list.Total != 1 || list.Sector == nil {
			t.Errorf("%+v, %v", list, err)
		}
		must(t, people.Place(boss, who, uuid.Nil))
		if list, err = desk(o).Tickets(o.As("comercial"), support.ReadTicketFilter(nil, uuid.Nil)); err != nil || list.Sector != nil {
			t.Errorf("%+v, %v", list, err)
		}
	})
}
