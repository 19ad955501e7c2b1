package jobs

import (
	"bufio"
	"context"
	"crypto/sha256"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/redis/go-redis/v9"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/customer"
	"enlace/ent/invoice"
	"enlace/ent/ledgerentry"
	rows "enlace/ent/renewal"
	"enlace/ent/renewalitem"
	"enlace/ent/slip"
	"enlace/ent/subscription"
	"enlace/ent/user"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/demo"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/tenanttest"
)

// envAhead is by how many minutes the clock of a worker that renews is ahead: the lease of what the one before it held is over.
const envAhead = "ENLACE_KILLED_AHEAD"

// workAhead does jobs by a clock that is ahead by some minutes, until it is killed.
func workAhead(ahead string, jobs func(*tenants.DB) *Mux) error {
	db, err := openStore(os.Getenv(envPostgres), os.Getenv(envFolder))
	if err != nil {
		return err
	}
	minutes, err := strconv.Atoi(ahead)
	if err != nil {
		return err
	}
	db.Clock = func() time.Time { return time.Now().Add(time.Duration(minutes) * time.Minute) }
	if _, err := Start(context.Background(), Options{DB: db, RedisURL: os.Getenv(envRedis), Mux: jobs(db), Log: slog.New(slog.NewTextHandler(os.Stderr, nil))}); err != nil {
		return err
	}
	fmt.Println("at work")
	select {}
}

// bills are the jobs of a renewal and of a month. The PDF of each carnê alone is no part of them.
func bills(db *tenants.DB) *Mux {
	m := &Mux{}
	m.Outside(billing.Renew, about("renewal", billing.Desk{DB: db}.WorkOnRenewal))
	m.Outside(billing.PrintRenewal, about("renewal", billing.Desk{DB: db}.PrintAllOfRenewal))
	m.Outside(billing.PrintBooklet, func(context.Context, map[string]string) error { return nil })
	m.Outside(billing.BillMonth, func(ctx context.Context, _ map[string]string) error {
		_, err := billing.Desk{DB: db}.BillMonth(ctx)
		return err
	})
	return m
}

// flushed is a database of Redis with nothing in it; the other tests of the suite have theirs.
func flushed(t *testing.T, database string) (address string) {
	t.Helper()
	address = redisURL(t, database)
	options, err := redis.ParseURL(address)
	if err != nil {
		t.Fatal(err)
	}
	client := redis.NewClient(options)
	defer client.Close()
	if err := client.FlushDB(context.Background()).Err(); err != nil {
		t.Fatal(err)
	}
	return address
}

func TestARenewalWhoseWorkerIsKilledTenTimesEndsAsOneLeftAlone(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { renewThroughKills(t, 110, "", t.TempDir(), "") }) // its one writer carries the outbox too
	t.Run("postgres", func(t *testing.T) {
		renewThroughKills(t, 1_000, tenanttest.Database(t), "", flushed(t, "13"))
	})
}

// renewed is what a test does with a renewal: the store it lies in, who asked, and which it is.
type renewed struct {
	db   *tenants.DB
	ctx  context.Context
	desk billing.Desk
	id   uuid.UUID
}

const kills = 10

// longestLease is more minutes than a row is ever held, however often its worker was killed.
const longestLease = 20

func renewThroughKills(t *testing.T, carnes int, url, folder, address string) {
	want := leftAlone(t, carnes)
	killed := begin(t, url, folder, carnes)
	for n := range kills {
		worker, atWork := hireAhead(t, url, folder, address, n*longestLease)
		atWork.Scan()
		share := (n + 1) * carnes / (kills + 1)
		for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline) && killed.standing(t).Done < share; {
			time.Sleep(10 * time.Millisecond)
		}
		_ = worker.Process.Kill()
		_ = worker.Wait() // it says that it was killed
	}
	left := carnes - killed.standing(t).Done
	if left <= 0 {
		t.Errorf("nothing was left after the last kill, so it proved little")
	}
	worker, _ := hireAhead(t, url, folder, address, kills*longestLease)
	defer func() { _ = worker.Process.Kill(); _ = worker.Wait() }()
	for deadline := time.Now().Add(2 * time.Minute); killed.standing(t).State != rows.StateDone; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("two minutes after the last kill it is %+v", killed.standing(t).Renewal)
		}
	}
	got := killed.final(t)
	if got != want {
		t.Errorf("killed it ended as\n%s\nleft alone as\n%s", got, want)
	}
	t.Logf("%d of %d carnês were left after kill %d; %s", left, carnes, kills, got)
}

// leftAlone is how a renewal ends that nobody disturbs.
func leftAlone(t *testing.T, carnes int) string {
	t.Helper()
	alone := begin(t, "", t.TempDir(), carnes)
	worker := tenants.With(context.Background(), isp(alone.ctx))
	for alone.standing(t).State == rows.StateRunning {
		if err := alone.desk.WorkOnRenewal(worker, alone.id); err != nil {
			t.Fatal(err)
		}
	}
	if err := alone.desk.PrintAllOfRenewal(worker, alone.id); err != nil {
		t.Fatal(err)
	}
	return alone.final(t)
}

// begin is a store with many services whose carnê ends, and their renewal asked for.
func begin(t *testing.T, url, folder string, carnes int) renewed {
	t.Helper()
	var ends calendar.Date
	db, gerente := demonstration(t, url, folder)
	r := renewed{db: db, ctx: gerente, desk: billing.Desk{DB: db}}
	err := db.Write(r.ctx, func(ctx context.Context, c *ent.Client) error {
		ends = db.Today(ctx).AddDays(7)
		return demotest.Clone(ctx, c, marias(ctx, c), ends, carnes)
	})
	if err != nil {
		t.Fatal(err)
	}
	if r.id, err = r.desk.StartRenewal(r.ctx, billing.RenewalOrder{Until: ends, Instalments: 1, Key: "1"}); err != nil {
		t.Fatal(err)
	}
	return r
}

// demonstration is a store with the demonstration in it, and the context of its gerente.
func demonstration(t *testing.T, url, folder string) (db *tenants.DB, gerente context.Context) {
	t.Helper()
	db, err := openStore(url, folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if _, err := demo.Load(context.Background(), demo.Options{DB: db, Vault: zeroVault(), Password: demotest.Password, Customers: 2}); err != nil {
		t.Fatal(err)
	}
	here, err := db.Find(context.Background(), "fibranorte")
	if err != nil {
		t.Fatal(err)
	}
	gerente = tenants.With(context.Background(), here)
	err = db.Read(gerente, func(ctx context.Context, c *ent.Client) error {
		who := c.User.Query().Where(user.RoleEQ(user.RoleGerente)).OnlyX(ctx)
		gerente = tenants.As(gerente, tenants.Actor{Kind: tenants.User, ID: who.ID, Name: who.Name, Role: "gerente", Channel: tenants.Web})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return db, gerente
}

// zeroVault opens what was sealed by the same, in this process or in one that is killed.
func zeroVault() *tenants.Vault {
	vault, err := tenants.NewVault(make([]byte, tenants.VaultKeyBytes))
	if err != nil {
		panic(err)
	}
	return vault
}

// marias is Maria's service.
func marias(ctx context.Context, c *ent.Client) *ent.Subscription {
	maria := c.Customer.Query().Where(customer.Document("52998224725")).OnlyX(ctx)
	return c.Subscription.Query().Where(subscription.CustomerID(maria.ID)).OnlyX(ctx)
}

func isp(ctx context.Context) tenants.Tenant {
	here, _ := tenants.From(ctx)
	return here
}

func (r renewed) standing(t *testing.T) billing.RenewalStanding {
	t.Helper()
	s, err := r.desk.Renewal(r.ctx, r.id, 1)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// final is what a renewal has left behind, but for ids and instants: how many were made, and the hash of who was charged what and when under which
// numbers. Printing is no part of it.
func (r renewed) final(t *testing.T) (said string) {
	t.Helper()
	err := r.db.Read(r.ctx, func(ctx context.Context, c *ent.Client) error {
		s, err := r.desk.Renewal(ctx, r.id, 1)
		if err != nil {
			return err
		}
		items := c.RenewalItem.Query().Where(renewalitem.RenewalID(r.id)).Order(renewalitem.ByPosition()).AllX(ctx)
		whose := map[uuid.UUID]*ent.RenewalItem{}
		for _, item := range items {
			whose[item.SubscriptionID] = item
		}
		ours := map[uuid.UUID]bool{} // carnês
		made, bills, paid, owed := map[uuid.UUID]*ent.Booklet{}, map[uuid.UUID]*ent.Invoice{}, map[uuid.UUID]*ent.Slip{}, map[uuid.UUID][]string{}
		for _, row := range c.Booklet.Query().AllX(ctx) {
			item := whose[row.SubscriptionID]
			if item == nil { // of the demonstration
				continue
			}
			if made[item.SubscriptionID] != nil || item.BookletID == nil || *item.BookletID != row.ID {
				t.Errorf("item %d has another carnê than the one it names", item.Position)
			}
			made[item.SubscriptionID], ours[row.ID] = row, true
		}
		for _, row := range c.Invoice.Query().Where(invoice.BookletIDNotNil()).Order(invoice.ByNumber()).AllX(ctx) {
			if ours[*row.BookletID] && bills[*row.BookletID] != nil {
				t.Errorf("invoice %d is the second of its carnê", row.Number)
			}
			bills[*row.BookletID] = row
		}
		for _, row := range c.Slip.Query().Order(slip.ByIssuedAt(), slip.ByID()).AllX(ctx) {
			paid[row.InvoiceID] = row
		}
		entries := map[uuid.UUID]int{}
		for _, row := range c.LedgerEntry.Query().Where(ledgerentry.ChargeIDNotNil()).AllX(ctx) {
			entries[*row.ChargeID]++
		}
		for _, row := range c.Charge.Query().Where(charge.InvoiceIDNotNil()).Order(charge.ByNumber()).AllX(ctx) {
			owed[*row.InvoiceID] = append(owed[*row.InvoiceID], fmt.Sprint(row.Number, row.Amount, row.Memo, entries[row.ID]))
		}
		until := map[uuid.UUID]calendar.Date{}
		for _, row := range c.Subscription.Query().AllX(ctx) {
			until[row.ID] = row.BilledUntil
		}
		all := sha256.New()
		for _, item := range items {
			carne := made[item.SubscriptionID]
			bill := bills[carne.ID]
			fmt.Fprintln(all, item.Position, item.State, carne.Number, bill.Number, bill.Due, owed[bill.ID], paid[bill.ID].OurNumber, paid[bill.ID].Linha, until[item.SubscriptionID])
		}
		said = fmt.Sprintf("%d done, %d failed, %x", s.Done, s.Failed, all.Sum(nil)[:6])
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return said
}

// hireAhead starts a worker whose clock is ahead by some minutes, with more in its environment.
func hireAhead(t *testing.T, url, folder, address string, ahead int, more ...string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	worker := exec.Command(os.Args[0])
	worker.Env = append(append(os.Environ(), envPostgres+"="+url, envFolder+"="+folder, envRedis+"="+address, envAhead+"="+strconv.Itoa(ahead)), more...)
	worker.Stderr = t.Output()
	says, err := worker.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := worker.Start(); err != nil {
		t.Fatal(err)
	}
	return worker, bufio.NewScanner(says)
}
