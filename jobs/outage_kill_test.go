package jobs

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/billingevent"
	"enlace/ent/customer"
	"enlace/ent/history"
	"enlace/ent/outage"
	"enlace/ent/outageservice"
	"enlace/ent/telegrammessage"
	"enlace/tenants"
	"enlace/tenants/bots"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/messages"
	"enlace/tenants/outages"
	"enlace/tenants/tenanttest"
)

// tellings are the jobs of an outage. What the bot says goes line by line into a file: "a line down 7".
func tellings(db *tenants.DB) *Mux {
	m := &Mux{}
	m.Outside(outages.Work, about("outage", outages.Desk{DB: db}.GoOn))
	m.Outside(messages.Say, about("message", bots.Desk{DB: db, Vault: zeroVault(), Door: letterbox(os.Getenv(envLetters))}.Say))
	return m
}

// letterbox is a door into a file.
type letterbox string

func (l letterbox) Say(_ context.Context, u bots.Unasked) error {
	file, err := os.OpenFile(string(l), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer file.Close()
	what := "down"
	if strings.HasPrefix(u.Text, "A falha terminou") {
		what = "back"
	}
	_, err = fmt.Fprintln(file, what, u.Chat)
	return err
}

func TestAnOutageWhoseWorkerIsKilledEndsAsOneLeftAlone(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { breakThroughKills(t, "", t.TempDir(), "") })
	t.Run("postgres", func(t *testing.T) { breakThroughKills(t, tenanttest.Database(t), "", flushed(t, "14")) })
}

// An outage of the tests has as many services, every third of whose customers has a chat, and each phase of it as many kills.
const brokenLines, killsEach = 90, 2

func breakThroughKills(t *testing.T, url, folder, address string) {
	want := brokenAlone(t)
	db, by := demonstration(t, url, folder)
	id := breakLines(t, db, by)
	letters, ahead := filepath.Join(t.TempDir(), "letters"), 0
	for _, phase := range []outage.State{outage.StateOpen, outage.StateOver} {
		if phase == outage.StateOver {
			mendLines(t, db, by, id)
		}
		for n := range killsEach {
			worker, atWork := hireAhead(t, url, folder, address, ahead, envLetters+"="+letters)
			atWork.Scan()
			ahead += longestLease
			for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline) && standing(t, db, by, id).Done < (n+1)*brokenLines/(killsEach+1); {
				time.Sleep(2 * time.Millisecond)
			}
			_ = worker.Process.Kill()
			_ = worker.Wait() // it says that it was killed
		}
		if row := standing(t, db, by, id); row.State == phase {
			t.Errorf("nothing was left of %s after the last kill, so it proved little", phase)
		}
		worker, _ := hireAhead(t, url, folder, address, ahead, envLetters+"="+letters)
		ahead += longestLease
		for deadline := time.Now().Add(2 * time.Minute); standing(t, db, by, id).State != phase || unsaid(t, db, by) > 0; time.Sleep(10 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("two minutes after the last kill it is %+v, and %d messages are unsaid", standing(t, db, by, id), unsaid(t, db, by))
			}
		}
		_ = worker.Process.Kill()
		_ = worker.Wait()
	}
	if got := brokenAs(t, db, by, id); got != want {
		t.Errorf("killed it ended as\n%s\nleft alone as\n%s", got, want)
	}
	said, err := os.ReadFile(letters)
	if err != nil {
		t.Fatal(err)
	}
	times := map[string]int{}
	for line := range strings.Lines(string(said)) {
		times[line]++
	}
	again := 0
	for _, n := range times {
		again += n - 1
	}
	// Whether what was on its way when the worker was killed was heard nobody knows: it is said again. All else is said once.
	if most := 2 * killsEach * hands; len(times) != 2*brokenLines/3 || again > most {
		t.Errorf("%d things were said, %d of them again; want %d, and no more than %d again", len(times), again, 2*brokenLines/3, most)
	}
	t.Logf("%s; %d of %d things were said once more", want, again, len(times))
}

// hands is how many jobs a worker of the tests does at once.
const hands = 10 + reserved

// brokenAlone is how an outage ends whose worker nobody disturbs.
func brokenAlone(t *testing.T) string {
	t.Helper()
	db, by := demonstration(t, "", t.TempDir())
	id := breakLines(t, db, by)
	worker := tenants.With(context.Background(), isp(by))
	for _, phase := range []outage.State{outage.StateOpen, outage.StateOver} {
		if phase == outage.StateOver {
			mendLines(t, db, by, id)
		}
		for standing(t, db, by, id).State != phase {
			if err := (outages.Desk{DB: db}).GoOn(worker, id); err != nil {
				t.Fatal(err)
			}
		}
	}
	return brokenAs(t, db, by, id)
}

// breakLines has many lines down since an hour ago, an hour within one day.
func breakLines(t *testing.T, db *tenants.DB, by context.Context) uuid.UUID {
	t.Helper()
	var list strings.Builder
	err := db.Write(by, func(ctx context.Context, c *ent.Client) error {
		if err := (bots.Desk{DB: db, Vault: zeroVault()}).SetBot(ctx, "1:fibranorte", "fibranorte_bot"); err != nil {
			return err
		}
		// Nothing waits for a morning: each kill puts the worker's clock ahead, and it would come into the quiet hours of a run in the evening.
		c.TelegramBot.Update().SetQuietFrom(0).SetQuietUntil(0).ExecX(ctx)
		if err := demotest.Clone(ctx, c, marias(ctx, c), db.Today(ctx).AddDays(30), brokenLines); err != nil {
			return err
		}
		for i, who := range c.Customer.Query().Where(customer.NameHasPrefix("Cliente ")).Order(customer.ByNumber()).AllX(ctx) {
			fmt.Fprintln(&list, who.Number)
			if i%3 == 0 {
				c.TelegramLink.Create().SetChatID(int64(1000 + i)).SetCustomerID(who.ID).SetLinkedAt(db.Now()).ExecX(ctx)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	id, err := outages.Desk{DB: db}.Open(by, outages.NewOutage{Kind: outage.KindList, List: list.String(), Title: "Queda geral", Began: began(db, by), Key: "1"})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// began is a day ago at noon: what is given back is one day, whenever the test runs.
func began(db *tenants.DB, by context.Context) time.Time {
	return yesterday(db, by).At(12, 0, isp(by).Zone)
}

func yesterday(db *tenants.DB, by context.Context) calendar.Date { return db.Today(by).AddDays(-1) }

func mendLines(t *testing.T, db *tenants.DB, by context.Context, id uuid.UUID) {
	t.Helper()
	if err := (outages.Desk{DB: db}).End(by, outages.Ending{Outage: id, Ended: began(db, by).Add(time.Hour), Text: "voltou", Close: true, Key: "2"}); err != nil {
		t.Fatal(err)
	}
}

func standing(t *testing.T, db *tenants.DB, by context.Context, id uuid.UUID) (row *ent.Outage) {
	t.Helper()
	err := db.Read(by, func(ctx context.Context, c *ent.Client) (err error) {
		row, err = c.Outage.Get(ctx, id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return row
}

func unsaid(t *testing.T, db *tenants.DB, by context.Context) (n int) {
	t.Helper()
	err := db.Read(by, func(ctx context.Context, c *ent.Client) (err error) {
		n, err = c.TelegramMessage.Query().Where(telegrammessage.StatusEQ(telegrammessage.StatusWaiting)).Count(ctx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// brokenAs is what an outage has left behind, but for ids and instants.
func brokenAs(t *testing.T, db *tenants.DB, by context.Context, id uuid.UUID) (said string) {
	t.Helper()
	err := db.Read(by, func(ctx context.Context, c *ent.Client) error {
		row := c.Outage.GetX(ctx, id)
		given := 0
		for _, one := range c.BillingEvent.Query().Where(billingevent.DescriptionHasPrefix("Falha ")).AllX(ctx) {
			if given -= int(one.Amount); one.Amount != -3_00 {
				t.Errorf("%+v", one)
			}
		}
		up := c.OutageService.Query().Where(outageservice.OutageID(id), outageservice.StateEQ(outageservice.StateUp), outageservice.Credit(3_00)).CountX(ctx)
		told := c.TelegramMessage.Query().Where(telegrammessage.AboutID(id)).CountX(ctx)
		began, ended := c.History.Query().Where(history.Event("outage_began")).CountX(ctx), c.History.Query().Where(history.Event("outage_ended")).CountX(ctx)
		said = fmt.Sprintf("%s, %d done, %d failed, %d told, %d up, %s credited, %d of it events, %d messages, history %d and %d",
			row.State, row.Done, row.Failed, row.Told, up, row.Credit, given, told, began, ended)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return said
}
