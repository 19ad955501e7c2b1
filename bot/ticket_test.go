package bot_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/bot"
	"enlace/ent"
	"enlace/ent/telegrammessage"
	"enlace/ent/ticket"
	"enlace/ent/tickettype"
	"enlace/tenants"
	"enlace/tenants/bots"
	"enlace/tenants/outages"
	"enlace/tenants/support"
)

// deliver has the bot say what waits to be said unasked and whose hour has come, as a worker does.
func (s *stage) deliver() {
	s.Helper()
	var waiting []uuid.UUID
	s.Read(func(ctx context.Context, c *ent.Client) error {
		waiting = c.TelegramMessage.Query().Where(telegrammessage.StatusEQ(telegrammessage.StatusWaiting), telegrammessage.DueAtLTE(s.DB.Now())).
			Order(telegrammessage.ByDueAt(), telegrammessage.ByID()).IDsX(ctx)
		return nil
	})
	d := bots.Desk{DB: s.DB, Vault: s.Vault, Door: bot.NewDoor(s.telegram.Endpoint)}
	for _, id := range waiting {
		s.pass(time.Second) // so that nobody waits for a turn
		if err := d.Say(tenants.With(context.Background(), s.Here), id); err != nil {
			s.Fatal(err)
		}
	}
}

// attended is a ticket that the office opened for Maria.
func (s *stage) attended() uuid.UUID {
	s.Helper()
	d, by := support.Desk{DB: s.DB}, s.As("suporte")
	picked, err := d.Pick(by, s.Service(s.Maria).ID)
	if err != nil {
		s.Fatal(err)
	}
	in := support.Opening{Ticket: picked.ID, Text: "lento à noite", Status: ticket.StatusAguardandoAnalise, Key: "1"}
	s.Read(func(ctx context.Context, c *ent.Client) error {
		in.Type, in.To.Sector = c.TicketType.Query().Where(tickettype.Active(true)).FirstIDX(ctx), c.Sector.Query().FirstIDX(ctx)
		return nil
	})
	if err := d.Open(by, in); err != nil {
		s.Fatal(err)
	}
	return picked.ID
}

func TestMariaTalksWithTheOfficeInsideHerTicket(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria, joao, d, by := s.maria(), s.joao(), support.Desk{DB: s.DB}, s.As("suporte")
		id := s.attended()
		s.deliver()
		maria.Play(`
			Bot: A Fibra Norte abriu um atendimento para você. Protocolo 202600000001.
			| lento à noite
			| [Acompanhar]
			Maria > Acompanhar
			Bot: Protocolo ` + "`202600000001`" + `
			| Aguardando análise
			| [Responder] [Falar com atendente]
			| [Menu]`)
		if err := d.Answer(by, support.Move{Ticket: id, Text: "A luz <vermelha> acende?", Key: "2"}); err != nil {
			t.Fatal(err)
		}
		s.deliver()
		maria.Play(`
			Bot: Suporte, da Fibra Norte, sobre o protocolo 202600000001:
			| A luz <vermelha> acende?
			| [Responder]
			Maria > Responder
			Bot: Escreva em uma mensagem a sua resposta no protocolo 202600000001, ou mande foto ou áudio.
			| [Cancelar]
			Maria: acende sim
			Bot: Recebido. Sua resposta está no protocolo
			Maria: /suporte
			Bot: Atendimento para Fibra 500 Mega.
			| Ou acompanhe o que já está aberto:
			| [Já resolveu] [Continua sem funcionar]
			| [202600000001: Aguardando análise]
			| [Falar com atendente]
			| [Cancelar]
			Maria > 202600000001: Aguardando análise
			Bot edits: Protocolo
			| Suporte, da Fibra Norte
			| Você
			| acende sim`)
		joao.Play(`
			João: /suporte
			Bot: Atendimento para Fibra 300 Mega.
			| suspenso por débito
			| no 202600000001
			| [Pagar com Pix]
			| [Desbloqueio em Confiança]
			| [Falar com atendente]
			| [Cancelar]`)
		if err := d.Close(by, support.Move{Ticket: id, Text: "conector trocado", Key: "3"}); err != nil {
			t.Fatal(err)
		}
		s.deliver()
		s.deliver() // what was said is not said again
		maria.Play(`
			Bot: A Fibra Norte resolveu o seu atendimento. Protocolo 202600000001.
			| conector trocado
			| De 1 a 5, como foi?
			| [1] [2] [3] [4] [5]
			| [Ainda não resolveu]`)
		_, mark := maria.Button("4") // of another's ticket, pressed by who is linked to somebody else and by who is linked to nobody
		joao.PressesOf(1, mark)
		joao.Play(`Bot toasts: Este botão não vale mais.`)
		nobody := s.telegram.Person("Zé", 999)
		nobody.PressesOf(1, mark)
		nobody.Play(`Bot toasts: Este botão não vale mais.`)
		maria.Play(`
			Maria > 4
			Bot: Obrigado pela nota 4!
			| [Agora não]
			Maria: demorou um pouco
			Bot: Obrigado! Isso nos ajuda a melhorar.`)
		s.Read(func(ctx context.Context, c *ent.Client) error {
			if row := c.Ticket.GetX(ctx, id); row.Rating == nil || *row.Rating != 4 || row.RatingText != "demorou um pouco" {
				t.Errorf("%+v", row)
			}
			return nil
		})
		maria.Play(`
			Maria > Ainda não resolveu
			Bot: Escreva em uma mensagem
			Maria: caiu de novo
			Bot: Recebido.
			Maria > 5
			Bot toasts: Este botão não vale mais.`)
		s.Read(func(ctx context.Context, c *ent.Client) error {
			if row := c.Ticket.GetX(ctx, id); row.Status != ticket.StatusAguardandoAnalise || row.Rating != nil {
				t.Errorf("%+v", row)
			}
			return nil
		})
	})
}

// Who is unlinked meanwhile hears nothing more of the customer, and a message that Telegram refuses is kept as not sent.
func TestWhatIsSaidUnaskedReachesOnlyALinkedChat(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria := s.maria()
		s.attended()
		if err := s.desk.Leave(tenants.With(context.Background(), s.Here), 101); err != nil {
			t.Fatal(err)
		}
		s.deliver()
		maria.Play(``)
		s.Read(func(ctx context.Context, c *ent.Client) error {
			if row := c.TelegramMessage.Query().OnlyX(ctx); row.Status != telegrammessage.StatusFailed || row.Error != bots.ChatUnlinked || row.Tries != 1 {
				t.Errorf("%+v", row)
			}
			return nil
		})
	})
}

func TestMariaIsToldOfAnOutage(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria, d, by := s.maria(), outages.Desk{DB: s.DB}, s.As("suporte")
		id, err := d.Open(by, outages.NewOutage{Kind: outages.Kinds[0], City: "Belém", Title: "Fibra rompida em Nazaré", Began: s.DB.Now().Add(-time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		work := func() {
			if err := d.GoOn(tenants.With(context.Background(), s.Here), id); err != nil {
				t.Fatal(err)
			}
			s.deliver()
		}
		work()
		maria.Play(`
			Bot: Aviso da Fibra Norte: há uma falha na sua região desde 23/11, às 08:00.
			| Fibra rompida em Nazaré`)
		if err := d.End(by, outages.Ending{Outage: id, Ended: s.DB.Now(), Text: "Emenda refeita."}); err != nil {
			t.Fatal(err)
		}
		work()
		maria.Play(`
			Bot: A falha terminou: Fibra rompida em Nazaré.
			| Emenda refeita.
			| R$ 3,00 a menos nas próximas faturas`)
	})
}
