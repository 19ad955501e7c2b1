package handlers_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"enlace/ent"
	"enlace/ent/customer"
	"enlace/ent/plan"
	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/sales"
)

// walkTo goes through the wizard with only the customer's own data typed, up to the last step.
func walkTo(b *handlerstest.Browser) *handlerstest.Page {
	page := b.Get("/").Click("Clientes").Click("Adicionar Cliente").Want(http.StatusOK)
	page = page.Form("Avançar para Endereço").Set("Nome completo", "Ana Beatriz Lima").Set("Nascimento", "14/03/1990").Set("CPF", "390.533.447-05").
		Set("Telefone", "(91) 98888-7777").Submit().Want(http.StatusOK)
	page = page.Form("Avançar para Plano").Set("CEP", "66035-145").Set("Logradouro", "Avenida Nazaré").Set("Número", "500").Set("Bairro", "Nazaré").
		Set("Cidade", "Belém").Set("UF", "PA").Submit().Want(http.StatusOK)
	page = page.Form("Avançar para Contrato").Submit().Want(http.StatusOK)
	page = page.Form("Avançar para Cobrança").Submit().Want(http.StatusOK)
	return page.Form("Avançar para Ordem de Serviço").Set("Usa Carnê", "sim").Submit().Want(http.StatusOK)
}

func customersOf(o *demotest.Office, document string) (n int) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		n = c.Customer.Query().Where(customer.Document(document)).CountX(ctx)
		return nil
	})
	return n
}

func TestAdicionarClienteInSixPages(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		last := walkTo(s.As("comercial"))
		if !last.Has("Fibra") || !last.Has("O que será cobrado") {
			t.Errorf("the review says %s", last.Text("aside"))
		}
		page := last.Form("Salvar").Submit().Want(http.StatusOK)
		if page.H1() != "Ana Beatriz Lima" || !page.Has("Aguardando Instalação") || !page.Has("Avenida Nazaré, 500") || !strings.Contains(page.Toast(), "está no cadastro") {
			t.Errorf("%s shows %s", page.Path, page.Text("main"))
		}
		// Pressed again on the page that was left open: the same customer, not a second one.
		again := last.Form("Salvar").Submit().Want(http.StatusOK)
		if again.Path != page.Path || customersOf(o, "39053344705") != 1 {
			t.Errorf("pressed twice: %s, %d customers", again.Path, customersOf(o, "39053344705"))
		}
	})
}

func TestAStepThatIsWrongKeepsWhatWasTypedAndChangesNothing(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		page := s.As("comercial").Get("/clientes/novo").Form("Avançar para Endereço").Set("Nome completo", "<b>Ana</b>").Set("CPF", "390.533.447-00").
			Set("Nascimento", "31/02/1990").Set("Telefone", "12").Submit().Want(http.StatusUnprocessableEntity)
		form := page.Form("Avançar para Endereço")
		if form.Value("Nome completo") != "<b>Ana</b>" || form.Value("CPF") != "390.533.447-00" || !strings.HasPrefix(page.Text("title"), "Erro: ") {
			t.Errorf("what was typed is gone: %v", form.Values)
		}
		for label, want := range map[string]string{"CPF": "não confere", "Nascimento": "não é uma data", "Telefone": "não é um telefone"} {
			if got := form.Error(label); !strings.Contains(got, want) {
				t.Errorf("%s: %q", label, got)
			}
		}
		if len(page.Problems()) != 3 || strings.Contains(page.Body, "<b>Ana</b>") {
			t.Errorf("the summary says %v", page.Problems())
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.Draft.Query().CountX(ctx); n != 0 {
				t.Errorf("%d drafts were kept", n)
			}
			return nil
		})
	})
}

func TestADocumentThatIsTakenLeadsToItsCustomer(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		page := s.As("comercial").Get("/clientes/novo").Form("Avançar para Endereço").Set("Nome completo", "Outra Maria").Set("CPF", "529.982.247-25").
			Set("Nascimento", "14/03/1990").Set("Telefone", "(91) 98888-7777").Submit().Want(http.StatusUnprocessableEntity)
		for link, at := range map[string]string{"Ver cliente": "", "Adicionar Serviços": "/servicos/novo"} {
			if to := page.Click(link).Want(http.StatusOK); to.Path != "/clientes/"+o.Maria.ID.String()+at {
				t.Errorf("%s leads to %s", link, to.Path)
			}
			for _, where := range []string{".en-errsum", ".en-err"} {
				if said := page.Text(where); strings.Count(said, link) != 1 || !strings.Contains(said, "á está no cadastro de Maria Demonstração") {
					t.Errorf("%s: %s", where, said)
				}
			}
		}
	})
}

func TestADraftSurvivesAndIsResumed(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		email := s.Hire("comercial")
		b := s.Browser()
		b.SignIn(email, handlerstest.Password)
		page := walkTo(b)
		left := page.Form("Sair e guardar rascunho").Set("Descrição", "portão azul").Submit().Want(http.StatusOK)
		if left.Path != "/rascunhos" || !left.Has("Novo cliente, 6 de 6") || !left.Has("Ana Beatriz Lima") {
			t.Errorf("%s shows %s", left.Path, left.Text("main"))
		}
		o.Write(func(ctx context.Context, c *ent.Client) error { // more than a page, the oldest from a month ago
			one := c.Draft.Query().OnlyX(ctx)
			for i := range sales.PageSize {
				c.Draft.Create().SetUserID(one.UserID).SetKind(one.Kind).SetStep(1).SetData(map[string]string{}).SetTitle(fmt.Sprintf("Cliente %d", i)).
					SetCreatedAt(one.CreatedAt).SetUpdatedAt(one.UpdatedAt.AddDate(0, 0, -30)).ExecX(ctx)
			}
			return nil
		})
		if list := b.Get("/rascunhos"); !list.Has("1 a 50 de 51") || !list.Has("parado há 30 dias") || list.Click("Próxima").Doc.Find("main li").Length() != 1 {
			t.Errorf("the list says %s", list.Text("main"))
		}
		other := s.Browser() // another day, another browser
		other.SignIn(email, handlerstest.Password)
		resumed := other.Get("/rascunhos").Click("Novo cliente, 6 de 6")
		if got := resumed.Form("Salvar").Value("Descrição"); got != "portão azul" {
			t.Errorf("the description is %q", got)
		}
		if stale := page.Form("Salvar").Submit(); stale.Status != http.StatusConflict || !stale.Has("mudado em outra aba") {
			t.Errorf("the old tab: %d, %v", stale.Status, stale.Problems())
		} else if there := stale.Click("Abrir o que foi guardado"); there.Form("Salvar").Value("Descrição") != "portão azul" {
			t.Errorf("it leads to %s", there.Path)
		}
		if saved := resumed.Form("Salvar").Set("Abrir O.S. de Instalação", "sim").Submit(); saved.H1() != "Ana Beatriz Lima" {
			t.Errorf("%d %s", saved.Status, saved.Text("main"))
		}
	})
}

func TestStrangersFindNothingOfOurs(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		stranger, own := s.AsOther("gerente"), s.As("gerente")
		sub := o.Service(o.Joao).ID.String()
		for _, path := range []string{"/clientes/" + o.Maria.ID.String(), "/clientes/" + o.Maria.ID.String() + "/historico", "/servicos/" + sub, "/servicos/" + sub + "/desbloqueio"} {
			own.Get(path).Want(http.StatusOK)
			foreign, missing := stranger.Get(path).Want(http.StatusNotFound), stranger.Get(strings.Replace(path, path[10:46], demotest.Nobody.String(), 1)).Want(http.StatusNotFound)
			if foreign.Text("main") != missing.Text("main") {
				t.Errorf("%s: a foreign id reads otherwise than a missing one", path)
			}
		}
		if page := stranger.Get("/buscar?q=maria+demonstracao"); page.Has("Maria Demonstração") {
			t.Error("the stranger's search finds Maria")
		}
	})
}

func TestTheSummaryNamesTheFields(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		page := s.As("comercial").Get("/clientes/novo").Form("Avançar para Endereço").Submit().Want(http.StatusUnprocessableEntity)
		want := []string{"CPF: preencha este campo", "Nascimento: preencha este campo", "Nome completo: preencha este campo", "Telefone: preencha este campo"}
		got := page.Problems()
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("the summary says %q", got)
		}
		if got := page.Form("Avançar para Endereço").Error("CPF"); got != "Preencha este campo" {
			t.Errorf("beside the field: %q", got)
		}
	})
}

func TestWhatIsTypedBesideANoIsRefusedAndNotForgotten(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("comercial")
		last := walkTo(b)
		refused := last.Form("Salvar").Set("Descrição", "instalar na sala").Submit().Want(http.StatusUnprocessableEntity)
		if form := refused.Form("Salvar"); form.Value("Descrição") != "instalar na sala" || !strings.Contains(refused.Text("label[for=os]"), "ligue para abri-la") {
			t.Errorf("a visit nobody opened: %v", refused.Problems())
		}
		billing := b.Get(strings.Replace(last.Path, "passo=6", "passo=5", 1)).Want(http.StatusOK)
		refused = billing.Form("Avançar para Ordem de Serviço").Set("Valor da taxa", "77,00").Submit().Want(http.StatusUnprocessableEntity)
		if got := refused.Form("Avançar para Ordem de Serviço").Error("Taxa de Instalação"); !strings.Contains(got, "escolha como a cobrar") {
			t.Errorf("a fee nobody charges: %q", got)
		}
		barred := billing.Doc.Find("input[name=taxa][value=first_invoices]") // the draft uses a booklet
		if _, disabled := barred.Attr("disabled"); !disabled || !strings.Contains(barred.Parent().Text(), "Indisponível: com carnê") {
			t.Errorf("with a booklet: %s", barred.Parent().Text())
		}
	})
}

func TestTheReviewRepeatsTheWholeSaleAndLeadsBack(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("comercial")
		last := walkTo(b)
		for _, want := range []string{"Ana Beatriz Lima", "390.533.447-05", "(91) 98888-7777", "Avenida Nazaré, 500", "Fibra", "por mês", "fidelidade de 12 meses", "Vendedor", "Contrato", "todo dia", "antecipado", "usa carnê", "Não cobrar", "Não será aberta"} {
			if said := last.Text("#revisao"); !strings.Contains(said, want) {
				t.Errorf("the review does not say %q: %s", want, said)
			}
		}
		if said := last.Text("#previa"); !strings.Contains(said, "1ª fatura, vence em") || !strings.Contains(said, "1ª parcela do carnê") || !strings.Contains(last.Text("#soma"), "1ª fatura de R$") {
			t.Errorf("the yellow copy says %s, the button %s", said, last.Text("#soma"))
		}
		if at, _ := last.Doc.Find("#revisao dd:last-of-type a").Attr("href"); at != "#os" || last.Doc.Find(at).Length() != 1 {
			t.Errorf("the visit is changed at %q", at)
		}
		back := last.Form("Alterar Plano/Serviço").Set("Descrição", "portão azul").Submit().Want(http.StatusOK)
		if !strings.HasSuffix(back.Path, "passo=3") || back.Form("Avançar para Contrato").Value("Plano/Serviço") == "" {
			t.Errorf("it leads to %s", back.Path)
		}
		if kept := b.Get(last.Path).Form("Salvar").Value("Descrição"); kept != "portão azul" {
			t.Errorf("going back forgot %q", kept)
		}
		// While choosing: the form is posted, the yellow copy follows, and nothing is kept.
		chosen := last.Form("Salvar").Set("Abrir O.S. de Instalação", "sim").Set("Data Início", "10/12/2026").Set("Hora Início", "14:00").Set("Descrição", "sala")
		chosen.Values.Set("acao", "previa")
		if shown := chosen.Submit().Want(http.StatusOK); !strings.Contains(shown.Text("#previa"), "Se habilitado em 10/12") || !strings.Contains(shown.Text("#revisao"), "10/12/2026 às 14:00") || len(shown.Problems()) != 0 {
			t.Errorf("while choosing: %s", shown.Text("#previa"))
		}
	})
}

func TestWhatIsTypedSurvivesTheSession(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		email := s.Hire("comercial")
		b := s.Browser()
		b.SignIn(email, handlerstest.Password)
		form := b.Get("/clientes/novo").Form("Avançar para Endereço").Set("Nome completo", "Ana Beatriz Lima").Set("Nascimento", "14/03/1990").Set("CPF", "390.533.447-05")
		b.SetCookie("sessao", "acabou")
		asked := form.Submit().Want(http.StatusUnauthorized)
		wrong := asked.Form("Entrar").Set("E-mail", email).Set("Senha", "outra senha").Submit().Want(http.StatusUnprocessableEntity)
		back := wrong.Form("Entrar").Set("E-mail", email).Set("Senha", handlerstest.Password).Submit().Want(http.StatusOK)
		again := back.Form("Avançar para Endereço")
		if !strings.HasPrefix(back.Path, "/clientes/novo?rascunho=") || again.Value("Nome completo") != "Ana Beatriz Lima" || again.Value("CPF") != "390.533.447-05" || len(back.Problems()) != 0 {
			t.Errorf("%s has %v", back.Path, again.Values)
		}
		again.Set("Telefone", "(91) 98888-7777").Submit().Want(http.StatusOK).Form("Avançar para Plano")

		// Somebody else who signs in at that screen gets none of it, and a page of elsewhere, or unsigned, is not carried at all.
		b.SetCookie("sessao", "acabou")
		asked = form.Submit().Want(http.StatusUnauthorized)
		other := s.Hire("comercial")
		if page := asked.Form("Entrar").Set("E-mail", other).Set("Senha", handlerstest.Password).Submit().Want(http.StatusOK); page.Has("Ana Beatriz") || strings.Contains(page.Body, "Ana Beatriz") {
			t.Errorf("another person sees %s", page.Text("main"))
		}
		if page := b.Get("/rascunhos"); page.Has("Ana Beatriz") {
			t.Error("another person has the draft")
		}
		stranger := s.Browser()
		if page := stranger.Post("/clientes/novo", url.Values{"nome": {"Ana"}}).Want(http.StatusOK); strings.Contains(page.Body, "guardado") {
			t.Error("an unsigned page is carried")
		}
		if page := stranger.With("Sec-Fetch-Site", "cross-site").Post("/clientes/novo", form.Values).Want(http.StatusOK); strings.Contains(page.Body, "guardado") {
			t.Error("a page of elsewhere is carried")
		}
		form.Values.Set("observacoes", strings.Repeat("x", 70_000))
		if page := s.Browser().Post("/clientes/novo", form.Values).Want(http.StatusOK); strings.Contains(page.Body, "guardado") {
			t.Error("a page too long is carried")
		}
	})
}

func TestTheOtherKindKeepsWhatBothHave(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		person := s.As("comercial").Get("/clientes/novo").Form("Pessoa Jurídica").Set("Nome completo", "Ana Beatriz Lima").Set("Nascimento", "31/02/1990").
			Set("Telefone", "(91) 98888-7777").Set("E-mail", "ana@exemplo.com.br").Set("Observações", "ligar à tarde").Set("grupos", "sim")
		page := person.Submit().Want(http.StatusOK)
		company := page.Form("Avançar para Endereço")
		if company.Value("Razão social") != "Ana Beatriz Lima" || company.Value("Telefone") != "(91) 98888-7777" || company.Value("E-mail") != "ana@exemplo.com.br" ||
			company.Value("Observações") != "ligar à tarde" || !company.Values.Has("grupos") || company.Values.Has("nascimento") || len(page.Problems()) != 0 {
			t.Errorf("%v, %v", company.Values, page.Problems())
		}
		if kind := page.Form("Pessoa Física").Submit().Want(http.StatusOK).Form("Avançar para Endereço"); kind.Value("Nome completo") != "Ana Beatriz Lima" {
			t.Errorf("back again: %v", kind.Values)
		}
	})
}

func TestAStepBeginsAtItsFirstFieldAndGoesBack(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("comercial")
		last := walkTo(b)
		for step, first := range []string{"nome", "cep", "plano", "modelo", "forma_cobranca", "os"} {
			page := b.Get(strings.Replace(last.Path, "passo=6", fmt.Sprintf("passo=%d", step+1), 1)).Want(http.StatusOK)
			if focus := page.Doc.Find("[autofocus]"); focus.Length() != 1 || focus.AttrOr("name", "") != first {
				t.Errorf("step %d begins at %q", step+1, focus.AttrOr("name", ""))
			}
		}
		back := last.Form("Voltar a Cobrança").Set("Descrição", "portão azul").Submit().Want(http.StatusOK)
		if !strings.HasSuffix(back.Path, "passo=5") || b.Get(last.Path).Form("Salvar").Value("Descrição") != "portão azul" {
			t.Errorf("back at %s", back.Path)
		}
		if wrong := back.Form("Avançar para Ordem de Serviço").Set("Taxa de Instalação", "À vista na instalação").Set("Valor da taxa", "").Submit(); wrong.Doc.Find("[autofocus]").Length() != 1 || !wrong.Doc.Find("[autofocus]").HasClass("en-errsum") {
			t.Error("with errors the list of problems is read first")
		}
	})
}

func TestAnEmptyListIsNoHeading(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		if page := s.AsOther("gerente").Get("/atendimentos").Want(http.StatusOK); !page.Has("Nenhum atendimento") || page.Doc.Find("main").Find("h2, h3").Length() != 0 {
			t.Errorf("below the h1 stands %q", page.Text("main h3"))
		}
	})
}

func TestDraftsAreCountedDiscardedAndRemembered(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("comercial")
		leave := func(name string) *handlerstest.Page {
			return b.Get("/clientes/novo").Form("Sair e guardar rascunho").Set("Nome completo", name).Submit().Want(http.StatusOK)
		}
		list := leave("Ana \u202eamiL\u200b Prado")
		if name := list.Doc.Find("main bdi").Text(); name != "Ana amiL Prado" || !list.Has("hoje às 09:00") || !strings.Contains(list.Text(".en-bar"), "Rascunhos 1") {
			t.Errorf("%q in %s", name, list.Text("main"))
		}
		if list = leave("Zélia Ramos"); !strings.Contains(list.Text(".en-bar"), "Rascunhos 2") {
			t.Errorf("the bar says %s", list.Text(".en-bar"))
		}
		row := list.Doc.Find("main li").FilterFunction(func(_ int, li *goquery.Selection) bool { return strings.Contains(li.Text(), "Zélia Ramos") })
		action, _ := row.Find("form[action$='/descartar']").Attr("action")
		if strange := s.As("gerente"); strange.Post(action, url.Values{"csrf": {strange.Get("/").Form("Sair").Values.Get("csrf")}}).Status != http.StatusNotFound {
			t.Error("somebody else throws it away")
		}
		if list = b.Post(action, url.Values{"csrf": {list.Form("Descartar").Values.Get("csrf")}}).Want(http.StatusOK); strings.Contains(list.Text("main li"), "Zélia") || !list.Has("Ana amiL Prado") || !strings.Contains(list.Text(".en-bar"), "Rascunhos 1") {
			t.Errorf("after throwing it away: %s", list.Text("main"))
		}
		last := walkTo(b)
		last.Form("Salvar").Submit().Want(http.StatusOK)
		gone := b.Get(last.Path).Want(http.StatusGone)
		if gone.H1() != "Este rascunho já virou Ana Beatriz Lima" || gone.Click("Ver Ana Beatriz Lima").H1() != "Ana Beatriz Lima" {
			t.Errorf("the old link says %s", gone.Text("main"))
		}
		s.As("comercial").Get(last.Path).Want(http.StatusNotFound)
	})
}

func TestWhatHasLeftItsListIsSaidBesideItAndNoOtherTakesItsPlace(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("comercial")
		last := walkTo(b)
		o.Write(func(ctx context.Context, c *ent.Client) error {
			c.Plan.Update().Where(plan.Name("Fibra 300 Mega")).SetActive(false).ExecX(ctx)
			c.Seller.Update().SetActive(false).ExecX(ctx)
			c.BillingMethod.Update().SetActive(false).ExecX(ctx)
			return nil
		})
		const gone = "O que foi escolhido saiu da lista"
		if said := b.Get(last.Path).Text("#revisao"); !strings.Contains(said, "Vendedor"+gone) {
			t.Errorf("the review says %s", said)
		}
		page := last.Form("Salvar").Submit().Want(http.StatusUnprocessableEntity)
		form := page.Form("Avançar para Contrato")
		if said := form.Error("Plano/Serviço"); said != "Este plano não é mais vendido" || page.Text("#plano option[selected]") != gone || len(page.Problems()) != 1 {
			t.Errorf("%q, %v: %s chosen", said, page.Problems(), page.Text("#plano option[selected]"))
		}
		page = form.Set("Plano/Serviço", "Fibra 500 Mega, R$ 89,90").Submit().Want(http.StatusUnprocessableEntity)
		form = page.Form("Avançar para Contrato")
		if said := form.Error("Vendedor"); said != "Este vendedor não vende mais" || page.Text("#vendedor option[selected]") != gone {
			t.Errorf("%q: %s chosen", said, page.Text("#vendedor option[selected]"))
		}
		form.Set("Vendedor", "Escolha").Submit().Want(http.StatusOK)
		billing := b.Get(strings.Replace(last.Path, "passo=6", "passo=5", 1)).Form("Avançar para Ordem de Serviço").Submit().Want(http.StatusUnprocessableEntity)
		if said := billing.Form("Avançar para Ordem de Serviço").Error("Forma de Cobrança"); said != "Esta forma de cobrança não é mais usada" || !billing.Has("Não há forma de cobrança em uso") {
			t.Errorf("%q in %s", said, billing.Text("main"))
		}
	})
}
