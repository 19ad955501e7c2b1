package intake_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/customer"
	"enlace/tenants"
	"enlace/tenants/catalog"
	"enlace/tenants/intake"
	"enlace/tenants/staff"
	"enlace/tenants/tenanttest"
)

// The worker that is killed is this test binary, started again with what to write, and where, in its environment.
const (
	envPostgres = "ENLACE_KILLED_POSTGRES"
	envFolder   = "ENLACE_KILLED_FOLDER"
	envIntake   = "ENLACE_KILLED_INTAKE"
)

// patience is how long the lease of a worker may be.
const patience = 5 * time.Minute

func TestMain(m *testing.M) {
	if os.Getenv(envIntake) == "" {
		os.Exit(m.Run())
	}
	if err := writeUntilKilled(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func writeUntilKilled() error {
	db, err := openStore(os.Getenv(envPostgres), os.Getenv(envFolder))
	if err != nil {
		return err
	}
	isp, err := db.Find(context.Background(), "fibranorte")
	if err != nil {
		return err
	}
	fmt.Println("at work")
	ctx, cancel := context.WithTimeout(tenants.With(context.Background(), isp), patience)
	defer cancel()
	return deskAt(db).Write(ctx, uuid.MustParse(os.Getenv(envIntake)))
}

func openStore(url, folder string) (*tenants.DB, error) {
	if url != "" {
		return tenants.OpenPostgres(context.Background(), url, nil, nil)
	}
	return tenants.OpenSQLite(context.Background(), folder, nil)
}

func deskAt(db *tenants.DB) intake.Desk {
	vault, err := tenants.NewVault(make([]byte, tenants.VaultKeyBytes))
	if err != nil {
		panic(err)
	}
	return intake.Desk{DB: db, Vault: vault}
}

func TestAWorkerKilledInTheMiddleLeavesNothingAndTheNextOneWritesIt(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { surviveAKill(t, "", t.TempDir()) })
	t.Run("postgres", func(t *testing.T) { surviveAKill(t, tenanttest.Database(t), "") })
}

func surviveAKill(t *testing.T, url, folder string) {
	const lines = 3_000
	db, err := openStore(url, folder)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	isp, err := db.Found(context.Background(), "fibranorte", "Fibra Norte", time.UTC, func(ctx context.Context, c *ent.Client) error { return catalog.Defaults(ctx, c, db.Now()) })
	if err != nil {
		t.Fatal(err)
	}
	worker, cancel := context.WithTimeout(tenants.With(context.Background(), isp), patience)
	defer cancel()
	hired, err := (&staff.Desk{DB: db}).Hire(worker, staff.Hire{Name: "Ana Prado", Email: "ana@fibranorte.example", Password: "correta-bateria", Role: "gerente"})
	if err != nil {
		t.Fatal(err)
	}
	ctx := tenants.As(worker, tenants.Actor{Kind: tenants.User, ID: hired.ID, Name: hired.Name, Role: "gerente", Channel: tenants.Web})
	d, file := deskAt(db), sheetOf(intake.Customers, lines)
	id, err := d.Bring(ctx, intake.File{Kind: intake.Customers, Name: "clientes.csv", Size: int64(len(file)), From: strings.NewReader(file)})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Read(worker, id); err != nil {
		t.Fatal(err)
	}
	if err := d.Confirm(ctx, id); err != nil {
		t.Fatal(err)
	}
	count := func() (n int) {
		t.Helper()
		err := db.Read(worker, func(ctx context.Context, c *ent.Client) error {
			n = c.Customer.Query().Where(customer.KindEQ(customer.KindPf)).CountX(ctx)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	kill(t, url, folder, id, func() bool {
		s, err := d.Standing(ctx, id)
		if err != nil || s.State != intake.Writing {
			t.Fatalf("%v, %v", s.Intake, err)
		}
		return s.Done >= 1_000 // and what it has written so far nobody sees
	})
	if n := count(); n != 0 {
		t.Fatalf("%d customers of half a file", n)
	}
	for range 2 { // and once more: it is done once
		if err := d.Write(worker, id); err != nil {
			t.Fatal(err)
		}
	}
	if s, err := d.Standing(ctx, id); err != nil || s.State != intake.Written || count() != lines {
		t.Errorf("%v, %v, %d customers", s.Intake, err, count())
	}
}

// kill starts a worker and kills it, without a word, once it has come far enough.
func kill(t *testing.T, url, folder string, id uuid.UUID, enough func() bool) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	log, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	worker := exec.Command(self)
	worker.Env = append(os.Environ(), envPostgres+"="+url, envFolder+"="+folder, envIntake+"="+id.String())
	worker.Stderr = log
	out, err := worker.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := worker.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = worker.Wait() }() // it was killed, which Wait calls an error
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatalf("%q, %v", line, err)
	}
	for !enough() {
		time.Sleep(5 * time.Millisecond)
	}
	if err := worker.Process.Kill(); err != nil {
		t.Fatal(err)
	}
}
