package network_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/md5"
	"errors"
	"log/slog"
	"net"
	"net/netip"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"layeh.com/radius"
	"layeh.com/radius/rfc2865"

	"enlace/ent/nas"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/network"
	"enlace/tenants/tenanttest"
)

const messageAuthenticator = 80

// pap is the datagram of an Access-Request, signed if asked; the test's own hand, apart from the server's.
func pap(t testing.TB, login, password string, sign bool, more ...*radius.AVP) []byte {
	t.Helper()
	p := radius.New(radius.CodeAccessRequest, []byte(secret))
	if err := errors.Join(rfc2865.UserName_SetString(p, login), rfc2865.UserPassword_SetString(p, password)); err != nil {
		t.Fatal(err)
	}
	p.Attributes = append(p.Attributes, more...)
	if sign {
		p.Add(messageAuthenticator, make([]byte, md5.Size))
		wire, err := p.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		p.Set(messageAuthenticator, mac(wire))
	}
	wire, err := p.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return wire
}

func mac(wire []byte) []byte {
	sum := hmac.New(md5.New, []byte(secret))
	sum.Write(wire)
	return sum.Sum(nil)
}

// checkAnswer demands what every NAS may: an authentic answer whose Message-Authenticator is right and stands first.
func checkAnswer(t testing.TB, reply, request []byte) {
	t.Helper()
	if !radius.IsAuthenticResponse(reply, request, []byte(secret)) {
		t.Fatalf("the answer %x is not authentic", reply)
	}
	if reply[20] != messageAuthenticator || reply[21] != 2+md5.Size {
		t.Fatalf("the answer begins with attribute %d", reply[20])
	}
	blank := slices.Concat(reply[:4], request[4:20], reply[20:22], make([]byte, md5.Size), reply[22+md5.Size:])
	if !bytes.Equal(mac(blank), reply[22:22+md5.Size]) {
		t.Fatal("the answer's Message-Authenticator is wrong")
	}
}

// staged is a server with one NAS at home and Maria.
func staged(t testing.TB, o *tenanttest.Office, authenticator nas.Authenticator) *stage {
	t.Helper()
	s := set(t, o)
	s.addNAS(t, o.Ctx(), here, secret, authenticator)
	s.sell(t, o.Ctx(), subscription.StatusHabilitado, "maria@fibranorte", "maria-demo")
	return s.opens(t)
}

func (s *stage) dial(t testing.TB) net.Conn { return s.dialTo(t, s.server.Addr().String()) }

func (s *stage) dialTo(t testing.TB, address string) net.Conn {
	t.Helper()
	conn, err := net.Dial("udp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

func read(t testing.TB, conn net.Conn) []byte {
	t.Helper()
	if err := conn.SetReadDeadline(time.Now().Add(5 * time.Second)); err != nil {
		t.Fatal(err)
	}
	reply := make([]byte, radius.MaxPacketLength)
	n, err := conn.Read(reply)
	if err != nil {
		t.Fatalf("no answer: %v", err)
	}
	return reply[:n]
}

// send sends requests from one port, each when the one before it is answered.
func (s *stage) send(t testing.TB, wires ...[]byte) (replies [][]byte) {
	t.Helper()
	conn := s.dial(t)
	for _, wire := range wires {
		if _, err := conn.Write(wire); err != nil {
			t.Fatal(err)
		}
		replies = append(replies, read(t, conn))
	}
	return replies
}

func TestARequestThatComesAgainGetsTheSameAnswerAndNoSecondRow(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s := staged(t, o, nas.AuthenticatorAuto)
		right, wrong := pap(t, "maria@fibranorte", "maria-demo", true), pap(t, "maria@fibranorte", "errada", true)
		copy(wrong[1:20], right[1:20]) // the same identifier and authenticator, but another request
		replies := s.send(t, right, right, right)
		checkAnswer(t, replies[0], right)
		if !bytes.Equal(replies[0], replies[1]) || !bytes.Equal(replies[0], replies[2]) {
			t.Error("the answers differ")
		}
		if _, end := s.server.Access(context.Background(), wrong, netip.MustParseAddr(here)); end != network.WrongAuthenticator {
			t.Errorf("a request that was changed on its way ended %s", end)
		}
		s.closes(t)
		if n := len(s.attempts(t, o.Ctx())); n != 1 {
			t.Errorf("%d rows", n)
		}
		if counts := s.server.Counts(); counts[network.Accepted] != 1 || counts[network.Repeated] != 2 {
			t.Errorf("counted %v", counts)
		}
	})
}

func TestAMessageAuthenticatorThatIsThereMustBeRight(t *testing.T) {
	s := staged(t, tenanttest.SQLite(t), nas.AuthenticatorNao)
	filler := &radius.AVP{Type: rfc2865.Class_Type, Attribute: make([]byte, 253)}
	full := slices.Repeat([]*radius.AVP{filler}, 15) // with a whole authenticator the packet would be too long to sign
	for name, more := range map[string][]*radius.AVP{
		"empty":              {{Type: messageAuthenticator}},
		"short":              {{Type: messageAuthenticator, Attribute: make([]byte, 15)}},
		"zero":               {{Type: messageAuthenticator, Attribute: make([]byte, 16)}},
		"two":                {{Type: messageAuthenticator, Attribute: make([]byte, 16)}, {Type: messageAuthenticator, Attribute: make([]byte, 16)}},
		"empty, packet full": append(full, &radius.AVP{Type: rfc2865.Class_Type, Attribute: make([]byte, 190)}, &radius.AVP{Type: messageAuthenticator}),
	} {
		wire := pap(t, "maria@fibranorte", "maria-demo", false, more...)
		if reply, end := s.server.Access(context.Background(), wire, netip.MustParseAddr(here)); end != network.WrongAuthenticator || reply != nil {
			t.Errorf("%s, %d bytes: %s", name, len(wire), end)
		}
	}
}

func TestASignedRequestThatWasChangedIsMetWithSilence(t *testing.T) {
	s := staged(t, tenanttest.SQLite(t), nas.AuthenticatorSim)
	wire := pap(t, "maria@fibranorte", "maria-demo", true)
	for i := range wire {
		changed := slices.Clone(wire)
		changed[i] ^= 1
		if _, end := s.server.Access(context.Background(), changed, netip.MustParseAddr(here)); end != network.WrongAuthenticator && end != network.Malformed {
			t.Errorf("with byte %d changed: %s", i, end)
		}
	}
}

func TestALoginOfAnyBytesIsAnsweredAndKept(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s := staged(t, o, nas.AuthenticatorAuto)
		for _, login := range []string{"\xff\xfe", "maria\x00", "'; DROP TABLE nas; --", strings.Repeat("a", 253)} {
			wire := pap(t, login, "x", true)
			replies := s.send(t, wire)
			checkAnswer(t, replies[0], wire)
		}
		s.closes(t)
		var kept []string // in whatever order: they are of one instant
		for _, row := range s.attempts(t, o.Ctx()) {
			kept = append(kept, row.Login)
		}
		slices.Sort(kept)
		if want := []string{"'; DROP TABLE nas; --", strings.Repeat("a", 253), "maria\uFFFD", "\uFFFD"}; !slices.Equal(kept, want) {
			t.Errorf("kept %q", kept)
		}
	})
}

func TestTheServerOutlivesPanicsAndADeadDatabase(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s := staged(t, o, nas.AuthenticatorNao)
		request := func() []byte { return pap(t, "maria@fibranorte", "maria-demo", true) }
		conn := s.dial(t)
		var asked atomic.Int64
		for _, fail := range []tenants.Probe{
			func(context.Context, string) error { asked.Add(1); panic("broken") },
			func(context.Context, string) error { asked.Add(1); return errors.New("broken") },
		} {
			before := s.server.Counts()[network.Failed]
			o.Probe(fail)
			for range 40 { // more than there are workers
				if _, err := conn.Write(request()); err != nil {
					t.Fatal(err)
				}
			}
			deadline := time.Now().Add(10 * time.Second)
			for s.server.Counts()[network.Failed] < before+40 && time.Now().Before(deadline) {
				time.Sleep(5 * time.Millisecond)
			}
			if n := s.server.Counts()[network.Failed] - before; n != 40 {
				t.Fatalf("%d of 40 requests failed, %d statements were asked for", n, asked.Load())
			}
			o.Probe(nil)
		}
		wire := request()
		checkAnswer(t, s.send(t, wire)[0], wire)
	})
}

func TestStopAnswersWhatWasRead(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s := staged(t, o, nas.AuthenticatorSim)
		if _, err := network.Listen(context.Background(), s.desk, network.Addresses{Auth: s.server.Addr().String(), Acct: "127.0.0.1:0"}, slog.Default()); err == nil {
			t.Error("two servers listen on one address")
		}
		reached, resume := make(chan struct{}, 10), make(chan struct{})
		o.Probe(func(context.Context, string) error { reached <- struct{}{}; <-resume; return nil })
		wire, conn := pap(t, "maria@fibranorte", "maria-demo", true), s.dial(t)
		if _, err := conn.Write(wire); err != nil {
			t.Fatal(err)
		}
		<-reached
		stopped := make(chan error)
		go func() { stopped <- s.server.Stop(context.Background()) }()
		select {
		case err := <-stopped:
			t.Fatalf("it stopped with a request in work, %v", err)
		case <-time.After(50 * time.Millisecond):
		}
		o.Probe(nil)
		close(resume)
		checkAnswer(t, read(t, conn), wire)
		if err := <-stopped; err != nil {
			t.Error(err)
		}
		if n := len(s.attempts(t, o.Ctx())); n != 1 {
			t.Errorf("%d rows", n)
		}
	})
}

func TestNoSecretAndNoPasswordIsEverLogged(t *testing.T) {
	o := tenanttest.SQLite(t)
	s := set(t, o)
	s.addNAS(t, o.Ctx(), here, secret, nas.AuthenticatorAuto)
	s.addNAS(t, o.OtherCtx(), here, otherSecret, nas.AuthenticatorAuto)
	s.sell(t, o.Ctx(), subscription.StatusHabilitado, "maria@fibranorte", "maria-demo")
	elsewhere := network.Desk{DB: o.DB}
	var err error
	if elsewhere.Vault, err = tenants.NewVault(bytes.Repeat([]byte{2}, tenants.VaultKeyBytes)); err != nil {
		t.Fatal(err)
	}
	desk := s.desk
	s.desk = elsewhere // sealed by a key this server does not have: the NAS is left out
	s.addNAS(t, o.Ctx(), "127.0.0.7", "seventh-secret", nas.AuthenticatorAuto)
	s.sell(t, o.Ctx(), subscription.StatusHabilitado, "ana@fibranorte", "ana-demo")
	s.desk = desk
	s.opens(t)
	home := netip.MustParseAddr(here)
	access := func(login, password string) {
		s.server.Access(context.Background(), pap(t, login, password, false), home)
		s.server.Access(context.Background(), pap(t, login, password, true), home)
	}
	access("maria@fibranorte", "maria-demo")
	access("maria@fibranorte", "typed-wrong")
	access("ana@fibranorte", "ana-demo")
	s.gets(t, secret, as("maria@fibranorte", "maria-demo", signed), accept)
	o.Probe(func(context.Context, string) error { panic("broken") })
	s.gets(t, secret, as("maria@fibranorte", "maria-demo", signed), silence)
	o.Probe(func(context.Context, string) error { return errors.New("broken") })
	s.gets(t, secret, as("maria@fibranorte", "maria-demo", signed), silence)
	o.Probe(nil)
	s.closes(t)
	log := s.written.String()
	if !strings.Contains(log, "left out") || !strings.Contains(log, "could not be answered") || !strings.Contains(log, "panic while") {
		t.Errorf("the log is too short to prove anything:\n%s", log)
	}
	for _, word := range []string{secret, otherSecret, "seventh-secret", "maria-demo", "typed-wrong", "ana-demo"} {
		if strings.Contains(log, word) {
			t.Errorf("the log shows %s:\n%s", word, log)
		}
	}
}
