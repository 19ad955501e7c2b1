package catalog_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"maps"
	"slices"
	"strings"
	"testing"

	"enlace/ent"
	"enlace/ent/company"
	"enlace/tenants"
	"enlace/tenants/catalog"
	"enlace/tenants/demo/demotest"
)

func TestRulesAreNeverHarderThanTheLaw(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		desk := catalog.Desk{DB: o.DB}
		rules, err := desk.Rules(o.As("gerente"))
		if err != nil {
			t.Fatal(err)
		}
		for field, typed := range map[string]map[string]string{
			"aviso": {"14": "notice_days", "": "number_shape", "15": ""}, "pausa_minima": {"31": "pause_min_days", "30": ""}, "pausa_maxima": {"119": "pause_max_days", "365": ""},
			"antecedencia": {"4": "advance_days"}, "confianca_dias": {"31": "trust_staff_days"}, "desfazer": {"73": "undo_hours"}, "desconto_maximo": {"101": "between 0 100", "12,5": "number_shape", "0": ""}, "lembrete": {"16": "remind_days", "0": ""}, "reducao_dias": {"0": "partial_days", "90": ""}, "proporcional": {"28": "choice", "real": ""},
			"fatura_minima": {"-1": "negative", "x": "amount"},
		} {
			for value, code := range typed {
				changed := maps.Clone(rules.Typed)
				changed[field] = value
				if code != "" {
					code = field + ": " + code
				}
				if got := demotest.Fault(desk.SetRules(o.As("gerente"), changed)); got != code {
					t.Errorf("%s %q: %q, want %q", field, value, got, code)
				}
			}
		}
		if err := desk.SetRules(o.As("financeiro"), rules.Typed); demotest.Fault(err) != "denied" {
			t.Errorf("%v", err)
		}
		changed := maps.Clone(rules.Typed)
		changed["taxa"], changed["confianca_bot"], changed["desconto_maximo"] = "150,00", "", "45"
		if err := desk.SetRules(o.As("gerente"), changed); err != nil {
			t.Fatal(err)
		}
		after, err := desk.Rules(o.As("gerente"))
		if err != nil || after.Typed["taxa"] != "150,00" || after.Typed["desconto_maximo"] != "45" || after.Typed["confianca_bot"] != "" || after.Told[0].After["taxa"] != "150,00" {
			t.Errorf("%v, %v", after, err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			choices, err := catalog.ForSale(ctx, c)
			if choices.InstallFee != 150_00 {
				t.Errorf("a sale begins with %s", choices.InstallFee)
			}
			return err
		})
	})
}

func TestDueDaysAreTheOnesTicked(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		desk := catalog.Desk{DB: o.DB}
		for want, days := range map[string][]int{"dias: required": nil, "dias: due_day": {10, 29}} {
			if err := desk.SetDueDays(o.As("gerente"), days); demotest.Fault(err) != want {
				t.Errorf("%v: %v", days, err)
			}
		}
		if err := desk.SetDueDays(o.As("gerente"), []int{31, 7, 10, 7}); err != nil {
			t.Fatal(err)
		}
		if days, err := desk.DueDays(o.As("gerente")); !slices.Equal(days, []int{7, 10, 31}) || err != nil {
			t.Errorf("%v, %v", days, err)
		}
		if err := desk.SetDueDays(o.As("comercial"), []int{1}); demotest.Fault(err) != "denied" {
			t.Errorf("%v", err)
		}
	})
}

func TestAnAccentCanBeReadInBothThemes(t *testing.T) {
	for typed, want := range map[string]string{"#27418F": "", "#0f766e": "", "c00000": "", "#ffcc00": "cor: accent_pale", "#999999": "cor: accent_pale", "azul": "cor: colour", "#12345": "cor: colour"} {
		accent, err := catalog.ReadAccent(typed)
		if got := demotest.Fault(err); got != want {
			t.Errorf("%s: %q, want %q", typed, got, want)
		}
		if want == "cor: accent_pale" {
			if accent, err = catalog.ReadAccent(tenants.FaultOf(err).Args["darker"]); err != nil {
				t.Errorf("what is offered for %s: %v", typed, err)
			}
		}
		colour, ok := catalog.ParseColour(accent)
		if !ok {
			continue
		}
		p, paper := catalog.PaletteOf(colour), catalog.Colour{0x19, 0x21, 0x2a}
		white := catalog.Colour{255, 255, 255}
		if catalog.Contrast(p.Accent[0], white) < 4.5 || catalog.Contrast(p.Accent[1], paper) < 7 || catalog.Contrast(p.On[0], p.Accent[0]) < 4.5 || catalog.Contrast(p.On[1], p.Accent[1]) < 4.5 {
			t.Errorf("%s: %v", typed, p)
		}
	}
	if got := catalog.Contrast(catalog.Colour{}, catalog.Colour{255, 255, 255}); got != 21 {
		t.Errorf("black on white is %f", got)
	}
}

func picture(t *testing.T, side int) []byte {
	t.Helper()
	p := image.NewRGBA(image.Rect(0, 0, side, side))
	for i := range p.Pix {
		p.Pix[i] = byte(i * i * 31 >> 3) // does not pack well
	}
	p.Set(0, 0, color.White)
	var b bytes.Buffer
	if err := png.Encode(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestABrandIsKeptToldAndPrinted(t *testing.T) {
	small, heavy := picture(t, 40), append(picture(t, 40), make([]byte, 20<<10)...)
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		desk := catalog.Desk{DB: o.DB}
		for content, want := range map[string]string{string(heavy): "logo: logo_heavy", "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>": "logo: logo_png", string(small[:60]): "logo: logo_png",
			string(picture(t, 1)): "logo: logo_shape", string(small[:33]) + "\x00\x00\x00\x08acTL" + string(small[33:]): "logo: logo_png"} {
			if err := desk.SetBrandLogo(o.As("gerente"), []byte(content)); demotest.Fault(err) != want {
				t.Errorf("%d bytes: %v, want %s", len(content), err, want)
			}
		}
		if err := desk.SetAccent(o.As("suporte"), "#27418f"); demotest.Fault(err) != "denied" {
			t.Errorf("%v", err)
		}
		before, _ := desk.Brand(o.As("gerente"))
		if err := desk.SetAccent(o.As("gerente"), "#0F766E"); err != nil {
			t.Fatal(err)
		}
		if err := desk.SetBrandLogo(o.As("gerente"), small); err != nil {
			t.Fatal(err)
		}
		after, told, err := desk.BrandTold(o.As("gerente"))
		if err != nil || before.Version() != "" || after.Version() == "" || len(told) != 2 || !strings.Contains(after.Stylesheet(), "--en-accent:light-dark(#0f766e,") {
			t.Errorf("%v, %v, %s, %v", before, after, after.Stylesheet(), err)
		}
		if theirs, err := desk.Brand(o.Stranger()); theirs != (catalog.Brand{}) || err != nil {
			t.Errorf("the other ISP wears %v", theirs)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			logo, err := catalog.LogoOf(ctx, c, c.Company.Query().Where(company.LogoIDIsNil()).FirstX(ctx))
			if !bytes.Equal(logo, small) {
				t.Errorf("a slip is signed with %d bytes", len(logo))
			}
			return err
		})
		if err := desk.SetBrandLogo(o.As("gerente"), nil); err != nil {
			t.Fatal(err)
		}
		if _, err := desk.BrandLogo(o.As("gerente")); demotest.Fault(err) != "not_found" {
			t.Errorf("%v", err)
		}
	})
}
