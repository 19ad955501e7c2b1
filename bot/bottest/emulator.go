package bottest

import (
	"bufio"
	"bytes"
	_ "embed" // emulator.mjs
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os/exec"
	"strconv"
	"strings"
	"testing"
)

//go:embed emulator.mjs
var emulator string

// Emulated is a server that asks another's: telegram-test-api, which `make assets` fetches. Every call of the bot's and everything persons do goes
// through it; what is kept here is only what passed. It has no documents, no photos and no secret of a webhook.
func Emulated(t testing.TB, token string) *Server {
	t.Helper()
	node := exec.Command("node", "--input-type=module", "--eval", emulator)
	in, err := node.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := node.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var complaint bytes.Buffer
	node.Stderr = &complaint
	if err := node.Start(); err != nil {
		t.Fatal(err)
	}
	port, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("telegram-test-api does not start: make assets\n%s", &complaint)
	}
	s := New(t, token)
	s.emulator = "http://127.0.0.1:" + strings.TrimSpace(port)
	t.Cleanup(func() {
		_ = in.Close()
		_ = node.Wait()
	})
	return s
}

// pass has the emulator answer a call of the bot's, and keeps what it took.
func (s *Server) pass(w http.ResponseWriter, r *http.Request, method string) {
	form, err := io.ReadAll(r.Body)
	if err != nil {
		s.t.Error(err)
		return
	}
	answered, err := http.Post(s.emulator+r.URL.Path, r.Header.Get("Content-Type"), bytes.NewReader(form))
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	defer answered.Body.Close()
	content, err := io.ReadAll(answered.Body)
	if err != nil {
		s.t.Error(err)
	}
	if answered.StatusCode == http.StatusOK {
		values, _ := url.ParseQuery(string(form))
		s.keep(method, values, content)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(answered.StatusCode)
	_, _ = w.Write(content) // the bot may have gone
}

func (s *Server) keep(method string, form url.Values, answer []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls[method]++
	r := &http.Request{PostForm: form, Form: form}
	chat, _ := strconv.ParseInt(form.Get("chat_id"), 10, 64)
	m := Message{Chat: chat, Text: form.Get("text")}
	m.Buttons, m.Share = s.buttons(r)
	switch method {
	case "sendMessage":
		var told struct {
			Result struct {
				ID int `json:"message_id"`
			}
		}
		if err := json.Unmarshal(answer, &told); err != nil || told.Result.ID == 0 {
			s.t.Errorf("the emulator answers %s", answer)
		}
		m.ID = told.Result.ID
		s.messages[m.ID] = &m
		s.say(chat, Said{Message: m})
	case "editMessageText":
		m.ID, _ = strconv.Atoi(form.Get("message_id"))
		s.messages[m.ID] = &m
		s.say(chat, Said{Message: m, Edit: true})
	case "answerCallbackQuery":
		n, _ := strconv.Atoi(form.Get("callback_query_id"))
		if n < 1 || n > len(s.pressed) {
			s.t.Errorf("a press is answered that was none: %v", form)
			return
		}
		chat = s.pressed[n-1]
		s.say(chat, Said{Toast: true, Message: Message{Chat: chat, Text: m.Text}})
	}
}

// forward has the emulator tell the bot what somebody does. The lock is held.
func (s *Server) forward(raw string) {
	var update struct {
		Message  map[string]any
		Callback map[string]any `json:"callback_query"`
	}
	if err := json.Unmarshal([]byte(raw), &update); err != nil {
		s.t.Fatalf("the emulator takes no %s", raw)
	}
	method, body := "/sendMessage", update.Message
	if body == nil {
		method, body = "/sendCallback", update.Callback
		s.pressed = append(s.pressed, chatOf(json.RawMessage(raw)))
	} else if text, _ := body["text"].(string); strings.HasPrefix(text, "/") {
		command, _, _ := strings.Cut(text, " ")
		method, body["entities"] = "/sendCommand", []map[string]any{{"type": "bot_command", "offset": 0, "length": len(command)}}
	}
	body["botToken"] = s.Token
	content, err := json.Marshal(body)
	if err != nil {
		s.t.Fatal(err)
	}
	answered, err := http.Post(s.emulator+method, "application/json", bytes.NewReader(content))
	if err != nil || answered.StatusCode != http.StatusOK {
		s.t.Fatalf("the emulator takes no %s: %v", content, err)
	}
	_ = answered.Body.Close()
}
