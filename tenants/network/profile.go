package network

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"layeh.com/radius"
	"layeh.com/radius/rfc2865"
)

// Profile is what the NAS gives a session: the speed each way and, by its name, where the address is from.
type Profile struct {
	UpKbps, DownKbps int
	Pool             string // none: the NAS's own choice
}

// String is a profile as a session's row and its Class hold it: 1000/500000 clientes.
func (p Profile) String() string {
	return strings.TrimSpace(fmt.Sprintf("%d/%d %s", p.UpKbps, p.DownKbps, p.Pool))
}

// readProfile reads what String wrote; it is not ok for anything else.
func readProfile(text string) (p Profile, ok bool) {
	speeds, pool, _ := strings.Cut(text, " ")
	_, err := fmt.Sscanf(speeds, "%d/%d", &p.UpKbps, &p.DownKbps)
	p.Pool = pool
	return p, err == nil && p.String() == text
}

// classMark tells our Class from another's.
const classMark = "enlace:"

// class is the profile for the NAS to keep and to repeat in every report (RFC 2865 §5.25): so a session says what it was given, whichever
// server gave it and whatever has changed since.
func (p Profile) class() radius.Attribute { return radius.Attribute(classMark + p.String()) }

// classOf is the profile that a report repeats, or "".
func classOf(report *radius.Packet) string {
	for _, attribute := range report.Attributes {
		if attribute.Type != rfc2865.Class_Type {
			continue
		}
		if text, ours := strings.CutPrefix(string(attribute.Attribute), classMark); ours {
			if _, ok := readProfile(text); ok && storable(text) {
				return text
			}
		}
	}
	return ""
}

// Grant is what a subscriber is to have at a NAS now; without Accept, no session.
type Grant struct {
	Answer
	Profile
}

// due reckons it: by the state of the subscription, by the plan, and by what the NAS does with the suspended. Those go to its walled pool,
// where it has one, at the reduced speed: they see the notice and can pay.
func (s *subscriber) due(p *peer, now time.Time) Grant {
	g := Grant{Answer: Decide(s.status, s.grant, now), Profile: Profile{UpKbps: s.upKbps, DownKbps: s.downKbps, Pool: s.pool}}
	if suspended := g.Reason == SuspendedDebt || g.Reason == SuspendedRequest; suspended && p.walledPool != "" {
		g.Accept, g.Reduced, g.Pool = true, true, p.walledPool
	}
	if g.Reduced {
		g.UpKbps, g.DownKbps = reduced(g.UpKbps), reduced(g.DownKbps)
	}
	return g
}

// timeout is how long a session may last from now: to the end of the trust it stands on, or as the plan has it; 0 is as long as it will.
func (s *subscriber) timeout(a Answer, now time.Time) time.Duration {
	whole := time.Duration(s.sessionHours) * time.Hour
	if a.Until.IsZero() {
		return whole
	}
	trusted := a.Until.Sub(now)
	return min(trusted, cmp.Or(whole, trusted))
}
