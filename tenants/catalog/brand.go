package catalog

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"image/png"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/brazil/print"
	"enlace/tenants/files"
)

// mostLogoBytes is the weight of a brand's logo: every page asks for it.
const mostLogoBytes = 20 << 10

// A logo smaller than so many dots is a speck, and one so many times longer than it is wide, or wider than long, a line.
const (
	leastLogoDots = 16
	widestLogo    = 10
)

// Brand is how an ISP looks to its own staff and on its papers: one accent, one logo. Both may be missing.
type Brand struct {
	Accent string // #rrggbb
	Logo   uuid.UUID
}

// Version is another one for every brand, so that a browser may keep what it has been given; empty for an ISP without a brand.
func (b Brand) Version() string {
	if b == (Brand{}) {
		return ""
	}
	sum := sha256.Sum256([]byte(b.Accent + b.Logo.String()))
	return fmt.Sprintf("%x", sum[:6])
}

// Brand reads the ISP's brand, for anybody: the page on which people sign in shows it.
func (d Desk) Brand(ctx context.Context) (b Brand, err error) {
	return b, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		row, err := Policy(ctx, c)
		if ent.IsNotFound(err) { // an ISP that is just being made
			return nil
		} else if err != nil {
			return err
		}
		b = brandOf(row)
		return nil
	})
}

// BrandTold reads the brand with its history. Denied without Configure.
func (d Desk) BrandTold(ctx context.Context) (b Brand, told []*ent.History, err error) {
	return b, told, d.look(ctx, func(ctx context.Context, c *ent.Client) error {
		row, err := Policy(ctx, c)
		if err != nil {
			return err
		}
		b = brandOf(row)
		told, err = changes(ctx, c, "brand", row.ID)
		return err
	})
}

func brandOf(row *ent.OfficePolicy) Brand {
	b := Brand{Accent: row.Accent}
	if row.LogoID != nil {
		b.Logo = *row.LogoID
	}
	return b
}

// BrandLogo reads the PNG of the ISP's brand. It returns NotFound for an ISP without one.
func (d Desk) BrandLogo(ctx context.Context) (logo *ent.File, err error) {
	return logo, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		logo, err = brandLogo(ctx, c)
		return err
	})
}

func brandLogo(ctx context.Context, c *ent.Client) (*ent.File, error) {
	row, err := Policy(ctx, c)
	if err != nil {
		return nil, err
	}
	if row.LogoID == nil {
		return nil, tenants.NotFound()
	}
	return files.Get(ctx, c, *row.LogoID)
}

// LogoOf reads the picture a company's slips are signed with: its own, else the brand's, else none.
func LogoOf(ctx context.Context, c *ent.Client, company *ent.Company) ([]byte, error) {
	var logo *ent.File
	var err error
	if company.LogoID != nil {
		logo, err = files.Get(ctx, c, *company.LogoID)
	} else {
		logo, err = brandLogo(ctx, c)
	}
	if fault := tenants.FaultOf(err); fault != nil && fault.Kind == tenants.KindNotFound {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	return logo.Content, nil
}

// Stylesheet is the brand as the browser reads it: the three tokens an ISP may colour, light and dark.
func (b Brand) Stylesheet() string {
	accent, ok := ParseColour(b.Accent)
	if !ok {
		return ""
	}
	p := PaletteOf(accent)
	var s strings.Builder
	s.WriteString(":root{")
	for _, token := range []struct {
		name string
		pair [2]Colour
	}{{"accent", p.Accent}, {"accent-soft", p.Soft}, {"on-accent", p.On}} {
		fmt.Fprintf(&s, "--en-%s:light-dark(%s,%s);", token.name, token.pair[0], token.pair[1])
	}
	return s.String() + "}\n"
}

// ReadAccent reads a colour: #rrggbb, with or without its sign. It returns Invalid accent_pale, naming the nearest darker tone that can be read,
// for one that cannot be read on white.
func ReadAccent(typed string) (string, error) {
	typed = strings.ToLower(strings.TrimSpace(typed))
	if typed == "" {
		return "", nil
	}
	colour, ok := ParseColour("#" + strings.TrimPrefix(typed, "#"))
	if !ok {
		return "", tenants.Invalid("cor", "colour")
	}
	if Contrast(colour, white) < leastContrast {
		return "", tenants.Invalid("cor", "accent_pale").With("darker", Darker(colour).String()).With("contrast", strings.Replace(fmt.Sprintf("%.1f", Contrast(colour, white)), ".", ",", 1))
	}
	return colour.String(), nil
}

// SetAccent gives the ISP's pages an accent; none gives them ours back. It returns what ReadAccent does, and Denied without Configure.
func (d Desk) SetAccent(ctx context.Context, typed string) error {
	accent, err := ReadAccent(typed)
	if err != nil {
		return err
	}
	return d.brand(ctx, func(_ context.Context, _ *ent.Client, row *ent.OfficePolicy) (*ent.OfficePolicyUpdateOne, error) {
		return row.Update().SetAccent(accent), nil
	})
}

// SetBrandLogo gives the ISP a logo, a whole PNG of at most 20 KB that stands still; no content takes it away. An SVG is refused: it is a document that can carry
// scripts, and no cleaning of it is as safe as a picture. It returns Invalid logo_png, logo_heavy or logo_shape, and Denied without Configure.
func (d Desk) SetBrandLogo(ctx context.Context, content []byte) error {
	switch {
	case len(content) > mostLogoBytes:
		return tenants.Invalid("logo", "logo_heavy")
	case len(content) > 0:
		size, err := png.DecodeConfig(bytes.NewReader(content))
		switch {
		case err != nil || bytes.Contains(content, []byte("acTL")): // the mark of one that moves
			return tenants.Invalid("logo", "logo_png")
		case size.Width < leastLogoDots || size.Height < leastLogoDots || size.Width > widestLogo*size.Height || size.Height > size.Width*widestLogo:
			return tenants.Invalid("logo", "logo_shape")
		}
		if _, err := print.OpenLogo(content); err != nil { // it is printed, too
			return tenants.Invalid("logo", "logo_png")
		}
	}
	return d.brand(ctx, func(ctx context.Context, c *ent.Client, row *ent.OfficePolicy) (*ent.OfficePolicyUpdateOne, error) {
		if len(content) == 0 {
			return row.Update().ClearLogoID(), nil
		}
		file, err := files.Put(ctx, c, d.DB.Now(), "logomarca.png", "image/png", content)
		if err != nil {
			return nil, err
		}
		return row.Update().SetLogoID(file.ID), nil
	})
}

// brand changes the brand and tells it.
func (d Desk) brand(ctx context.Context, change func(context.Context, *ent.Client, *ent.OfficePolicy) (*ent.OfficePolicyUpdateOne, error)) error {
	return d.configure(ctx, func(ctx context.Context, c *ent.Client) error {
		before, err := Policy(ctx, c)
		if err != nil {
			return err
		}
		update, err := change(ctx, c, before)
		if err != nil {
			return err
		}
		after, err := update.Save(ctx)
		if err != nil {
			return err
		}
		return d.tell(ctx, c, "brand", before.ID, brandTyped(before), brandTyped(after))
	})
}

func brandTyped(row *ent.OfficePolicy) tenants.Typed {
	t := tenants.Typed{"nome": "Marca", "cor": cmp.Or(row.Accent, "a do Enlace")}
	if row.LogoID != nil {
		t["logo"] = row.LogoID.String()
	}
	return t
}
