package staff

import (
	"fmt"
	"sync"
	"time"
)

// TooMany means that signing in was tried too often; it is worth trying again after Wait.
type TooMany struct{ Wait time.Duration }

func (e *TooMany) Error() string { return fmt.Sprintf("too many attempts; wait %s", e.Wait) }

const (
	window     = 15 * time.Minute
	perAccount = 5  // refusals of one e-mail within the window
	perAddress = 30 // refusals from one address: an office is behind one
	kept       = 10_000
)

// attempts remembers the refusals of the last minutes, in this process. Several processes each count on their own, which is as many times
// laxer as there are processes and no laxer.
type attempts struct {
	mu      sync.Mutex
	refused map[string][]time.Time
}

// wait is how long a key has to wait before it may try again; zero when it may now.
func (a *attempts) wait(now time.Time, key string, limit int) time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	recent := since(a.refused[key], now.Add(-window))
	if len(recent) < limit {
		return 0
	}
	return recent[len(recent)-limit].Add(window).Sub(now)
}

func (a *attempts) refuse(now time.Time, keys ...string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.refused == nil {
		a.refused = map[string][]time.Time{}
	}
	for _, key := range keys {
		a.refused[key] = append(since(a.refused[key], now.Add(-window)), now)
	}
	if len(a.refused) > kept { // somebody tries e-mails by the thousand: forget what has aged
		for key, times := range a.refused {
			if len(since(times, now.Add(-window))) == 0 {
				delete(a.refused, key)
			}
		}
	}
}

func (a *attempts) forget(key string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.refused, key)
}

func since(times []time.Time, start time.Time) []time.Time {
	for len(times) > 0 && !times[0].After(start) {
		times = times[1:]
	}
	return times
}
