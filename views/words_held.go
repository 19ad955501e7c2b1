package views

import (
	"enlace/tenants/calendar"
	"enlace/tenants/reports"
)

// HeldFor is what a class of personal data is called, and why it is held.
func HeldFor(class string) (name, why string) { return reports.TitleOf(class), held[class] }

var held = map[string]string{
	"cadastro":      "Identificar quem contrata (execução do contrato, LGPD art. 7º, V) e emitir a nota fiscal (obrigação legal, art. 7º, II)",
	"servicos":      "Prestar e cobrar o serviço (execução do contrato, art. 7º, V)",
	"contatos":      "Falar do serviço, da fatura e de avisos de suspensão (execução do contrato, art. 7º, V)",
	"enderecos":     "Instalar o serviço, cobrar e emitir a nota fiscal (execução do contrato, art. 7º, V)",
	"contratos":     "Provar o que foi combinado (exercício de direitos, art. 7º, VI)",
	"emails":        "Provar o que foi enviado e a quem (exercício de direitos, art. 7º, VI)",
	"faturas":       "Cobrar e prestar contas ao fisco (obrigação legal, art. 7º, II)",
	"cobrancas":     "Cobrar e prestar contas ao fisco (obrigação legal, art. 7º, II)",
	"contestacoes":  "Responder ao que foi contestado e provar a resposta (exercício de direitos, art. 7º, VI)",
	"atendimentos":  "Responder ao que foi pedido e manter o protocolo (obrigação legal, art. 7º, II)",
	"quitacoes":     "Declarar que o ano está pago (Lei 12.007/2009; obrigação legal, art. 7º, II)",
	"conversas":     "Responder ao que foi pedido e provar o que foi dito (exercício de direitos, art. 7º, VI)",
	"visitas":       "Instalar e manter o serviço (execução do contrato, art. 7º, V)",
	"andamentos":    "Instalar e manter o serviço e provar o que foi feito (exercício de direitos, art. 7º, VI)",
	"materiais":     "Saber o que foi instalado no endereço (execução do contrato, art. 7º, V)",
	"anexos":        "Provar o que foi feito e quem recebeu (exercício de direitos, art. 7º, VI)",
	"falhas":        "Devolver os dias sem serviço (obrigação legal, art. 7º, II)",
	"mensagens":     "Avisar do serviço e provar o que foi enviado (exercício de direitos, art. 7º, VI)",
	"pagamentos":    "Dar quitação e prestar contas ao fisco (obrigação legal, art. 7º, II)",
	"telegram":      "Atender pelo bot quem pediu para ser atendido por ele (consentimento, art. 7º, I)",
	"logins":        "Conectar o serviço (execução do contrato, art. 7º, V)",
	"conexoes":      "Guardar os registros que a lei manda guardar (Marco Civil da Internet, art. 13)",
	"trocas":        "Saber de quem foi o serviço e quando (exercício de direitos, art. 7º, VI)",
	"historico":     "Saber quem fez o quê e provar o que foi feito (exercício de direitos, art. 7º, VI)",
	"autenticacoes": "Explicar por que uma conexão foi recusada (execução do contrato, art. 7º, V)",
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
