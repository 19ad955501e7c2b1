package handlers

import (
	"fmt"
	"maps"
	"net/url"
	"strconv"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/catalog"
	"enlace/tenants/sales"
	"enlace/views"
)

func (w *Web) sales() sales.Desk { return sales.Desk{DB: w.DB} }

// stepLabels are the steps of the wizard in the source's words.
var stepLabels = []string{"Cadastro", "Endereço", "Plano", "Contrato", "Cobrança", "Ordem de Serviço"}

// vender shows a step of the wizard: of the draft in the address, or of a new one.
func (w *Web) vender(c *fiber.Ctx) error {
	draft, err := draftID(c.Query("rascunho"))
	if err != nil {
		return err
	}
	top, err := w.sales().Desktop(c.UserContext(), draft)
	if err != nil {
		return err
	}
	f, err := w.form(c, nil)
	if err != nil {
		return err
	}
	f.Typed = valuesOf(top.Draft.Data)
	if kind := c.Query("tipo"); kind == "pf" || kind == "pj" {
		f.Typed.Set("tipo", kind)
	}
	step := min(max(1, c.QueryInt("passo", top.Draft.Step)), top.Draft.Step, len(sales.Steps))
	isp, _ := tenants.From(c.UserContext())
	preselect(f, top, isp.Today(w.DB.Now()).BR())
	return w.show(c, stepOf(isp, top, sales.Step(step), f, nil))
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

// venderPasso takes a step: Avançar keeps it and goes on, Sair keeps it as it is, Salvar saves the sale. Buscar CEP keeps nothing.
func (w *Web) venderPasso(c *fiber.Ctx) error {
	t, f := w.typed(c)
	draft, err := draftID(t["rascunho"])
	if err != nil {
		return err
	}
	version, _ := strconv.Atoi(t["versao"])
	number, _ := strconv.Atoi(t["passo"])
	step := sales.Step(min(max(1, number), len(sales.Steps)))
	leaving := t["acao"] == "sair"
	if prefix, asked := searchButtons[t["acao"]]; asked {
		return w.buscarCEP(c, draft, t, f, prefix)
	}
	for _, own := range []string{"rascunho", "versao", "passo", "acao", "chave"} {
		delete(t, own)
	}
	kept, err := w.sales().SaveStep(c.UserContext(), sales.Progress{Draft: draft, Version: version, Step: step, Typed: t, Leaving: leaving})
	switch {
	case err != nil && step == sales.StepWorkOrder && tenants.FaultOf(err) != nil && tenants.FaultOf(err).Kind == tenants.KindNotFound:
		return w.finish(c, draft, version, f) // pressed twice: the draft has become a sale
	case err != nil:
		return w.refuseStep(c, draft, step, f, err)
	case leaving:
		w.say(c, views.Toast{Said: "Rascunho guardado. Nada foi gravado no cadastro."})
		return w.redirect(c, "/rascunhos")
	case step == sales.StepWorkOrder:
		return w.finish(c, kept.ID, kept.Version, f)
	}
	return w.redirect(c, fmt.Sprintf("/clientes/novo?rascunho=%s&passo=%d", kept.ID, step+1))
}

// refuseStep shows the step again with what was typed and what is wrong.
func (w *Web) refuseStep(c *fiber.Ctx, draft uuid.UUID, step sales.Step, f views.Form, err error) error {
	top, readErr := w.sales().Desktop(c.UserContext(), draft)
	if readErr != nil {
		return readErr
	}
	f.Typed = overDraft(top, step, f.Typed)
	if !w.wrong(c, &f, err) {
		return err
	}
	isp, _ := tenants.From(c.UserContext())
	return w.show(c, stepOf(isp, top, step, f, tenants.FaultOf(err)))
}

// overDraft lays what was sent with a step over what the draft has of the others. A switch that was turned off is not sent: of the step
// itself the draft says nothing any more. Where nothing was sent, the draft says it all.
func overDraft(top *sales.Desktop, step sales.Step, sent url.Values) url.Values {
	typed := valuesOf(top.Draft.Data)
	for name := range typed {
		if len(sent) > 0 && sales.StepOf(name) == step {
			typed.Del(name)
		}
	}
	maps.Copy(typed, sent)
	return typed
}

// finish saves the sale, or shows the first step on which something stands in its way.
func (w *Web) finish(c *fiber.Ctx, draft uuid.UUID, version int, f views.Form) error {
	sold, err := w.sales().Finish(c.UserContext(), draft, version)
	fault := tenants.FaultOf(err)
	switch {
	case fault != nil && fault.Kind == tenants.KindInvalid:
		return w.refuseStep(c, draft, sales.FirstWrong(fault), views.Form{CSRF: f.CSRF, Key: f.Key}, err)
	case err != nil:
		return err
	}
	w.say(c, views.Toast{Said: sold.Customer.Name + " está no cadastro, com o serviço " + fmt.Sprint(sold.Subscription.Number) + "."})
	return w.redirect(c, "/clientes/"+sold.Customer.ID.String())
}

// stepOf is a step as it is shown.
func stepOf(isp tenants.Tenant, top *sales.Desktop, step sales.Step, f views.Form, fault *tenants.Fault) views.Venda {
	v := views.Venda{Step: int(step), Form: f, Company: f.Typed.Get("tipo") == "pj", Choices: saleOptions(top.Choices), Next: "Salvar",
		Sum: views.Sum{Title: "O que será cobrado", Tag: "rascunho", Label: "Por mês", Full: top.Total.String()}}
	if top.Draft.ID != uuid.Nil {
		v.Draft, v.Version = top.Draft.ID.String(), strconv.Itoa(top.Draft.Version)
		v.Saved = "rascunho salvo às " + views.Clock(top.Draft.UpdatedAt.In(isp.Zone))
	}
	if step < sales.StepWorkOrder {
		v.Next = "Avançar para " + stepLabels[step]
	}
	for i, label := range stepLabels {
		n := i + 1
		v.Steps = append(v.Steps, views.Step{Label: label, Now: n == int(step), Done: n < top.Draft.Step && n != int(step),
			Href: fmt.Sprintf("/clientes/novo?rascunho=%s&passo=%d", v.Draft, n)})
	}
	at := "/clientes/novo?"
	if v.Draft != "" {
		at += "rascunho=" + v.Draft + "&passo=1&"
	}
	v.Kinds = []views.Link{{Label: "Pessoa Física", Href: at + "tipo=pf", Current: !v.Company}, {Label: "Pessoa Jurídica", Href: at + "tipo=pj", Current: v.Company}}
	for _, line := range top.Lines {
		v.Sum.Lines = append(v.Sum.Lines, views.Line{What: line.What, Memo: line.Memo, Amount: line.Amount.String()})
	}
	if fault != nil && fault.Args["customer"] != "" {
		v.Taken = &views.Verdict{Class: "warn", Said: "Já está no cadastro", Proof: []views.Link{{Label: fault.Args["name"], Href: "/clientes/" + fault.Args["customer"]}}}
	}
	return v
}

// preselect answers what is still unanswered with the first of each list, so that only the customer's own data has to be typed.
func preselect(f views.Form, top *sales.Desktop, today string) {
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
	if top.Draft.Step <= int(sales.StepAddress) {
		set("cobranca_igual", "true")
	}
	firstOf(set, "plano", top.Choices.Plans, func(row *ent.Plan) uuid.UUID { return row.ID })
	firstOf(set, "vendedor", top.Choices.Sellers, func(row *ent.Seller) uuid.UUID { return row.ID })
	firstOf(set, "modelo", top.Choices.Templates, func(row *ent.ContractTemplate) uuid.UUID { return row.ID })
	firstOf(set, "forma_cobranca", top.Choices.Methods, func(row *ent.BillingMethod) uuid.UUID { return row.ID })
	firstOf(set, "os_tipo", top.Choices.WorkOrderTypes, func(row *ent.WorkOrderType) uuid.UUID { return row.ID })
	if len(top.Choices.DueDays) > 0 {
		set("dia_vencimento", strconv.Itoa(top.Choices.DueDays[0].Day))
	}
}

func firstOf[T any](set func(string, string), field string, rows []T, id func(T) uuid.UUID) {
	if len(rows) > 0 {
		set(field, id(rows[0]).String())
	}
}

// saleOptions turns the lists of a sale into options.
func saleOptions(in catalog.SaleChoices) (out views.SaleChoices) {
	none := []views.Option{{Label: "Escolha"}}
	out.Groups = append(none, options(in.Groups, func(r *ent.Group) (uuid.UUID, string) { return r.ID, r.Name })...)
	out.Origins = append(none, options(in.Origins, func(r *ent.Origin) (uuid.UUID, string) { return r.ID, r.Name })...)
	out.Plans = options(in.Plans, func(r *ent.Plan) (uuid.UUID, string) { return r.ID, r.Name + ", " + views.Money(r.Price) })
	out.Sellers = append(none, options(in.Sellers, func(r *ent.Seller) (uuid.UUID, string) { return r.ID, r.Name })...)
	out.Templates = append(none, options(in.Templates, func(r *ent.ContractTemplate) (uuid.UUID, string) { return r.ID, r.Name })...)
	out.Methods = options(in.Methods, func(r *ent.BillingMethod) (uuid.UUID, string) { return r.ID, r.Name })
	out.VisitTypes = options(in.WorkOrderTypes, func(r *ent.WorkOrderType) (uuid.UUID, string) { return r.ID, r.Name })
	out.Technicians = append(none, options(in.Technicians, func(r *ent.User) (uuid.UUID, string) { return r.ID, r.Name })...)
	for _, row := range in.DueDays {
		out.DueDays = append(out.DueDays, views.Option{Value: strconv.Itoa(row.Day), Label: dueDay(row.Day)})
	}
	out.Modes = []views.Option{
		{Value: "antecipado", Label: "Antecipado", Memo: "A fatura de um dia paga dali até o vencimento seguinte"},
		{Value: "postecipado", Label: "Postecipado", Memo: "A fatura de um dia paga desde o vencimento anterior até ele"}}
	out.Fees = []views.Option{
		{Value: "none", Label: "Não cobrar"},
		{Value: "first_invoices", Label: "Com a primeira mensalidade", Memo: "Em 1 a 12 parcelas, uma em cada mensalidade; não vale com carnê"},
		{Value: "upfront", Label: "À vista na instalação", Memo: "Cobrança avulsa com vencimento na data da OS, sem boleto"}}
	return out
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
	v.Drafts = draftEntries(isp, drafts)
	return w.show(c, v)
}
