package jobs

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/email"
	"enlace/tenants"
	"enlace/tenants/files"
	"enlace/tenants/mail"
	"enlace/tenants/tenanttest"
)

// sink is a mail server of the test's own: it answers every letter with the next of its answers, and takes the rest.
type sink struct {
	mu      sync.Mutex
	answers []error
	letters []string
}

func (s *sink) NewSession(*smtp.Conn) (smtp.Session, error) { return s, nil }
func (s *sink) Mail(string, *smtp.MailOptions) error        { return nil }
func (s *sink) Rcpt(string, *smtp.RcptOptions) error        { return nil }
func (s *sink) Reset()                                      {}
func (s *sink) Logout() error                               { return nil }
func (s *sink) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.answers) > 0 {
		answer := s.answers[0]
		if s.answers = s.answers[1:]; answer != nil {
			return answer
		}
	}
	s.letters = append(s.letters, string(text))
	return nil
}

func openSink(t *testing.T, answers ...error) (*sink, *SMTP) {
	t.Helper()
	s := &sink{answers: answers}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(s)
	server.Domain = "localhost"
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	door, err := NewSMTP("smtp://" + listener.Addr().String() + "?from=nao-responda@enlace.example")
	if err != nil {
		t.Fatal(err)
	}
	return s, door
}

// send keeps a message with a paper and returns it as it is after so many deliveries.
func send(t *testing.T, o *tenanttest.Office, door mail.Door, tries int) (row *ent.Email) {
	t.Helper()
	err := o.DB.Write(o.Ctx(), func(ctx context.Context, c *ent.Client) error {
		file, err := files.Put(ctx, c, o.DB.Now(), "Contrato 7.pdf", files.PDF, []byte("%PDF"))
		if err != nil {
			return err
		}
		row, err = mail.Send(ctx, c, o.DB.Now(), mail.Message{About: "contract", AboutID: uuid.New(), To: "maria@exemplo.com.br", ReplyTo: "contato@fibranorte.example",
			Subject: "Contrato 7\r\nBcc: todos@exemplo.com.br", Text: "Olá, Maria.", Files: []uuid.UUID{file.ID}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for range tries {
		_ = mail.Desk{DB: o.DB, Door: door}.Deliver(o.Ctx(), row.ID)
	}
	if fault := tenants.FaultOf(mail.Desk{DB: o.DB, Door: door}.Deliver(o.OtherCtx(), row.ID)); fault == nil || fault.Kind != tenants.KindNotFound {
		t.Errorf("a stranger's worker was answered %v", fault)
	}
	err = o.DB.Read(o.Ctx(), func(ctx context.Context, c *ent.Client) error {
		row, err = c.Email.Get(ctx, row.ID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return row
}

func TestALetterIsSentTriedAgainAndRefused(t *testing.T) {
	busy, never := &smtp.SMTPError{Code: 451, Message: "tente depois"}, &smtp.SMTPError{Code: 550, Message: "caixa inexistente"}
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s, door := openSink(t)
		if row := send(t, o, door, 3); row.Status != email.StatusSent || row.Tries != 1 || len(s.letters) != 1 {
			t.Fatalf("%v, %d letters", row, len(s.letters))
		}
		head, _, _ := strings.Cut(s.letters[0], "\r\n\r\n")
		for _, line := range []string{"From: \"Fibra Norte\" <nao-responda@enlace.example>", "Reply-To: <contato@fibranorte.example>", "To: <maria@exemplo.com.br>"} {
			if !strings.Contains(head, line) {
				t.Errorf("%q is not in %s", line, head)
			}
		}
		if strings.Contains(head, "\r\nBcc:") || !strings.Contains(s.letters[0], "Contrato 7.pdf") {
			t.Errorf("%s", s.letters[0])
		}
		_, door = openSink(t, busy)
		if row := send(t, o, door, 1); row.Status != email.StatusWaiting || row.Tries != 1 || !strings.Contains(row.Error, "tente depois") {
			t.Errorf("after 451 it is %v", row)
		}
		s, door = openSink(t, busy, busy)
		if row := send(t, o, door, 3); row.Status != email.StatusSent || row.Tries != 3 || len(s.letters) != 1 || row.Error != "" {
			t.Errorf("after 451 twice it is %v", row)
		}
		s, door = openSink(t, never)
		if row := send(t, o, door, 2); row.Status != email.StatusFailed || row.Tries != 1 || len(s.letters) != 0 || !strings.Contains(row.Error, "caixa inexistente") {
			t.Errorf("after 550 it is %v", row)
		}
		o.Pass(25 * time.Hour)
		if err := o.DB.Write(o.Ctx(), func(ctx context.Context, c *ent.Client) error {
			for _, to := range []string{"a@b.example\r\nBcc: c@d.example", "a@b.example, c@d.example", "Ana <a@b.example>", "ana", ""} {
				if _, err := mail.Send(ctx, c, o.DB.Now(), mail.Message{About: "contract", AboutID: uuid.New(), To: to}); tenants.FaultOf(err) == nil {
					return errors.New(to + " was taken")
				}
			}
			return nil
		}); err != nil {
			t.Error(err)
		}
	})
}

func TestWithoutAServerLettersAreKept(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		folder := MailFolder{Path: t.TempDir() + "/mail"}
		row := send(t, o, folder, 2)
		kept, err := os.ReadFile(folder.Path + "/" + row.ID.String() + ".eml")
		if err != nil || row.Status != email.StatusSent || !strings.Contains(string(kept), "maria@exemplo.com.br") {
			t.Errorf("%v, %v", row, err)
		}
	})
}

func TestAnAddressOfAServerIsReadOrRefused(t *testing.T) {
	for address, good := range map[string]bool{"smtp://ana%40x.example:s@mail.example": true, "smtps://mail.example?from=a@b.example": true, "smtp://mail.example": false, "http://x": false, "x": false} {
		if _, err := NewSMTP(address); (err == nil) != good {
			t.Errorf("%s: %v", address, err)
		}
	}
}
