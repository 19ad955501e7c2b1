package handlers

import (
	"github.com/gofiber/fiber/v2"

	"enlace/tenants"
	"enlace/views"
)

// entrar shows the form. Who is signed in already goes on.
func (w *Web) entrar(c *fiber.Ctx) error {
	if session(c) != nil {
		return w.redirect(c, "/")
	}
	f := w.form(c)
	return w.showSignIn(c, f, within(c.Query("para")), "")
}

// signIn opens a session with a token of its own, whatever cookie the browser came with.
func (w *Web) signIn(c *fiber.Ctx) error {
	t, f := w.typed(c)
	token, err := w.gate(c).SignIn(c.UserContext(), t["email"], t["password"], w.address(c), c.Get(fiber.HeaderUserAgent))
	if w.wrong(c, &f, err) {
		return w.showSignIn(c, f, within(t["para"]), t["guardado"])
	}
	if err != nil {
		return err
	}
	w.setCookie(c, "sessao", token)
	w.dropCookie(c, "visita")
	if t["guardado"] != "" && !atOperator(c) {
		s, err := w.Staff.Session(c.UserContext(), token)
		if err != nil {
			return err
		}
		if to, given := w.giveBack(c, s, t["guardado"]); given {
			return w.redirect(c, to)
		}
	}
	return w.redirect(c, within(t["para"]))
}

func (w *Web) signOut(c *fiber.Ctx) error {
	if err := w.gate(c).SignOut(c.UserContext(), session(c).ID); err != nil {
		return err
	}
	w.dropCookie(c, "sessao")
	return w.redirect(c, "/entrar")
}

func (w *Web) showSignIn(c *fiber.Ctx, f views.Form, back, held string) error {
	isp, _ := tenants.From(c.UserContext())
	if back == "/" {
		back = ""
	}
	return w.show(c, views.Entrar{ISP: isp.Name, Operator: atOperator(c), Form: f, Back: back, Held: held})
}
