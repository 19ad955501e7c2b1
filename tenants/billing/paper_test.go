package billing_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"testing"

	"enlace/ent"
	"enlace/tenants/catalog"
	"enlace/tenants/demo/demotest"
)

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
