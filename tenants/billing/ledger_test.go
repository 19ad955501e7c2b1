package billing_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/credit"
	"enlace/ent/credituse"
	"enlace/ent/invoice"
	"enlace/ent/ledgerentry"
	"enlace/ent/payment"
	"enlace/ent/predicate"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
	"enlace/tenants/tenanttest"
)

// operations are what happens to the books, each with how often it is chosen; another one is one line more. An operation does something by
// the office's own use cases and tells the oracle what money.md says of it.
var operations = []struct {
	name   string
	weight int
	do     func(*world)
}{
	{"issue a carnê", 2, (*world).issue},
	{"charge a fee", 2, (*world).charge},
	{"generate a charge", 4, (*world).generate},
	{"put a charge on an invoice", 3, (*world).invoice},
	{"edit a charge", 3, (*world).editCharge},
	{"cancel a charge", 2, (*world).cancelCharge},
	{"cancel an invoice", 2, (*world).cancelInvoice},
	{"edit an invoice", 3, (*world).edit},
	{"an invoice leaves its carnê", 2, (*world).release},
	{"an invoice comes back to its carnê", 2, (*world).join},
	{"add an event", 3, (*world).addEvent},
	{"edit or cancel an event", 2, (*world).endEvent},
	{"make an agreement", 4, (*world).agree},
	{"cancel an agreement", 2, (*world).breakUp},
	{"contest a charge", 5, (*world).contest},
	{"answer a contest", 4, (*world).answer},
	{"receive an invoice", 30, (*world).receive},
	{"receive a charge", 8, (*world).receiveCharge},
	{"receive several", 8, (*world).receiveMany},
	{"take a payment back", 16, (*world).reverse},
	{"use a credit", 10, (*world).spend},
	{"cancel a carnê", 1, (*world).cancel},
	{"days pass", 8, (*world).pass},
	{"what cannot be", 8, (*world).refused},
	{"cash in and out", 3, (*world).move},
	{"open a caixa", 1, (*world).openTill},
	{"close the caixa", 3, (*world).close},
	{"a repasse", 2, (*world).repasse},
}

// How many operations there are in all, and the seeds that share them.
const (
	operationsInAll = 10_000
	fullLooks       = 250 // after so many, all of the books are looked at and not only what was touched
)

func TestTheBooksBalanceAfterEveryOperation(t *testing.T) {
	open := map[string]func(*tenanttest.Seed, testing.TB, *tenanttest.Probe) *tenants.DB{"sqlite": (*tenanttest.Seed).SQLiteProbed, "postgres": (*tenanttest.Seed).PostgresProbed}
	for store, of := range open {
		for seed := range uint64(3) {
			t.Run(fmt.Sprintf("%s/%d", store, seed), func(t *testing.T) {
				t.Parallel()
				w := newWorld(t, demotest.Open(t, of), seed)
				for n := range operationsInAll/6 + 1 {
					w.step(n)
					if t.Failed() {
						t.Fatalf("after operation %d, %s", n, w.last)
					}
				}
				w.lookAtAll()
				t.Logf("%v; %d invoices, %d charges, %d payments", w.done, len(w.bills), len(w.dues), len(w.pays))
			})
		}
	}
}

// world is the office and, beside it, what the oracle knows of its books.
type world struct {
	*testing.T
	*rand.Rand
	o       *demotest.Office
	cashier context.Context
	shop    uuid.UUID // a correspondente
	bills   []*bill
	dues    []*due // charges that are on no invoice
	pays    []*pay
	credits map[uuid.UUID][]*left // by customer, the oldest first
	events  []*happening
	pacts   []*pact
	fights  []*fight           // contests without an answer
	ended   map[uuid.UUID]bool // carnês that are cancelled
	learned int64              // number of the last invoice
	till    map[payment.Form]money.Cents
	holds   money.Cents
	seen    time.Time // of the ledger
	key     int
	last    string
	done    map[string]int
}

func newWorld(t *testing.T, o *demotest.Office, seed uint64) *world {
	w := &world{T: t, Rand: rand.New(rand.NewPCG(seed, 5)), o: o, cashier: o.As("gerente"), credits: map[uuid.UUID][]*left{},
		till: map[payment.Form]money.Cents{}, ended: map[uuid.UUID]bool{}, done: map[string]int{}}
	o.Write(func(ctx context.Context, c *ent.Client) error {
		w.shop = c.Correspondent.Create().SetName("Mercado do Zé").SetCommission(2_00).SaveX(ctx).ID
		return nil
	})
	w.restore()
	w.learn()
	return w
}

// restore has João pay before anything else: what a suspension gives back when it ends is the oracle's of the timelines, not this one's.
func (w *world) restore() {
	late := overdue(w.o)
	if _, err := w.desk().ReceiveAtCounter(w.cashier, billing.Receipt{Invoice: late.Invoice.ID, Amount: late.Owed(), PaidOn: w.today(), Key: w.fresh()}); err != nil {
		w.Fatal(err)
	}
	w.o.Pass(time.Second)
	w.seen = w.o.DB.Now().UTC()
}

// learn takes up the invoices that were made since it did so last, in their order.
func (w *world) learn() (fresh []*bill) {
	w.o.Read(func(ctx context.Context, c *ent.Client) error {
		standings, err := billing.Standings(ctx, c, w.o.DB.Today(ctx), c.Invoice.Query().Where(invoice.NumberGT(w.learned)).Order(invoice.ByNumber()).AllX(ctx)...)
		for _, s := range standings {
			if w.learned = s.Invoice.Number; s.Invoice.PaidAt != nil {
				continue
			}
			b := &bill{id: s.Invoice.ID, owner: s.Invoice.CustomerID, number: s.Invoice.Number, total: s.Total, due: s.Invoice.Due,
				issued: calendar.Of(s.Invoice.IssuedAt.In(w.o.Here.Zone))}
			if s.Invoice.BookletID != nil {
				b.booklet = *s.Invoice.BookletID
			}
			if len(s.Charges) == 1 {
				b.charge = s.Charges[0].ID
			}
			fresh = append(fresh, b)
		}
		return err
	})
	w.bills = append(w.bills, fresh...)
	return fresh
}

func (w *world) today() calendar.Date { return w.o.Here.Today(w.o.DB.Now()) }
func (w *world) fresh() string        { w.key++; return fmt.Sprint(w.key) }
func (w *world) desk() billing.Desk   { return desk(w.o) }

func (w *world) step(n int) {
	sum := 0
	for _, op := range operations {
		sum += op.weight
	}
	pick := w.IntN(sum)
	for _, op := range operations {
		if pick -= op.weight; pick < 0 {
			w.last = op.name
			op.do(w)
			w.done[op.name]++
			break
		}
	}
	w.balanced()
	if n%fullLooks == fullLooks-1 {
		w.lookAtAll()
	}
}

// balanced: what the operation posted adds up to zero, posting by posting, at each ISP. Entries are never changed, so those before still do.
func (w *world) balanced() {
	since := w.seen
	for _, isp := range []tenants.Tenant{w.o.Here, w.o.Other} {
		err := w.o.DB.Read(tenants.With(context.Background(), isp), func(ctx context.Context, c *ent.Client) error {
			var sums []struct {
				Posting uuid.UUID   `json:"posting_id"`
				Sum     money.Cents `json:"sum"`
			}
			err := c.LedgerEntry.Query().Where(ledgerentry.AtGTE(since)).GroupBy(ledgerentry.FieldPostingID).
				Aggregate(ent.As(ent.Sum(ledgerentry.FieldAmount), "sum")).Scan(ctx, &sums)
			for _, one := range sums {
				if one.Sum != 0 {
					w.Errorf("%s: posting %s of %s is off by %s", w.last, one.Posting, isp.Slug, one.Sum)
				}
			}
			return err
		})
		if err != nil {
			w.Fatal(err)
		}
	}
	w.o.Pass(time.Second) // so that what comes next is later
	w.seen = w.o.DB.Now().UTC()
}

// lookAtAll compares every invoice, charge and credit with the oracle, and has the books audited.
func (w *world) lookAtAll() {
	balanced(w.T, w.o)
	w.look(w.bills...)
	w.lookDue(w.dues...)
	for _, owner := range []*ent.Customer{w.o.Maria, w.o.Joao} {
		w.lookCredits(owner.ID)
		if account, err := w.desk().Account(w.cashier, owner.ID); err != nil || account.Credit != w.left(owner.ID) {
			w.Errorf("the account shows a credit of %s, the oracle says %s: %v", account.Credit, w.left(owner.ID), err)
		}
	}
	own, err := w.desk().OwnTill(w.cashier)
	if err != nil {
		w.Fatal(err)
	}
	for form, want := range w.till {
		if own == nil && want != 0 || own != nil && own.Expected[form] != want {
			w.Errorf("the caixa has %v, the oracle says %s in %s", own, want, form)
		}
	}
	all, err := w.desk().Holdings(w.cashier, w.today(), w.today())
	if err != nil || len(all) != 1 || all[0].Holds != w.holds {
		w.Errorf("the correspondente holds %v, the oracle says %s: %v", all, w.holds, err)
	}
}

// look compares invoices with the oracle, today: principal, fine, interest, what is paid and what is over.
func (w *world) look(bills ...*bill) {
	w.Helper()
	ids, byID := make([]uuid.UUID, len(bills)), map[uuid.UUID]*bill{}
	for i, b := range bills {
		ids[i], byID[b.id] = b.id, b
	}
	w.o.Read(func(ctx context.Context, c *ent.Client) error {
		standings, err := billing.Standings(ctx, c, w.o.DB.Today(ctx), c.Invoice.Query().Where(invoice.IDIn(ids...)).AllX(ctx)...)
		for _, s := range standings {
			w.compare(s, byID[s.Invoice.ID])
		}
		if len(standings) != len(bills) {
			w.Errorf("%s: of %d invoices there are %d", w.last, len(bills), len(standings))
		}
		return err
	})
}

func (w *world) compare(s *billing.Standing, b *bill) {
	w.Helper()
	want := b.at(w.today())
	if cancelled := s.Status == billing.InvoiceCancelled; cancelled || b.cancelled {
		if cancelled != b.cancelled {
			w.Errorf("%s: invoice %d is %s, cancelled by the oracle: %v", w.last, b.number, s.Status, b.cancelled)
		}
		return
	}
	var interest, owed money.Cents
	for _, line := range s.Debt.Interest {
		interest += line.Amount
	}
	for _, row := range s.Charges {
		if row.ContestedAt == nil || row.ContestAnsweredAt != nil || row.ClosedAt != nil {
			owed += row.Amount - row.Settled
		}
	}
	got := state{s.Debt.Principal, s.Debt.Fine, interest, s.Debt.Charges(), s.Debt.Credit}
	if got != want || owed != want.principal || s.Invoice.PaidAt != nil != b.paid || s.Total != b.total || (s.Status == billing.InvoiceContested) != (b.fight != nil && !b.paid) {
		w.Errorf("%s: invoice %d of %s due %s stands at %+v, charges at %s, %s; the oracle says %+v, %v", w.last, b.number, b.total, b.due, got, owed, s.Status, want, b.paid)
	}
}

func (w *world) lookDue(dues ...*due) {
	w.Helper()
	ids, byID := []uuid.UUID{}, map[uuid.UUID]*due{}
	for _, d := range dues {
		if d.on == nil { // else its invoice is looked at
			ids, byID[d.id] = append(ids, d.id), d
		}
	}
	w.o.Read(func(ctx context.Context, c *ent.Client) error {
		for _, row := range c.Charge.Query().Where(charge.IDIn(ids...)).AllX(ctx) {
			if d := byID[row.ID]; row.Amount != d.amount || row.Settled != d.settled || row.CancelledAt != nil != d.cancelled || row.ClosedAt != nil != (d.settled == d.amount) {
				w.Errorf("%s: charge %d is %v; the oracle says %+v", w.last, row.Number, row, d)
			}
		}
		return nil
	})
}

func (w *world) lookCredits(owner uuid.UUID) {
	w.Helper()
	var got money.Cents
	w.o.Read(func(ctx context.Context, c *ent.Client) error {
		for _, one := range c.Credit.Query().Where(credit.CustomerID(owner)).AllX(ctx) {
			got += one.Amount
		}
		own := tenants.Among[predicate.CreditUse](credituse.FieldCreditID, tenants.IDsIn(credit.Table, credit.FieldID, credit.CustomerID(owner)))
		for _, use := range c.CreditUse.Query().Where(own).AllX(ctx) {
			got -= use.Amount
		}
		return nil
	})
	if want := w.left(owner); got != want {
		w.Errorf("%s: the credit is %s, the oracle says %s", w.last, got, want)
	}
}
