package handlers

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/brazil"
	"enlace/tenants/customers"
	"enlace/tenants/sales"
	"enlace/views"
)

func (w *Web) sales() sales.Desk { return sales.Desk{DB: w.DB} }

// course is a wizard as the web walks it.
type course struct {
	wizard sales.Wizard
	at     string    // path of its pages
	holder uuid.UUID // of Adicionar Serviços: whose the service will be
	title  string
	labels []string // of its pages, in the source's words
}

var addCustomer = course{wizard: sales.AddCustomer, at: "/clientes/novo", title: "Adicionar Cliente",
	labels: []string{"Cadastro", "Endereço", "Plano", "Contrato", "Cobrança", "Ordem de Serviço"}}

func addService(customer uuid.UUID) course {
	return course{wizard: sales.AddService, at: "/clientes/" + customer.String() + "/servicos/novo", holder: customer, title: "Adicionar Serviços",
		labels: []string{"Endereço e plano", "Cobrança", "Contrato", "Ordem de Serviço"}}
}

// courseOf is the wizard of the path: with a customer in it a service is added, without one a customer.
func courseOf(c *fiber.Ctx) (course, error) {
	if c.Params("id") == "" {
		return addCustomer, nil
	}
	customer, err := id(c, "id")
	return addService(customer), err
}

// partNames are the steps of a sale as views knows them.
var partNames = map[sales.Step]string{sales.StepCustomer: "cadastro", sales.StepAddress: "endereco", sales.StepPlan: "plano",
	sales.StepContract: "contrato", sales.StepBilling: "cobranca", sales.StepWorkOrder: "os"}

// vender shows a page of the wizard: of the draft in the address, or of a new one.
func (w *Web) vender(c *fiber.Ctx) error {
	way, err := courseOf(c)
	if err != nil {
		return err
	}
	draft, err := draftID(c.Query("rascunho"))
	if err != nil {
		return err
	}
	f, page := w.form(c), 1
	isp, _ := tenants.From(c.UserContext())
	top, err := w.sales().Desktop(c.UserContext(), way.wizard, way.holder, draft, func(top *sales.Desktop) tenants.Typed {
		f.Typed = valuesOf(top.Draft.Data)
		if kind := c.Query("tipo"); kind == "pf" || kind == "pj" {
			f.Typed.Set("tipo", kind)
		}
		preselect(f, top, isp.Today(w.DB.Now()).BR())
		page = min(max(1, c.QueryInt("passo", top.Draft.Step)), top.Draft.Step, way.wizard.Last())
		return answered(top, page, f.Typed)
	})
	if fault := tenants.FaultOf(err); fault != nil && fault.Kind == tenants.KindNotFound && draft != uuid.Nil {
		return w.became(c, way, draft)
	}
	if err != nil {
		return err
	}
	return w.show(c, way.page(isp, top, page, f, nil))
}

// became says what a draft that is no more has become.
func (w *Web) became(c *fiber.Ctx, way course, draft uuid.UUID) error {
	sold, err := w.sales().Became(c.UserContext(), way.wizard, draft)
	if err != nil {
		return err
	}
	c.Status(fiber.StatusGone)
	return w.show(c, views.Erro{Title: "Este rascunho já virou " + sold.Customer.Name, Said: fmt.Sprintf("A venda foi salva: é o serviço %d.", sold.Subscription.Number),
		Back: views.Link{Label: "Ver " + sold.Customer.Name, Href: "/clientes/" + sold.Customer.ID.String()}, SignedIn: true})
}

// answered is what a sale is reckoned from while a page is open: the answers up to that page, and what the draft has of the later ones.
func answered(top *sales.Desktop, page int, typed url.Values) tenants.Typed {
	t := tenants.Typed{}
	for name, values := range typed {
		if _, kept := top.Draft.Data[name]; kept || top.Wizard.PageOf(sales.StepOf(name)) <= page {
			t[name] = strings.Join(values, ",")
		}
	}
	return t
}

func draftID(text string) (uuid.UUID, error) {
	if text == "" {
		return uuid.Nil, nil
	}
	draft, err := uuid.Parse(text)
	if err != nil {
		return uuid.Nil, tenants.NotFound()
	}
	return draft, nil
}

// venderPasso takes a page: Avançar keeps it and goes on, Sair keeps it as it is, Salvar saves the sale. Buscar CEP keeps nothing.
func (w *Web) venderPasso(c *fiber.Ctx) error {
	way, err := courseOf(c)
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	pressed := t["acao"]
	in, err := way.progress(t)
	if err != nil {
		return err
	}
	if prefix, asked := searchedPrefix(pressed); asked {
		return w.buscarCEP(c, way, in, t, f, prefix)
	}
	if kind, asked := strings.CutPrefix(pressed, "tipo_"); asked { // the fields of the other kind; what both have stays
		f.Typed.Set("tipo", kind)
	}
	if pressed == "previa" || pressed == "conferir" || strings.HasPrefix(pressed, "tipo_") {
		return w.showStep(c, way, in, f, nil)
	}
	to, going := goingTo(pressed)
	in.Leaving = in.Leaving || going
	last := in.Page == way.wizard.Last()
	kept, err := w.sales().SaveStep(c.UserContext(), in)
	switch {
	case err != nil && last && tenants.FaultOf(err) != nil && tenants.FaultOf(err).Kind == tenants.KindNotFound:
		return w.finish(c, way, in, f) // pressed twice: the draft has become a sale
	case err != nil:
		return w.refuseStep(c, way, in, f, err)
	case going:
		return w.redirect(c, way.path(kept, to))
	case in.Leaving:
		w.say(c, views.Toast{Said: "Rascunho guardado. Nada foi gravado no cadastro."})
		return w.redirect(c, "/rascunhos")
	case last:
		in.Draft, in.Version = kept.ID, kept.Version
		return w.finish(c, way, in, f)
	}
	return w.redirect(c, way.path(kept, in.Page+1))
}

// path is where a page of a draft is.
func (way course) path(draft *ent.Draft, page int) string {
	return fmt.Sprintf("%s?rascunho=%s&passo=%d", way.at, draft.ID, page)
}

// goingTo is the page a button leads to that keeps this one as it is, right or wrong: Voltar, Alterar.
func goingTo(button string) (page int, going bool) {
	number, going := strings.CutPrefix(button, "ir_")
	page, err := strconv.Atoi(number)
	return page, going && err == nil
}

// refuseStep shows the page again with what was typed and what is wrong.
func (w *Web) refuseStep(c *fiber.Ctx, way course, in sales.Progress, f views.Form, err error) error {
	if tenants.FaultOf(err) == nil {
		return err
	}
	return w.showStep(c, way, in, f, err)
}

// showStep shows the page with what was typed on it, what that comes to, and what is wrong with it, if anything is.
func (w *Web) showStep(c *fiber.Ctx, way course, in sales.Progress, f views.Form, wrong error) error {
	top, err := w.sales().Desktop(c.UserContext(), way.wizard, way.holder, in.Draft, func(top *sales.Desktop) tenants.Typed {
		f.Typed = overDraft(top, in.Page, f.Typed)
		return answered(top, in.Page, f.Typed)
	})
	if err != nil {
		return err
	}
	if wrong != nil && !w.wrong(c, &f, wrong) {
		return wrong
	}
	f.Marks = marks(f.Typed)
	if fault := tenants.FaultOf(wrong); fault != nil && fault.Code == "draft_changed" {
		f.Problems[0].Ways = []views.Link{{Label: "Abrir o que foi guardado", Href: way.path(top.Draft, in.Page)}}
	}
	isp, _ := tenants.From(c.UserContext())
	return w.show(c, way.page(isp, top, in.Page, f, tenants.FaultOf(wrong)))
}

// marks say of the documents typed whether they are right.
func marks(typed url.Values) map[string]views.Mark {
	all := map[string]views.Mark{}
	for field, read := range map[string]func(string) (string, bool){"cpf": brazil.CPF, "cnpj": brazil.CNPJ} {
		text := typed.Get(field)
		switch _, right := read(text); {
		case text == "":
		case right:
			all[field] = views.Mark{Good: true, Said: strings.ToUpper(field) + " confere"}
		default:
			all[field] = views.Mark{Said: views.Sentence(field, map[string]string{"value": text})}
		}
	}
	return all
}

// overDraft lays what was sent with a page over what the draft has of the others. A switch that was turned off is not sent: of the page
// itself the draft says nothing any more. Where nothing was sent, the draft says it all.
func overDraft(top *sales.Desktop, page int, sent url.Values) url.Values {
	typed := valuesOf(top.Draft.Data)
	for name := range typed {
		if len(sent) > 0 && slices.Contains(top.Wizard.Page(page), sales.StepOf(name)) {
			typed.Del(name)
		}
	}
	maps.Copy(typed, sent)
	return typed
}

// finish saves the sale, or shows the first page on which something stands in its way.
func (w *Web) finish(c *fiber.Ctx, way course, in sales.Progress, f views.Form) error {
	sold, err := w.sales().Finish(c.UserContext(), in)
	fault := tenants.FaultOf(err)
	switch {
	case fault != nil && fault.Kind == tenants.KindInvalid:
		in.Page = way.wizard.FirstWrong(fault)
		return w.refuseStep(c, way, in, views.Form{CSRF: f.CSRF, Key: f.Key}, err)
	case err != nil:
		return err
	}
	said := fmt.Sprintf("%s está no cadastro, com o serviço %d.", sold.Customer.Name, sold.Subscription.Number)
	if way.holder != uuid.Nil {
		said = fmt.Sprintf("Serviço %d adicionado a %s.", sold.Subscription.Number, sold.Customer.Name)
	}
	w.say(c, views.Toast{Said: said})
	return w.redirect(c, "/clientes/"+sold.Customer.ID.String())
}

// page is a page of the wizard as it is shown.
func (way course) page(isp tenants.Tenant, top *sales.Desktop, n int, f views.Form, fault *tenants.Fault) views.Venda {
	v := views.Venda{At: way.at, Step: n, Form: f, Company: f.Typed.Get("tipo") == "pj", Choices: saleOptions(top), Next: "Salvar",
		Head: views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}}, Here: "Adicionar", Title: way.title},
		Sum:  sum(top)}
	if who := top.Holder; who != nil {
		v.Head.Crumbs, v.Head.Here = append(v.Head.Crumbs, views.Link{Label: who.Name, Href: "/clientes/" + who.ID.String()}), way.title
		v.Own = addressOptions(top)
	}
	for _, step := range top.Wizard.Page(n) {
		v.Parts = append(v.Parts, partNames[step])
	}
	if top.Draft.ID != uuid.Nil {
		v.Draft, v.Version = top.Draft.ID.String(), strconv.Itoa(top.Draft.Version)
		v.Head.Here += " · rascunho salvo às " + views.Clock(top.Draft.UpdatedAt.In(isp.Zone))
	}
	if n < top.Wizard.Last() {
		v.Next = "Avançar para " + way.labels[n]
	} else {
		v.Review = review(top, v.Choices)
		if !top.First.Due.IsZero() {
			v.Amount = "1ª fatura de " + views.Money(top.First.Total)
		}
	}
	for i, label := range way.labels {
		v.Steps = append(v.Steps, views.Step{Label: label, Now: i+1 == n, Done: i+1 < top.Draft.Step && i+1 != n, Href: way.path(top.Draft, i+1)})
	}
	v.Kinds = []views.Option{{Label: "Pessoa Física", Value: "pf", Chosen: !v.Company}, {Label: "Pessoa Jurídica", Value: "pj", Chosen: v.Company}}
	if n > 1 {
		v.Before = "Voltar a " + way.labels[n-2]
	}
	if len(f.Problems) == 0 && f.Next == "" {
		v.Form.Next = way.firstField(n)
	}
	v.Groups = choices(top.Choices.Groups)
	if top.Plan != nil && !top.Plan.EmitsContract {
		v.NoContract = top.Plan.Name
	}
	v.Warning = warning(top, fault)
	if busy := fault != nil && fault.Fields["os_mesmo_assim"] != ""; busy || f.Typed.Get("os_mesmo_assim") != "" {
		v.Busy = "O técnico tem outra visita nessa hora"
	}
	return v
}

// firstField is the field a page begins with.
func (way course) firstField(page int) string {
	switch way.wizard.Page(page)[0] {
	case sales.StepCustomer:
		return "nome"
	case sales.StepAddress:
		if way.holder != uuid.Nil {
			return "endereco"
		}
		return "cep"
	case sales.StepPlan:
		return "plano"
	case sales.StepContract:
		return "modelo"
	case sales.StepBilling:
		return "forma_cobranca"
	}
	return "os"
}

// warning says what a customer who wants more owes.
func warning(top *sales.Desktop, fault *tenants.Fault) *views.Verdict {
	switch {
	case fault != nil && fault.Args["owed"] != "":
		return &views.Verdict{Class: "bad", Said: fault.Args["name"] + " já está no cadastro e deve " + fault.Args["owed"]}
	case top.Overdue > 0:
		return &views.Verdict{Class: "warn", Said: top.Holder.Name + " deve " + views.Money(top.Overdue) + " vencidos",
			Proof: []views.Link{{Label: "O serviço pode ser vendido; combine a dívida com o cliente."}}}
	}
	return nil
}

// addressOptions are the addresses the customer has, and "+".
func addressOptions(top *sales.Desktop) (all []views.Option) {
	for i, at := range top.Addresses {
		o := views.Option{Value: at.ID.String(), Label: customers.OneLine(at)}
		if i == 0 {
			o.Memo = "Endereço de cadastro"
		}
		all = append(all, o)
	}
	return append(all, views.Option{Value: sales.NewPlace, Label: "+ Outro endereço", Memo: "Só deste serviço; nenhum outro muda"})
}

// preselect answers what is still unanswered with the first of each list, so that only the customer's own data has to be typed.
func preselect(f views.Form, top *sales.Desktop, today string) {
	fresh := !f.Typed.Has("cep") && !f.Typed.Has("endereco") // the addresses were not seen yet: a switch that is off was not turned off
	set := func(field, value string) {
		if !f.Typed.Has(field) {
			f.Typed.Set(field, value)
		}
	}
	set("tipo", "pf")
	set("data_venda", today)
	set("tipo_cobranca", "antecipado")
	set("taxa", "none")
	if fee := top.Choices.InstallFee; fee > 0 {
		set("taxa_valor", fee.String())
	}
	if fresh {
		for _, role := range sales.Roles[1:] {
			set(role.Prefix+"igual", "true")
		}
	}
	firstOf(set, "endereco", top.Addresses, func(row *ent.Address) uuid.UUID { return row.ID })
	firstOf(set, "plano", slices.DeleteFunc(slices.Clone(top.Choices.Plans), func(row *ent.Plan) bool { return !top.Sold(row) }), func(row *ent.Plan) uuid.UUID { return row.ID })
	firstOf(set, "vendedor", top.Choices.Sellers, func(one tenants.Choice) uuid.UUID { return one.ID })
	firstOf(set, "modelo", top.Choices.Templates, func(one tenants.Choice) uuid.UUID { return one.ID })
	firstOf(set, "forma_cobranca", top.Choices.Methods, func(one tenants.Choice) uuid.UUID { return one.ID })
	firstOf(set, "os_tipo", top.Choices.WorkOrderTypes, func(one tenants.Choice) uuid.UUID { return one.ID })
	if len(top.Choices.DueDays) > 0 {
		set("dia_vencimento", sales.TypedDueDay(top.Choices.DueDays[0].Day))
	}
}

func firstOf[T any](set func(string, string), field string, rows []T, id func(T) uuid.UUID) {
	if len(rows) > 0 {
		set(field, id(rows[0]).String())
	}
}

// saleOptions turns the lists of a sale into options; a plan that is not sold in the city is shown and cannot be chosen.
func saleOptions(top *sales.Desktop) (out views.SaleChoices) {
	in, none := top.Choices, []views.Option{{Label: "Escolha"}}
	out.Origins = append(none, choices(in.Origins)...)
	out.Plans = options(in.Plans, func(r *ent.Plan) (uuid.UUID, string) { return r.ID, r.Name + ", " + views.Money(r.Price) })
	for i, row := range in.Plans {
		if !top.Sold(row) {
			out.Plans[i].Label, out.Plans[i].Why = out.Plans[i].Label+", não vendido nesta cidade", "não vendido nesta cidade"
		}
	}
	out.Sellers = append(none, choices(in.Sellers)...)
	out.Templates = append(none, choices(in.Templates)...)
	out.Methods = choices(in.Methods)
	out.VisitTypes = choices(in.WorkOrderTypes)
	out.Technicians = append(none, choices(in.Technicians)...)
	out.VisitStates = append([]views.Option{{Label: "Pelo que for preenchido"}}, words("work_orders.status", "aguardando_agendamento", "agendada")...)
	out.Marital, out.Genders = personal()
	for _, row := range in.DueDays {
		out.DueDays = append(out.DueDays, views.Option{Value: sales.TypedDueDay(row.Day), Label: dueDay(row.Day)})
	}
	out.Modes = []views.Option{
		{Value: "antecipado", Label: "Antecipado", Memo: "A fatura de um dia paga dali até o vencimento seguinte"},
		{Value: "postecipado", Label: "Postecipado", Memo: "A fatura de um dia paga desde o vencimento anterior até ele"}}
	out.Fees = []views.Option{
		{Value: "none", Label: "Não cobrar"},
		{Value: "first_invoices", Label: "Com a primeira mensalidade", Memo: "Em 1 a 12 parcelas, uma em cada mensalidade; não vale com carnê",
			Why: "com carnê a taxa não vai na mensalidade", Unless: "carne"},
		{Value: "upfront", Label: "À vista na instalação", Memo: "Cobrança avulsa com vencimento na data da OS, sem boleto"}}
	return out
}

// personal are the answers to the two questions about a person that have a list.
func personal() (marital, genders []views.Option) {
	none := []views.Option{{Label: "Escolha"}}
	return append(none, words("customers.marital", customers.MaritalStates...)...), append(none, words("customers.gender", customers.Genders...)...)
}

// words are values as options, each with its word.
func words(kind string, values ...string) (all []views.Option) {
	for _, value := range values {
		all = append(all, views.Option{Value: value, Label: views.Word(kind, value)})
	}
	return all
}

func choices(list []tenants.Choice) []views.Option {
	return options(list, func(one tenants.Choice) (uuid.UUID, string) { return one.ID, one.Name })
}

func options[T any](rows []T, of func(T) (uuid.UUID, string)) (all []views.Option) {
	for _, row := range rows {
		id, label := of(row)
		all = append(all, views.Option{Value: id.String(), Label: label})
	}
	return all
}

// rascunhos lists the clerk's drafts.
func (w *Web) rascunhos(c *fiber.Ctx) error {
	isp, _ := tenants.From(c.UserContext())
	drafts, err := w.sales().Drafts(c.UserContext())
	if err != nil {
		return err
	}
	v := views.Rascunhos{Head: views.Head{Title: "Rascunhos", Facts: "o que você começou e ainda não salvou"},
		Empty: views.Empty{Title: "Nenhum rascunho", Why: "O que você deixa pela metade fica guardado aqui."}}
	v.Drafts = w.draftEntries(isp, drafts)
	for i, draft := range drafts {
		button := w.small(c)
		v.Drafts[i].Do = &views.Link{Label: "Descartar", Href: "/rascunhos/" + draft.ID.String() + "/descartar", Post: &button}
	}
	return w.show(c, v)
}

// descartar throws a draft away.
func (w *Web) descartar(c *fiber.Ctx) error {
	draft, err := id(c, "id")
	if err != nil {
		return err
	}
	if err := w.sales().Discard(c.UserContext(), draft); err != nil {
		return err
	}
	w.say(c, views.Toast{Said: "Rascunho descartado. Nada do cadastro mudou."})
	return w.redirect(c, "/rascunhos")
}
