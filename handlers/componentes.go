package handlers

import (
	"github.com/gofiber/fiber/v2"

	"enlace/views"
)

// componentes shows every part there is; in development only.
func (w *Web) componentes(c *fiber.Ctx) error {
	f := w.form(c)
	return w.show(c, views.Showroom(f))
}
