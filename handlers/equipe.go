package handlers

import (
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/staff"
	"enlace/views"
)

// equipe lists who may come in.
func (w *Web) equipe(c *fiber.Ctx) error {
	all, err := w.Staff.Users(c.UserContext())
	if err != nil {
		return err
	}
	v := views.Lista{Head: settingsHead("Equipe", "quem entra, e com que papel"), Section: "/configuracoes",
		Table: views.Table{Caption: "Equipe", Columns: []views.Column{{Label: "Nome"}, {Label: "E-mail", Named: true}, {Label: "Papel", Named: true}, {Label: "Situação"}, {}}}}
	v.Head.Do = []views.Link{{Label: "Nova pessoa", Href: "/configuracoes/equipe/novo", Go: true}, {Label: "Permissões", Href: "/configuracoes/permissoes"}}
	for _, one := range all {
		own, button := "/configuracoes/equipe/"+one.ID.String(), w.small(c)
		state := views.StatusOf("access", map[bool]string{true: "true", false: "false"}[one.Active])
		cells := []views.Cell{{Text: one.Name, Href: own, Who: true}, {Text: one.Email}, {Text: views.Word("users.role", string(one.Role))}, {Status: &state}, {}}
		switch {
		case one.ID == session(c).Actor.ID:
			cells[4] = views.Cell{Text: "você", Muted: true}
		case one.Active:
			cells[4].Do = &views.Link{Label: "Desativar", Href: own + "/desativar", Post: &button}
		default:
			cells[4].Do = &views.Link{Label: "Reativar", Href: own + "/reativar", Post: &button}
		}
		v.Table.Rows = append(v.Table.Rows, cells)
	}
	v.Pager = pager(c, 1, max(1, len(all)), len(all))
	return w.show(c, v)
}

// pessoa is one of the staff: the role, and a new password.
func (w *Web) pessoa(c *fiber.Ctx) error {
	one, err := w.personOf(c)
	if err != nil {
		return err
	}
	f := w.form(c)
	f.Typed.Set("role", string(one.Role))
	return w.showPerson(c, one, f)
}

// personOf is the person of a path.
func (w *Web) personOf(c *fiber.Ctx) (*ent.User, error) {
	one, err := id(c, "id")
	if err != nil {
		return nil, err
	}
	all, err := w.Staff.Users(c.UserContext())
	for _, person := range all {
		if person.ID == one {
			return person, err
		}
	}
	if err == nil {
		err = tenants.NotFound()
	}
	return nil, err
}

func (w *Web) showPerson(c *fiber.Ctx, one *ent.User, f views.Form) error {
	sectors, err := w.Staff.Sectors(c.UserContext())
	if err != nil {
		return err
	}
	if one.SectorID != nil && !f.Typed.Has("setor") {
		f.Typed.Set("setor", one.SectorID.String())
	}
	own, button := "/configuracoes/equipe/"+one.ID.String(), w.small(c)
	v := views.Ajuste{Sheet: "equipe", Head: settingsHead(one.Name, one.Email, views.Link{Label: "Equipe", Href: "/configuracoes/equipe"}), Form: f, Own: own,
		Back: views.Link{Label: "Voltar sem salvar", Href: "/configuracoes/equipe"}, Button: "Salvar papel", Options: map[string][]views.Option{"role": wordedOptions("users.role", staff.Roles...), "setor": append([]views.Option{{Label: "Nenhum"}}, choices(sectors)...)},
		Note: &views.Verdict{Said: "Vale já no próximo clique da pessoa", Proof: []views.Link{{Label: "O que cada papel pode", Href: "/configuracoes/permissoes"}}}}
	v.Head.Do = []views.Link{{Label: "Gerar senha nova", Href: own + "/senha", Post: &button}}
	return w.show(c, v)
}

func (w *Web) mudarPapel(c *fiber.Ctx) error {
	one, err := w.personOf(c)
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	if err := w.Staff.Assign(c.UserContext(), one.ID, t["role"], t.ID("setor")); err != nil {
		if w.wrong(c, &f, err) {
			return w.showPerson(c, one, f)
		}
		return err
	}
	w.say(c, views.Toast{Said: one.Name + ": " + views.Word("users.role", t["role"]) + "."})
	return w.redirect(c, "/configuracoes/equipe")
}

// pessoaNova asks who comes.
func (w *Web) pessoaNova(c *fiber.Ctx) error {
	f := w.form(c)
	if _, err := w.Staff.Users(c.UserContext()); err != nil { // who may not hire is told so before he types
		return err
	}
	f.Typed.Set("role", "comercial")
	return w.showHire(c, f)
}

func (w *Web) showHire(c *fiber.Ctx, f views.Form) error {
	f.Typed.Set("novo", "sim")
	return w.show(c, views.Ajuste{Sheet: "equipe", Head: settingsHead("Nova pessoa", "", views.Link{Label: "Equipe", Href: "/configuracoes/equipe"}), Form: f, Own: "/configuracoes/equipe/novo",
		Back: views.Link{Label: "Voltar sem incluir", Href: "/configuracoes/equipe"}, Button: "Incluir pessoa", Options: map[string][]views.Option{"role": wordedOptions("users.role", staff.Roles...)},
		Note: &views.Verdict{Said: "A senha é feita aqui", Proof: []views.Link{{Label: "Ela aparece uma vez, na próxima página."}}}})
}

// contratar hires and shows the password, once.
func (w *Web) contratar(c *fiber.Ctx) error {
	t, f := w.typed(c)
	password := staff.NewPassword()
	hired, err := w.Staff.Hire(c.UserContext(), staff.Hire{Name: t["name"], Email: t["email"], Password: password, Role: t["role"]})
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showHire(c, f)
		}
		return err
	}
	return w.showStaffPassword(c, hired.Name+" entrou para a equipe", hired.Email, password)
}

func (w *Web) showStaffPassword(c *fiber.Ctx, title, email, password string) error {
	return w.show(c, views.PrimeiroAcesso{Head: settingsHead(title, "", views.Link{Label: "Equipe", Href: "/configuracoes/equipe"}), Own: "/configuracoes/equipe", Section: "/configuracoes",
		Back: "Voltar à equipe", Care: "Entregue-a à pessoa por um canal seguro. Se ela se perder, gere outra na página da pessoa.",
		Facts: []views.Fact{{Term: "E-mail", Text: email}, {Term: "Senha", Text: password, Mono: true}}})
}

func (w *Web) senhaDaPessoa(c *fiber.Ctx) error {
	one, err := w.personOf(c)
	if err != nil {
		return err
	}
	password, err := w.Staff.ResetPassword(c.UserContext(), one.ID)
	if err != nil {
		return err
	}
	if one.ID == session(c).Actor.ID { // his own session has just ended, too
		w.dropCookie(c, "sessao")
	}
	return w.showStaffPassword(c, "Senha nova de "+one.Name, one.Email, password)
}

func (w *Web) desativarPessoa(c *fiber.Ctx) error {
	return w.personDone(c, "O acesso acabou agora mesmo.", func(one uuid.UUID) error { return w.Staff.Disable(c.UserContext(), one) })
}

func (w *Web) reativarPessoa(c *fiber.Ctx) error {
	return w.personDone(c, "O acesso voltou.", func(one uuid.UUID) error { return w.Staff.Enable(c.UserContext(), one) })
}

func (w *Web) personDone(c *fiber.Ctx, said string, do func(uuid.UUID) error) error {
	one, err := w.personOf(c)
	if err != nil {
		return err
	}
	if err := do(one.ID); err != nil {
		f := w.form(c)
		f.Typed.Set("role", string(one.Role))
		if w.wrong(c, &f, err) {
			return w.showPerson(c, one, f)
		}
		return err
	}
	w.say(c, views.Toast{Said: one.Name + ": " + said})
	return w.redirect(c, "/configuracoes/equipe")
}

// mostChanges is how many changes of the permission table its page tells.
const mostChanges = 20

// permissoes is what each role may do.
func (w *Web) permissoes(c *fiber.Ctx) error {
	table, err := w.Staff.Table(c.UserContext())
	if err != nil {
		return err
	}
	f := w.form(c)
	told, err := w.Staff.Told(c.UserContext(), "permission_changed", mostChanges)
	if err != nil {
		return err
	}
	v := views.Quadro{Head: settingsHead("Permissões", "o que cada papel pode fazer"), Form: f, Own: "/configuracoes/permissoes", Told: changed(c, told),
		Note: &views.Verdict{Said: "Vale já no próximo clique", Proof: []views.Link{{Label: "O gerente não perde a permissão de gerir usuários: ninguém poderia devolvê-la."}}}}
	for _, role := range staff.Roles {
		v.Heads = append(v.Heads, views.Word("users.role", role))
	}
	for _, p := range staff.Permissions {
		group := views.BoxGroup{Title: views.Capital(views.Permission(p))}
		for _, role := range staff.Roles {
			group.Boxes = append(group.Boxes, views.Box{Name: string(p), Value: role, Label: views.Word("users.role", role), On: table[role][p], Fixed: role == "gerente" && p == staff.ManageUsers})
		}
		v.Groups = append(v.Groups, group)
	}
	return w.show(c, v)
}

func (w *Web) salvarPermissoes(c *fiber.Ctx) error {
	sent := posted(c)
	want := staff.Table{}
	for _, role := range staff.Roles {
		want[role] = map[staff.Permission]bool{}
	}
	for _, p := range staff.Permissions {
		for _, role := range sent[string(p)] {
			if want[role] != nil {
				want[role][p] = true
			}
		}
	}
	want["gerente"][staff.ManageUsers] = true // its box is fixed, and so not sent
	if err := w.Staff.SetTable(c.UserContext(), want); err != nil {
		return err
	}
	w.say(c, views.Toast{Said: "Permissões salvas."})
	return w.redirect(c, "/configuracoes/permissoes")
}
