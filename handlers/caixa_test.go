package handlers_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"enlace/ent"
	"enlace/ent/payment"
	"enlace/handlers/handlerstest"
	"enlace/tenants/billing"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/status"
)

// A cashier receives, sees the recibo, takes the payment back and closes the caixa, as at the counter.
func TestADayAtTheCounter(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("financeiro")
		if page := b.Get("/caixa").Want(http.StatusOK); !page.Has("Nenhum caixa aberto") {
			t.Errorf("%s", page.Text("main"))
		}
		own := "/faturas/" + invoicesOf(o, o.Joao)[0].ID.String()
		page := b.Get(own)
		page = page.Form(page.Text("#baixa-receber button")).Set("Forma de pagamento", "Cartão de débito").Submit().Want(http.StatusOK)
		if !strings.Contains(page.Toast(), "Seu caixa 1 foi aberto com esta baixa") || !strings.Contains(page.Toast(), "Abrir recibo") || !page.Has("loja, cartão de débito") {
			t.Fatalf("%q; %s", page.Toast(), page.Text("main"))
		}
		if paper := page.Click("Recibo"); paper.Header.Get("Content-Type") != "application/pdf" {
			t.Errorf("the recibo is %v", paper.Header)
		}
		var paid *ent.Payment
		o.Read(func(ctx context.Context, c *ent.Client) error {
			paid = c.Payment.Query().Where(payment.CustomerID(o.Joao.ID)).Order(ent.Desc(payment.FieldID)).FirstX(ctx)
			return nil
		})
		page = b.Get("/pagamentos/" + paid.ID.String()).Want(http.StatusOK)
		button := "Estornar R$ " + paid.Amount.String() + " de João"
		if refused := page.Form(button).Set("Motivo", "ok").Submit().Want(http.StatusUnprocessableEntity); len(refused.Problems()) != 1 {
			t.Errorf("without a reason: %s", refused.Text("main"))
		}
		page = page.Form(button).Set("Motivo", "valor digitado errado").Submit().Want(http.StatusOK)
		if !page.Has("Estornada em") || !page.Has("valor digitado errado") || page.Doc.Find("#estorno").Length() != 0 {
			t.Errorf("%s", page.Text("main"))
		}
		if o.Service(o.Joao).Status != status.Enabled { // not cut by this: only by a new notice
			t.Errorf("João is %s", o.Service(o.Joao).Status)
		}
		if page = b.Get(own); !page.Has("Vencida") || !page.Has("Estornada") {
			t.Errorf("the invoice shows %s", page.Text("main"))
		}
		page = b.Get("/caixa").Click("Fechar caixa").Want(http.StatusOK)
		refused := page.Form("Fechar caixa").Set("Dinheiro, R$", "1,00").Set("Cartão de débito, R$", "0,00").Submit().Want(http.StatusUnprocessableEntity)
		if !refused.Has("A diferença é de +R$ 1,00") {
			t.Errorf("a real too much: %s", refused.Text("main"))
		}
		page = refused.Form("Fechar caixa").Set("Motivo da diferença", "troco de ontem").Submit().Want(http.StatusOK)
		if !page.Has("Com diferença") || !page.Has("troco de ontem") {
			t.Errorf("closed: %s", page.Text("main"))
		}
		for _, path := range []string{page.Path, "/caixas"} { // shown by the script
			if button := b.Get(path).Doc.Find("button[data-print][hidden]"); button.Text() != "Imprimir" {
				t.Errorf("%s is printed by %q", path, button.Text())
			}
		}
		if all := s.As("gerente").Get("/caixas").Want(http.StatusOK); all.Doc.Find("tbody tr").Length() != 1 || !all.Has("+1,00") {
			t.Errorf("the manager sees %s", all.Text("main"))
		}
		s.As("comercial").Get("/caixa").Want(http.StatusForbidden)
	})
}

func TestSeveralAreReceivedFromOnePage(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b, open := s.As("financeiro"), invoicesOf(o, o.Maria)
		own := "/clientes/" + o.Maria.ID.String()
		page := b.Get(own + "/financeiro").Click("Receber").Want(http.StatusOK)
		if page.Doc.Find("[name=itens]").Length() != len(open) {
			t.Fatalf("%s", page.Text("main"))
		}
		page = b.Get(own + "/baixa?itens=" + open[0].ID.String() + "&itens=" + open[1].ID.String() + "&valor=100,00&pago_em=23/11/2026").Want(http.StatusOK)
		if !page.Has("prévia: nada foi gravado") || !page.Has("O que foi marcado soma R$ 179,80 neste dia.") {
			t.Fatalf("%s", page.Text("main"))
		}
		page = page.Press("Receber R$ 100,00").Want(http.StatusOK)
		if !strings.HasPrefix(page.Toast(), "Recebido R$ 100,00 em 2 baixas.") {
			t.Errorf("%q", page.Toast())
		}
		if none := b.Post(own+"/baixa", page.Form("Sair").Values); none.Status != http.StatusUnprocessableEntity || !none.Has("Marque ao menos uma") {
			t.Errorf("nothing ticked: %d, %s", none.Status, none.Text("main"))
		}
	})
}

func TestACorrespondenteIsListedPaidThroughAndSettled(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("gerente")
		page := b.Get("/configuracoes/correspondentes/novo").Form("Incluir correspondente").Set("Nome", "=Mercado").Set("Comissão, %", "2,00").Submit().Want(http.StatusOK)
		if !page.Has("=Mercado") {
			t.Fatalf("%s", page.Text("main"))
		}
		var shop string
		o.Read(func(ctx context.Context, c *ent.Client) error {
			shop = c.Correspondent.Query().OnlyX(ctx).ID.String()
			return nil
		})
		page = b.Get("/faturas/" + invoicesOf(o, o.Joao)[0].ID.String() + "?valor=50,00")
		page = page.Form("Receber R$ 50,00 de João").Set("Recebido por", "=Mercado").Set("Autenticação do correspondente", "A-1").Submit().Want(http.StatusOK)
		if !strings.HasPrefix(page.Toast(), "Recebido R$ 50,00") || strings.Contains(page.Toast(), "caixa") {
			t.Errorf("%q", page.Toast())
		}
		page = b.Get("/correspondentes/" + shop).Want(http.StatusOK)
		if form := page.Form("Lançar repasse"); form.Value("Valor que entrou, R$") != "49,00" || form.Value("Comissão retida, R$") != "1,00" {
			t.Errorf("%v", form.Values)
		}
		page = page.Form("Lançar repasse").Submit().Want(http.StatusOK)
		if page.Toast() != "Lançado repasse de R$ 49,00." || page.Doc.Find("#repasse").Length() != 0 {
			t.Errorf("%q %s", page.Toast(), page.Text("main"))
		}
		if sheet := b.Get("/correspondentes.csv").Want(http.StatusOK); !strings.Contains(sheet.Body, "'=Mercado") || !strings.Contains(sheet.Body, "49,00") {
			t.Errorf("%s", sheet.Body)
		}
	})
}

// A boleto paid twice: the page of the second payment says that it settled nothing, and when it is taken back the invoice is paid still.
func TestASecondPaymentSaysThatItSettledNothing(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		bill := invoicesOf(o, o.Joao)[0].ID
		var again *billing.Income
		o.Write(func(ctx context.Context, c *ent.Client) (err error) {
			for _, line := range []string{"retorno/1", "retorno/2"} {
				in := billing.Incoming{Source: payment.SourceBoleto, ExternalID: line, Invoice: bill, Amount: 500_00, PaidOn: o.DB.Today(ctx)}
				if again, err = billing.Settle(ctx, c, o.DB.Now(), o.DB.Today(ctx), in); err != nil {
					return err
				}
			}
			return nil
		})
		b := s.As("financeiro")
		page := b.Get("/pagamentos/" + again.Payment.ID.String()).Want(http.StatusOK)
		if !page.Has("Esta baixa não quitou nada") || page.Has("volta a dever") || !page.Has("O crédito de R$ 500,00 que ela deixou é retirado") {
			t.Errorf("%s", page.Text("main"))
		}
		if page = page.Form("Estornar R$ 500,00 de João").Set("Motivo", "boleto em dobro").Submit().Want(http.StatusOK); !page.Has("Estornada em") {
			t.Errorf("%s", page.Text("main"))
		}
		if page = b.Get("/faturas/" + bill.String()); !page.Has("Paga") || page.Has("Vencida") {
			t.Errorf("the invoice shows %s", page.Text("main"))
		}
	})
}
