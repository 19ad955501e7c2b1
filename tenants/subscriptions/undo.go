package subscriptions

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/cancellation"
	"enlace/ent/customer"
	"enlace/ent/deed"
	told "enlace/ent/history"
	"enlace/ent/officepolicy"
	"enlace/ent/plan"
	"enlace/ent/planchange"
	"enlace/ent/predicate"
	"enlace/ent/reactivation"
	"enlace/ent/subscription"
	"enlace/ent/transfer"
	"enlace/ent/trustgrant"
	"enlace/ent/workorder"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/history"
	"enlace/tenants/staff"
	"enlace/tenants/status"
)

// Undo is the last thing done to a service to be taken back (desfazer).
type Undo struct {
	Subscription uuid.UUID // the one it was done to, or the one that took its place
	Reason       string
	Shown        string // the Seen of the preview that was looked at; "": none was shown
	Key          string // of the form
}

// ReadUndo reads the form of an undo.
func ReadUndo(t tenants.Typed, sub uuid.UUID, wrong *tenants.Fields) Undo {
	in := Undo{Subscription: sub, Reason: t.Lines(wrong, "motivo"), Shown: t.Text(wrong, "previa"), Key: t.Text(wrong, "chave")}
	if len([]rune(in.Reason)) < shortestReason {
		wrong.Add("motivo", "reason_short")
	}
	return in
}

// Undoable is the last thing done to a service that may be taken back, and exactly what taking it back does.
type Undoable struct {
	Kind    UndoKind
	At      time.Time         // when it was done
	Until   time.Time         // how long it may be undone
	From    *ent.Subscription // the service it was done to
	Plan    string            // of From
	Holder  string
	New     string           // number of the service that took its place; "": none did
	State   status.State     // of From once it is undone
	Back    *ent.Customer    // to whom it returns, of a transfer; or nil
	Money   *billing.Undoing // nil of a trust: no amount moves
	Refused *tenants.Fault   // why it cannot be undone; nil: it can

	deed   *ent.Deed
	handed *ent.Transfer
	grant  *ent.TrustGrant
	traces traces
	past   *ent.History // that tells that it was undone already
}

// UndoKind is what may be undone.
type UndoKind string

// What may be.
const (
	UndoCancellation UndoKind = "cancellation"
	UndoMigration    UndoKind = "migration"
	UndoTransfer     UndoKind = "transfer"
	UndoTrust        UndoKind = "trust"
)

// Seen says what a preview showed, however many invoices that were, in a few letters.
func (u *Undoable) Seen() string {
	said := fmt.Sprintf("%s/%s/%s", u.Kind, u.From.ID, u.State)
	if u.Money != nil {
		said += "/" + u.Money.Seen()
	}
	sum := sha256.Sum256([]byte(said))
	return hex.EncodeToString(sum[:16])
}

// PreviewUndo reckons the undo of the last thing done to a service without doing anything; Refused says why it cannot be, also of what was undone
// already. It returns Denied without Undo, and NotFound, also where nothing was done that could ever be undone.
func (d Desk) PreviewUndo(ctx context.Context, id uuid.UUID) (u *Undoable, err error) {
	return u, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Undo); err != nil {
			return err
		}
		if u, err = d.undoable(ctx, c, id); err != nil {
			return err
		}
		if err = d.mayUndo(ctx, c, u); err == nil && u.grant == nil {
			u.Money, err = d.billing().ReckonUndo(ctx, c, u.From.ID, u.traces.Money)
		}
		if u.Refused = tenants.FaultOf(err); u.Refused != nil {
			return nil
		}
		return err
	})
}

// Undo takes back a cancellation, a migration, a transfer or a trust unblock, within the ISP's hours, by what compensates it: the service is in
// the state before it, with who held it, and every balance is what it was. The network follows. It cannot be once something has left that cannot be called back: see
// ReckonUndo, and Conflict undo_late past the ISP's hours, undo_accepted for a contract accepted since, undo_visited for a visit that a
// technician has begun, undo_reactivated for a service that came back as a new one, undo_state where the service is not as the migration, or
// the transfer, left it, undo_migrating while it is to be migrated itself, undo_handing while it is to change hands, undo_handed where it has since,
// undo_bot once the new holder has used the bot, undo_done where it was undone already, and undo_unseen. It returns Invalid for a reason too short, Denied without Undo,
// and NotFound. A form sent twice undoes once.
func (d Desk) Undo(ctx context.Context, in Undo) error {
	if len([]rune(in.Reason)) < shortestReason {
		return tenants.Invalid("motivo", "reason_short")
	}
	key := in.Key
	if key != "" { // nobody else's press is answered with it
		key = tenants.Who(ctx).ID.String() + "/" + key
	}
	_, err := d.DB.Once(ctx, "undo", key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Undo); err != nil {
			return "", err
		}
		u, err := d.undoable(ctx, c, in.Subscription)
		if err != nil {
			return "", err
		}
		switch {
		case u.past != nil:
			return "", d.mayUndo(ctx, c, u)
		case u.grant != nil:
			return "", d.undoTrust(ctx, c, u, in)
		}
		return "", d.undo(ctx, c, u, in)
	})
	return err
}

// undoable finds the last thing done to a service: a trust that runs, a transfer, or a deed.
func (d Desk) undoable(ctx context.Context, c *ent.Client, id uuid.UUID) (*Undoable, error) {
	sub, err := undone(ctx, c, id)
	if err != nil {
		return nil, err
	}
	if status.InDebt(sub.Status) {
		grant, err := c.TrustGrant.Query().Where(trustgrant.SubscriptionID(id), trustgrant.EndedAtIsNil(), trustgrant.UntilGT(d.DB.Now()), grantHours).Only(ctx)
		if err == nil {
			u := &Undoable{Kind: UndoTrust, At: grant.GrantedAt, Until: lasts(grant.GrantedAt, tenants.Said(grant, "hours")), State: sub.Status, grant: grant}
			u.of(sub)
			return u, nil
		} else if !ent.IsNotFound(err) {
			return nil, err
		}
	}
	if sub.Status != status.Cancelled && tenants.Said(sub, "handed") != "" { // nobody takes over what does not run yet, nor what has ended
		return undoableTransfer(ctx, c, sub)
	}
	made, err := c.Deed.Query().Where(deed.Or(deed.SubscriptionID(id), deed.ToID(id)), deed.UndoneAtIsNil()).Where(deedBeside...).Order(ent.Desc(deed.FieldAt)).First(ctx)
	if ent.IsNotFound(err) {
		return undoneBefore(ctx, c, sub)
	} else if err != nil {
		return nil, err
	}
	u := &Undoable{Kind: UndoKind(made.Kind), At: made.At, Until: lasts(made.At, tenants.Said(made, "hours")), New: tenants.Said(made, "new"), deed: made}
	if err := json.Unmarshal(made.Changed, &u.traces); err != nil {
		return nil, err
	}
	if made.SubscriptionID != id {
		if sub, err = undone(ctx, c, made.SubscriptionID); err != nil {
			return nil, err
		}
	}
	u.State = u.traces.Service.Status
	u.of(sub)
	return u, nil
}

// undoneBy is what the history calls an undo, by what was undone.
var undoneBy = map[string]UndoKind{"cancellation_undone": UndoCancellation, "migration_undone": UndoMigration, "migration_undone_to": UndoMigration,
	"transfer_undone": UndoTransfer, "transfer_undone_to": UndoTransfer, "trust_undone": UndoTrust}

// undoneBefore is the last thing done to a service, where it was undone: whoever comes late is told by whom. It returns NotFound where nothing was.
func undoneBefore(ctx context.Context, c *ent.Client, sub *ent.Subscription) (*Undoable, error) {
	last, err := c.History.Query().Where(told.SubjectID(sub.ID), told.EventIn(slices.Collect(maps.Keys(undoneBy))...)).Order(ent.Desc(told.FieldAt, told.FieldID)).First(ctx)
	if ent.IsNotFound(err) {
		return nil, tenants.NotFound()
	} else if err != nil {
		return nil, err
	}
	u := &Undoable{Kind: undoneBy[last.Event], State: sub.Status, past: last}
	u.of(sub)
	return u, nil
}

func (u *Undoable) of(sub *ent.Subscription) {
	u.From, u.Plan, u.Holder = sub, tenants.Said(sub, "plan"), tenants.Said(sub, "holder")
}

// undone reads a service with the names of its plan and holder beside it, and whether it was handed over.
func undone(ctx context.Context, c *ent.Client, id uuid.UUID) (*ent.Subscription, error) {
	sub, err := c.Subscription.Query().Where(subscription.ID(id), planNamed, holderNamed, handedOver).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, tenants.NotFound()
	}
	return sub, err
}

// What stands beside a service, a grant and a deed for its undo: names, how many hours the ISP lets pass, how the new service stands and what
// follows it, and by which the old one came back.
var (
	planNamed   = tenants.Beside[predicate.Subscription]("plan", subscription.FieldPlanID, plan.Table, plan.FieldID, plan.FieldName)
	holderNamed = tenants.Beside[predicate.Subscription]("holder", subscription.FieldCustomerID, customer.Table, customer.FieldID, customer.FieldName)
	handedOver  = tenants.Beside[predicate.Subscription]("handed", subscription.FieldID, transfer.Table, transfer.FieldSubscriptionID, transfer.FieldID, transfer.DoneAtNotNil(), transfer.UndoneAtIsNil())
	grantHours  = tenants.Beside[predicate.TrustGrant]("hours", trustgrant.FieldTenantID, officepolicy.Table, officepolicy.FieldTenantID, officepolicy.FieldUndoHours)
	deedBeside  = []predicate.Deed{
		tenants.Beside[predicate.Deed]("hours", deed.FieldTenantID, officepolicy.Table, officepolicy.FieldTenantID, officepolicy.FieldUndoHours),
		tenants.Beside[predicate.Deed]("new", deed.FieldToID, subscription.Table, subscription.FieldID, subscription.FieldNumber),
		tenants.Beside[predicate.Deed]("status", deed.FieldToID, subscription.Table, subscription.FieldID, subscription.FieldStatus),
		tenants.Beside[predicate.Deed]("next", deed.FieldToID, planchange.Table, planchange.FieldFromID, planchange.FieldID, planchange.GivenUpAtIsNil()),
		tenants.Beside[predicate.Deed]("handed", deed.FieldToID, transfer.Table, transfer.FieldSubscriptionID, transfer.FieldID, transfer.DoneAtNotNil(), transfer.UndoneAtIsNil()),
		tenants.Beside[predicate.Deed]("back", deed.FieldSubscriptionID, reactivation.Table, reactivation.FieldFromID, reactivation.FieldToID),
	}
)

// lasts is until when something done at an instant may be undone.
func lasts(at time.Time, hours string) time.Time {
	n, _ := strconv.Atoi(hours)
	return at.Add(time.Duration(n) * time.Hour)
}

// mayUndo says why it cannot be undone, money apart, nil where it can.
func (d Desk) mayUndo(ctx context.Context, c *ent.Client, u *Undoable) error {
	isp, _ := tenants.From(ctx)
	switch {
	case u.past != nil:
		return tenants.Conflict("undo_done").With("at", u.past.At.In(isp.Zone).Format("02/01/2006, 15:04")).With("name", u.past.ActorName)
	case !d.DB.Now().Before(u.Until):
		return tenants.Conflict("undo_late").With("until", u.Until.In(isp.Zone).Format("02/01/2006, 15:04"))
	case u.grant != nil:
		return nil
	case u.handed != nil:
		return u.mayHandBack(ctx, c)
	case tenants.Said(u.deed, "back") != "":
		return tenants.Conflict("undo_reactivated")
	case u.From.Status != status.Cancelled:
		return tenants.Conflict("undo_state").With("number", fmt.Sprint(u.From.Number)).With("status", string(u.From.Status))
	case u.deed.ToID != nil:
		return u.mayEndNew(ctx, c)
	}
	visit, err := u.fetching(ctx, c)
	if err != nil || visit == nil {
		return err
	}
	return unlessBegun(visit)
}

// mayEndNew says why the service that took the place cannot be ended, or nil.
func (u *Undoable) mayEndNew(ctx context.Context, c *ent.Client) error {
	switch is := tenants.Said(u.deed, "status"); {
	case tenants.Said(u.deed, "handed") != "":
		return tenants.Conflict("undo_handed").With("number", u.New)
	case is != string(status.Enabled):
		return tenants.Conflict("undo_state").With("number", u.New).With("status", is)
	case tenants.Said(u.deed, "next") != "":
		return tenants.Conflict("undo_migrating")
	}
	own, err := u.ownContracts(ctx, c)
	if err != nil {
		return err
	}
	for _, row := range own {
		if row.AcceptedAt != nil {
			return tenants.Conflict("undo_accepted").With("number", fmt.Sprint(row.Number))
		}
	}
	visits, err := u.ownVisits(ctx, c)
	if err != nil {
		return err
	}
	return unlessBegun(visits...)
}

func unlessBegun(visits ...*ent.WorkOrder) error {
	for _, visit := range visits {
		if visit.Status == workorder.StatusEmExecucao || visit.Status == workorder.StatusFinalizada {
			return tenants.Conflict("undo_visited").With("number", fmt.Sprint(visit.Number))
		}
	}
	return nil
}

// fetching is the visit that fetches the equipment of a cancelled service, or nil.
func (u *Undoable) fetching(ctx context.Context, c *ent.Client) (*ent.WorkOrder, error) {
	its := tenants.IDsIn(cancellation.Table, cancellation.FieldWorkOrderID, cancellation.SubscriptionID(u.From.ID), cancellation.UndoneAtIsNil(), cancellation.WorkOrderIDNotNil())
	visit, err := c.WorkOrder.Query().Where(tenants.Among[predicate.WorkOrder](workorder.FieldID, its)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	return visit, err
}

// undoTrust ends an access on trust: the service is in its suspension again. It is no promise broken.
func (d Desk) undoTrust(ctx context.Context, c *ent.Client, u *Undoable, in Undo) error {
	now := d.DB.Now()
	if err := d.mayUndo(ctx, c, u); err != nil {
		return err
	}
	if in.Shown != "" && in.Shown != u.Seen() {
		return tenants.Conflict("undo_unseen")
	}
	ended, err := c.TrustGrant.Update().Where(trustgrant.ID(u.grant.ID), trustgrant.EndedAtIsNil()).SetEndedAt(now).SetOutcome(trustgrant.OutcomeUndone).Save(ctx)
	if err != nil {
		return err
	}
	if ended == 0 {
		return tenants.NotFound()
	}
	if err := status.Tell(ctx, c, now, u.From.ID); err != nil {
		return err
	}
	return history.Write(ctx, c, now, history.Entry{Customer: u.From.CustomerID, Subject: "subscription", ID: u.From.ID, Event: "trust_undone", Reason: in.Reason,
		Before: map[string]any{"until": u.grant.Until.UTC()}, After: map[string]any{"number": u.From.Number}})
}
