package handlers

import (
	"fmt"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/ent/payment"
	"enlace/ent/tillentry"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/money"
	"enlace/tenants/staff"
	"enlace/views"
)

// caixa is one's own open caixa, or the form that opens one.
func (w *Web) caixa(c *fiber.Ctx) error { return w.showOwnTill(c, nil, nil) }

// showOwnTill shows it; opening and move are forms that were not to be.
func (w *Web) showOwnTill(c *fiber.Ctx, opening, move *views.Form) error {
	own, err := w.billing().OwnTill(c.UserContext())
	if err != nil {
		return err
	}
	if own == nil {
		v := views.Caixa{Head: views.Head{Title: "Caixa", Facts: "o que você recebe na loja", Do: tillLinks()}, Open: opening,
			Empty: views.Empty{Title: "Nenhum caixa aberto", Why: "Abra o seu com o troco que há na gaveta. Se você receber antes, ele abre sozinho, sem fundo."}}
		if v.Open == nil {
			f := w.form(c)
			v.Open = &f
		}
		return w.show(c, v)
	}
	v := w.tillView(c, own)
	v.Head.Title = fmt.Sprintf("Caixa %d", own.Number)
	v.Head.Do = append([]views.Link{{Label: "Fechar caixa", Href: "/caixas/" + own.ID.String() + "/fechar", Go: true}}, tillLinks()...)
	if v.Move = move; move == nil {
		f := w.form(c)
		v.Move = &f
	}
	v.Kinds = wordedOptions("till_entries.kind", string(tillentry.KindWithdrawal), string(tillentry.KindSupply))
	return w.show(c, v)
}

// printPage prints the page: the cash of a day is signed on paper.
var printPage = views.Link{Label: "Imprimir", Print: true}

// tillLinks lead from a caixa to what is beside it.
func tillLinks() []views.Link {
	return []views.Link{{Label: "Caixas do dia", Href: "/caixas"}, {Label: "Correspondentes", Href: "/correspondentes"}}
}

func (w *Web) abrirCaixa(c *fiber.Ctx) error {
	t, f := w.typed(c)
	var wrong tenants.Fields
	in := billing.ReadTillOpening(t, &wrong)
	err := wrong.Err()
	if err == nil {
		err = w.billing().OpenTill(c.UserContext(), in)
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showOwnTill(c, &f, nil)
		}
		return err
	}
	w.say(c, views.Toast{Said: "Caixa aberto com " + views.Money(in.Float) + "."})
	return w.redirect(c, "/caixa")
}

// movimentoCaixa is a sangria or a suprimento.
func (w *Web) movimentoCaixa(c *fiber.Ctx) error {
	t, f := w.typed(c)
	var wrong tenants.Fields
	in := billing.ReadTillMove(t, &wrong)
	err := wrong.Err()
	if err == nil {
		err = w.billing().MoveTill(c.UserContext(), in)
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showOwnTill(c, nil, &f)
		}
		return err
	}
	w.say(c, views.Toast{Said: views.Word("till_entries.kind", string(in.Kind)) + " de " + views.Money(in.Amount) + "."})
	return w.redirect(c, "/caixa")
}

// caixaUm is the report of one caixa, which prints.
func (w *Web) caixaUm(c *fiber.Ctx) error {
	one, err := id(c, "id")
	if err != nil {
		return err
	}
	card, err := w.billing().Till(c.UserContext(), one)
	if err != nil {
		return err
	}
	v := w.tillView(c, card)
	v.Head.Do = []views.Link{printPage}
	if mine := card.UserID == session(c).Actor.ID; card.ClosedAt == nil && (mine || session(c).Granted[staff.Override]) {
		v.Head.Do = []views.Link{printPage, {Label: "Fechar caixa", Href: "/caixas/" + one.String() + "/fechar", Go: true}}
	}
	return w.show(c, v)
}

// tillView is a caixa as it is shown.
func (w *Web) tillView(c *fiber.Ctx, card *billing.TillCard) views.Caixa {
	zone, isp := zoneOf(c), w.today(c)
	tag := tillStatus(card)
	v := views.Caixa{
		Head: views.Head{Crumbs: []views.Link{{Label: "Caixa", Href: "/caixa"}, {Label: "Caixas do dia", Href: "/caixas?dia=" + card.Day.String()}}, Here: fmt.Sprintf("Caixa %d", card.Number),
			Title: fmt.Sprintf("Caixa %d de %s", card.Number, card.Who.Name), Facts: "aberto em " + views.Moment(card.OpenedAt.In(zone)), Tag: &tag},
		Figures: []views.Figure{
			{Label: "Em dinheiro", Value: views.Figures(card.Expected[payment.FormCash]), Memo: "o que deve haver na gaveta", Money: true},
			{Label: "Recebido", Value: views.Figures(sumForms(card.Came)), Memo: "em todas as formas, menos estornos", Money: true},
			{Label: "Fundo de troco", Value: views.Figures(card.Opening), Memo: "ao abrir", Money: true},
			{Label: "Sangrias", Value: views.Figures(card.Withdrew), Memo: "suprimentos de " + views.Money(card.Supplied), Money: true},
		},
		Sums: formsTable(card), Payments: tillPayments(c, card.Payments),
		Empty: views.Empty{Title: "Nada entrou ainda", Why: "As baixas na loja aparecem aqui."},
		Facts: []views.Fact{{Term: "De", Text: card.Who.Name}, {Term: "Aberto em", Text: views.Moment(card.OpenedAt.In(zone)), Num: true}},
	}
	if card.ClosedAt != nil {
		v.Facts = append(v.Facts, views.Fact{Term: "Fechado em", Text: views.Moment(card.ClosedAt.In(zone)), Num: true}, views.Fact{Term: "Diferença, R$", Text: views.Signed(card.Difference()), Num: true, Memo: card.Reason})
		if card.Closer != nil && card.Closer.ID != card.UserID {
			v.Facts = append(v.Facts, views.Fact{Term: "Fechado por", Text: card.Closer.Name})
		}
	} else if card.Day.Before(isp) {
		v.Late = &views.Verdict{Class: "warn", Said: "Aberto desde " + card.Day.BR(), Proof: []views.Link{{Label: "Feche-o para que o dia de hoje tenha o seu."}}}
	}
	for _, one := range card.Entries {
		v.Moves = append(v.Moves, views.Entry{Text: views.Word("till_entries.kind", string(one.Kind)) + " de " + views.Money(max(one.Amount, -one.Amount)), Memo: one.Reason + " · " + views.Moment(one.At.In(zone))})
	}
	return v
}

func tillStatus(card *billing.TillCard) views.Status {
	switch {
	case card.ClosedAt == nil:
		return views.StatusOf("till", "open")
	case card.Difference() != 0 || card.Reason != "":
		return views.StatusOf("till", "differs")
	}
	return views.StatusOf("till", "closed")
}

func sumForms(sums map[payment.Form]money.Cents) (sum money.Cents) {
	for _, one := range sums {
		sum += one
	}
	return sum
}

// formsTable is what came, what should be there and what was counted, by form.
func formsTable(card *billing.TillCard) views.Table {
	t := views.Table{Caption: "Por forma de pagamento", Columns: []views.Column{{Label: "Forma"}, {Label: "Recebido, R$", Right: true, Named: true}, {Label: "Deve haver, R$", Right: true, Main: true}}}
	if card.ClosedAt != nil {
		t.Columns[2].Main, t.Columns[2].Named = false, true
		t.Columns = append(t.Columns, views.Column{Label: "Contado, R$", Right: true, Main: true}, views.Column{Label: "Diferença, R$", Right: true, Named: true})
	}
	for _, form := range card.Forms() {
		cells := []views.Cell{{Text: views.Word("payments.form", string(form)), Strong: true}, {Text: views.Figures(card.Came[form])}, {Text: views.Figures(card.Expected[form])}}
		if card.ClosedAt != nil {
			off := card.Counted[form] - card.Expected[form]
			cells = append(cells, views.Cell{Text: views.Figures(card.Counted[form])}, views.Cell{Text: views.Signed(off), Minus: off < 0, Muted: off == 0})
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// tillPayments lists payments with whose they are.
func tillPayments(c *fiber.Ctx, rows []billing.TillPayment) views.Table {
	t := views.Table{Caption: "Baixas", Columns: []views.Column{{Label: "Cliente"}, {Label: "Hora", Named: true}, {Label: "Por", Named: true}, {Label: "Recibo", Named: true}, {Label: "Valor, R$", Right: true, Main: true}}}
	for _, one := range rows {
		recibo := views.Cell{Text: "–"}
		if one.Receipt != 0 {
			recibo = views.Cell{Text: fmt.Sprint(one.Receipt), Href: "/recibos/" + one.ReceiptID.String() + ".pdf"}
		}
		what := views.Cell{Text: howPaid(one.Payment, nil)}
		if one.Amount < 0 {
			what.Memo = "estorno"
		}
		t.Rows = append(t.Rows, []views.Cell{{Text: one.Customer.Name, Href: "/pagamentos/" + one.ID.String(), Who: true}, {Text: views.Moment(one.ReceivedAt.In(zoneOf(c))), Num: true}, what, recibo,
			{Text: views.Figures(one.Amount), Minus: one.Amount < 0}})
	}
	return t
}

// fecharCaixa is the page on which a caixa is counted.
func (w *Web) fecharCaixa(c *fiber.Ctx) error {
	one, err := id(c, "id")
	if err != nil {
		return err
	}
	return w.showClosing(c, one, nil)
}

// showClosing shows it; refused is a form that was not to be.
func (w *Web) showClosing(c *fiber.Ctx, one uuid.UUID, refused *views.Form) error {
	card, err := w.billing().Till(c.UserContext(), one)
	if err != nil {
		return err
	}
	own := "/caixas/" + one.String()
	if card.ClosedAt != nil && refused == nil {
		return w.redirect(c, own)
	}
	v := views.FecharCaixa{Action: own + "/fechar", Seen: card.Seen(), Sums: formsTable(card),
		Head: views.Head{Crumbs: []views.Link{{Label: "Caixa", Href: "/caixa"}, {Label: fmt.Sprintf("Caixa %d", card.Number), Href: own}}, Here: "Fechar",
			Title: fmt.Sprintf("Fechar o caixa %d", card.Number), Facts: card.Who.Name + " · fechado, não se mexe mais nele"}}
	if v.Form = w.form(c); refused != nil {
		v.Form = *refused
	}
	for _, form := range card.Forms() {
		field := v.Form.Text("contado_"+string(form), views.Word("payments.form", string(form))+", R$")
		field.Mode = "decimal"
		v.Counts = append(v.Counts, field)
	}
	return w.show(c, v)
}

func (w *Web) fecharCaixaPost(c *fiber.Ctx) error {
	one, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	var wrong tenants.Fields
	in := billing.ReadTillClosing(t, one, &wrong)
	if err = wrong.Err(); err == nil {
		err = w.billing().CloseTill(c.UserContext(), in)
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showClosing(c, one, &f)
		}
		return err
	}
	w.say(c, views.Toast{Said: "Caixa fechado."})
	return w.redirect(c, "/caixas/"+one.String())
}

// caixas lists the caixas of a day.
func (w *Web) caixas(c *fiber.Ctx) error {
	t, f := w.asked(c)
	day := dayAsked(t, "dia", w.today(c))
	cards, err := w.billing().Tills(c.UserContext(), day)
	if err != nil {
		return err
	}
	f.Typed.Set("dia", day.BR())
	v := views.Caixas{Form: f, Head: views.Head{Crumbs: []views.Link{{Label: "Caixa", Href: "/caixa"}}, Here: "Caixas do dia", Title: "Caixas do dia", Facts: views.LongDate(day)},
		Table: views.Table{Caption: "Caixas", Columns: []views.Column{{Label: "Caixa"}, {Label: "Situação"}, {Label: "Dinheiro, R$", Right: true, Named: true}, {Label: "Outras formas, R$", Right: true, Named: true},
			{Label: "Diferença, R$", Right: true, Named: true}, {Label: "Recebido, R$", Right: true, Main: true}}},
		Empty: views.Empty{Title: "Nenhum caixa neste dia", Why: "Quem recebe na loja tem um caixa; ele aparece aqui."}}
	if len(cards) > 0 {
		v.Head.Do = []views.Link{printPage}
	}
	var came, cash, off money.Cents
	for _, card := range cards {
		tag, sum, drawer, difference := tillStatus(card), sumForms(card.Came), card.Came[payment.FormCash], "–"
		if card.ClosedAt != nil {
			difference, off = views.Signed(card.Difference()), off+card.Difference()
		}
		came, cash = came+sum, cash+drawer
		v.Table.Rows = append(v.Table.Rows, []views.Cell{{Text: card.Who.Name, Memo: fmt.Sprintf("caixa %d", card.Number), Href: "/caixas/" + card.ID.String(), Who: true}, {Status: &tag},
			{Text: views.Figures(drawer)}, {Text: views.Figures(sum - drawer)}, {Text: difference}, {Text: views.Figures(sum), Strong: true}})
	}
	v.Totals = []views.Figure{{Label: "Recebido", Value: views.Figures(came), Memo: plural(len(cards), "caixa", "caixas"), Money: true}, {Label: "Em dinheiro", Value: views.Figures(cash), Money: true},
		{Label: "Outras formas", Value: views.Figures(came - cash), Money: true}, {Label: "Diferenças", Value: views.Signed(off), Memo: "dos que já fecharam", Money: true}}
	return w.show(c, v)
}
