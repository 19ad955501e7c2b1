package staff_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/staff"
)

func (o *office) require(t *testing.T, ctx context.Context, p staff.Permission, own ...uuid.UUID) error {
	t.Helper()
	return o.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error { return staff.RequireOrOwn(ctx, c, p, own...) })
}

// The table of product.md §9, cell by cell.
func TestWhoMayWhat(t *testing.T) {
	may := map[staff.Permission][]string{
		staff.See:           {"gerente", "comercial", "financeiro", "suporte"},
		staff.Sell:          {"gerente", "comercial"},
		staff.Discount:      {"gerente", "comercial"},
		staff.Trust:         {"gerente", "comercial", "financeiro", "suporte"},
		staff.Charge:        {"gerente", "comercial", "financeiro"},
		staff.Receive:       {"gerente", "financeiro"},
		staff.Reverse:       {"gerente", "financeiro"},
		staff.Attend:        {"gerente", "comercial", "financeiro", "suporte"},
		staff.Outages:       {"gerente", "suporte"},
		staff.Visit:         {"gerente", "tecnico"},
		staff.Enable:        {"gerente", "comercial", "suporte"},
		staff.Suspend:       {"gerente"},
		staff.Cancel:        {"gerente", "comercial"},
		staff.Undo:          {"gerente"},
		staff.Override:      {"gerente"},
		staff.Configure:     {"gerente"},
		staff.ManageUsers:   {"gerente"},
		staff.Trace:         {"gerente"},
		staff.ReportSales:   {"gerente", "comercial"},
		staff.ReportFinance: {"gerente", "financeiro"},
		staff.ReportSupport: {"gerente"},
	}
	onEachStore(t, func(t *testing.T, o *office) {
		for _, p := range staff.Permissions {
			if may[p] == nil {
				t.Errorf("%s is in no row of the table", p)
			}
			for _, role := range staff.Roles {
				err := o.require(t, o.as(role), p)
				if want := slices.Contains(may[p], role); want != (err == nil) {
					t.Errorf("%s may %s: %v", role, p, err)
				}
				if f := tenants.FaultOf(err); f != nil && f.Args["permission"] != string(p) {
					t.Errorf("refused without naming %s: %v", p, f)
				}
			}
		}
	})
}

func TestTheSystemMayEverythingAndStrangersNothing(t *testing.T) {
	onEachStore(t, func(t *testing.T, o *office) {
		if err := o.require(t, o.Ctx(), staff.Override); err != nil {
			t.Errorf("the system: %v", err)
		}
		for _, who := range []tenants.Actor{{Kind: tenants.Subscriber, Channel: tenants.Telegram}, {Kind: tenants.User, Role: ""}, {}} {
			if err := o.require(t, tenants.As(o.Ctx(), who), staff.See); kind(err) != tenants.KindDenied {
				t.Errorf("%+v: %v", who, err)
			}
		}
	})
}

func TestATechnicianMayInHisOwnWorkOrdersOnly(t *testing.T) {
	onEachStore(t, func(t *testing.T, o *office) {
		if err := o.require(t, o.as("tecnico"), staff.Enable, uuid.New(), o.ana.ID); err != nil {
			t.Errorf("his own: %v", err)
		}
		if err := o.require(t, o.as("tecnico"), staff.Enable, uuid.New()); kind(err) != tenants.KindDenied {
			t.Errorf("somebody else's: %v", err)
		}
		if err := o.require(t, o.as("financeiro"), staff.Enable, o.ana.ID); kind(err) != tenants.KindDenied {
			t.Errorf("without Visit: %v", err)
		}
	})
}

func TestTheISPChangesItsOwnTable(t *testing.T) {
	onEachStore(t, func(t *testing.T, o *office) {
		gerente := o.as("gerente")
		for _, allowed := range []bool{true, false, true} {
			if err := o.desk.Allow(gerente, "suporte", staff.Receive, allowed); err != nil {
				t.Fatal(err)
			}
			if err := o.require(t, o.as("suporte"), staff.Receive); allowed != (err == nil) {
				t.Errorf("allowed %v: %v", allowed, err)
			}
		}
		if err := o.desk.Allow(gerente, "comercial", staff.Sell, false); err != nil {
			t.Fatal(err)
		}
		if err := o.require(t, o.as("comercial"), staff.Sell); kind(err) != tenants.KindDenied {
			t.Errorf("taken away: %v", err)
		}
		there := tenants.As(o.OtherCtx(), tenants.Actor{Kind: tenants.User, Role: "comercial"})
		if err := o.require(t, there, staff.Sell); err != nil {
			t.Errorf("the other ISP's table changed: %v", err)
		}
		for _, err := range []error{
			o.desk.Allow(gerente, "gerente", staff.ManageUsers, false),
			o.desk.Allow(gerente, "dono", staff.See, true),
			o.desk.Allow(gerente, "suporte", "voar", true),
		} {
			if kind(err) != tenants.KindInvalid {
				t.Errorf("%v", err)
			}
		}
		if err := o.desk.Allow(o.as("suporte"), "suporte", staff.Undo, true); kind(err) != tenants.KindDenied {
			t.Errorf("support gave itself a permission: %v", err)
		}
	})
}

func TestADenialStandsInThePersonsHistory(t *testing.T) {
	onEachStore(t, func(t *testing.T, o *office) {
		if err := o.desk.Denied(o.as("suporte"), staff.Sell); err != nil {
			t.Fatal(err)
		}
		if got := o.events(t, o.ana.ID); got[len(got)-1] != "denied" {
			t.Errorf("history %v", got)
		}
		if err := o.desk.Denied(o.Ctx(), staff.Sell); err != nil {
			t.Errorf("of the system: %v", err)
		}
	})
}
