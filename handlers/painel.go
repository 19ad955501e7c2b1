package handlers

import (
	"cmp"
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/catalog"
	"enlace/tenants/reports"
	"enlace/tenants/staff"
	"enlace/tenants/status"
	"enlace/tenants/support"
	"enlace/views"
)

func (w *Web) reports() reports.Desk { return reports.Desk{DB: w.DB} }

// painel greets, and shows what waits for the person and how the month goes.
func (w *Web) painel(c *fiber.Ctx) error {
	ctx := c.UserContext()
	isp, _ := tenants.From(ctx)
	who, may := tenants.Who(ctx), session(c).Granted
	day, err := w.reports().Day(ctx)
	if err != nil {
		return err
	}
	v := views.Painel{
		Head: views.Head{
			Title: views.Greeting(w.DB.Now().In(isp.Zone).Hour()) + ", " + views.FirstName(who.Name),
			Facts: views.LongDate(day.Today) + " · " + views.Word("users.role", who.Role),
		},
		Waiting: waitingTable(isp, day), Visits: visits(isp, day, w.DB.Now()), MoreVisits: len(day.Visits) > reports.Shown,
		NoVisits: views.Empty{Title: "Nenhuma visita hoje", Why: "As ordens de serviço com hora marcada para hoje aparecem aqui."},
		NoWait:   views.Empty{Title: "Nada espera por você", Why: "Vendas que pedem um passo da equipe aparecem aqui, da mais antiga à mais nova."},
		ShowWait: may[staff.See], ShowRenewals: may[staff.Charge], Drafts: w.draftEntries(isp, day.Drafts),
		NoRenewals: views.Empty{Title: fmt.Sprintf("Nenhum carnê termina nos próximos %d dias", billing.RenewalDays),
			Why: fmt.Sprintf("Um carnê não renova sozinho: %d dias antes de acabar a última parcela ele aparece aqui.", billing.RenewalDays), Next: views.Link{Label: "Ver todos os carnês", Href: "/carnes"}},
	}
	if day.BotFailure != "" {
		v.Bot = &views.Verdict{Class: "warn", Said: "O bot do Telegram não responde", Proof: []views.Link{{Label: "Ver o que falta", Href: tokenAt}}}
	}
	v.Setup, v.Ready = firstSteps(day.Setup)
	if len(day.Waiting.Rows) > reports.Shown {
		v.MoreWait = allWaiting(day)
	}
	if may[staff.Sell] {
		v.Head.Do = []views.Link{{Label: "Adicionar Cliente", Href: "/clientes/novo", Go: len(day.Setup) == 0}}
	}
	if next, waits := catalog.NextNeed(day.Setup); waits {
		v.Head.Do = append([]views.Link{{Label: views.Room(next.Name).New, Href: "/configuracoes/" + next.Name + "/novo", Go: true}}, v.Head.Do...)
	}
	if day.Month != nil {
		v.Figures = monthFigures(day)
		v.Origins, v.Month = originBars(day.Month), views.Month(day.Today)
	}
	if day.Money != nil {
		v.Figures = moneyFigures(*day.Money)
	}
	for _, sub := range day.Renewals[:min(reports.Shown, len(day.Renewals))] {
		v.Renewals = append(v.Renewals, views.Entry{When: sub.BilledUntil.DayMonth(), Text: day.Customer(sub.CustomerID), Href: "/clientes/" + sub.CustomerID.String() + "/carnes"})
	}
	v.MoreRenewals = len(day.Renewals) > reports.Shown
	return w.show(c, v)
}

// firstSteps are what a new ISP needs, in order, with the one to take next.
func firstSteps(needs []catalog.Need) (steps []views.Entry, ready string) {
	next, _ := catalog.NextNeed(needs)
	done, all := 0, 0
	for _, need := range needs {
		state := views.StatusOf("setup", "later")
		switch {
		case need.Done:
			state = views.StatusOf("setup", "done")
		case need.Optional:
			state = views.StatusOf("setup", "optional")
		case need == next:
			state = views.StatusOf("setup", "next")
		}
		if !need.Optional {
			if all++; need.Done {
				done++
			}
		}
		steps = append(steps, views.Entry{Text: views.Room(need.Name).Label, Memo: views.SetupHint(need.Name), Href: "/configuracoes/" + need.Name, Status: &state})
	}
	return steps, fmt.Sprintf("%d de %d prontos", done, all)
}

func monthFigures(day reports.Day) []views.Figure {
	m, waiting := day.Month, day.Waiting.Counts
	return []views.Figure{
		{Label: "Vendas no mês", Value: views.Number(m.Sold), Memo: "desde " + m.From.DayMonth()},
		{Label: "Habilitados no mês", Value: views.Number(m.Enabled),
			Memo: plural(waiting[status.WaitingInstallation], "aguarda", "aguardam") + " instalação, " + views.Number(waiting[status.WaitingSignature]) + " assinatura"},
		{Label: "Cancelamentos no mês", Value: views.Number(m.Cancelled), Memo: plural(waiting[status.SuspendedDebt], "suspenso", "suspensos") + " por débito"},
		{Label: "Receita mensal nova", Value: views.Figures(m.Revenue), Memo: "habilitados menos cancelados", Money: true},
	}
}

// moneyFigures are what the cashier's panel begins with.
func moneyFigures(all billing.Piled) []views.Figure {
	return []views.Figure{
		figure("Recebido no mês", all, billing.PilePaid, plural(all.Counts[billing.PilePaid], "fatura paga", "faturas pagas")),
		figure("A receber até "+all.Until.DayMonth(), all, billing.PileDue, plural(all.Counts[billing.PileDue], "fatura ainda no prazo", "faturas ainda no prazo")),
		figure("Em atraso, sem encargos", all, billing.PileOverdue, plural(all.Counts[billing.PileOverdue], "fatura vencida", "faturas vencidas")),
		{Label: "Suspensos por débito", Value: fmt.Sprint(all.Suspended), Memo: "pagando, voltam em segundos"},
	}
}

func figure(label string, all billing.Piled, pile billing.Pile, memo string) views.Figure {
	return views.Figure{Label: label, Value: views.Figures(all.Sums[pile]), Memo: memo, Money: true}
}

func originBars(m *reports.Month) views.Bars {
	var labels, texts []string
	var values []int64
	for _, one := range m.ByOrigin {
		if one.Origin == "" {
			one.Origin = "Não informado"
		}
		labels, texts, values = append(labels, one.Origin), append(texts, plural(one.Sold, "venda", "vendas")), append(values, int64(one.Sold))
	}
	return views.NewBars(labels, texts, values)
}

func waitingTable(isp tenants.Tenant, day reports.Day) views.Table {
	t := views.Table{Caption: "Esperando por você", Columns: []views.Column{{Label: "Cliente"}, {Label: "O que falta", Named: true}, {Label: "Desde", Named: true}, {Label: "Situação"}}}
	for _, sub := range day.Waiting.Rows[:min(reports.Shown, len(day.Waiting.Rows))] {
		state := views.StatusOf("subscriptions.status", string(sub.Status))
		t.Rows = append(t.Rows, []views.Cell{
			{Text: day.Customer(sub.CustomerID), Href: "/servicos/" + sub.ID.String(), Who: true, Memo: fmt.Sprintf("%s · serviço %d", day.Waiting.Plan(sub), sub.Number)},
			{Text: views.NextStep(string(sub.Status))}, {Text: sub.StatusSince.In(isp.Zone).Format("02/01"), Num: true}, {Status: &state},
		})
	}
	return t
}

// allWaiting are the lists of those who wait, state by state.
func allWaiting(day reports.Day) (all []views.Link) {
	for _, state := range reports.WaitingFor {
		if n := day.Waiting.Counts[state]; n > 0 {
			all = append(all, views.Link{Label: fmt.Sprintf("Ver todos: %s (%d)", views.Word("subscriptions.status", string(state)), n), Href: "/clientes?situacao=" + string(state)})
		}
	}
	return all
}

// visits are those of today that are still to be made; one that should have begun says so in place of its state.
func visits(isp tenants.Tenant, day reports.Day, now time.Time) []views.Entry {
	var list []views.Entry
	for _, one := range day.Visits[:min(reports.Shown, len(day.Visits))] {
		s := views.StatusOf("work_orders.status", string(one.Status))
		if support.Late(one, now) {
			s = views.StatusOf("visit", "late")
		}
		s.Bare = true
		list = append(list, views.Entry{When: views.Clock(one.StartsAt.In(isp.Zone)), Text: day.Customer(one.CustomerID),
			Memo: fmt.Sprintf("OS %d, %s", one.Number, cmp.Or(support.Technician(one), "sem técnico")), Status: &s})
	}
	return list
}
