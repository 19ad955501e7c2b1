package network_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/history"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/network"
	"enlace/tenants/tenanttest"
)

// refused runs a use case that must fail, and returns its fault.
func (s *stage) refused(t *testing.T, ctx context.Context, do func(context.Context, *ent.Client) error) string {
	t.Helper()
	fault := tenants.FaultOf(s.DB.Write(ctx, do))
	if fault == nil {
		t.Fatal("it was not refused")
	}
	return fault.Error()
}

func TestALoginIsUniqueInItsISP(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s := set(t, o)
		maria := s.sell(t, o.Ctx(), subscription.StatusHabilitado, "maria@fibranorte", "maria-demo")
		ana := s.sell(t, o.Ctx(), subscription.StatusHabilitado, "ana@fibranorte", "ana-demo")
		s.sell(t, o.OtherCtx(), subscription.StatusHabilitado, "maria@fibranorte", "another's")
		give := func(id uuid.UUID, login, password string) func(context.Context, *ent.Client) error {
			return func(ctx context.Context, c *ent.Client) error { return s.desk.SetLogin(ctx, c, id, login, password) }
		}
		if got := s.refused(t, o.Ctx(), give(ana, "maria@fibranorte", "x")); got != "login_taken" {
			t.Error(got)
		}
		if got := s.refused(t, o.OtherCtx(), give(maria, "nova", "x")); got != "not_found" {
			t.Errorf("another ISP's subscription: %s", got)
		}
		for _, c := range []struct{ login, password, want string }{
			{" ", "", "login: required, password: required"},
			{"ma ria", "a\x00b", "login: login_shape, password: password_shape"},
			{strings.Repeat("a", 254), strings.Repeat("a", 129), "login: login_shape, password: password_shape"},
			{"\xff", "x", "login: login_shape"},
		} {
			if got := s.refused(t, o.Ctx(), give(maria, c.login, c.password)); got != c.want {
				t.Errorf("%q: %s", c.login, got)
			}
		}
		s.change(t, o.Ctx(), give(maria, " maria@fibranorte ", "new-password"))
		s.change(t, o.Ctx(), give(maria, "maria2@fibranorte", "new-password"))
		s.change(t, o.Ctx(), give(ana, "maria@fibranorte", "free now"))
		s.change(t, o.Ctx(), func(ctx context.Context, c *ent.Client) error {
			told := c.History.Query().Where(history.Event("login_set"), history.SubjectID(maria)).Order(ent.Asc("id")).AllX(ctx)
			last := told[len(told)-1]
			if len(told) != 3 || last.Before["login"] != "maria@fibranorte" || last.After["login"] != "maria2@fibranorte" || len(last.After) != 1 || last.CustomerID == nil {
				t.Errorf("history tells %v", told)
			}
			for _, row := range c.NetworkLogin.Query().AllX(ctx) {
				if !strings.HasPrefix(row.Password, "v1.") {
					t.Errorf("the password of %s lies open", row.Login)
				}
			}
			return nil
		})
	})
}

func TestALoginMovesToTheSubscriptionThatFollows(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s := set(t, o)
		before := s.sell(t, o.Ctx(), subscription.StatusCancelado, "maria@fibranorte", "maria-demo")
		after := s.sell(t, o.Ctx(), subscription.StatusHabilitado, "", "")
		s.addNAS(t, o.Ctx(), here, secret, "")
		s.opens(t)
		move := func(from, to uuid.UUID) func(context.Context, *ent.Client) error {
			return func(ctx context.Context, c *ent.Client) error { return s.desk.MoveLogin(ctx, c, from, to) }
		}
		if got := s.refused(t, o.OtherCtx(), move(before, after)); got != "not_found" {
			t.Errorf("as another ISP: %s", got)
		}
		s.gets(t, secret, as("maria@fibranorte", "maria-demo"), reject)
		s.change(t, o.Ctx(), move(before, after))
		s.gets(t, secret, as("maria@fibranorte", "maria-demo"), accept)
		s.change(t, o.Ctx(), move(before, s.sell(t, o.Ctx(), subscription.StatusHabilitado, "", ""))) // it has none left to move
		ana := s.sell(t, o.Ctx(), subscription.StatusHabilitado, "ana@fibranorte", "ana-demo")
		if got := s.refused(t, o.Ctx(), move(after, ana)); got != "has_login" {
			t.Error(got)
		}
	})
}

func TestANASIsKnownByItsAddressOnceAnISP(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s := set(t, o)
		add := func(in network.NAS) func(context.Context, *ent.Client) error {
			return func(ctx context.Context, c *ent.Client) error {
				row, err := s.desk.AddNAS(ctx, c, in)
				if err == nil && (row.Address != "2001:db8::1" && row.Address != "192.0.2.1" || !strings.HasPrefix(row.Secret, "v1.")) {
					t.Errorf("kept %s and %s", row.Address, row.Secret)
				}
				return err
			}
		}
		s.change(t, o.Ctx(), add(network.NAS{Name: "POP", Address: " ::ffff:192.0.2.1 ", Secret: secret}))
		s.change(t, o.Ctx(), add(network.NAS{Name: "POP 6", Address: "2001:DB8:0::1", Secret: secret, Authenticator: "sim"}))
		s.change(t, o.OtherCtx(), add(network.NAS{Name: "POP", Address: "192.0.2.1", Secret: otherSecret}))
		if got := s.refused(t, o.Ctx(), add(network.NAS{Name: "POP", Address: "192.0.2.1", Secret: otherSecret})); got != "nas_taken" {
			t.Error(got)
		}
		want := "address: address_shape, authenticator: choice, name: required, secret: secret_short"
		if got := s.refused(t, o.Ctx(), add(network.NAS{Name: " ", Address: "pop.example", Secret: "short", Authenticator: "talvez"})); got != want {
			t.Error(got)
		}
	})
}
