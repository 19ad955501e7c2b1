package handlers_test

import (
	"context"
	"fmt"
	"testing"

	"enlace/ent"
	"enlace/ent/outage"
	"enlace/tenants"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/outages"
)

func outageRow(o *demotest.Office) (row *ent.Outage) {
	o.Read(func(ctx context.Context, c *ent.Client) error { row = c.Outage.Query().OnlyX(ctx); return nil })
	return row
}

// An outage by keyboard alone, with script and without: looked for, opened, and ended with what it gives back shown before.
func TestAFalhaIsOpenedAndEndedByKeyboardAlone(t *testing.T) {
	for _, script := range []bool{true, false} {
		c, o := desk(t, "suporte")
		if !script {
			c.WithoutScript()
		}
		w := c.Open("/falhas").Worker()
		w.Go("Abrir Falha").Fill("Cidade", "belem").Fill("Bairro", "nazare").Fill("O que houve", "Fibra rompida em Nazaré").Fill("Hora", "07:00").Send("Ver serviços afetados").Send("Abrir Falha de 3 serviços")
		if row := outageRow(o); c.H1() != "Fibra rompida em Nazaré" || row.State != outage.StateStarting || row.Total != 3 {
			t.Fatalf("came to %q, %+v", c.H1(), row)
		}
		if err := (outages.Desk{DB: o.DB}).GoOn(o.Worker(), outageRow(o).ID); err != nil {
			t.Fatal(err)
		}
		c.Open(c.Path()).Worker().Go("Encerrar Falha").Fill("O que foi feito", "emenda refeita").Send("Ver prévia").Send("Encerrar Falha")
		if row := outageRow(o); c.H1() != "Fibra rompida em Nazaré" || row.State != outage.StateEnding || !row.Credits || row.Ending != "emenda refeita" || !row.CloseTickets {
			t.Errorf("came to %q, %+v", c.H1(), row)
		}
	}
}

// The pages of outages as everybody has them: empty, asked for, refused, under way, ended.
func TestEverybodyCanUseFalhasAtEveryWidth(t *testing.T) {
	c, o := desk(t, "gerente")
	look := func(name string) {
		t.Helper()
		for _, width := range []int{1366, 768, 360} {
			c.Look(width, 800, false)
			at := fmt.Sprintf("%s-%d", name, width)
			for _, violation := range c.Violations() {
				t.Errorf("%s: %s", at, violation)
			}
			if n := c.Sideways(); n > 0 {
				t.Errorf("%s: %d pixels wider than the window", at, n)
			}
			c.Picture(at)
		}
		c.Look(1366, 768, false)
	}
	c.Open("/falhas")
	look("falhas-nenhuma")
	c.Open("/falhas/nova?alcance=nas")
	look("falha-nova-nas")
	c.Open("/falhas/nova?alcance=list").Worker().Send("Ver serviços afetados")
	look("falha-nova-erro")
	w := c.Open("/falhas/nova").Worker().Fill("Cidade", "Belém").Fill("O que houve", "Fibra rompida em Nazaré").Fill("Hora", "07:00").Send("Ver serviços afetados")
	look("falha-nova-previa")
	w.Send("Abrir Falha de 3 serviços")
	look("falha-avisando")
	own := "/falhas/" + outageRow(o).ID.String()
	work := func() {
		t.Helper()
		if err := (outages.Desk{DB: o.DB}).GoOn(tenants.With(context.Background(), o.Here), outageRow(o).ID); err != nil {
			t.Fatal(err)
		}
	}
	work()
	c.Open(own)
	look("falha-aberta")
	c.Open("/atendimentos/novo?cliente=" + o.Maria.ID.String())
	look("atendimento-com-falha")
	c.Worker().Send(fmt.Sprintf("Fibra 500 Mega, serviço %d", o.Service(o.Maria).Number))
	look("atendimento-rascunho-com-falha")
	c.Open(own + "/encerrar").Worker().Send("Ver prévia")
	look("falha-encerrar-previa")
	c.Worker().Send("Encerrar Falha")
	look("falha-encerrar-erro")
	c.Worker().Fill("O que foi feito", "emenda refeita").Send("Encerrar Falha")
	look("falha-encerrando")
	work()
	c.Open(own)
	look("falha-encerrada")
	c.Open(own + "/encerrar")
	look("falha-encerrar-tarde")
	c.Open("/falhas")
	look("falhas")
}
