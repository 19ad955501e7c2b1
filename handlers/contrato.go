package handlers

import (
	"fmt"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/tenants"
	"enlace/tenants/contracts"
	"enlace/tenants/staff"
	"enlace/views"
)

// contrato is the page of one contract. It does not show the text: who reads it opens the PDF, and that is kept in the history.
func (w *Web) contrato(c *fiber.Ctx) error {
	one, err := id(c, "id")
	if err != nil {
		return err
	}
	return w.showContract(c, one, "", nil)
}

// contratoPDF answers with the paper: made by the worker, or now.
func (w *Web) contratoPDF(c *fiber.Ctx) error {
	one, err := id(c, "id")
	if err != nil {
		return err
	}
	file, err := w.contracts().Open(c.UserContext(), one)
	if err != nil {
		return err
	}
	return sendPDF(c, file.Name, file.Content)
}

func (w *Web) enviarContrato(c *fiber.Ctx) error {
	return w.act(c, "email", []string{"email"}, func(one uuid.UUID, t tenants.Typed) (string, error) {
		var wrong tenants.Fields
		to := t.Email(&wrong, "email")
		if to == "" {
			wrong.Add("email", "required")
		}
		if err := wrong.Err(); err != nil {
			return "", err
		}
		return "O contrato vai por e-mail para " + to + ".", w.contracts().Email(c.UserContext(), one, to, t["chave"])
	})
}

func (w *Web) aceitarContrato(c *fiber.Ctx) error {
	return w.act(c, "aceite", []string{"data", "observacao"}, func(one uuid.UUID, t tenants.Typed) (string, error) {
		var wrong tenants.Fields
		in := contracts.ReadAcceptance(t, one, &wrong)
		if err := wrong.Err(); err != nil {
			return "", err
		}
		return "Contrato marcado como aceito.", w.contracts().Accept(c.UserContext(), in)
	})
}

func (w *Web) desativarContrato(c *fiber.Ctx) error {
	return w.act(c, "desativar", []string{"motivo"}, func(one uuid.UUID, t tenants.Typed) (string, error) {
		var wrong tenants.Fields
		reason := t.Lines(&wrong, "motivo")
		if err := wrong.Err(); err != nil {
			return "", err
		}
		return "Contrato desativado.", w.contracts().Deactivate(c.UserContext(), one, reason, t["chave"])
	})
}

// act does something to a contract and shows its page again.
func (w *Web) act(c *fiber.Ctx, name string, order []string, do func(uuid.UUID, tenants.Typed) (said string, err error)) error {
	one, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	f.Order = order
	said, err := do(one, t)
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showContract(c, one, name, &f)
		}
		return err
	}
	w.say(c, views.Toast{Said: said})
	return w.redirect(c, "/contratos/"+one.String())
}

// showContract shows a contract; refused is the form of what was not to be done, by its name.
func (w *Web) showContract(c *fiber.Ctx, one uuid.UUID, name string, refused *views.Form) error {
	card, err := w.contracts().Contract(c.UserContext(), one)
	if err != nil {
		return err
	}
	isp, _ := tenants.From(c.UserContext())
	customer, service, tag := "/clientes/"+card.CustomerID.String(), "/servicos/"+card.SubscriptionID.String(), contractStatus(card.Contract)
	v := views.Contrato{
		Head: views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: card.Customer.Name, Href: customer}, {Label: "Contratos", Href: service + "/contratos"}},
			Here: fmt.Sprint(card.Number), Title: fmt.Sprintf("Contrato %d", card.Number), Facts: card.Plan.Name + " de " + card.Customer.Name, Tag: &tag,
			Do: []views.Link{{Label: "Abrir PDF Contrato", Href: "/contratos/" + one.String() + ".pdf", Go: true}}},
		Facts: []views.Fact{{Term: "Serviço", Text: card.Plan.Name, Href: service}, {Term: "Empresa", Text: card.Company.Name}, {Term: "Modelo", Text: card.Printed["template"]},
			{Term: "Vigência", Text: contractTerm(card.TermMonths)}, {Term: "Emitido em", Text: views.Moment(card.IssuedAt.In(isp.Zone)), Num: true},
			{Term: "sha256 do texto", Text: card.BodyHash, Mono: true}, {Term: "Verificação", Text: fmt.Sprintf("/verificar/%d", card.Number), Href: fmt.Sprintf("/verificar/%d", card.Number)}},
		History: told(c, card.History), Kept: w.MailFolder,
	}
	if card.AcceptedAt != nil {
		v.Facts = append(v.Facts, views.Fact{Term: "Aceito em", Text: card.AcceptedOn.BR(), Num: true, Memo: card.Acceptance})
	}
	if card.DeactivatedAt != nil {
		v.Facts = append(v.Facts, views.Fact{Term: "Desativado em", Text: views.Moment(card.DeactivatedAt.In(isp.Zone)), Num: true, Memo: card.DeactivationReason})
	}
	for _, row := range card.Emails {
		state := views.StatusOf("emails.status", string(row.Status))
		v.Emails = append(v.Emails, views.Entry{Text: row.To, Memo: views.Moment(row.CreatedAt.In(isp.Zone)) + mailTrouble(row.Error), Status: &state})
	}
	if session(c).Granted[staff.Sell] {
		if v.Acts, err = w.contractActs(c, card, name, refused); err != nil {
			return err
		}
	}
	return w.show(c, v)
}

func mailTrouble(why string) string {
	if why == "" {
		return ""
	}
	return " · " + why
}

// contractActs are the forms of what can be done to a contract now.
func (w *Web) contractActs(c *fiber.Ctx, card *contracts.Card, name string, refused *views.Form) ([]views.Ato, error) {
	isp, _ := tenants.From(c.UserContext())
	own := "/contratos/" + card.ID.String()
	var acts []views.Ato
	for _, act := range []struct{ name, title, said, field, value, why string }{
		{"email", "Enviar por e-mail", "O PDF vai anexo; as respostas vão para o e-mail da empresa.", "email", card.To, ""},
		{"aceite", "Marcar como aceito", "O texto do contrato não muda: o aceite é uma folha a mais no PDF. Um serviço que aguarda assinatura passa a aguardar instalação.",
			"data", isp.Today(w.DB.Now()).BR(), acceptable(card.Contract)},
		{"desativar", "Desativar", "O contrato deixa de valer e continua guardado, com o seu PDF.", "", "", deactivatable(card.Contract)},
	} {
		if act.why != "" && act.name != name {
			continue
		}
		one := views.Ato{Name: act.name, Title: act.title, Said: act.said, Action: own + "/" + act.name, Open: act.name == name || c.Query("acao") == act.name}
		if act.name == name && refused != nil {
			one.Form = *refused
		} else {
			f := w.form(c)
			f.Typed.Set(act.field, act.value)
			one.Form = f
		}
		acts = append(acts, one)
	}
	return acts, nil
}
