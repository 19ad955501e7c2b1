package bot

import (
	"context"
	"slices"
	"sync"
	"time"

	"enlace/tenants/bots"
)

// mouths say what all bots of a process have to say: to one chat in its order, to several at once, and each chat one note in its turn, so that no
// bot keeps another waiting. A chat that has to be waited for keeps no mouth open.
type mouths struct {
	mu      sync.Mutex
	changed *sync.Cond
	chats   map[chat]*queue
	ready   []*queue
	open    int
}

// mostMouths is how many chats are spoken to at once.
const mostMouths = 8

// chat is one chat of a bot.
type chat struct {
	duty *duty
	id   int64
}

// queue is what is still to be said to a chat, which is in one of three places: ready, in a mouth, or waited for.
type queue struct {
	of       chat
	speeches []*speech
	speaking bool
}

func newMouths() *mouths {
	m := &mouths{chats: map[chat]*queue{}}
	m.changed = sync.NewCond(&m.mu)
	return m
}

// add has an answer said after those that the chat is waiting for.
func (m *mouths) add(d *duty, say *bots.Saying) {
	m.mu.Lock()
	defer m.mu.Unlock()
	of := chat{d, say.Chat}
	q := m.chats[of]
	if q == nil {
		q = &queue{of: of}
		m.chats[of] = q
		m.turn(q)
	}
	q.speeches = append(q.speeches, &speech{Saying: say})
}

// turn makes a chat ready, with a mouth to speak to it. The lock is held.
func (m *mouths) turn(q *queue) {
	m.ready = append(m.ready, q)
	if m.open < mostMouths {
		m.open++
		go m.speak()
	}
}

// speak speaks to one ready chat after the other until there is none.
func (m *mouths) speak() {
	for q, next := m.take(); q != nil; q, next = m.take() {
		d := q.of.duty
		wait, over := (&speaker{d.station}).say(d.inside(d.voice), next)
		m.put(q, wait, over)
	}
}

func (m *mouths) take() (*queue, *speech) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.ready) == 0 {
		m.open--
		return nil, nil
	}
	q := m.ready[0]
	m.ready, q.speaking = m.ready[1:], true
	return q, q.speeches[0]
}

// put puts a chat back, to its end when it is to be waited for or has more to hear.
func (m *mouths) put(q *queue, wait time.Duration, over bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	q.speaking = false
	if over {
		q.speeches = q.speeches[1:]
	}
	switch {
	case len(q.speeches) == 0 || q.of.duty.voice.Err() != nil:
		m.drop(q)
	case wait > 0:
		time.AfterFunc(wait, func() { m.again(q) })
	default:
		m.turn(q)
	}
}

func (m *mouths) again(q *queue) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.chats[q.of] == q {
		m.turn(q)
	}
}

func (m *mouths) drop(q *queue) {
	if m.chats[q.of] == q {
		delete(m.chats, q.of)
	}
	m.changed.Broadcast()
}

// busy says whether a bot has something to say.
func (m *mouths) busy(d *duty) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.has(d)
}

// has says whether any of the bots has something to say. The lock is held.
func (m *mouths) has(of ...*duty) bool {
	for c := range m.chats {
		if slices.Contains(of, c.duty) {
			return true
		}
	}
	return false
}

// lastWords is how long the end of a duty waits for what is still to be said.
const lastWords = 4 * time.Second

// finish returns when all of some bots is said, or after a while or when work ends; what is not said by then is kept for the next who has the duty.
func (m *mouths) finish(work context.Context, of ...*duty) {
	m.mu.Lock()
	defer m.mu.Unlock()
	over := time.Now().Add(lastWords)
	defer time.AfterFunc(lastWords, m.changed.Broadcast).Stop()
	defer context.AfterFunc(work, m.changed.Broadcast)()
	for m.has(of...) && time.Now().Before(over) && work.Err() == nil && !(len(of) == 1 && of[0].voice.Err() != nil) {
		m.changed.Wait()
	}
	for _, d := range of {
		d.hush()
	}
	for c, q := range m.chats {
		if slices.Contains(of, c.duty) && !q.speaking {
			m.drop(q)
		}
	}
	m.ready = slices.DeleteFunc(m.ready, func(q *queue) bool { return m.chats[q.of] != q })
	for m.has(of...) { // somebody's sentence is broken off
		m.changed.Wait()
	}
}
