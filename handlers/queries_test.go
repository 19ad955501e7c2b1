package handlers_test

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"enlace/ent"
	"enlace/ent/address"
	"enlace/ent/booklet"
	"enlace/ent/charge"
	"enlace/ent/invoice"
	"enlace/ent/user"
	"enlace/handlers/handlerstest"
	"enlace/tenants"
	"enlace/tenants/demo"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/tenanttest"
)

// mostQueries is what a page may ask the database, who is signed in among it; the begin and the end of a transaction are no questions.
const mostQueries = 12

// hundred is the demonstration with 100 customers in each ISP.
var hundred = tenanttest.Seed{Sow: func(db *tenants.DB) error {
	vault, err := tenants.NewVault(make([]byte, tenants.VaultKeyBytes))
	if err != nil {
		return err
	}
	_, err = demo.Load(context.Background(), demo.Options{DB: db, Vault: vault, Password: demotest.Password, Customers: 100})
	return err
}}

// TestAPageAsksLittleHoweverMuchItShows opens every page of the table, and some with something asked of them, where there are two customers
// and where there are a hundred.
func TestAPageAsksLittleHoweverMuchItShows(t *testing.T) {
	for name, open := range map[string]func(*tenanttest.Seed, testing.TB, *tenanttest.Probe) *tenants.DB{
		"sqlite": (*tenanttest.Seed).SQLiteProbed, "postgres": (*tenanttest.Seed).PostgresProbed,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			few := asking(t, demotest.Open(t, open))
			probe := &tenanttest.Probe{}
			many := asking(t, demotest.Over(t, open(&hundred, t, probe), probe))
			for path, n := range many {
				if n > mostQueries {
					t.Errorf("%s asks %d times", path, n)
				}
				if n > few[path] && !strings.HasSuffix(path, ":atrasado") { // the one who is late is another one
					t.Errorf("%s asks %d times of two customers, %d times of a hundred", path, few[path], n)
				}
			}
			t.Logf("%d pages", len(many))
		})
	}
}

// notPages are answered with bytes, once somebody asks for them, or are of a file that nobody has sent here.
var notPages = regexp.MustCompile(`\.(pdf|css|png|csv|json)$|^/entrar$|/importar/arquivos/`)

// asking is how often each page asks, by its line of the table.
func asking(t *testing.T, o *demotest.Office) map[string]int {
	t.Helper()
	s := handlerstest.Open(t, &tenanttest.Office{DB: o.DB, Here: o.Here, Other: o.Other})
	b := s.Browser()
	b.SignIn("gerente@fibranorte.example", demotest.Password)
	counts, known := map[string]int{}, idsOf(o)
	lines := []string{"/clientes/:devedor", "/clientes/:atrasado", "/servicos/:atrasado", "/clientes?q=a", "/clientes?q=maria+demo", "/clientes?q=1", "/clientes?situacao=habilitado&atraso=sim&cidade=Belem", "/buscar?q=maria", "/buscar?q=maria+d",
		"/buscar?q=1", "/carnes?situacao=vencido", "/carnes?q=1", "/financeiro?situacao=abertas", "/financeiro?situacao=pagas", "/relatorios/vendas?por=grupo", "/relatorios/vendas?por=vendedor"}
	for _, r := range s.Web.Routes() {
		if r.Method == http.MethodGet && !notPages.MatchString(r.Path) {
			lines = append(lines, r.Path)
		}
	}
	for _, line := range lines {
		path := line
		for _, id := range known {
			if strings.HasPrefix(path, id.at) {
				path = strings.Replace(path, id.mark, id.is, 1)
			}
		}
		counts[line] = len(o.Asked(func() { b.Get(path).Want(http.StatusOK) }))
	}
	return counts
}

// known says what stands for an id in the lines that begin so.
type known struct{ at, mark, is string }

func idsOf(o *demotest.Office) (all []known) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		of := func(id interface{ String() string }) string { return id.String() }
		late := c.Charge.Query().Where(charge.ClosedAtIsNil(), charge.CancelledAtIsNil(), charge.Suspends(true), charge.CustomerIDNEQ(o.Joao.ID)).Order(charge.ByDue()).FirstX(ctx)
		all = []known{
			{"/clientes/", ":devedor", of(o.Joao.ID)},
			{"/clientes/", ":atrasado", of(late.CustomerID)},
			{"/servicos/", ":atrasado", of(*late.SubscriptionID)},
			{"/clientes/", ":id", of(o.Maria.ID)},
			{"/clientes/", ":endereco", of(c.Address.Query().Where(address.CustomerID(o.Maria.ID)).FirstX(ctx).ID)},
			{"/servicos/", ":id", of(o.Service(o.Joao).ID)},
			{"/carnes/", ":id", of(c.Booklet.Query().Where(booklet.CustomerID(o.Maria.ID)).FirstX(ctx).ID)},
			{"/verificar/", ":numero", "1"},
			{"/configuracoes/modelos/", ":id", of(c.ContractTemplate.Query().FirstX(ctx).ID)},
			{"/configuracoes/importar/", ":tipo", "planos"},
			{"/contratos/", ":id", of(c.Contract.Query().FirstX(ctx).ID)},
			{"/faturas/", ":id", of(c.Invoice.Query().Where(invoice.CustomerID(o.Maria.ID)).FirstX(ctx).ID)},
			{"/cobrancas/", ":id", of(c.Charge.Query().Where(charge.CustomerID(o.Maria.ID)).FirstX(ctx).ID)},
			{"/configuracoes/equipe/", ":id", of(c.User.Query().Where(user.RoleEQ(user.RoleTecnico)).FirstX(ctx).ID)},
			{"/configuracoes/", ":sala", "planos"},
			{"/configuracoes/", ":id", of(c.Plan.Query().FirstX(ctx).ID)},
		}
		return nil
	})
	return all
}
