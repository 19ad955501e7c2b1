package views

import (
	"strings"

	"enlace/tenants"
	"enlace/tenants/staff"
)

// Sentence is what a fault's code says to a person; {name} is replaced by what the fault names, {value} by what was typed.
func Sentence(code string, args map[string]string) string {
	sentence, known := faults[code]
	if !known {
		sentence = "Não foi possível: confira o que foi preenchido"
	}
	for name, value := range args {
		if name == "permission" {
			value = Permission(staff.Permission(value))
		}
		sentence = strings.ReplaceAll(sentence, "{"+name+"}", value)
	}
	return sentence
}

// FaultSentence is what a fault as a whole says; of its fields each says its own.
func FaultSentence(f *tenants.Fault) string { return Sentence(f.Code, f.Args) }

var faults = map[string]string{
	"invalid":   "Há algo a corrigir",
	"not_found": "Isto não existe aqui",
	"denied":    "Falta a permissão: {permission}",

	// any form
	"required":       "Preencha este campo",
	"unknown_choice": "Escolha uma das opções",
	"date_shape":     "“{value}” não é uma data: use dia/mês/ano, como 10/12/2026",
	"money_shape":    "“{value}” não é um valor: use reais e centavos, como 89,90",
	"number_shape":   "“{value}” não é um número inteiro",
	"id_shape":       "Escolha uma das opções",
	"form_again":     "Esta página ficou aberta por muito tempo ou em outra aba. Confira e envie de novo",

	// the same form sent twice
	"key_reused": "Este formulário já foi enviado com outros dados. Abra a página de novo para enviar estes",

	// provedor
	"slug_shape":    "O endereço tem de 2 a 32 letras minúsculas, números ou hífens",
	"slug_reserved": "Este endereço é reservado",
	"slug_taken":    "Já há um provedor com este endereço",

	// equipe
	"sign_in_wrong":   "E-mail ou senha não conferem",
	"email_shape":     "Informe um e-mail, como nome@provedor.com.br",
	"email_taken":     "Já há uma pessoa com este e-mail",
	"password_short":  "A senha tem pelo menos 8 caracteres",
	"password_long":   "A senha tem no máximo 128 caracteres",
	"disable_self":    "Ninguém desativa o próprio acesso",
	"permission_kept": "O gerente não perde esta permissão: ninguém poderia devolvê-la",
}

// Permission is what a permission allows, as the office says it.
func Permission(p staff.Permission) string { return permissions[p] }

var permissions = map[staff.Permission]string{
	staff.See:           "ver clientes, serviços, carnês, faturas e históricos",
	staff.Sell:          "vender e editar clientes, contratos, migrações e trocas de titularidade",
	staff.Discount:      "dar desconto no preço do plano",
	staff.Trust:         "desbloquear em confiança",
	staff.Charge:        "gerar carnês e cobranças",
	staff.Receive:       "dar baixa, fazer acordos e contestações",
	staff.Attend:        "abrir atendimentos e ordens de serviço e ver diagnósticos",
	staff.Visit:         "atender as próprias ordens de serviço",
	staff.Enable:        "habilitar serviços",
	staff.Suspend:       "suspender serviços",
	staff.Cancel:        "cancelar serviços",
	staff.Undo:          "desfazer operações",
	staff.Override:      "autorizar exceções",
	staff.Configure:     "mudar as configurações",
	staff.ManageUsers:   "gerir usuários e permissões",
	staff.ReportSales:   "ver relatórios de vendas",
	staff.ReportFinance: "ver relatórios financeiros",
}

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

var events = map[string]string{
	"user_hired":         "Entrou para a equipe",
	"user_disabled":      "Acesso desativado",
	"user_enabled":       "Acesso reativado",
	"password_reset":     "Senha nova gerada",
	"signed_in":          "Entrou no sistema",
	"signed_out":         "Saiu do sistema",
	"sign_in_refused":    "Tentativa de entrar recusada",
	"denied":             "Ação negada por falta de permissão",
	"permission_changed": "Permissão alterada",
}
