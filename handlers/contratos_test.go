package handlers_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
)

func TestAContractIsAddedReadSentAcceptedAndDeactivated(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("comercial")
		row := contractOf(o, o.Maria)
		list := b.Get("/clientes/" + o.Maria.ID.String()).Click("Contratos").Want(http.StatusOK)
		own := "/servicos/" + row.SubscriptionID.String() + "/contratos"
		if list.Path != own && list.Path != "/clientes/"+o.Maria.ID.String()+"/contratos" {
			t.Fatalf("came to %s", list.Path)
		}
		page := b.Get(own).Want(http.StatusOK)
		refused := page.Form("Salvar").Set("Vigência, em meses", "mil").Submit().Want(http.StatusUnprocessableEntity)
		if refused.Form("Salvar").Value("Vigência, em meses") != "mil" || refused.Form("Salvar").Error("Vigência, em meses") == "" {
			t.Errorf("%v", refused.Problems())
		}
		added := refused.Form("Salvar").Set("Vigência, em meses", "24").Submit().Want(http.StatusOK)
		made := contractOf(o, o.Maria)
		if added.Toast() != "Contrato adicionado." || made.Number <= row.Number || !added.Has("24 meses") {
			t.Fatalf("%s: %s", added.Toast(), added.Text("main"))
		}
		pdf := added.Click("Abrir PDF Contrato").Want(http.StatusOK)
		if !strings.HasPrefix(pdf.Body, "%PDF-1.7") || pdf.Header.Get("Content-Type") != "application/pdf" || !strings.Contains(pdf.Header.Get("Content-Disposition"), fmt.Sprintf("inline; filename*=UTF-8''Contrato%%20%d.pdf", made.Number)) {
			t.Errorf("%v", pdf.Header)
		}
		if b.Get(pdf.Path).Body != pdf.Body {
			t.Error("it is another paper the second time")
		}
		one := b.Get("/contratos/" + made.ID.String()).Want(http.StatusOK)
		if one.Form("Enviar").Value("E-mail") != "maria@exemplo.com.br" || !one.Has("Contrato "+fmt.Sprint(made.Number)+" aberto") {
			t.Errorf("%s", one.Text("main"))
		}
		for _, hostile := range []string{"maria", "a@b.example, c@d.example", "x <a@b.example>", "a@b.example\r\nBcc: c@d.example"} {
			if p := one.Form("Enviar").Set("E-mail", hostile).Submit().Want(http.StatusUnprocessableEntity); p.Form("Enviar").Error("E-mail") == "" {
				t.Errorf("%q: %v", hostile, p.Problems())
			}
		}
		sent := one.Press("Enviar").Want(http.StatusOK)
		if sent.Toast() != "O contrato vai por e-mail para maria@exemplo.com.br." || !sent.Has("A caminho") {
			t.Errorf("%s: %s", sent.Toast(), sent.Text("main"))
		}
		early := sent.Form("Marcar como aceito").Set("Aceito em", "01/01/2020").Submit().Want(http.StatusUnprocessableEntity)
		if form := early.Form("Marcar como aceito"); form.Error("Observação") == "" || form.Value("Aceito em") != "01/01/2020" {
			t.Errorf("%v", early.Problems())
		}
		accepted := sent.Form("Marcar como aceito").Set("Observação", "assinou na loja").Submit().Want(http.StatusOK)
		if !accepted.Has("Aceito") || !accepted.Has("assinou na loja") || accepted.Has("Marcar como aceito") {
			t.Errorf("%s", accepted.Text("main"))
		}
		gone := accepted.Form("Desativar contrato").Set("Motivo", "trocou de plano").Submit().Want(http.StatusOK)
		if !gone.Has("Desativado") || gone.Has("Desativar contrato") {
			t.Errorf("%s", gone.Text("main"))
		}
		if told := b.Get("/clientes/" + o.Maria.ID.String() + "/historico?assunto=contract"); !told.Has("marcado como aceito em") || !told.Has("desativado") || !told.Has("E-mail para maria@exemplo.com.br") {
			t.Errorf("%s", told.Text("main"))
		}
		stranger, helper := s.AsOther("gerente"), s.As("suporte")
		for _, path := range []string{own, "/contratos/" + made.ID.String(), "/contratos/" + made.ID.String() + ".pdf", "/clientes/" + o.Maria.ID.String() + "/contratos", "/configuracoes/modelos/" + made.TemplateID.String()} {
			stranger.Get(path).Want(http.StatusNotFound)
		}
		if p := helper.Get(own).Want(http.StatusOK); p.Has("Enviar por e-mail") || p.Has("Adicionar contrato") {
			t.Errorf("who may only look is shown %s", p.Text("main"))
		}
		helper.Get(pdf.Path).Want(http.StatusOK)
		token := one.Form("Enviar").Values.Get("csrf")
		b.Post("/contratos/"+made.ID.String()+"/desativar", url.Values{"csrf": {token}, "motivo": {"de novo não"}}).Want(http.StatusConflict)
		s.As("tecnico").Get(pdf.Path).Want(http.StatusForbidden)
	})
}

func TestATemplateIsWrittenPreviewedSavedAndWithdrawn(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("gerente")
		form := b.Get("/configuracoes").Click("Modelos de contrato").Click("Novo modelo").Want(http.StatusOK).Form("Incluir modelo")
		for typed, want := range map[string]string{
			"Olá, {{cliente.apelido}}":   "Texto: o modelo não conhece o campo “cliente.apelido”: confira a lista de campos",
			"Olá, {{cliente.nome":        "Texto: um campo não abre ou não fecha: “{{cliente.nome”. Um campo se escreve {{cliente.nome}}",
			"Olá 😀":                      "O papel não tem o sinal 😀: tire-o do texto",
			strings.Repeat("é", 200_001): "O texto é longo demais: são até 200.000 letras",
		} {
			refused := form.Set("Nome", "Comodato").Set("Texto", typed).Submit().Want(http.StatusUnprocessableEntity)
			if again := refused.Form("Incluir modelo"); strings.Join(refused.Problems(), "") != want || again.Value("Texto") != typed {
				t.Errorf("%.40q: %v", typed, refused.Problems())
			}
		}
		form.Set("Texto", "<script>alert(1)</script>\n# Termo\n\n**{{cliente.nome}}** recebe <img src=x onerror=alert(1)>tudo.\u202e")
		shown := form.Set("ver", "previa").Submit().Want(http.StatusOK)
		if text := shown.Text("#previa"); !strings.Contains(text, "Com os dados de") || !strings.Contains(text, "recebe tudo.") || strings.Contains(shown.Body, "<script>alert") || strings.Contains(shown.Text("#previa"), "alert") {
			t.Errorf("%s", text)
		}
		form.Values.Del("ver")
		list := form.Submit().Want(http.StatusOK)
		if list.Toast() != "Salvo: Comodato." {
			t.Fatalf("%s: %v", list.Toast(), list.Problems())
		}
		own := list.Click("Comodato").Want(http.StatusOK)
		if text := own.Form("Salvar").Value("Texto"); text != "# Termo\n\n**{{cliente.nome}}** recebe tudo." {
			t.Errorf("it is kept as %q", text)
		}
		own.Form("Salvar").Set("Texto", "# Termo\n\nOutro texto.").Submit().Want(http.StatusOK)
		if again := b.Get(own.Path); !again.Has("Texto mudado: agora é a versão 2") || !again.Has("Versão 1") {
			t.Errorf("%s", again.Text("aside"))
		}
		if old := b.Get(own.Path + "?versao=1").Want(http.StatusOK); !strings.Contains(old.Form("Salvar").Value("Texto"), "recebe tudo") {
			t.Error("the first version is not shown")
		}
		b.Get(own.Path + "?versao=9").Want(http.StatusNotFound)
		long := b.Get(own.Path).Form("Salvar").Set("Texto", strings.Repeat("çã ", 66_666)).Submit()
		if long.Want(http.StatusOK).Toast() != "Salvo: Comodato." {
			t.Errorf("%d %v", long.Status, long.Problems())
		}
		b.Post(own.Path+"/retirar", url.Values{"csrf": {own.Form("Salvar").Values.Get("csrf")}}).Want(http.StatusOK)
		if p := b.Get("/servicos/" + contractOf(o, o.Maria).SubscriptionID.String() + "/contratos"); p.Has("Comodato") {
			t.Error("it is still offered")
		}
		s.As("comercial").Get(own.Path).Want(http.StatusForbidden)
	})
}

func TestAnybodyVerifiesAContractByItsNumber(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		row := contractOf(o, o.Maria)
		page := s.Browser().Get(fmt.Sprintf("/verificar/%d", row.Number)).Want(http.StatusOK)
		if !page.Has(row.BodyHash) || page.Has("Maria") || page.Has("529") || page.Has("Fibra 500") {
			t.Errorf("%s", page.Text("body"))
		}
		missing := s.Browser().Get("/verificar/99999999").Want(http.StatusNotFound)
		if missing.H1() != "Nenhum contrato com este número" || missing.Doc.Find("main a").Length() != 0 { // the office is not a stranger's
			t.Errorf("a number of none: %s", missing.Text("main"))
		}
		for _, number := range []string{"0", "-1", "x", "99999999999999999999"} {
			if p := s.Browser().Get("/verificar/" + number).Want(http.StatusNotFound); p.Text("main") != missing.Text("main") {
				t.Errorf("%s is answered otherwise: %s", number, p.Text("main"))
			}
		}
		var last *handlerstest.Page
		for range 70 {
			last = s.Browser().Get("/verificar/1")
		}
		if last.Want(http.StatusTooManyRequests).Header.Get("Retry-After") == "" {
			t.Error("it does not say how long to wait")
		}
	})
}

func TestThePagesOfContractsAskLittle(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b, row := s.As("gerente"), contractOf(o, o.Maria)
		for _, path := range []string{"/servicos/" + row.SubscriptionID.String() + "/contratos", "/contratos/" + row.ID.String(), "/clientes/" + o.Maria.ID.String() + "/contratos",
			"/configuracoes/modelos", "/verificar/1"} {
			var asked atomic.Int64
			o.Watch(func(statement string) {
				if statement != "BEGIN" && statement != "COMMIT" {
					asked.Add(1)
				}
			})
			b.Get(path).Want(http.StatusOK)
			o.Watch(nil)
			if n := asked.Load(); n > mostQueries {
				t.Errorf("%s asks %d times", path, n)
			}
		}
	})
}
