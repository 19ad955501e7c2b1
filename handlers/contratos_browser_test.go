package handlers_test

import (
	"context"
	"fmt"
	"testing"

	"enlace/ent"
	"enlace/ent/contract"
	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
)

// contractOf is the newest contract of a customer.
func contractOf(o *demotest.Office, of *ent.Customer) (row *ent.Contract) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		row = c.Contract.Query().Where(contract.CustomerID(of.ID)).Order(ent.Desc(contract.FieldNumber)).FirstX(ctx)
		return nil
	})
	return row
}

// Imprimir Contrato by keyboard alone from the dashboard, with script and without: where there is one, and where it has to be made.
func TestImprimirContratoByKeyboardAlone(t *testing.T) {
	withAndWithoutScript(t, func(t *testing.T, c *handlerstest.Chrome, o *demotest.Office) {
		row := contractOf(o, o.Maria)
		w := c.Worker().Fill("Buscar por nome, CPF, protocolo, fatura ou login", "maria demonstração")
		c.Enter()
		w.Go("Maria Demonstração").Go("Abrir PDF Contrato")
		if c.Path() != "/contratos/"+row.ID.String()+".pdf" {
			t.Fatalf("came to %s", c.Path())
		}
		handlerstest.KeepEffort(t, "imprimir_contrato", w.Effort, 2, 0)

		o.Write(func(ctx context.Context, c *ent.Client) error {
			_, err := c.Contract.Delete().Exec(ctx)
			return err
		})
		w = c.Open("/").Worker().Fill("Buscar por nome, CPF, protocolo, fatura ou login", "maria demonstração")
		c.Enter()
		w.Go("Maria Demonstração").Go("Adicionar contrato").Send("Salvar").Go("Abrir PDF Contrato")
		if made := contractOf(o, o.Maria); c.Path() != "/contratos/"+made.ID.String()+".pdf" || made.ID == row.ID {
			t.Fatalf("came to %s", c.Path())
		}
		handlerstest.KeepEffort(t, "imprimir_contrato_novo", w.Effort, 4, 1)
	})
}

func TestEverybodyCanUseTheContractsAtEveryWidth(t *testing.T) {
	c, o := desk(t, "gerente")
	row := contractOf(o, o.Maria)
	service, one, template := "/servicos/"+row.SubscriptionID.String()+"/contratos", "/contratos/"+row.ID.String(), "/configuracoes/modelos/"+row.TemplateID.String()
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
	for name, path := range map[string]string{"contratos": service, "contratos-cliente": "/clientes/" + o.Maria.ID.String() + "/contratos", "contrato-aceite": one + "?acao=aceite",
		"contrato-desativar": one + "?acao=desativar", "modelos": "/configuracoes/modelos", "modelo": template, "modelo-novo": "/configuracoes/modelos/novo",
		"verificar": fmt.Sprintf("/verificar/%d", row.Number), "cliente-contratos": "/clientes/" + o.Maria.ID.String(), "servico": "/servicos/" + row.SubscriptionID.String()} {
		c.Open(path)
		look(name)
	}
	c.Open(one+"?acao=email").Worker().Fill("E-mail", "maria").Send("Enviar")
	look("contrato-erro")
	c.Open(one+"?acao=email").Worker().Fill("E-mail", "maria@exemplo.com.br").Send("Enviar")
	look("contrato-email")
	c.Open(template).Worker().Fill("Texto", "# Contrato\n\n{{cliente.apelido}}").Send("Salvar")
	look("modelo-erro")
	o.Write(func(ctx context.Context, c *ent.Client) error {
		return c.Contract.Update().SetDeactivatedAt(o.DB.Now()).SetDeactivationReason("trocado por um plano maior").Exec(ctx)
	})
	c.Open(service)
	look("contratos-desativado")
	o.Write(func(ctx context.Context, c *ent.Client) error {
		_, err := c.Contract.Delete().Exec(ctx)
		return err
	})
	c.Open(service)
	look("contratos-vazio")
}

// With script the preview follows what is typed and a field is written with a click; without script a button shows the preview.
func TestThePreviewOfATemplateFollowsWhatIsTyped(t *testing.T) {
	for _, script := range []bool{true, false} {
		t.Run(fmt.Sprintf("script %v", script), func(t *testing.T) {
			c, o := desk(t, "gerente")
			if !script {
				c.WithoutScript()
			}
			w := c.Open("/configuracoes/modelos/" + contractOf(o, o.Maria).TemplateID.String()).Worker()
			w.Fill("Texto", "Olá, {{cliente.nome}}, pague {{servico.preco_extenso}}.").Fill("Prévia com os dados de", "joao suspenso")
			if script {
				c.TabTo("Salvar")
			} else {
				w.Go("Ver prévia")
			}
			said := handlerstest.Eval[bool](c, `(async () => {
				for (let i = 0; i < 400; i++) {
					if (document.querySelector('#previa')?.innerText.includes('Olá, João Suspenso, pague setenta e nove reais e noventa centavos.')) return true
					await new Promise(r => setTimeout(r, 25))
				}
				return false
			})()`)
			if !said {
				t.Errorf("the preview says %q", handlerstest.Eval[string](c, `document.querySelector('#previa').innerText`))
			}
			if script {
				handlerstest.Eval[bool](c, `(document.querySelector('.en-fields').open = true, document.querySelector('.en-fields button').click(), true)`)
				if text := handlerstest.Eval[string](c, `document.querySelector('#corpo').value`); text != "Olá, {{cliente.nome}}, pague {{servico.preco_extenso}}.{{cliente.nome}}" {
					t.Errorf("the click wrote %q", text)
				}
			}
		})
	}
}
