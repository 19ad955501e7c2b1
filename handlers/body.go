package handlers

import (
	"io"

	"github.com/gofiber/fiber/v2"
)

const (
	formBody = 256 << 10 // bytes of every route that does not say otherwise
	patience = 32 << 20  // bytes that are read and thrown away so that a browser still sending hears why it was refused
)

// bound reads the body as far as its route takes it. What is longer is thrown away and answered with 413; it never fills the memory.
func (w *Web) bound(c *fiber.Ctx) error {
	stream := c.Context().RequestBodyStream()
	if stream == nil {
		return c.Next()
	}
	limit := w.limit(c)
	body, err := io.ReadAll(io.LimitReader(stream, limit+1))
	switch {
	case err != nil:
		c.Context().SetConnectionClose()
		return fiber.ErrBadRequest
	case int64(len(body)) > limit:
		if rest, _ := io.Copy(io.Discard, io.LimitReader(stream, patience)); rest == patience {
			c.Context().SetConnectionClose()
		}
		return fiber.ErrRequestEntityTooLarge
	}
	c.Request().SetBodyRaw(body)
	return c.Next()
}

func (w *Web) limit(c *fiber.Ctx) int64 {
	for _, r := range w.table {
		if r.body > formBody && r.method == c.Method() && fiber.RoutePatternMatch(c.Path(), r.path) {
			return r.body
		}
	}
	return formBody
}
