package handlers_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"enlace/ent"
	"enlace/handlers/handlerstest"
	"enlace/tenants/bots"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/status"
)

func TestDesbloqueioEmConfiancaByTheOffice(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("suporte")
		page := b.Get("/buscar?q=joao").Click("João Suspenso")
		if !page.Has("Suspenso por Débito") {
			t.Fatalf("João's page shows %s", page.Text("main"))
		}
		form := page.Click("Desbloqueio em Confiança").Form("Salvar")
		refused := form.Set("Data", "22/11/2026").Submit().Want(http.StatusUnprocessableEntity)
		if problems := refused.Problems(); len(problems) != 2 {
			t.Errorf("a day gone by and no reason: %v", problems)
		}
		page = refused.Form("Salvar").Set("Data", "24/11/2026").Set("Motivo / Observação", "paga amanhã cedo").Submit().Want(http.StatusOK)
		if !page.Has("Em confiança até 25/11, 08:00") || !page.Has("Desbloqueio em Confiança até 25/11/2026, 08:00") || !page.Has("paga amanhã cedo") || !strings.Contains(page.Toast(), "liberado em confiança até 25/11 às 08:00") {
			t.Errorf("%s shows %s", page.Path, page.Text("main"))
		}
		if !page.Has("o serviço já está liberado em confiança") {
			t.Error("Outras Opções does not say why it cannot be done again")
		}
		if s.As("tecnico").Get("/servicos/"+o.Service(o.Joao).ID.String()+"/desbloqueio").Status != http.StatusForbidden {
			t.Error("a technician unblocks")
		}
	})
}

func TestWhatIsNotPossibleSaysWhy(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		page := s.As("gerente").Get("/clientes/" + o.Maria.ID.String())
		for _, why := range []string{"já está habilitado", "o serviço não está suspenso por débito", "não há fatura vencida que suspenda"} {
			if !page.Has(why) {
				t.Errorf("Maria's options do not say %q: %s", why, page.Text(".en-more"))
			}
		}
		b := s.As("gerente")
		maria := "/servicos/" + o.Service(o.Maria).ID.String()
		form := b.Get("/clientes/novo").Form("Avançar para Endereço") // any page gives a token
		forced := b.Post(maria+"/suspender", form.Set("Nome completo", "x").Values).Want(http.StatusUnprocessableEntity)
		if o.Service(o.Maria).Status != status.Enabled {
			t.Errorf("a forced suspension went through: %s", forced.H1())
		}
	})
}

func TestTheCustomersPageAndTheServicesSayTheSameOfWhatCanBeDone(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		o.Pass(22 * 24 * time.Hour) // Maria's instalment of 10/12 is overdue, and nobody has told her
		b := s.As("gerente")
		card := b.Get("/clientes/" + o.Maria.ID.String()).Want(http.StatusOK)
		page := b.Get("/servicos/" + o.Service(o.Maria).ID.String()).Want(http.StatusOK)
		if card.Text(".en-more") != page.Text(".en-more") || !card.Has("Suspender por Débito: nenhum aviso de débito foi registrado") {
			t.Errorf("the customer's page says %q, the service's %q", card.Text(".en-more"), page.Text(".en-more"))
		}
		if joao := b.Get("/clientes/" + o.Joao.ID.String()); !joao.Has("Habilitar: há uma fatura vencida") {
			t.Errorf("João's options are %s", joao.Text(".en-more"))
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Subscription.UpdateOneID(o.Service(o.Joao).ID).SetStatus(status.Cancelled).Exec(ctx)
		})
		if joao := b.Get("/clientes/" + o.Joao.ID.String()); joao.Doc.Find(".en-slip .en-more").Length() != 0 {
			t.Errorf("a cancelled service offers %s", joao.Text(".en-more"))
		}
	})
}

func TestADiscountIsSeenWhereverThePriceIs(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Subscription.UpdateOneID(o.Service(o.Maria).ID).SetDiscountPercent(15_00).Exec(ctx)
		})
		b, own := s.As("gerente"), "/clientes/"+o.Maria.ID.String()
		for _, path := range []string{own, "/servicos/" + o.Service(o.Maria).ID.String(), own + "/carnes/novo"} {
			if page := b.Get(path).Want(http.StatusOK); !page.Has("76,41") || !page.Has("89,90 \u2212 15 %") {
				t.Errorf("%s shows %s", path, page.Text("main"))
			}
		}
	})
}

func TestVincularTelegramShowsALinkOnceThereIsABot(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("comercial")
		maria := b.Get("/clientes/" + o.Maria.ID.String())
		if none := maria.Press("Vincular Telegram").Want(http.StatusConflict); none.H1() != "Contatos de Maria Demonstração" || none.Text(".en-verdict") == "" {
			t.Errorf("without a bot: %s", none.Text("main"))
		}
		if err := (bots.Desk{DB: o.DB, Vault: o.Vault}).SetBot(s.Ctx(), "123:abc", "fibranorte_bot"); err != nil {
			t.Fatal(err)
		}
		page := maria.Press("Vincular Telegram").Want(http.StatusOK)
		if link := page.Text("a.en-mono"); !strings.HasPrefix(link, "https://t.me/fibranorte_bot?start=") || len(link) < 60 {
			t.Errorf("the link is %q", link)
		}
		s.AsOther("gerente").Post("/clientes/"+o.Maria.ID.String()+"/telegram", maria.Form("Vincular Telegram").Values).Want(http.StatusForbidden)
	})
}

func TestTheListFiltersAndItsPagesKeepTheFilter(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		page := s.As("comercial").Get("/clientes?situacao=suspenso_debito").Want(http.StatusOK)
		if !page.Has("João Suspenso") || page.Has("Maria Demonstração") {
			t.Errorf("suspended are %s", page.Text("table"))
		}
		if page := s.As("comercial").Get("/clientes?q=demonstracao"); !page.Has("Maria Demonstração") || page.Has("João Suspenso") {
			t.Errorf("found are %s", page.Text("table"))
		}
		if strings.Contains(page.Body, "52998224725") {
			t.Error("a CPF stands in full in a list")
		}
	})
}

func TestAServiceIsGivenALoginThatFindsItsCustomer(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		own := "/servicos/" + o.Service(o.Maria).ID.String()
		b := s.As("suporte")
		if b.Get("/buscar?q=maria@fibranorte").Want(http.StatusOK); !b.Get("/buscar?q=maria@fibranorte").Has("Maria Demonstração") {
			t.Error("the login Maria has does not find her")
		}
		form := b.Get(own).Want(http.StatusOK).Form("Salvar login")
		if form.Value("Login") != "maria@fibranorte" || form.Value("Senha") != "" {
			t.Errorf("the form says %v", form.Values)
		}
		for typed, said := range map[string]string{"": "Preencha este campo", "com espaço": "O login tem letras minúsculas", "joao@fibranorte": "Este login já é de outro serviço"} {
			if page := form.Set("Login", typed).Submit(); page.Status < 400 || !page.Has(said) || page.Form("Salvar login").Value("Login") != typed {
				t.Errorf("%q: %d %s", typed, page.Status, page.Text("main"))
			}
		}
		made := b.Get(own).Form("Salvar login").Set("Login", "casa.maria@fibranorte").Submit().Want(http.StatusOK)
		if password := made.Text("dd:last-of-type"); len(password) < 16 || !made.Has("casa.maria@fibranorte") {
			t.Errorf("the password is %q", password)
		}
		if !b.Get("/buscar?q=casa.maria@fibranorte").Has("Maria Demonstração") || b.Get(own).Has(made.Text("dd:last-of-type")) {
			t.Error("the new login does not find her, or its password is shown again")
		}
		s.As("financeiro").Post(own+"/login", form.Values).Want(http.StatusForbidden)
	})
}
