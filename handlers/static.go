package handlers

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"enlace/views"
)

// serveAsset answers the browser's files. Their addresses hold their hash, so they are kept for ever; any other path below is not found.
func (w *Web) serveAsset(c *fiber.Ctx) error {
	name, ok := strings.CutPrefix(c.Path(), views.AssetPrefix)
	if !ok {
		return c.Next()
	}
	f := w.assets[name]
	if f == nil || (c.Method() != fiber.MethodGet && c.Method() != fiber.MethodHead) {
		return fiber.ErrNotFound
	}
	c.Set(fiber.HeaderContentType, f.Type)
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	if f.Gzip == nil {
		return c.Send(f.Content)
	}
	c.Vary(fiber.HeaderAcceptEncoding)
	if !strings.Contains(c.Get(fiber.HeaderAcceptEncoding), "gzip") {
		return c.Send(f.Content)
	}
	c.Set(fiber.HeaderContentEncoding, "gzip")
	return c.Send(f.Gzip)
}
