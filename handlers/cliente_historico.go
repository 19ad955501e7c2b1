package handlers

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/views"
)

// clienteHistorico is everything that happened to a customer, page by page; its filters are in the address.
func (w *Web) clienteHistorico(c *fiber.Ctx) error {
	who, err := id(c, "id")
	if err != nil {
		return err
	}
	card, err := w.customers().Card(c.UserContext(), who)
	if err != nil {
		return err
	}
	t, f := w.asked(c)
	var wrong tenants.Fields
	filter := history.ReadFilter(t, &wrong)
	f.Order = []string{"de", "ate"}
	w.wrong(c, &f, wrong.Err())
	page, err := history.Desk{DB: w.DB}.Page(c.UserContext(), who, filter)
	if err != nil {
		return err
	}
	own := "/clientes/" + who.String()
	v := views.Historico{Head: w.customerHead(c, card.Customer), Tabs: views.CustomerTabs(who.String(), own+"/historico"), Action: own + "/historico", Form: f,
		Subjects: []views.Option{{Label: "Todos"}}, Actors: []views.Option{{Label: "Todos"}}, Channels: []views.Option{{Label: "Todos"}},
		History: happenings(page.Rows, zoneOf(c)), Pager: pager(c, filter.Page, history.PageSize, page.Total),
		Empty: views.Empty{Title: "Nada com este filtro", Why: "Escolha outro assunto ou período.", Next: views.Link{Label: "Ver tudo", Href: own + "/historico"}}}
	v.Head.Title = "Históricos de " + card.Customer.Name
	v.Head.Do = append(v.Head.Do, views.Link{Label: "Como estava em um dia", Href: own + "/em"})
	for _, subject := range history.Subjects {
		v.Subjects = append(v.Subjects, views.Option{Value: subject, Label: views.Word("history.subject", subject)})
	}
	for _, name := range page.Actors {
		v.Actors = append(v.Actors, views.Option{Value: name, Label: name})
	}
	for _, channel := range []tenants.Channel{tenants.Web, tenants.Telegram, tenants.Job} {
		v.Channels = append(v.Channels, views.Option{Value: string(channel), Label: views.Word("history.channel", string(channel))})
	}
	return w.show(c, v)
}

// happenings are entries of the history as sentences.
func happenings(entries []*ent.History, zone *time.Location) (all []views.Happening) {
	for _, e := range entries {
		all = append(all, views.Happening{Sentence: views.Happened(e), Reason: e.Reason, Changes: views.Changed(e), When: views.Moment(e.At.In(zone)),
			Who: e.ActorName + ", " + views.Word("history.channel", string(e.Channel)), Other: otherSide(e)})
	}
	return all
}
