package bot_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"enlace/bot/bottest"
	"enlace/ent"
	"enlace/ent/telegramupdate"
	"enlace/tenants/bots"
)

func TestAStrangerLearnsNothing(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria := s.maria()
		maria.Play(`
			Maria: /suporte
			Bot: Atendimento para Fibra 500 Mega.
			Maria: /faturas
			Bot: Você tem 7 faturas abertas.
			Bot: R$ 89,90
			Bot: R$ 89,90`)
		_, pix := maria.Button("Copiar Pix")
		_, more := maria.Button("Mostrar mais 4 faturas")

		stranger := s.telegram.Person("Zé", 666)
		stranger.Writes("/faturas")
		told := stranger.Next().Text
		for _, words := range []string{"oi", "/start", "/desbloquear", "/carne", "/suporte", "/meusdados", "/sair", "/ajuda", "/cancelar", "/", "529.982.247-25", "/start@x"} {
			stranger.Writes(words)
			if said := stranger.Next(); said.Text != told || len(said.Buttons) > 0 {
				t.Errorf("to %q he is told %q", words, said.Text)
			}
		}
		// The button of another's chat, of one that is not, and of none: the same answer.
		joao := s.joao()
		for _, who := range []*bottest.Person{stranger, joao} {
			for _, data := range []string{pix, more, "pix." + strings.Repeat("A", 22) + "." + strings.Repeat("A", 22), "pix"} {
				who.PressesOf(1, data)
				if said := who.Next(); !said.Toast || !strings.HasPrefix(said.Text, "Este botão não vale mais") {
					t.Errorf("%s presses %q and is told %+v", who.Name, data, said)
				}
			}
		}
		// João's own name before Maria's invoice.
		_, own := func() (int, string) {
			joao.Play(`
				João: /desbloquear
				Bot: Seu serviço`)
			return joao.Button("Pagar com Pix")
		}()
		mixed := strings.Join(append(strings.Split(own, ".")[:2], strings.Split(pix, ".")[2]), ".")
		joao.PressesOf(1, mixed)
		if said := joao.Next(); !said.Toast || !strings.HasPrefix(said.Text, "Este botão não vale mais") {
			t.Errorf("João gets Maria's: %+v", said)
		}
		// Once the office has unlinked her, Maria is a stranger too.
		links, err := s.desk.LinksOf(s.As("comercial"), s.Maria.ID)
		if err != nil || len(links) != 1 {
			t.Fatal(links, err)
		}
		if err := s.desk.Unlink(s.As("comercial"), s.Maria.ID, links[0].ID); err != nil {
			t.Fatal(err)
		}
		maria.Play(`
			Maria > Copiar Pix
			Bot toasts: Este botão não vale mais.
			Maria: /faturas
			Bot: Olá! Eu sou o atendimento da Fibra Norte no Telegram.`)
	})
}

func TestLinksServeOnceForTenMinutes(t *testing.T) {
	onEachStore(t, func(s *stage) {
		token, late := s.tokenOf(s.Maria), s.tokenOf(s.Maria)
		maria, thief := s.telegram.Person("Maria", 101), s.telegram.Person("Zé", 666)
		maria.Play(`
			Maria: /start ` + token + `
			Bot: Olá, Maria!
			Maria: /start ` + token + `
			Bot: Este link não vale mais`)
		s.pass(10 * time.Minute)
		for _, dead := range []string{token, late, "x", strings.Repeat("A", 43), "✓"} {
			thief.Play(`
				Zé: /start ` + dead + `
				Bot: Este link não vale mais: ele dura 10 minutos e serve uma vez só.`)
		}
		thief.Play(`
			Zé: /faturas
			Bot: Olá! Eu sou o atendimento`)
	})
}

func TestAReplayDoesNothing(t *testing.T) {
	onEachStore(t, func(s *stage) {
		joao := s.joao()
		joao.Play(`
			João: /suporte
			Bot: Atendimento para`)
		raw := joao.Raw("sem internet")
		id := s.telegram.Update(raw)
		if said := joao.Next(); !strings.Contains(said.Text, "protocolo") {
			t.Fatal(said.Text)
		}
		for range 3 {
			s.telegram.Replay(id, raw)
		}
		joao.Play(`
			João: /ajuda
			Bot: Posso fazer isto por você:`)
		s.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.Ticket.Query().CountX(ctx); n != 1 {
				t.Errorf("%d tickets", n)
			}
			return nil
		})
	})
}

func TestWhatIsNoWordAndNoButtonOfOurs(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria := s.maria()
		who := `"from":{"id":101,"is_bot":false,"first_name":"Maria"},"chat":{"id":101,"type":"private"}`
		silent := []string{
			`{"update_id":{id}}`,
			`{"update_id":{id},"edited_message":{"message_id":1,"date":1,"edit_date":2,"location":{"latitude":1,"longitude":1},` + who + `}}`, // it moves
			`{"update_id":{id},"channel_post":{"message_id":1,"date":1,"text":"/faturas","chat":{"id":-5,"type":"channel"}}}`,
			`{"update_id":{id},"message":{"message_id":1,"date":1,"text":"/faturas","chat":{"id":101,"type":"private"}}}`,
			`{"update_id":{id},"message":{"message_id":1,"date":1,"text":"/faturas","from":{"id":101,"first_name":"M"},"chat":{"id":-7,"type":"group","title":"x"}}}`,
			`{"update_id":{id},"message":{"message_id":1,"date":1,"text":"/faturas","from":{"id":5,"first_name":"M"},"chat":{"id":101,"type":"private"}}}`,
			`{"update_id":{id},"message":{"message_id":1,"date":1,"text":"/faturas","from":{"id":101,"is_bot":true,"first_name":"M"},"chat":{"id":101,"type":"private"}}}`,
			`{"update_id":{id},"message":null,"callback_query":null}`,
			`{"update_id":{id},"message":"a word"}`,
			`{"update_id":{id},"callback_query":{"id":"101:9","from":{"id":101,"first_name":"M"},"inline_message_id":"x","data":"faturas"}}`,
			`{"update_id":{id},"my_chat_member":{"chat":{"id":101,"type":"private"},"date":1}}`,
			`{"update_id":{id},"something_new":{"a":[1,2,3]}}`,
		}
		for _, raw := range silent {
			s.telegram.Update(raw)
		}
		s.telegram.Update(`{"no_number":{id}}`)
		s.telegram.Update(`[1,{id}]`)
		s.telegram.Update(`{"update_id":{id},"message":{"message_id":1,"date":1,"sticker":{"file_id":"x"},` + who + `}}`)
		maria.Play(`
			Bot: Recebi a sua figurinha!
			| [Faturas] [Serviços Contratados]
			Maria: /fat
			Bot: Você quer abrir Faturas?
			| [Faturas]
			| [Menu]
			Maria: /xyz
			Bot: Não conheço esse comando.
			| [Faturas] [Serviços Contratados]
			Maria: /
			Bot: Não conheço esse comando.
			Maria: /suporte
			Bot: Atendimento para`)
		s.telegram.Update(`{"update_id":{id},"message":{"message_id":1,"date":1,"photo":[],"caption":"olha",` + who + `}}`)
		maria.Play(`
			Bot: Atendimento aberto.`)
		maria.Play(`
			Maria: /suporte
			Bot: Atendimento para`)
		s.telegram.Update(`{"update_id":{id},"message":{"message_id":1,"date":1,"location":{"latitude":1,"longitude":1},` + who + `}}`)
		maria.Play(`
			Bot: Recebi a localização, mas não consigo usá-la por aqui.
			| [Cancelar]
			Maria: Cancelar
			Bot: Certo, parei por aqui.`)

		// Buttons that were tampered with.
		maria.Play(`
			Maria: /faturas
			Bot: Você tem 7 faturas abertas.
			Bot: R$ 89,90
			Bot: R$ 89,90`)
		_, pix := maria.Button("Copiar Pix")
		for _, data := range []string{"", ".", "...", "....", "pix..", "sim", "nada", pix + ".x", pix[:len(pix)-1], pix + "A", strings.ToUpper(pix), "pix.\x00", "sim." + strings.Repeat("_", 22),
			"boleto." + strings.Repeat("-", 22), "' OR 1=1 --", strings.Repeat("x", 5000)} {
			maria.PressesOf(1, data)
			if said := maria.Next(); !said.Toast || !strings.HasPrefix(said.Text, "Este botão não vale mais") {
				t.Errorf("%q: %+v", data, said)
			}
		}
		maria.Play(`
			Maria > Copiar Pix
			Bot: Código Pix de R$ 89,90.`)
	})
}

func TestFiftyTapsAtOnceAreOneGrant(t *testing.T) {
	onEachStore(t, func(s *stage) {
		var joaos []*bottest.Person
		for chat := range int64(10) {
			joaos = append(joaos, s.linked("João", 200+chat, s.Joao))
		}
		joaos[0].Play(`
			João: /desbloquear
			Bot: Seu serviço`)
		message, data := joaos[0].Button("Liberar por 1 dia")
		var all sync.WaitGroup
		for i := range 50 {
			all.Go(func() { joaos[i%10].PressesOf(message, data) })
		}
		all.Wait()
		freed, refused := 0, 0
		for _, joao := range joaos {
			for range 5 {
				said := joao.Next()
				for said.Toast || strings.HasPrefix(said.Text, "Desbloqueio em Confiança pedido") {
					said = joao.Next()
				}
				switch {
				case strings.Contains(said.Text, "liberado"):
					freed++
				case strings.Contains(bottest.Plain(said.Text), "O próximo é a partir de 01/12/2026"):
					refused++
				default:
					t.Error(said.Text)
				}
			}
		}
		s.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.TrustGrant.Query().CountX(ctx); n != 1 || freed != 1 || refused != 49 {
				t.Errorf("%d grants, %d times liberado, %d refusals", n, freed, refused)
			}
			return nil
		})
	})
}

func TestTelegramRefuses(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria, joao := s.maria(), s.joao()
		// Too many requests: it waits as long as it is told, and says it.
		s.telegram.Fail("sendMessage", bottest.Failure{Code: 429, Why: "Too Many Requests: retry after 1", RetryAfter: 1})
		began := time.Now()
		maria.Play(`
			Maria: /ajuda
			Bot: Posso fazer isto`)
		if waited := time.Since(began); waited < time.Second {
			t.Errorf("it waited %s", waited)
		}
		// A failure of Telegram's own, and an answer that gets lost: it says it again.
		s.telegram.Fail("sendMessage", bottest.Failure{Code: 500, Why: "Internal Server Error"}, bottest.Failure{Code: 502, Why: "<html>"})
		s.telegram.Fail("sendDocument", bottest.Failure{Code: 429, Why: "Too Many Requests", RetryAfter: 1})
		maria.Play(`
			Maria: /ajuda
			Bot: Posso fazer isto
			Maria: /carne
			Bot sends: Carn`)
		// João blocked the bot: he is given up, and keeps nobody waiting.
		s.telegram.Fail("sendMessage", bottest.Failure{Code: 403, Why: "Forbidden: bot was blocked by the user"})
		joao.Writes("/ajuda")
		s.await("the bot to give up", func() bool { return strings.Contains(s.log.String(), "blocked by the user") })
		// A message that is gone is said anew; one that stands so already is left.
		maria.Play(`
			Maria: /menu
			Bot: Olá, Maria!`)
		s.telegram.Fail("editMessageText", bottest.Failure{Code: 400, Why: "Bad Request: message to edit not found"})
		maria.Play(`
			Maria > Ajuda
			Bot: Posso fazer isto
			Maria > Menu
			Bot edits: Olá, Maria!
			Maria > Ajuda
			Bot edits: Posso fazer isto`)
		// The question for updates fails: it asks again.
		s.telegram.Fail("getUpdates", bottest.Failure{Code: 409, Why: "Conflict: can't use getUpdates method while webhook is active"},
			bottest.Failure{Code: 500, Why: "Internal Server Error"}, bottest.Failure{Code: 429, Why: "Too Many Requests", RetryAfter: 1})
		joao.Play(`
			João: /ajuda
			Bot: Posso fazer isto`)
		joao.Play(`
			João: /menu
			Bot: Olá, João!`)
		if s.telegram.Calls("deleteWebhook") != 1 {
			t.Error("the webhook is still there")
		}
		s.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.TelegramUpdate.Query().Where(telegramupdate.AnsweredAtIsNil()).CountX(ctx); n > 1 {
				t.Errorf("%d answers are kept as not said", n)
			}
			return nil
		})
	})
}

func TestAnotherBotTakesThePlace(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria := s.maria()
		maria.Play(`
			Maria: /menu
			Bot: Olá, Maria!`)
		// A token that Telegram does not know: the gerente reads why, and the log does not hold it.
		const wrong = token + "x"
		if err := s.own.SetBot(s.As("gerente"), wrong, ""); err != nil {
			t.Fatal(err)
		}
		s.await("the failure to be noted", func() bool {
			var failure string
			s.Read(func(ctx context.Context, c *ent.Client) error {
				failure = c.TelegramBot.Query().OnlyX(ctx).Failure
				return nil
			})
			return failure == bots.DeadToken
		})
		if _, err := s.desk.Invite(s.As("gerente"), s.Maria.ID); err == nil {
			t.Error("a link to a bot without a name")
		}
		if err := s.own.SetBot(s.As("gerente"), token, ""); err != nil {
			t.Fatal(err)
		}
		maria.Play(`
			Maria: /menu
			Bot: Olá, Maria!`)
		if err := s.own.SetBot(s.As("gerente"), token, ""); err != nil { // as every start of the demonstration does
			t.Fatal(err)
		}
		if bot, err := s.own.Bot(s.As("gerente")); err != nil || bot.Username != "fibranorte_bot" || bot.Offset == 0 {
			t.Errorf("the same bot again: %+v, %v", bot, err)
		}
	})
}
