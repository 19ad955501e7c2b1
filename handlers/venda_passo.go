package handlers

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/tenants"
	"enlace/tenants/brazil"
	"enlace/tenants/sales"
	"enlace/views"
)

// answered is what a sale is reckoned from while a page is open: the answers up to that page, and what the draft has of the later ones.
func answered(top *sales.Desktop, page int, typed url.Values) tenants.Typed {
	t := tenants.Typed{}
	for name, values := range typed {
		if _, kept := top.Draft.Data[name]; kept || top.Wizard.PageOf(sales.StepOf(name)) <= page {
			t[name] = strings.Join(values, ",")
		}
	}
	return t
}

// venderPasso takes a page: Avançar keeps it and goes on, Sair keeps it as it is, Salvar saves the sale. Buscar CEP keeps nothing.
func (w *Web) venderPasso(c *fiber.Ctx) error {
	way, err := courseOf(c)
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	pressed := t["acao"]
	in, err := way.progress(t)
	if err != nil {
		return err
	}
	if prefix, asked := searchedPrefix(pressed); asked {
		return w.buscarCEP(c, way, in, t, f, prefix)
	}
	if kind, asked := strings.CutPrefix(pressed, "tipo_"); asked { // the fields of the other kind; what both have stays
		f.Typed.Set("tipo", kind)
	}
	if known, asked := strings.CutPrefix(pressed, onWith); asked {
		return w.handToKnown(c, way, in, known)
	}
	if seeks(way, in.Page, pressed, t) || pressed == "previa" || pressed == "conferir" || strings.HasPrefix(pressed, "tipo_") {
		return w.showStep(c, way, in, f, nil)
	}
	to, going := goingTo(pressed)
	in.Leaving = in.Leaving || going
	last := in.Page == way.wizard.Last()
	kept, err := w.sales().SaveStep(c.UserContext(), in)
	switch {
	case err != nil && last && tenants.FaultOf(err) != nil && tenants.FaultOf(err).Kind == tenants.KindNotFound:
		return w.finish(c, way, in, f) // pressed twice: the draft has become a sale
	case err != nil:
		return w.refuseStep(c, way, in, f, err)
	case going:
		return w.redirect(c, way.path(kept, to))
	case in.Leaving:
		w.say(c, views.Toast{Said: "Rascunho guardado. Nada foi gravado no cadastro."})
		return w.redirect(c, "/rascunhos")
	case last:
		in.Draft, in.Version = kept.ID, kept.Version
		return w.finish(c, way, in, f)
	}
	return w.redirect(c, way.path(kept, in.Page+1))
}

// goingTo is the page a button leads to that keeps this one as it is, right or wrong: Voltar, Alterar.
func goingTo(button string) (page int, going bool) {
	number, going := strings.CutPrefix(button, "ir_")
	page, err := strconv.Atoi(number)
	return page, going && err == nil
}

// refuseStep shows the page again with what was typed and what is wrong.
func (w *Web) refuseStep(c *fiber.Ctx, way course, in sales.Progress, f views.Form, err error) error {
	if tenants.FaultOf(err) == nil {
		return err
	}
	return w.showStep(c, way, in, f, err)
}

// showStep shows the page with what was typed on it, what that comes to, and what is wrong with it, if anything is.
func (w *Web) showStep(c *fiber.Ctx, way course, in sales.Progress, f views.Form, wrong error) error {
	top, err := w.sales().Desktop(c.UserContext(), way.wizard, way.holder, in.Draft, func(top *sales.Desktop) tenants.Typed {
		f.Typed = overDraft(top, in.Page, f.Typed)
		return answered(top, in.Page, f.Typed)
	})
	if err != nil {
		return err
	}
	if wrong != nil && !w.wrong(c, &f, wrong) {
		return wrong
	}
	f.Marks = marks(f.Typed)
	if fault := tenants.FaultOf(wrong); fault != nil && fault.Code == "draft_changed" {
		f.Problems[0].Ways = []views.Link{{Label: "Abrir o que foi guardado", Href: way.path(top.Draft, in.Page)}}
	}
	isp, _ := tenants.From(c.UserContext())
	return w.show(c, way.page(isp, top, in.Page, f, tenants.FaultOf(wrong)))
}

// marks say of the documents typed whether they are right.
func marks(typed url.Values) map[string]views.Mark {
	all := map[string]views.Mark{}
	for field, read := range map[string]func(string) (string, bool){"cpf": brazil.CPF, "cnpj": brazil.CNPJ} {
		text := typed.Get(field)
		switch _, right := read(text); {
		case text == "":
		case right:
			all[field] = views.Mark{Good: true, Said: strings.ToUpper(field) + " confere"}
		default:
			all[field] = views.Mark{Said: views.Sentence(field, map[string]string{"value": text})}
		}
	}
	return all
}

// overDraft lays what was sent with a page over what the draft has of the others. A switch that was turned off is not sent: of the page
// itself the draft says nothing any more. Where nothing was sent, the draft says it all.
func overDraft(top *sales.Desktop, page int, sent url.Values) url.Values {
	typed := valuesOf(top.Draft.Data)
	for name := range typed {
		if len(sent) > 0 && slices.Contains(top.Wizard.Page(page), sales.StepOf(name)) {
			typed.Del(name)
		}
	}
	maps.Copy(typed, sent)
	return typed
}

// finish saves the sale, or shows the first page on which something stands in its way.
func (w *Web) finish(c *fiber.Ctx, way course, in sales.Progress, f views.Form) error {
	sold, err := w.sales().Finish(c.UserContext(), in)
	fault := tenants.FaultOf(err)
	switch {
	case fault != nil && fault.Kind == tenants.KindInvalid:
		in.Page = way.wizard.FirstWrong(fault)
		return w.refuseStep(c, way, in, views.Form{CSRF: f.CSRF, Key: f.Key}, err)
	case err != nil:
		return err
	}
	said := fmt.Sprintf("%s está no cadastro, com o serviço %d.", sold.Customer.Name, sold.Subscription.Number)
	switch {
	case way.wizard.Kind == sales.Migrate.Kind:
		said = migrationSaid(sold)
	case way.wizard.HandsOver():
		return w.handed(c, sold)
	case way.holder != uuid.Nil:
		said = fmt.Sprintf("Serviço %d adicionado a %s.", sold.Subscription.Number, sold.Customer.Name)
	}
	w.say(c, views.Toast{Said: said})
	return w.redirect(c, "/clientes/"+sold.Customer.ID.String())
}
