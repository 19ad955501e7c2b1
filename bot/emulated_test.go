package bot_test

import "testing"

// The dialogues of words and buttons, against a Telegram that others wrote.
func TestSomebodyElsesTelegramTakesTheSameDialogues(t *testing.T) {
	emulated(t, func(s *stage) {
		s.telegram.Person("Maria", 101).Play(`
			Maria: oi
			Bot: Olá! Eu sou o atendimento da Fibra Norte no Telegram.
			Maria: /start ` + s.tokenOf(s.Maria) + `
			Bot: Olá, Maria! Este chat agora está vinculado
			Maria > Serviços Contratados
			Bot edits: Serviços Contratados:
			Maria > Menu
			Bot edits: Olá, Maria!
			Maria: /faturas
			Bot: Você tem 7 faturas abertas.
			Bot: R$ 89,90
			Bot: R$ 89,90
			Maria > Copiar Pix
			Bot: Código Pix de R$ 89,90.`)
		s.joao().Play(`
			João: /suporte
			Bot: Atendimento para
			João: sem internet
			Bot: Atendimento aberto. Seu protocolo é
			João: /desbloquear
			Bot: Seu serviço
			João > Liberar por 1 dia
			Bot edits: Desbloqueio em Confiança pedido
			Bot: Pronto, João!`)
	})
}
