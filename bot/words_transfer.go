package bot

import (
	"fmt"
	"strings"
	"time"

	"enlace/tenants/billing"
	"enlace/tenants/subscriptions"
)

// said of a transfer that waits

const (
	labelAccept = "Aceitar"
	labelRefuse = "Recusar"

	transferAccepted = "Aceite anotado. Quando os dois aceitarem, a nossa equipe conclui a troca."
	transferRefused  = "Troca recusada: o titular continua o mesmo."
)

// transferText tells a side its own money alone, and of the other no more than a name.
func transferText(in *subscriptions.Invited, zone *time.Location) string {
	monthly, _ := billing.MonthlyOf(in.Service.Subscription)
	what := "As dívidas, faturas e contratos de antes continuam com você. Este chat deixa de ver o serviço."
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
