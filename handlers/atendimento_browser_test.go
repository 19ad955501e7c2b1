package handlers_test

import (
	"context"
	"fmt"
	"path"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/ticket"
	"enlace/ent/workorder"
	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/support"
)

// Task 6 by keyboard alone from the customer's dashboard, with script and without: picked, filled in, saved, and back at the list.
func TestAbrirAtendimentoByKeyboardAlone(t *testing.T) {
	withAndWithoutScript(t, func(t *testing.T, c *handlerstest.Chrome, o *demotest.Office) {
		w := c.Open("/clientes/" + o.Maria.ID.String()).Worker()
		w.Go("Ir para o conteúdo").Go("Abrir Atendimento").Send(fmt.Sprintf("Fibra 500 Mega, serviço %d", o.Service(o.Maria).Number))
		if c.H1() != "Protocolo 202600000001" {
			t.Fatalf("came to %q", c.H1())
		}
		w.Fill("Tipo de Atendimento", "Lentidão").Fill("Descrição de abertura", "lento à noite").Fill("Destino", "Setor Campo").Send("Salvar")
		if c.H1() != "Atendimentos" {
			t.Fatalf("came to %q", c.H1())
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			row := c.Ticket.Query().OnlyX(ctx)
			if row.Status != ticket.StatusAguardandoAnalise || row.Opening != "lento à noite" || row.SectorID == nil || len(row.Diagnosis) == 0 {
				t.Errorf("%+v", row)
			}
			return nil
		})
		handlerstest.KeepEffort(t, "abrir_atendimento", w.Effort, 5, 2)
	})
}

// Task 7 by keyboard alone: from the customer's dashboard to a visit, with its ticket pending on it.
func TestAbrirOrdemDeServicoByKeyboardAlone(t *testing.T) {
	withAndWithoutScript(t, func(t *testing.T, c *handlerstest.Chrome, o *demotest.Office) {
		w := c.Open("/clientes/" + o.Maria.ID.String()).Worker()
		w.Go("Ir para o conteúdo").Go("Abrir Atendimento").Send(fmt.Sprintf("Fibra 500 Mega, serviço %d", o.Service(o.Maria).Number))
		w.Fill("Tipo de Atendimento", "Sem").Fill("Descrição de abertura", "fibra rompida").Choose("Aguardando Análise", "Pendente (Abertura de OS)")
		w.Jump("Avançar").Fill("Tipo de OS", "Manutenção").Fill("Descrição da OS", "refazer a emenda").Send("Salvar")
		if c.H1() != "Atendimentos" {
			t.Fatalf("came to %q", c.H1())
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			row, visit := c.Ticket.Query().OnlyX(ctx), c.WorkOrder.Query().Where(workorder.TicketIDNotNil()).OnlyX(ctx)
			if row.Status != ticket.StatusPendente || *visit.TicketID != row.ID || visit.Description != "refazer a emenda" {
				t.Errorf("%+v, %+v", row, visit)
			}
			return nil
		})
		handlerstest.KeepEffort(t, "abrir_os", w.Effort, 7, 2)
	})
}

// ticketAt is the ticket whose page is at a path.
func ticketAt(o *demotest.Office, at string) (row *ent.Ticket) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		row = c.Ticket.GetX(ctx, uuid.MustParse(path.Base(at)))
		return nil
	})
	return row
}

// The pages of tickets and visits, empty, filled and with errors, as everybody has them.
func TestEverybodyCanUseAttendanceAtEveryWidth(t *testing.T) {
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
	service := fmt.Sprintf("Fibra 500 Mega, serviço %d", o.Service(o.Maria).Number)
	c.Open("/atendimentos")
	look("atendimentos-nenhum")
	c.Open("/atendimentos/novo?q=maria")
	look("atendimento-procura")
	c.Open("/atendimentos/novo?q=ninguem")
	look("atendimento-ninguem")
	c.Open("/atendimentos/novo?cliente=" + o.Maria.ID.String())
	look("atendimento-servico")
	c.Worker().Send(service)
	look("atendimento-rascunho")
	draft := c.Path()
	c.Worker().Send("Salvar")
	look("atendimento-rascunho-erro")
	c.Open(draft).Worker().Fill("Tipo de Atendimento", "Sem").Fill("Descrição de abertura", "fibra rompida").Choose("Aguardando Análise", "Pendente (Abertura de OS)").Fill("Tipo de OS", "Manutenção").
		Fill("Técnico", "T").Fill("Data", "24/11/2026").Fill("Hora", "09:00").Fill("Descrição da OS", "refazer a emenda")
	look("atendimento-os")
	c.Worker().Send("Salvar")
	look("atendimentos")
	c.Open(draft)
	look("atendimento")
	row := ticketAt(o, draft)
	handlerstest.Eval[bool](c, `(document.querySelector('#nota textarea').focus(), true)`)
	c.Type("ligar à tarde")
	if _, err := (support.Desk{DB: o.DB}).Reply(o.Subscriber(o.Maria), row.ID, "voltou sozinho"); err != nil {
		t.Fatal(err)
	}
	handlerstest.Eval[bool](c, `(document.getElementById('atualizar').click(), true)`) // as it does by itself every few seconds; what is being typed stays
	c.Await(`document.querySelector('#conversa').textContent.includes('voltou sozinho') && document.querySelector('#nota textarea').value === 'ligar à tarde'`)
	look("atendimento-conversa")
	c.Open("/protocolo/" + letterOf(context.Background(), o, row))
	look("protocolo")
	for _, act := range []string{"encaminhar", "resolver", "anexos"} {
		c.Open(draft + "?abrir=" + act)
		look("atendimento-" + act)
	}
	c.Open(draft + "?abrir=resolver").Worker().Send("Resolver atendimento")
	look("atendimento-resolver-erro")
	c.Open(draft + "/ordem-de-servico").Worker().Send("Salvar")
	look("os-nova-erro")
	var visit string
	o.Read(func(ctx context.Context, c *ent.Client) error {
		visit = "/ordens-de-servico/" + c.WorkOrder.Query().Where(workorder.TicketIDNotNil()).OnlyX(ctx).ID.String()
		return nil
	})
	c.Open("/ordens-de-servico")
	look("ordens")
	c.Open("/ordens-de-servico/agenda?dia=24/11/2026")
	look("agenda")
	c.Open(visit)
	look("os")
	for _, act := range []string{"agendar", "finalizar", "cancelar", "materiais", "anexos"} {
		c.Open(visit + "?abrir=" + act)
		look("os-" + act)
	}
	c.Open(visit + "?abrir=agendar").Worker().Send("Salvar horário")
	look("os-agendar-erro")
}
