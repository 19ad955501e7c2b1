package handlers

import (
	"fmt"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/customers"
	"enlace/tenants/staff"
	"enlace/tenants/subscriptions"
	"enlace/views"
)

func (w *Web) subscriptions() subscriptions.Desk { return subscriptions.Desk{DB: w.DB} }

// servico is the page of one service.
func (w *Web) servico(c *fiber.Ctx) error {
	service, err := w.serviceOf(c)
	if err != nil {
		return err
	}
	return w.showService(c, service, refusedService{})
}

// refusedService are the forms of a service's page that were not to be.
type refusedService struct{ suspend, login, giveUp *views.Form }

func (w *Web) serviceOf(c *fiber.Ctx) (*subscriptions.Service, error) {
	sub, err := id(c, "id")
	if err != nil {
		return nil, err
	}
	return w.subscriptions().Diagnosed(c.UserContext(), sub)
}

// plainService is a service where nobody looks at its line.
func (w *Web) plainService(c *fiber.Ctx) (*subscriptions.Service, error) {
	sub, err := id(c, "id")
	if err != nil {
		return nil, err
	}
	return w.subscriptions().Service(c.UserContext(), sub)
}

// showService shows a service.
func (w *Web) showService(c *fiber.Ctx, s *subscriptions.Service, refused refusedService) error {
	isp, _ := tenants.From(c.UserContext())
	sub, own := s.Subscription, "/servicos/"+s.Subscription.ID.String()
	monthly, memo := billing.MonthlyOf(sub)
	v := views.Servico{
		Head: views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: s.Customer.Name, Href: "/clientes/" + s.Customer.ID.String()}},
			Here: s.Plan, Title: s.Plan, Facts: fmt.Sprintf("serviço %d de %s", sub.Number, s.Customer.Name)},
		Slip: w.serviceSlip(c, s, false), Suspends: own + "/suspender", Suspend: refused.suspend, Login: w.loginForm(c, s, refused.login), LoginAction: own + "/login",
		Facts: []views.Fact{
			{Term: "Mensalidade", Text: views.Money(monthly), Num: true, Memo: memo}, {Term: "Forma de cobrança", Text: s.Method}, {Term: "Tipo de cobrança", Text: views.Word("subscriptions.mode", string(sub.Mode))},
			{Term: "Vencimento", Text: dueDay(sub.DueDay)}, {Term: "Vendido em", Text: sub.SoldOn.BR(), Num: true},
		},
	}
	if !sub.EnabledOn.IsZero() {
		v.Facts = append(v.Facts, views.Fact{Term: "Habilitado em", Text: sub.EnabledOn.BR(), Num: true})
	}
	for _, one := range s.Contracts {
		v.Facts = append(v.Facts, views.Fact{Term: "Contrato", Text: fmt.Sprint(one.Number), Href: "/contratos/" + one.ID.String(), After: ", de " + one.IssuedAt.In(isp.Zone).Format("02/01/2006")})
	}
	for _, debt := range s.Debt {
		e := views.Entry{Text: debt.Description, Memo: "venceu em " + debt.Due.BR() + ", " + views.Money(debt.Amount-debt.Settled)}
		if debt.InvoiceID != nil {
			e.Href = "/faturas/" + debt.InvoiceID.String()
		}
		v.Debt = append(v.Debt, e)
	}
	v.Diagnosis = w.diagnosis(c, s)
	if s.Line.Running() {
		v.Session = connectionFacts(s.Line, isp.Zone)
	}
	if v.Suspend == nil && possible(s, "suspender") && session(c).Granted[staff.Suspend] {
		f := w.form(c)
		v.Suspend = &f
	}
	if err := w.waiting(c, s, &v, refused.giveUp); err != nil {
		return err
	}
	return w.show(c, v)
}

func possible(s *subscriptions.Service, action string) bool {
	for _, o := range s.Options {
		if o.Action == action {
			return o.Fault == nil
		}
	}
	return false
}

func dueDay(day int) string {
	if day == 31 {
		return "último dia do mês"
	}
	return fmt.Sprintf("todo dia %d", day)
}

// serviceSlip is a service as a slip, with Outras Opções.
func (w *Web) serviceSlip(c *fiber.Ctx, s *subscriptions.Service, linked bool) views.Slip {
	isp, _ := tenants.From(c.UserContext())
	sub, own := s.Subscription, "/servicos/"+s.Subscription.ID.String()
	v := views.Slip{Status: views.StatusOf("subscriptions.status", string(sub.Status)), Title: s.Plan,
		Terms: dueDay(sub.DueDay) + ", " + string(sub.Mode)}
	if sub.Booklet {
		v.Terms += ", por carnê"
	}
	monthly, memo := billing.MonthlyOf(sub)
	v.Price, v.How = views.Figures(monthly), memo
	if s.Grant != nil {
		v.Beside = &views.Status{Word: "Em confiança até " + s.Grant.Until.In(isp.Zone).Format("02/01, 15:04"), Class: "wait"}
		v.Facts = append(v.Facts, views.Fact{Term: "Desbloqueado por", Text: grantReason(s)})
	}
	if s.Broken > 0 {
		v.Facts = append(v.Facts, views.Fact{Term: "Desbloqueios em confiança sem pagamento", Text: plural(s.Broken, "promessa não cumprida", "promessas não cumpridas")})
	}
	if s.Handing {
		v.Facts = append(v.Facts, views.Fact{Term: "Troca de titularidade", Text: "aguardando aceites", Href: own + "/titularidade"})
	}
	if s.Installed != nil {
		v.Facts = append(v.Facts, views.Fact{Term: "Instalação", Text: customers.OneLine(s.Installed)})
	}
	if s.Login != "" {
		v.Facts = append(v.Facts, views.Fact{Term: "Login", Text: s.Login, Mono: true})
	}
	if linked {
		v.Actions = append(v.Actions, views.Link{Label: "Ver", Href: own})
	}
	if s.Contract != uuid.Nil {
		v.Actions = append(v.Actions, views.Link{Label: "Abrir PDF Contrato", Href: "/contratos/" + s.Contract.String() + ".pdf"})
	}
	switch {
	case s.Contract != uuid.Nil || len(s.Contracts) > 0:
		v.Actions = append(v.Actions, views.Link{Label: "Contratos", Href: own + "/contratos"})
	case session(c).Granted[staff.Sell]:
		v.Actions = append(v.Actions, views.Link{Label: "Adicionar contrato", Href: own + "/contratos"})
	}
	button := w.small(c)
	switch {
	case s.Became != uuid.Nil:
		v.Actions = append(v.Actions, views.Link{Label: "Ver o serviço novo", Href: "/servicos/" + s.Became.String()})
	case s.Back != uuid.Nil:
		v.Actions = append(v.Actions, views.Link{Label: "Ver reativação", Href: "/servicos/" + s.Back.String()})
	case subscriptions.MayReturn(sub) && session(c).Granted[staff.Sell]:
		v.Actions = append(v.Actions, views.Link{Label: "Reativar", Href: own + "/reativacao", Post: &button})
	}
	links := map[string]views.Link{
		"habilitar":   {Label: "Habilitar", Href: own + "/habilitar", Post: &button},
		"desbloqueio": {Label: "Desbloqueio em Confiança", Href: own + "/desbloqueio"},
		"suspender":   {Label: "Suspender por Débito", Href: own},
		"migrar":      {Label: "Migrar para Outro Serviço", Href: own + "/migracao"},
		"titular":     {Label: "Migrar para Outro Cliente", Href: own + "/titularidade"},
		"pausar":      {Label: "Pausar a Pedido", Href: own + "/pausa"},
		"retornar":    {Label: "Encerrar a Pausa", Href: own + "/pausa"},
		"cancelar":    {Label: "Cancelar Serviço", Href: own + "/cancelamento"},
	}
	for _, o := range s.Options {
		if fault := tenants.FaultOf(o.Fault); fault != nil {
			v.More.Cannot = append(v.More.Cannot, views.Reason{What: links[o.Action].Label, Why: views.Because(fault)})
		} else {
			v.More.Can = append(v.More.Can, links[o.Action])
		}
	}
	if kind := s.Undoable(w.DB.Now()); kind != "" && session(c).Granted[staff.Undo] {
		v.More.Can = append(v.More.Can, views.Link{Label: views.Word("undo.kind", string(kind)), Href: own + "/desfazer"})
	}
	return v
}

func grantReason(s *subscriptions.Service) string {
	if s.Grant.Reason == "" {
		return "o próprio assinante, pelo Telegram"
	}
	return s.Grant.Reason
}

func (w *Web) habilitar(c *fiber.Ctx) error {
	sub, err := id(c, "id")
	if err != nil {
		return err
	}
	if _, err := w.subscriptions().Enable(c.UserContext(), sub); err != nil {
		return err
	}
	w.say(c, views.Toast{Said: "Serviço habilitado."})
	return w.redirect(c, "/servicos/"+sub.String())
}

func (w *Web) suspender(c *fiber.Ctx) error {
	service, err := w.serviceOf(c)
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	if _, err := w.subscriptions().SuspendForDebt(c.UserContext(), service.Subscription.ID, t["motivo"]); err != nil {
		if w.wrong(c, &f, err) {
			return w.showService(c, service, refusedService{suspend: &f})
		}
		return err
	}
	w.say(c, views.Toast{Said: service.Customer.Name + " está Suspenso por Débito."})
	return w.redirect(c, "/servicos/"+service.Subscription.ID.String())
}

// desbloqueio asks for the day and the reason.
func (w *Web) desbloqueio(c *fiber.Ctx) error {
	service, err := w.plainService(c)
	if err != nil {
		return err
	}
	isp, _ := tenants.From(c.UserContext())
	f := w.form(c)
	f.Typed.Set("data", isp.Today(w.DB.Now()).BR())
	return w.showUnblock(c, service, f)
}

func (w *Web) showUnblock(c *fiber.Ctx, s *subscriptions.Service, f views.Form) error {
	own := "/servicos/" + s.Subscription.ID.String()
	return w.show(c, views.Desbloqueio{
		Head: views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: s.Customer.Name, Href: "/clientes/" + s.Customer.ID.String()}, {Label: s.Plan, Href: own}},
			Here: "Desbloqueio em Confiança", Title: "Desbloqueio em Confiança", Facts: s.Plan + " de " + s.Customer.Name},
		Form: f, Action: own + "/desbloqueio", Leaving: "/clientes/" + s.Customer.ID.String(),
		Rule: views.Verdict{Said: "Termina às 08:00 do dia seguinte à data", Proof: []views.Link{{Label: "Se ainda houver dívida, o serviço volta à suspensão. A dívida continua."}}},
	})
}

func (w *Web) desbloquear(c *fiber.Ctx) error {
	service, err := w.plainService(c)
	if err != nil {
		return err
	}
	isp, _ := tenants.From(c.UserContext())
	t, f := w.typed(c)
	var wrong tenants.Fields
	in := subscriptions.ReadUnblock(t, service.Subscription.ID, &wrong)
	err = wrong.Err()
	var until string
	if err == nil {
		grant, granted := w.subscriptions().TrustUnblock(c.UserContext(), in)
		if err = granted; err == nil {
			until = grant.Until.In(isp.Zone).Format("02/01 às 15:04")
		}
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showUnblock(c, service, f)
		}
		return err
	}
	w.say(c, views.Toast{Said: service.Customer.Name + " liberado em confiança até " + until + ".", Undo: w.undoLink(c, service.Subscription.ID)})
	return w.redirect(c, "/clientes/"+service.Customer.ID.String())
}
