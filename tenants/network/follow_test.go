package network_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"layeh.com/radius"
	"layeh.com/radius/rfc2865"
	"layeh.com/radius/rfc2866"
	"layeh.com/radius/rfc3576"

	"enlace/ent"
	"enlace/ent/nas"
	"enlace/ent/subscription"
	"enlace/tenants/network"
	"enlace/tenants/status"
	"enlace/tenants/tenanttest"
)

// box is a NAS that hears CoA-Request and Disconnect-Request; its sessions are by name, with the speed they have.
type box struct {
	conn net.PacketConn
	mu   sync.Mutex
	has  map[string]string // session to Mikrotik-Rate-Limit
	told []string          // "CoA 1 1000k/2000k", in order; a packet that comes again is told once
	deaf bool
	rude radius.Code // answers every CoA with it
	done map[string][]byte
}

func newBox(t testing.TB) *box {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b := &box{conn: conn, has: map[string]string{}, done: map[string][]byte{}}
	t.Cleanup(func() { conn.Close() })
	go b.listen()
	return b
}

func (b *box) port() int { return b.conn.LocalAddr().(*net.UDPAddr).Port }

func (b *box) listen() {
	buffer := make([]byte, radius.MaxPacketLength)
	for {
		n, from, err := b.conn.ReadFrom(buffer)
		if err != nil {
			return
		}
		if reply := b.hear(slices.Clone(buffer[:n])); reply != nil {
			_, _ = b.conn.WriteTo(reply, from)
		}
	}
}

func (b *box) hear(wire []byte) []byte {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.deaf || !radius.IsAuthenticRequest(wire, []byte(secret)) {
		return nil
	}
	if reply, again := b.done[string(wire)]; again {
		return reply
	}
	p, err := radius.Parse(wire, []byte(secret))
	if err != nil {
		return nil
	}
	session, rate := rfc2866.AcctSessionID_GetString(p), ""
	for _, a := range p.Attributes {
		if id, value, err := radius.VendorSpecific(a.Attribute); a.Type == 26 && err == nil && id == 14988 && value[0] == 8 {
			rate = string(value[2:])
		}
	}
	code := map[radius.Code]radius.Code{radius.CodeCoARequest: radius.CodeCoAACK, radius.CodeDisconnectRequest: radius.CodeDisconnectACK}[p.Code]
	_, there := b.has[session]
	answer := p.Response(code)
	switch {
	case !there:
		answer.Code++ // the NAK stands behind the ACK
		_ = rfc3576.ErrorCause_Set(answer, rfc3576.ErrorCause_Value_SessionContextNotFound)
	case p.Code == radius.CodeCoARequest && b.rude != 0:
		answer.Code = b.rude
	case p.Code == radius.CodeCoARequest:
		b.has[session] = rate
	default:
		delete(b.has, session)
	}
	b.told = append(b.told, strings.TrimSpace(fmt.Sprintf("%s %s %s", strings.TrimSuffix(p.Code.String(), "-Request"), session, rate)))
	reply, _ := answer.Encode()
	b.done[string(wire)] = reply
	return reply
}

func (b *box) heard() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.told)
}

// mend changes the box while it listens.
func (b *box) mend(change func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	change()
}

// lossy stands before an address and loses a share of what passes, each way; it returns its port.
func lossy(t testing.TB, to string, share float64) int {
	t.Helper()
	front, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { front.Close() })
	go func() {
		back := map[string]net.Conn{}
		buffer := make([]byte, radius.MaxPacketLength)
		for {
			n, from, err := front.ReadFrom(buffer)
			if err != nil {
				for _, conn := range back {
					conn.Close()
				}
				return
			}
			conn := back[from.String()]
			if conn == nil {
				if conn, err = net.Dial("udp", to); err != nil {
					return
				}
				back[from.String()] = conn
				go func() {
					reply := make([]byte, radius.MaxPacketLength)
					for {
						n, err := conn.Read(reply)
						if err != nil {
							return
						}
						if rand.Float64() >= share {
							_, _ = front.WriteTo(reply[:n], from)
						}
					}
				}()
			}
			if rand.Float64() >= share {
				_, _ = conn.Write(buffer[:n])
			}
		}
	}()
	return front.LocalAddr().(*net.UDPAddr).Port
}

// online is Maria with an open session "1" at a NAS that hears.
func online(t testing.TB, o *tenanttest.Office, state subscription.Status) (*stage, *box, *network.Caller, uuid.UUID) {
	t.Helper()
	s := set(t, o)
	s.addNAS(t, o.Ctx(), here, secret, nas.AuthenticatorNao)
	b := newBox(t)
	s.equip(t, func(u *ent.NasUpdate) { u.SetCoaPort(b.port()) })
	maria := s.sell(t, o.Ctx(), state, "maria@fibranorte", "maria-demo")
	s.opens(t)
	s.report(t, acct(t, start, "maria@fibranorte", "1", -1, 0, 0))
	b.mend(func() { b.has["1"] = "?" })
	return s, b, &network.Caller{Desk: s.desk}, maria
}

func (s *stage) equip(t testing.TB, change func(*ent.NasUpdate)) {
	t.Helper()
	s.change(t, s.Ctx(), func(ctx context.Context, c *ent.Client) error {
		u := c.Nas.Update()
		change(u)
		return u.Exec(ctx)
	})
}

func (s *stage) moves(t testing.TB, id uuid.UUID, to subscription.Status) {
	t.Helper()
	s.change(t, s.Ctx(), func(ctx context.Context, c *ent.Client) error {
		return c.Subscription.UpdateOneID(id).SetStatus(to).Exec(ctx)
	})
}

func follow(t testing.TB, k *network.Caller, ctx context.Context, id uuid.UUID) {
	t.Helper()
	if err := k.Follow(ctx, id); err != nil {
		t.Fatal(err)
	}
}

func TestTheEquipmentFollowsTheSubscription(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s, b, k, maria := online(t, o, subscription.StatusHabilitado)
		expect := func(want ...string) {
			t.Helper()
			if got := b.heard(); !slices.Equal(got, want) {
				t.Errorf("the NAS was told %q, want %q", got, want)
			}
		}
		follow(t, k, o.Ctx(), maria) // what it has is not known
		follow(t, k, o.Ctx(), maria)
		expect("CoA 1 1000k/500000k")
		s.moves(t, maria, subscription.StatusSuspensoParcial)
		follow(t, k, o.OtherCtx(), maria)
		expect("CoA 1 1000k/500000k")
		follow(t, k, o.Ctx(), maria)
		follow(t, k, o.Ctx(), maria)
		expect("CoA 1 1000k/500000k", "CoA 1 256k/50000k")
		s.change(t, o.Ctx(), func(ctx context.Context, c *ent.Client) error { return c.Plan.Update().SetPool("premium").Exec(ctx) })
		s.moves(t, maria, subscription.StatusHabilitado)
		follow(t, k, o.Ctx(), maria) // another pool is another address: it has to come back
		follow(t, k, o.Ctx(), maria)
		expect("CoA 1 1000k/500000k", "CoA 1 256k/50000k", "Disconnect 1")
		if c := s.sessions(t, o.Ctx())[0]; c.EndedAt != nil {
			t.Error("its end was guessed though its report is on its way")
		}
		s.report(t, acct(t, stop, "maria@fibranorte", "1", 60, 1, 1))
		if c := s.sessions(t, o.Ctx())[0]; c.EndedAt == nil || c.Cause == network.Lost {
			t.Errorf("kept as %v", c)
		}
	})
}

func TestASuspendedServiceIsPutOffAndWhatIsNotThereIsOver(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s, b, k, maria := online(t, o, subscription.StatusHabilitado)
		s.report(t, acct(t, start, "maria@fibranorte", "of yesterday", -1, 0, 0))
		s.moves(t, maria, subscription.StatusSuspensoDebito)
		follow(t, k, o.Ctx(), maria)
		told := b.heard()
		slices.Sort(told)
		if !slices.Equal(told, []string{"Disconnect 1", "Disconnect of yesterday"}) {
			t.Errorf("the NAS was told %q", told)
		}
		for _, c := range s.sessions(t, o.Ctx()) {
			if (c.EndedAt != nil) != (c.AcctSessionID == "of yesterday") {
				t.Errorf("kept as %v", c)
			}
		}
	})
}

func TestANASThatCannotChangeASessionEndsIt(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		_, b, k, maria := online(t, o, subscription.StatusHabilitado)
		b.mend(func() { b.rude = radius.CodeCoANAK })
		follow(t, k, o.Ctx(), maria)
		if told := b.heard(); !slices.Equal(told, []string{"CoA 1 1000k/500000k", "Disconnect 1"}) {
			t.Errorf("the NAS was told %q", told)
		}
	})
}

func TestALoginThatWasGivenUpHasNoSession(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s, b, k, maria := online(t, o, subscription.StatusHabilitado)
		s.change(t, o.Ctx(), func(ctx context.Context, c *ent.Client) error {
			return s.desk.SetLogin(ctx, c, maria, "maria2@fibranorte", "outra-senha")
		})
		if n := s.follows(t, o.Ctx(), maria); n == 0 {
			t.Error("nobody looks")
		}
		follow(t, k, o.Ctx(), maria)
		if told := b.heard(); !slices.Equal(told, []string{"Disconnect 1"}) {
			t.Errorf("the NAS was told %q", told)
		}
	})
}

// A NAS whose sessions do not say what they were given gives the suspended another pool, and those who have paid their own again.
func TestWhoIsInTheWalledPoolComesOutOfIt(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s, b, k, maria := online(t, o, subscription.StatusHabilitado)
		s.equip(t, func(u *ent.NasUpdate) { u.SetWalledPool("aviso") })
		s.moves(t, maria, subscription.StatusSuspensoDebito)
		follow(t, k, o.Ctx(), maria)
		s.report(t, acct(t, stop, "maria@fibranorte", "1", 60, 1, 1), acct(t, start, "maria@fibranorte", "2", -1, 0, 0))
		b.mend(func() { b.has["2"] = "?" })
		s.moves(t, maria, subscription.StatusHabilitado)
		follow(t, k, o.Ctx(), maria)
		if told := b.heard(); !slices.Equal(told, []string{"Disconnect 1", "Disconnect 2"}) {
			t.Errorf("the NAS was told %q", told)
		}
	})
}

// After an hour without reports, everybody's sessions go on as they were: nobody is put off for it, and what has changed meanwhile is told.
func TestASessionThatIsHeardAgainIsLeftAloneUnlessSomethingHasChanged(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s, b, k, maria := online(t, o, subscription.StatusHabilitado)
		s.equip(t, func(u *ent.NasUpdate) { u.SetWalledPool("aviso") })
		class := &radius.AVP{Type: rfc2865.Class_Type, Attribute: radius.Attribute("enlace:1000/500000")}
		s.report(t, acct(t, stop, "maria@fibranorte", "1", 1, 0, 0), acct(t, start, "maria@fibranorte", "2", -1, 0, 0, class), acct(t, interim, "maria@fibranorte", "2", 1, 1, 1, class))
		b.mend(func() { b.has["2"] = "?" })
		silence := func() {
			since := s.DB.Now()
			if o.Pass(time.Hour); s.desk.EndLost(o.Ctx(), since) != nil || s.sessions(t, o.Ctx())[1].EndedAt == nil {
				t.Fatal("it is not held to be over")
			}
		}
		silence()
		s.report(t, acct(t, interim, "maria@fibranorte", "2", 3600, 5, 5, class))
		if s.follows(t, o.Ctx(), maria) != 1 {
			t.Error("nobody looks")
		}
		follow(t, k, o.Ctx(), maria)
		if told := b.heard(); len(told) != 0 {
			t.Errorf("though nothing has changed the NAS was told %q", told)
		}
		silence()
		s.moves(t, maria, subscription.StatusSuspensoParcial)
		follow(t, k, o.Ctx(), maria) // of what is over there is nothing to tell
		s.report(t, acct(t, interim, "maria@fibranorte", "2", 7200, 9, 9, class))
		follow(t, k, o.Ctx(), maria)
		if told := b.heard(); !slices.Equal(told, []string{"CoA 2 256k/50000k"}) {
			t.Errorf("of what has changed the NAS was told %q", told)
		}
	})
}

func TestTheWalledPoolTakesTheSuspended(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s := set(t, o)
		s.addNAS(t, o.Ctx(), here, secret, nas.AuthenticatorAuto)
		s.equip(t, func(u *ent.NasUpdate) { u.SetWalledPool("aviso").SetInterimSeconds(120) })
		s.change(t, o.Ctx(), func(ctx context.Context, c *ent.Client) error {
			return c.Plan.Update().SetPool("clientes").SetSessionHours(24).Exec(ctx)
		})
		s.sell(t, o.Ctx(), subscription.StatusSuspensoDebito, "joao@fibranorte", "joao-demo")
		s.sell(t, o.Ctx(), subscription.StatusHabilitado, "maria@fibranorte", "maria-demo")
		s.sell(t, o.Ctx(), subscription.StatusCancelado, "leo@fibranorte", "leo-demo")
		s.opens(t)
		s.gets(t, secret, as("joao@fibranorte", "joao-demo"), accept, `Framed-Pool = "aviso"`, `Mikrotik-Rate-Limit = "256k/50000k"`)
		s.gets(t, secret, as("maria@fibranorte", "maria-demo"), accept, `Framed-Pool = "clientes"`, `Mikrotik-Rate-Limit = "1000k/500000k"`, "Acct-Interim-Interval = 120", "Session-Timeout = 86400")
		s.gets(t, secret, as("leo@fibranorte", "leo-demo"), reject)
		for vendor, want := range map[nas.Vendor][]string{
			nas.VendorHuawei:  {"Huawei-Input-Average-Rate = 1000000", "Huawei-Output-Peak-Rate = 500000000"},
			nas.VendorCisco:   {`Cisco-AVPair = "ip:sub-qos-policy-in=1000k"`, `Cisco-AVPair = "ip:addr-pool=clientes"`},
			nas.VendorJuniper: {`ERX-Ingress-Policy-Name = "1000k"`, `ERX-Egress-Policy-Name = "500000k"`, `ERX-Address-Pool-Name = "clientes"`},
			nas.VendorAccel:   {`Filter-Id = "500000/1000"`, `Framed-Pool = "clientes"`},
		} {
			s.equip(t, func(u *ent.NasUpdate) { u.SetVendor(vendor) })
			if err := s.server.Refresh(context.Background()); err != nil {
				t.Fatal(err)
			}
			s.gets(t, secret, as("maria@fibranorte", "maria-demo", "Service-Type = Framed-User", `NAS-Port-Id = "`+string(vendor)+`"`), append([]string{accept}, want...)...)
		}
	})
}

// Every change is told through a wire that loses three packets in ten, by a NAS that for a while does not answer at all. Each failed job is
// tried again, as the outbox does it.
func TestThroughALossyWireEverythingConverges(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s, b, k, maria := online(t, o, subscription.StatusHabilitado)
		s.equip(t, func(u *ent.NasUpdate) { u.SetCoaPort(lossy(t, b.conn.LocalAddr().String(), .3)) })
		ana := s.sell(t, o.Ctx(), subscription.StatusHabilitado, "ana@fibranorte", "ana-demo")
		s.report(t, acct(t, start, "ana@fibranorte", "2", -1, 0, 0))
		b.mend(func() { b.has["2"], b.deaf = "?", true })
		if err := k.Follow(o.Ctx(), ana); err == nil {
			t.Error("a NAS that does not answer is no failure")
		}
		event := func(id uuid.UUID, e status.Event) {
			s.change(t, o.Ctx(), func(ctx context.Context, c *ent.Client) error {
				_, err := status.Apply(ctx, c, s.DB.Now(), id, e, "teste")
				return err
			})
		}
		event(maria, status.Suspend)
		event(ana, status.Slow)
		b.mend(func() { b.deaf = false })
		var wg sync.WaitGroup
		for _, id := range []uuid.UUID{maria, ana, maria, ana} {
			wg.Go(func() {
				for range 60 {
					if k.Follow(o.Ctx(), id) == nil {
						return
					}
					o.Pass(10 * time.Second)
				}
				t.Error("it did not come to an end")
			})
		}
		wg.Wait()
		b.mu.Lock()
		defer b.mu.Unlock()
		if _, there := b.has["1"]; there || b.has["2"] != "256k/50000k" {
			t.Errorf("the NAS has %v", b.has)
		}
		for id, want := range map[uuid.UUID]int{maria: 1, ana: 1} {
			if n := s.follows(t, o.Ctx(), id); n != want {
				t.Errorf("%d rows of the outbox, want %d", n, want)
			}
		}
	})
}

// A NAS that asks and tells again until it is answered, over a wire that loses three packets in ten each way, is let in and heard, once each.
func TestThroughALossyWireANASIsHeardOnce(t *testing.T) {
	s, _ := heard(t, tenanttest.SQLite(t))
	again := func(front int, wire []byte) (tries int) {
		t.Helper()
		conn, reply := s.dialTo(t, fmt.Sprintf("127.0.0.1:%d", front)), make([]byte, radius.MaxPacketLength)
		for tries = 1; tries < 200; tries++ {
			if _, err := conn.Write(wire); err != nil {
				t.Fatal(err)
			}
			_ = conn.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
			if n, err := conn.Read(reply); err == nil && radius.IsAuthenticResponse(reply[:n], wire, []byte(secret)) {
				return tries
			}
		}
		t.Fatal("it is not answered")
		return tries
	}
	access, account := lossy(t, s.server.Addr().String(), .3), lossy(t, s.server.AcctAddr().String(), .3)
	const lines = 6
	tries := 0
	for i := range lines {
		session := fmt.Sprint(i)
		tries += again(access, pap(t, "maria@fibranorte", "maria-demo", true))
		for _, wire := range [][]byte{acct(t, start, "maria@fibranorte", session, -1, 0, 0), acct(t, interim, "maria@fibranorte", session, 1, 5, 50), acct(t, stop, "maria@fibranorte", session, 2, 10, 100)} {
			tries += again(account, wire)
		}
	}
	if tries == 4*lines {
		t.Errorf("nothing was lost in %d packets", tries)
	}
	all := s.sessions(t, s.Ctx())
	for _, c := range all {
		if c.EndedAt == nil || c.BytesUp != 10 || c.BytesDown != 100 {
			t.Errorf("kept as %v", c)
		}
	}
	s.closes(t)
	if rows := s.attempts(t, s.Ctx()); len(all) != lines || len(rows) != lines {
		t.Errorf("%d sessions and %d answers are kept, want %d of each", len(all), len(rows), lines)
	}
}
