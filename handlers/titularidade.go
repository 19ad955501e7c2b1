package handlers

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/customers"
	"enlace/tenants/money"
	"enlace/tenants/sales"
	"enlace/views"
)

func handOver(sub uuid.UUID) course {
	return course{wizard: sales.Transfer, at: "/servicos/" + sub.String() + "/titularidade", holder: sub, title: "Migrar para Outro Cliente",
		labels: []string{"Titular e cobrança", "Confirmação"}}
}

func handToNew(sub uuid.UUID) course {
	way := handOver(sub)
	way.wizard, way.at, way.labels = sales.TransferNew, way.at+"/novo", []string{"Cadastro e endereço", "Cobrança e confirmação"}
	return way
}

// handInto answers what nobody has answered yet of a transfer with what the service has, and who was named on the way here.
func handInto(f views.Form, top *sales.Desktop, to string) {
	if top.Handed == nil {
		return
	}
	t := tenants.Typed{}
	for name := range f.Typed {
		t[name] = f.Typed.Get(name)
	}
	top.Handed.Fill(t)
	if t["titular"] == "" && to != "" {
		t["titular"] = to
	}
	if _, chosen := t["modelo"]; !chosen { // the plan's
		t["modelo"] = ""
	}
	for name, value := range t {
		f.Typed.Set(name, value)
	}
}

// seeks says whether a button looks for who takes the service over: the one that does, and Enter while nobody is chosen yet.
func seeks(way course, page int, pressed string, t tenants.Typed) bool {
	if way.wizard.Kind != sales.Transfer.Kind || page != 1 {
		return false
	}
	return pressed == "buscar_titular" || pressed == "avancar" && t["titular"] == "" && strings.TrimSpace(t["busca_titular"]) != ""
}

// onWith begins what the button sends that goes on with who has the document typed.
const onWith = "existente_"

// handToKnown keeps what was typed of a new customer, and goes on with the one who is there.
func (w *Web) handToKnown(c *fiber.Ctx, way course, in sales.Progress, known string) error {
	in.Leaving = true
	if _, err := w.sales().SaveStep(c.UserContext(), in); err != nil {
		return err
	}
	w.say(c, views.Toast{Said: "O que foi digitado ficou em Rascunhos."})
	return w.redirect(c, handOver(way.holder).at+"?titular="+known)
}

// showHanding is what a page of the wizard has for a transfer alone.
func (way course) showHanding(v *views.Venda, top *sales.Desktop, page int, fault *tenants.Fault) {
	h := top.Handed
	v.Head.Crumbs = append(v.Head.Crumbs, views.Link{Label: h.From.Name, Href: "/clientes/" + h.From.ID.String()}, views.Link{Label: h.Plan.Name, Href: "/servicos/" + h.ID.String()})
	v.Head.Here, v.Head.Facts = way.title, fmt.Sprintf("serviço %d, %s de %s", h.Number, h.Plan.Name, h.From.Name)
	v.Choices.Templates[0].Label = "O do plano"
	if v.Next = "Migrar"; page < way.wizard.Last() {
		if v.Next = "Migrar Serviço"; way.wizard.Kind == sales.TransferNew.Kind {
			v.Next = "Avançar para " + way.labels[page]
		}
	}
	v.Amount = ""
	t := &views.Titularidade{New: handToNew(h.ID).at, Reason: h.Needs, Found: takers(h)}
	if query := strings.TrimSpace(v.Form.Typed.Get("busca_titular")); query != "" && len(h.Found) == 0 {
		t.None = "Ninguém encontrado por “" + query + "”. Confira o que digitou, ou cadastre um novo cliente."
	}
	if h.Known != nil {
		t.Known = &views.Link{Label: "Migrar para " + h.Known.Name, Href: onWith + h.Known.ID.String()}
	}
	if v.Titularidade = t; fault == nil && page == 1 {
		if refused := tenants.FaultOf(h.Refused); refused != nil {
			v.Warning = &views.Verdict{Class: "warn", Said: views.FaultSentence(refused) + "."}
		}
	}
	v.Sum = handingSum(h)
	if p := h.Preview; p != nil && page == way.wizard.Last() {
		v.Seen, t.Preview = p.Seen(), handingPreview(h)
		v.Sum.Then = nil // it stands beside it, line by line
	}
}

// takers are who was found, with who was chosen.
func takers(h *sales.Handed) (all []views.Option) {
	rows := h.Found
	if h.To != nil && !slices.ContainsFunc(rows, func(row *ent.Customer) bool { return row.ID == h.To.ID }) {
		rows = append([]*ent.Customer{h.To}, rows...)
	}
	for _, row := range rows {
		o := views.Option{Value: row.ID.String(), Label: row.Name, Memo: fmt.Sprintf("%d · %s", row.Number, maskedDocument(row))}
		switch {
		case row.ID == h.From.ID:
			o.Why = "já é o titular"
		case !row.Active:
			o.Why = "o cadastro está desativado"
		}
		all = append(all, o)
	}
	return all
}

// taker is what who takes the service over is called.
func taker(h *sales.Handed) string {
	if h.To == nil {
		return "Novo titular"
	}
	return h.To.Name
}

// handingSum is the money of a transfer, before and after.
func handingSum(h *sales.Handed) views.Sum {
	was, memo := billing.MonthlyOf(h.Subscription)
	s := views.Sum{Title: "Antes e depois", Tag: "prévia", Label: "Por mês, para quem entra", Full: views.Figures(was),
		Lines: []views.Line{{What: h.From.Name, Memo: cmp.Or(memo, "por mês, até hoje"), Amount: views.Figures(was)}}}
	p := h.Preview
	if p == nil {
		s.Note = "O plano, o preço, o login e o endereço de instalação vão junto. Dívidas, faturas e contratos ficam com " + h.From.Name + "."
		return s
	}
	s.Lines = append(s.Lines, views.Line{What: taker(h), Memo: cmp.Or(p.Price.Memo(0), "por mês, de hoje em diante"), Amount: views.Figures(p.Price.Of(0))})
	s.Full = views.Figures(p.Price.Of(0))
	out := views.Sum{Label: h.From.Name + ", ao todo"}
	total := money.Cents(0)
	for _, line := range p.Leaving() {
		out.Lines, total = append(out.Lines, views.Line{What: line.What, Memo: line.How, Amount: views.Signed(line.Amount)}), total+line.Amount
	}
	if out.Full = views.Signed(total); len(out.Lines) > 0 {
		s.Then = append(s.Then, out)
	}
	for _, bill := range p.Entering() {
		one := views.Sum{Label: bill.Label, Full: views.Figures(bill.Total)}
		for _, line := range bill.Lines {
			one.Lines = append(one.Lines, views.Line{What: line.What, Memo: line.How, Amount: views.Figures(line.Amount)})
		}
		s.Then = append(s.Then, one)
	}
	return s
}

// handingPreview sets what a transfer does to the money of both side by side.
func handingPreview(h *sales.Handed) *views.Preview {
	p := h.Preview
	t := views.Table{Caption: "Dinheiro dos dois titulares", Tight: true, Columns: []views.Column{{Label: "O quê"}, {Label: "Como se chegou ao valor"},
		{Label: h.From.Name + ", R$", Right: true, Named: true}, {Label: taker(h) + ", R$", Right: true, Named: true}}}
	row := func(m billing.Moved, left bool) {
		cells := []views.Cell{{Text: m.What}, {Text: m.How}, {Text: views.Signed(m.Amount)}, {Text: "–"}}
		if !left {
			cells[2], cells[3] = cells[3], cells[2]
		}
		t.Rows = append(t.Rows, cells)
	}
	was, memo := billing.MonthlyOf(h.Subscription)
	t.Rows = append(t.Rows, []views.Cell{{Text: "Mensalidade"}, {Text: cmp.Or(memo, "antes de um, agora do outro")}, {Text: views.Figures(was)}, {Text: views.Figures(p.Price.Of(0))}})
	for _, line := range p.Leaving() {
		row(line, true)
	}
	for _, bill := range p.Entering() {
		if bill.Next {
			continue
		}
		for _, line := range bill.Lines {
			row(line, false)
		}
		t.Rows = append(t.Rows, []views.Cell{{Text: bill.Label, Strong: true}, {Text: "a soma"}, {Text: "–"}, {Text: views.Figures(bill.Total), Strong: true}})
	}
	said := "O dia de hoje, " + p.Day.BR() + ", já é do novo titular."
	for _, bill := range p.Entering() {
		if bill.Next {
			said += " " + bill.Label + ": " + views.Money(bill.Total) + "."
		}
	}
	if len(p.Next.Lines) == 0 && p.Price.Of(0) > 0 {
		said += " O carnê novo, daí em diante, é gerado depois, no Financeiro do novo titular."
	}
	if p.Lapsed > 0 {
		said += " Descontos de meses futuros, " + views.Money(p.Lapsed) + ", deixam de valer."
	}
	return &views.Preview{Title: "O que muda", Tag: "prévia: nada foi gravado", Table: t, Next: said}
}

// reviewHanding is the whole transfer once more, each answer with the place it is changed at.
func reviewHanding(top *sales.Desktop, in views.SaleChoices) (all []views.Answer) {
	h, s := top.Handed, top.Sale
	if h == nil {
		return nil
	}
	all = append(all, views.Answer{Term: "De", Text: h.From.Name, Memo: maskedDocument(h.From)})
	if h.To != nil {
		all = append(all, changedAt(top, sales.StepTaker, views.Answer{Term: "Para", Text: h.To.Name, Memo: maskedDocument(h.To)}))
	} else {
		all = append(all, changedAt(top, sales.StepCustomer, views.Answer{Term: "Para", Text: s.Customer.Name, Memo: "novo cliente"}))
	}
	if h.At != nil {
		all = append(all, views.Answer{Term: "Instalação", Text: customers.OneLine(h.At), Memo: "copiado para o novo titular"})
	}
	contract := changedAt(top, sales.StepContract, views.Answer{Term: "Contrato", Text: labelOf(in.Templates, s.Template), Memo: "novo, em nome do novo titular"})
	if !h.Plan.EmitsContract {
		contract.Text, contract.Field = "O plano não emite contrato", ""
	} else if s.Template == uuid.Nil {
		contract.Text = "O do plano"
	}
	return append(all, contract,
		changedAt(top, sales.StepBilling, views.Answer{Term: "Cobrança", Text: labelOf(in.Methods, s.Method), Memo: strings.Join(append([]string{dueDay(s.DueDay), string(s.Mode)}, flags(s)...), " · ")}),
		views.Answer{Term: "Fica com " + h.From.Name, Text: "Dívidas, faturas, pagamentos e contratos"})
}

// handed says that a service changed hands, on the page of who has it now, or that it waits for what both must accept.
func (w *Web) handed(c *fiber.Ctx, sold *sales.Sold) error {
	_, err := w.subscriptions().Waiting(c.UserContext(), sold.Subscription.ID, false)
	if fault := tenants.FaultOf(err); err != nil && (fault == nil || fault.Kind != tenants.KindNotFound) {
		return err
	} else if err == nil {
		w.say(c, views.Toast{Said: "A troca aguarda o aceite dos dois: gere o link de cada um."})
		return w.redirect(c, handOver(sold.Subscription.ID).at)
	}
	w.say(c, views.Toast{Said: fmt.Sprintf("Titularidade trocada: o serviço %d agora é de %s.", sold.Subscription.Number, sold.Customer.Name), Undo: w.undoLink(c, sold.Subscription.ID)})
	return w.redirect(c, "/clientes/"+sold.Customer.ID.String())
}

// otherSide is the customer whose history tells of a transfer too.
func otherSide(e *ent.History) *views.Link {
	side := map[string]string{"service_handed_over": "to", "service_taken_over": "from", "transfer_undone": "to", "transfer_undone_to": "from"}[e.Event]
	id, there := e.After[side+"_id"].(string)
	if side == "" || !there {
		return nil
	}
	return &views.Link{Label: fmt.Sprint("Ver ", e.After[side]), Href: "/clientes/" + id}
}
