package handlers

import (
	"net/url"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/tenants/platform"
	"enlace/views"
)

// provedor is the page of one ISP.
func (w *Web) provedor(c *fiber.Ctx) error {
	isp, err := w.ispOf(c)
	if err != nil {
		return err
	}
	return w.showISP(c, isp, ispForms{})
}

func (w *Web) ispOf(c *fiber.Ctx) (*platform.ISP, error) {
	id, err := id(c, "id")
	if err != nil {
		return nil, err
	}
	return w.Platform.ISP(c.UserContext(), id)
}

// ispForms are the forms of an ISP's page that were refused; one that was not is made anew.
type ispForms struct{ rename, suspend *views.Form }

func (w *Web) showISP(c *fiber.Ctx, isp *platform.ISP, refused ispForms) error {
	state := platform.StateOf(isp.Tenant)
	tag, home := views.StatusOf("isp", string(state)), w.homeOf(c, isp.Slug)
	v := views.Provedor{
		Head: views.Head{Crumbs: []views.Link{{Label: "Provedores", Href: "/"}}, Here: isp.Name, Title: isp.Name, Facts: isp.Slug + hostOfISPs(c), Tag: &tag},
		Own:  "/provedores/" + isp.ID.String(), Awaited: isp.Awaited, Button: w.small(c), History: acted(isp.Actions, nil),
		Facts: []views.Fact{
			{Term: "Endereço", Text: home, Href: home}, {Term: "Fuso horário", Text: views.Word("isp.zone", isp.Zone), Memo: isp.Zone},
			{Term: "Criado em", Text: views.Moment(isp.CreatedAt.In(platform.Zone)), Num: true},
		},
	}
	switch state {
	case platform.Unfinished:
		again := "/provedores/novo?" + url.Values{"slug": {isp.Slug}, "nome": {isp.Name}, "fuso": {isp.Zone}}.Encode()
		v.Alert = &views.Verdict{Class: "warn", Said: "A criação foi interrompida", Proof: []views.Link{{Label: "Criar de novo com o mesmo endereço", Href: again}}}
		return w.show(c, v)
	case platform.Suspended:
		button := w.small(c)
		v.Head.Do = []views.Link{{Label: "Reabrir", Href: v.Own + "/reabrir", Post: &button, Go: true}}
		v.Alert = suspendedSince(isp)
	default:
		v.Suspend, v.Stop = refused.suspend, "Suspender "+isp.Name
		if v.Suspend == nil {
			f, err := w.form(c, nil)
			if err != nil {
				return err
			}
			v.Suspend = &f
		}
	}
	if v.Rename = refused.rename; v.Rename == nil {
		f, err := w.form(c, nil)
		if err != nil {
			return err
		}
		f.Typed.Set("nome", isp.Name)
		v.Rename = &f
	}
	v.Features = &views.Recursos{Form: w.small(c)}
	for _, f := range platform.Features {
		on := views.Field{Name: string(f), Label: views.Word("isp.feature", string(f)), Hint: views.FeatureHint(string(f))}
		if platform.Has(isp.Tenant, f) {
			on.Value = "true"
		}
		v.Features.Switches = append(v.Features.Switches, on)
	}
	return w.show(c, v)
}

// suspendedSince is when an ISP was suspended and why, as its history tells.
func suspendedSince(isp *platform.ISP) *views.Verdict {
	v := &views.Verdict{Class: "bad", Said: "Suspenso"}
	for _, a := range isp.Actions {
		if a.Event == "isp_suspended" {
			v.Said, v.Proof = "Suspenso desde "+views.Moment(a.At.In(platform.Zone)), []views.Link{{Label: a.Reason}}
			break
		}
	}
	return v
}

func (w *Web) renomearProvedor(c *fiber.Ctx) error {
	isp, err := w.ispOf(c)
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	if err := w.Platform.Rename(c.UserContext(), isp.ID, t); err != nil {
		if w.wrong(c, &f, err) {
			return w.showISP(c, isp, ispForms{rename: &f})
		}
		return err
	}
	return w.changedISP(c, isp.ID, "Nome salvo.")
}

func (w *Web) recursosDoProvedor(c *fiber.Ctx) error {
	isp, err := w.ispOf(c)
	if err != nil {
		return err
	}
	t, _ := w.typed(c)
	has := map[platform.Feature]bool{}
	for _, f := range platform.Features {
		has[f] = t.Yes(string(f))
	}
	if err := w.Platform.SetFeatures(c.UserContext(), isp.ID, has); err != nil {
		return err
	}
	return w.changedISP(c, isp.ID, "Recursos salvos.")
}

// senhaDoGerente makes a gerente who has not come in yet a new password and shows it.
func (w *Web) senhaDoGerente(c *fiber.Ctx) error {
	isp, err := w.ispOf(c)
	if err != nil {
		return err
	}
	made, err := w.Platform.ManagerPassword(c.UserContext(), isp.ID)
	if err != nil {
		return err
	}
	return w.showPassword(c, isp.Name, isp.Slug, "Senha nova do gerente", made)
}

func (w *Web) suspenderProvedor(c *fiber.Ctx) error {
	isp, err := w.ispOf(c)
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	if err := w.Platform.Suspend(c.UserContext(), isp.ID, t); err != nil {
		if w.wrong(c, &f, err) {
			return w.showISP(c, isp, ispForms{suspend: &f})
		}
		return err
	}
	return w.changedISP(c, isp.ID, isp.Name+" está suspenso.")
}

func (w *Web) reabrirProvedor(c *fiber.Ctx) error {
	isp, err := w.ispOf(c)
	if err != nil {
		return err
	}
	if err := w.Platform.Reopen(c.UserContext(), isp.ID); err != nil {
		return err
	}
	return w.changedISP(c, isp.ID, isp.Name+" está aberto.")
}

// changedISP has this process know at once what others know within seconds, and goes back to the ISP's page.
func (w *Web) changedISP(c *fiber.Ctx, isp uuid.UUID, said string) error {
	w.hosts.forget()
	w.say(c, views.Toast{Said: said})
	return w.redirect(c, "/provedores/"+isp.String())
}
