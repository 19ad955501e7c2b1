package subscriptions

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/billingevent"
	"enlace/ent/contract"
	"enlace/ent/customer"
	"enlace/ent/officepolicy"
	"enlace/ent/planchange"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/ent/subscriptionaddress"
	"enlace/ent/suspension"
	"enlace/ent/telegramdialog"
	"enlace/ent/telegramlink"
	"enlace/ent/ticket"
	"enlace/ent/transfer"
	"enlace/ent/workorder"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/status"
)

// handedBeside is what stands beside a transfer for its undo: who held the service, how many hours the ISP lets pass, what waits to follow it, and the
// contract that was accepted since: those of who held it have ended.
var handedBeside = []predicate.Transfer{
	tenants.Beside[predicate.Transfer]("from", transfer.FieldFromID, customer.Table, customer.FieldID, customer.FieldName),
	tenants.Beside[predicate.Transfer]("hours", transfer.FieldTenantID, officepolicy.Table, officepolicy.FieldTenantID, officepolicy.FieldUndoHours),
	tenants.Beside[predicate.Transfer]("next", transfer.FieldSubscriptionID, planchange.Table, planchange.FieldFromID, planchange.FieldID, planchange.DoneAtIsNil(), planchange.GivenUpAtIsNil()),
	tenants.Beside[predicate.Transfer]("handing", transfer.FieldSubscriptionID, transfer.Table, transfer.FieldSubscriptionID, transfer.FieldID, transfer.DoneAtIsNil(), transfer.GivenUpAtIsNil()),
	tenants.Beside[predicate.Transfer]("accepted", transfer.FieldSubscriptionID, contract.Table, contract.FieldSubscriptionID, contract.FieldNumber, contract.AcceptedAtNotNil(), contract.DeactivatedAtIsNil()),
}

func undoableTransfer(ctx context.Context, c *ent.Client, sub *ent.Subscription) (*Undoable, error) {
	handed, err := c.Transfer.Query().Where(transfer.SubscriptionID(sub.ID), transfer.DoneAtNotNil(), transfer.UndoneAtIsNil()).Where(handedBeside...).Order(ent.Desc(transfer.FieldDoneAt)).First(ctx)
	if err != nil {
		return nil, err
	}
	u := &Undoable{Kind: UndoTransfer, At: *handed.DoneAt, Until: lasts(*handed.DoneAt, tenants.Said(handed, "hours")), handed: handed,
		Back: &ent.Customer{ID: handed.FromID, Name: tenants.Said(handed, "from")}}
	if err := json.Unmarshal(handed.Was, &u.traces); err != nil {
		return nil, err
	}
	u.State = u.traces.Service.Status
	u.of(sub)
	return u, nil
}

// Holders are the customers whose books an undo changes. Of one alone the name is left out: it is the page's.
func (u *Undoable) Holders() []*ent.Customer {
	if u.Back == nil {
		return []*ent.Customer{{ID: u.From.CustomerID}}
	}
	return []*ent.Customer{u.Back, {ID: u.From.CustomerID, Name: u.Holder}}
}

// mayHandBack says why a transfer cannot be undone, its time and money apart, or nil.
func (u *Undoable) mayHandBack(ctx context.Context, c *ent.Client) error {
	sub, t := u.From, u.handed
	switch {
	case sub.Status != status.Enabled:
		return tenants.Conflict("undo_state").With("number", fmt.Sprint(sub.Number)).With("status", string(sub.Status))
	case tenants.Said(t, "next") != "":
		return tenants.Conflict("undo_migrating")
	case tenants.Said(t, "handing") != "":
		return tenants.Conflict("undo_handing")
	case tenants.Said(t, "accepted") != "":
		return tenants.Conflict("undo_accepted").With("number", tenants.Said(t, "accepted"))
	}
	return u.unlessUsed(ctx, c)
}

// unlessUsed is why the new holder has had the service: by the bot, by a visit, by a stretch without it, or by what is to ride on its invoices.
func (u *Undoable) unlessUsed(ctx context.Context, c *ent.Client) error {
	since := *u.handed.DoneAt
	sub, err := c.Subscription.Query().Where(subscription.ID(u.From.ID),
		tenants.Beside[predicate.Subscription]("linked", subscription.FieldCustomerID, telegramlink.Table, telegramlink.FieldCustomerID, telegramlink.FieldID, telegramlink.LinkedAtGTE(since)),
		tenants.Beside[predicate.Subscription]("asked", subscription.FieldID, ticket.Table, ticket.FieldSubscriptionID, ticket.FieldID, ticket.ChannelEQ(ticket.ChannelTelegram), ticket.OpenedAtGTE(since)),
		tenants.Beside[predicate.Subscription]("visited", subscription.FieldID, workorder.Table, workorder.FieldSubscriptionID, workorder.FieldNumber, workorder.OpenedAtGTE(since),
			workorder.StatusIn(workorder.StatusEmExecucao, workorder.StatusFinalizada)),
		tenants.Beside[predicate.Subscription]("away", subscription.FieldID, suspension.Table, suspension.FieldSubscriptionID, suspension.FieldID, suspension.AtGT(since)),
		tenants.Beside[predicate.Subscription]("rides", subscription.FieldID, billingevent.Table, billingevent.FieldSubscriptionID, billingevent.FieldDescription, billingevent.CreatedAtGT(since),
			billingevent.CancelledAtIsNil()),
	).Only(ctx)
	switch {
	case err != nil:
		return err
	case tenants.Said(sub, "linked") != "" || tenants.Said(sub, "asked") != "":
		return tenants.Conflict("undo_bot").With("name", u.Holder)
	case tenants.Said(sub, "visited") != "":
		return tenants.Conflict("undo_visited").With("number", tenants.Said(sub, "visited"))
	case tenants.Said(sub, "away") != "":
		return tenants.Conflict("undo_changed").With("what", "houve uma suspensão do serviço")
	case tenants.Said(sub, "rides") != "":
		return tenants.Conflict("undo_changed").With("what", tenants.Said(sub, "rides"))
	}
	return nil
}

// undoTransfer gives a service back to who held it, with all that went along, and tells it to both. Addresses that were copied stay with the other.
func (d Desk) undoTransfer(ctx context.Context, c *ent.Client, u *Undoable, reason string) error {
	now := d.DB.Now()
	for _, back := range []func(context.Context, *ent.Client, *Undoable, string) error{d.holdAgain, d.casesBack, d.contractsBack, d.linksBack} {
		if err := back(ctx, c, u, reason); err != nil {
			return err
		}
	}
	if u.State != status.Enabled {
		if err := d.stateBack(ctx, c, u, status.HandOver, reason); err != nil {
			return err
		}
	} else if err := status.Tell(ctx, c, now, u.From.ID); err != nil { // the login is another's again
		return err
	}
	named, err := d.named(ctx, c, u.handed)
	if err != nil {
		return err
	}
	return history.WriteAll(ctx, c, now, []history.Entry{ // the last entry says whose it is
		{Customer: u.handed.ToID, Subject: "subscription", ID: u.From.ID, Event: "transfer_undone_to", Reason: reason, After: named},
		{Customer: u.handed.FromID, Subject: "subscription", ID: u.From.ID, Event: "transfer_undone", Reason: reason, After: named},
	})
}

// holdAgain has the service be held, billed and installed as it was.
func (d Desk) holdAgain(ctx context.Context, c *ent.Client, u *Undoable, _ string) error {
	was := u.traces.Service
	update := c.Subscription.UpdateOneID(was.ID).SetCustomerID(was.CustomerID).SetMethodID(was.MethodID).SetDueDay(was.DueDay).SetMode(was.Mode).SetBooklet(was.Booklet).
		SetSeparateInvoice(was.SeparateInvoice).SetSeparateNote(was.SeparateNote).SetNeverBlock(was.NeverBlock).SetBlockReason(was.BlockReason)
	if was.HeldFrom.IsZero() {
		update.ClearHeldFrom().ClearDueDayBefore()
	} else {
		update.SetHeldFrom(was.HeldFrom).SetDueDayBefore(was.DueDayBefore)
	}
	if !was.NoBlockUntil.IsZero() {
		update.SetNoBlockUntil(was.NoBlockUntil)
	}
	if err := update.Exec(ctx); err != nil {
		return err
	}
	places, err := c.SubscriptionAddress.Query().Where(subscriptionaddress.SubscriptionID(was.ID)).All(ctx)
	if err != nil {
		return err
	}
	for _, place := range places {
		at, stood := u.traces.Belonged.Addresses[place.Role]
		if stood {
			err = c.SubscriptionAddress.UpdateOneID(place.ID).SetAddressID(at).Exec(ctx)
		} else {
			err = c.SubscriptionAddress.DeleteOneID(place.ID).Exec(ctx)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// casesBack has the tickets and visits that went along be of who held it, and those that were opened since and are open.
func (d Desk) casesBack(ctx context.Context, c *ent.Client, u *Undoable, _ string) error {
	own, to := u.traces.Belonged, u.handed.FromID
	err := c.Ticket.Update().Where(ticket.SubscriptionID(u.From.ID), ticket.CustomerID(u.handed.ToID), ticket.Or(ticket.IDIn(own.Tickets...), ticket.StatusNEQ(ticket.StatusFinalizado))).SetCustomerID(to).ClearMovedAt().Exec(ctx)
	if err != nil {
		return err
	}
	open := workorder.StatusNotIn(workorder.StatusFinalizada, workorder.StatusCancelada)
	return c.WorkOrder.Update().Where(workorder.SubscriptionID(u.From.ID), workorder.CustomerID(u.handed.ToID), workorder.Or(workorder.IDIn(own.Visits...), open)).SetCustomerID(to).Exec(ctx)
}

// contractsBack ends what was drawn up for the new holder; what had ended holds again.
func (d Desk) contractsBack(ctx context.Context, c *ent.Client, u *Undoable, reason string) error {
	now, own := d.DB.Now(), u.traces.Belonged.Contracts
	var told []history.Entry
	tell := func(rows []*ent.Contract, event string) {
		for _, row := range rows {
			told = append(told, history.Entry{Customer: row.CustomerID, Subject: "contract", ID: row.ID, Event: event, Reason: reason, After: map[string]any{"number": row.Number}})
		}
	}
	rows, err := c.Contract.Query().Where(contract.SubscriptionID(u.From.ID), contract.Or(contract.IDIn(own...), contract.DeactivatedAtIsNil())).Order(contract.ByNumber()).
		Select(contract.FieldID, contract.FieldNumber, contract.FieldCustomerID).All(ctx)
	if err != nil || len(rows) == 0 {
		return err
	}
	is := func(row *ent.Contract) bool { return slices.Contains(own, row.ID) }
	fresh := slices.DeleteFunc(slices.Clone(rows), is)
	tell(fresh, "contract_deactivated")
	tell(slices.DeleteFunc(rows, func(row *ent.Contract) bool { return !is(row) }), "contract_restored")
	ids := make([]uuid.UUID, len(fresh))
	for i, row := range fresh {
		ids[i] = row.ID
	}
	if err := c.Contract.Update().Where(contract.IDIn(ids...)).SetDeactivatedAt(now).SetDeactivationReason(reason).Exec(ctx); err != nil {
		return err
	}
	if err := c.Contract.Update().Where(contract.IDIn(own...)).ClearDeactivatedAt().ClearDeactivationReason().Exec(ctx); err != nil {
		return err
	}
	return history.WriteAll(ctx, c, now, told)
}

// linksBack lets the chats see the service again that saw it, but those that were linked anew meanwhile; what the other's chats are being asked is
// forgotten, for it might concern this service.
func (d Desk) linksBack(ctx context.Context, c *ent.Client, u *Undoable, _ string) error {
	links, err := c.TelegramLink.Query().Where(telegramlink.Or(telegramlink.IDIn(u.traces.Belonged.Links...), telegramlink.And(telegramlink.EndedAtIsNil(), telegramlink.CustomerIDIn(u.handed.FromID, u.handed.ToID)))).
		Order(telegramlink.ByID()).All(ctx)
	if err != nil || len(links) == 0 {
		return err
	}
	var anew, others []int64
	for _, link := range links {
		if link.CustomerID == u.handed.ToID {
			others = append(others, link.ChatID)
		} else if link.EndedAt == nil {
			anew = append(anew, link.ChatID)
		}
	}
	if _, err := c.TelegramDialog.Delete().Where(telegramdialog.ChatIDIn(others...)).Exec(ctx); err != nil {
		return err
	}
	var back []uuid.UUID
	var told []history.Entry
	for _, link := range links {
		if link.EndedAt != nil && !slices.Contains(anew, link.ChatID) {
			back = append(back, link.ID)
			told = append(told, history.Entry{Customer: link.CustomerID, Subject: "telegram_link", ID: link.ID, Event: "telegram_linked"})
		}
	}
	if err := c.TelegramLink.Update().Where(telegramlink.IDIn(back...)).ClearEndedAt().Exec(ctx); err != nil {
		return err
	}
	return history.WriteAll(ctx, c, d.DB.Now(), told)
}
