package collection_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/billingmethod"
	"enlace/ent/invoice"
	"enlace/ent/outbox"
	"enlace/ent/payment"
	"enlace/ent/pixcharge"
	"enlace/ent/pixreceipt"
	"enlace/ent/slip"
	"enlace/jobs"
	"enlace/jobs/psptest"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/catalog"
	"enlace/tenants/collection"
	"enlace/tenants/demo/demotest"
)

const key = "financeiro@fibranorte.example" // of the demonstration

// stage is an office with an access to the PSP of the tests.
type stage struct {
	*demotest.Office
	psp     *psptest.PSP
	desk    collection.Desk
	account uuid.UUID
}

// settled are the payments by Pix, in the order they came.
func (s *stage) settled() (all []*ent.Payment) {
	s.Read(func(ctx context.Context, c *ent.Client) error {
		all = c.Payment.Query().Where(payment.SourceEQ(payment.SourcePix)).Order(payment.ByID()).AllX(ctx)
		return nil
	})
	return all
}

func onEachStore(t *testing.T, test func(t *testing.T, s *stage)) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		s := &stage{Office: o, psp: psptest.Open(t, key)}
		s.psp.Clock(o.DB.Now)
		s.desk = collection.Desk{DB: o.DB, Vault: o.Vault, PSPs: jobs.NewPSPs(jobs.PSPOptions{Roots: s.psp.CA.Roots, Near: true}),
			Site: func(slug string) string { return "https://" + slug + ".example.com/" }}
		s.open(t)
		test(t, s)
	})
}

// open gives the office its access, and the way of collecting by Pix that access.
func (s *stage) open(t *testing.T) {
	t.Helper()
	var pixKey uuid.UUID
	var method *ent.BillingMethod
	s.Read(func(ctx context.Context, c *ent.Client) error {
		pixKey = c.PixKey.Query().OnlyIDX(ctx)
		method = c.BillingMethod.Query().Where(billingmethod.KindEQ(billingmethod.KindPix)).OnlyX(ctx)
		return nil
	})
	configure, at := catalog.Desk{DB: s.DB, Vault: s.Vault}, s.psp.Account("")
	var err error
	s.account, err = configure.Save(s.As("gerente"), catalog.Shelves["contas-pix"], uuid.Nil, tenants.Typed{"nome": "Banco", "pix": pixKey.String(), "endereco": at.BaseURL,
		"endereco_token": at.TokenURL, "client_id": at.ClientID, "client_secret": at.ClientSecret, "certificado": at.Certificate, "chave_privada": at.PrivateKey})
	if err != nil {
		t.Fatal(err)
	}
	_, err = configure.Save(s.As("gerente"), catalog.Shelves["formas-de-cobranca"], method.ID, tenants.Typed{"nome": method.Name, "tipo": "pix", "empresa": method.CompanyID.String(),
		"pix": pixKey.String(), "conta_pix": s.account.String()})
	if err != nil {
		t.Fatal(err)
	}
	s.Write(func(ctx context.Context, c *ent.Client) error {
		return c.Subscription.UpdateOneID(s.Service(s.Maria).ID).SetMethodID(method.ID).Exec(ctx)
	})
}

// issue issues a carnê by Pix and returns its slips, the first due first.
func (s *stage) issue(t *testing.T, n int) (booklet *ent.Booklet, slips []*ent.Slip) {
	t.Helper()
	sub := s.Service(s.Maria)
	booklet, err := billing.Desk{DB: s.DB}.IssueBooklet(s.As("gerente"), billing.NewBooklet{Customer: s.Maria.ID, Subscription: sub.ID, Start: sub.BilledUntil, FirstDue: sub.BilledUntil, Instalments: n})
	if err != nil {
		t.Fatal(err)
	}
	s.Read(func(ctx context.Context, c *ent.Client) error {
		for _, row := range c.Invoice.Query().Where(invoice.BookletID(booklet.ID)).Order(invoice.ByDue()).AllX(ctx) {
			slips = append(slips, c.Slip.Query().Where(slip.InvoiceID(row.ID)).OnlyX(ctx))
		}
		return nil
	})
	return booklet, slips
}

// now reads a slip with its charge as they stand.
func (s *stage) now(of *ent.Slip) (now *ent.Slip, charge *ent.PixCharge) {
	s.Read(func(ctx context.Context, c *ent.Client) error {
		now, charge = c.Slip.GetX(ctx, of.ID), c.PixCharge.Query().Where(pixcharge.SlipID(of.ID)).OnlyX(ctx)
		return nil
	})
	return now, charge
}

// waiting counts the jobs of a kind that are to be done.
func (s *stage) waiting(kind string) (n int) {
	s.Read(func(ctx context.Context, c *ent.Client) error {
		n = c.Outbox.Query().Where(outbox.Kind(kind), outbox.DoneAtIsNil()).CountX(ctx)
		return nil
	})
	return n
}

// secret is that of the webhook, as the PSP was named it.
func (s *stage) secret(t *testing.T) string {
	t.Helper()
	if err := s.desk.NameWebhook(s.Worker(), s.account); err != nil {
		t.Fatal(err)
	}
	address := s.psp.Webhook(key)
	return address[strings.LastIndexByte(address, '/')+1:]
}

func (s *stage) put(t *testing.T, slips ...*ent.Slip) {
	t.Helper()
	for _, one := range slips {
		if err := s.desk.PutCharge(s.Worker(), one.ID); err != nil {
			t.Fatal(err)
		}
	}
}

func (s *stage) receipt(endToEnd string) (row *ent.PixReceipt) {
	s.Read(func(ctx context.Context, c *ent.Client) error {
		row, _ = c.PixReceipt.Query().Where(pixreceipt.EndToEnd(endToEnd)).Only(ctx)
		return nil
	})
	return row
}
