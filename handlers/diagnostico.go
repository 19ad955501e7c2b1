package handlers

import (
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"

	"enlace/ent"
	"enlace/tenants/calendar"
	"enlace/tenants/network"
	"enlace/tenants/staff"
	"enlace/tenants/subscriptions"
	"enlace/views"
)

// diagnostico reads the diagnosis of a service anew: its part for the page that shows it, and without script the page.
func (w *Web) diagnostico(c *fiber.Ctx) error {
	s, err := w.serviceOf(c)
	if err != nil {
		return err
	}
	if d := w.diagnosis(c, s); partial(c) && d != nil {
		return w.part(c, "shared/_diagnosis", d)
	}
	return w.showService(c, s, refusedService{})
}

// diagnosis is Diagnósticos do Serviço: the verdict and the seven parts, in the source's order. nil for who may not see it.
func (w *Web) diagnosis(c *fiber.Ctx, s *subscriptions.Service) *views.Diagnosis {
	if !session(c).Granted[staff.Attend] {
		return nil
	}
	return w.diagnosisAt(c, s, w.DB.Now())
}

// diagnosisAt is a diagnosis as it was at an instant.
func (w *Web) diagnosisAt(c *fiber.Ctx, s *subscriptions.Service, now time.Time) *views.Diagnosis {
	zone, own := zoneOf(c), "/servicos/"+s.Subscription.ID.String()
	said := views.StatusOf("subscriptions.status", string(s.Subscription.Status))
	d := &views.Diagnosis{At: readAt(now.In(zone), w.DB.Now().In(zone)), Refresh: own + "/diagnostico", Verdict: views.OnLine(s.Verdict(now), zone, now), Parts: []views.Part{
		traffic(s, own),
		{Title: "Extrato de Conexões", Rows: []views.Pair{{Left: views.Cell{Text: "Ver todas as conexões", Href: own + "/conexoes"}, Right: lastSession(s)}}},
		{Title: "Autenticações na Última Semana"},
		{Title: "Status e Período", Rows: []views.Pair{{Left: views.Cell{Status: &said}, Right: views.Cell{Text: "desde " + views.Moment(s.Subscription.StatusSince.In(zone)), Muted: true}}}},
		{Title: "Status da Conexão"},
		{Title: "OS dos Últimos Três Meses"},
		{Title: "Faturas Vencidas"},
	}}
	attempts, line, visits, debts := &d.Parts[2], &d.Parts[4], &d.Parts[5], &d.Parts[6]
	for _, a := range s.Attempts[:min(len(s.Attempts), attemptsShown)] {
		answer := views.Status{Word: "aceita", Class: "ok", Bare: true}
		if !a.Accepted {
			answer = views.Status{Word: "recusada", Class: "bad", Bare: true}
		}
		attempts.Rows = append(attempts.Rows, views.Pair{Left: views.Cell{Text: views.Moment(a.At.In(zone)), Memo: views.Rejection(a.Reason)}, Right: views.Cell{Status: &answer}})
	}
	attempts.Failed = unless(len(attempts.Rows) > 0, "Nenhuma tentativa de conexão nesta semana.")
	for _, f := range connectionFacts(s.Line, zoneOf(c)) {
		line.Rows = append(line.Rows, views.Pair{Left: views.Cell{Text: f.Term, Muted: true}, Right: views.Cell{Text: f.Text}})
	}
	line.Failed = unless(len(line.Rows) > 0, "Nunca conectou.")
	for _, v := range s.Visits {
		state := views.StatusOf("work_orders.status", string(v.Status))
		state.Bare = true
		visits.Rows = append(visits.Rows, views.Pair{Left: views.Cell{Text: fmt.Sprintf("OS %d, de %s", v.Number, views.Moment(v.OpenedAt.In(zone))), Href: "/ordens-de-servico/" + v.ID.String()}, Right: views.Cell{Status: &state}})
	}
	visits.Failed = unless(len(visits.Rows) > 0, "Nenhuma ordem de serviço.")
	for _, debt := range s.Debt {
		debts.Rows = append(debts.Rows, views.Pair{Left: debtCell(debt), Right: views.Cell{Text: views.Money(debt.Amount - debt.Settled), Num: true}})
	}
	debts.Failed = unless(len(debts.Rows) > 0, "Nenhuma fatura vencida.")
	return d
}

// readAt is when a diagnosis was read: its hour, and of another day the day.
func readAt(at, now time.Time) string {
	if calendar.Of(at) == calendar.Of(now) {
		return views.Clock(at)
	}
	return views.Moment(at)
}

// attemptsShown is how many tries the diagnosis shows.
const attemptsShown = 6

func unless(there bool, said string) string {
	if there {
		return ""
	}
	return said
}

func traffic(s *subscriptions.Service, own string) views.Part {
	p := views.Part{Title: "Tráfego Tempo Real", Rows: []views.Pair{{Left: views.Cell{Text: "Acompanhar", Href: own + "/trafego"}}}}
	if !s.Line.Running() {
		p.Rows[0].Right = views.Cell{Text: "sem conexão", Muted: true}
		return p
	}
	rates := network.Rates(s.Line.Session)
	if len(rates) == 0 {
		return p
	}
	last, values := rates[len(rates)-1], make([]int64, len(rates))
	for i, r := range rates {
		values[i] = r.Down
	}
	p.Rows[0].Right = views.Cell{Text: "↓ " + views.Speed(last.Down) + " ↑ " + views.Speed(last.Up)}
	if len(rates) > 1 {
		p.Traffic = views.NewCurve("Download dos últimos relatos, agora "+views.Speed(last.Down), values, "")
	}
	return p
}

func lastSession(s *subscriptions.Service) views.Cell {
	switch {
	case s.Line == nil:
		return views.Cell{Text: "nenhuma", Muted: true}
	case s.Line.Running():
		return views.Cell{Text: views.Lasted(lasted(s.Line.Session)) + " até agora", Muted: true}
	}
	return views.Cell{Text: "a última, " + views.Lasted(lasted(s.Line.Session)), Muted: true}
}

func debtCell(debt *ent.Charge) views.Cell {
	cell := views.Cell{Text: debt.Description, Memo: "venceu em " + debt.Due.BR()}
	if debt.InvoiceID != nil {
		cell.Href = "/faturas/" + debt.InvoiceID.String()
	}
	return cell
}
