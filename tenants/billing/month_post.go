package billing

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/chargekind"
	"enlace/ent/contact"
	"enlace/ent/subscription"
	"enlace/ent/telegramlink"
	"enlace/ent/tickproblem"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/history"
	"enlace/tenants/messages"
	"enlace/tenants/money"
	"enlace/tenants/numbers"
	"enlace/tenants/outbox"
)

// TellIssued is the kind of outbox row by which a worker tells of an invoice of the monthly run.
const TellIssued = "billing.tell_issued"

// bill plans services and posts what is planned.
func (m *month) bill(ctx context.Context, subs []*ent.Subscription, run *MonthRun) error {
	plans, err := m.plan(ctx, subs)
	if err != nil {
		return err
	}
	var bills []*MonthInvoice
	var billed []uuid.UUID
	for _, one := range plans {
		run.count(one)
		if one.fault != nil {
			if err := m.noteUnbilled(ctx, one.customer, one.fault); err != nil {
				return err
			}
			continue
		}
		bills, billed = append(bills, one.invoices...), append(billed, one.customer)
	}
	if len(bills) == 0 {
		return nil
	}
	if err := m.solved(ctx, billed); err != nil {
		return err
	}
	return m.issue(ctx, bills)
}

// issue writes invoices that were planned, each kind of row in one statement. Of two who bill the same days at once only the first finds them
// not billed.
func (m *month) issue(ctx context.Context, bills []*MonthInvoice) error {
	if err := m.claim(ctx, bills); err != nil {
		return err
	}
	first, err := numbers.Block(ctx, m.c, numbers.Invoice, len(bills))
	if err != nil {
		return err
	}
	rows := make([]*ent.InvoiceCreate, len(bills))
	for i, bill := range bills {
		rows[i] = m.c.Invoice.Create().SetNumber(first + int64(i)).SetCustomerID(bill.Customer).SetMethodID(bill.Method).SetDue(bill.Due).SetIssuedAt(m.now)
		if bill.Separate != uuid.Nil {
			rows[i].SetSubscriptionID(bill.Separate)
		}
	}
	var invoices []*ent.Invoice
	err = tenants.InTurns(rows, func(some []*ent.InvoiceCreate) error {
		made, err := m.c.Invoice.CreateBulk(some...).Save(ctx)
		invoices = append(invoices, made...)
		return err
	})
	if err != nil {
		return err
	}
	for _, write := range []func(context.Context, []*MonthInvoice, []*ent.Invoice) error{m.lines, m.spendCredits, m.print, m.tell} {
		if err := write(ctx, bills, invoices); err != nil {
			return err
		}
	}
	return nil
}

// claim moves the ends of what is billed, of all services alike in one statement.
func (m *month) claim(ctx context.Context, bills []*MonthInvoice) error {
	type move struct {
		from, to calendar.Date
		whole    int
	}
	last := map[uuid.UUID]ServiceMonth{} // of a service with several invoices the last one has the end
	for _, bill := range bills {
		for _, of := range bill.Services {
			if there, twice := last[of.Subscription.ID]; !twice || there.due.BilledUntil.Before(of.due.BilledUntil) {
				last[of.Subscription.ID] = of
			}
		}
	}
	moves := map[move][]uuid.UUID{}
	for id, of := range last {
		one := move{of.Subscription.BilledUntil, of.due.BilledUntil, of.due.WholeBilled - of.Subscription.WholeBilled}
		moves[one] = append(moves[one], id)
	}
	for one, ids := range moves {
		unchanged := subscription.BilledUntilIsNil()
		if !one.from.IsZero() {
			unchanged = subscription.BilledUntil(one.from)
		}
		claimed, err := m.c.Subscription.Update().Where(subscription.IDIn(ids...), unchanged).SetBilledUntil(one.to).AddWholeBilled(one.whole).Save(ctx)
		if err != nil {
			return err
		}
		if claimed != len(ids) {
			return tenants.Conflict(billedMeanwhile)
		}
	}
	return nil
}

// lines posts the charges of invoices.
func (m *month) lines(ctx context.Context, bills []*MonthInvoice, invoices []*ent.Invoice) error {
	kind, err := m.c.ChargeKind.Query().Where(chargekind.Installation(true), chargekind.Active(true)).First(ctx)
	if err != nil && !ent.IsNotFound(err) {
		return err
	}
	var charges []newCharge
	var events []EventLine
	var riding []int // places of the events' charges
	for i, bill := range bills {
		position := 0
		add := func(row newCharge) {
			row.position = position - len(charges) // chargeRows adds the place in the list
			charges, position = append(charges, row), position+1
		}
		for _, of := range bill.Services {
			for _, line := range of.Lines {
				add(recurring(of.Subscription, of.Plan, invoices[i].ID, bill.Due, line))
			}
			if of.Fee != nil && kind != nil {
				add(of.Fee.charge(kind, of.Subscription, invoices[i].ID, bill.Due))
			}
			for _, line := range of.Events {
				events, riding = append(events, line), append(riding, len(charges))
				add(line.charge(of.Subscription, invoices[i].ID, bill.Due))
			}
		}
		for _, row := range bill.Late {
			moved, err := m.c.Charge.Update().Where(charge.ID(row.ID), charge.InvoiceIDIsNil(), charge.Settled(0), charge.ClosedAtIsNil(), charge.CancelledAtIsNil()).
				SetInvoiceID(invoices[i].ID).SetDue(bill.Due).SetPosition(position).Save(ctx)
			if err != nil {
				return err
			}
			if position++; moved == 0 {
				return tenants.Conflict(billedMeanwhile)
			}
		}
	}
	posted, err := m.charges(ctx, charges)
	if err != nil {
		return err
	}
	carried := make([]*ent.Charge, len(riding))
	for k, i := range riding {
		carried[k] = posted[i]
	}
	if err := m.billEvents(ctx, events, carried); err != nil {
		return err
	}
	for i, bill := range bills {
		if bill.Total == 0 {
			if err := m.nothingToPay(ctx, invoices[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// spendCredits uses what the plan uses of credits.
func (m *month) spendCredits(ctx context.Context, bills []*MonthInvoice, invoices []*ent.Invoice) error {
	for i, bill := range bills {
		if bill.Used == 0 {
			continue
		}
		if err := m.spendOnInvoice(ctx, Spend{Invoice: invoices[i].ID, Amount: bill.Used, Key: "issued/" + invoices[i].ID.String()}); err != nil {
			return err
		}
	}
	return nil
}

// print makes the slips, of each way of collecting together.
func (m *month) print(ctx context.Context, bills []*MonthInvoice, invoices []*ent.Invoice) error {
	type together struct {
		invoices []*ent.Invoice
		owed     []money.Cents
	}
	by := map[uuid.UUID]*together{}
	for i, bill := range bills {
		if by[bill.Method] == nil {
			by[bill.Method] = &together{}
		}
		one := by[bill.Method]
		one.invoices, one.owed = append(one.invoices, invoices[i]), append(one.owed, bill.Owed)
	}
	for method, one := range by {
		if err := m.slips(ctx, m.ways[method].collection, one.invoices, one.owed, nil); err != nil {
			return err
		}
	}
	return nil
}

// tell writes the history, and has what is to be paid told to who has an e-mail or a linked chat.
func (m *month) tell(ctx context.Context, bills []*MonthInvoice, invoices []*ent.Invoice) error {
	entries := make([]history.Entry, len(bills))
	whose := make([]uuid.UUID, len(bills))
	for i, bill := range bills {
		whose[i] = bill.Customer
		entries[i] = history.Entry{Customer: bill.Customer, Subject: "invoice", ID: invoices[i].ID, Event: "invoice_issued",
			After: map[string]any{"number": invoices[i].Number, "amount": bill.Total, "due": bill.Due.BR()}}
	}
	if err := history.WriteAll(ctx, m.c, m.now, entries); err != nil {
		return err
	}
	var reached, linked []uuid.UUID
	if m.policy.InvoiceEmails {
		err := m.c.Contact.Query().Where(contact.CustomerIDIn(whose...), contact.KindEQ(contact.KindEmail)).Unique(true).Select(contact.FieldCustomerID).Scan(ctx, &reached)
		if err != nil {
			return err
		}
	}
	err := m.c.TelegramLink.Query().Where(telegramlink.CustomerIDIn(whose...), messages.Reached).Unique(true).Select(telegramlink.FieldCustomerID).Scan(ctx, &linked)
	if err != nil {
		return err
	}
	told := map[uuid.UUID]bool{}
	for _, one := range append(reached, linked...) {
		told[one] = true
	}
	var jobs []outbox.Job
	for i, bill := range bills {
		if told[bill.Customer] && bill.Owed > 0 {
			jobs = append(jobs, outbox.Job{Kind: TellIssued, Queue: outbox.Bulk, Payload: map[string]string{"invoice": invoices[i].ID.String()}})
		}
	}
	return outbox.AddAll(ctx, m.c, m.now, jobs)
}

// TellIssued tells of an invoice that was issued, once each way: as a PDF to its customer's first e-mail, unless the ISP sends none, and in a few
// words to a linked chat. One that was paid or cancelled meanwhile is not told.
func (d Desk) TellIssued(ctx context.Context, id uuid.UUID) error {
	one, err := d.InvoiceMail(ctx, id)
	if err != nil {
		return err
	}
	if one.To != "" && one.Sends {
		if err := d.EmailInvoice(ctx, id, one.To, "issued/"+id.String()); err != nil {
			return err
		}
	}
	_, err = d.DB.Once(ctx, "say_issued", id.String(), id, func(ctx context.Context, c *ent.Client) (string, error) {
		row, err := mailable(ctx, c, id)
		if err != nil {
			return "", err
		}
		standings, err := Standings(ctx, c, d.DB.Today(ctx), row)
		if err != nil {
			return "", err
		}
		isp, _ := tenants.From(ctx)
		text, err := issuedText(standings[0], isp)
		if err != nil {
			return "", err
		}
		_, err = messages.Tell(ctx, c, d.DB.Now(), messages.Message{Customer: row.CustomerID, Kind: messages.Issued, About: "invoice", AboutID: id, Text: text, Buttons: ToPay(standings[0]), Queue: outbox.Bulk})
		return "", err
	})
	return err
}

// issuedText is what the bot says of an invoice that was issued; a credit may have paid a part of it.
func issuedText(s *Standing, isp tenants.Tenant) (string, error) {
	text := fmt.Sprintf("A sua fatura %d da %s chegou: %s, vence em %s.", s.Invoice.Number, isp.Name, s.Owed().BRL(), s.Invoice.Due.BR())
	code, _, err := s.PixToPay()
	if code != "" {
		text += "\n\nPix copia e cola:\n" + code
	}
	return text, err
}

// noteUnbilled keeps why a customer was not billed, until he is.
func (d Desk) noteUnbilled(ctx context.Context, customer uuid.UUID, fault *tenants.Fault) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		return d.post(ctx, c).noteUnbilled(ctx, customer, fault)
	})
}

func (p post) noteUnbilled(ctx context.Context, customer uuid.UUID, fault *tenants.Fault) error {
	again, err := p.c.TickProblem.Update().Where(tickproblem.Kind(BillMonth), tickproblem.CustomerID(customer), tickproblem.SolvedAtIsNil()).
		SetSeen(p.today).SetCode(code(fault)).SetArgs(fault.Args).Save(ctx)
	if err != nil || again > 0 {
		return err
	}
	return p.c.TickProblem.Create().SetKind(BillMonth).SetCustomerID(customer).SetSince(p.today).SetSeen(p.today).SetCode(code(fault)).SetArgs(fault.Args).Exec(ctx)
}

// solved ends what was noted of customers who are billed now.
func (p post) solved(ctx context.Context, customers []uuid.UUID) error {
	return p.c.TickProblem.Update().Where(tickproblem.Kind(BillMonth), tickproblem.CustomerIDIn(customers...), tickproblem.SolvedAtIsNil()).SetSolvedAt(p.now).Exec(ctx)
}
