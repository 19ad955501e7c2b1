package handlers_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/handlers/handlerstest"
	"enlace/jobs/psptest"
	"enlace/tenants/catalog"
	"enlace/tenants/demo/demotest"
)

func TestAPlanIsAddedChangedAndWithdrawnOnItsPages(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("gerente")
		page := b.Get("/configuracoes").Want(http.StatusOK)
		if !page.Has("4 planos à venda, de R$ 79,90 a R$ 299,90") || !page.Has("Boleto com Pix, Na loja, Pix") {
			t.Errorf("%s", page.Text("main"))
		}
		form := page.Click("Planos").Want(http.StatusOK).Click("Novo plano").Want(http.StatusOK).Form("Incluir plano")
		refused := form.Set("Nome", "Rádio 50").Set("Preço por mês, R$", "59,90").Set("Tecnologia", "Rádio").Set("Download, Mega", "50").Set("Upload, Mega", "10").
			Set("Valor 1, R$", "40,00").Submit().Want(http.StatusUnprocessableEntity)
		if again := refused.Form("Incluir plano"); again.Value("Nome") != "Rádio 50" || again.Value("Tecnologia") != "radio" ||
			strings.Join(refused.Problems(), "") != "A composição soma R$ 40,00 e o preço é R$ 59,90: os dois precisam ser iguais" {
			t.Fatalf("%v", refused.Problems())
		}
		list := refused.Form("Incluir plano").Set("Valor 1, R$", "59,90").Submit().Want(http.StatusOK)
		if list.H1() != "Planos" || list.Toast() != "Salvo: Rádio 50." || !list.Has("R$ 59,90 · Rádio · 50 Mega") {
			t.Fatalf("%s: %q", list.H1(), list.Text("main"))
		}
		own := list.Click("Rádio 50").Want(http.StatusOK)
		own.Form("Salvar").Set("Preço por mês, R$", "69,90").Set("Valor 1, R$", "69,90").Submit().Want(http.StatusOK)
		if again := b.Get(own.Path); !again.Has("Preço de “59,90” para “69,90”") || again.Form("Salvar").Value("Valor 1, R$") != "69,90" {
			t.Errorf("%s", again.Text("aside"))
		}
		b.Post(own.Path+"/retirar", url.Values{"csrf": {own.Form("Salvar").Values.Get("csrf")}}).Want(http.StatusOK)
		if list := b.Get("/configuracoes/planos"); !list.Has("Retirado") || !list.Has("Voltar a usar") {
			t.Errorf("%s", list.Text("main"))
		}
		if sale := b.Get("/clientes/novo"); sale.Has("Rádio 50") {
			t.Error("it is still sold")
		}
	})
}

func TestEveryRoomOfTheSettingsOpensForTheGerenteAlone(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		manager := o.As("gerente")
		access(t, o, psptest.Open(t, ourPixKey))                                             // the demonstration has none
		o.Write(func(ctx context.Context, c *ent.Client) error { shop(ctx, c); return nil }) // nor this
		b, clerk, stranger := s.As("gerente"), s.As("comercial"), s.AsOther("gerente")
		paths := []string{"regras", "vencimentos", "feriados", "equipe", "equipe/novo", "permissoes", "marca"}
		for name, shelf := range catalog.Shelves {
			rows, err := catalog.Desk{DB: o.DB}.Rows(manager, shelf)
			if err != nil || len(rows) == 0 {
				t.Fatalf("%s: %v, %v", name, rows, err)
			}
			one := name + "/" + rows[0].ID.String()
			paths = append(paths, name, name+"/novo", one)
			stranger.Get("/configuracoes/" + one).Want(http.StatusNotFound)
			form := b.Get("/configuracoes/" + one).Want(http.StatusOK).Form("Salvar")
			if saved := form.Submit().Want(http.StatusOK); saved.Path != "/configuracoes/"+name {
				t.Errorf("%s saved as it was comes to %s: %v", one, saved.Path, saved.Problems())
			}
		}
		for _, path := range paths {
			b.Get("/configuracoes/" + path).Want(http.StatusOK)
			clerk.Get("/configuracoes/" + path).Want(http.StatusForbidden)
		}
		b.Get("/configuracoes/nada").Want(http.StatusNotFound)
		b.Get("/configuracoes/planos/" + uuid.NewString()).Want(http.StatusNotFound)
	})
}

func TestRulesDueDaysAndHolidaysAreSavedOrRefusedInTheirPlace(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		manager := o.As("gerente")
		b := s.As("gerente")
		refused := b.Get("/configuracoes/regras").Form("Salvar regras").Set("Dias entre o aviso e a suspensão", "10").Submit().Want(http.StatusUnprocessableEntity)
		if form := refused.Form("Salvar regras"); form.Value("Dias entre o aviso e a suspensão") != "10" || form.Error("Dias entre o aviso e a suspensão") != "O aviso tem de 15 a 90 dias: a lei não permite menos de 15" {
			t.Errorf("%v", refused.Problems())
		}
		refused.Form("Salvar regras").Set("Dias entre o aviso e a suspensão", "20").Set("Proporcional", "Dias reais do mês").Submit().Want(http.StatusOK)
		if page := b.Get("/configuracoes/regras"); !page.Has("Aviso antes de suspender de “15” para “20”") || !page.Has("Proporcional de “Mês de 30 dias” para “Dias reais do mês”") {
			t.Errorf("%s", page.Text("aside"))
		}
		form := b.Get("/configuracoes/vencimentos").Form("Salvar")
		form.Values.Del("dias")
		if none := form.Submit().Want(http.StatusUnprocessableEntity); none.Text("fieldset .en-err") == "" || len(none.Problems()) != 1 {
			t.Errorf("no day at all: %q, %v", none.Text("fieldset .en-err"), none.Problems())
		}
		form.Values["dias"] = []string{"7", "31"}
		form.Submit().Want(http.StatusOK)
		if days, err := (catalog.Desk{DB: o.DB}).DueDays(manager); len(days) != 2 || err != nil {
			t.Errorf("%v, %v", days, err)
		}
		if page := b.Get("/configuracoes/feriados").Form("Incluir feriado").Set("Nome", "Padroeiro").Submit().Want(http.StatusUnprocessableEntity); page.Form("Incluir feriado").Value("Nome") != "Padroeiro" {
			t.Errorf("%v", page.Problems())
		}
		page := b.Get("/configuracoes/feriados").Form("Incluir feriado").Set("Nome", "Padroeiro").Set("Data", "13/06/2027").Submit().Want(http.StatusOK)
		if !page.Has("13/06/2027") || page.Press("Retirar").Has("13/06/2027") {
			t.Errorf("%s", page.Text("main"))
		}
	})
}

func TestPeopleAreHiredMovedAndShutOutButNeverTheLastGerente(t *testing.T) {
	handlerstest.OnEachStore(t, func(t *testing.T, s *handlerstest.Site) {
		b := s.As("gerente")
		refused := b.Get("/configuracoes/equipe/novo").Form("Incluir pessoa").Set("Nome", "Rui").Set("E-mail", "rui").Submit().Want(http.StatusUnprocessableEntity)
		if refused.Form("Incluir pessoa").Error("E-mail") == "" {
			t.Errorf("%v", refused.Problems())
		}
		page := refused.Form("Incluir pessoa").Set("E-mail", "rui@fibranorte.example").Set("Papel", "suporte").Submit().Want(http.StatusOK)
		password := page.Text(".en-mono")
		rui := s.Browser()
		rui.SignIn("rui@fibranorte.example", password)
		rui.Get("/clientes").Want(http.StatusOK)
		rui.Get("/configuracoes/equipe").Want(http.StatusForbidden)
		own := b.Get("/configuracoes/equipe").Click("Rui")
		own.Form("Salvar papel").Set("Papel", "gerente").Submit().Want(http.StatusOK)
		rui.Get("/configuracoes/equipe").Want(http.StatusOK)
		token := url.Values{"csrf": {own.Form("Salvar papel").Values.Get("csrf")}}
		b.Post(own.Path+"/desativar", token).Want(http.StatusOK)
		if out := rui.Get("/clientes"); out.Path != "/entrar?para=%2Fclientes" && out.H1() != "Entrar" {
			t.Errorf("he is still at %s", out.Path)
		}
		mine := b.Get("/configuracoes/equipe").Click("Ana Prado")
		for _, refused := range []*handlerstest.Page{mine.Form("Salvar papel").Set("Papel", "comercial").Submit(), b.Post(mine.Path+"/desativar", token)} {
			if refused.Want(http.StatusConflict); len(refused.Problems()) != 1 {
				t.Errorf("%v", refused.Problems())
			}
		}
		form := b.Get("/configuracoes/permissoes").Form("Salvar")
		form.Values.Add("sell", "suporte")
		if told := form.Submit().Want(http.StatusOK); !told.Has("Permissão de suporte alterada: vender e editar clientes") {
			t.Errorf("%s", told.Text("aside"))
		}
		s.As("suporte").Get("/clientes/novo").Want(http.StatusOK)
		s.AsOther("gerente").Get(own.Path).Want(http.StatusNotFound)
	})
}

func TestTheBrandColoursEveryPageOfItsISPAlone(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, _ *demotest.Office) {
		b := s.As("gerente")
		page := b.Get("/configuracoes/marca")
		if strings.Contains(page.Body, "/marca.css") {
			t.Error("a page asks for a brand there is not")
		}
		refused := page.Form("Salvar cor").Set("Cor de destaque", "#ffcc00").Submit().Want(http.StatusUnprocessableEntity)
		offer := refused.Doc.Find("input[name=cor][type=hidden]").AttrOr("value", "")
		if refused.Form("Salvar cor").Value("Cor de destaque") != "#ffcc00" || offer == "" {
			t.Fatalf("%v", refused.Problems())
		}
		saved := refused.Press("Usar " + offer).Want(http.StatusOK)
		sheet := saved.Doc.Find("link[href^='/marca.css']").AttrOr("href", "")
		css := s.Browser().Get(sheet).Want(http.StatusOK)
		if !strings.Contains(css.Body, "light-dark("+offer) || !strings.HasPrefix(css.Header.Get("Content-Type"), "text/css") || !strings.Contains(css.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %v %s", sheet, css.Header, css.Body)
		}
		s.Browser().With("If-None-Match", css.Header.Get("Etag")).Get("/marca.css").Want(http.StatusNotModified)
		if other := s.AsOther("gerente").Get("/"); strings.Contains(other.Body, "marca.css") {
			t.Error("the other ISP is coloured too")
		}
		var body bytes.Buffer
		logo := smallLogo(t)
		m := multipart.NewWriter(&body)
		part, err := m.CreateFormFile("logo", "logo.png")
		if err != nil {
			t.Fatal(err)
		}
		part.Write(logo)
		m.WriteField("csrf", saved.Form("Salvar logomarca").Values.Get("csrf"))
		m.Close()
		b.Send("/configuracoes/marca/logo", m.FormDataContentType(), &body).Want(http.StatusOK)
		if in := s.Browser().Get("/entrar"); in.Doc.Find("img.en-logo").Length() == 0 || s.Browser().Get(in.Doc.Find("img.en-logo").AttrOr("src", "")).Body != string(logo) {
			t.Error("the gate shows no logo")
		}
	})
}

func TestANewISPIsToldWhatItNeedsUntilItHasIt(t *testing.T) {
	handlerstest.OnEachStore(t, func(t *testing.T, s *handlerstest.Site) {
		if err := s.DB.Write(s.Ctx(), func(ctx context.Context, c *ent.Client) error {
			there, err := c.OfficePolicy.Query().Exist(ctx)
			if err == nil && !there {
				err = catalog.Defaults(ctx, c, s.DB.Now())
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		b := s.As("gerente")
		page := b.Get("/")
		if !page.Has("Primeiros passos") || page.Click("Empresas").H1() != "Empresas" || page.Click("Nova empresa").H1() != "Nova empresa" || page.Has("Vendas no mês") {
			t.Fatalf("%s", page.Text("main"))
		}
		clerk := s.As("comercial")
		if clerk.Get("/").Has("Primeiros passos") {
			t.Error("the clerk is asked to furnish the ISP")
		}
		sale := clerk.Get("/clientes/novo").Form("Avançar para Endereço").Set("Nome completo", "Ana Prado").Set("CPF", "390.533.447-05").Set("Nascimento", "14/03/1990").Set("Telefone", "91988887777").Submit().
			Form("Avançar para Plano").Set("CEP", "66035-145").Set("Logradouro", "Rua A").Set("Número", "1").Set("Bairro", "Centro").Set("Cidade", "Belém").Set("UF", "PA").Submit()
		if !sale.Has("Não há plano à venda") {
			t.Errorf("without a plan a sale says %s", sale.Text("main"))
		}
		if page := b.Get("/configuracoes/formas-de-cobranca/novo"); !page.Has("Falta o que escolher: Empresas") || page.Click("Incluir empresa").H1() != "Nova empresa" {
			t.Errorf("without a company a way of collecting says %s", page.Text("main"))
		}
		b.Get("/configuracoes/empresas/novo").Form("Incluir empresa").Set("Razão social", "Fibra Ltda.").Set("CNPJ", "11.222.333/0001-81").Set("CEP", "66035-145").Set("Logradouro", "Rua A").
			Set("Número", "1").Set("Bairro", "Centro").Set("Cidade", "Belém").Set("UF", "PA").Submit().Want(http.StatusOK)
		b.Get("/configuracoes/formas-de-cobranca/novo").Form("Incluir forma de cobrança").Set("Nome", "Na loja").Set("Tipo", "Loja").Set("Empresa que recebe", "Fibra Ltda.").Submit().Want(http.StatusOK)
		b.Get("/configuracoes/planos/novo").Form("Incluir plano").Set("Nome", "Fibra").Set("Preço por mês, R$", "80").Set("Download, Mega", "100").Set("Upload, Mega", "50").Set("Valor 1, R$", "80").Submit().Want(http.StatusOK)
		if page := b.Get("/"); !page.Has("Primeiros passos") || page.Doc.Find(".en-st.wait").Length() != 1 || !page.Has("4 de 5 prontos") || page.Click("Novo vendedor").H1() != "Novo vendedor" {
			t.Errorf("%s", page.Text("main"))
		}
		b.Get("/configuracoes/vendedores/novo").Form("Incluir vendedor").Set("Nome", "Loja").Set("Comissão, %", "5").Submit().Want(http.StatusOK)
		if page := b.Get("/"); page.Has("Primeiros passos") || !page.Has("Vendas no mês") {
			t.Errorf("%s", page.Text("main"))
		}
	})
}

func smallLogo(t *testing.T) []byte {
	t.Helper()
	var logo bytes.Buffer
	if err := png.Encode(&logo, image.NewGray(image.Rect(0, 0, 60, 20))); err != nil {
		t.Fatal(err)
	}
	return logo.Bytes()
}
