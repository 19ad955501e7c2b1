package bottest

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"time"
)

// hook is where the bot's updates are told.
type hook struct{ address, secret string }

// setWebhook has updates told to an address from now on, those that wait among them.
func (s *Server) setWebhook(r *http.Request) (any, string) {
	address, err := url.Parse(r.PostFormValue("url"))
	switch {
	case err != nil || address.Host == "":
		return nil, "bad webhook: " + r.PostFormValue("url")
	case r.PostFormValue("allowed_updates") == "":
		s.t.Error("the webhook is for every kind of update")
	}
	s.hook = &hook{address.String(), r.PostFormValue("secret_token")}
	s.changed.Broadcast()
	return true, ""
}

// Webhook is the address that is told of updates; "" for none.
func (s *Server) Webhook() (address, secret string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hook == nil {
		return "", ""
	}
	return s.hook.address, s.hook.secret
}

// tell tells updates while there is a webhook, as Telegram does: to one chat in their order, the next when the one before was taken, to several at
// once, and again until it is taken.
func (s *Server) tell() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for !s.over {
		var next *update
		if s.hook != nil {
			busy := map[int64]bool{}
			for i := range s.pending {
				u := &s.pending[i]
				if of := chatOf(u.raw); u.telling || busy[of] {
					busy[of] = true
				} else {
					next = u
					break
				}
			}
		}
		if next == nil {
			s.changed.Wait()
			continue
		}
		next.telling = true
		to, id, raw := *s.hook, next.id, next.raw
		go func() {
			taken := s.call(to, raw)
			if !taken {
				time.Sleep(20 * time.Millisecond)
			}
			s.told(id, taken)
		}()
	}
}

func (s *Server) told(id int64, taken bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.pending {
		if s.pending[i].id == id {
			s.pending[i].telling = false
			if taken {
				s.pending = append(s.pending[:i:i], s.pending[i+1:]...)
			}
			break
		}
	}
	s.changed.Broadcast()
}

// call shows an update to whoever is at the webhook, and says whether it was taken.
func (s *Server) call(to hook, raw json.RawMessage) bool {
	request, err := http.NewRequest(http.MethodPost, to.address, bytes.NewReader(raw))
	if err != nil {
		return false
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-Telegram-Bot-Api-Secret-Token", to.secret)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return false
	}
	_ = answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}

func chatOf(raw json.RawMessage) int64 {
	var u struct {
		Message  struct{ Chat struct{ ID int64 } }
		Callback struct {
			Message struct{ Chat struct{ ID int64 } }
		} `json:"callback_query"`
	}
	_ = json.Unmarshal(raw, &u) // what is no update is of nobody
	return max(u.Message.Chat.ID, u.Callback.Message.Chat.ID)
}
