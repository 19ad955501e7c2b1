package bottest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Person is somebody who writes to the bot from a private chat.
type Person struct {
	s    *Server
	Name string
	Chat int64
	read int // of what the bot said
}

// Person is somebody with a chat of that number.
func (s *Server) Person(name string, chat int64) *Person {
	return &Person{s: s, Name: name, Chat: chat}
}

// Writes sends a message.
func (p *Person) Writes(text string) int64 { return p.s.Update(p.Raw(text)) }

// Raw is the update of a message, to be sent by Update.
func (p *Person) Raw(text string) string {
	quoted, _ := json.Marshal(text)
	return fmt.Sprintf(`{"update_id":{id},"message":{"message_id":{id},"date":1,"text":%s,%s}}`, quoted, p.who())
}

func (p *Person) who() string {
	return fmt.Sprintf(`"from":{"id":%d,"is_bot":false,"first_name":"%s"},"chat":{"id":%d,"type":"private"}`, p.Chat, p.Name, p.Chat)
}

// Sends sends something else than words: the field of a message that has it, as JSON.
func (p *Person) Sends(what string) int64 {
	return p.s.Update(fmt.Sprintf(`{"update_id":{id},"message":{"message_id":{id},"date":1,%s,%s}}`, what, p.who()))
}

// Replies writes as the reply to the newest message with the button of that label.
func (p *Person) Replies(label, text string) int64 {
	p.s.t.Helper()
	message, _ := p.Button(label)
	p.s.mu.Lock()
	var board [][]map[string]string
	for _, line := range p.s.messages[message].Buttons {
		var row []map[string]string
		for _, b := range line {
			row = append(row, map[string]string{"text": b.Label, "callback_data": b.Data})
		}
		board = append(board, row)
	}
	p.s.mu.Unlock()
	under, _ := json.Marshal(map[string]any{"message_id": message, "date": 1, "chat": map[string]any{"id": p.Chat, "type": "private"},
		"from": map[string]any{"id": 1, "is_bot": true, "first_name": "Fibra"}, "reply_markup": map[string]any{"inline_keyboard": board}})
	quoted, _ := json.Marshal(text)
	return p.Sends(fmt.Sprintf(`"text":%s,"reply_to_message":%s`, quoted, under))
}

// Turns blocks the bot, as status kicked, or takes messages from it again, as status member.
func (p *Person) Turns(status string) int64 {
	return p.s.Update(fmt.Sprintf(`{"update_id":{id},"my_chat_member":{"date":1,%s,"old_chat_member":{"user":{"id":1,"is_bot":true},"status":"left"},"new_chat_member":{"user":{"id":1,"is_bot":true},"status":%q}}}`, p.who(), status))
}

// Corrects edits a message of long ago.
func (p *Person) Corrects(text string) int64 {
	quoted, _ := json.Marshal(text)
	return p.s.Update(fmt.Sprintf(`{"update_id":{id},"edited_message":{"message_id":1,"date":1,"edit_date":2,"text":%s,%s}}`, quoted, p.who()))
}

// Shares sends the contact card of the telephone as one's own, by the button that asks for it.
func (p *Person) Shares(phone string) int64 { return p.card(phone, p.Chat) }

// Forwards sends a contact card of somebody else's, or of nobody Telegram knows: 0.
func (p *Person) Forwards(phone string, whose int64) int64 { return p.card(phone, whose) }

func (p *Person) card(phone string, whose int64) int64 {
	of := ""
	if whose != 0 {
		of = fmt.Sprintf(`,"user_id":%d`, whose)
	}
	return p.Sends(fmt.Sprintf(`"contact":{"phone_number":%q,"first_name":"x"%s}`, phone, of))
}

// Presses presses the button of that label under the newest message that has one.
func (p *Person) Presses(label string) int64 {
	p.s.t.Helper()
	message, data := p.Button(label)
	return p.PressesOf(message, data)
}

// Button finds the button of that label under the newest message that has one.
func (p *Person) Button(label string) (message int, data string) {
	p.s.t.Helper()
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	for id, m := range p.s.messages {
		if m.Chat != p.Chat || id < message {
			continue
		}
		for _, line := range m.Buttons {
			for _, b := range line {
				if b.Label == label {
					message, data = id, b.Data
				}
			}
		}
	}
	if message == 0 {
		p.s.t.Fatalf("%s sees no button %q", p.Name, label)
	}
	return message, data
}

// PressesOf presses a button of any data.
func (p *Person) PressesOf(message int, data string) int64 {
	quoted, _ := json.Marshal(data)
	return p.s.Update(fmt.Sprintf(`{"update_id":{id},"callback_query":{"id":"%d:{id}","from":{"id":%d,"is_bot":false,"first_name":"%s"},"data":%s,
		"message":{"message_id":%d,"date":1,"chat":{"id":%d,"type":"private"}}}}`, p.Chat, p.Chat, p.Name, quoted, message, p.Chat))
}

// pressedIn is the chat that the id of a press names.
func pressedIn(press string) (int64, bool) {
	chat, _, _ := strings.Cut(press, ":")
	n, err := strconv.ParseInt(chat, 10, 64)
	return n, err == nil
}

// patience is how long the bot is waited for.
const patience = 15 * time.Second

// Next is what the bot says next in the person's chat.
func (p *Person) Next() Said {
	p.s.t.Helper()
	said, ok := p.wait(patience)
	if !ok {
		p.s.t.Fatalf("%s waits in vain", p.Name)
	}
	return said
}

// Hears says whether the bot says something within a time.
func (p *Person) Hears(within time.Duration) (Said, bool) { return p.wait(within) }

func (p *Person) wait(within time.Duration) (Said, bool) {
	over := time.Now().Add(within)
	wake := time.AfterFunc(within, p.s.changed.Broadcast)
	defer wake.Stop()
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	for p.read >= len(p.s.said[p.Chat]) {
		if !time.Now().Before(over) {
			return Said{}, false
		}
		p.s.changed.Wait()
	}
	p.read++
	return p.s.said[p.Chat][p.read-1], true
}

var tags = regexp.MustCompile(`</?(b|i)>`)

// Plain is a text as a person sees it: without bold, with plain blanks. A code that one touch copies stands between grave accents.
func Plain(text string) string {
	text = strings.NewReplacer("<code>", "`", "</code>", "`", "\u00a0", " ", "&#34;", `"`, "&#39;", "'", "&amp;", "&", "&lt;", "<", "&gt;", ">").Replace(tags.ReplaceAllString(text, ""))
	return text
}
