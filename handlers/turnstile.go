package handlers

import (
	"fmt"
	"sync"
	"time"

	"enlace/tenants/staff"
)

// tooMany means that somebody asks for too much; it is worth trying again after the wait.
type tooMany struct{ wait time.Duration }

func (e *tooMany) Error() string { return fmt.Sprintf("asked too often; wait %s", e.wait) }

const (
	askWindow  = 10 * time.Minute
	mostAsked  = 60 // from one address within the window
	mostAskers = 10_000
)

// turnstile counts who asks, by household, in this process: several count on their own, which is as many times laxer and no laxer.
type turnstile struct {
	mu    sync.Mutex
	asked map[string][]time.Time
}

// left is how long an address has to wait before it may ask again; nothing is counted.
func (s *turnstile) left(address string, now time.Time) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	recent := s.asked[staff.Household(address)]
	if len(recent) < mostAsked {
		return 0
	}
	return max(0, recent[0].Add(askWindow).Sub(now))
}

// wait is how long an address has to wait before it may ask again; zero counts this one.
func (s *turnstile) wait(address string, now time.Time) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	address = staff.Household(address)
	if s.asked == nil || len(s.asked) > mostAskers {
		s.asked = map[string][]time.Time{}
	}
	recent := s.asked[address]
	for len(recent) > 0 && now.Sub(recent[0]) >= askWindow {
		recent = recent[1:]
	}
	if len(recent) >= mostAsked {
		return recent[0].Add(askWindow).Sub(now)
	}
	s.asked[address] = append(recent, now)
	return 0
}
