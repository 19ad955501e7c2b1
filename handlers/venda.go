package handlers

import (
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/sales"
	"enlace/views"
)

func (w *Web) sales() sales.Desk { return sales.Desk{DB: w.DB} }

// course is a wizard as the web walks it.
type course struct {
	wizard sales.Wizard
	at     string    // path of its pages
	holder uuid.UUID // of Adicionar Serviços: whose the service will be
	title  string
	labels []string // of its pages, in the source's words
}

var addCustomer = course{wizard: sales.AddCustomer, at: "/clientes/novo", title: "Adicionar Cliente",
	labels: []string{"Cadastro", "Endereço", "Plano", "Contrato", "Cobrança", "Ordem de Serviço"}}

func addService(customer uuid.UUID) course {
	return course{wizard: sales.AddService, at: "/clientes/" + customer.String() + "/servicos/novo", holder: customer, title: "Adicionar Serviços",
		labels: []string{"Endereço e plano", "Cobrança", "Contrato", "Ordem de Serviço"}}
}

func migrateService(sub uuid.UUID) course {
	return course{wizard: sales.Migrate, at: "/servicos/" + sub.String() + "/migracao", holder: sub, title: "Migrar para Outro Serviço",
		labels: []string{"Plano", "Cobrança e contrato", "Endereço e OS"}}
}

// courseOf is the wizard of the path: with a service in it that is migrated or changes hands, with a customer a service is added, without
// either a customer.
func courseOf(c *fiber.Ctx) (course, error) {
	if c.Params("id") == "" {
		return addCustomer, nil
	}
	of, err := id(c, "id")
	switch path := c.Path(); {
	case strings.HasSuffix(path, "/titularidade"):
		return handOver(of), err
	case strings.HasSuffix(path, "/titularidade/novo"):
		return handToNew(of), err
	case strings.HasPrefix(path, "/servicos/"):
		return migrateService(of), err
	}
	return addService(of), err
}

// vender shows a page of the wizard: of the draft in the address, or of a new one.
func (w *Web) vender(c *fiber.Ctx) error {
	way, err := courseOf(c)
	if err != nil {
		return err
	}
	draft, err := draftID(c.Query("rascunho"))
	if err != nil {
		return err
	}
	f, page := w.form(c), 1
	isp, _ := tenants.From(c.UserContext())
	top, err := w.sales().Desktop(c.UserContext(), way.wizard, way.holder, draft, func(top *sales.Desktop) tenants.Typed {
		f.Typed = valuesOf(top.Draft.Data)
		if kind := c.Query("tipo"); kind == "pf" || kind == "pj" {
			f.Typed.Set("tipo", kind)
		}
		cloneInto(f, top)
		handInto(f, top, c.Query("titular"))
		preselect(f, top, isp.Today(w.DB.Now()).BR())
		page = min(max(1, c.QueryInt("passo", top.Draft.Step)), top.Draft.Step, way.wizard.Last())
		t := answered(top, page, f.Typed)
		if _, chosen := top.Draft.Data["plano"]; top.From != nil && !chosen {
			delete(t, "plano") // the first look: what a plan comes to is asked for once the page stands
		}
		return t
	})
	if fault := tenants.FaultOf(err); fault != nil && fault.Kind == tenants.KindNotFound && draft != uuid.Nil {
		return w.became(c, way, draft)
	}
	if err != nil {
		return err
	}
	return w.show(c, way.page(isp, top, page, f, nil))
}

// became says what a draft that is no more has become.
func (w *Web) became(c *fiber.Ctx, way course, draft uuid.UUID) error {
	sold, err := w.sales().Became(c.UserContext(), way.wizard, draft)
	if err != nil {
		return err
	}
	c.Status(fiber.StatusGone)
	return w.show(c, views.Erro{Title: "Este rascunho já virou " + sold.Customer.Name, Said: fmt.Sprintf("A venda foi salva: é o serviço %d.", sold.Subscription.Number),
		Back: views.Link{Label: "Ver " + sold.Customer.Name, Href: "/clientes/" + sold.Customer.ID.String()}, SignedIn: true})
}

func draftID(text string) (uuid.UUID, error) {
	if text == "" {
		return uuid.Nil, nil
	}
	draft, err := uuid.Parse(text)
	if err != nil {
		return uuid.Nil, tenants.NotFound()
	}
	return draft, nil
}

// path is where a page of a draft is.
func (way course) path(draft *ent.Draft, page int) string {
	return fmt.Sprintf("%s?rascunho=%s&passo=%d", way.at, draft.ID, page)
}
