package handlers_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/handlers/handlerstest"
	"enlace/tenants/bots"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/messages"
	"enlace/tenants/support"
	"enlace/tenants/tenanttest"
)

// unreached ties a chat to Maria, and keeps a message that Telegram did not take.
func unreached(o *demotest.Office) (id uuid.UUID) {
	o.Write(func(ctx context.Context, c *ent.Client) error {
		now := o.DB.Now()
		c.TelegramLink.Create().SetChatID(101).SetCustomerID(o.Maria.ID).SetLinkedAt(now).SetHeardOn(o.DB.Today(ctx)).SetSilenced([]string{string(messages.Issued)}).ExecX(ctx)
		id = c.TelegramMessage.Create().SetCustomerID(o.Maria.ID).SetChatID(101).SetKind(string(messages.Overdue)).SetAbout("notice").SetAboutID(uuid.New()).SetText("aviso").SetStatus("failed").SetTries(3).
			SetError(bots.ChatClosed).SetCreatedAt(now).SetDueAt(now).SaveX(ctx).ID
		return nil
	})
	return id
}

func TestTheGerenteRunsTheBot(t *testing.T) {
	t.Parallel()
	o := demotest.OpenSQLite(t)
	manager := o.As("gerente")
	s := handlerstest.Open(t, &tenanttest.Office{DB: o.DB, Here: o.Here, Other: o.Other})
	b := s.As("gerente")
	if page := b.Get("/configuracoes/bot").Want(http.StatusOK); !page.Has("ainda não tem um bot") || page.Doc.Find("form textarea").Length() != 0 {
		t.Errorf("without a bot: %s", page.Text("main"))
	}
	if err := (bots.Desk{DB: o.DB, Vault: o.Vault}).SetBot(manager, "123:abc", "fibranorte_bot"); err != nil {
		t.Fatal(err)
	}
	unreached(o)
	page := b.Get("/configuracoes").Click("Bot do Telegram").Want(http.StatusOK)
	for _, said := range []string{"@fibranorte_bot", "Aviso de débito", "bloqueou o bot", "Maria Demonstração"} {
		if !page.Has(said) {
			t.Errorf("the page does not say %q: %s", said, page.Text("main"))
		}
	}
	refused := page.Form("Salvar bot").Set("Saudação", strings.Repeat("x", 201)).Set("Silêncio até, em horas", "25").Submit().Want(http.StatusUnprocessableEntity)
	if len(refused.Problems()) != 2 || refused.Doc.Find("#saudacao").Text() != strings.Repeat("x", 201) {
		t.Errorf("%v", refused.Problems())
	}
	page = refused.Form("Salvar bot").Set("Saudação", "Oi <b>!").Set("Silêncio até, em horas", "7").Submit().Want(http.StatusOK)
	if page.Toast() != "Bot salvo." || page.Doc.Find("#saudacao").Text() != "Oi <b>!" || !page.Has("Saudação de “nada” para “Oi <b>!”") {
		t.Errorf("saved: %q, %s", page.Toast(), page.Text("main"))
	}
	if page = page.Press("Repetir").Want(http.StatusOK); page.Toast() != "O aviso vai de novo." || page.Has("bot was blocked") {
		t.Errorf("again: %q, %s", page.Toast(), page.Text("main"))
	}
	if contacts := b.Get("/clientes/" + o.Maria.ID.String() + "/contatos").Want(http.StatusOK); !contacts.Has("não quer: fatura emitida") {
		t.Errorf("the chat's wishes: %s", contacts.Text("main"))
	}
	for _, role := range []string{"comercial", "suporte", "financeiro", "tecnico"} {
		if status := s.As(role).Get("/configuracoes/bot").Status; status != http.StatusForbidden {
			t.Errorf("%s sees it: %d", role, status)
		}
	}
}

func TestSomebodyOfTheOfficeGivesTheChatBackToTheBot(t *testing.T) {
	t.Parallel()
	o := demotest.OpenSQLite(t)
	s := handlerstest.Open(t, &tenanttest.Office{DB: o.DB, Here: o.Here, Other: o.Other})
	unreached(o)
	row, err := support.Desk{DB: o.DB}.TalkAnew(o.Subscriber(o.Maria), 101, o.Service(o.Maria).ID)
	if err != nil {
		t.Fatal(err)
	}
	b := s.As("suporte")
	page := b.Get("/atendimentos").Click("Esperando resposta 1").Want(http.StatusOK)
	if !page.Has("espera resposta há") {
		t.Errorf("the list is %s", page.Text("main"))
	}
	page = b.Get("/atendimentos/" + row.ID.String()).Want(http.StatusOK)
	if !page.Has("O assinante espera resposta há") || !page.Has("Pediu para falar com um atendente") {
		t.Errorf("the ticket is %s", page.Text("main"))
	}
	page = page.Form("Enviar ao assinante").Set("Ao assinante", "já vejo").Submit().Want(http.StatusOK)
	if page.Has("espera resposta") {
		t.Errorf("answered: %s", page.Text("main"))
	}
	if page = page.Press("Devolver ao bot").Want(http.StatusOK); page.Toast() != "Conversa devolvida ao bot." || page.Has("Em conversa") {
		t.Errorf("given back: %q, %s", page.Toast(), page.Text("main"))
	}
}
