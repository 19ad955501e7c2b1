package demo_test

import (
	"context"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/customer"
	"enlace/ent/outbox"
	"enlace/ent/subscription"
	"enlace/ent/ticket"
	"enlace/ent/workorder"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/demo"
	"enlace/tenants/mail"
	"enlace/tenants/status"
	"enlace/tenants/tenanttest"
)

func vault(t testing.TB) *tenants.Vault {
	t.Helper()
	v, err := tenants.NewVault(make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestTheDemonstrationHasEveryStateAndItsTwoPeople(t *testing.T) {
	tenanttest.OnEachEmptyStore(t, func(t *testing.T, db *tenants.DB, _ *tenanttest.Probe) {
		for attempt, want := range []bool{true, false} {
			loaded, err := demo.Load(context.Background(), demo.Options{DB: db, Vault: vault(t), Password: "demonstração", Customers: 60})
			if err != nil || loaded != want {
				t.Fatalf("load %d: %v, %v", attempt+1, loaded, err)
			}
		}
		isp, err := db.Find(context.Background(), "fibranorte")
		if err != nil || !isp.TrustSelfService {
			t.Fatalf("%+v, %v", isp, err)
		}
		err = db.Read(tenants.With(context.Background(), isp), func(ctx context.Context, c *ent.Client) error {
			for _, state := range status.States {
				if n := c.Subscription.Query().Where(subscription.StatusEQ(state)).CountX(ctx); n == 0 {
					t.Errorf("no service is %s", state)
				}
			}
			maria := c.Customer.Query().Where(customer.Document("52998224725")).OnlyX(ctx)
			invoices, err := billing.InvoicesOf(ctx, c, db.Today(ctx), maria.ID, false)
			if err != nil {
				return err
			}
			counts := map[billing.InvoiceStatus]int{}
			for _, one := range invoices {
				counts[one.Status]++
			}
			if len(invoices) != 12 || counts[billing.InvoicePaid] == 0 || counts[billing.InvoiceOpen] == 0 || counts[billing.InvoiceOverdue] != 0 {
				t.Errorf("Maria's carnê: %v", counts)
			}
			joao := c.Customer.Query().Where(customer.Document("11144477735")).OnlyX(ctx)
			service := c.Subscription.Query().Where(subscription.CustomerID(joao.ID)).OnlyX(ctx)
			if service.Status != status.SuspendedDebt {
				t.Errorf("João is %s", service.Status)
			}
			invoices, err = billing.InvoicesOf(ctx, c, db.Today(ctx), joao.ID, true)
			overdue := 0
			for _, one := range invoices {
				if one.Status == billing.InvoiceOverdue {
					if overdue++; db.Today(ctx).DaysSince(one.Invoice.Due) < 20 {
						t.Errorf("João's debt is of %s", one.Invoice.Due)
					}
				}
			}
			if overdue != 1 {
				t.Errorf("João has %d invoices overdue", overdue)
			}
			rated := c.Ticket.Query().Where(ticket.RatingNotNil(), ticket.StatusEQ(ticket.StatusFinalizado)).CountX(ctx)
			open := c.Ticket.Query().Where(ticket.StatusIn(ticket.StatusAguardandoAnalise, ticket.StatusPendente)).CountX(ctx)
			done := c.WorkOrder.Query().Where(workorder.StatusEQ(workorder.StatusFinalizada)).CountX(ctx)
			if rated == 0 || open == 0 || done == 0 || c.Outbox.Query().Where(outbox.Kind(mail.Deliver)).ExistX(ctx) {
				t.Errorf("%d tickets with a mark, %d open, %d visits done; or somebody is written to", rated, open, done)
			}
			told := c.Notice.Query().FirstX(ctx)
			if db.Today(ctx).DaysSince(told.Day) < 16 {
				t.Errorf("João was told on %s", told.Day)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// TestItLoadsOnAnyDay walks through two years, a day here and there, month ends, leap day and carnival among them.
func TestItLoadsOnAnyDay(t *testing.T) {
	for _, day := range []string{"2026-11-23", "2026-12-31", "2027-01-01", "2027-02-10", "2027-03-01", "2027-03-31", "2028-02-29", "2028-03-05", "2027-05-02", "2027-08-29"} {
		t.Run(day, func(t *testing.T) {
			t.Parallel()
			db := tenanttest.EmptySQLite(t)
			at := calendar.MustParse(day).At(15, 0, time.UTC)
			db.Clock = func() time.Time { return at }
			if _, err := demo.Load(context.Background(), demo.Options{DB: db, Vault: vault(t), Password: "demonstração", Customers: 8}); err != nil {
				t.Fatal(err)
			}
			isp, err := db.Find(context.Background(), "fibranorte")
			if err != nil {
				t.Fatal(err)
			}
			err = db.Read(tenants.With(context.Background(), isp), func(ctx context.Context, c *ent.Client) error {
				joao := c.Customer.Query().Where(customer.Document("11144477735")).OnlyX(ctx)
				service := c.Subscription.Query().Where(subscription.CustomerID(joao.ID)).OnlyX(ctx)
				if service.Status != status.SuspendedDebt {
					t.Errorf("João is %s", service.Status)
				}
				invoices, err := billing.InvoicesOf(ctx, c, db.Today(ctx), joao.ID, false)
				for _, one := range invoices {
					if one.Invoice.Due.Day() != service.DueDay {
						t.Errorf("João pays on day %d, and invoice %d is due on %s", service.DueDay, one.Invoice.Number, one.Invoice.Due)
					}
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := demo.Load(context.Background(), demo.Options{DB: tenanttest.EmptySQLite(b), Vault: vault(b), Password: "demonstração"}); err != nil {
			b.Fatal(err)
		}
	}
}
