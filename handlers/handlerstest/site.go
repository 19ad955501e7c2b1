// Package handlerstest uses the office as a person does: it opens pages, reads what is on them, fills in the forms that are there with the
// tokens they carry, and follows links. A Site dials nothing: requests go to the server in memory.
package handlerstest

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"testing"

	"github.com/google/uuid"

	"enlace/handlers"
	"enlace/tenants"
	"enlace/tenants/platform"
	"enlace/tenants/staff"
	"enlace/tenants/tenanttest"
)

// Site is the office of two ISPs, fibranorte and ondasul, on a store of its own.
type Site struct {
	*tenanttest.Office
	Web      *handlers.Web
	Staff    *staff.Desk
	Platform *platform.Desk
	Log      *Log
	t        testing.TB
}

// Open opens the office. Each change is a chance to give it more rooms, or another setting.
func Open(t testing.TB, store *tenanttest.Office, change ...func(*handlers.Office)) *Site {
	t.Helper()
	s := &Site{Office: store, Staff: &staff.Desk{DB: store.DB}, Log: &Log{}, t: t}
	s.Platform = &platform.Desk{DB: store.DB, Staff: s.Staff}
	vault, err := tenants.NewVault(make([]byte, tenants.VaultKeyBytes))
	if err != nil {
		t.Fatal(err)
	}
	o := handlers.Office{DB: store.DB, Vault: vault, Staff: s.Staff, Platform: s.Platform, BaseDomain: "localhost", Secret: []byte("a secret of the test's own, 32 b"), Dev: true,
		Log: slog.New(slog.NewJSONHandler(s.Log, nil))}
	for _, c := range change {
		c(&o)
	}
	if s.Web, err = handlers.New(o); err != nil {
		t.Fatal(err)
	}
	return s
}

// OnEachStore opens the office on SQLite and on Postgres.
func OnEachStore(t *testing.T, test func(t *testing.T, s *Site)) {
	t.Helper()
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) { test(t, Open(t, o)) })
}

// OnSQLite opens the office on SQLite alone: for what passes no store, or passes it as every other page does.
func OnSQLite(t *testing.T, test func(t *testing.T, s *Site)) {
	t.Helper()
	t.Parallel()
	test(t, Open(t, tenanttest.SQLite(t)))
}

// Password is everybody's.
const Password = "correta-bateria"

// Hire gives the first ISP a person of a role and returns their e-mail.
func (s *Site) Hire(role string) string { return s.hire(s.Ctx(), s.Here.Slug, role) }

func (s *Site) hire(ctx context.Context, slug, role string) string {
	s.t.Helper()
	email := fmt.Sprintf("%s-%s@%s.example", role, uuid.NewString()[:8], slug)
	if _, err := s.Staff.Hire(ctx, staff.Hire{Name: "Ana Prado", Email: email, Password: Password, Role: role}); err != nil {
		s.t.Fatal(err)
	}
	return email
}

// Browser is a browser at the first ISP, nobody signed in.
func (s *Site) Browser() *Browser { return s.BrowserAt(s.Here.Slug + ".localhost") }

// BrowserAt is a browser at any host.
func (s *Site) BrowserAt(host string) *Browser {
	s.t.Helper()
	return newBrowser(s.t, host, func(r *http.Request) (*http.Response, error) { return s.Web.App.Test(r, -1) })
}

// As is a browser at the first ISP in which a new person of that role has signed in.
func (s *Site) As(role string) *Browser {
	s.t.Helper()
	b := s.Browser()
	b.SignIn(s.Hire(role), Password)
	return b
}

// AsOther is As at the second ISP.
func (s *Site) AsOther(role string) *Browser {
	s.t.Helper()
	b := s.BrowserAt(s.Other.Slug + ".localhost")
	b.SignIn(s.hire(s.OtherCtx(), s.Other.Slug, role), Password)
	return b
}

// HireOperator gives the platform an operator and returns their e-mail.
func (s *Site) HireOperator() string {
	s.t.Helper()
	email := fmt.Sprintf("operador-%s@enlace.example", uuid.NewString()[:8])
	if err := s.Platform.Hire(context.Background(), platform.Hire{Name: "Rita Prado", Email: email, Password: Password}); err != nil {
		s.t.Fatal(err)
	}
	return email
}

// AtOperator is a browser at the operator's host, nobody signed in.
func (s *Site) AtOperator() *Browser { return s.BrowserAt(tenants.OperatorSlug + ".localhost") }

// AsOperator is a browser at the operator's host in which a new operator has signed in.
func (s *Site) AsOperator() *Browser {
	s.t.Helper()
	b := s.AtOperator()
	b.SignIn(s.HireOperator(), Password)
	return b
}

// Log is what the office has written down.
type Log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write adds to the log.
func (l *Log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

// String is all of it.
func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
