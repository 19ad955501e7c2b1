package handlers_test

import (
	"context"
	"fmt"
	"testing"

	"enlace/ent"
	"enlace/ent/trustgrant"
	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/status"
	"enlace/tenants/subscriptions"
)

// Task 10 from the customer's page, by keyboard alone.
func TestDesbloqueioEmConfiancaByKeyboardAlone(t *testing.T) {
	withAndWithoutScript(t, func(t *testing.T, c *handlerstest.Chrome, o *demotest.Office) {
		c.Open("/clientes/" + o.Joao.ID.String())
		w := c.Worker().Flip("Outras Opções").Go("Desbloqueio em Confiança")
		w.Fill("Motivo / Observação", "prometeu pagar").Send("Salvar")
		granted := 0
		o.Read(func(ctx context.Context, c *ent.Client) error {
			granted = c.TrustGrant.Query().Where(trustgrant.CustomerID(o.Joao.ID), trustgrant.EndedAtIsNil()).CountX(ctx)
			return nil
		})
		if c.H1() != "João Suspenso" || granted != 1 {
			t.Fatalf("came to %q, %d grants", c.H1(), granted)
		}
		handlerstest.KeepEffort(t, "desbloquear_confianca", w.Effort, 3, 1)
	})
}

// A cancellation is undone from the service's page, by keyboard alone, with script and without.
func TestDesfazerByKeyboardAlone(t *testing.T) {
	for _, script := range []bool{true, false} {
		t.Run(fmt.Sprintf("script %v", script), func(t *testing.T) {
			c, o := desk(t, "gerente")
			if !script {
				c.WithoutScript()
			}
			own := "/servicos/" + o.Service(o.Maria).ID.String()
			c.Open(own + "/cancelamento").TabTo("Motivo").Type("P").TabTo("Nas palavras do cliente").Type("achou mais barato").TabTo("Ver prévia").Enter().TabTo("Cancelar Serviço").Enter()
			if o.Service(o.Maria).Status != status.Cancelled {
				t.Fatalf("she is %s, the page is %q", o.Service(o.Maria).Status, c.H1())
			}
			w := c.Open(own).Worker().Flip("Outras Opções").Go("Desfazer o Cancelamento").Fill("Motivo", "voltou atrás").Send("Desfazer")
			if o.Service(o.Maria).Status != status.Enabled {
				t.Fatalf("she is %s, the page is %q", o.Service(o.Maria).Status, c.H1())
			}
			handlerstest.KeepEffort(t, "desfazer", w.Effort, 3, 1)
		})
	}
}

func TestEverybodyCanUseTheUndoAtEveryWidth(t *testing.T) {
	c, o := desk(t, "gerente")
	own := "/servicos/" + o.Service(o.Maria).ID.String()
	c.Open(own + "/cancelamento").TabTo("Motivo").Type("P").TabTo("Nas palavras do cliente").Type("achou mais barato").TabTo("Ver prévia").Enter().TabTo("Cancelar Serviço").Enter()
	for name, path := range map[string]string{"desfazer": own + "/desfazer", "desfazer-servico": own, "desbloqueio": "/servicos/" + o.Service(o.Joao).ID.String() + "/desbloqueio",
		"em-um-dia": "/clientes/" + o.Joao.ID.String() + "/em", "em-um-dia-erro": "/clientes/" + o.Joao.ID.String() + "/em?dia=31/02"} {
		for _, width := range []int{1366, 768, 360} {
			c.Look(width, 800, width == 360).Open(path)
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
}

// A cancelled service comes back from its page, by keyboard alone, with script and without.
func TestReativarByKeyboardAlone(t *testing.T) {
	withAndWithoutScript(t, func(t *testing.T, c *handlerstest.Chrome, o *demotest.Office) {
		old := o.Service(o.Maria)
		_, err := subscriptions.Desk{DB: o.DB}.Cancel(o.As("gerente"), subscriptions.Cancel{Subscription: old.ID, Reason: "preco", Note: "achou mais barato"})
		if err != nil {
			t.Fatal(err)
		}
		w := c.Open("/servicos/" + old.ID.String()).Worker().Send("Reativar")
		w.Send("Avançar para Cobrança").Send("Avançar para Contrato").Send("Avançar para Ordem de Serviço").Send("Salvar")
		if all := statesOf(o, o.Maria); fmt.Sprint(all) != "[cancelado aguardando_instalacao]" {
			t.Fatalf("came to %q, the services are %v", c.H1(), all)
		}
		handlerstest.KeepEffort(t, "reativar", w.Effort, 6, 5)
	})
}
