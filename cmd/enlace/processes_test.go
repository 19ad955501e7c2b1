package main

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"enlace/handlers/handlerstest"
	"enlace/tenants/tenanttest"
)

const asEnlace = "ENLACE_TEST_AS_ENLACE"

// TestMain lets the test binary be enlace itself, so that a test has real processes and nothing is built twice.
func TestMain(m *testing.M) {
	if os.Getenv(asEnlace) != "" {
		main()
		return
	}
	handlerstest.Main(m)
}

// machine is where processes run: the environment they share.
type machine map[string]string

// serverRoom is a machine with a Postgres database of its own and a Redis beside it.
func serverRoom(t testing.TB, database, redis string) machine {
	t.Helper()
	url := os.Getenv("ENLACE_TEST_REDIS_URL")
	if url == "" {
		t.Fatal("ENLACE_TEST_REDIS_URL is not set: run the tests with scripts/with-servers.sh, as make test does")
	}
	return machine{"ENLACE_DATABASE_URL": database, "ENLACE_REDIS_URL": strings.TrimSuffix(url, "/0") + "/" + redis, "ENLACE_DATA_DIR": t.TempDir(),
		"ENLACE_SECRET_KEY": "um segredo do teste, de 32 letras", "ENLACE_DEMO_PASSWORD": demoPassword, "ENLACE_RADIUS_AUTH_ADDR": freeAddr(t), "ENLACE_RADIUS_ACCT_ADDR": freeAddr(t)}
}

const demoPassword = "senha da demonstração"

// with is the same machine where a variable says something else.
func (m machine) with(name, value string) machine {
	other := machine{name: value}
	for n, v := range m {
		if n != name {
			other[n] = v
		}
	}
	return other
}

func (m machine) command(arguments ...string) *exec.Cmd {
	command := exec.Command(os.Args[0], arguments...)
	for _, line := range os.Environ() {
		if !strings.HasPrefix(line, "ENLACE_") {
			command.Env = append(command.Env, line)
		}
	}
	command.Env = append(command.Env, asEnlace+"=1")
	for name, value := range m {
		command.Env = append(command.Env, name+"="+value)
	}
	return command
}

// does runs a command to its end and returns what it printed.
func (m machine) does(t testing.TB, arguments ...string) string {
	t.Helper()
	command := m.command(arguments...)
	var complaints bytes.Buffer
	command.Stderr = &complaints
	out, err := command.Output()
	if err != nil {
		t.Fatalf("enlace %v: %v\n%s%s", arguments, err, out, complaints.String())
	}
	return string(out)
}

// running is a process that serves.
type running struct {
	t            testing.TB
	name         string
	address, ops string
	command      *exec.Cmd
	said         *handlerstest.Log
	ended        chan struct{}
	err          error
}

// starts starts a process and waits until it is ready.
func (m machine) starts(t testing.TB, name string) *running {
	t.Helper()
	r := &running{t: t, name: name, address: freeAddr(t), ops: freeAddr(t), said: &handlerstest.Log{}, ended: make(chan struct{})}
	r.command = m.with("ENLACE_ADDR", r.address).with("ENLACE_OPS_ADDR", r.ops).command(name)
	r.command.Stderr = r.said
	if err := r.command.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { r.err = r.command.Wait(); close(r.ended) }()
	t.Cleanup(r.kill)
	r.answers("/readyz", http.StatusOK)
	return r
}

// answers waits until the process answers so at its ops address.
func (r *running) answers(path string, want int) string {
	r.t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(30 * time.Millisecond) {
		status, page := fetch(r.t, r.ops, "", path)
		if status == want {
			return page
		}
		select {
		case <-r.ended:
			r.t.Fatalf("enlace %s ended: %v\n%s", r.name, r.err, r.said)
		default:
		}
		if time.Now().After(deadline) {
			r.t.Fatalf("enlace %s: %s is %d, want %d\n%s", r.name, path, status, want, r.said)
		}
	}
}

func (r *running) kill() {
	_ = r.command.Process.Kill() // it may have ended
	<-r.ended
}

// stops tells the process to stop and expects it to end well, soon enough.
func (r *running) stops(how os.Signal) {
	r.t.Helper()
	start := time.Now()
	if err := r.command.Process.Signal(how); err != nil {
		r.t.Fatal(err)
	}
	select {
	case <-r.ended:
	case <-time.After(20 * time.Second):
		r.t.Fatalf("enlace %s did not stop\n%s", r.name, r.said)
	}
	if took := time.Since(start); r.err != nil || took > 10*time.Second {
		r.t.Errorf("enlace %s stopped after %s: %v\n%s", r.name, took, r.err, r.said)
	}
}

func TestThreeProcessesAreOneOffice(t *testing.T) {
	t.Parallel()
	m := serverRoom(t, tenanttest.EmptyDatabase(t), "9")
	m.does(t, "migrate")
	if said := m.does(t, "demo", "--clientes", "10"); !strings.Contains(said, "gerente@fibranorte.example") {
		t.Fatalf("the demonstration says %s", said)
	}
	web, worker, radius := m.starts(t, "web"), m.starts(t, "worker"), m.starts(t, "radius")

	b := handlerstest.Dial(t, "fibranorte", web.address)
	b.SignIn("comercial@fibranorte.example", demoPassword)
	maria := b.Get("/buscar?q=529.982.247-25").Click("Maria Demonstração").Want(http.StatusOK)
	printed := func(carne *handlerstest.Page) {
		t.Helper()
		for deadline := time.Now().Add(30 * time.Second); !b.HTMX().Get(carne.Path + "/impressao").Has("O PDF está pronto"); time.Sleep(50 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("nobody printed the carnê\n%s", worker.said)
			}
		}
	}
	printed(issueCarne(t, maria))

	worker.kill()
	waiting := issueCarne(t, maria)
	if !waiting.Has("sendo preparado") {
		t.Errorf("without a worker the carnê is %s", waiting.Text("main"))
	}
	worker = m.starts(t, "worker")
	printed(waiting)

	if said := m.radius("joao@fibranorte", "joao-demo"); !strings.Contains(said, "Access-Reject") {
		t.Errorf("radclient says %s", said)
	}
	for process, figures := range map[*running]string{web: `enlace_http_requests_total{status="2xx"}`, worker: "go_goroutines", radius: `enlace_radius_requests_total{outcome="rejected"} 1`} {
		if page := process.answers("/metrics", http.StatusOK); !strings.Contains(page, figures) {
			t.Errorf("enlace %s counts %s", process.name, page)
		}
		process.answers("/healthz", http.StatusOK)
	}
	web.stops(syscall.SIGTERM)
	worker.stops(syscall.SIGTERM)
	radius.stops(os.Interrupt)
}

// issueCarne makes another carnê for a customer and returns its page.
func issueCarne(t *testing.T, customer *handlerstest.Page) *handlerstest.Page {
	t.Helper()
	page := customer.Click("Carnê Bancário").Want(http.StatusOK)
	button := page.Doc.Find("button").FilterFunction(func(_ int, b *goquery.Selection) bool {
		return strings.HasPrefix(strings.TrimSpace(b.Text()), "Gerar carnê de R$")
	})
	return page.Form(strings.Join(strings.Fields(button.First().Text()), " ")).Submit().Want(http.StatusOK)
}

func TestReadyMeansThatTheDatabaseAndRedisAnswer(t *testing.T) {
	t.Parallel()
	m := serverRoom(t, tenanttest.Database(t), "10")
	for name, needs := range map[string][]string{"web": {"ENLACE_DATABASE_URL"}, "worker": {"ENLACE_DATABASE_URL", "ENLACE_REDIS_URL"}, "radius": {"ENLACE_DATABASE_URL"}} {
		for _, variable := range needs {
			cable, through := plug(t, m[variable])
			process := m.with(variable, through).starts(t, name)
			cable.pull()
			process.answers("/readyz", http.StatusServiceUnavailable)
			process.answers("/healthz", http.StatusOK)
			cable.plug()
			process.answers("/readyz", http.StatusOK)
			process.stops(syscall.SIGTERM)
		}
	}
}

// cable is what lies between a process and a server, and can be pulled.
type cable struct {
	mu     sync.Mutex
	pulled bool
	conns  []net.Conn
}

// plug lays a cable to the server of an address and returns the address at its near end.
func plug(t *testing.T, url string) (c *cable, through string) {
	t.Helper()
	before, rest, _ := strings.Cut(url, "127.0.0.1:")
	port, path, _ := strings.Cut(rest, "/")
	door, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { door.Close() })
	c = &cable{}
	go func() {
		for {
			near, err := door.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", "127.0.0.1:"+port)
			if err != nil || !c.join(near, far) {
				near.Close()
			}
		}
	}()
	return c, fmt.Sprintf("%s%s/%s", before, door.Addr(), path)
}

func (c *cable) join(near, far net.Conn) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.pulled {
		far.Close()
		return false
	}
	c.conns = append(c.conns, near, far)
	for _, way := range [][2]net.Conn{{near, far}, {far, near}} {
		go func() {
			_, _ = io.Copy(way[0], way[1]) // until either end lets go
			way[0].Close()
		}()
	}
	return true
}

func (c *cable) pull() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pulled = true
	for _, conn := range c.conns {
		conn.Close()
	}
}

func (c *cable) plug() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pulled = false
}

func TestAProcessSaysInOneSentenceWhyItDoesNotStart(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	takenUDP, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer takenUDP.Close()
	m := serverRoom(t, tenanttest.Database(t), "11").with("ENLACE_OPS_ADDR", "127.0.0.1:0").with("ENLACE_ADDR", "127.0.0.1:0")
	all := []string{"web", "worker", "radius"}
	for _, c := range []struct {
		who                   []string
		variable, value, said string
	}{
		{all, "ENLACE_DATABASE_URL", "", "falta ENLACE_DATABASE_URL"},
		{all, "ENLACE_REDIS_URL", "", "falta ENLACE_REDIS_URL"},
		{all, "ENLACE_SECRET_KEY", "", "falta ENLACE_SECRET_KEY"},
		{all, "ENLACE_SECRET_KEY", "curta", "menos de 32 caracteres"},
		{all, "ENLACE_DATABASE_URL", tenanttest.EmptyDatabase(t), "não foi migrado: rode enlace migrate"},
		{all, "ENLACE_DATABASE_URL", "postgres://enlace@127.0.0.1:1/enlace", "o banco de dados não responde"},
		{all, "ENLACE_OPS_ADDR", taken.Addr().String(), "a porta de ENLACE_OPS_ADDR (" + taken.Addr().String() + ") já está em uso"},
		{all, "ENLACE_OPS_ADDR", "127.0.0.1:99999", "ENLACE_OPS_ADDR=127.0.0.1:99999 não é um endereço"},
		{all[:1], "ENLACE_ADDR", taken.Addr().String(), "a porta de ENLACE_ADDR (" + taken.Addr().String() + ") já está em uso"},
		{all[:1], "ENLACE_ADDR", "192.0.2.1:8080", "ENLACE_ADDR=192.0.2.1:8080 não pode ser aberto"},
		{all[1:2], "ENLACE_REDIS_URL", "redis://127.0.0.1:1/0", "o Redis não responde"},
		{all[1:2], "ENLACE_REDIS_URL", "aqui", "ENLACE_REDIS_URL não é um endereço do Redis"},
		{[]string{"radius", "run"}, "ENLACE_RADIUS_AUTH_ADDR", takenUDP.LocalAddr().String(), "a porta de ENLACE_RADIUS_AUTH_ADDR (" + takenUDP.LocalAddr().String() + ") já está em uso"},
		{all[2:], "ENLACE_RADIUS_AUTH_ADDR", "porta", "ENLACE_RADIUS_AUTH_ADDR=porta não é um endereço"},
	} {
		for _, name := range c.who {
			command := m.with(c.variable, c.value).command(name)
			var said bytes.Buffer
			command.Stderr = &said
			err := command.Run()
			var sentences []string // beside what was logged
			for line := range strings.Lines(said.String()) {
				if strings.HasPrefix(line, "enlace: ") {
					sentences = append(sentences, line)
				}
			}
			if command.ProcessState.ExitCode() != 1 || len(sentences) != 1 || !strings.Contains(sentences[0], c.said) {
				t.Errorf("enlace %s with %s=%q: %v\n%swant: %s", name, c.variable, c.value, err, said.String(), c.said)
			}
		}
	}
}
