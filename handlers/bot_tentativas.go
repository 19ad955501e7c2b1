package handlers

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"enlace/ent/telegramattempt"
	"enlace/tenants/subscribers"
	"enlace/views"
)

// tentativas is where the gerente sees who was not let in.
const tentativas = botAt + "/tentativas"

// tentativasNoBot is who tried to be let in by the bot and was not, day by day.
func (w *Web) tentativasNoBot(c *fiber.Ctx) error {
	days, err := w.subscribers().Attempts(c.UserContext())
	if err != nil {
		return err
	}
	v := views.Lista{Section: "/configuracoes", Head: settingsHead("Tentativas no bot", fmt.Sprintf("Quem o bot não deixou entrar, nos últimos %d dias; %d recusas no dia fecham a porta àquela conversa até o dia seguinte",
		subscribers.AttemptsFor, subscribers.MostRefused), botCrumb),
		Empty: views.Empty{Title: "Nenhuma tentativa", Why: fmt.Sprintf("Ninguém foi recusado pelo bot nos últimos %d dias.", subscribers.AttemptsFor)}}
	if len(days) == 0 {
		return w.show(c, v)
	}
	v.Table = views.Table{Caption: "Tentativas, por dia", Columns: []views.Column{{Label: "Dia"}}}
	for _, kind := range subscribers.Kinds {
		v.Table.Columns = append(v.Table.Columns, views.Column{Label: views.Word("telegram_attempts.kind", string(kind)), Named: true, Right: true})
	}
	for _, day := range days {
		row := []views.Cell{{Text: day.Day.BR(), Num: true, Who: true}}
		for _, kind := range subscribers.Kinds {
			n := day.Times[kind]
			one := views.Cell{Text: views.Number(int(n)), Num: true, Muted: n == 0}
			if kind == telegramattempt.KindShut && day.Shut > 0 {
				one.Memo = plural(day.Shut, "conversa", "conversas")
			}
			row = append(row, one)
		}
		v.Table.Rows = append(v.Table.Rows, row)
	}
	return w.show(c, v)
}
