package handlers

import (
	"context"
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/staff"
	"enlace/views"
)

// faturarCobranca is Gerar fatura, on the page of a charge.
func (w *Web) faturarCobranca(c *fiber.Ctx) error {
	return w.actOnCharge(c, "faturar", []string{"vencimento"}, func(ctx context.Context, t tenants.Typed, charge uuid.UUID, wrong *tenants.Fields) (string, string, error) {
		in := billing.ReadChargeInvoice(t, charge, wrong)
		if len(*wrong) > 0 {
			return "", "", wrong.Err()
		}
		made, err := w.billing().InvoiceCharge(ctx, in)
		return "Fatura gerada, com boleto e Pix.", "/faturas/" + made.String(), err
	})
}

func (w *Web) editarCobranca(c *fiber.Ctx) error {
	return w.actOnCharge(c, "editar", []string{"novo_valor", "novo_vencimento", "nova_descricao", "motivo_edicao"}, func(ctx context.Context, t tenants.Typed, charge uuid.UUID, wrong *tenants.Fields) (string, string, error) {
		in := billing.ReadChargeEdit(t, charge, wrong)
		if len(*wrong) > 0 {
			return "", "", wrong.Err()
		}
		made, err := w.billing().EditCharge(ctx, in)
		return "Cobrança mudada para " + views.Money(in.Amount) + ", vencimento " + in.Due.BR() + ".", "/cobrancas/" + made.String(), err
	})
}

func (w *Web) cancelarCobranca(c *fiber.Ctx) error {
	return w.actOnCharge(c, "cancelar", []string{"motivo"}, func(ctx context.Context, t tenants.Typed, charge uuid.UUID, wrong *tenants.Fields) (string, string, error) {
		in := billing.ReadCancelling(t, charge, wrong)
		if len(*wrong) > 0 {
			return "", "", wrong.Err()
		}
		return "Cobrança cancelada.", "/cobrancas/" + charge.String(), w.billing().CancelCharge(ctx, in)
	})
}

func (w *Web) contestarCobranca(c *fiber.Ctx) error {
	return w.actOnCharge(c, "contestar", []string{"canal", "contestacao"}, func(ctx context.Context, t tenants.Typed, charge uuid.UUID, wrong *tenants.Fields) (string, string, error) {
		in := billing.ReadNewContest(t, charge, wrong)
		if len(*wrong) > 0 {
			return "", "", wrong.Err()
		}
		_, err := w.billing().Contest(ctx, in)
		return "Contestação registrada: a cobrança não é cobrada nem suspende até a resposta.", "/cobrancas/" + charge.String(), err
	})
}

func (w *Web) responderContestacao(c *fiber.Ctx) error {
	return w.actOnCharge(c, "responder", []string{"resposta", "explicacao", "vencimento", "engano"}, func(ctx context.Context, t tenants.Typed, charge uuid.UUID, wrong *tenants.Fields) (string, string, error) {
		one, err := w.billing().Charge(ctx, charge)
		if err != nil {
			return "", "", err
		}
		if one.Contest == nil {
			return "", "", tenants.NotFound()
		}
		in := billing.ReadAnswer(t, one.Contest.ID, wrong)
		if len(*wrong) > 0 {
			return "", "", wrong.Err()
		}
		said := "Contestação improcedente: a dívida volta a correr."
		if in.Upheld {
			said = "Contestação procedente: a cobrança foi cancelada."
		}
		return said, "/cobrancas/" + charge.String(), w.billing().AnswerContest(ctx, in)
	})
}

// actOnCharge does what one of the forms of a charge's page asks for: do answers what is said of it and where one goes on.
func (w *Web) actOnCharge(c *fiber.Ctx, name string, fields []string, do func(context.Context, tenants.Typed, uuid.UUID, *tenants.Fields) (said, to string, err error)) error {
	charge, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	f.Order = fields
	var wrong tenants.Fields
	said, to, err := do(c.UserContext(), t, charge, &wrong)
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showCharge(c, charge, name, &f)
		}
		return err
	}
	w.say(c, views.Toast{Said: said})
	return w.redirect(c, to)
}

// chargeActs are the forms of what the person may do with a charge.
func (w *Web) chargeActs(c *fiber.Ctx, one *billing.ChargeCard) (acts views.AcoesCobranca) {
	own, may := "/cobrancas/"+one.ID.String(), session(c).Granted
	form := func(action, said, button string, typed map[string]string) *views.Acao {
		a := &views.Acao{Form: w.form(c), Action: own + "/" + action, Said: said, Button: button}
		for name, value := range typed {
			a.Form.Typed.Set(name, value)
		}
		return a
	}
	isp, _ := tenants.From(c.UserContext())
	next := one.NextDue(isp.Today(w.DB.Now())).BR()
	if one.MayBeInvoiced() && may[staff.Charge] {
		acts.Invoice = form("fatura", "Com boleto e Pix, sozinha na fatura. A cobrança passa a vencer nesse dia.", "Gerar fatura de "+views.Money(one.Amount), map[string]string{"vencimento": next})
	}
	if one.MayBeEdited() && may[staff.Charge] {
		acts.Edit = form("editar", "Esta cobrança é cancelada e outra fica no lugar dela, com o que mudou e o motivo.", "Salvar mudança",
			map[string]string{"novo_valor": views.Figures(one.Amount), "novo_vencimento": next, "nova_descricao": one.Description})
	}
	if one.MayBeCancelled() && may[staff.Charge] {
		acts.Cancel = form("cancelar", "Deixa de ser devida. Continua aqui, para ser lida.", fmt.Sprintf("Cancelar cobrança de %s", views.Money(one.Amount)), nil)
	}
	if one.MayBeContested() && may[staff.Receive] {
		said := "Até a resposta, em 30 dias, não é cobrada nem suspende o serviço."
		if one.Invoice != nil && one.Unpaid() {
			said += " O boleto da fatura é trocado por outro sem ela."
		}
		acts.Contest = form("contestar", said, "Registrar contestação", nil)
		acts.Channels = channels()
	}
	if one.MayBeAnswered() && may[staff.Receive] {
		acts.Answer = form("contestacao", "“"+one.Contest.Reason+"”", "Responder", map[string]string{"vencimento": next})
		acts.Paid, acts.Open = one.Settled > 0, one.Unpaid()
		acts.Answers = contestAnswers(acts.Paid, acts.Open)
	}
	return acts
}

func channels() (all []views.Option) {
	for _, one := range billing.ContestChannels {
		all = append(all, views.Option{Value: string(one), Label: views.Word("contests.channel", string(one))})
	}
	return all
}

// contestAnswers are the two ways a contest ends, with what follows from each.
func contestAnswers(paid, open bool) []views.Option {
	upheld, rejected := "A cobrança é cancelada.", "Nada muda: o que foi pago continua pago."
	if paid {
		upheld += " O que foi pago vira crédito em dobro."
	}
	if open {
		rejected = "A dívida volta a correr do novo vencimento, sem encargos do tempo da contestação."
	}
	return []views.Option{{Value: "procedente", Label: "Procedente", Memo: upheld}, {Value: "improcedente", Label: "Improcedente", Memo: rejected}}
}

// contestVerdict says that a charge is, or was, contested; nil of one that never was.
func contestVerdict(one *billing.ChargeCard, zone *time.Location) *views.Verdict {
	switch {
	case one.Contest == nil:
		return nil
	case one.Answer == nil:
		return &views.Verdict{Class: "warn", Said: "Contestada em " + views.Moment(one.Contest.At.In(zone)) + ": responder até " + one.Contest.AnswerBy.BR(),
			Proof: []views.Link{{Label: "Até lá não é cobrada nem suspende o serviço."}}}
	}
	v := &views.Verdict{Said: "Contestação " + views.Word("contest_answers.outcome", string(one.Answer.Outcome)) + ", respondida em " + views.Moment(one.Answer.At.In(zone)),
		Proof: []views.Link{{Label: one.Answer.Reason}}}
	if one.Answer.Refund > 0 {
		v.Said += ": crédito de " + views.Money(one.Answer.Refund)
	}
	return v
}
