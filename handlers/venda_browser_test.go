package handlers_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/subscription"
	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
)

// The two tasks by keyboard alone from the dashboard, with script and without, at the price the file says.
func TestAdicionarClienteByKeyboardAlone(t *testing.T) {
	withAndWithoutScript(t, func(t *testing.T, c *handlerstest.Chrome, o *demotest.Office) {
		w := c.Worker().Go("Adicionar Cliente")
		w.Fill("Nome completo", "Ana Beatriz Lima").Fill("Nascimento", "14031990").Fill("CPF", "39053344705").Fill("Telefone", "91988887777").Send("Avançar para Endereço")
		w.Fill("CEP", "66035145").Fill("Logradouro", "Avenida Nazaré").Fill("Número", "500").Fill("Bairro", "Nazaré").Fill("Cidade", "Belém").Fill("UF", "PA").
			Send("Avançar para Plano")
		w.Send("Avançar para Contrato").Send("Avançar para Cobrança").Send("Avançar para Ordem de Serviço")
		w.Flip("Abrir O.S. de Instalação").Fill("Descrição", "instalar na sala").Send("Salvar")
		if c.H1() != "Ana Beatriz Lima" || customersOf(o, "39053344705") != 1 {
			t.Fatalf("came to %q", c.H1())
		}
		handlerstest.KeepEffort(t, "adicionar_cliente", w.Effort, 12, 6)
	})
}

func TestAdicionarServicosByKeyboardAlone(t *testing.T) {
	withAndWithoutScript(t, func(t *testing.T, c *handlerstest.Chrome, o *demotest.Office) {
		before := servicesOf(o, o.Maria)
		w := c.Worker().Go("Clientes").Go("Maria Demonstração").Go("Adicionar Serviços")
		w.Send("Avançar para Cobrança").Send("Avançar para Contrato").Send("Avançar para Ordem de Serviço")
		w.Flip("Abrir O.S. de Instalação").Fill("Descrição", "instalar na loja").Send("Salvar")
		if c.H1() != "Maria Demonstração" || servicesOf(o, o.Maria) != before+1 {
			t.Fatalf("came to %q", c.H1())
		}
		handlerstest.KeepEffort(t, "adicionar_servicos", w.Effort, 9, 4)
	})
}

func servicesOf(o *demotest.Office, of *ent.Customer) (n int) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		n = c.Subscription.Query().Where(subscription.CustomerID(of.ID)).CountX(ctx)
		return nil
	})
	return n
}

// withAndWithoutScript has a clerk at the dashboard of the demonstration do the same in both ways; its second run is no cheaper in pages.
func withAndWithoutScript(t *testing.T, do func(t *testing.T, c *handlerstest.Chrome, o *demotest.Office)) {
	for _, script := range []bool{true, false} {
		t.Run(fmt.Sprintf("script %v", script), func(t *testing.T) {
			c, o := desk(t, "comercial")
			if !script {
				c.WithoutScript()
			}
			do(t, c.Open("/"), o)
		})
	}
}

// Every page of both wizards, filled, empty and with errors, as everybody has it.
func TestEverybodyCanUseTheWizardsAtEveryWidth(t *testing.T) {
	c, o := desk(t, "comercial")
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
	c.Open("/clientes/novo?tipo=pj")
	look("venda-pj")
	c.Open("/clientes/novo")
	look("venda-pf")
	w := c.Worker()
	w.Fill("Nome completo", "Francisca das Chagas Monteiro de Vasconcelos").Fill("CPF", "390.533.447-00").Send("Avançar para Endereço")
	look("venda-erro")
	w.Fill("CPF", "390.533.447-05").Fill("Nascimento", "14/03/1990").Fill("Telefone", "91988887777").Send("Avançar para Endereço")
	look("venda-endereco")
	w.Fill("CEP", "66035145").Fill("Logradouro", "Avenida Nazaré").Fill("Número", "500").Fill("Bairro", "Nazaré").Fill("Cidade", "Belém").Fill("UF", "PA").
		Send("Avançar para Plano")
	look("venda-plano")
	w.Fill("Desconto por mês, R$", "10,00").Send("Avançar para Contrato")
	look("venda-contrato")
	w.Send("Avançar para Cobrança")
	look("venda-cobranca")
	w.Flip("Usa Carnê").Send("Avançar para Ordem de Serviço")
	look("venda-os")
	c.Open("/clientes/" + o.Joao.ID.String() + "/servicos/novo")
	look("servico-plano")
	w.Send("Avançar para Cobrança").Send("Avançar para Contrato").Send("Avançar para Ordem de Serviço")
	look("servico-os")
	c.Open("/rascunhos")
	look("rascunhos")
	c.Open("/clientes/" + o.Joao.ID.String())
	look("cliente")
}

// What a choice asks for stands away until it is made, and what stands away is not sent.
func TestAnotherAddressOpensWhereItIsChosen(t *testing.T) {
	withAndWithoutScript(t, func(t *testing.T, c *handlerstest.Chrome, o *demotest.Office) {
		c.Open("/clientes/" + o.Maria.ID.String() + "/servicos/novo")
		seen := func(id string) bool {
			return handlerstest.Eval[bool](c, `document.getElementById('`+id+`').checkVisibility()`)
		}
		if seen("logradouro") || seen("cobranca_logradouro") || !handlerstest.Eval[bool](c, `document.querySelector('[aria-current=step]').innerText.includes('Endereço e plano')`) {
			t.Fatal("another address is asked for though none was chosen")
		}
		handlerstest.Eval[bool](c, `(document.querySelector('[name=endereco][value=novo]').click(), document.getElementById('cobranca_igual').click(), true)`)
		if !seen("logradouro") || !seen("cobranca_logradouro") || seen("fiscal_logradouro") {
			t.Error("another address was chosen and is not asked for")
		}
		if n := handlerstest.Eval[int](c, `document.querySelector('main').innerText.split('Outro endereço').length - 1`); n != 1 {
			t.Errorf("“+ Outro endereço” stands there %d times", n)
		}
	})
}

func TestAFieldIsWrittenAndLookedAtOnceItIsLeft(t *testing.T) {
	c, _ := desk(t, "comercial")
	c.Open("/clientes/novo")
	value := func(id string) string { return handlerstest.Eval[string](c, `document.getElementById('`+id+`').value`) }
	mark := func(want string) {
		t.Helper()
		said := ""
		for range 100 {
			if said = handlerstest.Eval[string](c, `document.getElementById('cpf-m').innerText`); said == want {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
		t.Errorf("beside the CPF stands %q, want %q", said, want)
	}
	w := c.Worker()
	w.Fill("Nascimento", "14031990").Fill("CPF", "39053344700")
	if said := handlerstest.Eval[string](c, `document.getElementById('cpf-m').innerText`); said != "" || value("cpf") != "39053344700" {
		t.Errorf("while typing: %q, %q", said, value("cpf"))
	}
	w.Fill("Telefone", "91988887777")
	mark("O CPF 390.533.447-00 não confere: confira os 11 dígitos")
	w.Fill("CPF", "39053344705").Fill("Telefone", "9133334444").Fill("E-mail", "ana@exemplo.com.br")
	mark("✓ CPF confere")
	if value("nascimento") != "14/03/1990" || value("cpf") != "390.533.447-05" || value("telefone") != "(91) 3333-4444" {
		t.Errorf("written as %q, %q, %q", value("nascimento"), value("cpf"), value("telefone"))
	}
}
