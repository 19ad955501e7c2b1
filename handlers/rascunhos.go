package handlers

import (
	"cmp"
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/sales"
	"enlace/views"
)

// rascunhos lists the clerk's drafts.
func (w *Web) rascunhos(c *fiber.Ctx) error {
	isp, _ := tenants.From(c.UserContext())
	list, err := w.sales().Drafts(c.UserContext(), c.QueryInt("pagina", 1))
	if err != nil {
		return err
	}
	drafts := list.Rows
	v := views.Rascunhos{Head: views.Head{Title: "Rascunhos", Facts: "o que você começou e ainda não salvou"},
		Pager: pager(c, list.Page, sales.PageSize, list.Total),
		Empty: views.Empty{Title: "Nenhum rascunho", Why: "O que você deixa pela metade fica guardado aqui."}}
	if list.Total > 0 {
		v.Head.Facts = plural(list.Total, "começado e ainda não salvo", "começados e ainda não salvos")
	}
	v.Drafts = w.draftEntries(isp, drafts)
	for i, draft := range drafts {
		button := w.small(c)
		v.Drafts[i].Do = &views.Link{Label: "Descartar", Href: "/rascunhos/" + draft.ID.String() + "/descartar", Post: &button}
	}
	return w.show(c, v)
}

// descartar throws a draft away.
func (w *Web) descartar(c *fiber.Ctx) error {
	draft, err := id(c, "id")
	if err != nil {
		return err
	}
	if err := w.sales().Discard(c.UserContext(), draft); err != nil {
		return err
	}
	w.say(c, views.Toast{Said: "Rascunho descartado. Nada do cadastro mudou."})
	return w.redirect(c, "/rascunhos")
}

// draftEntries are the clerk's drafts, each with the page it has come to.
func (w *Web) draftEntries(isp tenants.Tenant, drafts []*ent.Draft) []views.Entry {
	var list []views.Entry
	for _, d := range drafts {
		wizard, known := sales.WizardOf(d.Kind)
		if !known {
			continue
		}
		way, what := addCustomer, "Novo cliente"
		if customer := tenants.Typed(d.Data).ID("cliente"); customer != uuid.Nil {
			way, what = addService(customer), "Novo serviço"
		}
		if sub := tenants.Typed(d.Data).ID("servico"); wizard.Kind == sales.Migrate.Kind {
			way, what = migrateService(sub), "Migração"
		}
		if sub := tenants.Typed(d.Data).ID("servico_passado"); wizard.HandsOver() {
			if way, what = handOver(sub), "Troca de titularidade"; wizard.Kind == sales.TransferNew.Kind {
				way = handToNew(sub)
			}
		}
		list = append(list, views.Entry{Text: fmt.Sprintf("%s, %d de %d", what, d.Step, wizard.Last()), Href: way.at + "?rascunho=" + d.ID.String(),
			Name: cmp.Or(d.Title, "sem nome ainda"), Memo: touched(d.UpdatedAt.In(isp.Zone), isp.Today(w.DB.Now()))})
	}
	return list
}

// idleDays is after how many days a draft is said to lie there.
const idleDays = 7

// touched is when a draft was gone on with, and how long it has lain since where that is long.
func touched(at time.Time, today calendar.Date) string {
	said, days := views.Lately(at, today), today.DaysSince(calendar.Of(at))
	if days < idleDays {
		return said
	}
	return fmt.Sprintf("%s, parado há %d dias", said, days)
}
