package handlers_test

import (
	"testing"

	"enlace/handlers/handlerstest"
	"enlace/tenants/bots"
	"enlace/tenants/catalog"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/tenanttest"
)

func TestEverybodyCanUseTheSettingsAtEveryWidth(t *testing.T) {
	t.Parallel()
	o := demotest.OpenSQLite(t)
	manager := o.As("gerente")
	s := handlerstest.Open(t, &tenanttest.Office{DB: o.DB, Here: o.Here, Other: o.Other})
	desk := catalog.Desk{DB: o.DB}
	if err := desk.SetBrandLogo(manager, smallLogo(t)); err != nil {
		t.Fatal(err)
	}
	if err := desk.SetAccent(manager, "#0f766e"); err != nil {
		t.Fatal(err)
	}
	if err := (bots.Desk{DB: o.DB, Vault: o.Vault}).SetBot(manager, "123:abc", "fibranorte_bot"); err != nil {
		t.Fatal(err)
	}
	unreached(o)
	c := s.Chrome()
	c.Open("/entrar").TabTo("E-mail").Type(s.Hire("gerente")).TabTo("Senha").Type(handlerstest.Password).Enter()
	look := atEveryWidth(t, c)
	look("configuracoes", "/configuracoes", "Configurações")
	look("configuracoes-planos", "/configuracoes/planos", "Planos")
	look("configuracoes-regras", "/configuracoes/regras", "Regras")
	look("configuracoes-bot", "/configuracoes/bot", "Bot do Telegram")
	look("configuracoes-marca", "/configuracoes/marca", "Marca")
	look("configuracoes-bot-token", "/configuracoes/bot/token", "Token do bot")
	c.Look(360, 800, false)
	for path, h1 := range map[string]string{"planos/novo": "Novo plano", "formas-de-cobranca/novo": "Nova forma de cobrança", "convenios/novo?banco=756": "Novo convênio", "chaves-pix/novo": "Nova chave Pix", "contas-pix/novo": "Nova conta Pix",
		"empresas/novo": "Nova empresa", "tipos-de-os/novo": "Novo tipo de ordem de serviço", "vencimentos": "Dias de vencimento", "feriados": "Feriados locais", "equipe": "Equipe",
		"equipe/novo": "Nova pessoa", "permissoes": "Permissões", "tipos-de-cobranca": "Tipos de cobrança"} {
		if c.Open("/configuracoes/" + path); c.H1() != h1 {
			t.Errorf("%s shows %q", path, c.H1())
		}
		for _, violation := range c.Violations() {
			t.Errorf("%s: %s", path, violation)
		}
		if n := c.Sideways(); n > 0 {
			t.Errorf("%s: %d pixels wider than the window", path, n)
		}
	}
	c.Look(1366, 800, false).Open("/configuracoes/planos/novo").Picture("configuracoes-plano-1366")
	c.TabTo("Nome").Type("Fibra").TabTo("Incluir plano").Enter()
	c.Picture("configuracoes-plano-erro-1366")
	for _, violation := range c.Violations() {
		t.Errorf("refused: %s", violation)
	}
	c.Open("/configuracoes/convenios/novo?banco=756").Picture("configuracoes-convenio-1366")
	c.Open("/configuracoes/permissoes").Picture("configuracoes-permissoes-1366")
}
