package network

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"time"

	"layeh.com/radius"
	"layeh.com/radius/rfc2865"
	"layeh.com/radius/rfc2866"
	"layeh.com/radius/rfc3576"
)

// heard is what a NAS answers.
type heard int

const (
	willing   heard = iota // it did
	noSession              // there is no such session (Error-Cause 503)
	unwilling              // it will not, or cannot
)

// request is the packet of a call. It names the session as the NAS does (RFC 5176 §3); the address it has is kept, so that a change carries
// the speeds alone.
func (c call) request() *radius.Packet {
	code := radius.CodeCoARequest
	if c.drop {
		code = radius.CodeDisconnectRequest
	}
	p := radius.New(code, c.peer.secret)
	p.Add(rfc2865.UserName_Type, radius.Attribute(c.session.Login))
	p.Add(rfc2866.AcctSessionID_Type, radius.Attribute(c.session.AcctSessionID))
	if c.session.Ipv4 != nil {
		if ip, err := netip.ParseAddr(*c.session.Ipv4); err == nil && ip.Is4() {
			p.Add(rfc2865.FramedIPAddress_Type, radius.Attribute(ip.AsSlice()))
		}
	}
	if !c.drop {
		p.Attributes = append(p.Attributes, dialects[c.peer.vendor](Profile{UpKbps: c.due.UpKbps, DownKbps: c.due.DownKbps})...)
	}
	return p
}

// waits are how long an answer is waited for before the packet is sent again, the same one, so that the NAS does it once. Together they are
// shorter than the lease of a critical row.
var waits = []time.Duration{300 * time.Millisecond, 600 * time.Millisecond, 1200 * time.Millisecond, 2400 * time.Millisecond}

// quiet is how long a NAS that kept silent is asked only once.
const quiet = 30 * time.Second

// ask sends a packet until the NAS answers. It returns an error when it does not.
func (k *Caller) ask(ctx context.Context, p *peer, packet *radius.Packet) (heard, error) {
	tries := waits
	if k.isSilent(p.coa) {
		tries = waits[:1]
	}
	answer, err := exchange(ctx, p, packet, tries)
	k.note(p.coa, err != nil)
	if err != nil {
		return unwilling, err
	}
	switch answer.Code {
	case radius.CodeCoAACK, radius.CodeDisconnectACK:
		return willing, nil
	}
	if rfc3576.ErrorCause_Get(answer) == rfc3576.ErrorCause_Value_SessionContextNotFound {
		return noSession, nil
	}
	return unwilling, nil
}

func exchange(ctx context.Context, p *peer, packet *radius.Packet, tries []time.Duration) (*radius.Packet, error) {
	wire, err := packet.Encode()
	if err != nil {
		return nil, err
	}
	conn, err := net.Dial("udp", p.coa.String())
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { _ = conn.SetReadDeadline(time.Unix(1, 0)) })()
	reply := make([]byte, radius.MaxPacketLength)
	for _, wait := range tries {
		if _, err = conn.Write(wire); err != nil { // a closed port of before is told here
			_, err = conn.Write(wire)
		}
		_ = conn.SetReadDeadline(time.Now().Add(wait))
		for err == nil && ctx.Err() == nil {
			var n int
			if n, err = conn.Read(reply); err != nil {
				break
			}
			if n >= 20 && reply[1] == packet.Identifier && radius.IsAuthenticResponse(reply[:n], wire, p.secret) {
				return radius.Parse(reply[:n], p.secret)
			}
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if late, isNet := err.(net.Error); !isNet || !late.Timeout() { // nobody is there yet
			select {
			case <-time.After(wait):
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		}
	}
	return nil, fmt.Errorf("network: %s does not answer", p.coa)
}

func (k *Caller) isSilent(at netip.AddrPort) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	since, silent := k.silent[at]
	return silent && k.DB.Now().Sub(since) < quiet
}

func (k *Caller) note(at netip.AddrPort, silent bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	switch {
	case !silent:
		delete(k.silent, at)
	case k.silent == nil:
		k.silent = map[netip.AddrPort]time.Time{at: k.DB.Now()}
	default:
		k.silent[at] = k.DB.Now()
	}
}
