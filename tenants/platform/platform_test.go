package platform_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/history"
	"enlace/ent/tenant"
	"enlace/tenants"
	"enlace/tenants/platform"
	"enlace/tenants/staff"
	"enlace/tenants/tenanttest"
)

const (
	email    = "rita@enlace.example"
	password = "correta-bateria"
)

// house is a store with two ISPs and one operator, Rita.
type house struct {
	*tenanttest.Office
	t    *testing.T
	desk *platform.Desk
}

func onEachStore(t *testing.T, test func(t *testing.T, h *house)) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		h := &house{Office: o, t: t, desk: &platform.Desk{DB: o.DB, Staff: &staff.Desk{DB: o.DB}}}
		if err := h.desk.Hire(context.Background(), platform.Hire{Name: " Rita  Prado ", Email: email, Password: password}); err != nil {
			t.Fatal(err)
		}
		test(t, h)
	})
}

// rita is a context in which the operator does what follows, signed in.
func (h *house) rita() context.Context {
	h.t.Helper()
	s, err := h.desk.Session(context.Background(), h.signIn())
	if err != nil {
		h.t.Fatal(err)
	}
	return tenants.As(context.Background(), s.Actor)
}

func (h *house) signIn() string {
	h.t.Helper()
	token, err := h.desk.SignIn(context.Background(), " RITA@enlace.example ", password, "192.0.2.7", "Firefox")
	if err != nil {
		h.t.Fatal(err)
	}
	return token
}

func (h *house) isp(id uuid.UUID) *platform.ISP {
	h.t.Helper()
	isp, err := h.desk.ISP(context.Background(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	return isp
}

// events are what was done to an ISP, newest first.
func events(isp *platform.ISP) (all []string) {
	for _, a := range isp.Actions {
		all = append(all, a.Event)
	}
	return all
}

func field(err error, name string) string {
	if f := tenants.FaultOf(err); f != nil {
		return f.Fields[name]
	}
	return ""
}

func code(err error) string {
	if f := tenants.FaultOf(err); f != nil {
		return f.Code
	}
	return ""
}

var founding = tenants.Typed{"slug": " NorteSul ", "nome": "Norte Sul", "fuso": "America/Manaus", "email": "Dona@nortesul.example", "chave": "k1"}

func (h *house) found(ctx context.Context, typed tenants.Typed) (*platform.Founded, error) {
	var wrong tenants.Fields
	in := platform.ReadFounding(typed, &wrong)
	if err := wrong.Err(); err != nil {
		return nil, err
	}
	return h.desk.Found(ctx, in)
}

func TestAMissingISPIsNotFoundAndStrangersAreDenied(t *testing.T) {
	onEachStore(t, func(t *testing.T, h *house) {
		do := map[string]func(context.Context, uuid.UUID) error{
			"seen": func(ctx context.Context, id uuid.UUID) error { _, err := h.desk.ISP(ctx, id); return err },
			"renamed": func(ctx context.Context, id uuid.UUID) error {
				return h.desk.Rename(ctx, id, tenants.Typed{"nome": "X"})
			},
			"switched": func(ctx context.Context, id uuid.UUID) error { return h.desk.SetFeatures(ctx, id, nil) },
			"suspended": func(ctx context.Context, id uuid.UUID) error {
				return h.desk.Suspend(ctx, id, tenants.Typed{"motivo": "não pagou"})
			},
			"reopened": h.desk.Reopen,
			"unlocked": func(ctx context.Context, id uuid.UUID) error { _, err := h.desk.ManagerPassword(ctx, id); return err },
		}
		gerente := tenants.As(h.Ctx(), tenants.Actor{Kind: tenants.User, ID: uuid.New(), Name: "Ana", Role: "gerente", Channel: tenants.Web})
		for what, one := range do {
			if err := one(h.rita(), uuid.New()); code(err) != "not_found" {
				t.Errorf("%s: %v", what, err)
			}
			if err := one(gerente, h.Here.ID); code(err) != "denied" {
				t.Errorf("%s by a gerente: %v", what, err)
			}
		}
		if _, err := h.desk.ISPs(gerente); code(err) != "denied" {
			t.Errorf("listed by a gerente: %v", err)
		}
		if _, err := h.desk.Actions(gerente, 9); code(err) != "denied" {
			t.Errorf("told to a gerente: %v", err)
		}
		if _, err := h.found(gerente, founding); code(err) != "denied" {
			t.Errorf("founded by a gerente: %v", err)
		}
		if err := h.desk.Hire(gerente, platform.Hire{Name: "X", Email: "x@x.example", Password: password}); code(err) != "denied" {
			t.Errorf("hired by a gerente: %v", err)
		}
	})
}

// An operator's context opens nothing inside an ISP: whatever asks for a permission of the staff is refused.
func TestAnOperatorMayNothingInsideAnISP(t *testing.T) {
	onEachStore(t, func(t *testing.T, h *house) {
		rita := tenants.With(h.rita(), h.Here)
		err := h.DB.Read(rita, func(ctx context.Context, c *ent.Client) error {
			for _, p := range staff.Permissions {
				if err := staff.Require(ctx, c, p); code(err) != "denied" {
					t.Errorf("%s: %v", p, err)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		err = h.DB.Write(rita, func(ctx context.Context, c *ent.Client) error {
			return c.History.Create().SetSubject("x").SetSubjectID(uuid.New()).SetEvent("x").SetAt(h.DB.Now()).SetActor(history.Actor(tenants.Operator)).
				SetActorName("Rita").SetChannel("web").Exec(ctx)
		})
		if err == nil {
			t.Error("an ISP's history took an operator's deed")
		}
	})
}

func TestTheDirectoryOfSQLiteAndPostgresSayTheSame(t *testing.T) {
	onEachStore(t, func(t *testing.T, h *house) {
		all, err := h.desk.ISPs(h.rita())
		if err != nil || len(all) != 2 || all[0].Name != "Fibra Norte" || all[1].Name != "Onda Sul" {
			t.Errorf("%v, %v", all, err)
		}
		err = h.DB.PlatformRead(context.Background(), func(ctx context.Context, c *ent.Client) error {
			return c.Tenant.Update().Where(tenant.Slug("ondasul")).SetName("X").Exec(ctx)
		})
		if err == nil || h.isp(h.Other.ID).Name != "Onda Sul" {
			t.Errorf("a PlatformRead wrote: %v", err)
		}
	})
}
