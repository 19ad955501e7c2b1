package handlers

import (
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/tenants"
	"enlace/tenants/customers"
	"enlace/tenants/sales"
	"enlace/views"
)

// searchButtons are the buttons Buscar CEP of the step Endereço: what each sends, and how the fields begin that it fills.
var searchButtons = map[string]string{"buscar_cep": "", "buscar_cep_cobranca": "cobranca_"}

// buscarCEP shows the step Endereço again with what is known of the CEP typed, the next field to type having the focus. It keeps nothing: the
// step is kept by Avançar.
func (w *Web) buscarCEP(c *fiber.Ctx, draft uuid.UUID, t tenants.Typed, f views.Form, prefix string) error {
	looked, kept, err := customers.LookUp(c.UserContext(), w.CEPs, t, prefix)
	if err != nil {
		return w.refuseStep(c, draft, sales.StepAddress, f, err)
	}
	top, err := w.sales().Desktop(c.UserContext(), draft)
	if err != nil {
		return err
	}
	for name := range f.Typed {
		if _, left := t[name]; !left {
			f.Typed.Del(name)
		}
	}
	for name, value := range t {
		f.Typed.Set(name, value)
	}
	f.Typed = overDraft(top, sales.StepAddress, f.Typed)
	f.Next = prefix + "numero"
	if looked != customers.CEPFound {
		f.Next = prefix + "logradouro"
	}
	isp, _ := tenants.From(c.UserContext())
	v := stepOf(isp, top, sales.StepAddress, f, nil)
	v.Searched = map[string]views.Search{prefix: {Found: looked == customers.CEPFound, Said: views.Searched(looked, kept)}}
	return w.show(c, v)
}
