package bot_test

import (
	"context"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/history"
	"enlace/ent/transfer"
	"enlace/tenants/subscriptions"
	"enlace/tenants/support"
)

// offered is a transfer of Maria's service to João that waits for both.
func (s *stage) offered() (t *ent.Transfer) {
	s.Helper()
	s.Write(func(ctx context.Context, c *ent.Client) error {
		sub := c.Subscription.GetX(ctx, s.Service(s.Maria).ID)
		t = c.Transfer.Create().SetSubscriptionID(sub.ID).SetFromID(s.Maria.ID).SetToID(s.Joao.ID).SetMethodID(sub.MethodID).SetDueDay(sub.DueDay).SetMode(transfer.Mode(sub.Mode)).
			SetBooklet(sub.Booklet).SetRequestedAt(s.DB.Now()).SaveX(ctx)
		return subscriptions.Desk{DB: s.DB}.AskBoth(ctx, c, t)
	})
	return t
}

func TestBothAcceptATransferByTheBot(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria, joao := s.maria(), s.joao()
		row := s.offered()
		s.deliver()
		maria.Play(`
			Bot: Troca de titularidade do serviço 1, de Maria Demonstração para João Suspenso: aguarda o seu aceite até 29/11/2026.
			| [Ver e responder]
			Maria > Ver e responder
			Bot: Troca de titularidade
			| continuam com você
			| Mensalidade: R$ 89,90
			| Se valesse hoje, para você:
			| faturas canceladas
			| Responda até 29/11/2026.
			| [Aceitar] [Recusar]`)
		joao.Play(`
			Bot: Troca de titularidade do serviço 1
			| [Ver e responder]`)
		_, hers := maria.Button("Aceitar") // of the other side, pressed by who is linked to somebody else
		joao.PressesOf(1, hers)
		joao.Play(`
			Bot toasts: Este botão não vale mais.`)
		maria.Play(`
			Maria > Aceitar
			Bot edits: Troca de titularidade
			| Você aceitou em
			Bot: Aceite anotado.
			| [Menu]`)
		joao.Play(`
			João > Ver e responder
			Bot: Troca de titularidade
			| as mensalidades são suas
			| 1ª fatura, vence em
			| no faturas canceladas
			| [Aceitar] [Recusar]
			João > Aceitar
			Bot edits: Troca de titularidade
			| Você aceitou em
			Bot: Aceite anotado.`)
		s.Read(func(ctx context.Context, c *ent.Client) error {
			if now := c.Transfer.GetX(ctx, row.ID); now.FromAcceptedAt == nil || now.ToAcceptedAt == nil || now.DoneAt != nil {
				t.Errorf("it is %v", now)
			}
			for event, who := range map[string]*ent.Customer{"transfer_accepted_leaving": s.Maria, "transfer_accepted_taking": s.Joao} {
				told := c.History.Query().Where(history.Event(event), history.CustomerID(who.ID)).OnlyX(ctx)
				if told.ActorID == nil || *told.ActorID != who.ID || told.Channel != "telegram" {
					t.Errorf("%s was told as %v", event, told)
				}
			}
			return nil
		})
		maria.Play(`
			Maria: /atendente
			Bot: Chamei um atendente
			Maria: a senha do meu Wi-Fi não funciona`)
		s.await("her words to be in the ticket", func() bool { return said(s) == 2 })
		s.pass(time.Minute)
		shown, paper := s.tokenOf(s.Maria), s.paperOf(s.Maria)
		if err := (subscriptions.Desk{DB: s.DB}).Complete(s.As("comercial"), subscriptions.Completing{Subscription: row.SubscriptionID}); err != nil {
			t.Error(err)
		}
		maria.Play(`
			Maria: /servicos
			Bot: Olá! Eu sou o atendimento
			Maria: /start ` + shown + `
			Bot: Este link não vale mais
			Maria: /start ` + paper + `
			Bot: Este link não vale mais`)
		joao.Play(`
			João: /atendente
			Bot: Chamei um atendente
			João: de quem é este protocolo?`)
		s.await("his words to be in the ticket", func() bool { return said(s) == 3 })
		s.Read(func(ctx context.Context, c *ent.Client) error { // the work goes along, her words do not, nor does her chat talk in it
			moved := c.Ticket.Query().OnlyX(ctx)
			f, err := support.Desk{DB: s.DB}.Follow(s.Subscriber(s.Joao), moved.ID)
			if err != nil || len(f.Said) != 1 || f.Said[0].Body != "de quem é este protocolo?" || moved.TalkChat == nil || *moved.TalkChat != joao.Chat {
				t.Errorf("he reads %v, %v, and %+v talks", f, err, moved)
			}
			return nil
		})
	})
}

func TestOneRefusesATransferByTheBot(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria, joao := s.maria(), s.joao()
		row := s.offered()
		s.deliver()
		joao.Play(`
			Bot: Troca de titularidade do serviço 1
			João > Ver e responder
			Bot: Troca de titularidade
			| [Aceitar] [Recusar]
			João > Recusar
			Bot edits: Troca recusada: o titular continua o mesmo.`)
		s.deliver()
		maria.Play(`
			Bot: Troca de titularidade do serviço 1
			Bot: A troca de titularidade do serviço 1 não vai mais acontecer: ele continua de Maria Demonstração.`)
		s.Read(func(ctx context.Context, c *ent.Client) error {
			if now := c.Transfer.GetX(ctx, row.ID); now.GivenUpAt == nil || now.GivenUpReason != "recusada por João Suspenso" {
				t.Errorf("it is %v", now)
			}
			return nil
		})
		maria.Presses("Ver e responder") // of what is over
		maria.Play(`
			Bot toasts: Este botão não vale mais.`)
		// A button of last month is of a transfer that is over, too.
		s.offered()
		s.deliver()
		s.pass(30 * 24 * time.Hour)
		maria.Play(`
			Bot: Troca de titularidade do serviço 1
			Maria > Ver e responder
			Bot toasts: Este botão não vale mais.`)
	})
}
