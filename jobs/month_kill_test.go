package jobs

import (
	"context"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/history"
	"enlace/ent/invoice"
	"enlace/ent/ledgerentry"
	"enlace/ent/slip"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
	"enlace/tenants/outbox"
	"enlace/tenants/tenanttest"
)

// How many times the worker of a monthly run is killed, and how many invoices the run makes; make faults asks for more.
const (
	envKills    = "ENLACE_FAULT_KILLS"
	envInvoices = "ENLACE_FAULT_INVOICES"
)

func TestAMonthWhoseWorkerIsKilledTwentyTimesEndsAsOneLeftAlone(t *testing.T) {
	services := asked(t, envInvoices, 5_000)
	alone := ripen(t, "", t.TempDir(), services)
	if _, err := (billing.Desk{DB: alone.db}).BillMonth(alone.ctx); err != nil {
		t.Fatal(err)
	}
	want := alone.final(t)
	t.Run("sqlite", func(t *testing.T) { billThroughKills(t, services, want, "", t.TempDir(), "") })
	t.Run("postgres", func(t *testing.T) {
		billThroughKills(t, services, want, tenanttest.Database(t), "", flushed(t, "12"))
	})
}

// ripe is a store with many services that have an invoice to be made today.
type ripe struct {
	db  *tenants.DB
	ctx context.Context
	due calendar.Date
}

func ripen(t *testing.T, url, folder string, services int) (r ripe) {
	t.Helper()
	r.db, r.ctx = demonstration(t, url, folder)
	later := asked(t, envKills, 20)*longestBulkLease/(24*60) + 1 // by so many days the clock of the last worker is ahead: the due date must not be too near for it
	for r.due = r.db.Today(r.ctx).AddDays(money.LeastNotice + later); r.due.Day() > 28; {
		r.due = r.due.AddDays(1)
	}
	err := r.db.Write(r.ctx, func(ctx context.Context, c *ent.Client) error {
		if err := c.Subscription.Update().SetBooklet(true).Exec(ctx); err != nil { // those of the demonstration have no part in it
			return err
		}
		if err := c.OfficePolicy.Update().SetAntecedenceDays(25).Exec(ctx); err != nil { // nor too far for the first
			return err
		}
		there := c.Subscription.Query().IDsX(ctx)
		if err := demotest.Clone(ctx, c, marias(ctx, c), r.due, services); err != nil {
			return err
		}
		return c.Subscription.Update().Where(subscription.IDNotIn(there...)).SetBooklet(false).SetMode(subscription.ModeAntecipado).SetDueDay(r.due.Day()).
			SetFeeChoice(subscription.FeeChoiceNone).Exec(ctx)
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// made is how many invoices there are of those to be made.
func (r ripe) made(t *testing.T) (n int) {
	t.Helper()
	err := r.db.Read(r.ctx, func(ctx context.Context, c *ent.Client) (err error) {
		n, err = c.Invoice.Query().Where(invoice.Due(r.due), invoice.BookletIDIsNil()).Count(ctx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// final is what the run has left behind, but for ids and instants: the hash of who was charged what, when and why under which numbers, with how many
// rows of the ledger and of the history.
func (r ripe) final(t *testing.T) (said string) {
	t.Helper()
	err := r.db.Read(r.ctx, func(ctx context.Context, c *ent.Client) error {
		bills := c.Invoice.Query().Where(invoice.Due(r.due), invoice.BookletIDIsNil()).Order(invoice.ByNumber()).AllX(ctx)
		who, charges, slips := map[uuid.UUID]*ent.Customer{}, map[uuid.UUID]*ent.Charge{}, map[uuid.UUID]*ent.Slip{}
		for _, row := range c.Customer.Query().AllX(ctx) {
			who[row.ID] = row
		}
		for _, row := range c.Charge.Query().Where(charge.Due(r.due), charge.InvoiceIDNotNil()).AllX(ctx) {
			if charges[*row.InvoiceID] != nil {
				return fmt.Errorf("invoice %s has charge %d twice", row.InvoiceID, row.Number)
			}
			charges[*row.InvoiceID] = row
		}
		for _, row := range c.Slip.Query().Where(slip.Due(r.due)).AllX(ctx) {
			if slips[row.InvoiceID] != nil {
				return fmt.Errorf("invoice %s has two slips", row.InvoiceID)
			}
			slips[row.InvoiceID] = row
		}
		posted, told := map[uuid.UUID]int{}, map[uuid.UUID]int{}
		for _, row := range c.LedgerEntry.Query().Where(ledgerentry.ChargeIDNotNil()).Select(ledgerentry.FieldChargeID).AllX(ctx) {
			posted[*row.ChargeID]++
		}
		for _, row := range c.History.Query().Where(history.Subject("invoice")).Select(history.FieldSubjectID).AllX(ctx) {
			told[row.SubjectID]++
		}
		all := sha256.New()
		for _, bill := range bills {
			row, paid := charges[bill.ID], slips[bill.ID]
			fmt.Fprintln(all, who[bill.CustomerID].Number, bill.Number, row.Number, row.Amount, row.Memo, row.PeriodFrom, row.PeriodTo, paid.OurNumber, paid.Linha,
				posted[row.ID], told[bill.ID])
		}
		wrong, err := billing.Audit(ctx, c, r.db.Today(ctx))
		said = fmt.Sprintf("%d invoices, %x, the audit finds %q", len(bills), all.Sum(nil)[:6], wrong)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return said
}

// longestBulkLease is more minutes than a row in the queue of the monthly run is ever held.
const longestBulkLease = 61

func billThroughKills(t *testing.T, services int, want, url, folder, address string) {
	killed, times := ripen(t, url, folder, services), asked(t, envKills, 20)
	err := killed.db.Write(killed.ctx, func(ctx context.Context, c *ent.Client) error {
		return outbox.Add(ctx, c, killed.db.Now(), outbox.Job{Kind: billing.BillMonth, Queue: outbox.Bulk})
	})
	if err != nil {
		t.Fatal(err)
	}
	for n := range times {
		worker, atWork := hireAhead(t, url, folder, address, n*longestBulkLease)
		atWork.Scan()
		share := (n + 1) * services / (times + 2) // so that the last one leaves some, however many are made in one transaction
		for deadline := time.Now().Add(time.Minute); killed.made(t) < share; time.Sleep(5 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("in a minute worker %d has made %d of %d", n+1, killed.made(t), share)
			}
		}
		time.Sleep(rand.N(50 * time.Millisecond))
		_ = worker.Process.Kill()
		_ = worker.Wait() // it says that it was killed
	}
	left := services - killed.made(t)
	if left <= 0 {
		t.Errorf("nothing was left after the last kill, so it proved little")
	}
	worker, _ := hireAhead(t, url, folder, address, times*longestBulkLease)
	defer func() { _ = worker.Process.Kill(); _ = worker.Wait() }()
	for deadline := time.Now().Add(2 * time.Minute); killed.made(t) < services; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("two minutes after the last kill %d are missing", services-killed.made(t))
		}
	}
	if got := killed.final(t); got != want {
		t.Errorf("killed it ended as\n%s\nleft alone as\n%s", got, want)
	}
	t.Logf("%d of %d invoices were left after kill %d; %s", left, services, times, want)
}
