package platform_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/platform"
	"enlace/tenants/staff"
	"enlace/tenants/tenanttest"
)

func TestAnOperatorSignsInAndOut(t *testing.T) {
	onEachStore(t, func(t *testing.T, h *house) {
		token := h.signIn()
		s, err := h.desk.Session(context.Background(), token)
		if err != nil || s.Actor.Kind != tenants.Operator || s.Actor.Name != "Rita Prado" || s.CSRF == "" || len(s.Granted) != 0 {
			t.Fatalf("%+v, %v", s, err)
		}
		rita := tenants.As(context.Background(), s.Actor)
		if mine, err := h.desk.Sessions(rita); err != nil || len(mine) != 1 || mine[0].Agent != "Firefox" || mine[0].IP != "192.0.2.7" {
			t.Errorf("%v, %v", mine, err)
		}
		if err := h.desk.SignOut(rita, s.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := h.desk.Session(context.Background(), token); code(err) != "not_found" {
			t.Errorf("the session lives on: %v", err)
		}
		if err := h.desk.SignOut(rita, s.ID); code(err) != "not_found" {
			t.Errorf("ended twice: %v", err)
		}
		actions, err := h.desk.Actions(context.Background(), 3)
		if err != nil || len(actions) != 3 || actions[0].Event != "signed_out" || actions[1].Event != "signed_in" || actions[2].Event != "operator_hired" ||
			actions[1].OperatorName != "Rita Prado" || actions[2].OperatorName != "Enlace" {
			t.Errorf("told: %v, %v", actions, err)
		}
	})
}

func TestNoSessionIsWorthAnythingAtTheOtherDoor(t *testing.T) {
	onEachStore(t, func(t *testing.T, h *house) {
		if _, err := h.desk.Staff.Hire(h.Ctx(), staff.Hire{Name: "Ana", Email: email, Password: password, Role: "gerente"}); err != nil {
			t.Fatal(err)
		}
		ana, err := h.desk.Staff.SignIn(h.Ctx(), email, password, "192.0.2.7", "")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.desk.Session(context.Background(), ana); code(err) != "not_found" {
			t.Errorf("the operator's door knows an ISP's session: %v", err)
		}
		if _, err := h.desk.Staff.Session(h.Ctx(), h.signIn()); code(err) != "not_found" {
			t.Errorf("an ISP's door knows the operator's session: %v", err)
		}
	})
}

func TestWhatIsKeptOfAnOperatorsSecretsOpensNothing(t *testing.T) {
	onEachStore(t, func(t *testing.T, h *house) {
		token := h.signIn()
		err := h.DB.PlatformAt(context.Background(), tenants.OperatorSlug, func(ctx context.Context, c *ent.Client) error {
			if row := c.OperatorSession.Query().OnlyX(ctx); len(row.TokenHash) != 32 || strings.Contains(string(row.TokenHash), token) {
				t.Errorf("kept as %x", row.TokenHash)
			}
			if who := c.Operator.Query().OnlyX(ctx); !strings.HasPrefix(who.PasswordHash, "$argon2id$v=19$m=19456,t=2,p=1$") || who.SignedInAt == nil {
				t.Errorf("%v", who)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestAnOperatorsSessionEndsIdleAndAtLast(t *testing.T) {
	onEachStore(t, func(t *testing.T, h *house) {
		idle := h.signIn()
		h.Pass(staff.Idle)
		if _, err := h.desk.Session(context.Background(), idle); code(err) != "not_found" {
			t.Errorf("after idling: %v", err)
		}
		token, start := h.signIn(), h.DB.Now()
		for h.DB.Now().Sub(start) < staff.Absolute {
			if _, err := h.desk.Session(context.Background(), token); err != nil {
				t.Fatalf("after %s in use: %v", h.DB.Now().Sub(start), err)
			}
			h.Pass(29 * time.Minute)
		}
		if _, err := h.desk.Session(context.Background(), token); code(err) != "not_found" {
			t.Errorf("after %s: %v", h.DB.Now().Sub(start), err)
		}
	})
}

func TestAnOperatorsRefusalsAreAlikeAndCounted(t *testing.T) {
	onEachStore(t, func(t *testing.T, h *house) {
		for i := range 5 {
			for _, who := range []string{email, "ninguem@enlace.example"} {
				start := time.Now()
				_, err := h.desk.SignIn(context.Background(), who, "errada-errada", "192.0.2.7", "")
				if field(err, "email") != "sign_in_wrong" || time.Since(start) < 300*time.Millisecond {
					t.Fatalf("%d, %s: %v in %s", i, who, err, time.Since(start))
				}
			}
		}
		var wait *staff.TooMany
		if _, err := h.desk.SignIn(context.Background(), email, password, "192.0.2.7", ""); !errors.As(err, &wait) || wait.Wait != 15*time.Minute {
			t.Errorf("%v", err)
		}
		if actions, err := h.desk.Actions(context.Background(), 99); err != nil || len(slices.DeleteFunc(actions, func(a *ent.OperatorAction) bool { return a.Event != "sign_in_refused" })) != 5 {
			t.Errorf("told: %v, %v", actions, err)
		}
		h.Pass(15 * time.Minute)
		h.signIn()
	})
}

func TestANewPasswordOrNoMoreAccessEndsEverySession(t *testing.T) {
	onEachStore(t, func(t *testing.T, h *house) {
		token := h.signIn()
		if err := h.desk.SetPassword(context.Background(), email, "sete123"); field(err, "password") != "password_short" {
			t.Errorf("%v", err)
		}
		if err := h.desk.SetPassword(context.Background(), "Rita@Enlace.example", "outra-bateria"); err != nil {
			t.Fatal(err)
		}
		if _, err := h.desk.Session(context.Background(), token); code(err) != "not_found" {
			t.Errorf("after a new password: %v", err)
		}
		token, err := h.desk.SignIn(context.Background(), email, "outra-bateria", "192.0.2.7", "")
		if err != nil {
			t.Fatal(err)
		}
		if err := h.desk.Remove(context.Background(), email); err != nil {
			t.Fatal(err)
		}
		if _, err := h.desk.Session(context.Background(), token); code(err) != "not_found" {
			t.Errorf("after the removal: %v", err)
		}
		if _, err := h.desk.SignIn(context.Background(), email, "outra-bateria", "192.0.2.7", ""); field(err, "email") != "sign_in_wrong" {
			t.Errorf("signed in: %v", err)
		}
		for what, err := range map[string]error{"password": h.desk.SetPassword(context.Background(), email, password), "removal": h.desk.Remove(context.Background(), email)} {
			if code(err) != "not_found" {
				t.Errorf("%s of nobody: %v", what, err)
			}
		}
		if actions, err := h.desk.Actions(context.Background(), 1); err != nil || actions[0].Event != "operator_removed" || actions[0].After["email"] != email {
			t.Errorf("told: %v, %v", actions, err)
		}
	})
}

func TestHiringAnOperatorNamesEveryFieldThatWillNotDo(t *testing.T) {
	onEachStore(t, func(t *testing.T, h *house) {
		err := h.desk.Hire(context.Background(), platform.Hire{Email: "x", Password: "sete123"})
		if field(err, "name") != "required" || field(err, "email") != "email" || field(err, "password") != "password_short" {
			t.Errorf("%v", err)
		}
		err = h.desk.Hire(context.Background(), platform.Hire{Name: "Outra", Email: "RITA@enlace.example", Password: password})
		if field(err, "email") != "email_taken" {
			t.Errorf("%v", err)
		}
	})
}

func TestAnOperatorsUseIsNotedAtMostOnceAMinute(t *testing.T) {
	onEachStore(t, func(t *testing.T, h *house) {
		token, writes := h.signIn(), 0
		h.Probe(func(_ context.Context, statement string) error {
			if strings.HasPrefix(statement, "UPDATE") {
				writes++
			}
			return nil
		})
		for range 13 { // ten seconds apart
			if _, err := h.desk.Session(context.Background(), token); err != nil {
				t.Fatal(err)
			}
			h.Pass(10 * time.Second)
		}
		h.Probe(nil)
		if writes != 2 || h.DB.Now().Sub(tenanttest.Now) != 130*time.Second {
			t.Errorf("noted %d times in two minutes", writes)
		}
	})
}
