package bot

import (
	"fmt"
	"strings"

	"enlace/ent"
	"enlace/tenants/billing"
	"enlace/tenants/bots"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
	"enlace/tenants/subscriptions"
)

// said of another plan or due day

const (
	labelPlans = "Trocar de plano"
	labelDays  = "Mudar vencimento"
	labelWish  = "Pedir esta mudança"
)

var (
	noPlans = saying{"Não há outro plano para o seu endereço agora.", bots.Support, " Se quiser, fale com a equipe: /suporte"}
	noDays  = saying{"Não há outro dia de vencimento para escolher.", bots.Support, " Se quiser, fale com a equipe: /suporte"}
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

// wishHead is the first line of that; the second says what is wished.
const wishHead = "Pedido pelo Telegram. Prévia mostrada ao assinante:\n"

// wishAsked is what the office reads of a wish.
func wishAsked(w *subscriptions.Wished) string {
	return wishHead + strings.Join(wishLines(w), "\n")
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
	var price, over money.Cents
	for _, page := range p.Pages {
		over += page.Over
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
	if over > 0 {
		lines = append(lines, fmt.Sprintf("%s dos seus descontos ficam como crédito, que abate as próximas.", over.BRL()))
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
