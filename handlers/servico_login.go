package handlers

import (
	"github.com/gofiber/fiber/v2"

	"enlace/tenants"
	"enlace/tenants/network"
	"enlace/tenants/staff"
	"enlace/tenants/subscriptions"
	"enlace/views"
)

func (w *Web) network() network.Desk { return network.Desk{DB: w.DB, Vault: w.Vault} }

// loginForm is the form of a service's login, with the one it has or one that it might have; nil for who may not give it.
func (w *Web) loginForm(c *fiber.Ctx, s *subscriptions.Service, refused *views.Form) *views.Form {
	if refused != nil || !session(c).Granted[staff.Enable] {
		return refused
	}
	f := w.form(c)
	isp, _ := tenants.From(c.UserContext())
	f.Typed.Set("login", network.Suggest(s.Customer.Name, isp.Slug))
	if s.Login != "" {
		f.Typed.Set("login", s.Login)
	}
	return &f
}

// darLogin gives a service the login that was typed.
func (w *Web) darLogin(c *fiber.Ctx) error {
	service, err := w.serviceOf(c)
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	in := network.ReadLogin(t, service.Subscription.ID)
	password, err := w.network().GiveLogin(c.UserContext(), in)
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showService(c, service, refusedService{login: &f})
		}
		return err
	}
	own := "/servicos/" + service.Subscription.ID.String()
	if password == "" {
		w.say(c, views.Toast{Said: "Login " + in.Login.Login + " salvo."})
		return w.redirect(c, own)
	}
	customer := service.Customer
	return w.show(c, views.PrimeiroAcesso{Own: own, Section: "/clientes",
		Back: "Voltar ao serviço", Care: "Ponha-a no equipamento do cliente. Se ela se perder, salve o login de novo.", Facts: []views.Fact{{Term: "Login", Text: in.Login.Login, Mono: true}, {Term: "Senha", Text: password, Mono: true}},
		Head: views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: customer.Name, Href: "/clientes/" + customer.ID.String()}, {Label: service.Plan, Href: own}},
			Here: "Login de conexão", Title: "Login de conexão", Facts: service.Plan + " de " + customer.Name}})
}
