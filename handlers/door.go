package handlers

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants"
)

// door is the first to see a request and the last to see its answer: it gives it an id and a deadline, turns errors and panics into pages,
// and writes one line into the log. The line has no query: people search by CPF.
func (w *Web) door(c *fiber.Ctx) error {
	start := time.Now()
	c.Locals(idKey, newID())
	w.headers(c)
	ctx, cancel := context.WithTimeout(context.Background(), w.Timeout)
	defer cancel()
	c.SetUserContext(ctx)
	if err := w.next(c); err != nil {
		if err := w.refuse(c, err); err != nil {
			return err
		}
	}
	took, status := time.Since(start), c.Response().StatusCode()
	w.counted.count(status, took)
	isp, _ := tenants.From(c.UserContext())
	w.Log.Info("request", "id", requestID(c), "isp", isp.Slug, "user", tenants.Who(c.UserContext()).ID,
		"method", c.Method(), "path", pathOf(c), "status", status, "ms", took.Milliseconds())
	return nil
}

// next answers a panic as an error, with its stack in the log.
func (w *Web) next(c *fiber.Ctx) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
			w.Log.Error("panic", "id", requestID(c), "panic", r, "stack", string(debug.Stack()))
		}
	}()
	return c.Next()
}

type local string

const (
	idKey       local = "id"
	sessionKey  local = "session"
	operatorKey local = "operator"
	refusedKey  local = "refused" // a form of the answer has problems
)

func newID() string {
	var b [6]byte
	_, _ = rand.Read(b[:]) // it never fails: crypto/rand ends the process instead
	return hex.EncodeToString(b[:])
}

func requestID(c *fiber.Ctx) string {
	id, _ := c.Locals(idKey).(string)
	return id
}

// policy lets a page use our own files and nothing else: no inline script or style, no frame, no other site.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func (w *Web) headers(c *fiber.Ctx) {
	c.Set(fiber.HeaderXRequestID, requestID(c))
	c.Set(fiber.HeaderContentSecurityPolicy, policy)
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderXFrameOptions, "DENY")
	c.Set(fiber.HeaderReferrerPolicy, "same-origin")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set("Cross-Origin-Resource-Policy", "same-origin") // the pages of the other ISPs are of the same site
	c.Set(fiber.HeaderCacheControl, "no-store")          // an asset says otherwise
	if w.Secure {
		c.Set(fiber.HeaderStrictTransportSecurity, "max-age=31536000; includeSubDomains")
	}
}

// whispers is how addresses begin that hold a secret: whoever knows one is let in.
var whispers = []string{webhooks, "/aceite/", "/protocolo/"}

// pathOf is the path of a request as the log tells it: without what is a secret in it.
func pathOf(c *fiber.Ctx) string {
	for _, begins := range whispers {
		if strings.HasPrefix(c.Path(), begins) {
			return begins + "…"
		}
	}
	return c.Path()
}

// address is where a request comes from. Behind our own proxy that is the last address it has written down, at the end of a line that came or in
// one of its own; what stands before it anybody may have written.
func (w *Web) address(c *fiber.Ctx) string {
	remote := c.Context().RemoteIP()
	if lines := c.Request().Header.PeekAll(fiber.HeaderXForwardedFor); w.Secure && len(lines) > 0 && (remote.IsLoopback() || remote.IsPrivate()) {
		hops := strings.Split(string(lines[len(lines)-1]), ",")
		if named := net.ParseIP(strings.TrimSpace(hops[len(hops)-1])); named != nil {
			return named.String()
		}
	}
	return remote.String()
}
