package bot_test

import "testing"

// The dialogues of words, buttons and a contact card, against a Telegram that others wrote.
func TestSomebodyElsesTelegramTakesTheSameDialogues(t *testing.T) {
	emulated(t, func(s *stage) {
		s.telegram.Person("Maria", 101).Play(`
			Maria: oi
			Bot: Olá! Eu sou o atendimento da Fibra Norte no Telegram.
			Maria: /start ` + s.tokenOf(s.Maria) + `
			Bot: Olá, Maria! Este chat agora está vinculado
			Bot: Para ver o menu a qualquer hora, envie /menu.
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
		s.telegram.Person("João", 102).Play(`
			João shares 5591988880002
			Bot: Recebi seu número.
			João: 735
			Bot: Olá, João! Este chat agora está vinculado
			Bot: Para ver o menu
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
