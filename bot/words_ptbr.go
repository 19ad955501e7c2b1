package bot

import (
	"cmp"
	"fmt"
	"html"
	"slices"
	"strings"
	"time"
	"unicode"

	telegram "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"enlace/ent"
	"enlace/ent/contact"
	"enlace/ent/ticket"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/brazil"
	"enlace/tenants/calendar"
	"enlace/tenants/messages"
	"enlace/tenants/money"
	"enlace/tenants/status"
	"enlace/tenants/subscribers"
	"enlace/tenants/subscriptions"
	"enlace/tenants/support"
)

// This file holds every word the bot says: short lines, one idea a message, amount and date always, refusals say when.

const (
	labelInvoices       = "Faturas"
	labelServices       = "Serviços Contratados"
	labelBooklet        = "Carnê em PDF"
	labelUnblock        = "Desbloqueio em Confiança"
	labelSupport        = "Suporte"
	labelRecord         = "Meus dados"
	labelHelp           = "Ajuda"
	labelMenu           = "Menu"
	labelCancel         = "Cancelar"
	labelPix            = "Copiar Pix"
	labelSlip           = "Boleto em PDF"
	labelLinha          = "Linha digitável"
	labelAccount        = "Entender o valor"
	labelPaid           = "Faturas pagas"
	labelWholeBooklet   = "Carnê inteiro"
	labelPay            = "Pagar com Pix"
	labelConfirmUnblock = "Liberar por 1 dia"
	labelLeave          = "Desvincular este chat"
	labelReply          = "Responder"
	labelSkip           = "Agora não"
	labelAccept         = "Aceitar"
	labelRefuse         = "Recusar"
	labelQR             = "QR Code"
	labelAll            = "Ver todas as faturas"
	labelContract       = "Contrato"
	labelSign           = "Aceitar"
	labelConfirmSign    = "Li e aceito"
	labelCorrectPhone   = "Corrigir telefone"
	labelCorrectEmail   = "Corrigir e-mail"
	labelData           = "Baixar meus dados"
	labelContest        = "Não concordo com um valor"
	labelPlans          = "Trocar de plano"
	labelDays           = "Mudar vencimento"
	labelWish           = "Pedir esta mudança"
	labelSolved         = "Já resolveu"
	labelStill          = "Continua sem funcionar"
)

// labelOf names what a command leads to, where somebody seems to want it.
var labelOf = map[string]string{"menu": labelMenu, "servicos": labelServices, "faturas": labelInvoices, "carne": labelBooklet, "desbloquear": labelUnblock, "suporte": labelSupport,
	"contrato": labelContract, "meusdados": labelRecord, "sair": labelLeave, "ajuda": labelHelp, toAttendant: labelAttendant, toHandBack: labelHandBack, toWishes: labelWishes}

// spokenOf is how words begin that speak of what a command does, without accents; the first that fits is taken.
var spokenOf = []struct {
	command string
	words   []string
}{
	{"carne", []string{"carne"}},
	{"desbloquear", []string{"desbloque", "bloque", "cortad", "cortaram", "suspens", "confianca"}},
	{"contrato", []string{"contrat"}},
	{"servicos", []string{"plano", "velocidade", "mega", "giga"}},
	{"meusdados", []string{"cadastro", "telefone", "email", "e-mail", "contat"}},
	{"faturas", []string{"fatura", "boleto", "conta", "pagar", "paguei", "pix", "vencimento", "divida", "segunda"}},
	{toAttendant, []string{"atendente", "humano", "pessoa"}},
	{"suporte", []string{"internet", "lent", "caiu", "sinal", "modem", "roteador", "wifi", "wi-fi", "funciona", "suporte", "tecnico"}},
}

func labelMore(n int) string { return plural(n, "Mostrar mais 1 fatura", "Mostrar mais %d faturas") }

// menuOfCommands is what Telegram shows beside the field where one writes.
var menuOfCommands = []telegram.BotCommand{
	{Command: "faturas", Description: "Faturas abertas, com Pix e boleto"},
	{Command: "carne", Description: "Carnê em PDF"},
	{Command: "desbloquear", Description: "Desbloqueio em Confiança"},
	{Command: "suporte", Description: "Abrir ou acompanhar um atendimento"},
	{Command: "meusdados", Description: "Seu cadastro"},
	{Command: "sair", Description: "Desvincular este chat"},
	{Command: "ajuda", Description: "O que posso fazer por você"},
}

// understoodToo is what else may be typed.
var understoodToo = []telegram.BotCommand{
	{Command: "servicos", Description: "Seus serviços, plano e vencimento"},
	{Command: "contrato", Description: "Cópia e aceite do contrato"},
	{Command: "atendente", Description: "Falar com uma pessoa da equipe"},
	{Command: "avisos", Description: "O que você quer que eu avise"},
	{Command: "vincular", Description: "Ver outro cadastro também neste chat"},
}

// said of the bot itself

const (
	choose         = "Como posso ajudar? Toque em uma opção."
	unknownCommand = "Não conheço esse comando. Toque em uma opção:"
	goOn           = "Continue de onde paramos, ou toque em Cancelar."
	onlyPortuguese = "Eu só falo português. Toque em uma opção, ou escreva à nossa equipe em Suporte.\n\n" +
		"<i>I only speak Portuguese: please tap a button, or Suporte to reach our staff.</i>\n" +
		"<i>Solo hablo portugués: toque un botón, o Suporte para hablar con el equipo.</i>"
	cancelled      = "Certo, parei por aqui. Nada foi feito."
	staleButton    = "Este botão não vale mais. Envie /menu para começar de novo."
	notNow         = "Não foi possível fazer isso agora. Toque em uma opção:"
	broken         = "Algo falhou do nosso lado. Tente de novo em alguns instantes."
	webhookRefused = "O Telegram não aceita chamar este endereço: "
)

func stranger(isp string) string {
	return fmt.Sprintf("Olá! Eu sou o atendimento da %s no Telegram.\n\nPara eu saber quem é você, toque em <b>"+labelShare+"</b>, aqui embaixo. "+
		"Ou peça ao nosso atendimento o <b>link de vínculo</b>: ele abre esta conversa já identificada. Não é preciso senha.", safe(isp))
}

// said to who is not let in yet: the same words whether or not there is a customer of that number

const (
	labelShare = "Enviar meu número"

	deadLink = "Este link não vale mais: ele dura 10 minutos e serve uma vez só. O impresso vale até alguém usar.\n\n" +
		"Peça outro no atendimento e toque nele em seguida, ou entre com seu próprio número: /vincular"
	proofQuestion = "Recebi seu número. Para confirmar que é você, escreva os <b>3 últimos números do CPF ou CNPJ</b> do titular, ou a <b>data de nascimento</b>, " +
		"como 25/12/1980.\n\nPara desistir: /cancelar"
	notProven = "Não consegui confirmar. Confira e escreva de novo, ou peça ao nosso atendimento o link de vínculo: ele funciona na hora.\n\nPara desistir: /cancelar"
	notOwn    = "Preciso do número deste Telegram, enviado por você mesmo. Toque em " + labelShare + ", aqui embaixo."
	shutToday = "Foram muitas tentativas por hoje. Tente de novo amanhã, ou peça ao nosso atendimento o link de vínculo: ele funciona na hora."

	menuAnytime = "Para ver o menu a qualquer hora, envie /menu."
	anotherWay  = "Para ver outro cadastro também neste chat, toque em <b>" + labelShare + "</b>, aqui embaixo, ou peça ao nosso atendimento o link de vínculo dele."

	onlyToPay     = "\n\nSó quer pagar? Envie /cpf."
	cpfQuestion   = "Escreva o CPF ou o CNPJ do titular, só os números. Mostro o que há para pagar, e mais nada.\n\nPara desistir: /cancelar"
	noCPF         = "Este CPF ou CNPJ tem algum número trocado. Confira e escreva de novo.\n\nPara desistir: /cancelar"
	nothingForCPF = "Não encontrei nada para pagar com este número. Confira e envie /cpf de novo, ou fale com o nosso atendimento."
)

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

func welcome(name, isp string) string {
	return fmt.Sprintf("Olá, %s! Este chat agora está vinculado ao seu cadastro na %s.\n\nComo posso ajudar?", safe(name), safe(isp))
}

func greeting(name, isp, own string) string {
	if own != "" {
		return fmt.Sprintf("Olá, %s! %s", safe(name), safe(own))
	}
	return fmt.Sprintf("Olá, %s! Aqui é a %s. Como posso ajudar?", safe(name), safe(isp))
}

func helpText(face subscribers.Face) string {
	var b strings.Builder
	b.WriteString("Posso fazer isto por você:\n")
	for _, c := range slices.Concat(menuOfCommands, understoodToo) {
		if f, may := features[c.Command]; may && !face.Offers(f) {
			continue
		}
		fmt.Fprintf(&b, "\n/%s: %s", c.Command, c.Description)
	}
	b.WriteString("\n\nNão peço senha nem número de cartão. Se alguém pedir em nosso nome, não responda.")
	if face.Contact != "" {
		b.WriteString("\n\n" + safe(face.Contact))
	}
	return b.String()
}

func perhaps(label string) string { return fmt.Sprintf("Você quer abrir <b>%s</b>?", label) }

// oddities are what is said of what no dialogue takes.
var oddities = map[string]string{
	oddSticker: "Recebi a sua figurinha! Mas eu só entendo palavras e botões.",
	oddPlace:   "Recebi a localização, mas não consigo usá-la por aqui.",
	oddVideo:   "Ainda não consigo guardar vídeo. Mande uma foto, um áudio ou escreva.",
	oddSound:   "Não consigo guardar esse tipo de som. Grave um áudio aqui mesmo, mande uma foto ou escreva.",
	oddEdited:  "Vi que você corrigiu uma mensagem, mas eu só leio a primeira versão. Escreva de novo, por favor.",
	oddElse:    "Isso eu não consigo ler. Eu entendo palavras, fotos, áudios e botões.",
}

// foreign says whether words are of another language: some of the commonest of its words are among them, or letters that Portuguese does not have.
func foreign(text string) bool {
	for _, word := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if slices.Contains(abroad, word) || strings.ContainsFunc(word, func(r rune) bool { return !unicode.Is(unicode.Latin, r) && r > unicode.MaxLatin1 }) {
			return true
		}
	}
	return false
}

var abroad = []string{"hello", "hi", "help", "please", "the", "my", "bill", "invoice", "thanks", "hola", "ayuda", "gracias", "usted", "factura", "buenos", "buenas", "bonjour", "merci"}

func named(customer, text string) string { return "<b>" + safe(customer) + "</b>\n" + text }

// said of services

const (
	noServices   = "Não há serviço ativo no seu cadastro."
	whichService = "Sobre qual serviço?"
)

var states = map[status.State]string{
	status.WaitingSignature:    "Aguardando assinatura",
	status.WaitingInstallation: "Aguardando instalação",
	status.WaitingMigration:    "Aguardando migração",
	status.Enabled:             "Habilitado",
	status.Slowed:              "Suspenso Parcialmente",
	status.SuspendedDebt:       "Suspenso por Débito",
	status.Paused:              "Suspenso a Pedido",
	status.Cancelled:           "Cancelado",
}

func servicesText(services []subscribers.Service, zone *time.Location) string {
	if len(services) == 0 {
		return noServices
	}
	lines := []string{"Serviços Contratados:"}
	for _, s := range services {
		monthly, memo := billing.MonthlyOf(s.Subscription)
		price := monthly.BRL() + " por mês"
		if memo != "" {
			price += " (" + memo + ")"
		}
		line := fmt.Sprintf("<b>%s</b>, %s\n%s", safe(s.Plan.Name), price, states[s.Status])
		if s.Grant != nil {
			line += ", em confiança até " + moment(s.Grant.Until.In(zone))
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n\n")
}

// serviceText is one service with all that is known of it; at is where it is installed, or nil.
func serviceText(s subscribers.Service, at *ent.Address, zone *time.Location) string {
	lines := []string{servicesText([]subscribers.Service{s}, zone), "", fmt.Sprintf("Velocidade: %s de download, %s de upload", speed(s.Plan.DownKbps), speed(s.Plan.UpKbps))}
	if at != nil {
		lines = append(lines, "Endereço: "+safe(strings.Trim(fmt.Sprintf("%s, %s, %s, %s", at.Street, at.HouseNumber, at.District, at.City), ", ")))
	}
	return strings.Join(append(lines, "Vencimento: "+dueOn(s.DueDay)), "\n")
}

// speed is as people say it: 500 Mega, 1,5 Mega.
func speed(kbps int) string {
	return strings.Replace(strings.TrimSuffix(fmt.Sprintf("%.1f", float64(kbps)/1000), ".0"), ".", ",", 1) + " Mega"
}

func dueOn(day int) string {
	if day == calendar.LastDay {
		return "último dia do mês"
	}
	return fmt.Sprintf("todo dia %d", day)
}

func serviceLabel(s subscribers.Service, of *ent.Customer, several bool) string {
	label := fmt.Sprintf("%s, nº %d", s.Plan.Name, s.Number)
	if several {
		label = subscribers.FirstName(of) + ": " + label
	}
	return label
}

// said of invoices

const (
	noInvoices       = "Você não tem fatura aberta. Tudo em dia!"
	noInvoicesHere   = "Este serviço não tem fatura aberta."
	noPaid           = "Nenhuma fatura paga ainda."
	noPix            = "Esta fatura não tem Pix. Pague pelo boleto ou na nossa loja."
	noLinha          = "Esta fatura não tem boleto. Pague com Pix ou na nossa loja."
	nothingToPrint   = "Não há boleto para imprimir aqui. O pagamento é na nossa loja."
	alreadyPaid      = "Esta fatura já está paga. Obrigado!"
	alreadyCancelled = "Esta fatura foi cancelada; não há o que pagar."
	contested        = "Esta fatura está em contestação e não é cobrada até a resposta."
	noBooklet        = "Você não tem carnê com parcelas em aberto."
	whichBooklet     = "Qual carnê?"
)

func invoicesHead(n int) string {
	return plural(n, "Você tem 1 fatura aberta.", "Você tem %d faturas abertas.") + "\n\n"
}

func invoiceText(s *billing.Standing, of int) string {
	head := fmt.Sprintf("<b>%s, vence em %s</b>", s.Owed().BRL(), s.Invoice.Due.BR())
	if s.Status == billing.InvoiceOverdue {
		head = fmt.Sprintf("<b>%s hoje, venceu em %s</b>", s.Owed().BRL(), s.Invoice.Due.BR())
	}
	lines := []string{head}
	if late := s.Debt.Charges(); late > 0 {
		lines = append(lines, fmt.Sprintf("%s, mais %s de multa e juros.", s.Debt.Principal.BRL(), late.BRL()))
	}
	if s.Status == billing.InvoicePartly {
		lines = append(lines, fmt.Sprintf("Já pagos: %s.", s.Debt.Paid.BRL()))
	}
	lines = append(lines, description(s))
	if of > 0 {
		lines = append(lines, fmt.Sprintf("Carnê, parcela %d de %d.", s.Invoice.Instalment, of))
	}
	return strings.Join(lines, "\n")
}

func description(s *billing.Standing) string {
	var parts []string
	for _, c := range s.Charges {
		parts = append(parts, safe(c.Description))
	}
	return strings.Join(parts, "; ") + "."
}

func pixText(s *billing.Standing) string {
	text := fmt.Sprintf("Código Pix de %s. Toque para copiar e cole no aplicativo do seu banco:\n\n<code>%s</code>", s.Slip.Amount.BRL(), safe(s.Slip.PixPayload))
	if late := s.Debt.Charges(); late > 0 {
		text += fmt.Sprintf("\n\nA multa e os juros, %s até hoje, vêm em outra cobrança.", late.BRL())
	}
	return text
}

func balanceText(s *billing.Standing, code string) string {
	return fmt.Sprintf("Parte desta fatura já foi paga. Código Pix do que falta hoje, %s. Toque para copiar e cole no aplicativo do seu banco:\n\n<code>%s</code>", s.Owed().BRL(), safe(code))
}

const namePix = "Pix.png"

func qrCaption(s *billing.Standing) string {
	amount := s.Slip.Amount
	if len(s.Payments) > 0 {
		amount = s.Owed()
	}
	return fmt.Sprintf("QR Code do Pix de %s. Aponte a câmera do aplicativo do seu banco.", amount.BRL())
}

func linhaText(s *billing.Standing) string {
	return fmt.Sprintf("Linha digitável do boleto de %s, vencimento %s. Toque para copiar e cole no aplicativo do seu banco:\n\n<code>%s</code>",
		s.Slip.Amount.BRL(), s.Slip.Due.BR(), safe(s.Slip.Linha)) + partlyPaid(s)
}

func slipCaption(s *billing.Standing) string {
	return fmt.Sprintf("Fatura %d: %s, vencimento %s.", s.Invoice.Number, s.Slip.Amount.BRL(), s.Slip.Due.BR()) + partlyPaid(s)
}

// partlyPaid warns of a boleto whose amount is no longer what is owed.
func partlyPaid(s *billing.Standing) string {
	if len(s.Payments) == 0 {
		return ""
	}
	return fmt.Sprintf("\n\nAtenção: este boleto é do valor original. Parte já foi paga e hoje faltam %s; pague pelo Pix ou na nossa loja.", s.Owed().BRL())
}

// accountText is an invoice line by line: what, how much, and the reckoning behind it.
func accountText(s *billing.Standing) string {
	lines := []string{fmt.Sprintf("<b>Fatura %d, vencimento %s</b>", s.Invoice.Number, s.Invoice.Due.BR()), ""}
	for _, c := range s.Charges {
		lines = append(lines, fmt.Sprintf("%s: <b>%s</b>", safe(c.Description), c.Amount.BRL()), safe(c.Memo), "")
	}
	lines = append(lines, fmt.Sprintf("Total: <b>%s</b>", s.Total.BRL()))
	if late := s.Debt.Charges(); late > 0 {
		lines = append(lines, fmt.Sprintf("Atraso, até hoje: <b>%s</b> (%s)", late.BRL(), s.Debt.ChargesMemo()))
	}
	if s.Debt.Paid > 0 {
		lines = append(lines, fmt.Sprintf("Já pagos: <b>%s</b>", s.Debt.Paid.BRL()))
	}
	if why, payable := settled(s); !payable {
		return strings.Join(append(lines, why), "\n")
	}
	return strings.Join(append(lines, fmt.Sprintf("A pagar hoje: <b>%s</b>", s.Owed().BRL())), "\n")
}

func paidText(last []*billing.Standing, zone *time.Location) string {
	if len(last) == 0 {
		return noPaid
	}
	lines := []string{"Suas últimas faturas pagas:"}
	for _, s := range last {
		lines = append(lines, fmt.Sprintf("<b>%s, paga em %s</b>\nFatura %d, de %s: %s", s.Debt.Paid.BRL(), s.Invoice.PaidAt.In(zone).Format("02/01/2006"),
			s.Invoice.Number, s.Invoice.Due.BR(), description(s)))
	}
	return strings.Join(lines, "\n\n")
}

func bookletLabel(b *ent.Booklet) string {
	return fmt.Sprintf("Carnê %d, de %d parcelas", b.Number, b.Instalments)
}

func bookletCaption(b *ent.Booklet) string {
	return fmt.Sprintf("Carnê %d, de %d parcelas, a primeira em %s.", b.Number, b.Instalments, b.FirstDue.BR())
}

// said of Desbloqueio em Confiança; only what was granted says "liberado"

func unblockQuestion(o subscribers.Offer) string {
	var plans []string
	for _, s := range o.Suspended {
		plans = append(plans, "<b>"+safe(s.Plan.Name)+"</b>")
	}
	what := "Seu serviço " + plans[0] + " está suspenso por débito."
	if len(plans) > 1 {
		what = "Seus serviços " + strings.Join(plans, ", ") + " estão suspensos por débito."
	}
	lines := []string{what}
	for _, s := range o.Debt {
		lines = append(lines, fmt.Sprintf("Fatura %d, de %s: %s hoje.", s.Invoice.Number, s.Invoice.Due.BR(), s.Owed().BRL()))
	}
	lines = append(lines, "", fmt.Sprintf("Posso liberar por <b>1 dia, uma vez por mês</b>. Usando agora, a próxima vez é a partir de %s. A dívida continua.", o.NextFrom.BR()))
	return strings.Join(lines, "\n")
}

func unblockAsked(at time.Time) string {
	return fmt.Sprintf("Desbloqueio em Confiança pedido em %s.", at.Format("02/01, às 15:04"))
}

func unblocked(name string, done *subscriptions.SelfUnblock, zone *time.Location) string {
	return fmt.Sprintf("Pronto, %s! Seu acesso está liberado até <b>%s</b>. A internet volta em segundos.\n\nSem o pagamento até lá, o serviço é suspenso de novo. "+
		"Próxima vez: a partir de %s.", safe(name), moment(done.Until.In(zone)), done.NextFrom.BR())
}

// noOffer is why there is nothing to ask for, or "".
func noOffer(o subscribers.Offer, isp string, zone *time.Location) string {
	running := ""
	if !o.OpenUntil.IsZero() {
		running = " Seu acesso em confiança vale até " + moment(o.OpenUntil.In(zone)) + "."
	}
	switch {
	case len(o.Suspended) == 0:
		return "Nenhum serviço seu está suspenso por débito. Se a internet não funciona, fale com o suporte: /suporte"
	case !o.On:
		return fmt.Sprintf("A %s não oferece o Desbloqueio em Confiança por aqui. Pagando, o serviço volta em segundos.", safe(isp))
	case !o.UsedOn.IsZero():
		return fmt.Sprintf("Você já usou o desbloqueio de %s (dia %d). O próximo é a partir de <b>%s</b>.%s Pagando agora, volta de vez em segundos.",
			months[o.UsedOn.Month()-1], o.UsedOn.Day(), o.NextFrom.BR(), running)
	case running != "":
		return strings.TrimSpace(running) + " Pagando agora, volta de vez em segundos."
	}
	return ""
}

// refusedUnblock is said when things changed between the question and the press.
func refusedUnblock(fault *tenants.Fault) string {
	if next := fault.Args["next"]; next != "" {
		return "Você já usou o desbloqueio deste mês. O próximo é a partir de <b>" + next + "</b>."
	}
	return "O desbloqueio não está disponível agora. Envie /desbloquear para ver o motivo."
}

// said of support

const onlyWords = "Aqui eu preciso de palavras. Escreva em uma mensagem, ou toque em Cancelar."

// inDebt are the verdicts of a line that a payment changes.
var inDebt = map[string]bool{"suspended": true, "slowed": true}

// verdictText is the verdict that staff see, in words for the subscriber.
func verdictText(l *subscribers.Line, zone *time.Location) string {
	if l.Outage != nil {
		return fmt.Sprintf("Há uma <b>falha na sua região</b> desde %s: %s.\nNossa equipe já trabalha nisso. Ainda não há hora certa para o fim; aviso aqui assim que terminar.",
			moment(l.Outage.BeganAt.In(zone)), safe(l.Outage.Title))
	}
	return strings.ReplaceAll(verdicts[l.Code], "{since}", moment(l.At.In(zone)))
}

var verdicts = map[string]string{
	"connected": "Daqui vejo o seu aparelho <b>conectado</b> desde {since}.",
	"slowed":    "Seu aparelho está conectado, mas com a <b>velocidade reduzida</b> por fatura vencida.\nPagando, volta ao normal em segundos.",
	"silent":    "Estou <b>sem sinal do seu aparelho</b> desde {since}.",
	"refused":   "Seu aparelho tenta entrar, mas <b>a rede não aceita a senha dele</b>. Você não precisa mexer em nada: a nossa equipe acerta.",
	"ended":     "Sua conexão <b>caiu</b>: {since}. O aparelho ainda não voltou.",
	"never":     "Seu aparelho <b>ainda não se conectou</b> à nossa rede.",
	"no_login":  "Sua conexão <b>ainda está sendo preparada</b> pela nossa equipe.",
	"waiting":   "Este serviço <b>ainda não foi ativado</b>.",
	"suspended": "O serviço está <b>suspenso por débito</b>.\nPagando, volta em segundos.",
	"paused":    "O serviço está <b>suspenso a seu pedido</b>. Para voltar, escreva aqui o dia.",
}

// steps are what the subscriber can do alone, by verdict.
var steps = map[string][]string{
	"connected": {"Desligue o aparelho da tomada, espere 30 segundos e ligue de novo.", "Espere 3 minutos.", "Teste perto do aparelho."},
	"silent":    restart, "ended": restart, "never": restart,
}

var restart = []string{"Veja se há luz em casa e se o aparelho está ligado.", "Confira se o cabo está firme, sem dobra.",
	"Desligue o aparelho da tomada, espere 30 segundos e ligue de novo.", "Espere 3 minutos."}

func lineText(l *subscribers.Line, following int, zone *time.Location) string {
	lines := []string{fmt.Sprintf("Atendimento para <b>%s</b>.", safe(l.Plan.Name)), "", verdictText(l, zone)}
	if todo := steps[l.Code]; l.Outage == nil && len(todo) > 0 {
		lines = append(lines, "", "Tente isto primeiro:")
		for i, one := range todo {
			lines = append(lines, fmt.Sprintf("%d. %s", i+1, one))
		}
		lines = append(lines, "", "Resolveu?")
	}
	lines = append(lines, "", "Para falar com a nossa equipe, escreva em uma mensagem o que está acontecendo, ou mande foto ou áudio.")
	if following > 0 {
		lines = append(lines, "", "Ou acompanhe o que já está aberto:")
	}
	return strings.Join(lines, "\n")
}

const solvedText = "Que bom! Se precisar, é só chamar: /suporte"

func stillText(l *subscribers.Line, zone *time.Location) string {
	return "Olhei de novo agora. " + verdictText(l, zone) + "\n\nEscreva em uma mensagem o que está acontecendo, ou mande foto ou áudio. Eu abro um atendimento, e a equipe vê o mesmo que eu."
}

// openedBy is the opening of a ticket by a file alone.
var openedBy = map[string]string{sentPhoto: "Foto enviada pelo Telegram.", sentVoice: "Áudio enviado pelo Telegram.", sentDocument: "Arquivo enviado pelo Telegram."}

const (
	fileLarge = "Esse arquivo passa de 20 MB e não consigo recebê-lo. Mande uma foto menor ou um áudio mais curto."
	fileGone  = "Não consegui buscar esse arquivo no Telegram. Mande de novo, por favor."
	fileStray = "Para eu guardar isso, diga primeiro em qual atendimento: toque nele e depois em Responder, ou abra outro em Suporte. Depois mande de novo."
)

func fileKept(kind string, t *ent.Ticket) string {
	what := map[string]string{sentPhoto: "a foto", sentVoice: "o áudio", sentDocument: "o arquivo"}[kind]
	return fmt.Sprintf("Recebi %s; está no protocolo <code>%s</code>. Se quiser, mande mais.", what, t.Protocol)
}

func fileRefused(fault *tenants.Fault) string {
	switch {
	case fault.Code == "ticket_old":
		return refusals[fault.Code]
	case fault.Fields["arquivo"] == "file_large":
		return fileLarge
	case fault.Fields["arquivo"] == "file_kind":
		return "Esse tipo de arquivo eu não consigo guardar. Mande foto, áudio ou PDF."
	}
	return "Não consegui guardar esse arquivo. Mande de novo, por favor."
}

func ticketOpened(t *ent.Ticket) string {
	return fmt.Sprintf("Atendimento aberto. Seu protocolo é <code>%s</code>.\n\nNossa equipe já recebeu e vai responder aqui. Se quiser, mande agora fotos ou áudios do problema.", t.Protocol)
}

var ticketStates = map[ticket.Status]string{
	ticket.StatusAguardandoAnalise: "Aguardando análise",
	ticket.StatusPendente:          "Aguardando a visita do técnico",
	ticket.StatusFinalizado:        "Resolvido",
}

func ticketLabel(t *ent.Ticket) string { return t.Protocol + ": " + ticketStates[t.Status] }

func followedText(f *support.Followed, isp string, zone *time.Location) string {
	lines := []string{fmt.Sprintf("Protocolo <code>%s</code>\n%s", f.Protocol, ticketStates[f.Status])}
	for _, e := range f.Said {
		who := "Você"
		if e.UserID != nil {
			who = strings.Fields(support.Speaker(e) + " " + isp)[0] + ", da " + isp
		}
		lines = append(lines, fmt.Sprintf("<b>%s</b>, %s\n%s", safe(who), e.At.In(zone).Format("02/01, 15:04"), safe(shortened(e.Body))))
	}
	return strings.Join(lines, "\n\n")
}

// shortened is so much of a text that five fit into a message.
func shortened(text string) string {
	if letters := []rune(text); len(letters) > 600 {
		return string(letters[:600]) + "…"
	}
	return text
}

func replyQuestion(t *ent.Ticket) string {
	return fmt.Sprintf("Escreva em uma mensagem a sua resposta no protocolo %s, ou mande foto ou áudio.", t.Protocol)
}

func repliedText(t *ent.Ticket) string {
	return fmt.Sprintf("Recebido. Sua resposta está no protocolo <code>%s</code>; avisaremos aqui.", t.Protocol)
}

func rateThanks(mark int) string {
	return fmt.Sprintf("Obrigado pela nota %d! Quer contar o porquê? Escreva em uma mensagem.", mark)
}

const thanks = "Obrigado! Isso nos ajuda a melhorar."

// refusals are why something cannot be done, by the code of the fault.
var refusals = map[string]string{
	"ticket_old":          "Este atendimento terminou há mais de 7 dias. Abra outro: /suporte",
	"talk_elsewhere":      "Outra pessoa já está falando com o atendente neste atendimento, em outro chat. Para escrever nele, toque no atendimento em Suporte e depois em Responder: /suporte",
	"contract_accepted":   "Este contrato já está aceito. A cópia está em Contrato: /contrato",
	"contract_inactive":   "Este contrato não vale mais. Veja os atuais: /contrato",
	"contested_before":    "Este valor já foi contestado antes. Se ainda há dúvida, fale com a equipe: /suporte",
	"contest_too_late":    "Só é possível contestar valores dos últimos 3 anos.",
	"nothing_to_contest":  "Não há valor a contestar nesta fatura.",
	"charge_cancelled":    "Este valor já foi cancelado; não é mais cobrado.",
	"charge_in_agreement": "Este valor faz parte de um acordo. Fale com a equipe: /suporte",
	"migrate_state":       "Este serviço ainda não está ativo; por enquanto não é possível mudar o plano nem o vencimento.",
	"migrate_suspended":   "Este serviço está suspenso. Depois que ele voltar, é possível mudar o plano e o vencimento. Para pagar: /faturas",
	"migration_open":      "Já há uma troca de plano em andamento neste serviço. A equipe avisa quando terminar.",
}

// said of a transfer that waits

const (
	transferAccepted = "Aceite anotado. Quando os dois aceitarem, o atendimento efetiva a troca."
	transferRefused  = "Troca recusada: o titular continua o mesmo."
)

// transferText tells a side its own money alone, and of the other no more than a name.
func transferText(in *subscriptions.Invited, zone *time.Location) string {
	monthly, _ := billing.MonthlyOf(in.Service.Subscription)
	what := "As dívidas, faturas e contratos de antes continuam com você. O acesso pelo bot termina."
	if in.Side == subscriptions.Taking {
		what = "Do dia da troca em diante as mensalidades são suas; dívidas de antes não passam a você."
		if in.Preview != nil {
			monthly = in.Preview.Price.Of(0)
		}
	}
	lines := []string{fmt.Sprintf("<b>Troca de titularidade</b> do serviço %d, %s, de %s para %s.", in.Service.Subscription.Number, safe(in.Service.Plan), safe(in.From.Name), safe(in.To.Name)),
		what, "Mensalidade: " + monthly.BRL()}
	if in.Preview != nil {
		lines = append(lines, "", "Se valesse hoje, para você:")
		for _, one := range transferMoney(in) {
			lines = append(lines, fmt.Sprintf("%s: %s (%s)", safe(one.What), one.Amount.BRL(), safe(one.How)))
		}
		lines = append(lines, "Os valores são calculados de novo no dia da troca.")
	}
	if at := in.Accepted(in.Side); at != nil {
		lines = append(lines, "", "Você aceitou em "+moment(at.In(zone))+".")
	} else {
		lines = append(lines, "", "Responda até "+in.ExpiresOn.AddDays(-1).BR()+".")
	}
	return strings.Join(lines, "\n")
}

func transferMoney(in *subscriptions.Invited) (all []billing.Moved) {
	if in.Side == subscriptions.Leaving {
		return in.Preview.Leaving()
	}
	for _, bill := range in.Preview.Entering() {
		for _, line := range bill.Lines {
			all = append(all, billing.Moved{What: line.What, How: line.How + "; " + strings.ToLower(bill.Label), Amount: line.Amount})
		}
	}
	return all
}

func invalid(fault *tenants.Fault) string {
	switch {
	case fault.Fields["telefone"] != "":
		return "Não reconheci esse telefone. Escreva com o DDD, só os números. Por exemplo: 91 98765-4321"
	case fault.Fields["email"] != "":
		return "Não reconheci esse e-mail. Ele tem um @ no meio. Por exemplo: maria@exemplo.com.br"
	case fault.Fields["contestacao"] != "":
		return "Conte um pouco mais, por favor: por que este valor não está certo?"
	}
	if fault.Fields["texto"] == "too_long" {
		return "Ficou longo demais. Conte em até 4.000 letras, por favor."
	}
	return onlyWords
}

// said of the record and of leaving

func recordText(r subscribers.Record) string {
	document := "CPF " + maskEnds(brazil.FormatCPF(r.Customer.Document), 3, 2)
	if len(r.Customer.Document) == 14 {
		document = "CNPJ " + brazil.FormatCNPJ(r.Customer.Document)
	}
	lines := []string{"<b>" + safe(r.Customer.Name) + "</b>", safe(document), fmt.Sprintf("Cliente nº %d", r.Customer.Number)}
	for _, c := range r.Contacts {
		switch c.Kind {
		case contact.KindPhone:
			lines = append(lines, "Telefone com final "+safe(c.Value[max(0, len(c.Value)-4):]))
		case contact.KindEmail:
			name, host, _ := strings.Cut(c.Value, "@")
			lines = append(lines, "E-mail "+safe(maskEnds(name, 2, 0)+"@"+host))
		}
	}
	return strings.Join(lines, "\n") + "\n\nAlgo mudou? Toque em Corrigir."
}

const (
	phoneQuestion = "Escreva o seu telefone novo, com o DDD. Por exemplo: 91 98765-4321\n\nEle toma o lugar do principal de hoje."
	emailQuestion = "Escreva o seu e-mail novo. Por exemplo: maria@exemplo.com.br\n\nEle toma o lugar do principal de hoje."
	dataCaption   = "Tudo o que guardamos sobre você (Lei Geral de Proteção de Dados). Guarde este arquivo em lugar seguro."
	nameData      = "dados-pessoais.json"
)

func correctedText(kind contact.Kind, kept string) string {
	if kind == contact.KindEmail {
		return "Pronto! Seu e-mail agora é " + safe(kept) + "."
	}
	return "Pronto! Seu telefone agora é " + safe(brazil.FormatPhone(kept)) + "."
}

func leaveQuestion(isp string) string {
	return fmt.Sprintf("Desvincular este chat da %s? Para voltar, envie seu número de novo ou peça um novo link ao atendimento.", safe(isp))
}

const (
	labelLeaveAll = "Desvincular todos"
	whichToLeave  = "Este chat vê mais de um cadastro. Qual você quer desvincular? Para voltar depois, toque em " + labelShare + " ou peça um novo link."
)

func labelLeaveOne(name string) string { return "Desvincular " + name }

func leftOne(name string) string {
	return fmt.Sprintf("Pronto: este chat não vê mais o cadastro de %s. Os outros continuam aqui.", safe(name))
}

func farewell(isp, own string) string {
	return fmt.Sprintf("Pronto: este chat não está mais vinculado à %s. %s", safe(isp), safe(cmp.Or(own, "Até a próxima!")))
}

// said of what is told unasked, of an attendant, and of what is not offered

const (
	labelWishes    = "Avisos"
	labelAttendant = "Falar com atendente"
	labelHandBack  = "Encerrar conversa"

	notOffered = "Isto não está disponível por aqui. Toque em uma opção:"
	talkAbout  = "Sobre o que você quer falar?"
)

// kinds are what is told unasked, as a subscriber calls it.
var kinds = map[messages.Kind]string{
	messages.Issued:      "fatura nova",
	messages.DueSoon:     "fatura perto de vencer",
	messages.Overdue:     "aviso de débito",
	messages.Suspended:   "suspensão do serviço",
	messages.Restored:    "volta do serviço",
	messages.TrustEnding: "fim do desbloqueio em confiança",
	messages.Answered:    "respostas aos seus atendimentos",
	messages.VisitBooked: "visita marcada",
	messages.VisitComing: "técnico a caminho",
	messages.Down:        "falha na sua região",
	messages.Decided:     "acordos, contestações e trocas de titularidade",
}

func labelSilence(k messages.Kind) string { return "Não avisar: " + kinds[k] }
func labelHear(k messages.Kind) string    { return "Voltar a avisar: " + kinds[k] }

func wishesText(all []subscribers.Wish, quiet messages.Quiet) string {
	var told, silent, must []string
	for _, w := range all {
		switch {
		case w.Must:
			must = append(must, kinds[w.Kind])
		case w.Told:
			told = append(told, kinds[w.Kind])
		default:
			silent = append(silent, kinds[w.Kind])
		}
	}
	lines := []string{"<b>Avisos neste chat</b>"}
	if len(told) > 0 {
		lines = append(lines, "Aviso de: "+strings.Join(told, "; ")+".")
	}
	if len(silent) > 0 {
		lines = append(lines, "Não aviso de: "+strings.Join(silent, "; ")+".")
	}
	lines = append(lines, "Sempre aviso de: "+strings.Join(must, "; ")+".")
	if quiet.From != quiet.Until {
		lines = append(lines, fmt.Sprintf("Das %dh às %dh só escrevo o que é urgente.", quiet.From, quiet.Until))
	}
	return strings.Join(lines, "\n\n")
}

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

// said of contracts

const noContract = "Você não tem contrato em vigor."

func contractsText(all []*ent.Contract, zone *time.Location) string {
	if len(all) == 0 {
		return noContract
	}
	lines := []string{"Seus contratos:"}
	for _, one := range all {
		state := "<b>aguarda o seu aceite</b>"
		if one.AcceptedAt != nil {
			state = "aceito em " + one.AcceptedOn.BR()
		}
		lines = append(lines, fmt.Sprintf("Contrato %d, de %s: %s", one.Number, one.IssuedAt.In(zone).Format("02/01/2006"), state))
	}
	return strings.Join(lines, "\n")
}

func contractLabel(one *ent.Contract) string { return fmt.Sprintf("Contrato %d em PDF", one.Number) }

func contractCaption(one *ent.Contract) string { return fmt.Sprintf("Contrato %d.", one.Number) }

func signQuestion(one *ent.Contract) string {
	return fmt.Sprintf("Leia o contrato %d acima. Se concorda, toque em Li e aceito.\n\nFicam registrados este chat, o dia, a hora e o código do texto:\n<code>%s</code>", one.Number, one.BodyHash)
}

func signedText(one *ent.Contract, zone *time.Location) string {
	return fmt.Sprintf("Contrato %d aceito em %s. Abaixo, a cópia com o seu aceite.", one.Number, one.AcceptedAt.In(zone).Format("02/01/2006, às 15:04"))
}

// said of a charge that is contested

const whichCharge = "Qual valor não está certo?"

func chargeLabel(c *ent.Charge) string { return c.Amount.BRL() + ", " + c.Description }

func contestQuestion(c *ent.Charge, by calendar.Date) string {
	return fmt.Sprintf("Contestar <b>%s</b>, %s.\n\nEnquanto a equipe analisa, este valor não é cobrado nem suspende o serviço; não use mais o boleto e o Pix de antes desta fatura. "+
		"A resposta vem até <b>%s</b>.\n\nEscreva em uma mensagem por que o valor não está certo.", c.Amount.BRL(), safe(c.Description), by.BR())
}

func contestedText(made *ent.Contest) string {
	return fmt.Sprintf("Contestação anotada. A resposta vem até <b>%s</b>; até lá este valor não é cobrado. Aviso aqui.", made.AnswerBy.BR())
}

// said of another plan or due day

const (
	noPlans = "Não há outro plano para o seu endereço agora. Se quiser, fale com a equipe: /suporte"
	noDays  = "Não há outro dia de vencimento para escolher. Se quiser, fale com a equipe: /suporte"
)

func planLabel(p *ent.Plan) string { return p.Name + ", " + p.Price.BRL() }

func dayLabel(day int) string {
	if day == calendar.LastDay {
		return "Último dia"
	}
	return fmt.Sprintf("Dia %d", day)
}

func whichPlan(w *subscriptions.WishChoices) string {
	monthly, _ := billing.MonthlyOf(w.Of)
	return fmt.Sprintf("Hoje você tem <b>%s</b>, por %s ao mês. Para qual plano quer mudar?", safe(w.Plan.Name), monthly.BRL())
}

func whichDay(w *subscriptions.WishChoices) string {
	return fmt.Sprintf("Hoje o vencimento é <b>%s</b>. Para qual dia quer mudar?", dueOn(w.Of.DueDay))
}

func wishText(w *subscriptions.Wished) string { return safe(strings.Join(wishLines(w), "\n")) }

// wishAsked is what the office reads of a wish.
func wishAsked(w *subscriptions.Wished) string {
	return "Pedido pelo Telegram. Prévia mostrada ao assinante:\n" + strings.Join(wishLines(w), "\n")
}

// wishLines are a wish with the money it would come to today, plainly.
func wishLines(w *subscriptions.Wished) []string {
	before, _ := billing.MonthlyOf(w.From)
	after, _ := billing.MonthlyOf(w.To)
	lines := []string{fmt.Sprintf("Mudar o vencimento de %s para %s.", dueOn(w.From.DueDay), dueOn(w.To.DueDay)), fmt.Sprintf("A mensalidade continua %s.", after.BRL())}
	if w.To.PlanID != w.From.PlanID {
		lines = []string{fmt.Sprintf("Trocar o plano %s por %s.", w.Was.Name, w.Is.Name), fmt.Sprintf("A mensalidade passa de %s para %s.", before.BRL(), after.BRL())}
	}
	lines = append(lines, "", "Se fosse hoje:")
	p := w.Preview
	for _, one := range p.Lines {
		lines = append(lines, fmt.Sprintf("%s: %s (%s)", one.What, one.Amount.BRL(), one.Memo))
	}
	switch net := p.Net(); {
	case p.Goes == billing.GoesCredit:
		lines = append(lines, fmt.Sprintf("Você fica com %s de crédito, que abate as próximas.", (-net).BRL()))
	case p.Goes == billing.GoesLoose:
		lines = append(lines, fmt.Sprintf("Diferença a pagar: %s, em %s.", net.BRL(), p.Due.BR()))
	case p.Goes == billing.GoesNext && net > 0:
		lines = append(lines, fmt.Sprintf("Diferença na próxima fatura: %s.", net.BRL()))
	}
	if p.Passed != nil {
		lines = append(lines, fmt.Sprintf("Fatura dos dias ainda não cobrados: %s, vence em %s.", p.Passed.Total.BRL(), p.Passed.Due.BR()))
	}
	changed, ended := 0, 0
	var price money.Cents
	for _, page := range p.Pages {
		switch page.Does {
		case billing.PageReprices, billing.PageReissued:
			changed, price = changed+1, page.After
		case billing.PageEnds:
			ended++
		}
	}
	if changed > 0 {
		lines = append(lines, plural(changed, "1 fatura já emitida passa a ", "%d faturas já emitidas passam a ")+price.BRL()+", com boleto novo.")
	}
	if ended > 0 {
		lines = append(lines, plural(ended, "1 fatura já emitida é trocada por outra.", "%d faturas já emitidas são trocadas por outras."))
	}
	if fresh := p.Fresh(); len(fresh) > 0 {
		var how []string
		for _, line := range fresh[0].Lines {
			how = append(how, line.Memo)
		}
		lines = append(lines, fmt.Sprintf("Carnê novo de %s: a primeira parcela é de %s (%s) e vence em %s.", plural(len(fresh), "1 parcela", "%d parcelas"),
			fresh[0].Total().BRL(), strings.Join(how, "; "), fresh[0].Due.BR()))
	}
	if p.Next != nil {
		lines = append(lines, fmt.Sprintf("Próxima fatura: %s, vence em %s.", p.Next.Total().BRL(), p.Next.Due.BR()))
	}
	if lines[len(lines)-1] == "Se fosse hoje:" {
		lines = append(lines, "Nada muda no que já foi cobrado.")
	}
	if !w.From.LoyaltyTo.IsZero() {
		lines = append(lines, fmt.Sprintf("Sua fidelidade continua até %s.", w.From.LoyaltyTo.BR()))
	}
	return append(lines, "", "Os valores são calculados de novo no dia da mudança.")
}

func wishOpened(t *ent.Ticket) string {
	return fmt.Sprintf("Pedido enviado à nossa equipe, protocolo <code>%s</code>. Nada muda até ela confirmar aqui com você.", t.Protocol)
}

// how things are written

var weekdays = []string{"domingo", "segunda", "terça", "quarta", "quinta", "sexta", "sábado"}

var months = []string{"janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro"}

// moment is an instant near enough to need no year: terça, 24/11, às 15:10.
func moment(local time.Time) string {
	return weekdays[local.Weekday()] + local.Format(", 02/01, às 15:04")
}

// safe is a text of somebody's as Telegram's HTML takes it.
func safe(text string) string { return html.EscapeString(text) }

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return fmt.Sprintf(many, n)
}

// maskEnds leaves so many letters and figures at the start and the end; marks between them stay.
func maskEnds(text string, start, end int) string {
	letters := []rune(text)
	for i, r := range letters {
		if i >= start && i < len(letters)-end && !slices.Contains([]rune(".-/"), r) {
			letters[i] = '•'
		}
	}
	return string(letters)
}
