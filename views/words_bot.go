package views

import (
	"strings"

	"enlace/tenants/bots"
)

// botFailures are why a bot does not answer, and messages do not go, by the codes of tenants/bots.
var botFailures = map[string]string{
	bots.SealedToken: "O token guardado não abre com a chave deste servidor. Copie o token do @BotFather e salve de novo.",
	bots.DeadToken:   "O Telegram não reconhece o token deste bot. Confira-o no @BotFather e salve de novo.",
}

// BotFailure is why a bot does not answer or a message did not go: a code of tenants/bots in its words, and what Telegram said as it said it.
func BotFailure(code string) string {
	if said, known := botFailures[code]; known {
		return said
	}
	if why, refused := strings.CutPrefix(code, bots.WebhookRefused); refused {
		return "O Telegram não aceita chamar este endereço: " + why
	}
	return code
}
