package network_test

import (
	"context"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/nas"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/network"
	"enlace/tenants/platform"
	"enlace/tenants/tenanttest"
)

const (
	secret      = "fibranorte-demo"
	otherSecret = "ondasul-demo"
	here        = "127.0.0.1"
)

func from(address string) string { return "Packet-Src-IP-Address = " + address }

func TestTheStateOfTheSubscriptionAnswers(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s := set(t, o)
		s.addNAS(t, o.Ctx(), here, secret, nas.AuthenticatorAuto)
		maria := s.sell(t, o.Ctx(), subscription.StatusHabilitado, "maria@fibranorte", "maria-demo")
		s.sell(t, o.Ctx(), subscription.StatusSuspensoParcial, "ana@fibranorte", "ana-demo")
		s.sell(t, o.Ctx(), subscription.StatusSuspensoPedido, "rui@fibranorte", "rui-demo")
		s.sell(t, o.Ctx(), subscription.StatusAguardandoInstalacao, "eva@fibranorte", "eva-demo")
		s.sell(t, o.Ctx(), subscription.StatusCancelado, "leo@fibranorte", "leo-demo")
		s.opens(t)
		s.gets(t, secret, as("maria@fibranorte", "maria-demo"), accept)
		s.gets(t, secret, []string{`User-Name = "maria@fibranorte"`, `CHAP-Password = "maria-demo"`}, accept)
		s.gets(t, secret, as("maria@fibranorte", "errada"), reject, "Reply-Message = \"Usu")
		s.gets(t, secret, []string{`User-Name = "maria@fibranorte"`, `CHAP-Password = "errada"`}, reject)
		s.gets(t, secret, []string{`User-Name = "maria@fibranorte"`, `MS-CHAP-Password = "maria-demo"`}, reject, "PAP, CHAP ou MS-CHAPv2")
		s.gets(t, secret, as("ninguem@fibranorte", "x"), reject, "Reply-Message = \"Usu")
		s.gets(t, secret, as("ana@fibranorte", "ana-demo"), accept, `Mikrotik-Rate-Limit = "256k/50000k"`)
		s.gets(t, secret, as("rui@fibranorte", "rui-demo"), reject, "a pedido do cliente")
		s.gets(t, secret, as("eva@fibranorte", "eva-demo"), reject, "ainda n")
		s.gets(t, secret, as("leo@fibranorte", "leo-demo"), reject, "cancelado")
		s.gets(t, secret, as("leo@fibranorte", "errada"), reject, "Usu") // a stranger learns nothing of the state
		s.closes(t)

		rows := s.attempts(t, o.Ctx())
		want := []string{"", "", "wrong_password", "wrong_password", "unsupported_method", "unknown_login", "", "suspended_request", "waiting", "cancelled", "wrong_password"}
		if len(rows) != len(want) {
			t.Fatalf("%d rows for %d answers", len(rows), len(want))
		}
		for i, row := range rows {
			if row.Reason != want[i] || row.Accepted != (want[i] == "") || (row.SubscriptionID == nil) != (want[i] == "unknown_login") || !row.At.Equal(tenanttest.Now) {
				t.Errorf("answer %d is kept as %v", i, row)
			}
		}
		if *rows[0].SubscriptionID != maria || rows[0].Login != "maria@fibranorte" {
			t.Errorf("Maria's row is %v", rows[0])
		}
		if n := len(s.attempts(t, o.OtherCtx())); n != 0 {
			t.Errorf("the other ISP has %d rows", n)
		}
	})
}

func TestAnUnblockIsSeenOnTheWireUntilItEnds(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s := set(t, o)
		s.addNAS(t, o.Ctx(), here, secret, nas.AuthenticatorAuto)
		joao := s.sell(t, o.Ctx(), subscription.StatusSuspensoDebito, "joao@fibranorte", "joao-demo")
		s.opens(t)
		asks := as("joao@fibranorte", "joao-demo", signed)
		s.gets(t, secret, asks, reject, "suspenso por d")
		s.trust(t, o.Ctx(), joao, tenanttest.Now.Add(24*time.Hour))
		s.gets(t, secret, asks, accept, "Session-Timeout = 86400")
		o.Pass(24*time.Hour - 1500*time.Millisecond)
		s.gets(t, secret, asks, accept, "Session-Timeout = 2\n") // rounded up, to the first second without trust
		o.Pass(1500 * time.Millisecond)
		s.gets(t, secret, asks, reject, "suspenso por d")
		s.change(t, o.Ctx(), func(ctx context.Context, c *ent.Client) error {
			return c.TrustGrant.Update().SetUntil(tenanttest.Now.Add(48 * time.Hour)).SetEndedAt(o.DB.Now()).Exec(ctx)
		})
		s.gets(t, secret, asks, reject, "suspenso por d")
	})
}

func TestAStrangerIsMetWithSilence(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s := set(t, o)
		s.addNAS(t, o.Ctx(), here, secret, nas.AuthenticatorAuto)
		s.sell(t, o.Ctx(), subscription.StatusHabilitado, "maria@fibranorte", "maria-demo")
		s.opens(t)
		s.gets(t, secret, as("maria@fibranorte", "maria-demo", from("127.0.0.9")), silence)
		s.gets(t, "wrong-secret", as("maria@fibranorte", "maria-demo", signed), silence)
		if counts := s.server.Counts(); counts["unknown_nas"] != 1 || counts["wrong_authenticator"] != 1 || len(counts) != 2 {
			t.Errorf("counted %v", counts)
		}
		s.addNAS(t, o.Ctx(), "127.0.0.9", secret, nas.AuthenticatorAuto)
		if err := s.server.Refresh(context.Background()); err != nil {
			t.Fatal(err)
		}
		s.gets(t, secret, as("maria@fibranorte", "maria-demo", from("127.0.0.9")), accept)
	})
}

func TestANASMustSignAsItsSettingSays(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s := set(t, o)
		automatic, always, never := from("127.0.0.3"), from("127.0.0.4"), from("127.0.0.5")
		s.addNAS(t, o.Ctx(), "127.0.0.3", secret, "")
		s.addNAS(t, o.Ctx(), "127.0.0.4", secret, nas.AuthenticatorSim)
		s.addNAS(t, o.Ctx(), "127.0.0.5", secret, nas.AuthenticatorNao)
		s.sell(t, o.Ctx(), subscription.StatusHabilitado, "maria@fibranorte", "maria-demo")
		s.opens(t)
		for _, c := range []struct{ nas, sign, want string }{
			{always, "", silence}, {always, signed, accept},
			{never, "", accept}, {never, signed, accept}, {never, "", accept},
			{automatic, "", accept}, {automatic, signed, accept}, {automatic, "", silence}, {automatic, signed, accept},
		} {
			request := as("maria@fibranorte", "maria-demo", c.nas)
			if c.sign != "" {
				request = append(request, c.sign)
			}
			s.gets(t, secret, request, c.want)
		}
		s.gets(t, "wrong-secret", as("maria@fibranorte", "maria-demo", never, signed), silence)
		s.gets(t, secret, as("maria@fibranorte", "maria-demo", never, "Proxy-State = 0x01"), silence)
		s.gets(t, secret, as("maria@fibranorte", "maria-demo", never, "Proxy-State = 0x01", signed), accept, "Proxy-State = 0x01")
		s.closes(t)
		s.opens(t)
		s.gets(t, secret, as("maria@fibranorte", "maria-demo", automatic), silence) // a new server knows that it signs
		told := s.told(t, 3)
		if auto, sim := told["127.0.0.3"], told["127.0.0.4"]; auto.Why != network.Unsigned || auto.Asks != nas.AuthenticatorAuto || sim.Why != network.Unsigned || sim.Asks != nas.AuthenticatorSim || sim.Minutes != 1 {
			t.Errorf("the ISP is told %+v", told)
		}
	})
}

func TestTwoISPsBehindOneAddressAreToldApart(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s := set(t, o)
		s.addNAS(t, o.Ctx(), here, secret, nas.AuthenticatorNao)
		s.addNAS(t, o.OtherCtx(), here, otherSecret, nas.AuthenticatorNao)
		s.sell(t, o.Ctx(), subscription.StatusHabilitado, "jose", "mesma")
		s.sell(t, o.OtherCtx(), subscription.StatusSuspensoDebito, "jose", "mesma")
		s.sell(t, o.OtherCtx(), subscription.StatusHabilitado, "rita", "rita-demo")
		s.opens(t)
		byCHAP := func(login, password string) []string {
			return []string{`User-Name = "` + login + `"`, `CHAP-Password = "` + password + `"`}
		}
		for _, sign := range [][]string{{signed}, nil} {
			s.gets(t, secret, as("jose", "mesma", sign...), accept)
			s.gets(t, otherSecret, as("jose", "mesma", sign...), reject, "suspenso por d")
			s.gets(t, otherSecret, as("rita", "rita-demo", sign...), accept)
		}
		s.gets(t, secret, as("jose", "errada", signed), reject, "Usu")
		s.gets(t, secret, as("jose", "errada"), silence) // no secret shows whose it is
		s.gets(t, otherSecret, byCHAP("rita", "rita-demo"), accept)
		s.gets(t, secret, byCHAP("jose", "mesma"), silence) // right in both
		s.gets(t, secret, append(byCHAP("jose", "mesma"), signed), accept)
		s.gets(t, "third-secret", as("jose", "mesma", signed), silence)
		s.closes(t)
		if mine, theirs := len(s.attempts(t, o.Ctx())), len(s.attempts(t, o.OtherCtx())); mine != 4 || theirs != 5 {
			t.Errorf("%d and %d rows, want 4 and 5", mine, theirs)
		}
		if n := s.server.Counts()["undecided"]; n != 2 {
			t.Errorf("%d undecided", n)
		}
	})
}

func TestTheEquipmentOfASuspendedISPIsNotAnswered(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s := set(t, o)
		s.addNAS(t, o.Ctx(), here, secret, nas.AuthenticatorNao)
		s.sell(t, o.Ctx(), subscription.StatusHabilitado, "maria@fibranorte", "maria-demo")
		s.opens(t)
		operator := platform.Desk{DB: o.DB}
		for _, step := range []struct {
			do   func() error
			want string
		}{
			{func() error { return nil }, accept},
			{func() error {
				return operator.Suspend(context.Background(), o.Here.ID, tenants.Typed{"motivo": "contrato encerrado"})
			}, silence},
			{func() error { return operator.Reopen(context.Background(), o.Here.ID) }, accept},
		} {
			if err := step.do(); err != nil {
				t.Fatal(err)
			}
			if err := s.server.Refresh(context.Background()); err != nil {
				t.Fatal(err)
			}
			s.gets(t, secret, as("maria@fibranorte", "maria-demo"), step.want)
		}
	})
}
