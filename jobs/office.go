package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/brazil/pix/psp"
	"enlace/tenants/catalog"
	"enlace/tenants/collection"
	"enlace/tenants/contracts"
	"enlace/tenants/dunning"
	"enlace/tenants/intake"
	"enlace/tenants/mail"
	"enlace/tenants/network"
	"enlace/tenants/outbox"
	"enlace/tenants/subscriptions"
)

// Doors are the ways out of the house that jobs use, what papers say of it, and what opens its secrets.
type Doors struct {
	Vault *tenants.Vault
	Mail  mail.Door
	PSPs  psp.Doors
	Site  func(slug string) string // address of an ISP's pages, with a slash at its end
}

// Office is the whole table from a kind of job to its use case, and of what is done every day.
func Office(db *tenants.DB, doors Doors) *Mux {
	m := &Mux{}
	m.Outside(contracts.Print, about("contract", func(ctx context.Context, id uuid.UUID) error {
		_, err := contracts.Desk{DB: db, Site: doors.Site}.Paper(ctx, id)
		return err
	}))
	m.Outside(mail.Deliver, about("email", mail.Desk{DB: db, Door: doors.Mail}.Deliver))
	m.Outside(billing.PrintBooklet, about("booklet", func(ctx context.Context, id uuid.UUID) error {
		_, err := billing.Desk{DB: db}.BookletPDF(ctx, id)
		return err
	}))
	m.Outside(collection.ApplyReturn, about("return", collection.Desk{DB: db, Vault: doors.Vault}.Apply))
	m.Outside(billing.Renew, about("renewal", billing.Desk{DB: db}.WorkOnRenewal))
	m.Outside(billing.PrintRenewal, about("renewal", billing.Desk{DB: db}.PrintAllOfRenewal))
	m.Once(subscriptions.EndTrust, about("grant", subscriptions.Desk{DB: db}.ExpireTrust))
	ladder := dunning.Desk{DB: db}
	for _, step := range []struct {
		kind string
		do   func(context.Context) (dunning.Run, error)
		at   time.Duration
	}{{dunning.Remind, ladder.RemindAll, dunning.RemindedAt}, {dunning.Tell, ladder.TellAll, dunning.ToldAt}, {dunning.Cut, ladder.CutAll, dunning.CutAt}} {
		m.Outside(step.kind, func(ctx context.Context, payload map[string]string) error {
			run, err := step.do(ctx)
			return errors.Join(err, run.Failure, tally(ctx, db, step.kind, payload["day"], run.Done, run.Failed))
		})
		m.Daily(step.kind, outbox.Bulk, step.at)
	}
	brought := intake.Desk{DB: db, Vault: doors.Vault}
	m.Outside(intake.ReadFile, about("intake", brought.Read))
	m.Outside(intake.WriteFile, about("intake", brought.Write))
	m.Once(intake.Sweep, func(ctx context.Context, _ map[string]string) error { return brought.Sweep(ctx) })
	m.Daily(intake.Sweep, outbox.Bulk, intake.SweptAt)
	return m
}

// about is a handler of jobs that name one thing by its id.
func about(name string, do func(context.Context, uuid.UUID) error) Handler {
	return func(ctx context.Context, payload map[string]string) error {
		id, err := uuid.Parse(payload[name])
		if err != nil {
			return tenants.Invalid(name, "id")
		}
		return do(ctx, id)
	}
}
