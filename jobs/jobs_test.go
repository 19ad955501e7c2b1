package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/google/uuid"
	"github.com/hibiken/asynq"
	"github.com/redis/go-redis/v9"

	"enlace/ent"
	rows "enlace/ent/outbox"
	"enlace/tenants"
	"enlace/tenants/outbox"
	"enlace/tenants/tenanttest"
)

// start has workers work until the test ends.
func start(t testing.TB, o Options) *Workers {
	t.Helper()
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	w, err := Start(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Stop)
	return w
}

func add(t testing.TB, db *tenants.DB, ctx context.Context, jobs ...outbox.Job) {
	t.Helper()
	err := db.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		for _, j := range jobs {
			if err := outbox.Add(ctx, c, db.Now(), j); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func all(t testing.TB, db *tenants.DB, ctx context.Context) (found []*ent.Outbox) {
	t.Helper()
	err := db.Read(ctx, func(ctx context.Context, c *ent.Client) (err error) {
		found, err = c.Outbox.Query().Order(rows.ByCreatedAt()).All(ctx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// soon waits until what must become true is true.
func soon(t testing.TB, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("in 20 s it did not happen that " + what)
		}
	}
}

func ended(t testing.TB, db *tenants.DB, ctx context.Context) bool {
	for _, row := range all(t, db, ctx) {
		if row.DoneAt == nil {
			return false
		}
	}
	return true
}

// logged is a log that can be read while it is written.
type logged struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logged) has(part string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Contains(l.text.String(), part)
}

func TestAUseCaseJoinsTheTransactionThatEndsItsJob(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		broken := atomic.Bool{}
		broken.Store(true)
		var mux Mux
		mux.Once("group", func(ctx context.Context, payload map[string]string) error {
			err := o.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error { // as a use case does
				return c.Group.Create().SetName(payload["name"]).Exec(ctx)
			})
			if broken.Load() {
				err = errors.Join(err, errors.New("o disco encheu"))
			}
			return err
		})
		groups := func(ctx context.Context) (n int) {
			if err := o.DB.Read(ctx, func(ctx context.Context, c *ent.Client) (err error) {
				n, err = c.Group.Query().Count(ctx)
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return n
		}
		w := start(t, Options{DB: o.DB, Mux: &mux})
		add(t, o.DB, o.Ctx(), outbox.Job{Kind: "group", Queue: outbox.Critical, Payload: map[string]string{"name": "VIP"}})
		soon(t, "the failure was noted", func() bool { return all(t, o.DB, o.Ctx())[0].LastError == "o disco encheu" })
		if row := all(t, o.DB, o.Ctx())[0]; row.DoneAt != nil || groups(o.Ctx()) != 0 {
			t.Errorf("a failed job left %d groups and the row %v", groups(o.Ctx()), row)
		}
		broken.Store(false)
		w.Nudge()
		o.Pass(10 * time.Second)
		w.Nudge()
		soon(t, "it was done at the second try", func() bool { return ended(t, o.DB, o.Ctx()) })
		if row := all(t, o.DB, o.Ctx())[0]; row.Attempt != 2 || groups(o.Ctx()) != 1 || groups(o.OtherCtx()) != 0 {
			t.Errorf("the row is %v; %d groups, and %d of the other ISP", row, groups(o.Ctx()), groups(o.OtherCtx()))
		}
	})
}

func TestEveryJobIsDoneOnceByTwoWorkersAtOnce(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		var mu sync.Mutex
		times := map[string]int{}
		var mux Mux
		mux.Outside("letter", func(ctx context.Context, payload map[string]string) error {
			mu.Lock()
			defer mu.Unlock()
			times[payload["to"]]++
			return nil
		})
		start(t, Options{DB: o.DB, Mux: &mux})
		start(t, Options{DB: o.DB, Mux: &mux, Hands: 3})
		for _, ctx := range []context.Context{o.Ctx(), o.OtherCtx()} {
			var letters []outbox.Job
			for n := range 100 {
				queue := []outbox.Queue{outbox.Critical, outbox.Default, outbox.Bulk}[n%3]
				letters = append(letters, outbox.Job{Kind: "letter", Queue: queue, Payload: map[string]string{"to": uuid.NewString()}})
			}
			add(t, o.DB, ctx, letters...)
		}
		soon(t, "all was done", func() bool { return ended(t, o.DB, o.Ctx()) && ended(t, o.DB, o.OtherCtx()) })
		mu.Lock()
		defer mu.Unlock()
		for to, n := range times {
			if n != 1 {
				t.Errorf("the letter to %s was sent %d times", to, n)
			}
		}
		if len(times) != 200 {
			t.Errorf("%d letters were sent", len(times))
		}
	})
}

func TestAFaultAPanicAndAnUnknownKindAreInTheRow(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		var mux Mux
		mux.Once("fault", func(context.Context, map[string]string) error { return tenants.Conflict("already_paid") })
		mux.Once("panic", func(context.Context, map[string]string) error { panic("índice fora da lista") })
		mux.Outside("outside", func(context.Context, map[string]string) error { panic(errors.New("fora")) })
		later := o.DB.Now().Add(time.Hour)
		mux.Outside("later", func(context.Context, map[string]string) error { return &outbox.Later{At: later, Why: "daqui a pouco"} })
		log := &logged{}
		start(t, Options{DB: o.DB, Mux: &mux, Log: slog.New(slog.NewTextHandler(log, nil))})
		want := map[string]string{
			"later": "daqui a pouco",
			"fault": "already_paid", "panic": "panic: índice fora da lista", "outside": "panic: fora", "stranger": "jobs: no handler for stranger",
		}
		for kind := range want {
			add(t, o.DB, o.Ctx(), outbox.Job{Kind: kind})
		}
		soon(t, "every row has its error", func() bool {
			for _, row := range all(t, o.DB, o.Ctx()) {
				if row.LastError == "" {
					return false
				}
			}
			return true
		})
		for _, row := range all(t, o.DB, o.Ctx()) {
			if row.LastError != want[row.Kind] || (row.DoneAt != nil) != (row.Kind == "fault") {
				t.Errorf("%s: the row is %v", row.Kind, row)
			}
			if row.Kind == "later" && !row.NextAt.Equal(later) {
				t.Errorf("it is put off until %s", row.NextAt)
			}
			if log.has(row.ID.String()) != (row.Kind != "later") { // which has not failed
				t.Errorf("%s: the log does not name the row, or names it for nothing", row.Kind)
			}
		}
		if !log.has("jobs_test.go") {
			t.Error("the log does not say where the panic was")
		}
	})
}

func TestAParcelOfAnotherISPOrOfNoRowIsNothing(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		ran := 0
		var mux Mux
		mux.Outside("x", func(context.Context, map[string]string) error { ran++; return nil })
		w := &Workers{db: o.DB, mux: &mux, log: slog.New(slog.DiscardHandler), isps: directory{db: o.DB}, wake: make(chan struct{}, 1), working: context.Background()}
		add(t, o.DB, o.Ctx(), outbox.Job{Kind: "x"})
		taken, err := outbox.Claim(context.Background(), o.DB, outbox.Limits{Default: 1, Tenant: 1})
		if err != nil || len(taken) != 1 {
			t.Fatal(taken, err)
		}
		row := taken[0].ID
		deliver := func(body []byte) {
			t.Helper()
			if err := w.deliver(context.Background(), asynq.NewTask("row", body)); err != nil {
				t.Errorf("%s was answered %v", body, err)
			}
		}
		for _, p := range []parcel{{o.Other.ID, row, 1}, {uuid.New(), row, 1}, {o.Here.ID, uuid.New(), 1}, {o.Here.ID, row, 2}, {}} {
			body, err := json.Marshal(p)
			if err != nil {
				t.Fatal(err)
			}
			deliver(body)
		}
		deliver([]byte(`"lixo`))
		if ran != 0 || ended(t, o.DB, o.Ctx()) {
			t.Fatalf("a false parcel was obeyed %d times", ran)
		}
		body, err := json.Marshal(parcel{o.Here.ID, row, 1})
		if err != nil {
			t.Fatal(err)
		}
		deliver(body)
		deliver(body)
		if ran != 1 || !ended(t, o.DB, o.Ctx()) {
			t.Errorf("the true one, twice, was obeyed %d times", ran)
		}
	})
}

func TestWhoWaitsIsServedHoweverMuchElseThereIs(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		release := make(chan struct{})
		var held atomic.Int32
		var mux Mux
		mux.Outside("slow", func(ctx context.Context, _ map[string]string) error {
			held.Add(1)
			select {
			case <-release:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
		mux.Outside("reconnect", func(context.Context, map[string]string) error { return nil })
		start(t, Options{DB: o.DB, Mux: &mux, Hands: 4})
		for range 50 {
			add(t, o.DB, o.Ctx(), outbox.Job{Kind: "slow", Queue: outbox.Bulk})
		}
		soon(t, "bulk has its hands", func() bool { return held.Load() == 2 })
		add(t, o.DB, o.OtherCtx(), outbox.Job{Kind: "reconnect", Queue: outbox.Critical})
		soon(t, "a critical job was done beside bulk", func() bool { return ended(t, o.DB, o.OtherCtx()) })
		for range 50 {
			add(t, o.DB, o.Ctx(), outbox.Job{Kind: "slow", Queue: outbox.Default})
		}
		soon(t, "every common hand is held", func() bool { return held.Load() == 4 })
		add(t, o.DB, o.OtherCtx(), outbox.Job{Kind: "reconnect", Queue: outbox.Critical})
		soon(t, "a critical job was done by a reserved hand", func() bool { return ended(t, o.DB, o.OtherCtx()) })
		close(release)
		soon(t, "the rest was done", func() bool { return ended(t, o.DB, o.Ctx()) })
	})
}

func TestStopGivesBackWhatItBreaksOff(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		var begun atomic.Int32
		var mux Mux
		mux.Outside("quick", func(context.Context, map[string]string) error { begun.Add(1); time.Sleep(time.Second); return nil })
		mux.Outside("slow", func(ctx context.Context, _ map[string]string) error { begun.Add(1); <-ctx.Done(); return ctx.Err() })
		mux.Outside("deaf", func(context.Context, map[string]string) error { begun.Add(1); time.Sleep(9 * time.Second); return nil })
		w := start(t, Options{DB: o.DB, Mux: &mux})
		add(t, o.DB, o.Ctx(), outbox.Job{Kind: "quick"}, outbox.Job{Kind: "slow"}, outbox.Job{Kind: "deaf"})
		soon(t, "all have begun", func() bool { return begun.Load() == 3 })
		before := time.Now()
		w.Stop()
		w.Stop()
		if took := time.Since(before); took > 6*time.Second {
			t.Errorf("stopping took %s", took)
		}
		for _, row := range all(t, o.DB, o.Ctx()) {
			due := !row.NextAt.After(o.DB.Now())
			if done := row.DoneAt != nil; done != (row.Kind == "quick") || due != (row.Kind != "deaf") && row.Kind != "quick" {
				t.Errorf("%s: the row is %v", row.Kind, row)
			}
		}
		time.Sleep(5 * time.Second) // the deaf one wakes up before its database is gone
	})
}

func TestWhileRedisIsAwayNothingIsTakenAndThenAllIsDone(t *testing.T) {
	t.Parallel()
	o := tenanttest.Postgres(t)
	outside := miniredis.RunT(t)
	var mux Mux
	mux.Outside("x", func(context.Context, map[string]string) error { return nil })
	start(t, Options{DB: o.DB, Mux: &mux, RedisURL: "redis://" + outside.Addr()})
	outside.Close()
	time.Sleep(300 * time.Millisecond) // the relay's pass that found Redis there is over
	add(t, o.DB, o.Ctx(), outbox.Job{Kind: "x", Queue: outbox.Bulk})
	time.Sleep(700 * time.Millisecond)
	if row := all(t, o.DB, o.Ctx())[0]; row.Attempt != 0 {
		t.Errorf("taken without a Redis to carry it: %v", row)
	}
	if err := outside.Restart(); err != nil {
		t.Fatal(err)
	}
	soon(t, "it was done", func() bool { return ended(t, o.DB, o.Ctx()) })
}

func TestWithoutRedisOrAHandlerOfTheDayNothingStarts(t *testing.T) {
	t.Parallel()
	o := tenanttest.SQLite(t)
	gone := miniredis.RunT(t)
	address := gone.Addr()
	gone.Close()
	for said, url := range map[string]string{"o Redis não responde": "redis://" + address, "ENLACE_REDIS_URL": "http://redis"} {
		if _, err := Start(context.Background(), Options{DB: o.DB, RedisURL: url, Mux: &Mux{}}); err == nil || !strings.Contains(err.Error(), said) {
			t.Errorf("%s: %v", url, err)
		}
	}
	var mux Mux
	mux.Daily("run", outbox.Bulk, 0)
	if _, err := Start(context.Background(), Options{DB: o.DB, Mux: &mux}); err == nil {
		t.Error("a daily job that nobody does was accepted")
	}
}

func TestTheQueueInsideAsksForItsPassword(t *testing.T) {
	t.Parallel()
	q, err := openQueue(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer q.close()
	stranger := redis.NewClient(&redis.Options{Addr: q.inside.Addr()})
	defer stranger.Close()
	if err := stranger.Ping(context.Background()).Err(); err == nil {
		t.Error("a stranger was let in")
	}
	if err := q.redis.Set(context.Background(), "k", "v", time.Second).Err(); err != nil {
		t.Fatal(err)
	}
	soon(t, "time passes inside", func() bool { return q.redis.Get(context.Background(), "k").Err() == redis.Nil })
}

func TestTheQueueInsideHearsTheSameNamesOverAndOver(t *testing.T) {
	t.Parallel()
	q, err := openQueue(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer q.close()
	for _, last := range []int{circle - 2, circle - 1, circle - 1} { // the third finds 0 in use
		q.name = last
		if err := q.carry(context.Background(), outbox.Delivery{ID: uuid.New(), Queue: outbox.Critical, Attempt: 1}); err != nil {
			t.Fatal(err)
		}
	}
	names, err := q.inside.List("asynq:{critical}:pending")
	if got := strings.Join(names, " "); err != nil || got != "1 0 9999" {
		t.Errorf("the names are %s, %v", got, err)
	}
}

// redisURL is the suite's own Redis, in a database of the test's own.
func redisURL(t testing.TB, database string) string {
	t.Helper()
	url := os.Getenv("ENLACE_TEST_REDIS_URL")
	if url == "" {
		t.Fatal("ENLACE_TEST_REDIS_URL is not set: run the tests with scripts/with-servers.sh, as make test does")
	}
	return strings.TrimSuffix(url, "/0") + "/" + database
}
