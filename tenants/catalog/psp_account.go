package catalog

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/billingmethod"
	"enlace/ent/pspaccount"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/outbox"
)

// NamePixWebhook is the kind of outbox row by which a worker names our webhook to the PSP of an account.
const NamePixWebhook = "pix.webhook"

// What the vault is told a secret of a PSP is for.
const (
	ForPSPSecret      = "psp client secret"
	ForPSPCertificate = "psp certificate"
	ForPSPKey         = "psp private key"
	ForPSPWebhook     = "psp webhook"
)

// The longest secrets, in letters: a certificate comes with those between it and its root.
const (
	longestSecret      = 1_000
	longestCertificate = 20_000
	longestKey         = 10_000
)

// pspAccounts are the accesses to the PSPs. Their secrets are typed, never shown; a form that leaves them empty leaves them as they are.
var pspAccounts = Shelf{Subject: "psp_account",
	rows: func(ctx context.Context, c *ent.Client) ([]Row, error) {
		isp, _ := tenants.From(ctx)
		all, err := c.PspAccount.Query().Order(pspaccount.ByName()).All(ctx)
		return rowsOf(all, func(r *ent.PspAccount) Row {
			return Row{ID: r.ID, Name: r.Name, Active: r.Active, Typed: tenants.Typed{"pix": r.PixKeyID.String(), "endereco": r.BaseURL, "endereco_token": r.TokenURL,
				"client_id": r.ClientID, "certificado_ate": calendar.Of(r.CertificateUntil.In(isp.Zone)).BR(), "segredo": sealedAs(r),
				"resposta": string(r.Answer), "resposta_em": moment(r.AnsweredAt, isp.Zone)}}
		}), err
	},
	keep: keepPSPAccount,
	withdraw: func(ctx context.Context, c *ent.Client, id uuid.UUID, active bool) error {
		used, err := c.BillingMethod.Query().Where(billingmethod.PspAccountID(id), billingmethod.Active(true)).Exist(ctx)
		switch {
		case err != nil:
			return err
		case used && !active:
			return tenants.Conflict("psp_in_use")
		}
		return c.PspAccount.UpdateOneID(id).SetActive(active).Exec(ctx)
	},
}

// PSPSecrets are the fields that are typed and never shown.
var PSPSecrets = []string{"client_secret", "certificado", "chave_privada"}

func moment(at *time.Time, zone *time.Location) string {
	if at == nil {
		return ""
	}
	return at.In(zone).Format("02/01/2006, 15:04")
}

// sealedAs changes with the secrets and tells nothing of them: by it the history knows that they were typed anew.
func sealedAs(r *ent.PspAccount) string {
	return uuid.NewSHA1(uuid.Nil, []byte(r.ClientSecret+r.PrivateKey)).String()
}

// keepPSPAccount writes an access. Its Pix key stays, since the charges outside are of that key; another address asks for the secrets anew, lest
// they be sent where whoever typed them would not have had them go.
func keepPSPAccount(ctx context.Context, c *ent.Client, row Row, fresh bool) error {
	var wrong tenants.Fields
	old := &ent.PspAccount{}
	if !fresh {
		var err error
		if old, err = c.PspAccount.Get(ctx, row.ID); err != nil {
			return err
		}
	}
	t := row.Typed
	name, key, client := t.Required(&wrong, "nome"), t.RequiredID(&wrong, "pix"), t.Required(&wrong, "client_id")
	base, token := secureURL(t, &wrong, "endereco"), secureURL(t, &wrong, "endereco_token")
	secret := t.Long(&wrong, "client_secret", longestSecret)
	certificate, private := t.Long(&wrong, "certificado", longestCertificate), t.Long(&wrong, "chave_privada", longestKey)
	moved := !fresh && (old.BaseURL != base || old.TokenURL != token)
	for field, typed := range map[string]string{"client_secret": secret, "certificado": certificate, "chave_privada": private} {
		switch {
		case typed == "" && fresh:
			wrong.Add(field, "required")
		case typed == "" && moved:
			wrong.Add(field, "psp_secret_again")
		}
	}
	if !fresh && key != old.PixKeyID {
		wrong.Add("pix", "psp_key_stays")
	}
	until := old.CertificateUntil
	if certificate != "" || private != "" {
		until = pair(certificate, private, row.by.DB.Now(), &wrong)
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	switch _, err := c.PixKey.Get(ctx, key); {
	case ent.IsNotFound(err):
		return tenants.NotFound()
	case err != nil:
		return err
	}
	if fresh {
		if err := newPSPAccount(ctx, c, row, key); err != nil {
			return err
		}
	}
	change := c.PspAccount.UpdateOneID(row.ID).SetName(name).SetBaseURL(base).SetTokenURL(token).SetClientID(client).SetCertificateUntil(until)
	for purpose, sealing := range map[string]struct {
		plain string
		set   func(string) *ent.PspAccountUpdateOne
	}{ForPSPSecret: {secret, change.SetClientSecret}, ForPSPCertificate: {certificate, change.SetCertificate}, ForPSPKey: {private, change.SetPrivateKey}} {
		if sealing.plain == "" {
			continue
		}
		sealed, err := row.by.Vault.Seal(ctx, purpose, sealing.plain)
		if err != nil {
			return err
		}
		sealing.set(sealed)
	}
	if err := change.Exec(ctx); err != nil {
		return err
	}
	return outbox.Add(ctx, c, row.by.DB.Now(), outbox.Job{Kind: NamePixWebhook, Payload: map[string]string{"account": row.ID.String()}})
}

// newPSPAccount makes the row, with the secret of our webhook: 32 random bytes that nobody types.
func newPSPAccount(ctx context.Context, c *ent.Client, row Row, key uuid.UUID) error {
	var raw [32]byte
	_, _ = rand.Read(raw[:]) // it never fails: crypto/rand ends the process instead
	secret := base64.RawURLEncoding.EncodeToString(raw[:])
	sealed, err := row.by.Vault.Seal(ctx, ForPSPWebhook, secret)
	if err != nil {
		return err
	}
	return c.PspAccount.Create().SetID(row.ID).SetName("").SetPixKeyID(key).SetBaseURL("").SetTokenURL("").SetClientID("").SetClientSecret("").SetCertificate("").
		SetPrivateKey("").SetCertificateUntil(row.by.DB.Now()).SetWebhookSecret(sealed).SetWebhookHash(WebhookHash(secret)).Exec(ctx)
}

// WebhookHash is what is kept of a webhook's secret, for a caller's to be compared with.
func WebhookHash(secret string) string {
	return fmt.Sprintf("%x", sha256.Sum256([]byte(secret)))
}

// secureURL reads the address of a PSP: https, with a host, and nothing that a path is not.
func secureURL(t tenants.Typed, wrong *tenants.Fields, field string) string {
	typed := strings.TrimRight(t.Required(wrong, field), "/")
	u, err := url.Parse(typed)
	if typed != "" && (err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "") {
		wrong.Add(field, "psp_address")
	}
	return typed
}

// pair reads until when a certificate holds, and that the key is its own.
func pair(certificate, private string, now time.Time, wrong *tenants.Fields) time.Time {
	if certificate == "" || private == "" {
		for field, typed := range map[string]string{"certificado": certificate, "chave_privada": private} {
			if typed == "" {
				wrong.Add(field, "required")
			}
		}
		return now
	}
	made, err := tls.X509KeyPair([]byte(certificate), []byte(private))
	switch {
	case err != nil:
		wrong.Add("certificado", "certificate_pair")
		return now
	case !made.Leaf.NotAfter.After(now):
		wrong.Add("certificado", "certificate_over")
	}
	return made.Leaf.NotAfter
}
