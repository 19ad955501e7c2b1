package network

import "sync"

// Outcome is how a datagram ended. All but the first four get no answer: to a stranger the server is not there.
type Outcome string

// The outcomes.
const (
	Accepted           Outcome = "accepted"
	Rejected           Outcome = "rejected"
	Recorded           Outcome = "recorded"            // a report of accounting is on its way into the log, and is answered when it is there
	Repeated           Outcome = "repeated"            // the request was answered, or is being answered, already
	UnknownNAS         Outcome = "unknown_nas"         // no ISP has a NAS at that address
	WrongAuthenticator Outcome = "wrong_authenticator" // no NAS at that address can have sent it
	Undecided          Outcome = "undecided"           // several ISPs have a NAS at that address, and the password fits none or more than one
	Malformed          Outcome = "malformed"           // no Access-Request, or no Accounting-Request that says something
	Failed             Outcome = "failed"              // on our side; the log says why
)

// counts is the zero-ready tally of outcomes.
type counts struct {
	mu  sync.Mutex
	all map[Outcome]int64
}

func (c *counts) add(o Outcome) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.all == nil {
		c.all = map[Outcome]int64{}
	}
	c.all[o]++
}

// Counts tells how many datagrams have ended in each way since the server began.
func (s *Server) Counts() map[Outcome]int64 {
	s.counts.mu.Lock()
	defer s.counts.mu.Unlock()
	all := map[Outcome]int64{}
	for o, n := range s.counts.all {
		all[o] = n
	}
	return all
}
