package network_test

import (
	"bytes"
	"context"
	"crypto/md5"
	"net/netip"
	"testing"

	"layeh.com/radius"
	"layeh.com/radius/rfc2865"

	"enlace/ent/nas"
	"enlace/tenants/network"
	"enlace/tenants/tenanttest"
)

// FuzzAccess throws datagrams at the server: whatever comes, it answers as a NAS may demand or keeps silent, and nobody gets in who does
// not know the password.
func FuzzAccess(f *testing.F) {
	s := staged(f, tenanttest.SQLite(f), nas.AuthenticatorNao)
	f.Add(pap(f, "maria@fibranorte", "maria-demo", false))
	f.Add(pap(f, "maria@fibranorte", "maria-demo", true))
	f.Add(pap(f, "maria@fibranorte", "errada", false, &radius.AVP{Type: rfc2865.ProxyState_Type}))
	f.Add(chap(f, "maria@fibranorte", "maria-demo"))
	f.Add([]byte{})
	home := netip.MustParseAddr(here)
	f.Fuzz(func(t *testing.T, wire []byte) {
		reply, end := s.server.Access(context.Background(), wire, home)
		if end == network.Failed {
			t.Fatalf("failed: %s", s.written)
		}
		if answered := end == network.Accepted || end == network.Rejected; answered != (reply != nil) {
			t.Fatalf("%s with the answer %x", end, reply)
		}
		if reply != nil {
			checkAnswer(t, reply, wire)
		}
		if end == network.Accepted && !knows(t, wire) {
			t.Fatal("accepted without the password")
		}
	})
}

func chap(t testing.TB, login, password string) []byte {
	t.Helper()
	p := radius.New(radius.CodeAccessRequest, []byte(secret))
	sum := md5.Sum([]byte("\x05" + password + string(p.Authenticator[:])))
	p.Add(rfc2865.UserName_Type, radius.Attribute(login))
	p.Add(rfc2865.CHAPPassword_Type, append([]byte{5}, sum[:]...))
	wire, err := p.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return wire
}

func knows(t *testing.T, wire []byte) bool {
	p, err := radius.Parse(wire, []byte(secret))
	if err != nil {
		t.Fatal(err)
	}
	if rfc2865.UserPassword_GetString(p) == "maria-demo" {
		return true
	}
	given, challenge := p.Get(rfc2865.CHAPPassword_Type), p.Get(rfc2865.CHAPChallenge_Type)
	if challenge == nil {
		challenge = p.Authenticator[:]
	}
	sum := md5.Sum([]byte(string(given[:1]) + "maria-demo" + string(challenge)))
	return string(given[1:]) == string(sum[:])
}

// FuzzAccounting throws datagrams at the log: whatever comes, it is kept or left, and nothing panics. The input is what follows the head of
// the packet, which is signed here, so that the fuzzer gets past the signature.
func FuzzAccounting(f *testing.F) {
	s, _ := heard(f, tenanttest.SQLite(f))
	for _, wire := range [][]byte{acct(f, start, "maria@fibranorte", "1", -1, 0, 0), acct(f, interim, "maria@fibranorte", "1", 300, 1<<32-1, 5, gigawords(1, 2)...),
		acct(f, stop, "maria@fibranorte", "1", 1<<31, 1, 1)} {
		f.Add(wire[20:])
	}
	f.Add([]byte{40, 6, 0, 0, 0, 7})
	home := netip.MustParseAddr(here)
	f.Fuzz(func(t *testing.T, attributes []byte) {
		wire := append(make([]byte, 20), attributes...)
		wire[0], wire[2], wire[3] = byte(radius.CodeAccountingRequest), byte(len(wire)>>8), byte(len(wire))
		sum := md5.Sum(append(bytes.Clone(wire), secret...))
		copy(wire[4:20], sum[:])
		if end := s.server.Account(context.Background(), wire, home); end == network.Failed {
			t.Fatalf("failed: %s", s.written)
		}
	})
}
