package handlers

import (
	"slices"
	"strconv"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/sales"
	"enlace/views"
)

// partNames are the steps of a sale as views knows them.
var partNames = map[sales.Step]string{sales.StepCustomer: "cadastro", sales.StepAddress: "endereco", sales.StepPlan: "plano",
	sales.StepContract: "contrato", sales.StepBilling: "cobranca", sales.StepWorkOrder: "os", sales.StepTaker: "titular", sales.StepTransfer: "transferencia"}

// page is a page of the wizard as it is shown.
func (way course) page(isp tenants.Tenant, top *sales.Desktop, n int, f views.Form, fault *tenants.Fault) views.Venda {
	v := views.Venda{At: way.at, Step: n, Form: f, Company: f.Typed.Get("tipo") == "pj", Choices: saleOptions(top), Next: "Salvar",
		Head: views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}}, Here: "Adicionar", Title: way.title},
		Sum:  sum(top)}
	keepAnswers(f, &v.Choices)
	if who := top.Holder; who != nil {
		v.Head.Crumbs, v.Head.Here = append(v.Head.Crumbs, views.Link{Label: who.Name, Href: "/clientes/" + who.ID.String()}), way.title
		v.Own = addressOptions(top)
	}
	if top.From != nil {
		showMigration(&v, top)
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
		if v.Review = reviewHanding(top, v.Choices); top.Handed == nil {
			v.Review = review(top, v.Choices)
		}
		if !top.First.Due.IsZero() && top.From == nil {
			v.Amount = "1ª fatura de " + views.Money(top.First.Total)
		}
	}
	if top.Handed != nil {
		way.showHanding(&v, top, n, fault)
	}
	for i, label := range way.labels {
		v.Steps = append(v.Steps, views.Step{Label: label, Now: i+1 == n, Done: i+1 < top.Draft.Step && i+1 != n, Href: way.path(top.Draft, i+1)})
	}
	v.Kinds = []views.Option{{Label: "Pessoa Física", Value: "pf", At: way.ofKind("pf", top.Draft), Chosen: !v.Company},
		{Label: "Pessoa Jurídica", Value: "pj", At: way.ofKind("pj", top.Draft), Chosen: v.Company}}
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
	if v.Warning == nil {
		v.Warning = warning(top, fault)
	}
	if v.Warning == nil {
		v.Warning = lacking(top, way.wizard.Page(n))
	}
	if busy := fault != nil && fault.Fields["os_mesmo_assim"] != ""; busy || f.Typed.Get("os_mesmo_assim") != "" {
		v.Busy = "O técnico tem outra visita nessa hora"
	}
	return v
}

// ofKind is where the page of a kind of customer is, whether somebody goes there or sends along what is typed.
func (way course) ofKind(kind string, draft *ent.Draft) string {
	if draft.ID == uuid.Nil {
		return way.at + "?tipo=" + kind
	}
	return way.path(draft, 1) + "&tipo=" + kind
}

// firstField is the field a page begins with.
func (way course) firstField(page int) string {
	return beginning(way.wizard.Page(page)[0], way.holder != uuid.Nil && !way.wizard.HandsOver())
}

// beginning is the field a step begins with; where the customer is known, their addresses are chosen from.
func beginning(step sales.Step, known bool) string {
	switch step {
	case sales.StepTaker:
		return "busca_titular"
	case sales.StepTransfer:
		return ""
	case sales.StepCustomer:
		return "nome"
	case sales.StepAddress:
		if known {
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

// lacking says that there is nothing to choose from on a page: of an ISP on its first day, or where all of it was withdrawn.
func lacking(top *sales.Desktop, page []sales.Step) *views.Verdict {
	for _, list := range []struct {
		step       sales.Step
		rows       int
		said, room string
	}{
		{sales.StepPlan, len(top.Choices.Plans), "Não há plano à venda", "Planos"},
		{sales.StepBilling, len(top.Choices.Methods), "Não há forma de cobrança em uso", "Formas de cobrança"},
	} {
		if list.rows == 0 && slices.Contains(page, list.step) {
			return &views.Verdict{Class: "warn", Said: list.said, Proof: []views.Link{{Label: "O gerente inclui em Configurações, " + list.room + ". A venda pode ficar em Rascunhos até lá."}}}
		}
	}
	return nil
}

// warning says what a customer who wants more owes.
func warning(top *sales.Desktop, fault *tenants.Fault) *views.Verdict {
	switch {
	case fault != nil && fault.Args["owed"] != "":
		return &views.Verdict{Class: "bad", Said: fault.Args["name"] + " já está no cadastro e deve " + fault.Args["owed"]}
	case top.Overdue > 0 && top.Holder != nil:
		return &views.Verdict{Class: "warn", Said: top.Holder.Name + " deve " + views.Money(top.Overdue) + " vencidos",
			Proof: []views.Link{{Label: "O serviço pode ser vendido; combine a dívida com o cliente."}}}
	}
	return nil
}
