package network_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"layeh.com/radius"
	"layeh.com/radius/rfc2865"
	"layeh.com/radius/rfc2866"
	"layeh.com/radius/rfc2869"

	"enlace/ent"
	"enlace/ent/connection"
	"enlace/ent/nas"
	"enlace/ent/networklogin"
	rows "enlace/ent/outbox"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/network"
	"enlace/tenants/tenanttest"
)

// tells sends a report as a NAS does, by Debian's radclient, which must be answered.
func (s *stage) tells(t testing.TB, secret string, attributes ...string) {
	t.Helper()
	if !s.reports(t, "5", secret, attributes) {
		t.Errorf("%v was not answered\nlog: %s", attributes, s.written)
	}
}

// mutters sends a report that must be met with silence.
func (s *stage) mutters(t testing.TB, secret string, attributes ...string) {
	t.Helper()
	defer s.drops(t)()
	if s.reports(t, brief, secret, attributes) {
		t.Errorf("%v was answered", attributes)
	}
}

func (s *stage) reports(t testing.TB, patience, secret string, attributes []string) (answered bool) {
	t.Helper()
	client := exec.Command("radclient", "-x", "-t", patience, "-r", "1", s.server.AcctAddr().String(), "acct", secret)
	client.Stdin = strings.NewReader(strings.Join(attributes, ", ") + "\n")
	out, err := client.CombinedOutput()
	switch {
	case err == nil && bytes.Contains(out, []byte("Received Accounting-Response")):
		return true
	case bytes.Contains(out, []byte(silence)):
		return false
	}
	t.Fatalf("radclient (freeradius-utils): %v\n%s\nlog: %s", err, out, s.written)
	return false
}

func (s *stage) sessions(t testing.TB, ctx context.Context) (all []*ent.Connection) {
	t.Helper()
	err := s.DB.Read(ctx, func(ctx context.Context, c *ent.Client) (err error) {
		all, err = c.Connection.Query().Order(connection.ByStartedAt(), connection.ByID()).All(ctx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// follows counts the rows of the outbox by which the network is to follow a subscription.
func (s *stage) follows(t testing.TB, ctx context.Context, id uuid.UUID) (n int) {
	t.Helper()
	err := s.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		all, err := c.Outbox.Query().Where(rows.Kind(network.Follow), rows.DoneAtIsNil()).All(ctx)
		for _, row := range all {
			if row.Payload["subscription"] == id.String() {
				n++
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func about(login, session string, more ...string) []string {
	return append([]string{`User-Name = "` + login + `"`, `Acct-Session-Id = "` + session + `"`}, more...)
}

func TestASessionIsInTheLogWhenItsReportIsAnswered(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s := set(t, o)
		s.addNAS(t, o.Ctx(), here, secret, nas.AuthenticatorAuto)
		maria := s.sell(t, o.Ctx(), subscription.StatusHabilitado, "maria@fibranorte", "maria-demo")
		s.opens(t)
		s.tells(t, secret, about("maria@fibranorte", "81c0", "Acct-Status-Type = Start", "Framed-IP-Address = 100.64.0.9", "Framed-IPv6-Prefix = 2001:db8:1:2::/64",
			"Delegated-IPv6-Prefix = 2001:db8:f000::/56", `Calling-Station-Id = "AA:BB:CC:00:11:22"`, `NAS-Port-Id = "sfp1.100"`, "Proxy-State = 0x07")...)
		row := s.sessions(t, o.Ctx())[0]
		if *row.SubscriptionID != maria || *row.CustomerID != s.ids[o.Here.ID]["customers"] || row.Login != "maria@fibranorte" || *row.Ipv4 != "100.64.0.9" || *row.Ipv6 != "2001:db8:1:2::/64" ||
			*row.Ipv6Delegated != "2001:db8:f000::/56" || row.CallingStation != "AA:BB:CC:00:11:22" || row.NasPort != "sfp1.100" || !row.StartedAt.Equal(tenanttest.Now) || row.EndedAt != nil {
			t.Errorf("the start is kept as %v", row)
		}
		o.Pass(5 * time.Minute)
		s.tells(t, secret, about("maria@fibranorte", "81c0", "Acct-Status-Type = Interim-Update", "Acct-Session-Time = 300", "Acct-Input-Octets = 1000", "Acct-Output-Octets = 7",
			"Acct-Output-Gigawords = 2", "Acct-Delay-Time = 10")...)
		row = s.sessions(t, o.Ctx())[0]
		if row.BytesUp != 1000 || row.BytesDown != 2<<32+7 || row.Seconds != 300 || !row.UpdatedAt.Equal(tenanttest.Now.Add(290*time.Second)) {
			t.Errorf("the interim is kept as %v", row)
		}
		if rates := network.Rates(row); len(rates) != 1 || rates[0].Up != 1000*8/290 {
			t.Errorf("the traffic is %v", rates)
		}
		o.Pass(time.Minute)
		s.tells(t, secret, about("maria@fibranorte", "81c0", "Acct-Status-Type = Stop", "Acct-Session-Time = 360", "Acct-Input-Octets = 2000", "Acct-Output-Octets = 9",
			"Acct-Output-Gigawords = 2", "Acct-Terminate-Cause = User-Request")...)
		all := s.sessions(t, o.Ctx())
		row = all[0]
		if len(all) != 1 || row.EndedAt == nil || !row.EndedAt.Equal(tenanttest.Now.Add(6*time.Minute)) || row.Cause != "user" || row.BytesUp != 2000 || row.Traffic != nil {
			t.Errorf("%d rows, the stop is kept as %v", len(all), row)
		}
		if n := len(s.sessions(t, o.OtherCtx())); n != 0 {
			t.Errorf("the other ISP has %d sessions", n)
		}
		if n := s.server.Counts()[network.Recorded]; n != 3 {
			t.Errorf("%d reports counted", n)
		}
	})
}

func TestReportsOfStrangersAreMetWithSilenceAndCounted(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s := set(t, o)
		s.addNAS(t, o.Ctx(), here, secret, nas.AuthenticatorAuto)
		s.opens(t)
		start := about("maria@fibranorte", "1", "Acct-Status-Type = Start")
		s.mutters(t, "wrong-secret", start...)
		s.mutters(t, "wronger-secret", start...)
		if told := s.told(t, 1)[here]; told.Why != network.WrongSecret || told.Minutes != 1 || !told.Last.Equal(o.DB.Now()) {
			t.Errorf("the ISP is told %+v", told)
		}
		s.mutters(t, secret, append(start, from("127.0.0.9"))...)
		s.tells(t, secret, about("ninguem", "2", "Acct-Status-Type = Start", "Framed-IPv6-Address = 2001:db8::9")...)
		s.mutters(t, secret, `User-Name = "maria@fibranorte"`, "Acct-Status-Type = Start") // of no session
		counts := s.server.Counts()
		if counts[network.WrongAuthenticator] == 0 || counts[network.UnknownNAS] == 0 || counts[network.Malformed] == 0 || counts[network.Recorded] != 1 {
			t.Errorf("counted %v", counts)
		}
		if all := s.sessions(t, o.Ctx()); len(all) != 1 || all[0].SubscriptionID != nil || all[0].Login != "ninguem" || *all[0].Ipv6 != "2001:db8::9/128" {
			t.Errorf("kept %v", all)
		}
	})
}

func TestSeveralISPsBehindOneAddressHaveTheirOwnLogs(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s := set(t, o)
		s.addNAS(t, o.Ctx(), here, secret, nas.AuthenticatorNao)
		s.addNAS(t, o.OtherCtx(), here, otherSecret, nas.AuthenticatorNao)
		s.addNAS(t, o.Ctx(), "127.0.0.3", secret, nas.AuthenticatorNao)
		s.addNAS(t, o.OtherCtx(), "127.0.0.3", secret, nas.AuthenticatorNao)
		s.sell(t, o.Ctx(), subscription.StatusHabilitado, "maria", "m")
		s.sell(t, o.OtherCtx(), subscription.StatusHabilitado, "rita", "r")
		s.opens(t)
		s.tells(t, secret, about("maria", "1", "Acct-Status-Type = Start")...)
		s.tells(t, otherSecret, about("rita", "1", "Acct-Status-Type = Start")...)
		s.tells(t, secret, about("rita", "2", "Acct-Status-Type = Start", from("127.0.0.3"))...)      // the same secret: it is whose the login is
		s.mutters(t, secret, about("ninguem", "3", "Acct-Status-Type = Start", from("127.0.0.3"))...) // of nobody knows whom
		s.change(t, o.OtherCtx(), func(ctx context.Context, c *ent.Client) error {
			return c.NetworkLogin.Update().Where(networklogin.Login("rita")).SetLogin("rita-nova").Exec(ctx)
		})
		s.change(t, o.Ctx(), func(ctx context.Context, c *ent.Client) error {
			return c.NetworkLogin.Update().Where(networklogin.Login("maria")).SetLogin("rita").Exec(ctx)
		})
		s.tells(t, secret, about("rita", "2", "Acct-Status-Type = Interim-Update", "Acct-Session-Time = 60", from("127.0.0.3"))...) // the session keeps its name
		s.mutters(t, "no-secret", about("rita", "4", "Acct-Status-Type = Start")...)                                                // whose it was nobody knows: nobody is told
		if mine, theirs := len(s.sessions(t, o.Ctx())), len(s.sessions(t, o.OtherCtx())); mine != 1 || theirs != 2 {
			t.Errorf("%d and %d sessions, want 1 and 2", mine, theirs)
		}
		s.closes(t)
		for _, ctx := range []context.Context{o.Ctx(), o.OtherCtx()} {
			if of, err := s.desk.Dropped(ctx); err != nil || len(of) != 0 {
				t.Errorf("told of %v, %v", of, err)
			}
		}
	})
}

// acct is the datagram of a report; the test's own hand. seconds under 0 are not told.
func acct(t testing.TB, kind rfc2866.AcctStatusType, login, session string, seconds int, up, down uint64, more ...*radius.AVP) []byte {
	t.Helper()
	p := radius.New(radius.CodeAccountingRequest, []byte(secret))
	add := func(kind radius.Type, value []byte) {
		p.Attributes = append(p.Attributes, &radius.AVP{Type: kind, Attribute: value})
	}
	add(rfc2866.AcctStatusType_Type, radius.NewInteger(uint32(kind)))
	add(rfc2865.UserName_Type, []byte(login))
	add(rfc2866.AcctSessionID_Type, []byte(session))
	add(rfc2869.EventTimestamp_Type, []byte(fmt.Sprintf("%04d", rand.IntN(9999)))) // a NAS's clock may say anything
	if seconds >= 0 {
		add(rfc2866.AcctSessionTime_Type, radius.NewInteger(uint32(seconds)))
		add(rfc2866.AcctInputOctets_Type, radius.NewInteger(uint32(up)))
		add(rfc2866.AcctOutputOctets_Type, radius.NewInteger(uint32(down)))
	}
	p.Attributes = append(p.Attributes, more...)
	wire, err := p.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return wire
}

const (
	start   = rfc2866.AcctStatusType_Value_Start
	interim = rfc2866.AcctStatusType_Value_InterimUpdate
	stop    = rfc2866.AcctStatusType_Value_Stop
)

func gigawords(up, down uint32) []*radius.AVP {
	return []*radius.AVP{{Type: rfc2869.AcctInputGigawords_Type, Attribute: radius.NewInteger(up)}, {Type: rfc2869.AcctOutputGigawords_Type, Attribute: radius.NewInteger(down)}}
}

// report sends reports one after the other; each must be answered.
func (s *stage) report(t testing.TB, wires ...[]byte) {
	t.Helper()
	conn := s.dialTo(t, s.server.AcctAddr().String())
	for _, wire := range wires {
		if _, err := conn.Write(wire); err != nil {
			t.Fatal(err)
		}
		if reply := read(t, conn); !radius.IsAuthenticResponse(reply, wire, []byte(secret)) || reply[0] != byte(radius.CodeAccountingResponse) {
			t.Fatalf("answered %x", reply)
		}
	}
}

// heard is a stage with a NAS at home and Maria, its server open.
func heard(t testing.TB, o *tenanttest.Office) (*stage, uuid.UUID) {
	t.Helper()
	s := set(t, o)
	s.addNAS(t, o.Ctx(), here, secret, nas.AuthenticatorNao)
	maria := s.sell(t, o.Ctx(), subscription.StatusHabilitado, "maria@fibranorte", "maria-demo")
	return s.opens(t), maria
}

func TestReportsTwiceAndInAnyOrderComeToTheSame(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s, _ := heard(t, o)
		for round := range 20 {
			session := fmt.Sprint("s", round)
			told := [][]byte{acct(t, start, "maria@fibranorte", session, -1, 0, 0), acct(t, interim, "maria@fibranorte", session, 1, 10, 100),
				acct(t, interim, "maria@fibranorte", session, 2, 20, 200), acct(t, stop, "maria@fibranorte", session, 3, 30, 300)}
			told = append(told, told[rand.IntN(4)], told[rand.IntN(4)])
			rand.Shuffle(len(told), func(i, j int) { told[i], told[j] = told[j], told[i] })
			s.report(t, told...)
			all := s.sessions(t, o.Ctx())
			if len(all) != round+1 {
				t.Fatalf("round %d: %d sessions", round, len(all))
			}
			i := slices.IndexFunc(all, func(c *ent.Connection) bool { return c.AcctSessionID == session })
			if c := all[i]; c.EndedAt == nil || c.Seconds != 3 || c.BytesUp != 30 || c.BytesDown != 300 || c.Opening == "" || tenanttest.Now.Sub(c.StartedAt) > 3*time.Second {
				t.Fatalf("round %d: %v", round, c)
			}
		}
	})
}

func TestCountersThatBeginAnewAreAddedUp(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s, _ := heard(t, o)
		const full = 1<<32 - 100
		s.report(t, acct(t, start, "maria@fibranorte", "1", -1, 0, 0), acct(t, interim, "maria@fibranorte", "1", 300, full, full),
			acct(t, interim, "maria@fibranorte", "1", 600, 50, full+20), acct(t, interim, "maria@fibranorte", "1", 900, 60, 10))
		if c := s.sessions(t, o.Ctx())[0]; c.BytesUp != 1<<32+60 || c.BytesDown != 1<<32+10 {
			t.Errorf("wrapped to %d and %d", c.BytesUp, c.BytesDown)
		}
		s.report(t, acct(t, interim, "maria@fibranorte", "1", 1200, 70, 5, gigawords(1, 3)...), acct(t, interim, "maria@fibranorte", "1", 1500, 1, 1, gigawords(0, 0)...),
			acct(t, interim, "maria@fibranorte", "1", 1800, 0, 0, gigawords(1<<32-1, 1<<32-1)...))
		if c := s.sessions(t, o.Ctx())[0]; c.BytesUp <= 0 || c.BytesDown <= 3<<32 {
			t.Errorf("overflowed to %d and %d", c.BytesUp, c.BytesDown)
		}
	})
}

func TestAClockThatIsSetBackSpoilsNoSession(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s, _ := heard(t, o)
		s.report(t, acct(t, start, "maria@fibranorte", "1", -1, 0, 0), acct(t, interim, "maria@fibranorte", "1", 300, 1000, 1000))
		o.Pass(-time.Hour)
		s.report(t, acct(t, interim, "maria@fibranorte", "1", 600, 2000, 2000), acct(t, start, "ana@fibranorte", "2", -1, 0, 0))
		c := s.sessions(t, o.Ctx())[1]
		if c.Seconds != 600 || c.BytesUp != 2000 || c.EndedAt != nil || c.UpdatedAt.Before(c.StartedAt) || len(network.Rates(c)) != 0 {
			t.Errorf("an hour back it is kept as %v", c)
		}
		s.report(t, acct(t, interim, "maria@fibranorte", "1", 500, 1500, 1500), acct(t, stop, "maria@fibranorte", "1", 900, 3000, 3000))
		all := s.sessions(t, o.Ctx())
		if c = all[1]; len(all) != 2 || c.EndedAt == nil || c.EndedAt.Before(c.StartedAt) || c.Seconds != 900 || c.BytesUp != 3000 {
			t.Errorf("%d sessions, ended it is kept as %v", len(all), c)
		}
		bytes, third := gigawords(0, 0), func() *ent.Connection {
			all := s.sessions(t, o.Ctx())
			return all[slices.IndexFunc(all, func(c *ent.Connection) bool { return c.AcctSessionID == "3" })]
		}
		s.report(t, acct(t, start, "maria@fibranorte", "3", -1, 0, 0), acct(t, interim, "maria@fibranorte", "3", 4000, 500, 500, bytes...),
			acct(t, interim, "maria@fibranorte", "3", 700, 600, 600, bytes...)) // the NAS's own clock was set back, and it reckons by it
		if c = third(); c.BytesUp != 600 || c.EndedAt != nil {
			t.Errorf("by a clock of the NAS that was set back it is kept as %v", c)
		}
		s.report(t, acct(t, stop, "maria@fibranorte", "3", 800, 550, 550, bytes...)) // of long ago, come late
		if c = third(); c.EndedAt != nil || c.BytesUp != 600 {
			t.Errorf("an older end is kept as %v", c)
		}
		s.report(t, acct(t, stop, "maria@fibranorte", "3", 900, 600, 600, bytes...))
		if c = third(); c.EndedAt == nil || c.Seconds != 4000 {
			t.Errorf("ended by such a clock it is kept as %v", c)
		}
	})
}

func TestAReplayedStartOpensNothing(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s, _ := heard(t, o)
		begun, halfway, ended := acct(t, start, "maria@fibranorte", "1", -1, 0, 0), acct(t, interim, "maria@fibranorte", "1", 300, 5, 5), acct(t, stop, "maria@fibranorte", "1", 600, 9, 9)
		s.report(t, begun, halfway, ended)
		s.closes(t)
		o.Pass(24 * time.Hour)
		s.opens(t) // which remembers nothing
		s.report(t, begun, halfway, ended)
		all := s.sessions(t, o.Ctx())
		if len(all) != 1 || !all[0].EndedAt.Equal(tenanttest.Now) || all[0].BytesUp != 9 {
			t.Errorf("a day later: %v", all)
		}
		s.report(t, acct(t, start, "maria@fibranorte", "1", -1, 0, 0)) // the NAS began anew and counts its sessions from one
		if all = s.sessions(t, o.Ctx()); len(all) != 2 || all[1].EndedAt != nil || !all[1].StartedAt.Equal(s.DB.Now()) {
			t.Errorf("a name that comes again: %v", all)
		}
		o.Pass(time.Hour)
		s.report(t, acct(t, start, "ana@fibranorte", "1", -1, 0, 0)) // and once more, without having told an end
		if all = s.sessions(t, o.Ctx()); len(all) != 3 || all[1].Cause != network.Lost || all[2].EndedAt != nil || all[2].Login != "ana@fibranorte" {
			t.Errorf("a name that is another's: %v", all)
		}
	})
}

func TestANASThatBeginsAnewEndsItsSessions(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s, maria := heard(t, o)
		s.addNAS(t, o.Ctx(), "127.0.0.3", secret, nas.AuthenticatorNao)
		if err := s.server.Refresh(context.Background()); err != nil {
			t.Fatal(err)
		}
		for i, at := range []string{here, here, "127.0.0.3"} {
			s.tells(t, secret, about("maria@fibranorte", fmt.Sprint(i), "Acct-Status-Type = Start", `Class = "enlace:1000/500000"`, from(at))...)
		}
		o.Pass(time.Minute)
		s.tells(t, secret, "Acct-Status-Type = Accounting-On")
		all := s.sessions(t, o.Ctx())
		for i, c := range all {
			if ended := c.EndedAt != nil; ended != (i < 2) || ended && (c.Cause != network.NASRestart || !c.EndedAt.Equal(s.DB.Now())) {
				t.Errorf("session %d: %v", i, c)
			}
		}
		s.report(t, acct(t, interim, "maria@fibranorte", "0", 60, 1, 1)) // it goes on nevertheless
		if c := s.sessions(t, o.Ctx())[0]; c.EndedAt != nil || c.Cause != "" {
			t.Errorf("it goes on, and is kept as %v", c)
		}
		if c := s.sessions(t, o.Ctx())[0]; s.follows(t, o.Ctx(), maria) == 0 || c.Profile != "" {
			t.Errorf("what it has is not known, and nobody looks: %q", c.Profile)
		}
	})
}

func TestASessionThatIsNoLongerHeardOfEnds(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s, _ := heard(t, o)
		since := s.DB.Now()
		s.report(t, acct(t, start, "maria@fibranorte", "reports", -1, 0, 0), acct(t, interim, "maria@fibranorte", "reports", 1, 1, 1), acct(t, start, "ana@fibranorte", "does not", -1, 0, 0))
		open := func(after time.Duration, since time.Time, want int) {
			t.Helper()
			o.Pass(after)
			for _, ctx := range []context.Context{o.Ctx(), o.OtherCtx()} {
				if err := s.desk.EndLost(ctx, since); err != nil {
					t.Fatal(err)
				}
			}
			all := s.sessions(t, o.Ctx())
			if n := len(slices.DeleteFunc(all, func(c *ent.Connection) bool { return c.EndedAt != nil })); n != want {
				t.Errorf("%d sessions are open after %s, want %d", n, after, want)
			}
		}
		open(15*time.Minute, since, 2)
		open(time.Second, s.DB.Now(), 2) // nobody was there to hear
		open(time.Second, since, 1)
		if c := s.sessions(t, o.Ctx())[0]; c.Cause != network.Lost || !c.EndedAt.Equal(c.UpdatedAt) {
			t.Errorf("kept as %v", c)
		}
		open(24*time.Hour, since, 0)
	})
}

func TestALogOlderThanAYearIsForgotten(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s, _ := heard(t, o)
		const old = 2_300
		s.change(t, o.Ctx(), func(ctx context.Context, c *ent.Client) error {
			at, err := c.Nas.Query().Only(ctx)
			if err != nil {
				return err
			}
			ended := s.DB.Now().AddDate(-1, 0, 0).Add(-time.Second)
			for _, n := range []int{1_000, 1_000, 302} {
				err := c.Connection.MapCreateBulk(make([]int, n), func(create *ent.ConnectionCreate, i int) {
					end := ended
					if n == 302 && i < 2 {
						end = ended.Add(time.Second)
					}
					create.SetNasID(at.ID).SetLogin("x").SetAcctSessionID(fmt.Sprint(n, i)).SetStartedAt(ended).SetUpdatedAt(end).SetEndedAt(end)
				}).Exec(ctx)
				if err != nil {
					return err
				}
			}
			return nil
		})
		s.report(t, acct(t, start, "maria@fibranorte", "open", -1, 0, 0))
		left := func() (n int) {
			s.change(t, o.Ctx(), func(ctx context.Context, c *ent.Client) error { n = c.Connection.Query().CountX(ctx); return nil })
			return n
		}
		if _, err := s.desk.ForgetOld(o.OtherCtx()); err != nil || left() != old+3 {
			t.Errorf("another ISP forgot ours, %v", err)
		}
		if _, err := s.desk.ForgetOld(o.Ctx()); err != nil || left() != 3 {
			t.Errorf("%d sessions are left, %v", left(), err)
		}
	})
}

func TestAReportThatCannotBeKeptIsNotAnsweredAndSpoilsNoOther(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s, _ := heard(t, o)
		o.Probe(func(ctx context.Context, statement string) error {
			if strings.Contains(statement, "INSERT INTO") && slices.Contains(tenants.Arguments(ctx), any("poison")) {
				return errors.New("the disk is full")
			}
			return nil
		})
		conn := s.dialTo(t, s.server.AcctAddr().String())
		wires := [][]byte{acct(t, start, "maria@fibranorte", "1", -1, 0, 0), acct(t, start, "maria@fibranorte", "poison", -1, 0, 0), acct(t, start, "maria@fibranorte", "2", -1, 0, 0)}
		for _, wire := range wires {
			if _, err := conn.Write(wire); err != nil {
				t.Fatal(err)
			}
		}
		answered := map[byte]bool{read(t, conn)[1]: true, read(t, conn)[1]: true}
		if answered[wires[1][1]] && wires[1][1] != wires[0][1] && wires[1][1] != wires[2][1] {
			t.Error("what was not kept was answered")
		}
		if n := len(s.sessions(t, o.Ctx())); n != 2 {
			t.Errorf("%d sessions", n)
		}
		o.Probe(nil)
		s.report(t, wires[1]) // the NAS asks again
		if n := len(s.sessions(t, o.Ctx())); n != 3 {
			t.Errorf("%d sessions", n)
		}
	})
}

func TestASessionThatBeganWithWhatIsNoLongerDueIsBroughtInLine(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s, maria := heard(t, o)
		class := func(text string) *radius.AVP {
			return &radius.AVP{Type: rfc2865.Class_Type, Attribute: radius.Attribute(text)}
		}
		s.report(t, acct(t, start, "maria@fibranorte", "1", -1, 0, 0, class("enlace:1000/500000")), acct(t, start, "maria@fibranorte", "2", -1, 0, 0, class("another's")),
			acct(t, start, "maria@fibranorte", "3", -1, 0, 0))
		if n := s.follows(t, o.Ctx(), maria); n != 0 {
			t.Errorf("%d rows though they have what is due", n)
		}
		s.report(t, acct(t, start, "maria@fibranorte", "4", -1, 0, 0, class("enlace:100/50000")))
		if n := s.follows(t, o.Ctx(), maria); n != 1 {
			t.Errorf("%d rows for a session at another speed", n)
		}
		s.change(t, o.Ctx(), func(ctx context.Context, c *ent.Client) error {
			return c.Subscription.UpdateOneID(maria).SetStatus(subscription.StatusSuspensoDebito).Exec(ctx)
		})
		s.report(t, acct(t, start, "maria@fibranorte", "5", -1, 0, 0))
		if n := s.follows(t, o.Ctx(), maria); n != 2 {
			t.Errorf("%d rows for a session of a suspended service", n)
		}
	})
}
