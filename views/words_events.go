package views

import (
	"regexp"
	"strings"

	"enlace/tenants/money"
)

// Event is what happened, in one sentence: {name} is replaced by what the history names, and a part in [brackets] is left out where it names
// nothing, or no money.
func Event(code string, named map[string]string) string {
	sentence, known := events[code]
	if !known {
		sentence = code
	}
	var all []string
	for name, value := range named {
		all = append(all, "{"+name+"}", value)
	}
	said := strings.NewReplacer(all...)
	return said.Replace(parts.ReplaceAllStringFunc(sentence, func(part string) string {
		part = part[1 : len(part)-1]
		if whole := said.Replace(part); strings.HasSuffix(whole, " "+nothing) || strings.Contains(whole, "{") {
			return ""
		}
		return part
	}))
}

var (
	parts   = regexp.MustCompile(`\[[^]]*\]`)
	nothing = money.Cents(0).BRL()
)

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
	"sector_changed":     "Setor mudado para {name}",
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

	"contract_seen":             "Contrato {number} aberto",
	"contract_accepted":         "Contrato {number} marcado como aceito em {on}",
	"contract_deactivated":      "Contrato {number} desativado",
	"contract_restored":         "Contrato {number} de novo em vigor",
	"email_asked":               "E-mail para {to}: {subject}",
	"email_sent":                "E-mail enviado a {to}: {subject}",
	"email_failed":              "E-mail não enviado a {to}: {subject}",
	"template_versioned":        "Texto mudado: agora é a versão {version}",
	"template_renamed":          "Nome mudado para {nome}",
	"customer_added":            "Cliente adicionado com o número {number}",
	"service_sold":              "Serviço {number} vendido: {plan} por {price}",
	"migration_asked":           "Migração do serviço {old} pedida para {plan}, {price}",
	"migration_waits":           "Serviço {number} aguarda para tomar o lugar do serviço {old}: {plan}",
	"service_migrated":          "Serviço {old} migrado para o serviço {number}: {plan} por {price}",
	"migrated_from":             "Serviço {number} tomou o lugar do serviço {old}, com o login e os registros dele",
	"migration_given_up":        "Desistência da migração: o serviço {old} continua, o {number} não será habilitado",
	"invoice_migrated":          "Fatura {number} mudada pela migração para {plan}: {amount}",
	"contract_attached":         "Contrato {number} anexado: {template}",
	"work_order_opened":         "OS {number} aberta: {type}",
	"login_set":                 "Login de conexão {login}",
	"status_sign":               "Contrato aceito: agora {status}",
	"status_enable":             "Serviço habilitado",
	"status_slow":               "Suspenso Parcialmente",
	"status_suspend":            "Suspenso por Débito",
	"status_pay":                "Débito pago: serviço de volta",
	"status_pause":              "Suspenso a pedido",
	"status_resume":             "Voltou da suspensão a pedido",
	"status_give_up":            "Desistência da migração",
	"status_cancel":             "Serviço cancelado",
	"status_undo":               "De volta a {status}",
	"cancellation_undone":       "Cancelamento do serviço {number} desfeito: está {status}, com as faturas de antes",
	"migration_undone":          "Migração desfeita: o serviço {old} volta a valer no lugar do {number}, com as faturas de antes",
	"transfer_undone":           "Troca de titularidade desfeita: o serviço {number} volta de {to} para {from}, com as faturas de antes",
	"transfer_undone_to":        "Troca de titularidade desfeita: o serviço {number} volta para {from}",
	"migration_undone_to":       "Serviço {number} cancelado: a migração do serviço {old} foi desfeita",
	"trust_undone":              "Desbloqueio em Confiança desfeito: o serviço {number} volta à suspensão",
	"trust_granted":             "Desbloqueio em Confiança até {until}",
	"service_cancelled":         "Serviço cancelado, {cancel_reason}[: fatura final de {total}][, crédito de {credit}][, multa de fidelidade de {penalty}][, multa dispensada de {spared}]",
	"service_came_back":         "Serviço {from} reativado como o serviço {number}",
	"service_is_back":           "Serviço {number} é a reativação do serviço {from}",
	"service_paused":            "Serviço em pausa até {until}: {credit} devolvidos",
	"trust_ended":               "Fim do Desbloqueio em Confiança",
	"ticket_opened":             "Atendimento {protocol} aberto",
	"plan_added":                "Plano {name} criado por {price}",
	"plan_imported":             "Plano {name} importado de {from} por {price}",
	"customer_imported":         "Cliente importado de {from} com o número {number}",
	"service_imported":          "Serviço {number} importado de {from}: {plan} por {price}, {status}",
	"intake_written":            "Importação de {from}: {rows} linhas",
	"ticket_started":            "Protocolo {protocol} gerado",
	"ticket_forwarded":          "Atendimento {protocol} encaminhado",
	"ticket_closed":             "Atendimento {protocol} resolvido",
	"ticket_reopened":           "Atendimento {protocol} reaberto",
	"work_order_scheduled":      "OS {number} agendada para {starts}",
	"work_order_rescheduled":    "OS {number} reagendada para {starts}",
	"work_order_begun":          "OS {number} iniciada",
	"work_order_finished":       "OS {number} finalizada",
	"work_order_called_off":     "OS {number} cancelada",
	"service_handed_over":       "Serviço {number} passado de {from} para {to}",
	"service_taken_over":        "Serviço {number} recebido de {from}, agora de {to}",
	"transfer_asked":            "Troca de titularidade do serviço {number} para {to} aguarda os aceites até {until}",
	"transfer_offered":          "Troca de titularidade do serviço {number}, de {from}, aguarda os aceites até {until}",
	"transfer_accepted_leaving": "Troca de titularidade do serviço {number} aceita por {from}, que sai",
	"transfer_accepted_taking":  "Troca de titularidade do serviço {number} aceita por {to}, que entra",
	"transfer_given_up":         "Troca de titularidade do serviço {number} desfeita antes de valer: continua de {from}",
	"status_hand_over":          "Habilitado com o novo titular",

	// in a thread, under the very thing
	"ticket_opened_thread":          "Aberto",
	"ticket_forwarded_thread":       "Encaminhado",
	"ticket_closed_thread":          "Resolvido",
	"ticket_reopened_thread":        "Reaberto",
	"work_order_opened_thread":      "OS aberta",
	"work_order_scheduled_thread":   "Agendada",
	"work_order_rescheduled_thread": "Reagendada",
	"work_order_begun_thread":       "Iniciada",
	"work_order_finished_thread":    "Finalizada",
	"work_order_called_off_thread":  "Cancelada",

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
	"invoice_issued":        "Fatura {number} emitida: {amount}, vence em {due}",
	"invoice_edited":        "Fatura {number} editada",
	"invoice_joined":        "Fatura {number} associada ao carnê {booklet}",
	"invoice_released":      "Fatura {number} desassociada do carnê {booklet}",
	"invoice_received":      "Fatura {number} recebida: {amount}",
	"charge_received":       "Cobrança {number} recebida, {name}: {amount}",
	"pix_refused":           "O banco recusou a cobrança Pix da fatura {number}: {field} {why}",
	"pix_attributed":        "Pix de {amount}, pago direto na chave, baixado na fatura {number}",
	"line_attributed":       "Boleto de outro número, {amount}, baixado na fatura {number}",
	"pix_given_back":        "Pix da fatura {number} devolvido pelo banco: {amount}. A baixa continua até ser estornada",
	"credit_left":           "Crédito de {amount}: pago a mais na fatura {number}",
	"debt_notice":           "Aviso de débito da fatura {number} enviado",
	"bot_set":               "Bot do Telegram definido: {username}",
	"telegram_invited":      "Link do Telegram mostrado",
	"telegram_linked":       "Telegram vinculado",
	"telegram_unlinked":     "Telegram desvinculado",
	"telegram_silenced":     "Não quer avisos pelo Telegram: {wish}",
	"telegram_heard":        "Quer avisos pelo Telegram: {wish}",
	"payment_reversed":      "Estorno da baixa de {amount}, {what} {number}",
	"credit_spent":          "Fatura {number} paga com crédito: {amount}",
	"credit_left_charge":    "Crédito de {amount}: pago a mais na cobrança {number}",
	"declared_settled":      "Quitação anual de débitos de {year} declarada",
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
	"told_by_bot":           "Avisado pelo Telegram: {name}",
	"told_nobody":           "Não foi avisado, sem Telegram vinculado nem e-mail: {name}",
	"charge_contested":      "Cobrança {number} contestada, {name}: responder até {until}",
	"contest_enclosed":      "Arquivo recebido com a contestação da cobrança {number}: {name}",
	"contest_upheld":        "Contestação da cobrança {number} procedente, {name}: cancelada, crédito de {refund}",
	"contest_rejected":      "Contestação da cobrança {number} improcedente, {name}",
	"invoice_cancelled":     "Fatura {number} cancelada: {amount}",
	"event_added":           "Evento de faturamento incluído, {name}: {amount}, em {parts} parte(s) a partir de {month}",
	"event_cancelled":       "Evento de faturamento cancelado, {name}: {parts} parte(s) que ainda não foram cobradas",
	"agreement_made":        "Acordo {number} feito: {total} em {instalments} parcelas, no lugar de {debts} dívidas",
	"agreement_cancelled":   "Acordo {number} cancelado: {amount} voltam às dívidas de antes",
	"renewal_started":       "Renovação de carnês até {until} começada: {rows} carnês, {total}",

	"outage_opened":                   "Falha {number} aberta, {name}: {rows} serviços",
	"outage_began":                    "Sem sinal pela falha {number}, {name}",
	"outage_ended":                    "Fim da falha {number}, {name}: {amount} devolvidos",
	"outage_back":                     "Falha {number} encerrada, {name}",
	"outage_over":                     "Falha {number} concluída, {name}: {amount} devolvidos a {rows} serviços",
	"work_order_on_way":               "OS {number}: técnico a caminho",
	"work_order_on_way_thread":        "Técnico a caminho",
	"work_order_signed":               "OS {number} assinada",
	"work_order_signed_thread":        "Assinada pelo cliente",
	"work_order_told__thread":         "O cliente não tem Telegram vinculado nem e-mail: não foi avisado",
	"work_order_told_telegram_thread": "Enviado ao cliente pelo Telegram",
	"work_order_told_silenced_thread": "O cliente não quer este aviso pelo Telegram: não foi avisado",
	"work_order_told_email_thread":    "Enviado ao cliente por e-mail",
	"ticket_answered":                 "Resposta ao assinante no atendimento {protocol}",
	"ticket_replied":                  "Resposta do assinante no atendimento {protocol}",
	"ticket_rated":                    "Nota {rating} para o atendimento {protocol}",
	"ticket_told__thread":             "O cliente não tem Telegram vinculado nem e-mail: não foi avisado",
	"ticket_told_telegram_thread":     "Enviado ao assinante pelo Telegram",
	"ticket_told_email_thread":        "Enviado ao assinante por e-mail",
	"ticket_handed_over":              "Conversa com um atendente no atendimento {protocol}",
	"ticket_handed_over_thread":       "Pediu para falar com um atendente: o bot se cala neste chat",
	"ticket_handed_back":              "Fim da conversa no atendimento {protocol}, pelo assinante",
	"ticket_handed_back_thread":       "O assinante encerrou a conversa: o bot voltou",
	"ticket_released":                 "Fim da conversa no atendimento {protocol}",
	"ticket_released_thread":          "Conversa devolvida ao bot",
	"ticket_merged":                   "Atendimento {protocol} reunido na falha {outage}",
	"ticket_merged_thread":            "Reunido em uma falha",
	"ticket_outage_over":              "Atendimento {protocol}: fim da falha {outage}",
	"ticket_outage_over_thread":       "Fim da falha",

	"customer_edited":      "Cadastro alterado",
	"customer_deactivated": "Cadastro desativado",
	"customer_reactivated": "Cadastro reativado",
	"address_added":        "Endereço incluído",
	"address_edited":       "Endereço alterado",
	"customers_exported":   "Lista de clientes exportada: {rows} linhas",
	"receivables_exported": "Lista do Financeiro exportada: {rows} linhas",
	"data_seen":            "Dados pessoais consultados por inteiro",
	"data_exported":        "Dados pessoais exportados",

	"telegram_linked_by_paper": "Telegram vinculado pelo link impresso",
	"telegram_linked_by_phone": "Telegram vinculado pelo próprio número",
	"telegram_paper_revoked":   "Link impresso do Telegram cancelado",
}
