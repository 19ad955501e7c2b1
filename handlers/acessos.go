package handlers

import (
	"github.com/gofiber/fiber/v2"

	"enlace/views"
)

// acessos lists where the person is signed in.
func (w *Web) acessos(c *fiber.Ctx) error {
	ctx := c.UserContext()
	zone := zoneOf(c)
	sessions, err := w.gate(c).Sessions(ctx)
	if err != nil {
		return err
	}
	button := w.small(c)
	v := views.Acessos{
		Head: views.Head{Title: "Seus acessos", Facts: "Não reconhece um deles? Encerre-o e peça uma senha nova."},
		Table: views.Table{Caption: "Seus acessos", Columns: []views.Column{
			{Label: "Navegador"}, {Label: "Endereço IP", Roomy: true, Named: true}, {Label: "Entrou em", Named: true}, {Label: "Última atividade", Named: true}, {}}},
	}
	for _, s := range sessions {
		last := views.Cell{Do: &views.Link{Label: "Encerrar", Href: "/acessos/" + s.ID.String() + "/encerrar", Post: &button}}
		if s.ID == session(c).ID {
			last = views.Cell{Text: "este navegador", Muted: true}
		}
		v.Table.Rows = append(v.Table.Rows, []views.Cell{
			{Text: views.Browser(s.Agent), Strong: true}, {Text: s.IP, Num: true},
			{Text: views.Moment(s.CreatedAt.In(zone)), Num: true}, {Text: views.Moment(s.SeenAt.In(zone)), Num: true}, last})
	}
	return w.show(c, v)
}

func (w *Web) endSession(c *fiber.Ctx) error {
	id, err := id(c, "id")
	if err != nil {
		return err
	}
	if err := w.gate(c).SignOut(c.UserContext(), id); err != nil {
		return err
	}
	w.say(c, views.Toast{Said: "Acesso encerrado."})
	return w.redirect(c, "/acessos")
}
