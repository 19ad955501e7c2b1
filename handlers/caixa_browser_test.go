package handlers_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/payment"
	"enlace/tenants/billing"
)

// A baixa is given and its recibo reached by keyboard, with script and without.
func TestABaixaByKeyboard(t *testing.T) {
	for _, script := range []bool{true, false} {
		t.Run(fmt.Sprintf("script %v", script), func(t *testing.T) {
			c, o := desk(t, "financeiro")
			if !script {
				c.WithoutScript()
			}
			bill := invoicesOf(o, o.Joao)[0]
			owed := ""
			o.Read(func(ctx context.Context, cl *ent.Client) error {
				standings, err := billing.Standings(ctx, cl, o.DB.Today(ctx), bill)
				owed = standings[0].Owed().BRL()
				return err
			})
			c.Open("/faturas/" + bill.ID.String()).TabTo("Forma de pagamento").TabTo("Receber " + owed + " de João").Enter()
			if c.H1() != fmt.Sprintf("Fatura %d", bill.Number) {
				t.Errorf("came to %q", c.H1())
			}
			o.Read(func(ctx context.Context, cl *ent.Client) error {
				if n := cl.Payment.Query().Where(payment.InvoiceID(bill.ID), payment.ReceiptIDNotNil()).CountX(ctx); n != 1 {
					t.Errorf("%d payments with a recibo", n)
				}
				return nil
			})
			c.TabTo("Recibo")
		})
	}
}

func TestEverybodyCanUseTheCashPagesAtEveryWidth(t *testing.T) {
	c, o := desk(t, "gerente")
	cashier, joao := o.As("financeiro"), invoicesOf(o, o.Joao)[0]
	var shop uuid.UUID
	o.Write(func(ctx context.Context, cl *ent.Client) error {
		shop = cl.Correspondent.Create().SetName("Mercado do Zé da Esquina da Rua Comprida").SetCommission(2_00).SaveX(ctx).ID
		return nil
	})
	d, today := billing.Desk{DB: o.DB}, o.Here.Today(o.DB.Now())
	pay := func(hand billing.Hand) *billing.Received {
		done, err := d.ReceiveAtCounter(cashier, billing.Receipt{Invoice: joao.ID, Amount: 10_00, PaidOn: today, Hand: hand, Key: uuid.NewString()})
		if err != nil {
			t.Fatal(err)
		}
		return done
	}
	first := pay(billing.Hand{})
	pay(billing.Hand{Form: payment.FormPix})
	pay(billing.Hand{Correspondent: shop, Number: "1"})
	if _, err := d.ReversePayment(cashier, billing.Takeback{Payment: first.Payment.ID, Reason: "valor errado"}); err != nil {
		t.Fatal(err)
	}
	till := "/caixas/" + first.Payment.TillID.String()
	for name, path := range map[string]string{
		"caixa": "/caixa", "caixa-um": till, "caixa-fechar": till + "/fechar", "caixas": "/caixas", "caixas-nenhum": "/caixas?dia=01/01/2026", "correspondentes": "/correspondentes",
		"correspondente": "/correspondentes/" + shop.String(), "pagamento": "/pagamentos/" + first.Payment.ID.String(), "varias": "/clientes/" + o.Joao.ID.String() + "/baixa",
		"varias-erro": "/clientes/" + o.Joao.ID.String() + "/baixa?itens=&valor=x", "fatura-estornada": "/faturas/" + joao.ID.String(),
	} {
		for _, width := range []int{1366, 768, 360} {
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
