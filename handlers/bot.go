package handlers

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/bots"
	"enlace/views"
)

// botAt is the page of the ISP's bot.
const botAt = "/configuracoes/bot"

// botCrumb leads there from the pages below it.
var botCrumb = views.Link{Label: "Bot do Telegram", Href: botAt}

// figured is of which days the figures are.
var figured = fmt.Sprintf("em %d dias", bots.Figured)

func (w *Web) bots() bots.Desk {
	return bots.Desk{DB: w.DB, Vault: w.Vault, Registry: w.Bots}
}

// bot is how the ISP's bot is doing, and what the ISP may change of it.
func (w *Web) bot(c *fiber.Ctx) error { return w.showBot(c, nil) }

func (w *Web) showBot(c *fiber.Ctx, f *views.Form) error {
	p, err := w.bots().Panel(c.UserContext())
	if fault := tenants.FaultOf(err); fault != nil && fault.Kind == tenants.KindConflict { // none yet
		return w.show(c, views.Bot{Head: botHead(), Form: w.form(c), Own: botAt,
			Ails: &views.Verdict{Class: "warn", Said: views.FaultSentence(fault), Proof: []views.Link{{Label: "Criar um no @BotFather e informar o token", Href: tokenAt}}}})
	} else if err != nil {
		return err
	}
	if f == nil {
		made := w.form(c)
		made.Typed = valuesOf(p.Face.Typed())
		f = &made
	}
	v := views.Bot{Head: botHead(), Form: *f, Own: botAt, Told: changed(c, p.Told),
		Figures: []views.Figure{{Label: "Chats vinculados", Value: views.Number(p.Chats), Memo: linksOfBot(p)}, {Label: "Avisos enviados", Value: views.Number(p.Sent), Memo: figured},
			{Label: "Avisos a enviar", Value: views.Number(p.Waiting), Memo: "no silêncio, ou a caminho"}, {Label: "Falando com atendente", Value: views.Number(p.Talking), Memo: "agora"}},
		Failed: views.Table{Caption: fmt.Sprintf("%s, os últimos primeiro", plural(p.FailedMany, "aviso que não chegou", "avisos que não chegaram")), Tight: true,
			Columns: []views.Column{{Label: "Cliente"}, {Label: "Aviso", Named: true}, {Label: "Quando", Named: true}, {Label: "Por quê", Named: true}, {}}},
		Empty: views.Empty{Title: "Tudo chegou", Why: "O que o Telegram recusa aparece aqui, com o motivo."}}
	if p.Username != "" {
		v.Head.Facts = "@" + p.Username
	}
	if p.Failure != "" {
		v.Ails = &views.Verdict{Class: "bad", Said: "O bot não responde", Proof: []views.Link{{Label: views.BotFailure(p.Failure), Href: tokenAt}}}
	}
	for _, one := range bots.Features {
		name := "bot_" + string(one)
		v.Features = append(v.Features, views.BotFeature{Name: name, Label: views.Setting(name), Hint: views.FeatureOfBot(string(one))})
	}
	v.Steps = botSteps(p)
	for _, row := range p.Failed {
		v.Failed.Rows = append(v.Failed.Rows, w.failedRow(c, row))
	}
	return w.show(c, v)
}

func botHead() views.Head {
	head := settingsHead("Bot do Telegram", "")
	head.Do = []views.Link{{Label: "Token do bot", Href: tokenAt}, {Label: "Tentativas", Href: tentativas}}
	return head
}

// linksOfBot is how many links the chats have, and by which way they came.
func linksOfBot(p *bots.Panel) string {
	return fmt.Sprintf("%s a clientes: %s por link, %s por papel, %s por telefone", plural(p.Links, "vínculo", "vínculos"), views.Number(p.ByLink), views.Number(p.ByPaper), views.Number(p.ByCard))
}

// botSteps are how many customers came how far, of those who came the farthest by number.
func botSteps(p *bots.Panel) (all []views.Bar) {
	most := max(p.Invited, p.Linked, 1)
	for _, step := range []struct {
		label string
		n     int
	}{{"Receberam um link, ou vieram pelo telefone", p.Invited}, {"Vinculados hoje", p.Linked}, {"Escreveram " + figured, p.Heard}, {"Vinculados que pagaram por Pix " + figured, p.Paid}} {
		all = append(all, views.Bar{Label: step.label, Share: step.n * 200 / most, Text: views.Number(step.n)})
	}
	return all
}

func (w *Web) failedRow(c *fiber.Ctx, row *ent.TelegramMessage) []views.Cell {
	again := w.small(c)
	return []views.Cell{{Text: bots.Reached(row), Href: "/clientes/" + row.CustomerID.String(), Who: true}, {Text: views.Word("telegram_messages.kind", row.Kind)},
		{Text: views.Moment(row.CreatedAt.In(zoneOf(c))), Num: true}, {Text: views.BotFailure(row.Error), Memo: plural(row.Tries, "tentativa", "tentativas")},
		{Do: &views.Link{Label: "Repetir", Href: botAt + "/avisos/" + row.ID.String() + "/repetir", Post: &again}}}
}

func (w *Web) salvarBot(c *fiber.Ctx) error {
	t, f := w.typed(c)
	var wrong tenants.Fields
	face := bots.ReadFace(t, &wrong)
	err := wrong.Err()
	if err == nil {
		err = w.bots().SetFace(c.UserContext(), face)
	}
	if err != nil {
		f.Order = []string{"saudacao", "contato", "despedida", "silencio_de", "silencio_ate", "conversa_horas"}
		if w.wrong(c, &f, err) {
			return w.showBot(c, &f)
		}
		return err
	}
	w.say(c, views.Toast{Said: "Bot salvo."})
	return w.redirect(c, botAt)
}

// repetirAviso has a message that reached nobody said again.
func (w *Web) repetirAviso(c *fiber.Ctx) error {
	one, err := id(c, "id")
	if err != nil {
		return err
	}
	if err := w.bots().Retry(c.UserContext(), one); err != nil {
		return err
	}
	w.say(c, views.Toast{Said: "O aviso vai de novo."})
	return w.redirect(c, botAt)
}
