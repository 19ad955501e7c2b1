package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"slices"

	"enlace/bot"
	"enlace/handlers"
	"enlace/jobs"
	"enlace/tenants/network"
)

// web is the pages.
func (h *house) web(context.Context) (part, error) {
	hear, err := h.hooks()
	if err != nil {
		return part{}, err
	}
	web, err := handlers.New(handlers.Office{Bots: h.door, Telegram: hear,
		DB: h.db, Vault: h.vault, Staff: h.staff, Platform: h.platform, CEPs: jobs.NewCEPs(cmp.Or(h.config.CEPURL, jobs.PublicCEPs)), PSPs: h.psps,
		Site: h.config.site, MailFolder: h.config.mailFolder(),
		BaseDomain: h.config.BaseDomain, Secure: h.config.secure(), Secret: h.secret, Dev: h.config.Dev})
	if err != nil {
		return part{}, err
	}
	door, err := listen("ENLACE_ADDR", h.config.Addr)
	if err != nil {
		return part{}, err
	}
	return part{name: "web", at: h.config.address("PROVEDOR"), work: func() error { return web.App.Listener(door) }, stop: func(ctx context.Context) error { return cutOff(web.App.ShutdownWithContext(ctx)) },
		measure: web.Metrics}, nil
}

// cutOff says in the log that somebody was still sending when the time to stop was over, which is no failure of ours.
func cutOff(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		slog.Warn("requests were cut off")
		return nil
	}
	return err
}

// radius answers the providers' equipment.
func (h *house) radius(ctx context.Context) (part, error) {
	server, err := network.Listen(ctx, network.Desk{DB: h.db, Vault: h.vault}, network.Addresses{Auth: h.config.RadiusAuthAddr, Acct: h.config.RadiusAcctAddr}, slog.Default())
	var taken *network.TakenError
	if errors.As(err, &taken) {
		variable := "ENLACE_RADIUS_AUTH_ADDR"
		if taken.Acct {
			variable = "ENLACE_RADIUS_ACCT_ADDR"
		}
		return part{}, shut(variable, taken.Address, taken.Err)
	}
	if err != nil {
		return part{}, err
	}
	measure := func(out io.Writer) {
		fmt.Fprintln(out, "# TYPE enlace_radius_requests_total counter")
		counted := server.Counts()
		for _, outcome := range slices.Sorted(maps.Keys(counted)) {
			fmt.Fprintf(out, "enlace_radius_requests_total{outcome=%q} %d\n", outcome, counted[outcome])
		}
	}
	return part{name: "radius", at: server.Addr().String() + " " + server.AcctAddr().String(), stop: server.Stop, measure: measure}, nil
}

// jobs carries the outbox, keeps the daily schedules and does the jobs.
func (h *house) jobs(ctx context.Context) (part, error) {
	door, err := h.config.mail()
	if err != nil {
		return part{}, err
	}
	office := jobs.Office(h.db, jobs.Doors{Vault: h.vault, Mail: door, PSPs: h.psps, Bot: h.door, Bots: h.door, Site: h.config.site})
	workers, err := jobs.Start(ctx, jobs.Options{DB: h.db, RedisURL: h.config.RedisURL, Mux: office, Log: slog.Default()})
	if err != nil {
		return part{}, err
	}
	return part{name: "jobs", stop: func(context.Context) error { workers.Stop(); return nil }, ready: workers.Ready}, nil
}

// telegram is for whom the bots speak. Where people reach us from outside, Telegram does too; else it is asked for updates.
func (h *house) telegram() bot.Options {
	o := bot.Options{DB: h.db, Vault: h.vault, Endpoint: h.config.TelegramEndpoint, Door: h.door, Site: h.config.site, Log: slog.Default()}
	if h.config.PublicURL != "" {
		o.Webhook = func(slug string) string { return h.config.site(slug) + "webhooks/telegram/" + slug }
	}
	return o
}

// hooks hear what Telegram calls us with; nil where it is asked.
func (h *house) hooks() (func(context.Context, string, []byte) error, error) {
	if h.config.PublicURL == "" {
		return nil, nil
	}
	hooks, err := bot.NewHooks(h.telegram())
	if err != nil {
		return nil, err
	}
	return hooks.Hear, nil
}

// bots looks after the providers' bots: it asks for what subscribers write to them, or has Telegram call the pages with it.
func (h *house) bots(ctx context.Context) (part, error) {
	bots, err := bot.Start(ctx, h.telegram())
	if err != nil {
		return part{}, err
	}
	return part{name: "bot", stop: bots.Stop}, nil
}
