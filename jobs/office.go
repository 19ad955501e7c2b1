package jobs

import (
	"context"

	"github.com/google/uuid"

	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/brazil/pix/psp"
	"enlace/tenants/catalog"
	"enlace/tenants/collection"
	"enlace/tenants/contracts"
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
	m.Once(subscriptions.EndTrust, about("grant", subscriptions.Desk{DB: db}.ExpireTrust))
	incoming := collection.Desk{DB: db, Vault: doors.Vault, PSPs: doors.PSPs, Site: doors.Site}
	m.Outside(billing.PutPixCharge, about("slip", incoming.PutCharge))
	m.Outside(billing.EndPixCharge, about("slip", incoming.EndCharge))
	m.Outside(catalog.NamePixWebhook, about("account", incoming.NameWebhook))
	m.Outside(collection.ReadPix, func(ctx context.Context, payload map[string]string) error {
		return incoming.SettlePix(ctx, payload["e2eid"])
	})
	m.Outside(collection.ReconcilePix, func(ctx context.Context, _ map[string]string) error { return incoming.Reconcile(ctx) })
	m.Daily(collection.ReconcilePix, outbox.Bulk, collection.ReconciledAt)
	m.Outside(network.Follow, about("subscription", (&network.Caller{Desk: network.Desk{DB: db, Vault: doors.Vault}}).Follow))
	m.Once(catalog.PlanMoved, about("plan", network.Desk{DB: db}.FollowPlan))
	m.Outside(network.Forget, func(ctx context.Context, _ map[string]string) error { return network.Desk{DB: db}.ForgetOld(ctx) })
	m.Daily(network.Forget, outbox.Bulk, network.ForgottenAt)
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
