package handlers_test

import (
	"context"
	"log/slog"
	"net/http"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/history"
	"enlace/ent/nas"
	"enlace/handlers/handlerstest"
	"enlace/tenants"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/network"
)

// nasOf is the demonstration's NAS: it tells reports to a RADIUS server that runs beside the pages, by Debian's radclient.
func nasOf(t *testing.T, o *demotest.Office) (tell func(attributes ...string)) {
	t.Helper()
	vault, err := tenants.NewVault(make([]byte, tenants.VaultKeyBytes))
	if err != nil {
		t.Fatal(err)
	}
	server, err := network.Listen(context.Background(), network.Desk{DB: o.DB, Vault: vault}, network.Addresses{Auth: "127.0.0.1:0", Acct: "127.0.0.1:0"}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := server.Stop(ctx); err != nil {
			t.Error(err)
		}
	})
	return func(attributes ...string) {
		t.Helper()
		client := exec.Command("radclient", "-x", "-t", "5", "-r", "1", server.AcctAddr().String(), "acct", "fibranorte-demo")
		client.Stdin = strings.NewReader(strings.Join(append([]string{`User-Name = "maria@fibranorte"`, `Acct-Session-Id = "81c0"`}, attributes...), ", ") + "\n")
		if out, err := client.CombinedOutput(); err != nil {
			t.Fatalf("radclient: %v\n%s", err, out)
		}
	}
}

func TestTheDiagnosisTellsWhatTheEquipmentReports(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		tell, b := nasOf(t, o), s.As("suporte")
		own := "/servicos/" + o.Service(o.Maria).ID.String()
		page := b.Get(own)
		for _, title := range []string{"Tráfego Tempo Real", "Extrato de Conexões", "Autenticações na Última Semana", "Status e Período", "Status da Conexão", "OS dos Últimos Três Meses", "Faturas Vencidas"} {
			if !strings.Contains(page.Text("#diagnostico"), title) {
				t.Errorf("%q is not in the diagnosis", title)
			}
		}
		if !page.Has("Nunca conectou") {
			t.Errorf("before any report: %s", page.Text("#diagnostico"))
		}
		if cut := b.Get("/servicos/" + o.Service(o.Joao).ID.String()).Text("#diagnostico"); !regexp.MustCompile(`Suspenso por débito: fatura \d+`).MatchString(cut) {
			t.Errorf("of a service that is cut: %s", cut)
		}
		tell("Acct-Status-Type = Start", "Framed-IP-Address = 100.64.0.9", `Calling-Station-Id = "AA:BB:CC:00:11:22"`)
		for minute, octets := range []string{"", "Acct-Output-Octets = 750000000", "Acct-Output-Octets = 1500000000"} {
			if o.Pass(5 * time.Minute); octets != "" {
				tell("Acct-Status-Type = Interim-Update", "Acct-Session-Time = "+[]string{"0", "600", "900"}[minute], "Acct-Input-Octets = 1000", octets)
			}
		}
		page = b.Get(own)
		for _, said := range []string{"Conectado desde", "100.64.0.9", "AA:BB:CC:00:11:22", "20,0\u00a0Mbit/s"} {
			if !strings.Contains(page.Text("#diagnostico"), strings.ReplaceAll(said, "\u00a0", " ")) && !strings.Contains(page.Text("#diagnostico"), said) {
				t.Errorf("the diagnosis does not say %q: %s", said, page.Text("#diagnostico"))
			}
		}
		if part := b.HTMX().Get(own + "/diagnostico").Want(http.StatusOK); part.H1() != "" || !part.Has("Conectado desde") {
			t.Errorf("read anew it is %s", part.Text("body"))
		}
		b = s.As("suporte")
		if traffic := b.Get(own + "/trafego").Want(http.StatusOK); !traffic.Has("Download agora") || !strings.Contains(traffic.Body, "<path class=\"line\"") || !strings.Contains(traffic.Body, `data-live="`+own+`/trafego/ao-vivo"`) {
			t.Errorf("the traffic is %s", traffic.Text("main"))
		}
		o.Pass(20 * time.Minute)
		if page = b.Get(own); !page.Has("Sem sinal do equipamento desde") {
			t.Errorf("after silence: %s", page.Text("#diagnostico"))
		}
		tell("Acct-Status-Type = Stop", "Acct-Session-Time = 1800", "Acct-Terminate-Cause = Lost-Carrier")
		log := b.Get(own + "/conexoes").Want(http.StatusOK)
		if !log.Has("o sinal caiu") || !log.Has("100.64.0.9") || !log.Has("1 a 1 de 1") {
			t.Errorf("the log is %s", log.Text("main"))
		}
		if log = b.Get(own + "/conexoes?de=01/01/2026&ate=02/01/2026"); !log.Has("Nenhuma conexão nestes dias") {
			t.Errorf("of other days the log is %s", log.Text("main"))
		}
		for _, path := range []string{"/conexoes", "/trafego", "/trafego/ao-vivo"} {
			if got := s.As("tecnico").Get(own + path).Status; got != http.StatusForbidden {
				t.Errorf("a technician sees %s: %d", path, got)
			}
			if got := s.As("gerente").Get("/servicos/018f0000-0000-7000-8000-000000000000" + path).Status; got != http.StatusNotFound {
				t.Errorf("of a service that is not there, %s: %d", path, got)
			}
		}
	})
}

func TestWhoHadAnAddressIsToldToTheGerenteAndNoted(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		tell := nasOf(t, o)
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Nas.Update().SetCgnatPrivate("100.64.0.0/24").SetCgnatPublic("198.51.100.0/28").SetCgnatPorts(2000).Exec(ctx)
		})
		tell("Acct-Status-Type = Start", "Framed-IP-Address = 100.64.0.1", "Delegated-IPv6-Prefix = 2001:db8:f000::/56")
		at := o.DB.Now().In(o.Here.Zone)
		o.Pass(time.Hour)
		if got := s.As("suporte").Get("/configuracoes/quem-usou").Status; got != http.StatusForbidden {
			t.Errorf("suporte asks: %d", got)
		}
		b := s.As("gerente")
		ask := func(address, port, hour, reason string) *handlerstest.Page {
			return b.Get("/configuracoes/quem-usou").Form("Procurar").Set("Endereço IP", address).Set("Porta de origem", port).Set("Data", at.Format("02/01/2006")).
				Set("Hora", hour).Set("Motivo", reason).Submit()
		}
		if problems := ask("casa", "70000", "25h", "x").Want(http.StatusUnprocessableEntity).Problems(); len(problems) != 4 {
			t.Errorf("nonsense is refused with %v", problems)
		}
		hour := at.Add(time.Minute).Format("15:04:05")
		for _, address := range []string{"100.64.0.1", "2001:db8:f000:12::9"} {
			if page := ask(address, "", hour, "ofício 12/2026").Want(http.StatusOK); !page.Has(o.Maria.Name) {
				t.Errorf("%s was %s", address, page.Text("main"))
			}
		}
		if page := ask("100.64.0.1", "", at.Add(-time.Minute).Format("15:04:05"), "ofício 12/2026"); page.Has(o.Maria.Name) || !page.Has("Nenhuma conexão") {
			t.Errorf("a minute before: %s", page.Text("main"))
		}
		if page := ask("2001:db8:f001::1", "", hour, "ofício 12/2026"); page.Has(o.Maria.Name) {
			t.Error("another's prefix is hers")
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			told := c.History.Query().Where(history.Event("address_traced"), history.CustomerID(o.Maria.ID)).AllX(ctx)
			if len(told) != 2 || told[0].Reason != "ofício 12/2026" || told[0].ActorName == "" {
				t.Errorf("the history tells %v", told)
			}
			return nil
		})
		if !b.Get("/clientes/" + o.Maria.ID.String() + "/historico").Has("Consultado quem usava o endereço 100.64.0.1") {
			t.Error("her history does not say it")
		}
		handed, undone := at.Add(10*time.Minute), at.Add(30*time.Minute) // the service was João's for a while, and the session went on
		o.Write(func(ctx context.Context, c *ent.Client) error {
			sub := o.Service(o.Maria)
			c.Transfer.Create().SetSubscriptionID(sub.ID).SetFromID(o.Maria.ID).SetToID(o.Joao.ID).SetMethodID(sub.MethodID).SetDueDay(sub.DueDay).SetMode("antecipado").SetRequestedAt(at).
				SetDoneAt(handed).SetUndoneAt(undone).ExecX(ctx)
			return c.Connection.Update().SetSeconds(2400).SetUpdatedAt(at.Add(40 * time.Minute)).SetEndedAt(at.Add(40 * time.Minute)).SetCause(network.Lost).Exec(ctx)
		})
		for minute, want := range map[int]string{5: o.Maria.Name, 15: o.Joao.Name, 35: o.Maria.Name, 44: "talvez: último relato", 46: "Nenhuma conexão"} {
			if page := ask("100.64.0.1", "", at.Add(time.Duration(minute)*time.Minute).Format("15:04:05"), "ofício 13/2026").Want(http.StatusOK); !page.Has(want) {
				t.Errorf("after %d minutes: %s", minute, page.Text("main"))
			}
		}
	})
}

func TestAConcentradorIsKeptWithoutShowingItsSecret(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("gerente")
		form := b.Get("/configuracoes").Click("Concentradores").Click("Novo concentrador").Form("Incluir concentrador")
		refused := form.Set("Nome", "POP Sul").Set("Endereço IP", "pop.sul").Set("Segredo", "curto").Set("Rede privada", "100.64.0.0/16").Set("Rede pública", "198.51.100.0/30").
			Set("Portas por assinante", "2000").Submit().Want(http.StatusUnprocessableEntity)
		if problems := refused.Problems(); len(problems) != 3 {
			t.Errorf("refused with %v", problems)
		}
		if strings.Contains(refused.Body, "curto") && strings.Contains(refused.Body, `value="curto"`) {
			t.Error("the secret is sent back")
		}
		page := refused.Form("Incluir concentrador").Set("Endereço IP", "192.0.2.7").Set("Segredo", "um segredo do POP").Set("Rede privada", "100.64.0.0/26").Submit().Want(http.StatusOK)
		if !page.Has("POP Sul") || !page.Has("192.0.2.7 · MikroTik") {
			t.Fatalf("the list is %s", page.Text("main"))
		}
		sheet := page.Click("POP Sul")
		if strings.Contains(sheet.Body, "um segredo do POP") {
			t.Error("the secret is shown")
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			row := c.Nas.Query().Where(nas.Name("POP Sul")).OnlyX(ctx)
			for _, ago := range []time.Duration{3 * time.Minute, time.Minute} {
				c.AuthAttempt.Create().SetNasID(row.ID).SetLogin("").SetReason(string(network.Unsigned)).SetAt(o.DB.Now().Add(-ago)).ExecX(ctx)
			}
			return nil
		})
		if list := b.Get(page.Path); !list.Has("pacotes sem resposta, hoje às") {
			t.Errorf("the list is %s", list.Text("main"))
		}
		if told := page.Click("POP Sul"); !told.Has("Faltou a assinatura") || !told.Has("Em 2 minutos desde hoje") || !told.Has("salve o segredo outra vez") {
			t.Errorf("its page says %s", told.Text("main"))
		}
		signed := func(of bool) (n int) {
			o.Write(func(ctx context.Context, c *ent.Client) error {
				n = c.Nas.Query().Where(nas.Name("POP Sul"), nas.AuthenticatorSeen(true)).CountX(ctx)
				return c.Nas.Update().Where(nas.Name("POP Sul")).SetAuthenticatorSeen(of).Exec(ctx)
			})
			return n
		}
		signed(true)
		sheet.Form("Salvar").Set("Pool dos suspensos", "aviso").Submit().Want(http.StatusOK)
		if signed(true) != 1 {
			t.Error("that it signs is forgotten")
		}
		b.Get("/configuracoes/concentradores").Click("POP Sul").Form("Salvar").Set("Segredo", "um segredo de outro POP").Submit().Want(http.StatusOK)
		if signed(false) != 0 {
			t.Error("of other equipment the signature of the old is asked")
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			for _, n := range c.Nas.Query().AllX(ctx) {
				if n.Name == "POP Sul" && (n.WalledPool != "aviso" || n.CoaPort != 3799 || n.CgnatPorts != 2000 || !strings.HasPrefix(n.Secret, "v1.")) {
					t.Errorf("kept as %v", n)
				}
			}
			return nil
		})
	})
}
