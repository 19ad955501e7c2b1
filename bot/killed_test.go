package bot_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"enlace/bot/bottest"
	"enlace/ent"
	"enlace/ent/telegramlink"
	"enlace/tenants/bots"
)

// step is what somebody writes, or presses after a >, and how that begins which the bot then says, toasts aside.
type step struct {
	does  string
	hears []string
}

// dialogue is one that is killed wherever it can be.
type dialogue struct {
	name  string
	whose func(*stage) *ent.Customer
	steps []step
	done  func(*stage) bool // once, and no more than once
}

var dialogues = []dialogue{
	{"a ticket", joaos, []step{{"/suporte", []string{"Atendimento para"}}, {"sem internet", []string{"Atendimento aberto."}}}, func(s *stage) bool { return tickets(s) == 1 }},
	{"an unblock on trust", joaos, []step{{"/desbloquear", []string{"Seu serviço"}}, {"> Liberar por 1 dia", []string{"Desbloqueio em Confiança pedido", "Pronto, João"}}},
		func(s *stage) bool {
			return count(s, func(ctx context.Context, c *ent.Client) int { return c.TrustGrant.Query().CountX(ctx) }) == 1
		}},
	{"an invoice", joaos, []step{{"/faturas", []string{"Você tem"}}, {"> Linha digitável", []string{"Linha digitável"}}}, nil},
	{"a carnê", marias, []step{{"/carne", []string{"Carnê 1"}}}, nil},
	{"leaving", marias, []step{{"/sair", []string{"Desvincular este chat"}}, {"> Desvincular este chat", []string{"Pronto"}}},
		func(s *stage) bool {
			return count(s, func(ctx context.Context, c *ent.Client) int {
				return c.TelegramLink.Query().Where(telegramlink.EndedAtNotNil()).CountX(ctx)
			}) == 1
		}},
}

func joaos(s *stage) *ent.Customer  { return s.Joao }
func marias(s *stage) *ent.Customer { return s.Maria }

// At each step of a dialogue the process is killed before it can note what somebody does, and the next one when that is noted and not yet said. What
// is said is heard once, in its order, and what is done is done once.
func TestADialogueGoesOnWhereverItsProcessIsKilled(t *testing.T) {
	onEachStore(t, func(s *stage) { s.killEach(dialogues) })
}

func TestADialogueGoesOnWhereverACallIsKilled(t *testing.T) {
	called(t, func(s *stage) { s.killEach(dialogues[:2]) })
}

func (s *stage) killEach(dialogues []dialogue) {
	for i, one := range dialogues {
		who := s.linked("Ana", 300+int64(i), one.whose(s))
		for _, step := range one.steps {
			s.Break(func() error { return errKilled })
			if label, pressed := strings.CutPrefix(step.does, "> "); pressed {
				who.Presses(label)
			} else {
				who.Writes(step.does)
			}
			for _, method := range []string{"sendMessage", "editMessageText", "sendDocument"} {
				s.telegram.Fail(method, bottest.Failure{Code: 500, Why: "killed"})
			}
			s.die()
			s.rise()
			s.await(step.does+" to be noted", func() bool { return unsaid(s) == 1 && s.telegram.Failed() > 0 })
			s.die()
			s.telegram.Heal()
			s.rise()
			for _, want := range step.hears {
				said := who.Next()
				for said.Toast {
					said = who.Next()
				}
				if !strings.HasPrefix(bottest.Plain(said.Text), want) {
					s.Errorf("%s: after %s he waits for %q and is told %s", one.name, step.does, want, said.Text)
				}
			}
			s.await("all to be said", func() bool { return unsaid(s) == 0 })
			for said, more := who.Hears(0); more; said, more = who.Hears(0) {
				if last := step.hears[len(step.hears)-1]; strings.HasPrefix(bottest.Plain(said.Text), last) {
					s.Errorf("%s: after %s he is told again: %s", one.name, step.does, said.Text)
				}
			}
		}
		if one.done != nil && !one.done(s) {
			s.Errorf("%s is done more than once, or not at all", one.name)
		}
	}
}

var errKilled = errors.New("killed")

// die ends every process at one instant: no statement of theirs reaches the database any more, and nothing they say anybody.
func (s *stage) die() {
	s.Helper()
	s.Break(func() error { return errKilled })
	if now := s.life.Load(); now != nil {
		now.end()
	}
	atOnce, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	_ = s.bots.Stop(atOnce) // it cannot come to a good end
	cancel()
}

// rise starts others, once what the dead ones had taken upon them is anybody's.
func (s *stage) rise() {
	s.Helper()
	s.Break(nil)
	s.pass(max(bots.Lease, 15*time.Second))
	s.live()
	s.start()
}

func count(s *stage, of func(context.Context, *ent.Client) int) (n int) {
	s.Read(func(ctx context.Context, c *ent.Client) error { n = of(ctx, c); return nil })
	return n
}
