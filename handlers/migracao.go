package handlers

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/money"
	"enlace/tenants/sales"
	"enlace/tenants/status"
	"enlace/tenants/subscriptions"
	"enlace/views"
)

// cloneInto answers what nobody has answered yet of a migration with what the service has.
func cloneInto(f views.Form, top *sales.Desktop) {
	if top.From == nil {
		return
	}
	t := tenants.Typed{}
	for name := range f.Typed {
		t[name] = f.Typed.Get(name)
	}
	top.Clone(t)
	for name, value := range t {
		f.Typed.Set(name, value)
	}
	first := slices.IndexFunc(top.Choices.WorkOrderTypes, func(one tenants.Choice) bool { return one.Name == "Mudança de plano" })
	for name, value := range map[string]string{"vendedor": "", "modelo": "", "carne_aberto": "reprice"} { // a commission is not always due, and the contract goes on
		if !f.Typed.Has(name) {
			f.Typed.Set(name, value)
		}
	}
	if first >= 0 && !f.Typed.Has("os_tipo") {
		f.Typed.Set("os_tipo", top.Choices.WorkOrderTypes[first].ID.String())
	}
	for _, one := range top.Choices.Plans {
		if !f.Typed.Has("plano") && one.ID != top.From.PlanID && top.Sold(one) {
			f.Typed.Set("plano", one.ID.String())
		}
	}
}

// showMigration is what a page of the wizard has for a migration alone.
func showMigration(v *views.Venda, top *sales.Desktop) {
	own := "/servicos/" + top.From.ID.String()
	v.Head.Crumbs = append(v.Head.Crumbs, views.Link{Label: top.FromPlan.Name, Href: own})
	v.Head.Facts = fmt.Sprintf("serviço %d, %s de %s", top.From.Number, top.FromPlan.Name, top.Holder.Name)
	v.Migrates, v.Suspended = true, status.InDebt(top.From.Status) || top.From.Status == status.Paused
	for i, one := range top.Choices.Plans {
		if one.ID == top.From.PlanID {
			v.Choices.Plans[i].Label, v.Choices.Plans[i].Why = one.Name+", o plano de hoje", "é o plano de hoje"
		}
	}
	v.Choices.Templates[0].Label = keptContract(top)
	if fault := tenants.FaultOf(top.Refused); fault != nil {
		v.Warning = &views.Verdict{Class: "warn", Said: views.Because(fault)}
	}
	was, memo := billing.MonthlyOf(top.From)
	v.Sum = views.Sum{Title: "Antes e depois", Tag: "prévia", Lines: []views.Line{{What: top.FromPlan.Name, Memo: cmp.Or(memo, "hoje"), Amount: views.Figures(was)}}, Label: "Por mês", Full: views.Figures(was)}
	if m := top.Migration; m != nil {
		v.Seen, v.Sum = m.Seen(), migrationSum(top)
		if m.Booklet {
			v.Booklets = words("plan_changes.open_booklet", "reprice", "reissue", "keep")
			for i, one := range v.Booklets {
				v.Booklets[i].Memo = views.OpenBooklet(one.Value)
			}
		}
	}
}

// keptContract is what becomes of the contract where no other is chosen.
func keptContract(top *sales.Desktop) string {
	if top.Contract == "" {
		return "O do plano"
	}
	return fmt.Sprintf("O contrato %s continua", top.Contract)
}

// migrationSum is the money of a migration, before and after.
func migrationSum(top *sales.Desktop) views.Sum {
	was, memo := billing.MonthlyOf(top.From)
	s := views.Sum{Title: "Antes e depois", Tag: "prévia", Label: "Por mês, a mais", Full: views.Figures(top.Total - was),
		Lines: []views.Line{{What: top.FromPlan.Name, Memo: cmp.Or(memo, "hoje"), Amount: views.Figures(was)},
			{What: top.Plan.Name, Memo: cmp.Or(top.Sale.PriceOf(top.Plan).Memo(0), "depois"), Amount: views.Figures(top.Total)}}}
	if top.Total < was {
		s.Label, s.Full = "Por mês, a menos", views.Figures(was-top.Total)
	}
	if !top.Sale.Immediate {
		s.Note = "Como seria se fosse habilitado hoje. O dinheiro é calculado e mostrado de novo no dia."
	}
	s.Then = migrationMoney(top.Migration)
	if commission := top.Commission(); commission > 0 {
		s.Then = append(s.Then, views.Sum{Lines: []views.Line{{What: "Comissão de " + top.Seller.Name, Memo: fmt.Sprintf("%s %% de R$ %s", money.Cents(top.Seller.Commission), top.Total),
			Amount: views.Figures(commission)}}, Label: "Comissão", Full: views.Figures(commission)})
	}
	return s
}

// migrationMoney is what a migration does to invoices, line by line with its memo; the same for the wizard and for Habilitar.
func migrationMoney(m *billing.MigrationPreview) (then []views.Sum) {
	if len(m.Pages) > 0 {
		pages := pagesSum(m.Pages)
		if m.Kept != nil {
			pages.Note = m.Kept.Memo + "."
		}
		then = append(then, pages)
	}
	if lines := m.Lines; len(lines) > 0 {
		one := views.Sum{Lines: migrationLines(lines), Label: views.MigrationGoes(string(m.Goes)), Full: views.Figures(max(m.Net(), -m.Net()))}
		if !m.Due.IsZero() {
			one.Label += ", vence em " + m.Due.BR()
		}
		then = append(then, one)
	}
	if in := m.Passed; in != nil {
		then = append(then, views.Sum{Lines: migrationLines(in.Lines), Label: "Fatura destes dias, vence em " + in.Due.BR(), Full: views.Figures(in.Total)})
	}
	if fresh := m.Fresh(); len(fresh) > 0 {
		one := views.Sum{Label: "Carnê novo, " + plural(len(fresh), "parcela", "parcelas")}
		total := money.Cents(0)
		for _, instalment := range fresh {
			one.Lines, total = append(one.Lines, views.Line{What: "Parcela de " + instalment.Due.BR(), Memo: memos(instalment.Lines), Amount: views.Figures(instalment.Total())}), total+instalment.Total()
		}
		one.Full = views.Figures(total)
		then = append(then, one)
	}
	if next := m.Next; next != nil {
		one := views.Sum{Label: "Próxima fatura do plano novo, vence em " + next.Due.BR(), Full: views.Figures(next.Total()), Note: "Sem os acréscimos e créditos acima."}
		for _, line := range next.Lines {
			one.Lines = append(one.Lines, views.Line{What: line.Period.String(), Memo: line.Memo, Amount: views.Figures(line.Amount)})
		}
		then = append(then, one)
	}
	return then
}

// pagesSum is what becomes of invoices that are out; those in a row of which the same becomes stand on one line.
func pagesSum(pages []billing.MigratedPage) views.Sum {
	s, sum := views.Sum{Label: "Faturas já emitidas, depois"}, money.Cents(0)
	for at := 0; at < len(pages); {
		first, end := pages[at], at+1
		for end < len(pages) && pages[end].Does == first.Does && pages[end].After == first.After && pages[end].Total == first.Total && pages[end].Over == first.Over {
			end++
		}
		all, last := money.Cents(end-at)*first.After, pages[end-1]
		line := views.Line{What: fmt.Sprintf("Fatura %d, vence em %s", first.Invoice.Number, first.Invoice.Due.BR()), Memo: views.MigratedPage(string(first.Does), first.After == 0), Amount: views.Figures(all)}
		if end-at > 1 {
			line.What = fmt.Sprintf("%d faturas, de %s a %s", end-at, first.Invoice.Due.BR(), last.Invoice.Due.BR())
			line.Memo += ", cada uma de R$ " + first.After.String()
		}
		if first.After != first.Total {
			line.Memo += ", antes R$ " + first.Total.String()
		}
		if first.Over > 0 {
			line.Memo += "; passam ao crédito do cliente R$ " + (money.Cents(end-at) * first.Over).String() + " de descontos"
		}
		s.Lines, sum, at = append(s.Lines, line), sum+all, end
	}
	s.Full = views.Figures(sum)
	return s
}

func memos(lines []money.Line) (said string) {
	for i, line := range lines {
		if i > 0 {
			said += "; "
		}
		said += line.Memo
	}
	return said
}

func migrationLines(all []billing.MigrationLine) (lines []views.Line) {
	for _, line := range all {
		lines = append(lines, views.Line{What: line.What, Memo: line.Memo, Amount: views.Signed(line.Amount)})
	}
	return lines
}

func migrationSaid(sold *sales.Sold) string {
	if sold.Subscription.Status == status.WaitingMigration {
		return fmt.Sprintf("Serviço %d Aguardando Migração. O antigo continua até Habilitar.", sold.Subscription.Number)
	}
	return fmt.Sprintf("Migração feita: o serviço %d está habilitado.", sold.Subscription.Number)
}

// waiting is what a service waits for, with what its Habilitar would do to money today.
func (w *Web) waiting(c *fiber.Ctx, s *subscriptions.Service, v *views.Servico, refused *views.Form) error {
	m, err := w.subscriptions().Migration(c.UserContext(), s)
	if err != nil || m == nil {
		return err
	}
	was, is := m.From, m.To
	before, _ := billing.MonthlyOf(was)
	after, _ := billing.MonthlyOf(is)
	own := "/servicos/" + is.ID.String()
	v.Migration = &views.Migracao{Action: own + "/habilitar", Enable: w.form(c), GiveUp: own + "/desistir", Form: w.form(c),
		From:    views.Link{Label: fmt.Sprintf("serviço %d", was.Number), Href: "/servicos/" + was.ID.String()},
		Expires: m.Expires.BR(),
		Sum: views.Sum{Title: "Ao habilitar hoje", Tag: "prévia", Lines: []views.Line{{What: "Mensalidade hoje", Amount: views.Figures(before)}, {What: "Mensalidade depois", Amount: views.Figures(after)}},
			Label: "Diferença por mês", Full: views.Signed(after - before)}}
	if m.Open != "" {
		v.Migration.Sum.Note = "Carnê em aberto: " + views.Word("plan_changes.open_booklet", string(m.Open)) + "."
	}
	if m.Preview != nil {
		v.Migration.Sum.Then = migrationMoney(m.Preview)
	}
	if refused != nil {
		v.Migration.Form = *refused
	}
	if fault := tenants.FaultOf(m.Fault); fault != nil {
		v.Migration.Why = &views.Verdict{Class: "warn", Said: views.Because(fault)}
	}
	return nil
}

// desistir gives a migration up.
func (w *Web) desistir(c *fiber.Ctx) error {
	service, err := w.serviceOf(c)
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	var wrong tenants.Fields
	in := subscriptions.ReadGivingUp(t, service.Subscription.ID, &wrong)
	if err = wrong.Err(); err == nil {
		err = w.subscriptions().GiveUp(c.UserContext(), in)
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showService(c, service, refusedService{giveUp: &f})
		}
		return err
	}
	w.say(c, views.Toast{Said: "Migração desfeita: o serviço antigo continua como estava."})
	return w.redirect(c, "/clientes/"+service.Customer.ID.String())
}
