package handlers_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"enlace/ent"
	"enlace/handlers/handlerstest"
	"enlace/tenants"
	"enlace/tenants/platform"
	"enlace/tenants/tenanttest"
)

func TestEverybodyCanUseTheOperatorsPagesAtEveryWidth(t *testing.T) {
	t.Parallel()
	s := handlerstest.Open(t, tenanttest.SQLite(t))
	ctx := context.Background()
	long, err := s.Platform.Found(ctx, platform.Founding{Slug: "companhia-de-telecomunicacoes", Name: "Companhia de Telecomunicações do Alto Solimões e Região", Zone: "America/Eirunepe",
		Manager: "Gerente", Email: "gerente.geral@companhia-de-telecomunicacoes.example"})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		s.Platform.SetFeatures(ctx, long.ISP, map[platform.Feature]bool{platform.TrustSelfService: true}),
		s.Platform.Suspend(ctx, s.Other.ID, tenants.Typed{"motivo": "contrato encerrado a pedido do provedor, em carta de 20/11"}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.DB.Build(ctx, "nortesul", "Norte Sul", time.UTC, func(context.Context, *ent.Client) error { return tenants.NotFound() }); err == nil {
		t.Fatal("it was not broken off")
	}
	unfinished, err := s.Platform.ISPs(ctx)
	if err != nil {
		t.Fatal(err)
	}

	c := s.Chrome().At(tenants.OperatorSlug)
	look := atEveryWidth(t, c)
	look("operador-entrar", "/entrar", "Entrar")
	c.Open("/entrar").TabTo("E-mail").Type(s.HireOperator()).TabTo("Senha").Type(handlerstest.Password).Enter()
	look("operador-provedores", "/", "Provedores")
	look("operador-provedor", "/provedores/"+long.ISP.String(), "Companhia de Telecomunicações do Alto Solimões e Região")
	look("operador-suspenso", "/provedores/"+s.Other.ID.String(), "Onda Sul")
	look("operador-interrompido", "/provedores/"+unfinished[2].ID.String(), "Norte Sul")
	look("operador-novo", "/provedores/novo", "Novo provedor")
	look("operador-historico", "/historico", "Histórico")
	look("operador-acessos", "/acessos", "Seus acessos")
	look("operador-nada", "/nada", "Página não encontrada")
	c.Look(360, 800, false).Open("/#menu").Picture("operador-menu-360")
	for _, violation := range c.Violations() {
		t.Errorf("menu: %s", violation)
	}
}

// With script or without it, an ISP is made, and suspended, by keyboard alone.
func TestAnISPIsMadeAndSuspendedByKeyboardAlone(t *testing.T) {
	for name, script := range map[string]bool{"with script": true, "without script": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := handlerstest.Open(t, tenanttest.SQLite(t))
			c := s.Chrome().At(tenants.OperatorSlug)
			if !script {
				c.WithoutScript()
			}
			c.Open("/entrar").TabTo("E-mail").Type(s.HireOperator()).TabTo("Senha").Type(handlerstest.Password).Enter()
			c.TabTo("Novo provedor").Enter()
			c.TabTo("Nome do provedor").Type("Norte Sul").TabTo("Endereço").Type("norte sul").TabTo("E-mail").Type("dona@nortesul.example").TabTo("Criar provedor").Enter()
			if c.H1() != "Novo provedor" || c.Focused() == "" {
				t.Fatalf("%q, and the focus is on %q", c.H1(), c.Focused())
			}
			blameless := func(name string) {
				for width, at := range map[int]string{1366: name + "-1366", 360: name + "-360"} {
					c.Look(width, 800, false).Picture(at)
					if !script { // nor does axe run then
						continue
					}
					for _, violation := range c.Violations() {
						t.Errorf("%s: %s", at, violation)
					}
				}
			}
			blameless("operador-novo-erro")
			c.TabTo("Endereço")
			handlerstest.Eval[bool](c, `(document.activeElement.select(), true)`)
			c.Type("nortesul").TabTo("Criar provedor").Enter()
			if c.H1() != "Norte Sul foi criado" {
				t.Fatalf("came to %q", c.H1())
			}
			blameless("operador-acesso")
			c.TabTo("Ir para o provedor").Enter()
			c.TabTo("Suspender provedor").Type(kb.Enter).TabTo("Motivo").Type("não pagou")
			blameless("operador-suspender")
			c.TabTo("Suspender Norte Sul").Enter()
			if said := handlerstest.Eval[string](c, `document.querySelector('.en-verdict b').innerText`); c.H1() != "Norte Sul" || !strings.HasPrefix(said, "Suspenso desde ") {
				t.Errorf("%q says %q", c.H1(), said)
			}
		})
	}
}
