package handlers_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"enlace/ent"
	"enlace/ent/address"
	"enlace/handlers/handlerstest"
	"enlace/jobs"
	"enlace/tenants/demo/demotest"
)

// postOffice answers as the public services of CEPs do.
func postOffice(t *testing.T) string {
	t.Helper()
	answers := map[string]string{
		"66035145": `{"cep":"66035-145","logradouro":"Avenida Nazaré","bairro":"Nazaré","localidade":"Belém","uf":"PA","ibge":"1501402"}`,
		"69005070": `{"cep":"69005-070","logradouro":"Rua Ramos <b>Ferreira</b>","bairro":"Centro","localidade":"Manaus","uf":"AM","ibge":"1302603"}`,
		"68743000": `{"cep":"68743-000","logradouro":"","bairro":"","localidade":"Castanhal","uf":"PA","ibge":"1502400"}`,
		"99999999": `{"erro":"true"}`,
		"11111111": `<html>`,
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, answers[strings.Trim(r.URL.Path, "/")])
	}))
	t.Cleanup(server.Close)
	return server.URL + "/%s"
}

// atAddress is a wizard that has come to the step Endereço.
func atAddress(b *handlerstest.Browser) *handlerstest.Page {
	return b.Get("/clientes/novo").Form("Avançar para Endereço").Set("Nome completo", "Ana Beatriz Lima").Set("Nascimento", "14/03/1990").
		Set("CPF", "390.533.447-05").Set("Telefone", "(91) 98888-7777").Submit().Want(http.StatusOK)
}

// shows says how a form's address reads: street, district, city, state and code of the city.
func shows(f *handlerstest.Form, of string) string {
	var all []string
	for _, label := range []string{"CEP", "Logradouro", "Bairro", "Cidade", "UF", "IBGE"} {
		all = append(all, f.Value(label+of))
	}
	return strings.Join(all, "|")
}

func TestBuscarCEPFillsTheAddress(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		s.Web.CEPs = jobs.NewCEPs(postOffice(t))
		b := s.As("comercial")
		page := atAddress(b)
		search := func(button, of, cep string) *handlerstest.Form {
			page = page.Form(button).Set("CEP"+of, cep).Submit().Want(http.StatusOK)
			return page.Form("Avançar para Plano")
		}
		if got := shows(search("Buscar CEP", "", "66035145"), ""); got != "66035-145|Avenida Nazaré|Nazaré|Belém|PA|1501402" || !page.Has("Endereço preenchido pelo CEP") {
			t.Errorf("a known CEP: %s", got)
		}
		if page.Text("h1") != "Adicionar Cliente" || !strings.Contains(page.Body, `name="numero" type="text" value="" autocomplete="off" aria-describedby="numero-d" autofocus`) {
			t.Error("the house number does not have the focus")
		}
		if got := shows(search("Buscar CEP", "", "69005-070"), ""); got != "69005-070|Rua Ramos <b>Ferreira</b>|Centro|Manaus|AM|1302603" || strings.Contains(page.Body, "<b>Ferreira") {
			t.Errorf("another one after it: %s", got)
		}
		if got := shows(search("Buscar CEP", "", "68743-000"), ""); got != "68743-000|||Castanhal|PA|1502400" || !page.Has("Este CEP é de toda a cidade") {
			t.Errorf("a CEP geral: %s", got)
		}
		page = page.Form("Buscar CEP").Set("CEP", "66035-145").Set("Logradouro", "Travessa 14").Set("Número", "S/N").Submit().Want(http.StatusOK)
		if got := shows(page.Form("Avançar para Plano"), ""); got != "66035-145|Travessa 14|Nazaré|Belém|PA|1501402" ||
			!page.Has("Em Logradouro ficou o que você digitou; o CEP diz “Avenida Nazaré”.") || page.Form("Avançar para Plano").Value("Número") != "S/N" {
			t.Errorf("a street typed before: %s", got)
		}
		for cep, said := range map[string]string{"99999-999": "Este CEP não foi encontrado", "11111-111": "A busca de CEP não respondeu"} {
			if got := shows(search("Buscar CEP", "", cep), ""); got != cep+"|Travessa 14||||" || !page.Has(said) {
				t.Errorf("%s: %s", cep, got)
			}
		}
		wrong := page.Form("Buscar CEP").Set("CEP", "6603").Submit().Want(http.StatusUnprocessableEntity)
		if got := wrong.Form("Buscar CEP"); got.Value("Logradouro") != "Travessa 14" || got.Error("CEP") == "" {
			t.Errorf("no CEP: %v", got.Values)
		}

		search("Buscar CEP", "", "66035-145")
		page = page.Form("Avançar para Plano").Set("Número", "500").Submit().Want(http.StatusOK)
		back := b.Get(strings.Replace(page.Path, "passo=3", "passo=2", 1)).Form("Buscar CEP") // what was found is told apart from what was typed even after a return
		page = back.Set("CEP", "69005-070").Submit().Want(http.StatusOK)
		if got := shows(page.Form("Avançar para Plano"), ""); got != "69005-070|Travessa 14|Centro|Manaus|AM|1302603" {
			t.Errorf("after a return: %s", got)
		}
	})
}

func TestBuscarCEPOfTheBillingAddressLeavesTheOther(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		s.Web.CEPs = jobs.NewCEPs(postOffice(t))
		page := atAddress(s.As("comercial")).Form("Buscar CEP").Set("CEP", "66035-145").Submit().Want(http.StatusOK)
		page = page.Form("Buscar CEP de cobrança").Set("Número", "500").Set("Cobrança no mesmo endereço", "não").Set("CEP de cobrança", "69005-070").Submit().Want(http.StatusOK)
		form := page.Form("Avançar para Plano")
		if got := shows(form, ""); got != "66035-145|Avenida Nazaré|Nazaré|Belém|PA|1501402" {
			t.Errorf("the main address: %s", got)
		}
		if got := shows(form, " de cobrança"); got != "69005-070|Rua Ramos <b>Ferreira</b>|Centro|Manaus|AM|1302603" || form.Values.Has("cobranca_igual") {
			t.Errorf("the billing address: %s, %v", got, form.Values["cobranca_igual"])
		}
		page = form.Set("Número de cobrança", "7").Submit().Want(http.StatusOK)
		for _, next := range []string{"Avançar para Contrato", "Avançar para Cobrança", "Avançar para Ordem de Serviço", "Salvar"} {
			page = page.Form(next).Submit().Want(http.StatusOK)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			for cep, ibge := range map[string]string{"66035145": "1501402", "69005070": "1302603"} {
				row := c.Address.Query().Where(address.Cep(cep), address.Ibge(ibge)).Order(ent.Desc(address.FieldID)).FirstX(ctx)
				if row.HouseNumber != map[string]string{"66035145": "500", "69005070": "7"}[cep] {
					t.Errorf("%s is number %s", cep, row.HouseNumber)
				}
			}
			return nil
		})
	})
}

func TestBuscarCEPSwapsTheFieldsAlone(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		s.Web.CEPs = jobs.NewCEPs(postOffice(t))
		b := s.As("comercial")
		form := atAddress(b).Form("Buscar CEP").Set("CEP", "66035-145")
		part := b.HTMX().Post("/clientes/novo", form.Values).Want(http.StatusOK)
		if strings.Contains(part.Body, "<html") || !strings.Contains(part.Body, `id="lugares"`) || !strings.Contains(part.Body, "Avenida Nazaré") {
			t.Errorf("htmx gets %.200s", part.Body)
		}
	})
}

func TestWithoutServicesOfCEPsTheAddressIsTyped(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		page := atAddress(s.As("comercial")).Form("Buscar CEP").Set("CEP", "66035-145").Set("Bairro", "Nazaré").Submit().Want(http.StatusOK)
		if got := shows(page.Form("Avançar para Plano"), ""); got != "66035-145||Nazaré|||" || !page.Has("digite o endereço") {
			t.Errorf("it shows %s", got)
		}
	})
}
