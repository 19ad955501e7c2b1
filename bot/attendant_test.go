package bot_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/telegramlink"
	"enlace/ent/ticket"
	"enlace/tenants/bots"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/messages"
	"enlace/tenants/subscribers"
	"enlace/tenants/support"
)

// face has the gerente change what the bot says and offers.
func (s *stage) face(change func(*bots.Face)) {
	s.Helper()
	f, err := s.own.Face(s.As("gerente"))
	if err != nil {
		s.Fatal(err)
	}
	change(&f)
	if err := s.own.SetFace(s.As("gerente"), f); err != nil {
		s.Fatal(err)
	}
}

// theTicket is the only one.
func (s *stage) theTicket() (row *ent.Ticket) {
	s.Helper()
	s.Read(func(ctx context.Context, c *ent.Client) error {
		row = c.Ticket.Query().OnlyX(ctx)
		return nil
	})
	return row
}

func TestMariaTalksWithAnAttendantAndTheBotIsSilent(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria, d, by := s.maria(), support.Desk{DB: s.DB}, s.As("suporte")
		maria.Play(`
			Maria: /suporte
			Bot: Atendimento para Fibra 500 Mega.
			Maria > Falar com atendente
			Bot edits: Chamei um atendente da Fibra Norte.…vai para o protocolo ` + "`202600000001`" + `
			| Eu volto quando você tocar em Encerrar conversa, ou depois de 12 horas sem mensagens.
			| [Encerrar conversa]
			Maria: minha internet caiu
			Maria: desde ontem
			Maria: /faturas
			Bot: Você tem 7 faturas abertas.
			Bot: R$
			Bot: R$`)
		s.await("both to be in the ticket", func() bool { return s.theTicket().WaitsSince != nil && said(s) == 3 })
		row := s.theTicket()
		list, err := d.Tickets(by, support.TicketFilter{Waiting: true, Page: 1})
		if err != nil || list.Waiting != 1 || len(list.Rows) != 1 || list.Rows[0].ID != row.ID {
			t.Errorf("%+v, %v", list, err)
		}
		if err := d.Answer(by, support.Move{Ticket: row.ID, Text: "Vou verificar agora.", Key: "1"}); err != nil {
			t.Fatal(err)
		}
		if s.theTicket().WaitsSince != nil {
			t.Error("she still waits")
		}
		s.deliver()
		maria.Play(`
			Bot: Suporte, da Fibra Norte, sobre o protocolo 202600000001:
			| Vou verificar agora.
			| [Encerrar conversa]
			Maria: obrigada
			Maria > Encerrar conversa
			Bot: Certo, voltei. O atendimento ` + "`202600000001`" + ` continua aberto
			Maria: oi
			Bot: Olá, Maria! Aqui é a Fibra Norte.
			Maria: /atendente
			Bot: Chamei um atendente da Fibra Norte.
			| 202600000001`)
		if n := said(s); n != 5 { // the asking, three of hers, one of the office
			t.Errorf("%d things are said in the ticket", n)
		}
		if err := d.Release(by, support.Move{Ticket: row.ID, Key: "2"}); err != nil {
			t.Fatal(err)
		}
		if err := d.Release(by, support.Move{Ticket: row.ID, Key: "3"}); demotest.Fault(err) != "ticket_not_talking" {
			t.Errorf("given back twice: %v", err)
		}
		if err := d.Release(s.Stranger(), support.Move{Ticket: row.ID, Key: "4"}); demotest.Fault(err) != "not_found" {
			t.Errorf("another ISP: %v", err)
		}
		s.deliver()
		maria.Play(`
			Bot: A conversa com o atendente da Fibra Norte terminou, e eu voltei. O atendimento 202600000001 continua aberto.
			| [Acompanhar]
			Maria: tudo bem
			Bot: Como posso ajudar?
			Maria: /atendente
			Bot: Chamei um atendente`)
		s.pass(13 * time.Hour)
		maria.Play(`
			Maria: alguém aí?
			Bot: A conversa com o atendente parou por falta de mensagens…não foi enviado
			| [Falar com atendente]
			| [Menu]
			Maria: oi
			Bot: Olá, Maria! Aqui é a Fibra Norte.
			Maria: /atendente
			Bot: Chamei um atendente`)
		if err := d.Close(by, support.Move{Ticket: row.ID, Text: "era a tomada", Key: "5"}); err != nil {
			t.Fatal(err)
		}
		if row := s.theTicket(); row.TalkChat != nil || row.WaitsSince != nil || row.Status != ticket.StatusFinalizado {
			t.Errorf("%+v", row)
		}
	})
}

// said is how much both have said in the tickets.
func said(s *stage) (n int) {
	s.Read(func(ctx context.Context, c *ent.Client) error {
		n = len(c.TicketEntry.Query().AllX(ctx)) - handed(ctx, c)
		return nil
	})
	return n
}

func handed(ctx context.Context, c *ent.Client) (n int) {
	for _, e := range c.TicketEntry.Query().AllX(ctx) {
		if !e.Shared {
			n++
		}
	}
	return n
}

// Nobody is handed over into another's ticket, and who is unlinked talks no more.
func TestATalkIsTheOwnersAlone(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria, joao := s.maria(), s.joao()
		maria.Play(`
			Maria: /atendente
			Bot: Chamei um atendente`)
		_, back := maria.Button("Encerrar conversa")
		joao.PressesOf(1, back)
		joao.Play(`Bot toasts: Este botão não vale mais.`)
		maria.Play(`
			Maria: ainda falo
			Maria: /sair
			Bot: Desvincular este chat
			Maria > Desvincular este chat
			Bot edits: Pronto: este chat não está mais vinculado
			Maria: e agora?
			Bot: Olá! Eu sou o atendimento da Fibra Norte`)
		if row := s.theTicket(); row.TalkChat != nil {
			t.Errorf("for the office it still talks: %+v", row)
		}
		if n := said(s); n != 2 {
			t.Errorf("%d things are said in the ticket", n)
		}
	})
}

func TestMariaChoosesWhatSheIsToldOf(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria := s.maria()
		maria.Play(`
			Maria: /meusdados
			Bot: Maria Demonstração
			| [Corrigir telefone] [Corrigir e-mail]
			| [Baixar meus dados] [Avisos]
			| [Desvincular este chat] [Menu]
			Maria > Avisos
			Bot edits: Avisos neste chat
			| Aviso de: fatura nova; fatura perto de vencer; volta do serviço; fim do desbloqueio em confiança; visita marcada; técnico a caminho; falha na sua região.
			| Sempre aviso de: aviso de débito; suspensão do serviço; respostas aos seus atendimentos; visita cancelada; acordos, contestações e trocas de titularidade.
			| Das 21h às 8h só escrevo o que é urgente.
			| [Não avisar: fatura nova]
			| [Não avisar: fatura perto de vencer]
			| [Não avisar: volta do serviço]
			| [Não avisar: fim do desbloqueio em confiança]
			| [Não avisar: visita marcada]
			| [Não avisar: técnico a caminho]
			| [Não avisar: falha na sua região]
			| [Meus dados] [Menu]
			Maria > Não avisar: falha na sua região
			Bot edits: Avisos neste chat
			| Não aviso de: falha na sua região.`)
		_, forged := maria.Button("Não avisar: fatura nova")
		maria.PressesOf(1, "calar-overdue") // what the law wants told
		maria.Play(`Bot: Não foi possível fazer isso agora.`)
		if forged != "calar-issued" {
			t.Error(forged)
		}
		if entry, err := s.desk.Open(s.Worker(), subscribers.Caller{Chat: 101}, s.tokenOf(s.Joao)); err != nil || len(entry.Customers) != 1 {
			t.Fatal(entry, err)
		}
		s.Read(func(ctx context.Context, c *ent.Client) error { // a chat has one wish for all whom it sees
			if link := c.TelegramLink.Query().Where(telegramlink.CustomerID(s.Joao.ID)).OnlyX(ctx); !slices.Equal(link.Silenced, []string{string(messages.Down)}) {
				t.Errorf("of João it does not want %v", link.Silenced)
			}
			return nil
		})
		wishes, err := s.desk.Notices(s.Worker(), 101)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range wishes {
			if w.Told == (w.Kind == messages.Down) {
				t.Errorf("%+v", w)
			}
		}
		maria.Play(`
			Maria > Voltar a avisar: falha na sua região
			Bot edits: Avisos neste chat
			| no Não aviso de`)
	})
}

// What the ISP has switched off is not shown, and a button or a command of before does nothing.
func TestWhatIsSwitchedOffIsNeitherShownNorDone(t *testing.T) {
	onEachStore(t, func(s *stage) {
		joao := s.joao()
		joao.Play(`
			João: /desbloquear
			Bot: Seu serviço Fibra 300 Mega está suspenso por débito.
			João: /suporte
			Bot: Atendimento para Fibra 300 Mega.`)
		s.face(func(f *bots.Face) {
			f.Greeting, f.Contact, f.Farewell = "Bem-vindo à <Fibra> & cia.", "Ligue 0800 <1>", "Volte sempre!"
			f.Off = []bots.Feature{bots.Support, bots.Attendant}
		})
		s.Write(func(ctx context.Context, c *ent.Client) error {
			return c.OfficePolicy.Update().SetTrustSubscriber(false).Exec(ctx)
		})
		s.await("the commands to be told anew", func() bool {
			return !strings.Contains(s.telegram.Menu(), "suporte") && !strings.Contains(s.telegram.Menu(), "desbloquear")
		})
		if menu := s.telegram.Menu(); !strings.Contains(menu, "faturas") || !strings.Contains(menu, "carne") {
			t.Errorf("Telegram shows %s", menu)
		}
		joao.Play(`
			João: estou sem internet
			Bot: Isto não está disponível por aqui.
			João: /menu
			Bot: Olá, João! Bem-vindo à <Fibra> & cia.
			| [Faturas] [Serviços Contratados]
			| [Carnê em PDF]
			| [Meus dados]
			| [Contrato] [Ajuda]
			João: hello, my bill please
			Bot: Eu só falo português.
			| no /suporte
			João: /desbloquear
			Bot: A Fibra Norte não oferece o Desbloqueio em Confiança por aqui. Pagando, o serviço volta em segundos.
			| [Pagar com Pix]
			João: me desbloqueiem por favor
			Bot: Como posso ajudar?
			| no confiança
			João: /atendente
			Bot: Isto não está disponível por aqui.
			João > Liberar por 1 dia
			Bot: A Fibra Norte não oferece
			João: /ajuda
			Bot: Posso fazer isto por você:
			| no /desbloquear
			| Ligue 0800 <1>
			| [Menu]
			João: /sair
			Bot: Desvincular
			João > Desvincular este chat
			Bot edits: Pronto: este chat não está mais vinculado à Fibra Norte. Volte sempre!`)
		s.Read(func(ctx context.Context, c *ent.Client) error {
			if c.TrustGrant.Query().CountX(ctx) != 0 || c.Ticket.Query().CountX(ctx) != 0 {
				t.Error("it was done all the same")
			}
			return nil
		})
	})
}
