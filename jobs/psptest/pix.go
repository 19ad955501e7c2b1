package psptest

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"enlace/tenants/brazil/pix/psp"
	"enlace/tenants/money"
)

// pixIn is a Pix that came in.
type pixIn struct {
	psp.Paid
	returned []map[string]any
}

func (in *pixIn) shown() map[string]any {
	body := map[string]any{"endToEndId": in.EndToEnd, "valor": in.Amount.Decimal(), "horario": in.At.UTC().Format(time.RFC3339), "chave": in.Key}
	if in.TxID != "" {
		body["txid"] = in.TxID
	}
	if in.Late > 0 {
		body["componentesValor"] = map[string]any{"original": map[string]any{"valor": (in.Amount - in.Late).Decimal()}, "multa": map[string]any{"valor": in.Late.Decimal()}}
	}
	if in.returned != nil {
		body["devolucoes"] = in.returned
	}
	return body
}

// Pay has a Pix come in with a txid, of a charge or of none, and returns its EndToEndId. A charge it pays is done, whatever the amount; paying
// it again is a second Pix.
func (p *PSP) Pay(txid string, amount money.Cents) string { return p.PayAt(txid, amount, p.now()) }

// PayAt is Pay at an instant.
func (p *PSP) PayAt(txid string, amount money.Cents, at time.Time) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	in := &pixIn{Paid: psp.Paid{EndToEnd: fmt.Sprintf("E12345678%s%011d", at.UTC().Format("200601021504"), len(p.paid)+1), TxID: txid, Key: p.keys[0], Amount: amount, At: at}}
	p.paid = append(p.paid, in)
	if c := p.charges[txid]; c != nil {
		original, _ := psp.ParseAmount(c.fields["valor"].(map[string]any)["original"].(string))
		if c.kind == psp.Dated {
			in.Late = max(0, amount-original)
		}
		c.status = psp.Done
	}
	return in.EndToEnd
}

// Return gives back a part of a Pix.
func (p *PSP) Return(endToEnd string, amount money.Cents) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, in := range p.paid {
		if in.EndToEnd == endToEnd {
			in.returned = append(in.returned, map[string]any{"id": strconv.Itoa(len(in.returned) + 1), "rtrId": "D" + endToEnd[1:], "valor": amount.Decimal(),
				"status": "DEVOLVIDO", "horario": map[string]any{"solicitacao": p.now().UTC().Format(time.RFC3339)}})
		}
	}
}

func (p *PSP) pixOf(endToEndID string) answered {
	if wrong := endToEnd.check("e2eid", endToEndID); wrong != nil {
		return refusal(http.StatusBadRequest, "RequisicaoInvalida", wrong...)
	}
	for _, in := range p.paid {
		if in.EndToEnd == endToEndID {
			return answered{http.StatusOK, in.shown(), &pixGot}
		}
	}
	return refusal(http.StatusNotFound, "PixNaoEncontrado")
}

// listed answers GET /pix.
func (p *PSP) listed(asked url.Values) answered {
	from, errFrom := time.Parse(time.RFC3339, asked.Get("inicio"))
	to, errTo := time.Parse(time.RFC3339, asked.Get("fim"))
	page, errPage := strconv.Atoi(first(asked.Get("paginacao.paginaAtual"), "0"))
	size, errSize := strconv.Atoi(first(asked.Get("paginacao.itensPorPagina"), "100"))
	if errFrom != nil || errTo != nil || errPage != nil || errSize != nil || to.Before(from) || page < 0 || size < 1 || size > 1000 {
		return refusal(http.StatusBadRequest, "PixConsultaInvalida", violation{Reason: "consulta inválida", Field: "inicio"})
	}
	found := []any{}
	for _, in := range p.paid {
		if at := in.At.Truncate(time.Second); !at.Before(from) && !at.After(to) {
			found = append(found, in.shown())
		}
	}
	pages := max(1, (len(found)+size-1)/size)
	shown := found[min(page*size, len(found)):min((page+1)*size, len(found))]
	return answered{http.StatusOK, map[string]any{"pix": shown, "cobs": []any{}, "parametros": map[string]any{"inicio": asked.Get("inicio"), "fim": asked.Get("fim"),
		"paginacao": map[string]any{"paginaAtual": page, "itensPorPagina": size, "quantidadeDePaginas": pages, "quantidadeTotalDeItens": len(found)}}}, &pageGot}
}

func first(value, other string) string {
	if value == "" {
		return other
	}
	return value
}

type webhook struct {
	url  string
	made time.Time
}

func (p *PSP) webhookOf(method, named string, sent any) answered {
	if !slices.Contains(p.keys, named) {
		return refusal(http.StatusNotFound, "NaoEncontrado")
	}
	there, known := p.webhooks[named]
	switch {
	case method == http.MethodPut:
		if wrong := webhookAsked.check("webhook", sent); wrong != nil {
			return refusal(http.StatusBadRequest, "WebhookOperacaoInvalida", wrong...)
		}
		address := sent.(map[string]any)["webhookUrl"].(string)
		if !strings.HasPrefix(address, "https://") {
			return refusal(http.StatusBadRequest, "WebhookOperacaoInvalida", violation{Reason: "não é https", Field: "webhook.webhookUrl"})
		}
		p.webhooks[named] = webhook{address, p.now()}
		return answered{status: http.StatusOK}
	case method == http.MethodGet && known:
		return answered{http.StatusOK, map[string]any{"webhookUrl": there.url, "cnpj": "12ABC34501DE35", "chave": named, "criacao": there.made.UTC().Format(time.RFC3339)}, &webhookGot}
	}
	return refusal(http.StatusNotFound, "NaoEncontrado")
}

// Webhook is the address that was named for a key.
func (p *PSP) Webhook(key string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.webhooks[key].url
}

// Tell calls the webhook of the first key about Pix, in that order, and returns the status of the answer. It shows its client certificate, and
// finds the named host at the address to.
func (p *PSP) Tell(to string, endToEnds ...string) int {
	p.t.Helper()
	return p.TellAt(p.Webhook(p.keys[0]), to, endToEnds...)
}

// TellAt is Tell at another address than the one that was named.
func (p *PSP) TellAt(address, to string, endToEnds ...string) int {
	p.t.Helper()
	told := []any{}
	p.mu.Lock()
	for _, one := range endToEnds {
		for _, in := range p.paid {
			if in.EndToEnd == one {
				told = append(told, in.shown())
			}
		}
	}
	p.mu.Unlock()
	body := map[string]any{"pix": told}
	if wrong := webhookCall.check("webhook", plain(body)); wrong != nil {
		p.t.Errorf("the PSP of the tests breaks the API: %v", wrong)
	}
	text, _ := json.Marshal(body)
	return p.Post(address+"/pix", to, text)
}

// Post sends a body to an address of ours as a PSP does.
func (p *PSP) Post(address, to string, body []byte) int {
	p.t.Helper()
	client := &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{DisableKeepAlives: true,
		TLSClientConfig: &tls.Config{RootCAs: p.CA.Roots, ServerName: "localhost", Certificates: []tls.Certificate{p.CA.Issue("psp", time.Now().Add(time.Hour)).TLS(p.t)}},
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, to)
		}}}
	response, err := client.Post(address, "application/json", bytes.NewReader(body))
	if err != nil {
		p.t.Error(err)
		return 0
	}
	defer response.Body.Close()
	_, _ = io.Copy(io.Discard, response.Body)
	return response.StatusCode
}

// Gate stands before an address of ours as a proxy does that ends the PSPs' TLS: it demands a client certificate of the CA. It returns where
// it is reached.
func (p *PSP) Gate(t testing.TB, ours string) string {
	t.Helper()
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.Out.URL.Scheme, r.Out.URL.Host = "http", ours }}
	server := httptest.NewUnstartedServer(proxy)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.TLS = &tls.Config{ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: p.CA.Roots, Certificates: []tls.Certificate{p.CA.Issue("enlace", time.Now().Add(time.Hour)).TLS(t)}}
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}
