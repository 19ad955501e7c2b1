package handlers

import (
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants"
	"enlace/views"
)

// verificar tells anybody that a contract of that number exists, and nothing personal of it. Numbers follow each other, so who asks for many
// has to wait.
func (w *Web) verificar(c *fiber.Ctx) error {
	if wait := w.asking.wait(w.address(c), time.Now()); wait > 0 {
		return &tooMany{wait}
	}
	number, err := strconv.ParseInt(c.Params("numero"), 10, 64)
	if err != nil || number < 1 {
		return noContract(tenants.NotFound())
	}
	one, err := w.contracts().Verify(c.UserContext(), number)
	if err != nil {
		return noContract(err)
	}
	return w.show(c, views.Verificar{Number: one.Number, Facts: []views.Fact{{Term: "Número", Text: fmt.Sprint(one.Number), Num: true},
		{Term: "Data", Text: one.IssuedOn.BR(), Num: true}, {Term: "sha256 do texto", Text: one.Hash, Mono: true}}})
}

func noContract(err error) error {
	return absentIf(err, "Nenhum contrato com este número", "Confira o número: ele está no alto do contrato impresso.")
}

// tooMany means that somebody asks for too much; it is worth trying again after the wait.
type tooMany struct{ wait time.Duration }

func (e *tooMany) Error() string { return fmt.Sprintf("asked too often; wait %s", e.wait) }

const (
	askWindow  = 10 * time.Minute
	mostAsked  = 60 // from one address within the window
	mostAskers = 10_000
)

// turnstile counts who asks, by address, in this process: several count on their own, which is as many times laxer and no laxer.
type turnstile struct {
	mu    sync.Mutex
	asked map[string][]time.Time
}

// left is how long an address has to wait before it may ask again; nothing is counted.
func (s *turnstile) left(address string, now time.Time) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	recent := s.asked[address]
	if len(recent) < mostAsked {
		return 0
	}
	return max(0, recent[0].Add(askWindow).Sub(now))
}

// wait is how long an address has to wait before it may ask again; zero counts this one.
func (s *turnstile) wait(address string, now time.Time) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
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
