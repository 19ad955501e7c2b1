package bot

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"enlace/bot/wire"
	"enlace/tenants/bots"
)

// speaker says answers through one bot. What it has to say is in the database until it is said.
type speaker struct{ *station }

// speech is an answer that is being said to a chat, note by note.
type speech struct {
	*bots.Saying
	left notes
	try  int // at the first of them
	wait time.Duration
}

const (
	tries     = 8
	firstWait = 500 * time.Millisecond
	lastWait  = 15 * time.Second
)

// say says the next note of a speech, and answers how long to wait before it is called again; over when nothing is left to say. A note is said until
// it is heard, or Telegram refuses it for good (a chat that blocked the bot, a message that is gone) or too often; while Telegram is out of reach
// it goes on. What is left when ctx ends is kept.
func (s *speaker) say(ctx context.Context, t *speech) (wait time.Duration, over bool) {
	if t.left == nil {
		if err := json.Unmarshal(t.Answer, &t.left); err != nil || len(t.left) == 0 { // of a version of Enlace that wrote it otherwise
			s.log.Warn("bot: an answer cannot be read", "error", err)
			return 0, s.said(ctx, t, nil)
		}
	}
	err := s.utter(ctx, t.Chat, t.left[0])
	t.try++
	var refused *wire.Refusal
	isRefused := errors.As(err, &refused)
	switch {
	case err != nil && ctx.Err() != nil:
		return 0, true
	case isRefused && (refused.ForGood() || t.try >= tries):
		s.log.Info("bot: an answer is not said", "error", err, "try", t.try)
		if t.left[0].Keep != nil { // whoever sent the file is to know
			_ = s.utter(ctx, t.Chat, note{Text: fileGone, Keys: t.left[0].Keys})
		}
		s.closed(ctx, t.Chat, refused)
	case isRefused && refused.After > 0:
		s.hush(ctx, refused.After)
		return refused.After, false
	case err != nil:
		t.wait = min(max(2*t.wait, firstWait), lastWait)
		s.log.Info("bot: an answer is said again", "error", err, "in", t.wait)
		return t.wait, false
	}
	t.left, t.try, t.wait = t.left[1:], 0, 0
	var rest json.RawMessage
	if len(t.left) > 0 {
		rest, _ = json.Marshal(t.left) // it was read from this form
	}
	return 0, s.said(ctx, t, rest)
}

// noting is what there is to note what was said, although the time to say it is over.
const noting = 3 * time.Second

// said keeps what is left of a speech, and answers whether it is over.
func (s *speaker) said(ctx context.Context, t *speech, rest json.RawMessage) (over bool) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), noting)
	defer cancel()
	if err := s.bots.Said(ctx, t.ID, rest); err != nil {
		s.log.Error("bot: an answer cannot be noted as said", "error", err)
		return true
	}
	return rest == nil
}

// closed notes that a chat takes nothing any more, if that is why it refused.
func (s *speaker) closed(ctx context.Context, chat int64, refused *wire.Refusal) {
	if !refused.Closed() {
		return
	}
	if err := s.bots.Blocked(ctx, chat); err != nil {
		s.log.Warn("bot: a chat that is closed cannot be noted", "error", err)
	}
}

// hush has nothing said unasked either while Telegram wants to be left in peace.
func (s *speaker) hush(ctx context.Context, pause time.Duration) {
	if err := s.bots.Hush(ctx, pause); err != nil {
		s.log.Warn("bot: a pause cannot be noted", "error", err)
	}
}

// sayWithin says an answer as far as it can be said within a time.
func (s *speaker) sayWithin(ctx context.Context, say *bots.Saying, within time.Duration) {
	ctx, cancel := context.WithTimeout(s.inside(ctx), within)
	defer cancel()
	end, _ := ctx.Deadline()
	t := speech{Saying: say}
	for {
		wait, over := s.say(ctx, &t)
		if over || wait > time.Until(end) || wait > 0 && !rest(ctx, wait) {
			return
		}
	}
}

// utter says one note.
func (s *speaker) utter(ctx context.Context, chat int64, n note) (err error) {
	defer contain(&err)
	switch {
	case n.Press != "":
		return s.api.AnswerPress(ctx, n.Press, n.Text)
	case n.Paper != nil:
		return s.handOver(ctx, chat, n)
	case n.Keep != nil:
		return s.keep(ctx, chat, n)
	case n.Edit != 0:
		err := s.api.Edit(ctx, chat, n.Edit, n.Text, n.Keys.board())
		var refused *wire.Refusal
		if !errors.As(err, &refused) || !refused.ForGood() {
			return err
		}
		if refused.Unchanged() {
			return nil
		} // the message is gone, or too old: it is said anew
	}
	return s.api.Send(ctx, chat, n.Text, n.Keys.board())
}
