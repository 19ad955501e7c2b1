package handlers_test

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/attachment"
	"enlace/ent/user"
	"enlace/handlers/handlerstest"
)

// On a telephone the technician sets out, begins, has the customer sign with a finger, and is done; without script the name is the signature.
func TestATechnicianAtTheDoorWithAPhone(t *testing.T) {
	for _, script := range []bool{true, false} {
		c, o := desk(t, "suporte")
		if !script {
			c.WithoutScript()
		}
		c.Look(360, 800, false)
		var visit string
		o.Write(func(ctx context.Context, c *ent.Client) error {
			visit = "/ordens-de-servico/" + c.WorkOrder.Create().SetNumber(77).SetCustomerID(o.Maria.ID).SetSubscriptionID(o.Service(o.Maria).ID).SetTypeID(c.WorkOrderType.Query().FirstIDX(ctx)).SetStatus("agendada").
				SetTechnicianID(c.User.Query().Where(user.RoleEQ(user.RoleTecnico)).FirstIDX(ctx)).SetStartsAt(o.DB.Now()).SetDescription("medir sinal").SetOpenedAt(o.DB.Now()).SaveX(ctx).ID.String()
			return nil
		})
		c.Open(visit).Worker().Send("Estou a caminho").Send("Iniciar")
		w := c.Open(visit+"?abrir=assinatura").Worker().Fill("Nome de quem assina", "Maria Demonstração")
		if script {
			c.Draw("canvas")
			c.Picture("os-assinatura-360")
		}
		w.Send("Guardar assinatura")
		c.Open(visit).Worker().Fill("O que foi feito", "conector trocado").Send("Finalizar OS")
		if script { // it is a script that looks for them
			for _, violation := range c.Violations() {
				t.Error(violation)
			}
		}
		if n := c.Sideways(); n > 0 {
			t.Errorf("%d pixels wider than the window", n)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			row := c.WorkOrder.Query().OnlyX(ctx)
			if row.OnWayAt == nil || row.BeganAt == nil || row.SignedBy != "Maria Demonstração" || row.Status != "finalizada" {
				t.Errorf("script %v: %+v", script, row)
			}
			drawn := c.Attachment.Query().Where(attachment.WorkOrderID(row.ID)).AllX(ctx)
			if !script {
				if len(drawn) != 0 {
					t.Errorf("without script something is drawn: %v", drawn)
				}
				return nil
			}
			if len(drawn) != 1 || drawn[0].Kind != attachment.KindSignature {
				t.Fatalf("drawn: %v", drawn)
			}
			picture, err := png.Decode(bytes.NewReader(c.File.GetX(ctx, drawn[0].FileID).Content))
			if err != nil {
				t.Fatal(err)
			}
			inked := 0
			for x := range picture.Bounds().Dx() {
				for y := range picture.Bounds().Dy() {
					if _, _, _, alpha := picture.At(x, y).RGBA(); alpha > 0 {
						inked++
					}
				}
			}
			if inked < 200 { // a busy machine hears of fewer points between the ends of a stroke
				t.Errorf("the drawing has %d points of ink", inked)
			}
			return nil
		})
	}
}

// Tráfego Tempo Real in a browser, fed by a NAS's own packets: each report is drawn without the page being opened again.
func TestTheTrafficIsDrawnAsTheEquipmentReports(t *testing.T) {
	c, o := desk(t, "suporte")
	tell := nasOf(t, o)
	tell("Acct-Status-Type = Start", "Framed-IP-Address = 100.64.0.9")
	c.Open("/servicos/" + o.Service(o.Maria).ID.String() + "/trafego")
	handlerstest.Eval[bool](c, `(window.opened = true)`) // it would be lost with the page
	for _, report := range []struct{ seconds, octets, shown string }{{"300", "750000000", "20,0"}, {"600", "1875000000", "30,0"}, {"900", "2250000000", "10,0"}} {
		o.Pass(5 * time.Minute)
		tell("Acct-Status-Type = Interim-Update", "Acct-Session-Time = "+report.seconds, "Acct-Input-Octets = 1000", "Acct-Output-Octets = "+report.octets)
		if said := handlerstest.Eval[string](c, waitFor(report.shown+"\u00a0Mbit/s")); said != "" {
			t.Errorf("after %s seconds the page says %s", report.seconds, said)
		}
	}
	if !handlerstest.Eval[bool](c, `window.opened === true && document.querySelectorAll('[data-live] path.line').length === 2`) {
		t.Error("the page was opened again, or draws no curves")
	}
	o.Pass(time.Minute)
	tell("Acct-Status-Type = Stop", "Acct-Session-Time = 960", "Acct-Terminate-Cause = Lost-Carrier")
	if said := handlerstest.Eval[string](c, waitFor("Desconectado desde")); said != "" {
		t.Errorf("after its end the page says %s", said)
	}
}

// waitFor is a script that waits until what is live holds a text; it answers what it holds instead, or "".
func waitFor(text string) string {
	return fmt.Sprintf(`new Promise((done) => {
		const over = Date.now() + 15000;
		const look = () => {
			const said = document.querySelector('[data-live]').innerText;
			if (said.includes(%q)) done('');
			else if (Date.now() > over) done(said);
			else setTimeout(look, 50);
		};
		look();
	})`, text)
}
