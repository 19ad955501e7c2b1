package handlers

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants"
	"enlace/views"
)

// typed is what was sent, as the rooms read it, and the form that shows it again. Several answers of one name are joined by commas; the
// form's key is what was typed in "chave".
func (w *Web) typed(c *fiber.Ctx) (tenants.Typed, views.Form) {
	sent := posted(c)
	f := views.Form{CSRF: masked(w.token(c)), Key: sent.Get("key"), Typed: sent}
	sent.Del("csrf")
	sent.Del("key")
	t := tenants.Typed{"chave": f.Key}
	for name, values := range sent {
		t[name] = strings.Join(values, ",")
	}
	return t, f
}

// asked is a form filled from the address of the page, for what may be asked by GET.
func (w *Web) asked(c *fiber.Ctx) (tenants.Typed, views.Form, error) {
	f, err := w.form(c, nil)
	t := tenants.Typed{}
	c.Request().URI().QueryArgs().VisitAll(func(name, value []byte) {
		t[string(name)] = strings.ToValidUTF8(string(value), "")
	})
	f.Typed = valuesOf(t)
	return t, f, err
}

func valuesOf(t tenants.Typed) url.Values {
	v := url.Values{}
	for name, typed := range t {
		v.Set(name, typed)
	}
	return v
}
