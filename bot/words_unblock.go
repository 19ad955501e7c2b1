package bot

import (
	"fmt"
	"strings"
	"time"

	"enlace/tenants"
	"enlace/tenants/bots"
	"enlace/tenants/subscribers"
	"enlace/tenants/subscriptions"
)

// said of Desbloqueio em Confiança; only what was granted says "liberado"

const labelConfirmUnblock = "Liberar por 1 dia"

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

var nothingSuspended = saying{"Nenhum serviço seu está suspenso por débito.", bots.Support, " Se a internet não funciona, fale com o suporte: /suporte"}

// noOffer is why there is nothing to ask for, or "".
func noOffer(o subscribers.Offer, face bots.Face, isp string, zone *time.Location) string {
	running := ""
	if !o.OpenUntil.IsZero() {
		running = " Seu acesso em confiança vale até " + moment(o.OpenUntil.In(zone)) + "."
	}
	switch {
	case len(o.Suspended) == 0:
		return nothingSuspended.to(face)
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
	return "O desbloqueio não está disponível agora. Tente de novo em alguns instantes."
}
