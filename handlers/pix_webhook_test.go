package handlers_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/outbox"
	"enlace/handlers"
	"enlace/handlers/handlerstest"
	"enlace/jobs"
	"enlace/jobs/psptest"
	"enlace/tenants"
	"enlace/tenants/catalog"
	"enlace/tenants/collection"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/tenanttest"
)

const ourPixKey = "financeiro@fibranorte.example"

// counter is the office of the demonstration with an access to the PSP of the tests.
func counter(t *testing.T, o *demotest.Office) (*handlerstest.Site, *psptest.PSP, uuid.UUID) {
	t.Helper()
	p := psptest.Open(t, ourPixKey)
	p.Clock(o.DB.Now)
	s := handlerstest.Open(t, &tenanttest.Office{DB: o.DB, Here: o.Here, Other: o.Other}, func(office *handlers.Office) {
		office.PSPs = jobs.NewPSPs(jobs.PSPOptions{Roots: p.CA.Roots, Near: true})
	})
	return s, p, access(t, o, p)
}

// access gives the office an access to a PSP.
func access(t *testing.T, o *demotest.Office, p *psptest.PSP) uuid.UUID {
	t.Helper()
	pixKey, at := "", p.Account("")
	o.Read(func(ctx context.Context, c *ent.Client) error {
		pixKey = c.PixKey.Query().OnlyIDX(ctx).String()
		return nil
	})
	made, err := catalog.Desk{DB: o.DB, Vault: o.Vault}.Save(o.As("gerente"), catalog.Shelves["contas-pix"], uuid.Nil, tenants.Typed{"nome": "Banco do Pix", "pix": pixKey,
		"endereco": at.BaseURL, "endereco_token": at.TokenURL, "client_id": at.ClientID, "client_secret": at.ClientSecret, "certificado": at.Certificate, "chave_privada": at.PrivateKey})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// told counts the Pix that are to be read at the PSP.
func told(o *demotest.Office) (n int) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		n = c.Outbox.Query().Where(outbox.Kind(collection.ReadPix)).CountX(ctx)
		return nil
	})
	return n
}

// A PSP calls us with its certificate, through a proxy that asks for it; each Pix has one row in the outbox, however often it is told of.
func TestAPSPTellsOfWhatCameIn(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		s, p, account := counter(t, o)
		door, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		go func() { _ = s.Web.App.Listener(door) }()
		t.Cleanup(func() { _ = s.Web.App.Shutdown() })
		desk := collection.Desk{DB: o.DB, Vault: o.Vault, PSPs: s.Web.PSPs, Site: func(slug string) string { return "https://" + slug + ".localhost/" }}
		if err := desk.NameWebhook(o.Worker(), account); err != nil {
			t.Fatal(err)
		}
		gate := p.Gate(t, door.Addr().String())
		one, two := p.Pay("UMA", 10_00), p.Pay("OUTRA", 20_00)
		for _, order := range [][]string{{two, one}, {one, two}, {one}, {}} { // out of order, and again
			if status := p.Tell(gate, order...); status != http.StatusOK {
				t.Errorf("%v is answered with %d", order, status)
			}
		}
		if n := told(o); n != 2 {
			t.Errorf("%d are to be read", n)
		}
		secret := p.Webhook(ourPixKey)[strings.LastIndexByte(p.Webhook(ourPixKey), '/')+1:]
		if strings.Contains(s.Log.String(), secret) {
			t.Error("the log tells the secret")
		}
	})
}

func TestWhoDoesNotKnowTheSecretFindsNothing(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		s, p, account := counter(t, o)
		desk := collection.Desk{DB: o.DB, Vault: o.Vault, PSPs: s.Web.PSPs, Site: func(slug string) string { return "https://" + slug + ".localhost/" }}
		if err := desk.NameWebhook(o.Worker(), account); err != nil {
			t.Fatal(err)
		}
		address, err := url.Parse(p.Webhook(ourPixKey))
		if err != nil {
			t.Fatal(err)
		}
		secret := address.Path[strings.LastIndexByte(address.Path, '/')+1:]
		body := fmt.Sprintf(`{"pix":[{"endToEndId":"%s","txid":"UMA","valor":"10.00"}]}`, p.Pay("UMA", 10_00))
		send := func(host, path, body string) *handlerstest.Page {
			return s.BrowserAt(host).Staying().Send(path, "application/json", strings.NewReader(body))
		}
		var answers []string
		for _, path := range []string{"/webhooks/pix/fibranorte/x" + secret[1:] + "/pix", "/webhooks/pix/ninguem/" + secret + "/pix", "/webhooks/pix/ondasul/" + secret + "/pix"} {
			page := send("fibranorte.localhost", path, body).Want(http.StatusNotFound)
			answers = append(answers, page.Body)
			if page.H1() != "Página não encontrada" {
				t.Errorf("%s: %s", path, page.H1())
			}
		}
		if answers[0] != answers[1] || answers[1] != answers[2] {
			t.Error("one can tell which it was")
		}
		for _, host := range []string{"fibranorte.localhost", "pix.localhost", "127.0.0.1", tenants.OperatorSlug + ".localhost"} {
			send(host, address.Path+"/pix", body).Want(http.StatusOK)
		}
		if n := told(o); n != 1 {
			t.Errorf("%d are to be read", n)
		}
		send("fibranorte.localhost", address.Path+"/pix", "{").Want(http.StatusBadRequest)
		send("fibranorte.localhost", address.Path+"/pix", `{"pix":[`+strings.Repeat(`{},`, 1000)+`{}]}`).Want(http.StatusRequestEntityTooLarge)
		send("fibranorte.localhost", address.Path+"/pix", `{"pix":[{"endToEndId":"curto","txid":"UMA"}],"outro":1}`).Want(http.StatusOK)
		send("fibranorte.localhost", address.Path+"/pix", strings.Repeat(" ", 300<<10)).Want(http.StatusRequestEntityTooLarge)
		for range 70 {
			send("fibranorte.localhost", "/webhooks/pix/fibranorte/errado/pix", body)
		}
		if page := send("fibranorte.localhost", "/webhooks/pix/fibranorte/errado/pix", body).Want(http.StatusTooManyRequests); page.Header.Get("Retry-After") == "" {
			t.Error("it is not said how long to wait")
		}
		if strings.Contains(s.Log.String(), secret) || strings.Contains(s.Log.String(), "errado") {
			t.Error("the log tells a secret")
		}
	})
}

func TestAnAccessIsAddedTriedAndShownWithoutItsSecrets(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		s, p, _ := counter(t, o)
		b, at := s.As("gerente"), p.Account("")
		form := b.Get("/configuracoes").Want(http.StatusOK).Click("Contas Pix").Click("Nova conta Pix").Want(http.StatusOK).Form("Incluir conta")
		refused := form.Set("Nome", "Outro banco").Set("Chave Pix", ourPixKey).Set("Endereço da API", "http://banco.example").Set("Endereço do token", at.TokenURL).Set("Client ID", at.ClientID).
			Set("Client Secret", at.ClientSecret).Set("Certificado", at.Certificate).Set("Chave privada do certificado", at.PrivateKey).Submit().Want(http.StatusUnprocessableEntity)
		if strings.Contains(refused.Body, at.ClientSecret) || strings.Contains(refused.Body, "PRIVATE KEY") || !strings.Contains(strings.Join(refused.Problems(), ""), "endereço seguro") {
			t.Errorf("%v", refused.Problems())
		}
		list := refused.Form("Incluir conta").Set("Endereço da API", at.BaseURL).Set("Client Secret", at.ClientSecret).Set("Certificado", at.Certificate).
			Set("Chave privada do certificado", at.PrivateKey).Submit().Want(http.StatusOK)
		if !list.Has("conexão: ainda não testada · certificado até ") {
			t.Errorf("%s", list.Text("main"))
		}
		own := list.Click("Outro banco").Want(http.StatusOK)
		tried := own.Press("Testar conexão").Want(http.StatusOK)
		if tried.Toast() != "A conexão com o banco foi aceita." || !tried.Has("Aceita") {
			t.Errorf("%q %s", tried.Toast(), tried.Text("aside"))
		}
		for _, page := range []*handlerstest.Page{own, tried} {
			if strings.Contains(page.Body, at.ClientSecret) || strings.Contains(page.Body, "BEGIN") && !strings.Contains(page.Body, "com as linhas BEGIN") || strings.Contains(page.Body, "PRIVATE KEY") {
				t.Error("a secret is shown")
			}
		}
		p.Fail("POST", "/oauth/token", psptest.Silent)
		time.Sleep(psptest.TokenLife) // the token of before is over
		start := time.Now()
		slow := tried.Press("Testar conexão").Want(http.StatusOK)
		if !slow.Has("Sem resposta") || !slow.Has("tentamos de novo sozinhos") {
			t.Errorf("%s", slow.Text("aside"))
		}
		t.Logf("a PSP that is silent is given up after %s", time.Since(start).Round(100*time.Millisecond))
		csrf := tried.Form("Salvar").Values.Get("csrf")
		b.Post(own.Path+"/testar", url.Values{}).Want(http.StatusForbidden)
		s.As("comercial").Get(own.Path).Want(http.StatusForbidden)
		s.AsOther("gerente").Get(own.Path).Want(http.StatusNotFound)
		b.Post("/configuracoes/contas-pix/"+demotest.Nobody.String()+"/testar", url.Values{"csrf": {csrf}}).Want(http.StatusNotFound)
	})
}
