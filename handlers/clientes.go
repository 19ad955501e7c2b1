package handlers

import (
	"fmt"
	"net/url"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"enlace/ent"
	"enlace/ent/contact"
	"enlace/tenants"
	"enlace/tenants/brazil"
	"enlace/tenants/calendar"
	"enlace/tenants/customers"
	"enlace/tenants/staff"
	"enlace/tenants/status"
	"enlace/views"
)

func (w *Web) customers() customers.Desk { return customers.Desk{DB: w.DB} }

func customerRow(row customers.Listed) []views.Cell {
	phone, plans, state := "", "", views.Cell{Text: "sem serviço", Muted: true}
	if row.Phone != "" {
		phone = brazil.FormatPhone(row.Phone)
	}
	for i, sub := range row.Services {
		if i > 0 {
			plans += ", "
		}
		plans += row.Plans[sub.PlanID]
		if i == 0 || sub.Status != status.Cancelled {
			s := views.StatusOf("subscriptions.status", string(sub.Status))
			state = views.Cell{Status: &s}
		}
	}
	return []views.Cell{
		{Text: row.Customer.Name, Href: "/clientes/" + row.Customer.ID.String(), Who: true, Memo: fmt.Sprintf("%d · %s", row.Customer.Number, maskedDocument(row.Customer))},
		{Text: phone, Num: true}, {Text: plans}, state,
	}
}

// pager says where one is in a list, and keeps its filters in the address.
func pager(c *fiber.Ctx, page, size, total int) views.Pager {
	return pagerUpTo(c, page, size, total, max(tenants.Exact, page*size))
}

// pagerUpTo is pager of a list that was counted up to most.
func pagerUpTo(c *fiber.Ctx, page, size, total, most int) views.Pager {
	first, last := (page-1)*size+1, min(page*size, total)
	p := views.Pager{Said: views.Number(min(first, total)) + " a " + views.Number(last) + " de " + counted(total, most)}
	to := func(page int) string {
		query, _ := url.ParseQuery(string(c.Request().URI().QueryString()))
		query.Set("pagina", strconv.Itoa(page))
		return c.Path() + "?" + query.Encode()
	}
	if page > 1 {
		p.Before = to(page - 1)
	}
	if last < total {
		p.After = to(page + 1)
	}
	return p
}

// sectionPager is the pager of a part of a page that is not its list, by a name of its own in the address; how many there are in all is not counted.
func sectionPager(c *fiber.Ctx, name string, page, shown, size int, more bool) (p views.Pager) {
	if page == 1 && !more {
		return p
	}
	p.Said = views.Number(min((page-1)*size+1, (page-1)*size+shown)) + " a " + views.Number((page-1)*size+shown)
	to := func(page int) string {
		query, _ := url.ParseQuery(string(c.Request().URI().QueryString()))
		query.Set(name, strconv.Itoa(page))
		return c.Path() + "?" + query.Encode()
	}
	if page > 1 {
		p.Before = to(page - 1)
	}
	if more {
		p.After = to(page + 1)
	}
	return p
}

// counted says how many rows there are, counted up to most: of what is more, that it is more.
func counted(n, most int) string {
	if n > most {
		return "mais de " + views.Number(most)
	}
	return views.Number(n)
}

// maskedDocument shows of a CPF what tells people apart; a CNPJ is public.
func maskedDocument(who *ent.Customer) string {
	if len(who.Document) == 14 {
		return "CNPJ " + brazil.FormatCNPJ(who.Document)
	}
	return "CPF " + brazil.MaskCPF(who.Document)
}

// someHistory is how many entries of the history the customer's page shows.
const someHistory = 8

// cliente is the customer's dashboard.
func (w *Web) cliente(c *fiber.Ctx) error {
	asked, err := id(c, "id")
	if err != nil {
		return err
	}
	card, err := w.subscriptions().Holder(c.UserContext(), asked, someHistory)
	if err != nil {
		return err
	}
	who := card.Customer
	own := "/clientes/" + who.ID.String()
	v := views.Cliente{
		Head: w.customerHead(c, who), Tabs: views.CustomerTabs(who.ID.String(), own), History: told(c, card.History), All: own + "/historico", Held: own + "/dados", AsOf: own + "/em",
		Empty: views.Empty{Title: "Nenhum serviço", Why: "Nenhum serviço está em nome deste cliente."},
		Facts: []views.Fact{{Term: "Documento", Text: maskedDocument(who), Num: true}},
	}
	if session(c).Granted[staff.Charge] {
		v.Head.Do = append(v.Head.Do, views.Link{Label: "Carnê Bancário", Href: own + "/carnes/novo"})
	}
	if session(c).Granted[staff.Sell] {
		v.Add = &views.Link{Label: "Adicionar Serviços", Href: own + "/servicos/novo", Go: true}
		button := w.small(c)
		v.Head.Do = append(v.Head.Do, views.Link{Label: "Vincular Telegram", Href: own + "/telegram", Post: &button})
		v.Edit = own + "/editar"
	}
	if session(c).Granted[staff.Attend] {
		v.Head.Do = append(v.Head.Do, views.Link{Label: "Abrir Atendimento", Href: "/atendimentos/novo?cliente=" + who.ID.String()})
	}
	if !who.Active {
		off := views.StatusOf("customer", "inactive")
		v.Head.Tag = &off
	}
	if who.Alert != "" {
		v.Alert = &views.Verdict{Class: "warn", Said: who.Alert}
	}
	today := calendar.Of(w.DB.Now().In(zoneOf(c)))
	v.Owes, v.Credit, v.Account = owesVerdict(card.Account, today), creditVerdict(card.Account), own+"/financeiro"
	v.Invoices = nearestTable(card.Account.Nearest())
	for _, row := range card.Account.Loose {
		v.Loose = append(v.Loose, looseEntry(row, today))
	}
	for _, one := range card.Contacts {
		text := one.Value
		if one.Kind == contact.KindPhone {
			text = brazil.FormatPhone(one.Value)
		}
		v.Facts = append(v.Facts, views.Fact{Term: views.Word("contacts.kind", string(one.Kind)), Text: text, Num: true})
	}
	for _, at := range card.Addresses {
		v.Places = append(v.Places, views.Entry{Text: customers.OneLine(at)})
	}
	for _, service := range card.Services {
		v.Services = append(v.Services, w.serviceSlip(c, service, true))
	}
	return w.show(c, v)
}

func (w *Web) customerHead(c *fiber.Ctx, who *ent.Customer) views.Head {
	isp, _ := tenants.From(c.UserContext())
	h := views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}}, Here: who.Name, Title: who.Name,
		Facts: fmt.Sprintf("cliente %d · %s", who.Number, maskedDocument(who))}
	if !who.Birth.IsZero() {
		h.Facts += " · " + plural(who.Birth.YearsTo(isp.Today(w.DB.Now())), "ano", "anos")
	}
	return h
}

// told is a customer's history as sentences alone.
func told(c *fiber.Ctx, entries []*ent.History) []views.Happening {
	all := happenings(entries, zoneOf(c))
	for i := range all {
		all[i].Changes = nil
	}
	return all
}

// mostFound is how many customers the box of the bar shows.
const mostFound = 20

// paperPlaces is where what is found by its number has its page.
var paperPlaces = map[customers.PaperKind]string{
	customers.PaperInvoice: "/faturas/", customers.PaperBooklet: "/carnes/", customers.PaperContract: "/contratos/",
	customers.PaperService: "/servicos/", customers.PaperTicket: "/atendimentos/", customers.PaperWorkOrder: "/ordens-de-servico/",
}

// buscar answers the box of the bar: the page, or what the box shows while one types.
func (w *Web) buscar(c *fiber.Ctx) error {
	query := c.Query("q")
	found, papers, err := w.customers().Find(c.UserContext(), query, mostFound)
	if err != nil {
		return err
	}
	v := views.Busca{Head: views.Head{Title: "Buscar", Facts: "por “" + query + "”"},
		Empty: views.Empty{Title: "Nada encontrado", Why: "Confira o que digitou, ou procure por outra palavra: nome, CPF, telefone, login, rua, ou o número de uma fatura, de um carnê, de um contrato, de um protocolo."}}
	for _, one := range papers {
		v.Numbered = append(v.Numbered, views.Entry{Text: views.Word("found", string(one.Kind)) + " " + one.Number, Href: paperPlaces[one.Kind] + one.ID.String(), Name: one.Name})
	}
	for _, row := range found {
		e := views.Entry{Text: row.Customer.Name, Href: "/clientes/" + row.Customer.ID.String(), Memo: fmt.Sprintf("%d · %s", row.Customer.Number, maskedDocument(row.Customer))}
		if row.Status != "" {
			s := views.StatusOf("subscriptions.status", string(row.Status))
			e.Status = &s
		}
		v.Found = append(v.Found, e)
	}
	return w.show(c, v)
}
