package jobs

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"time"

	gomail "github.com/wneessen/go-mail"

	"enlace/tenants/mail"
)

// SMTP sends letters through a mail server.
type SMTP struct {
	from    string // the address that letters come from
	host    string
	options []gomail.Option
}

// sending is how long one letter may take: less than the lease of its row.
const sending = 45 * time.Second

// NewSMTP reads the address of a mail server, smtp://USER:PASSWORD@HOST:PORT?from=ADDRESS, or smtps:// for one that speaks TLS from the first
// byte. A password goes only over TLS, unless the server is this machine. Without from, letters come from the user when it is an address.
func NewSMTP(address string) (*SMTP, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "smtp" && u.Scheme != "smtps" || u.Hostname() == "" {
		return nil, errors.New("não é um endereço de servidor de e-mail: use smtp://USUARIO:SENHA@SERVIDOR:PORTA?from=ENDERECO")
	}
	s := &SMTP{host: u.Hostname(), options: []gomail.Option{gomail.WithTimeout(sending / 3)}}
	user, password := "", ""
	if u.User != nil {
		user = u.User.Username()
		password, _ = u.User.Password()
	}
	for _, candidate := range []string{u.Query().Get("from"), user} {
		if s.from == "" && mail.Address(candidate) {
			s.from = candidate
		}
	}
	if s.from == "" {
		return nil, errors.New("não diz de que endereço as mensagens saem: acrescente ?from=ENDERECO")
	}
	here := u.Hostname() == "localhost"
	if ip := net.ParseIP(u.Hostname()); ip != nil {
		here = ip.IsLoopback()
	}
	switch {
	case u.Scheme == "smtps":
		s.options = append(s.options, gomail.WithSSL(), gomail.WithPort(465))
	case user != "" && !here:
		s.options = append(s.options, gomail.WithTLSPolicy(gomail.TLSMandatory), gomail.WithPort(587))
	default:
		s.options = append(s.options, gomail.WithTLSPolicy(gomail.TLSOpportunistic), gomail.WithPort(25))
	}
	if u.Port() != "" {
		port, err := strconv.Atoi(u.Port())
		if err != nil {
			return nil, err
		}
		s.options = append(s.options, gomail.WithPort(port))
	}
	if user != "" {
		s.options = append(s.options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(user), gomail.WithPassword(password))
	}
	return s, nil
}

// Send hands a letter to the server. What the server will not take, however often it is asked, is a *mail.Refused.
func (s *SMTP) Send(ctx context.Context, l mail.Letter) error {
	ctx, cancel := context.WithTimeout(ctx, sending)
	defer cancel()
	m, err := message(l, s.from)
	if err != nil {
		return &mail.Refused{Why: err.Error()}
	}
	client, err := gomail.NewClient(s.host, s.options...)
	if err != nil {
		return err
	}
	err = client.DialAndSendWithContext(ctx, m)
	var failed *gomail.SendError
	if errors.As(err, &failed) && failed.ErrorCode() >= 500 && failed.ErrorCode() < 600 {
		return &mail.Refused{Why: err.Error()}
	}
	return err
}

// message is a letter as it travels. Its id is that of its row: sent twice, it is one message twice.
func message(l mail.Letter, from string) (*gomail.Msg, error) {
	m := gomail.NewMsg()
	if err := m.FromFormat(l.From, from); err != nil {
		return nil, err
	}
	if err := m.To(l.To); err != nil {
		return nil, err
	}
	if l.ReplyTo != "" {
		if err := m.ReplyTo(l.ReplyTo); err != nil {
			return nil, err
		}
	}
	m.Subject(l.Subject)
	m.SetDateWithValue(l.At)
	m.SetMessageIDWithValue(l.ID.String() + "@enlace")
	m.SetBodyString(gomail.TypeTextPlain, l.Text)
	for _, paper := range l.Attached {
		if err := m.AttachReader(paper.Name, bytes.NewReader(paper.Content), gomail.WithFileContentType(gomail.ContentType(paper.ContentType))); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// MailFolder keeps letters as files, for an installation without a mail server.
type MailFolder struct{ Path string }

// Send writes a letter into the folder, once: sent again it is written over.
func (f MailFolder) Send(_ context.Context, l mail.Letter) error {
	m, err := message(l, "enlace@localhost.localdomain")
	if err != nil {
		return &mail.Refused{Why: err.Error()}
	}
	var b bytes.Buffer
	if _, err := m.WriteTo(&b); err != nil {
		return err
	}
	if err := os.MkdirAll(f.Path, 0o700); err != nil {
		return fmt.Errorf("mail folder: %w", err)
	}
	name := filepath.Join(f.Path, l.ID.String()+".eml")
	if err := os.WriteFile(name+".part", b.Bytes(), 0o600); err != nil {
		return err
	}
	return os.Rename(name+".part", name)
}
