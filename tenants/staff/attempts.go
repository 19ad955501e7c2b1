package staff

import (
	"fmt"
	"net/netip"
	"slices"
	"sync"
	"time"
)

// TooMany means that signing in was tried too often; it is worth trying again after Wait.
type TooMany struct{ Wait time.Duration }

func (e *TooMany) Error() string { return fmt.Sprintf("too many attempts; wait %s", e.Wait) }

const (
	window     = 15 * time.Minute
	perVisitor = 5  // refusals of one e-mail from one address within the window
	perAccount = 20 // refusals of one e-mail, wherever they come from
	perAddress = 30 // refusals from one address: an office is behind one
	kept       = 10_000
)

// attempts remembers who tried to sign in during the last minutes, in this process. Several processes each count on their own, which is as
// many times laxer as there are processes and no laxer.
type attempts struct {
	mu    sync.Mutex
	tried map[string][]time.Time // by visitor, account and address, the oldest first
	known map[string]time.Time   // visitors who have signed in, with when
}

// visit is one attempt: an account tried from an address.
type visit struct{ account, address string }

// longestTried is how many bytes of an e-mail are told apart: no address is longer, and what is typed here is kept for a while.
const longestTried = 254

func visitOf(where, email, ip string) visit {
	return visit{account: where + " " + email[:min(len(email), longestTried)], address: "ip " + Household(ip)}
}

// Household is what counts as one address where attempts are counted: of IPv6 the first 64 bits, since whoever has one has all that begin so.
func Household(ip string) string {
	at, err := netip.ParseAddr(ip)
	if err != nil || at.Unmap().Is4() {
		return ip
	}
	return netip.PrefixFrom(at.WithZone(""), 64).Masked().String()
}

func (v visit) visitor() string { return v.account + " from " + v.address }

// begin counts an attempt before it is made, so that a hundred at one moment are no more than one after the other. What may not be tried is
// not counted, and has to wait. Who has signed in to that account from that address before is held by his own mistakes alone: a stranger's
// wrong guesses lock nobody out.
func (a *attempts) begin(now time.Time, v visit) (wait time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.sweep(now)
	limits := map[string]int{v.visitor(): perVisitor, v.account: perAccount, v.address: perAddress}
	if _, known := a.known[v.visitor()]; known {
		limits = map[string]int{v.visitor(): perVisitor}
	}
	for key, limit := range limits {
		if recent := since(a.tried[key], now.Add(-window)); len(recent) >= limit {
			wait = max(wait, recent[len(recent)-limit].Add(window).Sub(now))
		}
	}
	if wait == 0 {
		for _, key := range v.keys() {
			a.tried[key] = append(since(a.tried[key], now.Add(-window)), now)
		}
	}
	return wait
}

func (v visit) keys() []string { return []string{v.visitor(), v.account, v.address} }

// undo takes an attempt back that was none: it told nothing about the password.
func (a *attempts) undo(now time.Time, v visit) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, key := range v.keys() {
		if i := slices.Index(a.tried[key], now); i >= 0 {
			a.tried[key] = slices.Delete(a.tried[key], i, i+1)
		}
	}
}

// welcome notes that somebody signed in: his mistakes are forgiven, and the address is known.
func (a *attempts) welcome(now time.Time, v visit) {
	a.undo(now, v)
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.tried, v.visitor())
	a.known[v.visitor()] = now
}

// sweep forgets what has aged, once somebody tries e-mails by the thousand.
func (a *attempts) sweep(now time.Time) {
	if a.tried == nil {
		a.tried, a.known = map[string][]time.Time{}, map[string]time.Time{}
	}
	if len(a.tried) > kept {
		for key, times := range a.tried {
			if len(since(times, now.Add(-window))) == 0 {
				delete(a.tried, key)
			}
		}
	}
	if len(a.known) > kept { // the longest away are strangers again
		for key, at := range a.known {
			if at.Before(now.Add(-Absolute)) {
				delete(a.known, key)
			}
		}
	}
}

func since(times []time.Time, start time.Time) []time.Time {
	for len(times) > 0 && !times[0].After(start) {
		times = times[1:]
	}
	return times
}
