package billing_test

import (
	"context"
	"strings"
	"testing"

	"enlace/ent"
	"enlace/ent/email"
	"enlace/tenants/billing"
	"enlace/tenants/demo/demotest"
)

func TestAnInvoiceGoesOutByEmailOnceAForm(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		bill, ctx := overdue(o).Invoice, o.As("financeiro")
		send := func() error { return desk(o).EmailInvoice(ctx, bill.ID, "joao@exemplo.com.br", "um") }
		o.AllOrNothing(t, 8, send)
		if err := send(); err != nil { // the same form once more
			t.Fatal(err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			row := c.Email.Query().Where(email.AboutID(bill.ID), email.To("joao@exemplo.com.br")).OnlyX(ctx)
			if row.To != "joao@exemplo.com.br" || !strings.Contains(row.Text, "João Suspenso") || !strings.Contains(row.Text, "000201") || len(row.Files) != 1 {
				t.Errorf("the letter is %+v", row)
			}
			if file := c.File.GetX(ctx, row.Files[0]); !strings.HasPrefix(string(file.Content), "%PDF-") || !strings.HasPrefix(file.Name, "Fatura") {
				t.Errorf("the paper is %s", file.Name)
			}
			return nil
		})
		for want, got := range map[string]error{
			"email: email": desk(o).EmailInvoice(ctx, bill.ID, "joao@exemplo.com.br, b@c.de", ""),
			"not_found":    desk(o).EmailInvoice(o.Stranger(), bill.ID, "joao@exemplo.com.br", ""),
			"denied":       desk(o).EmailInvoice(o.As("suporte"), bill.ID, "joao@exemplo.com.br", ""),
		} {
			if demotest.Fault(got) != want {
				t.Errorf("%v, want %s", got, want)
			}
		}
		if _, err := desk(o).ReceiveAtCounter(ctx, billing.Receipt{Invoice: bill.ID, Amount: overdue(o).Owed(), PaidOn: o.Here.Today(o.DB.Now()), Key: "1"}); err != nil {
			t.Fatal(err)
		}
		if err := desk(o).EmailInvoice(ctx, bill.ID, "joao@exemplo.com.br", "dois"); demotest.Fault(err) != "invoice_paid" {
			t.Errorf("a paid one goes out: %v", err)
		}
	})
}
