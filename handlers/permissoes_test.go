package handlers_test

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	entries "enlace/ent/history"
	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/staff"
	"enlace/tenants/tenanttest"
)

// asks is the permission that each form of the office asks for (product.md §9), and with it those that begin alike and are named nowhere else.
// A form that is nobody's but one's own asks for none. What the night could not bill is charged again by whoever charges.
var asks = []struct {
	permission staff.Permission
	paths      []string
}{
	{"", []string{"/sair", "/tema", "/acessos/:id/encerrar", "/rascunhos/:id/descartar", "/clientes/visoes/:id/esquecer", "/financeiro/visoes/:id/esquecer"}},
	{staff.See, []string{"/clientes/visoes", "/financeiro/visoes"}},
	{staff.Sell, []string{"/clientes/", "/servicos/", "/contratos/"}},
	{staff.Trust, []string{"/servicos/:id/desbloqueio"}},
	{staff.Charge, []string{"/carnes/", "/faturas/", "/cobrancas/", "/eventos/", "/clientes/:id/carnes/novo", "/clientes/:id/cobrancas/nova", "/clientes/:id/eventos/novo",
		"/configuracoes/rotinas/:rotina/:id"}},
	{staff.Receive, []string{"/faturas/:id/baixa", "/faturas/:id/credito", "/faturas/:id/aviso", "/clientes/:id/baixa", "/caixa", "/correspondentes/:id/repasse", "/cobrancas/:id/contestar",
		"/cobrancas/:id/contestacao", "/cobrancas/:id/baixa", "/cobrancas/:id/credito", "/clientes/:id/acordos/novo", "/acordos/", "/financeiro/"}},
	{staff.Reverse, []string{"/pagamentos/:id/estorno"}},
	{staff.Attend, []string{"/atendimentos/", "/ordens-de-servico/", "/servicos/:id/ordens-de-servico/nova"}},
	{staff.Outages, []string{"/falhas/"}},
	{staff.Enable, []string{"/servicos/:id/habilitar", "/servicos/:id/login", "/ordens-de-servico/:id/habilitar"}},
	{staff.Suspend, []string{"/servicos/:id/suspender"}},
	{staff.Cancel, []string{"/servicos/:id/cancelamento"}},
	{staff.Undo, []string{"/servicos/:id/desfazer"}},
	{staff.Override, []string{"/servicos/:id/poupar", "/caixas/:id/fechar"}}, // somebody else's caixa
	{staff.Configure, []string{"/configuracoes/"}},
	{staff.ManageUsers, []string{"/configuracoes/equipe/", "/configuracoes/permissoes"}},
	{staff.Trace, []string{"/configuracoes/quem-usou"}},
}

// asked is what a form asks for: the longest beginning that is named says it.
func asked(path string) (p staff.Permission, known bool) {
	longest := 0
	for _, one := range asks {
		for _, named := range one.paths {
			if (named == path || strings.HasSuffix(named, "/") && strings.HasPrefix(path, named) || named == "/caixa" && strings.HasPrefix(path, named)) && len(named) > longest {
				p, known, longest = one.permission, true, len(named)
			}
		}
	}
	return p, known
}

// forged is what stands in every one of them: enough for whoever may.
var forged = map[string]string{"valor": "10,00", "novo_valor": "10,00", "pago_em": "hoje", "data": "hoje", "vencimento": "hoje", "novo_vencimento": "hoje", "mes": "hoje", "ate": "hoje",
	"canal": "counter", "resposta": "procedente", "poupar": "nunca", "efeito": "acrescimo", "dias": "10", "partes": "1", "parcelas": "12", "previa": "vista", "email": "ana@exemplo.com.br",
	"empresa": demotest.Nobody.String(), "modelo": demotest.Nobody.String(), "servico": demotest.Nobody.String(), "motivo": said, "motivo_cancelamento": said, "motivo_edicao": said, "explicacao": said,
	"contestacao": said, "observacao": said, "descricao": said, "nova_descricao": said, "nome": said, "corpo": said, "meio": "dinheiro"}

const said = "combinado por telefone"

// anybodys are the pages that open to whoever is signed in: what is his own, and what is nobody's.
var anybodys = []string{"/", "/acessos", "/rascunhos", "/ordens-de-servico", "/ordens-de-servico/agenda", "/carnes/:id/impressao",
	"/configuracoes/importar/:tipo.csv", "/componentes"}

// Of the office a technician sees his own visits and nothing else, not even by their addresses.
func TestATechnicianOpensNoPageOfTheOffice(t *testing.T) {
	t.Parallel()
	o := demotest.OpenSQLite(t)
	files(o)
	known := slices.Concat(lived(t, o), arranged(t, o), idsOf(o))
	s := handlerstest.Open(t, &tenanttest.Office{DB: o.DB, Here: o.Here, Other: o.Other})
	b := s.As("tecnico").Staying()
	for _, r := range s.Web.Routes() {
		if r.Method != http.MethodGet || r.Open || slices.Contains(anybodys, r.Path) {
			continue
		}
		if page := b.Get(addressed(known, r.Path)); page.Status != http.StatusForbidden && page.Status != http.StatusNotFound || page.Has("Maria Demonstração") {
			t.Errorf("%s: %d %s", r.Path, page.Status, page.H1())
		}
	}
	for _, path := range anybodys {
		if page := b.Get(addressed(known, path)); page.Has("Maria Demonstração") {
			t.Errorf("%s names Maria", path)
		}
	}
}

// withFile are the forms that send a file.
var withFile = []string{"/financeiro/retornos", "/atendimentos/:id/anexos", "/ordens-de-servico/:id/anexos", "/configuracoes/importar/:tipo", "/configuracoes/marca/logo"}

// Whoever forges a form that his role has no button for is told which permission is missing, whatever is in it, and nothing happens; whoever
// has the permission is not.
func TestEveryFormOfTheOfficeAsksForItsPermission(t *testing.T) {
	t.Parallel()
	o := demotest.OpenSQLite(t)
	files(o)
	known := slices.Concat(lived(t, o), arranged(t, o), idsOf(o))
	s := handlerstest.Open(t, &tenanttest.Office{DB: o.DB, Here: o.Here, Other: o.Other})
	for _, has := range []bool{false, true} { // those who may come last: what they do cannot be undone
		for _, role := range staff.Roles {
			b, granted := s.As(role).Staying(), map[staff.Permission]bool{}
			token := b.Get("/acessos").Form("Sair").Values.Get("csrf")
			o.Read(func(ctx context.Context, c *ent.Client) (err error) {
				granted, err = staff.Granted(ctx, c, role)
				return err
			})
			answers := func(of func(path string, p staff.Permission, page *handlerstest.Page)) {
				for _, r := range s.Web.Routes() {
					p, named := asked(r.Path)
					switch {
					case r.Method != http.MethodPost || r.Open || p == "" && named:
					case has && p == staff.ManageUsers: // or the gerente would take every permission away
					case !named:
						t.Fatalf("nobody says what %s asks for: name it in asks", r.Path)
					case granted[p] == has:
						of(r.Path, p, forge(t, b, addressed(known, r.Path), token, slices.Contains(withFile, r.Path)))
					}
				}
			}
			if has {
				answers(func(path string, p staff.Permission, page *handlerstest.Page) {
					if page.Status == http.StatusForbidden {
						t.Errorf("%s may %s, and not %s: %s", role, p, path, page.Text("main"))
					}
				})
				continue
			}
			before := happenings(o)
			o.Unchanged(t, func() {
				answers(func(path string, p staff.Permission, page *handlerstest.Page) {
					if page.Status != http.StatusForbidden && (page.Status != http.StatusNotFound || !strings.Contains(addressed(known, path), ":")) {
						t.Errorf("%s sends %s, which asks for %s: %d %s %v", role, path, p, page.Status, page.H1(), page.Problems())
					}
				})
			}, "history", "sessions")
			if after := happenings(o); after != before {
				t.Errorf("%s had %d things happen", role, after-before)
			}
		}
	}
}

// happenings is how many things stand in the history, but for the refusals.
func happenings(o *demotest.Office) (n int) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		n = c.History.Query().Where(entries.EventNEQ("denied")).CountX(ctx)
		return nil
	})
	return n
}

// forge sends what no button would.
func forge(t *testing.T, b *handlerstest.Browser, path, token string, file bool) *handlerstest.Page {
	t.Helper()
	values := url.Values{"csrf": {token}, "key": {uuid.NewString()}}
	for name, typed := range forged {
		values.Set(name, typed)
	}
	if !file {
		return b.Post(path, values)
	}
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	for name := range values {
		if err := parts.WriteField(name, values.Get(name)); err != nil {
			t.Fatal(err)
		}
	}
	one, err := parts.CreateFormFile("arquivo", "a.csv")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := one.Write([]byte("nome;preco\r\nx;1\r\n")); err != nil {
		t.Fatal(err)
	}
	if err := parts.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Send(path, parts.FormDataContentType(), &body)
}
