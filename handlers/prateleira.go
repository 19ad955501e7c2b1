package handlers

import (
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/catalog"
	"enlace/tenants/network"
	"enlace/views"
)

// settingsHead is the head of a page of the settings, under the crumbs that lead to it.
func settingsHead(title, facts string, crumbs ...views.Link) views.Head {
	return views.Head{Crumbs: append([]views.Link{{Label: "Configurações", Href: "/configuracoes"}}, crumbs...), Here: title, Title: title, Facts: facts}
}

// equipment is the shelf that the network's room keeps.
const equipment = "concentradores"

// shelf is the list a path names; one that does not exist is not found.
func (w *Web) shelf(c *fiber.Ctx) (name string, s catalog.Shelf, err error) {
	name = c.Params("sala")
	if name == equipment {
		return name, w.network().Equipment(), nil
	}
	s, there := catalog.Shelves[name]
	if !there {
		err = tenants.NotFound()
	}
	return name, s, err
}

// prateleira lists what is on a shelf; what was withdrawn stands there too, and can be taken back.
func (w *Web) prateleira(c *fiber.Ctx) error {
	name, s, err := w.shelf(c)
	if err != nil {
		return err
	}
	rows, err := w.catalog().Rows(c.UserContext(), s)
	if err != nil {
		return err
	}
	words, own := views.Room(name), "/configuracoes/"+name
	v := views.Lista{Head: settingsHead(words.Label, words.For), Section: "/configuracoes",
		Table: views.Table{Caption: words.Label, Columns: []views.Column{{Label: "Nome"}, {Label: "O que é", Named: true}, {Label: "Situação"}, {}}},
		Empty: views.Empty{Title: "Nada aqui ainda", Why: "Aqui fica " + words.For + ".", Next: views.Link{Label: words.New, Href: own + "/novo"}}}
	v.Head.Do = []views.Link{{Label: words.New, Href: own + "/novo", Go: true}}
	dropped, err := w.dropped(c, name)
	if err != nil {
		return err
	}
	for _, row := range rows {
		state, button := views.StatusOf("setting", map[bool]string{true: "true", false: "false"}[row.Active]), w.small(c)
		cells := []views.Cell{{Text: row.Name, Href: own + "/" + row.ID.String(), Who: true}, {Text: lineOf(name, row)}, {Status: &state}, {}}
		if is, so := dropped[row.ID]; so {
			cells[2].Memo = views.DroppedMemo(is, zoneOf(c), w.DB.Today(c.UserContext()))
		}
		switch {
		case s.Withdraws() && row.Active:
			cells[3].Do = &views.Link{Label: "Retirar", Href: own + "/" + row.ID.String() + "/retirar", Post: &button}
		case s.Withdraws():
			cells[3].Do = &views.Link{Label: "Voltar a usar", Href: own + "/" + row.ID.String() + "/voltar", Post: &button}
		}
		v.Table.Rows = append(v.Table.Rows, cells)
	}
	v.Pager = pager(c, 1, max(1, len(rows)), len(rows))
	return w.show(c, v)
}

// dropped tells of the concentradores whose packets were dropped; of other shelves there are none.
func (w *Web) dropped(c *fiber.Ctx, shelf string) (map[uuid.UUID]network.Dropped, error) {
	if shelf != equipment {
		return nil, nil
	}
	return w.network().Dropped(c.UserContext())
}

// lineOf is a row in one line.
func lineOf(name string, row catalog.Row) string {
	t := row.Typed
	switch name {
	case "planos":
		return "R$\u00a0" + t["preco"] + " · " + views.Word("plans.technology", t["tecnologia"]) + " · " + t["descida"] + " Mega"
	case "formas-de-cobranca":
		return views.Word("billing_methods.kind", t["tipo"])
	case "convenios":
		return views.Word("bank", t["banco"]) + " · último nosso número " + t["ultimo_numero"]
	case "chaves-pix":
		return views.Word("pix_keys.kind", t["tipo"]) + " · " + t["recebedor"]
	case "contas-pix":
		return "conexão: " + strings.ToLower(views.Word("psp_accounts.answer", t["resposta"])) + " · certificado até " + t["certificado_ate"]
	case "empresas":
		return "CNPJ " + t["cnpj"] + " · " + t["cidade"] + ", " + t["uf"]
	case "vendedores", "correspondentes":
		return "comissão de " + t["comissao"] + " %"
	case "tipos-de-atendimento":
		said := "resolver em " + t["prazo"] + " horas"
		if t.Yes("do_assinante") {
			said += " · o que o assinante abre"
		}
		return said
	case "tipos-de-os":
		return t["minutos"] + " minutos · " + plural(len(strings.Split(t["estados"], ",")), "estado", "estados")
	case equipment:
		return t["endereco"] + " · " + views.Word("nas.vendor", t["fabricante"])
	case "tipos-de-cobranca":
		return map[bool]string{true: "suspende por débito", false: "não suspende"}[t.Yes("suspende")]
	}
	return ""
}

// prateleiraFicha is the form of one thing of a shelf, or of a new one.
func (w *Web) prateleiraFicha(c *fiber.Ctx) error {
	name, _, err := w.shelf(c)
	if err != nil {
		return err
	}
	if name == "convenios" && c.Params("id") == "" {
		_, f := w.asked(c)
		return w.showSheet(c, &f)
	}
	return w.showSheet(c, nil)
}

// showSheet shows a form: refused as it was typed, else as the thing is.
func (w *Web) showSheet(c *fiber.Ctx, f *views.Form) error {
	name, s, err := w.shelf(c)
	if err != nil {
		return err
	}
	one := uuid.Nil
	if c.Params("id") != "" {
		if one, err = id(c, "id"); err != nil {
			return err
		}
	}
	row, err := w.catalog().Row(c.UserContext(), s, one)
	if err != nil {
		return err
	}
	words, own := views.Room(name), "/configuracoes/"+name
	v := views.Ajuste{Sheet: name, Own: own + "/novo", Back: views.Link{Label: "Voltar sem salvar", Href: own}, Button: words.Add,
		Head: settingsHead(words.New, "", views.Link{Label: words.Label, Href: own})}
	if one == uuid.Nil {
		row.Typed = fresh(name)
	} else {
		v.Own, v.Button, v.Head.Title, v.Head.Here = own+"/"+one.String(), "Salvar", row.Name, row.Name
		v.Told = changed(c, row.Told)
	}
	if f == nil {
		made := w.form(c)
		made.Typed = valuesOf(row.Typed)
		f = &made
	}
	v.Form = *f
	if err := w.furnishSheet(c, name, &v, row); err != nil {
		return err
	}
	return w.show(c, v)
}

// fresh is what the form of a new thing begins with.
func fresh(name string) tenants.Typed {
	switch name {
	case "planos":
		return tenants.Typed{"tecnologia": "fibra", "contrato": "true", "fidelidade": "12", "item_1_tipo": "scm", "item_1_nome": "Acesso à internet (SCM)", "item_2_tipo": "sva"}
	case equipment:
		return tenants.Typed{"autenticador": "auto", "fabricante": "mikrotik", "porta_coa": "3799", "intervalo": "300", "cgnat_portas": "0"}
	case "tipos-de-atendimento":
		return tenants.Typed{"prazo": "48"}
	case "tipos-de-os":
		return tenants.Typed{"minutos": "60", "estados": "habilitado,suspenso_parcial"}
	}
	return tenants.Typed{}
}

func (w *Web) prateleiraSalvar(c *fiber.Ctx) error {
	name, s, err := w.shelf(c)
	if err != nil {
		return err
	}
	one := uuid.Nil
	if c.Params("id") != "" {
		if one, err = id(c, "id"); err != nil {
			return err
		}
	}
	t, f := w.typed(c)
	if _, err := w.catalog().Save(c.UserContext(), s, one, t); err != nil {
		if w.wrong(c, &f, err) {
			return w.showSheet(c, &f)
		}
		return err
	}
	w.say(c, views.Toast{Said: "Salvo: " + strings.Join(strings.Fields(t["nome"]+t["chave_pix"]), " ") + "."})
	return w.redirect(c, "/configuracoes/"+name)
}

func (w *Web) prateleiraRetirar(c *fiber.Ctx) error { return w.setActive(c, false, "Retirado de uso.") }
func (w *Web) prateleiraVoltar(c *fiber.Ctx) error  { return w.setActive(c, true, "De volta ao uso.") }

func (w *Web) setActive(c *fiber.Ctx, active bool, said string) error {
	name, s, err := w.shelf(c)
	if err != nil {
		return err
	}
	one, err := id(c, "id")
	if err != nil {
		return err
	}
	if err := w.catalog().SetActive(c.UserContext(), s, one, active); err != nil {
		if f := (views.Form{}); w.wrong(c, &f, err) {
			made, err := w.catalog().Row(c.UserContext(), s, one)
			if err != nil {
				return err
			}
			again := w.form(c)
			again.Typed = valuesOf(made.Typed)
			again.Refuse(f.Problems...)
			return w.showSheet(c, &again)
		}
		return err
	}
	w.say(c, views.Toast{Said: said})
	return w.redirect(c, "/configuracoes/"+name)
}

// changed is the history of a thing of the settings, as sentences.
func changed(c *fiber.Ctx, entries []*ent.History) (all []views.Happening) {
	for _, e := range entries {
		all = append(all, views.Happening{Sentence: views.SettingChanged(e), When: views.Moment(e.At.In(zoneOf(c))), Who: e.ActorName})
	}
	return all
}
