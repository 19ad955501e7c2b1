package catalog_test

import (
	"context"
	"encoding/json"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/billingmethod"
	"enlace/ent/outbox"
	"enlace/jobs/psptest"
	"enlace/tenants"
	"enlace/tenants/catalog"
	"enlace/tenants/demo/demotest"
)

func TestTheSecretsOfAnAccessAreSealedAndNeverShown(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		desk, shelf := catalog.Desk{DB: o.DB, Vault: o.Vault}, catalog.Shelves["contas-pix"]
		typed := sheet(o, "contas-pix", nil)
		id, err := desk.Save(o.As("gerente"), shelf, uuid.Nil, typed)
		if err != nil {
			t.Fatal(err)
		}
		account := func() (row *ent.PspAccount) {
			o.Read(func(ctx context.Context, c *ent.Client) error { row = c.PspAccount.GetX(ctx, id); return nil })
			return row
		}
		before := account()
		row, err := desk.Row(o.As("gerente"), shelf, id)
		if err != nil {
			t.Fatal(err)
		}
		shown, _ := json.Marshal([]any{row.Typed, row.Told, before.ClientSecret, before.PrivateKey, before.Certificate, before.WebhookSecret})
		for _, secret := range []string{"um segredo do banco", "PRIVATE KEY", "BEGIN CERTIFICATE"} {
			if strings.Contains(string(shown), secret) {
				t.Errorf("%s is there to read", secret)
			}
		}
		for purpose, sealed := range map[string]string{catalog.ForPSPSecret: before.ClientSecret, catalog.ForPSPCertificate: before.Certificate, catalog.ForPSPKey: before.PrivateKey} {
			if opened, err := o.Vault.Open(o.Worker(), purpose, sealed); err != nil || !strings.Contains(typed["client_secret"]+typed["certificado"]+typed["chave_privada"], opened) {
				t.Errorf("%s: %v", purpose, err)
			}
		}
		if secret, err := o.Vault.Open(o.Worker(), catalog.ForPSPWebhook, before.WebhookSecret); err != nil || catalog.WebhookHash(secret) != before.WebhookHash || len(secret) < 43 {
			t.Errorf("the webhook has %q, %v", secret, err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.Outbox.Query().Where(outbox.Kind(catalog.NamePixWebhook)).CountX(ctx); n != 1 {
				t.Errorf("the webhook is named %d times", n)
			}
			return nil
		})

		same := maps.Clone(row.Typed)
		same["client_id"] = "fibra2"
		if _, err := desk.Save(o.As("gerente"), shelf, id, same); err != nil {
			t.Fatal(err)
		}
		if after := account(); after.ClientSecret != before.ClientSecret || after.PrivateKey != before.PrivateKey || after.ClientID != "fibra2" || after.WebhookHash != before.WebhookHash {
			t.Error("a secret left empty has changed")
		}
		same["client_secret"] = "outro segredo"
		if _, err := desk.Save(o.As("gerente"), shelf, id, same); err != nil {
			t.Fatal(err)
		}
		if row, err = desk.Row(o.As("gerente"), shelf, id); err != nil || len(row.Told) != 3 || row.Told[0].After["segredo"] == row.Told[0].Before["segredo"] {
			t.Errorf("another secret is told as %+v, %v", row.Told[0], err)
		}
	})
}

func TestAnAccessThatWillNotDoIsRefusedBesideItsField(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		desk, shelf := catalog.Desk{DB: o.DB, Vault: o.Vault}, catalog.Shelves["contas-pix"]
		other := psptest.NewCA(t).Issue("outro", o.DB.Now().Add(-time.Minute))
		for _, c := range []struct {
			typed tenants.Typed
			want  string
		}{
			{tenants.Typed{"endereco": "http://pix.banco.example"}, "endereco: psp_address"},
			{tenants.Typed{"endereco_token": "https://u:p@pix.banco.example"}, "endereco_token: psp_address"},
			{tenants.Typed{"client_secret": ""}, "client_secret: required"},
			{tenants.Typed{"chave_privada": ""}, "chave_privada: required"},
			{tenants.Typed{"chave_privada": other.PrivateKey}, "certificado: certificate_pair"},
			{tenants.Typed{"certificado": "isto não é PEM"}, "certificado: certificate_pair"},
			{tenants.Typed{"certificado": other.Certificate, "chave_privada": other.PrivateKey}, "certificado: certificate_over"},
			{tenants.Typed{"pix": demotest.Nobody.String()}, "not_found"},
		} {
			if _, err := desk.Save(o.As("gerente"), shelf, uuid.Nil, sheet(o, "contas-pix", c.typed)); demotest.Fault(err) != c.want {
				t.Errorf("%v: %v, want %s", c.typed, err, c.want)
			}
		}
		id, err := desk.Save(o.As("gerente"), shelf, uuid.Nil, sheet(o, "contas-pix", nil))
		if err != nil {
			t.Fatal(err)
		}
		row, err := desk.Row(o.As("gerente"), shelf, id)
		if err != nil {
			t.Fatal(err)
		}
		for field, value := range map[string]string{"endereco": "https://outro.example", "endereco_token": "https://outro.example/token"} {
			moved := maps.Clone(row.Typed)
			moved[field] = value // the secrets would go where nobody meant them to
			_, err := desk.Save(o.As("gerente"), shelf, id, moved)
			if fault := tenants.FaultOf(err); fault == nil || fault.Fields["client_secret"] != "psp_secret_again" || fault.Fields["chave_privada"] != "psp_secret_again" {
				t.Errorf("%v", err)
			}
		}
		company := ""
		o.Read(func(ctx context.Context, c *ent.Client) error {
			company = c.Company.Query().FirstIDX(ctx).String()
			return nil
		})
		key, err := desk.Save(o.As("gerente"), catalog.Shelves["chaves-pix"], uuid.Nil, sheet(o, "chaves-pix", nil))
		if err != nil {
			t.Fatal(err)
		}
		moved := maps.Clone(row.Typed)
		moved["pix"] = key.String()
		if _, err := desk.Save(o.As("gerente"), shelf, id, moved); demotest.Fault(err) != "pix: psp_key_stays" {
			t.Errorf("%v", err)
		}
		method := tenants.Typed{"nome": "Pix do banco", "tipo": string(billingmethod.KindPix), "empresa": company, "pix": key.String(), "conta_pix": id.String()}
		if _, err := desk.Save(o.As("gerente"), catalog.Shelves["formas-de-cobranca"], uuid.Nil, method); demotest.Fault(err) != "conta_pix: psp_another_key" {
			t.Errorf("%v", err)
		}
		method["pix"] = row.Typed["pix"]
		used, err := desk.Save(o.As("gerente"), catalog.Shelves["formas-de-cobranca"], uuid.Nil, method)
		if err != nil {
			t.Fatal(err)
		}
		if err := desk.SetActive(o.As("gerente"), shelf, id, false); demotest.Fault(err) != "psp_in_use" {
			t.Errorf("%v", err)
		}
		if err := desk.SetActive(o.As("gerente"), catalog.Shelves["formas-de-cobranca"], used, false); err != nil {
			t.Fatal(err)
		}
		if err := desk.SetActive(o.As("gerente"), shelf, id, false); err != nil {
			t.Error(err)
		}
	})
}
