package bot

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"enlace/tenants/subscribers"
)

// speaker says answers to chats: to one chat in their order, to several at once. What it has to say is in the database until it is said.
type speaker struct {
	*poller
	ctx     context.Context // of the shift: whatever is said is said within it
	hush    context.CancelFunc
	mu      sync.Mutex
	waiting map[int64][]*subscribers.Saying // a chat is here while somebody speaks to it
	mouths  chan struct{}
	all     sync.WaitGroup
}

// mouths is how many chats of one bot are spoken to at once; Telegram takes about thirty messages a second.
const mouths = 8

func newSpeaker(ctx context.Context, p *poller) *speaker {
	ctx, hush := context.WithCancel(ctx)
	return &speaker{poller: p, ctx: ctx, hush: hush, waiting: map[int64][]*subscribers.Saying{}, mouths: make(chan struct{}, mouths)}
}

// add has an answer said after those that the chat is waiting for.
func (s *speaker) add(say *subscribers.Saying) {
	s.mu.Lock()
	defer s.mu.Unlock()
	queue, busy := s.waiting[say.Chat]
	s.waiting[say.Chat] = append(queue, say)
	if !busy {
		s.all.Go(func() { s.speakTo(s.inside(s.ctx), say.Chat) })
	}
}

// lastWords is how long the end of a shift waits for what is still to be said.
const lastWords = 4 * time.Second

// finish returns when all is said, or after a while; what is not said by then is left for the next shift.
func (s *speaker) finish() {
	defer time.AfterFunc(lastWords, s.hush).Stop()
	s.all.Wait()
	s.hush()
}

func (s *speaker) speakTo(ctx context.Context, chat int64) {
	for {
		s.mu.Lock()
		queue := s.waiting[chat]
		if len(queue) == 0 || ctx.Err() != nil {
			delete(s.waiting, chat)
			s.mu.Unlock()
			return
		}
		s.waiting[chat] = queue[1:]
		s.mu.Unlock()
		if err := s.say(ctx, queue[0]); err != nil && ctx.Err() == nil {
			s.log.Error("bot: an answer cannot be noted as said", "error", err)
		}
	}
}

// say says an answer note by note, keeping after each what is left of it.
func (s *speaker) say(ctx context.Context, say *subscribers.Saying) error {
	var left notes
	if err := json.Unmarshal(say.Answer, &left); err != nil { // of a version of Enlace that wrote it otherwise
		s.log.Warn("bot: an answer cannot be read", "error", err)
		return s.desk.Said(ctx, say.ID, nil)
	}
	for len(left) > 0 {
		s.insist(ctx, say.Chat, left[0])
		if ctx.Err() != nil {
			return ctx.Err()
		}
		var rest json.RawMessage
		if left = left[1:]; len(left) > 0 {
			rest, _ = json.Marshal(left) // it was read from this form
		}
		if err := s.desk.Said(ctx, say.ID, rest); err != nil {
			return err
		}
	}
	return nil
}

const (
	tries     = 8
	firstWait = 500 * time.Millisecond
	lastWait  = 15 * time.Second
)

// insist says a note until it is heard, or Telegram refuses it for good (a chat that blocked the bot, a message that is gone) or too often.
// While Telegram is out of reach it goes on.
func (s *speaker) insist(ctx context.Context, chat int64, n note) {
	wait := firstWait
	for try := 1; ; try++ {
		err := s.utter(ctx, chat, n)
		var refused *refusal
		isRefused := errors.As(err, &refused)
		switch {
		case err == nil, ctx.Err() != nil:
			return
		case isRefused && (refused.forGood() || try >= tries):
			s.log.Info("bot: an answer is not said", "error", err, "try", try)
			if n.Keep != nil { // whoever sent the file is to know
				_ = s.utter(ctx, chat, note{Text: fileGone, Keys: n.Keys})
			}
			return
		case isRefused && refused.after > 0:
			rest(ctx, refused.after)
		default:
			s.log.Info("bot: an answer is said again", "error", err, "in", wait)
			rest(ctx, wait)
			wait = min(2*wait, lastWait)
		}
	}
}

// utter says one note.
func (s *speaker) utter(ctx context.Context, chat int64, n note) (err error) {
	s.mouths <- struct{}{}
	defer func() { <-s.mouths }()
	defer contain(&err)
	switch {
	case n.Press != "":
		return s.api.answerPress(ctx, n.Press, n.Text)
	case n.Paper != nil:
		return s.handOver(ctx, chat, n)
	case n.Keep != nil:
		return s.keep(ctx, chat, n)
	case n.Edit != 0:
		err := s.api.edit(ctx, chat, n.Edit, n.Text, n.Keys)
		var refused *refusal
		if !errors.As(err, &refused) || !refused.forGood() {
			return err
		}
		if refused.unchanged() {
			return nil
		} // the message is gone, or too old: it is said anew
	}
	return s.api.send(ctx, chat, n.Text, n.Keys)
}
