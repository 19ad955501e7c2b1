package handlers_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"
	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/tenanttest"
)

// desk is a real browser at the demonstration, with somebody of that role signed in.
func desk(t *testing.T, role string) (*handlerstest.Chrome, *demotest.Office) {
	t.Helper()
	o := demotest.OpenSQLite(t)
	s := handlerstest.Open(t, &tenanttest.Office{DB: o.DB, Here: o.Here, Other: o.Other})
	c := s.Chrome()
	c.Open("/entrar").TabTo("E-mail").Type(s.Hire(role)).TabTo("Senha").Type(handlerstest.Password).Enter()
	return c, o
}

func TestEverybodyCanUseTheBillingPagesAtEveryWidth(t *testing.T) {
	c, o := desk(t, "gerente")
	own := "/clientes/" + o.Maria.ID.String() + "/carnes"
	for name, path := range map[string]string{
		"carnes-cliente": own, "carne-previa": own + "/novo", "carne-erro": own + "/novo?inicio=10/07/2027&primeiro_vencimento=31/02/2027&parcelas=99",
		"carne-avisos": own + "/novo?inicio=12/07/2027&primeiro_vencimento=25/07/2027&parcelas=3", "carnes": "/carnes",
		"carne": "/carnes/" + newestBooklet(o).ID.String() + "?cancelar=sim", "fatura": "/faturas/" + invoicesOf(o, o.Joao)[0].ID.String(),
		"baixa-previa": "/faturas/" + invoicesOf(o, o.Joao)[0].ID.String() + "?valor=500,00", "baixa-erro": "/faturas/" + invoicesOf(o, o.Joao)[0].ID.String() + "?valor=x",
		"cobranca": "/cobrancas/" + invoicesCharge(o).String(), "carnes-nenhum": "/carnes?q=999999",
		"painel-cheio": "/", "cliente": "/clientes/" + o.Joao.ID.String(), "financeiro": "/financeiro", "financeiro-abertas": "/financeiro?situacao=abertas",
	} {
		for _, width := range []int{1366, 360} {
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

// With script the preview follows what is typed, its button with it, and without script a button does the same.
func TestThePreviewFollowsWhatIsTyped(t *testing.T) {
	for _, script := range []bool{true, false} {
		t.Run(fmt.Sprintf("script %v", script), func(t *testing.T) {
			c, o := desk(t, "comercial")
			if !script {
				c.WithoutScript()
			}
			c.Open("/clientes/" + o.Maria.ID.String() + "/carnes/novo").TabTo("Parcelas")
			handlerstest.Eval[bool](c, `(document.activeElement.select(), true)`)
			c.Type("6")
			if script {
				c.TabTo("Ver prévia")
			} else {
				c.TabTo("Ver prévia").Enter()
			}
			button, rows := "", 0
			for range 50 {
				rows = handlerstest.Eval[int](c, `document.querySelectorAll('#previa tbody tr').length`)
				button = handlerstest.Eval[string](c, `document.querySelector('#gerar .en-go')?.innerText ?? ''`) // it comes after the rows
				if rows == 6 && button == "Gerar carnê de R$ 539,40" {
					break
				}
				time.Sleep(100 * time.Millisecond)
			}
			if rows != 6 || button != "Gerar carnê de R$ 539,40" {
				t.Fatalf("%d instalments, %q", rows, button)
			}
			c.TabTo(button).Enter()
			if c.H1() != fmt.Sprintf("Carnê %d", newestBooklet(o).Number) {
				t.Errorf("came to %q", c.H1())
			}
		})
	}
}

// invoicesCharge is a charge of João's first open invoice.
func invoicesCharge(o *demotest.Office) (id uuid.UUID) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		id = c.Charge.Query().Where(charge.InvoiceID(invoicesOf(o, o.Joao)[0].ID)).FirstX(ctx).ID
		return nil
	})
	return id
}

// With script the preview of a baixa follows what is typed, its button with it, and without script the button leads to it first.
func TestTheBaixaIsPreviewedWithAndWithoutScript(t *testing.T) {
	for _, script := range []bool{true, false} {
		t.Run(fmt.Sprintf("script %v", script), func(t *testing.T) {
			c, o := desk(t, "financeiro")
			if !script {
				c.WithoutScript()
			}
			c.Open("/faturas/" + invoicesOf(o, o.Joao)[0].ID.String())
			exact := handlerstest.Eval[string](c, `document.querySelector('#baixa button').innerText`)
			c.TabTo("Valor recebido, R$")
			handlerstest.Eval[bool](c, `(document.activeElement.select(), true)`)
			c.Type("500,00")
			if script {
				c.TabTo("Pago em")
			} else {
				c.TabTo(exact).Enter()
			}
			button, preview := "", ""
			for range 50 {
				preview = handlerstest.Eval[string](c, `document.querySelector('#baixa-previa .en-via')?.innerText ?? ''`)
				button = handlerstest.Eval[string](c, `document.querySelector('#baixa button')?.innerText ?? ''`)
				if strings.Contains(preview, "sobra um crédito") && button != exact {
					break
				}
				time.Sleep(100 * time.Millisecond)
			}
			if !strings.Contains(preview, "sobra um crédito") || !strings.HasPrefix(button, "Receber R$") || button == exact {
				t.Fatalf("%q shows %q", button, preview)
			}
			c.TabTo(button).Enter()
			if tag := handlerstest.Eval[string](c, `document.querySelector('.en-head .en-st').innerText`); tag != "Paga" {
				t.Errorf("the invoice is %q", tag)
			}
		})
	}
}

// Task 4 by keyboard alone from the customer's dashboard, with script and without, at the price the file says.
func TestGerarCarneByKeyboardAlone(t *testing.T) {
	withAndWithoutScript(t, func(t *testing.T, c *handlerstest.Chrome, o *demotest.Office) {
		before := newestBooklet(o).Number
		w := c.Open("/clientes/" + o.Maria.ID.String()).Worker().Go("Carnê Bancário")
		w.Send(handlerstest.Eval[string](c, `document.querySelector('#gerar .en-go').innerText`))
		if made := newestBooklet(o); made.Number != before+1 || c.H1() != fmt.Sprintf("Carnê %d", made.Number) {
			t.Fatalf("came to %q", c.H1())
		}
		handlerstest.KeepEffort(t, "gerar_carne", w.Effort, 5, 2)
	})
}

// The menu Ações opens by keyboard, and an instalment is edited without a pointer, with script and without.
func TestEditarCarneByKeyboardAlone(t *testing.T) {
	withAndWithoutScript(t, func(t *testing.T, c *handlerstest.Chrome, o *demotest.Office) {
		c.Open("/carnes/" + marias(o).ID.String()).TabTo("Ações").Type(kb.Enter)
		w := c.Worker().Go("Editar")
		w.Fill("Valor, 6 de 12", "79,90").Fill("Motivo", "combinado por telefone").Send("Ver prévia")
		button := handlerstest.Eval[string](c, `document.querySelector('#salvar .en-go').innerText`)
		if w.Send(button); c.H1() != fmt.Sprintf("Carnê %d", marias(o).Number) {
			t.Fatalf("%q came to %q", button, c.H1())
		}
	})
}

// Every page of the menu and of the renewals, at three widths, empty, filled and with an error.
func TestEverybodyCanUseTheActionsOfACarneAtEveryWidth(t *testing.T) {
	c, o := desk(t, "gerente")
	own := "/carnes/" + marias(o).ID.String()
	look := func(name string) {
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
	for name, path := range map[string]string{"carne-acoes": own, "carne-editar": own + "/editar", "carne-email": own + "/email", "carne-historico": own + "/historico",
		"carne-associar-nada": own + "/associar", "carne-desassociar": own + "/desassociar", "renovar-nada": "/carnes/renovar",
		"renovar": "/carnes/renovar?ate=31/12/2028", "renovar-erro": "/carnes/renovar?ate=x", "renovacao": "/carnes/renovacoes/" + renewalOf(o).String()} {
		c.Open(path)
		if name == "carne-acoes" {
			c.TabTo("Ações").Type(kb.Enter)
		}
		look(name)
	}
	for name, due := range map[string]string{"carne-editar-previa": "12/12/2026", "carne-editar-erro": "12/12/2027"} {
		c.Open(own+"/editar").Worker().Fill("Vencimento, 6 de 12", due).Fill("Valor, 6 de 12", "79,90").Fill("Motivo", "combinado por telefone").Send("Ver prévia")
		look(name)
	}
	c.Open(own+"/email").Worker().Fill("Outro e-mail", "x").Send("Enviar")
	look("carne-email-enviado")
}
