package support_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"image"
	"image/png"
	"strings"
	"testing"

	"enlace/ent"
	"enlace/ent/attachment"
	"enlace/ent/telegrammessage"
	"enlace/tenants"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/messages"
	"enlace/tenants/support"
)

// The technician sets out once, and the customer is told; another hour makes it undone.
func TestTheCustomerIsToldThatTheTechnicianIsOnTheWay(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		linked(o)
		d, tech, id := desk(o), o.As("tecnico"), planned(t, o, 9, "1")
		if err := d.SetOut(o.Stranger(), support.VisitMove{WorkOrder: id, Key: "x"}); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		in := support.VisitMove{WorkOrder: id, Key: "2"}
		o.AllOrNothing(t, 8, func() error { return d.SetOut(tech, in) })
		must(t, d.SetOut(tech, in))
		if err := d.SetOut(tech, support.VisitMove{WorkOrder: id, Key: "3"}); demotest.Fault(err) != "visit_on_way" {
			t.Errorf("twice: %v", err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if said := c.TelegramMessage.Query().Where(telegrammessage.Kind(string(messages.VisitComing))).OnlyX(ctx); !strings.Contains(said.Text, "está a caminho") || said.ChatID != 101 || said.CustomerID != o.Maria.ID {
				t.Errorf("%+v", said)
			}
			return nil
		})
		if row := visitOf(o, id); row.OnWayAt == nil {
			t.Error("nobody is on the way")
		}
		must(t, d.Schedule(o.As("suporte"), support.Rescheduling{WorkOrder: id, Visit: support.Visit{Technician: choicesOf(o).people["tecnico"], StartsAt: tomorrow(o, 15)}, Reason: "chuva forte", Key: "4"}))
		if row := visitOf(o, id); row.OnWayAt != nil {
			t.Error("of another hour somebody is on the way already")
		}
		off, by := support.VisitMove{WorkOrder: id, Text: "moto quebrada", Key: "5"}, o.As("suporte")
		o.AllOrNothing(t, 6, func() error { return d.CallOff(by, off) })
		must(t, d.CallOff(by, off))
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if said := c.TelegramMessage.Query().Where(telegrammessage.TextContains("foi cancelada")).OnlyX(ctx); strings.Contains(said.Text, off.Text) || !strings.Contains(said.Text, "15:00") {
				t.Errorf("of the end of it is said %q", said.Text)
			}
			return nil
		})
	})
}

// A signature is a name, with a drawing where the screen can make one; what is no picture is refused.
func TestTheCustomerSignsWithTheNameAndADrawing(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		d, tech, id := desk(o), o.As("tecnico"), planned(t, o, 9, "1")
		var drawn bytes.Buffer
		must(t, png.Encode(&drawn, image.NewGray(image.Rect(0, 0, 8, 4))))
		sent := "data:image/png;base64," + base64.StdEncoding.EncodeToString(drawn.Bytes())
		for _, one := range []struct{ name, drawing, want string }{
			{"Maria", "", ""}, {"Maria", sent, ""}, {"", sent, "required"}, {"Maria", "drawn", "signature_drawn"}, {"Maria", "data:image/png;base64,AAAA", "signature_drawn"},
			{"Maria", "data:image/svg+xml;base64,PHN2Zy8+", "signature_drawn"}, {"Maria", sent + strings.Repeat("A", 2*support.MostDrawn), "signature_drawn"},
		} {
			var wrong tenants.Fields
			support.ReadSigning(tenants.Typed{"assinante": one.name, "desenho": one.drawing}, id, &wrong)
			if wrong["assinante"] != one.want {
				t.Errorf("%q with %.40q: %v", one.name, one.drawing, wrong)
			}
		}
		paper := func() (drawings int) {
			_, content, err := d.VisitPDF(tech, id, func(row *ent.WorkOrder) string { return string(row.Status) })
			must(t, err)
			return bytes.Count(content, []byte("/Subtype/Image"))
		}
		must(t, d.Sign(tech, support.Signing{WorkOrder: id, Name: "Maria", Key: "2"}))
		if paper() != 0 {
			t.Error("a name alone is drawn")
		}
		in := support.Signing{WorkOrder: id, Name: "Maria Demonstração", Drawn: drawn.Bytes(), Key: "3"}
		o.AllOrNothing(t, 8, func() error { return d.Sign(tech, in) })
		must(t, d.Sign(tech, in))
		if err := d.Sign(o.Stranger(), in); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			kept := c.Attachment.Query().Where(attachment.WorkOrderID(id)).OnlyX(ctx)
			if file := c.File.GetX(ctx, kept.FileID); kept.Kind != attachment.KindSignature || !bytes.Equal(file.Content, drawn.Bytes()) || file.ContentType != "image/png" {
				t.Errorf("%+v", kept)
			}
			return nil
		})
		if paper() != 1 {
			t.Error("the paper does not show the drawing")
		}
		if row := visitOf(o, id); row.SignedBy != in.Name {
			t.Errorf("signed by %q", row.SignedBy)
		}
	})
}
