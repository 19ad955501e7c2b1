package network_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"net/netip"
	"testing"

	"layeh.com/radius"
	"layeh.com/radius/rfc2865"

	"enlace/ent/nas"
	"enlace/ent/subscription"
	"enlace/tenants/network"
	"enlace/tenants/tenanttest"
)

// The example of RFC 2759 §9.2.
const (
	msUser, msPassword      = "User", "clientPass"
	msChallenge             = "5B5D7C7D7B3F2F3E3C2C602132262628"
	msPeerChallenge         = "21402324255E262A28295F2B3A337C7E"
	msResponse              = "82309ECD8D708B5EA08FAA3981CD83544233114A3D85D6DF"
	msShown                 = "S=407A5589115FD0D6209F510FE9C04566932CDA56"
	microsoft               = 311
	msIdentifier       byte = 7
)

func unhex(t testing.TB, text string) []byte {
	t.Helper()
	raw, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// msRequest is an Access-Request by MS-CHAPv2; the test's own hand.
func msRequest(t testing.TB, login string, challenge, response []byte) []byte {
	t.Helper()
	p := radius.New(radius.CodeAccessRequest, []byte(secret))
	p.Add(rfc2865.UserName_Type, radius.Attribute(login))
	for kind, value := range map[byte][]byte{11: challenge, 25: response} {
		inner, err := radius.NewVendorSpecific(microsoft, append([]byte{kind, byte(2 + len(value))}, value...))
		if err != nil {
			t.Fatal(err)
		}
		p.Add(rfc2865.VendorSpecific_Type, inner)
	}
	wire, err := p.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return wire
}

func TestMSCHAPv2IsAnsweredAsTheRFCReckons(t *testing.T) {
	s := set(t, tenanttest.SQLite(t))
	s.addNAS(t, s.Ctx(), here, secret, nas.AuthenticatorNao)
	s.sell(t, s.Ctx(), subscription.StatusHabilitado, msUser, msPassword)
	s.sell(t, s.Ctx(), subscription.StatusSuspensoDebito, "Suspended", msPassword)
	s.opens(t)
	response := append([]byte{msIdentifier, 0}, append(append(unhex(t, msPeerChallenge), make([]byte, 8)...), unhex(t, msResponse)...)...)
	wrong := bytes.Clone(response)
	wrong[49] ^= 1
	for name, c := range map[string]struct {
		login    string
		response []byte
		want     network.Outcome
		said     string
	}{
		"right":         {msUser, response, network.Accepted, "\x1a\x2d\x07" + msShown},
		"with a domain": {`CASA\` + msUser, response, network.Rejected, "E=691 R=0 V=3"}, // the login of the ISP is the whole name
		"wrong":         {msUser, wrong, network.Rejected, "\x07E=691 R=0 V=3"},
		"short":         {msUser, response[:49], network.Rejected, "inv"},
		"unknown":       {"Nobody", response, network.Rejected, "\x07E=691 R=0 V=3"},
	} {
		wire := msRequest(t, c.login, unhex(t, msChallenge), c.response)
		reply, end := s.server.Access(context.Background(), wire, netip.MustParseAddr(here))
		if end != c.want || !bytes.Contains(reply, []byte(c.said)) {
			t.Errorf("%s: %s, %q", name, end, reply)
			continue
		}
		checkAnswer(t, reply, wire)
		if keys := msKeys(t, reply, wire); (end == network.Accepted) != (keys[16] == msSendKey) || (end == network.Accepted) != (keys[17] == msRecvKey) {
			t.Errorf("%s: the keys of the line are %v", name, keys)
		}
	}
}

// The keys of the same example: what the NAS sends under (RFC 3079 §3.5.3), and what it receives under.
const (
	msSendKey = "8b7cdc149b993a1ba118cb153f56dccb"
	msRecvKey = "d5f0e9521e3ea9589645e86051c82226"
)

// msKeys opens the keys that an answer hides, in hex by their number.
func msKeys(t testing.TB, reply, request []byte) map[byte]string {
	t.Helper()
	answer, err := radius.Parse(reply, []byte(secret))
	if err != nil {
		t.Fatal(err)
	}
	keys := map[byte]string{}
	for _, a := range answer.Attributes {
		if of, inner, err := radius.VendorSpecific(a.Attribute); a.Type == rfc2865.VendorSpecific_Type && err == nil && of == microsoft && (inner[0] == 16 || inner[0] == 17) {
			key, _, err := radius.TunnelPassword(inner[2:], []byte(secret), request[4:20])
			if err != nil {
				t.Fatal(err)
			}
			keys[inner[0]] = hex.EncodeToString(key)
		}
	}
	return keys
}
