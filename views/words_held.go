package views

import "enlace/tenants/calendar"

// HeldFor is what a class of personal data is called, and why it is held.
func HeldFor(class string) (name, why string) { return held[class][0], held[class][1] }

var held = map[string][2]string{
	"cadastro":      {"Cadastro", "Identificar quem contrata (execução do contrato, LGPD art. 7º, V) e emitir a nota fiscal (obrigação legal, art. 7º, II)"},
	"servicos":      {"Serviços contratados", "Prestar e cobrar o serviço (execução do contrato, art. 7º, V)"},
	"contatos":      {"Contatos", "Falar do serviço, da fatura e de avisos de suspensão (execução do contrato, art. 7º, V)"},
	"enderecos":     {"Endereços", "Instalar o serviço, cobrar e emitir a nota fiscal (execução do contrato, art. 7º, V)"},
	"contratos":     {"Contratos", "Provar o que foi combinado (exercício de direitos, art. 7º, VI)"},
	"emails":        {"E-mails enviados", "Provar o que foi enviado e a quem (exercício de direitos, art. 7º, VI)"},
	"faturas":       {"Faturas", "Cobrar e prestar contas ao fisco (obrigação legal, art. 7º, II)"},
	"atendimentos":  {"Atendimentos", "Responder ao que foi pedido e manter o protocolo (obrigação legal, art. 7º, II)"},
	"quitacoes":     {"Quitações anuais", "Declarar que o ano está pago (Lei 12.007/2009; obrigação legal, art. 7º, II)"},
	"conversas":     {"Andamento dos atendimentos", "Responder ao que foi pedido e provar o que foi dito (exercício de direitos, art. 7º, VI)"},
	"visitas":       {"Ordens de serviço", "Instalar e manter o serviço (execução do contrato, art. 7º, V)"},
	"andamentos":    {"Andamento das ordens de serviço", "Instalar e manter o serviço e provar o que foi feito (exercício de direitos, art. 7º, VI)"},
	"materiais":     {"Materiais usados", "Saber o que foi instalado no endereço (execução do contrato, art. 7º, V)"},
	"anexos":        {"Anexos e assinaturas", "Provar o que foi feito e quem recebeu (exercício de direitos, art. 7º, VI)"},
	"falhas":        {"Falhas do serviço", "Devolver os dias sem serviço (obrigação legal, art. 7º, II)"},
	"mensagens":     {"Mensagens do bot", "Avisar do serviço e provar o que foi enviado (exercício de direitos, art. 7º, VI)"},
	"pagamentos":    {"Pagamentos", "Dar quitação e prestar contas ao fisco (obrigação legal, art. 7º, II)"},
	"telegram":      {"Vínculos do Telegram", "Atender pelo bot quem pediu para ser atendido por ele (consentimento, art. 7º, I)"},
	"logins":        {"Logins de conexão", "Conectar o serviço (execução do contrato, art. 7º, V)"},
	"conexoes":      {"Registros de conexão", "Guardar os registros que a lei manda guardar (Marco Civil da Internet, art. 13)"},
	"trocas":        {"Trocas de titularidade", "Saber de quem foi o serviço e quando (exercício de direitos, art. 7º, VI)"},
	"historico":     {"Históricos", "Saber quem fez o quê e provar o que foi feito (exercício de direitos, art. 7º, VI)"},
	"autenticacoes": {"Autenticações", "Explicar por que uma conexão foi recusada (execução do contrato, art. 7º, V)"},
}

// HeldUntil is until when a class of personal data is held.
func HeldUntil(class string, until calendar.Date, served bool) string {
	switch {
	case class == "conexoes":
		return "1 ano de cada registro"
	case class == "autenticacoes":
		return "15 dias de cada registro"
	case served:
		return "Enquanto houver serviço e 5 anos depois"
	case until.IsZero():
		return "Enquanto o cadastro servir a um pedido do titular"
	}
	return "Até " + Date(until)
}
