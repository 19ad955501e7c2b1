package handlers

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/outage"
	"enlace/tenants"
	"enlace/tenants/outages"
	"enlace/views"
)

func (w *Web) outages() outages.Desk { return outages.Desk{DB: w.DB} }

const outagesAt = "/falhas"

// outageCrumbs lead to the list of outages.
var outageCrumbs = []views.Link{{Label: "Atendimentos", Href: "/atendimentos"}, {Label: "Falhas", Href: outagesAt}}

func outageAt(id uuid.UUID) string { return outagesAt + "/" + id.String() }

// falhas lists the outages.
func (w *Web) falhas(c *fiber.Ctx) error {
	running, page := c.Query("situacao") == "em_andamento", max(1, c.QueryInt("pagina", 1))
	list, err := w.outages().List(c.UserContext(), running, page)
	if err != nil {
		return err
	}
	zone := zoneOf(c)
	v := views.Lista{Section: "/atendimentos", Head: views.Head{Crumbs: outageCrumbs[:1], Here: "Falhas", Title: "Falhas", Facts: plural(list.Running, "em andamento", "em andamento")},
		Chips: []views.Chip{{Label: "Todas", Href: outagesAt, Count: counted(list.All, tenants.Exact), Current: !running},
			{Label: "Em andamento", Href: outagesAt + "?situacao=em_andamento", Count: counted(list.Running, tenants.Exact), Current: running}},
		Table: views.Table{Caption: "Falhas", Columns: []views.Column{{Label: "Falha"}, {Label: "Onde", Named: true}, {Label: "Desde", Named: true}, {Label: "Serviços", Right: true, Named: true}, {Label: "Devolvido, R$", Right: true, Named: true}, {Label: "Situação"}}},
		Pager: pager(c, page, outages.PageSize, list.Total),
		Empty: views.Empty{Title: "Nenhuma falha", Why: "Quando uma região, um concentrador ou uma lista de clientes fica sem sinal, a falha reúne os atendimentos e avisa todos."}}
	if list.May {
		v.Head.Do = []views.Link{{Label: "Abrir Falha", Href: outagesAt + "/nova", Go: true}}
	}
	for _, row := range list.Rows {
		s := views.StatusOf("outages.state", string(row.State))
		v.Table.Rows = append(v.Table.Rows, []views.Cell{{Text: fmt.Sprintf("Falha %d", row.Number), Href: outageAt(row.ID), Memo: row.Title}, {Text: outageWhere(row)},
			{Text: views.Moment(row.BeganAt.In(zone)), Num: true, Memo: outageLasted(row, w.DB.Now())}, {Text: views.Number(row.Total)}, {Text: views.Figures(row.Credit), Muted: row.Credit == 0}, {Status: &s}})
	}
	return w.show(c, v)
}

// outageWhere is what an outage is of.
func outageWhere(row *ent.Outage) string {
	switch row.Kind {
	case outage.KindNas:
		return "Concentrador " + outages.NAS(row)
	case outage.KindList:
		return "Lista de clientes"
	}
	if row.District != "" {
		return row.District + ", " + row.City
	}
	return row.City
}

func outageLasted(row *ent.Outage, now time.Time) string {
	if row.EndedAt != nil {
		return "durou " + views.Lasted(row.EndedAt.Sub(row.BeganAt))
	}
	return "há " + views.Lasted(now.Sub(row.BeganAt))
}

// outageFields are the fields of a new outage, as they stand on the page.
var outageFields = []string{"concentrador", "lista", "cidade", "bairro", "titulo", "dia", "hora"}

// falhaNova asks for an outage; what it is of stands in the address.
func (w *Web) falhaNova(c *fiber.Ctx) error {
	f := w.form(c)
	now := w.DB.Now().In(zoneOf(c))
	f.Typed.Set("dia", now.Format("02/01/2006"))
	f.Typed.Set("hora", views.Clock(now))
	return w.showNewOutage(c, f, c.Query("alcance"), nil, nil)
}

// abrirFalha opens the outage, or shows what it would take down.
func (w *Web) abrirFalha(c *fiber.Ctx) error {
	t, f := w.typed(c)
	var wrong tenants.Fields
	in := outages.ReadNewOutage(t, w.DB.Now(), zoneOf(c), &wrong)
	kind := string(in.Kind)
	if err := wrong.Err(); err != nil {
		return w.showNewOutage(c, f, kind, nil, err)
	}
	if t["ver"] == "" && in.Shown != "" {
		opened, err := w.outages().Open(c.UserContext(), in)
		if err == nil {
			w.say(c, views.Toast{Said: "Falha aberta: " + in.Title + "."})
			return w.redirect(c, outageAt(opened))
		}
		shown, _ := w.outages().Preview(c.UserContext(), in)
		return w.showNewOutage(c, f, kind, shown, err)
	}
	shown, err := w.outages().Preview(c.UserContext(), in)
	return w.showNewOutage(c, f, kind, shown, err)
}

func (w *Web) showNewOutage(c *fiber.Ctx, f views.Form, kind string, shown *outages.Found, refused error) error {
	equipment, err := w.outages().Places(c.UserContext())
	if err != nil {
		return err
	}
	f.Order = outageFields
	if refused != nil && !w.wrong(c, &f, refused) {
		return refused
	}
	if views.Word("outages.kind", kind) == "" {
		kind = string(outages.Kinds[0])
	}
	v := views.FalhaNova{Head: views.Head{Crumbs: outageCrumbs, Here: "Abrir Falha", Title: "Abrir Falha"}, Form: f, Action: outagesAt + "/nova", Kind: kind,
		Equipment: append([]views.Option{{Label: "Escolha"}}, choices(equipment)...), Missing: views.Empty{Title: "Ainda não se procurou", Why: "Veja os serviços afetados antes de abrir: são eles que o bot avisa e que recebem os dias de volta."}}
	for _, one := range outages.Kinds {
		v.Kinds = append(v.Kinds, views.Link{Label: views.Word("outages.kind", string(one)), Href: outagesAt + "/nova?alcance=" + string(one), Current: string(one) == kind})
	}
	if shown != nil {
		v.Preview, v.Seen, v.Button = foundPreview(shown), shown.Seen(), "Abrir Falha de "+plural(shown.Count, "serviço", "serviços")
	}
	return w.show(c, v)
}

func foundPreview(shown *outages.Found) *views.Preview {
	t := views.Table{Caption: "Serviços afetados", Tight: true, Columns: []views.Column{{Label: "Cliente"}, {Label: "Serviço", Named: true}, {Label: "Situação"}}}
	for _, sub := range shown.Services {
		s := views.StatusOf("subscriptions.status", string(sub.Status))
		t.Rows = append(t.Rows, []views.Cell{{Text: outages.Owner(sub), Href: "/clientes/" + sub.CustomerID.String(), Who: true}, {Text: fmt.Sprintf("%s, serviço %d", outages.Plan(sub), sub.Number)}, {Status: &s}})
	}
	next := plural(shown.Customers, "cliente", "clientes") + ", " + plural(shown.Linked, "com o Telegram vinculado", "com o Telegram vinculado") + "."
	if more := shown.Count - len(shown.Services); more > 0 {
		next = "Mais " + plural(more, "serviço", "serviços") + " além destes. " + next
	}
	return &views.Preview{Title: plural(shown.Count, "serviço", "serviços"), Tag: "prévia: nada foi gravado", Table: t, Next: next}
}

// falha is the page of one outage.
func (w *Web) falha(c *fiber.Ctx) error { return w.showOutage(c, views.Form{}) }

func (w *Web) showOutage(c *fiber.Ctx, refused views.Form) error {
	one, err := id(c, "id")
	if err != nil {
		return err
	}
	page := max(1, c.QueryInt("pagina", 1))
	card, err := w.outages().Card(c.UserContext(), one, page)
	if err != nil {
		return err
	}
	zone, tag := zoneOf(c), views.StatusOf("outages.state", string(card.State))
	v := views.Falha{Head: views.Head{Crumbs: outageCrumbs, Here: fmt.Sprintf("Falha %d", card.Number), Title: card.Title, Tag: &tag,
		Facts: fmt.Sprintf("Falha %d · %s · %s", card.Number, outageWhere(card.Outage), outageLasted(card.Outage, w.DB.Now()))},
		Form: refused, Facts: outageFacts(card, zone), Said: card.Ending, Services: outageServices(card), Pager: pager(c, page, outages.PageSize, card.Total)}
	if card.Busy() {
		b := outageBatch(card, w.DB.Now())
		v.Batch = &b
	}
	switch {
	case card.State == outage.StateOver:
		v.Verdict = outageVerdict(card)
		if card.May && card.Failed > 0 {
			button := w.small(c)
			v.Do = []views.Link{{Label: "Repetir os que falharam", Href: outageAt(one) + "/repetir", Post: &button}}
		}
	case card.May && card.EndedAt == nil:
		v.Do = []views.Link{{Label: "Encerrar Falha", Href: outageAt(one) + "/encerrar", Go: true}}
	}
	for _, row := range card.Tickets {
		s := views.StatusOf("tickets.status", string(row.Status))
		v.Tickets = append(v.Tickets, views.Entry{Text: row.Protocol, Href: "/atendimentos/" + row.ID.String(), Name: outages.Asker(row), Memo: views.Moment(row.OpenedAt.In(zone)), Status: &s})
	}
	return w.show(c, v)
}

func outageFacts(card *outages.Card, zone *time.Location) []views.Fact {
	facts := []views.Fact{{Term: "Onde", Text: outageWhere(card.Outage)}, {Term: "Desde", Text: views.Moment(card.BeganAt.In(zone)), Num: true}}
	if card.EndedAt != nil {
		facts = append(facts, views.Fact{Term: "Até", Text: views.Moment(card.EndedAt.In(zone)), Num: true})
	}
	facts = append(facts, views.Fact{Term: "Serviços", Text: views.Number(card.Total), Num: true}, views.Fact{Term: "Avisados pelo bot", Text: views.Number(card.Told), Num: true},
		views.Fact{Term: "Atendimentos", Text: views.Number(card.Outage.Tickets), Num: true})
	if card.Credited > 0 {
		facts = append(facts, views.Fact{Term: "Devolvido", Text: views.Money(card.Credit), Num: true, Memo: plural(card.Credited, "serviço", "serviços")})
	}
	return append(facts, views.Fact{Term: "Por", Text: card.UserName})
}

func outageServices(card *outages.Card) views.Table {
	t := views.Table{Caption: "Serviços afetados", Columns: []views.Column{{Label: "Cliente"}, {Label: "Serviço", Named: true}, {Label: "Devolvido, R$", Right: true, Named: true}, {Label: "Situação"}}}
	for _, row := range card.Services {
		s := views.StatusOf("outage_services.state", string(row.State))
		credit := views.Cell{Text: views.Figures(row.Credit), Muted: row.Credit == 0, Memo: row.Memo}
		if row.Code != "" {
			credit.Memo = views.Sentence(row.Code, row.Args)
		}
		number, _ := strconv.Atoi(outages.Number(row))
		t.Rows = append(t.Rows, []views.Cell{{Text: outages.Holder(row), Href: "/clientes/" + row.CustomerID.String(), Who: true}, {Text: fmt.Sprintf("Serviço %d", number), Href: "/servicos/" + row.SubscriptionID.String()}, credit, {Status: &s}})
	}
	return t
}

func outageVerdict(card *outages.Card) *views.Verdict {
	v := &views.Verdict{Class: "ok", Said: "Encerrada, sem dias a devolver"}
	if card.Credited > 0 {
		v.Said = fmt.Sprintf("Encerrada: %s devolvidos a %s", views.Money(card.Credit), plural(card.Credited, "serviço", "serviços"))
	}
	if card.Failed > 0 {
		v.Class, v.Proof = "warn", []views.Link{{Label: plural(card.Failed, "não pôde ser devolvido", "não puderam ser devolvidos") + ": o motivo de cada um está abaixo."}}
	}
	return v
}

// outageBatch is how far the workers are.
func outageBatch(card *outages.Card, now time.Time) views.Batch {
	b := views.Batch{Title: "Avisando os clientes", State: "um de cada vez", Done: card.Done, Total: card.Total, Note: "Pode sair desta página: o trabalho continua.", Self: outageAt(card.ID) + "/andamento"}
	if card.State == outage.StateEnding {
		b.Title, b.Done, b.Failed, b.Why = "Devolvendo os dias e avisando os clientes", card.Done+card.Failed, card.Failed, "o motivo de cada um está na lista abaixo"
	}
	if spent := now.Sub(card.ChangedAt); b.Done > 0 {
		b.Left = aboutLeft(spent * time.Duration(b.Total-b.Done) / time.Duration(b.Done))
	}
	return b
}

// falhaAndamento answers htmx, which asks each second; when the work is over it leads to the whole page.
func (w *Web) falhaAndamento(c *fiber.Ctx) error {
	one, err := id(c, "id")
	if err != nil {
		return err
	}
	card, err := w.outages().Card(c.UserContext(), one, 1)
	if err != nil {
		return err
	}
	if !partial(c) || !card.Busy() {
		return w.redirect(c, outageAt(one))
	}
	return w.part(c, "shared/_batch", outageBatch(card, w.DB.Now()))
}

// falhaEncerrar asks when the lines came back and what is said of it.
func (w *Web) falhaEncerrar(c *fiber.Ctx) error {
	f := w.form(c)
	now := w.DB.Now().In(zoneOf(c))
	f.Typed.Set("dia", now.Format("02/01/2006"))
	f.Typed.Set("hora", views.Clock(now))
	f.Typed.Set("resolver", "true")
	return w.showEnding(c, f, nil, nil)
}

// encerrarFalha ends the outage, or shows what is given back.
func (w *Web) encerrarFalha(c *fiber.Ctx) error {
	one, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	var wrong tenants.Fields
	in := outages.ReadEnding(t, one, w.DB.Now(), zoneOf(c), &wrong)
	asked := t["ver"] != "" || in.Shown == ""
	if wrong["dia"] == "" && wrong["hora"] == "" {
		if err = wrong.Err(); err == nil && !asked {
			if err = w.outages().End(c.UserContext(), in); err == nil {
				w.say(c, views.Toast{Said: "Falha encerrada: os dias são devolvidos e os clientes avisados em segundo plano."})
				return w.redirect(c, outageAt(one))
			}
		}
		if asked {
			err = nil // what is given back does not depend on what is said
		}
		shown, failure := w.outages().PreviewEnd(c.UserContext(), in)
		if err == nil {
			err = failure
		}
		return w.showEnding(c, f, shown, err)
	}
	return w.showEnding(c, f, nil, wrong.Err())
}

func (w *Web) showEnding(c *fiber.Ctx, f views.Form, shown *outages.Return, refused error) error {
	one, err := id(c, "id")
	if err != nil {
		return err
	}
	card, err := w.outages().Card(c.UserContext(), one, 1)
	if err != nil {
		return err
	}
	if !card.May {
		return tenants.Denied("outages")
	}
	f.Order = []string{"dia", "hora", "o_que_houve", "resolver"}
	if refused != nil && !w.wrong(c, &f, refused) {
		return refused
	}
	v := views.FalhaEncerrar{Head: views.Head{Crumbs: append(slices.Clip(outageCrumbs), views.Link{Label: fmt.Sprintf("Falha %d", card.Number), Href: outageAt(one)}), Here: "Encerrar Falha", Title: "Encerrar Falha", Facts: card.Title + " · " + outageWhere(card.Outage)},
		Form: f, Action: outageAt(one) + "/encerrar", Missing: views.Empty{Title: "Ainda não há prévia", Why: "Peça a prévia: ela mostra o que é devolvido a cada serviço pelos dias sem sinal."}}
	if card.EndedAt != nil {
		v.Barred, v.Missing = true, views.Empty{Title: "A falha já foi encerrada", Why: "Terminou " + views.Moment(card.EndedAt.In(zoneOf(c))) + ".", Next: views.Link{Label: "Ver a falha", Href: outageAt(one)}}
	}
	if shown != nil {
		v.Preview, v.Seen = returnPreview(shown), shown.Seen()
	}
	return w.show(c, v)
}

// returnPreview is what is given back, service by service.
func returnPreview(shown *outages.Return) *views.Preview {
	t := views.Table{Caption: "O que é devolvido", Tight: true, Columns: []views.Column{{Label: "Cliente"}, {Label: "Como", Named: true}, {Label: "R$", Right: true, Main: true}}}
	for i, one := range shown.Rows {
		if i == outages.PreviewSize {
			break
		}
		how := "na próxima fatura"
		if one.Subscription.Booklet {
			how = "abatido da próxima parcela"
		}
		var memo string
		for _, line := range one.Lines {
			memo = cmp.Or(memo, line.Memo)
		}
		t.Rows = append(t.Rows, []views.Cell{{Text: outages.Owner(one.Subscription), Who: true, Memo: fmt.Sprintf("%s, serviço %d", outages.Plan(one.Subscription), one.Subscription.Number)}, {Text: how, Memo: memo}, {Text: views.Signed(-one.Total()), Minus: true}})
	}
	if more := len(shown.Rows) - outages.PreviewSize; more > 0 {
		t.Rows = append(t.Rows, effectRow("Mais "+plural(more, "serviço", "serviços"), "do mesmo modo", ""))
	}
	t.Foot = []views.Cell{{Text: "Total de " + plural(len(shown.Rows), "serviço", "serviços")}, {}, {Text: views.Signed(-shown.Total)}}
	v := &views.Preview{Title: "Falha " + shown.Days.String() + ", " + plural(shown.Days.Days(), "dia", "dias"), Tag: "prévia: nada foi gravado", Table: t, Next: outageNext(shown)}
	if len(shown.Rows) == 0 {
		v.Table.Rows, v.Table.Foot = [][]views.Cell{effectRow("Nada a devolver", whyNothing(shown), views.Figures(0))}, nil
	}
	return v
}

func whyNothing(shown *outages.Return) string {
	switch {
	case shown.Off:
		return "a regra do provedor não devolve os dias de falhas"
	case !shown.Credits && shown.Hours > 0:
		return fmt.Sprintf("a regra do provedor devolve a partir de %s", plural(shown.Hours, "hora", "horas"))
	case !shown.Credits:
		return "a regra do provedor devolve a partir de meia hora"
	}
	return "estes dias já foram devolvidos ou não são cobrados"
}

func outageNext(shown *outages.Return) string {
	said := "Um de cada vez, em segundo plano; todos são avisados do fim, pelo bot ou por e-mail."
	if shown.Tickets > 0 {
		said = plural(shown.Tickets, "atendimento aberto está reunido", "atendimentos abertos estão reunidos") + " nesta falha. " + said
	}
	return said
}

// repetirFalha tries again what could not be given back.
func (w *Web) repetirFalha(c *fiber.Ctx) error {
	one, err := id(c, "id")
	if err != nil {
		return err
	}
	f := w.small(c)
	if err := w.outages().Retry(c.UserContext(), one); err != nil {
		if w.wrong(c, &f, err) {
			return w.showOutage(c, f)
		}
		return err
	}
	w.say(c, views.Toast{Said: "Os que falharam entraram de novo."})
	return w.redirect(c, outageAt(one))
}
