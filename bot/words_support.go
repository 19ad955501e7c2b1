package bot

import (
	"fmt"
	"strings"
	"time"

	"enlace/ent"
	"enlace/ent/ticket"
	"enlace/tenants/bots"
	"enlace/tenants/subscribers"
	"enlace/tenants/support"
)

// said of a line that does not work, and of tickets

const (
	labelReply  = "Responder"
	labelSkip   = "Agora não"
	labelSolved = "Já resolveu"
	labelStill  = "Continua sem funcionar"
)

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

var solvedText = saying{"Que bom!", bots.Support, " Se precisar, é só chamar: /suporte"}

func stillText(l *subscribers.Line, zone *time.Location) string {
	return "Olhei de novo agora. " + verdictText(l, zone) + "\n\nEscreva em uma mensagem o que está acontecendo, ou mande foto ou áudio. Eu abro um atendimento, e a equipe vê o mesmo que eu."
}

func ticketOpened(t *ent.Ticket) string {
	return fmt.Sprintf("Atendimento aberto. Seu protocolo é <code>%s</code>.\n\nNossa equipe já recebeu e vai responder aqui. Se quiser, mande agora fotos ou áudios do problema.", t.Protocol)
}

var ticketStates = map[ticket.Status]string{
	ticket.StatusAguardandoAnalise: "Aguardando análise",
	ticket.StatusPendente:          "Aguardando a visita do técnico",
	ticket.StatusFinalizado:        "Resolvido",
}

// ticketLabel is a ticket in a list: by the words with which the subscriber opened it himself, else by its protocol. What came along with a service was
// said by another.
func ticketLabel(t *ent.Ticket, zone *time.Location) string {
	words := strings.TrimPrefix(t.Opening, wishHead)
	if words, _, _ = strings.Cut(words, "\n"); t.Channel != ticket.ChannelTelegram || t.MovedAt != nil || words == "" {
		return t.Protocol + ": " + ticketStates[t.Status]
	}
	if letters := []rune(words); len(letters) > 40 {
		words = strings.TrimSpace(string(letters[:40])) + "…"
	}
	return t.OpenedAt.In(zone).Format("02/01") + ": " + words
}

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
	return fmt.Sprintf("Recebido. Sua resposta está no protocolo <code>%s</code>. Quando a equipe responder, aviso aqui.", t.Protocol)
}

func rateThanks(mark int) string {
	return fmt.Sprintf("Obrigado pela nota %d! Quer contar o porquê? Escreva em uma mensagem.", mark)
}

const thanks = "Obrigado! Isso nos ajuda a melhorar."
