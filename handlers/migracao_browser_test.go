package handlers_test

import (
	"context"
	"fmt"
	"testing"

	"enlace/ent"
	"enlace/ent/subscription"
	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/status"
)

// states are those of a customer's services, in order of their numbers.
func statesOf(o *demotest.Office, of *ent.Customer) (all []status.State) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		for _, sub := range c.Subscription.Query().Where(subscription.CustomerID(of.ID)).Order(subscription.ByNumber()).AllX(ctx) {
			all = append(all, sub.Status)
		}
		return nil
	})
	return all
}

// From the customer's page: at once.
func TestMigrarServicoByKeyboardAlone(t *testing.T) {
	withAndWithoutScript(t, func(t *testing.T, c *handlerstest.Chrome, o *demotest.Office) {
		c.Open("/clientes/" + o.Maria.ID.String())
		w := c.Worker().Flip("Outras Opções").Go("Migrar para Outro Serviço")
		w.Flip("Executar Migração Imediata").Send("Avançar para Cobrança e contrato").Send("Avançar para Endereço e OS").Send("Salvar")
		if all := statesOf(o, o.Maria); c.H1() != "Maria Demonstração" || fmt.Sprint(all) != "[cancelado habilitado]" {
			t.Fatalf("came to %q, the services are %v", c.H1(), all)
		}
		handlerstest.KeepEffort(t, "migrar_servico", w.Effort, 6, 3)
	})
}

// Asked for, and enabled later from the customer's page.
func TestHabilitarAMigrationByKeyboardAlone(t *testing.T) {
	withAndWithoutScript(t, func(t *testing.T, c *handlerstest.Chrome, o *demotest.Office) {
		c.Open("/clientes/" + o.Maria.ID.String())
		c.Worker().Flip("Outras Opções").Go("Migrar para Outro Serviço").Send("Avançar para Cobrança e contrato").Send("Avançar para Endereço e OS").Send("Salvar")
		if all := statesOf(o, o.Maria); fmt.Sprint(all) != "[habilitado aguardando_migracao]" {
			t.Fatalf("the services are %v", all)
		}
		w := c.Open("/servicos/" + waitingOf(o, o.Maria)).Worker().Flip("Outras Opções").Send("Habilitar")
		if all := statesOf(o, o.Maria); fmt.Sprint(all) != "[cancelado habilitado]" {
			t.Fatalf("the services are %v", all)
		}
		handlerstest.KeepEffort(t, "habilitar_migracao", w.Effort, 2, 1)
	})
}

// Every page of a migration at every width, with an error, and the service that waits.
func TestEverybodyCanUseTheMigrationAtEveryWidth(t *testing.T) {
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
	c.Open("/servicos/" + o.Service(o.Maria).ID.String() + "/migracao")
	look("migracao-plano")
	w := c.Worker().Fill("Desconto por mês, R$", "500").Send("Avançar para Cobrança e contrato")
	look("migracao-erro")
	w.Fill("Desconto por mês, R$", "1,00").Send("Avançar para Cobrança e contrato")
	look("migracao-cobranca")
	w.Send("Avançar para Endereço e OS")
	look("migracao-os")
	w.Send("Salvar")
	c.Open("/servicos/" + waitingOf(o, o.Maria))
	look("migracao-aguardando")
}

// waitingOf is the id of the service of a customer that waits for its migration.
func waitingOf(o *demotest.Office, of *ent.Customer) (id string) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		id = c.Subscription.Query().Where(subscription.StatusEQ(status.WaitingMigration), subscription.CustomerID(of.ID)).OnlyX(ctx).ID.String()
		return nil
	})
	return id
}
