package handlers_test

import (
	"context"
	"fmt"
	"testing"

	"enlace/ent"
	"enlace/ent/customer"
	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
)

// holderOf is who holds a service now.
func holderOf(o *demotest.Office, sub *ent.Subscription) (name string) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		name = c.Customer.GetX(ctx, c.Subscription.GetX(ctx, sub.ID).CustomerID).Name
		return nil
	})
	return name
}

// To a customer who is there: searched for, chosen, billed, migrated.
func TestTrocarATitularidadeByKeyboardAlone(t *testing.T) {
	withAndWithoutScript(t, func(t *testing.T, c *handlerstest.Chrome, o *demotest.Office) {
		sub := o.Service(o.Maria)
		c.Open("/clientes/" + o.Maria.ID.String())
		w := c.Worker().Flip("Outras Opções").Go("Migrar para Outro Cliente").Fill("Procurar o cliente", "joão susp").Send("Buscar")
		w.Flip("João Suspenso").Send("Migrar Serviço").Send("Migrar")
		if c.H1() != "João Suspenso" || holderOf(o, sub) != "João Suspenso" {
			t.Fatalf("came to %q, it is held by %s", c.H1(), holderOf(o, sub))
		}
		handlerstest.KeepEffort(t, "trocar_titularidade", w.Effort, 6, 3)
	})
}

// To a new customer: the whole form.
func TestTrocarATitularidadeParaNovoClienteByKeyboardAlone(t *testing.T) {
	withAndWithoutScript(t, func(t *testing.T, c *handlerstest.Chrome, o *demotest.Office) {
		sub := o.Service(o.Maria)
		c.Open("/clientes/" + o.Maria.ID.String())
		w := c.Worker().Flip("Outras Opções").Go("Migrar para Outro Cliente").Go("Novo cliente")
		w.Fill("Nome completo", "Carla Recém-Chegada").Fill("CPF", "390.533.447-05").Fill("Nascimento", "02/03/1990").Fill("Telefone", "(91) 98888-7777").
			Fill("CEP", "66055-000").Fill("Logradouro", "Travessa Nova").Fill("Número", "12").Fill("Bairro", "Umarizal").Fill("Cidade", "Belém").Fill("UF", "PA")
		w.Send("Avançar para Cobrança e confirmação")
		w.Send("Migrar")
		if c.H1() != "Carla Recém-Chegada" || holderOf(o, sub) != "Carla Recém-Chegada" {
			t.Fatalf("came to %q, it is held by %s", c.H1(), holderOf(o, sub))
		}
		handlerstest.KeepEffort(t, "trocar_titularidade_novo", w.Effort, 12, 4)
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.Customer.Query().Where(customer.Name("Carla Recém-Chegada")).CountX(ctx); n != 1 {
				t.Errorf("%d of her", n)
			}
			return nil
		})
	})
}

// A CPF that is known offers who has it, and nothing that was typed is lost.
func TestAKnownCPFOffersWhoHasIt(t *testing.T) {
	withAndWithoutScript(t, func(t *testing.T, c *handlerstest.Chrome, o *demotest.Office) {
		sub := o.Service(o.Maria)
		w := c.Open("/servicos/" + sub.ID.String() + "/titularidade/novo").Worker()
		w.Fill("Nome completo", "João de Outro Nome").Fill("CPF", "111.444.777-35").Send("Avançar para Cobrança e confirmação").Send("Migrar para João Suspenso").Send("Migrar Serviço").Send("Migrar")
		if holderOf(o, sub) != "João Suspenso" {
			t.Fatalf("it is held by %s", holderOf(o, sub))
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if left := c.Draft.Query().OnlyX(ctx); left.Data["nome"] != "João de Outro Nome" || left.Title == "" {
				t.Errorf("of what was typed %v is left", left.Data)
			}
			return nil
		})
	})
}

// Every page of a transfer at every width, with an error and with a debtor.
func TestEverybodyCanUseTheTransferAtEveryWidth(t *testing.T) {
	c, o := desk(t, "gerente")
	maria := "/servicos/" + o.Service(o.Maria).ID.String() + "/titularidade"
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
	c.Open("/servicos/" + o.Service(o.Joao).ID.String() + "/titularidade")
	look("titularidade-devedor")
	w := c.Worker().Send("Migrar Serviço")
	look("titularidade-erro")
	w.Fill("Procurar o cliente", "maria").Send("Buscar")
	look("titularidade-busca")
	w.Flip("Maria Demonstração").Send("Migrar Serviço")
	look("titularidade-confirmacao")
	w.Send("Migrar")
	look("titularidade-recusada")
	w.Fill("Motivo da exceção", "a esposa assume o serviço").Send("Migrar")
	c.Open("/clientes/" + o.Joao.ID.String() + "/historico")
	look("titularidade-historico")
	w = c.Open(maria + "/novo").Worker()
	look("titularidade-novo")
	w.Fill("CPF", "111.444.777-35").Send("Avançar para Cobrança e confirmação")
	look("titularidade-novo-conhecido")
	c.Open(maria)
	w.Fill("Procurar o cliente", "ninguém assim").Send("Buscar")
	look("titularidade-ninguem")
	w.Fill("Procurar o cliente", "joão susp").Send("Buscar").Flip("João Suspenso").Send("Migrar Serviço").Flip("Esperar o aceite dos dois").Send("Migrar")
	look("titularidade-aceites")
	w.Send("Gerar link de aceite para Maria Demonstração")
	look("titularidade-link")
	link := handlerstest.Eval[string](c, `document.querySelector('a[href*="/aceite/"]').pathname`)
	c.Open(link)
	look("titularidade-convite")
	w.Send("Aceito a troca de titularidade")
	look("titularidade-aceito")
	c.Open(maria)
	w.Send("Gerar link de aceite para João Suspenso")
	c.Open(handlerstest.Eval[string](c, `document.querySelector('a[href*="/aceite/"]').pathname`))
	w.Send("Aceito a troca de titularidade")
	c.Open(maria)
	w.Send("Migrar")
	if path := c.Path(); path+"/titularidade" != maria {
		t.Errorf("it came to %s", path)
	}
}
