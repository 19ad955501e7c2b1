package handlers

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"net/url"

	"github.com/gofiber/fiber/v2"
)

// errForged means that a form was not sent from a page of ours to this very session.
var errForged = fiber.NewError(fiber.StatusForbidden, "forged")

// forged says that a form does not come from a page of this host, or does not carry the session's token.
func (w *Web) forged(c *fiber.Ctx) bool {
	return !w.sameOrigin(c) || !sameToken(w.token(c), posted(c).Get("csrf"))
}

// sameOrigin asks the browser where the form was. Old browsers say nothing; then the token alone decides.
func (w *Web) sameOrigin(c *fiber.Ctx) bool {
	if site := c.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" && site != "none" {
		return false
	}
	origin := c.Get(fiber.HeaderOrigin)
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && u.Host == string(c.Request().Host()) && (u.Scheme == "https" || !w.Secure)
}

// token is what the forms of this browser carry: of the session, and before there is one, of a cookie that only we can have made it from.
func (w *Web) token(c *fiber.Ctx) string {
	if s := session(c); s != nil {
		return s.CSRF
	}
	visitor := c.Cookies(w.cookieName("visita"))
	if visitor == "" {
		return ""
	}
	return w.sign("csrf", visitor)
}

// visit makes sure that a browser without a session has the cookie its token is made from.
func (w *Web) visit(c *fiber.Ctx) {
	if session(c) == nil && c.Cookies(w.cookieName("visita")) == "" {
		visitor := base64.RawURLEncoding.EncodeToString(randomBytes(32))
		c.Request().Header.SetCookie(w.cookieName("visita"), visitor) // this very page carries its token
		w.setCookie(c, "visita", visitor)
	}
}

// sign is what only we could have made of a text, for one purpose.
func (w *Web) sign(purpose, text string) string {
	mac := hmac.New(sha256.New, w.Secret)
	mac.Write([]byte(purpose + "\x00" + text))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// masked writes a token differently each time, so that the size of a compressed page tells nothing of it (BREACH).
func masked(token string) string {
	if token == "" {
		return ""
	}
	pad := randomBytes(len(token))
	both := append(pad, make([]byte, len(token))...)
	subtle.XORBytes(both[len(token):], pad, []byte(token))
	return base64.RawURLEncoding.EncodeToString(both)
}

func sameToken(token, sent string) bool {
	both, err := base64.RawURLEncoding.DecodeString(sent)
	if err != nil || token == "" || len(both) != 2*len(token) {
		return false
	}
	plain := make([]byte, len(token))
	subtle.XORBytes(plain, both[:len(token)], both[len(token):])
	return subtle.ConstantTimeCompare(plain, []byte(token)) == 1
}

func randomBytes(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // it never fails: crypto/rand ends the process instead
	return b
}
