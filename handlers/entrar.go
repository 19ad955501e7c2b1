package handlers

import (
	"github.com/gofiber/fiber/v2"

	"enlace/tenants"
	"enlace/views"
)

type signInForm struct {
	Email    string `form:"email"`
	Password string `form:"password"`
	Back     string `form:"para"`
}

// entrar shows the form. Who is signed in already goes on.
func (w *Web) entrar(c *fiber.Ctx) error {
	if session(c) != nil {
		return w.redirect(c, "/")
	}
	f, err := w.form(c, nil)
	if err != nil {
		return err
	}
	return w.showSignIn(c, f, within(c.Query("para")))
}

// signIn opens a session with a token of its own, whatever cookie the browser came with.
func (w *Web) signIn(c *fiber.Ctx) error {
	var in signInForm
	f, err := w.read(c, &in)
	var token string
	if err == nil {
		token, err = w.gate(c).SignIn(c.UserContext(), in.Email, in.Password, w.address(c), c.Get(fiber.HeaderUserAgent))
	}
	if w.wrong(c, &f, err) {
		return w.showSignIn(c, f, within(in.Back))
	}
	if err != nil {
		return err
	}
	w.setCookie(c, "sessao", token)
	w.dropCookie(c, "visita")
	return w.redirect(c, within(in.Back))
}

func (w *Web) signOut(c *fiber.Ctx) error {
	if err := w.gate(c).SignOut(c.UserContext(), session(c).ID); err != nil {
		return err
	}
	w.dropCookie(c, "sessao")
	return w.redirect(c, "/entrar")
}

func (w *Web) showSignIn(c *fiber.Ctx, f views.Form, back string) error {
	isp, _ := tenants.From(c.UserContext())
	if back == "/" {
		back = ""
	}
	return w.show(c, views.Entrar{ISP: isp.Name, Operator: atOperator(c), Form: f, Back: back})
}
