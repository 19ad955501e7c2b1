package handlers_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"enlace/ent"
	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/tenanttest"
)

func TestEverybodyCanUseTheFinanceiroAtEveryWidth(t *testing.T) {
	t.Parallel()
	o := demotest.Over(t, hundred.SQLite(t), nil)
	s := handlerstest.Open(t, &tenanttest.Office{DB: o.DB, Here: o.Here, Other: o.Other})
	c := s.Chrome()
	c.Open("/entrar").TabTo("E-mail").Type("gerente@fibranorte.example").TabTo("Senha").Type(demotest.Password).Enter()
	joao := "/clientes/" + o.Joao.ID.String()
	files(o)
	pix, line := "", ""
	o.Write(func(ctx context.Context, c *ent.Client) error {
		pix = "/financeiro/pix/" + strangePix(ctx, c, o).ID.String()
		line = "/financeiro/retornos/linhas/" + strangeLine(ctx, c, o).ID.String()
		return nil
	})
	for name, path := range map[string]string{
		"pix": "/financeiro/pix", "pix-um": pix, "pix-previa": pix + "?fatura=" + fmt.Sprint(invoicesOf(o, o.Joao)[0].Number), "pix-nada": pix + "?fatura=0",
		"linha": line, "linha-previa": line + "?fatura=" + fmt.Sprint(invoicesOf(o, o.Joao)[0].Number), "bancos": "/financeiro/bancos",
		"financeiro-vencidas": "/financeiro", "financeiro-todas": "/financeiro?situacao=todas", "financeiro-idade": "/financeiro?idade=1-15", "financeiro-filtro": "/financeiro?situacao=abertas&q=maria",
		"financeiro-nada": "/financeiro?situacao=contestadas&q=zzz", "financeiro-pagas": "/financeiro?situacao=pagas", "recebimentos": "/relatorios/recebimentos?de=2026-01-01", "recebimentos-nada": "/relatorios/recebimentos?de=2020-01-01&ate=2020-01-02",
		"recebimentos-forma": "/relatorios/recebimentos?por=forma", "doze-meses": "/relatorios/financeiro", "cliente-financeiro": joao + "/financeiro", "cliente-canceladas": joao + "/financeiro?situacao=canceladas",
		"extrato": joao + "/extrato", "fatura-email": "/faturas/" + invoicesOf(o, o.Joao)[0].ID.String() + "/email",
	} {
		for _, width := range []int{1366, 768, 360} {
			c.Look(width, 800, width == 768).Open(path)
			at := fmt.Sprintf("%s-%d", name, width)
			for _, violation := range c.Violations() {
				t.Errorf("%s: %s", at, violation)
			}
			if n := c.Sideways(); n > 0 {
				t.Errorf("%s: %d pixels wider than the window", at, n)
			}
			c.Picture(at)
		}
	}
	c.Look(1366, 800, false).Paper().Open(joao + "/extrato")
	if shown := handlerstest.Eval[int](c, `[...document.querySelectorAll('.en-rail, .en-tabs, form')].filter(e => e.offsetParent).length`); shown > 0 {
		t.Errorf("%d parts of the screen are on the paper", shown)
	}
	c.Picture("extrato-papel")
}

// By the keyboard alone, with script and without: whoever is late is narrowed down, and his invoice opened.
func TestWhoIsLateIsFoundByKeyboardWithAndWithoutScript(t *testing.T) {
	for _, script := range []bool{true, false} {
		t.Run(fmt.Sprintf("script %v", script), func(t *testing.T) {
			c, o := desk(t, "financeiro")
			if !script {
				c.WithoutScript()
			}
			bill := invoicesOf(o, o.Joao)[0]
			c.Open("/financeiro").TabTo("Número ou cliente").Type("joao susp").TabTo("Filtrar").Enter()
			if path := c.Path(); !strings.HasPrefix(path, "/financeiro") {
				t.Fatalf("came to %s", path)
			}
			c.TabTo(fmt.Sprintf("Fatura %d", bill.Number)).Enter()
			if want := fmt.Sprintf("Fatura %d", bill.Number); c.H1() != want {
				t.Errorf("came to %q", c.H1())
			}
			c.Open("/financeiro").TabTo("Nome desta visão").Type("Minha lista").TabTo("Salvar visão").Enter()
			if said := handlerstest.Eval[string](c, `document.querySelector('#visoes').innerText`); !strings.Contains(said, "Minha lista") {
				t.Errorf("the views are %q", said)
			}
		})
	}
}
