package bot_test

import (
	"bytes"
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"enlace/bot/bottest"
	"enlace/ent"
	"enlace/ent/booklet"
	"enlace/ent/invoice"
	"enlace/ent/slip"
	"enlace/ent/ticketentry"
	"enlace/ent/trustgrant"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/platform"
)

func TestMariaLinksHerChatAndLooksAround(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria := s.telegram.Person("Maria", 101)
		maria.Play(`
			Maria: oi
			Bot: Olá! Eu sou o atendimento da Fibra Norte no Telegram.…link de vínculo
			Maria: /start ` + s.tokenOf(s.Maria) + `
			Bot: Olá, Maria! Este chat agora está vinculado ao seu cadastro na Fibra Norte.
			| [Faturas] [Serviços Contratados]
			| [Carnê em PDF] [Desbloqueio em Confiança]
			| [Suporte] [Meus dados]
			| [Contrato] [Ajuda]
			Bot: Para ver o menu a qualquer hora, envie /menu.
			Maria > Serviços Contratados
			Bot edits: Serviços Contratados:
			| Fibra 500 Mega, R$ 89,90 por mês
			| Habilitado
			| Velocidade: 500 Mega de download, 250 Mega de upload
			| Endereço: 
			| Vencimento: todo dia 10
			| [Faturas] [Suporte]
			| [Trocar de plano] [Mudar vencimento]
			| [Menu]
			Maria > Menu
			Bot edits: Olá, Maria! Aqui é a Fibra Norte.
			Maria > Meus dados
			Bot edits: Maria Demonstração
			| CPF 529.•••.•••-25
			| Telefone com final 0001
			| E-mail ma•••@exemplo.com.br
			| no 982
			Maria > Menu
			Bot edits: Olá, Maria!
			Maria > Ajuda
			Bot edits: Posso fazer isto por você:
			| /desbloquear: Desbloqueio em Confiança
			Maria: /START
			Bot: Olá, Maria!
			Maria: /desbloquear@fibranorte_bot
			Bot: Nenhum serviço seu está suspenso por débito.`)
	})
}

func TestMariaPaysWithPixBoletoAndCarne(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria := s.maria()
		maria.Play(`
			Maria: /faturas
			Bot: Você tem 7 faturas abertas.
			| R$ 89,90, vence em 10/12/2026
			| Fibra 500 Mega, de 10/12 a 10/01
			| parcela 6 de 12
			| [Copiar Pix] [Boleto em PDF]
			| [Linha digitável] [Entender o valor]
			| [Carnê inteiro]
			Bot: R$ 89,90, vence em 10/01/2027
			Bot: R$ 89,90, vence em 10/02/2027
			| [Copiar Pix] [Boleto em PDF]
			| [Linha digitável] [Entender o valor]
			| [Mostrar mais 4 faturas]
			Maria > Mostrar mais 4 faturas
			Bot: R$ 89,90, vence em 10/03/2027
			Bot: R$ 89,90, vence em 10/04/2027
			Bot: R$ 89,90, vence em 10/05/2027
			| [Copiar Pix] [Boleto em PDF]
			| [Linha digitável] [Entender o valor]
			| [Mostrar mais 1 fatura]
			Maria > Boleto em PDF
			Bot sends: Fatura…pdf
			| R$ 89,90, vencimento 10/05/2027
			Maria > Carnê inteiro
			Bot sends: Carnê 1.pdf
			Maria: /carnê
			Bot sends: Carnê 1.pdf
			| Carnê 1, de 12 parcelas`)

		maria.Writes("/carne")
		sent := maria.Next().Document
		s.Read(func(ctx context.Context, c *ent.Client) error {
			kept := c.Booklet.Query().Where(booklet.CustomerID(s.Maria.ID)).OnlyX(ctx).FileID
			if kept == nil || !bytes.HasPrefix(sent, []byte("%PDF-")) || !bytes.Equal(c.File.GetX(ctx, *kept).Content, sent) {
				t.Error("the carnê sent is not the one kept")
			}
			return nil
		})

		maria.Presses("Copiar Pix")
		said := maria.Next()
		for said.Toast {
			said = maria.Next()
		}
		var want string
		s.Read(func(ctx context.Context, c *ent.Client) error {
			due := c.Invoice.Query().Where(invoice.CustomerID(s.Maria.ID), invoice.Instalment(11)).OnlyX(ctx)
			want = c.Slip.Query().Where(slip.InvoiceID(due.ID), slip.CancelledAtIsNil()).OnlyX(ctx).PixPayload
			return nil
		})
		code := regexp.MustCompile("`([^`]+)`").FindStringSubmatch(bottest.Plain(said.Text))
		if said.Edit || code == nil || code[1] != want || want == "" {
			t.Errorf("the Pix is %v, want %s", code, want)
		}
	})
}

func TestWhatIsLeftOfAnInvoiceIsPaidByAPixOfItsOwn(t *testing.T) {
	onEachStore(t, func(s *stage) {
		var bill *ent.Invoice
		s.Read(func(ctx context.Context, c *ent.Client) error {
			bill = c.Invoice.Query().Where(invoice.CustomerID(s.Maria.ID), invoice.PaidAtIsNil()).Order(invoice.ByDue()).FirstX(ctx)
			return nil
		})
		in := billing.Receipt{Invoice: bill.ID, Amount: 50_00, PaidOn: s.Here.Today(s.DB.Now()), Key: "1"}
		if _, err := (billing.Desk{DB: s.DB}).ReceiveAtCounter(s.As("financeiro"), in); err != nil {
			s.Fatal(err)
		}
		s.Write(func(ctx context.Context, c *ent.Client) error { // the others are paid
			return c.Invoice.Update().Where(invoice.CustomerID(s.Maria.ID), invoice.IDNEQ(bill.ID)).SetPaidAt(s.DB.Now()).Exec(ctx)
		})
		s.maria().Play(`
			Maria: /faturas
			Bot: Você tem 1 fatura aberta.
			| R$ 39,90, vence em 10/12/2026
			| Já pagos: R$ 50,00.
			| [Copiar Pix] [Boleto em PDF]
			| [Linha digitável] [Entender o valor]
			| [Carnê inteiro]
			| [Faturas pagas]
			Maria > Copiar Pix
			Bot: Parte desta fatura já foi paga. Código Pix do que falta hoje, R$ 39,90.
			| 540539.90
			Maria > Boleto em PDF
			Bot sends: Fatura…pdf
			| hoje faltam R$ 39,90
			Maria > Linha digitável
			Bot: Linha digitável do boleto de R$ 89,90, vencimento 10/12/2026.
			| ` + "`" + digits(s, bill) + "`" + `
			| hoje faltam R$ 39,90
			Maria > Entender o valor
			Bot: Fatura…, vencimento 10/12/2026
			| Fibra 500 Mega, de 10/12 a 10/01: R$ 89,90
			| período inteiro
			| Total: R$ 89,90
			| Já pagos: R$ 50,00
			| A pagar hoje: R$ 39,90
			| [Não concordo com um valor]
			| [Menu]`)
	})
}

// digits is the linha digitável that an invoice was printed with.
func digits(s *stage, of *ent.Invoice) (linha string) {
	s.Read(func(ctx context.Context, c *ent.Client) error {
		linha = c.Slip.Query().Where(slip.InvoiceID(of.ID), slip.CancelledAtIsNil()).OnlyX(ctx).Linha
		return nil
	})
	if len(linha) != 47 {
		s.Errorf("the linha digitável is %q", linha)
	}
	return linha
}

func TestAFaturaPagaIsShownWithWhatWasPaid(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria := s.maria()
		var bills []*ent.Invoice
		s.Read(func(ctx context.Context, c *ent.Client) error {
			bills = c.Invoice.Query().Where(invoice.CustomerID(s.Maria.ID), invoice.PaidAtIsNil()).Order(invoice.ByDue()).AllX(ctx)
			return nil
		})
		in := billing.Receipt{Invoice: bills[0].ID, Amount: 89_90, PaidOn: s.Here.Today(s.DB.Now()), Key: "1"}
		if _, err := (billing.Desk{DB: s.DB}).ReceiveAtCounter(s.As("financeiro"), in); err != nil {
			s.Fatal(err)
		}
		maria.Play(`
			Maria: /faturas
			Bot: Você tem 6 faturas abertas.
			Bot: R$ 89,90
			Bot: R$ 89,90
			Maria > Mostrar mais 3 faturas
			Bot: R$ 89,90
			Bot: R$ 89,90
			Bot: R$ 89,90
			| [Copiar Pix] [Boleto em PDF]
			| [Linha digitável] [Entender o valor]
			| [Faturas pagas]
			Maria > Faturas pagas
			Bot edits: Suas últimas faturas pagas:
			| R$ 89,90, paga em 23/11/2026
			| de 10/12/2026: Fibra 500 Mega, de 10/12 a 10/01.
			| [Faturas] [Menu]`)
		s.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Invoice.Update().Where(invoice.CustomerID(s.Maria.ID)).SetCancelledAt(s.DB.Now()).Exec(ctx)
		})
		maria.Play(`
			Maria: /faturas
			Bot: Você não tem fatura aberta. Tudo em dia!
			| [Faturas pagas]
			| [Menu]
			Maria > Faturas pagas
			Bot edits: Nenhuma fatura paga ainda.`)
	})
}

func TestMariaOpensATicket(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria := s.maria()
		maria.Play(`
			Maria: /suporte
			Bot: Atendimento para Fibra 500 Mega.
			| Seu aparelho ainda não se conectou à nossa rede.
			| 4. Espere 3 minutos.
			| [Já resolveu] [Continua sem funcionar]
			| [Falar com atendente]
			| [Cancelar]
			Maria > Cancelar
			Bot edits: Certo, parei por aqui.
			Maria: não está funcionando
			Bot: Você quer abrir Suporte?
			| [Suporte]
			| [Menu]
			Maria: /suporte
			Bot: Atendimento para Fibra 500 Mega.
			Maria: /ajuda
			Bot: Posso fazer isto por você:
			Maria: isto não é um atendimento
			Bot: Como posso ajudar?
			Maria: /suporte
			Bot: Atendimento para Fibra 500 Mega.
			Maria: ` + strings.Repeat("longo ", 700) + `
			Bot: Ficou longo demais.
			| [Cancelar]
			Maria: Sem internet desde ontem <b>& sem luz no modem
			Bot: Atendimento aberto. Seu protocolo é ` + "`2026…`" + `
			| [Menu]
			Maria: muito obrigada!
			Bot: De nada! Se precisar, é só chamar.
			| [Menu]
			Maria: a luz está vermelha
			Bot: Recebido. Sua resposta está no protocolo…Quando a equipe responder, aviso aqui.`)
		s.Read(func(ctx context.Context, c *ent.Client) error {
			ticket := c.Ticket.Query().OnlyX(ctx)
			if ticket.Opening != "Sem internet desde ontem <b>& sem luz no modem" || ticket.Channel != "telegram" || ticket.CustomerID != s.Maria.ID ||
				ticket.Status != "aguardando_analise" {
				t.Errorf("the ticket is %v", ticket)
			}
			return nil
		})
		maria.Play(`
			Maria: /suporte
			Bot: Atendimento para Fibra 500 Mega.`)
		s.pass(15 * time.Minute) // what was asked is forgotten
		maria.Play(`
			Maria: ainda sem internet
			Bot: Depois de 15 minutos eu paro de esperar a resposta, e o que você escreveu agora não foi guardado.
			Maria: ainda sem internet
			Bot: Você quer abrir Suporte?`)
	})
}

func TestJoaoUnblocksHisServiceOnTrust(t *testing.T) {
	onEachStore(t, func(s *stage) {
		joao := s.joao()
		joao.Play(`
			João: /desbloquear
			Bot: Seu serviço Fibra 300 Mega está suspenso por débito.
			| Fatura …: R$ 82,26 hoje.
			| Posso liberar por 1 dia, uma vez por mês. Usando agora, a próxima vez é a partir de 01/12/2026. A dívida continua.
			| no liberado
			| [Liberar por 1 dia]
			| [Pagar com Pix]
			| [Cancelar]
			João > Cancelar
			Bot edits: Certo, parei por aqui. Nada foi feito.
			João: /desbloquear
			Bot: Seu serviço Fibra 300 Mega está suspenso por débito.
			João > Liberar por 1 dia
			Bot edits: Desbloqueio em Confiança pedido em 23/11, às 09:00.
			| no liberado
			Bot: Pronto, João! Seu acesso está liberado até terça, 24/11, às 09:00. A internet volta em segundos.
			| Próxima vez: a partir de 01/12/2026.
			| [Pagar com Pix]
			João: /desbloquear
			Bot: Você já usou o desbloqueio de novembro (dia 23). O próximo é a partir de 01/12/2026. Seu acesso em confiança vale até terça, 24/11, às 09:00.
			| no liberado
			| [Pagar com Pix]
			| [Menu]
			João > Pagar com Pix
			Bot: Código Pix de R$ 79,90.
			| A multa e os juros, R$ 2,36 até hoje, vêm em outra cobrança.
			João: /servicos
			Bot: Serviços Contratados:
			| Suspenso por Débito, em confiança até terça, 24/11, às 09:00`)
		s.Read(func(ctx context.Context, c *ent.Client) error {
			grant := c.TrustGrant.Query().OnlyX(ctx)
			if grant.Channel != trustgrant.ChannelSubscriber || !grant.Until.Equal(s.DB.Now().Add(24*time.Hour)) || grant.CustomerID != s.Joao.ID {
				t.Errorf("the grant is %v", grant)
			}
			return nil
		})
	})
}

// A button of last month asks for this month's unblock, by the rules of the day on which it is tapped; tapped again it gives nothing more.
func TestAButtonOfLastMonthIsOfTheDayOnWhichItIsTapped(t *testing.T) {
	onEachStore(t, func(s *stage) {
		joao := s.joao()
		joao.Play(`
			João: /desbloquear
			Bot: Seu serviço Fibra 300 Mega está suspenso por débito.
			| Usando agora, a próxima vez é a partir de 01/12/2026.
			João: /desbloquear
			Bot: Seu serviço Fibra 300 Mega está suspenso por débito.`)
		s.passed.Add(int64(20 * 24 * time.Hour))
		joao.Play(`
			João > Liberar por 1 dia
			Bot edits: Desbloqueio em Confiança pedido em 13/12, às 09:00.
			Bot: Pronto, João! Seu acesso está liberado até segunda, 14/12, às 09:00.
			| Próxima vez: a partir de 01/01/2027.
			João > Liberar por 1 dia
			Bot: Você já usou o desbloqueio de dezembro (dia 13). O próximo é a partir de 01/01/2027.
			| no liberado`)
		s.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.TrustGrant.Query().CountX(ctx); n != 1 {
				t.Errorf("%d grants", n)
			}
			for _, row := range c.TrustQuota.Query().AllX(ctx) {
				if row.Month != calendar.On(2026, 12, 1) {
					t.Errorf("a quota of %s is used", row.Month)
				}
			}
			return nil
		})
	})
}

func TestUnblockIsRefusedWhenThingsChangedBeforeThePress(t *testing.T) {
	onEachStore(t, func(s *stage) {
		joao := s.joao()
		joao.Play(`
			João: /desbloquear
			Bot: Seu serviço Fibra 300 Mega está suspenso por débito.`)
		// The operator switches it off between the question and the press.
		operator := platform.Desk{DB: s.DB}
		if err := operator.SetFeatures(context.Background(), s.Here.ID, nil); err != nil {
			t.Fatal(err)
		}
		s.await("the bot to notice", func() bool {
			joao.Writes("/desbloquear")
			return strings.Contains(joao.Next().Text, "não oferece")
		})
		joao.Play(`
			João > Liberar por 1 dia
			Bot: A Fibra Norte não oferece o Desbloqueio em Confiança por aqui.
			| no liberado
			| [Pagar com Pix]
			João: /desbloquear
			Bot: A Fibra Norte não oferece o Desbloqueio em Confiança por aqui.`)
		s.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.TrustGrant.Query().CountX(ctx); n != 0 {
				t.Errorf("%d grants", n)
			}
			return nil
		})
		// Switched on again, staff are faster than his press.
		if err := operator.SetFeatures(context.Background(), s.Here.ID, map[platform.Feature]bool{platform.TrustSelfService: true}); err != nil {
			t.Fatal(err)
		}
		s.await("the bot to notice", func() bool {
			joao.Writes("/desbloquear")
			return !strings.Contains(joao.Next().Text, "não oferece")
		})
		s.Write(func(ctx context.Context, c *ent.Client) error {
			return c.TrustGrant.Create().SetSubscriptionID(s.Service(s.Joao).ID).SetCustomerID(s.Joao.ID).SetChannel(trustgrant.ChannelStaff).
				SetReason("prometeu pagar").SetGrantedAt(s.DB.Now()).SetUntil(s.DB.Now().Add(23 * time.Hour)).Exec(ctx)
		})
		joao.Play(`
			João > Liberar por 1 dia
			Bot: Seu acesso em confiança vale até terça, 24/11, às 08:00.
			| no liberado`)
	})
}

func TestSomebodyLooksAfterTwoCustomers(t *testing.T) {
	onEachStore(t, func(s *stage) {
		ana := s.linked("Ana", 103, s.Maria)
		ana.Play(`
			Ana: /start ` + s.tokenOf(s.Joao) + `
			Bot: Pronto! Este chat agora vê também o cadastro de João
			Ana: /servicos
			Bot: Maria Demonstração
			Bot: João Suspenso
			| Suspenso por Débito
			Ana: /suporte
			Bot: Sobre qual serviço?
			| [Maria: Fibra 500 Mega, nº 1]
			| [João: Fibra 300 Mega, nº 2]
			| [Cancelar]
			Ana > João: Fibra 300 Mega, nº 2
			Bot edits: João…Atendimento para Fibra 300 Mega.
			Ana: quero ajuda
			Bot: Atendimento aberto.
			| [Menu]
			Ana: /suporte
			Bot: Sobre qual serviço?
			Ana > Maria: Fibra 500 Mega, nº 1
			Bot edits: Maria…Atendimento para Fibra 500 Mega.
			Ana replies to [Menu]: caiu de novo
			Bot: Recebido. Sua resposta está no protocolo
			Ana replies to [Menu]: e a luz pisca
			Bot: Recebido. Sua resposta está no protocolo
			Ana: /faturas
			Bot: Maria Demonstração…Você tem 7 faturas abertas.
			Bot: R$
			Bot: R$
			Bot: João Suspenso…Você tem
			Bot: R$
			Bot: R$
			| [Copiar Pix] [Boleto em PDF]
			Ana > Copiar Pix
			Bot: João, fatura…Código Pix de
			| [QR Code] [Menu]
			Ana > Linha digitável
			Bot: João, fatura…Linha digitável
			Ana > Entender o valor
			Bot: João, fatura…Total
			Ana replies to [QR Code]: quanto devo?
			Bot: João Suspenso…Você tem
			Bot: R$
			Bot: R$
			Ana replies to [QR Code]: isto está certo
			Bot: Sobre João: o que você precisa?
			| [Faturas] [Suporte]
			| [Menu]
			Ana: /suporte
			Bot: Sobre qual serviço?
			Ana > Maria: Fibra 500 Mega, nº 1
			Bot edits: Maria…Atendimento para Fibra 500 Mega.
			Ana replies to [QR Code]: isto está certo
			Bot: Você respondeu a uma mensagem de João
			| [Faturas] [Suporte]
			Ana replies to [Cancelar]: cancelar
			Bot: Certo, parei por aqui.
			Ana: /desbloquear
			Bot: Maria Demonstração…Nenhum serviço seu está suspenso
			Bot: João Suspenso…Seu serviço Fibra 300 Mega está suspenso
			| [Liberar por 1 dia]
			Ana > Liberar por 1 dia
			Bot edits: Desbloqueio em Confiança pedido
			Bot: Pronto, João! Seu acesso está liberado
			Ana: /sair
			Bot: Este chat vê mais de um cadastro. Qual você quer desvincular?
			| [Desvincular Maria Demonstração]
			| [Desvincular João Suspenso]
			| [Desvincular todos]
			| [Cancelar]
			Ana > Desvincular todos
			Bot edits: Pronto: este chat não está mais vinculado à Fibra Norte.
			Ana: /faturas
			Bot: Olá! Eu sou o atendimento da Fibra Norte no Telegram.`)
		s.Read(func(ctx context.Context, c *ent.Client) error {
			if ticket := c.Ticket.Query().OnlyX(ctx); ticket.CustomerID != s.Joao.ID {
				t.Error("the ticket is not João's")
			}
			if n := c.TicketEntry.Query().Where(ticketentry.BodyIn("quero ajuda", "caiu de novo", "e a luz pisca")).CountX(ctx); n != 3 {
				t.Errorf("%d of 3 things said are in it", n)
			}
			return nil
		})
	})
}
