package handlers

import (
	"io"

	"github.com/gofiber/fiber/v2"
)

const (
	formBody = 256 << 10 // bytes of every route that does not say otherwise
	patience = 32 << 20  // bytes that are read and thrown away so that a browser still sending hears why it was refused
)

// bound reads the body as far as its route takes it. What is longer is thrown away and answered with 413, and what comes packed with 415: Fiber
// would unpack it whole, and some bytes become as many as the memory has.
func (w *Web) bound(c *fiber.Ctx) error {
	if len(c.Request().Header.PeekAll(fiber.HeaderContentEncoding)) > 0 {
		c.Context().SetConnectionClose()
		return fiber.ErrUnsupportedMediaType
	}
	stream := c.Context().RequestBodyStream()
	limit, file := w.limit(c)
	if stream == nil || file { // a large file is read behind the guards: receive
		return c.Next()
	}
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

// limit is how much the route takes, and whether that is a large file.
func (w *Web) limit(c *fiber.Ctx) (most int64, file bool) {
	for _, r := range w.table {
		if (r.file > 0 || r.body > formBody) && r.method == c.Method() && fiber.RoutePatternMatch(c.Path(), r.path) {
			return r.body, r.file > 0
		}
	}
	return formBody, false
}
