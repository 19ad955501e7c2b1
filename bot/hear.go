package bot

import (
	"encoding/json"
	"errors"
	"strings"

	telegram "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"enlace/tenants/subscribers"
)

// heard is what the bot understands of an update: words, a button pressed, or nothing it answers to.
type heard struct {
	update   int64
	chat     int64  // 0: nobody to answer
	command  string // without the bar, in small letters
	argument string
	text     string // "" for a picture and the like
	person   string // what Telegram calls who writes
	card     *subscribers.Card
	press    string // Telegram's id of the pressing of a button
	code     string // what the button stands for
	message  int    // the one with the button
}

// hear reads an update. It never answers but to persons in private chats. It returns an error for what has no number of an update: that
// cannot even be put aside.
func hear(raw json.RawMessage) (heard, error) {
	var numbered struct {
		ID int64 `json:"update_id"`
	}
	if err := json.Unmarshal(raw, &numbered); err != nil {
		return heard{}, err
	}
	if numbered.ID <= 0 {
		return heard{}, errors.New("no update_id")
	}
	h := heard{update: numbered.ID}
	var update telegram.Update
	if err := json.Unmarshal(raw, &update); err != nil { // of a kind that is not known here
		return h, nil
	}
	switch {
	case update.Message != nil:
		h.words(update.Message)
	case update.CallbackQuery != nil:
		h.button(update.CallbackQuery)
	}
	return h, nil
}

func (h *heard) words(m *telegram.Message) {
	if !private(m.Chat, m.From) {
		return
	}
	h.chat, h.text = m.Chat.ID, strings.TrimSpace(m.Text)
	h.person = m.From.FirstName + " " + m.From.LastName
	if m.Contact != nil { // whose it is says Telegram, and only of a card that was not passed on
		h.card = &subscribers.Card{Phone: m.Contact.PhoneNumber, Own: m.Contact.UserID == m.From.ID && m.ForwardDate == 0}
		return
	}
	words := strings.Fields(h.text)
	if len(words) == 0 || !strings.HasPrefix(words[0], "/") {
		return
	}
	h.command, _, _ = strings.Cut(strings.ToLower(words[0][1:]), "@")
	if h.command == "" {
		h.command = "?"
	}
	if len(words) > 1 {
		h.argument = words[1]
	}
}

func (h *heard) button(q *telegram.CallbackQuery) {
	if q.Message == nil || !private(q.Message.Chat, q.From) || q.ID == "" || strings.ContainsRune(q.ID, 0) {
		return
	}
	h.chat, h.press, h.code, h.message = q.Message.Chat.ID, q.ID, q.Data, q.Message.MessageID
}

// private says that a person writes in the chat with the bot alone: its number is then the person's.
func private(chat *telegram.Chat, from *telegram.User) bool {
	return chat != nil && from != nil && chat.IsPrivate() && !from.IsBot && chat.ID == from.ID && chat.ID > 0
}
