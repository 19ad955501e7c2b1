package jobs

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/redis/go-redis/v9"

	"enlace/ent"
	"enlace/ent/idempotencykey"
	rows "enlace/ent/outbox"
	"enlace/tenants"
	"enlace/tenants/outbox"
	"enlace/tenants/tenanttest"
)

// The worker that is killed is this test binary, started again with where to work in its environment.
const (
	envPostgres = "ENLACE_KILLED_POSTGRES"
	envFolder   = "ENLACE_KILLED_FOLDER"
	envRedis    = "ENLACE_KILLED_REDIS"
	envLetters  = "ENLACE_KILLED_LETTERS"
)

func TestMain(m *testing.M) {
	work := workUntilKilled
	switch ahead := os.Getenv(envAhead); {
	case ahead != "" && os.Getenv(envLetters) != "":
		work = func() error { return workAhead(ahead, tellings) }
	case ahead != "":
		work = func() error { return workAhead(ahead, bills) }
	case os.Getenv(envLetters) == "":
		os.Exit(m.Run())
	}
	if err := work(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// workUntilKilled does the jobs of the test: "sale" has an effect in the database and asks for a "letter", which goes out of it into a file.
func workUntilKilled() error {
	db, err := openStore(os.Getenv(envPostgres), os.Getenv(envFolder))
	if err != nil {
		return err
	}
	letters, err := os.OpenFile(os.Getenv(envLetters), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	var mux Mux
	mux.Once("sale", func(ctx context.Context, payload map[string]string) error {
		return db.Write(ctx, func(ctx context.Context, c *ent.Client) error {
			time.Sleep(rand.N(4 * time.Millisecond))
			if err := c.IdempotencyKey.Create().SetAction("sale").SetKey(uuid.NewString()).SetAnswer(payload["sale"]).SetCreatedAt(db.Now()).Exec(ctx); err != nil {
				return err
			}
			goesFirst := db.Now().Add(-time.Hour) // before the sales that wait, so that every kill meets both
			return outbox.Add(ctx, c, db.Now(), outbox.Job{Kind: "letter", Queue: outbox.Critical, Payload: payload, At: goesFirst})
		})
	})
	mux.Outside("letter", func(_ context.Context, payload map[string]string) error {
		time.Sleep(rand.N(60 * time.Millisecond))
		_, err := fmt.Fprintln(letters, payload["sale"])
		return err
	})
	if _, err := Start(context.Background(), Options{DB: db, RedisURL: os.Getenv(envRedis), Mux: &mux, Log: slog.New(slog.NewTextHandler(os.Stderr, nil))}); err != nil {
		return err
	}
	fmt.Println("at work")
	select {}
}

func openStore(url, folder string) (*tenants.DB, error) {
	if url != "" {
		return tenants.OpenPostgres(context.Background(), url, nil, nil)
	}
	return tenants.OpenSQLite(context.Background(), folder, nil)
}

func TestTwentyKillsAndAFlushOnPostgresAndRedis(t *testing.T) {
	address := redisURL(t, "11")
	options, err := redis.ParseURL(address)
	if err != nil {
		t.Fatal(err)
	}
	client := redis.NewClient(options)
	defer client.Close()
	flush := func() {
		if err := client.FlushDB(context.Background()).Err(); err != nil { // all of our own database: others of the suite have theirs
			t.Fatal(err)
		}
	}
	flush()
	surviveKills(t, tenanttest.Database(t), "", address, flush)
}

func TestTwentyKillsOnFilesAndTheQueueInside(t *testing.T) {
	surviveKills(t, "", t.TempDir(), "", func() {}) // each kill loses the whole queue
}

func surviveKills(t *testing.T, url, folder, address string, flush func()) {
	const sales, kills = 500, 20 // and as many letters: 1,000 rows
	db, err := openStore(url, folder)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var isps []context.Context
	for _, slug := range []string{"fibranorte", "ondasul"} {
		isp, err := db.Found(context.Background(), slug, slug, time.UTC, func(context.Context, *ent.Client) error { return nil })
		if err != nil {
			t.Fatal(err)
		}
		isps = append(isps, tenants.With(context.Background(), isp))
	}
	for i, ctx := range isps {
		var jobs []outbox.Job
		for n := range sales / len(isps) {
			jobs = append(jobs, outbox.Job{Kind: "sale", Queue: outbox.Critical, Payload: map[string]string{"sale": fmt.Sprint(i, "-", n)}})
		}
		add(t, db, ctx, jobs...)
	}

	letters := filepath.Join(t.TempDir(), "letters")
	hire := func() (worker *exec.Cmd, atWork *bufio.Scanner) {
		worker = exec.Command(os.Args[0])
		worker.Env = append(os.Environ(), envPostgres+"="+url, envFolder+"="+folder, envRedis+"="+address, envLetters+"="+letters)
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
	kill := func(worker *exec.Cmd) {
		if err := worker.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = worker.Wait() // it says that it was killed
	}
	for n := range kills {
		worker, atWork := hire()
		if n%5 != 0 { // each fifth may be killed even before it begins
			atWork.Scan()
		}
		// At random, but no later than its share of the work is done, so that the last one still leaves some on any machine.
		deadline, share := time.Now().Add(rand.N(time.Second)), (n+1)*2*sales/(kills+2)
		for time.Now().Before(deadline) && done(t, db, isps) < share {
			time.Sleep(5 * time.Millisecond)
		}
		if n == kills/2 {
			flush()
		}
		kill(worker)
	}
	before, lastKill := done(t, db, isps), time.Now()
	if before == 0 || before == 2*sales {
		t.Errorf("%d jobs were done before the last kill, so it proved little", before)
	}
	worker, _ := hire()
	defer kill(worker)
	for done(t, db, isps) < 2*sales {
		if time.Since(lastKill) > 2*time.Minute { // a few seconds on a quiet machine
			t.Fatalf("two minutes after the last kill %d of %d jobs are done", done(t, db, isps), 2*sales)
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Logf("%d of %d jobs were done before the last of %d kills, and all of them %.1f s after it", before, 2*sales, kills, time.Since(lastKill).Seconds())

	sent := map[string]int{}
	file, err := os.Open(letters)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		sent[lines.Text()]++
	}
	again := 0
	for i, ctx := range isps {
		made := map[string]int{}
		if err := db.Read(ctx, func(ctx context.Context, c *ent.Client) error {
			effects, err := c.IdempotencyKey.Query().Where(idempotencykey.Action("sale")).All(ctx)
			for _, e := range effects {
				made[e.Answer]++
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		for n := range sales / len(isps) {
			sale := fmt.Sprint(i, "-", n)
			if made[sale] != 1 || sent[sale] < 1 {
				t.Errorf("sale %s had %d effects and %d letters", sale, made[sale], sent[sale])
			}
			again += sent[sale] - 1
		}
	}
	t.Logf("each sale had one effect and its letter; %d letters went out once more than needed", again)
}

func done(t *testing.T, db *tenants.DB, isps []context.Context) (n int) {
	t.Helper()
	for _, ctx := range isps {
		if err := db.Read(ctx, func(ctx context.Context, c *ent.Client) error {
			ended, err := c.Outbox.Query().Where(rows.DoneAtNotNil()).Count(ctx)
			n += ended
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	return n
}
