package main

import (
	"net/http"
	"strings"
	"testing"

	"enlace/handlers/handlerstest"
	"enlace/tenants"
	"enlace/tenants/demo"
	"enlace/tenants/tenanttest"
)

// says runs a command with something on its standard input and returns what it printed.
func (m machine) says(t *testing.T, in string, arguments ...string) string {
	t.Helper()
	command := m.command(arguments...)
	command.Stdin = strings.NewReader(in)
	out, err := command.Output()
	if err != nil {
		t.Fatalf("enlace %v: %v\n%s", arguments, err, out)
	}
	return string(out)
}

func TestAnOperatorIsMadeOnTheServerAndComesIn(t *testing.T) {
	t.Parallel()
	for name, m := range map[string]machine{
		"sqlite":   {"ENLACE_DATA_DIR": t.TempDir(), "ENLACE_DEMO_PASSWORD": demoPassword, "ENLACE_RADIUS_AUTH_ADDR": freeAddr(t), "ENLACE_RADIUS_ACCT_ADDR": freeAddr(t)},
		"postgres": serverRoom(t, tenanttest.Database(t), "11"),
	} {
		t.Run(name, func(t *testing.T) {
			made := m.does(t, "operator", "create", "rita@enlace.example", "--name", "Rita Prado")
			_, password, _ := strings.Cut(strings.TrimSpace(made), "Senha: ")
			if !strings.Contains(made, "operador.localhost") || len(password) != 19 {
				t.Fatalf("made: %q", made)
			}
			m.says(t, "uma senha com espaços \r\n", "operator", "create", "rui@enlace.example", "--stdin")
			for _, refused := range [][]string{{"rita@enlace.example", "Já há uma pessoa"}, {"rita", "E-mail: “rita” não é um e-mail"}} {
				if said := m.refuses(t, "operator", "create", refused[0]); !strings.Contains(said, refused[1]) {
					t.Errorf("%s: %s", refused[0], said)
				}
			}
			m.does(t, "tenant", "create", "nortesul", "--name", "Norte Sul", "--manager-email", "dona@nortesul.example", "--zone", "America/Manaus")
			if said := m.refuses(t, "tenant", "create", "nortesul", "--name", "Outra", "--manager-email", "o@o.example"); !strings.Contains(said, "Já há um provedor") {
				t.Errorf("again: %s", said)
			}
			if said := m.refuses(t, "tenant", "create", "fim-", "--name", "", "--manager-email", "o@o.example"); !strings.Contains(said, "Nome: Preencha") || !strings.Contains(said, "termina por hífen") {
				t.Errorf("two faults are told as %s", said)
			}
			if said := m.refuses(t, "tenant", "create", "outra", "--name", "Outra", "--manager-email", "o@o.example", "--zone", "Europe/Lisbon"); !strings.Contains(said, "fuso horário do Brasil") {
				t.Errorf("elsewhere: %s", said)
			}

			run := m.starts(t, map[string]string{"sqlite": "run", "postgres": "web"}[name])
			page := handlerstest.Dial(t, tenants.OperatorSlug, run.address).SignIn("rita@enlace.example", password)
			if !page.Has("Norte Sul") || !page.Click("Norte Sul").Has("Enlace, servidor") {
				t.Errorf("%q", page.Text("main"))
			}
			rui := handlerstest.Dial(t, tenants.OperatorSlug, run.address)
			rui.SignIn("rui@enlace.example", "uma senha com espaços ")
			if name == "postgres" { // another process may write to it, too
				m.does(t, "operator", "remove", "rui@enlace.example")
				if page := rui.Get("/"); page.Path != "/entrar" {
					t.Errorf("removed, and still at %s", page.Path)
				}
			}
		})
	}
}

func TestTheDemonstrationHasAnOperator(t *testing.T) {
	t.Parallel()
	m := machine{"ENLACE_DATA_DIR": t.TempDir(), "ENLACE_DEMO_PASSWORD": demoPassword, "ENLACE_RADIUS_AUTH_ADDR": freeAddr(t), "ENLACE_RADIUS_ACCT_ADDR": freeAddr(t)}
	if said := m.does(t, "demo", "--clientes", "2"); !strings.Contains(said, "operador.localhost") || !strings.Contains(said, demo.Operator) {
		t.Errorf("it says %s", said)
	}
	run := m.starts(t, "run")
	page := handlerstest.Dial(t, tenants.OperatorSlug, run.address).SignIn(demo.Operator, demoPassword)
	if page.Want(http.StatusOK); !page.Has("Fibra Norte") || !page.Has("Onda Sul") || page.Has("Maria Demonstração") {
		t.Errorf("%q", page.Text("main"))
	}
}
