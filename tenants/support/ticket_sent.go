package support

import (
	"bytes"
	"context"
	"path"
	"slices"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/attachment"
	"enlace/tenants"
	"enlace/tenants/files"
	"enlace/tenants/history"
)

// MostSent is the largest file that a subscriber may send, in bytes: what the Bot API hands over.
const MostSent = 20 << 20

// OGG is the content type of what is spoken into a telephone.
const OGG = "audio/ogg"

// Sent is a file of a subscriber's for a ticket or for a contest of theirs, one of both.
type Sent struct {
	Ticket  uuid.UUID
	Contest uuid.UUID
	Name    string // as it was called; "" for none
	Content []byte `json:"-"`
	Key     string // of the message it came in
}

// Receive keeps a file that a subscriber sent into a ticket of theirs, and says so in its thread. What it is is read from its content, whatever it
// is called: a picture (JPEG, PNG), something spoken (Ogg) or a PDF. A ticket that is over is taken up again by it, as by Reply. The same message
// received twice is kept once. It returns Invalid of arquivo for another kind and for one too large, Conflict ticket_old, and NotFound for a
// ticket that is not the subscriber's.
func (d Desk) Receive(ctx context.Context, in Sent) (row *ent.Ticket, err error) {
	contentType, err := in.check()
	if err != nil {
		return nil, err
	}
	_, err = d.DB.Once(ctx, "receive_file", in.Key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		if row, err = d.takeUp(ctx, c, in.Ticket); err != nil {
			return "", err
		}
		now := d.DB.Now()
		file, err := files.Put(ctx, c, now, in.Name, contentType, in.Content)
		if err != nil {
			return "", err
		}
		if err := c.Attachment.Create().SetTicketID(row.ID).SetFileID(file.ID).SetKind(sentAs(contentType)).SetAt(now).Exec(ctx); err != nil {
			return "", err
		}
		if err := c.TicketEntry.Create().SetTicketID(row.ID).SetBody(in.Name).SetShared(true).SetAt(now).Exec(ctx); err != nil {
			return "", err
		}
		return row.ID.String(), history.Write(ctx, c, now, history.Entry{Customer: row.CustomerID, Subject: "ticket", ID: row.ID, Event: "ticket_replied",
			After: map[string]any{"protocol": row.Protocol, "name": in.Name}})
	})
	if err != nil || row != nil {
		return row, err
	}
	f, err := d.Follow(ctx, in.Ticket) // it was received before
	if err != nil {
		return nil, err
	}
	return f.Ticket, nil
}

// sentAs is what a file that a subscriber sent is kept as.
func sentAs(contentType string) attachment.Kind {
	if strings.HasPrefix(contentType, "image/") {
		return attachment.KindPhoto
	}
	return attachment.KindDocument
}

// check says what the file is, and calls it so that whoever keeps it can open it.
func (in *Sent) check() (contentType string, err error) {
	switch {
	case len(in.Content) == 0:
		return "", tenants.Invalid("arquivo", "file_missing")
	case len(in.Content) > MostSent:
		return "", tenants.Invalid("arquivo", "file_large")
	}
	if contentType = typeOf(in.Content); contentType == "" && spokenIn(in.Content) {
		contentType = OGG
	}
	if contentType == "" {
		return "", tenants.Invalid("arquivo", "file_kind")
	}
	in.Name = nameOf(in.Name, contentType)
	return contentType, nil
}

// spokenIn says whether a file holds speech as Telegram records it: Opus in Ogg.
func spokenIn(content []byte) bool {
	return bytes.HasPrefix(content, []byte("OggS")) && bytes.Contains(content[:min(len(content), 64)], []byte("OpusHead"))
}

// longestName is the most letters that the name of a file keeps.
const longestName = 80

// nameOf is what a file of a type is called: as the subscriber called it, with the ending of what it is.
func nameOf(said, contentType string) string {
	said = path.Base(strings.ReplaceAll(said, `\`, "/"))
	ending := strings.ToLower(path.Ext(said))
	if !slices.Contains(endings[contentType], ending) {
		ending = endings[contentType][0]
	}
	name := []rune(strings.TrimSpace(strings.ToValidUTF8(strings.TrimSuffix(said, path.Ext(said)), "")))
	if len(name) == 0 || name[0] == '.' {
		name = []rune(map[string]string{OGG: "Áudio", files.PDF: "Documento"}[contentType])
	}
	if len(name) == 0 {
		name = []rune("Foto")
	}
	return string(name[:min(len(name), longestName)]) + ending
}
