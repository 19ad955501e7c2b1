package wire

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Refusal is Telegram saying no.
type Refusal struct {
	Code  int
	Why   string
	After time.Duration // how long it wants to be left in peace
}

func (r *Refusal) Error() string { return fmt.Sprintf("telegram: %d %s", r.Code, r.Why) }

// UnknownBot says that Telegram knows no bot of this token.
func (r *Refusal) UnknownBot() bool { return r.Code == 401 || r.Code == 404 }

// Webhook says that the bot has a webhook, beside which it cannot be polled.
func (r *Refusal) Webhook() bool {
	return r.Code == http.StatusConflict && strings.Contains(r.Why, "webhook")
}

// ForGood says that asking the same again would be refused again.
func (r *Refusal) ForGood() bool { return r.Code >= 400 && r.Code < 500 && r.Code != 429 }

// Closed says that the chat takes nothing from this bot any more: it was blocked, never began, or is no more.
func (r *Refusal) Closed() bool {
	return r.Code == http.StatusForbidden || r.Code == http.StatusBadRequest && strings.Contains(r.Why, "chat not found")
}

// Unchanged says that a message says already what it was to say.
func (r *Refusal) Unchanged() bool { return strings.Contains(r.Why, "not modified") }
