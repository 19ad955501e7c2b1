package views

import (
	"strings"
	"unicode"

	"enlace/tenants"
	"enlace/tenants/customers"
	"enlace/tenants/platform"
	"enlace/tenants/staff"
	"enlace/tenants/status"
)

// Sentence is what a fault's code says to a person; {name} is replaced by what the fault names, {value} by what was typed: its beginning,
// without the marks that cannot be seen, which would turn the sentence around.
func Sentence(code string, args map[string]string) string {
	code, bounds, bounded := strings.Cut(code, " ")
	sentence, known := faults[code]
	if said := forbidden[args["event"]][args["from"]]; code == "transition" && said != "" {
		return said
	}
	var named []string
	if least, most, _ := strings.Cut(bounds, " "); bounded { // tenants.Between, tenants.TooLong
		named = append(named, "{least}", thousands(least), "{most}", thousands(most))
	}
	if !known {
		sentence = "Não foi possível: confira o que foi preenchido"
	}
	for name, value := range args {
		switch name {
		case "value":
			value = Excerpt(strings.Join(strings.Fields(strings.Map(visible, value)), " "))
		case "permission":
			value = Permission(staff.Permission(value))
		case "from", "to", "status":
			if word := Word("subscriptions.status", value); word != "" {
				value = word
			}
		}
		named = append(named, "{"+name+"}", value)
	}
	return strings.NewReplacer(named...).Replace(sentence)
}

// visible takes away what cannot be seen, right-to-left marks among it.
func visible(r rune) rune {
	if unicode.In(r, unicode.Cf, unicode.Co) {
		return -1
	}
	return r
}

// forbidden are the moves of a service that people ask for in vain, by event and state, in the office's own words.
var forbidden = map[string]map[string]string{
	string(status.Enable): {
		string(status.Enabled):          "Já está habilitado",
		string(status.Slowed):           "Há uma fatura vencida: com o pagamento o serviço volta por inteiro",
		string(status.SuspendedDebt):    "Há uma fatura vencida: com o pagamento o serviço volta",
		string(status.Paused):           "Está suspenso a pedido do cliente",
		string(status.WaitingSignature): "O contrato ainda não foi aceito",
		string(status.Cancelled):        "O serviço foi cancelado",
	},
	string(status.Suspend): {
		string(status.SuspendedDebt):       "Já está suspenso por débito",
		string(status.Paused):              "Está suspenso a pedido do cliente",
		string(status.WaitingSignature):    "Ainda não foi habilitado",
		string(status.WaitingInstallation): "Ainda não foi habilitado",
		string(status.WaitingMigration):    "Ainda não foi habilitado",
		string(status.Cancelled):           "O serviço foi cancelado",
	},
	string(status.Pause): {
		string(status.Paused): "O serviço já está Suspenso a Pedido",
	},
	string(status.Resume): {
		string(status.Enabled): "O serviço já está Habilitado: não há pausa a encerrar",
	},
	string(status.Cancel): {
		string(status.Cancelled): "O serviço já está Cancelado",
	},
}

// FaultSentence is what a fault as a whole says; of its fields each says its own.
func FaultSentence(f *tenants.Fault) string { return Sentence(f.Code, f.Args) }

// Permission is what a permission allows, as the office says it.
func Permission(p staff.Permission) string { return permissions[p] }

var permissions = map[staff.Permission]string{
	staff.See:           "ver clientes, serviços, carnês, faturas e históricos",
	staff.Sell:          "vender e editar clientes, contratos, migrações e trocas de titularidade",
	staff.Discount:      "dar desconto no preço do plano",
	staff.Trust:         "desbloquear em confiança",
	staff.Charge:        "gerar carnês e cobranças",
	staff.Receive:       "dar baixa, fazer acordos e contestações",
	staff.Reverse:       "estornar baixas",
	staff.Attend:        "abrir atendimentos e ordens de serviço e ver diagnósticos",
	staff.Outages:       "abrir e encerrar falhas",
	staff.Visit:         "atender as próprias ordens de serviço",
	staff.Enable:        "habilitar serviços",
	staff.Suspend:       "suspender serviços",
	staff.Cancel:        "cancelar serviços",
	staff.Undo:          "desfazer operações",
	staff.Override:      "autorizar exceções",
	staff.Configure:     "mudar as configurações",
	staff.ManageUsers:   "gerir usuários e permissões",
	staff.Trace:         "ver quem usou um endereço IP",
	staff.ReportSales:   "ver relatórios de vendas",
	staff.ReportFinance: "ver relatórios financeiros",
	staff.ReportSupport: "ver as avaliações dos atendimentos",
	platform.Permission: "cuidar da plataforma",
}

// Searched is what the search of a CEP came to, and what it left as it was typed.
func Searched(looked customers.Looked, kept []customers.Kept) string {
	said := searched[looked]
	for _, k := range kept {
		said += " Em " + placeFields[k.Field[strings.LastIndexByte(k.Field, '_')+1:]] + " ficou o que você digitou; o CEP diz “" + k.Says + "”."
	}
	return said
}

var searched = map[customers.Looked]string{
	customers.CEPFound:   "Endereço preenchido pelo CEP.",
	customers.CEPGeneral: "Este CEP é de toda a cidade: digite o logradouro e o bairro.",
	customers.CEPUnknown: "Este CEP não foi encontrado: confira-o ou digite o endereço.",
	customers.CEPSilent:  "A busca de CEP não respondeu: digite o endereço.",
}

var placeFields = map[string]string{"logradouro": "Logradouro", "bairro": "Bairro", "cidade": "Cidade", "uf": "UF"}

// FeatureHint is what a feature of an ISP means, under its switch.
func FeatureHint(feature string) string { return featureHints[feature] }

var featureHints = map[string]string{
	"trust_self_service": "No bot, um dia por mês; a política do provedor também precisa permitir",
}

// Because is why something is not possible now, as the rest of a sentence.
func Because(f *tenants.Fault) string {
	letters := []rune(FaultSentence(f))
	letters[0] = unicode.ToLower(letters[0])
	return string(letters) + "."
}

// Rejection is why the network refused a connection; nothing for one that was let in.
func Rejection(reason string) string { return rejections[reason] }

var rejections = map[string]string{
	"wrong_password":     "senha recusada",
	"unknown_login":      "login desconhecido",
	"unsupported_method": "o concentrador pediu um tipo de senha que não é usado aqui",
	"suspended_debt":     "suspenso por débito",
	"suspended_request":  "suspenso a pedido",
	"waiting":            "o serviço ainda não foi habilitado",
	"cancelled":          "o serviço foi cancelado",
}
