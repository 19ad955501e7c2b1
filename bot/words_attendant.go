package bot

import (
	"fmt"

	"enlace/ent"
)

// said when the chat talks with somebody of the office, and when it does no more

const (
	labelAttendant = "Falar com atendente"
	labelHandBack  = "Encerrar conversa"

	talkAbout = "Sobre o que você quer falar?"
)

func labelElse(service string) string { return "Outro assunto: " + service }

func talkBegun(t *ent.Ticket, isp string, hours int) string {
	return fmt.Sprintf("Chamei um atendente da %s. Escreva aqui: tudo o que você escrever vai para o protocolo <code>%s</code>, e a resposta chega neste chat.\n\n"+
		"Eu volto quando você tocar em Encerrar conversa, ou depois de %s sem mensagens.", safe(isp), t.Protocol, plural(hours, "1 hora", "%d horas"))
}

func talkEnded(t *ent.Ticket) string {
	return fmt.Sprintf("Certo, voltei. O atendimento <code>%s</code> continua aberto, e a resposta chega neste chat.\n\nComo posso ajudar?", t.Protocol)
}

func talkOver(t *ent.Ticket) string {
	return fmt.Sprintf("A conversa com o atendente parou por falta de mensagens, e o que você escreveu agora <b>não</b> foi enviado. O atendimento <code>%s</code> continua. Quer falar de novo?", t.Protocol)
}
