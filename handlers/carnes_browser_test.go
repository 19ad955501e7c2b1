package handlers_test

import (
	"fmt"
	"testing"
	"time"

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
