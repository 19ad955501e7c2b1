package handlers

import (
	"github.com/gofiber/fiber/v2"

	"enlace/ent/pspaccount"
	"enlace/tenants/calendar"
	"enlace/tenants/catalog"
	"enlace/views"
)

// testarConta asks the PSP of an access; its page then says how that answered.
func (w *Web) testarConta(c *fiber.Ctx) error {
	one, err := id(c, "id")
	if err != nil {
		return err
	}
	answer, err := w.incoming().TestAccount(c.UserContext(), one)
	if err != nil {
		return err
	}
	if answer == pspaccount.AnswerAccepted {
		w.say(c, views.Toast{Said: "A conexão com o banco foi aceita."})
	}
	return w.redirect(c, "/configuracoes/contas-pix/"+one.String())
}

// soonOver is for how many days before its end a certificate is warned of.
const soonOver = 30

// furnishAccount puts beside the form of an access how it stands, and offers to try it.
func (w *Web) furnishAccount(c *fiber.Ctx, v *views.Ajuste, row catalog.Row) {
	for _, secret := range catalog.PSPSecrets {
		v.Form.Typed.Del(secret) // what was typed is not shown again
	}
	if c.Params("id") == "" {
		v.Note = &views.Verdict{Said: "Peça ao banco o acesso à API Pix", Proof: []views.Link{{Label: "Ele dá os endereços, o Client ID, o Client Secret e o certificado."}}}
		return
	}
	answer, button := views.StatusOf("psp_accounts.answer", row.Typed["resposta"]), w.small(c)
	v.Facts = []views.Fact{{Term: "Conexão", Status: &answer, Memo: row.Typed["resposta_em"]}, {Term: "Certificado vale até", Text: row.Typed["certificado_ate"], Num: true}}
	v.Head.Do = []views.Link{{Label: "Testar conexão", Href: "/configuracoes/contas-pix/" + row.ID.String() + "/testar", Post: &button}}
	until, err := calendar.ParseTyped(row.Typed["certificado_ate"])
	if today := w.DB.Today(c.UserContext()); err == nil && until.DaysSince(today) <= soonOver {
		v.Note = &views.Verdict{Class: "warn", Said: "O certificado vence em " + until.BR(), Proof: []views.Link{{Label: "Peça outro ao banco e informe aqui: sem ele nenhum Pix é registrado nem baixado."}}}
	}
	if why := views.PSPHint(row.Typed["resposta"]); why != "" {
		v.Note = &views.Verdict{Class: answer.Class, Said: answer.Word, Proof: []views.Link{{Label: why}}}
	}
}
