package handlers

import (
	"fmt"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/contracts"
	"enlace/tenants/staff"
	"enlace/views"
)

func (w *Web) contracts() contracts.Desk {
	return contracts.Desk{DB: w.DB, Vault: w.Vault, Site: w.Site}
}

// contratosDoServico lists the contracts of a service; while there is none, the form of the first one stands open.
func (w *Web) contratosDoServico(c *fiber.Ctx) error { return w.showContracts(c, nil) }

// anexarContrato gives a service a contract.
func (w *Web) anexarContrato(c *fiber.Ctx) error {
	of, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	f.Order = []string{"empresa", "vigencia", "modelo"}
	var wrong tenants.Fields
	in := contracts.ReadAttachment(t, of, &wrong)
	if err = wrong.Err(); err == nil {
		_, err = w.contracts().Attach(c.UserContext(), in)
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showContracts(c, &f)
		}
		return err
	}
	w.say(c, views.Toast{Said: "Contrato adicionado."})
	return w.redirect(c, "/servicos/"+of.String()+"/contratos")
}

// showContracts shows the contracts of a service; refused is the form of one that was not to be.
func (w *Web) showContracts(c *fiber.Ctx, refused *views.Form) error {
	of, err := id(c, "id")
	if err != nil {
		return err
	}
	folder, err := w.contracts().OfService(c.UserContext(), of)
	if err != nil {
		return err
	}
	who, plan, own := folder.Customer, folder.Plans[of], "/servicos/"+of.String()
	v := views.Contratos{
		Head: views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: who.Name, Href: "/clientes/" + who.ID.String()}, {Label: plan.Name, Href: own}},
			Here: "Contratos", Title: "Contratos", Facts: fmt.Sprintf("%s de %s, serviço %d", plan.Name, who.Name, folder.Service.Number)},
		Slips: w.contractSlips(c, folder), Empty: views.Empty{Title: "Nenhum contrato", Why: "Este serviço não tem contrato."},
	}
	if folder.Choices != nil {
		v.Attach = w.attachForm(c, own+"/contratos", folder, refused)
	}
	return w.show(c, v)
}

func (w *Web) attachForm(c *fiber.Ctx, action string, folder *contracts.Folder, refused *views.Form) *views.Anexar {
	in := folder.Choices
	v := &views.Anexar{Action: action, Open: refused != nil || len(folder.Contracts) == 0 || c.Query("novo") != "",
		Companies: options(in.Companies, func(r *ent.Company) (uuid.UUID, string) { return r.ID, r.Name }),
		Templates: options(in.Templates, func(r *ent.ContractTemplate) (uuid.UUID, string) { return r.ID, r.Name })}
	if refused != nil {
		v.Form = *refused
		return v
	}
	v.Form = w.form(c)
	v.Form.Typed.Set("empresa", in.Company.String())
	v.Form.Typed.Set("modelo", in.Template.String())
	v.Form.Typed.Set("vigencia", fmt.Sprint(in.Term))
	return v
}

// contratosDoCliente lists the contracts of all services of a customer.
func (w *Web) contratosDoCliente(c *fiber.Ctx) error {
	of, err := id(c, "id")
	if err != nil {
		return err
	}
	folder, err := w.contracts().OfCustomer(c.UserContext(), of)
	if err != nil {
		return err
	}
	own := "/clientes/" + of.String()
	return w.show(c, views.Contratos{
		Head: views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: folder.Customer.Name, Href: own}}, Here: "Contratos",
			Title: "Contratos de " + folder.Customer.Name, Facts: plural(len(folder.Contracts), "contrato", "contratos")},
		Tabs: views.CustomerTabs(of.String(), own+"/contratos"), Slips: w.contractSlips(c, folder),
		Empty: views.Empty{Title: "Nenhum contrato", Why: "Um contrato é adicionado na página do serviço, em Contratos.", Next: views.Link{Label: "Ver os serviços", Href: own}},
	})
}

func (w *Web) contractSlips(c *fiber.Ctx, folder *contracts.Folder) (slips []views.Slip) {
	isp, _ := tenants.From(c.UserContext())
	for _, row := range folder.Contracts {
		own := "/contratos/" + row.ID.String()
		v := views.Slip{Status: contractStatus(row), Title: fmt.Sprintf("Contrato %d", row.Number), Terms: "emitido em " + row.IssuedAt.In(isp.Zone).Format("02/01/2006"),
			Facts: []views.Fact{{Term: "Serviço", Text: folder.Plans[row.SubscriptionID].Name, Href: "/servicos/" + row.SubscriptionID.String()},
				{Term: "Modelo", Text: row.Printed["template"]}, {Term: "Vigência", Text: contractTerm(row.TermMonths)}},
			Actions: []views.Link{{Label: "Abrir PDF Contrato", Href: own + ".pdf"}, {Label: "Ver", Href: own}}}
		if row.AcceptedAt != nil {
			v.Facts = append(v.Facts, views.Fact{Term: "Aceito em", Text: row.AcceptedOn.BR(), Num: true, Memo: row.Acceptance})
		}
		if row.DeactivatedAt != nil {
			v.Facts = append(v.Facts, views.Fact{Term: "Desativado", Text: row.DeactivationReason})
		}
		v.More = contractMore(row, session(c).Granted[staff.Sell])
		slips = append(slips, v)
	}
	return slips
}

// contractMore is the menu Ações, in the source's words.
func contractMore(row *ent.Contract, sells bool) views.More {
	own := "/contratos/" + row.ID.String()
	m := views.More{Label: "Ações", Can: []views.Link{{Label: "Abrir PDF Contrato", Href: own + ".pdf"}}}
	if !sells {
		return m
	}
	m.Can = append(m.Can, views.Link{Label: "Enviar por e-mail", Href: own + "?acao=email#ato-email"})
	for _, one := range []struct{ name, label, why string }{
		{"aceite", "Marcar como aceito", acceptable(row)}, {"desativar", "Desativar", deactivatable(row)},
	} {
		if one.why != "" {
			m.Cannot = append(m.Cannot, views.Reason{What: one.label, Why: one.why})
		} else {
			m.Can = append(m.Can, views.Link{Label: one.label, Href: own + "?acao=" + one.name + "#ato-" + one.name})
		}
	}
	return m
}

// acceptable is why a contract cannot be accepted, or nothing.
func acceptable(row *ent.Contract) string {
	switch {
	case row.DeactivatedAt != nil:
		return views.Because(tenants.Conflict("contract_inactive"))
	case row.AcceptedAt != nil:
		return views.Because(tenants.Conflict("contract_accepted"))
	}
	return ""
}

// deactivatable is why a contract cannot be deactivated, or nothing.
func deactivatable(row *ent.Contract) string {
	if row.DeactivatedAt != nil {
		return views.Because(tenants.Conflict("contract_inactive"))
	}
	return ""
}

func contractStatus(row *ent.Contract) views.Status {
	state := "emitido"
	switch {
	case row.DeactivatedAt != nil:
		state = "desativado"
	case row.AcceptedAt != nil:
		state = "aceito"
	}
	return views.StatusOf("contract", state)
}

func contractTerm(months int) string {
	if months == 0 {
		return "prazo indeterminado"
	}
	return plural(months, "mês", "meses")
}
