package reports

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"enlace/ent"
	"enlace/ent/contact"
	"enlace/ent/payment"
	"enlace/ent/subscription"
	"enlace/ent/ticket"
	"enlace/ent/workorder"
	"enlace/tenants/brazil"
	"enlace/tenants/calendar"
)

// titles are what the classes of what is held are called.
var titles = map[string]string{
	"cadastro": "Cadastro", "servicos": "Serviços contratados", "contatos": "Contatos", "enderecos": "Endereços", "contratos": "Contratos", "emails": "E-mails enviados",
	"faturas": "Faturas", "cobrancas": "Cobranças", "contestacoes": "Contestações", "pagamentos": "Pagamentos", "quitacoes": "Quitações anuais", "atendimentos": "Atendimentos",
	"conversas": "Andamento dos atendimentos", "visitas": "Ordens de serviço", "andamentos": "Andamento das ordens de serviço", "materiais": "Materiais usados",
	"anexos": "Anexos e assinaturas", "falhas": "Falhas do serviço", "mensagens": "Mensagens do bot", "telegram": "Vínculos do Telegram", "logins": "Logins de conexão",
	"conexoes": "Registros de conexão", "autenticacoes": "Autenticações", "trocas": "Trocas de titularidade", "historico": "Históricos",
}

// TitleOf is what a class of what is held is called.
func TitleOf(class string) string { return titles[class] }

// teller says what is held in words that its holder can read, a line a row, by the ISP's clocks. "" is said of what says nothing to him.
type teller struct{ zone *time.Location }

var (
	serviceWords = map[subscription.Status]string{subscription.StatusAguardandoAssinatura: "aguarda assinatura", subscription.StatusAguardandoInstalacao: "aguarda instalação",
		subscription.StatusHabilitado: "habilitado", subscription.StatusSuspensoParcial: "suspenso parcialmente", subscription.StatusSuspensoDebito: "suspenso por débito",
		subscription.StatusSuspensoPedido: "suspenso a pedido", subscription.StatusAguardandoMigracao: "aguarda migração", subscription.StatusCancelado: "cancelado"}
	ticketWords = map[ticket.Status]string{ticket.StatusRascunho: "em rascunho", ticket.StatusAguardandoAnalise: "aguarda análise", ticket.StatusPendente: "aguarda visita", ticket.StatusFinalizado: "resolvido"}
	visitWords  = map[workorder.Status]string{workorder.StatusAguardandoAgendamento: "aguarda agendamento", workorder.StatusAgendada: "agendada", workorder.StatusEmExecucao: "em execução",
		workorder.StatusFinalizada: "finalizada", workorder.StatusCancelada: "cancelada"}
	formWords = map[payment.Form]string{payment.FormCash: "em dinheiro", payment.FormDebitCard: "no cartão de débito", payment.FormCreditCard: "no cartão de crédito", payment.FormPix: "por Pix",
		payment.FormTransfer: "por transferência", payment.FormCheque: "em cheque"}
)

func (t teller) at(when time.Time) string { return when.In(t.zone).Format("02/01/2006, 15:04") }

// until is when something ended, or that it has not.
func (t teller) until(when *time.Time, otherwise string) string {
	if when == nil {
		return otherwise
	}
	return "até " + t.at(*when)
}

// joined is the parts of a line that say something.
func joined(parts ...string) string {
	var all []string
	for _, one := range parts {
		if one != "" {
			all = append(all, one)
		}
	}
	return strings.Join(all, ", ")
}

// behind is a label with what stands behind it; "" where there is nothing.
func behind(label, text string) string {
	if text == "" {
		return ""
	}
	return label + text
}

func dated(label string, day calendar.Date) string {
	if day.IsZero() {
		return ""
	}
	return label + day.BR()
}

// card is the record of the customer, label by label.
func (t teller) card(c *ent.Customer) (rows [][2]string) {
	document := "CPF"
	written := brazil.FormatCPF(c.Document)
	if len(c.Document) == 14 {
		document, written = "CNPJ", brazil.FormatCNPJ(c.Document)
	}
	for _, one := range [][2]string{{"Nome", c.Name}, {"Nome fantasia", c.TradeName}, {document, written}, {"Nascimento", dated("", c.Birth)}, {"RG", joined(c.Rg, c.RgIssuer, dated("de ", c.RgIssued))},
		{"Mãe", c.Mother}, {"Pai", c.Father}, {"Estado civil", c.Marital}, {"Gênero", c.Gender}, {"Nacionalidade", c.Nationality}, {"Inscrição estadual", c.StateRegistration},
		{"Inscrição municipal", c.CityRegistration}, {"Responsável", c.Responsible}, {"Observações", c.Notes}, {"Alerta", c.Alert}, {"Cliente nº", fmt.Sprint(c.Number)}} {
		if one[1] != "" {
			rows = append(rows, one)
		}
	}
	return rows
}

func (t teller) service(s *ent.Subscription) string {
	return joined(fmt.Sprintf("Serviço nº %d", s.Number), serviceWords[s.Status], s.Price.BRL()+" por mês", dated("vendido em ", s.SoldOn), dated("cancelado em ", s.CancelledOn))
}

func (t teller) contact(c *ent.Contact) string {
	if c.Kind == contact.KindPhone {
		return "Telefone " + brazil.FormatPhone(c.Value)
	}
	return "E-mail " + c.Value
}

func (t teller) address(a *ent.Address) string {
	return joined(a.Street, a.HouseNumber, a.Complement, a.District, a.City, a.Uf, behind("CEP ", a.Cep), a.Landmark)
}

func (t teller) contract(c *ent.Contract) string {
	accepted := "sem aceite"
	if c.AcceptedAt != nil {
		accepted = "aceito em " + c.AcceptedOn.BR()
	}
	return joined(fmt.Sprintf("Contrato %d, de %s", c.Number, t.at(c.IssuedAt)), accepted, behind("encerrado: ", c.DeactivationReason))
}

func (t teller) email(e *ent.Email) string {
	return joined(t.at(e.CreatedAt), "para "+e.To) + ": " + e.Subject
}

func (t teller) invoice(i *ent.Invoice) string {
	state := "em aberto"
	switch {
	case i.CancelledAt != nil:
		state = "cancelada"
	case i.PaidAt != nil:
		state = "paga em " + t.at(*i.PaidAt)
	}
	return joined(fmt.Sprintf("Fatura %d, vencimento %s", i.Number, i.Due.BR()), state)
}

func (t teller) charge(c *ent.Charge) string {
	state := ""
	if c.CancelledAt != nil {
		state = "cancelada"
	}
	return joined(fmt.Sprintf("Cobrança %d, %s", c.Number, c.Description), c.Amount.BRL(), "vencimento "+c.Due.BR(), state)
}

func (t teller) contest(c *ent.Contest) string {
	return t.at(c.At) + ", resposta até " + c.AnswerBy.BR() + ": " + c.Reason
}

func (t teller) payment(p *ent.Payment) string {
	form := ""
	if p.Form != nil {
		form = formWords[*p.Form]
	}
	return joined(p.PaidOn.BR(), p.Amount.BRL(), form)
}

func (t teller) declaration(d *ent.Declaration) string {
	return fmt.Sprintf("Ano de %d: %s", d.Year, d.Amount.BRL())
}

func (t teller) ticket(k *ent.Ticket) string {
	opened := ""
	if !k.OpenedAt.IsZero() {
		opened = "de " + t.at(k.OpenedAt)
	}
	said := joined("Protocolo "+k.Protocol, opened, ticketWords[k.Status]) + behind(": ", k.Opening) + behind(" Fim: ", k.Closing)
	if k.Rating != nil {
		said += fmt.Sprintf(" Sua nota: %d.", *k.Rating)
	}
	return said
}

func (t teller) said(e *ent.TicketEntry) string { return t.entry(e.At, e.Body) }

func (t teller) happened(e *ent.WorkOrderEntry) string { return t.entry(e.At, e.Body) }

func (t teller) entry(at time.Time, body string) string { return behind(t.at(at)+": ", body) }

func (t teller) visit(w *ent.WorkOrder) string {
	when := ""
	if w.StartsAt != nil {
		when = "marcada para " + t.at(*w.StartsAt)
	}
	return joined(fmt.Sprintf("OS %d, de %s", w.Number, t.at(w.OpenedAt)), visitWords[w.Status], when) + behind(": ", cmp.Or(w.Done, w.Description))
}

func (t teller) material(m *ent.WorkOrderMaterial) string {
	return fmt.Sprintf("%s: %s, %d %s", t.at(m.At), m.Name, m.Quantity, m.Unit)
}

func (t teller) outage(o *ent.OutageService) string {
	return joined(dated("De ", o.FromDay), dated("até ", o.UntilDay), o.Memo)
}

func (t teller) message(m *ent.TelegramMessage) string { return t.at(m.CreatedAt) + ": " + m.Text }

func (t teller) link(l *ent.TelegramLink) string {
	return joined("Desde "+t.at(l.LinkedAt), t.until(l.EndedAt, "em vigor"), behind("como ", l.Person))
}

func (t teller) login(l *ent.NetworkLogin) string { return l.Login }

func (t teller) connection(c *ent.Connection) string {
	address := ""
	for _, one := range []*string{c.Ipv4, c.PublicIP, c.Ipv6} {
		if one != nil && *one != "" {
			address = joined(address, *one)
		}
	}
	return joined("De "+t.at(c.StartedAt), t.until(c.EndedAt, "ainda conectado"), address)
}

func (t teller) attempt(a *ent.AuthAttempt) string {
	return joined(t.at(a.At), a.Login, map[bool]string{true: "aceita", false: "recusada"}[a.Accepted])
}

func (t teller) transfer(x *ent.Transfer) string {
	state := ""
	switch {
	case x.UndoneAt != nil:
		state = "desfeita em " + t.at(*x.UndoneAt)
	case x.DoneAt != nil:
		state = "feita em " + t.at(*x.DoneAt)
	case x.GivenUpAt != nil:
		state = "desistência em " + t.at(*x.GivenUpAt)
	}
	return joined("Pedida em "+t.at(x.RequestedAt), state)
}
