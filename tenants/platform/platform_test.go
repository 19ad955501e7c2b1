package platform_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/history"
	"enlace/ent/tenant"
	"enlace/tenants"
	"enlace/tenants/outbox"
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

func TestChangesAreKeptAndTold(t *testing.T) {
	onEachStore(t, func(t *testing.T, h *house) {
		ctx, id := h.rita(), h.Here.ID
		on := map[platform.Feature]bool{platform.TrustSelfService: true}
		for range 2 { // the second time nothing is left to do
			for _, err := range []error{h.desk.Rename(ctx, id, tenants.Typed{"nome": " Fibra  Nova "}), h.desk.SetFeatures(ctx, id, on)} {
				if err != nil {
					t.Fatal(err)
				}
			}
			h.Pass(time.Minute)
		}
		isp, err := h.DB.Find(context.Background(), "fibranorte")
		if err != nil || isp.Name != "Fibra Nova" || !isp.TrustSelfService {
			t.Errorf("%+v, %v", isp, err)
		}
		if err := h.desk.SetFeatures(ctx, id, nil); err != nil || h.isp(id).TrustSelfService {
			t.Errorf("still on: %v", err)
		}
		one := h.isp(id)
		if got := events(one); !slices.Equal(got[:1], []string{"feature_off"}) || len(got) != 3 {
			t.Errorf("told: %v", got)
		}
		if renamed := one.Actions[slices.Index(events(one), "isp_renamed")]; renamed.Before["from"] != "Fibra Norte" || renamed.After["to"] != "Fibra Nova" {
			t.Errorf("%v", renamed)
		}
		if other := h.isp(h.Other.ID); other.Name != "Onda Sul" || other.TrustSelfService || len(other.Actions) != 0 {
			t.Errorf("the other ISP is %v", other)
		}
		if err := h.desk.Rename(ctx, id, tenants.Typed{"nome": " "}); field(err, "nome") != "required" {
			t.Errorf("%v", err)
		}
	})
}

func TestASuspendedISPDoesNothingUntilItIsReopened(t *testing.T) {
	onEachStore(t, func(t *testing.T, h *house) {
		err := h.DB.Write(h.Ctx(), func(ctx context.Context, c *ent.Client) error {
			return outbox.Add(ctx, c, h.DB.Now(), outbox.Job{Kind: "reconnect", Queue: outbox.Critical})
		})
		if err != nil {
			t.Fatal(err)
		}
		works := func() (listed bool, jobs int) {
			all, err := h.DB.Directory(context.Background()) // which the hosts, the ticks, the bots and RADIUS go by
			if err != nil {
				t.Fatal(err)
			}
			taken, err := outbox.Claim(context.Background(), h.DB, outbox.Limits{Critical: 9, Default: 9, Bulk: 9, Tenant: 9})
			if err != nil {
				t.Fatal(err)
			}
			if err := outbox.GiveBack(context.Background(), h.DB, taken...); err != nil {
				t.Fatal(err)
			}
			return slices.ContainsFunc(all, func(isp tenants.Tenant) bool { return isp.ID == h.Here.ID }), len(taken)
		}
		ctx := h.rita()
		if err := h.desk.Suspend(ctx, h.Here.ID, tenants.Typed{"motivo": "não"}); field(err, "motivo") != "reason_short" {
			t.Errorf("without a reason: %v", err)
		}
		if listed, jobs := works(); !listed || jobs != 1 {
			t.Fatalf("open: listed %v, %d jobs", listed, jobs)
		}
		for range 2 {
			if err := h.desk.Suspend(ctx, h.Here.ID, tenants.Typed{"motivo": "contrato encerrado"}); err != nil {
				t.Fatal(err)
			}
		}
		if listed, jobs := works(); listed || jobs != 0 || platform.StateOf(h.isp(h.Here.ID).Tenant) != platform.Suspended {
			t.Errorf("suspended: listed %v, %d jobs", listed, jobs)
		}
		if _, err := h.found(ctx, tenants.Typed{"slug": "fibranorte", "nome": "X", "fuso": "America/Belem", "email": "x@x.example", "chave": "k"}); field(err, "slug") != "slug_taken" {
			t.Errorf("founded over a suspended one: %v", err)
		}
		h.Pass(time.Minute)
		ctx = h.rita()
		for range 2 {
			if err := h.desk.Reopen(ctx, h.Here.ID); err != nil {
				t.Fatal(err)
			}
		}
		if listed, jobs := works(); !listed || jobs != 1 {
			t.Errorf("reopened: listed %v, %d jobs", listed, jobs)
		}
		one := h.isp(h.Here.ID)
		if !slices.Equal(events(one), []string{"isp_reopened", "isp_suspended"}) || one.Actions[1].Reason != "contrato encerrado" {
			t.Errorf("told: %v", one.Actions)
		}
	})
}

func TestAChangeAndWhatIsToldOfItStandOrFallTogether(t *testing.T) {
	onEachStore(t, func(t *testing.T, h *house) {
		ctx := h.rita()
		h.Probe(func(_ context.Context, statement string) error {
			if strings.HasPrefix(statement, "INSERT") && strings.Contains(statement, "operator_actions") {
				return errors.New("no ink")
			}
			return nil
		})
		for what, err := range map[string]error{
			"renamed": h.desk.Rename(ctx, h.Here.ID, tenants.Typed{"nome": "X"}), "switched": h.desk.SetFeatures(ctx, h.Here.ID, map[platform.Feature]bool{platform.TrustSelfService: true}),
			"suspended": h.desk.Suspend(ctx, h.Here.ID, tenants.Typed{"motivo": "não pagou"}),
		} {
			if err == nil {
				t.Errorf("%s untold", what)
			}
		}
		h.Probe(nil)
		if isp := h.isp(h.Here.ID); isp.Name != "Fibra Norte" || isp.TrustSelfService || !isp.Active {
			t.Errorf("%v", isp.Tenant)
		}
	})
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
