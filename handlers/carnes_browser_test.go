package handlers_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

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
