package bot

import (
	"cmp"
	"encoding/json"
	"errors"
	"strings"

	telegram "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"enlace/tenants/subscribers"
	"enlace/tenants/support"
)

// heard is what the bot understands of an update: words, a file, a button pressed, or nothing it answers to.
type heard struct {
	update   int64
	chat     int64  // 0: nobody to answer
	command  string // without the bar, in small letters
	argument string
	text     string // what was written, or stands under a picture
	person   string // what Telegram calls who writes
	card     *subscribers.Card
	sent     *sent
	under    []string // what the buttons stand for under the message of the bot's that is replied to
	odd      string   // what no dialogue takes, as a code of oddities; "" for none
	press    string   // Telegram's id of the pressing of a button
	code     string   // what the button stands for
	message  int      // the one with the button
	left     bool     // it blocked the bot
	joined   bool     // it takes messages from the bot, again or for the first time
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
	case update.EditedMessage != nil:
		h.edited(update.EditedMessage)
	case update.CallbackQuery != nil:
		h.button(update.CallbackQuery)
	case update.MyChatMember != nil:
		h.member(update.MyChatMember)
	}
	return h, nil
}

func (h *heard) words(m *telegram.Message) {
	if !private(m.Chat, m.From) {
		return
	}
	h.chat, h.text = m.Chat.ID, strings.TrimSpace(cmp.Or(m.Text, m.Caption))
	h.person = m.From.FirstName + " " + m.From.LastName
	if m.Contact != nil { // whose it is says Telegram, and only of a card that was not passed on
		h.card = &subscribers.Card{Phone: m.Contact.PhoneNumber, Own: m.Contact.UserID == m.From.ID && m.ForwardDate == 0}
		return
	}
	if h.sent, h.odd = fileOf(m), oddityOf(m); h.sent != nil && (h.sent.id == "" || strings.ContainsRune(h.sent.id, 0)) {
		h.sent, h.odd = nil, oddElse
	}
	h.under = codesUnder(m.ReplyToMessage)
	words := strings.Fields(h.text)
	if len(words) == 0 || m.Text == "" || !strings.HasPrefix(words[0], "/") {
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

// codesUnder are what the buttons under a message of the bot's stand for.
func codesUnder(m *telegram.Message) (codes []string) {
	if m == nil || m.From == nil || !m.From.IsBot || m.ReplyMarkup == nil {
		return nil
	}
	for _, line := range m.ReplyMarkup.InlineKeyboard {
		for _, b := range line {
			if b.CallbackData != nil {
				codes = append(codes, *b.CallbackData)
			}
		}
	}
	return codes
}

// member hears that a person blocked the bot, or takes messages from it again. In a group it has nothing to say.
func (h *heard) member(m *telegram.ChatMemberUpdated) {
	if private(&m.Chat, &m.From) {
		h.chat, h.left, h.joined = m.Chat.ID, m.NewChatMember.WasKicked(), !m.NewChatMember.WasKicked()
	}
}

// edited hears that somebody corrected words; a place that moves is told of by the same kind of update, and is nothing to answer to.
func (h *heard) edited(m *telegram.Message) {
	if private(m.Chat, m.From) && m.Text != "" {
		h.chat, h.odd = m.Chat.ID, oddEdited
	}
}

// fileOf is the photo, the voice or the document of a message; of a photo the largest that may be fetched.
func fileOf(m *telegram.Message) *sent {
	switch {
	case len(m.Photo) > 0:
		best := m.Photo[0]
		for _, one := range m.Photo {
			if one.FileSize <= support.MostSent && one.Width >= best.Width {
				best = one
			}
		}
		return &sent{kind: sentPhoto, id: best.FileID, size: best.FileSize}
	case m.Voice != nil:
		return &sent{kind: sentVoice, id: m.Voice.FileID, size: m.Voice.FileSize}
	case m.Document != nil && m.Animation == nil:
		return &sent{kind: sentDocument, id: m.Document.FileID, name: strings.ReplaceAll(m.Document.FileName, "\x00", ""), size: m.Document.FileSize}
	}
	return nil
}

// What no dialogue takes.
const oddSticker, oddPlace, oddVideo, oddSound, oddEdited, oddElse = "sticker", "place", "video", "sound", "edited", "else"

func oddityOf(m *telegram.Message) string {
	switch {
	case m.Sticker != nil, m.Animation != nil, m.Dice != nil:
		return oddSticker
	case m.Location != nil, m.Venue != nil:
		return oddPlace
	case m.Video != nil, m.VideoNote != nil:
		return oddVideo
	case m.Audio != nil:
		return oddSound
	case m.Text == "" && m.Caption == "" && fileOf(m) == nil:
		return oddElse
	}
	return ""
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
