package handlers

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/ent/customer"
	"enlace/tenants"
	"enlace/tenants/customers"
	"enlace/views"
)

// recordOrder is the order in which the fields stand on the page of a record.
var recordOrder = []string{"nome", "cnpj", "nascimento", "cpf", "rg", "rg_emissor", "rg_emissao", "estado_civil", "genero", "nacionalidade", "mae", "pai",
	"fantasia", "responsavel", "ie", "im", "telefone", "telefone2", "telefone3", "email", "email2", "origem", "grupos", "observacoes", "alerta"}

// editarCliente shows a customer's record to be changed.
func (w *Web) editarCliente(c *fiber.Ctx) error {
	who, record, err := w.recordOf(c)
	if err != nil {
		return err
	}
	f := w.form(c)
	f.Typed = valuesOf(record.Typed)
	return w.show(c, w.recordPage(c, who, record, f))
}

func (w *Web) recordOf(c *fiber.Ctx) (uuid.UUID, *customers.Record, error) {
	who, err := id(c, "id")
	if err != nil {
		return who, nil, err
	}
	record, err := w.customers().Record(c.UserContext(), who)
	return who, record, err
}

func (w *Web) recordPage(c *fiber.Ctx, who uuid.UUID, record *customers.Record, f views.Form) views.ClienteEditar {
	own := "/clientes/" + who.String()
	v := views.ClienteEditar{Action: own + "/editar", Form: f, Company: record.Customer.Kind == customer.KindPj, Active: record.Customer.Active,
		Version: strconv.Itoa(record.Customer.Version), Standing: w.small(c), StandingAction: own + "/desativar",
		Head: views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: record.Customer.Name, Href: own}}, Here: "Editar",
			Title: "Editar cadastro", Facts: record.Customer.Name},
		Back: own, Groups: choices(record.Groups)}
	v.Choices.Origins = append([]views.Option{{Label: "Escolha"}}, choices(record.Origins)...)
	v.Choices.Marital, v.Choices.Genders = personal()
	if !v.Active {
		v.StandingAction = own + "/reativar"
	}
	return v
}

// salvarCliente changes the record, or shows it again: with what is wrong, or with what somebody else has written meanwhile.
func (w *Web) salvarCliente(c *fiber.Ctx) error {
	who, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	f.Order = recordOrder
	version, _ := strconv.Atoi(t["versao"])
	err = w.customers().Edit(c.UserContext(), who, version, t)
	if err == nil {
		w.say(c, views.Toast{Said: "Cadastro de " + t["nome"] + " salvo."})
		return w.redirect(c, "/clientes/"+who.String())
	}
	if !w.wrong(c, &f, err) {
		return err
	}
	_, record, readErr := w.recordOf(c)
	if readErr != nil {
		return readErr
	}
	v := w.recordPage(c, who, record, f)
	switch fault := tenants.FaultOf(err); {
	case fault.Kind == tenants.KindConflict:
		v.Meanwhile = meanwhile(record, t)
	default:
		v.Version = t["versao"] // a mistake of one's own does not hide what another writes
	}
	return w.show(c, v)
}

// meanwhile sets what stands in the record now beside what was typed, where the two differ.
func meanwhile(record *customers.Record, t tenants.Typed) *views.Table {
	table := &views.Table{Caption: "O que ficou diferente", Columns: []views.Column{{Label: "Campo"}, {Label: "No cadastro agora", Named: true}, {Label: "O que você digitou", Named: true}}}
	names := map[string]string{}
	for _, g := range record.Groups {
		names[g.ID.String()] = g.Name
	}
	for _, o := range record.Origins {
		names[o.ID.String()] = o.Name
	}
	for _, field := range recordOrder {
		if there, typed := record.Typed[field], t[field]; there != typed {
			table.Rows = append(table.Rows, []views.Cell{{Text: views.FieldName(field), Strong: true}, {Text: naming(names, there)}, {Text: naming(names, typed)}})
		}
	}
	return table
}

func (w *Web) desativarCliente(c *fiber.Ctx) error { return w.setStanding(c, false) }
func (w *Web) reativarCliente(c *fiber.Ctx) error  { return w.setStanding(c, true) }

func (w *Web) setStanding(c *fiber.Ctx, active bool) error {
	who, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	f.Order = []string{"motivo"}
	var wrong tenants.Fields
	reason, act, said := t.Lines(&wrong, "motivo"), w.customers().Deactivate, "Cadastro desativado."
	if active {
		act, said = w.customers().Reactivate, "Cadastro reativado."
	}
	if err = wrong.Err(); err == nil {
		err = act(c.UserContext(), who, reason)
	}
	if err == nil {
		w.say(c, views.Toast{Said: said})
		return w.redirect(c, "/clientes/"+who.String())
	}
	if !w.wrong(c, &f, err) {
		return err
	}
	_, record, err := w.recordOf(c)
	if err != nil {
		return err
	}
	own := w.form(c)
	own.Typed = valuesOf(record.Typed)
	v := w.recordPage(c, who, record, own)
	v.Standing = f
	return w.show(c, v)
}

// naming writes ids joined by commas as the names of what they are of; any other text stays.
func naming(names map[string]string, text string) string {
	parts := strings.Split(text, ",")
	for i, part := range parts {
		name, known := names[part]
		if !known {
			return text
		}
		parts[i] = name
	}
	return strings.Join(parts, ", ")
}
