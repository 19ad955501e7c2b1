package network

import (
	"crypto/sha256"
	"net/netip"
	"sync"
)

// recent remembers answers for one to two spans of stale, so that a request that comes again, because the answer was late or lost, gets
// the same answer and no second row (RFC 5080 §2.2.2).
type recent struct {
	mu           sync.Mutex
	young, older map[requestKey][]byte // to the answer; nil while it is being worked out
}

// requestKey is the address and the whole packet, its identifier and authenticator among it: one who changes a byte asks anew.
type requestKey struct {
	nas  netip.Addr
	hash [sha256.Size]byte
}

func keyOf(nas netip.Addr, wire []byte) requestKey {
	return requestKey{nas: nas, hash: sha256.Sum256(wire)}
}

// claim tells whether the request is new, and so the caller's to answer; else it returns its answer, or nil while another works on it.
func (r *recent) claim(k requestKey) (reply []byte, first bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, generation := range []map[requestKey][]byte{r.young, r.older} {
		if reply, there := generation[k]; there {
			return reply, false
		}
	}
	r.set(k, nil)
	return nil, true
}

// keep remembers the answer to a claimed request, or forgets the request when it got none.
func (r *recent) keep(k requestKey, reply []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.older, k)
	if reply == nil {
		delete(r.young, k)
		return
	}
	r.set(k, reply)
}

// settle forgets a claimed request that got no answer.
func (r *recent) settle(k requestKey) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, generation := range []map[requestKey][]byte{r.young, r.older} {
		if reply, there := generation[k]; there && reply == nil {
			delete(generation, k)
		}
	}
}

func (r *recent) set(k requestKey, reply []byte) {
	if r.young == nil {
		r.young = map[requestKey][]byte{}
	}
	r.young[k] = reply
}

// age forgets what was old already.
func (r *recent) age() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.young, r.older = nil, r.young
}
