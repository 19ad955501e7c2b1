package bot_test

import (
	"context"
	"strings"
	"testing"

	"enlace/bot/bottest"
	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/invites"
)

const mariasPhone, joaosPhone = "5591988880001", "5591988880002"

// paperOf is the token of the link that a customer's papers have now.
func (s *stage) paperOf(customer *ent.Customer) (token string) {
	s.Helper()
	s.Read(func(ctx context.Context, c *ent.Client) error {
		door, err := invites.Door(ctx, c, customer)
		if err != nil {
			return err
		}
		link, err := invites.Mark(ctx, s.Vault, door)
		_, token, _ = strings.Cut(link, "?start=")
		return err
	})
	return token
}

func TestMariaEntersByHerOwnNumber(t *testing.T) {
	onEachStore(t, func(s *stage) {
		s.telegram.Person("Maria", 101).Play(`
			Maria: oi
			Bot: Olá! Eu sou o atendimento da Fibra Norte no Telegram.…toque em Enviar meu número…link de vínculo
			| asks for the number
			| no cpf
			Maria shares 5591988880001
			Bot: Recebi seu número. Para confirmar que é você, escreva os 3 últimos números do CPF ou CNPJ do titular, ou a data de nascimento
			Maria: 111
			Bot: Não consegui confirmar. Confira e escreva de novo
			Maria: 725
			Bot: Olá, Maria! Este chat agora está vinculado ao seu cadastro na Fibra Norte.
			| [Faturas] [Serviços Contratados]
			Bot: Para ver o menu a qualquer hora, envie /menu.
			Maria: /servicos
			Bot: Serviços Contratados:
			Maria: 725
			Bot: Como posso ajudar?`)
		links, err := s.desk.LinksOf(s.As("suporte"), s.Maria.ID)
		if err != nil || len(links) != 1 || links[0].Person != "Maria" || links[0].Way != "phone" {
			t.Errorf("the office sees %v, %v", links, err)
		}
	})
}

func TestALinkOnPaperAsksForASecondProof(t *testing.T) {
	onEachStore(t, func(s *stage) {
		paper := s.paperOf(s.Maria)
		s.telegram.Person("Zé", 666).Play(`
			Zé: /start ` + paper + `
			Bot: Este é o link do seu papel da Fibra Norte. Para confirmar que é você, escreva a data de nascimento do titular
			| no maria
			| asks for the number
			Zé: 725
			Bot: Não consegui confirmar.
			Zé shares 5591988880002
			Bot: Não consegui confirmar.
			Zé: /cancelar
			Bot: Certo, parei por aqui. Nada foi feito.
			| asks for the number
			Zé: 14/03/1988
			Bot: Olá! Eu sou o atendimento da Fibra Norte no Telegram.`)
		s.telegram.Person("Maria", 101).Play(`
			Maria: /start ` + paper + `
			Bot: Este é o link do seu papel da Fibra Norte.
			Maria: 14/03/1988
			Bot: Olá, Maria! Este chat agora está vinculado
			Bot: Para ver o menu a qualquer hora
			Maria: /start ` + paper + `
			Bot: Este link não vale mais`)
		s.telegram.Person("Pai", 103).Play(`
			Pai: /start ` + s.paperOf(s.Maria) + `
			Bot: Este é o link do seu papel
			Pai shares 5591988880001
			Bot: Olá, Maria!
			Bot: Para ver o menu`)
		revoked := s.paperOf(s.Maria)
		if err := s.desk.Revoke(s.As("comercial"), s.Maria.ID); err != nil {
			t.Fatal(err)
		}
		s.telegram.Person("Mãe", 104).Play(`
			Mãe: /start ` + revoked + `
			Bot: Este link não vale mais
			| asks for the number`)
	})
}

func TestAFamilyLooksAfterSeveralCustomersInOneChat(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria := s.maria()
		maria.Play(`
			Maria: /vincular
			Bot: Para ver outro cadastro também neste chat, toque em Enviar meu número
			| asks for the number
			Maria: /start ` + s.tokenOf(s.Joao) + `
			Bot: Pronto! Este chat agora vê também o cadastro de João na Fibra Norte.
			Bot: Para ver o menu
			Maria: /menu
			Bot: Olá! Aqui é a Fibra Norte.
			Maria: /servicos
			Bot: Maria Demonstração
			Bot: João Suspenso
			Maria: /sair
			Bot: Este chat vê mais de um cadastro. Qual você quer desvincular?
			| [Desvincular Maria Demonstração]
			| [Desvincular João Suspenso]
			| [Desvincular todos]
			| [Cancelar]
			Maria > Desvincular João Suspenso
			Bot edits: Pronto: este chat não vê mais o cadastro de João Suspenso.
			Maria: /servicos
			Bot: Serviços Contratados:
			| no joão`)
		s.linked("Filho", 105, s.Maria) // another chat sees her too
		links, err := s.desk.LinksOf(s.As("comercial"), s.Maria.ID)
		if err != nil || len(links) != 2 {
			t.Fatal(links, err)
		}
		if err := s.desk.Unlink(s.As("comercial"), s.Maria.ID, links[1].ID); err != nil {
			t.Fatal(err)
		}
		maria.Play(`
			Maria: /sair
			Bot: Desvincular este chat da Fibra Norte?
			Maria > Desvincular este chat
			Bot edits: Pronto: este chat não está mais vinculado
			Maria: /servicos
			Bot: Olá! Eu sou o atendimento`)
	})
}

func TestAnISPMayLetPeoplePayByCPFAlone(t *testing.T) {
	onEachStore(t, func(s *stage) {
		joao := s.telegram.Person("João", 102)
		joao.Play(`
			João: /cpf
			Bot: Olá! Eu sou o atendimento
			| no cpf`)
		s.Write(func(ctx context.Context, c *ent.Client) error {
			return c.OfficePolicy.Update().SetBotCpfOnly(true).Exec(ctx)
		})
		joao.Play(`
			João: oi
			Bot: Olá! Eu sou o atendimento…Só quer pagar? Envie /cpf.
			João: /cpf
			Bot: Escreva o CPF ou o CNPJ do titular
			João: 111.444.777-36
			Bot: Este CPF ou CNPJ tem algum número trocado.
			João: 111.444.777-35
			Bot: J••• S••••
			| R$ 82,26, vencimento
			| Código Pix de
			| no suspenso
			| no 111
			| no fibra 300
			Bot: R$ 79,90, vencimento 25/11/2026
			Bot: R$ 79,90, vencimento 25/12/2026
			Bot: E há mais…Quer ver tudo e falar com a gente por aqui?
			| asks for the number
			João: /faturas
			Bot: Olá! Eu sou o atendimento`)
		if all, err := s.desk.CustomersOf(tenants.With(context.Background(), s.Here), 102); err != nil || len(all) != 0 {
			t.Errorf("a look lets in: %v, %v", all, err)
		}
	})
}

// heardBy is what a person is told after an update, all of it.
func heardBy(p *bottest.Person) string {
	next := p.Next()
	return next.Text + " " + next.Share
}
