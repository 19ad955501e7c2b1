package handlers

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants/brazil"
	"enlace/tenants/catalog"
	"enlace/views"
)

// configuracoes shows what the ISP works with.
func (w *Web) configuracoes(c *fiber.Ctx) error {
	o, err := catalog.Desk{DB: w.DB}.Overview(c.UserContext())
	if err != nil {
		return err
	}
	var companies, plans, methods, people, policy views.Lot
	companies.Title, plans.Title, methods.Title, people.Title, policy.Title = "Empresas", "Planos", "Formas de cobrança", "Equipe", "Regras"
	for _, row := range o.Companies {
		companies.Entries = append(companies.Entries, views.Entry{Text: row.Name, Memo: "CNPJ " + brazil.FormatCNPJ(row.Cnpj) + " · " + row.City + ", " + row.Uf})
	}
	for _, row := range o.Plans {
		plans.Entries = append(plans.Entries, views.Entry{Text: row.Name, Memo: views.Money(row.Price) + " · " + views.Word("plans.technology", string(row.Technology)) + fmt.Sprintf(" · %d Mega", row.DownKbps/1000)})
	}
	for _, row := range o.Methods {
		methods.Entries = append(methods.Entries, views.Entry{Text: row.Name, Memo: views.Word("billing_methods.kind", string(row.Kind))})
	}
	for _, row := range o.Staff {
		people.Entries = append(people.Entries, views.Entry{Text: row.Name, Memo: views.Word("users.role", string(row.Role)) + " · " + row.Email})
	}
	policy.Entries = []views.Entry{
		{Text: "Proporcional", Memo: views.Word("office_policies.proration_base", string(o.Policy.ProrationBase))},
		{Text: "Fatura mínima", Memo: views.Money(o.Policy.MinimumInvoice)},
		{Text: "Suspensão", Memo: fmt.Sprintf("%d dias depois do aviso; nunca sexta, fim de semana, feriado ou véspera", o.Policy.NoticeDays)},
		{Text: "Desbloqueio em Confiança pela equipe", Memo: fmt.Sprintf("até %d dias", o.Policy.TrustStaffDays)},
	}
	return w.show(c, views.Configuracoes{Head: views.Head{Title: "Configurações", Facts: "com o que o provedor trabalha"},
		Sections: []views.Lot{companies, plans, methods, people, policy}})
}
