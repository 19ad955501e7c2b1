package wire

import telegram "github.com/go-telegram-bot-api/telegram-bot-api/v5"

// Command is one of those that Telegram shows beside the field where one writes.
type Command = telegram.BotCommand

// Board is what may be pressed under a message, row by row; or else a key under the field where one writes. The zero board is none, and takes away that of
// a message that is written anew.
type Board struct {
	Rows    [][]Button
	Share   string // the label of a key that sends one's own contact card
	Unshare bool   // such a key is taken away
}

// Button is pressed, and its code then told.
type Button struct{ Label, Code string }

// markup is a board as Telegram wants it under a new message.
func (b Board) markup() any {
	switch {
	case b.Share != "":
		board := telegram.NewOneTimeReplyKeyboard(telegram.NewKeyboardButtonRow(telegram.NewKeyboardButtonContact(b.Share)))
		board.ResizeKeyboard = true
		return board
	case b.Unshare:
		return telegram.NewRemoveKeyboard(false)
	case len(b.Rows) == 0:
		return nil
	}
	return b.inline()
}

// inline is its rows, also if there are none.
func (b Board) inline() telegram.InlineKeyboardMarkup {
	board := telegram.InlineKeyboardMarkup{InlineKeyboard: [][]telegram.InlineKeyboardButton{}}
	for _, line := range b.Rows {
		var buttons []telegram.InlineKeyboardButton
		for _, one := range line {
			buttons = append(buttons, telegram.NewInlineKeyboardButtonData(one.Label, one.Code))
		}
		board.InlineKeyboard = append(board.InlineKeyboard, buttons)
	}
	return board
}
