package billing_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"os/exec"
	"strings"
	"testing"

	"enlace/ent"
	"enlace/tenants/billing"
	"enlace/tenants/brazil/pix"
	"enlace/tenants/catalog"
	"enlace/tenants/demo/demotest"
)

func TestASlipAloneSaysWhichInstalmentOfHowManyItIs(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		bill := overdue(o).Invoice
		_, content, err := desk(o).InvoicePDF(o.As("suporte"), bill.ID)
		if err != nil {
			t.Fatal(err)
		}
		read := exec.Command("pdftotext", "-", "-")
		read.Stdin = bytes.NewReader(content)
		text, err := read.Output()
		if want := fmt.Sprintf("%d / 12", bill.Instalment); err != nil || !strings.Contains(string(text), want) || bill.Instalment == 12 {
			t.Errorf("the slip does not say %s: %s, %v", want, text, err)
		}
	})
}

func TestTheBalanceOfAnInvoiceHasItsPix(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		debt := overdue(o)
		if code, err := debt.BalancePix(); code != "" || err != nil {
			t.Errorf("nothing was paid, and the balance has %s, %v", code, err)
		}
		in := billing.Receipt{Invoice: debt.Invoice.ID, Amount: 30_00, PaidOn: o.Here.Today(o.DB.Now()), Key: "1"}
		if _, err := desk(o).ReceiveAtCounter(o.As("financeiro"), in); err != nil {
			t.Fatal(err)
		}
		now := overdue(o)
		payload, err := now.BalancePix()
		if err != nil {
			t.Fatal(err)
		}
		code, whole := pix.Parse(payload), pix.Parse(now.Slip.PixPayload)
		if !code.Valid || code.Fields["54"] != (debt.Owed()-30_00).Decimal() || code.TxID != now.Slip.Txid || code.Key != whole.Key || code.Fields["59"] != whole.Fields["59"] {
			t.Errorf("of %s the code says %+v", now.Owed(), code)
		}
	})
}

func TestASlipIsSignedWithTheLogoOfItsCompany(t *testing.T) {
	var logo bytes.Buffer
	if err := png.Encode(&logo, image.NewGray(image.Rect(0, 0, 40, 10))); err != nil {
		t.Fatal(err)
	}
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		pictures := func() int {
			_, content, err := desk(o).InvoicePDF(o.As("suporte"), overdue(o).Invoice.ID)
			if err != nil {
				t.Fatal(err)
			}
			return bytes.Count(content, []byte("/Subtype/Image"))
		}
		if n := pictures(); n != 0 {
			t.Errorf("without a logo the slip has %d pictures", n)
		}
		var company *ent.Company
		o.Read(func(ctx context.Context, c *ent.Client) (err error) {
			company, err = c.Company.Query().First(ctx)
			return err
		})
		if err := (catalog.Desk{DB: o.DB}).SetLogo(o.As("gerente"), company.ID, "marca.png", logo.Bytes()); err != nil {
			t.Fatal(err)
		}
		if n := pictures(); n != 1 {
			t.Errorf("the slip has %d pictures", n)
		}
	})
}
