package views

import (
	"strings"

	"enlace/tenants/bots"
)

// botFailures are why a bot does not answer, and messages do not go, by the codes of tenants/bots.
var botFailures = map[string]string{
	bots.SealedToken:  "O token guardado não abre com a chave deste servidor. Copie o token do @BotFather e salve de novo.",
	bots.ChatClosed:   "O assinante bloqueou o bot, ou a conta dele não existe mais.",
	bots.ChatUnlinked: "O chat foi desvinculado antes.",
	bots.NoBot:        "O provedor não tem mais bot.",
	bots.TelegramBusy: "O Telegram pediu uma pausa.",
	bots.NotReached:   "O Telegram não respondeu.",
	bots.DeadToken:    "O Telegram não reconhece o token deste bot. Confira-o no @BotFather e salve de novo.",
}

// BotFailure is why a bot does not answer or a message did not go: a code of tenants/bots in its words, and what Telegram said of
// an address as it said it.
func BotFailure(code string) string {
	if said, known := botFailures[code]; known {
		return said
	}
	if why, refused := strings.CutPrefix(code, bots.WebhookRefused); refused {
		return "O Telegram não aceita chamar este endereço: " + why
	}
	if no, refused := strings.CutPrefix(code, bots.TelegramNo); refused {
		return "O Telegram recusou a mensagem (código " + no + ")."
	}
	return code
}
