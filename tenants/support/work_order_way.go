package support

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/attachment"
	"enlace/ent/workorder"
	"enlace/tenants"
	"enlace/tenants/files"
	"enlace/tenants/messages"
	"enlace/tenants/outbox"
)

// SetOut says that the technician is on the way, and tells the customer. It returns Conflict for a visit that is not agendada and for one whose
// technician has set out already, NotFound, and Denied without Attend for one that is not one's own.
func (d Desk) SetOut(ctx context.Context, in VisitMove) error {
	return d.moveVisit(ctx, "set_out", in.WorkOrder, in.Key, in, true, []workorder.Status{workorder.StatusAgendada}, func(ctx context.Context, c *ent.Client, row *ent.WorkOrder) error {
		if row.OnWayAt != nil {
			return tenants.Conflict("visit_on_way")
		}
		if err := c.WorkOrder.UpdateOneID(row.ID).SetOnWayAt(d.DB.Now()).Exec(ctx); err != nil {
			return err
		}
		isp, _ := tenants.From(ctx)
		text := fmt.Sprintf("O técnico da %s está a caminho para a sua visita (OS %d).", isp.Name, row.Number)
		if row.TechnicianID != nil {
			who, err := c.User.Get(ctx, *row.TechnicianID)
			if err != nil {
				return err
			}
			text += "\n\nQuem vai: " + who.Name + "."
		}
		how, err := messages.Tell(ctx, c, d.DB.Now(), messages.Message{Customer: row.CustomerID, Kind: messages.VisitComing, About: "work_order", AboutID: row.ID, Subject: "O técnico está a caminho", Text: text, Buttons: underVisit(row), Queue: outbox.Critical})
		if err != nil {
			return err
		}
		if err := d.noteVisit(ctx, c, row, "work_order_on_way", "", nil, nil); err != nil {
			return err
		}
		return c.WorkOrderEntry.Create().SetWorkOrderID(row.ID).SetEvent("work_order_told_" + string(how)).SetAt(d.DB.Now()).Exec(ctx)
	})
}

// tellBooked tells the customer of a visit, by the bot alone, when somebody comes.
func tellBooked(ctx context.Context, c *ent.Client, now time.Time, row *ent.WorkOrder) error {
	isp, _ := tenants.From(ctx)
	text := fmt.Sprintf("A visita da %s está marcada para %s (OS %d).\n\nAlguém maior de idade precisa estar em casa. Não pode nesse dia? Toque em Suporte.",
		isp.Name, row.StartsAt.In(isp.Zone).Format("02/01/2006, às 15:04"), row.Number)
	_, err := messages.Tell(ctx, c, now, messages.Message{Customer: row.CustomerID, Kind: messages.VisitBooked, About: "work_order", AboutID: row.ID, Text: text, Buttons: underVisit(row)})
	return err
}

// underVisit is what a customer may press who is told of a visit: the ticket it is for, or to speak of it.
func underVisit(row *ent.WorkOrder) [][]messages.Button {
	if row.TicketID == nil {
		return messages.Under(messages.Support)
	}
	return messages.Under(messages.Button{Label: "Acompanhar", Do: DoFollow, Thing: *row.TicketID}, messages.Support)
}

// tellCalledOff tells the customer that nobody comes at the hour agreed upon, by the bot or a letter.
func tellCalledOff(ctx context.Context, c *ent.Client, now time.Time, row *ent.WorkOrder) error {
	isp, _ := tenants.From(ctx)
	text := fmt.Sprintf("A visita da %s marcada para %s foi cancelada (OS %d): ninguém precisa esperar em casa.\n\nPrecisa de outra? Fale com a gente.",
		isp.Name, row.StartsAt.In(isp.Zone).Format("02/01/2006, às 15:04"), row.Number)
	_, err := messages.Tell(ctx, c, now, messages.Message{Customer: row.CustomerID, Kind: messages.VisitOff, About: "work_order", AboutID: row.ID, Subject: "Visita cancelada", Text: text,
		Buttons: underVisit(row)})
	return err
}

// Signing is the customer's signature of what was done: the name typed, and the hand drawn on the screen where there is one.
type Signing struct {
	WorkOrder uuid.UUID
	Name      string
	Drawn     []byte `json:"-"` // PNG; none: the name alone
	Key       string // of the form
}

// MostDrawn is the largest drawing, in bytes.
const MostDrawn = 200 << 10

// drawing is how a browser sends one.
const drawing = "data:image/png;base64,"

// ReadSigning reads the form of a signature.
func ReadSigning(t tenants.Typed, id uuid.UUID, wrong *tenants.Fields) Signing {
	in := Signing{WorkOrder: id, Name: t.RequiredPrinted(wrong, "assinante"), Key: t["chave"]}
	sent, is := strings.CutPrefix(t["desenho"], drawing)
	if t["desenho"] == "" {
		return in
	}
	content, err := base64.StdEncoding.DecodeString(sent)
	if !is || err != nil || len(content) > MostDrawn || typeOf(content) != "image/png" {
		wrong.Add("assinante", "signature_drawn")
	}
	in.Drawn = content
	return in
}

// Sign keeps the customer's signature. Signed again, the last name stands, and every drawing is kept. It returns Conflict for a visit nobody has been
// sent to or that was called off, NotFound, and Denied without Attend for one that is not one's own.
func (d Desk) Sign(ctx context.Context, in Signing) error {
	asked := struct{ Name, Drawn string }{in.Name, base64.StdEncoding.EncodeToString(in.Drawn)}
	return d.moveVisit(ctx, "sign_visit", in.WorkOrder, in.Key, asked, true, underway, func(ctx context.Context, c *ent.Client, row *ent.WorkOrder) error {
		if err := c.WorkOrder.UpdateOneID(row.ID).SetSignedBy(in.Name).Exec(ctx); err != nil {
			return err
		}
		if len(in.Drawn) > 0 {
			file, err := files.Put(ctx, c, d.DB.Now(), fmt.Sprintf("assinatura da OS %d.png", row.Number), "image/png", in.Drawn)
			if err != nil {
				return err
			}
			err = c.Attachment.Create().SetWorkOrderID(row.ID).SetFileID(file.ID).SetKind(attachment.KindSignature).SetUserID(tenants.Who(ctx).ID).SetAt(d.DB.Now()).Exec(ctx)
			if err != nil {
				return err
			}
		}
		return d.noteVisit(ctx, c, row, "work_order_signed", in.Name, nil, nil)
	})
}
