package billing_test

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/booklet"
	"enlace/ent/charge"
	"enlace/ent/payment"
	"enlace/ent/tillentry"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
)

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
