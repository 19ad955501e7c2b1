package staff_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/history"
	"enlace/tenants"
	"enlace/tenants/staff"
	"enlace/tenants/tenanttest"
)

const password = "correta-bateria"

// office is a store with one person, Ana, of the commercial sector.
type office struct {
	*tenanttest.Office
	desk *staff.Desk
	ana  *ent.User
}

func onEachStore(t *testing.T, test func(t *testing.T, o *office)) {
	tenanttest.OnEachStore(t, func(t *testing.T, store *tenanttest.Office) {
		o := &office{Office: store, desk: &staff.Desk{DB: store.DB}}
		o.ana = o.hire(t, "ana@fibranorte.example", "comercial")
		test(t, o)
	})
}

func (o *office) hire(t *testing.T, email, role string) *ent.User {
	t.Helper()
	hired, err := o.desk.Hire(o.Ctx(), staff.Hire{Name: " Ana Prado ", Email: email, Password: password, Role: role})
	if err != nil {
		t.Fatal(err)
	}
	return hired
}

func (o *office) signIn(t *testing.T) string {
	t.Helper()
	token, err := o.desk.SignIn(o.Ctx(), "ana@fibranorte.example", password, "192.0.2.7", "Firefox")
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// as is a context in which Ana does what follows, with another role if one is given.
func (o *office) as(role string) context.Context {
	return tenants.As(o.Ctx(), tenants.Actor{Kind: tenants.User, ID: o.ana.ID, Name: "Ana", Role: role, Channel: tenants.Web})
}

func (o *office) events(t *testing.T, id uuid.UUID) (events []string) {
	t.Helper()
	err := o.DB.Read(o.Ctx(), func(ctx context.Context, c *ent.Client) error {
		rows, err := c.History.Query().Where(history.SubjectID(id)).Order(ent.Asc(history.FieldAt, history.FieldID)).All(ctx)
		for _, row := range rows {
			events = append(events, row.Event)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return events
}

func kind(err error) tenants.FaultKind {
	if f := tenants.FaultOf(err); f != nil {
		return f.Kind
	}
	return 0
}

func TestSigningInAndOut(t *testing.T) {
	onEachStore(t, func(t *testing.T, o *office) {
		token, err := o.desk.SignIn(o.Ctx(), " ANA@fibranorte.example ", password, "192.0.2.7", "Fire\xff\x00fox")
		if err != nil || len(token) != 43 {
			t.Fatalf("token %q, %v", token, err)
		}
		s, err := o.desk.Session(o.Ctx(), token)
		if err != nil || s.Actor.ID != o.ana.ID || s.Actor.Name != "Ana Prado" || s.Actor.Role != "comercial" || !s.Granted[staff.Sell] || s.Granted[staff.Override] {
			t.Fatalf("%+v, %v", s, err)
		}
		if _, err := o.desk.Session(o.OtherCtx(), token); kind(err) != tenants.KindNotFound {
			t.Errorf("another ISP knows the session: %v", err)
		}
		if err := o.desk.SignOut(tenants.As(o.Ctx(), s.Actor), s.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := o.desk.Session(o.Ctx(), token); kind(err) != tenants.KindNotFound {
			t.Errorf("the session lives on: %v", err)
		}
		if got := o.events(t, o.ana.ID); !slices.Equal(got, []string{"user_hired", "signed_in", "signed_out"}) {
			t.Errorf("history %v", got)
		}
	})
}

func TestTheTokenIsKeptOnlyAsAHash(t *testing.T) {
	onEachStore(t, func(t *testing.T, o *office) {
		token := o.signIn(t)
		err := o.DB.Read(o.Ctx(), func(ctx context.Context, c *ent.Client) error {
			row := c.Session.Query().OnlyX(ctx)
			if len(row.TokenHash) != 32 || strings.Contains(string(row.TokenHash), token) {
				t.Errorf("kept as %x", row.TokenHash)
			}
			if !strings.HasPrefix(c.User.Query().OnlyX(ctx).PasswordHash, "$argon2id$v=19$m=19456,t=2,p=1$") {
				t.Error("the password is not milled as it should be")
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestASessionEndsIdleAndAtLast(t *testing.T) {
	onEachStore(t, func(t *testing.T, o *office) {
		token := o.signIn(t)
		for range 25 { // every 29 minutes for twelve hours and five minutes
			if _, err := o.desk.Session(o.Ctx(), token); err != nil {
				if age := o.DB.Now().Sub(tenanttest.Now); age < staff.Absolute {
					t.Fatalf("after %s in use: %v", age, err)
				}
				return
			}
			o.Pass(29 * time.Minute)
		}
		if _, err := o.desk.Session(o.Ctx(), token); kind(err) != tenants.KindNotFound {
			t.Fatalf("after %s: %v", o.DB.Now().Sub(tenanttest.Now), err)
		}
		again := o.signIn(t)
		o.Pass(staff.Idle)
		if _, err := o.desk.Session(o.Ctx(), again); kind(err) != tenants.KindNotFound {
			t.Errorf("after idling: %v", err)
		}
	})
}

func TestUseIsNotedAtMostOnceAMinute(t *testing.T) {
	onEachStore(t, func(t *testing.T, o *office) {
		token := o.signIn(t)
		writes := 0
		o.Probe(func(_ context.Context, statement string) error {
			if strings.HasPrefix(statement, "UPDATE") {
				writes++
			}
			return nil
		})
		for range 13 { // ten seconds apart
			if _, err := o.desk.Session(o.Ctx(), token); err != nil {
				t.Fatal(err)
			}
			o.Pass(10 * time.Second)
		}
		o.Probe(nil)
		if writes != 2 {
			t.Errorf("noted %d times in two minutes", writes)
		}
	})
}

// While a file of customers is written, an ISP's own file has its one writer busy for longer than a page may take.
func TestNobodyIsShutOutWhileTheStoreIsBusyWriting(t *testing.T) {
	onEachStore(t, func(t *testing.T, o *office) {
		token := o.signIn(t)
		o.Pass(2 * staff.Touch)
		err := o.DB.Write(o.Ctx(), func(ctx context.Context, c *ent.Client) error {
			if err := c.Group.Create().SetName("escrito").Exec(ctx); err != nil {
				return err
			}
			_, err := o.desk.Session(o.Ctx(), token) // another request's context
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.desk.Session(o.Ctx(), token); err != nil { // and now it is noted
			t.Fatal(err)
		}
	})
}

func TestWrongPasswordAndUnknownEmailAreToldApartByNothing(t *testing.T) {
	onEachStore(t, func(t *testing.T, o *office) {
		longest := map[string]time.Duration{}
		for _, email := range []string{"ana@fibranorte.example", "ninguem@fibranorte.example"} {
			start := time.Now()
			_, err := o.desk.SignIn(o.Ctx(), email, "errada-errada", "192.0.2.7", "")
			longest[email] = time.Since(start)
			if f := tenants.FaultOf(err); f == nil || f.Fields["email"] != "sign_in_wrong" || len(f.Fields) != 1 {
				t.Errorf("%s: %v", email, err)
			}
			if longest[email] < 300*time.Millisecond {
				t.Errorf("%s: refused in %s", email, longest[email])
			}
		}
		if got := o.events(t, o.ana.ID); !slices.Contains(got, "sign_in_refused") {
			t.Errorf("history %v", got)
		}
	})
}

func TestAfterFiveRefusalsOneWaits(t *testing.T) {
	onEachStore(t, func(t *testing.T, o *office) {
		for i := range 5 { // whoever has one address of IPv6 has as many as he likes
			if _, err := o.desk.SignIn(o.Ctx(), "ana@fibranorte.example", "errada-errada", fmt.Sprintf("2001:db8:0:7:%x::1", i), ""); kind(err) != tenants.KindInvalid {
				t.Fatal(err)
			}
		}
		var wait *staff.TooMany
		if _, err := o.desk.SignIn(o.Ctx(), "ana@fibranorte.example", password, "2001:db8:0:7::2", ""); !errors.As(err, &wait) || wait.Wait != 15*time.Minute {
			t.Fatalf("%v", err)
		}
		if _, err := o.desk.SignIn(o.OtherCtx(), "ana@fibranorte.example", password, "2001:db8:0:7::2", ""); errors.As(err, &wait) {
			t.Error("the other ISP's account waits too")
		}
		if _, err := o.desk.SignIn(o.Ctx(), "ana@fibranorte.example", password, "2001:db8:0:8::2", ""); err != nil {
			t.Errorf("a stranger's guesses lock her out elsewhere: %v", err)
		}
		o.Pass(15 * time.Minute)
		o.signIn(t)
	})
}

func TestGuessesFromManyAddressesAtOneMomentAreNoMoreThanTheLimit(t *testing.T) {
	onEachStore(t, func(t *testing.T, o *office) {
		if _, err := o.desk.SignIn(o.Ctx(), "ana@fibranorte.example", password, "198.51.100.1", ""); err != nil {
			t.Fatal(err)
		}
		var looked, waited atomic.Int64
		var wg sync.WaitGroup
		for i := range 60 {
			wg.Go(func() {
				_, err := o.desk.SignIn(o.Ctx(), "ana@fibranorte.example", "errada-errada", fmt.Sprintf("192.0.2.%d", i%12), "")
				var wait *staff.TooMany
				switch {
				case errors.As(err, &wait):
					waited.Add(1)
				case kind(err) == tenants.KindInvalid:
					looked.Add(1)
				default:
					t.Errorf("%v", err)
				}
			})
		}
		wg.Wait()
		if looked.Load() != 20 || waited.Load() != 40 {
			t.Errorf("%d guesses were looked at, %d waited", looked.Load(), waited.Load())
		}
		var wait *staff.TooMany
		if _, err := o.desk.SignIn(o.Ctx(), "ana@fibranorte.example", password, "203.0.113.9", ""); !errors.As(err, &wait) {
			t.Errorf("a new address comes in meanwhile: %v", err)
		}
		if _, err := o.desk.SignIn(o.Ctx(), "ana@fibranorte.example", password, "198.51.100.1", ""); err != nil {
			t.Errorf("where she signed in before she is locked out: %v", err)
		}
	})
}

func TestADisabledPersonIsOutAtOnce(t *testing.T) {
	onEachStore(t, func(t *testing.T, o *office) {
		token := o.signIn(t)
		if err := o.desk.Disable(o.as("gerente"), o.ana.ID); kind(err) != tenants.KindConflict {
			t.Errorf("disabling oneself: %v", err)
		}
		if err := o.desk.Disable(o.Ctx(), o.ana.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := o.desk.Session(o.Ctx(), token); kind(err) != tenants.KindNotFound {
			t.Errorf("the session lives on: %v", err)
		}
		if _, err := o.desk.SignIn(o.Ctx(), "ana@fibranorte.example", password, "192.0.2.7", ""); kind(err) != tenants.KindInvalid {
			t.Errorf("signed in: %v", err)
		}
		if err := o.desk.Enable(o.Ctx(), o.ana.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := o.desk.Session(o.Ctx(), token); kind(err) != tenants.KindNotFound {
			t.Errorf("an ended session came back: %v", err)
		}
		o.signIn(t)
		if err := o.desk.Disable(o.OtherCtx(), o.ana.ID); kind(err) != tenants.KindNotFound {
			t.Errorf("another ISP: %v", err)
		}
	})
}

func TestANewPasswordReplacesTheOldAndEndsItsSessions(t *testing.T) {
	onEachStore(t, func(t *testing.T, o *office) {
		token := o.signIn(t)
		fresh, err := o.desk.ResetPassword(o.Ctx(), o.ana.ID)
		if err != nil || len(fresh) != 19 {
			t.Fatalf("%q, %v", fresh, err)
		}
		if _, err := o.desk.Session(o.Ctx(), token); kind(err) != tenants.KindNotFound {
			t.Errorf("the old session: %v", err)
		}
		if _, err := o.desk.SignIn(o.Ctx(), "ana@fibranorte.example", fresh, "192.0.2.7", ""); err != nil {
			t.Error(err)
		}
		if _, err := o.desk.ResetPassword(o.OtherCtx(), o.ana.ID); kind(err) != tenants.KindNotFound {
			t.Errorf("another ISP: %v", err)
		}
	})
}

func TestOneSeesAndEndsOnesOwnSessionsOnly(t *testing.T) {
	onEachStore(t, func(t *testing.T, o *office) {
		o.signIn(t)
		o.Pass(time.Second)
		o.signIn(t)
		mine, err := o.desk.Sessions(o.as("comercial"))
		if err != nil || len(mine) != 2 || !mine[0].SeenAt.After(mine[1].SeenAt) || mine[0].IP != "192.0.2.7" || mine[0].Agent != "Firefox" {
			t.Fatalf("%v, %v", mine, err)
		}
		rui := o.hire(t, "rui@fibranorte.example", "financeiro")
		asRui := tenants.As(o.Ctx(), tenants.Actor{Kind: tenants.User, ID: rui.ID, Role: "financeiro", Channel: tenants.Web})
		if err := o.desk.SignOut(asRui, mine[0].ID); kind(err) != tenants.KindNotFound {
			t.Errorf("Rui ended Ana's session: %v", err)
		}
		if err := o.desk.SignOut(o.as("comercial"), mine[0].ID); err != nil {
			t.Fatal(err)
		}
		if left, _ := o.desk.Sessions(o.as("comercial")); len(left) != 1 || left[0].ID != mine[1].ID {
			t.Errorf("left: %v", left)
		}
	})
}

func TestHiringNamesEveryFieldThatWillNotDo(t *testing.T) {
	onEachStore(t, func(t *testing.T, o *office) {
		_, err := o.desk.Hire(o.Ctx(), staff.Hire{Name: " ", Email: "Ana <ana@x>", Password: "sete123", Role: "dono"})
		f := tenants.FaultOf(err)
		if f == nil || f.Fields["name"] != "required" || f.Fields["email"] != "email" || f.Fields["password"] != "password_short" || f.Fields["role"] != "unknown_choice" {
			t.Errorf("%v", err)
		}
		for name, want := range map[string]string{"\u202e\u200b": "required", "Ana 🚀": "unprintable", strings.Repeat("A", 121): "letters 0 120"} {
			_, err := o.desk.Hire(o.Ctx(), staff.Hire{Name: name, Email: "b@fibranorte.example", Password: password, Role: "suporte"})
			if f := tenants.FaultOf(err); f == nil || f.Fields["name"] != want {
				t.Errorf("somebody called %q: %v, want %s", name, err, want)
			}
		}
		for email, want := range map[string]string{"": "required", "ana@provedor": "email", "joão@fibranorte.example": "email_letters", "ana@fibrаnorte.example": "email_letters", strings.Repeat("a", 120) + "@x.example": "letters 0 120"} { // a Cyrillic а
			_, err := o.desk.Hire(o.Ctx(), staff.Hire{Name: "Ana", Email: email, Password: password, Role: "suporte"})
			if f := tenants.FaultOf(err); f == nil || f.Fields["email"] != want {
				t.Errorf("somebody at %q: %v, want %s", email, err, want)
			}
		}
		_, err = o.desk.Hire(o.Ctx(), staff.Hire{Name: "Outra", Email: "ANA@fibranorte.example", Password: password, Role: "suporte"})
		if f := tenants.FaultOf(err); f == nil || f.Fields["email"] != "email_taken" {
			t.Errorf("the same e-mail again: %v", err)
		}
		if _, err := o.desk.Hire(o.as("comercial"), staff.Hire{Name: "X", Email: "x@x.example", Password: password, Role: "suporte"}); kind(err) != tenants.KindDenied {
			t.Errorf("hired by the commercial sector: %v", err)
		}
		if all, err := o.desk.Users(o.as("gerente")); err != nil || len(all) != 1 {
			t.Errorf("%v, %v", all, err)
		}
	})
}
