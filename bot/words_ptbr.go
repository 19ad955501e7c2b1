package bot

import (
	"cmp"
	"fmt"
	"html"
	"slices"
	"strings"
	"time"

	telegram "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"enlace/ent"
	"enlace/ent/contact"
	"enlace/ent/ticket"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/brazil"
	"enlace/tenants/messages"
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
)

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

// said of the bot itself

const (
	choose         = "Como posso ajudar? Toque em uma opção."
	unknownCommand = "Não conheço esse comando. Toque em uma opção:"
	cancelled      = "Certo, parei por aqui. Nada foi feito."
	staleButton    = "Este botão não vale mais. Envie /menu para começar de novo."
	deadLink       = "Este link não vale mais: ele dura 10 minutos e serve uma vez só.\nPeça outro no atendimento e toque nele em seguida."
	notNow         = "Não foi possível fazer isso agora. Toque em uma opção:"
	broken         = "Algo falhou do nosso lado. Tente de novo em alguns instantes."
	tokenRefused   = "O Telegram não reconhece o token deste bot. Confira-o no @BotFather e salve de novo."
)

func stranger(isp string) string {
	return fmt.Sprintf("Olá! Eu sou o atendimento da %s no Telegram.\n\nPara eu saber quem é você, peça ao nosso atendimento o <b>link de vínculo</b>. "+
		"Ele abre esta conversa já identificada; não é preciso senha.", safe(isp))
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
	for _, c := range menuOfCommands {
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

const onlyWords = "Por enquanto eu só leio texto. Escreva em palavras o que está acontecendo, ou toque em Cancelar."

func whatHappens(s subscribers.Service, following int) string {
	text := fmt.Sprintf("Atendimento para <b>%s</b>.\n\nEscreva em uma mensagem o que está acontecendo.", safe(s.Plan.Name))
	if following > 0 {
		text += "\n\nOu acompanhe o que já está aberto:"
	}
	return text
}

func ticketOpened(t *ent.Ticket) string {
	return fmt.Sprintf("Atendimento aberto. Seu protocolo é <code>%s</code>.\n\nNossa equipe já recebeu o que você escreveu e vai analisar.", t.Protocol)
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
	return fmt.Sprintf("Escreva em uma mensagem a sua resposta no protocolo %s.", t.Protocol)
}

func repliedText(t *ent.Ticket) string {
	return fmt.Sprintf("Recebido. Sua resposta está no protocolo <code>%s</code>; avisaremos aqui.", t.Protocol)
}

func rateThanks(mark int) string {
	return fmt.Sprintf("Obrigado pela nota %d! Quer contar o porquê? Escreva em uma mensagem.", mark)
}

const thanks = "Obrigado! Isso nos ajuda a melhorar."

const ticketOld = "Este atendimento terminou há mais de 7 dias. Abra outro: /suporte"

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
	return strings.Join(lines, "\n") + "\n\nAlgo mudou? Avise pelo suporte: /suporte\nPara desvincular este chat: /sair"
}

func leaveQuestion(isp string) string {
	return fmt.Sprintf("Desvincular este chat da %s? Para voltar, será preciso um novo link do atendimento.", safe(isp))
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
	talkWords  = "Por enquanto eu só levo texto ao atendente. Escreva em palavras, por favor."
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
