package network

import (
	"math"
	"time"

	"layeh.com/radius/rfc2866"

	"enlace/ent"
)

// near is how far apart two tellings of one instant may come in: packets overtake each other, and are sent again.
const near = 10 * time.Second

// place finds the session a report is of among those that bore its name at the NAS, oldest first: none means that it is a new one, and old
// that there is nothing to do, since it tells of what is over, or comes a second time. A name comes again when a NAS has begun anew; only
// the packet that told the start is proof of that, and it counts once.
func (r *report) place(named []*ent.Connection) (of *ent.Connection, old bool) {
	if len(named) == 0 {
		return nil, false
	}
	last := named[len(named)-1]
	if r.kind == rfc2866.AcctStatusType_Value_Start {
		for _, c := range named {
			if c.Opening == r.opening {
				return nil, true
			}
		}
		end := last.StartedAt
		if last.Opening == "" && last.EndedAt != nil {
			end = *last.EndedAt
		} else if last.Opening == "" {
			return last, false
		}
		if r.at.After(end.Add(near)) {
			return nil, false
		}
		return last, false
	}
	switch {
	case r.login != "" && r.login != last.Login:
		return nil, false
	case last.EndedAt == nil, guessed(last.Cause) && r.later(last):
		return last, false
	case r.kind == rfc2866.AcctStatusType_Value_Stop && r.timed && r.seconds > last.Seconds:
		return last, false
	}
	return nil, true
}

// guessed says that nobody told the end: whoever tells more of the session knows better.
func guessed(cause string) bool { return cause == Lost || cause == NASRestart }

// later says whether the report is newer than what the session has: by how long it had lasted, which our clock cannot turn back, or by what went
// through it, where the NAS reckons by a clock that was set back. A start is newer than nothing.
func (r *report) later(c *ent.Connection) bool {
	switch {
	case c.UpdatedAt.IsZero():
		return true
	case r.kind == rfc2866.AcctStatusType_Value_Start:
		return false
	case r.timed:
		ends := r.kind == rfc2866.AcctStatusType_Value_Stop
		return r.seconds > c.Seconds || r.seconds == c.Seconds && ends || r.seconds < c.Seconds && r.grown(c, ends)
	}
	return r.at.After(c.UpdatedAt)
}

// grown says that nothing the report counts is less than what the session has, and something is more, or with same nothing need be: counters know
// no clock. One that began anew after 4 GiB is less, and says nothing.
func (r *report) grown(c *ent.Connection, same bool) bool {
	if !r.up.told || !r.down.told || r.up.bytes < c.BytesUp || r.down.bytes < c.BytesDown {
		return false
	}
	return same || r.up.bytes > c.BytesUp || r.down.bytes > c.BytesDown
}

// begun is a session's row after the first report of it.
func (r *report) begun() *ent.Connection {
	c := &ent.Connection{NasID: r.peer.id, Login: r.login, AcctSessionID: r.session, Profile: r.profile, StartedAt: r.begin()}
	r.onto(c)
	return c
}

// traces is how many of the last reports an open session keeps, for the chart.
const traces = 24

// onto adds to a session what a report tells. Reports may come twice and in any order: what is older fills gaps and changes nothing.
func (r *report) onto(c *ent.Connection) {
	later := r.later(c)
	if r.kind == rfc2866.AcctStatusType_Value_Start && c.Opening == "" {
		c.Opening = r.opening
		if r.at.Before(c.StartedAt) {
			c.StartedAt = r.at
		}
	}
	fill(&c.Ipv4, r.ipv4, later)
	fill(&c.Ipv6, r.ipv6, later)
	fill(&c.Ipv6Delegated, r.delegated, later)
	if r.publicIP != nil && (c.PublicIP == nil || later) {
		c.PublicIP, c.PortFrom, c.PortTo = r.publicIP, r.portFrom, r.portTo
	}
	name(&c.CallingStation, r.station)
	name(&c.NasPort, r.port)
	name(&c.Login, r.login)
	if !later {
		return
	}
	c.Seconds = max(c.Seconds, r.seconds)
	c.BytesUp, c.BytesDown = r.up.after(c.BytesUp), r.down.after(c.BytesDown)
	if r.at.After(c.UpdatedAt) {
		c.UpdatedAt = r.at
	}
	if r.kind == rfc2866.AcctStatusType_Value_Stop {
		end := c.UpdatedAt
		c.EndedAt, c.Cause, c.Traffic = &end, r.cause, nil
		return
	}
	c.EndedAt, c.Cause = nil, ""
	c.Traffic = append(c.Traffic, [3]int64{r.at.Unix(), c.BytesUp, c.BytesDown})
	c.Traffic = c.Traffic[max(0, len(c.Traffic)-traces):]
}

func fill(into **string, told *string, later bool) {
	if told != nil && (*into == nil || later) {
		*into = told
	}
}

func name(into *string, told string) {
	if *into == "" {
		*into = told
	}
}

// Rate is bits a second, each way.
type Rate struct {
	At       time.Time
	Up, Down int64
}

// Rates are the speeds of a session between its last reports, oldest first.
func Rates(c *ent.Connection) (all []Rate) {
	for i := 1; i < len(c.Traffic); i++ {
		before, now := c.Traffic[i-1], c.Traffic[i]
		seconds := now[0] - before[0]
		if seconds <= 0 {
			continue
		}
		all = append(all, Rate{At: time.Unix(now[0], 0), Up: speed(now[1]-before[1], seconds), Down: speed(now[2]-before[2], seconds)})
	}
	return all
}

func speed(bytes, seconds int64) int64 { return min(max(bytes, 0), math.MaxInt64/8) * 8 / seconds }
