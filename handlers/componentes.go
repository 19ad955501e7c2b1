package handlers

import (
	"github.com/gofiber/fiber/v2"

	"enlace/views"
)

// componentes shows every part there is; in development only.
func (w *Web) componentes(c *fiber.Ctx) error {
	f, err := w.form(c, nil)
	if err != nil {
		return err
	}
	return w.show(c, views.Showroom(f))
}
