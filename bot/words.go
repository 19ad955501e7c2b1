package bot

import (
	"fmt"
	"html"
	"slices"
	"strings"
	"time"
	"unicode"

	"enlace/tenants"
	"enlace/tenants/bots"
)

// Every word the bot says is in the files words*.go of this folder, which are reviewed as a whole, one after the other: here those of no dialogue alone,
// and in words_NAME.go those of the dialogues in NAME.go. All are alike: short lines, one idea a message, amount and date always, refusals say when.

const (
	labelMenu   = "Menu"
	labelCancel = "Cancelar"

	choose         = "Como posso ajudar? Toque em uma opção."
	unknownCommand = "Não conheço esse comando. Toque em uma opção:"
	goOn           = "Continue de onde paramos, ou toque em Cancelar."
	cancelled      = "Certo, parei por aqui. Nada foi feito."
	staleButton    = "Este botão não vale mais. Envie /menu para começar de novo."
	notNow         = "Não foi possível fazer isso agora. Toque em uma opção:"
	tooLate        = "Depois de 15 minutos eu paro de esperar a resposta, e o que você escreveu agora <b>não</b> foi guardado. Para recomeçar, toque em uma opção:"
	welcomeAsEver  = "De nada! Se precisar, é só chamar."
	broken         = "Algo falhou do nosso lado. Tente de novo em alguns instantes."
	notOffered     = "Isto não está disponível por aqui. Toque em uma opção:"
)

var onlyPortuguese = saying{"Eu só falo português. Toque em uma opção.\n\n<i>I only speak Portuguese: please tap a button.</i>\n<i>Solo hablo portugués: toque un botón.</i>",
	bots.Support, "\n\nEquipe, staff, equipo: /suporte"}

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

func whatFor(first string) string { return fmt.Sprintf("Sobre %s: o que você precisa?", safe(first)) }

func repliedAbout(first string) string {
	return fmt.Sprintf("Você respondeu a uma mensagem de <b>%s</b>, e aqui o assunto era outro. Nada foi enviado.\n\n", safe(first)) + whatFor(first)
}

const onlyWords = "Aqui eu preciso de palavras. Escreva em uma mensagem, ou toque em Cancelar."

// refusals are why something cannot be done, by the code of the fault.
var refusals = map[string]saying{
	"ticket_old":          {"Este atendimento terminou há mais de 7 dias.", bots.Support, " Abra outro: /suporte"},
	"contest_answered":    {"Esta contestação já foi respondida, e o arquivo <b>não</b> foi guardado.", bots.Support, " Se ainda há dúvida, fale com a equipe: /suporte"},
	"talk_elsewhere":      {"Outra pessoa já está falando com o atendente neste atendimento, em outro chat.", bots.Support, " Para escrever nele, toque no atendimento em Suporte e depois em Responder: /suporte"},
	"contract_accepted":   {"Este contrato já está aceito.", bots.Contract, " A cópia está em Contrato: /contrato"},
	"contract_inactive":   {"Este contrato não vale mais.", bots.Contract, " Veja os atuais: /contrato"},
	"contested_before":    {"Este valor já foi contestado antes.", bots.Support, " Se ainda há dúvida, fale com a equipe: /suporte"},
	"contest_too_late":    {text: "Só é possível contestar valores dos últimos 3 anos."},
	"nothing_to_contest":  {text: "Não há valor a contestar nesta fatura."},
	"charge_cancelled":    {text: "Este valor já foi cancelado; não é mais cobrado."},
	"charge_in_agreement": {"Este valor faz parte de um acordo.", bots.Support, " Fale com a equipe: /suporte"},
	"migrate_state":       {text: "Este serviço ainda não está ativo; por enquanto não é possível mudar o plano nem o vencimento."},
	"migrate_suspended":   {text: "Este serviço está suspenso. Depois que ele voltar, é possível mudar o plano e o vencimento. Para pagar: /faturas"},
	"migration_open":      {text: "Já há uma troca de plano em andamento neste serviço. A equipe avisa quando terminar."},
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
	if strings.HasPrefix(fault.Fields["texto"], tenants.TooLong) {
		return "Ficou longo demais. Conte em até 4.000 letras, por favor."
	}
	return onlyWords
}

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
