package subscriptions

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/contract"
	"enlace/ent/planchange"
	"enlace/ent/subscription"
	"enlace/ent/subscriptionaddress"
	"enlace/ent/telegramdialog"
	"enlace/ent/telegramlink"
	"enlace/ent/ticket"
	"enlace/ent/transfer"
	"enlace/ent/workorder"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/contracts"
	"enlace/tenants/customers"
	"enlace/tenants/history"
	"enlace/tenants/invites"
	"enlace/tenants/staff"
	"enlace/tenants/status"
)

// MayTransfer says why a service cannot change hands on a day, nil where it can: from habilitado without overdue debt, and else, from a suspension too, by a
// manager's override with a reason. It returns Conflict transfer_state, naming the state, transfer_changing while a plan change of it waits,
// transfer_open while another transfer does, transfer_overdue, naming what is owed, or transfer_suspended without a reason, Invalid
// motivo_debito reason_short, and Denied.
func MayTransfer(ctx context.Context, c *ent.Client, today calendar.Date, sub *ent.Subscription, override string) error {
	suspended := status.InDebt(sub.Status) || sub.Status == status.Paused
	if sub.Status != status.Enabled && !suspended {
		return tenants.Conflict("transfer_state").With("status", string(sub.Status))
	}
	changing, err := c.PlanChange.Query().Where(planchange.FromID(sub.ID), planchange.DoneAtIsNil(), planchange.GivenUpAtIsNil()).Exist(ctx)
	if err != nil {
		return err
	}
	if changing {
		return tenants.Conflict("transfer_changing")
	}
	waits, err := c.Transfer.Query().Where(transfer.SubscriptionID(sub.ID), transfer.DoneAtIsNil(), transfer.GivenUpAtIsNil()).Exist(ctx)
	if err != nil {
		return err
	}
	if waits {
		return tenants.Conflict("transfer_open")
	}
	return mayDespite(ctx, c, today, sub, override)
}

// mayDespite asks for a manager's reason where the service is suspended, or its holder owes of it past the day.
func mayDespite(ctx context.Context, c *ent.Client, today calendar.Date, sub *ent.Subscription, override string) error {
	owed, err := billing.OverdueOf(ctx, c, today, sub)
	switch {
	case err != nil:
		return err
	case owed == 0 && sub.Status == status.Enabled:
		return nil
	case override == "" && owed > 0:
		return tenants.Conflict("transfer_overdue").With("amount", owed.BRL())
	case override == "":
		return tenants.Conflict("transfer_suspended").With("status", string(sub.Status))
	case len([]rune(override)) < shortestReason:
		return tenants.Invalid("motivo_debito", "reason_short")
	}
	return staff.Require(ctx, c, staff.Override)
}

// Handing is a transfer as money sees it.
func Handing(sub *ent.Subscription, t *ent.Transfer) billing.Handing {
	return billing.Handing{From: sub, To: billing.HeldBy(sub, t.ToID, t.MethodID, t.DueDay, subscription.Mode(t.Mode), t.Booklet, t.SeparateInvoice)}
}

// HandOver does a transfer today, in the caller's transaction: the same service has another holder, who is billed from today on by his own
// terms. Login, sessions, open tickets and visits go with it, and where it is installed is an address of his. Contracts, invoices, payments and
// debts stay with who held it, whose access to it by the bot ends. It goes on habilitado: what it was suspended for is not the new holder's.
// Both histories tell it, each with the other. It returns Conflict transfer_moved where it is no longer held by who handed it over, and the
// faults of billing's Transfer.
func (d Desk) HandOver(ctx context.Context, c *ent.Client, t *ent.Transfer, shown string) (*ent.Transfer, error) {
	now, today := d.DB.Now(), d.DB.Today(ctx)
	sub, err := find(ctx, c, t.SubscriptionID)
	if err != nil {
		return nil, err
	}
	from, err := c.Customer.Get(ctx, t.FromID)
	if err != nil {
		return nil, err
	}
	to, err := c.Customer.Get(ctx, t.ToID)
	if err != nil {
		return nil, err
	}
	if sub.CustomerID != from.ID {
		return nil, tenants.Conflict("transfer_moved")
	}
	before, err := sceneOf(ctx, c, sub, to.ID)
	if err != nil {
		return nil, err
	}
	reason := "troca de titularidade para " + to.Name
	if sub.Status != status.Enabled {
		if _, err := status.Apply(ctx, c, now, sub.ID, status.HandOver, reason); err != nil {
			return nil, err
		}
	}
	posted, err := d.billing().Transfer(ctx, c, Handing(sub, t), shown, reason)
	if err != nil {
		return nil, err
	}
	if err := d.hold(ctx, c, sub, t, today); err != nil {
		return nil, err
	}
	for _, move := range []func(context.Context, *ent.Client, *ent.Subscription, *ent.Transfer, *belongings) error{
		d.moveHome, d.moveCases, d.endContracts, d.endLinks,
	} {
		if err := move(ctx, c, sub, t, &before.belonged); err != nil {
			return nil, err
		}
	}
	left, err := before.left(ctx, c)
	if err != nil {
		return nil, err
	}
	update := c.Transfer.UpdateOneID(t.ID).SetDay(today).SetDoneAt(now).SetWas(left)
	if posted.Final != nil {
		update.SetFinalID(posted.Final.ID)
	}
	if posted.FirstMade != nil {
		update.SetFirstID(posted.FirstMade.ID)
	}
	signed, err := d.newContract(ctx, c, t)
	if err != nil {
		return nil, err
	}
	if signed != nil {
		update.SetContractID(signed.ID)
	}
	for _, who := range []uuid.UUID{from.ID, to.ID} { // the login is found by its holder
		if err := customers.Index(ctx, c, who); err != nil {
			return nil, err
		}
	}
	if err := status.Tell(ctx, c, now, sub.ID); err != nil {
		return nil, err
	}
	named := map[string]any{"number": sub.Number, "from": from.Name, "from_id": from.ID.String(), "to": to.Name, "to_id": to.ID.String()}
	err = history.WriteAll(ctx, c, now, []history.Entry{
		{Customer: from.ID, Subject: "subscription", ID: sub.ID, Event: "service_handed_over", Reason: t.OverrideReason, After: named},
		{Customer: to.ID, Subject: "subscription", ID: sub.ID, Event: "service_taken_over", Reason: t.OverrideReason, After: named},
	})
	if err != nil {
		return nil, err
	}
	return update.Save(ctx)
}

// hold gives a service its new holder and terms. Of two at once one finds it where it was. Nobody is spared because another was.
func (d Desk) hold(ctx context.Context, c *ent.Client, sub *ent.Subscription, t *ent.Transfer, today calendar.Date) error {
	before := sub.DueDay
	if sub.DueDayBefore > 0 && calendar.NextDue(sub.HeldFrom, sub.DueDayBefore).After(today) { // the rest that was taken over runs still
		before = sub.DueDayBefore
	}
	held, err := c.Subscription.Update().Where(subscription.ID(sub.ID), subscription.CustomerID(t.FromID)).SetCustomerID(t.ToID).SetHeldFrom(today).SetDueDayBefore(before).
		SetMethodID(t.MethodID).SetDueDay(t.DueDay).SetMode(subscription.Mode(t.Mode)).SetBooklet(t.Booklet).SetSeparateInvoice(t.SeparateInvoice).SetSeparateNote(t.SeparateNote).
		SetNeverBlock(false).ClearNoBlockUntil().ClearBlockReason().Save(ctx)
	if err == nil && held == 0 {
		err = tenants.Conflict("transfer_moved")
	}
	return err
}

// moveHome has the service stand at addresses of the new holder; where it is installed is copied.
func (d Desk) moveHome(ctx context.Context, c *ent.Client, sub *ent.Subscription, t *ent.Transfer, was *belongings) error {
	at, err := customers.AddressesOf(ctx, c, sub.ID)
	if err != nil {
		return err
	}
	was.Addresses = map[subscriptionaddress.Role]uuid.UUID{}
	for role, row := range at {
		was.Addresses[role] = row.ID
	}
	to := map[subscriptionaddress.Role]uuid.UUID{}
	home := at[subscriptionaddress.RoleInstalacao]
	if home == nil {
		home = at[subscriptionaddress.RoleCadastral]
	}
	if home != nil {
		copied, err := customers.CopyAddress(ctx, c, home, t.ToID)
		if err != nil {
			return err
		}
		to[subscriptionaddress.RoleInstalacao], to[subscriptionaddress.RoleCadastral] = copied.ID, copied.ID
	}
	if t.AddressID != nil {
		to[subscriptionaddress.RoleCadastral] = *t.AddressID
	}
	for role, own := range map[subscriptionaddress.Role]*uuid.UUID{subscriptionaddress.RoleCobranca: t.BillingAddressID, subscriptionaddress.RoleFiscal: t.FiscalAddressID} {
		if to[role] = to[subscriptionaddress.RoleCadastral]; own != nil {
			to[role] = *own
		}
	}
	for _, role := range []subscriptionaddress.Role{subscriptionaddress.RoleCadastral, subscriptionaddress.RoleCobranca, subscriptionaddress.RoleFiscal, subscriptionaddress.RoleInstalacao} {
		if to[role] == uuid.Nil {
			continue
		}
		moved, err := c.SubscriptionAddress.Update().Where(subscriptionaddress.SubscriptionID(sub.ID), subscriptionaddress.RoleEQ(role)).SetAddressID(to[role]).Save(ctx)
		if err != nil {
			return err
		}
		if moved > 0 {
			continue
		}
		if err := c.SubscriptionAddress.Create().SetSubscriptionID(sub.ID).SetRole(role).SetAddressID(to[role]).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

// moveCases has open tickets and visits be the new holder's; what is closed was done for the other. What was said in them stays with who said it: the new
// holder does not read it, and the other's chat talks in them no more.
func (d Desk) moveCases(ctx context.Context, c *ent.Client, sub *ent.Subscription, t *ent.Transfer, was *belongings) (err error) {
	open := c.Ticket.Query().Where(ticket.SubscriptionID(sub.ID), ticket.CustomerID(t.FromID), ticket.StatusNEQ(ticket.StatusFinalizado))
	if was.Tickets, err = open.Order(ticket.ByID()).IDs(ctx); err != nil {
		return err
	}
	if err := c.Ticket.Update().Where(ticket.IDIn(was.Tickets...)).SetCustomerID(t.ToID).SetMovedAt(d.DB.Now()).ClearTalkChat().ClearTalkUntil().Exec(ctx); err != nil {
		return err
	}
	visits := c.WorkOrder.Query().Where(workorder.SubscriptionID(sub.ID), workorder.CustomerID(t.FromID), workorder.StatusNotIn(workorder.StatusFinalizada, workorder.StatusCancelada))
	if was.Visits, err = visits.Order(workorder.ByID()).IDs(ctx); err != nil {
		return err
	}
	return c.WorkOrder.Update().Where(workorder.IDIn(was.Visits...)).SetCustomerID(t.ToID).Exec(ctx)
}

// endContracts says that those in force no longer hold; they stay with who signed them.
func (d Desk) endContracts(ctx context.Context, c *ent.Client, sub *ent.Subscription, t *ent.Transfer, was *belongings) error {
	rows, err := c.Contract.Query().Where(contract.SubscriptionID(sub.ID), contract.CustomerID(t.FromID), contract.DeactivatedAtIsNil()).Order(contract.ByNumber()).
		Select(contract.FieldID, contract.FieldNumber).All(ctx)
	if err != nil || len(rows) == 0 {
		return err
	}
	const why = "troca de titularidade"
	was.Contracts = nil
	var told []history.Entry
	for _, row := range rows {
		was.Contracts = append(was.Contracts, row.ID)
		told = append(told, history.Entry{Customer: t.FromID, Subject: "contract", ID: row.ID, Event: "contract_deactivated", Reason: why, After: map[string]any{"number": row.Number}})
	}
	if err := c.Contract.Update().Where(contract.IDIn(was.Contracts...)).SetDeactivatedAt(d.DB.Now()).SetDeactivationReason(why).Exec(ctx); err != nil {
		return err
	}
	return history.WriteAll(ctx, c, d.DB.Now(), told)
}

// endLinks ends what the bot lets who held the service see of it: a chat sees a customer's services, so those of one who has none left end, and no
// link that was shown or printed for him opens any more; of others what they were being asked is forgotten, for it might concern this one.
func (d Desk) endLinks(ctx context.Context, c *ent.Client, _ *ent.Subscription, t *ent.Transfer, was *belongings) error {
	holds, err := c.Subscription.Query().Where(subscription.CustomerID(t.FromID), subscription.StatusNEQ(status.Cancelled)).Exist(ctx)
	if err != nil {
		return err
	}
	if !holds {
		who, err := c.Customer.Get(ctx, t.FromID)
		if err != nil {
			return err
		}
		paper, ended, err := invites.Close(ctx, c, d.DB.Now(), who)
		if err == nil && ended {
			err = history.Write(ctx, c, d.DB.Now(), history.Entry{Customer: who.ID, Subject: "telegram_invite", ID: paper, Event: "telegram_paper_revoked"})
		}
		if err != nil {
			return err
		}
	}
	links, err := c.TelegramLink.Query().Where(telegramlink.CustomerID(t.FromID), telegramlink.EndedAtIsNil()).Order(telegramlink.ByID()).All(ctx)
	if err != nil || len(links) == 0 {
		return err
	}
	var ended []uuid.UUID
	var chats []int64
	var told []history.Entry
	for _, link := range links {
		ended, chats = append(ended, link.ID), append(chats, link.ChatID)
		told = append(told, history.Entry{Customer: t.FromID, Subject: "telegram_link", ID: link.ID, Event: "telegram_unlinked"})
	}
	if _, err := c.TelegramDialog.Delete().Where(telegramdialog.ChatIDIn(chats...)).Exec(ctx); err != nil || holds {
		return err
	}
	if err := c.Ticket.Update().Where(ticket.TalkChatIn(chats...), ticket.CustomerID(t.FromID)).ClearTalkChat().ClearTalkUntil().Exec(ctx); err != nil {
		return err
	}
	was.Links = ended
	if err := c.TelegramLink.Update().Where(telegramlink.IDIn(ended...)).SetEndedAt(d.DB.Now()).Exec(ctx); err != nil {
		return err
	}
	return history.WriteAll(ctx, c, d.DB.Now(), told)
}

// newContract attaches the new holder's contract, where the plan emits one.
func (d Desk) newContract(ctx context.Context, c *ent.Client, t *ent.Transfer) (*ent.Contract, error) {
	sub, err := find(ctx, c, t.SubscriptionID)
	if err != nil {
		return nil, err
	}
	plan, err := c.Plan.Get(ctx, sub.PlanID)
	if err != nil {
		return nil, err
	}
	template := plan.TemplateID
	if t.TemplateID != nil {
		template = t.TemplateID
	}
	if !plan.EmitsContract || template == nil {
		return nil, nil
	}
	method, err := c.BillingMethod.Get(ctx, t.MethodID)
	if err != nil {
		return nil, err
	}
	return contracts.Attach(ctx, c, d.DB.Now(), contracts.Attachment{Subscription: sub.ID, Company: method.CompanyID, Template: *template, TermMonths: plan.LoyaltyMonths})
}
