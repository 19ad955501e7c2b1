package handlers

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/staff"
	"enlace/views"
)

// agreementFields are the fields of the form of an agreement, as they stand on the page.
var agreementFields = []string{"dividas", "desconto", "motivo", "entrada", "entrada_em", "parcelas", "primeiro_vencimento"}

// acordosDoCliente lists the agreements and the billing events of a customer.
func (w *Web) acordosDoCliente(c *fiber.Ctx) error {
	of, err := id(c, "id")
	if err != nil {
		return err
	}
	all, err := w.billing().Arrangements(c.UserContext(), of)
	if err != nil {
		return err
	}
	own, may := "/clientes/"+of.String(), session(c).Granted
	v := views.Acordos{Head: views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: all.Customer.Name, Href: own}, {Label: "Financeiro", Href: own + "/financeiro"}},
		Here: "Acordos e eventos", Title: "Acordos e eventos", Facts: all.Customer.Name}, Tabs: views.CustomerTabs(of.String(), own+"/financeiro"),
		NoAgreement: views.Empty{Title: "Nenhum acordo", Why: "Um acordo parcela o que está em atraso."}, NoEvent: views.Empty{Title: "Nenhum evento", Why: "Um acréscimo ou desconto vai nas faturas de um serviço, mês a mês."}}
	if may[staff.Receive] {
		v.Head.Do = append(v.Head.Do, views.Link{Label: "+ Acordo", Href: own + "/acordos/novo"})
	}
	if may[staff.Charge] {
		v.Head.Do = append(v.Head.Do, views.Link{Label: "+ Evento", Href: own + "/eventos/novo"})
	}
	for _, one := range all.Agreements {
		state := views.StatusOf("agreement", string(one.Status))
		v.Agreements = append(v.Agreements, views.Entry{Text: fmt.Sprintf("Acordo %d, %s", one.Number, views.Money(one.Total())), Href: "/acordos/" + one.ID.String(),
			Memo: fmt.Sprintf("de %s · faltam %s", one.MadeOn.BR(), views.Money(one.Left)), Status: &state})
	}
	for _, one := range all.Events {
		state := views.StatusOf("event", string(one.Status))
		v.Events = append(v.Events, views.Entry{Text: one.Description + ", " + views.Signed(one.Amount), Href: "/eventos/" + one.ID.String(),
			Memo: plural(len(one.Parts), "parte", "partes") + ", de " + views.Month(one.FromMonth) + " em diante", Status: &state})
	}
	return w.show(c, v)
}

// acordoNovo asks for an agreement and shows what it would be; what is asked stands in the address.
func (w *Web) acordoNovo(c *fiber.Ctx) error {
	t, f := w.asked(c)
	ticked := c.Context().QueryArgs().PeekMulti("dividas")
	var all []string
	for _, one := range ticked {
		all = append(all, string(one))
	}
	if len(all) > 0 {
		t["dividas"] = strings.Join(all, ",")
	}
	return w.showNewAgreement(c, t, f, nil)
}

// fazerAcordo makes the agreement, or leads to the preview that was asked for.
func (w *Web) fazerAcordo(c *fiber.Ctx) error {
	customer, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	if t["ver"] != "" {
		asked := url.Values{}
		for _, name := range agreementFields {
			asked.Set(name, t[name])
		}
		return w.redirect(c, c.Path()+"?"+asked.Encode())
	}
	var wrong tenants.Fields
	in := billing.ReadNewAgreement(t, customer, &wrong)
	if err := wrong.Err(); err != nil {
		return w.showNewAgreement(c, t, f, err)
	}
	made, err := w.billing().Agree(c.UserContext(), in)
	if err != nil {
		return w.showNewAgreement(c, t, f, err)
	}
	one, err := w.billing().Agreement(c.UserContext(), made)
	if err != nil {
		return err
	}
	w.say(c, views.Toast{Said: fmt.Sprintf("Acordo %d de %s feito: %s, %s.", one.Number, one.Customer.Name, plural(len(one.Instalments), "parcela", "parcelas"), views.Money(one.Total()))})
	return w.redirect(c, "/acordos/"+made.String())
}

// showNewAgreement shows the form with the preview of what is typed; refused is why what was sent could not be done.
func (w *Web) showNewAgreement(c *fiber.Ctx, t tenants.Typed, f views.Form, refused error) error {
	customer, err := id(c, "id")
	if err != nil {
		return err
	}
	offer, err := w.billing().OfferAgreement(c.UserContext(), customer)
	if err != nil {
		return err
	}
	own := "/clientes/" + customer.String()
	v := views.AcordoNovo{Action: own + "/acordos/novo", Head: views.Head{
		Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: offer.Customer.Name, Href: own}, {Label: "Financeiro", Href: own + "/financeiro"}},
		Here:   "Novo acordo", Title: "Novo acordo", Facts: offer.Customer.Name}}
	isp, _ := tenants.From(c.UserContext())
	today := isp.Today(w.DB.Now())
	var all []string
	for _, s := range offer.Invoices {
		memo := fmt.Sprintf("vencida em %s · %s", s.Invoice.Due.BR(), whatFor(s))
		v.Debts = append(v.Debts, views.Option{Value: s.Invoice.ID.String(), Label: fmt.Sprintf("Fatura %d, %s", s.Invoice.Number, views.Money(s.Owed())), Memo: memo})
		all = append(all, s.Invoice.ID.String())
	}
	for _, row := range offer.Loose {
		v.Debts = append(v.Debts, views.Option{Value: row.ID.String(), Label: fmt.Sprintf("%s, %s", row.Description, views.Money(row.Amount-row.Settled)), Memo: "vencida em " + row.Due.BR()})
		all = append(all, row.ID.String())
	}
	v.Missing = views.Empty{Title: "Nada em atraso", Why: "Um acordo se faz sobre o que está vencido.", Next: views.Link{Label: "Ver o Financeiro", Href: own + "/financeiro"}}
	_, sent := t["primeiro_vencimento"] // the form was: what is not ticked was unticked
	for name, value := range map[string]string{"dividas": strings.Join(all, ","), "parcelas": "3", "entrada_em": today.BR(), "primeiro_vencimento": today.AddDays(30).BR()} {
		if _, typed := t[name]; !typed && (name != "dividas" || !sent) {
			t[name] = value
		}
	}
	for name := range t {
		f.Typed.Set(name, t[name])
	}
	f.Order = agreementFields
	if len(all) > 0 || refused != nil {
		if err := w.previewAgreement(c, &v, t, &f, customer, refused); err != nil {
			return err
		}
	}
	v.Form = f
	return w.show(c, v)
}

// previewAgreement reckons the agreement that is typed. What was refused is said first, else what keeps the preview from being made.
func (w *Web) previewAgreement(c *fiber.Ctx, v *views.AcordoNovo, t tenants.Typed, f *views.Form, customer uuid.UUID, refused error) error {
	var wrong tenants.Fields
	in := billing.ReadNewAgreement(t, customer, &wrong)
	err := wrong.Err()
	var preview *billing.AgreementPreview
	if err == nil {
		preview, err = w.billing().PreviewAgreement(c.UserContext(), in)
	}
	if refused == nil {
		refused = err
	}
	if refused != nil && !w.wrong(c, f, refused) {
		return refused
	}
	if err != nil {
		v.Missing = missing(*f)
		return nil
	}
	v.Preview = agreementPreview(preview)
	v.Total, v.Button = views.Figures(preview.Total), "Fazer acordo de "+views.Money(preview.Total)
	if preview.Left > 0 {
		v.Warning = &views.Verdict{Class: "warn", Said: "Ficam fora do acordo " + views.Money(preview.Left) + " em atraso", Proof: []views.Link{{Label: "Um serviço suspenso por isso continua suspenso."}}}
	}
	return nil
}

// agreementPreview is what an agreement takes over and each of its instalments.
func agreementPreview(p *billing.AgreementPreview) *views.Preview {
	t := views.Table{Caption: "O acordo", Tight: true, Columns: []views.Column{{Label: "O que muda"}, {Label: "Vencimento", Named: true}, {Label: "Valor, R$", Right: true, Main: true}}}
	for _, debt := range p.Debts {
		what, due := "", views.Cell{Num: true}
		if debt.Charge != nil {
			what, due.Text = debt.Charge.Description, debt.Charge.Due.BR()
		} else {
			what, due.Text = fmt.Sprintf("Fatura %d", debt.Invoice.Number), debt.Invoice.Due.BR()
		}
		memo := "sai da cobrança"
		if debt.Late > 0 {
			memo += fmt.Sprintf(": %s e %s de multa e juros até hoje", views.Figures(debt.Principal), views.Figures(debt.Late))
		}
		t.Rows = append(t.Rows, []views.Cell{{Text: what, Memo: memo}, due, {Text: views.Figures(debt.Principal + debt.Late), Muted: true}})
	}
	if p.Discount > 0 {
		t.Rows = append(t.Rows, []views.Cell{{Text: "Desconto"}, {}, {Text: views.Figures(-p.Discount), Minus: true}})
	}
	for k, one := range p.Instalments {
		t.Rows = append(t.Rows, []views.Cell{{Text: fmt.Sprintf("Parcela %d de %d", k+1, len(p.Instalments)), Memo: one.Memo, Strong: true}, {Text: one.Due.BR(), Num: true}, {Text: views.Figures(one.Amount), Strong: true}})
	}
	t.Foot = []views.Cell{{Text: "Total do acordo"}, {}, {Text: views.Figures(p.Total)}}
	return &views.Preview{Title: "Acordo de " + views.Money(p.Total), Tag: "prévia: nada foi gravado", Table: t,
		Next: "Cada parcela é uma fatura por " + p.Method.Name + ". Com a primeira paga, o serviço suspenso volta. Uma parcela em atraso tem multa e juros e não suspende; cancelado o acordo, o que falta volta às faturas de antes."}
}

// acordo is the page of one agreement.
func (w *Web) acordo(c *fiber.Ctx) error {
	agreement, err := id(c, "id")
	if err != nil {
		return err
	}
	return w.showAgreement(c, agreement, nil)
}

func (w *Web) cancelarAcordo(c *fiber.Ctx) error {
	agreement, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	f.Order = []string{"motivo"}
	var wrong tenants.Fields
	in := billing.ReadCancelling(t, agreement, &wrong)
	if err = wrong.Err(); err == nil {
		err = w.billing().CancelAgreement(c.UserContext(), in)
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showAgreement(c, agreement, &f)
		}
		return err
	}
	w.say(c, views.Toast{Said: "Acordo cancelado: o que falta voltou às dívidas de antes."})
	return w.redirect(c, "/acordos/"+agreement.String())
}

// showAgreement shows an agreement; refused is the form of a cancelling that was not to be.
func (w *Web) showAgreement(c *fiber.Ctx, agreement uuid.UUID, refused *views.Form) error {
	a, err := w.billing().Agreement(c.UserContext(), agreement)
	if err != nil {
		return err
	}
	tag, customer := views.StatusOf("agreement", string(a.Status)), "/clientes/"+a.CustomerID.String()
	v := views.Acordo{Head: views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: a.Customer.Name, Href: customer}, {Label: "Financeiro", Href: customer + "/financeiro"}},
		Here: fmt.Sprintf("Acordo %d", a.Number), Title: fmt.Sprintf("Acordo %d", a.Number), Facts: a.Customer.Name, Tag: &tag}, Table: agreedTable(a), Facts: agreementFacts(a)}
	for _, row := range a.Invoices {
		v.Debts = append(v.Debts, views.Entry{Text: fmt.Sprintf("Fatura %d", row.Number), Href: "/faturas/" + row.ID.String(), Memo: "vencida em " + row.Due.BR()})
	}
	for _, row := range a.Loose {
		v.Debts = append(v.Debts, views.Entry{Text: row.Description, Href: "/cobrancas/" + row.ID.String(), Memo: "vencida em " + row.Due.BR()})
	}
	if a.Status == billing.AgreementBroken {
		v.Verdict = &views.Verdict{Class: "bad", Said: "Acordo quebrado: há parcela em atraso",
			Proof: []views.Link{{Label: "A parcela tem multa e juros e não suspende o serviço. Cancelado o acordo, o que falta volta às faturas de antes, que suspendem pelas regras de sempre."}}}
	}
	if refused != nil || a.Left > 0 && a.CancelledAt == nil && session(c).Granted[staff.Receive] {
		v.Cancel = &views.Acao{Action: "/acordos/" + agreement.String() + "/cancelar", Open: refused != nil || c.Query("abrir") == "cancelar", Button: fmt.Sprintf("Cancelar acordo %d", a.Number),
			Said: "As parcelas não pagas são canceladas. As dívidas de antes voltam, menos o que foi pago, com multa e juros desde o vencimento delas; o desconto cai."}
		if v.Cancel.Form = w.form(c); refused != nil {
			v.Cancel.Form = *refused
		}
	}
	return w.show(c, v)
}

func agreementFacts(a *billing.Agreement) []views.Fact {
	facts := []views.Fact{{Term: "Feito em", Text: a.MadeOn.BR(), Num: true}, {Term: "Dívida", Text: views.Money(a.Principal), Num: true}, {Term: "Multa e juros", Text: views.Money(a.Late), Num: true}}
	if a.Discount > 0 {
		facts = append(facts, views.Fact{Term: "Desconto", Text: views.Money(a.Discount), Num: true, Memo: a.Reason})
	}
	facts = append(facts, views.Fact{Term: "Total", Text: views.Money(a.Total()), Num: true}, views.Fact{Term: "Falta pagar", Text: views.Money(a.Left), Num: true})
	if a.CancelledAt != nil {
		facts = append(facts, views.Fact{Term: "Cancelado", Text: a.CancelReason})
	}
	return facts
}

func agreedTable(a *billing.Agreement) views.Table {
	t := views.Table{Caption: "Parcelas", Columns: []views.Column{{Label: "Parcela"}, {Label: "Fatura", Named: true}, {Label: "Vencimento", Named: true}, {Label: "Situação"}, {Label: "Valor, R$", Right: true, Main: true}}}
	for k, s := range a.Instalments {
		state := invoiceStatus(s)
		t.Rows = append(t.Rows, []views.Cell{{Text: fmt.Sprintf("%d de %d", k+1, len(a.Instalments)), Memo: agreedMemo(s)}, {Text: fmt.Sprint(s.Invoice.Number), Href: "/faturas/" + s.Invoice.ID.String()},
			dueCell(s), {Status: &state}, {Text: views.Figures(s.Total), Muted: s.Status == billing.InvoiceCancelled}})
	}
	t.Foot = []views.Cell{{Text: "Total"}, {}, {}, {}, {Text: views.Figures(a.Total())}}
	return t
}

// agreedMemo says how an instalment came about.
func agreedMemo(s *billing.Standing) string {
	if len(s.Charges) == 0 {
		return ""
	}
	return s.Charges[0].Memo
}
