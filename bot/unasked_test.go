package bot_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/invoice"
	"enlace/ent/notice"
	"enlace/ent/outbox"
	"enlace/ent/telegramlink"
	"enlace/ent/telegrammessage"
	"enlace/ent/user"
	"enlace/ent/workorder"
	"enlace/ent/workordertype"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/dunning"
	"enlace/tenants/messages"
	"enlace/tenants/outages"
	"enlace/tenants/subscriptions"
	"enlace/tenants/support"
)

// waitFor moves the clock on to an hour of a day, as the ISP's show it.
func (s *stage) waitFor(day calendar.Date, hour, minute int) {
	s.pass(day.At(hour, minute, s.Here.Zone).Sub(s.DB.Now()))
}

// pays has somebody pay all that is overdue, at the counter.
func (s *stage) pays(who *ent.Customer) {
	s.Helper()
	till, d := s.As("financeiro"), billing.Desk{DB: s.DB}
	account, err := d.Account(till, who.ID)
	if err != nil {
		s.Fatal(err)
	}
	for _, one := range account.Late() {
		in := billing.Receipt{Invoice: one.Invoice.ID, Amount: one.Owed(), PaidOn: s.DB.Today(till), Key: one.Invoice.ID.String()}
		if _, err := d.ReceiveAtCounter(till, in); err != nil {
			s.Fatal(err)
		}
	}
}

// visit is a visit to Maria, in two days.
func (s *stage) visit() (id uuid.UUID) {
	s.Helper()
	var in support.NewVisit
	s.Read(func(ctx context.Context, c *ent.Client) error {
		sub, kind := s.Service(s.Maria), uuid.Nil
		for _, one := range c.WorkOrderType.Query().Order(workordertype.ByName()).AllX(ctx) {
			if one.Active && support.Permits(one, sub) {
				kind = one.ID
			}
		}
		in = support.NewVisit{Subscription: sub.ID, Key: "visit", Visit: support.Visit{Type: kind, Description: "medir o sinal", StartsAt: calendar.On(2026, 11, 25).At(14, 0, s.Here.Zone),
			Technician: c.User.Query().Where(user.RoleEQ(user.RoleTecnico)).FirstIDX(ctx)}}
		return nil
	})
	id, err := support.Desk{DB: s.DB}.OpenVisit(s.As("suporte"), in)
	if err != nil {
		s.Fatal(err)
	}
	return id
}

// asStored checks that the notice of debt stands in the chat word for word as it is stored, whatever was pressed under it.
func (s *stage) asStored(told int) {
	s.Helper()
	s.Read(func(ctx context.Context, c *ent.Client) error {
		row := c.Notice.Query().Where(notice.CustomerID(s.Maria.ID)).OnlyX(ctx)
		if said := c.TelegramMessage.Query().Where(telegrammessage.AboutID(row.ID)).OnlyX(ctx); said.Text != row.Body || s.telegram.Stands(told) != row.Body {
			s.Errorf("the notice is stored as\n%s\nwas said as\n%s\nand stands as\n%s", row.Body, said.Text, s.telegram.Stands(told))
		}
		return nil
	})
}

// told are the kinds of which the chats were told.
func (s *stage) told() map[messages.Kind]bool {
	kinds := map[messages.Kind]bool{}
	s.Read(func(ctx context.Context, c *ent.Client) error {
		for _, row := range c.TelegramMessage.Query().Where(telegrammessage.StatusEQ(telegrammessage.StatusSent)).AllX(ctx) {
			kinds[messages.Kind(row.Kind)] = true
		}
		return nil
	})
	return kinds
}

// Weeks of two subscribers who ask for nothing: every kind of thing is told, each at its hour.
func TestWhatSubscribersAreToldUnasked(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria, joao, worker := s.maria(), s.joao(), s.Worker()
		step := func(err error) {
			s.Helper()
			if err != nil {
				s.Fatal(err)
			}
			s.deliver()
		}
		monday := calendar.On(2026, 11, 23)

		// João's trust ends at nine in the morning: he is warned the evening before, not by night.
		_, err := subscriptions.Desk{DB: s.DB}.TrustUnblockSelf(s.Subscriber(s.Joao))
		step(err)
		var grant uuid.UUID
		s.Read(func(ctx context.Context, c *ent.Client) error {
			warn := c.Outbox.Query().Where(outbox.Kind(subscriptions.WarnTrust)).OnlyX(ctx)
			if got := warn.NextAt.In(s.Here.Zone).Format("02/01 15:04"); got != "23/11 20:45" {
				t.Errorf("he is warned on %s", got)
			}
			grant = uuid.MustParse(warn.Payload["grant"])
			return nil
		})
		s.waitFor(monday, 20, 45)
		step(subscriptions.Desk{DB: s.DB}.WarnOfTrustEnd(worker, grant))
		joao.Play(`
			Bot: O desbloqueio em confiança do seu serviço…termina em 24/11, às 09:00.
			| Pagando, ele fica.
			| [Ver faturas] [Suporte]
			João > Ver faturas
			Bot: Você tem
			| [Copiar Pix] [Boleto em PDF]
			Bot: …
			Bot: …`)

		// He pays by night, and hears so at once; of the grant he is told no more.
		s.waitFor(monday, 23, 0)
		s.pays(s.Joao)
		step(subscriptions.Desk{DB: s.DB}.WarnOfTrustEnd(worker, grant))
		joao.Play(`
			Bot: O seu serviço…da Fibra Norte está de volta. Obrigado!
			| [Menu]
			João > Menu
			Bot: Olá, João!`)

		// A cable breaks by night, and the office books a visit: in the morning it is one message.
		out := outages.Desk{DB: s.DB}
		down, err := out.Open(s.As("suporte"), outages.NewOutage{Kind: outages.Kinds[0], City: "Belém", Title: "Fibra rompida", Began: s.DB.Now().Add(-time.Hour)})
		step(err)
		step(out.GoOn(worker, down))
		visit := s.visit()
		s.deliver()
		maria.Play(``)
		s.waitFor(monday.AddDays(1), 8, 0)
		s.deliver()
		maria.Play(`
			Bot: 2 avisos da Fibra Norte:
			| Aviso da Fibra Norte: há uma falha na sua região desde 23/11, às 22:00.
			| ———
			| A visita da Fibra Norte está marcada para 25/11/2026, às 14:00
			| [Suporte]
			Maria > Suporte
			Bot: Atendimento para Fibra 500 Mega.
			Maria > Cancelar
			Bot edits: Certo, parei por aqui.`)
		joao.Play(`Bot: Aviso da Fibra Norte: há uma falha na sua região`)
		step(out.End(s.As("suporte"), outages.Ending{Outage: down, Ended: s.DB.Now(), Text: "Emenda refeita."}))
		step(out.GoOn(worker, down))
		maria.Play(`Bot: A falha terminou: Fibra rompida.`)
		joao.Play(`Bot: A falha terminou: Fibra rompida.`)

		s.waitFor(monday.AddDays(2), 13, 30)
		step(support.Desk{DB: s.DB}.SetOut(s.As("tecnico"), support.VisitMove{WorkOrder: visit, Key: "out"}))
		maria.Play(`
			Bot: O técnico da Fibra Norte está a caminho para a sua visita
			| [Suporte]`)
		step(support.Desk{DB: s.DB}.CallOff(s.As("suporte"), support.VisitMove{WorkOrder: visit, Text: "o carro quebrou", Key: "off"}))
		maria.Play(`
			Bot: A visita da Fibra Norte marcada para 25/11/2026, às 14:00 foi cancelada
			| [Suporte]`)
		s.attended()
		s.deliver()
		maria.Play(`
			Bot: A Fibra Norte abriu um atendimento para você.
			| [Acompanhar]
			Maria > Acompanhar
			Bot: Protocolo`)

		// The month: João is billed, Maria's instalment comes near, is not paid, and her service is taken away and given back.
		s.waitFor(calendar.On(2026, 12, 7), 8, 30)
		_, err = billing.Desk{DB: s.DB}.BillMonth(worker)
		step(err)
		var fresh []*ent.Invoice
		s.Read(func(ctx context.Context, c *ent.Client) error {
			fresh = c.Invoice.Query().Where(invoice.CustomerID(s.Joao.ID), invoice.PaidAtIsNil(), invoice.CancelledAtIsNil()).AllX(ctx)
			return nil
		})
		if len(fresh) == 0 {
			t.Fatal("João is not billed")
		}
		for _, row := range fresh {
			step(billing.Desk{DB: s.DB}.TellIssued(worker, row.ID))
		}
		run, err := dunning.Desk{DB: s.DB}.RemindAll(worker)
		if step(err); run.Done == 0 {
			t.Fatal("nobody is reminded")
		}
		maria.Play(``)
		s.waitFor(calendar.On(2026, 12, 7), 9, 0)
		s.deliver()
		maria.Play("Bot: A fatura…da Fibra Norte vence em 10/12/2026, no valor de R$ 86,90.\n| `000201…`") // one touch copies it
		maria.Play(`
			Maria > Pagar com Pix
			Bot: Código Pix de R$ 86,90.
			Maria > Entender o valor
			Bot: Fatura`)

		s.waitFor(calendar.On(2026, 12, 14), 8, 30)
		_, err = dunning.Desk{DB: s.DB}.TellAll(worker)
		step(err)
		s.waitFor(calendar.On(2026, 12, 14), 9, 0)
		s.deliver()
		maria.Play(`
			Bot: A fatura…, de 12/2026, venceu em 10/12/2026 e não consta como paga.
			| Sem pagamento em 15 dias a contar deste aviso, o serviço pode ser suspenso
			| [Pagar com Pix] [Boleto em PDF]
			| [Entender o valor] [Ver faturas]`)
		notice, pay := maria.Button("Pagar com Pix")
		maria.Play(`
			Maria > Boleto em PDF
			Bot sends: …
			Maria > Ver faturas
			Bot: Você tem
			Bot: …
			Bot: …`)
		s.asStored(notice)
		s.waitFor(calendar.On(2026, 12, 29), 9, 0)
		run, err = dunning.Desk{DB: s.DB}.CutAll(worker)
		if step(err); run.Done == 0 {
			t.Fatalf("nobody is cut: %+v", run)
		}
		maria.Play(`
			Bot: O seu serviço…da Fibra Norte foi suspenso por débito: R$ 86,90 em atraso.
			| [Ver faturas] [Suporte]
			| [Desbloqueio em Confiança]
			Maria > Desbloqueio em Confiança
			Bot: Seu serviço Fibra 500 Mega está suspenso por débito.`)
		s.pays(s.Maria)
		s.deliver()
		maria.Play(`Bot: O seu serviço…da Fibra Norte está de volta. Obrigado!`)

		// A month later the buttons of what was told still answer; once the chat is tied to nobody they say so, kindly.
		s.waitFor(calendar.On(2027, 1, 29), 9, 0)
		maria.PressesOf(notice, pay)
		maria.Play(`Bot: Esta fatura já está paga. Obrigado!`)
		s.Write(func(ctx context.Context, c *ent.Client) error {
			return c.TelegramLink.Update().Where(telegramlink.ChatID(maria.Chat)).SetEndedAt(s.DB.Now()).Exec(ctx)
		})
		maria.PressesOf(notice, pay)
		maria.Play(`Bot toasts: Este botão não vale mais.`)

		told := s.told()
		for _, m := range messages.Manners {
			if !told[m.Kind] && m.Kind != messages.Decided { // transfers have a test of their own
				t.Errorf("of %s nobody was told", m.Kind)
			}
		}
		s.Read(func(ctx context.Context, c *ent.Client) error { // each part is kept as told, with its own words
			if row := c.TelegramMessage.Query().Where(telegrammessage.Kind(string(messages.VisitBooked))).OnlyX(ctx); row.SentAt == nil || c.WorkOrder.Query().Where(workorder.ID(row.AboutID)).CountX(ctx) != 1 {
				t.Errorf("%+v", row)
			}
			return nil
		})
	})
}
