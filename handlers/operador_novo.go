package handlers

import (
	"github.com/gofiber/fiber/v2"

	"enlace/tenants"
	"enlace/tenants/platform"
	"enlace/views"
)

// provedorNovo asks what a new ISP is; one whose making was broken off is filled in from the address.
func (w *Web) provedorNovo(c *fiber.Ctx) error {
	_, f := w.asked(c)
	if !f.Typed.Has("fuso") {
		f.Typed.Set("fuso", platform.Zones[0])
	}
	return w.showFounding(c, f)
}

func (w *Web) showFounding(c *fiber.Ctx, f views.Form) error {
	v := views.ProvedorNovo{Head: views.Head{Crumbs: []views.Link{{Label: "Provedores", Href: "/"}}, Here: "Novo", Title: "Novo provedor"}, Form: f, Host: hostOfISPs(c)}
	for _, zone := range platform.Zones {
		v.Zones = append(v.Zones, views.Option{Value: zone, Label: views.Word("isp.zone", zone)})
	}
	return w.show(c, v)
}

// criarProvedor makes the ISP and shows its gerente's password, once: the same form sent again leads to the ISP's page.
func (w *Web) criarProvedor(c *fiber.Ctx) error {
	t, f := w.typed(c)
	f.Order = []string{"nome", "slug", "fuso", "email", "gerente"}
	var wrong tenants.Fields
	in := platform.ReadFounding(t, &wrong)
	err := wrong.Err()
	var done *platform.Founded
	if err == nil {
		done, err = w.Platform.Found(c.UserContext(), in)
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showFounding(c, f)
		}
		return err
	}
	w.hosts.forget()
	if done.Password == "" {
		return w.redirect(c, "/provedores/"+done.ISP.String())
	}
	return w.showPassword(c, in.Name, in.Slug, in.Name+" foi criado", done)
}

// showPassword shows the password of a gerente.
func (w *Web) showPassword(c *fiber.Ctx, name, slug, title string, made *platform.Founded) error {
	own, home := "/provedores/"+made.ISP.String(), w.homeOf(c, slug)
	return w.show(c, views.PrimeiroAcesso{
		Head:  views.Head{Crumbs: []views.Link{{Label: "Provedores", Href: "/"}, {Label: name, Href: own}}, Here: "Primeiro acesso", Title: title},
		Facts: []views.Fact{{Term: "Endereço", Text: home, Href: home}, {Term: "E-mail", Text: made.Email}, {Term: "Senha", Text: made.Password, Mono: true}}, Own: own,
		Back: "Ir para o provedor", Care: "Entregue-a ao gerente por um canal seguro. Se ela se perder antes de alguém da equipe entrar, gere outra na página do provedor.",
	})
}
