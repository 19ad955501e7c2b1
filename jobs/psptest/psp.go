// Package psptest is a PSP for tests, built from the Central Bank's API Pix: it demands a client certificate of the suite's CA, gives tokens
// that end within seconds, refuses what is against the API's rules, keeps charges, and lets a test pay them, fail it and have it call webhooks.
// Every request and answer is checked against the API's schemas; one of its own that is not fails the test.
package psptest

import (
	"crypto/rand"
	"crypto/tls"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"enlace/tenants/brazil/pix/psp"
)

// TokenLife is how long a token holds.
const TokenLife = 2 * time.Second

// PSP is one receiver's PSP.
type PSP struct {
	CA       *CA
	URL      string // of the API and of the token
	Receiver Pair   // the client certificate of the receiver
	Secret   string // of the client

	t      testing.TB
	server *httptest.Server
	keys   []string

	mu       sync.Mutex
	now      func() time.Time
	tokens   map[string]time.Time // their ends
	charges  map[string]*charge   // by txid
	paid     []*pixIn
	webhooks map[string]webhook // by key
	failures []failure
	asked    []string
	hang     chan struct{}
}

// Failure is how an answer fails.
type Failure int

// The failures. All but Down and Busy come after the deed was done.
const (
	Down   Failure = iota + 1 // 500, nothing done
	Busy                      // 429, nothing done
	Silent                    // no answer
	Lost                      // the connection breaks off
	Twice                     // the answer twice over
	Broken                    // 500
)

type failure struct {
	method, prefix string
	how            Failure
}

// ClientID of the receiver.
const ClientID = "cliente-da-suite"

// Open starts a PSP that keeps the account of the keys, until the test ends.
func Open(t testing.TB, keys ...string) *PSP {
	t.Helper()
	p := &PSP{CA: NewCA(t), Secret: random(), t: t, keys: keys, now: time.Now, tokens: map[string]time.Time{}, charges: map[string]*charge{},
		webhooks: map[string]webhook{}, hang: make(chan struct{})}
	p.Receiver = p.CA.Issue("recebedor", time.Now().AddDate(10, 0, 0))
	p.server = httptest.NewUnstartedServer(http.HandlerFunc(p.serve))
	p.server.Config.ErrorLog = log.New(io.Discard, "", 0) // of handshakes that are refused on purpose
	p.server.TLS = &tls.Config{ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: p.CA.Roots,
		Certificates: []tls.Certificate{p.CA.Issue("psp", time.Now().AddDate(10, 0, 0)).TLS(t)}}
	p.server.StartTLS()
	p.URL = p.server.URL
	t.Cleanup(func() { close(p.hang); p.server.Close() })
	return p
}

// Clock has the PSP tell the time so.
func (p *PSP) Clock(now func() time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now = now
}

// Account is the receiver's access.
func (p *PSP) Account(id string) psp.Account {
	return psp.Account{ID: id, BaseURL: p.URL + "/api", TokenURL: p.URL + "/oauth/token", ClientID: ClientID, ClientSecret: p.Secret,
		Certificate: p.Receiver.Certificate, PrivateKey: p.Receiver.PrivateKey}
}

// Fail has the next answer to a method and a path that begins so fail.
func (p *PSP) Fail(method, prefix string, how Failure) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.failures = append(p.failures, failure{method, prefix, how})
}

// Asked counts the requests of a method at a path that begins so; the token is at /oauth/token.
func (p *PSP) Asked(method, prefix string) (n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, line := range p.asked {
		if strings.HasPrefix(line, method+" "+prefix) {
			n++
		}
	}
	return n
}

// Revoke ends all tokens before their time.
func (p *PSP) Revoke() {
	p.mu.Lock()
	defer p.mu.Unlock()
	clear(p.tokens)
}

func (p *PSP) serve(w http.ResponseWriter, r *http.Request) {
	path := strings.TrimPrefix(r.URL.EscapedPath(), "/api")
	how := p.note(r.Method, path)
	if how == Down || how == Busy {
		status := map[Failure]int{Down: http.StatusInternalServerError, Busy: http.StatusTooManyRequests}[how]
		p.send(w, refusal(status, "ServicoIndisponivel"), 0)
		return
	}
	p.send(w, p.answer(r, path), how)
}

// note writes a request down, and says how its answer is to fail.
func (p *PSP) note(method, path string) Failure {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = append(p.asked, method+" "+path)
	i := slices.IndexFunc(p.failures, func(f failure) bool { return f.method == method && strings.HasPrefix(path, f.prefix) })
	if i < 0 {
		return 0
	}
	how := p.failures[i].how
	p.failures = slices.Delete(p.failures, i, i+1)
	return how
}

// answered is an answer with the schema it follows.
type answered struct {
	status int
	body   any
	is     *schema
}

func (p *PSP) send(w http.ResponseWriter, a answered, how Failure) {
	text := []byte{}
	if a.body != nil {
		text, _ = json.Marshal(a.body)
		if a.is != nil {
			for _, wrong := range a.is.check("answer", plain(a.body)) {
				p.t.Errorf("the PSP of the tests breaks the API: %s %s: %s", wrong.Field, wrong.Reason, text)
			}
		}
	}
	switch how {
	case Silent:
		<-p.hang
		return
	case Lost:
		panic(http.ErrAbortHandler)
	case Twice:
		text = append(text, text...)
	case Broken:
		a = refusal(http.StatusInternalServerError, "ErroInternoDoServidor")
		text, _ = json.Marshal(a.body)
	}
	kind := "application/json"
	if a.status >= 400 {
		kind = "application/problem+json"
	}
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(a.status)
	_, _ = w.Write(text)
}

func (p *PSP) answer(r *http.Request, path string) answered {
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		return refusal(http.StatusBadRequest, "RequisicaoInvalida")
	}
	if path == "/oauth/token" {
		return p.token(r, body)
	}
	if !p.holds(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")) {
		return refusal(http.StatusUnauthorized, "AcessoNegado")
	}
	var sent any
	if r.Method == http.MethodPut || r.Method == http.MethodPatch {
		if r.Header.Get("Content-Type") != "application/json" {
			return refusal(http.StatusBadRequest, "RequisicaoInvalida", violation{Reason: "não é JSON", Field: "content-type"})
		}
		if sent, err = parse(body); err != nil {
			return refusal(http.StatusBadRequest, "RequisicaoInvalida", violation{Reason: "não é JSON", Field: "body"})
		}
	} else if len(body) > 0 {
		return refusal(http.StatusBadRequest, "RequisicaoInvalida", violation{Reason: "não leva corpo", Field: "body"})
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	parts := strings.Split(strings.Trim(path, "/"), "/")
	name := ""
	if len(parts) == 2 {
		name, _ = url.PathUnescape(parts[1])
	}
	switch {
	case len(parts) == 2 && (parts[0] == "cob" || parts[0] == "cobv"):
		return p.chargeAt(r.Method, psp.Kind(parts[0]), name, sent)
	case len(parts) == 2 && parts[0] == "webhook":
		return p.webhookOf(r.Method, name, sent)
	case len(parts) == 2 && parts[0] == "pix" && r.Method == http.MethodGet:
		return p.pixOf(name)
	case path == "/pix" && r.Method == http.MethodGet:
		return p.listed(r.URL.Query())
	}
	return refusal(http.StatusNotFound, "NaoEncontrado")
}

func (p *PSP) token(r *http.Request, body []byte) answered {
	form, err := url.ParseQuery(string(body))
	id, secret, _ := r.BasicAuth()
	id, _ = url.QueryUnescape(id)
	secret, _ = url.QueryUnescape(secret)
	switch {
	case err != nil || r.Method != http.MethodPost || form.Get("grant_type") != "client_credentials" || r.Header.Get("Content-Type") != "application/x-www-form-urlencoded":
		return answered{status: http.StatusBadRequest, body: map[string]string{"error": "invalid_request"}}
	case id != ClientID || secret != p.Secret:
		return answered{status: http.StatusUnauthorized, body: map[string]string{"error": "invalid_client"}}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	given := random()
	p.tokens[given] = time.Now().Add(TokenLife)
	return answered{status: http.StatusOK, body: map[string]any{"access_token": given, "token_type": "Bearer", "expires_in": int(TokenLife / time.Second), "scope": form.Get("scope")}}
}

func (p *PSP) holds(token string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	end, given := p.tokens[token]
	return given && time.Now().Before(end)
}

// Tokens lists what was given, for a test that looks for them where they must not be.
func (p *PSP) Tokens() (all []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for token := range p.tokens {
		all = append(all, token)
	}
	return all
}

// refusal is an error as the API says it.
func refusal(status int, kind string, wrong ...violation) answered {
	body := map[string]any{"type": "https://pix.bcb.gov.br/api/v2/error/" + kind, "title": http.StatusText(status), "status": status, "detail": "recusado pela suíte"}
	if len(wrong) > 0 {
		body["violacoes"] = wrong
	}
	return answered{status, body, &problemGot}
}

func random() string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

func fieldOf(kind psp.Kind, name string) string { return fmt.Sprintf("%s.%s", kind, name) }
