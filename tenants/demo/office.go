package demo

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"enlace/ent/billingmethod"
	"enlace/ent/plan"
	"enlace/ent/planitem"
	"enlace/tenants"
	"enlace/tenants/brazil/boleto"
	"enlace/tenants/catalog"
	"enlace/tenants/contracts"
	"enlace/tenants/money"
)

// office is what an ISP of the demonstration is furnished with.
type office struct {
	company catalog.Company
	bank    string
	terms   boleto.Input
	// what the remessa asks besides
	branchDigit, accountDigit string

	pixKey  string
	streets []string
	ddd     string
}

var isps = []isp{
	{
		slug: "fibranorte", name: "Fibra Norte", zone: "America/Belem", seed: 91, trust: true, nas: "127.0.0.1", nasSecret: "fibranorte-demo",
		office: office{
			company: catalog.Company{Name: "Fibra Norte Telecomunicações Ltda.", TradeName: "Fibra Norte", CNPJ: "12.ABC.345/01DE-35", CEP: "66035145",
				Street: "Avenida Nazaré", Number: "500", District: "Nazaré", City: "Belém", UF: "PA", IBGE: "1501402", Phone: "+559133334444", Email: "contato@fibranorte.example"},
			bank:        "756",
			terms:       boleto.Input{Agencia: "4327", Conta: "7654321", ConvenioCliente: "229385", Carteira: "1", Modalidade: "01"},
			branchDigit: "5", accountDigit: "0",
			pixKey:  "financeiro@fibranorte.example",
			streets: []string{"Rua dos Mundurucus", "Travessa Padre Eutíquio", "Avenida Almirante Barroso", "Rua Domingos Marreiros", "Passagem São Pedro"},
			ddd:     "91",
		},
	},
	{
		slug: "ondasul", name: "Onda Sul", zone: "America/Sao_Paulo", seed: 48, nas: "127.0.0.2", nasSecret: "ondasul-demo",
		office: office{
			company: catalog.Company{Name: "Onda Sul Internet Ltda.", TradeName: "Onda Sul", CNPJ: "11.222.333/0001-81", CEP: "88010400",
				Street: "Rua Felipe Schmidt", Number: "120", District: "Centro", City: "Florianópolis", UF: "SC", IBGE: "4205407", Phone: "+554832223333", Email: "contato@ondasul.example"},
			bank:         "341",
			terms:        boleto.Input{Agencia: "0810", Conta: "53678", Carteira: "109"},
			accountDigit: "6",
			pixKey:       "financeiro@ondasul.example",
			streets:      []string{"Rua Bocaiúva", "Avenida Madre Benvenuta", "Rua Lauro Linhares", "Servidão das Gaivotas", "Rua Conselheiro Mafra"},
			ddd:          "48",
		},
	},
}

var plans = []struct {
	name      string
	price     money.Cents
	mega      int
	loyalty   int
	benefit   money.Cents
	scm       money.Cents
	companion string // what the value added is
}{
	{"Fibra 300 Mega", 79_90, 300, 12, 300_00, 55_93, "Antivírus e suporte"},
	{"Fibra 500 Mega", 89_90, 500, 12, 300_00, 62_93, "Antivírus e suporte"},
	{"Fibra 800 Mega", 129_90, 800, 12, 400_00, 84_90, "Streaming e suporte"},
	{"Fibra Empresa 1 Giga", 299_90, 1000, 12, 600_00, 239_90, "IP fixo e suporte"},
}

// furnish gives the ISP its company, ways of billing, plans, sellers and contract, and reads the choices a sale is made from.
func (s *stage) furnish(ctx context.Context) error {
	desk, office := catalog.Desk{DB: s.db}, s.isp.office
	company, err := desk.AddCompany(ctx, office.company)
	if err != nil {
		return err
	}
	agreement, err := desk.AddAgreement(ctx, catalog.Agreement{Company: company.ID, Name: "Cobrança registrada", Bank: office.bank, Terms: office.terms,
		BranchDigit: office.branchDigit, AccountDigit: office.accountDigit})
	if err != nil {
		return err
	}
	key, err := desk.AddPixKey(ctx, company.ID, office.pixKey, s.isp.name, office.company.City)
	if err != nil {
		return err
	}
	for _, method := range []catalog.Method{
		{Company: company.ID, Name: "Boleto com Pix", Kind: billingmethod.KindBoleto, Agreement: agreement.ID, PixKey: key.ID},
		{Company: company.ID, Name: "Pix", Kind: billingmethod.KindPix, PixKey: key.ID},
		{Company: company.ID, Name: "Na loja", Kind: billingmethod.KindCounter},
	} {
		if _, err := desk.AddMethod(ctx, method); err != nil {
			return err
		}
	}
	template, err := s.model(ctx)
	if err != nil {
		return err
	}
	for _, p := range plans {
		_, err := desk.AddPlan(ctx, catalog.Plan{Name: p.name, Price: p.price, Technology: plan.TechnologyFibra, DownKbps: p.mega * 1000, UpKbps: p.mega * 500,
			EmitsContract: true, Template: template, LoyaltyMonths: p.loyalty, LoyaltyBenefit: p.benefit, Items: []catalog.PlanItem{
				{Kind: planitem.KindScm, Name: "Acesso à internet (SCM)", Price: p.scm},
				{Kind: planitem.KindSva, Name: p.companion + " (SVA)", Price: p.price - p.scm},
			}})
		if err != nil {
			return err
		}
	}
	for _, name := range []string{"Loja Centro", "Vendedor Externo"} {
		if err := s.c.Seller.Create().SetName(name).SetCommission(5_00).Exec(ctx); err != nil {
			return err
		}
	}
	if s.isp.trust {
		if err := s.c.OfficePolicy.Update().SetTrustSubscriber(true).Exec(ctx); err != nil {
			return err
		}
	}
	s.choices, err = catalog.ForSale(ctx, s.c)
	return err
}

// model says on the contract every ISP begins with that this one is a model: its second version.
func (s *stage) model(ctx context.Context) (uuid.UUID, error) {
	desk := contracts.Desk{DB: s.db}
	id, err := s.c.ContractTemplate.Query().OnlyID(ctx)
	if err != nil {
		return id, err
	}
	template, err := desk.Template(ctx, id, 0)
	if err != nil {
		return id, err
	}
	title, clauses, _ := strings.Cut(template.Body, "\n\n")
	return desk.SaveTemplate(ctx, id, tenants.Typed{"nome": template.Name, "corpo": title + "\n\n> Modelo de demonstração: as pessoas são inventadas.\n\n" + clauses})
}
