package handlers

import (
	"github.com/gofiber/fiber/v2"

	"enlace/views"
)

// NewWith is New with one more route, for what no page of ours does.
func NewWith(o Office, method, path string, body int64, do func(w *Web, c *fiber.Ctx) error) (*Web, error) {
	var w *Web
	var err error
	w, err = build(o, route{method: method, path: path, body: body, do: func(c *fiber.Ctx) error { return do(w, c) }})
	return w, err
}

// What the tests of a form call.
var (
	Typed = (*Web).typed
	Wrong = (*Web).wrong
)

// Shown is a form as a page shows it.
type Shown = views.Form
