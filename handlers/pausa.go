package handlers

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/status"
	"enlace/tenants/subscriptions"
	"enlace/views"
)

// pausa asks until when a service is to be paused, or whether one that is paused is to return now.
func (w *Web) pausa(c *fiber.Ctx) error { return w.showPause(c, w.form(c), nil, nil) }

// pausar pauses a service, or ends its pause, as the preview has shown; or shows it.
func (w *Web) pausar(c *fiber.Ctx) error {
	sub, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	back := t["fim"] != "" // the pause that runs is to end
	var wrong tenants.Fields
	in, ends := subscriptions.ReadPause(t, sub, &wrong), subscriptions.ReadReturn(t, sub, &tenants.Fields{})
	preview := func(refused error) error {
		var shown *billing.GapAccount
		var err error
		switch {
		case back:
			shown, err = w.subscriptions().PreviewReturn(c.UserContext(), sub)
		case wrong["retorno"] == "":
			shown, err = w.subscriptions().PreviewPause(c.UserContext(), in)
		default:
			err = wrong.Err()
		}
		if err != nil {
			shown, refused = nil, err
		}
		return w.showPause(c, f, shown, refused)
	}
	switch {
	case t["ver"] != "" || ends.Shown == "":
		return preview(nil)
	case !back && wrong.Err() != nil:
		return preview(wrong.Err())
	}
	said := "A pausa terminou: o serviço está habilitado."
	if back {
		_, err = w.subscriptions().Return(c.UserContext(), ends)
	} else {
		said = "Serviço em pausa até " + in.Until.BR() + ": volta sozinho nesse dia."
		_, err = w.subscriptions().Pause(c.UserContext(), in)
	}
	if err != nil {
		return preview(err)
	}
	w.say(c, views.Toast{Said: said})
	return w.redirect(c, "/servicos/"+sub.String())
}

// showPause shows the form with the preview; refused is why what was sent could not be done.
func (w *Web) showPause(c *fiber.Ctx, f views.Form, p *billing.GapAccount, refused error) error {
	sub, err := id(c, "id")
	if err != nil {
		return err
	}
	o, err := w.subscriptions().OfferPause(c.UserContext(), sub)
	if err != nil {
		return err
	}
	if refused != nil && !w.wrong(c, &f, refused) {
		return refused
	}
	v := views.Pausa{Head: lifeHead(o.Service, "Pausar a Pedido"), Action: c.Path(), Back: o.Subscription.Status == status.Paused, Button: "Pausar",
		Hint:    fmt.Sprintf("Primeiro dia servido de novo, de %d a %d dias; volta sozinho", o.Least, o.Most),
		Missing: views.Empty{Title: "Ainda não há prévia", Why: "Escolha o dia do retorno: a prévia mostra o que é devolvido de cada fatura."}}
	if f.Order = []string{"retorno", "motivo"}; v.Back {
		v.Head.Title, v.Head.Here, v.Button = "Encerrar a Pausa", "Encerrar a Pausa", "Encerrar agora"
		v.Missing = views.Empty{Title: "O retorno está marcado", Why: "O serviço volta sozinho em " + o.Until.BR() + ". Para voltar hoje, peça a prévia: ela mostra o que é cobrado dos dias que passam a ser servidos."}
	} else if f.Typed.Get("retorno") == "" {
		isp, _ := tenants.From(c.UserContext())
		f.Typed.Set("retorno", isp.Today(w.DB.Now()).AddDays(o.Least).BR())
	}
	if o.Refused != nil {
		v.Barred, v.Missing = true, barred(o.Service, o.Refused)
	}
	if v.Form = f; p != nil {
		v.Preview, v.Seen = pausePreview(p, v.Back), p.Seen()
	}
	return w.show(c, v)
}

func pausePreview(p *billing.GapAccount, back bool) *views.Preview {
	t := effectTable("Acerto da pausa")
	t.Rows = append(loweredRows(p.Lowered), creditRows(p.Credits)...)
	for _, line := range p.Charges {
		t.Rows = append(t.Rows, effectRow(line.Description, line.Memo, views.Signed(line.Amount)))
	}
	if len(t.Rows) == 0 {
		t.Rows = append(t.Rows, effectRow("Nada a acertar", "nenhum destes dias foi faturado", views.Figures(0)))
	}
	said := "Pausa " + daysOf(p.Days) + ". O que ainda não foi faturado sai já sem os dias da pausa."
	switch {
	case back && !p.Due.IsZero():
		said = "Volta hoje. O que é cobrado vai em uma fatura que vence em " + p.Due.BR() + "."
	case back:
		said = "Volta hoje. O que é cobrado vai na próxima fatura."
	}
	return &views.Preview{Title: "O que muda", Tag: "prévia: nada foi gravado", Table: t, Next: said}
}
