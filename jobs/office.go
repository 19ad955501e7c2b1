package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/bots"
	"enlace/tenants/brazil/pix/psp"
	"enlace/tenants/catalog"
	"enlace/tenants/collection"
	"enlace/tenants/contracts"
	"enlace/tenants/dunning"
	"enlace/tenants/intake"
	"enlace/tenants/mail"
	"enlace/tenants/messages"
	"enlace/tenants/network"
	"enlace/tenants/outages"
	"enlace/tenants/outbox"
	"enlace/tenants/subscriptions"
)

// Doors are the ways out of the house that jobs use, what papers say of it, and what opens its secrets.
type Doors struct {
	Vault *tenants.Vault
	Mail  mail.Door
	PSPs  psp.Doors
	Bot   bots.Door                // says what subscribers are told unasked
	Bots  bots.Registry            // lets go of bots that others have replaced
	Site  func(slug string) string // address of an ISP's pages, with a slash at its end
}

// Office is the whole table from a kind of job to its use case, and of what is done every day, room by room.
func Office(db *tenants.DB, doors Doors) *Mux {
	m := &Mux{}
	m.Outside(contracts.Print, about("contract", func(ctx context.Context, id uuid.UUID) error {
		_, err := contracts.Desk{DB: db, Vault: doors.Vault, Site: doors.Site}.Paper(ctx, id)
		return err
	}))
	m.Outside(mail.Deliver, about("email", mail.Desk{DB: db, Door: doors.Mail}.Deliver))
	m.Once(subscriptions.EndTrust, about("grant", subscriptions.Desk{DB: db}.ExpireTrust))
	m.Once(subscriptions.WarnTrust, about("grant", subscriptions.Desk{DB: db}.WarnOfTrustEnd))
	m.Outside(subscriptions.ExpireMigrations, counted(db, subscriptions.ExpireMigrations, subscriptions.Desk{DB: db}.ExpireAll))
	m.Daily(subscriptions.ExpireMigrations, outbox.Bulk, subscriptions.MigrationsExpireAt)
	m.Outside(subscriptions.ExpireTransfers, counted(db, subscriptions.ExpireTransfers, subscriptions.Desk{DB: db}.ExpireTransfersAll))
	m.Daily(subscriptions.ExpireTransfers, outbox.Bulk, subscriptions.TransfersExpireAt)
	m.Once(subscriptions.EndPause, about("subscription", subscriptions.Desk{DB: db}.EndPause))
	m.booklets(billing.Desk{DB: db, Vault: doors.Vault})
	m.month(db, billing.Desk{DB: db})
	m.collection(collection.Desk{DB: db, Vault: doors.Vault, PSPs: doors.PSPs, Site: doors.Site})
	m.network(network.Desk{DB: db, Vault: doors.Vault})
	m.dunning(db, dunning.Desk{DB: db})
	m.intake(intake.Desk{DB: db, Vault: doors.Vault})
	m.Outside(outages.Work, about("outage", outages.Desk{DB: db}.GoOn))
	m.Outside(messages.Say, about("message", bots.Desk{DB: db, Vault: doors.Vault, Door: doors.Bot}.Say))
	m.Outside(bots.LeaveBot, func(ctx context.Context, payload map[string]string) error {
		return bots.Desk{DB: db, Vault: doors.Vault, Registry: doors.Bots}.LeaveOld(ctx, payload["sealed"])
	})
	return m
}

func (m *Mux) booklets(d billing.Desk) {
	m.Outside(billing.PrintBooklet, about("booklet", func(ctx context.Context, id uuid.UUID) error {
		_, err := d.BookletPDF(ctx, id)
		return err
	}))
	m.Outside(billing.Renew, about("renewal", d.WorkOnRenewal))
	m.Outside(billing.PrintRenewal, about("renewal", d.PrintAllOfRenewal))
}

func (m *Mux) month(db *tenants.DB, d billing.Desk) {
	m.Outside(billing.BillMonth, func(ctx context.Context, payload map[string]string) error {
		run, err := d.BillMonth(ctx)
		return errors.Join(err, tally(ctx, db, billing.BillMonth, payload["day"], run.Invoices, len(run.Refused)))
	})
	m.Daily(billing.BillMonth, outbox.Bulk, billing.BilledAt)
	m.Outside(billing.DeclareSettled, counted(db, billing.DeclareSettled, d.DeclareSettled))
	m.Daily(billing.DeclareSettled, outbox.Bulk, billing.DeclaredAt)
	m.Outside(billing.TellIssued, about("invoice", d.TellIssued))
}

func (m *Mux) collection(d collection.Desk) {
	m.Outside(collection.ApplyReturn, about("return", d.Apply))
	m.Outside(billing.PutPixCharge, about("slip", d.PutCharge))
	m.Outside(billing.EndPixCharge, about("slip", d.EndCharge))
	m.Outside(catalog.NamePixWebhook, about("account", d.NameWebhook))
	m.Outside(collection.ReadPix, func(ctx context.Context, payload map[string]string) error { return d.SettlePix(ctx, payload["e2eid"]) })
	m.Outside(collection.ReconcilePix, counted(d.DB, collection.ReconcilePix, d.Reconcile))
	m.Daily(collection.ReconcilePix, outbox.Bulk, collection.ReconciledAt)
}

func (m *Mux) network(d network.Desk) {
	m.Outside(network.Follow, about("subscription", (&network.Caller{Desk: d}).Follow))
	m.Once(catalog.PlanMoved, about("plan", d.FollowPlan))
	m.Outside(network.Forget, counted(d.DB, network.Forget, d.ForgetOld))
	m.Daily(network.Forget, outbox.Bulk, network.ForgottenAt)
}

func (m *Mux) dunning(db *tenants.DB, d dunning.Desk) {
	for _, step := range []struct {
		kind string
		do   func(context.Context) (dunning.Run, error)
		at   time.Duration
	}{{dunning.Remind, d.RemindAll, dunning.RemindedAt}, {dunning.Tell, d.TellAll, dunning.ToldAt}, {dunning.Cut, d.CutAll, dunning.CutAt}} {
		m.Outside(step.kind, func(ctx context.Context, payload map[string]string) error {
			run, err := step.do(ctx)
			return errors.Join(err, run.Failure, tally(ctx, db, step.kind, payload["day"], run.Done, run.Failed))
		})
		m.Daily(step.kind, outbox.Bulk, step.at)
	}
}

func (m *Mux) intake(d intake.Desk) {
	m.Outside(intake.ReadFile, about("intake", d.Read))
	m.Outside(intake.WriteFile, about("intake", d.Write))
	m.Once(intake.Sweep, counted(d.DB, intake.Sweep, d.Sweep))
	m.Daily(intake.Sweep, outbox.Bulk, intake.SweptAt)
}

// counted is a handler of a day's job of a kind, of which the page of the routines says how much it did.
func counted(db *tenants.DB, kind string, do func(context.Context) (int, error)) Handler {
	return func(ctx context.Context, payload map[string]string) error {
		done, err := do(ctx)
		return errors.Join(err, tally(ctx, db, kind, payload["day"], done, 0))
	}
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
