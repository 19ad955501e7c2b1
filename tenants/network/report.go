package network

import (
	"encoding/hex"
	"math"
	"net"
	"net/netip"
	"strings"
	"time"

	"layeh.com/radius"
	"layeh.com/radius/rfc2865"
	"layeh.com/radius/rfc2866"
	"layeh.com/radius/rfc2869"
	"layeh.com/radius/rfc3162"
	"layeh.com/radius/rfc4818"
	"layeh.com/radius/rfc6911"
)

// report is one Accounting-Request: what a NAS says of a session, or with on and off of itself.
type report struct {
	peer    *peer
	kind    rfc2866.AcctStatusType
	at      time.Time // when it was so: by our clock, less what the packet has waited; a NAS's own clock may be wrong
	opening string    // the packet's authenticator

	login, session   string
	ipv4             *string
	ipv6, delegated  *string
	publicIP         *string
	portFrom, portTo int
	station, port    string
	profile          string // of its Class

	seconds  int64 // the session has lasted
	timed    bool  // and the NAS says so
	up, down counter
	cause    string
}

// counter is what a NAS has counted. Without Gigawords it begins anew at 4 GiB (RFC 2869 §5.1).
type counter struct {
	bytes       int64
	told, whole bool
}

// Longest that is believed: a packet that waited longer is dated this far back, a session that lasted longer begins this long ago.
const (
	longestDelay   = 24 * time.Hour
	longestSession = 366 * 24 * time.Hour
)

// readReport reads a packet that came at an instant. It is not ok when it says nothing of a session: without Acct-Status-Type or
// Acct-Session-Id, or of another kind.
func readReport(p *radius.Packet, from *peer, received time.Time) (r report, ok bool) {
	delay := min(time.Duration(rfc2866.AcctDelayTime_Get(p))*time.Second, longestDelay)
	r = report{peer: from, kind: rfc2866.AcctStatusType_Get(p), at: received.Add(-delay), opening: hex.EncodeToString(p.Authenticator[:]),
		login: text(p.Get(rfc2865.UserName_Type)), session: text(p.Get(rfc2866.AcctSessionID_Type)),
		station: text(p.Get(rfc2865.CallingStationID_Type)), port: text(p.Get(rfc2869.NASPortID_Type)), profile: classOf(p)}
	switch r.kind {
	case rfc2866.AcctStatusType_Value_AccountingOn, rfc2866.AcctStatusType_Value_AccountingOff:
		return r, true
	case rfc2866.AcctStatusType_Value_Start, rfc2866.AcctStatusType_Value_InterimUpdate:
	case rfc2866.AcctStatusType_Value_Stop:
		r.cause = causeOf(rfc2866.AcctTerminateCause_Get(p))
	default:
		return r, false
	}
	if lasted, err := rfc2866.AcctSessionTime_Lookup(p); err == nil {
		r.seconds, r.timed = min(int64(lasted), int64(longestSession/time.Second)), true
	}
	r.up = count(p, rfc2866.AcctInputOctets_Type, rfc2869.AcctInputGigawords_Type)
	r.down = count(p, rfc2866.AcctOutputOctets_Type, rfc2869.AcctOutputGigawords_Type)
	r.addresses(p)
	return r, r.session != ""
}

func (r *report) addresses(p *radius.Packet) {
	if ip, err := rfc2865.FramedIPAddress_Lookup(p); err == nil && !ip.IsUnspecified() {
		r.ipv4 = written(ip)
	}
	r.ipv6, r.delegated = prefix(rfc3162.FramedIPv6Prefix_Get(p)), prefix(rfc4818.DelegatedIPv6Prefix_Get(p))
	if ip := rfc6911.FramedIPv6Address_Get(p); r.ipv6 == nil && ip != nil && !ip.IsUnspecified() { // by DHCPv6: the address alone
		r.ipv6 = prefix(&net.IPNet{IP: ip, Mask: net.CIDRMask(128, 128)})
	}
	if ip, err := radius.IPAddr(vendorValue(p, ofHuawei, 161)); err == nil { // Huawei-NAT-Public-Address, -Start-Port, -End-Port
		from, _ := radius.Integer(vendorValue(p, ofHuawei, 162))
		to, _ := radius.Integer(vendorValue(p, ofHuawei, 163))
		if from <= to && to <= math.MaxUint16 {
			r.publicIP, r.portFrom, r.portTo = written(ip), int(from), int(to)
		}
	} else if r.ipv4 != nil {
		r.publicIP, r.portFrom, r.portTo = r.peer.cgnat.of(*r.ipv4)
	}
}

// begin is when the session began, as far as the report tells.
func (r *report) begin() time.Time { return r.at.Add(-time.Duration(r.seconds) * time.Second) }

func count(p *radius.Packet, octets, gigawords radius.Type) counter {
	low, told := radius.Integer(p.Get(octets))
	high, whole := radius.Integer(p.Get(gigawords))
	return counter{bytes: int64(min(high, math.MaxInt32))<<32 | int64(low), told: told == nil, whole: whole == nil}
}

// after is the count that follows one before it: a counter that shows less has begun anew, a whole one never goes back.
func (c counter) after(before int64) int64 {
	if c.whole || !c.told {
		return max(before, c.bytes)
	}
	next := before&^math.MaxUint32 | c.bytes
	if next < before && next <= math.MaxInt64-(1<<32) {
		next += 1 << 32
	}
	return max(before, next)
}

// text is a text of the wire as both engines take it.
func text(a radius.Attribute) string {
	return strings.ReplaceAll(strings.ToValidUTF8(string(a), "\uFFFD"), "\x00", "\uFFFD")
}

func written(ip net.IP) *string {
	address, ok := netip.AddrFromSlice(ip)
	if !ok {
		return nil
	}
	s := address.Unmap().String()
	return &s
}

// prefix is an IPv6 prefix in the one way it is kept and asked for.
func prefix(n *net.IPNet) *string {
	if n == nil {
		return nil
	}
	address, ok := netip.AddrFromSlice(n.IP)
	bits, _ := n.Mask.Size()
	if !ok || bits == 0 {
		return nil
	}
	s := netip.PrefixFrom(address, bits).Masked().String()
	return &s
}

// Why a session ended when no NAS says it.
const (
	Lost       = "lost"        // it was no longer heard of
	NASRestart = "nas_restart" // the NAS said that it began anew, or that it went off
)

// causeOf is the code of an Acct-Terminate-Cause (RFC 2866 §5.10); views/words_network.go has its words.
func causeOf(cause rfc2866.AcctTerminateCause) string {
	if code, known := causes[cause]; known {
		return code
	}
	return "unsaid"
}

var causes = map[rfc2866.AcctTerminateCause]string{1: "user", 2: "carrier", 3: "service", 4: "idle", 5: "timeout", 6: "admin", 7: "reboot", 8: "port", 9: "error", 10: "nas",
	11: "reboot", 12: "port", 13: "port", 14: "port", 15: "error", 16: "nas", 17: "equipment", 18: "carrier"}

// Causes are all codes of an end, for those who say them.
var Causes = []string{Lost, NASRestart, "unsaid", "user", "carrier", "service", "idle", "timeout", "admin", "reboot", "port", "error", "nas", "equipment"}
