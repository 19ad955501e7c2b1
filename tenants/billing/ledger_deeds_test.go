package billing_test

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/contest"
	"enlace/ent/payment"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
)

// These are the operations on what is charged: loose charges, edits, events, agreements and contests. Those on what is paid stand beside the world.

// open says that money can be taken for a charge.
func (d *due) open() bool {
	return d.on == nil && d.fight == nil && !d.cancelled && d.settled < d.amount
}

// whole says that a charge without an invoice is owed as it was made.
func (d *due) whole() bool { return d.open() && d.settled == 0 }

// whole says that nothing has been paid of an invoice that is owed, and that it stands for itself.
func (b *bill) whole() bool {
	return !b.paid && !b.cancelled && b.fight == nil && b.pact == nil && len(b.pays) == 0
}

// taken is what was paid of its principal.
func (b *bill) taken() (sum money.Cents) {
	for _, p := range b.pays {
		sum += p.principal
	}
	return sum
}

// gone cancels an invoice: what rode on it waits for another.
func (b *bill) gone() {
	b.cancelled = true
	if b.of != nil {
		b.of.cancelled = true
	}
	for _, part := range b.parts {
		part.on, part.gone = nil, part.of.over
	}
	b.parts = nil
}

// some invoice that is as it should be, none in one of many tries.
func (w *world) bill(is func(*bill) bool) *bill {
	for range 30 {
		if b := w.bills[w.IntN(len(w.bills))]; is(b) {
			return b
		}
	}
	return nil
}

func (w *world) loose(is func(*due) bool) *due {
	for range 30 {
		if len(w.dues) == 0 {
			return nil
		}
		if d := w.dues[w.IntN(len(w.dues))]; is(d) {
			return d
		}
	}
	return nil
}

// fits says what an operation was answered, and fails when it is not what the oracle has.
func (w *world) fits(err error, want string, asked any) bool {
	w.Helper()
	if got := demotest.Fault(err); got != want {
		w.Fatalf("%+v was answered %q, the oracle says %q", asked, got, want)
	}
	return err == nil
}

// minimum is the least that an invoice of the demonstration is made for.
const minimum = 5_00

func (w *world) generate() {
	in := billing.NewCharge{Customer: w.o.Maria.ID, Kind: installation(w.o), Subscription: w.o.Service(w.o.Maria).ID, Due: w.today().AddDays(w.IntN(20)),
		Value: money.Cents(1 + w.IntN(200_00)), Invoice: w.IntN(2) == 0, Key: w.fresh()}
	if w.IntN(3) == 0 {
		in.Discount = money.Cents(w.IntN(int(in.Value) + 1))
	}
	if w.IntN(9) == 0 {
		in.Discount = in.Value // M13: born paid, and on no invoice
	}
	amount, want := in.Value-in.Discount, ""
	if in.Invoice && amount > 0 && amount < minimum {
		want = "valor: under_minimum"
	}
	made, err := w.desk().GenerateCharge(w.cashier, in)
	if !w.fits(err, want, in) {
		return
	}
	d := &due{id: made, owner: in.Customer, amount: amount, made: w.today(), due: in.Due}
	w.dues = append(w.dues, d)
	if in.Invoice && amount > 0 {
		w.on(d)
	}
	w.lookDue(d)
}

// on learns of the invoice that a charge alone has got.
func (w *world) on(d *due) {
	fresh := w.learn()
	if len(fresh) != 1 || fresh[0].total != d.amount || fresh[0].charge != d.id {
		w.Fatalf("a charge of %s is on %+v", d.amount, fresh)
	}
	d.on, fresh[0].of, fresh[0].heard = fresh[0], d, d.heard
	w.look(d.on)
}

func (w *world) invoice() {
	d := w.loose((*due).whole)
	if d == nil {
		return
	}
	in, want := billing.ChargeInvoice{Charge: d.id, Due: w.today().AddDays(w.IntN(20)), Key: w.fresh()}, ""
	if d.amount < minimum {
		want = "charge_under_minimum"
	}
	if _, err := w.desk().InvoiceCharge(w.cashier, in); w.fits(err, want, in) {
		d.due = in.Due
		w.on(d)
	}
}

// editCharge puts another charge in the place of a loose one, on an invoice or not. What its late charges had become is so still.
func (w *world) editCharge() {
	d := w.loose(func(d *due) bool {
		return d.whole() || d.on != nil && d.on.charge == d.id && d.on.whole() && d.on.total > 0 && d.on.booklet == uuid.Nil
	})
	if d == nil {
		return
	}
	in := billing.ChargeEdit{Charge: d.id, Due: w.today().AddDays(1 + w.IntN(20)), Description: "Combinado de novo", Amount: money.Cents(w.IntN(3)) * (1 + d.amount) / 2, Reason: "combinado por telefone", Key: w.fresh()}
	made, err := w.desk().EditCharge(w.cashier, in)
	if !w.fits(err, "", in) {
		return
	}
	instead := &due{id: made, owner: d.owner, amount: in.Amount, made: w.today(), due: in.Due}
	for _, b := range w.bills {
		if b.late == d {
			b.late = instead
		}
	}
	w.dues = append(w.dues, instead)
	if d.cancelled = true; d.on != nil {
		d.on.gone()
		w.look(d.on)
		if in.Amount > 0 {
			w.on(instead)
		}
	}
	w.lookDue(d, instead)
}

func (w *world) cancelCharge() {
	if d := w.loose((*due).whole); d != nil {
		err := w.desk().CancelCharge(w.cashier, billing.Cancelling{ID: d.id, Reason: "feita por engano", Key: w.fresh()})
		d.cancelled = w.fits(err, "", d)
		w.lookDue(d)
	}
}

func (w *world) cancelInvoice() {
	b := w.bill((*bill).whole)
	if b == nil {
		return
	}
	want := ""
	if b.booklet != uuid.Nil {
		want = "invoice_of_booklet"
	}
	if w.fits(w.desk().CancelInvoice(w.cashier, billing.Cancelling{ID: b.id, Reason: "feita por engano", Key: w.fresh()}), want, b) {
		b.gone()
	}
	w.look(b)
}

// edit changes the value of an invoice, down to nothing or up, and of one that stands alone also its due date (M14).
func (w *world) edit() {
	b := w.bill(func(b *bill) bool { return b.whole() && !w.ended[b.booklet] && b.total > 0 })
	if b == nil {
		return
	}
	line := billing.EditLine{Number: b.number, Due: b.due, Amount: money.Cents(w.IntN(int(2 * b.total)))}
	in := billing.Edit{Booklet: b.booklet, Invoice: b.id, Reason: "combinado com a cliente", Key: w.fresh()}
	if b.booklet == uuid.Nil && w.IntN(2) == 0 {
		line.Due = w.today().AddDays(w.IntN(30))
	}
	if w.IntN(8) == 0 {
		line.Amount = 0
	}
	want := ""
	if line.Due == b.due && line.Amount == b.total {
		want = "edit_nothing"
	}
	in.Lines = append(in.Lines, line)
	if !w.fits(w.desk().EditInvoices(w.cashier, in), want, in) {
		return
	}
	if b.due = line.Due; line.Amount != b.total {
		b.charge = uuid.Nil
	}
	b.total, b.paid = line.Amount, line.Amount == 0
	w.look(b)
}

func (w *world) release() {
	b := w.bill(func(b *bill) bool { return b.whole() && b.booklet != uuid.Nil && !w.ended[b.booklet] })
	if b == nil || !slices.ContainsFunc(w.bills, func(other *bill) bool { return other != b && other.booklet == b.booklet && !other.cancelled }) {
		return
	}
	in := billing.Members{Booklet: b.booklet, Invoices: []uuid.UUID{b.id}, Key: w.fresh()}
	if w.fits(w.desk().ReleaseInvoices(w.cashier, in), "", b) {
		b.booklet, b.from = uuid.Nil, b.booklet
	}
	w.look(b)
}

func (w *world) join() {
	b := w.bill(func(b *bill) bool { return b.whole() && b.booklet == uuid.Nil && b.from != uuid.Nil })
	if b == nil {
		return
	}
	want := ""
	if w.ended[b.from] {
		want = "booklet_cancelled"
	}
	if w.fits(w.desk().JoinInvoices(w.cashier, billing.Members{Booklet: b.from, Invoices: []uuid.UUID{b.id}, Key: w.fresh()}), want, b) {
		b.booklet = b.from
	}
	w.look(b)
}

// happening is a billing event, and part one of its parts.
type (
	happening struct {
		id    uuid.UUID
		parts []*part
		over  bool
	}
	part struct {
		of     *happening
		amount money.Cents
		month  calendar.Date
		on     *bill // that it rides on
		gone   bool
	}
)

// waiting says that a part is on no invoice, and may come on one.
func (p *part) waiting() bool { return p.on == nil && !p.gone }

// inParts divides by M4: cents that do not divide go to the first parts.
func inParts(total money.Cents, n int) []money.Cents {
	all := make([]money.Cents, n)
	for i := range all {
		if all[i] = total / money.Cents(n); money.Cents(i) < total%money.Cents(n) {
			all[i]++
		}
	}
	return all
}

// event is a surcharge, or a discount so small that no month's price falls below nothing.
func (w *world) event() (billing.NewEvent, *happening) {
	in := billing.NewEvent{Customer: w.o.Maria.ID, Subscription: w.o.Service(w.o.Maria).ID, Description: "Roteador extra", Value: 3 + money.Cents(w.IntN(60_00)),
		Parts: 1 + w.IntN(3), From: w.today().AddDays(w.IntN(60)), Key: w.fresh()}
	sign := money.Cents(1)
	if w.IntN(3) == 0 {
		in.Discount, in.Value, sign = true, 3+money.Cents(w.IntN(2_00)), -1
	}
	e := &happening{}
	for k, amount := range inParts(in.Value, in.Parts) {
		month := calendar.AddMonths(calendar.On(in.From.Year(), in.From.Month(), 1), k, 1)
		e.parts = append(e.parts, &part{of: e, amount: sign * amount, month: month})
	}
	return in, e
}

func (w *world) addEvent() {
	in, e := w.event()
	made, err := w.desk().AddEvent(w.cashier, in)
	w.fits(err, "", in)
	e.id = made
	w.events = append(w.events, e)
}

// endEvent cancels what of an event rides on no invoice yet, or puts another event in its place.
func (w *world) endEvent() {
	if len(w.events) == 0 {
		return
	}
	old := w.events[w.IntN(len(w.events))]
	want := ""
	switch {
	case old.over:
		want = "event_cancelled"
	case !slices.ContainsFunc(old.parts, (*part).waiting):
		want = "event_billed"
	}
	if w.IntN(2) == 0 {
		in, e := w.event()
		made, err := w.desk().EditEvent(w.cashier, billing.EventEdit{Event: old.id, Reason: "combinado com a cliente", Instead: in})
		if !w.fits(err, want, in) {
			return
		}
		e.id = made
		w.events = append(w.events, e)
	} else if !w.fits(w.desk().CancelEvent(w.cashier, billing.Cancelling{ID: old.id, Reason: "não quer mais", Key: w.fresh()}), want, old) {
		return
	}
	old.over = true
	for _, one := range old.parts {
		one.gone = one.gone || one.on == nil
	}
}

// ride lays what waits on the instalments just made: each part on the first that is due in its month or later.
func (w *world) ride(fresh []*bill) {
	for _, e := range w.events {
		for _, one := range e.parts {
			i := slices.IndexFunc(fresh, func(b *bill) bool { return !b.due.Before(one.month) })
			if one.waiting() && i >= 0 {
				one.on, fresh[i].parts = fresh[i], append(fresh[i].parts, one)
			}
		}
	}
}

// pact is an agreement over debts, each with the payment that settled it without money.
type pact struct {
	id          uuid.UUID
	made        calendar.Date
	debts       []owed
	instalments []*bill
	over        bool
}

// owed is an invoice, or a charge without one.
type owed struct {
	bill *bill
	due  *due
	pay  *pay
}

func (o owed) since() calendar.Date {
	if o.bill != nil {
		return o.bill.due
	}
	return o.due.due
}

// overdue are debts of Maria that an agreement can be made over, no two due on one day: the oldest first.
func (w *world) overdue(most int) (list []owed) {
	late := func(due calendar.Date) bool { return calendar.EffectiveLastDay(due).Before(w.today()) }
	for range 20 {
		one := owed{bill: w.bill(func(b *bill) bool {
			return !b.paid && !b.cancelled && b.fight == nil && b.pact == nil && b.owner == w.o.Maria.ID && late(b.due) && b.at(w.today()).charges > 0
		})}
		if w.IntN(3) == 0 {
			one = owed{due: w.loose(func(d *due) bool { return d.open() && d.owner == w.o.Maria.ID && late(d.due) })}
		}
		if (one.bill == nil && one.due == nil) || slices.ContainsFunc(list, func(other owed) bool { return other.since() == one.since() }) {
			continue
		}
		if list = append(list, one); len(list) == most {
			break
		}
	}
	slices.SortFunc(list, func(a, b owed) int { return a.since().DaysSince(b.since()) })
	return list
}

func (w *world) agree() {
	p := &pact{made: w.today(), debts: w.overdue(1 + w.IntN(3))}
	in := billing.NewAgreement{Customer: w.o.Maria.ID, Instalments: 1 + w.IntN(4), FirstDue: w.today().AddDays(10 + w.IntN(20)), Reason: "cliente de muitos anos", Key: w.fresh()}
	for i, one := range p.debts {
		pay := &pay{pact: p, on: p.made}
		if one.bill != nil {
			in.Debts = append(in.Debts, one.bill.id)
			s := one.bill.at(w.today())
			pay.bill, pay.principal, pay.late = one.bill, s.principal, s.charges
		} else {
			in.Debts = append(in.Debts, one.due.id)
			pay.due, pay.principal = one.due, one.due.amount-one.due.settled
		}
		pay.amount = pay.principal + pay.late
		in.Shown += pay.amount
		p.debts[i].pay = pay
	}
	if in.Shown < 20 {
		return
	}
	if w.IntN(3) == 0 {
		in.Discount = in.Shown / 20
		in.Shown -= in.Discount
	}
	if w.IntN(2) == 0 {
		in.Entry, in.EntryDue = 1+money.Cents(w.IntN(int(in.Shown/2))), w.today()
	}
	made, err := w.desk().Agree(w.cashier, in)
	w.fits(err, "", in)
	p.id, p.instalments = made, w.learn()
	want := inParts(in.Shown-in.Entry, in.Instalments)
	if in.Entry > 0 {
		want = append([]money.Cents{in.Entry}, want...)
	}
	for k, b := range p.instalments {
		if b.pact = p; len(p.instalments) != len(want) || b.total != want[k] {
			w.Errorf("an agreement of %s in %d instalments, the oracle says %v", in.Shown, len(p.instalments), want)
		}
	}
	w.pacts = append(w.pacts, p)
	for _, one := range p.debts {
		if b := one.bill; b != nil {
			b.pays, b.paid, b.settled = append(b.pays, one.pay), true, true
			w.o.Read(func(ctx context.Context, c *ent.Client) error {
				one.pay.id = c.Payment.Query().Where(payment.InvoiceID(b.id), payment.SourceEQ(payment.SourceAgreement), payment.ReceivedAt(w.o.DB.Now())).OnlyIDX(ctx)
				return nil
			})
			w.pays = append(w.pays, one.pay)
			w.look(b)
			continue
		}
		one.due.settled, one.due.agreed = one.due.settled+one.pay.principal, true
		w.lookDue(one.due)
	}
	w.look(p.instalments...)
}

// breakUp cancels an agreement: what was paid of it falls on the old debts as if it had come on its day, on their principal first, the oldest first.
func (w *world) breakUp() {
	if len(w.pacts) == 0 {
		return
	}
	p := w.pacts[w.IntN(len(w.pacts))]
	var received, left money.Cents
	for _, b := range p.instalments {
		received += b.taken()
		left += b.total - b.taken()
	}
	want := ""
	switch {
	case p.over:
		want = "agreement_cancelled"
	case left == 0:
		want = "agreement_paid"
	}
	if !w.fits(w.desk().CancelAgreement(w.cashier, billing.Cancelling{ID: p.id, Reason: "parou de pagar", Key: w.fresh()}), want, p) {
		return
	}
	p.over = true
	for _, b := range p.instalments {
		if b.taken() < b.total {
			b.cancelled = true
		}
	}
	before, principal, late := make([]state, len(p.debts)), make([]money.Cents, len(p.debts)), make([]money.Cents, len(p.debts))
	for i, one := range p.debts {
		if one.bill == nil {
			one.due.settled -= one.pay.principal
			before[i].principal = one.due.amount - one.due.settled
			continue
		}
		one.pay.undone, one.bill.paid = true, false
		one.bill.pays = slices.DeleteFunc(one.bill.pays, func(other *pay) bool { return other == one.pay })
		before[i] = one.bill.at(p.made)
	}
	for i, s := range before {
		principal[i] = min(received, s.principal)
		received -= principal[i]
	}
	for i, s := range before {
		late[i] = min(received, s.charges)
		received -= late[i]
	}
	for i, one := range p.debts {
		b := one.bill
		if b == nil {
			one.due.settled += principal[i]
			w.lookDue(one.due)
			continue
		}
		if principal[i]+late[i] > 0 {
			b.pays = append(b.pays, &pay{pact: p, bill: b, on: p.made, amount: principal[i] + late[i], principal: principal[i], late: late[i]})
		}
		if principal[i] == before[i].principal {
			b.paid = true
			w.becameLate(b, p.made)
		}
		w.look(b)
	}
	w.look(p.instalments...)
}

// fight is a contest that waits for its answer: of a bill with one charge, or of a due.
type fight struct {
	id   uuid.UUID
	bill *bill
	due  *due
}

func (w *world) contest() {
	f := &fight{bill: w.bill(func(b *bill) bool {
		return b.charge != uuid.Nil && b.total > 0 && !b.cancelled && !b.heard && !b.settled && b.pact == nil && b.kept == 0
	})}
	if w.IntN(3) == 0 {
		f = &fight{due: w.loose(func(d *due) bool { return d.on == nil && d.amount > 0 && !d.cancelled && !d.heard && !d.agreed })}
	}
	in := billing.NewContest{Channel: contest.ChannelPhone, Reason: "não reconhece a cobrança", Key: w.fresh()}
	switch {
	case f.bill != nil:
		in.Charge, f.bill.fight, f.bill.heard = f.bill.charge, f, true
		if f.bill.of != nil {
			f.bill.of.heard = true
		}
	case f.due != nil:
		in.Charge, f.due.fight, f.due.heard = f.due.id, f, true
	default:
		return
	}
	made, err := w.desk().Contest(w.cashier, in)
	w.fits(err, "", in)
	f.id = made
	w.fights = append(w.fights, f)
	w.lookFight(f)
}

func (w *world) lookFight(f *fight) {
	if f.bill != nil {
		w.look(f.bill)
	} else {
		w.lookDue(f.due)
	}
}

// answer ends a contest. Upheld, what was paid comes back, late charges with it, doubled unless it was a mistake. Rejected, what is open runs again
// from a new due date.
func (w *world) answer() {
	if len(w.fights) == 0 {
		return
	}
	i := w.IntN(len(w.fights))
	f := w.fights[i]
	w.fights = slices.Delete(w.fights, i, i+1)
	in := billing.Answer{Contest: f.id, Upheld: w.IntN(2) == 0, Mistake: w.IntN(2) == 0, Reason: "conferido no contrato", Due: w.today().AddDays(5 + w.IntN(20)), Key: w.fresh()}
	w.fits(w.desk().AnswerContest(w.cashier, in), "", in)
	var back money.Cents
	switch b, d := f.bill, f.due; {
	case b != nil:
		if b.fight = nil; b.cancelled {
			break
		}
		if !in.Upheld {
			if !b.paid {
				b.due = in.Due
			}
			break
		}
		for _, p := range b.pays {
			back += p.principal + p.late
		}
		if b.of != nil {
			b.of.cancelled = true
		}
		if len(b.pays) == 0 {
			b.cancelled = true
			break
		}
		b.kept, b.total, b.paid = b.taken(), 0, true
		if b.late != nil && b.late.on == nil && b.late.settled == 0 { // there was no debt to be late with
			b.late.cancelled = true
			w.lookDue(b.late)
		}
	default:
		if d.fight = nil; d.cancelled {
			break
		}
		if in.Upheld {
			back, d.cancelled = d.settled, true
		} else if d.settled < d.amount {
			d.due = in.Due
		}
	}
	if back > 0 {
		if !in.Mistake {
			back *= 2
		}
		owner := w.ownerOf(f)
		w.credits[owner] = append(w.credits[owner], &left{owner: owner, amount: back, made: w.today()})
		w.lookCredits(owner)
	}
	w.lookFight(f)
}

func (w *world) ownerOf(f *fight) uuid.UUID {
	if f.bill != nil {
		return f.bill.owner
	}
	return f.due.owner
}

// becameLate tells the oracle of the charge that late charges become when the principal of an invoice is paid.
func (w *world) becameLate(b *bill, on calendar.Date) {
	after := b.at(on)
	if after.charges == 0 {
		return
	}
	w.o.Read(func(ctx context.Context, c *ent.Client) error {
		row := c.Charge.Query().Where(charge.LateInvoiceID(b.id), charge.CancelledAtIsNil()).OnlyX(ctx)
		b.late = &due{id: row.ID, owner: b.owner, amount: after.charges, made: w.today(), due: w.today()}
		return nil
	})
	w.dues = append(w.dues, b.late)
	w.lookDue(b.late)
}

func (w *world) openTill() {
	own, err := w.desk().OwnTill(w.cashier)
	if err != nil {
		w.Fatal(err)
	}
	in, want := billing.TillOpening{Float: money.Cents(w.IntN(200_00)), Key: w.fresh()}, ""
	if own != nil {
		want = "till_open"
	}
	if w.fits(w.desk().OpenTill(w.cashier, in), want, in) {
		w.till[payment.FormCash] = in.Float
	}
}
