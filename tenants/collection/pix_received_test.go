package collection_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/history"
	"enlace/ent/invoice"
	"enlace/ent/pixreceipt"
	"enlace/ent/subscription"
	"enlace/tenants/billing"
	"enlace/tenants/collection"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
)

// strange is a Pix that somebody paid to the ISP's key by hand, read at the PSP.
func (s *stage) strange(t *testing.T, amount money.Cents) *ent.PixReceipt {
	t.Helper()
	paid := s.psp.Pay("", amount)
	if err := s.desk.PixTold(s.Worker(), s.secret(t), []collection.Told{{EndToEnd: paid, TxID: "OUTROSISTEMA42"}}); err != nil {
		t.Fatal(err)
	}
	if err := s.desk.SettlePix(s.Worker(), paid); err != nil {
		t.Fatal(err)
	}
	return s.receipt(paid)
}

func TestAPixOfNoInvoiceIsShownAndPlacedOnce(t *testing.T) {
	onEachStore(t, func(t *testing.T, s *stage) {
		var owed *billing.Standing
		s.Read(func(ctx context.Context, c *ent.Client) error {
			row := c.Invoice.Query().Where(invoice.CustomerID(s.Joao.ID), invoice.PaidAtIsNil()).Order(invoice.ByDue()).FirstX(ctx)
			all, err := billing.Standings(ctx, c, s.DB.Today(ctx), row)
			owed = all[0]
			return err
		})
		came := s.strange(t, owed.Owed()+5_00)
		if len(s.settled()) != 0 || came.Status != pixreceipt.StatusStranger {
			t.Fatalf("settled %v, it is %s", s.settled(), came.Status)
		}
		list, err := s.desk.Received(s.As("financeiro"), pixreceipt.StatusStranger, 1)
		if err != nil || list.Total != 1 || list.Counts[pixreceipt.StatusStranger] != 1 || list.Rows[0].ID != came.ID || list.Rows[0].Invoice != nil {
			t.Errorf("the list has %+v, %v", list, err)
		}
		in := collection.Attribution{Of: collection.Stray{Pix: came.ID}, Invoice: fmt.Sprint(owed.Invoice.Number), Reason: "mandou o comprovante"}
		p, err := s.desk.PreviewAttribution(s.As("financeiro"), in)
		if err != nil || p.Credit != 5_00 || p.Left != 0 || p.Holder.ID != s.Joao.ID {
			t.Fatalf("it would do %+v, %v", p, err)
		}
		in.Shown = p.Seen()
		for want, change := range map[string]func(in *collection.Attribution){
			"fatura: invoice_unknown": func(in *collection.Attribution) { in.Invoice = "999999" },
			"motivo: reason_short":    func(in *collection.Attribution) { in.Reason = "ele" },
			"receipt_unseen":          func(in *collection.Attribution) { in.Shown = "" },
			"not_found":               func(in *collection.Attribution) { in.Of.Pix = uuid.New() },
		} {
			other := in
			change(&other)
			if _, err := s.desk.Attribute(s.As("financeiro"), other); demotest.Fault(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		if _, err := s.desk.Attribute(s.As("comercial"), in); demotest.Fault(err) != "denied" {
			t.Errorf("by who may not receive: %v", err)
		}
		if _, err := s.desk.Attribute(s.Stranger(), in); demotest.Fault(err) != "not_found" {
			t.Errorf("by another ISP: %v", err)
		}
		if len(s.settled()) != 0 {
			t.Fatalf("refused, it settled %v", s.settled())
		}
		boss := s.As("financeiro")
		faults := together(20, func(i int) error {
			mine := in
			mine.Key = fmt.Sprint(i % 2) // two people who press ten times each
			_, err := s.desk.Attribute(boss, mine)
			return err
		})
		if got := s.settled(); len(got) != 1 || got[0].ExternalID != came.EndToEnd || got[0].Amount != came.Amount || *got[0].InvoiceID != owed.Invoice.ID || faults[""]+faults["pix_placed"] != 20 {
			t.Errorf("settled %v, answered %v", got, faults)
		}
		if now := s.Service(s.Joao).Status; now != subscription.StatusHabilitado {
			t.Errorf("his debt is paid and he is %s", now)
		}
		s.psp.Return(came.EndToEnd, 1_00)
		gone := s.strange(t, 1_00)
		s.psp.Return(gone.EndToEnd, 1_00)
		if err := s.desk.SettlePix(s.Worker(), gone.EndToEnd); err != nil || s.receipt(gone.EndToEnd).Status != pixreceipt.StatusReturned {
			t.Errorf("given back it is %v, %v", s.receipt(gone.EndToEnd), err)
		}
		if err := s.desk.SettlePix(s.Worker(), came.EndToEnd); err != nil {
			t.Fatal(err)
		}
		one, err := s.desk.Receipt(s.As("financeiro"), came.ID)
		if err != nil || one.Status != pixreceipt.StatusSettled || one.Invoice == nil || one.Invoice.ID != owed.Invoice.ID || one.Returned != 1_00 || !strings.HasPrefix(one.Holder, "João") {
			t.Errorf("it is shown as %+v, %v", one, err)
		}
		s.Read(func(ctx context.Context, c *ent.Client) error {
			for _, event := range []string{"pix_attributed", "pix_given_back"} {
				if n := c.History.Query().Where(history.Event(event), history.CustomerID(s.Joao.ID)).CountX(ctx); n != 1 {
					t.Errorf("%d of %s in his history", n, event)
				}
			}
			return nil
		})
	})
}

func TestAPixIsPlacedWholeOrNotAtAll(t *testing.T) {
	onEachStore(t, func(t *testing.T, s *stage) {
		came := s.strange(t, 10_00)
		in := collection.Attribution{Of: collection.Stray{Pix: came.ID}, Reason: "mandou o comprovante"}
		s.Read(func(ctx context.Context, c *ent.Client) error {
			in.Invoice = fmt.Sprint(c.Invoice.Query().Where(invoice.CustomerID(s.Joao.ID), invoice.PaidAtIsNil()).Order(invoice.ByDue()).FirstX(ctx).Number)
			return nil
		})
		p, err := s.desk.PreviewAttribution(s.As("financeiro"), in)
		if err != nil {
			t.Fatal(err)
		}
		in.Shown = p.Seen()
		boss := s.As("financeiro")
		s.AllOrNothing(t, 10, func() error { _, err := s.desk.Attribute(boss, in); return err })
		if len(s.settled()) != 1 {
			t.Errorf("settled %v", s.settled())
		}
	})
}
