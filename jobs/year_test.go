package jobs

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/notice"
	rows "enlace/ent/outbox"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/contracts"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/mail"
	"enlace/tenants/outbox"
	state "enlace/tenants/status"
)

// An ISP lives for months on a driven clock: people act through the use cases that the web, the bot and the bank's files call, and what waits in
// the outbox is done by the office's own jobs, each at its instant. Every evening the ledger is balanced and the law was kept, every week all books are
// read again; at the end an oracle that knows money.md and no code of the house agrees to the cent with what each service was billed, less what it was
// credited.
//
// What happens is drawn by a seed. `make soak` lives longer, with more people and more seeds.
func TestAnISPLivesThroughItsMonths(t *testing.T) {
	seeds, months, people := asked(t, "ENLACE_SOAK_SEEDS", 3), asked(t, "ENLACE_SOAK_MONTHS", 12), asked(t, "ENLACE_SOAK_SUBSCRIPTIONS", 200)
	first, audits := asked(t, "ENLACE_SOAK_FIRST", 1), asked(t, "ENLACE_SOAK_AUDITS", 7)
	stores := []func(testing.TB) *demotest.Office{demotest.OpenSQLite, demotest.OpenPostgres}
	for seed := first; seed < first+seeds; seed++ {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			t.Parallel()
			y := open(t, stores[seed%len(stores)](t), uint64(seed))
			y.audits = audits
			for range people {
				y.sell()
			}
			for end := calendar.AddMonths(y.today(), months, 1); y.today().Before(end) && !t.Failed(); {
				y.day()
			}
			y.end()
		})
	}
}

// asked is a number that the environment may ask for.
func asked(t *testing.T, name string, otherwise int) int {
	t.Helper()
	n, err := strconv.Atoi(cmp.Or(os.Getenv(name), strconv.Itoa(otherwise)))
	if err != nil || n < 1 {
		t.Fatalf("%s: %q is no number", name, os.Getenv(name))
	}
	return n
}

// year is an ISP under simulation.
type year struct {
	*demotest.Office
	t      *testing.T
	random *rand.Rand
	jobs   *Mux
	boss   context.Context
	terms  tenants.Typed // that all sales have
	plans  []*ent.Plan
	tales  []*tale
	byID   map[uuid.UUID]*tale   // of each customer
	real   bool                  // the base of proration
	purse  map[uuid.UUID]promise // of each open invoice, when and how it will be paid
	counts map[string]int        // of what happened
	audits int                   // after how many days all books are read again
	diary  []string              // of what was done since, to be read when they are wrong
}

// tale is a customer with a service, as the test knows them.
type tale struct {
	life
	customer *ent.Customer
	first    *ent.Subscription // as it was sold
	sub      uuid.UUID         // the one that runs now: after a migration another
	waits    uuid.UUID         // the one that will take its place
	state    state.State
	temper   int               // how punctually the customer pays
	price    int64             // of a month, as it was sold
	benefit  int64             // of the loyalty
	now      *ent.Subscription // sub, as it stood in the evening
	today    calendar.Date
	regrets  calendar.Date // from which the week of regret counts
	returns  calendar.Date // of a pause
	spared   calendar.Date // not to be cut before
	sparedOn calendar.Date // who is spared on the day of the cut may have been cut before
	contest  *contested    // that waits for its answer
	agreed   uuid.UUID     // an agreement that may still be broken
	other    int64         // what was asked of them besides the months: events, a penalty
	gone     bool          // the service has another holder
	backTo   *tale         // as it stood before what was done today, and may be undone
}

// letters is a mailbox that takes everything.
type letters struct{}

func (letters) Send(context.Context, mail.Letter) error { return nil }

func open(t *testing.T, o *demotest.Office, seed uint64) *year {
	y := &year{Office: o, t: t, random: rand.New(rand.NewPCG(seed, 2026)), boss: o.As("gerente"), purse: map[uuid.UUID]promise{}, counts: map[string]int{}, byID: map[uuid.UUID]*tale{}}
	y.jobs = Office(o.DB, Doors{Vault: o.Vault, Mail: letters{}})
	for _, paper := range []string{contracts.Print, billing.PrintBooklet, billing.TellIssued} { // nobody reads them here
		delete(y.jobs.handlers, paper)
		y.jobs.Outside(paper, func(context.Context, map[string]string) error { return nil })
	}
	slices.SortStableFunc(y.jobs.days, func(a, b daily) int { return cmp.Compare(a.at, b.at) })
	y.furnish(seed)
	return y
}

// atLeisure is how long the reading of all books may take: longer than anything may in the house itself.
const atLeisure = time.Hour

// Read is Office's, at leisure.
func (y *year) Read(do func(context.Context, *ent.Client) error) {
	y.t.Helper()
	ctx, done := context.WithTimeout(tenants.With(context.Background(), y.Here), atLeisure)
	defer done()
	if err := y.DB.Read(ctx, do); err != nil {
		y.t.Fatal(err)
	}
}

func (y *year) today() calendar.Date { return y.Here.Today(y.DB.Now()) }

func (y *year) at(hour, minute int) time.Time { return y.today().At(hour, minute, y.Here.Zone) }

// day is a civil day: the jobs of the night, what people do in the office hours, and a look at it all in the evening.
func (y *year) day() {
	for _, one := range y.jobs.days {
		y.work(y.at(0, 0).Add(one.at))
		if err := enter(y.Worker(), y.DB, one, y.today()); err != nil {
			y.t.Fatal(err)
		}
	}
	y.work(y.at(9, 30))
	y.people()
	y.work(y.at(23, 59))
	y.look()
	y.Pass(time.Minute)
}

// work has the jobs done that are due until an instant, each at its own, and lets the clock stand there.
func (y *year) work(until time.Time) {
	for {
		var row *ent.Outbox
		y.Read(func(ctx context.Context, c *ent.Client) (err error) {
			row, err = c.Outbox.Query().Where(rows.DoneAtIsNil(), rows.NextAtLTE(until)).Order(rows.ByNextAt(), rows.ByID()).First(ctx)
			if ent.IsNotFound(err) {
				err = nil
			}
			return err
		})
		if row == nil {
			break
		}
		y.until(row.NextAt)
		if err := y.jobs.run(y.Worker(), y.DB, row); tenants.FaultOf(err) != nil {
			err = outbox.Once(y.Worker(), y.DB, row.ID, func(context.Context, *ent.Client) error { return nil })
			if err != nil {
				y.t.Fatal(err)
			}
		} else if err != nil {
			y.t.Fatalf("%s on %s: %v", row.Kind, y.today(), err)
		}
	}
	y.until(until)
}

// until moves the clock on to an instant that is not past.
func (y *year) until(at time.Time) { y.Pass(max(0, at.Sub(y.DB.Now()))) }

// people has everybody do what the day brings.
func (y *year) people() {
	y.pay()
	if y.random.IntN(breaks) == 0 {
		y.breakDown()
	}
	for _, one := range y.tales {
		for _, may := range happenings {
			if y.random.IntN(may.oneIn) > 0 || !may.when(one) {
				continue
			}
			y.work(y.DB.Now().Add(time.Minute))
			last := one.backTo
			err := may.do(y, one)
			if y.note(may.what, one.customer.Number, err); err == nil && one.backTo == last {
				one.backTo = nil // something else was done since
			}
		}
		one.backTo = nil
	}
	if y.random.IntN(8) == 0 {
		y.sell()
	}
}

// note counts what was done to a customer, or to an invoice of one, and what the house refused: only an error of its own fails.
func (y *year) note(what string, of int64, err error) {
	switch fault := demotest.Fault(err); {
	case err == nil:
		y.counts[what]++
		y.diary = append(y.diary, fmt.Sprintf("%s %d", what, of))
	case tenants.FaultOf(err) != nil:
		y.counts[what+", refused: "+fault]++
	default:
		y.t.Errorf("%s on %s: %v", what, y.today(), err)
	}
}

// look is the evening: who was cut, and lawfully; who came back; what was billed; and whether the books are balanced.
func (y *year) look() {
	y.Read(func(ctx context.Context, c *ent.Client) error {
		stand := map[uuid.UUID]*ent.Subscription{}
		for _, row := range c.Subscription.Query().AllX(ctx) {
			stand[row.ID] = row
		}
		for _, one := range y.tales {
			if one.gone {
				continue
			}
			if one.now, one.today = stand[one.sub], y.today().AddDays(1); one.waits != uuid.Nil && stand[one.waits].Status == state.Cancelled {
				one.waits = uuid.Nil // nobody came
			}
			y.follow(ctx, c, one, one.now.Status)
		}
		if y.today().DaysSince(calendar.Date{})%y.audits > 0 { // of large books one reading a night takes longer than all else
			return y.balanced(ctx, c)
		}
		return y.audit(ctx, c)
	})
}

// follow notes in a life what became of the service today.
func (y *year) follow(ctx context.Context, c *ent.Client, one *tale, now state.State) {
	before := one.state
	if one.state = now; now == before {
		return
	}
	if before == state.SuspendedDebt || before == state.Paused {
		one.back(y.today())
	}
	switch now {
	case state.SuspendedDebt:
		one.away = append(one.away, &absence{from: y.today(), debt: true})
		y.lawful(ctx, c, one)
	case state.Slowed:
		y.lawful(ctx, c, one)
	case state.Paused:
		one.away = append(one.away, &absence{from: y.today(), to: one.returns, planned: one.returns})
	}
}

// lawful fails on a cut that the law forbids (RGC, Res. Anatel 765/2023): without overdue debt, without a notice of it at least 15 days old, or on
// a day before one on which nobody is there to be paid.
func (y *year) lawful(ctx context.Context, c *ent.Client, one *tale) {
	y.counts["cut"]++
	today := y.today()
	if one.spared.After(today) && one.sparedOn.Before(today) {
		y.t.Errorf("service %d was cut on %s, it was spared until %s", one.first.Number, today, one.spared)
	}
	if closed(today) || closed(today.AddDays(1)) || today.Weekday() == time.Friday {
		y.t.Errorf("service %d was cut on %s", one.first.Number, today)
	}
	var told []calendar.Date
	owedToday := charge.Or(charge.ClosedAtIsNil(), charge.ClosedAtGTE(today.At(0, 0, y.Here.Zone))) // what was paid since the cut was owed in the morning
	for _, row := range c.Charge.Query().Where(charge.CustomerID(one.customer.ID), charge.Suspends(true), owedToday, charge.CancelledAtIsNil(), charge.DueLT(today)).AllX(ctx) {
		if row.InvoiceID == nil || row.ContestedAt != nil && row.ContestAnsweredAt == nil {
			continue
		}
		for _, one := range c.Notice.Query().Where(notice.InvoiceID(*row.InvoiceID)).AllX(ctx) {
			told = append(told, one.Day)
		}
	}
	if !slices.ContainsFunc(told, func(day calendar.Date) bool { return today.DaysSince(day) >= 15 }) {
		y.t.Errorf("service %d was cut on %s, it was told of what it owes on %v", one.first.Number, today, told)
	}
}

// closed says whether a day is one on which banks are closed, by the calendar on the wall (Res. CMN 4.880/2020).
func closed(day calendar.Date) bool {
	if day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		return true
	}
	const everyYear = "01-01 04-21 05-01 09-07 10-12 11-02 11-15 11-20 12-25"
	const movable = "2027-02-08 2027-02-09 2027-03-26 2027-05-27 2028-02-28 2028-02-29 2028-04-14 2028-06-15 2029-02-12 2029-02-13"
	return strings.Contains(everyYear, day.String()[5:]) || strings.Contains(movable, day.String())
}
