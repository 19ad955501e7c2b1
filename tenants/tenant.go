// Package tenants is the domain: everything under it is the office of one ISP (a tenant), and nothing runs there without one in the context.
// The root holds what every room needs: who the ISP and the actor are, the database behind one wall, faults, and the clock.
package tenants

import (
	"context"
	"regexp"
	"slices"
	"time"

	"github.com/google/uuid"

	"enlace/tenants/calendar"
)

// Tenant is one ISP (provedor).
type Tenant struct {
	ID               uuid.UUID
	Slug             string // its host name: SLUG.BASE_DOMAIN
	Name             string
	Zone             *time.Location
	TrustSelfService bool // the operator's switch for Desbloqueio em Confiança in the bot
}

// Today is the ISP's own civil date at an instant.
func (t Tenant) Today(now time.Time) calendar.Date { return calendar.Of(now.In(t.Zone)) }

type tenantKey struct{}

// With returns a context inside the ISP.
func With(ctx context.Context, t Tenant) context.Context {
	return context.WithValue(ctx, tenantKey{}, t)
}

// From returns the ISP the context is inside of.
func From(ctx context.Context) (Tenant, bool) {
	t, ok := ctx.Value(tenantKey{}).(Tenant)
	return t, ok
}

// OperatorSlug is the host name of the platform's operator.
const OperatorSlug = "operador"

// reserved are host names of the platform itself.
var reserved = []string{OperatorSlug, "www", "api", "static", "admin", "mail"}

var slugShape = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,30}[a-z0-9]$`) // RFC 1123: a label neither begins nor ends with a hyphen

// CheckSlug returns Invalid when a host name is not free for an ISP to have.
func CheckSlug(slug string) error {
	switch {
	case !slugShape.MatchString(slug):
		return Invalid("slug", "slug_shape")
	case slices.Contains(reserved, slug):
		return Invalid("slug", "slug_reserved")
	}
	return nil
}
