package handlers_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
)

// Task 5 by keyboard alone from the customer's dashboard, with script and without, with the invoice and without it.
func TestGerarCobrancaByKeyboardAlone(t *testing.T) {
	withAndWithoutScript(t, func(t *testing.T, c *handlerstest.Chrome, o *demotest.Office) {
		for button, invoiced := range map[string]bool{"Gerar Cobrança e Fatura": true, "Gerar Cobrança Avulsa": false} {
			w := c.Open("/clientes/" + o.Maria.ID.String()).Worker()
			w.Go("Ir para o conteúdo").Go("Financeiro").Go("+ Cobrança").Fill("Valor, R$", "150,00").Fill("Desconto, R$", "30,00").Fill("Descrição", button)
			w.Send(button)
			if c.H1() != button {
				t.Fatalf("came to %q", c.H1())
			}
			o.Read(func(ctx context.Context, c *ent.Client) error {
				one := c.Charge.Query().Where(charge.Description(button)).OnlyX(ctx)
				if one.Kind != charge.KindInstallation || one.Amount != 120_00 || (one.InvoiceID != nil) != invoiced {
					t.Errorf("%+v", one)
				}
				return nil
			})
			if invoiced {
				handlerstest.KeepEffort(t, "gerar_cobranca", w.Effort, 5, 2)
			}
		}
	})
}

// With script the preview follows what is typed, and its buttons with it; without, a button leads to the same.
func TestThePreviewOfAChargeFollowsWhatIsTyped(t *testing.T) {
	withAndWithoutScript(t, func(t *testing.T, c *handlerstest.Chrome, o *demotest.Office) {
		w := c.Open("/clientes/" + o.Maria.ID.String() + "/cobrancas/nova").Worker()
		w.Fill("Valor, R$", "99,90").Fill("Vencimento", "25122026")
		if c.TabTo("Ver prévia"); !handlerstest.Eval[bool](c, `typeof htmx !== 'undefined'`) {
			c.Enter()
		}
		preview, button := "", ""
		for range 50 {
			preview = handlerstest.Eval[string](c, `document.querySelector('#previa .en-via')?.innerText ?? ''`)
			button = handlerstest.Eval[string](c, `document.querySelector('#gerar .en-go')?.innerText ?? ''`)
			if strings.Contains(preview, "25/12/2026") && strings.HasSuffix(button, "99,90") {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
		t.Errorf("%q shows %q", button, preview)
	})
}

// newCharge has Maria's charge of 150.00 made by keyboard, and answers where it is.
func newCharge(c *handlerstest.Chrome, o *demotest.Office, button string) string {
	c.Open("/clientes/"+o.Maria.ID.String()+"/cobrancas/nova").Worker().Fill("Valor, R$", "150,00").Send(button)
	return c.Path()
}

func TestEverybodyCanUseTheChargePagesAtEveryWidth(t *testing.T) {
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
	own := "/clientes/" + o.Maria.ID.String()
	c.Open(own + "/cobrancas/nova")
	look("cobranca-nova")
	c.Open(own + "/cobrancas/nova?valor=150,00&desconto=30,00&vencimento=25/12/2026")
	look("cobranca-previa")
	c.Open(own + "/cobrancas/nova?valor=3,00")
	look("cobranca-minimo")
	c.Open(own + "/cobrancas/nova?valor=-1&desconto=x&vencimento=10/10/2020")
	look("cobranca-nova-erro")
	loose := newCharge(c, o, "Gerar Cobrança Avulsa")
	look("cobranca-avulsa")
	for _, act := range []string{"faturar", "editar", "contestar", "cancelar"} {
		c.Open(loose + "?abrir=" + act)
		look("cobranca-" + act)
	}
	c.Worker().Send("Cancelar cobrança de R$\u00a0150,00")
	look("cobranca-cancelar-erro")
	c.Open(loose+"?abrir=contestar").Worker().Fill("O que o cliente contesta", "a instalação era gratuita na promoção").Send("Registrar contestação")
	look("cobranca-contestada")
	c.Worker().Send("Responder")
	look("cobranca-responder-erro")
	c.Open(newCharge(c, o, "Gerar Cobrança e Fatura"))
	look("cobranca-fatura")
}

// The pages of agreements, billing events and contests, each reached and used as the office does.
func TestEverybodyCanUseTheArrangementsAtEveryWidth(t *testing.T) {
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
	joao, maria := "/clientes/"+o.Joao.ID.String(), "/clientes/"+o.Maria.ID.String()
	c.Open(maria + "/acordos/novo")
	look("acordo-nada")
	c.Open(joao + "/acordos/novo?parcelas=99&desconto=x")
	look("acordo-erro")
	c.Open(joao + "/acordos/novo?entrada=30,00&parcelas=2")
	look("acordo-previa")
	button := handlerstest.Eval[string](c, `document.querySelector('#gerar .en-go').innerText`)
	c.Worker().Send(button)
	if c.H1() != "Acordo 1" {
		t.Fatalf("came to %q", c.H1())
	}
	look("acordo")
	agreement := c.Path()
	c.Open(agreement + "?abrir=cancelar").Worker().Send("Cancelar acordo 1")
	look("acordo-cancelar-erro")
	c.Open(maria + "/eventos/novo")
	look("evento-novo")
	c.Worker().Fill("Descrição", "Roteador extra").Fill("Valor de todas as partes, R$", "100,00").Fill("Partes", "3").Go("Ver prévia")
	c.Open(maria + "/eventos/novo?descricao=Roteador+extra&valor=100,00&partes=3")
	look("evento-previa")
	c.Worker().Send("Incluir evento de R$\u00a0100,00")
	if c.H1() != "Roteador extra" {
		t.Fatalf("came to %q", c.H1())
	}
	look("evento")
	event := c.Path()
	c.Open(event+"/editar").Worker().Fill("Partes", "2").Send("Trocar por evento de R$\u00a0100,00")
	look("evento-editar-erro")
	c.Open(newCharge(c, o, "Gerar Cobrança e Fatura")+"?abrir=contestar").Worker().Fill("O que o cliente contesta", "a instalação era gratuita").Send("Registrar contestação")
	c.Open("/contestacoes")
	look("contestacoes")
	c.Open("/contestacoes?situacao=respondidas")
	look("contestacoes-nenhuma")
	c.Open(joao + "/acordos")
	look("acordos")
	c.Open(maria + "/acordos")
	look("acordos-evento")
	c.Open(maria + "/financeiro")
	look("financeiro-combinado")
	c.Open(maria + "/carnes/novo?parcelas=3")
	look("carne-evento")
}
