package handlers

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/tenants"
	"enlace/tenants/customers"
	"enlace/tenants/staff"
	"enlace/views"
)

// enderecos lists the places of a customer and what each is used for.
func (w *Web) enderecos(c *fiber.Ctx) error {
	who, places, err := w.placesOf(c)
	if err != nil {
		return err
	}
	own := "/clientes/" + who.String() + "/enderecos"
	v := views.Enderecos{Head: w.customerHead(c, places.Customer), Tabs: views.CustomerTabs(who.String(), own),
		Empty: views.Empty{Title: "Nenhum endereço", Why: "Um endereço serve à instalação, à cobrança e à nota de cada serviço."}}
	v.Head.Title = "Endereços de " + places.Customer.Name
	may := session(c).Granted[staff.Sell]
	if may {
		v.Head.Do = []views.Link{{Label: "+ Endereço", Href: own + "/novo", Go: true}}
	}
	for _, place := range places.Places {
		e := views.Entry{Text: customers.OneLine(place.Address), Memo: used(place)}
		if may {
			e.Do = &views.Link{Label: "Editar", Href: own + "/" + place.ID.String()}
		}
		v.Places = append(v.Places, e)
	}
	return w.show(c, v)
}

func (w *Web) placesOf(c *fiber.Ctx) (uuid.UUID, *customers.Places, error) {
	who, err := id(c, "id")
	if err != nil {
		return who, nil, err
	}
	places, err := w.customers().Places(c.UserContext(), who)
	return who, places, err
}

// used says what a place is used for.
func used(place customers.Place) string {
	if len(place.Uses) == 0 {
		return "sem uso agora"
	}
	var said []string
	for _, use := range place.Uses {
		said = append(said, usedAs(use))
	}
	return strings.Join(said, " · ")
}

func usedAs(use customers.Use) string {
	return fmt.Sprintf("serviço %d, %s", use.Service, strings.ToLower(views.Word("subscription_addresses.role", string(use.Role))))
}

func (w *Web) enderecoNovo(c *fiber.Ctx) error { return w.openPlace(c) }
func (w *Web) endereco(c *fiber.Ctx) error     { return w.openPlace(c) }

func (w *Web) openPlace(c *fiber.Ctx) error {
	f := w.form(c)
	v, place, err := w.placePage(c)
	if err != nil {
		return err
	}
	if place.Address != nil {
		f.Typed = valuesOf(place.Typed)
		for _, use := range v.Uses { // all of them, until somebody says otherwise
			f.Typed.Add("usos", use.Value)
		}
	}
	v.Form = f
	return w.show(c, v)
}

// placePage is the page of the place in the address, or of a new one, without its form.
func (w *Web) placePage(c *fiber.Ctx) (v views.Endereco, place customers.Place, err error) {
	who, places, err := w.placesOf(c)
	if err != nil {
		return v, place, err
	}
	own := "/clientes/" + who.String()
	v = views.Endereco{Action: own + "/enderecos/novo", Version: strconv.Itoa(places.Customer.Version),
		Head: views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: places.Customer.Name, Href: own}, {Label: "Endereços", Href: own + "/enderecos"}},
			Here: "Adicionar", Title: "Adicionar endereço", Facts: places.Customer.Name}}
	if c.Params("endereco") == "" {
		return v, place, nil
	}
	at, err := id(c, "endereco")
	if err != nil {
		return v, place, err
	}
	if place, err = places.One(at); err != nil {
		return v, place, err
	}
	v.Action, v.Head.Here, v.Head.Title = own+"/enderecos/"+at.String(), "Editar", "Editar endereço"
	for _, use := range place.Uses {
		v.Uses = append(v.Uses, views.Option{Value: use.ID.String(), Label: views.Word("subscription_addresses.role", string(use.Role)), Memo: fmt.Sprintf("serviço %d", use.Service)})
	}
	return v, place, nil
}

// salvarEndereco keeps a place, new or changed. Buscar CEP keeps nothing.
func (w *Web) salvarEndereco(c *fiber.Ctx) error {
	t, f := w.typed(c)
	if t["acao"] == "buscar_cep_" {
		return w.searchPlace(c, t, f)
	}
	err := w.keepPlace(c, t)
	if err == nil {
		w.say(c, views.Toast{Said: "Endereço salvo."})
		return w.redirect(c, "/clientes/"+c.Params("id")+"/enderecos")
	}
	if !w.wrong(c, &f, err) {
		return err
	}
	v, _, readErr := w.placePage(c)
	if readErr != nil {
		return readErr
	}
	if tenants.FaultOf(err).Kind != tenants.KindConflict {
		v.Version = t["versao"]
	}
	v.Form = f
	return w.show(c, v)
}

// keepPlace keeps what was typed as the place in the address, or as a new one.
func (w *Web) keepPlace(c *fiber.Ctx, t tenants.Typed) error {
	who, err := id(c, "id")
	if err != nil {
		return err
	}
	version, _ := strconv.Atoi(t["versao"])
	if c.Params("endereco") == "" {
		return w.customers().NewPlace(c.UserContext(), who, version, t)
	}
	place, err := id(c, "endereco")
	if err != nil {
		return err
	}
	return w.customers().EditPlace(c.UserContext(), who, place, version, t)
}

// searchPlace shows the page again with what is known of the CEP typed.
func (w *Web) searchPlace(c *fiber.Ctx, t tenants.Typed, f views.Form) error {
	v, _, err := w.placePage(c)
	if err != nil {
		return err
	}
	looked, kept, err := customers.LookUp(c.UserContext(), w.CEPs, t, "")
	switch {
	case err != nil && !w.wrong(c, &f, err):
		return err
	case err == nil:
		v.Search = views.Search{Found: looked == customers.CEPFound, Said: views.Searched(looked, kept)}
		f.Typed = valuesOf(t)
		f.Next = "numero"
		if looked != customers.CEPFound {
			f.Next = "logradouro"
		}
	}
	v.Form, v.Version = f, t["versao"]
	return w.show(c, v)
}
