package handlers

import (
	"fmt"
	"strings"

	"github.com/google/uuid"

	"enlace/ent/subscription"
	"enlace/tenants/brazil"
	"enlace/tenants/customers"
	"enlace/tenants/sales"
	"enlace/views"
)

// sum is what a sale comes to so far: a month, the first invoice, and what is charged beside it.
func sum(top *sales.Desktop) views.Sum {
	s := views.Sum{Title: "O que será cobrado", Tag: "prévia", Label: "Por mês", Full: top.Total.String(), Lines: lines(top.Lines)}
	if first := top.First; !first.Due.IsZero() {
		note := fmt.Sprintf("Se habilitado em %s.", first.Start.DayMonth())
		if top.Sale.Booklet {
			note += fmt.Sprintf(" É a 1ª parcela do carnê; as outras são de %s, %s. O carnê é gerado depois de salvar.", views.Money(top.Total), dueDay(top.Sale.DueDay))
		}
		s.Then = append(s.Then, views.Sum{Lines: lines(first.Lines), Label: "1ª fatura, vence em " + first.Due.DayMonth(), Full: first.Total.String(), Note: note})
	}
	if top.Sale.FeeChoice == subscription.FeeChoiceUpfront && top.Sale.Fee > 0 {
		s.Then = append(s.Then, views.Sum{Lines: []views.Line{{What: "Taxa de Instalação", Memo: "cobrança avulsa, sem boleto, na data da OS", Amount: top.Sale.Fee.String()}},
			Label: "À vista na instalação", Full: top.Sale.Fee.String()})
	}
	return s
}

func lines(all []sales.Line) (lines []views.Line) {
	for _, line := range all {
		lines = append(lines, views.Line{What: line.What, Memo: line.Memo, Amount: line.Amount.String()})
	}
	return lines
}

// ofRole is what an address is called beyond Endereço, by how the names of its fields begin.
var ofRole = map[string]string{"cobranca_": " de cobrança", "fiscal_": " fiscal", "instalacao_": " de instalação"}

// changedAt is an answer of a step with the place it is changed at: its page, or on the page of the review its first field.
func changedAt(top *sales.Desktop, step sales.Step, a views.Answer) views.Answer {
	if a.Page = top.Wizard.PageOf(step); a.Page == top.Wizard.Last() {
		a.Page, a.Field = 0, beginning(step, top.Holder != nil && top.Handed == nil)
	}
	return a
}

// review is the whole sale once more, each answer with the place it is changed at.
func review(top *sales.Desktop, in views.SaleChoices) (all []views.Answer) {
	s := top.Sale
	add := func(step sales.Step, term, text string, memo ...string) {
		if text == "" {
			text = "Não informado"
		}
		all = append(all, changedAt(top, step, views.Answer{Term: term, Text: text, Memo: strings.Join(filled(memo), " · ")}))
	}
	if top.Holder == nil {
		var phones []string
		for _, phone := range s.Customer.Phones {
			phones = append(phones, brazil.FormatPhone(phone))
		}
		document := brazil.FormatCPF(s.Customer.Document)
		if len(s.Customer.Document) == 14 {
			document = brazil.FormatCNPJ(s.Customer.Document)
		}
		add(sales.StepCustomer, "Cliente", s.Customer.Name, document, strings.Join(phones, ", "))
	}
	for _, role := range sales.Roles {
		if place, own := s.Places[role.Role]; own {
			add(sales.StepAddress, "Endereço"+ofRole[role.Prefix], standing(top, place))
		}
	}
	if top.Plan != nil {
		add(sales.StepPlan, "Plano/Serviço", top.Plan.Name, views.Money(top.Total)+" por mês", discounted(top), loyal(top))
	}
	if top.From != nil {
		add(sales.StepPlan, "Executar Migração Imediata", map[bool]string{true: "Sim, ao salvar", false: "Não: Aguardando Migração até Habilitar"}[s.Immediate])
		if top.Migration != nil && top.Migration.Booklet {
			add(sales.StepBilling, "Carnê em aberto", views.Word("plan_changes.open_booklet", string(s.Open)))
		}
	}
	add(sales.StepPlan, "Vendedor", labelOf(in.Sellers, s.Seller), "venda em "+s.SoldOn.BR())
	contract := labelOf(in.Templates, s.Template)
	if top.From != nil && s.Template == uuid.Nil {
		contract = keptContract(top)
	}
	if top.Plan != nil && !top.Plan.EmitsContract {
		contract = "O plano não emite contrato"
	} else if contract == "" {
		contract = "O do plano"
	}
	add(sales.StepContract, "Contrato", contract)
	add(sales.StepBilling, "Cobrança", labelOf(in.Methods, s.Method),
		append([]string{dueDay(s.DueDay), string(s.Mode)}, flags(s)...)...)
	add(sales.StepBilling, "Taxa de Instalação", fee(s))
	visit, when := "Não será aberta agora", ""
	if v := s.Visit; v != nil {
		visit = labelOf(in.VisitTypes, v.Type)
		when = "sem data marcada"
		if !v.StartsAt.IsZero() {
			when = views.Moment(v.StartsAt)
		}
		add(sales.StepWorkOrder, "Ordem de Serviço", visit, when, labelOf(in.Technicians, v.Technician), v.Description)
		return all
	}
	add(sales.StepWorkOrder, "Ordem de Serviço", visit)
	return all
}

func filled(texts []string) (some []string) {
	for _, text := range texts {
		if text != "" {
			some = append(some, text)
		}
	}
	return some
}

// standing is where a service will be, on one line.
func standing(top *sales.Desktop, place sales.Place) string {
	if place.Known == uuid.Nil {
		return place.New.OneLine()
	}
	for _, at := range top.Addresses {
		if at.ID == place.Known {
			return customers.OneLine(at)
		}
	}
	return ""
}

func discounted(top *sales.Desktop) string {
	for _, line := range top.Lines[1:] {
		return "desconto de " + line.Memo
	}
	return ""
}

// loyal is how long a sale binds the customer; a migration binds nobody anew.
func loyal(top *sales.Desktop) string {
	if top.From != nil || top.Plan.LoyaltyMonths == 0 {
		return ""
	}
	return "fidelidade de " + plural(top.Plan.LoyaltyMonths, "mês", "meses")
}

func flags(s sales.Sale) (all []string) {
	for _, flag := range []struct {
		on   bool
		said string
	}{{s.Booklet, "usa carnê"}, {s.SeparateBill, "fatura separada"}, {s.SeparateNote, "nota fiscal separada"}} {
		if flag.on {
			all = append(all, flag.said)
		}
	}
	return all
}

func fee(s sales.Sale) string {
	switch s.FeeChoice {
	case subscription.FeeChoiceUpfront:
		return views.Money(s.Fee) + " à vista na instalação"
	case subscription.FeeChoiceFirstInvoices:
		return fmt.Sprintf("%s com a primeira mensalidade, em %d×", views.Money(s.Fee), max(1, s.FeeParts))
	}
	return "Não cobrar"
}

// labelOf is what the chosen answer of a list is called.
func labelOf(options []views.Option, chosen uuid.UUID) string {
	for _, o := range options {
		if o.Value == chosen.String() {
			return o.Label
		}
	}
	return ""
}
