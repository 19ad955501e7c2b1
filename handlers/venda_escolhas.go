package handlers

import (
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/customers"
	"enlace/tenants/sales"
	"enlace/views"
)

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

// keepAnswers leaves what was chosen standing in its list, though it has left the list since: it is sent again, and what is wrong with it said
// beside it, where another answer in its place would pass for the clerk's own.
func keepAnswers(f views.Form, in *views.SaleChoices) {
	for field, list := range map[string]*[]views.Option{"plano": &in.Plans, "vendedor": &in.Sellers, "modelo": &in.Templates, "forma_cobranca": &in.Methods,
		"dia_vencimento": &in.DueDays, "os_tipo": &in.VisitTypes, "os_tecnico": &in.Technicians, "origem": &in.Origins} {
		chosen := f.Typed.Get(field)
		i := slices.IndexFunc(*list, func(o views.Option) bool { return o.Value == chosen })
		switch {
		case i >= 0:
			(*list)[i].Why = ""
		case chosen != "":
			*list = append(*list, views.Option{Value: chosen, Label: "O que foi escolhido saiu da lista"})
		}
	}
}

// personal are the answers to the two questions about a person that have a list.
func personal() (marital, genders []views.Option) {
	none := []views.Option{{Label: "Escolha"}}
	return append(none, words("customers.marital", customers.MaritalStates...)...), append(none, words("customers.gender", customers.Genders...)...)
}
