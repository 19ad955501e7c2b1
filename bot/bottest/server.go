// Package bottest is Telegram for tests: a Bot API server of our own, the persons who write to its bot, and conversations as scripts.
package bottest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// Server is a Bot API server with one bot. It keeps what was said and checks what Telegram would: the token, the length of things, that
// nobody else polls.
type Server struct {
	Endpoint string // for ENLACE_TELEGRAM_ENDPOINT
	Token    string
	t        testing.TB

	mu       sync.Mutex
	changed  *sync.Cond
	pending  []update
	replayed []update // given once more, whatever was confirmed
	last     int64    // update
	messages map[int]*Message
	said     map[int64][]Said
	presses  map[string]int // how often each was answered
	failures map[string][]Failure
	files    map[string][]byte
	calls    map[string]int
	polling  int
	Rivals   int // how often two asked for updates at once
	failed   int
	emulator string  // its address, where another's server answers
	pressed  []int64 // chats of the presses that it was told of, in order
	menu     string  // of commands, as it was told
	hook     *hook
	over     bool
}

type update struct {
	id      int64
	raw     json.RawMessage
	telling bool
}

// Message is a message of the bot's as it stands in a chat.
type Message struct {
	ID      int
	Chat    int64
	Text    string // in HTML
	Buttons [][]Button
	Share   string // the button that sends one's own contact card
}

// Button is a button under a message.
type Button struct{ Label, Data string }

// Said is one thing the bot did in a chat.
type Said struct {
	Message
	Edit     bool
	Document []byte // its name is Name, its caption Text
	Name     string
	Toast    bool // the answer to a press, with Text
}

// Failure is how a method fails.
type Failure struct {
	Code       int
	Why        string
	RetryAfter int  // seconds
	After      bool // it is done first, and the answer is lost
}

// New starts a server whose bot has the token.
func New(t testing.TB, token string) *Server {
	s := &Server{Token: token, t: t, messages: map[int]*Message{}, said: map[int64][]Said{}, presses: map[string]int{},
		failures: map[string][]Failure{}, files: map[string][]byte{}, calls: map[string]int{}}
	s.changed = sync.NewCond(&s.mu)
	server := httptest.NewServer(s)
	s.Endpoint = server.URL + "/bot%s/%s"
	go s.tell()
	t.Cleanup(func() {
		s.mu.Lock()
		s.over = true
		s.changed.Broadcast()
		s.mu.Unlock()
		server.CloseClientConnections()
		server.Close()
	})
	return s
}

// Stands is the text of a message as it stands in its chat now.
func (s *Server) Stands(message int) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.messages[message].Text
}

// Fail makes the next calls of a method fail, one failure a call.
func (s *Server) Fail(method string, failures ...Failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failures[method] = append(s.failures[method], failures...)
}

// Failed is how many calls failed as they were made to.
func (s *Server) Failed() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.failed
}

// Heal has no call fail any more.
func (s *Server) Heal() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failures, s.failed = map[string][]Failure{}, 0
}

// Calls is how often a method was called.
func (s *Server) Calls(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[method]
}

// Pending is how many updates were told to nobody, or are being told.
func (s *Server) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.pending)
}

// Update puts an update before the bot; {id} in it is its number, which is returned.
func (s *Server) Update(raw string) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last++
	if s.emulator != "" {
		s.forward(strings.ReplaceAll(raw, "{id}", strconv.FormatInt(s.last, 10)))
		return s.last
	}
	s.pending = append(s.pending, update{id: s.last, raw: json.RawMessage(strings.ReplaceAll(raw, "{id}", strconv.FormatInt(s.last, 10)))})
	s.changed.Broadcast()
	return s.last
}

// Replay puts an update before the bot again, as Telegram does when it did not hear that it was taken.
func (s *Server) Replay(id int64, raw string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	again := update{id: id, raw: json.RawMessage(strings.ReplaceAll(raw, "{id}", strconv.FormatInt(id, 10)))}
	if s.hook != nil {
		s.pending = append(s.pending, again)
	} else {
		s.replayed = append(s.replayed, again)
	}
	s.changed.Broadcast()
}

// ServeHTTP answers one call.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if id, fetches := strings.CutPrefix(r.URL.Path, "/file/bot"+s.Token+"/files/"); fetches {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.calls["file"]++
		if fails := s.failures["file"]; len(fails) > 0 {
			s.failures["file"] = fails[1:]
			w.WriteHeader(fails[0].Code)
			return
		}
		_, _ = w.Write(s.files[id]) // the bot may have gone
		return
	}
	rest, found := strings.CutPrefix(r.URL.Path, "/bot"+s.Token+"/")
	if !found {
		answer(w, http.StatusUnauthorized, nil, Failure{Why: "Unauthorized"})
		return
	}
	if s.emulator != "" {
		s.pass(w, r, rest)
		return
	}
	if err := r.ParseMultipartForm(16 << 20); err != nil && err != http.ErrNotMultipart {
		answer(w, http.StatusBadRequest, nil, Failure{Why: "Bad Request: " + err.Error()})
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls[rest]++
	fails := s.failures[rest]
	if len(fails) > 0 {
		s.failures[rest] = fails[1:]
		s.failed++
		if !fails[0].After {
			answer(w, fails[0].Code, nil, fails[0])
			return
		}
	}
	result, refused := s.do(rest, r)
	switch {
	case refused != "":
		answer(w, http.StatusBadRequest, nil, Failure{Why: "Bad Request: " + refused})
	case len(fails) > 0:
		answer(w, fails[0].Code, nil, fails[0])
	case rest == "getUpdates" && s.hook != nil:
		answer(w, http.StatusConflict, nil, Failure{Why: "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"})
	case rest == "getUpdates" && result == nil:
		answer(w, http.StatusConflict, nil, Failure{Why: "Conflict: terminated by other getUpdates request"})
	default:
		answer(w, http.StatusOK, result, Failure{})
	}
}

func answer(w http.ResponseWriter, code int, result any, f Failure) {
	said := map[string]any{"ok": code == http.StatusOK}
	if said["result"] = result; code != http.StatusOK {
		said = map[string]any{"ok": false, "error_code": code, "description": f.Why}
		if f.RetryAfter > 0 {
			said["parameters"] = map[string]any{"retry_after": f.RetryAfter}
		}
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(said) // the bot may have gone
}

func (s *Server) do(method string, r *http.Request) (result any, refused string) {
	chat, _ := strconv.ParseInt(r.PostFormValue("chat_id"), 10, 64)
	switch method {
	case "getMe":
		return map[string]any{"id": 1, "is_bot": true, "first_name": "Fibra", "username": "fibranorte_bot"}, ""
	case "setMyCommands":
		s.menu = r.PostFormValue("commands")
		return true, ""
	case "setWebhook":
		return s.setWebhook(r)
	case "deleteWebhook":
		s.hook = nil
		return true, ""
	case "getUpdates":
		return s.updates(r), ""
	case "sendMessage", "editMessageText":
		return s.message(method, chat, r)
	case "sendDocument", "sendPhoto":
		return s.document(strings.ToLower(strings.TrimPrefix(method, "send")), chat, r)
	case "getFile":
		return s.file(r.PostFormValue("file_id"))
	case "answerCallbackQuery":
		press := r.PostFormValue("callback_query_id")
		of, known := pressedIn(press)
		if !known {
			return nil, "query is too old and response timeout expired or query ID is invalid"
		}
		s.presses[press]++
		s.say(of, Said{Toast: true, Message: Message{Chat: of, Text: r.PostFormValue("text")}})
		return true, ""
	}
	return nil, "method not found: " + method
}

// updates holds the question until there is something to tell, another one asks, or its time is over.
func (s *Server) updates(r *http.Request) any {
	from, _ := strconv.ParseInt(r.PostFormValue("offset"), 10, 64)
	seconds, _ := strconv.Atoi(r.PostFormValue("timeout"))
	over := time.Now().Add(time.Duration(seconds) * time.Second)
	wake := time.AfterFunc(time.Until(over), s.changed.Broadcast)
	defer wake.Stop()
	gone := r.Context()
	go func() { <-gone.Done(); s.changed.Broadcast() }()
	if s.polling++; s.polling > 1 {
		s.Rivals++
	}
	defer func() { s.polling-- }()
	for {
		for len(s.pending) > 0 && s.pending[0].id < from {
			s.pending = s.pending[1:]
		}
		ready := []json.RawMessage{}
		for _, u := range append(s.replayed, s.pending...) {
			ready = append(ready, u.raw)
		}
		if s.hook != nil {
			return []json.RawMessage{}
		}
		if len(ready) > 0 && gone.Err() == nil {
			s.replayed = nil
			return ready[:min(100, len(ready))]
		}
		if gone.Err() != nil || !time.Now().Before(over) {
			return ready
		}
		s.changed.Wait()
	}
}

func (s *Server) message(method string, chat int64, r *http.Request) (any, string) {
	m := Message{Chat: chat, Text: r.PostFormValue("text")}
	m.Buttons, m.Share = s.buttons(r)
	switch {
	case chat == 0:
		return nil, "chat not found"
	case m.Text == "", len([]rune(m.Text)) > 4096:
		return nil, "message text is empty or too long"
	}
	if refused := checkHTML(m.Text); refused != "" {
		return nil, refused
	}
	edit := method == "editMessageText"
	if edit {
		m.ID, _ = strconv.Atoi(r.PostFormValue("message_id"))
		before := s.messages[m.ID]
		switch {
		case before == nil || before.Chat != chat:
			return nil, "message to edit not found"
		case before.Text == m.Text && fmt.Sprint(before.Buttons) == fmt.Sprint(m.Buttons):
			return nil, "message is not modified"
		}
	} else {
		m.ID = len(s.messages) + 1
	}
	s.messages[m.ID] = &m
	s.say(chat, Said{Message: m, Edit: edit})
	return map[string]any{"message_id": m.ID, "date": 1, "chat": map[string]any{"id": chat, "type": "private"}}, ""
}

func (s *Server) buttons(r *http.Request) (all [][]Button, share string) {
	var board struct {
		Lines [][]struct{ Text, Callback_data string } `json:"inline_keyboard"`
		Under [][]struct {
			Text            string
			Request_contact bool
		} `json:"keyboard"`
	}
	if raw := r.PostFormValue("reply_markup"); raw != "" {
		if err := json.Unmarshal([]byte(raw), &board); err != nil {
			s.t.Errorf("a keyboard that is none: %s", raw)
		}
	}
	for _, line := range board.Under {
		for _, b := range line {
			if share = b.Text; !b.Request_contact || share == "" {
				s.t.Errorf("the button %q under the field sends no card", b.Text)
			}
		}
	}
	for _, line := range board.Lines {
		var buttons []Button
		for _, b := range line {
			if n := len(b.Callback_data); n == 0 || n > 64 || b.Text == "" {
				s.t.Errorf("the button %q carries %d bytes", b.Text, n)
			}
			buttons = append(buttons, Button{b.Text, b.Callback_data})
		}
		all = append(all, buttons)
	}
	return all, share
}

// Menu is the commands that Telegram shows, as JSON.
func (s *Server) Menu() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.menu
}

// Lies puts a file where the bot may fetch it, by its id.
func (s *Server) Lies(id string, content []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files[id] = content
}

// mostFetched is the largest file that the Bot API hands over.
const mostFetched = 20 << 20

func (s *Server) file(id string) (any, string) {
	content, there := s.files[id]
	switch {
	case !there:
		return nil, "wrong file_id or the file is temporarily unavailable"
	case len(content) > mostFetched:
		return nil, "file is too big"
	}
	return map[string]any{"file_id": id, "file_unique_id": id, "file_size": len(content), "file_path": "files/" + id}, ""
}

func (s *Server) document(field string, chat int64, r *http.Request) (any, string) {
	file, header, err := r.FormFile(field)
	if err != nil {
		return nil, "there is no " + field + " in the request"
	}
	content, err := io.ReadAll(file)
	if err != nil {
		return nil, err.Error()
	}
	m := Message{ID: len(s.messages) + 1, Chat: chat, Text: r.PostFormValue("caption")}
	s.messages[m.ID] = &m
	s.say(chat, Said{Message: m, Document: content, Name: header.Filename})
	return map[string]any{"message_id": m.ID, "date": 1, "chat": map[string]any{"id": chat, "type": "private"}}, ""
}

func (s *Server) say(chat int64, what Said) {
	s.said[chat] = append(s.said[chat], what)
	s.changed.Broadcast()
}

// checkHTML refuses what Telegram's HTML does not take.
func checkHTML(text string) string {
	var open []string
	for text != "" {
		i := strings.IndexByte(text, '<')
		if i < 0 {
			break
		}
		tag, rest, closed := strings.Cut(text[i+1:], ">")
		name := strings.TrimPrefix(tag, "/")
		switch {
		case !closed || name != "b" && name != "code" && name != "i":
			return "can't parse entities: Unsupported start tag \"" + tag + "\""
		case name == tag:
			open = append(open, name)
		case len(open) == 0 || open[len(open)-1] != name:
			return "can't parse entities: Unexpected end tag"
		default:
			open = open[:len(open)-1]
		}
		text = rest
	}
	if len(open) > 0 {
		return "can't parse entities: Can't find end tag"
	}
	return ""
}
