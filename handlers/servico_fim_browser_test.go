package handlers_test

import (
	"fmt"
	"testing"

	"enlace/tenants/status"
)

// A service is paused and cancelled by keyboard, with script and without.
func TestAPauseAndACancellationByKeyboard(t *testing.T) {
	for _, script := range []bool{true, false} {
		t.Run(fmt.Sprintf("script %v", script), func(t *testing.T) {
			c, o := desk(t, "gerente")
			if !script {
				c.WithoutScript()
			}
			own := "/servicos/" + o.Service(o.Maria).ID.String()
			c.Open(own + "/pausa").TabTo("Motivo").Type("vai viajar").TabTo("Ver prévia").Enter().TabTo("Pausar").Enter()
			if o.Service(o.Maria).Status != status.Paused {
				t.Fatalf("she is %s, the page is %q", o.Service(o.Maria).Status, c.H1())
			}
			c.Open(own + "/pausa").TabTo("Ver prévia").Enter().TabTo("Encerrar agora").Enter()
			if o.Service(o.Maria).Status != status.Enabled {
				t.Fatalf("she is %s, the page is %q", o.Service(o.Maria).Status, c.H1())
			}
			c.Open(own + "/cancelamento").TabTo("Motivo").Type("P").TabTo("Nas palavras do cliente").Type("achou mais barato").TabTo("Ver prévia").Enter().TabTo("Cancelar Serviço").Enter()
			if o.Service(o.Maria).Status != status.Cancelled {
				t.Errorf("she is %s, the page is %q", o.Service(o.Maria).Status, c.H1())
			}
		})
	}
}

func TestEverybodyCanUseThePagesOfAnEndAtEveryWidth(t *testing.T) {
	c, o := desk(t, "gerente")
	maria, joao := "/servicos/"+o.Service(o.Maria).ID.String(), "/servicos/"+o.Service(o.Joao).ID.String()
	for name, path := range map[string]string{"cancelamento": maria + "/cancelamento", "pausa": maria + "/pausa", "pausa-nao": joao + "/pausa"} {
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
