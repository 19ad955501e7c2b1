package handlers

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/sales"
	"enlace/tenants/subscriptions"
	"enlace/views"
)

// titularidade is the wizard of a transfer, or the one that waits for what both must accept.
func (w *Web) titularidade(c *fiber.Ctx) error {
	sub, err := id(c, "id")
	if err != nil {
		return err
	}
	waiting, err := w.subscriptions().Waiting(c.UserContext(), sub, false)
	if fault := tenants.FaultOf(err); fault != nil && fault.Kind == tenants.KindNotFound {
		return w.vender(c)
	} else if err != nil {
		return err
	}
	return w.showWaiting(c, waiting, w.form(c), w.form(c), "", "")
}

// linkDeAceite makes the link by which a side accepts, and shows it.
func (w *Web) linkDeAceite(c *fiber.Ctx) error {
	sub, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	side := subscriptions.Side(t["lado"])
	secret, err := w.subscriptions().InviteToAccept(c.UserContext(), sub, side)
	if fault := tenants.FaultOf(err); fault != nil && fault.Kind == tenants.KindConflict {
		w.wrong(c, &f, err)
	} else if err != nil {
		return err
	}
	waiting, err := w.subscriptions().Waiting(c.UserContext(), sub, false)
	if err != nil {
		return err
	}
	url := ""
	if secret != "" {
		site := c.BaseURL() + "/"
		if isp, _ := tenants.From(c.UserContext()); w.Site != nil {
			site = w.Site(isp.Slug)
		}
		url = site + "aceite/" + secret
	}
	return w.showWaiting(c, waiting, f, w.form(c), side, url)
}

// efetivarTroca has a transfer take effect that both have accepted.
func (w *Web) efetivarTroca(c *fiber.Ctx) error {
	sub, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	var wrong tenants.Fields
	in := subscriptions.Completing{Subscription: sub, Override: t.Lines(&wrong, "motivo_debito"), Shown: t["previa"], Key: t["chave"]}
	asked := t["ver"] != "" || in.Shown == "" // for the money of today
	if err = wrong.Err(); err == nil && !asked {
		err = w.subscriptions().Complete(c.UserContext(), in)
	}
	if err == nil && !asked {
		w.say(c, views.Toast{Said: "Titularidade trocada.", Undo: w.undoLink(c, sub)})
		return w.redirect(c, "/servicos/"+sub.String())
	}
	if err != nil && !w.wrong(c, &f, err) {
		return err
	}
	waiting, err := w.subscriptions().Waiting(c.UserContext(), sub, true)
	if err != nil {
		return err
	}
	return w.showWaiting(c, waiting, f, w.form(c), "", "")
}

// desistirDaTroca gives a transfer up that waits.
func (w *Web) desistirDaTroca(c *fiber.Ctx) error {
	sub, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	var wrong tenants.Fields
	reason := t.Lines(&wrong, "motivo")
	if err = wrong.Err(); err == nil {
		err = w.subscriptions().GiveUpTransfer(c.UserContext(), sub, reason)
	}
	if err != nil {
		if fault := tenants.FaultOf(err); fault == nil || !w.wrong(c, &f, err) {
			return err
		}
		waiting, err := w.subscriptions().Waiting(c.UserContext(), sub, false)
		if err != nil {
			return err
		}
		return w.showWaiting(c, waiting, w.form(c), f, "", "")
	}
	w.say(c, views.Toast{Said: "Troca desfeita: o titular continua o mesmo."})
	return w.redirect(c, "/servicos/"+sub.String())
}

// showWaiting shows a transfer that waits; url is the link that was made just now for a side.
func (w *Web) showWaiting(c *fiber.Ctx, in *subscriptions.WaitingTransfer, complete, giveUp views.Form, side subscriptions.Side, url string) error {
	own := "/servicos/" + in.SubscriptionID.String()
	v := views.Aceites{Head: lifeHead(in.Service, "Troca de titularidade"), Until: in.ExpiresOn.AddDays(-1).BR(), Both: in.Both(), Reason: in.Needs, Complete: complete, GiveUp: giveUp, Own: own + "/titularidade"}
	v.Head.Facts = "aguardando aceites, de " + in.From.Name + " para " + in.To.Name
	for _, one := range []views.Aceite{{Side: string(subscriptions.Leaving), Who: in.From.Name, What: "que sai"}, {Side: string(subscriptions.Taking), Who: in.To.Name, What: "que entra"}} {
		one.Form = w.form(c)
		if at := in.Accepted(subscriptions.Side(one.Side)); at != nil {
			one.At = views.Moment(at.In(zoneOf(c)))
		} else if one.Side == string(side) {
			one.URL = url
		}
		v.Sides = append(v.Sides, one)
	}
	if fault := tenants.FaultOf(in.Fault); fault != nil {
		v.Why = &views.Verdict{Class: "warn", Said: views.FaultSentence(fault) + "."}
	}
	if in.Preview != nil {
		v.Preview, v.Seen = handingPreview(&sales.Handed{Subscription: in.Service.Subscription, From: in.From, To: in.To, Preview: in.Preview}), in.Preview.Seen()
	}
	return w.show(c, v)
}

// aceite shows who was given a link what is to be accepted.
func (w *Web) aceite(c *fiber.Ctx) error {
	in, err := w.subscriptions().ByLink(c.UserContext(), c.Params("segredo"), false)
	if err != nil {
		return noInvitation(err)
	}
	return w.showInvited(c, in, c.Path(), w.form(c))
}

func noInvitation(err error) error {
	return absentIf(err, "Este link não vale mais", "O prazo passou, há um link mais novo, ou a troca já foi decidida. Fale com o seu provedor.")
}

// aceitar shows what is to be accepted with its money, or notes that it is accepted.
func (w *Web) aceitar(c *fiber.Ctx) error {
	t, _ := w.typed(c)
	var in *subscriptions.Invited
	var err error
	if t["ver"] != "" {
		in, err = w.subscriptions().ByLink(c.UserContext(), c.Params("segredo"), true)
	} else {
		in, err = w.subscriptions().Accept(c.UserContext(), c.Params("segredo"))
	}
	if err != nil {
		return noInvitation(err)
	}
	return w.showInvited(c, in, c.Path(), w.form(c))
}

// recusarAceite ends the transfer: who was given a link will not have it.
func (w *Web) recusarAceite(c *fiber.Ctx) error {
	t, f := w.typed(c)
	var wrong tenants.Fields
	why := t.Lines(&wrong, "motivo")
	if err := wrong.Err(); err != nil {
		w.wrong(c, &f, err)
		in, err := w.subscriptions().ByLink(c.UserContext(), c.Params("segredo"), false)
		if err != nil {
			return noInvitation(err)
		}
		return w.showInvited(c, in, strings.TrimSuffix(c.Path(), "/recusar"), f)
	}
	in, err := w.subscriptions().Refuse(c.UserContext(), c.Params("segredo"), why)
	if err != nil {
		return noInvitation(err)
	}
	return w.show(c, views.Convite{Refused: true, Number: in.Service.Subscription.Number, From: in.From.Name})
}

// showInvited shows a side its own money alone, and of the other no more than a name; at is the address of the invitation, and refuse the form that
// says why not.
func (w *Web) showInvited(c *fiber.Ctx, in *subscriptions.Invited, at string, refuse views.Form) error {
	v := views.Convite{Form: w.form(c), Refuse: refuse, Action: at, Number: in.Service.Subscription.Number, From: in.From.Name, To: in.To.Name, Plan: in.Service.Plan, Until: in.ExpiresOn.AddDays(-1).BR()}
	monthly, _ := billing.MonthlyOf(in.Service.Subscription)
	v.What = "As dívidas, faturas e contratos de antes continuam com você. O acesso pelo bot termina."
	if in.Side == subscriptions.Taking {
		v.What = "Do dia da troca em diante as mensalidades são suas; dívidas de antes não passam a você."
	}
	if p := in.Preview; p != nil {
		v.Seen = true
		if in.Side == subscriptions.Taking {
			monthly = p.Price.Of(0)
		}
		v.Table = invitedTable(in.Side, p)
	}
	if v.Monthly = views.Money(monthly); in.Accepted(in.Side) != nil {
		v.Done = views.Moment(in.Accepted(in.Side).In(zoneOf(c)))
	}
	return w.show(c, v)
}

func invitedTable(side subscriptions.Side, p *billing.TransferPreview) *views.Table {
	t := effectTable("O que muda para você")
	rows := p.Leaving()
	if side == subscriptions.Taking {
		rows = nil
		for _, bill := range p.Entering() {
			for _, line := range bill.Lines {
				rows = append(rows, billing.Moved{What: line.What + " (" + strings.ToLower(bill.Label) + ")", How: line.How, Amount: line.Amount})
			}
		}
	}
	for _, row := range rows {
		t.Rows = append(t.Rows, effectRow(row.What, row.How, views.Signed(row.Amount)))
	}
	if len(rows) == 0 {
		return nil
	}
	return &t
}
