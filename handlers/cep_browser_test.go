package handlers_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"enlace/handlers/handlerstest"
	"enlace/jobs"
	"enlace/tenants/tenanttest"
)

func TestACEPIsSearchedByKeyboardWithoutLeavingThePage(t *testing.T) {
	t.Parallel()
	s := handlerstest.Open(t, tenanttest.SQLite(t))
	s.Web.CEPs = jobs.NewCEPs(postOffice(t))
	email := s.Hire("comercial")
	c := s.Chrome()
	c.Open("/entrar").TabTo("E-mail").Type(email).TabTo("Senha").Type(handlerstest.Password).Enter()
	c.Open("/clientes/novo").TabTo("Nome completo").Type("Ana Beatriz Lima").TabTo("Nascimento").Type("14/03/1990").TabTo("CPF").Type("39053344705").
		TabTo("Telefone").Type("91988887777").Enter()
	before := handlerstest.Eval[string](c, `(window.sameDocument = 'yes', location.href)`)
	c.TabTo("CEP").Type("66035145").Type(kb.Tab) // leaving the field is enough
	for range 50 {
		if c.Focused() == "Número" {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	got := handlerstest.Eval[string](c, `[document.activeElement.id, window.sameDocument, ...['cep', 'logradouro', 'bairro', 'cidade', 'uf', 'ibge'].map((id) => document.getElementById(id).value)].join('|')`)
	if want := "numero|yes|66035-145|Avenida Nazaré|Nazaré|Belém|PA|1501402"; got != want || handlerstest.Eval[string](c, `location.href`) != before {
		t.Errorf("after the search the page holds %s, want %s", got, want)
	}
	for _, width := range []int{1366, 360} {
		for _, violation := range c.Look(width, 800, false).Violations() {
			t.Errorf("at %d: %s", width, violation)
		}
		if n := c.Sideways(); n > 0 {
			t.Errorf("%d pixels wider than a window of %d", n, width)
		}
		c.Picture(fmt.Sprintf("endereco-%d", width))
	}
	c.TabTo("Número").Type("500").Enter() // in any field Enter goes on, it does not search
	if at := handlerstest.Eval[string](c, `location.search`); !handlerstest.Eval[bool](c, `location.search.endsWith('passo=3')`) {
		t.Errorf("Enter leads to %s", at)
	}
}
