package handlers_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"enlace/ent"
	"enlace/ent/history"
	"enlace/handlers"
	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/staff"
)

// with opens the office with one more page.
func with(t *testing.T, s *handlerstest.Site, method, path string, do func(*handlers.Web, *fiber.Ctx) error) *handlerstest.Site {
	t.Helper()
	web, err := handlers.NewWith(s.Web.Office, method, path, 1<<20, do)
	if err != nil {
		t.Fatal(err)
	}
	other := *s
	other.Web = web
	return &other
}

func TestWhatIsNotThereIsSaidCalmly(t *testing.T) {
	handlerstest.OnSQLite(t, func(t *testing.T, s *handlerstest.Site) {
		b := s.As("gerente")
		for _, path := range []string{"/nao-existe", "/acessos/x/nada", "/entrar/", "/%2e%2e/etc/passwd", "/static/../routes.go", "/static/nada.css"} {
			if page := b.Get(path); page.Status != http.StatusNotFound && page.Path != "/" {
				t.Errorf("%s: %d %s", path, page.Status, page.H1())
			}
		}
		page := b.Get("/nao-existe").Want(http.StatusNotFound)
		if page.H1() != "Página não encontrada" || page.Text(".en-nav") == "" || page.Click("Ir para o Painel").Path != "/" {
			t.Errorf("%q", page.Text("main"))
		}
	})
}

func TestAForeignSessionIsAnsweredAsOneThatIsNotThere(t *testing.T) {
	handlerstest.OnEachStore(t, func(t *testing.T, s *handlerstest.Site) {
		s.AsOther("gerente")
		var foreign string
		err := s.DB.Read(s.OtherCtx(), func(ctx context.Context, c *ent.Client) error {
			foreign = c.Session.Query().OnlyIDX(ctx).String()
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		b := s.As("gerente")
		token := b.Get("/").Form("Sair").Values.Get("csrf")
		var bodies []string
		for _, id := range []string{foreign, "018f0000-0000-7000-8000-000000000000", "nada"} {
			page := b.Post("/acessos/"+id+"/encerrar", url.Values{"csrf": {token}}).Want(http.StatusNotFound)
			bodies = append(bodies, page.Text("body"))
		}
		if bodies[0] != bodies[1] || bodies[1] != bodies[2] || !strings.Contains(bodies[0], "Página não encontrada") {
			t.Errorf("%q", bodies)
		}
	})
}

func TestAnUnknownHostIsNobodysOffice(t *testing.T) {
	handlerstest.OnEachStore(t, func(t *testing.T, s *handlerstest.Site) {
		for _, host := range []string{"ninguem.localhost", "localhost", "x.operador.localhost", "fibranorte.localhost.mau.example", "fibranorte", "a.fibranorte.localhost", "www.localhost:8080"} {
			page := s.BrowserAt(host).Get("/entrar").Want(http.StatusNotFound)
			if page.H1() != "Nenhum provedor neste endereço" || page.Has("Fibra Norte") {
				t.Errorf("%s: %s", host, page.Text("body"))
			}
		}
		if page := s.BrowserAt("ninguem.localhost").With("X-Forwarded-Host", "fibranorte.localhost").Get("/entrar"); page.Status != http.StatusNotFound {
			t.Errorf("a header chose the ISP: %d", page.Status)
		}
		for _, host := range []string{"FibraNorte.Localhost:8080", "fibranorte.localhost:80"} {
			s.BrowserAt(host).Get("/entrar").Want(http.StatusOK)
		}
	})
}

func TestAPanicIsACalmPageWhoseCodeIsInTheLog(t *testing.T) {
	handlerstest.OnSQLite(t, func(t *testing.T, s *handlerstest.Site) {
		s = with(t, s, "GET", "/cai", func(*handlers.Web, *fiber.Ctx) error { panic("segredo do banco") })
		page := s.As("gerente").Get("/cai").Want(http.StatusInternalServerError)
		code := page.Text("main .en-mono")
		if len(code) != 12 || code != page.Header.Get("X-Request-Id") || !strings.Contains(s.Log.String(), `"id":"`+code+`"`) {
			t.Errorf("code %q", code)
		}
		if page.Has("segredo") || !strings.Contains(s.Log.String(), "segredo do banco") || !strings.Contains(s.Log.String(), "errors_test.go") {
			t.Error("the cause is on the page, or not in the log")
		}
	})
}

func TestWhatTakesTooLongIsGivenUp(t *testing.T) {
	handlerstest.OnSQLite(t, func(t *testing.T, s *handlerstest.Site) {
		b := s.As("gerente")
		slow := with(t, s, "GET", "/demora", func(_ *handlers.Web, c *fiber.Ctx) error {
			ctx, cancel := context.WithTimeout(c.UserContext(), time.Millisecond)
			defer cancel()
			<-ctx.Done()
			return ctx.Err()
		})
		if _, bounded := deadline(t, s, b); !bounded {
			t.Error("a page's work has no end")
		}
		again := slow.Browser()
		again.SetCookie("sessao", b.Cookie("sessao"))
		if page := again.Get("/demora").Want(http.StatusServiceUnavailable); page.H1() != "Demorou demais" {
			t.Error(page.H1())
		}
	})
}

func deadline(t *testing.T, s *handlerstest.Site, b *handlerstest.Browser) (left time.Duration, bounded bool) {
	s = with(t, s, "GET", "/prazo", func(_ *handlers.Web, c *fiber.Ctx) error {
		var end time.Time
		end, bounded = c.UserContext().Deadline()
		left = time.Until(end)
		return nil
	})
	same := s.Browser()
	same.SetCookie("sessao", b.Cookie("sessao"))
	same.Get("/prazo").Want(http.StatusOK)
	return left, bounded
}

func TestARefusedActionNamesThePermissionAndStandsInTheHistory(t *testing.T) {
	handlerstest.OnEachStore(t, func(t *testing.T, s *handlerstest.Site) {
		s = with(t, s, "GET", "/gerir", func(w *handlers.Web, c *fiber.Ctx) error {
			_, err := w.Staff.Users(c.UserContext())
			return err
		})
		page := s.As("suporte").Get("/gerir").Want(http.StatusForbidden)
		if !page.Has("Falta a permissão: gerir usuários e permissões. O gerente pode dar.") {
			t.Errorf("%q", page.Text("main"))
		}
		err := s.DB.Read(s.Ctx(), func(ctx context.Context, c *ent.Client) error {
			row := c.History.Query().Where(history.Event("denied")).OnlyX(ctx)
			if row.After["permission"] != string(staff.ManageUsers) || row.ActorName != "Ana Prado" || row.Channel != "web" {
				t.Errorf("%v", row)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestABodyThatIsTooLargeIsRefusedByItsRoute(t *testing.T) {
	handlerstest.OnSQLite(t, func(t *testing.T, s *handlerstest.Site) {
		s = with(t, s, "POST", "/arquivo", func(_ *handlers.Web, c *fiber.Ctx) error { return c.SendString("lido") })
		b := s.As("gerente")
		token := b.Get("/").Form("Sair").Values.Get("csrf")
		send := func(path string, n int) *handlerstest.Page {
			return b.Post(path, url.Values{"csrf": {token}, "texto": {strings.Repeat("a", n)}})
		}
		for _, c := range []struct {
			path string
			size int
			want int
		}{
			{"/tema", 100 << 10, http.StatusOK},
			{"/tema", 300 << 10, http.StatusRequestEntityTooLarge},
			{"/tema", 10 << 20, http.StatusRequestEntityTooLarge},
			{"/arquivo", 900 << 10, http.StatusOK},
			{"/arquivo", 10 << 20, http.StatusRequestEntityTooLarge},
		} {
			page := send(c.path, c.size)
			if page.Status != c.want {
				t.Errorf("%d bytes to %s: %d", c.size, c.path, page.Status)
			}
			if c.want == http.StatusRequestEntityTooLarge && (page.H1() != "Envio grande demais" || page.Doc.Find("main a").AttrOr("href", "") != c.path || page.Header.Get("Content-Security-Policy") == "") {
				t.Errorf("%q, %v", page.H1(), page.Header)
			}
		}
	})
}

// The same over a wire, where the answer must arrive although the body is still being sent.
func TestABodyThatIsTooLargeIsAnsweredOverTheWire(t *testing.T) {
	handlerstest.OnSQLite(t, func(t *testing.T, s *handlerstest.Site) {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		go func() { _ = s.Web.App.Listener(listener) }()
		t.Cleanup(func() { _ = s.Web.App.Shutdown() })
		request, _ := http.NewRequest("POST", fmt.Sprintf("http://%s/entrar", listener.Addr()), bytes.NewReader(make([]byte, 10<<20)))
		request.Host = "fibranorte.localhost"
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil || response.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(string(body), "Envio grande demais") {
			t.Errorf("%d, %v", response.StatusCode, err)
		}
	})
}

func TestTheAddressOfARefusedFormLeadsToItsPage(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("gerente")
		service := "/servicos/" + o.Service(o.Maria).ID.String()
		for path, page := range map[string]string{service + "/habilitar": service, "/clientes/" + o.Maria.ID.String() + "/telegram": "/clientes/" + o.Maria.ID.String()} {
			if at := b.Get(path).Want(http.StatusOK); at.Path != page {
				t.Errorf("%s leads to %s", path, at.Path)
			}
		}
		token := url.Values{"csrf": {b.Get("/").Form("Sair").Values.Get("csrf")}}
		for path, allow := range map[string]string{"/clientes": "GET, HEAD", "/verificar/1": "GET, HEAD", service + "/conexoes": "GET, HEAD"} {
			if page := b.Post(path, token).Want(http.StatusMethodNotAllowed); page.Header.Get("Allow") != allow || page.H1() != "Não se pede assim" {
				t.Errorf("a form sent to %s: %q, %s", path, page.Header.Get("Allow"), page.Text("main"))
			}
		}
		if page := s.Browser().Post("/verificar/1", nil).Want(http.StatusMethodNotAllowed); page.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("a stranger's: %v", page.Header)
		}
		if page := s.Browser().Post("/clientes", nil); page.Path != "/entrar" { // what the office has is not told to strangers
			t.Errorf("a stranger is led to %s", page.Path)
		}
		b.Get("/nada/aqui").Want(http.StatusNotFound)
		b.Get("/clientes/" + o.Maria.ID.String() + "/nada").Want(http.StatusNotFound)
	})
}
