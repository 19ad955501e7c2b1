package bot

import (
	"fmt"
	"strings"

	"enlace/tenants/messages"
	"enlace/tenants/subscribers"
)

// said of what is told unasked

const labelNotices = "Avisos"

// kinds are what is told unasked, as a subscriber calls it.
var kinds = map[messages.Kind]string{
	messages.Issued:      "fatura nova",
	messages.DueSoon:     "fatura perto de vencer",
	messages.Overdue:     "aviso de débito",
	messages.Suspended:   "suspensão do serviço",
	messages.Restored:    "volta do serviço",
	messages.TrustEnding: "fim do desbloqueio em confiança",
	messages.Answered:    "respostas aos seus atendimentos",
	messages.VisitBooked: "visita marcada",
	messages.VisitComing: "técnico a caminho",
	messages.VisitOff:    "visita cancelada",
	messages.Down:        "falha na sua região",
	messages.Decided:     "acordos, contestações e trocas de titularidade",
}

func labelSilence(k messages.Kind) string { return "Não avisar: " + kinds[k] }

func labelHear(k messages.Kind) string { return "Voltar a avisar: " + kinds[k] }

func noticesText(all []subscribers.Notice, quiet messages.Quiet) string {
	var told, silent, must []string
	for _, w := range all {
		switch {
		case w.Must:
			must = append(must, kinds[w.Kind])
		case w.Told:
			told = append(told, kinds[w.Kind])
		default:
			silent = append(silent, kinds[w.Kind])
		}
	}
	lines := []string{"<b>Avisos neste chat</b>"}
	if len(told) > 0 {
		lines = append(lines, "Aviso de: "+strings.Join(told, "; ")+".")
	}
	if len(silent) > 0 {
		lines = append(lines, "Não aviso de: "+strings.Join(silent, "; ")+".")
	}
	lines = append(lines, "Sempre aviso de: "+strings.Join(must, "; ")+".")
	if quiet.From != quiet.Until {
		lines = append(lines, fmt.Sprintf("Das %dh às %dh só escrevo o que é urgente.", quiet.From, quiet.Until))
	}
	return strings.Join(lines, "\n\n")
}
