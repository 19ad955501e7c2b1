package handlers_test

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/handlers/handlerstest"
	"enlace/tenants"
	"enlace/tenants/platform"
	"enlace/tenants/tenanttest"
)

func TestTheOperatorSignsInAndOut(t *testing.T) {
	handlerstest.OnEachStore(t, func(t *testing.T, s *handlerstest.Site) {
		email, b := s.HireOperator(), s.AtOperator()
		page := b.Get("/")
		if page.Path != "/entrar" || page.H1() != "Entrar" || !page.Has("Operação da plataforma") || page.Has("Telegram") {
			t.Fatalf("%s: %q", page.Path, page.Text("body"))
		}
		page = page.Form("Entrar").Set("E-mail", email).Set("Senha", "errada-errada").Submit().Want(http.StatusUnprocessableEntity)
		if page.Form("Entrar").Value("E-mail") != email || strings.Join(page.Problems(), "") != "E-mail ou senha não conferem" {
			t.Errorf("%q", page.Problems())
		}
		page = page.Form("Entrar").Set("Senha", handlerstest.Password).Submit().Want(http.StatusOK)
		if page.Path != "/" || page.H1() != "Provedores" || page.Text(".en-nav") != "Provedores Histórico" || page.Doc.Find(".en-find").Length() != 0 || !page.Has("Rita Pradooperador") {
			t.Fatalf("%s: %q", page.Path, page.Text("body"))
		}
		if list := page.Click("Seus acessos"); list.H1() != "Seus acessos" || list.Doc.Find("tbody tr").Length() != 1 {
			t.Errorf("%q", list.Text("main"))
		}
		if dark := page.Press("escuro"); dark.Doc.Find("html").AttrOr("data-bs-theme", "") != "dark" {
			t.Error("the theme stays light")
		}
		if out := page.Press("Sair"); out.Path != "/entrar" || b.Get("/").Path != "/entrar" {
			t.Errorf("after Sair: %s", out.Path)
		}
	})
}

func TestASessionIsWorthNothingAtTheOtherDoor(t *testing.T) {
	handlerstest.OnEachStore(t, func(t *testing.T, s *handlerstest.Site) {
		operator, gerente := s.AsOperator().Cookie("sessao"), s.As("gerente").Cookie("sessao")
		for host, token := range map[string]string{"fibranorte.localhost": operator, "ondasul.localhost": operator, "operador.localhost": gerente} {
			b := s.BrowserAt(host)
			b.SetCookie("sessao", token)
			for _, path := range []string{"/", "/clientes", "/provedores/novo", "/historico"} {
				if page := b.Get(path); !strings.HasPrefix(page.Path, "/entrar") {
					t.Errorf("%s%s let it in: %s", host, path, page.H1())
				}
			}
		}
	})
}

func TestNeitherHostAnswersTheOthersRoutes(t *testing.T) {
	handlerstest.OnSQLite(t, func(t *testing.T, s *handlerstest.Site) {
		paths := func(routes []string, others []string) (only []string) {
			there := map[string]bool{}
			for _, path := range others {
				there[path] = true
			}
			for _, path := range routes {
				if !there[path] && !strings.Contains(path, "/webhooks/") { // programs are let in at any host
					only = append(only, path)
				}
			}
			return only
		}
		var offices, operators []string
		for _, r := range s.Web.Routes() {
			offices = append(offices, r.Method+" "+r.Path)
		}
		for _, r := range s.Web.OperatorRoutes() {
			operators = append(operators, r.Method+" "+r.Path)
		}
		for b, foreign := range map[*handlerstest.Browser][]string{s.AsOperator(): paths(offices, operators), s.As("gerente"): paths(operators, offices)} {
			token := b.Get("/").Form("Sair").Values.Get("csrf")
			if len(foreign) < 8 {
				t.Errorf("only %d routes were tried", len(foreign))
			}
			for _, line := range foreign {
				method, path, _ := strings.Cut(line, " ")
				page := b.Staying().Get(fill(path))
				if method == http.MethodPost {
					page = b.Staying().Post(fill(path), url.Values{"csrf": {token}})
				}
				if page.Status != http.StatusNotFound || page.H1() != "Página não encontrada" {
					t.Errorf("%s is answered %d %s", line, page.Status, page.H1())
				}
			}
		}
	})
}

func TestEveryRouteOfTheOperatorStandsBehindTheSameDoor(t *testing.T) {
	handlerstest.OnSQLite(t, func(t *testing.T, s *handlerstest.Site) {
		in := s.AsOperator().Staying()
		for _, r := range s.Web.OperatorRoutes() {
			ask := func(b *handlerstest.Browser) *handlerstest.Page {
				if r.Method == http.MethodPost {
					return b.Post(fill(r.Path), url.Values{})
				}
				return b.Get(fill(r.Path))
			}
			page := ask(s.AtOperator().Staying())
			if sent := page.Status == http.StatusSeeOther && strings.HasPrefix(page.Header.Get("Location"), "/entrar"); sent == r.Open {
				t.Errorf("%s %s: %d to %q", r.Method, r.Path, page.Status, page.Header.Get("Location"))
			}
			page = ask(in)
			if r.Method == http.MethodPost && page.Status != http.StatusForbidden {
				t.Errorf("%s without its token: %d", r.Path, page.Status)
			}
			if !strings.HasPrefix(page.Header.Get("Content-Security-Policy"), "default-src 'none'") || page.Header.Get("Cache-Control") != "no-store" || strings.Contains(page.Body, " style=") {
				t.Errorf("%s %s: %v", r.Method, r.Path, page.Header)
			}
		}
	})
}

func TestTheOperatorsFormsAreTakenFromHisOwnPagesOnly(t *testing.T) {
	handlerstest.OnSQLite(t, func(t *testing.T, s *handlerstest.Site) {
		b, other := s.AsOperator(), s.As("gerente")
		mine, theirs := b.Get("/").Form("Sair").Values.Get("csrf"), other.Get("/").Form("Sair").Values.Get("csrf")
		own := "/provedores/" + s.Here.ID.String() + "/suspender"
		for name, page := range map[string]*handlerstest.Page{
			"none":             b.Post(own, url.Values{"motivo": {"não pagou"}}),
			"of an ISP":        b.Post(own, url.Values{"csrf": {theirs}, "motivo": {"não pagou"}}),
			"from an ISP":      b.With("Origin", "http://fibranorte.localhost").Post(own, url.Values{"csrf": {mine}, "motivo": {"não pagou"}}),
			"from a neighbour": b.With("Sec-Fetch-Site", "same-site").Post(own, url.Values{"csrf": {mine}, "motivo": {"não pagou"}}),
		} {
			if page.Status != http.StatusForbidden {
				t.Errorf("%s: %d %s", name, page.Status, page.H1())
			}
		}
		if page := other.Get("/"); page.Path != "/" {
			t.Errorf("it was suspended: %s", page.H1())
		}
	})
}

var madePassword = regexp.MustCompile(`[a-z2-9]{4}(-[a-z2-9]{4}){3}`)

func TestTheOperatorMakesAnISPAndItsGerenteComesIn(t *testing.T) {
	handlerstest.OnEachStore(t, func(t *testing.T, s *handlerstest.Site) {
		form := s.AsOperator().Get("/").Click("Novo provedor").Form("Criar provedor")
		form.Set("Nome do provedor", "Norte Sul").Set("Endereço", "nortesul").Set("Fuso horário", "Amazonas").Set("E-mail", "dona@nortesul.example")
		page := form.Submit().Want(http.StatusOK)
		password := madePassword.FindString(page.Text(".en-facts"))
		if page.H1() != "Norte Sul foi criado" || password == "" || !page.Has("http://nortesul.localhost/") || !page.Has("dona@nortesul.example") {
			t.Fatalf("%q", page.Text("main"))
		}
		again := form.Submit().Want(http.StatusOK) // the same form, by a second press
		if again.H1() != "Norte Sul" || madePassword.MatchString(again.Text("main")) || !again.Has("dona@nortesul.example é gerente e ainda não entrou") || !again.Has("Provedor criado no endereço nortesul") {
			t.Fatalf("%s: %q", again.Path, again.Text("main"))
		}
		fresh := again.Press("Gerar senha nova").Want(http.StatusOK)
		renewed := madePassword.FindString(fresh.Text(".en-facts"))
		if renewed == "" || renewed == password {
			t.Fatalf("%q", fresh.Text("main"))
		}
		gerente := s.BrowserAt("nortesul.localhost")
		gerente.Get("/entrar").Form("Entrar").Set("E-mail", "dona@nortesul.example").Set("Senha", password).Submit().Want(http.StatusUnprocessableEntity)
		if page := gerente.SignIn("dona@nortesul.example", renewed); page.Path != "/" {
			t.Errorf("%s", page.Path)
		}
		own := fresh.Click("Ir para o provedor")
		if own.Has("ainda não entrou") || own.Doc.Find("form[action$='/senha']").Length() != 0 {
			t.Errorf("%q", own.Text("main"))
		}
		forced := again.Form("Gerar senha nova").Submit().Want(http.StatusConflict)
		if !forced.Has("Alguém da equipe já entrou") {
			t.Errorf("%q", forced.Text("main"))
		}
		if list := own.Click("Provedores"); list.Doc.Find("tbody tr").Length() != 3 || !list.Has("nortesul.localhost") {
			t.Errorf("%q", list.Text("table"))
		}
	})
}

func TestANewISPThatWillNotDoKeepsWhatWasTyped(t *testing.T) {
	handlerstest.OnEachStore(t, func(t *testing.T, s *handlerstest.Site) {
		b := s.AsOperator()
		page := b.Get("/provedores/novo").Form("Criar provedor").Set("Endereço", "Onda Sul!").Set("E-mail", "dona").Submit().Want(http.StatusUnprocessableEntity)
		form := page.Form("Criar provedor")
		if got := strings.Join(page.Problems(), "|"); got != "Nome do provedor: preencha este campo|O endereço tem de 2 a 32 letras minúsculas, números ou hífens, e não começa nem termina por hífen|“dona” não é um e-mail: use algo como nome@exemplo.com.br" {
			t.Errorf("%q", got)
		}
		if form.Value("Endereço") != "Onda Sul!" || form.Value("E-mail") != "dona" || form.Error("Endereço") == "" || !strings.HasPrefix(page.Text("title"), "Erro: ") {
			t.Errorf("%v", form.Values)
		}
		for slug, want := range map[string]string{"ondasul": "Já há um provedor com este endereço", "operador": "Este endereço é reservado"} {
			page := form.Set("Nome do provedor", "Outra").Set("Endereço", slug).Set("E-mail", "dona@x.example").Submit().Want(http.StatusUnprocessableEntity)
			if page.Form("Criar provedor").Error("Endereço") != want || page.Form("Criar provedor").Value("Nome do provedor") != "Outra" {
				t.Errorf("%s: %q", slug, page.Problems())
			}
		}
	})
}

func TestTheOperatorRenamesAndSwitchesAFeature(t *testing.T) {
	handlerstest.OnEachStore(t, func(t *testing.T, s *handlerstest.Site) {
		b := s.AsOperator()
		page := b.Get("/").Click("Fibra Norte")
		empty := page.Form("Salvar nome").Set("Nome do provedor", " ").Submit().Want(http.StatusUnprocessableEntity)
		if empty.Form("Salvar nome").Error("Nome do provedor") != "Preencha este campo" || empty.H1() != "Fibra Norte" {
			t.Errorf("%q", empty.Text("main"))
		}
		page = page.Form("Salvar nome").Set("Nome do provedor", "Fibra Nova").Submit().Want(http.StatusOK)
		if page.H1() != "Fibra Nova" || page.Toast() != "Nome salvo." || !page.Has("Nome mudado de Fibra Norte para Fibra Nova") {
			t.Errorf("%q", page.Text("main"))
		}
		if page := s.Browser().Get("/entrar"); !page.Has("Fibra Nova") {
			t.Error("its own door has the old name")
		}
		const feature = "Desbloqueio em Confiança pelo assinante"
		for _, step := range []struct{ set, told string }{{"sim", "Ligado: " + feature}, {"não", "Desligado: " + feature}} {
			if page = page.Form("Salvar recursos").Set(feature, step.set).Submit().Want(http.StatusOK); !page.Has(step.told) {
				t.Errorf("%q", page.Text("main"))
			}
			isp, err := s.DB.Find(context.Background(), "fibranorte")
			if err != nil || isp.TrustSelfService != (step.set == "sim") || page.Form("Salvar recursos").Values.Has(string(platform.TrustSelfService)) != isp.TrustSelfService {
				t.Errorf("after %s: %+v, %v", step.set, isp, err)
			}
		}
		history := page.Click("Histórico")
		if history.H1() != "Histórico" || !history.Has("Fibra Nova · Ligado: "+feature) || !history.Has("Rita Prado, web") || !history.Has("Entrou no sistema") {
			t.Errorf("%q", history.Text("main"))
		}
	})
}

func TestASuspendedISPIsNobodysHostAtOnceUntilItIsReopened(t *testing.T) {
	handlerstest.OnEachStore(t, func(t *testing.T, s *handlerstest.Site) {
		staff, b := s.As("gerente"), s.AsOperator()
		page := b.Get("/").Click("Fibra Norte")
		short := page.Form("Suspender Fibra Norte").Set("Motivo", "não").Submit().Want(http.StatusUnprocessableEntity)
		if short.Form("Suspender Fibra Norte").Value("Motivo") != "não" || short.Doc.Find("details[open]").Length() != 1 || staff.Get("/").Path != "/" {
			t.Errorf("%q", short.Problems())
		}
		page = page.Form("Suspender Fibra Norte").Set("Motivo", "contrato encerrado").Submit().Want(http.StatusOK)
		if page.Toast() != "Fibra Norte está suspenso." || !page.Has("Suspenso desde 23/11/2026 às 09:00") || !page.Has("contrato encerrado") || page.Doc.Find("form[action$='/suspender']").Length() != 0 {
			t.Errorf("%q", page.Text("main"))
		}
		unknown := s.BrowserAt("ninguem.localhost").Get("/entrar").Want(http.StatusNotFound)
		for _, one := range []*handlerstest.Browser{staff, s.Browser()} {
			if page := one.Get("/entrar").Want(http.StatusNotFound); page.Text("body") != unknown.Text("body") {
				t.Errorf("not as a host nobody has: %q", page.Text("body"))
			}
		}
		if page := s.AsOther("gerente").Get("/"); page.Path != "/" {
			t.Errorf("the other ISP: %s", page.H1())
		}
		if list := b.Get("/?situacao=suspended"); list.Doc.Find("tbody tr").Length() != 1 || !list.Has("Suspenso") {
			t.Errorf("%q", list.Text("main"))
		}
		if page = page.Press("Reabrir"); page.Toast() != "Fibra Norte está aberto." || !page.Has("Provedor reaberto") || staff.Get("/").Path != "/" {
			t.Errorf("%q", page.Text("main"))
		}
	})
}

func TestAnISPThatIsNotThereIsNotFoundByTheOperator(t *testing.T) {
	handlerstest.OnEachStore(t, func(t *testing.T, s *handlerstest.Site) {
		b := s.AsOperator()
		token := b.Get("/").Form("Sair").Values.Get("csrf")
		for _, id := range []string{uuid.NewString(), "nada", s.Here.Slug} {
			b.Get("/provedores/" + id).Want(http.StatusNotFound)
			for _, what := range []string{"nome", "recursos", "senha", "suspender", "reabrir"} {
				b.Post("/provedores/"+id+"/"+what, url.Values{"csrf": {token}, "nome": {"X"}, "motivo": {"não pagou"}}).Want(http.StatusNotFound)
			}
		}
	})
}

func TestAFoundingThatWasBrokenOffIsOfferedAgain(t *testing.T) {
	handlerstest.OnEachStore(t, func(t *testing.T, s *handlerstest.Site) {
		_, err := s.DB.Build(context.Background(), "nortesul", "Norte Sul", time.UTC, func(context.Context, *ent.Client) error { return tenants.Conflict("x") })
		if err == nil {
			t.Fatal("it was not broken off")
		}
		page := s.AsOperator().Get("/").Click("Norte Sul")
		if !page.Has("Criação interrompida") || page.Doc.Find("main form").Length() != 0 {
			t.Errorf("%q", page.Text("main"))
		}
		form := page.Click("Criar de novo com o mesmo endereço").Form("Criar provedor")
		if form.Value("Endereço") != "nortesul" || form.Value("Nome do provedor") != "Norte Sul" {
			t.Errorf("%v", form.Values)
		}
		if page := form.Set("Fuso horário", "Acre").Set("E-mail", "dona@nortesul.example").Submit(); page.H1() != "Norte Sul foi criado" {
			t.Errorf("%q", page.Text("main"))
		}
	})
}

// Every row of every table of an ISP holds words of its own; none of them is on any page of the operator.
func TestTheOperatorsPagesShowNothingOfAnISPsCustomers(t *testing.T) {
	handlerstest.OnEachStore(t, func(t *testing.T, s *handlerstest.Site) {
		ids := tenanttest.Sow(t, s.DB, s.Ctx())
		b := s.AsOperator()
		shown := b.Get("/").Body + b.Get("/historico").Body + b.Get("/provedores/"+s.Here.ID.String()).Body + b.Get("/provedores/novo").Body
		if !strings.Contains(shown, "Fibra Norte") {
			t.Fatal("the pages were not shown")
		}
		for table, id := range ids {
			if strings.Contains(shown, id.String()) {
				t.Errorf("a page shows a row of %s", table)
			}
		}
	})
}
