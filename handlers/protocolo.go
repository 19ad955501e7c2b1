package handlers

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"enlace/ent/ticket"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/support"
	"enlace/views"
)

// protocolo is a ticket as its subscriber sees it who was written to: the link of a letter leads here.
func (w *Web) protocolo(c *fiber.Ctx) error {
	return w.showProtocol(c, w.form(c), w.form(c))
}

// showProtocol shows it; mark and reply are its forms, as they were sent.
func (w *Web) showProtocol(c *fiber.Ctx, mark, reply views.Form) error {
	f, err := w.support().ByLetter(c.UserContext(), c.Params("segredo"))
	if err != nil {
		return noProtocol(err)
	}
	zone, tag := zoneOf(c), views.StatusOf("tickets.status", string(f.Status))
	v := views.Protocolo{Number: f.Protocol, Status: tag, Opened: views.Lately(f.OpenedAt.In(zone), calendar.Of(w.DB.Now().In(zone))), Own: "/protocolo/" + c.Params("segredo"), Reply: &reply}
	isp, _ := tenants.From(c.UserContext())
	for _, e := range f.Said {
		who := "Você"
		if e.UserID != nil {
			who = views.FirstName(support.Speaker(e)) + ", da " + isp.Name
		}
		v.Said = append(v.Said, views.Happening{Sentence: e.Body, When: views.Moment(e.At.In(zone)), Who: who})
	}
	if f.Status != ticket.StatusFinalizado {
		return w.show(c, v)
	}
	v.Over, v.Closing = true, f.Closing
	if !support.Reopens(f.Ticket, w.DB.Now()) && len(reply.Problems) == 0 {
		v.Reply = nil
	}
	if f.Rating != nil {
		v.Given = ratingSaid(f.Ticket)
	}
	for n := 1; n <= support.BestRating; n++ {
		v.Marks = append(v.Marks, views.Option{Value: strconv.Itoa(n), Label: strconv.Itoa(n), Memo: views.Word("tickets.rating", strconv.Itoa(n))})
	}
	v.Mark = &mark
	return w.show(c, v)
}

func noProtocol(err error) error {
	return absentIf(err, "Este link não vale mais", "O atendimento terminou há mais de um mês, ou o serviço passou a outro titular. Fale com o seu provedor.")
}

// avaliarProtocolo takes the subscriber's mark.
func (w *Web) avaliarProtocolo(c *fiber.Ctx) error {
	t, f := w.typed(c)
	var wrong tenants.Fields
	in := support.Lettered{Secret: c.Params("segredo"), Mark: t.RequiredInt(&wrong, "nota", 1, support.BestRating), Text: t.Lines(&wrong, "comentario")}
	err := wrong.Err()
	if err == nil {
		err = w.support().RateByLetter(c.UserContext(), in)
	}
	return w.lettered(c, err, &f, func() error { return w.showProtocol(c, f, w.form(c)) })
}

// responderProtocolo takes what the subscriber answers, or that it is not resolved yet.
func (w *Web) responderProtocolo(c *fiber.Ctx) error {
	t, f := w.typed(c)
	var wrong tenants.Fields
	in := support.Lettered{Secret: c.Params("segredo"), Text: t.Lines(&wrong, "texto"), Key: f.Key}
	err := wrong.Err()
	if err == nil {
		err = w.support().ReplyByLetter(c.UserContext(), in)
	}
	return w.lettered(c, err, &f, func() error { return w.showProtocol(c, w.form(c), f) })
}

// lettered answers what was sent by the link of a letter: the page anew, or with what is wrong.
func (w *Web) lettered(c *fiber.Ctx, err error, f *views.Form, again func() error) error {
	if err != nil {
		if w.wrong(c, f, err) {
			return again()
		}
		return noProtocol(err)
	}
	return w.redirect(c, "/protocolo/"+c.Params("segredo"))
}
