package bot

import (
	"slices"
	"strings"
)

// What people write without a bar, small and without accents; the words of a dialogue that waits for an answer are its answer, and never looked up here.

// phrases are whole messages that can mean but one thing, and what only shows it is shown at once.
var phrases = map[string][]string{
	"menu":        {"oi", "ola", "bom dia", "boa tarde", "boa noite", "oi bom dia", "oi boa tarde", "oi boa noite", "ola bom dia", "ola boa tarde", "ola boa noite", "opa", "inicio", "voltar ao menu"},
	"faturas":     {"quanto eu devo", "quanto devo", "o que eu devo", "tenho conta para pagar", "segunda via", "2 via", "2a via", "segunda via do boleto", "boleto", "meu boleto", "boletos", "pix", "codigo pix", "pagar", "quero pagar", "fatura", "minha fatura", "minhas faturas", "conta", "minha conta"},
	toPaid:        {"paguei", "ja paguei", "eu paguei", "eu ja paguei", "paguei a conta", "paguei o boleto", "paguei a fatura", "faturas pagas"},
	"suporte":     {"minha internet caiu", "internet caiu", "a internet caiu", "caiu a internet", "sem internet", "estou sem internet", "to sem internet", "sem sinal", "minha internet esta lenta", "internet lenta", "a internet esta lenta", "a internet nao funciona", "minha internet nao funciona"},
	"desbloquear": {"desbloqueio", "desbloqueio em confianca", "desbloqueio de confianca", "me desbloqueia", "liberar internet"},
	"carne":       {"meu carne", "segunda via do carne"},
	"ajuda":       {"me ajuda", "me ajude", "socorro", "o que voce faz"},
}

// spokenOf is how words begin that speak of what a command does; the first that fits is offered, and nothing is done unasked.
var spokenOf = []struct {
	command string
	words   []string
}{
	{"carne", []string{"carne"}},
	{"desbloquear", []string{"desbloque", "bloque", "cortad", "cortaram", "suspens", "confianca"}},
	{"contrato", []string{"contrat"}},
	{toAttendant, []string{"atendente", "humano", "pessoa", "alguem", "cancelar", "cancelamento"}},
	{"servicos", []string{"plano", "velocidade", "mega", "giga"}},
	{"meusdados", []string{"cadastro", "telefone", "email", "e-mail", "contat"}},
	{"faturas", []string{"fatura", "boleto", "conta", "pagar", "paguei", "pago", "pix", "vencimento", "divida", "devo", "devendo", "segunda"}},
	{"suporte", []string{"internet", "lent", "caiu", "sinal", "modem", "roteador", "wifi", "wi-fi", "funciona", "suporte", "tecnico"}},
}

// phrased is the verb of a message that is a phrase, but for marks and what one says to be polite; "" of any other.
func phrased(text string) string {
	said := " " + strings.Join(strings.FieldsFunc(plainly(text), func(r rune) bool { return r != '\'' && (r < '0' || r > '9' && r < 'a' || r > 'z') }), " ") + " "
	for _, polite := range []string{" por favor ", " por gentileza ", " obrigado ", " obrigada "} {
		said = strings.ReplaceAll(said, polite, " ")
	}
	return verbOf[strings.TrimSpace(said)]
}

// thanked says that a message thanks, and says nothing else.
func thanked(text string) bool {
	thanks := false
	for _, word := range strings.FieldsFunc(plainly(text), func(r rune) bool { return r < 'a' || r > 'z' }) {
		switch {
		case slices.Contains(thanking, word):
			thanks = true
		case !slices.Contains(besideThanks, word):
			return false
		}
	}
	return thanks
}

// thanking are the words of thanks, and besideThanks what stands beside them.
var (
	thanking     = []string{"obrigado", "obrigada", "obg", "brigado", "brigada", "valeu", "vlw", "agradeco"}
	besideThanks = []string{"muito", "mto", "ok", "ta", "bom", "certo", "entao", "e"}
)

// verbOf is phrases the other way round.
var verbOf = func() map[string]string {
	all := map[string]string{}
	for verb, said := range phrases {
		for _, one := range said {
			all[one] = verb
		}
	}
	return all
}()

// meant is the command that somebody's words speak of, or "".
func meant(text string) string {
	for _, word := range strings.Fields(plainly(text)) {
		for _, one := range spokenOf {
			for _, begins := range one.words {
				if strings.HasPrefix(word, begins) {
					return one.command
				}
			}
		}
	}
	return ""
}
