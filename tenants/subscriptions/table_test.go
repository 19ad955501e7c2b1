package subscriptions_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"enlace/ent"
	"enlace/ent/cancellation"
	"enlace/tenants"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/staff"
	"enlace/tenants/status"
	"enlace/tenants/subscriptions"
)

// rights is product.md §9: which roles may ask for each event that a person asks for by a use case of this room.
var rights = map[status.Event][]string{
	status.Enable:  {"gerente", "comercial", "suporte"},
	status.Suspend: {"gerente"},
	status.Pause:   {"gerente", "comercial"},
	status.Resume:  {"gerente", "comercial"},
	status.Cancel:  {"gerente", "comercial"},
}

var errTried = errors.New("tried, and taken back")

// Every event from every state by every role is done, refused by the permission, or refused by name of both states.
func TestEveryEventFromEveryStateByEveryRole(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		maria, d := o.Service(o.Maria), desk(o)
		until := o.DB.Today(o.As("gerente")).AddDays(40)
		ask := map[status.Event]func(context.Context) error{
			status.Enable: func(ctx context.Context) error { _, err := d.Enable(ctx, maria.ID); return err },
			status.Suspend: func(ctx context.Context) error {
				_, err := d.SuspendForDebt(ctx, maria.ID, "deve há meses")
				return err
			},
			status.Pause: func(ctx context.Context) error {
				_, err := d.Pause(ctx, subscriptions.Pause{Subscription: maria.ID, Until: until, Reason: "vai viajar"})
				return err
			},
			status.Resume: func(ctx context.Context) error {
				_, err := d.Return(ctx, subscriptions.Return{Subscription: maria.ID})
				return err
			},
			status.Cancel: func(ctx context.Context) error {
				_, err := d.Cancel(ctx, subscriptions.Cancel{Subscription: maria.ID, Reason: cancellation.ReasonPreco, Note: "achou caro"})
				return err
			},
		}
		tried := 0
		for event, may := range rights {
			for _, from := range status.States {
				for _, role := range staff.Roles {
					ctx, answer, after := o.As(role), error(nil), status.State("")
					err := o.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
						if err := c.Subscription.UpdateOneID(maria.ID).SetStatus(from).Exec(ctx); err != nil {
							return err
						}
						if from == status.Paused {
							create := c.Suspension.Create().SetSubscriptionID(maria.ID).SetKind("pedido").SetFromDay(o.DB.Today(ctx)).SetUntilDay(until).SetAt(o.DB.Now()).SetCreditedAt(o.DB.Now())
							if err := create.Exec(ctx); err != nil {
								return err
							}
						}
						if answer = ask[event](ctx); answer == nil {
							after = c.Subscription.GetX(ctx, maria.ID).Status
						}
						return errTried
					})
					if !errors.Is(err, errTried) && answer == nil {
						t.Fatal(err)
					}
					tried++
					fault := tenants.FaultOf(answer)
					switch to := reaches(event); {
					case !slices.Contains(may, role):
						if demotest.Fault(answer) != "denied" {
							t.Errorf("%s from %s by %s: %v", event, from, role, answer)
						}
					case !status.Allowed(event, from):
						if fault == nil || fault.Code != "transition" || fault.Args["from"] != string(from) || fault.Args["to"] != string(to) {
							t.Errorf("%s from %s by %s is not refused by name of both states: %v", event, from, role, answer)
						}
					case event == status.Suspend: // she owes nothing
						if demotest.Fault(answer) != "no_debt" {
							t.Errorf("%s from %s by %s: %v", event, from, role, answer)
						}
					case event == status.Enable && from == status.WaitingMigration: // put there by hand: no migration waits for it
						if demotest.Fault(answer) != "migration_over" {
							t.Errorf("%s from %s by %s: %v", event, from, role, answer)
						}
					case answer != nil || after != to:
						t.Errorf("%s from %s by %s led to %q, %v", event, from, role, after, answer)
					}
				}
			}
		}
		if want := len(rights) * len(status.States) * len(staff.Roles); tried != want {
			t.Errorf("%d were tried, want %d", tried, want)
		}
		if o.Service(o.Maria).Status != status.Enabled {
			t.Error("what was tried was not taken back")
		}
	})
}

func reaches(e status.Event) status.State {
	for _, m := range status.Table {
		if m.Event == e {
			return m.To
		}
	}
	return ""
}
