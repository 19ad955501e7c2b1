package handlers_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"enlace/ent"
	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
)

// TestTheBarFindsWhatHasANumber types the number of each kind of paper and is one step from it; another ISP's has no such number.
func TestTheBarFindsWhatHasANumber(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		papers := map[string]string{}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			number := func(n int64) string { return fmt.Sprint(n) }
			bill, book := c.Invoice.Query().FirstX(ctx), c.Booklet.Query().FirstX(ctx)
			paper, service := c.Contract.Query().FirstX(ctx), c.Subscription.Query().FirstX(ctx)
			call := c.Ticket.Create().SetProtocol("202699999999").SetCustomerID(o.Maria.ID).SetSubscriptionID(service.ID).SetStatus("aguardando_analise").SetChannel("staff").
				SetOpenedAt(o.DB.Now()).SetTouchedAt(o.DB.Now()).SaveX(ctx)
			visit := c.WorkOrder.Create().SetNumber(99_999).SetCustomerID(o.Maria.ID).SetSubscriptionID(service.ID).SetTypeID(c.WorkOrderType.Query().FirstIDX(ctx)).SetStatus("aguardando_agendamento").SetDescription("medir sinal").
				SetOpenedAt(o.DB.Now()).SaveX(ctx)
			papers["/faturas/"+bill.ID.String()] = number(bill.Number)
			papers["/carnes/"+book.ID.String()] = number(book.Number)
			papers["/contratos/"+paper.ID.String()] = number(paper.Number)
			papers["/servicos/"+service.ID.String()] = number(service.Number)
			papers["/atendimentos/"+call.ID.String()] = call.Protocol
			papers["/ordens-de-servico/"+visit.ID.String()] = number(visit.Number)
			return nil
		})
		b := s.As("suporte")
		for place, number := range papers {
			page := b.Get("/buscar?q=" + number)
			link := page.Doc.Find(`a[href="` + place + `"]`)
			if link.Length() != 1 || !strings.HasSuffix(link.Text(), number) {
				t.Errorf("%s: %s is found as %q", place, number, link.Text())
			}
		}
		if page := b.Get("/buscar?q=maria"); page.Has("Com este número") {
			t.Error("a name is a number")
		}
	})
}

// TestTheBarShowsWhatIsFoundWhileOneTypes goes from any page to a customer's by the keyboard alone.
func TestTheBarShowsWhatIsFoundWhileOneTypes(t *testing.T) {
	c, o := desk(t, "comercial")
	c.Open("/clientes").TabTo("Buscar por nome, CPF, protocolo, fatura ou login").Type("maria dem")
	c.Await(`document.querySelector('.en-found a') !== null`)
	c.Picture("busca")
	if found := c.Violations(); len(found) > 0 {
		t.Errorf("axe: %v", found)
	}
	c.Type(kb.ArrowDown)
	if at := c.Focused(); !strings.Contains(at, "Maria Demonstração") {
		t.Fatalf("the arrow goes to %q", at)
	}
	c.Type(kb.ArrowUp)
	if at := c.Focused(); !strings.Contains(at, "Buscar") {
		t.Fatalf("the arrow goes back to %q", at)
	}
	c.Type(kb.Escape)
	if handlerstest.Eval[bool](c, `document.querySelector('.en-found').hasChildNodes()`) {
		t.Error("Esc leaves what was found")
	}
	c.Type("maria") // Esc empties a search box by itself
	c.Await(`document.querySelector('.en-found a') !== null`)
	c.Type(kb.ArrowDown).Enter()
	if want := "/clientes/" + o.Maria.ID.String(); c.Path() != want {
		t.Errorf("Enter leads to %s, want %s", c.Path(), want)
	}
}
