package subscriptions_test

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/billingevent"
	"enlace/ent/billingeventpart"
	"enlace/ent/booklet"
	"enlace/ent/charge"
	"enlace/ent/contract"
	"enlace/ent/credit"
	"enlace/ent/credituse"
	"enlace/ent/invoice"
	"enlace/ent/ledgerentry"
	"enlace/ent/networklogin"
	"enlace/ent/plan"
	"enlace/ent/planchange"
	"enlace/ent/slip"
	"enlace/ent/subscription"
	"enlace/ent/subscriptionaddress"
	"enlace/ent/suspension"
	"enlace/ent/telegramlink"
	"enlace/ent/ticket"
	"enlace/ent/transfer"
	"enlace/ent/trustgrant"
	"enlace/ent/workorder"
	"enlace/ent/workordertype"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
	"enlace/tenants/numbers"
	"enlace/tenants/status"
	"enlace/tenants/subscriptions"
)

// standing is all that stands of a customer, a line each: what undo has to bring back.
func standing(o *demotest.Office, of uuid.UUID) string {
	o.T.Helper()
	var said []string
	say := func(format string, args ...any) { said = append(said, fmt.Sprintf(format, args...)) }
	o.Read(func(ctx context.Context, c *ent.Client) error {
		sums := map[ledgerentry.Account]money.Cents{}
		for _, row := range c.LedgerEntry.Query().Where(ledgerentry.CustomerID(of)).AllX(ctx) {
			sums[row.Account] += row.Amount
		}
		for account, sum := range sums {
			if sum != 0 {
				say("ledger %s: %s", account, sum)
			}
		}
		left := money.Cents(0)
		for _, row := range c.Credit.Query().Where(credit.CustomerID(of)).AllX(ctx) {
			left += row.Amount
			for _, use := range c.CreditUse.Query().Where(credituse.CreditID(row.ID)).AllX(ctx) {
				left -= use.Amount
			}
		}
		say("credit: %s", left)
		services := c.Subscription.Query().Where(subscription.CustomerID(of)).IDsX(ctx)
		for _, sub := range c.Subscription.Query().Where(subscription.CustomerID(of), subscription.StatusNEQ(status.Cancelled)).AllX(ctx) {
			say("%v", sub)
		}
		for _, row := range c.Invoice.Query().Where(invoice.CustomerID(of), invoice.CancelledAtIsNil()).AllX(ctx) {
			say("invoice %d due %s, paid %v, of %v in %v, slip %v", row.Number, row.Due, row.PaidAt, row.SubscriptionID, row.BookletID,
				c.Slip.Query().Where(slip.InvoiceID(row.ID), slip.CancelledAtIsNil()).IDsX(ctx))
		}
		for _, row := range c.Charge.Query().Where(charge.CustomerID(of), charge.CancelledAtIsNil()).AllX(ctx) {
			say("charge %v", row)
		}
		for _, row := range c.BillingEvent.Query().Where(billingevent.SubscriptionIDIn(services...), billingevent.CancelledAtIsNil()).AllX(ctx) {
			say("event %v", row)
		}
		for _, row := range c.BillingEventPart.Query().Where(billingeventpart.SubscriptionIDIn(services...), billingeventpart.CancelledAtIsNil()).AllX(ctx) {
			say("part %v of %v", row, row.ChargeID)
		}
		for _, row := range c.Booklet.Query().Where(booklet.CustomerID(of), booklet.CancelledAtIsNil()).AllX(ctx) {
			say("carnê %d of %s", row.Number, row.SubscriptionID)
		}
		for _, row := range c.Suspension.Query().Where(suspension.SubscriptionIDIn(services...)).AllX(ctx) {
			say("gap %v", row)
		}
		for _, row := range c.TrustGrant.Query().Where(trustgrant.SubscriptionIDIn(services...)).AllX(ctx) {
			say("trust %v", row)
		}
		for _, row := range c.NetworkLogin.Query().Where(networklogin.SubscriptionIDIn(services...)).AllX(ctx) {
			say("login %s of %s", row.Login, row.SubscriptionID)
		}
		for _, row := range c.Contract.Query().Where(contract.CustomerID(of), contract.DeactivatedAtIsNil()).AllX(ctx) {
			say("contract %d of %s", row.Number, row.SubscriptionID)
		}
		for _, row := range c.WorkOrder.Query().Where(workorder.CustomerID(of), workorder.StatusNEQ(workorder.StatusCancelada)).AllX(ctx) {
			say("visit %d of %s", row.Number, row.SubscriptionID)
		}
		for _, row := range c.Ticket.Query().Where(ticket.CustomerID(of)).AllX(ctx) {
			say("ticket %s of %s", row.Protocol, row.SubscriptionID)
		}
		for _, row := range c.TelegramLink.Query().Where(telegramlink.CustomerID(of), telegramlink.EndedAtIsNil()).AllX(ctx) {
			say("chat %d", row.ChatID)
		}
		for _, row := range c.SubscriptionAddress.Query().Where(subscriptionaddress.SubscriptionIDIn(services...)).AllX(ctx) {
			say("%s of %s at %s", row.Role, row.SubscriptionID, row.AddressID)
		}
		return nil
	})
	slices.Sort(said)
	return strings.Join(said, "\n")
}

// unlike names the lines by which two standings differ.
func unlike(before, after string) string {
	a, b := strings.Split(before, "\n"), strings.Split(after, "\n")
	var said []string
	for _, line := range a {
		if !slices.Contains(b, line) {
			said = append(said, "- "+line)
		}
	}
	for _, line := range b {
		if !slices.Contains(a, line) {
			said = append(said, "+ "+line)
		}
	}
	return strings.Join(said, "\n")
}

// undo takes back the last thing done to a service, as its preview shows it.
func undo(o *demotest.Office, sub uuid.UUID) error {
	boss := o.As("gerente")
	p, err := desk(o).PreviewUndo(boss, sub)
	if err != nil {
		return err
	}
	return desk(o).Undo(boss, subscriptions.Undo{Subscription: sub, Reason: "o cliente voltou atrás", Shown: p.Seen(), Key: uuid.NewString()})
}

// migrate has a service give way to another of some plan, in the hands of Habilitar.
func migrate(o *demotest.Office, from uuid.UUID, open planchange.OpenBooklet, terms ...func(*ent.SubscriptionCreate)) (to *ent.Subscription) {
	o.T.Helper()
	o.Write(func(ctx context.Context, c *ent.Client) error {
		old, today := c.Subscription.GetX(ctx, from), o.DB.Today(ctx)
		of := c.Plan.Query().Where(plan.IDNEQ(old.PlanID)).Order(plan.ByName()).FirstX(ctx)
		number, err := numbers.Next(ctx, c, numbers.Subscription)
		if err != nil {
			return err
		}
		first := old.ID
		if old.ChainID != nil {
			first = *old.ChainID
		}
		create := c.Subscription.Create().SetNumber(number).SetCustomerID(old.CustomerID).SetPlanID(of.ID).SetChainID(first).SetMadeBy(subscription.MadeByMigration).SetStatus(status.WaitingMigration).
			SetStatusSince(o.DB.Now()).SetPrice(of.Price).SetSoldOn(today).SetMethodID(old.MethodID).SetDueDay(old.DueDay).SetMode(old.Mode).SetBooklet(old.Booklet).
			SetSeparateInvoice(old.SeparateInvoice).SetFeeChoice(subscription.FeeChoiceNone)
		for _, change := range terms {
			change(create)
		}
		to = create.SaveX(ctx)
		change := c.PlanChange.Create().SetFromID(from).SetToID(to.ID).SetImmediate(true).SetOverrideReason("o gerente deixou").SetRequestedAt(o.DB.Now())
		if open != "" {
			change.SetOpenBooklet(open)
		}
		change.ExecX(ctx)
		return nil
	})
	if _, err := desk(o).Enable(o.As("comercial"), to.ID); err != nil {
		o.T.Fatal(err)
	}
	return to
}

// handOver has a service change hands, as its wizard does; despite a debt or a suspension.
func handOver(o *demotest.Office, of uuid.UUID, to *ent.Customer, terms ...func(*ent.TransferCreate)) {
	o.T.Helper()
	o.Write(func(ctx context.Context, c *ent.Client) error {
		sub := c.Subscription.GetX(ctx, of)
		create := c.Transfer.Create().SetSubscriptionID(of).SetFromID(sub.CustomerID).SetToID(to.ID).SetMethodID(sub.MethodID).SetDueDay(sub.DueDay).SetMode(transfer.Mode(sub.Mode)).
			SetBooklet(sub.Booklet).SetSeparateInvoice(sub.SeparateInvoice).SetOverrideReason("o gerente deixou").SetRequestedAt(o.DB.Now())
		for _, change := range terms {
			change(create)
		}
		_, err := desk(o).HandOver(ctx, c, create.SaveX(ctx), "")
		return err
	})
}

// cancelWithVisit cancels Maria's service, with a visit that fetches its equipment.
func cancelWithVisit(o *demotest.Office) {
	in := cancelling(o.Service(o.Maria))
	o.Read(func(ctx context.Context, c *ent.Client) error {
		in.Fetch, in.Equipment = c.WorkOrderType.Query().Where(workordertype.Name("Retirada de equipamento")).OnlyIDX(ctx), "ONU"
		return nil
	})
	if _, err := desk(o).Cancel(o.As("gerente"), in); err != nil {
		o.T.Fatal(err)
	}
}
