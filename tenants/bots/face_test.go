package bots_test

import (
	"context"
	"slices"
	"testing"

	"enlace/ent"
	"enlace/tenants/bots"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/messages"
)

func TestTheGerenteChoosesTheFaceOfTheBot(t *testing.T) {
	withBot(t, func(t *testing.T, o *demotest.Office, d bots.Desk) {
		face, err := d.Face(here(o))
		if err != nil || face.Quiet != messages.Default || !face.Offers(bots.Unblock) || face.TalkHours != bots.DefaultTalk {
			t.Fatalf("%+v, %v", face, err)
		}
		face.Greeting, face.Off, face.Quiet = "Aqui é a <Fibra>!", []bots.Feature{bots.Booklets}, messages.Quiet{From: 22, Until: 7}
		if err := d.SetFace(o.As("suporte"), face); demotest.Fault(err) != "denied" {
			t.Errorf("suporte: %v", err)
		}
		gerente := o.As("gerente")
		o.AllOrNothing(t, 3, func() error { return d.SetFace(gerente, face) })
		got, err := d.Face(here(o))
		if err != nil || got.Greeting != face.Greeting || got.Offers(bots.Booklets) || got.Quiet != face.Quiet {
			t.Errorf("%+v, %v", got, err)
		}
		// Desbloqueio em Confiança is of the rules: no face switches it off, and none switches it on.
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.OfficePolicy.Update().SetTrustSubscriber(false).Exec(ctx)
		})
		got.Off = nil
		if err := d.SetFace(gerente, got); err != nil {
			t.Fatal(err)
		}
		bot, wrong := d.Bot(here(o))
		if now, err := d.Face(here(o)); err != nil || wrong != nil || now.Offers(bots.Unblock) || !now.Offers(bots.Booklets) || !slices.Equal(bot.Face.Off, []bots.Feature{bots.Unblock}) {
			t.Errorf("%+v, %v, %v", now, err, wrong)
		}
		if other, err := d.Face(o.Stranger()); err != nil || other.Greeting != "" {
			t.Errorf("the other ISP has %+v, %v", other, err)
		}
	})
}
