package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"enlace/handlers"
	"enlace/handlers/handlerstest"
)

func TestSigningInAndOut(t *testing.T) {
	handlerstest.OnEachStore(t, func(t *testing.T, s *handlerstest.Site) {
		b := s.Browser()
		page := b.Get("/").Want(http.StatusOK)
		if page.Path != "/entrar" || page.H1() != "Entrar" {
			t.Fatalf("nobody is signed in, and %s shows %q", page.Path, page.H1())
		}
		page = page.Form("Entrar").Set("E-mail", s.Hire("comercial")).Set("Senha", handlerstest.Password).Submit().Want(http.StatusOK)
		if page.Path != "/" || page.H1() != "Bom dia, Ana" || !page.Has("segunda-feira, 23 de novembro de 2026 · comercial") {
			t.Fatalf("%s shows %q", page.Path, page.Text("main"))
		}
		if again := b.Get("/entrar"); again.Path != "/" {
			t.Errorf("signed in, and asked to sign in at %s", again.Path)
		}
		if out := page.Press("Sair"); out.Path != "/entrar" {
			t.Errorf("after Sair: %s", out.Path)
		}
		if page := b.Get("/"); page.Path != "/entrar" {
			t.Errorf("signed out, and %s is open", page.Path)
		}
	})
}

func TestAWrongPasswordKeepsTheEmailAndSaysNothingOfWhichIsWrong(t *testing.T) {
	handlerstest.OnEachStore(t, func(t *testing.T, s *handlerstest.Site) {
		ana := s.Hire("comercial")
		var said []string
		for _, email := range []string{ana, "ninguem@fibranorte.example"} {
			page := s.Browser().Get("/entrar").Form("Entrar").Set("E-mail", email).Set("Senha", "errada-errada").Submit().Want(http.StatusUnprocessableEntity)
			form := page.Form("Entrar")
			if form.Value("E-mail") != email || form.Value("Senha") != "" || form.Error("E-mail") == "" || !strings.HasPrefix(page.Text("title"), "Erro: ") {
				t.Errorf("%v, %q", form.Values, page.Text("title"))
			}
			said = append(said, strings.Join(page.Problems(), " "))
		}
		if said[0] != "E-mail ou senha não conferem" || said[0] != said[1] {
			t.Errorf("%q", said)
		}
	})
}

func TestAfterFiveRefusalsTheFormAsksToWait(t *testing.T) {
	handlerstest.OnEachStore(t, func(t *testing.T, s *handlerstest.Site) {
		b, email := s.Browser(), s.Hire("comercial")
		for range 5 {
			b.Get("/entrar").Form("Entrar").Set("E-mail", email).Set("Senha", "errada-errada").Submit().Want(http.StatusUnprocessableEntity)
		}
		page := b.Get("/entrar").Form("Entrar").Set("E-mail", email).Set("Senha", handlerstest.Password).Submit().Want(http.StatusTooManyRequests)
		if page.Header.Get("Retry-After") != "900" || !page.Has("espere 15 minutos") {
			t.Errorf("Retry-After %s, %q", page.Header.Get("Retry-After"), page.Text("main"))
		}
		s.Pass(15 * time.Minute)
		b.SignIn(email, handlerstest.Password)
	})
}

func TestADisabledPersonIsSentToTheDoorAtTheNextPage(t *testing.T) {
	handlerstest.OnEachStore(t, func(t *testing.T, s *handlerstest.Site) {
		email := s.Hire("comercial")
		b := s.Browser()
		b.SignIn(email, handlerstest.Password)
		people, err := s.Staff.Users(s.Ctx())
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Staff.Disable(s.Ctx(), people[0].ID); err != nil {
			t.Fatal(err)
		}
		if page := b.Get("/"); page.Path != "/entrar" {
			t.Errorf("still at %s", page.Path)
		}
		b.Get("/entrar").Form("Entrar").Set("E-mail", email).Set("Senha", handlerstest.Password).Submit().Want(http.StatusUnprocessableEntity)
	})
}

func TestASessionOpensNoOtherISP(t *testing.T) {
	handlerstest.OnEachStore(t, func(t *testing.T, s *handlerstest.Site) {
		token := s.As("gerente").Cookie("sessao")
		stolen := s.BrowserAt("ondasul.localhost").With("Cookie", "sessao="+token)
		if page := stolen.Get("/"); page.Path != "/entrar" {
			t.Errorf("the other ISP let it in: %s", page.H1())
		}
		if page := s.Browser().With("Cookie", "sessao="+token).Get("/"); page.Path != "/" {
			t.Errorf("its own ISP did not: %s", page.Path)
		}
	})
}

func TestOneComesBackToWhereOneWantedToGo(t *testing.T) {
	handlerstest.OnSQLite(t, func(t *testing.T, s *handlerstest.Site) {
		page := s.Browser().Get("/acessos?ordem=ip")
		if page.Path != "/entrar?para=%2Facessos%3Fordem%3Dip" {
			t.Fatalf("sent to %s", page.Path)
		}
		page = page.Form("Entrar").Set("E-mail", s.Hire("suporte")).Set("Senha", handlerstest.Password).Submit()
		if page.Path != "/acessos?ordem=ip" || page.H1() != "Seus acessos" {
			t.Errorf("came back to %s", page.Path)
		}
		email := s.Hire("suporte")
		for _, elsewhere := range []string{"https://mau.example/", "//mau.example/", `/\mau.example/`, "mau", "/\tmau", "javascript:alert(1)"} {
			page := s.Browser().Get("/entrar?para=" + url.QueryEscape(elsewhere))
			if held := page.Form("Entrar").Values.Get("para"); held != "" {
				t.Errorf("%q would lead to %q", elsewhere, held)
			}
			form := page.Form("Entrar").Set("E-mail", email).Set("Senha", handlerstest.Password)
			form.Values.Set("para", elsewhere)
			if page := form.Submit(); page.Path != "/" {
				t.Errorf("%q led to %s", elsewhere, page.Path)
			}
		}
	})
}

func TestSigningInTakesATokenOfItsOwn(t *testing.T) {
	handlerstest.OnSQLite(t, func(t *testing.T, s *handlerstest.Site) {
		b := s.Browser()
		b.SetCookie("sessao", "fixada")
		b.SignIn(s.Hire("suporte"), handlerstest.Password)
		if token := b.Cookie("sessao"); token == "fixada" || len(token) != 43 {
			t.Errorf("the session is %q", token)
		}
	})
}

func TestCookiesAreBoundToTheHostWhereThereIsHTTPS(t *testing.T) {
	handlerstest.OnSQLite(t, func(t *testing.T, s *handlerstest.Site) {
		secure := handlerstest.Open(t, s.Office, func(o *handlers.Office) { o.Secure = true })
		page := secure.Browser().Get("/entrar")
		cookie := page.Header.Get("Set-Cookie")
		for _, want := range []string{"__Host-visita=", "secure", "HttpOnly", "SameSite=Lax", "path=/"} {
			if !strings.Contains(cookie, want) {
				t.Errorf("%s lacks %s", cookie, want)
			}
		}
		if strings.Contains(strings.ToLower(cookie), "domain") {
			t.Error(cookie)
		}
		if page.Header.Get("Strict-Transport-Security") == "" {
			t.Error("no HSTS")
		}
	})
}

func TestOneEndsAnotherBrowserOfOnesOwn(t *testing.T) {
	handlerstest.OnEachStore(t, func(t *testing.T, s *handlerstest.Site) {
		email := s.Hire("financeiro")
		office, home := s.Browser().With("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"), s.Browser().With("User-Agent", "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0")
		home.SignIn(email, handlerstest.Password)
		s.Pass(time.Second)
		office.SignIn(email, handlerstest.Password)
		page := office.Get("/").Click("Seus acessos")
		if !page.Has("Firefox no Linux") || !page.Has("Chrome no Windows") || page.Doc.Find("tbody tr").Length() != 2 {
			t.Fatalf("%q", page.Text("table"))
		}
		page = page.Press("Encerrar")
		if page.Toast() != "Acesso encerrado." || page.Doc.Find("tbody tr").Length() != 1 {
			t.Errorf("%q, %q", page.Toast(), page.Text("table"))
		}
		if again := office.Get("/acessos"); again.Toast() != "" {
			t.Error("said twice")
		}
		if page := home.Get("/"); page.Path != "/entrar" {
			t.Errorf("the other browser is at %s", page.Path)
		}
	})
}

func TestEveryRoleSeesTheRailItMayUse(t *testing.T) {
	handlerstest.OnSQLite(t, func(t *testing.T, s *handlerstest.Site) {
		for role, want := range map[string]string{
			"gerente":    "Painel Clientes Carnês Financeiro Caixa Atendimento e OS Atendimentos Ordens de serviço Relatórios Configurações",
			"comercial":  "Painel Clientes Carnês Financeiro Atendimento e OS Atendimentos Ordens de serviço Relatórios",
			"financeiro": "Painel Clientes Carnês Financeiro Caixa Atendimento e OS Atendimentos Ordens de serviço",
			"suporte":    "Painel Clientes Carnês Atendimento e OS Atendimentos Ordens de serviço",
			"tecnico":    "Painel Atendimento e OS Ordens de serviço",
		} {
			if got := s.As(role).Get("/").Text(".en-nav"); got != want {
				t.Errorf("%s sees %q", role, got)
			}
		}
	})
}
