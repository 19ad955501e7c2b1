package bot

import (
	"cmp"
	"fmt"

	"enlace/tenants/billing"
	"enlace/tenants/subscribers"
)

// said to who is not let in yet, in the same words whether or not there is a customer of that number, and to who leaves

const (
	labelLeave    = "Desvincular este chat"
	labelShare    = "Enviar meu número"
	labelLeaveAll = "Desvincular todos"

	proofQuestion = "Recebi seu número. Para confirmar que é você, escreva os <b>3 últimos números do CPF ou CNPJ</b> do titular, ou a <b>data de nascimento</b>, " +
		"como 25/12/1980.\n\nPara desistir: /cancelar"
	notProven     = "Não consegui confirmar. Confira e escreva de novo, ou peça à nossa equipe o link de vínculo: ele funciona na hora.\n\nPara desistir: /cancelar"
	notOwn        = "Preciso do número deste Telegram, enviado por você mesmo. Toque em " + labelShare + ", aqui embaixo."
	shutToday     = "Foram muitas tentativas por hoje. Tente de novo amanhã, ou peça à nossa equipe o link de vínculo: ele funciona na hora."
	menuAnytime   = "Para ver o menu a qualquer hora, envie /menu."
	anotherWay    = "Para ver outro cadastro também neste chat, toque em <b>" + labelShare + "</b>, aqui embaixo, ou peça à nossa equipe o link de vínculo dele."
	onlyToPay     = "\n\nSó quer pagar? Envie /cpf."
	cpfQuestion   = "Escreva o CPF ou o CNPJ do titular, só os números. Mostro o que há para pagar, e mais nada.\n\nPara desistir: /cancelar"
	noCPF         = "Este CPF ou CNPJ tem algum número trocado. Confira e escreva de novo.\n\nPara desistir: /cancelar"
	nothingForCPF = "Não encontrei nada para pagar com este número. Confira e envie /cpf de novo, ou fale com a nossa equipe."
	whichToLeave  = "Este chat vê mais de um cadastro. Qual você quer desvincular? Para voltar depois, envie /vincular ou peça um novo link à nossa equipe."
)

var deadLink = fmt.Sprintf("Este link não vale mais: ele dura %d minutos e serve uma vez só. O impresso vale até alguém usar.\n\n"+
	"Peça outro à nossa equipe e toque nele em seguida, ou entre com seu próprio número: /vincular", int(subscribers.LifeOfLink.Minutes()))

func stranger(isp string) string {
	return fmt.Sprintf("Olá! Eu sou o atendimento da %s no Telegram.\n\nPara eu saber quem é você, toque em <b>"+labelShare+"</b>, aqui embaixo. "+
		"Ou peça à nossa equipe o <b>link de vínculo</b>: ele abre esta conversa já identificada. Não é preciso senha.", safe(isp))
}

func paperQuestion(isp string) string {
	return fmt.Sprintf("Este é o link do seu papel da %s. Para confirmar que é você, escreva a <b>data de nascimento</b> do titular, como 25/12/1980.\n\n"+
		"É uma empresa, ou prefere usar seu telefone? Toque em <b>"+labelShare+"</b>, aqui embaixo.", safe(isp))
}

func lookText(s *billing.Standing, how string) string {
	return fmt.Sprintf("<b>%s</b>, vencimento %s\n\n%s", s.Owed().BRL(), s.Invoice.Due.BR(), how)
}

func afterLook(more int) string {
	text := "Quer ver tudo e falar com a gente por aqui? Vincule seu cadastro: /vincular"
	if more > 0 {
		text = plural(more, "E há mais 1 fatura depois dessas.", "E há mais %d faturas depois dessas.") + "\n\n" + text
	}
	return text
}

// gaveUp is said to a stranger who gives up what he was asked.
var gaveUp = cancelled + "\n\nQuando quiser entrar, toque em <b>" + labelShare + "</b>, aqui embaixo, ou peça à nossa equipe o link de vínculo."

// welcomeToo is said where the chat saw somebody before.
func welcomeToo(name, isp string) string {
	return fmt.Sprintf("Pronto! Este chat agora vê também o cadastro de %s na %s.\n\nComo posso ajudar?", safe(name), safe(isp))
}

func welcome(name, isp string) string {
	return fmt.Sprintf("Olá, %s! Este chat agora está vinculado ao seu cadastro na %s.\n\nComo posso ajudar?", safe(name), safe(isp))
}

func leaveQuestion(isp string) string {
	return fmt.Sprintf("Desvincular este chat da %s? Para voltar, envie seu número de novo ou peça um novo link à nossa equipe.", safe(isp))
}

func labelLeaveOne(name string) string { return "Desvincular " + name }

func leftOne(name string) string {
	return fmt.Sprintf("Pronto: este chat não vê mais o cadastro de %s. Os outros continuam aqui.", safe(name))
}

func farewell(isp, own string) string {
	return fmt.Sprintf("Pronto: este chat não está mais vinculado à %s. %s", safe(isp), safe(cmp.Or(own, "Até a próxima!")))
}
