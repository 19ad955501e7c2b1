package bot_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/telegramattempt"
	"enlace/ent/telegramlink"
)

// state is how much there is that an attack might change: links that are open, and what was written into the history.
func (s *stage) state() (open, history int) {
	s.Read(func(ctx context.Context, c *ent.Client) error {
		open, history = c.TelegramLink.Query().Where(telegramlink.EndedAtIsNil()).CountX(ctx), c.History.Query().CountX(ctx)
		return nil
	})
	return open, history
}

// tried is what the gerente sees of today.
func (s *stage) tried(want map[telegramattempt.Kind]int64) {
	s.Helper()
	days, err := s.desk.Attempts(s.As("gerente"))
	got := map[telegramattempt.Kind]int64{}
	if len(days) > 0 {
		got = days[0].Times
	}
	if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		s.Errorf("the gerente sees %v on %d days, %v; want %v", got, len(days), err, want)
	}
}

// unchanged runs an attack, after which nobody sees more than before.
func (s *stage) unchanged(attack func()) {
	s.Helper()
	open, history := s.state()
	attack()
	if o, h := s.state(); o != open || h != history {
		s.Errorf("%d links are %d, %d entries of the history are %d", open, o, history, h)
	}
}

func TestACardOfSomebodyElseOpensNothing(t *testing.T) {
	onEachStore(t, func(s *stage) {
		s.unchanged(func() {
			thief := s.telegram.Person("Zé", 666)
			thief.Play(`
				Zé forwards ` + mariasPhone + `
				Bot: Preciso do número deste Telegram, enviado por você mesmo.
				| asks for the number
				Zé: 725
				Bot: Olá! Eu sou o atendimento da Fibra Norte no Telegram.`)
			thief.Forwards(mariasPhone, 0) // of somebody Telegram does not know
			if next := thief.Next(); !strings.HasPrefix(next.Text, "Preciso do número deste Telegram") {
				t.Error(next.Text)
			}
			s.telegram.Update(`{"update_id":{id},"message":{"message_id":{id},"date":1,"forward_date":1,"contact":{"phone_number":"` + mariasPhone + `","first_name":"x","user_id":666},
				"from":{"id":666,"is_bot":false,"first_name":"Zé"},"chat":{"id":666,"type":"private"}}}`)
			if next := thief.Next(); !strings.HasPrefix(next.Text, "Preciso do número deste Telegram") {
				t.Error(next.Text)
			}
		})
		s.tried(map[telegramattempt.Kind]int64{telegramattempt.KindCard: 3})
	})
}

// Whoever has a number that is on record and whoever has none hear the same, word for word, until the right proof.
func TestNobodyLearnsWhetherANumberIsOnRecord(t *testing.T) {
	onEachStore(t, func(s *stage) {
		s.Write(func(ctx context.Context, c *ent.Client) error {
			return c.OfficePolicy.Update().SetBotCpfOnly(true).Exec(ctx)
		})
		s.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Invoice.Update().SetCancelledAt(s.DB.Now()).Exec(ctx)
		})
		s.unchanged(func() {
			var heard [][]string
			for chat, who := range map[int64][2]string{701: {mariasPhone, s.Maria.Document}, 702: {"5591977776666", "39053344705"}} {
				p := s.telegram.Person("Zé", chat)
				var all []string
				for _, do := range []func(){
					func() { p.Shares(who[0]) }, func() { p.Writes("000") }, func() { p.Writes("01/01/1980") }, func() { p.Writes("CPF") },
					func() { p.Writes("/cpf") }, func() { p.Writes(who[1]) }, func() { p.Writes("/cpf") }, func() { p.Writes(who[1]) }, func() { p.Shares(who[0]) },
				} {
					do()
					all = append(all, heardBy(p))
				}
				heard = append(heard, all)
			}
			for i := range heard[0] {
				if heard[0][i] != heard[1][i] {
					t.Errorf("after update %d one hears\n%s\nand the other\n%s", i+1, heard[0][i], heard[1][i])
				}
			}
			if last := heard[0][len(heard[0])-1]; !strings.HasPrefix(last, "Foram muitas tentativas por hoje.") {
				t.Errorf("after five refusals: %s", last)
			}
		})
		s.tried(map[telegramattempt.Kind]int64{telegramattempt.KindProof: 6, telegramattempt.KindCpf: 4, telegramattempt.KindShut: 2})
	})
}

func TestGuessedLinksShutTheDoorForTheDayAndAcrossRestarts(t *testing.T) {
	onEachStore(t, func(s *stage) {
		paper, shown := s.paperOf(s.Maria), s.tokenOf(s.Maria)
		thief := s.telegram.Person("Zé", 666)
		s.unchanged(func() {
			for _, guess := range []string{"c1-1-AAAAAAAAAAAAAAAA", paper[:len(paper)-2], strings.Replace(paper, "-1-", "-2-", 1), strings.ToUpper(paper), shown[1:]} {
				thief.Play(`
					Zé: /start ` + guess + `
					Bot: Este link não vale mais`)
			}
			s.stop()
			s.start()
			thief.Play(`
				Zé: /start ` + paper + `
				Bot: Foram muitas tentativas por hoje. Tente de novo amanhã, ou peça à nossa equipe o link de vínculo
				Zé shares ` + mariasPhone + `
				Bot: Foram muitas tentativas por hoje.`)
		})
		s.tried(map[telegramattempt.Kind]int64{telegramattempt.KindLink: 5, telegramattempt.KindShut: 2})
		thief.Play(`
			Zé: /start ` + shown + `
			Bot: Olá, Maria!`) // the office stands beside it
		s.pass(24 * time.Hour)
		thief.Play(`
			Zé: /start ` + paper + `
			Bot: Este é o link do seu papel da Fibra Norte.`)
	})
}

// What is said again, or in another order, opens nothing that the office has shut since.
func TestReplayedAndReorderedUpdatesOpenNothing(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria := s.telegram.Person("Maria", 101)
		maria.Play(`
			Maria: 725
			Bot: Olá! Eu sou o atendimento
			Maria shares ` + mariasPhone + `
			Bot: Recebi seu número.`)
		raw := maria.Raw("725")
		proof := s.telegram.Update(raw)
		maria.Play(`
			Bot: Olá, Maria!
			Bot: Para ver o menu`)
		links, err := s.desk.LinksOf(s.As("comercial"), s.Maria.ID)
		if err != nil || len(links) != 1 {
			t.Fatal(links, err)
		}
		if err := s.desk.Unlink(s.As("comercial"), s.Maria.ID, links[0].ID); err != nil {
			t.Fatal(err)
		}
		s.unchanged(func() {
			s.telegram.Replay(proof, raw)
			s.telegram.Replay(proof-1, raw)
			maria.Play(`
				Maria: 725
				Bot: Olá! Eu sou o atendimento`)
		})
	})
}

func TestTamperedButtonsAndGroupsDoNothing(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria, joao := s.maria(), s.joao()
		joao.Play(`
			João: /desbloquear
			Bot: Seu serviço Fibra 300 Mega está suspenso por débito.`)
		maria.Play(`
			Maria: /sair
			Bot: Desvincular este chat`)
		_, unblock := joao.Button("Liberar por 1 dia")
		s.unchanged(func() {
			for _, data := range []string{
				unblock, strings.Split(unblock, ".")[0] + ".AAAAAAAAAAAAAAAAAAAAAA", unblock + ".x", "tchau" + unblock[strings.Index(unblock, "."):], "share", "unshare", "start", "sair' OR 1=1", "",
				strings.Repeat("A", 64), "\x00",
			} {
				maria.PressesOf(1, data)
				if next := maria.Next(); !next.Toast || data != "start" && !strings.HasPrefix(next.Text, "Este botão não vale mais") {
					t.Errorf("%q: %+v", data, next)
				} else if data == "start" { // the menu, which it is
					maria.Next()
				}
			}
			before := s.telegram.Calls("sendMessage")
			for _, text := range []string{"/faturas", "/start " + s.tokenOfNobody(), "/cpf", "725"} {
				s.telegram.Update(fmt.Sprintf(`{"update_id":{id},"message":{"message_id":{id},"date":1,"text":%q,"from":{"id":101,"is_bot":false,"first_name":"Maria"},"chat":{"id":-5,"type":"group"}}}`, text))
			}
			s.telegram.Update(`{"update_id":{id},"message":{"message_id":{id},"date":1,"contact":{"phone_number":"` + mariasPhone + `","first_name":"x","user_id":101},"from":{"id":101,"is_bot":false,"first_name":"Maria"},"chat":{"id":-5,"type":"supergroup"}}}`)
			maria.Play(`
				Maria: /ajuda
				Bot: Posso fazer isto por você:`) // all before it was heard
			if n := s.telegram.Calls("sendMessage") - before; n != 1 {
				t.Errorf("%d messages: the bot speaks in a group", n)
			}
		})
		s.tried(map[telegramattempt.Kind]int64{})
	})
}

func (s *stage) tokenOfNobody() string { return strings.Repeat("A", 43) }
