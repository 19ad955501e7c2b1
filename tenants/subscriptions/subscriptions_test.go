package subscriptions_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/trustgrant"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/catalog"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/status"
	"enlace/tenants/subscriptions"
)

func desk(o *demotest.Office) subscriptions.Desk { return subscriptions.Desk{DB: o.DB} }

func TestStaffUnblockOnTrustWithADayAndAReason(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		joao, maria := o.Service(o.Joao).ID, o.Service(o.Maria).ID
		today := o.Here.Today(o.DB.Now())
		for _, c := range []struct {
			role string
			in   subscriptions.Unblock
			want string
		}{
			{"suporte", subscriptions.Unblock{Subscription: joao, Until: today.AddDays(-1), Reason: "prometeu pagar"}, "data: past"},
			{"suporte", subscriptions.Unblock{Subscription: joao, Until: today.AddDays(6), Reason: "prometeu pagar"}, "data: trust_days"},
			{"suporte", subscriptions.Unblock{Subscription: joao, Until: today, Reason: "ok"}, "motivo: reason_short"},
			{"suporte", subscriptions.Unblock{Subscription: maria, Until: today, Reason: "prometeu pagar"}, "trust_state"},
			{"suporte", subscriptions.Unblock{Subscription: demotest.Nobody, Until: today, Reason: "prometeu pagar"}, "not_found"},
			{"tecnico", subscriptions.Unblock{Subscription: joao, Until: today, Reason: "prometeu pagar"}, "denied"},
		} {
			if _, err := desk(o).TrustUnblock(o.As(c.role), c.in); demotest.Fault(err) != c.want {
				t.Errorf("%+v: %v, want %s", c.in, err, c.want)
			}
		}
		in := subscriptions.Unblock{Subscription: joao, Until: today.AddDays(2), Reason: "prometeu pagar na sexta"}
		if _, err := desk(o).TrustUnblock(o.Stranger(), in); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		grant, err := desk(o).TrustUnblock(o.As("suporte"), in)
		if err != nil {
			t.Fatal(err)
		}
		if want := today.AddDays(3).At(8, 0, o.Here.Zone); !grant.Until.Equal(want) {
			t.Errorf("it ends at %s, want 08:00 of the day after, %s", grant.Until, want)
		}
		if _, err := desk(o).TrustUnblock(o.As("gerente"), in); demotest.Fault(err) != "trust_open" {
			t.Errorf("a second grant: %v", err)
		}
		if state := o.Service(o.Joao).Status; state != status.SuspendedDebt {
			t.Errorf("trust is not a state, but he is %s", state)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			rows := c.History.Query().AllX(ctx)
			last := rows[len(rows)-1]
			for _, row := range rows {
				if row.At.After(last.At) || row.Event == "trust_granted" {
					last = row
				}
			}
			if last.Event != "trust_granted" || last.Reason != in.Reason || last.Channel != "web" || last.ActorName != "Suporte Exemplo" {
				t.Errorf("history says %v", last)
			}
			return nil
		})
		// At its instant it ends; a late or second worker changes nothing.
		o.Pass(grant.Until.Sub(o.DB.Now()) - time.Second)
		for range 2 {
			if err := desk(o).ExpireTrust(o.As("gerente"), grant.ID); err != nil {
				t.Fatal(err)
			}
		}
		if open := openGrants(o); open != 1 {
			t.Errorf("a second before its end %d grants are open", open)
		}
		o.Pass(time.Second)
		for range 2 {
			if err := desk(o).ExpireTrust(o.As("gerente"), grant.ID); err != nil {
				t.Fatal(err)
			}
		}
		if open := openGrants(o); open != 0 || o.Service(o.Joao).Status != status.SuspendedDebt {
			t.Errorf("after its end %d grants are open and he is %s", open, o.Service(o.Joao).Status)
		}
	})
}

func openGrants(o *demotest.Office) (n int) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		n = c.TrustGrant.Query().Where(trustgrant.EndedAtIsNil()).CountX(ctx)
		return nil
	})
	return n
}

func TestSubscriberGetsOneDayOnceAMonth(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		if _, err := desk(o).TrustUnblockSelf(o.Subscriber(o.Maria)); demotest.Fault(err) != "trust_nothing" {
			t.Errorf("Maria owes nothing: %v", err)
		}
		done, err := desk(o).TrustUnblockSelf(o.Subscriber(o.Joao))
		if err != nil {
			t.Fatal(err)
		}
		// 23 November, 09:00 in Belém: 24 hours later is within 08:00 to 18:00.
		if !done.Until.Equal(o.DB.Now().Add(24*time.Hour)) || done.NextFrom != calendar.On(2026, 12, 1) || len(done.Services) != 1 {
			t.Errorf("he got %+v", done)
		}
		_, err = desk(o).TrustUnblockSelf(o.Subscriber(o.Joao))
		if fault := tenants.FaultOf(err); fault == nil || fault.Code != "trust_used" || fault.Args["next"] != "01/12/2026" {
			t.Errorf("again: %v", err)
		}
		o.Pass(8 * 24 * time.Hour) // 1 December: another month, and nobody has ended the old grant yet
		if _, err := desk(o).TrustUnblockSelf(o.Subscriber(o.Joao)); err != nil {
			t.Errorf("in December: %v", err)
		}
		// Staff grants do not use the quota, nor are they refused by it.
		o.Pass(48 * time.Hour)
		_, err = desk(o).TrustUnblock(o.As("gerente"), subscriptions.Unblock{Subscription: o.Service(o.Joao).ID, Until: o.Here.Today(o.DB.Now()), Reason: "cliente antigo"})
		if err != nil {
			t.Errorf("staff after the subscriber's own: %v", err)
		}
	})
}

func TestTheEndIsMovedForwardIntoOfficeHours(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		for _, c := range []struct{ pressed, ends string }{
			{"2026-12-02T02:30", "2026-12-03T08:00"},
			{"2027-01-02T17:59", "2027-01-03T17:59"},
			{"2027-02-02T18:00", "2027-02-04T08:00"},
			{"2027-03-31T23:59", "2027-04-02T08:00"}, // the month is that of the grant, in the ISP's zone
			{"2028-02-28T10:00", "2028-02-29T10:00"},
		} {
			at, _ := time.ParseInLocation("2006-01-02T15:04", c.pressed, o.Here.Zone)
			o.Pass(at.Sub(o.DB.Now()))
			done, err := desk(o).TrustUnblockSelf(o.Subscriber(o.Joao))
			if err != nil {
				t.Errorf("%s: %v", c.pressed, err)
				continue
			}
			if got := done.Until.In(o.Here.Zone).Format("2006-01-02T15:04"); got != c.ends {
				t.Errorf("pressed %s, ends %s, want %s", c.pressed, got, c.ends)
			}
		}
	})
}

func TestBothSwitchesMustBeOn(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.OfficePolicy.Update().SetTrustSubscriber(false).Exec(ctx)
		})
		if _, err := desk(o).TrustUnblockSelf(o.Subscriber(o.Joao)); demotest.Fault(err) != "trust_off" {
			t.Errorf("the ISP's policy is off: %v", err)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.OfficePolicy.Update().SetTrustSubscriber(true).Exec(ctx)
		})
		o.Here.TrustSelfService = false
		if _, err := desk(o).TrustUnblockSelf(o.Subscriber(o.Joao)); demotest.Fault(err) != "trust_off" {
			t.Errorf("the operator's switch is off: %v", err)
		}
	})
}

func TestFiftyPressAtOnceAndOneGrantIsMade(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		staffCtx, subscriberCtx := o.As("suporte"), o.Subscriber(o.Joao)
		in := subscriptions.Unblock{Subscription: o.Service(o.Joao).ID, Until: o.Here.Today(o.DB.Now()), Reason: "prometeu pagar"}
		var won atomic.Int32
		var wg sync.WaitGroup
		for i := range 50 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				var err error
				if i%2 == 0 {
					_, err = desk(o).TrustUnblock(staffCtx, in)
				} else {
					_, err = desk(o).TrustUnblockSelf(subscriberCtx)
				}
				if err == nil {
					won.Add(1)
				} else if tenants.FaultOf(err) == nil {
					t.Error(err)
				}
			}()
		}
		wg.Wait()
		if won.Load() != 1 || openGrants(o) != 1 {
			t.Errorf("%d won, %d grants are open", won.Load(), openGrants(o))
		}
	})
}

func TestSuspensionByHandObeysTheLaw(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		maria := o.Service(o.Maria).ID
		if _, err := desk(o).SuspendForDebt(o.As("gerente"), maria, "não gosto dela"); demotest.Fault(err) != "no_debt" {
			t.Errorf("nobody is cut who owes nothing: %v", err)
		}
		if _, err := desk(o).SuspendForDebt(o.As("suporte"), maria, "fatura vencida"); demotest.Fault(err) != "denied" {
			t.Errorf("suporte may not: %v", err)
		}
		o.Pass(20 * 24 * time.Hour) // 13 December, a Sunday; her instalment of 10/12 is overdue since the 11th
		if _, err := desk(o).SuspendForDebt(o.As("gerente"), maria, "fatura vencida"); demotest.Fault(err) != "no_cut_day" {
			t.Errorf("on a Sunday: %v", err)
		}
		o.Pass(24 * time.Hour)
		settings := catalog.Desk{DB: o.DB}
		eve, err := settings.AddHoliday(o.As("gerente"), catalog.Holiday{Day: calendar.On(2026, 12, 15), Name: "Aniversário da cidade", UF: "PA"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := desk(o).SuspendForDebt(o.As("gerente"), maria, "fatura vencida"); demotest.Fault(err) != "no_cut_day" {
			t.Errorf("on the eve of a local holiday: %v", err)
		}
		if err := settings.RemoveHoliday(o.As("gerente"), eve.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := settings.AddHoliday(o.As("gerente"), catalog.Holiday{Day: calendar.On(2026, 12, 15), Name: "De outro estado", UF: "AM"}); err != nil {
			t.Fatal(err)
		}
		if _, err := desk(o).SuspendForDebt(o.As("gerente"), maria, "fatura vencida"); demotest.Fault(err) != "no_notice" {
			t.Errorf("without a notice: %v", err)
		}
		if _, err := desk(o).SuspendForDebt(o.As("gerente"), o.Service(o.Joao).ID, "fatura vencida"); demotest.Fault(err) != "transition" {
			t.Errorf("twice: %v", err)
		}
	})
}

func TestHabilitarStartsAService(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		if _, err := desk(o).Enable(o.As("suporte"), o.Service(o.Maria).ID); demotest.Fault(err) != "transition" {
			t.Errorf("Maria's runs already: %v", err)
		}
		if _, err := desk(o).Enable(o.As("financeiro"), o.Service(o.Maria).ID); demotest.Fault(err) != "denied" {
			t.Errorf("financeiro may not: %v", err)
		}
		if _, err := desk(o).Enable(o.Stranger(), o.Service(o.Maria).ID); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
	})
}
