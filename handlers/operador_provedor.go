package handlers

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

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

func (w *Web) showISP(c *fiber.Ctx, isp *platform.ISP, refused ispForms) (err error) {
	state := platform.StateOf(isp.Tenant)
	tag := views.StatusOf("isp", string(state))
	v := views.Provedor{
		Head: views.Head{Crumbs: []views.Link{{Label: "Provedores", Href: "/"}}, Here: isp.Name, Title: isp.Name,
			Facts: "provedor desde " + isp.CreatedAt.In(platform.Zone).Format("02/01/2006"), Tag: &tag},
		Own: "/provedores/" + isp.ID.String(), Awaited: isp.Awaited, Button: w.small(c), History: acted(isp.Actions, nil),
		Facts: []views.Fact{
			{Term: "Endereço", Text: isp.Slug + hostOfISPs(c), Href: w.homeOf(c, isp.Slug)},
			{Term: "Fuso horário", Text: views.Word("isp.zone", isp.Zone), Memo: isp.Zone},
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
		v.Stop = "Suspender " + isp.Name
		v.Suspend = w.again(c, refused.suspend, "motivo", "")
	}
	v.Features = w.ispFeatures(c, isp)
	v.Rename = w.again(c, refused.rename, "nome", isp.Name)
	return w.show(c, v)
}

// again is the form that was refused, or a new one with a value in its field.
func (w *Web) again(c *fiber.Ctx, refused *views.Form, field, value string) *views.Form {
	if refused != nil {
		return refused
	}
	f := w.form(c)
	f.Typed.Set(field, value)
	return &f
}

func (w *Web) ispFeatures(c *fiber.Ctx, isp *platform.ISP) *views.Recursos {
	v := &views.Recursos{Form: w.small(c)}
	for _, f := range platform.Features {
		on := views.Field{Name: string(f), Label: views.Word("isp.feature", string(f)), Hint: views.FeatureHint(string(f))}
		if platform.Has(isp.Tenant, f) {
			on.Value = "true"
		}
		v.Switches = append(v.Switches, on)
	}
	return v
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
