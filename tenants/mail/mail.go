// Package mail writes to people outside. A message is kept with what makes it necessary, in one transaction; a worker hands it to a door and
// keeps how that went, for the staff to see.
package mail

import (
	"context"
	"errors"
	"net/mail"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/email"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/outbox"
)

// Letter is a message with its papers, as a door takes it.
type Letter struct {
	ID       uuid.UUID // the same at every try, so that a mailbox can tell that it has it
	From     string    // the ISP's name; the address is the door's own
	ReplyTo  string    // "" for none
	To       string
	Subject  string
	Text     string
	At       time.Time
	Attached []Paper
}

// Paper is a file that goes with a letter.
type Paper struct {
	Name, ContentType string
	Content           []byte
}

// Door takes letters out of the house. An error that is Refused is final; after any other the letter is tried again.
type Door interface {
	Send(ctx context.Context, l Letter) error
}

// Refused means that the other side will not take the letter, however often it is tried.
type Refused struct{ Why string }

func (r *Refused) Error() string { return r.Why }

// ErrNoDoor means that nothing was wired to send letters with.
var ErrNoDoor = errors.New("mail: no door")

// Message is what somebody outside is to be told.
type Message struct {
	Customer uuid.UUID // whose history shows it; none for a report
	About    string    // kind of the thing it is about, as in history
	AboutID  uuid.UUID
	To       string
	ReplyTo  string
	Subject  string
	Text     string
	Files    []uuid.UUID // attached, by their ids in room files
}

// Deliver is the kind of outbox row by which a worker sends a message.
const Deliver = "mail.deliver"

// Send keeps a message in the caller's transaction and has it sent once that is kept. It returns Invalid email for an address that is none.
func Send(ctx context.Context, c *ent.Client, now time.Time, m Message) (*ent.Email, error) {
	if !Address(m.To) {
		return nil, tenants.Invalid("email", "email")
	}
	if !Address(m.ReplyTo) {
		m.ReplyTo = ""
	}
	row, err := c.Email.Create().SetNillableCustomerID(some(m.Customer)).SetAbout(m.About).SetAboutID(m.AboutID).SetTo(m.To).SetReplyTo(m.ReplyTo).
		SetSubject(oneLine(m.Subject)).SetText(m.Text).SetFiles(append([]uuid.UUID{}, m.Files...)).SetCreatedAt(now).Save(ctx)
	if err != nil {
		return nil, err
	}
	err = history.Write(ctx, c, now, history.Entry{Customer: m.Customer, Subject: m.About, ID: m.AboutID, Event: "email_asked",
		After: map[string]any{"to": row.To, "subject": row.Subject}})
	if err != nil {
		return nil, err
	}
	return row, outbox.Add(ctx, c, now, outbox.Job{Kind: Deliver, Payload: map[string]string{"email": row.ID.String()}})
}

// Address says whether a text is one e-mail address and nothing else: no name, no second one, no line of a header, no letter that some mail
// server does not take.
func Address(s string) bool {
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) || r >= utf8.RuneSelf }) || len(s) > 254 {
		return false
	}
	parsed, err := mail.ParseAddress(s)
	return err == nil && parsed.Name == "" && parsed.Address == s && strings.Contains(s[strings.LastIndexByte(s, '@')+1:], ".")
}

// oneLine is a text as a header takes it.
func oneLine(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)), " ")
}

func some(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}

// mostListed is how many messages about a thing are listed.
const mostListed = 20

// Of lists the messages about a thing, the newest first.
func Of(ctx context.Context, c *ent.Client, about uuid.UUID) ([]*ent.Email, error) {
	return c.Email.Query().Where(email.AboutID(about)).Order(ent.Desc(email.FieldCreatedAt, email.FieldID)).Limit(mostListed).All(ctx)
}
