package handlers

import (
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/tenants"
	"enlace/tenants/staff"
)

// gate is who knows the people of a host: an ISP its staff, the platform its operators. A session of one is none at the other.
type gate interface {
	SignIn(ctx context.Context, email, password, ip, agent string) (token string, err error)
	Session(ctx context.Context, token string) (*staff.Session, error)
	Sessions(ctx context.Context) ([]staff.Browser, error)
	SignOut(ctx context.Context, id uuid.UUID) error
}

func (w *Web) gate(c *fiber.Ctx) gate {
	if atOperator(c) {
		return w.Platform
	}
	return w.Staff
}

// identify finds out who is signed in, if anybody is. The session is looked for within the host's ISP, so one of another ISP is not found.
func (w *Web) identify(c *fiber.Ctx) error {
	token := c.Cookies(w.cookieName("sessao"))
	if token == "" || strings.HasPrefix(c.Path(), webhooks) {
		return c.Next()
	}
	s, err := w.gate(c).Session(c.UserContext(), token)
	switch f := tenants.FaultOf(err); {
	case f != nil && f.Kind == tenants.KindNotFound:
		w.dropCookie(c, "sessao")
	case err != nil:
		return err
	default:
		c.Locals(sessionKey, s)
		c.SetUserContext(s.As(c.UserContext()))
	}
	return c.Next()
}

// askToSignIn sends people to the form, which brings them back to where they wanted to go.
func (w *Web) askToSignIn(c *fiber.Ctx) error {
	if way, wizard := courseAt(c.Path()); wizard && c.Method() == fiber.MethodPost {
		if partial(c) {
			return c.SendStatus(fiber.StatusUnauthorized) // nothing is swapped: what is typed stays on the screen until it is sent
		}
		if held := w.hold(c); held != "" {
			back := way.at
			if sent := posted(c); sent.Get("rascunho") != "" {
				back += "?" + url.Values{"rascunho": {sent.Get("rascunho")}, "passo": {sent.Get("passo")}}.Encode()
			}
			c.Status(fiber.StatusUnauthorized)
			return w.showSignIn(c, w.form(c), back, held)
		}
	}
	if partial(c) && c.Method() == fiber.MethodGet && strings.HasPrefix(c.Path(), "/atendimentos/") {
		return c.SendStatus(fiber.StatusNoContent) // a page that asks for news: what is being typed on it stays
	}
	to := "/entrar"
	if c.Method() == fiber.MethodGet && c.Path() != "/" && !partial(c) {
		to += "?para=" + url.QueryEscape(c.OriginalURL())
	}
	return w.redirect(c, to)
}

// session is the request's, or nil when nobody is signed in.
func session(c *fiber.Ctx) *staff.Session {
	s, _ := c.Locals(sessionKey).(*staff.Session)
	return s
}

// redirect sends the browser on, after a form or to one.
func (w *Web) redirect(c *fiber.Ctx, to string) error {
	if c.Get("HX-Request") == "true" {
		c.Set("HX-Redirect", to)
		return c.SendStatus(fiber.StatusNoContent)
	}
	return c.Redirect(to, fiber.StatusSeeOther)
}

// within is a path of ours to go to, or the first page: whatever else was asked for would lead to another site.
func within(path string) string {
	u, err := url.Parse(path)
	if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t") {
		return "/"
	}
	return path
}

// cookieName binds a cookie to this very host where there is https; on plain http browsers refuse that name.
func (w *Web) cookieName(name string) string {
	if w.Secure {
		return "__Host-" + name
	}
	return name
}

// setCookie gives the browser a cookie that ends with the browser.
func (w *Web) setCookie(c *fiber.Ctx, name, value string) { w.keepCookie(c, name, value, 0) }

func (w *Web) dropCookie(c *fiber.Ctx, name string) { w.keepCookie(c, name, "", -time.Hour) }

func (w *Web) keepCookie(c *fiber.Ctx, name, value string, life time.Duration) {
	cookie := fiber.Cookie{Name: w.cookieName(name), Value: value, Path: "/", HTTPOnly: true, Secure: w.Secure, SameSite: fiber.CookieSameSiteLaxMode}
	if life != 0 {
		cookie.Expires = time.Now().Add(life)
	}
	c.Cookie(&cookie)
}
