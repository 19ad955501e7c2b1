package handlers_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"enlace/ent"
	"enlace/ent/plan"
	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/tenanttest"
)

// mostRemoved is how many rows one step of a plan may read for nothing.
const mostRemoved = 100

// mostPassed is how many rows a step may pass over that has each looked up elsewhere: who is found by several words, in the order of names.
const mostPassed = 1_000

// mostLooked is how many rows one step of a search for several words may look at: not all 200,000 customers.
const mostLooked = 100_000

// few are tables that stay small whoever the ISP is, or have but a row or two of a customer's: a scan of one is no fault.
var few = []string{"tenants", "permissions", "plans", "groups", "origins", "saved_views", "sessions", "users", "billing_methods", "companies", "work_order_types",
	"ticket_types", "drafts", "trust_grants", "credits", "credit_uses", "reversals", "suspensions", "telegram_links", "contracts", "sequences", "outbox", "sellers", "sectors", "files", "office_policies", "local_holidays"}

// node is a step of a plan as EXPLAIN tells it.
type node struct {
	Type     string `json:"Node Type"`
	Relation string `json:"Relation Name"`
	Index    string `json:"Index Name"`
	Filter   string
	Removed  float64 `json:"Rows Removed by Filter"`
	Rows     float64 `json:"Actual Rows"`
	Loops    float64 `json:"Actual Loops"`
	Plans    []node
}

func (n node) walk(do func(node)) {
	do(n)
	for _, one := range n.Plans {
		one.walk(do)
	}
}

func TestPagesOfABigISPReadByIndex(t *testing.T) {
	o := demotest.OpenCrowd(t, 200_000)
	site := handlerstest.Open(t, &tenanttest.Office{DB: o.DB, Here: o.Here, Other: o.Other})
	b := site.Browser()
	b.SignIn("gerente@fibranorte.example", demotest.Password)
	who := o.Somebody(60_020)
	var sold *ent.Plan
	o.Read(func(ctx context.Context, c *ent.Client) error {
		sold = c.Plan.Query().Order(plan.ByName()).FirstX(ctx)
		return nil
	})
	for _, path := range []string{"/", "/clientes", "/clientes?pagina=400", "/clientes?ordem=numero&pagina=400", "/clientes?desativados=sim", "/clientes?atraso=sim",
		"/clientes?situacao=habilitado", "/clientes?situacao=suspenso_debito", "/clientes?situacao=aguardando_assinatura", "/clientes?plano=" + sold.ID.String(),
		"/clientes?cidade=BELEM", "/clientes?cidade=salin%C3%B3polis", "/clientes?q=maria+silva", "/clientes?q=zilda",
		"/buscar?q=silva", "/buscar?q=silv", "/buscar?q=maria+silva", "/buscar?q=z+silva+919", "/buscar?q=a", "/buscar?q=" + who.Document, "/buscar?q=91920", "/buscar?q=maria4000",
		"/clientes/" + who.ID.String(), "/clientes/" + who.ID.String() + "/financeiro", "/financeiro", "/financeiro?situacao=abertas", "/financeiro?situacao=pagas",
		"/financeiro?idade=31-60", "/financeiro?situacao=todas&ordem=ultimas&pagina=40", "/financeiro?situacao=contestadas", "/financeiro?situacao=parte", "/financeiro?q=maria4000", "/financeiro?q=91920",
		"/clientes/" + who.ID.String() + "/extrato", "/relatorios/recebimentos", "/relatorios/financeiro", "/carnes", "/atendimentos", "/ordens-de-servico"} {
		for _, asked := range o.Asked(func() { b.Get(path).Want(http.StatusOK) }) {
			if strings.HasPrefix(asked.Text, "SELECT") {
				plan, told := explained(o, asked)
				indexed := false
				plan.walk(func(n node) {
					bare := n.Type == "Seq Scan" && n.Rows+n.Removed < 2 // the crowd has one or none: there is nothing to choose an index for
					grows := n.Relation != "" && !slices.Contains(few, n.Relation) && !bare
					if grows && n.Type == "Seq Scan" {
						t.Errorf("%s scans all of %s\n%s\n%s", path, n.Relation, asked.Text, told)
					}
					if looked := (n.Rows + n.Removed) * n.Loops; strings.Contains(path, "q=maria+silva") && looked > mostLooked {
						t.Errorf("%s looks at %v rows\n%s\n%s", path, looked, asked.Text, told)
					}
					most := float64(mostRemoved)
					if strings.Contains(n.Filter, "(SubPlan") {
						most = mostPassed
					}
					if n.Removed >= most {
						t.Errorf("%s reads %v rows for nothing\n%s\n%s", path, n.Removed, asked.Text, told)
					}
					indexed = indexed || n.Index != "" || n.Relation != "" && !grows
				})
				if !indexed && !strings.Contains(told, "One-Time Filter: false") {
					t.Errorf("%s names no index\n%s\n%s", path, asked.Text, told)
				}
			}
		}
	}
}

// explained runs a statement once more, inside the ISP's own transaction and as the role its pages have, and returns its plan.
func explained(o *demotest.Office, asked demotest.Statement) (plan node, told string) {
	o.T.Helper()
	o.Read(func(ctx context.Context, c *ent.Client) error {
		var role, answer string
		scan := func(statement string, into *string, args ...any) error {
			rows, err := c.QueryContext(ctx, statement, args...)
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				if err := rows.Scan(into); err != nil {
					return err
				}
			}
			return rows.Err()
		}
		if err := scan("SELECT current_user", &role); err != nil || role != "enlace_app" {
			return fmt.Errorf("it runs as %q: %w", role, err)
		}
		if err := scan("EXPLAIN (ANALYZE, FORMAT JSON) "+asked.Text, &answer, asked.Args...); err != nil {
			return fmt.Errorf("%s: %w", asked.Text, err)
		}
		var plans []struct{ Plan node }
		if err := json.Unmarshal([]byte(answer), &plans); err != nil {
			return err
		}
		plan, told = plans[0].Plan, answer
		return nil
	})
	return plan, told
}
