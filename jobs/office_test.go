package jobs

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/billingmethod"
	"enlace/ent/pixcharge"
	"enlace/jobs/psptest"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/catalog"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/intake"
	"enlace/tenants/outbox"
	"enlace/tenants/tenanttest"
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

// A slip gets its charge at the PSP through the office's own table, and the webhook is named by a worker.
func TestWorkersPutAChargeAtThePSP(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		begun := time.Now()
		o.DB.Clock = func() time.Time { return tenanttest.Now.Add(time.Since(begun)) } // leases are reckoned by it
		p := psptest.Open(t, ourKey)
		p.Clock(o.DB.Now)
		psps := NewPSPs(PSPOptions{Roots: p.CA.Roots, Near: true})
		start(t, Options{DB: o.DB, Mux: Office(o.DB, Doors{Vault: o.Vault, PSPs: psps, Site: func(slug string) string { return "https://" + slug + ".example.com/" }})})
		at, manager, configure := p.Account(""), o.As("gerente"), catalog.Desk{DB: o.DB, Vault: o.Vault}
		var key uuid.UUID
		var method *ent.BillingMethod
		o.Read(func(ctx context.Context, c *ent.Client) error {
			key, method = c.PixKey.Query().OnlyIDX(ctx), c.BillingMethod.Query().Where(billingmethod.KindEQ(billingmethod.KindPix)).OnlyX(ctx)
			return nil
		})
		account, err := configure.Save(manager, catalog.Shelves["contas-pix"], uuid.Nil, tenants.Typed{"nome": "Banco", "pix": key.String(), "endereco": at.BaseURL, "endereco_token": at.TokenURL,
			"client_id": at.ClientID, "client_secret": at.ClientSecret, "certificado": at.Certificate, "chave_privada": at.PrivateKey})
		if err != nil {
			t.Fatal(err)
		}
		_, err = configure.Save(manager, catalog.Shelves["formas-de-cobranca"], method.ID, tenants.Typed{"nome": "Pix", "tipo": "pix", "empresa": method.CompanyID.String(),
			"pix": key.String(), "conta_pix": account.String()})
		if err != nil {
			t.Fatal(err)
		}
		sub := o.Service(o.Maria)
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Subscription.UpdateOneID(sub.ID).SetMethodID(method.ID).Exec(ctx)
		})
		booklet, err := billing.Desk{DB: o.DB}.IssueBooklet(manager, billing.NewBooklet{Customer: o.Maria.ID, Subscription: sub.ID, Start: sub.BilledUntil, FirstDue: sub.BilledUntil, Instalments: 3})
		if err != nil {
			t.Fatal(err)
		}
		active := 0
		for range 400 {
			o.Read(func(ctx context.Context, c *ent.Client) error {
				active = c.PixCharge.Query().Where(pixcharge.StatusEQ(pixcharge.StatusActive)).CountX(ctx)
				return nil
			})
			if active == 3 && p.Webhook(ourKey) != "" {
				break
			}
			time.Sleep(50 * time.Millisecond)
		}
		if active != 3 || !strings.HasPrefix(p.Webhook(ourKey), "https://fibranorte.example.com/webhooks/pix/fibranorte/") {
			t.Fatalf("%d charges of carnê %d, webhook %q", active, booklet.Number, p.Webhook(ourKey))
		}
	})
}

// The page of the routines says of a day's job how much it did.
func TestTheOfficeCountsWhatADaysJobDid(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		text := "cpf_cnpj;nome;nascimento;telefone\n390.533.447-05;Ana;14/03/1985;91988887777\n"
		_, err := intake.Desk{DB: o.DB, Vault: o.Vault}.Bring(o.As("gerente"), intake.File{Kind: intake.Customers, Name: "clientes.csv", Size: int64(len(text)), From: strings.NewReader(text)})
		if err != nil {
			t.Fatal(err)
		}
		o.Pass(intake.Kept + time.Hour)
		day := o.DB.Today(o.Worker())
		o.Write(func(ctx context.Context, c *ent.Client) error {
			if err := c.TickRun.Create().SetKind(intake.Sweep).SetDay(day).SetStartedAt(o.DB.Now()).Exec(ctx); err != nil {
				return err
			}
			return outbox.Add(ctx, c, o.DB.Now(), outbox.Job{Kind: intake.Sweep, Payload: map[string]string{"day": day.String()}})
		})
		for _, row := range all(t, o.DB, o.Worker()) {
			if row.Kind != intake.Sweep {
				continue
			}
			if err := Office(o.DB, Doors{Vault: o.Vault}).run(o.Worker(), o.DB, row); err != nil {
				t.Fatal(err)
			}
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if run := c.TickRun.Query().OnlyX(ctx); run.Done != 1 || run.FinishedAt == nil {
				t.Errorf("it did %d", run.Done)
			}
			return nil
		})
	})
}
