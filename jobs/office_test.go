package jobs

import (
	"strings"
	"testing"
	"time"

	"enlace/ent"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/intake"
)

// A file goes all the way through the office's own table: brought, read by a worker, confirmed, written by a worker.
func TestWorkersReadAndWriteAFileThatWasBroughtIn(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		o.DB.Clock = time.Now // leases are reckoned by it
		start(t, Options{DB: o.DB, Mux: Office(o.DB, Doors{Vault: o.Vault})})
		d, ctx := intake.Desk{DB: o.DB, Vault: o.Vault}, o.As("gerente")
		text := "cpf_cnpj;nome;nascimento;telefone\n390.533.447-05;Ana;14/03/1985;91988887777\n"
		id, err := d.Bring(ctx, intake.File{Kind: intake.Customers, Name: "clientes.csv", Size: int64(len(text)), From: strings.NewReader(text)})
		if err != nil {
			t.Fatal(err)
		}
		waitFor := func(want any) {
			t.Helper()
			var last *ent.Intake
			for range 400 {
				s, err := d.Standing(ctx, id)
				if err != nil {
					t.Fatal(err)
				}
				if last = s.Intake; any(s.State) == want {
					return
				}
				time.Sleep(50 * time.Millisecond)
			}
			t.Fatalf("it stays %v", last)
		}
		waitFor(intake.Read)
		if err := d.Confirm(ctx, id); err != nil {
			t.Fatal(err)
		}
		waitFor(intake.Written)
	})
}
