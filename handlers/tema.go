package handlers

import (
	"net/url"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"
)

// theme keeps, in this browser, whether a person wants the pages light, dark, or as the system has them.
func (w *Web) theme(c *fiber.Ctx) error {
	if wanted := posted(c).Get("tema"); slices.Contains([]string{"light", "dark"}, wanted) {
		w.keepCookie(c, "tema", wanted, 365*24*time.Hour)
	} else {
		w.dropCookie(c, "tema")
	}
	back := "/"
	if from, err := url.Parse(c.Get(fiber.HeaderReferer)); err == nil && from.Host == string(c.Request().Host()) {
		back = within(from.RequestURI())
	}
	return w.redirect(c, back)
}
