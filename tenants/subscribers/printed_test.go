package subscribers_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"enlace/ent"
	"enlace/ent/booklet"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/contracts"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/subscribers"
)

// codes are the QR codes on a paper that open the bot. It needs pdftoppm and zbarimg.
func codes(t *testing.T, pdf []byte) (links []string) {
	t.Helper()
	at := t.TempDir()
	if err := os.WriteFile(filepath.Join(at, "a.pdf"), pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	if said, err := exec.Command("pdftoppm", "-r", "200", "-l", "2", "-gray", filepath.Join(at, "a.pdf"), filepath.Join(at, "page")).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	pages, err := filepath.Glob(filepath.Join(at, "page*"))
	if err != nil {
		t.Fatal(err)
	}
	read, _ := exec.Command("zbarimg", append([]string{"-q", "--raw", "-Sdisable", "-Sqrcode.enable"}, pages...)...).Output() // it answers 4 when a page has none
	for _, line := range strings.Fields(string(read)) {
		if strings.HasPrefix(line, "https://t.me/") {
			links = append(links, line)
		}
	}
	return links
}

func TestCarneAndContractHaveTheLinkOfTheirHolder(t *testing.T) {
	withBot(t, func(t *testing.T, o *demotest.Office, d subscribers.Desk) {
		carne := func() []string {
			t.Helper()
			id := o.Maria.ID
			o.Write(func(ctx context.Context, c *ent.Client) error { // as after a change: it is drawn anew
				row := c.Booklet.Query().Where(booklet.CustomerID(o.Maria.ID)).OnlyX(ctx)
				id = row.ID
				return row.Update().ClearFileID().AddVersion(1).Exec(ctx)
			})
			file, err := d.BookletPDF(o.Subscriber(o.Maria), id)
			if err != nil {
				t.Fatal(err)
			}
			return codes(t, file.Content)
		}
		contract := func(text string) []string {
			t.Helper()
			desk, by := contracts.Desk{DB: o.DB, Vault: d.Vault}, o.As("gerente")
			var of *ent.Contract
			o.Read(func(ctx context.Context, c *ent.Client) error { of = c.Contract.Query().FirstX(ctx); return nil })
			if text != "" {
				if _, err := desk.SaveTemplate(by, of.TemplateID, tenants.Typed{"nome": "Com nascimento", "corpo": text}); err != nil {
					t.Fatal(err)
				}
			}
			made, err := desk.Attach(by, contracts.Attachment{Subscription: o.Service(o.Maria).ID, Company: of.CompanyID, Template: of.TemplateID})
			if err != nil {
				t.Fatal(err)
			}
			file, err := desk.Paper(by, made)
			if err != nil {
				t.Fatal(err)
			}
			return codes(t, file.Content)
		}
		link := "https://t.me/fibranorte_bot?start=" + paperOf(t, d, o, o.Maria)
		if got := carne(); len(got) != 1 || got[0] != link {
			t.Errorf("the carnê has %v, want %s", got, link)
		}
		if got := contract(""); len(got) != 1 || got[0] != link {
			t.Errorf("the contract has %v, want %s", got, link)
		}
		if got := contract("<p>Nascido em {{cliente.nascimento}}.</p>"); len(got) != 0 {
			t.Errorf("a contract that tells the second proof has %v", got)
		}
		open, err := d.Invoices(o.Subscriber(o.Maria))
		if err != nil || len(open) == 0 {
			t.Fatal(err)
		}
		if _, slip, err := (billing.Desk{DB: o.DB, Vault: d.Vault}).InvoicePDF(o.As("suporte"), open[0].Invoice.ID); err != nil || len(codes(t, slip)) != 0 {
			t.Errorf("a slip alone has a link too, %v", err)
		}
		if err := d.Revoke(o.As("comercial"), o.Maria.ID); err != nil {
			t.Fatal(err)
		}
		next := "https://t.me/fibranorte_bot?start=" + paperOf(t, d, o, o.Maria)
		if got := carne(); len(got) != 1 || got[0] != next || next == link {
			t.Errorf("after it was taken back the carnê has %v, want %s", got, next)
		}
	})
}
