package handlers_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"enlace/ent"
	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
)

func TestAdicionarServicosInFourPages(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		page := s.As("comercial").Get("/").Click("Clientes").Click("João Suspenso").Click("Adicionar Serviços").Want(http.StatusOK)
		if !page.Has("João Suspenso deve R$") {
			t.Errorf("nobody is told of the debt: %s", page.Text("main"))
		}
		form := page.Form("Avançar para Cobrança").Set("Desconto por mês, %", "99")
		refused := form.Submit().Want(http.StatusUnprocessableEntity)
		if got := refused.Form("Avançar para Cobrança"); got.Value("Desconto por mês, %") != "99" || !strings.Contains(got.Error("Desconto por mês, %"), "menor preço") {
			t.Errorf("beyond the cap: %v", refused.Problems())
		}
		page = refused.Form("Avançar para Cobrança").Set("Desconto por mês, %", "10").Submit().Want(http.StatusOK)
		page = page.Form("Avançar para Contrato").Submit().Want(http.StatusOK)
		page = page.Form("Avançar para Ordem de Serviço").Submit().Want(http.StatusOK)
		if !page.Has("1ª fatura, vence em") || !page.Has("dias ×") {
			t.Errorf("the review says %s", page.Text("aside"))
		}
		before := servicesOf(o, o.Joao)
		saved := page.Form("Salvar").Submit().Want(http.StatusOK)
		again := page.Form("Salvar").Submit().Want(http.StatusOK)
		if saved.Path != "/clientes/"+o.Joao.ID.String() || again.Path != saved.Path || servicesOf(o, o.Joao) != before+1 || !strings.Contains(saved.Toast(), "adicionado a João Suspenso") {
			t.Errorf("%s, then %s, %d services", saved.Path, again.Path, servicesOf(o, o.Joao)-before)
		}
	})
}

func TestNobodySellsToWhoIsDeactivatedOrAStranger(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		at := "/clientes/" + o.Maria.ID.String() + "/servicos/novo"
		s.AsOther("comercial").Get(at).Want(http.StatusNotFound)
		s.As("suporte").Get(at).Want(http.StatusForbidden)
		b := s.As("comercial")
		b.Get("/clientes/nada/servicos/novo").Want(http.StatusNotFound)
		open := b.Get(at).Want(http.StatusOK)
		if err := o.DB.Write(o.As("gerente"), func(ctx context.Context, c *ent.Client) error {
			return c.Customer.UpdateOneID(o.Maria.ID).SetActive(false).Exec(ctx)
		}); err != nil {
			t.Fatal(err)
		}
		for _, page := range []*handlerstest.Page{b.Get(at), open.Form("Avançar para Cobrança").Submit()} {
			if page.Status != http.StatusConflict || !page.Has("Maria Demonstração está desativado") {
				t.Errorf("%d %s", page.Status, page.Text("main"))
			}
		}
	})
}

// What no field takes is answered beside it, and stays as it was typed.
func TestEveryFieldOfTheCadastroSaysWhatIsWrong(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b, long := s.As("comercial"), strings.Repeat("a", 200)
		for _, kind := range []struct {
			tipo  string
			wrong map[string]string
		}{
			{"pf", map[string]string{"Nome completo": "", "Nascimento": "amanhã", "CPF": "😀", "RG": long, "Órgão emissor": long, "Emissão do RG": "31/02/2020", "Nome da mãe": long,
				"Nome do pai": long, "Nacionalidade": long, "Telefone": "<b>", "Outro telefone": "123", "Terceiro telefone": "x", "E-mail": "a@", "Outro e-mail": "não é"}},
			{"pj", map[string]string{"Razão social": long, "CNPJ": "11.222.333/0001-00", "Nome fantasia": long, "Responsável": long, "Inscrição estadual": long, "Inscrição municipal": long, "Telefone": ""}},
		} {
			form := b.Get("/clientes/novo?tipo=" + kind.tipo).Form("Avançar para Endereço")
			for label, typed := range kind.wrong {
				form.Set(label, typed)
			}
			page := form.Submit().Want(http.StatusUnprocessableEntity)
			refused := page.Form("Avançar para Endereço")
			for label, typed := range kind.wrong {
				if refused.Error(label) == "" || refused.Value(label) != typed {
					t.Errorf("%s %q: %q, and it holds %q", label, typed, refused.Error(label), refused.Value(label))
				}
			}
			if len(page.Problems()) != len(kind.wrong) || strings.Contains(page.Body, "<b>") && !strings.Contains(page.Body, "&lt;b&gt;") && kind.tipo == "pf" {
				t.Errorf("%s: the summary says %v", kind.tipo, page.Problems())
			}
		}
		// Pasted punctuation and marks that nobody sees are no mistake; markup is text.
		page := b.Get("/clientes/novo").Form("Avançar para Endereço").Set("Nome completo", "\u202eAna <i>Lima</i>").Set("Nascimento", "1990-03-14").
			Set("CPF", " 390.533.447-05\u200e").Set("Telefone", "+55 (91) 98888-7777").Submit().Want(http.StatusOK)
		if !strings.Contains(page.Path, "passo=2") {
			t.Errorf("it stays at %s: %v", page.Path, page.Problems())
		}
	})
}
