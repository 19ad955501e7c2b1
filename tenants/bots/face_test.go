package bots_test

import (
	"testing"

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
		if other, err := d.Face(o.Stranger()); err != nil || other.Greeting != "" {
			t.Errorf("the other ISP has %+v, %v", other, err)
		}
	})
}
