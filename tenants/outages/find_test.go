package outages_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/outage"
	"enlace/tenants"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/outages"
	"enlace/tenants/subscriptions"
)

func TestTheServicesOfAPlaceANasOrAListAreFound(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		d, by, maria := desk(o), o.As("suporte"), o.Service(o.Maria)
		if _, err := d.Preview(o.As("comercial"), nazare(o)); demotest.Fault(err) != "denied" {
			t.Errorf("comercial: %v", err)
		}
		found := func(change func(*outages.NewOutage)) string {
			in := nazare(o)
			change(&in)
			f, err := d.Preview(by, in)
			if err != nil {
				return demotest.Fault(err)
			}
			return f.Seen()
		}
		var nas, other uuid.UUID
		o.Write(func(ctx context.Context, c *ent.Client) error {
			nas = c.Nas.Query().OnlyIDX(ctx)
			other = c.Nas.Create().SetName("Outro").SetAddress("10.0.0.9").SetSecret("x").SaveX(ctx).ID
			return nil
		})
		session := func(at uuid.UUID, ended *time.Time) {
			o.Write(func(ctx context.Context, c *ent.Client) error {
				c.Connection.Delete().ExecX(ctx)
				c.Connection.Create().SetNasID(at).SetSubscriptionID(maria.ID).SetCustomerID(o.Maria.ID).SetLogin("maria@fibranorte").SetAcctSessionID("1").
					SetStartedAt(o.DB.Now().Add(-5 * time.Hour)).SetUpdatedAt(o.DB.Now()).SetNillableEndedAt(ended).ExecX(ctx)
				return nil
			})
		}
		onNAS := func(in *outages.NewOutage) { in.Kind, in.NAS = outage.KindNas, nas }
		list := func(text string) func(*outages.NewOutage) {
			return func(in *outages.NewOutage) { in.Kind, in.List = outage.KindList, text }
		}
		hour := o.DB.Now().Add(-time.Hour)
		for _, one := range []struct {
			name, want string
			given      func()
			change     func(*outages.NewOutage)
		}{
			{"the district, João being suspended", "3/3", nil, func(*outages.NewOutage) {}},
			{"the city", "3/3", nil, func(in *outages.NewOutage) { in.District = "" }},
			{"another district", "bairro: outage_nobody", nil, func(in *outages.NewOutage) { in.District = "Marco" }},
			{"another city", "cidade: outage_nobody", nil, func(in *outages.NewOutage) { in.City, in.District = "Salinas", "" }},
			{"nobody on the NAS", "concentrador: outage_nobody", nil, onNAS},
			{"no NAS", "not_found", nil, func(in *outages.NewOutage) { in.Kind, in.NAS = outage.KindNas, demotest.Nobody }},
			{"on the NAS", "1/1", func() { session(nas, nil) }, onNAS},
			{"on the NAS until an hour ago", "1/1", func() { session(nas, &hour) }, onNAS},
			{"on another", "concentrador: outage_nobody", func() { session(other, nil) }, onNAS},
			{"by number and CPF", "1/1", nil, list(fmt.Sprintf("%d\n529.982.247-25", o.Maria.Number))},
			{"by login", "1/1", nil, list("maria@fibranorte; ")},
			{"João alone", "lista: outage_nobody", nil, list("111.444.777-35")},
			{"nobody's login", "lista: outage_unknown", nil, list("maria@fibranorte\nzeca")},
			{"João on trust", "2/2", func() {
				_, err := subscriptions.Desk{DB: o.DB}.TrustUnblock(o.As("gerente"), subscriptions.Unblock{Subscription: o.Service(o.Joao).ID, Until: o.Here.Today(o.DB.Now()).AddDays(1), Reason: "vai pagar"})
				must(t, err)
			}, list(fmt.Sprintf("%d\n%d", o.Maria.Number, o.Joao.Number))},
		} {
			if one.given != nil {
				one.given()
			}
			if got := found(one.change); got != one.want {
				t.Errorf("%s: %s, want %s", one.name, got, one.want)
			}
		}
		if _, err := d.Preview(o.Stranger(), nazare(o)); demotest.Fault(err) != "bairro: outage_nobody" {
			t.Errorf("a stranger sees them: %v", err)
		}
	})
}

func TestWhoSeesOutages(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		id, err := desk(o).Open(o.As("suporte"), hers(o))
		must(t, err)
		if list, err := desk(o).List(o.As("comercial"), true, 1); err != nil || len(list.Rows) != 1 || list.Running != 1 || list.May {
			t.Errorf("%+v, %v", list, err)
		}
		if _, err := desk(o).List(o.As("tecnico"), false, 1); demotest.Fault(err) != "denied" {
			t.Errorf("a technician: %v", err)
		}
		card, err := desk(o).Card(o.As("suporte"), id, 1)
		if err != nil || len(card.Services) != 1 || outages.Holder(card.Services[0]) != o.Maria.Name || !card.May || !card.Busy() {
			t.Errorf("%+v, %v", card, err)
		}
		if _, err := desk(o).Card(o.Stranger(), id, 1); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		var unread tenants.Fields
		in := outages.ReadNewOutage(tenants.Typed{"alcance": "place", "dia": "24/11/2026", "hora": "09:00"}, o.DB.Now(), o.Here.Zone, &unread)
		if unread["titulo"] != "required" || unread["cidade"] != "required" || unread["hora"] != "outage_to_come" || in.Kind != outage.KindPlace {
			t.Errorf("%v", unread)
		}
	})
}
