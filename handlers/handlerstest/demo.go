package handlerstest

import (
	"testing"

	"enlace/tenants/demo/demotest"
	"enlace/tenants/tenanttest"
)

// OnEachDemo opens, on SQLite and on Postgres, the office of the demonstration, with Maria and João.
func OnEachDemo(t *testing.T, test func(t *testing.T, s *Site, o *demotest.Office)) {
	t.Helper()
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		test(t, Open(t, &tenanttest.Office{DB: o.DB, Here: o.Here, Other: o.Other}), o)
	})
}
