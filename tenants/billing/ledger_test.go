package billing_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/booklet"
	"enlace/ent/charge"
	"enlace/ent/credit"
	"enlace/ent/credituse"
	"enlace/ent/invoice"
	"enlace/ent/ledgerentry"
	"enlace/ent/payment"
	"enlace/ent/predicate"
	"enlace/ent/settlement"
	"enlace/ent/tillentry"
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

// bill is an invoice as the oracle has it.
type bill struct {
	id, booklet, owner uuid.UUID
	number             int64
	total              money.Cents
	due, issued        calendar.Date
	pays               []*pay // those that stand, in order
	late               *due   // what its late charges became
	cancelled, paid    bool

	kept    money.Cents // paid of what was cancelled after a contest: it comes back as credit, and pays nothing else here
	charge  uuid.UUID   // the only one it bills; none where it bills more, or what it bills was edited
	of      *due        // the loose charge that it bills
	from    uuid.UUID   // the carnê it has left
	parts   []*part     // of events, that ride on it
	pact    *pact       // whose instalment it is
	fight   *fight
	settled bool // by an agreement, once
	heard   bool // a contest of it was answered, or is to be
}

// due is a charge without an invoice.
type due struct {
	id, owner       uuid.UUID
	amount, settled money.Cents
	made, due       calendar.Date
	cancelled       bool

	on            *bill // the invoice it was put on
	fight         *fight
	agreed, heard bool
}

// pay is a payment: of a bill or of a due.
type pay struct {
	id                      uuid.UUID
	bill                    *bill
	due                     *due
	on                      calendar.Date
	amount, principal, late money.Cents
	left                    *left // the credit it made
	from                    *left // the credit it was made from
	form                    payment.Form
	shop, undone            bool
	pact                    *pact // an agreement settled it, and no money came
}

// left is a credit.
type left struct {
	id           uuid.UUID
	owner        uuid.UUID
	amount, used money.Cents
	made         calendar.Date
}

// state is where a bill stands: money.md M10, reckoned here and not there.
type state struct{ principal, fine, interest, charges, credit money.Cents }

// at reckons a bill on a day.
func (b *bill) at(on calendar.Date) (s state) {
	if s.principal = b.total + b.kept; b.fight != nil && !b.paid { // what is contested is not collected
		s.principal = b.taken()
	}
	var paidLate money.Cents
	stretch, fined := b.due, false
	grow := func(to calendar.Date) {
		if s.principal == 0 || !calendar.EffectiveLastDay(b.due).Before(to) {
			return
		}
		if !fined { // once, on the principal open at the first payment or reckoning after the effective last day
			s.fine, fined = s.principal*2/100, true
		}
		if days := to.DaysSince(stretch); days > 0 { // by stretch, each cut
			s.interest += s.principal * money.Cents(days) / 3000
			stretch = to
		}
	}
	for _, p := range b.pays {
		grow(p.on)
		principal := min(p.amount, s.principal) // principal first
		late := min(p.amount-principal, s.fine+s.interest-paidLate)
		s.principal, paidLate, s.credit = s.principal-principal, paidLate+late, s.credit+p.amount-principal-late
	}
	if n := len(b.pays); n == 0 || !on.Before(b.pays[n-1].on) {
		grow(on)
	}
	s.charges = s.fine + s.interest - paidLate
	return s
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

// left is what a customer has to the credit.
func (w *world) left(owner uuid.UUID) (sum money.Cents) {
	for _, one := range w.credits[owner] {
		sum += one.amount - one.used
	}
	return sum
}

// open picks an invoice that can be paid; none in one of many tries.
func (w *world) open() *bill {
	for range 20 {
		if b := w.bills[w.IntN(len(w.bills))]; !b.paid && !b.cancelled && b.fight == nil {
			return b
		}
	}
	return nil
}

func (w *world) openDue() *due {
	for range 20 {
		if len(w.dues) == 0 {
			return nil
		}
		if d := w.dues[w.IntN(len(w.dues))]; d.open() {
			return d
		}
	}
	return nil
}

// hand is some way of handing over.
func (w *world) hand() billing.Hand {
	if w.IntN(6) == 0 {
		return billing.Hand{Form: payment.FormCash, Correspondent: w.shop, Number: w.fresh()}
	}
	return billing.Hand{Form: billing.Forms[w.IntN(len(billing.Forms))]}
}

// some is an amount: a part of what is owed, the whole, or more.
func (w *world) some(owed money.Cents) money.Cents {
	switch w.IntN(4) {
	case 0:
		return owed
	case 1:
		return owed + 1 + money.Cents(w.IntN(30_00))
	}
	return 1 + money.Cents(w.IntN(int(max(1, owed))))
}

// --- the operations ---

func (w *world) issue() {
	sub := w.o.Service(w.o.Maria)
	n := 1 + w.IntN(6)
	made, err := w.desk().IssueBooklet(w.cashier, billing.NewBooklet{Customer: w.o.Maria.ID, Subscription: sub.ID, Start: sub.BilledUntil, FirstDue: sub.BilledUntil, Instalments: n, Key: w.fresh()})
	if err != nil {
		w.Fatal(err)
	}
	fresh := w.learn()
	w.ride(fresh)
	for _, b := range fresh { // M1: a renewal has no stub; every period is a whole one
		want := sub.Price
		for _, part := range b.parts {
			want += part.amount
		}
		if b.total != want || b.booklet != made.ID {
			w.Errorf("an instalment of %s, the price is %s and with what rides on it %s", b.total, sub.Price, want)
		}
	}
	if len(fresh) != n {
		w.Errorf("%d instalments of %d", len(fresh), n)
	}
}

func (w *world) charge() {
	amount := money.Cents(1_00 + w.IntN(300_00))
	w.o.Write(func(ctx context.Context, c *ent.Client) error {
		if err := billing.ChargeInstallation(ctx, c, w.o.DB.Now(), w.today(), w.o.Service(w.o.Maria), amount, w.today().AddDays(w.IntN(20))); err != nil {
			return err
		}
		row := c.Charge.Query().Where(charge.KindEQ(charge.KindInstallation)).Order(ent.Desc(charge.FieldNumber)).FirstX(ctx)
		w.dues = append(w.dues, &due{id: row.ID, owner: row.CustomerID, amount: amount, made: w.today(), due: row.Due})
		return nil
	})
}

// took tells the oracle of a payment of a bill: what it settles, the credit it leaves, and what becomes of the late charges.
func (w *world) took(b *bill, p *pay) {
	before := b.at(p.on)
	p.bill = b
	p.principal = min(p.amount, before.principal)
	p.late = min(p.amount-p.principal, before.charges)
	w.over(b.owner, p, p.amount-p.principal-p.late)
	b.pays = append(b.pays, p)
	w.pays = append(w.pays, p)
	w.o.Read(func(ctx context.Context, c *ent.Client) error {
		var principal, late money.Cents
		for _, part := range c.Settlement.Query().Where(settlement.PaymentID(p.id)).AllX(ctx) {
			if part.Kind == settlement.KindPrincipal {
				principal += part.Amount
			} else {
				late += part.Amount
			}
		}
		if principal != p.principal || late != p.late {
			w.Errorf("%s: %s settled %s and %s of late charges, the oracle says %s and %s", w.last, p.amount, principal, late, p.principal, p.late)
		}
		return nil
	})
	if b.at(p.on).principal == 0 {
		b.paid = true
		w.becameLate(b, p.on)
	}
	w.look(b)
	w.cash(p, 1)
}

// over tells the oracle of a credit.
func (w *world) over(owner uuid.UUID, p *pay, amount money.Cents) {
	if amount == 0 {
		return
	}
	p.left = &left{owner: owner, amount: amount, made: w.today()}
	w.credits[owner] = append(w.credits[owner], p.left)
	w.o.Read(func(ctx context.Context, c *ent.Client) error {
		row := c.Credit.Query().Where(credit.PaymentID(p.id)).OnlyX(ctx)
		if p.left.id = row.ID; row.Amount != amount {
			w.Errorf("%s: a credit of %s, the oracle says %s", w.last, row.Amount, amount)
		}
		return nil
	})
}

// cash tells the oracle where the money of a payment lies.
func (w *world) cash(p *pay, sign money.Cents) {
	switch {
	case p.from != nil:
	case p.shop:
		w.holds += sign * p.amount
	default:
		w.till[p.form] += sign * p.amount
	}
}

func (w *world) receive() {
	b := w.open()
	if b == nil {
		return
	}
	on := w.today()
	if w.IntN(4) == 0 { // of an earlier day, but not from before what was paid already
		on = on.AddDays(-w.IntN(10))
		if n := len(b.pays); n > 0 && on.Before(b.pays[n-1].on) {
			on = b.pays[n-1].on
		}
		if on.Before(b.issued) {
			on = b.issued
		}
	}
	owed := b.at(on)
	in := billing.Receipt{Invoice: b.id, Amount: w.some(owed.principal + owed.charges), PaidOn: on, Reason: "recebido antes", Hand: w.hand(), Key: w.fresh()}
	done, err := w.desk().ReceiveAtCounter(w.cashier, in)
	if err != nil {
		w.Fatalf("%+v: %v", in, err)
	}
	w.took(b, &pay{id: done.Payment.ID, on: on, amount: in.Amount, form: in.Form, shop: in.Correspondent != uuid.Nil})
}

// tookDue tells the oracle of a payment of a charge.
func (w *world) tookDue(d *due, p *pay) {
	p.due, p.principal = d, min(p.amount, d.amount-d.settled)
	d.settled += p.principal
	w.over(d.owner, p, p.amount-p.principal)
	w.pays = append(w.pays, p)
	w.lookDue(d)
	w.cash(p, 1)
}

func (w *world) receiveCharge() {
	d := w.openDue()
	if d == nil {
		return
	}
	in := billing.ChargeReceipt{Charge: d.id, Amount: w.some(d.amount - d.settled), PaidOn: w.today(), Hand: w.hand(), Key: w.fresh()}
	done, err := w.desk().ReceiveCharge(w.cashier, in)
	if err != nil {
		w.Fatalf("%+v: %v", in, err)
	}
	w.tookDue(d, &pay{id: done.Payment.ID, on: in.PaidOn, amount: in.Amount, form: in.Form, shop: in.Correspondent != uuid.Nil})
}

func (w *world) receiveMany() {
	var bills []*bill
	var owed money.Cents
	in := billing.Handful{Customer: w.o.Maria.ID, PaidOn: w.today(), Hand: w.hand(), Key: w.fresh()}
	for range 4 {
		if b := w.open(); b != nil && b.owner == in.Customer && !slices.Contains(bills, b) {
			bills, in.Items = append(bills, b), append(in.Items, b.id)
			s := b.at(w.today())
			owed += s.principal + s.charges
		}
	}
	if len(bills) == 0 {
		return
	}
	in.Amount = w.some(owed)
	done, err := w.desk().ReceiveMany(w.cashier, in)
	if err != nil {
		w.Fatalf("%+v: %v", in, err)
	}
	slices.SortFunc(bills, func(a, b *bill) int { // the oldest first
		if a.due != b.due {
			return a.due.DaysSince(b.due)
		}
		return int(a.number - b.number)
	})
	made := map[uuid.UUID]uuid.UUID{}
	w.o.Read(func(ctx context.Context, c *ent.Client) error {
		for _, row := range c.Payment.Query().Where(payment.ReceiptID(done.Receipt.ID)).AllX(ctx) {
			made[*row.InvoiceID] = row.ID
		}
		return nil
	})
	money := in.Amount
	for i, b := range bills {
		s := b.at(w.today())
		part := min(money, s.principal+s.charges)
		if i == len(bills)-1 {
			part = money
		}
		if money -= part; part > 0 {
			w.took(b, &pay{id: made[b.id], on: in.PaidOn, amount: part, form: in.Form, shop: in.Correspondent != uuid.Nil})
		}
	}
}

// reverse takes some payment back, and expects it to be refused where the oracle knows why.
func (w *world) reverse() {
	if len(w.pays) == 0 {
		return
	}
	p := w.pays[len(w.pays)-1-w.IntN(min(len(w.pays), 40))]
	refusals := p.refusals()
	_, err := w.desk().ReversePayment(w.cashier, billing.Takeback{Payment: p.id, Reason: "lançado por engano", Key: w.fresh()})
	if got := demotest.Fault(err); err != nil && !slices.Contains(refusals, got) || err == nil && len(refusals) > 0 {
		w.Fatalf("taking %+v back was answered %q, the oracle says %v", p, got, refusals)
	}
	if err != nil {
		w.done[demotest.Fault(err)]++
		return
	}
	p.undone = true
	w.cash(p, -1)
	if p.left != nil {
		p.left.used = p.left.amount
	}
	if p.from != nil {
		p.from.used -= p.amount
	}
	if p.due != nil {
		p.due.settled -= p.principal
		w.lookDue(p.due)
		return
	}
	b := p.bill
	b.pays = slices.DeleteFunc(b.pays, func(other *pay) bool { return other == p })
	if b.paid = false; b.late != nil {
		b.late.cancelled = true
		w.lookDue(b.late)
		b.late = nil
	}
	w.look(b)
}

// refusals are the reasons for which a payment cannot be taken back.
func (p *pay) refusals() (why []string) {
	switch {
	case p.pact != nil:
		return []string{"payment_of_agreement"}
	case p.undone:
		return []string{"payment_reversed"}
	}
	if p.left != nil && p.left.used > 0 {
		why = append(why, "credit_used")
	}
	if p.due != nil {
		if p.due.cancelled {
			why = append(why, "charge_cancelled")
		}
		return why
	}
	switch b := p.bill; {
	case b.cancelled: // an instalment of an agreement that was
		why = append(why, "invoice_cancelled")
	case b.kept > 0:
		why = append(why, "charge_cancelled")
	}
	for _, other := range p.bill.pays {
		switch {
		case other == p, other.late == 0 && other.left == nil:
		case other.pact != nil:
			why = append(why, "debt_in_agreement")
		default:
			why = append(why, "reverse_later")
		}
	}
	switch late := p.bill.late; {
	case !p.bill.paid || late == nil || late.cancelled:
	case late.on != nil:
		why = append(why, "late_charge_invoiced")
	case late.settled > 0:
		why = append(why, "late_charge_paid")
	}
	return why
}

// spend uses the credits of a customer on an invoice or a charge of theirs: the oldest first.
func (w *world) spend() {
	var owner uuid.UUID
	in := billing.Spend{Key: w.fresh()}
	b, d := w.open(), w.openDue()
	if d != nil && w.IntN(3) == 0 {
		b, in.Charge, owner = nil, d.id, d.owner
	} else if b != nil {
		d, in.Invoice, owner = nil, b.id, b.owner
	} else {
		return
	}
	type use struct {
		of *left
		on calendar.Date
		is money.Cents
	}
	var uses []use
	if b != nil {
		trial := *b
		trial.pays = slices.Clone(b.pays)
		for _, one := range w.credits[owner] {
			on := one.made
			if on.Before(b.issued) {
				on = b.issued
			}
			if n := len(trial.pays); n > 0 && on.Before(trial.pays[n-1].on) {
				on = trial.pays[n-1].on
			}
			s := trial.at(on)
			if one.used == one.amount || s.principal == 0 {
				continue
			}
			uses = append(uses, use{one, on, min(one.amount-one.used, s.principal+s.charges)})
			trial.pays = append(trial.pays, &pay{on: on, amount: uses[len(uses)-1].is})
		}
	} else {
		owed := d.amount - d.settled
		for _, one := range w.credits[owner] {
			if part := min(one.amount-one.used, owed); part > 0 {
				uses, owed = append(uses, use{one, one.made, part}), owed-part
			}
		}
	}
	for _, one := range uses {
		in.Amount += one.is
	}
	_, err := w.desk().SpendCredit(w.cashier, in)
	if len(uses) == 0 {
		if demotest.Fault(err) != "no_credit" {
			w.Fatalf("without a credit: %v", err)
		}
		return
	}
	if err != nil {
		w.Fatalf("%+v of %+v: %v", in, uses, err)
	}
	var rows []*ent.Payment
	w.o.Read(func(ctx context.Context, c *ent.Client) error {
		rows = c.Payment.Query().Where(payment.SourceEQ(payment.SourceCredit), payment.ReceivedAt(w.o.DB.Now())).Order(ent.Asc(payment.FieldID)).AllX(ctx)
		return nil
	})
	if len(rows) != len(uses) {
		w.Fatalf("%d uses of credit made %d payments", len(uses), len(rows))
	}
	for i, one := range uses {
		one.of.used += one.is
		p := &pay{id: rows[i].ID, on: one.on, amount: one.is, from: one.of}
		if rows[i].Amount != one.is || b != nil && rows[i].PaidOn != one.on {
			w.Errorf("a use of %s on %s, the oracle says %s on %s", rows[i].Amount, rows[i].PaidOn, one.is, one.on)
		}
		if d != nil {
			p.due, p.principal = d, p.amount
			d.settled, w.pays = d.settled+p.amount, append(w.pays, p)
			continue
		}
		if i < len(uses)-1 { // the invoice is looked at once all are in
			before := b.at(p.on)
			p.bill, p.principal = b, min(p.amount, before.principal)
			p.late = p.amount - p.principal
			b.pays, w.pays = append(b.pays, p), append(w.pays, p)
			continue
		}
		w.took(b, p)
	}
	if d != nil {
		w.lookDue(d)
	}
	w.lookCredits(owner)
}

func (w *world) cancel() {
	var all []*ent.Booklet
	w.o.Read(func(ctx context.Context, c *ent.Client) error {
		all = c.Booklet.Query().Where(booklet.CustomerID(w.o.Maria.ID), booklet.CancelledAtIsNil()).AllX(ctx)
		return nil
	})
	if len(all) == 0 {
		return
	}
	one := all[w.IntN(len(all))]
	if _, err := w.desk().CancelBooklet(w.cashier, one.ID, "feito por engano", ""); err != nil {
		w.Fatal(err)
	}
	for _, b := range w.bills {
		if b.booklet == one.ID && !b.paid && len(b.pays) == 0 {
			b.gone()
			w.look(b)
		}
	}
	w.ended[one.ID] = true
}

func (w *world) pass() { w.o.Pass(time.Duration(1+w.IntN(9)) * 24 * time.Hour) }

// refused asks for what cannot be: each is refused by name, and the books say nothing of it.
func (w *world) refused() {
	b := w.bills[w.IntN(len(w.bills))]
	in := billing.Receipt{Invoice: b.id, Amount: 10_00, PaidOn: w.today(), Key: w.fresh()}
	want, ctx := "", w.cashier
	switch pick := w.IntN(4); {
	case b.cancelled:
		want = "invoice_cancelled"
	case b.paid:
		want = "invoice_paid"
	case b.fight != nil:
		want = "invoice_contested"
	case pick == 0:
		in.Amount, want = 0, "valor: positive"
	case pick == 1:
		in.Amount, want = -10_00, "valor: positive"
	case pick == 2:
		in.PaidOn, want = w.today().AddDays(1), "pago_em: future"
	default:
		want, ctx = "not_found", w.o.Stranger()
	}
	if _, err := w.desk().ReceiveAtCounter(ctx, in); demotest.Fault(err) != want {
		w.Fatalf("%+v: %v, want %s", in, err, want)
	}
	w.look(b)
}

func (w *world) move() {
	in := billing.TillMove{Kind: tillentry.KindSupply, Amount: money.Cents(1 + w.IntN(100_00)), Reason: "troco da loja", Key: w.fresh()}
	cash := w.till[payment.FormCash]
	if cash > 0 && w.IntN(2) == 0 {
		in.Kind, in.Amount = tillentry.KindWithdrawal, 1+money.Cents(w.IntN(int(cash)))
	}
	err := w.desk().MoveTill(w.cashier, in)
	switch {
	case demotest.Fault(err) == "no_till": // none is open until money comes
	case err != nil:
		w.Fatalf("%+v: %v", in, err)
	case in.Kind == tillentry.KindSupply:
		w.till[payment.FormCash] += in.Amount
	default:
		w.till[payment.FormCash] -= in.Amount
	}
}

func (w *world) close() {
	own, err := w.desk().OwnTill(w.cashier)
	if err != nil {
		w.Fatal(err)
	}
	if own == nil {
		return
	}
	in := billing.TillClosing{Till: own.ID, Counted: map[payment.Form]money.Cents{}, Reason: "conferido duas vezes", Shown: own.Seen(), Key: w.fresh()}
	for _, form := range own.Forms() {
		if in.Counted[form] = w.till[form] + money.Cents(w.IntN(3)) - 1; form == payment.FormCash {
			in.Counted[form] = max(0, in.Counted[form]) // there is no less than none
		}
	}
	if err := w.desk().CloseTill(w.cashier, in); err != nil {
		w.Fatalf("%+v: %v", in, err)
	}
	clear(w.till)
}

func (w *world) repasse() {
	in := billing.Repasse{Correspondent: w.shop, Amount: 1 + money.Cents(w.IntN(200_00)), Commission: money.Cents(w.IntN(3_00)), Form: payment.FormTransfer, Day: w.today(), Key: w.fresh()}
	err := w.desk().TakeRepasse(w.cashier, in)
	switch over := in.Amount+in.Commission > w.holds; {
	case over && demotest.Fault(err) != "valor: over_held", !over && err != nil:
		w.Fatalf("a repasse of %s and %s of %s: %v", in.Amount, in.Commission, w.holds, err)
	case !over:
		w.holds -= in.Amount + in.Commission
	}
}
