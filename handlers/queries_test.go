package handlers_test

import (
	"net/http"
	"sync/atomic"
	"testing"

	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
)

// mostQueries is what a page may ask the database, who is signed in among it; the begin and the end of a transaction are no questions.
const mostQueries = 12

// mostOfACustomer is what a customer's page may ask: services, what is owed and the history come together there.
const mostOfACustomer = 20

func TestAPageAsksLittleHoweverMuchItShows(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.Browser()
		b.SignIn("gerente@fibranorte.example", demotest.Password)
		for _, path := range []string{"/", "/clientes", "/clientes?q=a", "/buscar?q=maria", "/clientes/" + o.Maria.ID.String(), "/clientes/" + o.Joao.ID.String(),
			"/clientes/" + o.Maria.ID.String() + "/financeiro", "/clientes/" + o.Maria.ID.String() + "/contatos", "/clientes/" + o.Maria.ID.String() + "/atendimentos", "/clientes/" + o.Maria.ID.String() + "/ordens-de-servico",
			"/atendimentos", "/ordens-de-servico", "/carnes", "/carnes?situacao=vencido", "/carnes?q=1"} {
			var asked atomic.Int64
			o.Watch(func(statement string) {
				if statement != "BEGIN" && statement != "COMMIT" {
					asked.Add(1)
				}
			})
			b.Get(path).Want(http.StatusOK)
			o.Watch(nil)
			most := int64(mostQueries)
			if path == "/clientes/"+o.Maria.ID.String() || path == "/clientes/"+o.Joao.ID.String() {
				most = mostOfACustomer
			}
			if n := asked.Load(); n > most {
				t.Errorf("%s asks %d times", path, n)
			}
		}
	})
}
