package handlers

import (
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/tenants"
	"enlace/tenants/customers"
	"enlace/tenants/sales"
	"enlace/views"
)

// searchedPrefix is how the names of the fields begin that a button Buscar CEP fills.
func searchedPrefix(button string) (prefix string, asked bool) {
	return strings.CutPrefix(button, "buscar_cep_")
}

// buscarCEP shows the page with the addresses again with what is known of the CEP typed, the next field to type having the focus. It keeps
// nothing: the page is kept by Avançar.
func (w *Web) buscarCEP(c *fiber.Ctx, way course, in sales.Progress, t tenants.Typed, f views.Form, prefix string) error {
	looked, kept, err := customers.LookUp(c.UserContext(), w.CEPs, t, prefix)
	if err != nil {
		return w.refuseStep(c, way, in, f, err)
	}
	for name := range f.Typed {
		if _, left := t[name]; !left {
			f.Typed.Del(name)
		}
	}
	for name, value := range t {
		f.Typed.Set(name, value)
	}
	if prefix == "" && way.holder != uuid.Nil { // who looks for another address wants another one
		f.Typed.Set("endereco", sales.NewPlace)
	}
	f.Typed.Del(prefix + "igual") // and another one in this role
	f.Next = prefix + "numero"
	if looked != customers.CEPFound {
		f.Next = prefix + "logradouro"
	}
	isp, _ := tenants.From(c.UserContext())
	top, err := w.sales().Desktop(c.UserContext(), way.wizard, way.holder, in.Draft, func(top *sales.Desktop) tenants.Typed {
		f.Typed = overDraft(top, in.Page, f.Typed)
		return answered(top, in.Page, f.Typed)
	})
	if err != nil {
		return err
	}
	v := way.page(isp, top, in.Page, f, nil)
	v.Searched = map[string]views.Search{prefix: {Found: looked == customers.CEPFound, Said: views.Searched(looked, kept)}}
	return w.show(c, v)
}
