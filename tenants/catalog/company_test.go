package catalog_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/catalog"
	"enlace/tenants/demo/demotest"
)

func TestALogoIsKeptOrRefusedByName(t *testing.T) {
	var logo bytes.Buffer
	if err := png.Encode(&logo, image.NewGray(image.Rect(0, 0, 40, 10))); err != nil {
		t.Fatal(err)
	}
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		desk := catalog.Desk{DB: o.DB}
		company := func() (row *ent.Company) {
			o.Read(func(ctx context.Context, c *ent.Client) (err error) {
				row, err = c.Company.Query().First(ctx)
				return err
			})
			return row
		}
		id := company().ID
		for content, want := range map[string]string{"<svg onload=alert(1)>": "logo_format", logo.String()[:40]: "logo_format", string(make([]byte, 600<<10)): "logo_size"} {
			fault := tenants.FaultOf(desk.SetLogo(o.As("gerente"), id, "x.png", []byte(content)))
			if fault == nil || fault.Fields["logo"] != want {
				t.Errorf("%d bytes: %v, want %s", len(content), fault, want)
			}
		}
		if err := desk.SetLogo(o.As("financeiro"), id, "marca.png", logo.Bytes()); demotest.Fault(err) != "denied" {
			t.Errorf("financeiro: %v", err)
		}
		for who, of := range map[context.Context]uuid.UUID{o.Stranger(): id, o.As("gerente"): uuid.New()} {
			if err := desk.SetLogo(who, of, "marca.png", logo.Bytes()); demotest.Fault(err) != "not_found" {
				t.Errorf("%v", err)
			}
		}
		if err := desk.SetLogo(o.As("gerente"), id, "marca.png", logo.Bytes()); err != nil || company().LogoID == nil {
			t.Fatalf("%v, %v", company().LogoID, err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if file := c.File.GetX(ctx, *company().LogoID); file.ContentType != "image/png" || !bytes.Equal(file.Content, logo.Bytes()) {
				t.Errorf("%s, %d bytes", file.ContentType, file.Size)
			}
			return nil
		})
		if err := desk.SetLogo(o.As("gerente"), id, "", nil); err != nil || company().LogoID != nil {
			t.Errorf("taken away: %v, %v", company().LogoID, err)
		}
	})
}
