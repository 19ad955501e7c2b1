package support

import (
	"bytes"
	"context"
	"image"
	_ "image/jpeg" // a photo is one of these, and is looked at
	_ "image/png"
	"path"
	"slices"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/attachment"
	"enlace/ent/ticket"
	"enlace/tenants"
	"enlace/tenants/files"
	"enlace/tenants/staff"
)

// MostAttached is the largest file that is attached, in bytes.
const MostAttached = 5 << 20

// Attached is a file for a ticket or for a visit, one of both.
type Attached struct {
	Ticket, WorkOrder uuid.UUID
	Kind              attachment.Kind // of a visit: a photo, the customer's signature, or a document
	SignedBy          string          // whose signature it is
	Name              string
	Content           []byte `json:"-"`
	Key               string // of the form
}

// AttachedKinds are what a visit's file may be, in the order of the form.
var AttachedKinds = []attachment.Kind{attachment.KindPhoto, attachment.KindSignature, attachment.KindDocument}

// Attach keeps a file with a ticket or a visit. What it is is read from its content, whatever it is called: a picture (JPEG, PNG) that can be
// opened, or a PDF. It returns Invalid of arquivo for another one, for one whose name says otherwise, and for one too large, Conflict for a ticket
// that is a rascunho and a visit nobody has been sent to, NotFound, and Denied without Attend, but for those who make the visit.
func (d Desk) Attach(ctx context.Context, in Attached) error {
	contentType, err := in.check()
	if err != nil {
		return err
	}
	keep := func(ctx context.Context, c *ent.Client, set func(*ent.AttachmentCreate)) error {
		file, err := files.Put(ctx, c, d.DB.Now(), in.Name, contentType, in.Content)
		if err != nil {
			return err
		}
		create := c.Attachment.Create().SetFileID(file.ID).SetKind(in.Kind).SetUserID(tenants.Who(ctx).ID).SetAt(d.DB.Now())
		set(create)
		return create.Exec(ctx)
	}
	if in.Ticket != uuid.Nil {
		from := append([]ticket.Status{ticket.StatusFinalizado}, open...)
		return d.move(ctx, "attach_ticket", Move{Ticket: in.Ticket, Text: in.Name, Key: in.Key}, from, func(ctx context.Context, c *ent.Client, row *ent.Ticket) error {
			return keep(ctx, c, func(a *ent.AttachmentCreate) { a.SetTicketID(row.ID) })
		})
	}
	return d.moveVisit(ctx, "attach_visit", in.WorkOrder, in.Key, in, true, underway, func(ctx context.Context, c *ent.Client, row *ent.WorkOrder) error {
		if in.Kind == attachment.KindSignature {
			if err := c.WorkOrder.UpdateOneID(row.ID).SetSignedBy(in.SignedBy).Exec(ctx); err != nil {
				return err
			}
		}
		return keep(ctx, c, func(a *ent.AttachmentCreate) { a.SetWorkOrderID(row.ID) })
	})
}

// check says what the file is.
func (in *Attached) check() (contentType string, err error) {
	if in.Kind == "" {
		in.Kind = attachment.KindDocument
	}
	switch {
	case !slices.Contains(AttachedKinds, in.Kind):
		return "", tenants.Invalid("o_que", "choice")
	case in.Kind == attachment.KindSignature && in.SignedBy == "":
		return "", tenants.Invalid("assinado_por", "required")
	case len(in.Content) == 0:
		return "", tenants.Invalid("arquivo", "file_missing")
	case len(in.Content) > MostAttached:
		return "", tenants.Invalid("arquivo", "file_large")
	}
	contentType = typeOf(in.Content)
	if contentType == "" || in.Kind != attachment.KindDocument && contentType == files.PDF {
		return "", tenants.Invalid("arquivo", "file_kind")
	}
	in.Name = path.Base(strings.ReplaceAll(in.Name, `\`, "/"))
	if !slices.Contains(endings[contentType], strings.ToLower(path.Ext(in.Name))) {
		return "", tenants.Invalid("arquivo", "file_lies")
	}
	return contentType, nil
}

// endings are how a file of a type may be called.
var endings = map[string][]string{"image/jpeg": {".jpg", ".jpeg"}, "image/png": {".png"}, files.PDF: {".pdf"}, OGG: {".ogg", ".oga"}}

// mostPixels is the largest picture: what a phone makes, and nothing that takes a browser's memory.
const mostPixels = 100_000_000

// typeOf reads from a file's content what it is; "" for what is not taken.
func typeOf(content []byte) string {
	if bytes.HasPrefix(content, []byte("%PDF-")) && bytes.Contains(content[max(0, len(content)-1024):], []byte("%%EOF")) {
		return files.PDF
	}
	picture, format, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil || picture.Width*picture.Height > mostPixels || format != "jpeg" && format != "png" {
		return ""
	}
	return "image/" + format
}

// Attachment reads an attached file. It returns NotFound, and Denied without Attend, but for those who make its visit; what was sent with a contest is for
// who may answer that, with Receive.
func (d Desk) Attachment(ctx context.Context, id uuid.UUID) (file *ent.File, err error) {
	return file, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		row, err := c.Attachment.Get(ctx, id)
		if err != nil {
			return missing(err)
		}
		var makers []uuid.UUID
		need := staff.Attend
		if row.ContestID != nil {
			need = staff.Receive
		}
		if row.WorkOrderID != nil {
			visit, err := c.WorkOrder.Get(ctx, *row.WorkOrderID)
			if err != nil {
				return err
			}
			makers = makersOf(visit)
		}
		if err := staff.RequireOrOwn(ctx, c, need, makers...); err != nil {
			return err
		}
		file, err = files.Get(ctx, c, row.FileID)
		return err
	})
}
