package main

import (
	"bytes"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"enlace/handlers/handlerstest"
	"enlace/tenants/tenanttest"
)

// refuses runs a command that must fail and returns the sentence it says.
func (m machine) refuses(t *testing.T, arguments ...string) string {
	t.Helper()
	command := m.command(arguments...)
	var said bytes.Buffer
	command.Stderr = &said
	if _ = command.Run(); command.ProcessState.ExitCode() != 1 {
		t.Errorf("enlace %v ended with %d\n%s", arguments, command.ProcessState.ExitCode(), said.String())
	}
	return said.String()
}

func TestAnISPMovesToAnotherInstallationAndBack(t *testing.T) {
	t.Parallel()
	server := serverRoom(t, tenanttest.Database(t), "12")
	small := server.with("ENLACE_DATABASE_URL", "").with("ENLACE_DATA_DIR", filepath.Join(t.TempDir(), "dados"))
	small.does(t, "demo", "--clientes", "10")
	file := filepath.Join(t.TempDir(), "fibranorte.sqlite")
	left := small.does(t, "tenant", "export", "fibranorte", file)
	if !strings.Contains(left, " customers\n") || !strings.Contains(left, "só abrem com a chave desta instalação, a de ENLACE_SECRET_KEY") {
		t.Errorf("the export says %s", left)
	}
	if said := small.refuses(t, "tenant", "export", "fibranorte", file); !strings.Contains(said, "já existe") {
		t.Errorf("a second export says %s", said)
	}
	if said := small.refuses(t, "tenant", "export", "ninguem"); said != "enlace: não há provedor ninguem nesta instalação\n" {
		t.Errorf("an export of nobody says %s", said)
	}
	if said := server.with("ENLACE_SECRET_KEY", "outra chave, também de 32 letras").refuses(t, "tenant", "import", file, "--slug", "operador"); !strings.Contains(said, "reservado") {
		t.Errorf("an import under a reserved name says %s", said)
	}
	arrived := server.does(t, "tenant", "import", file)
	if carried, _, _ := strings.Cut(left, " linhas\n"); !strings.HasPrefix(arrived, carried) || strings.Contains(arrived, "não abrem") {
		t.Errorf("the import says %s", arrived)
	}

	web, worker, radius := server.starts(t, "web"), server.starts(t, "worker"), server.starts(t, "radius")
	b := handlerstest.Dial(t, "fibranorte", web.address)
	b.SignIn("gerente@fibranorte.example", demoPassword)
	carne := b.Get("/buscar?q=529.982.247-25").Click("Maria Demonstração").Click("Carnês").Want(http.StatusOK)
	path, _ := carne.Doc.Find(`a[href^="/carnes/"][href$=".pdf"]`).First().Attr("href")
	path, _, _ = strings.Cut(strings.TrimPrefix(path, "/carnes/"), ".")
	for deadline := time.Now().Add(time.Minute); !b.HTMX().Get("/carnes/" + path + "/impressao").Has("O PDF está pronto"); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("the job that came along was not done\n%s", worker.said)
		}
	}
	ask := exec.Command("radclient", "-x", "-t", "5", "-r", "1", server["ENLACE_RADIUS_AUTH_ADDR"], "auth", "fibranorte-demo")
	ask.Stdin = strings.NewReader(`User-Name = "maria@fibranorte", User-Password = "maria-demo", Message-Authenticator = 0x00` + "\n")
	if out, err := ask.CombinedOutput(); err != nil || !bytes.Contains(out, []byte("Access-Accept")) {
		t.Errorf("radclient says %s, %v", out, err)
	}
	for _, process := range []*running{web, worker, radius} {
		process.stops(syscall.SIGTERM)
	}

	back := filepath.Join(t.TempDir(), "volta.sqlite")
	server.does(t, "tenant", "export", "fibranorte", back)
	other := small.with("ENLACE_DATA_DIR", filepath.Join(t.TempDir(), "outra")).with("ENLACE_SECRET_KEY", "")
	if said := other.does(t, "tenant", "import", back, "--slug", "novonorte"); !strings.Contains(said, "novonorte.localhost") || !strings.Contains(said, "não abrem") {
		t.Errorf("the import under another key says %s", said)
	}
	if said := other.does(t, "tenant", "list"); !strings.HasPrefix(said, "novonorte  Fibra Norte") {
		t.Errorf("there is %s", said)
	}
	if err := os.WriteFile(back, []byte("outra coisa"), 0o600); err != nil {
		t.Fatal(err)
	}
	if said := other.refuses(t, "tenant", "import", back); said != "enlace: O arquivo não foi escrito por enlace tenant export\n" {
		t.Errorf("what is no export is refused with %s", said)
	}
}
