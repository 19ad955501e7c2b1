package bots_test

import (
	"context"
	"strings"
	"testing"

	"enlace/tenants"
	"enlace/tenants/bots"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/subscribers"
)

// withBot is an office whose ISP has a bot.
func withBot(t *testing.T, test func(t *testing.T, o *demotest.Office, d bots.Desk)) {
	t.Helper()
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		d := bots.Desk{DB: o.DB, Vault: o.Vault}
		if err := d.SetBot(o.As("gerente"), "1:secret", "@fibranorte_bot"); err != nil {
			t.Fatal(err)
		}
		test(t, o, d)
	})
}

func here(o *demotest.Office) context.Context { return tenants.With(context.Background(), o.Here) }

// link lets a chat see Maria.
func link(t *testing.T, o *demotest.Office, chat int64) {
	t.Helper()
	d := subscribers.Desk{DB: o.DB, Vault: o.Vault}
	shown, err := d.Invite(o.As("comercial"), o.Maria.ID)
	if err != nil {
		t.Fatal(err)
	}
	_, token, _ := strings.Cut(shown.URL, "?start=")
	if entry, err := d.Open(here(o), subscribers.Caller{Chat: chat}, token); err != nil || len(entry.Customers) != 1 {
		t.Fatal(entry, err)
	}
}
