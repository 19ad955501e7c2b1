// Package handlers is the office on the web: thin doors from a request to a use case and back to a view. It decides nothing, and it is the
// only room that knows Fiber.
package handlers

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/compress"
	engine "github.com/gofiber/template/html/v2"

	"enlace/tenants"
	"enlace/tenants/bots"
	"enlace/tenants/brazil"
	"enlace/tenants/brazil/pix/psp"
	"enlace/tenants/platform"
	"enlace/tenants/staff"
	"enlace/views"
)

// Office is what the pages are doors to, and how they are reached.
type Office struct {
	DB       *tenants.DB
	Vault    *tenants.Vault // seals what is secret: logins, what is sent to be imported
	Staff    *staff.Desk
	Platform *platform.Desk // of the operator, at OperatorSlug.BaseDomain
	CEPs     brazil.Lookup  // nil: addresses are typed
	PSPs     psp.Doors      // nil: nobody is asked

	Bots     bots.Registry                                                 // knows the bots of Telegram; nil: none is changed
	Telegram func(ctx context.Context, secret string, update []byte) error // hears an update of an ISP's bot; nil: bots are polled

	Site       func(slug string) string // address of an ISP's pages, with a slash at its end; nil: papers say of none
	MailFolder string                   // where letters are kept while no mail server is named; "" with one

	BaseDomain string        // an ISP is at SLUG.BaseDomain
	Secure     bool          // people reach us by https, through a proxy of ours that names them in X-Forwarded-For
	Secret     []byte        // signs what a browser keeps for us before anybody is signed in
	Timeout    time.Duration // of a request; zero is 10 seconds
	Dev        bool          // shows /componentes
	Log        *slog.Logger  // nil is the process's own
}

// Web serves the office.
type Web struct {
	Office
	App     *fiber.App
	engine  *engine.Engine
	assets  map[string]*views.File
	hosts   hosts
	brands  brands
	asking  turnstile
	told    turnstile // what programs tell us
	counted counters
	table   []route // of an ISP's office and of the operator's host
}

// New makes the office ready to serve: every template parsed and every view tried with nothing in it. It returns an error, in one sentence,
// when `make assets` has not been run or a template is broken.
func New(o Office) (*Web, error) { return build(o) }

func build(o Office, more ...route) (*Web, error) {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Timeout == 0 {
		o.Timeout = 10 * time.Second
	}
	w := &Web{Office: o}
	var err error
	if w.assets, err = views.Library(); err != nil {
		return nil, err
	}
	if w.engine, err = templates(); err != nil {
		return nil, fmt.Errorf("as páginas não abrem: %w", err)
	}
	w.table = slices.Concat(w.routes(), w.operatorRoutes(), more)
	w.App = fiber.New(fiber.Config{
		AppName:                 "Enlace",
		Immutable:               true, // or a string kept past its request turns into the next one's
		CaseSensitive:           true,
		StreamRequestBody:       true, // and bound reads it
		BodyLimit:               formBody,
		Concurrency:             4096,
		ReadTimeout:             15 * time.Second,
		WriteTimeout:            30 * time.Second,
		IdleTimeout:             60 * time.Second,
		EnableTrustedProxyCheck: true, // and none is trusted: no X-Forwarded-Host chooses an ISP
		DisableStartupMessage:   true,
		ErrorHandler:            w.refuse, // of what is no request at all; the rest is answered at the door

		DisablePreParseMultipartForm: true, // it would read an upload whole before bound sees it
	})
	w.App.Use(w.door, w.bound, w.serveAsset, compress.New(), w.host, w.identify)
	for _, r := range w.table {
		w.App.Add(r.method, r.path, w.serve(r))
		if r.method == fiber.MethodGet {
			w.App.Add(fiber.MethodHead, r.path, w.serve(r))
		}
	}
	w.App.Use(func(c *fiber.Ctx) error {
		if session(c) == nil && len(w.allowed(c)) == 0 {
			return w.askToSignIn(c)
		}
		return w.nowhere(c)
	})
	return w, nil
}

// nowhere answers what no route answers. A form that was refused leaves its own address in the browser, which only takes posts: asked for
// again, it leads to the page the form stands on.
func (w *Web) nowhere(c *fiber.Ctx) error {
	if c.Method() == fiber.MethodGet && w.matches(c, fiber.MethodPost, c.Path()) {
		for path := c.Path(); strings.Contains(path, "/"); {
			path = path[:strings.LastIndexByte(path, '/')]
			if w.matches(c, fiber.MethodGet, path) {
				return w.redirect(c, path)
			}
		}
	}
	if methods := w.allowed(c); len(methods) > 0 {
		c.Set(fiber.HeaderAllow, strings.Join(methods, ", "))
		return fiber.ErrMethodNotAllowed
	}
	return tenants.NotFound()
}

// matches says whether a route of the host answers a path.
func (w *Web) matches(c *fiber.Ctx, method, path string) bool {
	return slices.ContainsFunc(w.table, func(r route) bool {
		return r.method == method && r.operator == atOperator(c) && fiber.RoutePatternMatch(path, r.path)
	})
}

// allowed are the methods by which the path may be asked for; a stranger is told of what is open to anyone alone.
func (w *Web) allowed(c *fiber.Ctx) (methods []string) {
	for _, r := range w.table {
		switch {
		case slices.Contains(methods, r.method) || r.operator != atOperator(c) || !r.open && session(c) == nil || !fiber.RoutePatternMatch(c.Path(), r.path):
		case r.method == fiber.MethodGet:
			methods = append(methods, fiber.MethodGet, fiber.MethodHead)
		default:
			methods = append(methods, r.method)
		}
	}
	return methods
}

// serve is a route as Fiber runs it: at its own host alone, and past its guards.
func (w *Web) serve(r route) fiber.Handler {
	return func(c *fiber.Ctx) error {
		switch {
		case r.operator != atOperator(c):
			return c.Next() // the other host may have the same path
		case !r.open && session(c) == nil:
			return w.askToSignIn(c)
		}
		if r.paced {
			if wait := w.asking.wait(w.address(c), time.Now()); wait > 0 {
				return &tooMany{wait}
			}
		}
		if r.file > 0 {
			if err := w.receive(c, r.file); err != nil {
				return err
			}
		}
		if r.method == fiber.MethodPost && !r.machine && w.forged(c) {
			return errForged
		}
		return r.do(c)
	}
}
