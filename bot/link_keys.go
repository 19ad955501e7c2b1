package bot

import telegram "github.com/go-telegram-bot-api/telegram-bot-api/v5"

const toShare, toUnshare = "share", "unshare"

var (
	shareKeys   = keys{row(key{labelShare, toShare})}   // a button under the field where one writes, which sends one's own contact card
	unshareKeys = keys{row(key{labelShare, toUnshare})} // takes it away
)

// markup is the keys as Telegram wants them under a new message.
func (k keys) markup() any {
	switch only := k[0][0]; only.Code {
	case toShare:
		board := telegram.NewOneTimeReplyKeyboard(telegram.NewKeyboardButtonRow(telegram.NewKeyboardButtonContact(only.Label)))
		board.ResizeKeyboard = true
		return board
	case toUnshare:
		return telegram.NewRemoveKeyboard(false)
	}
	return k.board()
}
