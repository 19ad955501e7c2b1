package contracts

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/billingmethod"
	"enlace/ent/company"
	"enlace/ent/contact"
	"enlace/ent/planitem"
	"enlace/ent/predicate"
	"enlace/ent/seller"
	"enlace/ent/subscription"
	"enlace/ent/subscriptionaddress"
	"enlace/tenants"
	"enlace/tenants/brazil"
	"enlace/tenants/brazil/print"
	"enlace/tenants/calendar"
	"enlace/tenants/customers"
	"enlace/tenants/money"
)

// facts is what a contract is about: a service with everything around it. A sale, an attachment and a preview are filled in from here alone.
type facts struct {
	isp      tenants.Tenant
	today    calendar.Date
	sub      *ent.Subscription
	customer *ent.Customer
	contacts []*ent.Contact
	places   map[subscriptionaddress.Role]*ent.Address
	plan     *ent.Plan
	items    []*ent.PlanItem
	company  *ent.Company
	method   string
	seller   string
	template string
	number   int64 // 0: not yet given
	term     int   // months; 0: without end
}

// gather reads what a contract of the first of some services is about, with a company, or the one its money goes to. It returns NotFound for
// what is not the ISP's.
func gather(ctx context.Context, c *ent.Client, today calendar.Date, of *ent.SubscriptionQuery, with uuid.UUID) (f *facts, err error) {
	f = &facts{today: today}
	f.isp, _ = tenants.From(ctx)
	for _, read := range []func() error{
		func() error {
			f.sub, err = of.Where(
				tenants.Beside[predicate.Subscription]("method", subscription.FieldMethodID, billingmethod.Table, billingmethod.FieldID, billingmethod.FieldName),
				tenants.Beside[predicate.Subscription]("seller", subscription.FieldSellerID, seller.Table, seller.FieldID, seller.FieldName)).First(ctx)
			if err == nil {
				f.method, f.seller = tenants.Said(f.sub, "method"), tenants.Said(f.sub, "seller")
			}
			return err
		},
		func() error { f.customer, err = c.Customer.Get(ctx, f.sub.CustomerID); return err },
		func() error {
			f.contacts, err = c.Contact.Query().Where(contact.CustomerID(f.customer.ID)).Order(contact.ByKind(), contact.ByPosition()).All(ctx)
			return err
		},
		func() error { f.places, err = customers.AddressesOf(ctx, c, f.sub.ID); return err },
		func() error { f.plan, err = c.Plan.Get(ctx, f.sub.PlanID); return err },
		func() error {
			f.items, err = c.PlanItem.Query().Where(planitem.PlanID(f.sub.PlanID)).Order(planitem.ByPosition()).All(ctx)
			return err
		},
		func() error {
			which := company.ID(with)
			if with == uuid.Nil {
				which = tenants.Among[predicate.Company](company.FieldID, tenants.IDsIn(billingmethod.Table, billingmethod.FieldCompanyID, billingmethod.ID(f.sub.MethodID)))
			}
			f.company, err = c.Company.Query().Where(which).Only(ctx)
			return err
		},
	} {
		if err := read(); err != nil {
			return nil, found(err)
		}
	}
	return f, nil
}

// unsaid stands where there is nothing to say.
const unsaid = "não informado"

// values are the merge fields with what stands in their place; each of Fields has one.
func (f *facts) values() map[string]string {
	who, sub, company, price := f.customer, f.sub, f.company, f.price()
	v := map[string]string{
		"cliente.nome": who.Name, "cliente.tipo_documento": documentKind(who.Document), "cliente.documento": document(who.Document), "cliente.numero": fmt.Sprint(who.Number),
		"cliente.nascimento": who.Birth.BR(), "cliente.rg": strings.TrimSpace(who.Rg + " " + who.RgIssuer), "cliente.estado_civil": inContract[who.Marital],
		"cliente.nacionalidade": who.Nationality, "cliente.nome_fantasia": cmp.Or(who.TradeName, who.Name), "cliente.ie": who.StateRegistration,
		"cliente.responsavel": cmp.Or(who.Responsible, who.Name), "cliente.telefone": f.contact(contact.KindPhone), "cliente.email": f.contact(contact.KindEmail),

		"provedor.nome": f.isp.Name,

		"empresa.nome": company.Name, "empresa.nome_fantasia": cmp.Or(company.TradeName, company.Name), "empresa.cnpj": brazil.FormatCNPJ(company.Cnpj),
		"empresa.ie": company.StateRegistration, "empresa.endereco": companyPlace(company), "empresa.cidade": company.City, "empresa.uf": company.Uf,
		"empresa.telefone": phone(company.Phone), "empresa.email": company.Email,

		"plano.nome": f.plan.Name, "plano.descida": speed(f.plan.DownKbps), "plano.subida": speed(f.plan.UpKbps), "plano.velocidade": f.speeds(),
		"plano.tecnologia": inContract[string(f.plan.Technology)], "plano.composicao": f.composition(),

		"servico.numero": fmt.Sprint(sub.Number), "servico.preco": sub.Price.BRL(), "servico.preco_extenso": sub.Price.InWords(), "servico.desconto": f.discount(),
		"servico.preco_com_desconto": price.BRL(), "servico.preco_com_desconto_extenso": price.InWords(), "servico.taxa_instalacao": f.fee(),
		"servico.taxa_instalacao_extenso": sub.Fee.InWords(), "servico.vendido_em": sub.SoldOn.BR(), "servico.vendedor": f.seller,

		"endereco.cidade": "", "endereco.uf": "",

		"cobranca.vencimento": dueDay(sub.DueDay), "cobranca.tipo": string(sub.Mode), "cobranca.forma": f.method,
		"cobranca.carne": map[bool]string{true: "por carnê", false: "por fatura mensal"}[sub.Booklet],

		"contrato.numero": "(a definir)", "contrato.modelo": f.template, "contrato.vigencia": term(f.term), "contrato.fidelidade": f.loyalty(),
		"contrato.fidelidade_ate": cmp.Or(sub.LoyaltyTo.BR(), "sem fidelidade"), "contrato.beneficio": sub.LoyaltyBenefit.BRL(), "contrato.beneficio_extenso": sub.LoyaltyBenefit.InWords(),

		"hoje": f.today.BR(), "hoje.extenso": f.today.InWords(),
	}
	if f.number != 0 {
		v["contrato.numero"] = strconv.FormatInt(f.number, 10)
	}
	for _, role := range []subscriptionaddress.Role{"instalacao", "cobranca", "cadastral", "fiscal"} {
		if at := f.places[role]; at != nil {
			v["endereco."+string(role)] = customers.OneLine(at)
		}
	}
	if at := f.places[subscriptionaddress.RoleInstalacao]; at != nil {
		v["endereco.cidade"], v["endereco.uf"] = at.City, at.Uf
	}
	for _, name := range Fields {
		v[name] = cmp.Or(v[name], unsaid)
	}
	return v
}

// table is the facts a contract begins with (look.md, section 6).
func (f *facts) table() print.Block {
	v := f.values()
	row := func(label, text string) []print.Text { return []print.Text{print.Words(label), print.Words(text)} }
	t := print.Block{Kind: print.Table, Rows: [][]print.Text{
		row("Prestadora", v["empresa.nome"]+", CNPJ "+v["empresa.cnpj"]),
		row("Assinante", v["cliente.nome"]+", "+v["cliente.tipo_documento"]+" "+v["cliente.documento"]),
		row("Instalação", v["endereco.instalacao"]),
		row("Plano", v["plano.nome"]+": "+v["plano.velocidade"]),
		row("Mensalidade", v["servico.preco"]+" ("+v["servico.preco_extenso"]+"), "+v["cobranca.vencimento"]+", "+v["cobranca.tipo"]+", "+v["cobranca.carne"]),
	}}
	if f.price() != f.sub.Price {
		t.Rows = append(t.Rows, row("Desconto", v["servico.desconto"]))
	}
	if f.sub.FeeChoice != subscription.FeeChoiceNone {
		t.Rows = append(t.Rows, row("Taxa de instalação", v["servico.taxa_instalacao"]))
	}
	return print.Block{Kind: t.Kind, Rows: append(t.Rows, row("Fidelidade", v["contrato.fidelidade"]), row("Vigência", v["contrato.vigencia"]))}
}

// price is what a month costs at the beginning, discounts in the order of money.md M9.
func (f *facts) price() money.Cents {
	return money.Price{Contracted: f.sub.Price, Fixed: f.sub.DiscountFixed, Percent: f.sub.DiscountPercent, Months: f.sub.DiscountMonths}.Of(0)
}

func (f *facts) discount() string {
	off := f.sub.Price - f.price()
	switch {
	case off == 0:
		return "sem desconto"
	case f.sub.DiscountMonths == 0:
		return off.BRL() + " por mês, em todas as mensalidades"
	}
	return off.BRL() + " por mês, nas primeiras " + counted(f.sub.DiscountMonths, "mensalidade inteira", "mensalidades inteiras")
}

func (f *facts) fee() string {
	switch {
	case f.sub.FeeChoice == subscription.FeeChoiceNone:
		return "isento"
	case f.sub.FeeChoice == subscription.FeeChoiceUpfront:
		return f.sub.Fee.BRL() + " (" + f.sub.Fee.InWords() + "), à vista na instalação"
	case f.sub.FeeParts > 1:
		return f.sub.Fee.BRL() + " (" + f.sub.Fee.InWords() + "), em " + fmt.Sprint(f.sub.FeeParts) + " parcelas com as primeiras mensalidades"
	}
	return f.sub.Fee.BRL() + " (" + f.sub.Fee.InWords() + "), com a primeira mensalidade"
}

func (f *facts) loyalty() string {
	if f.sub.LoyaltyTo.IsZero() {
		return "sem fidelidade"
	}
	said := counted(months(f.sub.LoyaltyFrom, f.sub.LoyaltyTo), "mês", "meses") + ", até " + f.sub.LoyaltyTo.BR()
	if f.sub.LoyaltyBenefit > 0 {
		said += "; benefício de " + f.sub.LoyaltyBenefit.BRL()
	}
	return said
}

func months(from, to calendar.Date) int {
	return 12*(to.Year()-from.Year()) + int(to.Month()) - int(from.Month())
}

func (f *facts) contact(kind contact.Kind) string {
	for _, one := range f.contacts {
		if one.Kind != kind {
			continue
		}
		if kind == contact.KindPhone {
			return brazil.FormatPhone(one.Value)
		}
		return one.Value
	}
	return ""
}

func (f *facts) speeds() string {
	if f.plan.UpKbps == 0 {
		return speed(f.plan.DownKbps) + " de descida"
	}
	return speed(f.plan.DownKbps) + " de descida, " + speed(f.plan.UpKbps) + " de subida"
}

func (f *facts) composition() string {
	var parts []string
	for _, item := range f.items {
		parts = append(parts, item.Name+": "+item.Price.BRL())
	}
	return strings.Join(parts, "; ")
}

func speed(kbps int) string {
	if kbps == 0 {
		return ""
	}
	return fmt.Sprintf("%d Mbps", kbps/1000)
}

func documentKind(document string) string {
	if len(document) == 14 {
		return "CNPJ"
	}
	return "CPF"
}

func document(document string) string {
	if len(document) == 14 {
		return brazil.FormatCNPJ(document)
	}
	return brazil.FormatCPF(document)
}

func phone(e164 string) string {
	if e164 == "" {
		return ""
	}
	return brazil.FormatPhone(e164)
}

func companyPlace(row *ent.Company) string {
	return customers.OneLine(&ent.Address{Cep: row.Cep, Street: row.Street, HouseNumber: row.HouseNumber, Complement: row.Complement, District: row.District, City: row.City, Uf: row.Uf})
}

func dueDay(day int) string {
	if day == calendar.LastDay {
		return "último dia do mês"
	}
	return fmt.Sprintf("dia %d", day)
}

func term(months int) string {
	if months == 0 {
		return "prazo indeterminado"
	}
	return counted(months, "mês", "meses")
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprint(n) + " " + many
}

// inContract are the answers of a registration and of a plan as a contract says them.
var inContract = map[string]string{
	"solteiro": "solteiro(a)", "casado": "casado(a)", "uniao_estavel": "em união estável", "separado": "separado(a)", "divorciado": "divorciado(a)", "viuvo": "viúvo(a)",
	"fibra": "fibra óptica", "radio": "rádio", "cabo": "cabo", "satelite": "satélite",
}
