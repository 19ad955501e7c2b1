package handlers

import (
	"context"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/tenants"
	"enlace/tenants/catalog"
	"enlace/views"
)

// brands remembers for a moment how each ISP looks: it is asked for with every page.
type brands struct {
	mu    sync.Mutex
	known map[uuid.UUID]shown
}

type shown struct {
	brand catalog.Brand
	asked time.Time
}

// of is an ISP's brand; one that cannot be read is none, for no page fails by its colour.
func (b *brands) of(ctx context.Context, desk catalog.Desk) catalog.Brand {
	isp, inside := tenants.From(ctx)
	if !inside {
		return catalog.Brand{}
	}
	b.mu.Lock()
	one, there := b.known[isp.ID]
	b.mu.Unlock() // while one ISP's is read, the others' pages go on
	if there && time.Since(one.asked) < freshness {
		return one.brand
	}
	brand, err := desk.Brand(ctx)
	if err != nil {
		return one.brand
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.known == nil {
		b.known = map[uuid.UUID]shown{}
	}
	b.known[isp.ID] = shown{brand, time.Now()}
	return brand
}

func (b *brands) forget(ctx context.Context) {
	isp, _ := tenants.From(ctx)
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.known, isp.ID)
}

// dress gives the shell of a page the ISP's colour and logo.
func (w *Web) dress(c *fiber.Ctx, s *views.Shell) {
	brand := w.brands.of(c.UserContext(), w.catalog())
	if brand.Accent != "" {
		s.Sheet = "/marca.css?v=" + brand.Version()
	}
	if brand.Logo != uuid.Nil {
		s.Logo = "/marca.png?v=" + brand.Version()
	}
}

// brandKept lets a browser keep what an address with this very version shows; another address is asked for again, by its ETag.
func brandKept(c *fiber.Ctx, version string) (same bool) {
	tag := `"` + version + `"`
	c.Set(fiber.HeaderETag, tag)
	c.Set(fiber.HeaderCacheControl, "public, no-cache")
	if c.Query("v") == version {
		c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	}
	return strings.Contains(c.Get(fiber.HeaderIfNoneMatch), tag)
}

// marcaCSS is the ISP's colour as a style sheet; empty for one without.
func (w *Web) marcaCSS(c *fiber.Ctx) error {
	brand, err := w.catalog().Brand(c.UserContext())
	if err != nil {
		return err
	}
	if brandKept(c, brand.Version()) {
		return c.SendStatus(fiber.StatusNotModified)
	}
	c.Set(fiber.HeaderContentType, "text/css; charset=utf-8")
	return c.SendString(brand.Stylesheet())
}

// marcaLogo is the ISP's logo.
func (w *Web) marcaLogo(c *fiber.Ctx) error {
	brand, err := w.catalog().Brand(c.UserContext())
	if err != nil {
		return err
	}
	logo, err := w.catalog().BrandLogo(c.UserContext())
	if err != nil {
		return err
	}
	if brandKept(c, brand.Version()) {
		return c.SendStatus(fiber.StatusNotModified)
	}
	c.Set(fiber.HeaderContentType, logo.ContentType)
	return c.Send(logo.Content)
}

// marca is the page of the brand.
func (w *Web) marca(c *fiber.Ctx) error { return w.showBrand(c, nil, nil, "") }

func (w *Web) showBrand(c *fiber.Ctx, accent, logo *views.Form, darker string) error {
	brand, told, err := w.catalog().BrandTold(c.UserContext())
	if err != nil {
		return err
	}
	v := views.Marca{Head: settingsHead("Marca", "como o provedor aparece para a equipe e nos papéis"), Darker: darker, Offer: w.small(c), HasLogo: brand.Logo != uuid.Nil, Told: changed(c, told)}
	if v.HasLogo {
		v.LogoPath = "/marca.png?v=" + brand.Version()
	}
	for _, one := range []struct {
		refused *views.Form
		into    *views.Form
	}{{accent, &v.Accent}, {logo, &v.Logo}} {
		if one.refused != nil {
			*one.into = *one.refused
			continue
		}
		*one.into = w.form(c)
	}
	if accent == nil {
		v.Accent.Typed.Set("cor", brand.Accent)
	}
	return w.show(c, v)
}

func (w *Web) salvarCor(c *fiber.Ctx) error {
	t, f := w.typed(c)
	if err := w.catalog().SetAccent(c.UserContext(), t["cor"]); err != nil {
		if w.wrong(c, &f, err) {
			return w.showBrand(c, &f, nil, tenants.FaultOf(err).Args["darker"])
		}
		return err
	}
	return w.branded(c, "Cor salva.")
}

func (w *Web) salvarLogo(c *fiber.Ctx) error {
	t, f := w.typed(c)
	content, err := uploaded(c, "logo")
	if err != nil {
		return err
	}
	if len(content) == 0 && !t.Yes("retirar") {
		err = tenants.Invalid("logo", "file_missing")
	} else {
		err = w.catalog().SetBrandLogo(c.UserContext(), content)
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showBrand(c, nil, &f, "")
		}
		return err
	}
	return w.branded(c, "Logomarca salva.")
}

// branded has this process show at once what others show within seconds.
func (w *Web) branded(c *fiber.Ctx, said string) error {
	w.brands.forget(c.UserContext())
	w.say(c, views.Toast{Said: said})
	return w.redirect(c, "/configuracoes/marca")
}

// uploaded is the file of a field; nothing when none was chosen. The route says how much may be sent.
func uploaded(c *fiber.Ctx, field string) ([]byte, error) {
	form, err := c.MultipartForm()
	if err != nil || len(form.File[field]) == 0 {
		return nil, nil
	}
	file, err := form.File[field][0].Open()
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(file)
	if closing := file.Close(); err == nil {
		err = closing
	}
	return content, err
}
