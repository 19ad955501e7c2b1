package handlers

import (
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"

	"enlace/ent"
	"enlace/tenants/catalog"
	"enlace/tenants/staff"
	"enlace/views"
)

func (w *Web) catalog() catalog.Desk { return catalog.Desk{DB: w.DB, Vault: w.Vault} }

// configuracoes is the index of the settings: each room with a line of what is in it.
func (w *Web) configuracoes(c *fiber.Ctx) error {
	o, err := w.catalog().Overview(c.UserContext())
	if err != nil {
		return err
	}
	v, may := views.Configuracoes{Head: views.Head{Title: "Configurações", Facts: "com o que o provedor trabalha"}}, session(c).Granted
	if may[staff.Configure] {
		v.Sections = []views.Lot{
			{Title: "Vender", Entries: []views.Entry{room("planos", plansLine(o.Plans)), room("vendedores", ""), room("modelos", ""), room("grupos", ""), room("origens", "")}},
			{Title: "Receber", Entries: []views.Entry{
				room("formas-de-cobranca", named(o.Methods, func(r *ent.BillingMethod) string { return r.Name })), room("convenios", ""), room("chaves-pix", ""), room("contas-pix", ""),
				{Text: "Dias de vencimento", Href: "/configuracoes/vencimentos", Memo: named(o.DueDays, func(r *ent.DueDay) string { return dueDay(r.Day) })}, room("tipos-de-cobranca", ""), room("correspondentes", "")}},
			{Title: "Atender", Entries: []views.Entry{room("setores", ""), room("tipos-de-atendimento", ""), room("tipos-de-os", "")}},
			{Title: "Rede", Entries: []views.Entry{room(equipment, "")}},
			{Title: "O provedor", Entries: []views.Entry{
				room("empresas", named(o.Companies, func(r *ent.Company) string { return r.Name })),
				{Text: "Regras", Href: "/configuracoes/regras", Memo: fmt.Sprintf("%s · fatura mínima de %s · suspende %d dias depois do aviso",
					views.Word("office_policies.proration_base", string(o.Policy.ProrationBase)), views.Money(o.Policy.MinimumInvoice), o.Policy.NoticeDays)},
				{Text: "Feriados locais", Href: "/configuracoes/feriados", Memo: plural(o.Holidays, "feriado por vir", "feriados por vir") + "; neles não se corta nem se visita"},
				{Text: "Marca", Href: "/configuracoes/marca", Memo: brandLine(o.Policy)}, room("importar", ""),
				{Text: "Bot do Telegram", Href: botAt, Memo: "qual é, o que diz e oferece, quem o usa, o que não chegou e quem não entrou"},
				{Text: "Rotinas", Href: "/configuracoes/rotinas", Memo: "o que a noite fez, e o que não conseguiu fazer"}}},
		}
	}
	if may[staff.Trace] {
		v.Sections = append(v.Sections, views.Lot{Title: "Registro de conexões", Entries: []views.Entry{
			{Text: "Quem usava este endereço", Href: "/configuracoes/quem-usou", Memo: "de um endereço IP e um instante ao cliente"}}})
	}
	if may[staff.ManageUsers] {
		v.Sections = append(v.Sections, views.Lot{Title: "Pessoas", Entries: []views.Entry{
			room("equipe", plural(o.Staff, "pessoa com acesso", "pessoas com acesso")), {Text: "Permissões", Href: "/configuracoes/permissoes", Memo: "o que cada papel pode fazer"}}})
	}
	return w.show(c, v)
}

// room is the line of a list in the index: what is in it, or what it is for.
func room(name, line string) views.Entry {
	words := views.Room(name)
	if line == "" {
		line = words.For
	}
	return views.Entry{Text: words.Label, Href: "/configuracoes/" + name, Memo: line}
}

// mostNamed is how many names the line of a room holds.
const mostNamed = 8

func named[T any](rows []T, name func(T) string) string {
	var names []string
	for _, row := range rows[:min(mostNamed, len(rows))] {
		names = append(names, name(row))
	}
	if more := len(rows) - len(names); more > 0 {
		names = append(names, fmt.Sprintf("e mais %d", more))
	}
	return strings.Join(names, ", ")
}

func plansLine(rows []*ent.Plan) string {
	if len(rows) == 0 {
		return ""
	}
	return plural(len(rows), "plano à venda", "planos à venda") + ", de " + views.Money(rows[0].Price) + " a " + views.Money(rows[len(rows)-1].Price)
}

func brandLine(p *ent.OfficePolicy) string {
	line := "a cor do Enlace"
	if p.Accent != "" {
		line = "cor " + p.Accent
	}
	if p.LogoID == nil {
		return line + ", sem logomarca"
	}
	return line + ", com logomarca"
}
