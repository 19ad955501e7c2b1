package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"

	"enlace/bot"
	"enlace/handlers"
	"enlace/jobs"
	"enlace/tenants"
	"enlace/tenants/network"
	"enlace/tenants/staff"
)

// runCommand is everything in one process.
type runCommand struct {
	Demo bool `help:"Carrega a demonstração quando não há nenhum provedor."`
}

// house is the rooms of a running process, wired once.
type house struct {
	config config
	db     *tenants.DB
	staff  *staff.Desk
	secret []byte
	vault  *tenants.Vault
	ready  atomic.Bool // the rooms are furnished: what stands in /readyz
}

// Run serves until it is told to stop, and then within ten seconds. It returns one sentence when it cannot.
func (r runCommand) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	h, err := openHouse(ctx)
	if err != nil {
		return err
	}
	defer h.db.Close()
	return h.serve(ctx, r.Demo)
}

// openHouse reads the environment, opens the store and wires the rooms.
func openHouse(ctx context.Context) (*house, error) {
	c, err := readConfig()
	if err != nil {
		return nil, err
	}
	secret, err := c.secret()
	if err != nil {
		return nil, err
	}
	key := sha256.Sum256(secret) // the vault wants so many bytes, whatever the length of what was given
	vault, err := tenants.NewVault(key[:])
	if err != nil {
		return nil, err
	}
	db, err := openStore(ctx, c)
	if err != nil {
		return nil, err
	}
	return &house{config: c, db: db, staff: &staff.Desk{DB: db}, secret: secret, vault: vault}, nil
}

func openStore(ctx context.Context, c config) (*tenants.DB, error) {
	if c.embedded() {
		return tenants.OpenSQLite(ctx, c.DataDir, nil)
	}
	return tenants.OpenPostgres(ctx, c.DatabaseURL, nil, func(warning string) { slog.Warn(warning) })
}

// longestStop is what each part has to come to its end; all stop at once.
const longestStop = 5 * time.Second

// part is something that works beside the others until it is stopped.
type part struct {
	name string
	work func() error // returns when it is stopped, or cannot go on
	stop func(context.Context) error
}

// serve opens the doors, says where they are, and keeps the parts going until ctx ends or one of them breaks.
func (h *house) serve(ctx context.Context, demonstrate bool) error {
	web, err := handlers.New(handlers.Office{DB: h.db, Staff: h.staff, BaseDomain: h.config.BaseDomain, Secure: h.config.secure(), Secret: h.secret, Dev: h.config.Dev})
	if err != nil {
		return err
	}
	office, err := listen("ENLACE_ADDR", h.config.Addr)
	if err != nil {
		return err
	}
	defer office.Close()
	control, err := listen("ENLACE_OPS_ADDR", h.config.OpsAddr)
	if err != nil {
		return err
	}
	defer control.Close()

	ops := &http.Server{Handler: h.ops(web), ReadHeaderTimeout: 5 * time.Second}
	parts, broken := []part{}, make(chan error, mostParts)
	start := func(p part) {
		parts = append(parts, p)
		go func() { broken <- named(p.name, p.work()) }()
	}
	start(part{"web", func() error { return web.App.Listener(office) }, web.App.ShutdownWithContext})
	start(part{"ops", func() error { return unlessClosed(ops.Serve(control)) }, ops.Shutdown})
	if err = h.furnish(ctx, demonstrate, start); err == nil {
		slog.Info("serving", "address", h.config.address("PROVEDOR"), "ops", control.Addr().String())
		select {
		case <-ctx.Done():
		case err = <-broken:
		}
	}
	h.ready.Store(false)
	return errors.Join(err, stopAll(parts))
}

// mostParts is more than there are: none waits to say how it ended.
const mostParts = 10

// furnish loads what there is to load, starts the parts that work behind the doors, and declares the house ready.
func (h *house) furnish(ctx context.Context, demonstrate bool, start func(part)) error {
	if demonstrate {
		if err := h.demonstrate(ctx, os.Stdout); err != nil {
			return err
		}
	}
	radius, err := network.Listen(ctx, network.Desk{DB: h.db, Vault: h.vault}, h.config.RadiusAuthAddr, slog.Default())
	if err != nil {
		return fmt.Errorf("ENLACE_RADIUS_AUTH_ADDR=%s não pode ser aberto: %w", h.config.RadiusAuthAddr, err)
	}
	start(background("radius", radius.Stop))
	workers, err := jobs.Start(ctx, jobs.Options{DB: h.db, RedisURL: h.config.RedisURL, Mux: jobs.Office(h.db), Log: slog.Default()})
	if err != nil {
		return err
	}
	start(background("jobs", func(context.Context) error { workers.Stop(); return nil }))
	bots, err := bot.Start(ctx, bot.Options{DB: h.db, Vault: h.vault, Endpoint: h.config.TelegramEndpoint, Log: slog.Default()})
	if err != nil {
		return err
	}
	start(background("bot", bots.Stop))
	h.ready.Store(true)
	return nil
}

// background is a part that works by itself from its start on.
func background(name string, stop func(context.Context) error) part {
	stopped := make(chan struct{})
	return part{name, func() error { <-stopped; return nil }, func(ctx context.Context) error {
		defer close(stopped)
		return stop(ctx)
	}}
}

// stopAll stops the parts at once: one that hangs keeps none of the others.
func stopAll(parts []part) error {
	ctx, cancel := context.WithTimeout(context.Background(), longestStop)
	defer cancel()
	stopped := make(chan error, len(parts))
	for _, p := range parts {
		go func() { stopped <- named(p.name, p.stop(ctx)) }()
	}
	var errs []error
	for range parts {
		errs = append(errs, <-stopped)
	}
	return errors.Join(errs...)
}

func named(name string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func unlessClosed(err error) error {
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

func listen(name, addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("a porta de %s (%s) já está em uso por outro programa", name, addr)
	case err != nil:
		return nil, fmt.Errorf("%s=%s não pode ser aberto: %w", name, addr, err)
	}
	return l, nil
}
