package handlers

import (
	"context"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants"
	"enlace/tenants/platform"
)

// hosts remembers for a moment which ISP lives at which name: the directory is asked for at most once a freshness, not once a request.
type hosts struct {
	mu     sync.Mutex
	known  map[string]tenants.Tenant
	asked  time.Time
	missed time.Time
}

const (
	freshness = 10 * time.Second // how long a change in the directory may go unseen
	again     = time.Second      // how often an unknown name makes us ask again
)

// errStranger means that a name belongs to no ISP.
var errStranger = fiber.NewError(fiber.StatusNotFound, "no ISP lives here")

// host finds the ISP of the request's name, or knows that it is the operator's. The name is what the browser says in Host: no header of a
// proxy chooses an ISP.
func (w *Web) host(c *fiber.Ctx) error {
	slug, ok := w.slugOf(string(c.Request().Host()))
	switch {
	case strings.HasPrefix(c.Path(), webhooks):
		return c.Next()
	case ok && slug == tenants.OperatorSlug:
		c.Locals(operatorKey, true)
		return c.Next()
	case !ok || tenants.CheckSlug(slug) != nil:
		return errStranger
	}
	isp, ok, err := w.hosts.find(c.UserContext(), w.DB, slug)
	switch {
	case err != nil:
		return err
	case !ok:
		return errStranger
	}
	c.SetUserContext(tenants.With(c.UserContext(), isp))
	return c.Next()
}

func (w *Web) slugOf(host string) (string, bool) {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	slug, ok := strings.CutSuffix(strings.ToLower(host), "."+w.BaseDomain)
	return slug, ok
}

// atOperator says that the request came to the operator's host.
func atOperator(c *fiber.Ctx) bool { return c.Locals(operatorKey) != nil }

// zoneOf is where the clocks of the request's host are read.
func zoneOf(c *fiber.Ctx) *time.Location {
	if isp, inside := tenants.From(c.UserContext()); inside {
		return isp.Zone
	}
	return platform.Zone
}

// forget has the directory asked for again at the next request.
func (h *hosts) forget() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.asked = time.Time{}
}

func (h *hosts) find(ctx context.Context, db *tenants.DB, slug string) (tenants.Tenant, bool, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := time.Now()
	isp, ok := h.known[slug]
	if now.Sub(h.asked) < freshness && (ok || now.Sub(h.missed) < again) {
		return isp, ok, nil
	}
	all, err := db.Directory(ctx)
	if err != nil {
		return tenants.Tenant{}, false, err
	}
	h.asked, h.known = now, make(map[string]tenants.Tenant, len(all))
	for _, isp := range all {
		h.known[isp.Slug] = isp
	}
	if isp, ok = h.known[slug]; !ok {
		h.missed = now
	}
	return isp, ok, nil
}
