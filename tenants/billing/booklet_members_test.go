package billing_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/email"
	"enlace/ent/history"
	"enlace/tenants/billing"
	"enlace/tenants/demo/demotest"
)

// ids are the invoices of some instalments.
func ids(b *billing.Booklet, ks ...int) (all []uuid.UUID) {
	for _, k := range ks {
		all = append(all, b.Instalments[k-1].Invoice.ID)
	}
	return all
}

func TestInvoicesLeaveACarneAndComeBackAndOnlyNumbersChange(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		b, clerk := bookletOf(o, o.Maria), o.As("comercial")
		may, err := desk(o).Leavable(clerk, b.ID)
		if err != nil || len(may.Invoices) != 7 {
			t.Fatalf("%+v, %v", may, err)
		}
		if err := desk(o).ReleaseInvoices(clerk, billing.Members{Booklet: b.ID, Invoices: ids(b, 8, 10), Key: "1"}); err != nil {
			t.Fatal(err)
		}
		less := bookletOf(o, o.Maria)
		if len(less.Instalments) != 10 || less.Booklet.Instalments != 10 || less.Instalments[7].Invoice.ID != b.Instalments[8].Invoice.ID || less.Instalments[7].Invoice.Instalment != 8 {
			t.Errorf("of %d instalments the eighth is %v", len(less.Instalments), less.Instalments[7].Invoice)
		}
		alone, err := desk(o).Invoice(clerk, b.Instalments[7].Invoice.ID)
		if err != nil || alone.Booklet != nil || alone.Standing.Invoice.Instalment != 0 || alone.Slip.ID != b.Instalments[7].Slip.ID || alone.Total != b.Instalments[7].Total {
			t.Errorf("alone it is %+v, %v", alone, err)
		}
		may, err = desk(o).Joinable(clerk, b.ID)
		if err != nil || len(may.Invoices) != 2 {
			t.Fatalf("%+v, %v", may, err)
		}
		if err := desk(o).JoinInvoices(clerk, billing.Members{Booklet: b.ID, Invoices: ids(b, 10, 8), Key: "1"}); err != nil {
			t.Fatal(err)
		}
		again := bookletOf(o, o.Maria)
		for k, s := range again.Instalments {
			if s.Invoice.ID != b.Instalments[k].Invoice.ID || s.Invoice.Instalment != k+1 || s.Slip == nil != (b.Instalments[k].Slip == nil) {
				t.Errorf("instalment %d is %v", k+1, s.Invoice)
			}
		}
		told, err := desk(o).BookletHistory(o.As("suporte"), b.ID, 1)
		if err != nil || told.Total < 5 || told.Rows[0].Event != "invoice_joined" {
			t.Errorf("%+v, %v", told, err)
		}
		balanced(t, o)
	})
}

func TestMembersThatCannotBeAreRefusedByName(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		b, other, clerk := bookletOf(o, o.Maria), bookletOf(o, o.Joao), o.As("comercial")
		next, err := desk(o).IssueBooklet(clerk, renewal(o))
		if err != nil {
			t.Fatal(err)
		}
		second, err := desk(o).Booklet(clerk, next.ID)
		if err != nil {
			t.Fatal(err)
		}
		if err := desk(o).ReleaseInvoices(clerk, billing.Members{Booklet: next.ID, Invoices: ids(second, 12), Key: "r"}); err != nil {
			t.Fatal(err)
		}
		loose, before := ids(second, 12)[0], count(o)
		for want, in := range map[string]billing.Members{
			"faturas: required":  {},
			"join_twice":         {Invoices: ids(b, 6)},
			"join_other_booklet": {Invoices: ids(second, 1)},
			"join_other_service": {Invoices: ids(other, 1)},
			"not_found":          {Invoices: []uuid.UUID{demotest.Nobody}},
		} {
			in.Booklet = b.ID
			if err := desk(o).JoinInvoices(clerk, in); demotest.Fault(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		for want, in := range map[string]billing.Members{
			"faturas: required": {},
			"edit_paid":         {Invoices: ids(b, 1)},
			"not_in_booklet":    {Invoices: ids(second, 1)},
			"not_found":         {Invoices: []uuid.UUID{demotest.Nobody}},
		} {
			in.Booklet = b.ID
			if err := desk(o).ReleaseInvoices(clerk, in); demotest.Fault(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		all := billing.Members{Booklet: next.ID, Invoices: ids(second, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)}
		if err := desk(o).ReleaseInvoices(clerk, all); demotest.Fault(err) != "booklet_emptied" {
			t.Errorf("all of it: %v", err)
		}
		if after := count(o); after != before {
			t.Errorf("refused, they left %v of %v", after, before)
		}
		join := billing.Members{Booklet: next.ID, Invoices: []uuid.UUID{loose}}
		paid := billing.Receipt{Invoice: loose, Amount: 10_00, PaidOn: o.DB.Today(clerk), Key: "p"}
		if _, err := desk(o).ReceiveAtCounter(o.As("financeiro"), paid); err != nil {
			t.Fatal(err)
		}
		if err := desk(o).JoinInvoices(clerk, join); demotest.Fault(err) != "edit_part_paid" {
			t.Errorf("a part of it is paid: %v", err)
		}
		paid.Amount, paid.Key = 79_90, "q"
		if _, err := desk(o).ReceiveAtCounter(o.As("financeiro"), paid); err != nil {
			t.Fatal(err)
		}
		if err := desk(o).JoinInvoices(clerk, join); demotest.Fault(err) != "edit_paid" {
			t.Errorf("it is paid: %v", err)
		}
		if err := desk(o).JoinInvoices(o.Stranger(), join); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		if _, err := desk(o).CancelBooklet(clerk, next.ID, "não quer mais", "c"); err != nil {
			t.Fatal(err)
		}
		if err := desk(o).JoinInvoices(clerk, join); demotest.Fault(err) != "booklet_cancelled" {
			t.Errorf("into a cancelled one: %v", err)
		}
		if err := desk(o).JoinInvoices(clerk, billing.Members{Booklet: b.ID, Invoices: ids(second, 1)}); demotest.Fault(err) != "join_other_booklet" {
			t.Errorf("a cancelled invoice of another carnê: %v", err)
		}
		balanced(t, o)
	})
}

func TestAHundredEqualMembersAreOne(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		b, clerk := bookletOf(o, o.Maria), o.As("comercial")
		in := billing.Members{Booklet: b.ID, Invoices: ids(b, 12), Key: "1"}
		hundred(t, func() (any, error) { return nil, desk(o).ReleaseInvoices(clerk, in) })
		hundred(t, func() (any, error) { return nil, desk(o).JoinInvoices(clerk, in) })
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.History.Query().Where(history.EventIn("invoice_joined", "invoice_released")).CountX(ctx); n != 2 {
				t.Errorf("the history tells of it %d times", n)
			}
			return nil
		})
	})
}

func TestACarneGoesByEmailOnceWithItsPDF(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		b, clerk := bookletOf(o, o.Maria), o.As("comercial")
		for range 2 {
			if err := desk(o).EmailBooklet(clerk, b.ID, "maria@exemplo.com.br", "1"); err != nil {
				t.Fatal(err)
			}
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			row := c.Email.Query().Where(email.AboutID(b.ID)).OnlyX(ctx)
			if len(row.Files) != 1 || row.Files[0] != *c.Booklet.GetX(ctx, b.ID).FileID || row.To != "maria@exemplo.com.br" || row.ReplyTo == "" {
				t.Errorf("it went as %v", row)
			}
			return nil
		})
		m, err := desk(o).BookletMail(clerk, b.ID)
		if err != nil || len(m.Addresses) != 1 || len(m.Letters) != 1 {
			t.Errorf("%+v, %v", m, err)
		}
		if err := desk(o).EmailBooklet(clerk, b.ID, "maria", "2"); demotest.Fault(err) != "email: email" {
			t.Errorf("no address: %v", err)
		}
		if err := desk(o).EmailBooklet(o.As("suporte"), b.ID, "maria@exemplo.com.br", "3"); demotest.Fault(err) != "denied" {
			t.Errorf("suporte: %v", err)
		}
		if err := desk(o).EmailBooklet(o.Stranger(), b.ID, "maria@exemplo.com.br", "4"); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
	})
}
