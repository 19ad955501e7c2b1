package views

import "strings"

// Event is what happened, in a sentence of the history; {name} is replaced by what the entry names.
func Event(code string, named map[string]string) string {
	sentence, known := events[code]
	if !known {
		sentence = code
	}
	for name, value := range named {
		sentence = strings.ReplaceAll(sentence, "{"+name+"}", value)
	}
	return sentence
}

// events are the sentences of the history.
var events = map[string]string{
	"user_hired":         "Entrou para a equipe",
	"user_disabled":      "Acesso desativado",
	"user_enabled":       "Acesso reativado",
	"password_reset":     "Senha nova gerada",
	"signed_in":          "Entrou no sistema",
	"signed_out":         "Saiu do sistema",
	"sign_in_refused":    "Tentativa de entrar recusada",
	"denied":             "Ação negada por falta de permissão",
	"permission_changed": "Permissão de {role} alterada: {permission}",

	"isp_founded":       "Provedor criado no endereço {slug}, com o gerente {email}",
	"isp_renamed":       "Nome mudado de {from} para {to}",
	"isp_suspended":     "Provedor suspenso",
	"isp_reopened":      "Provedor reaberto",
	"feature_on":        "Ligado: {feature}",
	"feature_off":       "Desligado: {feature}",
	"manager_password":  "Senha nova para o gerente {email}",
	"operator_hired":    "Acesso de operador criado para {email}",
	"operator_password": "Senha nova para o operador {email}",
	"operator_removed":  "Acesso do operador {email} retirado",

	"remessa_written":     "Remessa {number} gerada para {agreement}: {orders} títulos",
	"bank_return_applied": "Retorno {name} lido: {lines} linhas",

	"spared":         "Bloqueio por débito: {spared}",
	"address_traced": "Consultado quem usava o endereço {address} em {at}",

	"contract_seen":        "Contrato {number} aberto",
	"contract_accepted":    "Contrato {number} marcado como aceito em {on}",
	"contract_deactivated": "Contrato {number} desativado",
	"email_asked":          "E-mail para {to}: {subject}",
	"email_sent":           "E-mail enviado a {to}: {subject}",
	"email_failed":         "E-mail não enviado a {to}: {subject}",
	"template_versioned":   "Texto mudado: agora é a versão {version}",
	"template_renamed":     "Nome mudado para {nome}",
	"customer_added":       "Cliente adicionado com o número {number}",
	"service_sold":         "Serviço {number} vendido: {plan} por {price}",
	"contract_attached":    "Contrato {number} anexado: {template}",
	"work_order_opened":    "OS {number} aberta: {type}",
	"login_set":            "Login de conexão {login}",
	"status_sign":          "Contrato aceito: agora {status}",
	"status_enable":        "Serviço habilitado",
	"status_slow":          "Suspenso Parcialmente",
	"status_suspend":       "Suspenso por Débito",
	"status_pay":           "Débito pago: serviço de volta",
	"status_pause":         "Suspenso a pedido",
	"status_resume":        "Voltou da suspensão a pedido",
	"status_give_up":       "Migração desistida",
	"status_cancel":        "Serviço cancelado",
	"trust_granted":        "Desbloqueio em Confiança",
	"service_cancelled":    "Serviço cancelado, {cancel_reason}: fatura final de {total}, crédito de {credit}, multa de fidelidade de {penalty}",
	"service_paused":       "Serviço em pausa até {until}: {credit} devolvidos",
	"trust_ended":          "Fim do Desbloqueio em Confiança",
	"ticket_opened":        "Atendimento {protocol} aberto",
	"plan_added":           "Plano {name} criado por {price}",
	"plan_imported":        "Plano {name} importado de {from} por {price}",
	"customer_imported":    "Cliente importado de {from} com o número {number}",
	"service_imported":     "Serviço {number} importado de {from}: {plan} por {price}, {status}",
	"intake_written":       "Importação de {from}: {rows} linhas",

	"setting_added":     "Incluído: {nome}",
	"setting_changed":   "Alterado: {nome}",
	"setting_withdrawn": "Retirado de uso: {nome}",
	"setting_returned":  "De volta ao uso: {nome}",
	"role_changed":      "Papel mudado de {from} para {role}",

	"logo_set":        "Logomarca da empresa {name} trocada",
	"logo_removed":    "Logomarca da empresa {name} retirada",
	"holiday_added":   "Feriado local de {day} incluído: {name}",
	"holiday_removed": "Feriado local de {day} retirado: {name}",

	"booklet_issued":        "Carnê {number} emitido: {instalments} parcelas, {total}",
	"booklet_cancelled":     "Carnê {number} cancelado: {cancelled} parcelas abertas",
	"invoice_edited":        "Fatura {number} editada",
	"invoice_joined":        "Fatura {number} associada ao carnê {booklet}",
	"invoice_released":      "Fatura {number} desassociada do carnê {booklet}",
	"invoice_received":      "Fatura {number} recebida: {amount}",
	"charge_received":       "Cobrança {number} recebida, {name}: {amount}",
	"pix_refused":           "O banco recusou a cobrança Pix da fatura {number}: {field} {why}",
	"pix_given_back":        "Pix da fatura {number} devolvido pelo banco: {amount}. A baixa continua até ser estornada",
	"credit_left":           "Crédito de {amount}: pago a mais na fatura {number}",
	"debt_notice":           "Aviso de débito da fatura {number} enviado",
	"bot_set":               "Bot do Telegram definido: {username}",
	"telegram_invited":      "Link do Telegram mostrado",
	"telegram_linked":       "Telegram vinculado",
	"telegram_unlinked":     "Telegram desvinculado",
	"payment_reversed":      "Estorno da baixa de {amount}, {what} {number}",
	"credit_spent":          "Fatura {number} paga com crédito: {amount}",
	"credit_left_charge":    "Crédito de {amount}: pago a mais na cobrança {number}",
	"receipt_printed":       "Recibo {number} impresso",
	"till_opened":           "Caixa {number} aberto com {amount}",
	"till_supplied":         "Suprimento de {amount} no caixa {number}",
	"till_withdrawn":        "Sangria de {amount} no caixa {number}",
	"till_closed":           "Caixa {number} fechado com diferença de {amount}",
	"repasse_taken":         "Repasse de {name}: {amount}, comissão de {commission}",
	"charge_generated":      "Cobrança {number} gerada, {name}: {amount}",
	"charge_invoiced":       "Cobrança {number} gerada com a fatura {invoice}, {name}: {amount}",
	"charge_put_on_invoice": "Fatura {invoice} gerada para a cobrança {number}: {amount}",
	"charge_cancelled":      "Cobrança {number} cancelada, {name}: {amount}",
	"charge_replaced":       "Cobrança {number} no lugar da {from}",
	"charge_contested":      "Cobrança {number} contestada, {name}: responder até {until}",
	"contest_upheld":        "Contestação da cobrança {number} procedente, {name}: cancelada, crédito de {refund}",
	"contest_rejected":      "Contestação da cobrança {number} improcedente, {name}",
	"invoice_cancelled":     "Fatura {number} cancelada: {amount}",
	"event_added":           "Evento de faturamento incluído, {name}: {amount}, em {parts} parte(s) a partir de {month}",
	"event_cancelled":       "Evento de faturamento cancelado, {name}: {parts} parte(s) que ainda não foram cobradas",
	"agreement_made":        "Acordo {number} feito: {total} em {instalments} parcelas, no lugar de {debts} dívidas",
	"agreement_cancelled":   "Acordo {number} cancelado: {amount} voltam às dívidas de antes",
	"renewal_started":       "Renovação de carnês até {until} começada: {rows} carnês, {total}",

	"customer_edited":      "Cadastro alterado",
	"customer_deactivated": "Cadastro desativado",
	"customer_reactivated": "Cadastro reativado",
	"address_added":        "Endereço incluído",
	"address_edited":       "Endereço alterado",
	"customers_exported":   "Lista de clientes exportada: {rows} linhas",
	"receivables_exported": "Lista do Financeiro exportada: {rows} linhas",
	"data_seen":            "Dados pessoais consultados por inteiro",
	"data_exported":        "Dados pessoais exportados",
}
