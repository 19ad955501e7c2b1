package platform_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/history"
	"enlace/tenants"
	"enlace/tenants/platform"
	"enlace/tenants/tenanttest"
)

func TestAnISPIsFoundedWithItsGerenteOnceHoweverOftenTheFormIsSent(t *testing.T) {
	onEachStore(t, func(t *testing.T, h *house) {
		ctx := h.rita()
		answers, errs := make([]*platform.Founded, 5), make([]error, 5)
		var wg sync.WaitGroup
		for i := range answers {
			wg.Go(func() { answers[i], errs[i] = h.found(ctx, founding) })
		}
		wg.Wait()
		passwords, isp := []string{}, uuid.Nil
		for i, one := range answers {
			if errs[i] != nil {
				t.Fatal(errs[i])
			}
			if one.Password != "" {
				passwords = append(passwords, one.Password)
			}
			if i > 0 && one.ISP != isp {
				t.Errorf("the same form made %s and %s", isp, one.ISP)
			}
			isp = one.ISP
		}
		if len(passwords) != 1 {
			t.Fatalf("%d passwords were shown", len(passwords))
		}
		found, err := h.DB.Find(context.Background(), "nortesul")
		if err != nil || found.ID != isp || found.Name != "Norte Sul" || found.Zone.String() != "America/Manaus" || found.TrustSelfService {
			t.Fatalf("%+v, %v", found, err)
		}
		if _, err := h.desk.Staff.SignIn(tenants.With(context.Background(), found), "dona@nortesul.example", passwords[0], "192.0.2.7", ""); err != nil {
			t.Errorf("the gerente does not come in: %v", err)
		}
		one := h.isp(isp)
		if got := events(one); !slices.Equal(got, []string{"isp_founded"}) || one.Actions[0].OperatorName != "Rita Prado" || one.Actions[0].Channel != "web" || !one.CreatedAt.Equal(tenanttest.Now) {
			t.Errorf("told: %v, %v", got, one.Actions)
		}
		err = h.DB.Read(tenants.With(context.Background(), found), func(ctx context.Context, c *ent.Client) error {
			if n := c.OfficePolicy.Query().CountX(ctx); n != 1 {
				t.Errorf("%d policies", n)
			}
			if hired := c.History.Query().Where(history.Event("user_hired")).OnlyX(ctx); hired.ActorName != "Operador da plataforma" || hired.ActorID != nil {
				t.Errorf("the ISP's history names %v", hired)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		other := tenants.Typed{"slug": "nortesul", "nome": "Outra", "fuso": "America/Manaus", "email": "o@o.example", "chave": "k2"}
		if _, err := h.found(ctx, other); field(err, "slug") != "slug_taken" {
			t.Errorf("another form for the same address: %v", err)
		}
	})
}

func TestFoundingNamesEveryFieldThatWillNotDo(t *testing.T) {
	onEachStore(t, func(t *testing.T, h *house) {
		for slug, want := range map[string]string{"": "required", "Ç": "slug_shape", "operador": "slug_reserved", "ondasul": "slug_taken"} {
			typed := tenants.Typed{"slug": slug, "nome": "X", "fuso": "America/Belem", "email": "x@x.example"}
			if _, err := h.found(h.rita(), typed); field(err, "slug") != want {
				t.Errorf("%q: %v", slug, err)
			}
		}
		_, err := h.found(context.Background(), tenants.Typed{"fuso": "Europe/Lisbon", "email": "x"})
		if field(err, "nome") != "required" || field(err, "fuso") != "zone_unknown" || field(err, "email") != "email" {
			t.Errorf("%v", err)
		}
		for _, zone := range platform.Zones {
			if _, err := time.LoadLocation(zone); err != nil {
				t.Error(err)
			}
		}
	})
}

func TestAFoundingThatBreaksAnywhereGoesOn(t *testing.T) {
	onEachStore(t, func(t *testing.T, h *house) {
		broken, points := errors.New("the plug is out"), 0
		for n := 1; ; n++ {
			asked := 0
			h.Probe(func(context.Context, string) error {
				if asked++; asked == n {
					return broken
				}
				return nil
			})
			typed := tenants.Typed{"slug": "nortesul", "nome": "Norte Sul", "fuso": "America/Manaus", "email": "d@d.example", "chave": uuid.NewString()}
			_, err := h.found(context.Background(), typed)
			h.Probe(nil)
			if err == nil {
				break
			}
			points++
		}
		if points < 30 {
			t.Fatalf("it broke at only %d points", points)
		}
		t.Logf("broken at %d points", points)
		isp, err := h.DB.Find(context.Background(), "nortesul")
		if err != nil {
			t.Fatal(err)
		}
		err = h.DB.Read(tenants.With(context.Background(), isp), func(ctx context.Context, c *ent.Client) error {
			if people, policies := c.User.Query().CountX(ctx), c.OfficePolicy.Query().CountX(ctx); people != 1 || policies != 1 {
				t.Errorf("%d people, %d policies", people, policies)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := events(h.isp(isp.ID)); !slices.Equal(got, []string{"isp_founded"}) {
			t.Errorf("told: %v", got)
		}
	})
}

func TestAnUnfinishedISPIsChangedByNobodyAndGoesOnWhenFoundedAgain(t *testing.T) {
	onEachStore(t, func(t *testing.T, h *house) {
		broken := errors.New("broken")
		if _, err := h.DB.Build(context.Background(), "nortesul", "Antes", time.UTC, func(context.Context, *ent.Client) error { return broken }); !errors.Is(err, broken) {
			t.Fatal(err)
		}
		all, err := h.desk.ISPs(h.rita())
		i := slices.IndexFunc(all, func(isp *ent.Tenant) bool { return isp.Slug == "nortesul" })
		if err != nil || i < 0 || platform.StateOf(all[i]) != platform.Unfinished {
			t.Fatalf("%v, %v", all, err)
		}
		id := all[i].ID
		for what, err := range map[string]error{
			"renamed": h.desk.Rename(h.rita(), id, tenants.Typed{"nome": "X"}), "opened": h.desk.Reopen(h.rita(), id),
			"suspended": h.desk.Suspend(h.rita(), id, tenants.Typed{"motivo": "não pagou"}), "switched": h.desk.SetFeatures(h.rita(), id, nil),
		} {
			if code(err) != "isp_unfinished" {
				t.Errorf("%s: %v", what, err)
			}
		}
		done, err := h.found(h.rita(), founding)
		if err != nil || done.ISP != id || done.Password == "" || h.isp(id).Name != "Norte Sul" || h.isp(id).Zone != "America/Manaus" {
			t.Errorf("%+v, %v", done, err)
		}
	})
}

func TestAGerenteWhoHasNotComeInGetsANewPasswordAndThenNoMore(t *testing.T) {
	onEachStore(t, func(t *testing.T, h *house) {
		done, err := h.found(h.rita(), founding)
		if err != nil {
			t.Fatal(err)
		}
		if awaited := h.isp(done.ISP).Awaited; awaited != "dona@nortesul.example" {
			t.Errorf("awaited: %q", awaited)
		}
		fresh, err := h.desk.ManagerPassword(h.rita(), done.ISP)
		if err != nil || fresh.Password == done.Password || fresh.Email != "dona@nortesul.example" {
			t.Fatalf("%+v, %v", fresh, err)
		}
		isp, _ := h.DB.Find(context.Background(), "nortesul")
		inside := tenants.With(context.Background(), isp)
		if _, err := h.desk.Staff.SignIn(inside, done.Email, done.Password, "192.0.2.7", ""); field(err, "email") != "sign_in_wrong" {
			t.Errorf("with the old one: %v", err)
		}
		if _, err := h.desk.Staff.SignIn(inside, done.Email, fresh.Password, "192.0.2.7", ""); err != nil {
			t.Fatal(err)
		}
		if _, err := h.desk.ManagerPassword(h.rita(), done.ISP); code(err) != "manager_came" {
			t.Errorf("the operator lets himself in: %v", err)
		}
		if one := h.isp(done.ISP); one.Awaited != "" || !slices.Equal(events(one), []string{"manager_password", "isp_founded"}) {
			t.Errorf("%q, %v", one.Awaited, events(one))
		}
		if _, err := h.desk.ManagerPassword(h.rita(), h.Here.ID); code(err) != "manager_came" { // nobody works there at all
			t.Errorf("%v", err)
		}
	})
}
