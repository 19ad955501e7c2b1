package main

import (
	"context"
	"crypto/sha256"
	"enlace/tenants/demo"
	"log/slog"
	"os"

	"enlace/bot"
	"enlace/jobs"
	"enlace/tenants"
	"enlace/tenants/platform"
	"enlace/tenants/staff"
)

// runCommand is everything in one process.
type runCommand struct {
	Demo bool `help:"Carrega a demonstração quando não há nenhum provedor."`
}

// Run serves until it is told to stop. The pages come first, so that a taken port is known before the demonstration is loaded.
func (r runCommand) Run() error {
	return serve(func(ctx context.Context, p *process) error {
		if err := p.open(ctx, p.web); err != nil {
			return err
		}
		if r.Demo {
			if err := p.demonstrate(ctx, os.Stdout, demo.Customers); err != nil {
				return err
			}
		}
		return p.open(ctx, p.radius, p.jobs, p.bots)
	})
}

// webCommand is the pages alone.
type webCommand struct{}

// Run serves the pages until it is told to stop.
func (webCommand) Run() error {
	return beside(func(ctx context.Context, p *process) error { return p.open(ctx, p.web) })
}

// workerCommand is what goes on behind the pages: the relay, the daily schedules, the jobs and the bots.
type workerCommand struct{}

// Run works until it is told to stop. Any number of workers may run at once.
func (workerCommand) Run() error {
	return beside(func(ctx context.Context, p *process) error { return p.open(ctx, p.jobs, p.bots) })
}

// radiusCommand is the RADIUS server alone.
type radiusCommand struct{}

// Run answers the providers' equipment until it is told to stop.
func (radiusCommand) Run() error {
	return beside(func(ctx context.Context, p *process) error { return p.open(ctx, p.radius) })
}

// beside serves a part of the house in a process of its own, which meets the others in the database and in Redis.
func beside(open func(context.Context, *process) error) error {
	c, err := readConfig()
	if err != nil {
		return err
	}
	if err := c.shared(); err != nil {
		return err
	}
	return serve(open)
}

// house is the rooms of a process, wired once.
type house struct {
	config   config
	db       *tenants.DB
	staff    *staff.Desk
	platform *platform.Desk
	secret   []byte
	vault    *tenants.Vault
	psps     *jobs.PSPs
	door     *bot.Door // to Telegram
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
	people := &staff.Desk{DB: db}
	return &house{config: c, db: db, staff: people, platform: &platform.Desk{DB: db, Staff: people}, secret: secret, vault: vault, psps: jobs.NewPSPs(jobs.PSPOptions{Near: c.BaseDomain == "localhost"}),
		door: bot.NewDoor(c.TelegramEndpoint)}, nil
}

func openStore(ctx context.Context, c config) (*tenants.DB, error) {
	if c.embedded() {
		return tenants.OpenSQLite(ctx, c.DataDir, nil)
	}
	return tenants.OpenPostgres(ctx, c.DatabaseURL, nil, func(warning string) { slog.Warn(warning) })
}
