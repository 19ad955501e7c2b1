package bot_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"enlace/bot"
	"enlace/bot/bottest"
	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/bots"
	"enlace/tenants/demo"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/subscribers"
	"enlace/tenants/tenanttest"
)

// The process that is killed is this test binary, started again with where to work in its environment.
const (
	envTelegram = "ENLACE_KILLED_TELEGRAM"
	envPostgres = "ENLACE_KILLED_POSTGRES"
	envFolder   = "ENLACE_KILLED_FOLDER"
	envAhead    = "ENLACE_KILLED_AHEAD"
)

func TestMain(m *testing.M) {
	if os.Getenv(envTelegram) == "" {
		os.Exit(m.Run())
	}
	if err := answerUntilKilled(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// answerUntilKilled looks after the bot; its clock goes ahead, so that nobody waits for the lease of the one that was killed.
func answerUntilKilled() error {
	db, vault, err := openKilled(os.Getenv(envPostgres), os.Getenv(envFolder))
	if err != nil {
		return err
	}
	ahead, err := time.ParseDuration(os.Getenv(envAhead))
	if err != nil {
		return err
	}
	began := time.Now()
	db.Clock = func() time.Time { return tenanttest.Now.Add(ahead + time.Since(began)) }
	if _, err := bot.Start(context.Background(), bot.Options{DB: db, Vault: vault, Endpoint: os.Getenv(envTelegram), Look: 20 * time.Millisecond}); err != nil {
		return err
	}
	select {}
}

func openKilled(url, folder string) (db *tenants.DB, vault *tenants.Vault, err error) {
	if vault, err = tenants.NewVault(make([]byte, tenants.VaultKeyBytes)); err != nil {
		return nil, nil, err
	}
	if url != "" {
		db, err = tenants.OpenPostgres(context.Background(), url, nil, nil)
	} else {
		db, err = tenants.OpenSQLite(context.Background(), folder, nil)
	}
	return db, vault, err
}

func TestTicketsAreOpenedOnceWhileProcessesAreKilledOnPostgres(t *testing.T) {
	t.Parallel()
	outlive(t, tenanttest.Database(t), "")
}

func TestTicketsAreOpenedOnceWhileProcessesAreKilledOnFiles(t *testing.T) {
	t.Parallel()
	outlive(t, "", t.TempDir())
}

// outlive has Maria open tickets while each process that hears her is killed, at any instant of what she asks; another goes on.
func outlive(t *testing.T, url, folder string) {
	const asked = 4
	db, vault, err := openKilled(url, folder)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.Clock = func() time.Time { return tenanttest.Now }
	if _, err := demo.Load(context.Background(), demo.Options{DB: db, Vault: vault, Password: demotest.Password, Customers: 2}); err != nil {
		t.Fatal(err)
	}
	o := demotest.Over(t, db, nil)
	if err := (bots.Desk{DB: db, Vault: vault}).SetBot(o.As("gerente"), token, "fibranorte_bot"); err != nil {
		t.Fatal(err)
	}
	telegram := bottest.New(t, token)
	maria := (&stage{T: t, Office: o, telegram: telegram, desk: subscribers.Desk{DB: db, Vault: vault}}).maria()
	var now *exec.Cmd
	ahead := time.Duration(0)
	hire := func() {
		now = exec.Command(os.Args[0])
		now.Env = append(os.Environ(), envTelegram+"="+telegram.Endpoint, envPostgres+"="+url, envFolder+"="+folder, envAhead+"="+ahead.String())
		now.Stderr = t.Output()
		if err := now.Start(); err != nil {
			t.Fatal(err)
		}
		ahead += bots.Lease + time.Second
	}
	kill := func() {
		if err := now.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = now.Wait() // it says that it was killed
	}
	hears := func(begin string) {
		t.Helper()
		for said := maria.Next(); !strings.HasPrefix(bottest.Plain(said.Text), begin); said = maria.Next() {
			if said.Toast || strings.HasPrefix(said.Text, "Algo falhou") {
				t.Errorf("she waits for %q and is told %s", begin, said.Text)
			}
		}
	}
	hire()
	defer kill()
	maria.Writes("/menu") // that it is at work
	hears("Olá, Maria!")
	for n := range asked {
		for _, one := range []step{{"/suporte", []string{"Atendimento para"}}, {fmt.Sprint("sem internet ", n), []string{"Atendimento aberto."}}} {
			maria.Writes(one.does)
			time.Sleep(rand.N(30 * time.Millisecond))
			kill()
			hire()
			hears(one.hears[0])
		}
	}
	o.Read(func(ctx context.Context, c *ent.Client) error {
		if n := c.Ticket.Query().CountX(ctx); n != asked {
			t.Errorf("%d tickets were opened, she asked for %d", n, asked)
		}
		return nil
	})
}
