package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// freeAddr is an address nobody listens at. It lies below the ports that outgoing connections are given: one of those could take it before
// the process that is told of it does.
func freeAddr(t testing.TB) string {
	t.Helper()
	for range 100 {
		address := fmt.Sprintf("127.0.0.1:%d", 10_000+rand.N(20_000))
		tcp, err := net.Listen("tcp", address)
		if err != nil {
			continue
		}
		udp, err := net.ListenPacket("udp", address)
		if err := errors.Join(err, tcp.Close()); err != nil {
			continue
		}
		if err := udp.Close(); err != nil {
			t.Fatal(err)
		}
		return address
	}
	t.Fatal("no address is free")
	return ""
}

// environment is that of a small installation of the test's own.
func environment(t *testing.T) (office, ops string) {
	t.Helper()
	office, ops = freeAddr(t), freeAddr(t)
	for name, value := range map[string]string{"ENLACE_DATA_DIR": filepath.Join(t.TempDir(), "data"), "ENLACE_ADDR": office, "ENLACE_OPS_ADDR": ops,
		"ENLACE_RADIUS_AUTH_ADDR": "127.0.0.1:0", "ENLACE_RADIUS_ACCT_ADDR": "127.0.0.1:0", "ENLACE_DATABASE_URL": "", "ENLACE_SECRET_KEY": "", "ENLACE_PUBLIC_URL": "", "ENLACE_REDIS_URL": ""} {
		t.Setenv(name, value)
	}
	return office, ops
}

func fetch(t testing.TB, address, host, path string) (int, string) {
	t.Helper()
	request, err := http.NewRequest("GET", "http://"+address+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Host = host
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err.Error()
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

func TestItServesAndStopsWithinTenSeconds(t *testing.T) {
	office, ops := environment(t)
	err := tenantCreate{Slug: "fibranorte", Name: "Fibra Norte", ManagerEmail: "gerente@fibranorte.example", ManagerName: "Gerente", Zone: "America/Sao_Paulo"}.Run()
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- runCommand{}.Run() }()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if status, _ := fetch(t, ops, "", "/readyz"); status == http.StatusOK {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("never ready")
		}
	}
	if status, page := fetch(t, office, "fibranorte.localhost", "/entrar"); status != http.StatusOK || !strings.Contains(page, "Fibra Norte") {
		t.Errorf("%d %s", status, page)
	}
	if status, metrics := fetch(t, ops, "", "/metrics"); status != http.StatusOK || !strings.Contains(metrics, `enlace_http_requests_total{status="2xx"} 1`) {
		t.Errorf("%d %s", status, metrics)
	}
	start := time.Now()
	if err := syscall.Kill(os.Getpid(), syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err != nil || time.Since(start) > 10*time.Second {
		t.Errorf("stopped after %s: %v", time.Since(start), err)
	}
}

func TestWhatCannotBeIsSaidInOneSentence(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	file := filepath.Join(t.TempDir(), "arquivo")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ variable, value, said string }{
		"a taken port":           {"ENLACE_ADDR", taken.Addr().String(), "já está em uso"},
		"a bad address":          {"ENLACE_ADDR", "aqui", "ENLACE_ADDR=aqui não é um endereço"},
		"a folder that is none":  {"ENLACE_DATA_DIR", file, "não pode ser usada"},
		"no key for Postgres":    {"ENLACE_DATABASE_URL", "postgres://enlace@127.0.0.1:1/enlace", "falta ENLACE_SECRET_KEY"},
		"a short key":            {"ENLACE_SECRET_KEY", "curta", "menos de 32 caracteres"},
		"another database":       {"ENLACE_DATABASE_URL", "mysql://x", "postgres://"},
		"an address without ISP": {"ENLACE_PUBLIC_URL", "https://exemplo.com.br", "{slug}"},
		"a domain that is none":  {"ENLACE_BASE_DOMAIN", "a b/", "ENLACE_BASE_DOMAIN=a b/ não é um domínio"},
		"a token that is none":   {"ENLACE_DEMO_TELEGRAM_TOKEN", "abc", "ENLACE_DEMO_TELEGRAM_TOKEN não tem a forma"},
		"a short password":       {"ENLACE_DEMO_PASSWORD", "1", "ENLACE_DEMO_PASSWORD: A senha tem pelo menos 8"},
		"a service without CEP":  {"ENLACE_CEP_URL", "http://127.0.0.1/%s/json http://127.0.0.1/cep", "%s no lugar do CEP"},
	} {
		t.Run(name, func(t *testing.T) {
			environment(t)
			t.Setenv(c.variable, c.value)
			if err := (runCommand{}).Run(); err == nil || !strings.Contains(err.Error(), c.said) {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestTheKeyIsMadeOnceAndKept(t *testing.T) {
	environment(t)
	var keys []string
	for range 2 {
		h, err := openHouse(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, string(h.secret))
		if err := h.db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.Stat(filepath.Join(os.Getenv("ENLACE_DATA_DIR"), "chave"))
	if err != nil || len(keys[0]) < 32 || keys[0] != keys[1] || kept.Mode().Perm() != 0o600 {
		t.Errorf("%q, %v, %v", keys, kept, err)
	}
}

func TestAnISPsAddress(t *testing.T) {
	for want, c := range map[string]config{
		"http://fibranorte.localhost:8080/":  {Addr: ":8080", BaseDomain: "localhost"},
		"http://fibranorte.exemplo.com.br/":  {Addr: ":80", BaseDomain: "exemplo.com.br"},
		"https://fibranorte.exemplo.com.br/": {Addr: ":8080", PublicURL: "https://{slug}.exemplo.com.br/"},
	} {
		if got := c.address("fibranorte"); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
