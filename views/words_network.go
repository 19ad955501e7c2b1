package views

import (
	"fmt"
	"strings"
	"time"

	"enlace/tenants/calendar"
	"enlace/tenants/network"
	"enlace/tenants/subscriptions"
)

// Ending is why a session ended, in the words of the desk.
func Ending(cause string) string { return endings[cause] }

var endings = map[string]string{
	"lost": "sem sinal do equipamento", "nas_restart": "o concentrador reiniciou", "unsaid": "sem motivo informado", "user": "desligado pelo cliente", "carrier": "o sinal caiu",
	"service": "o serviço caiu", "idle": "sem uso", "timeout": "fim do tempo de sessão", "admin": "encerrada pelo provedor", "reboot": "o concentrador reiniciou",
	"port": "a porta do concentrador", "error": "erro no concentrador", "nas": "encerrada pelo concentrador", "equipment": "erro no equipamento do cliente",
}

// OnLine is the verdict on a line in one sentence, and what proves it.
func OnLine(v subscriptions.Verdict, zone *time.Location, now time.Time) Verdict {
	said := map[string]string{"{since}": Since(v.At.In(zone), calendar.Of(now.In(zone))), "{ago}": ago(now.Sub(v.At)), "{reason}": capital(Rejection(v.Because)), "{cause}": Ending(v.Because),
		"{debt}": v.Debt}
	if v.Invoice != "" {
		said["{debt}"] = "fatura " + v.Invoice
	}
	words := verdicts[v.Code]
	if v.Code == "suspended" && v.Debt == "" {
		words.said = "Suspenso por débito"
	}
	for name, value := range said {
		words.said = strings.ReplaceAll(words.said, name, value)
	}
	return Verdict{Class: words.class, Said: words.said, Proof: []Link{{Label: words.next}}}
}

// verdicts are the sentences, with what to do or to say next.
var verdicts = map[string]struct{ class, said, next string }{
	"connected": {"ok", "Conectado desde {since}", "O equipamento do cliente responde."},
	"slowed":    {"warn", "Conectado em velocidade reduzida desde {since}", "Suspenso parcialmente, por débito."},
	"silent":    {"bad", "Sem sinal do equipamento desde {since}", "Energia, cabo ou fibra: o concentrador deixou de ouvir o cliente."},
	"refused":   {"bad", "{reason} {ago}", "O equipamento do cliente tenta conectar e não consegue."},
	"ended":     {"warn", "Desconectado desde {since}: {cause}", "Nenhuma tentativa de conexão depois disso."},
	"never":     {"warn", "Nunca conectou", "O equipamento do cliente ainda não tentou, ou usa outro login."},
	"no_login":  {"warn", "Sem login de conexão", "Dê um login ao serviço para ele conectar."},
	"waiting":   {"warn", "Ainda não habilitado", "O serviço não conecta antes de Habilitar."},
	"suspended": {"bad", "Suspenso por débito: {debt}", "Volta em segundos depois do pagamento, ou pelo Desbloqueio em Confiança."},
	"paused":    {"bad", "Suspenso a pedido do cliente desde {since}", "Só volta quando ele pedir."},
	"cancelled": {"bad", "Cancelado desde {since}", "O serviço não conecta mais."},
}

// Verdicts are the codes that have a sentence.
func VerdictKnown(code string) bool { return verdicts[code].said != "" }

// Since writes an instant as one says it in a sentence: 14:02, ontem às 14:02, 10/12/2026 às 14:02.
func Since(t time.Time, today calendar.Date) string {
	if calendar.Of(t) == today {
		return Clock(t)
	}
	return Lately(t, today)
}

// ago is how long since, roughly.
func ago(d time.Duration) string {
	switch {
	case d < time.Minute:
		return "agora mesmo"
	case d < 2*time.Hour:
		return fmt.Sprintf("há %s", counted(int(d.Minutes()), "minuto", "minutos"))
	case d < 48*time.Hour:
		return fmt.Sprintf("há %s", counted(int(d.Hours()), "hora", "horas"))
	}
	return fmt.Sprintf("há %s", counted(int(d.Hours()/24), "dia", "dias"))
}

// Lasted is how long something took: 3 dias e 4 h, 4 h 12 min, 12 min.
func Lasted(d time.Duration) string {
	days, hours, minutes := int(d.Hours())/24, int(d.Hours())%24, int(d.Minutes())%60
	switch {
	case days > 0:
		return fmt.Sprintf("%s e %d h", counted(days, "dia", "dias"), hours)
	case hours > 0:
		return fmt.Sprintf("%d h %d min", hours, minutes)
	}
	return fmt.Sprintf("%d min", minutes)
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprint(n) + " " + many
}

func capital(text string) string {
	if text == "" {
		return ""
	}
	letters := []rune(text)
	return strings.ToUpper(string(letters[:1])) + string(letters[1:])
}

// Bytes writes an amount of data: 3,2 GB.
func Bytes(n int64) string { return scaled(float64(n), "B", "kB", "MB", "GB", "TB", "PB") }

// Speed writes bits a second: 12,4 Mbit/s.
func Speed(bits int64) string {
	return scaled(float64(bits), "bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s")
}

// scaled is a number under a thousand with its unit.
func scaled(n float64, units ...string) string {
	i := 0
	for ; n >= 999.95 && i < len(units)-1; i++ {
		n /= 1000
	}
	text := fmt.Sprintf("%.1f", n)
	if i == 0 {
		text = fmt.Sprintf("%.0f", n)
	}
	return strings.Replace(text, ".", ",", 1) + "\u00a0" + units[i]
}

// DroppedMemo says in a list that packets of a NAS are dropped.
func DroppedMemo(d network.Dropped, zone *time.Location, today calendar.Date) string {
	return "pacotes sem resposta, " + Lately(d.Last.In(zone), today)
}

// DroppedVerdict says on its page why they are, since when, how often, and what to do.
func DroppedVerdict(d network.Dropped, zone *time.Location, today calendar.Date) *Verdict {
	often := "A última vez, " + Lately(d.Last.In(zone), today) + "."
	if d.Minutes > 1 {
		often = fmt.Sprintf("Em %d minutos desde %s; a última vez, %s.", d.Minutes, Lately(d.First.In(zone), today), Lately(d.Last.In(zone), today))
	}
	words := droppedWords[string(d.Why)]
	if d.Why == network.Unsigned {
		words = droppedWords["unsigned_"+string(d.Asks)]
	}
	return &Verdict{Class: "bad", Said: words.said, Proof: []Link{{Label: often + " " + words.next}}}
}

// droppedWords are why packets of a NAS are dropped, by what is asked of it, and what to do.
var droppedWords = map[string]struct{ said, next string }{
	"wrong_secret": {"O segredo não confere: os pacotes ficam sem resposta", "Digite o mesmo segredo aqui e no concentrador."},
	"unsigned_auto": {"Faltou a assinatura: os pacotes ficam sem resposta", "Este concentrador já assinou (Message-Authenticator) e deixou de assinar. Ligue de novo a assinatura nele. " +
		"Se o equipamento é outro, salve o segredo outra vez aqui: vale o que o novo fizer."},
	"unsigned_sim": {"Faltou a assinatura: os pacotes ficam sem resposta", "Aqui se exige Message-Authenticator e o concentrador não manda. Ligue-o no concentrador, ou escolha aqui Automático."},
	"unsigned_nao": {"Faltou a assinatura: os pacotes ficam sem resposta", "Os pacotes passam por um proxy e chegam sem Message-Authenticator, que assim é sempre exigido. Ligue-o no concentrador ou no proxy."},
}
