package handlers

import (
	"github.com/gofiber/fiber/v2"

	"enlace/tenants"
	"enlace/views"
)

// painel greets, and shows what waits for the person.
func (w *Web) painel(c *fiber.Ctx) error {
	ctx := c.UserContext()
	isp, _ := tenants.From(ctx)
	who := tenants.Who(ctx)
	now := w.DB.Now().In(isp.Zone)
	sessions, err := w.Staff.Sessions(ctx)
	if err != nil {
		return err
	}
	v := views.Painel{
		Head: views.Head{
			Title: views.Greeting(now.Hour()) + ", " + views.FirstName(who.Name),
			Facts: views.LongDate(isp.Today(w.DB.Now())) + " · " + views.Word("users.role", who.Role),
		},
		Waiting: views.Empty{Title: "Nada espera por você", Why: "Vendas, atendimentos e carnês que pedem um passo seu aparecem aqui, do mais antigo ao mais novo."},
	}
	for _, s := range sessions[:min(3, len(sessions))] {
		v.Sessions = append(v.Sessions, views.Entry{Text: views.Browser(s.Agent), Memo: "desde " + views.Moment(s.CreatedAt.In(isp.Zone))})
	}
	return w.show(c, v)
}
