package handlers_test

import (
	"testing"

	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
)

func TestZZ(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		defer func() { t.Log(s.Log.String()) }()
		s.As("comercial")
	})
}
